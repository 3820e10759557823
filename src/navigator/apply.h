// Verified files of the feed become a finished catalogue: one snapshot, or the deltas of a path on
// a copy of the catalogue that stands.
//
// In a snapshot a bad record is counted and skipped. A delta has no bad records: one that cannot be
// read in full is refused. Either way the result must be what the manifest says is published: as
// many records, and the same content_hash where it is given. Blocking, for one thread; only the
// process that holds sync_lock may call it, since it writes the store.
#pragma once

#include "navigator/feed.h"

#include <stdint.h>

enum { APPLY_BAD_RECORDS_PERCENT = 10 }; // more of them is a bad snapshot

#define APPLY_UNPACKED_BYTES_MAX (2LL * 1024 * 1024 * 1024) // of one file

struct apply {
    const char *data_dir;
    const struct manifest *manifest;
    const atomic_bool *stop;                                // may be NULL
    uint64_t base_serial;                                   // what deltas build on
    const struct manifest_file *files[MANIFEST_DELTAS_MAX]; // the snapshot, or deltas in order
    int fds[MANIFEST_DELTAS_MAX];                           // their verified contents
    uint32_t file_count;
};

struct apply_counts {
    uint32_t records; // lines read
    uint32_t bad_records;
};

// The catalogue of manifest->serial is in the store, or nothing of it is.
struct feed_outcome apply_files(const struct apply *apply, struct apply_counts *ret_counts);
