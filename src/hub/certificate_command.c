#include "base/options.h"
#include "base/text.h"
#include "hub/commands.h"
#include "hub/data_command.h"
#include "hub/number.h"
#include "hub/store.h"
#include "import/cell.h"
#include "import/columns.h"
#include "import/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Reports here name places and expectations, never what was found: rows are personal.

enum column {
    COLUMN_NUMBER,
    COLUMN_BIRTH_DATE,
    COLUMN_KIND,
    COLUMN_STATUS,
    COLUMN_UNIT,
    COLUMN_PERIOD_FROM,
    COLUMN_PERIOD_TO,
    COLUMN_NOMINAL,
    COLUMN_BALANCE,
    COLUMN_RESERVED,
    COLUMN_COUNT
};

static const char *const column_names[] = {
    "number",      "birth_date", "kind",    "status",  "unit",
    "period_from", "period_to",  "nominal", "balance", "reserved",
};
_Static_assert(sizeof column_names / sizeof *column_names == COLUMN_COUNT, "columns");

static const char hidden[] = "…";

struct reader {
    const struct secret_key *key;
    struct columns columns;
    const struct csv_row *cells;
    struct report *report;
};

static void read_cell(const struct reader *reader, enum column column,
                      char ret_text[static CELL_WORDS_BYTES])
{
    const char *raw = columns_cell(&reader->columns, reader->cells, column);
    struct text text;
    text_init(&text, ret_text, CELL_WORDS_BYTES);
    mend_line(raw ? raw : "", &text);
}

static struct date read_day(const struct reader *reader, enum column column)
{
    char text[CELL_WORDS_BYTES];
    int32_t day;
    read_cell(reader, column, text);
    if (text[0] == '\0')
        return (struct date){0};
    if (cell_day(text, &day))
        return date_from_days(day);
    report_dropped(reader->report, column_names[column], hidden, "a date as 2026-09-01");
    return (struct date){0};
}

static int64_t read_amount(const struct reader *reader, enum column column,
                           enum certificate_unit unit)
{
    char text[CELL_WORDS_BYTES];
    int32_t amount;
    read_cell(reader, column, text);
    if (text[0] == '\0')
        return CERTIFICATE_AMOUNT_UNKNOWN;
    if (unit == CERTIFICATE_RUB ? cell_money(text, &amount)
                                : cell_count(text, INT32_MAX - 1, &amount))
        return amount;
    report_dropped(reader->report, column_names[column], hidden,
                   unit == CERTIFICATE_RUB ? "roubles" : "a whole number");
    return CERTIFICATE_AMOUNT_UNKNOWN;
}

static bool read_words(const struct reader *reader, struct certificate *certificate)
{
    char text[CELL_WORDS_BYTES];
    read_cell(reader, COLUMN_KIND, text);
    certificate->kind = certificate_kind_parse(text);
    read_cell(reader, COLUMN_STATUS, text);
    certificate->status = certificate_status_parse(text);
    read_cell(reader, COLUMN_UNIT, text);
    certificate->unit = text[0] ? certificate_unit_parse(text) : CERTIFICATE_RUB;
    if (certificate->kind == CERTIFICATE_KIND_COUNT)
        report_refused(reader->report, "kind", "expected accounting, funded or social");
    else if (certificate->status == CERTIFICATE_STATUS_COUNT)
        report_refused(reader->report, "status",
                       "expected active, not_activated, frozen or expired");
    else if (certificate->unit == CERTIFICATE_UNIT_COUNT)
        report_refused(reader->report, "unit", "expected RUB, hours or programs");
    else
        return true;
    return false;
}

// What the figures leave; unknown when one of them is, or when they contradict each other.
static int64_t charged(const struct certificate *certificate)
{
    bool known =
        certificate->nominal >= 0 && certificate->balance >= 0 && certificate->reserved >= 0;
    int64_t left = known ? certificate->balance + certificate->reserved : 0;
    return known && left <= certificate->nominal ? certificate->nominal - left
                                                 : CERTIFICATE_AMOUNT_UNKNOWN;
}

