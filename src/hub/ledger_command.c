#include "base/options.h"
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

// Charges and contracts of certificates. Reports name places and expectations, never what was
// found: rows are personal.

enum column { COLUMN_NUMBER, COLUMN_TITLE, COLUMN_DATE, COLUMN_AMOUNT, COLUMN_UNIT, COLUMN_COUNT };

static const char *const column_names[] = {"number", "title", "date", "amount", "unit"};
_Static_assert(sizeof column_names / sizeof *column_names == COLUMN_COUNT, "columns");

struct reader {
    const struct secret_key *key;
    struct store *store;
    enum store_ledger ledger;
    struct columns columns;
    struct report report;
};

static void read_cell(const struct reader *reader, const struct csv_row *cells, enum column column,
                      char ret_text[static CELL_WORDS_BYTES])
{
    const char *raw = columns_cell(&reader->columns, cells, column);
    struct text text;
    text_init(&text, ret_text, CELL_WORDS_BYTES);
    mend_line(raw ? raw : "", &text);
}

static bool read_day(struct reader *reader, const struct csv_row *cells, struct date *ret_day)
{
    char text[CELL_WORDS_BYTES];
    int32_t day;
    read_cell(reader, cells, COLUMN_DATE, text);
    bool fine = text[0] != '\0' && cell_day(text, &day);
    if (fine)
        *ret_day = date_from_days(day);
    else
        report_refused(&reader->report, "date", "expected a date as 2026-09-01");
    return fine;
}

static bool read_amount(struct reader *reader, const struct csv_row *cells, int64_t *ret_amount)
{
    char text[CELL_WORDS_BYTES];
    char unit[CELL_WORDS_BYTES];
    int32_t amount = 0;
    read_cell(reader, cells, COLUMN_UNIT, unit);
    read_cell(reader, cells, COLUMN_AMOUNT, text);
    bool roubles = unit[0] == '\0' || certificate_unit_parse(unit) == CERTIFICATE_RUB;
    bool fine = text[0] != '\0' &&
                certificate_unit_parse(roubles ? "RUB" : unit) != CERTIFICATE_UNIT_COUNT &&
                (roubles ? cell_money(text, &amount) : cell_count(text, INT32_MAX - 1, &amount));
    if (fine)
        *ret_amount = amount;
    else
        report_refused(&reader->report, "amount",
                       "expected roubles, or a whole number with a unit");
    return fine;
}

// false only when the database fails.
static bool take_row(struct reader *reader, const struct csv_row *cells)
{
    char text[CELL_WORDS_BYTES];
    char title[CELL_WORDS_BYTES];
    char number[CERTIFICATE_NUMBER_BYTES];
    struct store_entry entry = {.ledger = reader->ledger, .title = title};
    read_cell(reader, cells, COLUMN_NUMBER, text);
    read_cell(reader, cells, COLUMN_TITLE, title);
    bool fine = false;
    bool stored = true;
    if (!certificate_number_fold(text, number))
        report_refused(&reader->report, "number", "expected 1 to 24 letters and digits");
    else if (title[0] == '\0')
        report_refused(&reader->report, "title", "expected the program's name");
    else
        fine = read_day(reader, cells, &entry.day) &&
               (reader->ledger == STORE_CONTRACTS || read_amount(reader, cells, &entry.amount));
    if (fine) {
        number_hash(reader->key, number, &entry.number);
        stored = store_put_entry(reader->store, &entry);
        report_taken(&reader->report);
    }
    explicit_bzero(text, sizeof text);
    explicit_bzero(title, sizeof title);
    explicit_bzero(number, sizeof number);
    return stored;
}

static int import_rows(struct reader *reader, struct csv *csv)
{
    static struct csv_row cells;
    const char *path = reader->report.file;
    if (!csv_next(csv, &cells) ||
        !columns_find(column_names, COLUMN_COUNT, NULL, path, &cells, &reader->columns) ||
        reader->columns.cell[COLUMN_NUMBER] < 0) {
        fprintf(stderr, "navigator-hub: %s: expected a header with the column «number»\n", path);
        return EXIT_USAGE;
    }
    bool ok = store_stage_entries(reader->store);
    while (ok && csv_next(csv, &cells)) {
        report_row(&reader->report, cells.number);
        if (columns_overflow(&reader->columns, &cells))
            report_too_wide(&reader->report);
        else
            ok = take_row(reader, &cells);
    }
    if (!ok || !store_begin_live(reader->store) || !store_apply_entries(reader->store) ||
        !store_commit_live(reader->store)) {
        fprintf(stderr, "navigator-hub: %s: %s\n", path, store_error(reader->store));
        return EXIT_FAILED;
    }
    report_print(&reader->report);
    return EXIT_OK;
}

static int import_file(struct reader *reader)
{
    struct csv csv;
    if (!csv_read(&csv, reader->report.file))
        return EXIT_FAILED;
    int result = import_rows(reader, &csv);
    csv_finish(&csv);
    return result;
}

static int run(const char *program, const char *summary, enum store_ledger ledger, int argc,
               char **argv)
{
    const char *data;
    int result;
    if (!data_command_open(program, summary, "FILE", argc, argv, &data, &result))
        return result;
    struct secret_key key;
    if (!secret_key_load(data, &key))
        return EXIT_FAILED;
    struct reader reader = {.key = &key, .ledger = ledger, .report = {.file = argv[1]}};
    reader.store = store_open(data, false);
    result = reader.store ? import_file(&reader) : EXIT_FAILED;
    store_close(reader.store);
    explicit_bzero(&key, sizeof key);
    return result;
}

int command_import_charges(int argc, char **argv)
{
    return run(
        "navigator-hub certificates charges",
        "Reads charges: number,title,date,amount[,unit]; roubles, or whole hours or programs\n"
        "where unit says so. All charges of a certificate stand in one file: they take the\n"
        "place of those it had.",
        STORE_CHARGES, argc, argv);
}

int command_import_contracts(int argc, char **argv)
{
    return run("navigator-hub certificates contracts",
               "Reads the programs that certificates pay: number,title,date (since when). All\n"
               "contracts of a certificate stand in one file: they take the place of those it had.",
               STORE_CONTRACTS, argc, argv);
}
