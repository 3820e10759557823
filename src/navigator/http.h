// One navigator over HTTP: the only door to libcurl.
//
// A client (struct http) belongs to one thread. Its calls run side by side; http_wait is that
// thread's poll(). Limits are born with the call: what may be asked, how long it may take, how many
// bytes and headers may come, stand in one table by kind. https only (plain http to loopback
// addresses), TLS 1.2 or newer, certificates always checked, no redirects, no proxy, no cookies, no
// compression, HTTP/1.1. Bodies both ways, and all memory libcurl gives back, are cleared; the
// connection of a personal call is closed after it. Nothing here logs.
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
    HTTP_PATH_BYTES = 256,
    HTTP_WAIT_FDS_MAX = 8,
};

enum http_kind {
    HTTP_MANIFEST,
    HTTP_SIGNATURE,
    HTTP_FEED_FILE,
    HTTP_CERTIFICATE, // personal
    HTTP_ENROLLMENT,
    HTTP_EVENTS,
    HTTP_KIND_COUNT
};

enum http_result {
    HTTP_ANSWERED,    // status, headers and body are whole
    HTTP_UNREACHABLE, // no (whole) answer: silence, TLS, cut
    HTTP_REFUSED,     // an answer beyond its limits, or of another type than asked
    HTTP_DISK,        // the file cannot be written
    HTTP_STOPPED,     // the caller's stop flag
    HTTP_RESULT_COUNT
};

// Where and as whom. Unicode hosts are fine. Strings are copied.
struct http_origin {
    const char *url;     // "https://hub.example"
    const char *ca_file; // "" the system's
    const char *token;   // "" none; sent with POST only
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
    const char *problem; // a few words for the log, never contents; "" when answered
    int status;
    const struct http_headers *headers;
    const char *body; // NUL-terminated; "" when it went into the file
    size_t length;
};

struct http;
struct http_call;

// NULL with a sentence in ret_error when the url may not be asked.
struct http *http_create(const struct http_origin *origin, char ret_error[static HTTP_ERROR_BYTES]);
void http_destroy(struct http *http); // calls must be dropped before; takes NULL

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
