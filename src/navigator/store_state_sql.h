// What the files of state.db share: the handle, its schema, running one statement. Only for
// navigator/store*.c.
//
// Every row carries `sum`, the hash of its other columns: a flipped bit in a text or a number
// passes SQLite's own check, and one in highest_serial would refuse every catalogue for ever.
// row_sum(...) is that hash, an SQL function of each connection.
#pragma once

#include "navigator/store_state.h"

#include <limits.h>
#include <stddef.h>
#include <stdint.h>

// SQLite's own, so that this header needs no door.
struct sqlite3;
struct sqlite3_stmt;

struct state_db {
    char data_dir[PATH_MAX - 16]; // "" lives in memory
    struct sqlite3 *db;           // NULL: the file cannot be used now
    uint64_t inode;               // of the file that db has open
    uint32_t events_max;
    bool damaged;  // the last statement found it so: it is looked at before the next one
    bool repaired; // something of it was set aside or was lost
    enum storage storage;
};

// NULL when the file cannot be used; all below take NULL. The text must be right SQL: else it
// aborts.
struct sqlite3_stmt *state_prepare(struct state_db *state_db, const char *sql);
// Steps to a row; false at the end or on failure. Finalize afterwards.
bool state_step(struct state_db *state_db, struct sqlite3_stmt *statement);
// Runs one statement without rows and finalizes it; ret_rows (may be NULL): how many it changed.
bool state_run(struct state_db *state_db, struct sqlite3_stmt *statement, uint32_t *ret_rows);
bool state_begin(struct state_db *state_db);
// Commits when good, else rolls back; whether it is durable now.
bool state_end(struct state_db *state_db, bool good);
// One number; false when there is none.
bool state_number(struct sqlite3 *db, const char *sql, int64_t *ret_number);
#define STATE_FEED_SQL                                                                             \
    "SELECT etag, highest_serial, last_contact_s FROM feed"                                        \
    " WHERE sum = row_sum(etag, highest_serial, last_contact_s)"
// Finalizes the statement, which is of STATE_FEED_SQL.
struct feed_state state_read_feed(struct sqlite3_stmt *statement);
void state_column_text(struct sqlite3_stmt *statement, int column, char *ret_text, size_t capacity);
// Rows whose bits flipped are lost and counted; whether there were some (store_outbox.c).
bool state_db_sweep(struct state_db *state_db);

// ---- schema (store_steps.c)

enum { STATE_DB_VERSION = 3 };

// Both register row_sum and answer an SQLite result. To run brings the schema from whatever older
// version to STATE_DB_VERSION in one transaction; a newer one, or tables that aren't what their
// version says, are SQLITE_CORRUPT. To check changes nothing and takes only STATE_DB_VERSION.
int state_steps_run(struct sqlite3 *db);
int state_steps_check(struct sqlite3 *db);
