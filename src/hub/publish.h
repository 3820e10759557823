// publish: the database as a signed feed of static files (CONTRACT.md, Catalogue feed).
//
// feed/v1/ gets manifest.json and manifest.json.minisig, snapshot-<sha256>.ndjson.gz, the deltas
// delta-<sha256>.ndjson.gz, what earlier publications still need (offer.h), all in one step
// (feed_folder.h). The same records give the same bytes. The serial grows only when the records
// changed; times and signature are fresh each time. A serial is never used for two states, even
// when folder or database is lost or comes back from a backup.
//
// What stands in the feed folder is believed only as far as it is signed by one of the hub's own
// keys, or whoever can write there would have his deltas signed; otherwise the feed begins anew
// with a snapshot. A listed delta that is damaged or lost is no longer listed.
#pragma once

#include "hub/store.h"

#include <stdbool.h>
#include <stdint.h>

enum { PUBLISH_VALID_S = 30 * 24 * 3600 };

struct published {
    uint64_t serial;
    bool changed;
    uint32_t record_count;
    int64_t size_bytes;
    uint32_t delta_count; // listed
    uint32_t step_lines;  // of the delta from the publication before, 0 none
    int64_t step_bytes;   // 0 none
};

// False with one line on standard error. Waits while another publication is under way.
bool publish(const char *data, struct store *store, int64_t now_s, struct published *ret);
