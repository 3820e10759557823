#include "import/columns.h"

#include "base/check.h"
#include "base/text.h"
#include "import/cell.h"
#include "import/mend.h"

#include <stdio.h>
#include <string.h>

static void clean_name(const char *raw, char ret_name[static CELL_WORDS_BYTES])
{
    char line[CELL_WORDS_BYTES];
    struct text text;
    text_init(&text, line, sizeof line);
    mend_line(raw, &text);
    cell_fold(line, ret_name);
}

static int find_header(const struct csv_row *header, const char *name)
{
    char wanted[CELL_WORDS_BYTES];
    clean_name(name, wanted);
    for (uint32_t i = 0; i < header->count; i++) {
        char found[CELL_WORDS_BYTES];
        clean_name(header->cells[i], found);
        if (strcmp(found, wanted) == 0)
            return (int)i;
    }
    return -1;
}

static void set_column(struct columns *columns, size_t column, int cell,
                       const struct csv_row *header)
{
    columns->cell[column] = cell;
    struct text shown;
    text_init(&shown, columns->shown[column], COLUMNS_NAME_BYTES);
    mend_line(header->cells[cell], &shown);
}

// Takes one "ours=theirs"; false when a side is unknown.
static bool map_one(const char *const *names, char *pair, const char *file,
                    const struct csv_row *header, struct columns *columns)
{
    char *theirs = strchr(pair, '=');
    if (theirs == NULL) {
        fprintf(stderr, "navigator-hub: --columns: found «%s», expected ours=theirs\n", pair);
        return false;
    }
    *theirs++ = '\0';
    size_t column = 0;
    while (column < columns->count && strcmp(names[column], pair) != 0)
        column++;
    if (column == columns->count) {
        fprintf(stderr, "navigator-hub: --columns: «%s» is none of our columns\n", pair);
        return false;
    }
    int cell = find_header(header, theirs);
    if (cell < 0) {
        fprintf(stderr, "navigator-hub: --columns: %s has no column «%s»\n", file, theirs);
        return false;
    }
    set_column(columns, column, cell, header);
    return true;
}

static bool taken(const struct columns *columns, int cell)
{
    size_t i = 0;
    while (i < columns->count && columns->cell[i] != cell)
        i++;
    return i < columns->count;
}

bool columns_find(const char *const *names, size_t count, const char *mapping, const char *file,
                  const struct csv_row *header, struct columns *ret_columns)
{
    CHECK(count <= COLUMNS_MAX);
    ret_columns->count = count;
    ret_columns->width = header->count;
    for (size_t i = 0; i < count; i++) {
        ret_columns->cell[i] = -1;
        text_copy(ret_columns->shown[i], COLUMNS_NAME_BYTES, names[i]);
    }
    char pairs[4096];
    text_copy(pairs, sizeof pairs, mapping ? mapping : "");
    char *rest = pairs;
    for (char *pair; (pair = strsep(&rest, ","));)
        if (*pair != '\0' && !map_one(names, pair, file, header, ret_columns))
            return false;
    for (size_t i = 0; i < count; i++) {
        int cell = ret_columns->cell[i] < 0 ? find_header(header, names[i]) : -1;
        if (cell >= 0 && !taken(ret_columns, cell))
            set_column(ret_columns, i, cell, header);
    }
    return true;
}

bool columns_overflow(const struct columns *columns, const struct csv_row *row)
{
    bool filled = row->too_wide;
    for (uint32_t i = columns->width; i < row->count; i++)
        filled |= row->cells[i][strspn(row->cells[i], " ")] != '\0';
    return filled;
}

const char *columns_cell(const struct columns *columns, const struct csv_row *row, size_t column)
{
    int cell = columns->cell[column];
    return cell >= 0 && (uint32_t)cell < row->count ? row->cells[cell] : NULL;
}
