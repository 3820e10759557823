// What is live at the hub, as functions of an engine: SQLite's stand in store_certificate.c and
// store_terminal.c, PostgreSQL's in store_postgres*.c. hub/store.h says what each does;
// store_live.c passes the calls on. Only for hub/store*.c.
#pragma once

#include "hub/store.h"

struct store_certificate_calls {
    bool (*put)(struct store *store, const struct store_certificate *certificate);
    bool (*stage)(struct store *store);
    bool (*apply)(struct store *store);
    bool (*find)(struct store *store, const struct secret_hash *number,
                 struct store_certificate *ret, bool *ret_failed);
    bool (*stage_entries)(struct store *store);
    bool (*put_entry)(struct store *store, const struct store_entry *entry);
    bool (*apply_entries)(struct store *store);
    bool (*read_entries)(struct store *store, const struct secret_hash *number,
                         struct certificate *certificate);
    bool (*begin_check)(struct store *store, int64_t terminal, const struct secret_hash *number);
    bool (*add_check)(struct store *store, const struct store_check *check);
    bool (*count_checks)(struct store *store, int64_t terminal, const struct secret_hash *number,
                         bool passed, int64_t since_s, uint32_t *ret_count, int64_t *ret_oldest_s);
    bool (*trim_checks)(struct store *store, int64_t since_s, int64_t now_s);
    bool (*read_clock)(struct store *store, int64_t *ret_clock_s);
    bool (*keep_clock)(struct store *store, int64_t clock_s);
};

struct store_terminal_calls {
    bool (*add)(struct store *store, const char *name, const struct secret_hash *token,
                int64_t now_s);
    bool (*find)(struct store *store, const struct secret_hash *token, int64_t *ret_terminal,
                 bool *ret_failed);
    bool (*remove)(struct store *store, const char *name, bool *ret_failed);
    bool (*each)(struct store *store,
                 void (*visit)(void *context, const char *name, int64_t added_s), void *context);
    bool (*add_enrollment)(struct store *store, const struct store_enrollment *enrollment);
    bool (*find_enrollment)(struct store *store, const char *code, struct store_enrollment *ret);
    bool (*repeated_enrollment)(struct store *store, int64_t terminal,
                                const struct secret_hash *key, struct store_enrollment *ret);
    bool (*trim_enrollments)(struct store *store, int64_t now_s);
    bool (*add_event)(struct store *store, int64_t terminal, const struct store_event *event);
    bool (*count_events)(struct store *store, uint32_t *ret_count);
};

struct store_engine {
    bool (*begin)(struct store *store);
    bool (*commit)(struct store *store);
    void (*rollback)(struct store *store);
    const struct store_certificate_calls *certificates;
    const struct store_terminal_calls *terminals;
};

extern const struct store_certificate_calls store_sqlite_certificates;
extern const struct store_terminal_calls store_sqlite_terminals;
extern const struct store_engine store_sqlite;
extern const struct store_engine store_postgres;
