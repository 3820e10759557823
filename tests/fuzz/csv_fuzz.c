// Any bytes as an export of programs: header, rows, cells, each as records.
// Every record that comes of a row must be one that the feed can carry.
#include "base/utf8.h"
#include "catalog/record_json.h"
#include "import/row.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

enum { NOW_S = 1795331400, ROWS_MAX = 200 };

// ---- the report (import/report.h), without its lines on standard error

static void check_words(const char *text)
{
    CHECK(text != NULL && text[0] != '\0' && utf8_valid(text, strlen(text)));
}

void report_refused(struct report *report, const char *column, const char *why)
{
    report->refused++;
    check_words(column);
    check_words(why);
}

void report_dropped(struct report *report, const char *column, const char *found,
                    const char *expected)
{
    report->cells_dropped++;
    check_words(column);
    check_words(found);
    check_words(expected);
}

void report_host(struct report *report, const char *column, const char *found, const char *right)
{
    report->cells_dropped++;
    check_words(column);
    check_words(found);
    CHECK(utf8_valid(right, strlen(right)));
}

void report_mended(struct report *report, const char *column, uint32_t mends, const char *note)
{
    report->row_mended = true;
    check_words(column);
    CHECK(mends != 0 && mends < 1u << MEND_COUNT);
    CHECK(note == NULL || utf8_valid(note, strlen(note)));
}

// ---- rows

static void check_record(struct record *record)
{
    static char memory[2][RECORD_LINE_BYTES + 1];
    struct arena arena = {0};
    struct record again;
    struct text lines[2];
    enum record_op op;
    char error[RECORD_ERROR_BYTES];
    record->program.head.id = "x"; // given later, by hub/import.c
    text_init(&lines[0], memory[0], sizeof memory[0]);
    text_init(&lines[1], memory[1], sizeof memory[1]);
    CHECK(record_to_json(RECORD_PUT, record, &lines[0]));
    CHECK(record_from_json(memory[0], lines[0].length, &arena, &op, &again, error));
    CHECK(record_to_json(RECORD_PUT, &again, &lines[1]));
    CHECK(strcmp(memory[0], memory[1]) == 0);
    arena_finish(&arena);
}

static void check_row(struct import_row *row)
{
    const struct group *group = &row->group.group;
    CHECK(row->program.program.title[0] != '\0');
    CHECK(group->age_min_months == RECORD_UNKNOWN || group->age_max_months == RECORD_UNKNOWN ||
          group->age_min_months <= group->age_max_months);
    for (uint32_t i = 0; i < group->slot_count; i++)
        CHECK(group->slots[i].to_min == RECORD_UNKNOWN ||
              group->slots[i].from_min < group->slots[i].to_min);
    check_record(&row->municipality);
    check_record(&row->address);
    check_record(&row->organization);
    check_record(&row->program);
    check_record(&row->group);
}

static void read_rows(struct csv *csv)
{
    struct csv_row cells;
    struct columns columns;
    struct report report = {.file = "fuzz.csv"};
    size_t count;
    const char *const *names = import_row_names(&count);
    if (!csv_next(csv, &cells) || !columns_find(names, count, NULL, "fuzz.csv", &cells, &columns))
        return;
    for (unsigned rows = 0; rows < ROWS_MAX && csv_next(csv, &cells); rows++) {
        struct arena arena = {0};
        struct import_row row = {.arena = &arena, .now_s = NOW_S, .utc_offset_s = 3 * 3600};
        CHECK(cells.count > 0 && cells.count <= CSV_COLUMNS_MAX);
        for (uint32_t i = 0; i < cells.count; i++)
            CHECK(cells.cells[i] >= csv->data &&
                  cells.cells[i] + strlen(cells.cells[i]) <= csv->end);
        if (import_row_read(&row, &columns, &cells, &report))
            check_row(&row);
        arena_finish(&arena);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct csv csv;
    char *bytes = malloc(size + (size == 0)); // exactly: csv_init asks for no NUL
    CHECK(bytes != NULL);
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)data[i];
    csv_init(&csv, bytes, size);
    free(bytes);
    read_rows(&csv);
    csv_finish(&csv);
    csv_finish(&csv);
    return 0;
}
