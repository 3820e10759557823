// The PostgreSQL that holds what is live: its connection and running one statement. Only for
// hub/store*.c.
//
// One connection per store, opened by its first live call and again after it was lost: a statement
// outside a transaction is then tried once more. While the server is away calls fail at once, and
// it is looked for once a second.
#pragma once

#include "hub/store_sql.h"

// libpq's own, so that this header needs no door.
struct pg_conn;
struct pg_result;

enum { POSTGRES_SCHEMA_VERSION = 1, POSTGRES_ERROR_BYTES = 256 };

struct postgres {
    struct pg_conn *connection; // NULL until the first call
    char url[STORE_SETTING_BYTES];
    bool in_transaction;
    bool any_schema;                  // while it is made
    int64_t lost_ms;                  // monotonic: when it couldn't be reached; INT64_MIN never
    char error[POSTGRES_ERROR_BYTES]; // of the last call; "" it was fine
};

// Statements say $1, $2 for the values. NULL when it fails; else postgres_done.
struct pg_result *postgres_query(struct store *store, const char *sql, const struct value *values,
                                 size_t count);
void postgres_done(struct pg_result *result); // takes NULL
// One without rows that matter; ret_changed (NULL allowed) is how many it wrote.
bool postgres_run(struct store *store, const char *sql, const struct value *values, size_t count,
                  int64_t *ret_changed);
// Several statements in one go, without values.
bool postgres_script(struct store *store, const char *sql);

// Of a result's row: they answer 0, "" and nothing for NULL.
int postgres_rows(const struct pg_result *result);
int64_t postgres_number(const struct pg_result *result, int row, int column);
const char *postgres_text(const struct pg_result *result, int row, int column);
bool postgres_hash(const struct pg_result *result, int row, int column,
                   struct secret_hash *ret_hash);

extern const struct store_certificate_calls postgres_certificates;
extern const struct store_terminal_calls postgres_terminals;

struct postgres *postgres_create(const char *url);
void postgres_destroy(struct postgres *postgres); // takes NULL
