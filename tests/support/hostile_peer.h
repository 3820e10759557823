// A server on loopback that misbehaves byte by byte: each request gets the raw bytes of the row its
// path names, whole or in drips, once or for ever, and then an ending that HTTP has no word for.
//
// One thread a connection. What was really done to the client is counted, so that a test can tell
// a trick that was survived from one that never happened. A test's tool: failures abort.
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

enum { HOSTILE_URL_BYTES = 64, HOSTILE_FOREVER = -1 };

enum hostile_ending {
    HOSTILE_CLOSE,
    HOSTILE_HOLD, // silence until the client goes
    HOSTILE_RESET,
};

struct hostile_bytes {
    const void *data;
    size_t length;
};

struct hostile_answer {
    const char *path; // "/endless-body"
    struct hostile_bytes head;
    struct hostile_bytes again; // behind it, so many times
    int times;                  // HOSTILE_FOREVER: until the client goes
    unsigned every_ms;          // before each of them
    enum hostile_ending ending;
};

struct hostile_seen {
    atomic_uint requests;
    atomic_size_t sent_bytes;
    atomic_uint pieces;   // of `again`
    atomic_bool left;     // the client went before the peer was done
    atomic_uint returned; // it sent more on a connection that it should have left
};

struct hostile_peer;

// Keeps the pointers; seen[i] belongs to answers[i] and may be read at any time. A path that isn't
// there is a mistake of the test.
struct hostile_peer *hostile_peer_start(const struct hostile_answer *answers, size_t count,
                                        struct hostile_seen *seen);
const char *hostile_peer_url(const struct hostile_peer *peer); // "http://127.0.0.1:PORT"
void hostile_peer_stop(struct hostile_peer *peer); // all clients are gone; waits for its threads
