#include "hub/store_live.h"

#include <string.h>

// Processes whose limits' clocks differ by less don't correct each other's checks; they meet at
// every tick (server.h).
enum { CLOCKS_DIFFER_S = 60 };

// The terminal comes first for everybody, so that no two can wait for each other.
bool store_begin_check(struct store *store, int64_t terminal, const struct secret_hash *number)
{
    struct live_lock locks[] = {{LOCK_TERMINAL, (int32_t)(terminal & INT32_MAX)}, {LOCK_NUMBER, 0}};
    memcpy(&locks[1].key, number->bytes, sizeof locks[1].key);
    return store->live->begin(store, locks, sizeof locks / sizeof *locks);
}

bool store_add_check(struct store *store, const struct store_check *check)
{
    return live_run(store,
                    "INSERT INTO checked(terminal, number, at, passed) VALUES($1, $2, $3, $4)",
                    VALUES(NUMBER(check->terminal), HASH(&check->number), NUMBER(check->at_s),
                           NUMBER(check->passed)));
}

struct checks {
    uint32_t *count;
    int64_t *oldest_s;
};

static void read_checks(void *context, const struct value *row)
{
    const struct checks *checks = context;
    *checks->count = (uint32_t)row[0].number;
    *checks->oldest_s = row[1].number;
}

bool store_count_checks(struct store *store, int64_t terminal, const struct secret_hash *number,
                        bool passed, int64_t since_s, uint32_t *ret_count, int64_t *ret_oldest_s)
{
    static const char by_number[] = "SELECT count(*), coalesce(min(at), 0) FROM checked"
                                    " WHERE number = $1 AND passed = $2 AND at > $3";
    static const char by_terminal[] = "SELECT count(*), coalesce(min(at), 0) FROM checked"
                                      " WHERE terminal = $1 AND passed = $2 AND at > $3";
    struct checks checks = {ret_count, ret_oldest_s};
    return store->live->query(
               store, number ? by_number : by_terminal,
               VALUES(number ? HASH(number) : NUMBER(terminal), NUMBER(passed), NUMBER(since_s)),
               read_checks, &checks) == 1;
}

bool store_trim_checks(struct store *store, int64_t since_s, int64_t now_s)
{
    return live_change_free(store, "DELETE FROM checked", "checked", "at <= $1",
                            VALUES(NUMBER(since_s))) &&
           live_change_free(store, "UPDATE checked SET at = $1", "checked", "at > $2",
                            VALUES(NUMBER(now_s), NUMBER(now_s + CLOCKS_DIFFER_S)));
}

// ---- the clock

bool store_read_clock(struct store *store, int64_t *ret_clock_s)
{
    return live_number(
        store,
        "SELECT coalesce(max(clock), 0) FROM (SELECT CAST(value AS bigint) AS clock FROM setting"
        " WHERE name = 'limits_clock' UNION ALL SELECT max(at) FROM checked"
        " UNION ALL SELECT max(since) FROM guess) AS known",
        NO_VALUES, ret_clock_s);
}

// The clock that is ahead is everybody's.
bool store_keep_clock(struct store *store, int64_t clock_s)
{
    return live_run(store,
                    "INSERT INTO setting(name, value) VALUES('limits_clock', $1)"
                    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
                    " WHERE CAST(setting.value AS bigint) < CAST(excluded.value AS bigint)",
                    VALUES(NUMBER(clock_s)));
}

// ---- wrong codes

static void read_guess(void *context, const struct value *row)
{
    struct store_guess *guess = context;
    guess->misses = (uint32_t)row[0].number;
    guess->since_s = row[1].number;
}

// The client's row is held until the transaction ends. Old rows go after it, and only those that
// nobody holds: so no two can wait for each other.
static bool count_guess(struct store *store, const struct secret_hash *client, int64_t clock_s,
                        int64_t window_s, struct store_guess *ret_guess)
{
    return store->live->query(store,
                              "INSERT INTO guess(client, since, misses) VALUES($1, $2, 1)"
                              " ON CONFLICT (client) DO UPDATE SET"
                              " misses = CASE WHEN guess.since > $3 THEN guess.misses + 1 ELSE 1"
                              " END, since = CASE WHEN guess.since > $3 THEN guess.since"
                              " ELSE excluded.since END RETURNING misses, since",
                              VALUES(HASH(client), NUMBER(clock_s), NUMBER(clock_s - window_s)),
                              read_guess, ret_guess) == 1 &&
           live_change_free(store, "DELETE FROM guess", "guess", "since <= $1",
                            VALUES(NUMBER(clock_s - window_s)));
}

bool store_begin_guess(struct store *store, const struct secret_hash *client, int64_t clock_s,
                       int64_t window_s, struct store_guess *ret_guess)
{
    if (!store_begin_live(store))
        return false;
    bool counted = count_guess(store, client, clock_s, window_s, ret_guess);
    if (!counted)
        store_rollback_live(store);
    return counted;
}
