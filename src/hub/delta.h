// What turns one snapshot of the feed into another, as a delta file.
//
// Both snapshots are gzip files of NDJSON, each line a put, sorted by type (in the order of enum
// record_type), then by the id's bytes: so this is one merge of two streams. The delta holds
//
//   - each line of the new snapshot that the old one doesn't have, as it stands there, in order:
//     a municipality before its addresses, an organization before its programs, …
//   - then {"op":"drop",…} for each record that is gone, in the opposite order: a group before its
//     program, …
//
// so that whoever applies line by line never holds a record that names one that isn't there.
// Memory: two lines and the keys of what is gone. Any thread.
#pragma once

#include "hub/squeeze.h"

#include <stdbool.h>

// ret_delta is initialised here and whole on success. False when one of the files can't be read or
// isn't such a snapshot, or the delta outgrows what a manifest may announce.
bool delta_make(const char *old_path, const char *new_path, struct squeeze *ret_delta);
