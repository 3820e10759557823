// One finished catalogue on disk: `catalog-<serial>.db`, SQLite, never changed after its rename.
//
// Written only by the link (or `navigatorctl sync` under the same lock): into
// `catalog-<serial>.new` in one transaction, synced, renamed. Read by anybody with immutable=1.
// Tables are typed columns of catalog/record.h, so the screen's process parses no JSON.
//
// Each row also keeps the hash of the line it came from, so that a catalogue made of an older one
// and a few changes can prove, without reading all rows, that it is what was published. Readers
// need none of that: files written before it are read as ever (and the newer ones by older
// readers), only no delta builds on them.
#pragma once

#include "catalog/record.h"
#include "catalog/snapshot.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    CATALOG_SCHEMA = 1, // what a reader must understand; columns that it needn't know don't count
    CATALOG_ERROR_BYTES = 256,
};

struct catalog_info {
    uint64_t serial;
    int64_t published_at_s;
    int64_t expires_at_s;
    char region[64];
};

// Which lines a catalogue was made of, whichever files of the feed brought them.
struct catalog_content {
    uint64_t hash; // sum modulo 2^64 of the lines' FNV-1a 64 hashes, see navigator/manifest_json.h
    uint32_t line_count;    // one a record, with the skipped ones
    uint32_t skipped_count; // while there are any, the rows aren't the content: no base for deltas
};

struct catalog_writer;

// NULL on failure with a sentence in ret_error (place, found, expected).
struct catalog_writer *catalog_writer_create(const char *data_dir, const struct catalog_info *info,
                                             char ret_error[static CATALOG_ERROR_BYTES]);
// Begins as a copy of an older finished catalogue, whose content must be known and unskipped. It is
// trusted to be sound: it was found by catalog_find_newest.
struct catalog_writer *catalog_writer_create_from(const char *data_dir, uint64_t base_serial,
                                                  const struct catalog_info *info,
                                                  char ret_error[static CATALOG_ERROR_BYTES]);
// Replaces the record of this id. line_hash is of the line that brought it, without its '\n'.
bool catalog_writer_put(struct catalog_writer *writer, const struct record *record,
                        uint64_t line_hash, char ret_error[static CATALOG_ERROR_BYTES]);
// An unknown id is fine.
bool catalog_writer_drop(struct catalog_writer *writer, enum record_type type, const char *id,
                         char ret_error[static CATALOG_ERROR_BYTES]);
// A line that brought no usable record still belongs to the content.
void catalog_writer_skip(struct catalog_writer *writer, uint64_t line_hash);
// As it stands now.
struct catalog_content catalog_writer_content(const struct catalog_writer *writer);
// Checks, commits, syncs, renames into place. The writer is gone either way.
bool catalog_writer_finish(struct catalog_writer *writer,
                           char ret_error[static CATALOG_ERROR_BYTES]);
void catalog_writer_cancel(struct catalog_writer *writer); // removes the .new file; takes NULL

// The newest catalogue that opens and passes its quick check; false when there is none.
// Unreadable ones are skipped.
bool catalog_find_newest(const char *data_dir, uint64_t *ret_serial);
bool catalog_read_info(const char *data_dir, uint64_t serial, struct catalog_info *ret_info);
// false when the file doesn't tell: damaged, or written before lines were hashed.
bool catalog_read_content(const char *data_dir, uint64_t serial,
                          struct catalog_content *ret_content);
// Loads and indexes; NULL on failure.
struct snapshot *catalog_load(const char *data_dir, uint64_t serial,
                              char ret_error[static CATALOG_ERROR_BYTES]);
// Keeps the newest `keep`, removes older ones and left-over .new files. For the writing process,
// while it has no writer open.
void catalog_prune(const char *data_dir, unsigned keep);
