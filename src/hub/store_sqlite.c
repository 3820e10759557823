#include "base/check.h"
#include "hub/store_live.h"

#include <sqlite3.h>
#include <string.h>

// One writer at a time is what BEGIN IMMEDIATE allows.
static bool begin(struct store *store, const struct live_lock *locks, size_t count)
{
    (void)locks;
    (void)count;
    return store_begin(store);
}

static struct value read_value(sqlite3_stmt *statement, int column, struct secret_hash *memory)
{
    int type = sqlite3_column_type(statement, column);
    if (type == SQLITE_INTEGER)
        return NUMBER(sqlite3_column_int64(statement, column));
    if (type == SQLITE_TEXT)
        return TEXT((const char *)sqlite3_column_text(statement, column));
    bool whole =
        type == SQLITE_BLOB && sqlite3_column_bytes(statement, column) == SECRET_HASH_BYTES;
    if (whole)
        memcpy(memory->bytes, sqlite3_column_blob(statement, column), SECRET_HASH_BYTES);
    return HASH(whole ? memory : NULL);
}

static int64_t query(struct store *store, const char *sql, const struct value *values, size_t count,
                     void (*visit)(void *context, const struct value *row), void *context)
{
    struct secret_hash hashes[LIVE_COLUMNS_MAX];
    struct value row[LIVE_COLUMNS_MAX];
    int64_t rows = 0;
    sqlite3_stmt *statement = store_prepare(store, sql, values, count);
    int columns = sqlite3_column_count(statement);
    CHECK(columns <= LIVE_COLUMNS_MAX);
    for (; store_row(statement); rows++) {
        for (int i = 0; i < columns; i++)
            row[i] = read_value(statement, i, &hashes[i]);
        if (visit != NULL)
            visit(context, row);
    }
    return store_done(statement) ? rows : -1;
}

static void where_free(struct text *sql, const char *table, const char *condition)
{
    (void)table;
    text_addf(sql, " WHERE %s", condition);
}

const struct store_engine store_sqlite = {
    .begin = begin,
    .commit = store_commit,
    .rollback = store_rollback,
    .query = query,
    .where_free = where_free,
};
