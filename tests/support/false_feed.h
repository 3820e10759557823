// A navigator's catalogue feed in memory: a region that changes, published as signed files.
//
// Everything comes from the seed: records are those of catalog_fixture.h, each publication edits,
// drops and brings back some. It keeps the content hash of every serial it ever published, so that
// a test can tell a whole published state from anything else. Besides what is true it holds what an
// enemy or an accident may put on the way. One thread; fixed memory.
#pragma once

#include "navigator/manifest_json.h"
#include "navigator/minisign.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    FALSE_FEED_SERIALS_MAX = 1 << 18,
    FALSE_FEED_RECORDS_MAX = 512,
    FALSE_FEED_LINE_BYTES = 4096,
    FALSE_FEED_FILE_BYTES = 128 * 1024,
    FALSE_FEED_FILES_MAX = 48,
    FALSE_FEED_CHAIN = 6, // publications whose deltas are still offered
};

enum false_manifest_kind {
    FALSE_MANIFEST_NEWEST,
    FALSE_MANIFEST_OLDER,   // genuine, of the publication before
    FALSE_MANIFEST_EXPIRED, // genuine, of the newest, and long past
    FALSE_MANIFEST_FORGED,  // newer than all, of records that nobody published, a stranger's
    FALSE_MANIFEST_COUNT
};

struct false_manifest {
    char json[MANIFEST_BYTES];
    size_t length;
    char signature[MINISIGN_SIGNATURE_BYTES];
    char etag[72];
};

struct false_file {
    char name[MANIFEST_PATH_BYTES];
    size_t length;
    unsigned char bytes[FALSE_FEED_FILE_BYTES];
};

struct false_feed;

// Publishes serial 1.
struct false_feed *false_feed_create(uint64_t seed, uint32_t program_count, int64_t now_s);
void false_feed_destroy(struct false_feed *feed);
// A few records change; the next serial. With misfit one of its deltas leads elsewhere, as a hub's
// mistake would make it.
void false_feed_publish(struct false_feed *feed, int64_t now_s, bool misfit);
// Publishes, signed by the next key. From then on terminals may be told new keys.
void false_feed_rotate_key(struct false_feed *feed, int64_t now_s);
// What was the next key is the first one now, and there is a new next one. false when nothing was
// rotated since.
bool false_feed_settle_keys(struct false_feed *feed);
// Public key file: 0 the terminal's first one, 1 the next one.
const char *false_feed_key(const struct false_feed *feed, unsigned ahead);

uint64_t false_feed_serial(const struct false_feed *feed);
// The content hash (manifest_json.h) of a serial; false when it was never published.
bool false_feed_content(const struct false_feed *feed, uint64_t serial, uint64_t *ret_hash);
const struct false_manifest *false_feed_manifest(const struct false_feed *feed,
                                                 enum false_manifest_kind kind);
// By its name; NULL when it isn't there any more.
const struct false_file *false_feed_file(const struct false_feed *feed, const char *name);
