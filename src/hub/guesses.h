// Wrong codes of enrollment pages, counted by where they come from: nobody tries them all.
//
// Only in memory and only as keyed hashes; a newcomer may take another's place in the table and
// make it forgotten. Whoever missed too often waits, with right codes as well: a
// hit is what guessing looks for. Scanned codes never miss, so a shared address hardly suffers.
#pragma once

#include "hub/secret.h"

#include <pthread.h>
#include <stdint.h>

enum {
    GUESSES_MISSES_MAX = 30, // in one window
    GUESSES_WINDOW_S = 600,
    GUESSES_CLIENTS = 1024,
};

// Shared by the server's threads. All zero is empty.
struct guesses {
    pthread_mutex_t mutex;
    struct {
        struct secret_hash client;
        int64_t since_s; // of the first miss in the window
        uint32_t misses; // 0: free
    } of[GUESSES_CLIENTS];
};

// 0: the client may try now. clock_s goes on evenly (web.h).
int32_t guesses_wait_s(struct guesses *guesses, const struct secret_hash *client, int64_t clock_s);
void guesses_missed(struct guesses *guesses, const struct secret_hash *client, int64_t clock_s);
