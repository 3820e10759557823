// Any bytes as the PFDO portal's answers: a list of programs, then a program's own page.
// What is taken of a list is strict JSON with an id; every program is rows of clean cells.
#include "base/utf8.h"
#include "hub/pfdo_json.h"
#include "hub/pfdo_row_json.h"
#include "import/row.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 200, PROGRAM = 7 };

// ---- the report (import/report.h), without its lines on standard error

void report_dropped(struct report *report, const char *column, const char *found,
                    const char *expected)
{
    report->cells_dropped++;
    CHECK(column[0] != '\0' && expected[0] != '\0' && utf8_valid(found, strlen(found)));
}

// Whom only import_row.c calls, which is here for its names.
void report_refused(struct report *report, const char *column, const char *why)
{
    (void)report, (void)column, (void)why;
}

void report_host(struct report *report, const char *column, const char *found, const char *right)
{
    (void)report, (void)column, (void)found, (void)right;
}

void report_mended(struct report *report, const char *column, uint32_t mends, const char *note)
{
    (void)report, (void)column, (void)mends, (void)note;
}

static void check_item(void *context, int64_t id, const char *item)
{
    CHECK(id > 0 && id <= UINT32_MAX && fuzz_json_valid(item, strlen(item)));
    ++*(unsigned *)context;
}

static void check_place(void *context, int64_t id, const char *name)
{
    CHECK(id > 0 && id <= UINT32_MAX && name[0] != '\0');
    ++*(unsigned *)context;
}

static void read_lists(const char *json, size_t length)
{
    unsigned items = 0;
    unsigned places = 0;
    CHECK(pfdo_read_list(json, length, check_item, &items) == NULL || items == 0);
    CHECK(pfdo_read_places(json, length, check_place, &places) == NULL || places == 0);
}

static void read_program(const char *item, const char *detail)
{
    struct csv_row cells;
    struct report report = {.file = PFDO_REPORT_FILE};
    struct columns columns;
    pfdo_columns(&columns);
    struct pfdo_rows *rows = pfdo_rows_create(&(struct pfdo_program){
        .id = PROGRAM, .municipality = "М", .site = "https://x.y", .item = item, .detail = detail});
    unsigned count = 0;
    for (; count < ROWS_MAX && pfdo_rows_next(rows, &report, &cells); count++) {
        CHECK(cells.count == columns.width && cells.number == PROGRAM);
        for (uint32_t i = 0; i < cells.count; i++)
            CHECK(cells.cells[i] != NULL && utf8_valid(cells.cells[i], strlen(cells.cells[i])));
    }
    CHECK(count > 0);
    pfdo_rows_destroy(rows);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_parts parts = {(const char *)data, (const char *)data + size};
    size_t item_length;
    size_t detail_length;
    char *item = fuzz_part(&parts, &item_length);
    char *detail = fuzz_part(&parts, &detail_length);
    read_lists(item, item_length);
    read_lists(detail, detail_length);
    bool right = pfdo_check_detail(detail, detail_length, PROGRAM) == NULL;
    read_program(item, right ? detail : "");
    read_program(item, detail); // as if an older program had kept it
    free(item);
    free(detail);
    return 0;
}
