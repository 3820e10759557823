// One whole sync: poll the feed, and when it has something newer, make it a finished catalogue.
//
// Manifest and signature -> file -> records -> one new catalog-<serial>.db, renamed into place. A
// bad record is counted and skipped; a bad document leaves everything as it was. A manifest older
// than the highest serial ever accepted is refused (another feed needs another data directory); an
// expired one is used when newer, but doesn't count as contact. Blocking, for one thread; only the
// process that holds sync_lock may call it, since it writes the store.
#pragma once

#include "config/config.h"
#include "navigator/feed.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    SYNC_BAD_RECORDS_PERCENT = 10, // more of them is a bad document
    SYNC_CATALOGS_KEPT = 2,        // screens may still read the one before
};

#define SYNC_UNPACKED_BYTES_MAX (2LL * 1024 * 1024 * 1024)

struct sync_report {
    struct feed_outcome outcome;
    bool updated;     // a new catalogue stands in the store
    uint64_t serial;  // newest finished catalogue; 0 none
    uint32_t records; // read from the feed, when updated
    uint32_t bad_records;
    int64_t last_contact_s; // unix seconds of the last good manifest check; 0 never
};

// Uses of the config: data_dir, navigator_url, tls_ca_file, feed_keys, region. stop may be NULL;
// now_s is the wall clock, which may be wrong by years.
struct sync_report sync_once(const struct config *config, int64_t now_s, const atomic_bool *stop);
// What is in the store without asking anybody.
struct sync_report sync_look(const struct config *config);

// The lock of the data directory's one writer (created when it isn't there): an fd to close when
// done; -1 when another process holds it or the directory cannot be written (errno tells:
// EWOULDBLOCK is "held").
int sync_lock(const char *data_dir);
