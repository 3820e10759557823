#include "hub/store_live.h"
#include "hub/store_postgres.h"

#include <stdio.h>

// Step i makes of version i version i + 1; what was released stays as it is.
// POSTGRES_SCHEMA_VERSION counts them.
static const char *const steps[] = {
    "CREATE TABLE certificate(number bytea PRIMARY KEY, birth bytea, kind integer NOT NULL,"
    " status integer NOT NULL, unit integer NOT NULL, period_from text NOT NULL,"
    " period_to text NOT NULL, nominal bigint NOT NULL, balance bigint NOT NULL,"
    " reserved bigint NOT NULL, charged bigint NOT NULL);"
    "CREATE TABLE certificate_entry(place bigint GENERATED ALWAYS AS IDENTITY,"
    " ledger integer NOT NULL, number bytea NOT NULL, day text COLLATE \"C\" NOT NULL,"
    " title text NOT NULL, amount bigint NOT NULL);"
    "CREATE INDEX certificate_entry_number ON certificate_entry(ledger, number, day);"
    "CREATE TABLE terminal(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
    " name text NOT NULL UNIQUE, token bytea NOT NULL UNIQUE, added bigint NOT NULL);"
    "CREATE TABLE checked(terminal bigint NOT NULL, number bytea NOT NULL, at bigint NOT NULL,"
    " passed integer NOT NULL);"
    "CREATE INDEX checked_terminal ON checked(terminal, passed, at);"
    "CREATE INDEX checked_number ON checked(number, passed, at);"
    "CREATE INDEX checked_at ON checked(at);"
    "CREATE TABLE limits_clock(one boolean PRIMARY KEY DEFAULT true CHECK (one),"
    " clock bigint NOT NULL);"
    "CREATE TABLE enrollment(code text PRIMARY KEY, terminal bigint NOT NULL, key bytea NOT NULL,"
    " selection text NOT NULL, expires bigint NOT NULL, UNIQUE(terminal, key));"
    "CREATE INDEX enrollment_expires ON enrollment(expires);"
    "CREATE TABLE event(terminal bigint, id text, kind text NOT NULL, detail text NOT NULL,"
    " at bigint NOT NULL, PRIMARY KEY(terminal, id));",
};
_Static_assert(sizeof steps / sizeof *steps == POSTGRES_SCHEMA_VERSION, "one for each version");

static bool read_version(struct store *store, int *ret_version)
{
    struct pg_result *result =
        postgres_query(store, "SELECT coalesce(max(version), 0) FROM navigator_schema", NO_VALUES);
    if (result != NULL)
        *ret_version = (int)postgres_number(result, 0, 0);
    postgres_done(result);
    return result != NULL;
}

static bool migrate(struct store *store)
{
    int version;
    bool ok = postgres_script(store, "SELECT pg_advisory_xact_lock(0, 0);"
                                     "CREATE TABLE IF NOT EXISTS navigator_schema("
                                     "version integer PRIMARY KEY)") &&
              read_version(store, &version);
    for (; ok && version < POSTGRES_SCHEMA_VERSION; version++)
        ok = postgres_script(store, steps[version]) &&
             postgres_run(store, "INSERT INTO navigator_schema(version) VALUES($1)",
                          VALUES(NUMBER(version + 1)), NULL);
    return ok;
}

bool store_init_database(struct store *store)
{
    store->postgres->any_schema = true;
    bool made = store_begin_live(store) && migrate(store) && store_commit_live(store);
    if (!made)
        store_rollback_live(store);
    return made;
}
