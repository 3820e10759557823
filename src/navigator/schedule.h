// When to ask again: a pure clock of one polled thing (the feed, the outbox).
//
// Success waits a period; each failure in a row waits twice as long, from SCHEDULE_FIRST_MS to
// SCHEDULE_LONGEST_MS; one success forgets them all. Every wait is stretched by -20..+20 % so that
// terminals that woke together don't come together. Retry-After is obeyed even when a visitor asks.
// Times are milliseconds of a monotonic clock; `random` is any 32 random bits.
#pragma once

#include <stdint.h>

enum {
    SCHEDULE_FIRST_MS = 10 * 1000,
    SCHEDULE_LONGEST_MS = 3600 * 1000,
    SCHEDULE_ASKED_MS = 5 * 1000, // a visitor's wish is followed at most this often
};

struct schedule {
    int64_t due_ms;
    int64_t begun_ms;      // of the last try; 0 none
    int64_t not_before_ms; // the server's Retry-After
    uint32_t failures;     // in a row
};

// A zeroed schedule is due at once.
void schedule_begun(struct schedule *schedule, int64_t now_ms);
void schedule_succeeded(struct schedule *schedule, int64_t now_ms, int64_t period_ms,
                        uint32_t random);
// retry_after_s: -1 not given.
void schedule_failed(struct schedule *schedule, int64_t now_ms, int32_t retry_after_s,
                     uint32_t random);
// Somebody asks for it now.
void schedule_asked(struct schedule *schedule, int64_t now_ms);
