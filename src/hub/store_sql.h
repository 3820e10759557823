// What the store's files share: the handle and running one statement. Only for hub/store*.c.
#pragma once

#include "hub/store.h"

// SQLite's own, so that this header needs no door.
struct sqlite3;
struct sqlite3_stmt;

struct store_engine;
struct postgres;

struct store {
    struct sqlite3 *db;
    const struct store_engine *live; // what keeps all that isn't a record
    struct postgres *postgres;       // NULL: db does
    uint32_t patience_ms;
    int64_t busy_since_ms; // monotonic; 0 never
    int64_t busy_last_ms;
    bool staging;        // store_stage
    int64_t staged_rows; // so many, in their order
};

// What is bound to a statement's `?`, or a column of a row (store_live.h).
struct value {
    enum { VALUE_TEXT, VALUE_NUMBER, VALUE_HASH } kind;
    const char *text;
    int64_t number;
    const struct secret_hash *hash; // NULL binds NULL
};
#define TEXT(given)   ((struct value){VALUE_TEXT, .text = (given)})
#define NUMBER(given) ((struct value){VALUE_NUMBER, .text = "", .number = (given)})
#define HASH(given)   ((struct value){VALUE_HASH, .text = "", .hash = (given)})
#define VALUES(...)                                                                                \
    (const struct value[]){__VA_ARGS__},                                                           \
        sizeof((const struct value[]){__VA_ARGS__}) / sizeof(struct value)
#define NO_VALUES NULL, 0

// Prepared and bound in order. NULL when the database fails, or isn't the one that init made.
struct sqlite3_stmt *store_prepare(struct store *store, const char *sql, const struct value *values,
                                   size_t count);
// One statement without rows.
bool store_run(struct sqlite3_stmt *statement);
// Steps to a row; false at the end or on failure. Finalize afterwards.
bool store_row(struct sqlite3_stmt *statement);
// Finalizes; false when a step failed.
bool store_done(struct sqlite3_stmt *statement);
// A text column into a fixed array.
void store_text(struct sqlite3_stmt *statement, int column, char *target, size_t capacity);
