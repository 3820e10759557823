// What matters in the header lines of an HTTP answer, bounded: pure, without libcurl.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    HTTP_ETAG_BYTES = 128,
    HTTP_HEADER_BYTES = 32 * 1024, // all lines of one exchange
    HTTP_HEADERS_MAX = 100,
    HTTP_RETRY_AFTER_MAX_S = 86400,
};

struct http_headers {
    char etag[HTTP_ETAG_BYTES];
    int32_t retry_after_s; // 0..HTTP_RETRY_AFTER_MAX_S; -1 not given
    int64_t date_s;        // Date, unix seconds; 0 not given
    int64_t date_taken_s;  // when it came
    int32_t age_s;         // how long a cache held the answer (RFC 9111 section 5.1)
    bool json;             // application/json or application/problem+json
    bool html;
    bool encoded;       // a Content-Encoding: the body isn't what Content-Type says
    bool bent_length;   // lengths that differ, or that are none
    bool whole;         // the empty line behind them came
    int64_t range_from; // first byte of Content-Range; -1 none
    int64_t length;     // Content-Length; -1 none
    size_t bytes;       // counted over interim answers and trailers too
    unsigned count;
};

// Takes one line; a status line forgets what came before it. Unix seconds turn a Retry-After date
// into seconds. false when the exchange has gone beyond its limits.
bool http_headers_take(struct http_headers *headers, const char *line, size_t length,
                       int64_t now_s);
