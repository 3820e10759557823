// The catalogue feed over the network: a manifest that is signed and makes sense, and its files.
//
// Nothing comes out of here that wasn't verified: the manifest by a pinned key before it is parsed,
// a file by size and SHA-256 before it is unpacked. A cut download stays as `<sha256>.part` in the
// data directory and goes on by Range, also after a restart.
#pragma once

#include "navigator/http.h"
#include "navigator/manifest_json.h"

#include <stdatomic.h>
#include <stdbool.h>

enum { FEED_REASON_BYTES = 320, FEED_NAME_BYTES = 64 };

enum feed_result {
    FEED_FINE,        // also: what was asked for is new
    FEED_UNCHANGED,   // 304
    FEED_UNREACHABLE, // no answer, or one that says "later" (5xx, 429)
    FEED_REFUSED,     // an answer that must not be believed or used
    FEED_DISK,        // this machine cannot keep it
    FEED_STOPPED,
    FEED_RESULT_COUNT
};

// How something ended, for the log and the schedule.
struct feed_outcome {
    enum feed_result result;
    int32_t retry_after_s; // -1 not given
    char reason[FEED_REASON_BYTES];
};

struct feed {
    struct http *http;
    const char *data_dir;
    const char *const *keys; // minisign public keys, any of them may have signed
    size_t key_count;
    const char *region;        // "" any; otherwise a manifest that names another one is refused
    const atomic_bool *stop;   // may be NULL
    int64_t *downloaded_bytes; // grows by all bodies that came, used or not
};

// etag: of the manifest known already, "" none. The outcome's reason is "" when fine.
struct feed_outcome feed_fetch_manifest(const struct feed *feed, const char *etag,
                                        struct manifest *ret_manifest,
                                        char ret_etag[static HTTP_ETAG_BYTES]);
// The verified file, open for reading; the caller closes it. What stays is its part, for
// feed_keep_parts.
struct feed_outcome feed_fetch_file(const struct feed *feed, const struct manifest_file *file,
                                    int *ret_fd);
// How much of it an earlier try left; 0 nothing.
int64_t feed_part_bytes(const char *data_dir, const struct manifest_file *file);
// Removes the parts of all other files: at most so many stand there as a path has files.
void feed_keep_parts(const char *data_dir, const struct manifest_file *const *files,
                     uint32_t count);
// "snapshot" or "delta 5-7", for reasons.
void feed_file_name(const struct manifest_file *file, char ret_name[static FEED_NAME_BYTES]);
