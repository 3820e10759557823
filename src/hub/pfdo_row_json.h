// A program of the PFDO portal as the rows of an export (import/row.h): one per open group, at
// least one. So portal and exports go through the same mending and the same report; a place in the
// report is public/programs:ID:FIELD.
//
// Both sides' fields stand in one table in pfdo_row_json.c; what isn't in it isn't known well
// enough to be shown (the codes of edu_form, the shape of periods).
#pragma once

#include "import/columns.h"
#include "import/csv.h"
#include "import/report.h"

#include <stdbool.h>
#include <stdint.h>

#define PFDO_REPORT_FILE "public/programs"

// Ages are months; a program whose upper age is no larger than this means years.
enum { PFDO_YEARS_MAX = 25 };

struct pfdo_program {
    int64_t id;
    const char *municipality;
    const char *site;   // "" no links
    const char *item;   // JSON of the list
    const char *detail; // JSON of its own page, with its envelope; "" none
    int64_t counted_s;  // when its places were counted; 0 now, -1 unknown: left out
};

struct pfdo_rows;

void pfdo_columns(struct columns *ret_columns);
// The report hears what has a type that no cell can have.
struct pfdo_rows *pfdo_rows_create(const struct pfdo_program *program);
// The cells live until the rows are destroyed.
bool pfdo_rows_next(struct pfdo_rows *rows, struct report *report, struct csv_row *ret_row);
void pfdo_rows_destroy(struct pfdo_rows *rows);
