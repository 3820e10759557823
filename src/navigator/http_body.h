// Where the body of an answer goes, bounded: memory, or a file that a feed file is put together in.
// Pure: without libcurl. Memory is cleared before it is freed.
#pragma once

#include "navigator/http.h"

struct http_body {
    char *data; // NUL-terminated; NULL while nothing came
    size_t length;
    size_t capacity;
    size_t bytes_max; // in memory; of a feed file only what isn't its contents (error pages)
    int file;         // -1 none
    int64_t file_from;
    int64_t file_at; // where the next byte goes; -1 before the first
    int64_t file_bytes_max;
};

// HTTP_ANSWERED when the bytes were taken; else how the call ends, in a few words too.
enum http_result http_body_take(struct http_body *body, const struct http_headers *headers,
                                int status, const char *data, size_t length,
                                const char **ret_problem);
void http_body_finish(struct http_body *body);
