// state.db: what the link itself must remember (SQLite, WAL, synced at every commit), beside the
// catalogues it writes.
//
// How far the feed was followed, and the outbox of anonymous events until they are acknowledged.
// Never a number, a name or an answer. Each thread opens its own connection.
//
// The disk may be full, read-only, worn out or gone, and the file may have been cut or bent: a
// state_db opens anyway. A file that SQLite finds damaged, that a newer program wrote or that is no
// file at all is set aside (set_aside.h) and begun anew; the catalogues themselves still tell the
// highest serial. A row whose hash says that a bit of it flipped is as good as none. While the file
// cannot be opened or written all below answers false and zero, tries again at each call and
// state_db_storage tells why.
#pragma once

#include "message/request.h"
#include "navigator/http_header.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    STATE_DB_ERROR_BYTES = 256,
    STATE_DB_PAGES_MAX = 2048, // of 4 KiB: the file never grows beyond 8 MiB
    OUTBOX_EVENTS_MAX = 10000, // besides health; a row is below 200 bytes, so this is below 2 MiB
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

// Never NULL. ret_error is a sentence when the file cannot be used yet, else untouched.
struct state_db *state_db_open(const char *data_dir, char ret_error[static STATE_DB_ERROR_BYTES]);
// One that lives in memory and dies with its owner; the same rules, but so many events.
struct state_db *state_db_open_memory(uint32_t events_max);
void state_db_close(struct state_db *state_db); // takes NULL

// How the last use went: STORAGE_REPAIRED stands for "fine" once something was set aside.
enum storage state_db_storage(const struct state_db *state_db);
// Writes something that changes nothing: whether the disk takes it (again).
bool state_db_probe(struct state_db *state_db);

// All zero when nothing was kept yet (or cannot be read).
struct feed_state state_db_feed(struct state_db *state_db);
bool state_db_keep_feed(struct state_db *state_db, const struct feed_state *state);

// ---- the outbox (store_outbox.c)

// 16 random bytes in hex.
void state_db_new_id(char ret_id[static OUTBOX_ID_BYTES]);
// Keeps the event; `order` is given anew. Of a health kind only the newest is kept. When there are
// more than fit, those that matter least go first (outbox.h). How many are gone in all since the
// file began, for whatever reason, is kept as a health event in the same transaction.
bool state_db_add_event(struct state_db *state_db, const struct outbox_event *event);
// The oldest events behind an order, at most `count` of OUTBOX_BATCH_MAX; returns how many.
size_t state_db_oldest_events(struct state_db *state_db, int64_t behind_order, size_t count,
                              struct outbox_event ret_events[static OUTBOX_BATCH_MAX]);
// Acknowledged: all up to this one.
bool state_db_drop_events(struct state_db *state_db, int64_t last_order);
// This one is given up: counted like those that didn't fit.
bool state_db_lose_event(struct state_db *state_db, int64_t order);
// How many are gone, and so many more that were lost elsewhere.
uint64_t state_db_dropped(struct state_db *state_db);
uint32_t state_db_waiting(struct state_db *state_db); // health among them
bool state_db_count_dropped(struct state_db *state_db, uint64_t count);

// ---- for staff (store_look.c)

// What state.db holds, read without changing anything, also while a link works with it.
struct state_look {
    bool readable; // false: there is none, or it cannot be read; then all below is zero
    uint32_t waiting_events;
    uint64_t dropped_events;
    struct feed_state feed;
};
struct state_look state_db_look(const char *data_dir);
// How a folder's disk would take what is written: asked without writing.
enum storage storage_look(const char *data_dir);
// What is wrong with a disk that just took something not: full, read-only or failing.
enum storage storage_trouble(const char *data_dir);
// "fine", "repaired", "full", "read_only", "failing"
const char *storage_name(enum storage storage);
