// publish: the database as a signed feed of static files (CONTRACT.md, Catalogue feed).
//
// feed/v1/ gets snapshot-<sha256>.ndjson.gz (the last PUBLISH_SNAPSHOTS_KEPT stay, for downloads
// under way), manifest.json.minisig and, last, manifest.json; each is written beside and renamed.
// The same records give the same bytes. The serial grows only when the records changed; times and
// signature are fresh each time.
#pragma once

#include "hub/store.h"

#include <stdbool.h>
#include <stdint.h>

enum { PUBLISH_SNAPSHOTS_KEPT = 3, PUBLISH_VALID_S = 30 * 24 * 3600 };

struct published {
    uint64_t serial;
    bool changed;
    uint32_t record_count;
    int64_t size_bytes;
};

// False with one line on standard error.
bool publish(const char *data, struct store *store, int64_t now_s, struct published *ret);
