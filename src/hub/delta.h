// What turns one state of the catalogue into another, as a delta file of the feed.
//
// A snapshot is a gzip file of NDJSON, each line a put, sorted by type (in the order of enum
// record_type), then by the id's bytes. A delta, gzip too, holds
//
//   - puts: each line as it stands in the new snapshot, in the snapshot's order: a municipality
//     before its addresses, an organization before its programs, …
//   - then {"op":"drop",…} for what is gone, in the opposite order: a group before its program, …
//
// so that whoever applies it line by line never holds a record that names one that isn't there.
// The same input gives the same bytes. Any thread.
#pragma once

#include "hub/squeeze.h"

#include <stdbool.h>
#include <stddef.h>

// Both: ret_delta is initialised here and whole on success. False when a file can't be read or
// isn't what it should be, or the delta outgrows what a manifest may announce.

// From one snapshot to another: just what differs. One merge of two streams; memory is two lines
// and the keys of what is gone.
bool delta_make(const char *old_path, const char *new_path, struct squeeze *ret_delta);
// Deltas that follow each other as one: of each record that any of them touches, its last state.
// So it leads not only from where the first begins, but from wherever one of them does, to the end
// of the last. Holds all their lines in memory.
bool delta_join(const char *const *paths, size_t count, struct squeeze *ret_delta);
