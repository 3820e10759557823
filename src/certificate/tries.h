// How often a terminal may be wrong: five failed checks in ten minutes (CONTRACT.md,
// certificates/check). The hub counts them, too; the terminal's own count holds where another
// navigator doesn't, and saves the families a question that would be refused.
//
// Only times are kept, never numbers. They are the machine's own running time, so a calendar that
// jumps frees no try; over a restart each goes on with the time it had left when it was last
// written (device/tries.h), so a lock may then last a little longer and never shorter.
#pragma once

#include <stdint.h>

enum { TRIES_MAX = 5, TRIES_WINDOW_MS = 10 * 60 * 1000 };

struct tries {
    int64_t until_ms[TRIES_MAX]; // until then a failed check counts; in the past: none
};

void tries_add(struct tries *tries, int64_t now_ms);
// From then on one more check is allowed; not later than now: it is.
int64_t tries_allowed_ms(const struct tries *tries);

// What each has left, from now; and back, whatever stood in a file.
struct tries_left {
    int32_t ms[TRIES_MAX];
};
struct tries_left tries_pack(const struct tries *tries, int64_t now_ms);
struct tries tries_unpack(const struct tries_left *left, int64_t now_ms);
