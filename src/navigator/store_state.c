#include "navigator/store_state.h"

#include "base/check.h"
#include "base/log.h"
#include "base/text.h"

#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BUSY_LIMIT_MS = 2000 };

struct state_db {
    sqlite3 *db;
};

static const char schema[] =
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "CREATE TABLE IF NOT EXISTS feed (one INTEGER PRIMARY KEY CHECK (one = 1), etag TEXT NOT NULL,"
    " highest_serial INTEGER NOT NULL, last_contact_s INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS outbox (ord INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL,"
    " at_s INTEGER NOT NULL, kind INTEGER NOT NULL, detail TEXT NOT NULL);";

static int open_file(const char *path, sqlite3 **ret_db)
{
    int result = sqlite3_open_v2(
        path, ret_db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_busy_timeout(*ret_db, BUSY_LIMIT_MS);
    if (result == SQLITE_OK)
        result = sqlite3_exec(*ret_db, schema, NULL, NULL, NULL);
    return result;
}

static void set_aside(const char *path)
{
    static const char *const parts[] = {"", "-wal", "-shm"};
    for (unsigned i = 0; i < sizeof parts / sizeof *parts; i++) {
        char from[PATH_MAX];
        char to[PATH_MAX];
        snprintf(from, sizeof from, "%s%s", path, parts[i]);
        snprintf(to, sizeof to, "%s.damaged%s", path, parts[i]);
        (void)rename(from, to);
    }
}

struct state_db *state_db_open(const char *data_dir, char ret_error[static STATE_DB_ERROR_BYTES])
{
    char path[PATH_MAX - 16];
    snprintf(path, sizeof path, "%s/state.db", data_dir);
    struct state_db *state_db = calloc(1, sizeof *state_db);
    CHECK(state_db != NULL);
    int result = open_file(path, &state_db->db);
    if (result == SQLITE_NOTADB || result == SQLITE_CORRUPT) {
        log_event("store", "state.db is damaged: set aside, begun anew");
        sqlite3_close(state_db->db);
        set_aside(path);
        result = open_file(path, &state_db->db);
    }
    if (result == SQLITE_OK)
        return state_db;
    snprintf(ret_error, STATE_DB_ERROR_BYTES, "state.db: found %s, expected a writable database",
             sqlite3_errstr(result));
    state_db_close(state_db);
    return NULL;
}

void state_db_close(struct state_db *state_db)
{
    if (state_db != NULL)
        sqlite3_close(state_db->db);
    free(state_db);
}

static sqlite3_stmt *prepare(struct state_db *state_db, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(state_db->db, sql, -1, &statement, NULL) != SQLITE_OK)
        log_event("store", "state.db cannot be read");
    return statement; // sqlite3 takes NULL everywhere below and answers SQLITE_MISUSE
}

static bool run_once(sqlite3_stmt *statement)
{
    bool done = sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_finalize(statement);
    if (!done)
        log_event("store", "state.db cannot be written");
    return done;
}

static void column_text(sqlite3_stmt *statement, int column, char *ret_text, size_t capacity)
{
    const unsigned char *text = sqlite3_column_text(statement, column);
    text_copy(ret_text, capacity, text != NULL ? (const char *)text : "");
}

struct feed_state state_db_feed(struct state_db *state_db)
{
    struct feed_state state = {0};
    sqlite3_stmt *statement =
        prepare(state_db, "SELECT etag, highest_serial, last_contact_s FROM feed");
    if (statement != NULL && sqlite3_step(statement) == SQLITE_ROW) {
        column_text(statement, 0, state.etag, sizeof state.etag);
        state.highest_serial = (uint64_t)sqlite3_column_int64(statement, 1);
        state.last_contact_s = sqlite3_column_int64(statement, 2);
    }
    sqlite3_finalize(statement);
    return state;
}

bool state_db_keep_feed(struct state_db *state_db, const struct feed_state *state)
{
    sqlite3_stmt *statement = prepare(state_db, "INSERT OR REPLACE INTO feed VALUES (1, ?, ?, ?)");
    if (statement == NULL)
        return false;
    sqlite3_bind_text(statement, 1, state->etag, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 2, (sqlite3_int64)state->highest_serial);
    sqlite3_bind_int64(statement, 3, state->last_contact_s);
    return run_once(statement);
}

bool state_db_add_event(struct state_db *state_db, const struct link_event *event, int64_t at_s)
{
    unsigned char random[(OUTBOX_ID_BYTES - 1) / 2];
    char id[OUTBOX_ID_BYTES];
    arc4random_buf(random, sizeof random);
    for (unsigned i = 0; i < sizeof random; i++)
        snprintf(id + 2 * (size_t)i, 3, "%02x", random[i]);
    sqlite3_stmt *statement =
        prepare(state_db, "INSERT INTO outbox (id, at_s, kind, detail) VALUES (?, ?, ?, ?)");
    if (statement == NULL)
        return false;
    sqlite3_bind_text(statement, 1, id, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 2, at_s);
    sqlite3_bind_int(statement, 3, (int)event->kind);
    sqlite3_bind_text(statement, 4, event->detail, -1, SQLITE_STATIC);
    if (!run_once(statement))
        return false;
    statement = prepare(state_db, "DELETE FROM outbox WHERE ord <= last_insert_rowid() - ?");
    if (statement == NULL)
        return false;
    sqlite3_bind_int(statement, 1, OUTBOX_EVENTS_MAX);
    return run_once(statement);
}

size_t state_db_oldest_events(struct state_db *state_db,
                              struct outbox_event ret_events[static OUTBOX_BATCH_MAX])
{
    size_t count = 0;
    sqlite3_stmt *statement =
        prepare(state_db, "SELECT ord, id, at_s, kind, detail FROM outbox ORDER BY ord LIMIT ?");
    if (statement == NULL)
        return 0;
    sqlite3_bind_int(statement, 1, OUTBOX_BATCH_MAX);
    while (count < OUTBOX_BATCH_MAX && sqlite3_step(statement) == SQLITE_ROW) {
        struct outbox_event *event = &ret_events[count++];
        int kind = sqlite3_column_int(statement, 3);
        *event = (struct outbox_event){.order = sqlite3_column_int64(statement, 0),
                                       .at_s = sqlite3_column_int64(statement, 2)};
        column_text(statement, 1, event->id, sizeof event->id);
        column_text(statement, 4, event->event.detail, sizeof event->event.detail);
        event->event.kind = (enum event_kind)(kind >= 0 && kind < EVENT_KIND_COUNT ? kind : 0);
    }
    sqlite3_finalize(statement);
    return count;
}

bool state_db_drop_events(struct state_db *state_db, int64_t last_order)
{
    sqlite3_stmt *statement = prepare(state_db, "DELETE FROM outbox WHERE ord <= ?");
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, last_order);
    return run_once(statement);
}
