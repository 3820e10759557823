// One navigator over HTTP: the only door to libcurl.
//
// A client (struct http) belongs to one thread. Its calls run side by side; http_wait is that
// thread's poll(). https only (plain http to loopback addresses), TLS 1.2 or newer, certificates
// and host names always checked, pinned public keys on top of that; no redirects, no proxy whatever
// the environment says, no cookies, no compression, HTTP/1.1. Bodies both ways, and all memory
// libcurl and OpenSSL give back, are cleared; the connection of a personal call is closed after it.
// Nothing here logs.
//
// Limits are born with the call:
//   in all     longest a call may take: a visitor waits 8 s for a check, 5 s for a link; nobody
//              waits for the feed, but a silent server mustn't keep the next poll from coming
//   connect    5 s for name, TCP and TLS: longer than that is no connection but a dead network
//   slow       bytes a second that must come over so many seconds: a drip isn't an answer
//   body       bytes in memory: ten times what the protocol's largest answer needs
//   headers    100 lines, 32 KB, interim answers and trailers among them: nginx sends 15 lines
//   file       never a byte more than the signed manifest announced
//
//   kind         in all   slow            body     answer
//   manifest     20 s     64 B/s, 10 s    64 KB    200, 304 where an ETag was sent
//   signature    20 s     64 B/s, 10 s     4 KB    200
//   feed file    1 h      512 B/s, 30 s   its own  200, 206 from the byte that was asked for
//   certificate  8 s                      64 KB    JSON
//   enrollment   5 s                      16 KB    JSON
//   events       20 s     64 B/s, 10 s    16 KB    any 2xx
//   portal       60 s     64 B/s, 10 s     4 MB    JSON, 304 where an ETag was sent (hub/fetch.h)
#pragma once

#include "navigator/http_header.h"

#include <poll.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    HTTP_ERROR_BYTES = 256,
    HTTP_TOKEN_BYTES = 257,
    HTTP_AGENT_BYTES = 256,
    HTTP_PATH_BYTES = 256,
    HTTP_WAIT_FDS_MAX = 8,
    HTTP_PROBLEM_BYTES = 160,
    HTTP_PINS_MAX = 2, // current and next
};

enum http_kind {
    HTTP_MANIFEST,
    HTTP_SIGNATURE,
    HTTP_FEED_FILE,
    HTTP_CERTIFICATE, // personal
    HTTP_ENROLLMENT,
    HTTP_EVENTS,
    HTTP_PORTAL,
    HTTP_KIND_COUNT
};

enum http_result {
    HTTP_ANSWERED,    // status, headers and body are whole
    HTTP_UNREACHABLE, // no (whole) answer: silence, TLS, cut, not HTTP
    HTTP_REFUSED,     // an answer beyond its limits, or another one than asked
    HTTP_DISK,        // the file cannot be written
    HTTP_STOPPED,     // the caller's stop flag
    HTTP_RESULT_COUNT
};

// How the navigator took the token with a POST.
enum http_token { HTTP_TOKEN_UNTRIED, HTTP_TOKEN_ACCEPTED, HTTP_TOKEN_REFUSED, HTTP_TOKEN_COUNT };

enum { HTTP_TLS_EXPIRED = 1 };

// What the answers to a client told of the navigator itself, the latest of each.
struct http_seen {
    bool clock_known;
    int64_t clock_ahead_s; // this machine's clock minus the navigator's, to a second or two
    int64_t tls_expires_s; // its certificate; 0 not seen, HTTP_TLS_EXPIRED: in the past
    enum http_token token;
};

// Where and as whom. Unicode hosts are fine. Strings are copied; NULL is as good as "".
struct http_origin {
    const char *url;                        // "https://hub.example"
    const char *ca_file;                    // "" the system's
    const char *pinned_keys[HTTP_PINS_MAX]; // "sha256//BASE64"; all "": any key of a trusted CA
    const char *client_cert;                // PEM files, both or none
    const char *client_key;                 // nobody else may read it
    const char *token;                      // "" none; sent with POST only
    const char *agent;                      // "" navigator-kiosk with its version
};

struct http_request {
    enum http_kind kind;
    const char *path;            // "/feed/v1/manifest.json"
    const char *etag;            // If-None-Match; NULL or "" none
    const char *body;            // JSON to POST, copied; NULL makes it a GET
    const char *idempotency_key; // NULL none
    uint32_t limit_ms;           // in all; 0 is the kind's own
    // HTTP_FEED_FILE: the body goes into this file. Asks for what is missing from file_from on; an
    // answer that starts at 0 instead (200) starts the file anew. Never beyond file_bytes_max.
    int file;
    int64_t file_from;
    int64_t file_bytes_max;
};

struct http_response {
    enum http_result result;
    const char *problem; // for the technician, never contents; "" when answered
    int status;
    const struct http_headers *headers;
    const char *body; // NUL-terminated; "" when it went into the file
    size_t length;
};

struct http;
struct http_call;

// NULL with a sentence in ret_error when the url may not be asked or the client's key not be used.
// The first one in a process comes before anything else there uses OpenSSL.
struct http *http_create(const struct http_origin *origin, char ret_error[static HTTP_ERROR_BYTES]);
void http_destroy(struct http *http); // calls must be dropped before; takes NULL

struct http_seen http_seen(const struct http *http);

struct http_call *http_start(struct http *http, const struct http_request *request);
// Sleeps until a call moved, an fd is ready or the time is over; fds are only watched, not
// reported: read what is non-blocking after each wait.
void http_wait(struct http *http, const struct pollfd *fds, unsigned fd_count, int timeout_ms);
// The next call that ended; NULL when none. Each is handed out once.
struct http_call *http_next_ended(struct http *http);
// Valid until the call is dropped.
const struct http_response *http_response(const struct http_call *call);
// Ends it if it still runs, clears and frees; takes NULL.
void http_drop(struct http *http, struct http_call *call);
// One call from start to end on this client alone; gives up soon after *stop (may be NULL) is set.
struct http_call *http_run(struct http *http, const struct http_request *request,
                           const atomic_bool *stop);
