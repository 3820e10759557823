#include "base/text.h"
#include "hub/store_live.h"
#include "hub/store_postgres.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

// Processes whose limits' clocks differ by less don't correct each other's checks; they meet at
// every tick (server.h).
enum { CLOCKS_DIFFER_S = 60 };

// A large import takes its time.
static const char patience[] = "SET LOCAL statement_timeout = '10min'";

static void format_day(struct date date, char ret_text[static 11])
{
    if (date.year != 0)
        date_format(date, ret_text);
    else
        ret_text[0] = '\0';
}

#define FIELDS                                                                                     \
    "number, birth, kind, status, unit, period_from, period_to, nominal, balance, reserved, "      \
    "charged"

static bool put_certificate(struct store *store, const struct store_certificate *item)
{
    const struct certificate *certificate = &item->certificate;
    char from[11];
    char to[11];
    format_day(certificate->period_from, from);
    format_day(certificate->period_to, to);
#define ROW "(" FIELDS ") VALUES($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)"
    return postgres_run(
        store,
        store->staging ? "INSERT INTO staged_certificate" ROW
                       : "INSERT INTO certificate" ROW
                         " ON CONFLICT (number) DO UPDATE SET birth = excluded.birth,"
                         " kind = excluded.kind, status = excluded.status, unit = excluded.unit,"
                         " period_from = excluded.period_from, period_to = excluded.period_to,"
                         " nominal = excluded.nominal, balance = excluded.balance,"
                         " reserved = excluded.reserved, charged = excluded.charged",
        VALUES(HASH(&item->number), HASH(item->birth_known ? &item->birth : NULL),
               NUMBER(certificate->kind), NUMBER(certificate->status), NUMBER(certificate->unit),
               TEXT(from), TEXT(to), NUMBER(certificate->nominal), NUMBER(certificate->balance),
               NUMBER(certificate->reserved), NUMBER(certificate->charged)),
        NULL);
}

// Gone with the connection.
static bool stage_certificates(struct store *store)
{
    store->staging = postgres_script(
        store, "DROP TABLE IF EXISTS staged_certificate; CREATE TEMP TABLE staged_certificate"
               " (LIKE certificate, place bigint GENERATED ALWAYS AS IDENTITY)");
    return store->staging;
}

static bool apply_certificates(struct store *store)
{
    store->staging = false;
    return postgres_script(store, patience) &&
           postgres_script(store, "DELETE FROM certificate WHERE number IN"
                                  " (SELECT number FROM staged_certificate);"
                                  "INSERT INTO certificate(" FIELDS ")"
                                  " SELECT DISTINCT ON (number) " FIELDS
                                  " FROM staged_certificate ORDER BY number, place DESC;"
                                  "DROP TABLE staged_certificate");
}

static bool read_enum(const struct pg_result *result, int column, int count, int *ret_value)
{
    int64_t value = postgres_number(result, 0, column);
    *ret_value = (int)value;
    return value >= 0 && value < count;
}

static bool read_certificate(const struct pg_result *result, struct store_certificate *ret)
{
    struct certificate *certificate = &ret->certificate;
    int kind;
    int status;
    int unit;
    if (!read_enum(result, 1, CERTIFICATE_KIND_COUNT, &kind) ||
        !read_enum(result, 2, CERTIFICATE_STATUS_COUNT, &status) ||
        !read_enum(result, 3, CERTIFICATE_UNIT_COUNT, &unit))
        return false;
    *certificate = (struct certificate){
        .kind = (enum certificate_kind)kind,
        .status = (enum certificate_status)status,
        .unit = (enum certificate_unit)unit,
        .nominal = postgres_number(result, 0, 6),
        .balance = postgres_number(result, 0, 7),
        .reserved = postgres_number(result, 0, 8),
        .charged = postgres_number(result, 0, 9),
        .age_years = -1,
    };
    date_parse(postgres_text(result, 0, 4), &certificate->period_from);
    date_parse(postgres_text(result, 0, 5), &certificate->period_to);
    ret->birth_known = postgres_hash(result, 0, 0, &ret->birth);
    return true;
}

