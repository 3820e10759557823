// The link's second thread: keeps the catalogue fresh, so that no visitor waits behind a download.
//
// It owns everything of the sync (its own http client, its own state.db connection) and shares one
// letter box: the newest news overwrites the older, and `event_fd` becomes readable. Verbs in
// order: init, start, (ask, take)*, stop, join, finish.
#pragma once

#include "navigator/follower.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

struct worker {
    const struct config *config;
    int event_fd;
    pthread_t thread;
    uint64_t sound_serial; // as sync_again wants it; the thread's own
    pthread_mutex_t mutex; // guards the members below
    pthread_cond_t wake;   // asked or stopped
    struct follower follower;
    atomic_bool stop;
};

void worker_init(struct worker *worker, const struct config *config);
void worker_start(struct worker *worker);
// A visitor or staff wants a sync now (follower_ask).
void worker_ask(struct worker *worker);
// Call when event_fd is readable; clears it. false when there is no news.
bool worker_take(struct worker *worker, struct follower_news *ret_news);
void worker_stop(struct worker *worker); // a running sync ends within a moment
void worker_join(struct worker *worker);
void worker_finish(struct worker *worker);
