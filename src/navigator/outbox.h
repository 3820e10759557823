// Posts the anonymous events of state.db in batches and forgets those that were acknowledged.
//
// One call at a time; what isn't acknowledged is posted again later with the same ids. A batch the
// navigator calls wrong for good (400, 413, 415, 422) is dropped, or it would block all that
// follow. One thread, the one that owns the http client.
#pragma once

#include "message/request.h"
#include "navigator/http.h"
#include "navigator/schedule.h"
#include "navigator/store_state.h"

#include <stdbool.h>
#include <stdint.h>

enum { OUTBOX_GATHER_MS = 2000 }; // events that come together travel together

struct outbox {
    struct http *http; // NULL: events are only kept
    struct state_db *state_db;
    struct http_call *call;
    int64_t last_order; // of the batch on its way
    bool waiting;       // there may be events to post
    struct schedule schedule;
};

void outbox_init(struct outbox *outbox, struct http *http, struct state_db *state_db);
void outbox_finish(struct outbox *outbox);
void outbox_put(struct outbox *outbox, const struct link_event *event, int64_t at_s,
                int64_t now_ms);
// A call that ended; drops it when it is this one.
bool outbox_take(struct outbox *outbox, struct http_call *call, int64_t now_ms);
void outbox_tick(struct outbox *outbox, int64_t now_ms);
int64_t outbox_next_ms(const struct outbox *outbox); // when to tick; INT64_MAX never
