// A whole small navigator for tests: a signed feed on loopback that can be told to misbehave, and
// one scripted answer for every live call.
//
// What it is told takes effect with the next request. Any thread.
#pragma once

#include "navigator/minisign.h"
#include "tests/support/http_peer.h"

#include <stdbool.h>
#include <stdint.h>

enum feed_trick {
    FEED_PEER_HONEST,
    FEED_PEER_SILENT,   // takes the request and says nothing
    FEED_PEER_BROKEN,   // 503 with Retry-After: 7
    FEED_PEER_PORTAL,   // 200 text/html to everything
    FEED_PEER_FORGED,   // manifest signed by a stranger
    FEED_PEER_CUT,      // the file breaks off in the middle, unless asked for the rest
    FEED_PEER_HELD,     // like CUT, but stays open in silence
    FEED_PEER_BENT,     // one byte of the file is another
    FEED_PEER_NO_RANGE, // like CUT, but the rest is answered with the whole file
};

struct feed_peer;

struct feed_peer *feed_peer_start(void);
void feed_peer_stop(struct feed_peer *peer);
const char *feed_peer_url(const struct feed_peer *peer);
const char *feed_peer_key(const struct feed_peer *peer); // public key file

// The feed's next state: lines of NDJSON, gzipped. record_count and expires_at_s as announced.
void feed_peer_publish(struct feed_peer *peer, uint64_t serial, const char *lines,
                       uint32_t record_count, int64_t expires_at_s);
// The gzip file is cut to this many bytes before it is hashed and signed.
void feed_peer_publish_torn(struct feed_peer *peer, uint64_t serial, const char *lines,
                            uint32_t record_count, size_t file_bytes);
void feed_peer_trick(struct feed_peer *peer, enum feed_trick trick);
// For every POST from now on; strings must stay.
void feed_peer_answer(struct feed_peer *peer, const struct http_peer_answer *answer);

struct feed_peer_seen {
    unsigned manifests; // asked for, also when answered 304
    unsigned not_modified;
    unsigned files;
    unsigned ranges;
    unsigned posts;
    char last_path[128]; // of a POST, like the two below
    char last_body[4096];
    char last_key[128];  // Idempotency-Key
    bool number_in_path; // "6700123456" stood in a path
};
struct feed_peer_seen feed_peer_seen(struct feed_peer *peer);