static bool read_certificate(const struct reader *reader, struct store_certificate *ret)
{
    char text[CELL_WORDS_BYTES];
    char number[CERTIFICATE_NUMBER_BYTES];
    struct certificate *certificate = &ret->certificate;
    memset(ret, 0, sizeof *ret);
    read_cell(reader, COLUMN_NUMBER, text);
    if (!certificate_number_fold(text, number)) {
        report_refused(reader->report, "number", "expected 1 to 24 letters and digits");
        return false;
    }
    if (!read_words(reader, certificate))
        return false;
    certificate->period_from = read_day(reader, COLUMN_PERIOD_FROM);
    certificate->period_to = read_day(reader, COLUMN_PERIOD_TO);
    certificate->nominal = read_amount(reader, COLUMN_NOMINAL, certificate->unit);
    certificate->balance = read_amount(reader, COLUMN_BALANCE, certificate->unit);
    certificate->reserved = read_amount(reader, COLUMN_RESERVED, certificate->unit);
    certificate->charged = charged(certificate);
    struct date birth = read_day(reader, COLUMN_BIRTH_DATE);
    ret->birth_known = birth.year != 0;
    number_hash(reader->key, number, &ret->number);
    if (ret->birth_known)
        number_hash_birth(reader->key, number, birth, &ret->birth);
    explicit_bzero(text, sizeof text);
    explicit_bzero(number, sizeof number);
    return true;
}

static int import_rows(struct csv *csv, const char *path, const struct secret_key *key,
                       struct store *store)
{
    static struct csv_row cells;
    struct report report = {.file = path};
    struct reader reader = {.key = key, .cells = &cells, .report = &report};
    if (!csv_next(csv, &cells) ||
        !columns_find(column_names, COLUMN_COUNT, NULL, path, &cells, &reader.columns) ||
        reader.columns.cell[COLUMN_NUMBER] < 0) {
        fprintf(stderr, "navigator-hub: %s: expected a header with the column «number»\n", path);
        return EXIT_USAGE;
    }
    bool ok = store_stage_certificates(store);
    while (ok && csv_next(csv, &cells)) {
        struct store_certificate certificate;
        report_row(&report, cells.number);
        if (columns_overflow(&reader.columns, &cells)) {
            report_too_wide(&report);
        } else if (read_certificate(&reader, &certificate)) {
            ok = store_put_certificate(store, &certificate);
            report_taken(&report);
        }
    }
    if (!ok || !store_begin_live(store) || !store_apply_certificates(store) ||
        !store_commit_live(store)) {
        fprintf(stderr, "navigator-hub: %s: %s\n", path, store_error(store));
        return EXIT_FAILED;
    }
    report_print(&report);
    return EXIT_OK;
}

static int import_file(const char *path, const struct secret_key *key, struct store *store)
{
    struct csv csv;
    if (!csv_read(&csv, path))
        return EXIT_FAILED;
    int result = import_rows(&csv, path, key, store);
    csv_finish(&csv);
    return result;
}

int command_import_certificates(int argc, char **argv)
{
    const char *data;
    int result;
    if (!data_command_open(
            "navigator-hub certificates import",
            "Reads certificates: number,birth_date,kind,status,unit,period_from,period_to,nominal,"
            "balance,\nreserved. Numbers and birth dates are kept only as keyed hashes.",
            "FILE", argc, argv, &data, &result))
        return result;
    struct secret_key key;
    if (!secret_key_load(data, &key))
        return EXIT_FAILED;
    struct store *store = store_open(data, false);
    result = store ? import_file(argv[1], &key, store) : EXIT_FAILED;
    store_close(store);
    explicit_bzero(&key, sizeof key);
    return result;
}
