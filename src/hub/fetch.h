// Asks one server many questions, politely: a bounded number at a time, never faster than agreed,
// each again with growing pauses until it is answered or given up. Retry-After (429, 503) stops all
// questions for that long.
//
// Blocks the calling thread until all is done. What to ask and what to make of answers is the
// caller's (struct fetch_work); its functions are called from within fetch_all only.
#pragma once

#include "navigator/http.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    FETCH_CONNECTIONS_MAX = 16,
    FETCH_TRIES_MAX = 10,          // of one question: at a second's base that is over five minutes
    FETCH_PAUSE_MAX_MS = 60000,    // between two tries
    FETCH_RETRY_AFTER_MAX_S = 600, // whoever wants to be left alone longer is: the crawl ends
    FETCH_FAILURES_MAX = 50,       // one after the other: the server is in trouble, the crawl ends
};

struct fetch_task {
    char path[HTTP_PATH_BYTES];
    char etag[HTTP_ETAG_BYTES]; // "" none
    int64_t id;                 // the caller's
};

struct fetch_answer {
    bool unchanged;   // 304: the body is the one that came with the etag
    const char *etag; // "" none
    const char *body;
    size_t length;
};

struct fetch_work {
    // The next question; false when there is none now (an answer under way may bring one).
    bool (*next)(void *context, struct fetch_task *ret_task);
    // NULL, or in a few words why it isn't an answer: then it is asked again.
    const char *(*take)(void *context, const struct fetch_task *task,
                        const struct fetch_answer *answer);
    // No answer after FETCH_TRIES_MAX, or a status that says never.
    void (*give_up)(void *context, const struct fetch_task *task, const char *problem);
    void *context;
};

struct fetch_limits {
    uint32_t connections;
    uint32_t requests_per_second;
    uint32_t timeout_ms;
    uint32_t retry_ms; // the first pause, doubled with each try
};

struct fetch_counts {
    uint32_t requests;
    uint32_t retries;
    uint32_t unchanged;
    uint64_t bytes; // of answers, with their headers
};

enum { FETCH_PROBLEM_BYTES = 256 };

// False when the server can't or doesn't want to be asked any more, with the reason.
bool fetch_all(struct http *http, const struct fetch_limits *limits, const struct fetch_work *work,
               struct fetch_counts *counts, char ret_problem[static FETCH_PROBLEM_BYTES]);
