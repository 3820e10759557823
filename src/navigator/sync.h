// One whole sync: poll the feed, and when it has something newer, make it a finished catalogue.
//
// Manifest and signature -> files -> records -> one new catalog-<serial>.db, renamed into place.
// The files are the deltas of the cheapest way from the catalogue that stands, or the snapshot:
// when the deltas cost more, when what stands cannot be a base, when the manifest tells no
// content_hash to judge the result by, and in the same sync when deltas turn out bad (the outcome
// is fine then and its reason says so). A bad document leaves everything as it was.
//
// A manifest older than the highest serial ever accepted is refused (another feed needs another
// data directory), and so is one that gives the serial in the store to other content; an expired
// one is used when newer, but doesn't count as contact. Blocking, for one thread; only the process
// that holds sync_lock may call it, since it writes the store.
#pragma once

#include "config/config.h"
#include "navigator/feed.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum { SYNC_CATALOGS_KEPT = 2 }; // screens may still read the one before

struct sync_report {
    struct feed_outcome outcome;
    bool updated;     // a new catalogue stands in the store
    uint64_t serial;  // newest finished catalogue; 0 none
    uint32_t deltas;  // that made it, when updated; 0 the snapshot did
    uint32_t records; // lines read from the feed, when updated
    uint32_t bad_records;
    int64_t downloaded_bytes; // all bodies of this sync
    int64_t last_contact_s;   // unix seconds of the last good manifest check; 0 never
    struct http_seen seen;    // of the navigator
};

// Uses of the config: data_dir, navigator_url, tls_*, feed_keys, region. stop may be NULL;
// now_s is the wall clock, which may be wrong by years.
struct sync_report sync_once(const struct config *config, int64_t now_s, const atomic_bool *stop);
// The same by a process that goes on: sound_serial is what it has found sound or written itself
// (its last report's serial; 0 none). That catalogue isn't read through at every poll (38 MB for 30
// 000 programs), only before deltas build on it.
struct sync_report sync_again(const struct config *config, uint64_t sound_serial, int64_t now_s,
                              const atomic_bool *stop);
// What is in the store without asking anybody.
struct sync_report sync_look(const struct config *config);

// The lock of the data directory's one writer (created when it isn't there): an fd to close when
// done; -1 when another process holds it or there can be no such directory (errno tells:
// EWOULDBLOCK is "held"). A full or read-only disk is no reason.
int sync_lock(const char *data_dir);
