#include "base/check.h"
#include "base/text.h"
#include "hub/folder.h"
#include "hub/store_live.h"
#include "hub/store_postgres.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { PATIENCE_MS = 5000, SCHEMA_VERSION = 1 };

static const char schema[] =
    "CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE record(type INTEGER, id TEXT, source TEXT NOT NULL, modified INTEGER NOT NULL,"
    " line TEXT NOT NULL, PRIMARY KEY(type, id)) WITHOUT ROWID;"
    "CREATE TABLE certificate(number BLOB PRIMARY KEY, birth BLOB, kind INTEGER NOT NULL,"
    " status INTEGER NOT NULL, unit INTEGER NOT NULL, period_from TEXT NOT NULL,"
    " period_to TEXT NOT NULL, nominal INTEGER NOT NULL, balance INTEGER NOT NULL,"
    " reserved INTEGER NOT NULL, charged INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE terminal(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
    " token BLOB NOT NULL UNIQUE, added INTEGER NOT NULL);"
    "CREATE TABLE checked(terminal INTEGER NOT NULL, number BLOB NOT NULL, at INTEGER NOT NULL,"
    " passed INTEGER NOT NULL);"
    "CREATE INDEX checked_terminal ON checked(terminal, passed, at);"
    "CREATE INDEX checked_number ON checked(number, passed, at);"
    "CREATE TABLE enrollment(code TEXT PRIMARY KEY, terminal INTEGER NOT NULL, key BLOB NOT NULL,"
    " selection TEXT NOT NULL, expires INTEGER NOT NULL, UNIQUE(terminal, key)) WITHOUT ROWID;"
    "CREATE TABLE event(terminal INTEGER, id TEXT, kind TEXT NOT NULL, detail TEXT NOT NULL,"
    " at INTEGER NOT NULL, PRIMARY KEY(terminal, id)) WITHOUT ROWID;"
    "PRAGMA user_version = 1;";

// What later programs added: databases of earlier ones get it when they are opened.
static const char additions[] =
    "CREATE TABLE IF NOT EXISTS certificate_entry(ledger INTEGER NOT NULL, number BLOB NOT NULL,"
    " day TEXT NOT NULL, title TEXT NOT NULL, amount INTEGER NOT NULL);"
    "CREATE INDEX IF NOT EXISTS certificate_entry_number ON certificate_entry(ledger, number, "
    "day);"
    "CREATE TABLE IF NOT EXISTS import_note(source TEXT NOT NULL, kind INTEGER NOT NULL,"
    " file TEXT NOT NULL, row INTEGER NOT NULL, name TEXT NOT NULL, field TEXT NOT NULL,"
    " found TEXT NOT NULL, right TEXT NOT NULL, program TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS guess(client BLOB PRIMARY KEY, since INTEGER NOT NULL,"
    " misses INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS guess_since ON guess(since);";

