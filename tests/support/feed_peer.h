// A whole small navigator for tests: a signed feed on loopback that can be told to misbehave, and
// one scripted answer for every live call.
//
// What it is told takes effect with the next request. Any thread.
#pragma once

#include "navigator/manifest_json.h"
#include "navigator/minisign.h"
#include "tests/support/http_peer.h"

#include <stdbool.h>
#include <stdint.h>

enum feed_trick {
    FEED_PEER_HONEST,
    FEED_PEER_SILENT,           // takes the request and says nothing
    FEED_PEER_BROKEN,           // 503 with Retry-After: 7
    FEED_PEER_PORTAL,           // 200 text/html to everything
    FEED_PEER_FORGED,           // manifest signed by a stranger
    FEED_PEER_CUT,              // the file breaks off in the middle, unless asked for the rest
    FEED_PEER_HELD,             // like CUT, but stays open in silence
    FEED_PEER_BENT,             // one byte of the file is another
    FEED_PEER_NO_RANGE,         // like CUT, but the rest is answered with the whole file
    FEED_PEER_MISSING,          // 404 to files
    FEED_PEER_ENDLESS,          // two megabytes behind the end of files, without a length
    FEED_PEER_ENDLESS_MANIFEST, // and of the manifest
    FEED_PEER_STALLED,          // half a manifest, then open silence
    FEED_PEER_FROZEN,           // "not modified" to whatever manifest is known
    FEED_PEER_OLD_SIGNATURE,    // the newest manifest beside the signature of the one before
    FEED_PEER_OLD_FILES,        // the newest manifest beside the files of the one before
};

enum feed_peer_signer { FEED_PEER_CURRENT, FEED_PEER_NEXT, FEED_PEER_STRANGER, FEED_PEER_SIGNERS };

struct feed_peer;

struct feed_peer *feed_peer_start(void);
// With TLS, and with a say in every honest answer: `meddle` (both may be NULL) changes it.
struct feed_peer *feed_peer_start_meddled(http_peer_script *meddle, void *context,
                                          struct http_peer_tls *tls);
struct http_peer *feed_peer_http(const struct feed_peer *peer);
void feed_peer_stop(struct feed_peer *peer);
const char *feed_peer_url(const struct feed_peer *peer);
const char *feed_peer_key(const struct feed_peer *peer); // public key file
const char *feed_peer_key_of(const struct feed_peer *peer, enum feed_peer_signer signer);

// The feed's next state: lines of NDJSON, gzipped. record_count and expires_at_s as announced.
void feed_peer_publish(struct feed_peer *peer, uint64_t serial, const char *lines,
                       uint32_t record_count, int64_t expires_at_s);

struct feed_peer_delta {
    uint64_t from_serial;
    uint64_t to_serial;
    const char *lines;
};
struct feed_peer_publication {
    uint64_t serial;
    int64_t expires_at_s;
    const char *lines; // of the snapshot; counts and content_hash are the true ones
    const struct feed_peer_delta *deltas; // served as "delta-FROM-TO.ndjson.gz"
    uint32_t delta_count;
    // Changes a gzip file before it is hashed (room for 64 bytes more), the manifest and its JSON
    // before it is signed. NULL: no lies.
    void (*spoil)(const char *path, unsigned char *bytes, size_t *length);
    void (*bend)(struct manifest *manifest);
    void (*rewrite)(char *json, size_t *length); // within MANIFEST_BYTES
};
void feed_peer_publish_all(struct feed_peer *peer, const struct feed_peer_publication *publication);
// Who signs from now on (all that is published stays, signed anew).
void feed_peer_sign_with(struct feed_peer *peer, enum feed_peer_signer signer);
void feed_peer_trick(struct feed_peer *peer, enum feed_trick trick);
// Only with files whose path begins so ("delta-", "snapshot").
void feed_peer_trick_on(struct feed_peer *peer, enum feed_trick trick, const char *files);
// For every POST from now on; strings must stay.
void feed_peer_answer(struct feed_peer *peer, const struct http_peer_answer *answer);

struct feed_peer_seen {
    unsigned manifests; // asked for, also when answered 304
    unsigned not_modified;
    unsigned files;
    unsigned snapshots; // of them
    unsigned ranges;
    unsigned posts;
    char last_path[128]; // of a POST, like the two below
    char last_body[4096];
    char last_key[128];  // Idempotency-Key
    bool number_in_path; // "6700123456" stood in a path
};
struct feed_peer_seen feed_peer_seen(struct feed_peer *peer);
