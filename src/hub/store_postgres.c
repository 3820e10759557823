#include "hub/store_postgres.h"

#include "base/check.h"
#include "base/text.h"
#include "hub/store_live.h"

#include <inttypes.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    VALUES_MAX = 12,
    NUMBER_BYTES = 24,
    AGAIN_MS = 1000, // between two looks for a server that is away
};

// As PostgreSQL numbers them (catalog/pg_type_d.h).
enum { TYPE_BYTEA = 17, TYPE_INT8 = 20, TYPE_INT4 = 23 };

// Whatever the URL doesn't say itself: nobody waits long for a server that is away or mute.
static const struct {
    const char *name;
    const char *value;
} defaults[] = {
    {"connect_timeout", "2"},  {"tcp_user_timeout", "3000"}, {"keepalives_idle", "5"},
    {"keepalives_count", "3"}, {"keepalives_interval", "1"}, {"application_name", "navigator-hub"},
};

static int64_t monotonic_ms(void)
{
    struct timespec now;
    CHECK(clock_gettime(CLOCK_MONOTONIC, &now) == 0);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// ---- the URL

bool store_database_url(const char *url, char ret_error[static STORE_DATABASE_ERROR_BYTES])
{
    char *problem = NULL;
    bool schemed = strncmp(url, "postgresql://", 13) == 0 || strncmp(url, "postgres://", 11) == 0;
    PQconninfoOption *options = schemed ? PQconninfoParse(url, &problem) : NULL;
    bool secret = getenv("PGPASSWORD") != NULL;
    for (PQconninfoOption *option = options; option && option->keyword; option++)
        secret |= strcmp(option->keyword, "password") == 0 && option->val != NULL;
    bool fits = strlen(url) < STORE_SETTING_BYTES;
    if (options == NULL || !fits)
        text_copy(ret_error, STORE_DATABASE_ERROR_BYTES,
                  "expected a URL as postgresql://user@host/database");
    else if (secret)
        text_copy(ret_error, STORE_DATABASE_ERROR_BYTES,
                  "found a password, expected it only in the file that PGPASSFILE names");
    PQconninfoFree(options);
    PQfreemem(problem);
    return options != NULL && fits && !secret;
}

struct postgres *postgres_create(const char *url)
{
    struct postgres *postgres = calloc(1, sizeof *postgres);
    CHECK(postgres != NULL);
    text_copy(postgres->url, sizeof postgres->url, url);
    postgres->lost_ms = INT64_MIN / 2;
    return postgres;
}

void postgres_destroy(struct postgres *postgres)
{
    if (postgres == NULL)
        return;
    PQfinish(postgres->connection);
    free(postgres);
}

// ---- the connection

// The first line says what, the others where.
static void keep_error(struct postgres *postgres, const char *message)
{
    text_copy(postgres->error, sizeof postgres->error, message);
    postgres->error[strcspn(postgres->error, "\n")] = '\0';
    if (postgres->error[0] == '\0')
        text_copy(postgres->error, sizeof postgres->error, "the database doesn't answer");
}

static bool execute(struct postgres *postgres, const char *sql)
{
    PGresult *result = PQexec(postgres->connection, sql);
    ExecStatusType status = PQresultStatus(result);
    bool done = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    if (!done)
        keep_error(postgres, PQresultErrorMessage(result));
    PQclear(result);
    return done;
}

static bool has_schema(struct postgres *postgres)
{
    if (postgres->any_schema)
        return true;
    PGresult *result =
        PQexec(postgres->connection, "SELECT coalesce(max(version), 0) FROM navigator_schema");
    bool known = PQresultStatus(result) == PGRES_TUPLES_OK;
    int64_t version = known ? strtoll(PQgetvalue(result, 0, 0), NULL, 10) : -1;
    PQclear(result);
    if (version == POSTGRES_SCHEMA_VERSION)
        return true;
    snprintf(postgres->error, sizeof postgres->error,
             "found schema %" PRId64 ", expected %d, made by navigator-hub database init", version,
             POSTGRES_SCHEMA_VERSION);
    return false;
}

static bool dial(struct store *store)
{
    enum { DEFAULTS = sizeof defaults / sizeof *defaults };
    struct postgres *postgres = store->postgres;
    const char *names[DEFAULTS + 3] = {0};
    const char *values[DEFAULTS + 3] = {0};
    for (size_t i = 0; i < DEFAULTS; i++) {
        names[i] = defaults[i].name;
        values[i] = defaults[i].value;
    }
    names[DEFAULTS] = "dbname";
    values[DEFAULTS] = postgres->url;
    names[DEFAULTS + 1] = "client_encoding";
    values[DEFAULTS + 1] = "UTF8";
    char limits[256];
    snprintf(limits, sizeof limits,
             "SET statement_timeout = %" PRIu32 "; SET lock_timeout = %" PRIu32
             "; SET idle_in_transaction_session_timeout = 60000; SET synchronous_commit = on;"
             " SET default_transaction_isolation = 'read committed';"
             " SET client_min_messages = warning",
             store->patience_ms, store->patience_ms);
    PQfinish(postgres->connection);
    postgres->connection = PQconnectdbParams(names, values, 1);
    if (PQstatus(postgres->connection) != CONNECTION_OK)
        keep_error(postgres, PQerrorMessage(postgres->connection));
    else if (execute(postgres, limits) && has_schema(postgres))
        return true;
    postgres->lost_ms = monotonic_ms();
    PQfinish(postgres->connection);
    postgres->connection = NULL;
    return false;
}

static bool is_ready(struct store *store)
{
    struct postgres *postgres = store->postgres;
    if (PQstatus(postgres->connection) == CONNECTION_OK)
        return true;
    keep_error(postgres, "the connection is lost");
    return !postgres->in_transaction && monotonic_ms() - postgres->lost_ms >= AGAIN_MS &&
           dial(store);
}

// ---- statements

struct parameters {
    char numbers[VALUES_MAX][NUMBER_BYTES];
    const char *values[VALUES_MAX];
    int lengths[VALUES_MAX];
    int formats[VALUES_MAX];
};

static void fill(struct parameters *parameters, const struct value *values, size_t count)
{
    CHECK(count <= VALUES_MAX);
    memset(parameters, 0, sizeof *parameters);
    for (size_t i = 0; i < count; i++) {
        switch (values[i].kind) {
        case VALUE_TEXT:
            parameters->values[i] = values[i].text;
            break;
        case VALUE_NUMBER:
            snprintf(parameters->numbers[i], NUMBER_BYTES, "%" PRId64, values[i].number);
            parameters->values[i] = parameters->numbers[i];
            break;
        case VALUE_HASH:
            parameters->values[i] = values[i].hash ? (const char *)values[i].hash->bytes : NULL;
            parameters->lengths[i] = SECRET_HASH_BYTES;
            parameters->formats[i] = 1;
            break;
        }
    }
}

// NULL when it fails.
static PGresult *ask(struct store *store, const char *sql, const struct value *values, size_t count)
{
    struct postgres *postgres = store->postgres;
    struct parameters parameters;
    fill(&parameters, values, count);
    bool again = !postgres->in_transaction;
    while (is_ready(store)) {
        PGresult *result =
            PQexecParams(postgres->connection, sql, (int)count, NULL, parameters.values,
                         parameters.lengths, parameters.formats, 0);
        ExecStatusType status = PQresultStatus(result);
        postgres->error[0] = '\0';
        if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
            return result;
        keep_error(postgres, PQresultErrorMessage(result));
        PQclear(result);
        if (!again || PQstatus(postgres->connection) == CONNECTION_OK)
            break;
        again = false;
    }
    return NULL;
}

static const struct secret_hash *read_hash(const char *text, struct secret_hash *memory)
{
    size_t length = 0;
    unsigned char *bytes = PQunescapeBytea((const unsigned char *)text, &length);
    bool whole = bytes != NULL && length == SECRET_HASH_BYTES;
    if (whole)
        memcpy(memory->bytes, bytes, SECRET_HASH_BYTES);
    PQfreemem(bytes);
    return whole ? memory : NULL;
}

static struct value read_value(const PGresult *result, int row, int column,
                               struct secret_hash *memory)
{
    const char *text = PQgetvalue(result, row, column);
    switch (PQftype(result, column)) {
    case TYPE_INT4:
    case TYPE_INT8:
        return NUMBER(strtoll(text, NULL, 10));
    case TYPE_BYTEA:
        return HASH(read_hash(text, memory));
    default:
        return TEXT(text);
    }
}

static int64_t query(struct store *store, const char *sql, const struct value *values, size_t count,
                     void (*visit)(void *context, const struct value *row), void *context)
{
    struct secret_hash hashes[LIVE_COLUMNS_MAX];
    struct value row[LIVE_COLUMNS_MAX];
    PGresult *result = ask(store, sql, values, count);
    int rows = result != NULL ? PQntuples(result) : -1;
    int columns = PQnfields(result);
    CHECK(columns <= LIVE_COLUMNS_MAX);
    for (int at = 0; visit != NULL && at < rows; at++) {
        for (int i = 0; i < columns; i++)
            row[i] = read_value(result, at, i, &hashes[i]);
        visit(context, row);
    }
    PQclear(result);
    return rows;
}

bool postgres_script(struct store *store, const char *sql)
{
    struct postgres *postgres = store->postgres;
    bool again = !postgres->in_transaction;
    while (is_ready(store)) {
        postgres->error[0] = '\0';
        if (execute(postgres, sql))
            return true;
        if (!again || PQstatus(postgres->connection) == CONNECTION_OK)
            break;
        again = false;
    }
    return false;
}

static void where_free(struct text *sql, const char *table, const char *condition)
{
    text_addf(sql, " WHERE ctid = ANY(ARRAY(SELECT ctid FROM %s WHERE %s FOR UPDATE SKIP LOCKED))",
              table, condition);
}

// ---- transactions

static void rollback(struct store *store)
{
    if (store->postgres->in_transaction && PQstatus(store->postgres->connection) == CONNECTION_OK)
        PQclear(PQexec(store->postgres->connection, "ROLLBACK"));
    store->postgres->in_transaction = false;
}

static bool begin(struct store *store, const struct live_lock *locks, size_t count)
{
    char memory[LIVE_SQL_BYTES];
    struct text sql;
    text_init(&sql, memory, sizeof memory);
    text_add(&sql, "BEGIN");
    for (size_t i = 0; i < count; i++)
        text_addf(&sql, ";SELECT pg_advisory_xact_lock(%d, %" PRId32 ")", locks[i].kind,
                  locks[i].key);
    bool begun = postgres_script(store, memory);
    store->postgres->in_transaction = true;
    if (!begun)
        rollback(store);
    return begun;
}

// Of a transaction in which a statement failed, COMMIT would make a ROLLBACK and call it done.
static bool commit(struct store *store)
{
    struct postgres *postgres = store->postgres;
    bool done =
        PQtransactionStatus(postgres->connection) == PQTRANS_INTRANS && execute(postgres, "COMMIT");
    if (done)
        postgres->in_transaction = false;
    return done;
}

const struct store_engine store_postgres = {
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .query = query,
    .where_free = where_free,
    .unhurried = "SET LOCAL statement_timeout = '10min'",
};
