// import-csv, import-pfdo: programs from outside into the hub's database.
#pragma once

#include "hub/store.h"
#include "import/report.h"
#include "import/row.h"

// Records gathered from the rows of one source: rows of one program become one program with
// groups; the same organization or address in a municipality becomes one record.
struct import;

struct import *import_create(const char *source, int64_t now_s);
void import_destroy(struct import *import); // takes NULL
// All rows of a file. False, with one line on standard error, when its header or the mapping
// (`--columns`, may be NULL) doesn't serve; a bad row only goes into the report.
bool import_rows(struct import *import, struct csv *csv, const char *mapping, int32_t utc_offset_s,
                 struct report *report);
// One row of a source that is no file. The report's notes are the caller's to set.
void import_row(struct import *import, const struct columns *columns, const struct csv_row *cells,
                int32_t utc_offset_s, struct report *report);
struct notes *import_notes(struct import *import);
// Between store_stage and store_apply, without a transaction; *ret_changed: how many records.
bool import_stage(struct import *import, struct store *store, uint32_t *ret_changed);
// After store_apply, in its transaction: drops what the source no longer has. A `part` of an export
// says so only of the programs it names: a program's rows stand together. Its notes are kept.
bool import_sweep(struct import *import, struct store *store, bool part, uint32_t *ret_gone);
// All of a whole export within the caller's transaction.
bool import_write(struct import *import, struct store *store, uint32_t *ret_changed,
                  uint32_t *ret_gone);
