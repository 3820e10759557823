#include "base/hash.h"
#include "navigator/store_state_sql.h"

#include <sqlite3.h>
#include <stdio.h>

// One step a version, never edited once a terminal has run it. tests/unit/test_navigator_state.c
// has a fixture of each older version.
static const char *const steps[STATE_DB_VERSION] = {
    // The first programs kept no version, so these may be there already.
    "CREATE TABLE IF NOT EXISTS feed (one INTEGER PRIMARY KEY CHECK (one = 1), etag TEXT NOT NULL,"
    " highest_serial INTEGER NOT NULL, last_contact_s INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS outbox (ord INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL,"
    " at_s INTEGER NOT NULL, kind INTEGER NOT NULL, detail TEXT NOT NULL);",

    "ALTER TABLE feed ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;"
    "UPDATE feed SET sum = row_sum(etag, highest_serial, last_contact_s);"
    "ALTER TABLE outbox ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;"
    "UPDATE outbox SET sum = row_sum(id, at_s, kind, detail);",

    // Events that are gone, and how many of them a health event told.
    "CREATE TABLE tally (one INTEGER PRIMARY KEY CHECK (one = 1), dropped INTEGER NOT NULL,"
    " told INTEGER NOT NULL, sum INTEGER NOT NULL);"
    "INSERT INTO tally VALUES (1, 0, 0, row_sum(0, 0));",
};

static void row_sum(sqlite3_context *context, int count, sqlite3_value **values)
{
    uint64_t hash = HASH_FNV1A64_START;
    for (int i = 0; i < count; i++) {
        int64_t number = sqlite3_value_int64(values[i]);
        int type = sqlite3_value_type(values[i]);
        const void *bytes = type == SQLITE_INTEGER ? &number : sqlite3_value_blob(values[i]);
        int64_t length =
            type == SQLITE_INTEGER ? (int64_t)sizeof number : sqlite3_value_bytes(values[i]);
        hash = hash_fnv1a64(hash, &type, sizeof type);
        hash = hash_fnv1a64(hash, &length, sizeof length);
        hash = hash_fnv1a64(hash, bytes, (size_t)length);
    }
    sqlite3_result_int64(context, (int64_t)hash);
}

static int climb(sqlite3 *db, int version)
{
    char pragma[64];
    int result = sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    for (int i = version; result == SQLITE_OK && i < STATE_DB_VERSION; i++)
        result = sqlite3_exec(db, steps[i], NULL, NULL, NULL);
    snprintf(pragma, sizeof pragma, "PRAGMA user_version = %d", STATE_DB_VERSION);
    if (result == SQLITE_OK)
        result = sqlite3_exec(db, pragma, NULL, NULL, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    if (result != SQLITE_OK)
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    // A table that isn't what its version says.
    return result == SQLITE_ERROR ? SQLITE_CORRUPT : result;
}

static int find_version(sqlite3 *db, int64_t *ret_version)
{
    int result = sqlite3_create_function_v2(db, "row_sum", -1, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                            NULL, row_sum, NULL, NULL, NULL);
    if (result == SQLITE_OK && !state_number(db, "PRAGMA user_version", ret_version))
        result = sqlite3_extended_errcode(db);
    return result;
}

// A flipped bit in a table's or a column's name passes quick_check.
static int check_names(sqlite3 *db)
{
    static const char *const texts[] = {
        "SELECT one, etag, highest_serial, last_contact_s, sum FROM feed",
        "SELECT ord, id, at_s, kind, detail, sum FROM outbox",
        "SELECT one, dropped, told, sum FROM tally",
    };
    int result = SQLITE_OK;
    for (unsigned i = 0; i < sizeof texts / sizeof *texts && result == SQLITE_OK; i++) {
        sqlite3_stmt *statement = NULL;
        result = sqlite3_prepare_v2(db, texts[i], -1, &statement, NULL);
        sqlite3_finalize(statement);
    }
    return result == SQLITE_ERROR ? SQLITE_CORRUPT : result;
}

int state_steps_run(sqlite3 *db)
{
    int64_t version = 0;
    int result = find_version(db, &version);
    if (result == SQLITE_OK && (version < 0 || version > STATE_DB_VERSION))
        result = SQLITE_CORRUPT;
    if (result == SQLITE_OK && version < STATE_DB_VERSION)
        result = climb(db, (int)version);
    return result == SQLITE_OK ? check_names(db) : result;
}

int state_steps_check(sqlite3 *db)
{
    int64_t version = 0;
    int result = find_version(db, &version);
    if (result == SQLITE_OK && version != STATE_DB_VERSION)
        result = SQLITE_CORRUPT;
    return result == SQLITE_OK ? check_names(db) : result;
}
