// A CSV file as municipal centres export it: UTF-8 (with or without BOM) or windows-1251, told
// apart by UTF-8 validity; comma, semicolon or tab, told apart by the header; quoted cells with
// doubled quotes and newlines; stray quotes inside a cell are taken as text, and so is one that
// begins a cell and never ends. Lines end in LF or CRLF, in a file without any LF in CR.
//
// The file's bytes are decoded once and cells are cut in place: cells belong to the csv and live
// until csv_finish. One thread.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CSV_COLUMNS_MAX = 256, CSV_FILE_BYTES = 256 * 1024 * 1024 };

struct csv {
    char *data; // owned
    char *at;
    char *end;
    char separator;
    bool was_windows_1251;
    bool quotes_end; // no quote behind here ends a cell
    uint32_t row;    // as a spreadsheet counts: the header is 1
};

struct csv_row {
    uint32_t number;
    uint32_t count;
    bool too_wide; // more than CSV_COLUMNS_MAX cells; the rest is lost
    char *cells[CSV_COLUMNS_MAX];
};

// Zeroed is a valid finished csv. Bytes are copied and decoded.
void csv_init(struct csv *csv, const char *bytes, size_t length);
// A whole file; false with one line on standard error.
bool csv_read(struct csv *csv, const char *path);
// The next row that isn't entirely empty; false at the end.
bool csv_next(struct csv *csv, struct csv_row *ret_row);
void csv_finish(struct csv *csv);
