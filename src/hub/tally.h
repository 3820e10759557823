// What a running hub counts of itself, and its page GET /metrics for Prometheus: requests by kind
// and status with how long they took, checks and enrollments by outcome, terminals that called, the
// published serial, the disk.
//
// Only in memory, from the start of this process; of several hubs each tells its own. Labels come
// from fixed tables: never a number, a name, an address or a path. Shared by the server's threads.
#pragma once

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    TALLY_KINDS = 11,
    TALLY_STATUSES = 14,
    TALLY_BUCKETS = 8,         // of durations; what took longer counts in none
    TALLY_TERMINALS = 16384,   // beyond it one takes another's place
    TALLY_RECENT_S = 3600,     // terminals that called within it
    TALLY_TEXT_BYTES = 131072, // of the page; all series together need half of it
};

// All zero is empty.
struct tally {
    pthread_mutex_t mutex;
    uint64_t requests[TALLY_KINDS][TALLY_STATUSES];
    struct tally_took {
        uint64_t buckets[TALLY_BUCKETS];
        uint64_t count;
        uint64_t sum_us;
    } took[TALLY_KINDS];
    struct {
        int64_t terminal;
        int64_t seen_s; // 0: free
    } terminals[TALLY_TERMINALS];
};

// What is asked when the page is.
struct tally_facts {
    bool database; // it answers
    uint64_t serial;
    int64_t published_s; // 0: nothing is published yet, like the next
    int64_t expires_s;
    uint32_t terminals;      // that may call
    int64_t disk_free_bytes; // -1 unknown
};

// kind: of a reply (web.h).
void tally_request(struct tally *tally, const char *kind, unsigned status, int64_t took_us);
void tally_terminal(struct tally *tally, int64_t terminal, int64_t clock_s);

// The page, malloc'd. openmetrics: in OpenMetrics 1.0, else in Prometheus' older text format, which
// differs in how a counter is announced and in the last line.
char *tally_page(struct tally *tally, const struct tally_facts *facts, int64_t clock_s,
                 bool openmetrics);
