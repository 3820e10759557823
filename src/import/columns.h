// Which cell of a row is which of ours: our names, the file's header, `--columns ours=theirs,…`.
#pragma once

#include "import/csv.h"

#include <stdbool.h>
#include <stddef.h>

enum { COLUMNS_MAX = 64, COLUMNS_NAME_BYTES = 128 };

struct columns {
    uint32_t width;        // of the header
    size_t count;          // of our names
    int cell[COLUMNS_MAX]; // index in the row; -1: the file has no such column
    char shown[COLUMNS_MAX][COLUMNS_NAME_BYTES]; // the file's own name, for reports
};

// Names are compared without case and ё; a column of the file that the mapping uses isn't also
// taken by its own name. False, with one line on standard error, when the mapping
// names a column that doesn't exist on either side.
bool columns_find(const char *const *names, size_t count, const char *mapping, const char *file,
                  const struct csv_row *header, struct columns *ret_columns);
// Cells behind the header's last one mean a separator too many, unless they are blank.
bool columns_overflow(const struct columns *columns, const struct csv_row *row);
// NULL when the row has no such cell.
const char *columns_cell(const struct columns *columns, const struct csv_row *row, size_t column);