static int version(sqlite3 *db)
{
    sqlite3_stmt *statement = NULL;
    int found = -1;
    if (sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        found = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return found;
}

static int64_t monotonic_ms(void)
{
    struct timespec now;
    CHECK(clock_gettime(CLOCK_MONOTONIC, &now) == 0);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// Another process writes: whether to try again. A lock not seen for a while is a new one.
static int wait_for_lock(void *context, int tries)
{
    enum { NAP_MS = 10, ANOTHER_MS = 1000 };
    struct store *store = context;
    int64_t now_ms = monotonic_ms();
    if (tries == 0 && now_ms - store->busy_last_ms > ANOTHER_MS)
        store->busy_since_ms = now_ms;
    store->busy_last_ms = now_ms;
    if (now_ms - store->busy_since_ms >= store->patience_ms)
        return 0;
    nanosleep(&(struct timespec){.tv_nsec = NAP_MS * 1000000}, NULL);
    return 1;
}

void store_set_patience(struct store *store, uint32_t patience_ms)
{
    store->patience_ms = patience_ms;
}

static bool prepare_database(sqlite3 *db, bool create)
{
    static const char settings[] =
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
        "PRAGMA temp_store = MEMORY;";
    if (sqlite3_exec(db, settings, NULL, NULL, NULL) != SQLITE_OK)
        return false;
    if (create && version(db) == 0 && sqlite3_exec(db, schema, NULL, NULL, NULL) != SQLITE_OK)
        return false;
    return version(db) != SCHEMA_VERSION ||
           sqlite3_exec(db, additions, NULL, NULL, NULL) == SQLITE_OK;
}

static bool find_database(struct store *store)
{
    char url[STORE_SETTING_BYTES];
    bool read = store_setting(store, "database", url);
    if (read && url[0] != '\0')
        store_use_database(store, url);
    return read;
}

struct store *store_open(const char *data, bool create)
{
    char path[FOLDER_PATH_BYTES];
    if (!folder_path(data, FOLDER_DB, path)) {
        fprintf(stderr, "navigator-hub: --data: longer than %d bytes\n", FOLDER_PATH_BYTES);
        return NULL;
    }
    struct store *store = calloc(1, sizeof *store);
    CHECK(store != NULL);
    int flags = SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0);
    store->live = &store_sqlite;
    store->patience_ms = PATIENCE_MS;
    store->busy_last_ms = INT64_MIN / 2;
    if (sqlite3_open_v2(path, &store->db, flags, NULL) != SQLITE_OK ||
        sqlite3_busy_handler(store->db, wait_for_lock, store) != SQLITE_OK ||
        !prepare_database(store->db, create) || (create && chmod(path, S_IRUSR | S_IWUSR) != 0)) {
        fprintf(stderr, "navigator-hub: %s: %s, expected the database made by init\n", path,
                sqlite3_errmsg(store->db));
    } else if (version(store->db) != SCHEMA_VERSION) {
        fprintf(stderr, "navigator-hub: %s: found version %d, expected %d\n", path,
                version(store->db), SCHEMA_VERSION);
    } else if (!find_database(store)) {
        fprintf(stderr, "navigator-hub: %s: %s\n", path, sqlite3_errmsg(store->db));
    } else {
        return store;
    }
    store_close(store);
    return NULL;
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    postgres_destroy(store->postgres);
    sqlite3_close(store->db);
    free(store);
}

void store_use_database(struct store *store, const char *url)
{
    postgres_destroy(store->postgres);
    store->postgres = postgres_create(url);
    store->live = &store_postgres;
}

bool store_uses_database(const struct store *store)
{
    return store->postgres != NULL;
}

const char *store_error(struct store *store)
{
    bool there = store->postgres != NULL && store->postgres->error[0] != '\0';
    return there ? store->postgres->error : sqlite3_errmsg(store->db);
}

static bool execute(struct store *store, const char *sql)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

bool store_begin(struct store *store)
{
    return execute(store, "BEGIN IMMEDIATE");
}

bool store_commit(struct store *store)
{
    return execute(store, "COMMIT");
}

void store_rollback(struct store *store)
{
    execute(store, "ROLLBACK");
}

// ---- statements

sqlite3_stmt *store_prepare(struct store *store, const char *sql, const struct value *values,
                            size_t count)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        const struct value *value = &values[i];
        int place = (int)i + 1;
        switch (value->kind) {
        case VALUE_TEXT:
            sqlite3_bind_text(statement, place, value->text, -1, SQLITE_TRANSIENT);
            break;
        case VALUE_NUMBER:
            sqlite3_bind_int64(statement, place, value->number);
            break;
        case VALUE_HASH:
            if (value->hash)
                sqlite3_bind_blob(statement, place, value->hash->bytes, SECRET_HASH_BYTES,
                                  SQLITE_TRANSIENT);
            break;
        }
    }
    return statement;
}

bool store_row(sqlite3_stmt *statement)
{
    return statement && sqlite3_step(statement) == SQLITE_ROW;
}

bool store_done(sqlite3_stmt *statement)
{
    return statement && sqlite3_finalize(statement) == SQLITE_OK;
}

bool store_run(sqlite3_stmt *statement)
{
    bool done = statement && sqlite3_step(statement) == SQLITE_DONE;
    return store_done(statement) && done;
}

void store_text(sqlite3_stmt *statement, int column, char *target, size_t capacity)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    text_copy(target, capacity, text ? text : "");
}

bool store_copy(struct store *store, const char *path)
{
    return store_run(store_prepare(store, "VACUUM INTO ?", VALUES(TEXT(path))));
}

// ---- settings

bool store_setting(struct store *store, const char *name,
                   char ret_value[static STORE_SETTING_BYTES])
{
    sqlite3_stmt *statement =
        store_prepare(store, "SELECT value FROM setting WHERE name = ?", VALUES(TEXT(name)));
    if (store_row(statement))
        store_text(statement, 0, ret_value, STORE_SETTING_BYTES);
    else
        ret_value[0] = '\0';
    return store_done(statement);
}

bool store_set_setting(struct store *store, const char *name, const char *value)
{
    return store_run(store_prepare(store,
                                   "INSERT OR REPLACE INTO setting(name, value) VALUES(?, ?)",
                                   VALUES(TEXT(name), TEXT(value))));
}
