// The manifest of the catalogue feed as JSON, both ways: hub and link share this one home of the
// field names.
//
//   {"format":1, "region":"…", "serial":7, "published_at":"RFC 3339", "expires_at":"RFC 3339",
//    "content_hash":"16 hex digits",
//    "snapshot":{"path":"snapshot-….ndjson.gz", "to_serial":7, "size":bytes,
//                "sha256":"64 hex digits", "record_count":n},
//    "deltas":[{"path", "from_serial", "to_serial", "size", "sha256", "record_count"}]}
//
// Paths are relative to the manifest's own folder: a plain file name, so no path leaves the feed.
// size and sha256 are of the gzip file as it travels; record_count is its number of lines.
// content_hash (optional) tells what the records of this serial are, whichever files brought them:
// the sum modulo 2^64 of the FNV-1a 64 hashes (base/hash.h) of the snapshot's lines, each without
// its '\n'. It guards against a delta that doesn't fit; against forgery stands the signature.
// A delta leads from from_serial to to_serial and, where the hub joined it of steps (hub/delta.h),
// from any serial in between: it may put what is there already and drop what isn't. content_hash
// tells whether it led there.
// Unknown keys are ignored (forward compatibility), duplicate keys refused. Parsing is for bytes
// whose signature was already checked, yet trusts nothing.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MANIFEST_FORMAT = 1,
    MANIFEST_BYTES = 64 * 1024,
    MANIFEST_DELTAS_MAX = 32,
    MANIFEST_PATH_BYTES = 128,
    MANIFEST_REGION_BYTES = 64,
    MANIFEST_SHA256_BYTES = 65, // lower-case hex and its NUL
    MANIFEST_RECORDS_MAX = 10 * 1000 * 1000,
    MANIFEST_ERROR_BYTES = 256,
};

#define MANIFEST_FILE_BYTES_MAX (256LL * 1024 * 1024) // of one gzip file

struct manifest_file {
    char path[MANIFEST_PATH_BYTES];
    uint64_t from_serial; // 0 for the snapshot, which needs no predecessor
    uint64_t to_serial;
    int64_t size_bytes;
    char sha256[MANIFEST_SHA256_BYTES];
    uint32_t record_count;
};

struct manifest {
    char region[MANIFEST_REGION_BYTES]; // "" unknown
    uint64_t serial;                    // >= 1
    int64_t published_at_s;
    int64_t expires_at_s;
    bool content_known; // content_hash was given
    uint64_t content_hash;
    struct manifest_file snapshot; // to_serial is serial
    struct manifest_file deltas[MANIFEST_DELTAS_MAX];
    uint32_t delta_count;
};

// false with one line in ret_error: field, found, expected.
bool manifest_from_json(const char *json, size_t length, struct manifest *ret_manifest,
                        char ret_error[static MANIFEST_ERROR_BYTES]);
// NUL-terminated JSON ending in '\n', at most MANIFEST_BYTES with its NUL; false when it doesn't
// fit. The manifest must be valid.
bool manifest_to_json(const struct manifest *manifest, char ret_json[static MANIFEST_BYTES],
                      size_t *ret_length);
