// What is live at the hub, on two engines: SQLite (store_sqlite.c) and PostgreSQL
// (store_postgres.c). Both understand the same statements, which stand once, in
// store_certificate.c, store_check.c and store_terminal.c: an engine only runs them. Only for
// hub/store*.c.
//
// A statement says $1, $2, … for its values, which first stand in it in that order.
#pragma once

#include "base/text.h"
#include "hub/store_sql.h"

enum { LIVE_COLUMNS_MAX = 12, LIVE_SQL_BYTES = 512 };

// What a transaction holds for itself: of two with the same one, the later waits.
struct live_lock {
    enum { LOCK_SCHEMA, LOCK_TERMINAL, LOCK_NUMBER } kind;
    int32_t key; // two that share it by chance wait for each other, too
};

struct store_engine {
    // Nobody else is in a transaction with one of these locks; in SQLite, in any that writes. They
    // are taken in their order. What others wrote before is seen by each statement after this.
    bool (*begin)(struct store *store, const struct live_lock *locks, size_t count);
    bool (*commit)(struct store *store);
    void (*rollback)(struct store *store);
    // Runs one statement; visit (NULL allowed) sees its rows as values, which are gone afterwards
    // (NULL is a NULL hash). Answers how many they are; -1: it failed.
    int64_t (*query)(struct store *store, const char *sql, const struct value *values, size_t count,
                     void (*visit)(void *context, const struct value *row), void *context);
    // Adds " WHERE …" of a DELETE or UPDATE: the table's rows for which the condition holds, except
    // those that another transaction is changing just now.
    void (*where_free)(struct text *sql, const char *table, const char *condition);
    const char *unhurried; // said first in a transaction that takes its time; NULL: nothing is
};

extern const struct store_engine store_sqlite;
extern const struct store_engine store_postgres;

// A statement whose rows don't matter.
bool live_run(struct store *store, const char *sql, const struct value *values, size_t count);
// The first column of its one row.
bool live_number(struct store *store, const char *sql, const struct value *values, size_t count,
                 int64_t *ret_number);
// "DELETE FROM table", "UPDATE table SET …" by where_free.
bool live_change_free(struct store *store, const char *change, const char *table,
                      const char *condition, const struct value *values, size_t count);
// The transaction that began may take longer than the store's patience.
bool live_take_time(struct store *store);
