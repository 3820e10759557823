#include "base/text.h"
#include "hub/store_live.h"

bool store_add_terminal(struct store *store, const char *name, const struct secret_hash *token,
                        int64_t now_s)
{
    return live_run(store, "INSERT INTO terminal(name, token, added) VALUES($1, $2, $3)",
                    VALUES(TEXT(name), HASH(token), NUMBER(now_s)));
}

static void read_terminal(void *context, const struct value *row)
{
    *(int64_t *)context = row[0].number;
}

bool store_find_terminal(struct store *store, const struct secret_hash *token,
                         int64_t *ret_terminal, bool *ret_failed)
{
    int64_t rows = store->live->query(store, "SELECT id FROM terminal WHERE token = $1",
                                      VALUES(HASH(token)), read_terminal, ret_terminal);
    *ret_failed = rows < 0;
    return rows == 1;
}

bool store_remove_terminal(struct store *store, const char *name, bool *ret_failed)
{
    int64_t rows = store->live->query(store, "DELETE FROM terminal WHERE name = $1 RETURNING id",
                                      VALUES(TEXT(name)), NULL, NULL);
    *ret_failed = rows < 0;
    return rows == 1;
}

struct visitor {
    void (*visit)(void *context, const char *name, int64_t added_s);
    void *context;
};

static void show_terminal(void *context, const struct value *row)
{
    const struct visitor *visitor = context;
    visitor->visit(visitor->context, row[0].text, row[1].number);
}

bool store_each_terminal(struct store *store,
                         void (*visit)(void *context, const char *name, int64_t added_s),
                         void *context)
{
    struct visitor visitor = {visit, context};
    return store->live->query(store, "SELECT name, added FROM terminal ORDER BY name", NO_VALUES,
                              show_terminal, &visitor) >= 0;
}

// ---- enrollments

bool store_add_enrollment(struct store *store, const struct store_enrollment *enrollment)
{
    return store->live->query(store,
                              "INSERT INTO enrollment(code, terminal, key, selection, expires)"
                              " VALUES($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING 1",
                              VALUES(TEXT(enrollment->code), NUMBER(enrollment->terminal),
                                     HASH(&enrollment->key), TEXT(enrollment->selection),
                                     NUMBER(enrollment->expires_at_s)),
                              NULL, NULL) == 1;
}

static void read_enrollment(void *context, const struct value *row)
{
    struct store_enrollment *enrollment = context;
    text_copy(enrollment->code, sizeof enrollment->code, row[0].text);
    enrollment->terminal = row[1].number;
    enrollment->key = row[2].hash ? *row[2].hash : (struct secret_hash){0};
    text_copy(enrollment->selection, sizeof enrollment->selection, row[3].text);
    enrollment->expires_at_s = row[4].number;
}

#define ENROLLMENT "SELECT code, terminal, key, selection, expires FROM enrollment"

bool store_find_enrollment(struct store *store, const char *code, struct store_enrollment *ret,
                           bool *ret_failed)
{
    int64_t rows = store->live->query(store, ENROLLMENT " WHERE code = $1", VALUES(TEXT(code)),
                                      read_enrollment, ret);
    *ret_failed = rows < 0;
    return rows == 1;
}

bool store_repeated_enrollment(struct store *store, int64_t terminal, const struct secret_hash *key,
                               struct store_enrollment *ret)
{
    return store->live->query(store, ENROLLMENT " WHERE terminal = $1 AND key = $2",
                              VALUES(NUMBER(terminal), HASH(key)), read_enrollment, ret) == 1;
}

bool store_trim_enrollments(struct store *store, int64_t now_s)
{
    return live_change_free(store, "DELETE FROM enrollment", "enrollment", "expires <= $1",
                            VALUES(NUMBER(now_s)));
}

// ---- events

bool store_add_event(struct store *store, int64_t terminal, const struct store_event *event)
{
    return live_run(store,
                    "INSERT INTO event(terminal, id, kind, detail, at)"
                    " VALUES($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                    VALUES(NUMBER(terminal), TEXT(event->id), TEXT(event->kind),
                           TEXT(event->detail), NUMBER(event->at_s)));
}

bool store_count_events(struct store *store, uint32_t *ret_count)
{
    int64_t count = 0;
    bool counted = live_number(store, "SELECT count(*) FROM event", NO_VALUES, &count);
    *ret_count = (uint32_t)count;
    return counted;
}
