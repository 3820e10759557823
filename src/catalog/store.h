// One finished catalogue on disk: `catalog-<serial>.db`, SQLite, never changed after its rename.
//
// Written only by the link (or `navigatorctl sync` under the same lock): into
// `catalog-<serial>.new` in one transaction, synced, renamed. Read by anybody with immutable=1.
// Tables are typed columns of catalog/record.h, so the screen's process parses no JSON.
#pragma once

#include "catalog/record.h"
#include "catalog/snapshot.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CATALOG_SCHEMA = 1, CATALOG_ERROR_BYTES = 256 };

struct catalog_info {
    uint64_t serial;
    int64_t published_at_s;
    int64_t expires_at_s;
    char region[64];
    uint32_t record_count; // the writer counts for itself
};

struct catalog_writer;

// NULL on failure with a sentence in ret_error (place, found, expected).
struct catalog_writer *catalog_writer_create(const char *data_dir, const struct catalog_info *info,
                                             char ret_error[static CATALOG_ERROR_BYTES]);
// Begins with the records of an older finished catalogue (for deltas).
bool catalog_writer_copy_from(struct catalog_writer *writer, uint64_t serial,
                              char ret_error[static CATALOG_ERROR_BYTES]);
bool catalog_writer_put(struct catalog_writer *writer, const struct record *record,
                        char ret_error[static CATALOG_ERROR_BYTES]);
bool catalog_writer_drop(struct catalog_writer *writer, enum record_type type, const char *id,
                         char ret_error[static CATALOG_ERROR_BYTES]);
// Commits, syncs, checks, renames into place. The writer is gone either way.
bool catalog_writer_finish(struct catalog_writer *writer,
                           char ret_error[static CATALOG_ERROR_BYTES]);
void catalog_writer_cancel(struct catalog_writer *writer); // removes the .new file; takes NULL

// The newest catalogue that opens and passes its quick check; false when there is none.
// Unreadable ones are skipped.
bool catalog_find_newest(const char *data_dir, uint64_t *ret_serial);
// Loads and indexes; NULL on failure.
struct snapshot *catalog_load(const char *data_dir, uint64_t serial,
                              char ret_error[static CATALOG_ERROR_BYTES]);
// Keeps the newest `keep`, removes older ones and left-over .new files. For the writing process,
// while it has no writer open.
void catalog_prune(const char *data_dir, unsigned keep);
