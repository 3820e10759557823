#include "hub/store_live.h"

bool live_run(struct store *store, const char *sql, const struct value *values, size_t count)
{
    return store->live->query(store, sql, values, count, NULL, NULL) >= 0;
}

static void read_number(void *context, const struct value *row)
{
    *(int64_t *)context = row[0].number;
}

bool live_number(struct store *store, const char *sql, const struct value *values, size_t count,
                 int64_t *ret_number)
{
    return store->live->query(store, sql, values, count, read_number, ret_number) == 1;
}

bool live_change_free(struct store *store, const char *change, const char *table,
                      const char *condition, const struct value *values, size_t count)
{
    char memory[LIVE_SQL_BYTES];
    struct text sql;
    text_init(&sql, memory, sizeof memory);
    text_add(&sql, change);
    store->live->where_free(&sql, table, condition);
    return live_run(store, memory, values, count);
}

bool live_take_time(struct store *store)
{
    return store->live->unhurried == NULL || live_run(store, store->live->unhurried, NO_VALUES);
}

// ---- transactions

bool store_begin_live(struct store *store)
{
    return store->live->begin(store, NULL, 0);
}

bool store_commit_live(struct store *store)
{
    bool done = store->live->commit(store);
    if (!done)
        store->live->rollback(store);
    return done;
}

void store_rollback_live(struct store *store)
{
    store->live->rollback(store);
}
