// What the store's files share: the handle and running one statement. Only for hub/store*.c.
#pragma once

#include "hub/store.h"

#include <sqlite3.h>

struct store {
    sqlite3 *db;
};

// Prepared and bound by `kinds`: t text, i int64, h struct secret_hash * (NULL binds NULL).
// NULL when the database fails; a mistake in the SQL itself aborts.
sqlite3_stmt *store_prepare(struct store *store, const char *sql, const char *kinds, ...);
// One statement without rows.
bool store_run(sqlite3_stmt *statement);
// Steps to a row; false at the end or on failure. Finalize afterwards.
bool store_row(sqlite3_stmt *statement);
// Finalizes; false when a step failed.
bool store_done(sqlite3_stmt *statement);
// A text column into a fixed array.
void store_text(sqlite3_stmt *statement, int column, char *target, size_t capacity);
void store_hash(sqlite3_stmt *statement, int column, struct secret_hash *ret_hash);
