// The link's second thread: keeps the catalogue fresh, so that no visitor waits behind a download.
//
// It owns everything of the sync (its own http client, its own state.db connection) and shares one
// letter box: the newest news overwrites the older, and `event_fd` becomes readable. Verbs in
// order: init, start, (ask, take)*, stop, join, finish.
#pragma once

#include "config/config.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct worker_news {
    bool syncing;
    bool online;
    uint64_t serial; // newest finished catalogue; 0 none
    int64_t last_contact_s;
    uint64_t ready_serial; // a catalogue that was finished since the last take; 0 none
};

struct worker {
    const struct config *config;
    int event_fd;
    pthread_t thread;
    pthread_mutex_t mutex; // guards the members below
    pthread_cond_t wake;
    struct worker_news news;
    bool asked;
    atomic_bool stop;
};

void worker_init(struct worker *worker, const struct config *config);
void worker_start(struct worker *worker);
// A visitor or staff wants a sync now; followed as schedule_asked says.
void worker_ask(struct worker *worker);
// Call when event_fd is readable; clears it. false when there is no news.
bool worker_take(struct worker *worker, struct worker_news *ret_news);
void worker_stop(struct worker *worker); // a running sync ends within a moment
void worker_join(struct worker *worker);
void worker_finish(struct worker *worker);
