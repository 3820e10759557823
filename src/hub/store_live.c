#include "hub/store_live.h"

#include "hub/store_sql.h"

const struct store_engine store_sqlite = {
    .begin = store_begin,
    .commit = store_commit,
    .rollback = store_rollback,
    .certificates = &store_sqlite_certificates,
    .terminals = &store_sqlite_terminals,
};

bool store_begin_live(struct store *store)
{
    return store->live->begin(store);
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

// ---- certificates

bool store_put_certificate(struct store *store, const struct store_certificate *certificate)
{
    return store->live->certificates->put(store, certificate);
}

bool store_stage_certificates(struct store *store)
{
    return store->live->certificates->stage(store);
}

bool store_apply_certificates(struct store *store)
{
    return store->live->certificates->apply(store);
}

bool store_find_certificate(struct store *store, const struct secret_hash *number,
                            struct store_certificate *ret, bool *ret_failed)
{
    return store->live->certificates->find(store, number, ret, ret_failed);
}

bool store_stage_entries(struct store *store)
{
    return store->live->certificates->stage_entries(store);
}

bool store_put_entry(struct store *store, const struct store_entry *entry)
{
    return store->live->certificates->put_entry(store, entry);
}

bool store_apply_entries(struct store *store)
{
    return store->live->certificates->apply_entries(store);
}

bool store_read_entries(struct store *store, const struct secret_hash *number,
                        struct certificate *certificate)
{
    return store->live->certificates->read_entries(store, number, certificate);
}

bool store_begin_check(struct store *store, int64_t terminal, const struct secret_hash *number)
{
    return store->live->certificates->begin_check(store, terminal, number);
}

bool store_add_check(struct store *store, const struct store_check *check)
{
    return store->live->certificates->add_check(store, check);
}

bool store_count_checks(struct store *store, int64_t terminal, const struct secret_hash *number,
                        bool passed, int64_t since_s, uint32_t *ret_count, int64_t *ret_oldest_s)
{
    return store->live->certificates->count_checks(store, terminal, number, passed, since_s,
                                                   ret_count, ret_oldest_s);
}

bool store_trim_checks(struct store *store, int64_t since_s, int64_t now_s)
{
    return store->live->certificates->trim_checks(store, since_s, now_s);
}

bool store_read_clock(struct store *store, int64_t *ret_clock_s)
{
    return store->live->certificates->read_clock(store, ret_clock_s);
}

bool store_keep_clock(struct store *store, int64_t clock_s)
{
    return store->live->certificates->keep_clock(store, clock_s);
}

// ---- terminals, enrollments, events

bool store_add_terminal(struct store *store, const char *name, const struct secret_hash *token,
                        int64_t now_s)
{
    return store->live->terminals->add(store, name, token, now_s);
}

bool store_find_terminal(struct store *store, const struct secret_hash *token,
                         int64_t *ret_terminal, bool *ret_failed)
{
    return store->live->terminals->find(store, token, ret_terminal, ret_failed);
}

bool store_remove_terminal(struct store *store, const char *name, bool *ret_failed)
{
    return store->live->terminals->remove(store, name, ret_failed);
}

bool store_each_terminal(struct store *store,
                         void (*visit)(void *context, const char *name, int64_t added_s),
                         void *context)
{
    return store->live->terminals->each(store, visit, context);
}

bool store_add_enrollment(struct store *store, const struct store_enrollment *enrollment)
{
    return store->live->terminals->add_enrollment(store, enrollment);
}

bool store_find_enrollment(struct store *store, const char *code, struct store_enrollment *ret)
{
    return store->live->terminals->find_enrollment(store, code, ret);
}

bool store_repeated_enrollment(struct store *store, int64_t terminal, const struct secret_hash *key,
                               struct store_enrollment *ret)
{
    return store->live->terminals->repeated_enrollment(store, terminal, key, ret);
}

bool store_trim_enrollments(struct store *store, int64_t now_s)
{
    return store->live->terminals->trim_enrollments(store, now_s);
}

bool store_add_event(struct store *store, int64_t terminal, const struct store_event *event)
{
    return store->live->terminals->add_event(store, terminal, event);
}

bool store_count_events(struct store *store, uint32_t *ret_count)
{
    return store->live->terminals->count_events(store, ret_count);
}
