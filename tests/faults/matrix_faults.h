// The faults of the matrix: what a request of one kind meets instead of an honest answer.
//
// A fault bends the answer, the connection, what is published, the clock or the disk. Which of them
// it is, its row says; what comes of it stands in matrix.md.
#pragma once

#include "tests/faults/matrix_feed.h"
#include "tests/support/http_peer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum matrix_kind {
    MATRIX_MANIFEST,
    MATRIX_SIGNATURE,
    MATRIX_SNAPSHOT,
    MATRIX_DELTA,
    MATRIX_CERTIFICATE,
    MATRIX_ENROLLMENT,
    MATRIX_EVENTS,
    MATRIX_KIND_COUNT
};

enum matrix_tls {
    MATRIX_TLS_NONE,
    MATRIX_TLS_OTHER_HOST,
    MATRIX_TLS_UNTRUSTED,
    MATRIX_TLS_EXPIRED,
    MATRIX_TLS_OLD, // 1.1
};

enum matrix_bend { // of JSON: an answer's, the manifest's before it is signed, a line's of a file
    MATRIX_BEND_NONE,
    MATRIX_BEND_TWICE,
    MATRIX_BEND_DEEP,
    MATRIX_BEND_NUMBER,
    MATRIX_BEND_UTF8,
    MATRIX_BEND_MISSING,
    MATRIX_BEND_UNKNOWN,
    MATRIX_BEND_COUNT
};

enum matrix_disk { MATRIX_DISK_FINE, MATRIX_DISK_FULL, MATRIX_DISK_READ_ONLY };

struct matrix_fault {
    const char *name;
    bool slow;             // its cells wait for limits
    bool deaf;             // the port is closed
    bool bomb;             // a small body that unpacks to a large one
    bool older;            // what was published before is played again
    int32_t retry_after_s; // it asks for
    const char *status;    // instead of the honest one, with a body for nobody
    const char *headers;   // with status or without: instead of the honest ones; %s: the port
    const char *body;      // instead of the honest one
    void (*answer)(struct http_peer_answer *answer); // changes the honest one
    enum matrix_bend bend;
    enum matrix_tls tls;
    enum matrix_disk disk;
    int64_t clock_s; // the terminal's clock is off by this
};

const char *matrix_kind_name(enum matrix_kind kind);
bool matrix_kind_is(enum matrix_kind kind, const char *path); // of a request
// By its row's name in matrix.md; NULL when there is none.
const struct matrix_fault *matrix_fault_find(const char *name);
size_t matrix_fault_count(void);

// What the target's answer becomes; port: of the peer. What it points to lives until the next call.
void matrix_fault_answer(const struct matrix_fault *fault, enum matrix_kind kind, const char *port,
                         struct http_peer_answer *answer);
// Publishes the new state, bent where the fault is in what is published.
void matrix_fault_publish(const struct matrix_fault *fault, enum matrix_kind kind,
                          const struct matrix_feed *feed, struct feed_peer *peer);
// An honest answer to a POST.
void matrix_honest(const struct http_peer_request *request, struct http_peer_answer *ret_answer);
