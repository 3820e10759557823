#include "hub/store_live.h"
#include "hub/store_sql.h"

#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void format_day(struct date date, char ret_text[static 11])
{
    if (date.year != 0)
        date_format(date, ret_text);
    else
        ret_text[0] = '\0';
}

static bool put_certificate(struct store *store, const struct store_certificate *item)
{
    const struct certificate *certificate = &item->certificate;
    char from[11];
    char to[11];
    format_day(certificate->period_from, from);
    format_day(certificate->period_to, to);
#define COLUMNS                                                                                    \
    "(number, birth, kind, status, unit, period_from, period_to, nominal, balance, reserved,"      \
    " charged) VALUES(?,?,?,?,?,?,?,?,?,?,?)"
    return store_run(store_prepare(
        store,
        store->staging ? "INSERT INTO staged_certificate" COLUMNS
                       : "INSERT OR REPLACE INTO certificate" COLUMNS,
        VALUES(HASH(&item->number), HASH(item->birth_known ? &item->birth : NULL),
               NUMBER(certificate->kind), NUMBER(certificate->status), NUMBER(certificate->unit),
               TEXT(from), TEXT(to), NUMBER(certificate->nominal), NUMBER(certificate->balance),
               NUMBER(certificate->reserved), NUMBER(certificate->charged))));
}

// In memory alone (temp_store): it is gone with the process.
static bool stage_certificates(struct store *store)
{
    store->staging = store_run(store_prepare(store,
                                             "CREATE TEMP TABLE staged_certificate AS"
                                             " SELECT * FROM certificate LIMIT 0",
                                             NO_VALUES));
    return store->staging;
}

static bool apply_certificates(struct store *store)
{
    store->staging = false;
    return store_run(store_prepare(store,
                                   "INSERT OR REPLACE INTO certificate"
                                   " SELECT * FROM staged_certificate ORDER BY rowid",
                                   NO_VALUES)) &&
           store_run(store_prepare(store, "DROP TABLE staged_certificate", NO_VALUES));
}

static bool read_enum(sqlite3_stmt *statement, int column, int count, int *ret_value)
{
    *ret_value = sqlite3_column_int(statement, column);
    return *ret_value >= 0 && *ret_value < count;
}

static bool read_certificate(sqlite3_stmt *statement, struct store_certificate *ret)
{
    struct certificate *certificate = &ret->certificate;
    int kind;
    int status;
    int unit;
    char day[11];
    if (!read_enum(statement, 1, CERTIFICATE_KIND_COUNT, &kind) ||
        !read_enum(statement, 2, CERTIFICATE_STATUS_COUNT, &status) ||
        !read_enum(statement, 3, CERTIFICATE_UNIT_COUNT, &unit))
        return false;
    *certificate = (struct certificate){
        .kind = (enum certificate_kind)kind,
        .status = (enum certificate_status)status,
        .unit = (enum certificate_unit)unit,
        .nominal = sqlite3_column_int64(statement, 6),
        .balance = sqlite3_column_int64(statement, 7),
        .reserved = sqlite3_column_int64(statement, 8),
        .charged = sqlite3_column_int64(statement, 9),
        .age_years = -1,
    };
    store_text(statement, 4, day, sizeof day);
    date_parse(day, &certificate->period_from);
    store_text(statement, 5, day, sizeof day);
    date_parse(day, &certificate->period_to);
    ret->birth_known = sqlite3_column_type(statement, 0) == SQLITE_BLOB;
    store_hash(statement, 0, &ret->birth);
    return true;
}

static bool find_certificate(struct store *store, const struct secret_hash *number,
                             struct store_certificate *ret, bool *ret_failed)
{
    sqlite3_stmt *statement =
        store_prepare(store,
                      "SELECT birth, kind, status, unit, period_from, period_to, nominal, balance,"
                      " reserved, charged FROM certificate WHERE number = ?",
                      VALUES(HASH(number)));
    memset(ret, 0, sizeof *ret);
    ret->number = *number;
    bool found = store_row(statement) && read_certificate(statement, ret);
    *ret_failed = !store_done(statement);
    return found && !*ret_failed;
}

// ---- charges and contracts

static bool stage_entries(struct store *store)
{
    return store_run(store_prepare(store,
                                   "CREATE TEMP TABLE staged_entry AS"
                                   " SELECT * FROM certificate_entry LIMIT 0",
                                   NO_VALUES));
}

static bool put_entry(struct store *store, const struct store_entry *entry)
{
    char day[11];
    format_day(entry->day, day);
    return store_run(store_prepare(store,
                                   "INSERT INTO staged_entry(ledger, number, day, title, amount)"
                                   " VALUES(?, ?, ?, ?, ?)",
                                   VALUES(NUMBER(entry->ledger), HASH(&entry->number), TEXT(day),
                                          TEXT(entry->title), NUMBER(entry->amount))));
}

