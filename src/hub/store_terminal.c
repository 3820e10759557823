#include "hub/store_live.h"
#include "hub/store_sql.h"

#include <sqlite3.h>

static bool add_terminal(struct store *store, const char *name, const struct secret_hash *token,
                         int64_t now_s)
{
    return store_run(store_prepare(store,
                                   "INSERT INTO terminal(name, token, added) VALUES(?, ?, ?)",
                                   VALUES(TEXT(name), HASH(token), NUMBER(now_s))));
}

static bool find_terminal(struct store *store, const struct secret_hash *token,
                          int64_t *ret_terminal, bool *ret_failed)
{
    sqlite3_stmt *statement =
        store_prepare(store, "SELECT id FROM terminal WHERE token = ?", VALUES(HASH(token)));
    bool found = store_row(statement);
    if (found)
        *ret_terminal = sqlite3_column_int64(statement, 0);
    *ret_failed = !store_done(statement);
    return found && !*ret_failed;
}

static bool remove_terminal(struct store *store, const char *name, bool *ret_failed)
{
    sqlite3_stmt *statement = store_prepare(
        store, "DELETE FROM terminal WHERE name = ? RETURNING id", VALUES(TEXT(name)));
    bool found = store_row(statement);
    *ret_failed = !store_done(statement);
    return found && !*ret_failed;
}

static bool each_terminal(struct store *store,
                          void (*visit)(void *context, const char *name, int64_t added_s),
                          void *context)
{
    sqlite3_stmt *statement =
        store_prepare(store, "SELECT name, added FROM terminal ORDER BY name", NO_VALUES);
    while (store_row(statement))
        visit(context, (const char *)sqlite3_column_text(statement, 0),
              sqlite3_column_int64(statement, 1));
    return store_done(statement);
}

// ---- enrollments

static bool add_enrollment(struct store *store, const struct store_enrollment *enrollment)
{
    return store_run(store_prepare(
        store,
        "INSERT INTO enrollment(code, terminal, key, selection, expires) VALUES(?, ?, ?, ?, ?)",
        VALUES(TEXT(enrollment->code), NUMBER(enrollment->terminal), HASH(&enrollment->key),
               TEXT(enrollment->selection), NUMBER(enrollment->expires_at_s))));
}

static bool read_enrollment(sqlite3_stmt *statement, struct store_enrollment *ret)
{
    bool found = store_row(statement);
    if (found) {
        store_text(statement, 0, ret->code, sizeof ret->code);
        ret->terminal = sqlite3_column_int64(statement, 1);
        store_hash(statement, 2, &ret->key);
        store_text(statement, 3, ret->selection, sizeof ret->selection);
        ret->expires_at_s = sqlite3_column_int64(statement, 4);
    }
    return store_done(statement) && found;
}

static bool find_enrollment(struct store *store, const char *code, struct store_enrollment *ret)
{
    return read_enrollment(
        store_prepare(
            store, "SELECT code, terminal, key, selection, expires FROM enrollment WHERE code = ?",
            VALUES(TEXT(code))),
        ret);
}

static bool repeated_enrollment(struct store *store, int64_t terminal,
                                const struct secret_hash *key, struct store_enrollment *ret)
{
    return read_enrollment(store_prepare(store,
                                         "SELECT code, terminal, key, selection, expires FROM"
                                         " enrollment WHERE terminal = ? AND key = ?",
                                         VALUES(NUMBER(terminal), HASH(key))),
                           ret);
}

static bool trim_enrollments(struct store *store, int64_t now_s)
{
    return store_run(
        store_prepare(store, "DELETE FROM enrollment WHERE expires <= ?", VALUES(NUMBER(now_s))));
}

// ---- events

static bool add_event(struct store *store, int64_t terminal, const struct store_event *event)
{
    return store_run(store_prepare(
        store, "INSERT OR IGNORE INTO event(terminal, id, kind, detail, at) VALUES(?, ?, ?, ?, ?)",
        VALUES(NUMBER(terminal), TEXT(event->id), TEXT(event->kind), TEXT(event->detail),
               NUMBER(event->at_s))));
}

static bool count_events(struct store *store, uint32_t *ret_count)
{
    sqlite3_stmt *statement = store_prepare(store, "SELECT count(*) FROM event", NO_VALUES);
    if (store_row(statement))
        *ret_count = (uint32_t)sqlite3_column_int64(statement, 0);
    return store_done(statement);
}

const struct store_terminal_calls store_sqlite_terminals = {
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