static bool find_certificate(struct store *store, const struct secret_hash *number,
                             struct store_certificate *ret, bool *ret_failed)
{
    struct pg_result *result =
        postgres_query(store,
                       "SELECT birth, kind, status, unit, period_from, period_to, nominal, balance,"
                       " reserved, charged FROM certificate WHERE number = $1",
                       VALUES(HASH(number)));
    memset(ret, 0, sizeof *ret);
    ret->number = *number;
    *ret_failed = result == NULL;
    bool found = result != NULL && postgres_rows(result) == 1 && read_certificate(result, ret);
    postgres_done(result);
    return found;
}

// ---- charges and contracts

static bool stage_entries(struct store *store)
{
    return postgres_script(store,
                           "DROP TABLE IF EXISTS staged_entry; CREATE TEMP TABLE staged_entry"
                           " (LIKE certificate_entry INCLUDING IDENTITY)");
}

static bool put_entry(struct store *store, const struct store_entry *entry)
{
    char day[11];
    format_day(entry->day, day);
    return postgres_run(store,
                        "INSERT INTO staged_entry(ledger, number, day, title, amount)"
                        " VALUES($1, $2, $3, $4, $5)",
                        VALUES(NUMBER(entry->ledger), HASH(&entry->number), TEXT(day),
                               TEXT(entry->title), NUMBER(entry->amount)),
                        NULL);
}

static bool apply_entries(struct store *store)
{
    return postgres_script(store, patience) &&
           postgres_script(store,
                           "DELETE FROM certificate_entry WHERE (ledger, number) IN"
                           " (SELECT ledger, number FROM staged_entry);"
                           "INSERT INTO certificate_entry(ledger, number, day, title, amount)"
                           " SELECT ledger, number, day, title, amount FROM staged_entry"
                           " ORDER BY place;"
                           "DROP TABLE staged_entry");
}

static void read_entry(const struct pg_result *result, int row, enum store_ledger ledger,
                       struct certificate *certificate)
{
    const char *title = postgres_text(result, row, 1);
    if (ledger == STORE_CHARGES && certificate->charge_count < CERTIFICATE_CHARGES_MAX) {
        struct certificate_charge *charge = &certificate->charges[certificate->charge_count++];
        date_parse(postgres_text(result, row, 0), &charge->on);
        text_copy(charge->title, sizeof charge->title, title);
        charge->amount = postgres_number(result, row, 2);
    } else if (ledger == STORE_CONTRACTS &&
               certificate->contract_count < CERTIFICATE_CONTRACTS_MAX) {
        struct certificate_contract *contract =
            &certificate->contracts[certificate->contract_count++];
        date_parse(postgres_text(result, row, 0), &contract->since);
        text_copy(contract->title, sizeof contract->title, title);
    }
}

static bool read_entries(struct store *store, const struct secret_hash *number,
                         struct certificate *certificate)
{
    bool fine = true;
    for (int ledger = 0; ledger < STORE_LEDGER_COUNT; ledger++) {
        struct pg_result *result =
            postgres_query(store,
                           "SELECT day, title, amount FROM certificate_entry"
                           " WHERE ledger = $1 AND number = $2 ORDER BY day DESC, place",
                           VALUES(NUMBER(ledger), HASH(number)));
        int rows = result ? postgres_rows(result) : 0;
        for (int i = 0; i < rows; i++)
            read_entry(result, i, (enum store_ledger)ledger, certificate);
        fine = fine && result != NULL;
        postgres_done(result);
    }
    return fine;
}

// ---- checks

