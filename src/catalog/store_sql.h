// What the writing and the reading half of the store share: names of files, names of columns, and
// how a finished file is opened. For store*.c only.
//
// One table per type of record, named like it, with the columns of catalog/record_fields.c: text,
// degrees as REAL, all else as INTEGER (enumerations by their number, which CATALOG_SCHEMA guards);
// what is unknown is NULL. "number" is the order in which they first came, "line_hash" that of the
// line of the feed. Slots are rows of their own.
#pragma once

#include "base/text.h"
#include "catalog/record_fields.h"
#include "catalog/store.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

struct sqlite3;

enum {
    STORE_PATH_BYTES = PATH_MAX,
    STORE_SQL_BYTES = 4096,
    STORE_APPLICATION = 0x4E764B43, // "NvKC", in the header of the file
};

// DIR/catalog-<serial><suffix>; false when it is too long.
bool store_path(const char *data_dir, uint64_t serial, const char *suffix,
                char ret_path[static STORE_PATH_BYTES]);
// The same as an SQLite URI of a finished file.
bool store_uri(const char *data_dir, uint64_t serial, char ret_uri[static STORE_PATH_BYTES]);
// `form` for each column with a comma between, where @ is the quoted name.
void store_add_columns(struct text *sql, enum record_type type, const char *form);
// A finished file of this schema, read-only; NULL with a sentence.
struct sqlite3 *store_open(const char *data_dir, uint64_t serial,
                           char ret_error[static CATALOG_ERROR_BYTES]);
// The single number that a statement yields; false when it yields none.
bool store_number(struct sqlite3 *database, const char *sql, int64_t *ret_number);
// What the row of table catalog tells of its lines; false when it doesn't.
bool store_content(struct sqlite3 *database, struct catalog_content *ret_content);
// PRAGMA quick_check says "ok".
bool store_is_sound(struct sqlite3 *database);
