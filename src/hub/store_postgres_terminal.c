#include "base/text.h"
#include "hub/store_live.h"
#include "hub/store_postgres.h"

static bool add_terminal(struct store *store, const char *name, const struct secret_hash *token,
                         int64_t now_s)
{
    return postgres_run(store, "INSERT INTO terminal(name, token, added) VALUES($1, $2, $3)",
                        VALUES(TEXT(name), HASH(token), NUMBER(now_s)), NULL);
}

static bool find_terminal(struct store *store, const struct secret_hash *token,
                          int64_t *ret_terminal, bool *ret_failed)
{
    struct pg_result *result =
        postgres_query(store, "SELECT id FROM terminal WHERE token = $1", VALUES(HASH(token)));
    *ret_failed = result == NULL;
    bool found = result != NULL && postgres_rows(result) == 1;
    if (found)
        *ret_terminal = postgres_number(result, 0, 0);
    postgres_done(result);
    return found;
}

static bool remove_terminal(struct store *store, const char *name, bool *ret_failed)
{
    int64_t removed = 0;
    *ret_failed =
        !postgres_run(store, "DELETE FROM terminal WHERE name = $1", VALUES(TEXT(name)), &removed);
    return removed == 1;
}

static bool each_terminal(struct store *store,
                          void (*visit)(void *context, const char *name, int64_t added_s),
                          void *context)
{
    struct pg_result *result = postgres_query(
        store, "SELECT name, added FROM terminal ORDER BY name COLLATE \"C\"", NO_VALUES);
    int rows = result ? postgres_rows(result) : 0;
    for (int i = 0; i < rows; i++)
        visit(context, postgres_text(result, i, 0), postgres_number(result, i, 1));
    postgres_done(result);
    return result != NULL;
}

// ---- enrollments

static bool add_enrollment(struct store *store, const struct store_enrollment *enrollment)
{
    int64_t added = 0;
    return postgres_run(store,
                        "INSERT INTO enrollment(code, terminal, key, selection, expires)"
                        " VALUES($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                        VALUES(TEXT(enrollment->code), NUMBER(enrollment->terminal),
                               HASH(&enrollment->key), TEXT(enrollment->selection),
                               NUMBER(enrollment->expires_at_s)),
                        &added) &&
           added == 1;
}

static bool read_enrollment(struct pg_result *result, struct store_enrollment *ret)
{
    bool found = result != NULL && postgres_rows(result) == 1;
    if (found) {
        text_copy(ret->code, sizeof ret->code, postgres_text(result, 0, 0));
        ret->terminal = postgres_number(result, 0, 1);
        postgres_hash(result, 0, 2, &ret->key);
        text_copy(ret->selection, sizeof ret->selection, postgres_text(result, 0, 3));
        ret->expires_at_s = postgres_number(result, 0, 4);
    }
    postgres_done(result);
    return found;
}

static bool find_enrollment(struct store *store, const char *code, struct store_enrollment *ret)
{
    return read_enrollment(
        postgres_query(store,
                       "SELECT code, terminal, key, selection, expires FROM enrollment"
                       " WHERE code = $1",
                       VALUES(TEXT(code))),
        ret);
}

static bool repeated_enrollment(struct store *store, int64_t terminal,
                                const struct secret_hash *key, struct store_enrollment *ret)
{
    return read_enrollment(
        postgres_query(store,
                       "SELECT code, terminal, key, selection, expires FROM enrollment"
                       " WHERE terminal = $1 AND key = $2",
                       VALUES(NUMBER(terminal), HASH(key))),
        ret);
}

// What another process is dropping just now is left to it.
static bool trim_enrollments(struct store *store, int64_t now_s)
{
    return postgres_run(store,
                        "DELETE FROM enrollment WHERE code IN (SELECT code FROM enrollment"
                        " WHERE expires <= $1 FOR UPDATE SKIP LOCKED)",
                        VALUES(NUMBER(now_s)), NULL);
}

// ---- events

static bool add_event(struct store *store, int64_t terminal, const struct store_event *event)
{
    return postgres_run(store,
                        "INSERT INTO event(terminal, id, kind, detail, at)"
                        " VALUES($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                        VALUES(NUMBER(terminal), TEXT(event->id), TEXT(event->kind),
                               TEXT(event->detail), NUMBER(event->at_s)),
                        NULL);
}

static bool count_events(struct store *store, uint32_t *ret_count)
{
    struct pg_result *result = postgres_query(store, "SELECT count(*) FROM event", NO_VALUES);
    if (result != NULL)
        *ret_count = (uint32_t)postgres_number(result, 0, 0);
    postgres_done(result);
    return result != NULL;
}

const struct store_terminal_calls postgres_terminals = {
    .add = add_terminal,
    .find = find_terminal,
    .remove = remove_terminal,
    .each = each_terminal,
    .add_enrollment = add_enrollment,
    .find_enrollment = find_enrollment,
    .repeated_enrollment = repeated_enrollment,
    .trim_enrollments = trim_enrollments,
    .add_event = add_event,
    .count_events = count_events,
};
