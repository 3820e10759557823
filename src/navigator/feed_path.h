// Which files of the feed lead from the catalogue that stands to the published one, for the fewest
// bytes that must still travel.
//
// A manifest lists one snapshot and up to 32 deltas with any jumps; each edge costs its size less
// what an earlier try left of it (`.part`). When no delta begins at the base, the first one may be
// entered in its middle (manifest_json.h). Pure; touches nothing.
#pragma once

#include "navigator/manifest_json.h"

struct feed_path {
    const struct manifest_file *files[MANIFEST_DELTAS_MAX]; // in the order to apply
    uint32_t count;                                         // at least 1; 0 there is no way
    int64_t bytes;                                          // still to be downloaded
};

// have_bytes of manifest->deltas[i]; anything beyond the file's size is worth nothing. count 0 when
// the deltas lead nowhere from there, or only for as many bytes as snapshot_bytes or more: then
// they save nothing over the snapshot, which needs no base.
struct feed_path feed_path_find(const struct manifest *manifest, uint64_t base_serial,
                                const int64_t have_bytes[static MANIFEST_DELTAS_MAX],
                                int64_t snapshot_bytes);
// What is still to be downloaded of a file of which have_bytes are here.
int64_t feed_path_missing(const struct manifest_file *file, int64_t have_bytes);
