// One row of a programs' export as records: every column of CONTRACT.md, CSV import.
//
// Fills the five records of a row with what its cells say; ids and references come later
// (hub/import.c). Text lies in the arena.
#pragma once

#include "base/arena.h"
#include "catalog/record.h"
#include "enroll/link.h"
#include "import/columns.h"
#include "import/report.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct import_row {
    struct arena *arena;
    int64_t now_s;
    int32_t utc_offset_s; // of times without one
    struct record municipality;
    struct record address;
    struct record organization;
    struct record program;
    struct record group;
    uint32_t mended; // by the reader of the current cell
    char note[256];  // what exactly, or why not; "" none
    bool look_alike; // the current cell is a link with a wrong host
    char right_host[LINK_HOST_BYTES];
    bool latitude_known;
    bool longitude_known;
};

// Our column names, in the order of `columns`.
const char *const *import_row_names(size_t *ret_count);
// Reads all cells; reports what is dropped or mended. False when the row has no title (reported).
bool import_row_read(struct import_row *row, const struct columns *columns,
                     const struct csv_row *cells, struct report *report);