static bool apply_entries(struct store *store)
{
    return store_run(store_prepare(store,
                                   "DELETE FROM certificate_entry WHERE (ledger, number) IN"
                                   " (SELECT ledger, number FROM staged_entry)",
                                   NO_VALUES)) &&
           store_run(store_prepare(store,
                                   "INSERT INTO certificate_entry SELECT * FROM staged_entry"
                                   " ORDER BY rowid",
                                   NO_VALUES)) &&
           store_run(store_prepare(store, "DROP TABLE staged_entry", NO_VALUES));
}

static void read_charge(sqlite3_stmt *statement, struct certificate *certificate)
{
    char day[11];
    if (certificate->charge_count == CERTIFICATE_CHARGES_MAX)
        return;
    struct certificate_charge *charge = &certificate->charges[certificate->charge_count++];
    store_text(statement, 0, day, sizeof day);
    date_parse(day, &charge->on);
    store_text(statement, 1, charge->title, sizeof charge->title);
    charge->amount = sqlite3_column_int64(statement, 2);
}

static void read_contract(sqlite3_stmt *statement, struct certificate *certificate)
{
    char day[11];
    if (certificate->contract_count == CERTIFICATE_CONTRACTS_MAX)
        return;
    struct certificate_contract *contract = &certificate->contracts[certificate->contract_count++];
    store_text(statement, 0, day, sizeof day);
    date_parse(day, &contract->since);
    store_text(statement, 1, contract->title, sizeof contract->title);
}

static bool read_entries(struct store *store, const struct secret_hash *number,
                         struct certificate *certificate)
{
    bool fine = true;
    for (int ledger = 0; ledger < STORE_LEDGER_COUNT; ledger++) {
        sqlite3_stmt *statement = store_prepare(
            store,
            "SELECT day, title, amount FROM certificate_entry WHERE ledger = ? AND number = ?"
            " ORDER BY day DESC, rowid",
            VALUES(NUMBER(ledger), HASH(number)));
        while (store_row(statement)) {
            if (ledger == STORE_CHARGES)
                read_charge(statement, certificate);
            else
                read_contract(statement, certificate);
        }
        fine = store_done(statement) && fine;
    }
    return fine;
}

// ---- checks

static bool add_check(struct store *store, const struct store_check *check)
{
    return store_run(
        store_prepare(store, "INSERT INTO checked(terminal, number, at, passed) VALUES(?, ?, ?, ?)",
                      VALUES(NUMBER(check->terminal), HASH(&check->number), NUMBER(check->at_s),
                             NUMBER(check->passed))));
}

static bool count_checks(struct store *store, int64_t terminal, const struct secret_hash *number,
                         bool passed, int64_t since_s, uint32_t *ret_count, int64_t *ret_oldest_s)
{
    sqlite3_stmt *statement =
        number ? store_prepare(store,
                               "SELECT count(*), coalesce(min(at), 0) FROM checked"
                               " WHERE number = ? AND passed = ? AND at > ?",
                               VALUES(HASH(number), NUMBER(passed), NUMBER(since_s)))
               : store_prepare(store,
                               "SELECT count(*), coalesce(min(at), 0) FROM checked"
                               " WHERE terminal = ? AND passed = ? AND at > ?",
                               VALUES(NUMBER(terminal), NUMBER(passed), NUMBER(since_s)));
    bool counted = store_row(statement);
    if (counted) {
        *ret_count = (uint32_t)sqlite3_column_int64(statement, 0);
        *ret_oldest_s = sqlite3_column_int64(statement, 1);
    }
    return store_done(statement) && counted;
}

static bool trim_checks(struct store *store, int64_t since_s, int64_t now_s)
{
    return store_run(store_prepare(store, "DELETE FROM checked WHERE at <= ?",
                                   VALUES(NUMBER(since_s)))) &&
           store_run(store_prepare(store, "UPDATE checked SET at = ? WHERE at > ?",
                                   VALUES(NUMBER(now_s), NUMBER(now_s))));
}

static bool newest_check(struct store *store, int64_t *ret_at_s)
{
    sqlite3_stmt *statement =
        store_prepare(store, "SELECT coalesce(max(at), 0) FROM checked", NO_VALUES);
    if (store_row(statement))
        *ret_at_s = sqlite3_column_int64(statement, 0);
    return store_done(statement);
}

static const char clock_setting[] = "limits_clock";

static bool read_clock(struct store *store, int64_t *ret_clock_s)
{
    char kept[STORE_SETTING_BYTES] = "";
    int64_t newest_s = 0;
    bool known = store_setting(store, clock_setting, kept) && newest_check(store, &newest_s);
    int64_t kept_s = strtoll(kept, NULL, 10);
    *ret_clock_s = kept_s > newest_s ? kept_s : newest_s;
    return known;
}

static bool keep_clock(struct store *store, int64_t clock_s)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, clock_s);
    return store_set_setting(store, clock_setting, text);
}

// One writer at a time is what BEGIN IMMEDIATE allows.
static bool begin_check(struct store *store, int64_t terminal, const struct secret_hash *number)
{
    (void)terminal;
    (void)number;
    return store_begin(store);
}

const struct store_certificate_calls store_sqlite_certificates = {
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
