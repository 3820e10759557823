// state.db: what the link itself must remember (SQLite, WAL), beside the catalogues it writes.
//
// How far the feed was followed, and the outbox of anonymous events until they are acknowledged.
// Never a number, a name or an answer. Each thread opens its own connection. A damaged file is set
// aside and begun anew: the catalogues themselves still tell the highest serial.
#pragma once

#include "message/request.h"
#include "navigator/http_header.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    STATE_DB_ERROR_BYTES = 256,
    OUTBOX_EVENTS_MAX = 10000, // beyond it the oldest is dropped
    OUTBOX_BATCH_MAX = 100,
    OUTBOX_ID_BYTES = 33, // 16 random bytes in hex: the hub knows a repeated event by it
};

struct feed_state {
    char etag[HTTP_ETAG_BYTES]; // of the manifest that is fully in the store; "" ask anew
    uint64_t highest_serial;    // ever accepted: older ones are refused; 0 none
    int64_t last_contact_s;     // unix seconds of the last good manifest check; 0 never
};

struct outbox_event {
    int64_t order; // grows with every event; its key in the outbox
    int64_t at_s;
    struct link_event event;
    char id[OUTBOX_ID_BYTES];
};

struct state_db;

// NULL with a sentence in ret_error.
struct state_db *state_db_open(const char *data_dir, char ret_error[static STATE_DB_ERROR_BYTES]);
void state_db_close(struct state_db *state_db); // takes NULL

// All zero when nothing was kept yet (or cannot be read).
struct feed_state state_db_feed(struct state_db *state_db);
bool state_db_keep_feed(struct state_db *state_db, const struct feed_state *state);

bool state_db_add_event(struct state_db *state_db, const struct link_event *event, int64_t at_s);
// The oldest events, at most OUTBOX_BATCH_MAX; returns how many.
size_t state_db_oldest_events(struct state_db *state_db,
                              struct outbox_event ret_events[static OUTBOX_BATCH_MAX]);
// Acknowledged: all up to this one.
bool state_db_drop_events(struct state_db *state_db, int64_t last_order);
