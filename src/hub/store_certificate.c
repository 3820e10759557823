#include "base/text.h"
#include "hub/store_live.h"

#include <string.h>

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
#define REPLACING                                                                                  \
    " ON CONFLICT (number) DO UPDATE SET birth = excluded.birth, kind = excluded.kind,"            \
    " status = excluded.status, unit = excluded.unit, period_from = excluded.period_from,"         \
    " period_to = excluded.period_to, nominal = excluded.nominal, balance = excluded.balance,"     \
    " reserved = excluded.reserved, charged = excluded.charged"

bool store_put_certificate(struct store *store, const struct store_certificate *item)
{
    static const char staged[] = "INSERT INTO staged_certificate(" FIELDS ", place)"
                                 " VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    static const char there[] = "INSERT INTO certificate(" FIELDS ")"
                                " VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)" REPLACING;
    const struct certificate *certificate = &item->certificate;
    char from[11];
    char to[11];
    format_day(certificate->period_from, from);
    format_day(certificate->period_to, to);
    const struct value values[] = {HASH(&item->number),
                                   HASH(item->birth_known ? &item->birth : NULL),
                                   NUMBER(certificate->kind),
                                   NUMBER(certificate->status),
                                   NUMBER(certificate->unit),
                                   TEXT(from),
                                   TEXT(to),
                                   NUMBER(certificate->nominal),
                                   NUMBER(certificate->balance),
                                   NUMBER(certificate->reserved),
                                   NUMBER(certificate->charged),
                                   NUMBER(store->staged_rows++)};
    size_t count = sizeof values / sizeof *values;
    return store->staging ? live_run(store, staged, values, count)
                          : live_run(store, there, values, count - 1);
}

static bool run_all(struct store *store, const char *const *statements, size_t count)
{
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++)
        ok = live_run(store, statements[i], NO_VALUES);
    return ok;
}
#define RUN_ALL(store, ...)                                                                        \
    run_all(store, (const char *const[]){__VA_ARGS__},                                             \
            sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

// Of this connection alone, and gone with it.
bool store_stage_certificates(struct store *store)
{
    store->staging = RUN_ALL(store, "DROP TABLE IF EXISTS staged_certificate",
                             "CREATE TEMP TABLE staged_certificate AS SELECT " FIELDS
                             ", nominal AS place FROM certificate LIMIT 0");
    return store->staging;
}

// The last row of a number counts.
bool store_apply_certificates(struct store *store)
{
    store->staging = false;
    return live_take_time(store) &&
           RUN_ALL(store,
                   "INSERT INTO certificate(" FIELDS ") SELECT " FIELDS " FROM (SELECT " FIELDS
                   ", row_number() OVER (PARTITION BY number ORDER BY place DESC) AS nth"
                   " FROM staged_certificate) AS staged WHERE nth = 1" REPLACING,
                   "DROP TABLE staged_certificate");
}

static bool read_enum(const struct value *value, int count, int *ret_value)
{
    *ret_value = (int)value->number;
    return value->number >= 0 && value->number < count;
}

struct found {
    struct store_certificate *certificate;
    bool whole;
};

static void read_certificate(void *context, const struct value *row)
{
    struct found *found = context;
    struct certificate *certificate = &found->certificate->certificate;
    int kind;
    int status;
    int unit;
    if (!read_enum(&row[1], CERTIFICATE_KIND_COUNT, &kind) ||
        !read_enum(&row[2], CERTIFICATE_STATUS_COUNT, &status) ||
        !read_enum(&row[3], CERTIFICATE_UNIT_COUNT, &unit))
        return;
    *certificate = (struct certificate){
        .kind = (enum certificate_kind)kind,
        .status = (enum certificate_status)status,
        .unit = (enum certificate_unit)unit,
        .nominal = row[6].number,
        .balance = row[7].number,
        .reserved = row[8].number,
        .charged = row[9].number,
        .age_years = -1,
    };
    date_parse(row[4].text, &certificate->period_from);
    date_parse(row[5].text, &certificate->period_to);
    found->certificate->birth_known = row[0].hash != NULL;
    if (row[0].hash != NULL)
        found->certificate->birth = *row[0].hash;
    found->whole = true;
}

bool store_find_certificate(struct store *store, const struct secret_hash *number,
                            struct store_certificate *ret, bool *ret_failed)
{
    struct found found = {.certificate = ret};
    memset(ret, 0, sizeof *ret);
    ret->number = *number;
    *ret_failed = store->live->query(store,
                                     "SELECT birth, kind, status, unit, period_from, period_to,"
                                     " nominal, balance, reserved, charged FROM certificate"
                                     " WHERE number = $1",
                                     VALUES(HASH(number)), read_certificate, &found) < 0;
    return found.whole && !*ret_failed;
}

// ---- charges and contracts

bool store_stage_entries(struct store *store)
{
    return RUN_ALL(store, "DROP TABLE IF EXISTS staged_entry",
                   "CREATE TEMP TABLE staged_entry AS SELECT ledger, number, day, title, amount,"
                   " amount AS place FROM certificate_entry LIMIT 0");
}

bool store_put_entry(struct store *store, const struct store_entry *entry)
{
    char day[11];
    int64_t place = store->staged_rows++;
    format_day(entry->day, day);
    return live_run(store,
                    "INSERT INTO staged_entry(ledger, number, day, title, amount, place)"
                    " VALUES($1, $2, $3, $4, $5, $6)",
                    VALUES(NUMBER(entry->ledger), HASH(&entry->number), TEXT(day),
                           TEXT(entry->title), NUMBER(entry->amount), NUMBER(place)));
}

bool store_apply_entries(struct store *store)
{
    return live_take_time(store) &&
           RUN_ALL(store,
                   "DELETE FROM certificate_entry WHERE (ledger, number) IN"
                   " (SELECT ledger, number FROM staged_entry)",
                   "INSERT INTO certificate_entry(ledger, number, day, title, amount)"
                   " SELECT ledger, number, day, title, amount FROM staged_entry ORDER BY place",
                   "DROP TABLE staged_entry");
}

static void read_charge(void *context, const struct value *row)
{
    struct certificate *certificate = context;
    if (certificate->charge_count == CERTIFICATE_CHARGES_MAX)
        return;
    struct certificate_charge *charge = &certificate->charges[certificate->charge_count++];
    date_parse(row[0].text, &charge->on);
    text_copy(charge->title, sizeof charge->title, row[1].text);
    charge->amount = row[2].number;
}

static void read_contract(void *context, const struct value *row)
{
    struct certificate *certificate = context;
    if (certificate->contract_count == CERTIFICATE_CONTRACTS_MAX)
        return;
    struct certificate_contract *contract = &certificate->contracts[certificate->contract_count++];
    date_parse(row[0].text, &contract->since);
    text_copy(contract->title, sizeof contract->title, row[1].text);
}

bool store_read_entries(struct store *store, const struct secret_hash *number,
                        struct certificate *certificate)
{
    static const char sql[] =
        "SELECT day, title, amount FROM certificate_entry WHERE ledger = $1 AND number = $2"
        " ORDER BY day DESC, rowid";
    return store->live->query(store, sql, VALUES(NUMBER(STORE_CHARGES), HASH(number)), read_charge,
                              certificate) >= 0 &&
           store->live->query(store, sql, VALUES(NUMBER(STORE_CONTRACTS), HASH(number)),
                              read_contract, certificate) >= 0;
}
