// A scripted HTTP/1.1 server on loopback for tests: it can be silent, cut, lie or answer rubbish;
// with TLS or without.
//
// One thread of its own; `answer` runs there, one request after another, one request a connection.
// What it writes into its context may be read after http_peer_stop (or through atomics before).
// It is a test's tool: failures abort.
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

enum { HTTP_PEER_URL_BYTES = 64, HTTP_PEER_REQUEST_BYTES = 64 * 1024, HTTP_PEER_HELD_MAX = 64 };

struct http_peer_request {
    const char *method;
    const char *path; // with its query
    const char *head; // all header lines, each with its "\r\n"
    const char *body; // NUL-terminated
    size_t body_length;
    unsigned number; // 0 is the first
};

struct http_peer_answer {
    const char *status;  // "200 OK"; NULL sends no head at all
    const char *headers; // each ending in "\r\n"; NULL none
    const void *body;
    size_t body_length;
    size_t announced; // Content-Length; 0 is body_length, SIZE_MAX announces none
    size_t sent_max;  // cuts the body here; 0 sends all of it
    unsigned drip_ms; // before each byte of the body, until the client goes
    bool hold;        // stays open in silence behind what was sent (no TLS); otherwise closes
};

typedef void http_peer_script(void *context, const struct http_peer_request *request,
                              struct http_peer_answer *ret_answer);

// TLS by this context; the rest is counted by the peer's thread.
struct http_peer_tls {
    struct ssl_ctx_st *context;
    atomic_uint connections;
    atomic_uint handshakes; // that succeeded
    atomic_uint resumed;    // of them
    atomic_uint requests;
};

struct http_peer;

// Zeroed answers are silence that closes at once.
struct http_peer *http_peer_start(http_peer_script *script, void *context);
struct http_peer *http_peer_start_tls(http_peer_script *script, void *context,
                                      struct http_peer_tls *tls);
// "http://127.0.0.1:PORT", with TLS "https://127.0.0.1:PORT".
const char *http_peer_url(const struct http_peer *peer);
void http_peer_stop(struct http_peer *peer); // ends its thread, closes all, frees
// From now on connections are refused, also from within the script; and taken again, at the same
// address.
void http_peer_go_deaf(struct http_peer *peer);
void http_peer_hear(struct http_peer *peer);

// The value of a header in `head` is exactly this (name without ':', any case).
bool http_peer_header_is(const struct http_peer_request *request, const char *name,
                         const char *value);
