// Posts the anonymous events in batches and forgets those that were acknowledged.
//
// Exactly once in effect: an event is in state.db, synced, before anything is posted; it leaves
// only after the navigator said that all of its batch are kept; the hub keeps a repeated id once.
// While state.db takes nothing (a full, read-only or failing disk) a few wait in memory and are
// posted from there, until there is room again.
//
// What is dropped first when there are more than OUTBOX_EVENTS_MAX (OUTBOX_SPARE_EVENTS_MAX in
// memory), of a kind the oldest: ended visits (many, and each tells only that it was), searches
// without results (they come again), codes shown (what the centre reports on), fallback links (they
// tell of a fault). Health comes last: only the newest of its kinds is kept, and the number of
// dropped events is one of them.
//
// A batch that the navigator calls wrong for good (400, 413, 415, 422, in its own JSON and not a
// proxy's page) is halved until the one bad event is alone; only that is given up. 401 and 403 are
// not the events' fault: they are kept. One call at a time; one thread, that of the http client.
#pragma once

#include "message/request.h"
#include "navigator/http.h"
#include "navigator/schedule.h"
#include "navigator/store_state.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    OUTBOX_GATHER_MS = 2000,       // events that come together travel together
    OUTBOX_SPARE_EVENTS_MAX = 100, // in memory
    OUTBOX_SPARE_RETRY_MS = 60 * 1000,
};

struct outbox {
    struct http *http; // NULL: events are only kept
    struct state_db *state_db;
    struct state_db *spare; // in memory; owned
    struct http_call *call;
    bool posts_spare;          // the batch on its way is of the spare
    int64_t last_order;        // of the batch on its way
    size_t posted;             // its size
    size_t batch_max;          // less than OUTBOX_BATCH_MAX while a bad event is looked for
    int64_t suspect_order;     // it is not behind this one
    int64_t done_order;        // acknowledged, but the disk didn't take it: not posted again
    bool waiting;              // there may be events to post
    int64_t retry_ms;          // the disk is tried again then; INT64_MAX all is well
    enum storage told_storage; // by the last health event
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
enum storage outbox_storage(const struct outbox *outbox);
uint32_t outbox_waiting(const struct outbox *outbox); // events, in state.db