// Until the transaction ends nobody else checks for this terminal or this number. The terminal
// comes first for everybody, so that no two can wait for each other. What others wrote before is
// seen by each statement after this one.
static bool begin_check(struct store *store, int64_t terminal, const struct secret_hash *number)
{
    enum { LOCK_TERMINAL = 1, LOCK_NUMBER = 2 };
    char sql[160];
    int32_t folded;
    memcpy(&folded, number->bytes, sizeof folded);
    snprintf(sql, sizeof sql,
             "BEGIN; SELECT pg_advisory_xact_lock(%d, %" PRId32 ");"
             "SELECT pg_advisory_xact_lock(%d, %" PRId32 ")",
             LOCK_TERMINAL, (int32_t)(terminal & INT32_MAX), LOCK_NUMBER, folded);
    bool begun = postgres_script(store, sql);
    store->postgres->in_transaction = true;
    if (!begun)
        store->live->rollback(store);
    return begun;
}

static bool add_check(struct store *store, const struct store_check *check)
{
    return postgres_run(store,
                        "INSERT INTO checked(terminal, number, at, passed) VALUES($1, $2, $3, $4)",
                        VALUES(NUMBER(check->terminal), HASH(&check->number), NUMBER(check->at_s),
                               NUMBER(check->passed)),
                        NULL);
}

static bool count_checks(struct store *store, int64_t terminal, const struct secret_hash *number,
                         bool passed, int64_t since_s, uint32_t *ret_count, int64_t *ret_oldest_s)
{
    struct pg_result *result =
        number ? postgres_query(store,
                                "SELECT count(*), coalesce(min(at), 0) FROM checked"
                                " WHERE number = $1 AND passed = $2 AND at > $3",
                                VALUES(HASH(number), NUMBER(passed), NUMBER(since_s)))
               : postgres_query(store,
                                "SELECT count(*), coalesce(min(at), 0) FROM checked"
                                " WHERE terminal = $1 AND passed = $2 AND at > $3",
                                VALUES(NUMBER(terminal), NUMBER(passed), NUMBER(since_s)));
    if (result != NULL) {
        *ret_count = (uint32_t)postgres_number(result, 0, 0);
        *ret_oldest_s = postgres_number(result, 0, 1);
    }
    postgres_done(result);
    return result != NULL;
}

// What another process holds just now is left to it.
static bool trim_checks(struct store *store, int64_t since_s, int64_t now_s)
{
    return postgres_run(store,
                        "WITH old AS (DELETE FROM checked WHERE ctid = ANY(ARRAY("
                        "SELECT ctid FROM checked WHERE at <= $1 FOR UPDATE SKIP LOCKED)))"
                        " UPDATE checked SET at = $2 WHERE ctid = ANY(ARRAY("
                        "SELECT ctid FROM checked WHERE at > $3 FOR UPDATE SKIP LOCKED))",
                        VALUES(NUMBER(since_s), NUMBER(now_s), NUMBER(now_s + CLOCKS_DIFFER_S)),
                        NULL);
}

static bool read_clock(struct store *store, int64_t *ret_clock_s)
{
    struct pg_result *result =
        postgres_query(store,
                       "SELECT coalesce(greatest((SELECT max(clock) FROM limits_clock),"
                       " (SELECT max(at) FROM checked)), 0)",
                       NO_VALUES);
    if (result != NULL)
        *ret_clock_s = postgres_number(result, 0, 0);
    postgres_done(result);
    return result != NULL;
}

// The clock that is ahead is everybody's.
static bool keep_clock(struct store *store, int64_t clock_s)
{
    return postgres_run(store,
                        "INSERT INTO limits_clock(clock) VALUES($1) ON CONFLICT (one)"
                        " DO UPDATE SET clock = greatest(limits_clock.clock, excluded.clock)",
                        VALUES(NUMBER(clock_s)), NULL);
}

const struct store_certificate_calls postgres_certificates = {
    .put = put_certificate,
    .stage = stage_certificates,
    .apply = apply_certificates,
    .find = find_certificate,
    .stage_entries = stage_entries,
    .put_entry = put_entry,
    .apply_entries = apply_entries,
    .read_entries = read_entries,
    .begin_check = begin_check,
    .add_check = add_check,
    .count_checks = count_checks,
    .trim_checks = trim_checks,
    .read_clock = read_clock,
    .keep_clock = keep_clock,
};
