// The PostgreSQL that holds what is live: its connection. Only for hub/store*.c.
//
// One connection per store, opened by its first live call and again after it was lost: a statement
// outside a transaction is then tried once more. While the server is away calls fail at once, and
// it is looked for once a second.
#pragma once

#include "hub/store_sql.h"

// libpq's own, so that this header needs no door.
struct pg_conn;

enum { POSTGRES_SCHEMA_VERSION = 2, POSTGRES_ERROR_BYTES = 256 };

struct postgres {
    struct pg_conn *connection; // NULL until the first call
    char url[STORE_SETTING_BYTES];
    bool in_transaction;
    bool any_schema;                  // while it is made
    int64_t lost_ms;                  // monotonic: when it couldn't be reached; INT64_MIN never
    char error[POSTGRES_ERROR_BYTES]; // of the last call; "" it was fine
};

// Several statements in one go, without values.
bool postgres_script(struct store *store, const char *sql);

struct postgres *postgres_create(const char *url);
void postgres_destroy(struct postgres *postgres); // takes NULL
