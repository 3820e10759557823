#include "navigator/http_body.h"

#include "navigator/clearing.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static enum http_result refuse(const char *problem, const char **ret_problem)
{
    *ret_problem = problem;
    return HTTP_REFUSED;
}

static enum http_result full_disk(const char **ret_problem)
{
    *ret_problem = "disk";
    return HTTP_DISK;
}

static enum http_result begin_file(struct http_body *body, const struct http_headers *headers,
                                   int status, const char **ret_problem)
{
    if (headers->html)
        return refuse("text/html instead of the feed", ret_problem);
    if (status == 206 && headers->range_from != body->file_from)
        return refuse("another range than asked", ret_problem);
    body->file_at = status == 206 ? body->file_from : 0;
    return ftruncate(body->file, body->file_at) == 0 ? HTTP_ANSWERED : full_disk(ret_problem);
}

static enum http_result take_into_file(struct http_body *body, const struct http_headers *headers,
                                       int status, const char *data, size_t length,
                                       const char **ret_problem)
{
    if (body->file_at < 0) {
        enum http_result begun = begin_file(body, headers, status, ret_problem);
        if (begun != HTTP_ANSWERED)
            return begun;
    }
    if ((int64_t)length > body->file_bytes_max - body->file_at)
        return refuse("more bytes than announced", ret_problem);
    for (size_t done = 0; done < length;) {
        ssize_t put = pwrite(body->file, data + done, length - done, body->file_at);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return full_disk(ret_problem);
        done += (size_t)put;
        body->file_at += put;
    }
    return HTTP_ANSWERED;
}

enum http_result http_body_take(struct http_body *body, const struct http_headers *headers,
                                int status, const char *data, size_t length,
                                const char **ret_problem)
{
    if (body->file >= 0 && (status == 200 || status == 206))
        return take_into_file(body, headers, status, data, length, ret_problem);
    if (length > body->bytes_max - body->length)
        return refuse("body too large", ret_problem);
    if (body->length + length + 1 > body->capacity) {
        body->capacity = 2 * (body->length + length) + 1;
        body->data = clearing_realloc(body->data, body->capacity);
    }
    memcpy(body->data + body->length, data, length);
    body->length += length;
    body->data[body->length] = '\0';
    return HTTP_ANSWERED;
}

void http_body_finish(struct http_body *body)
{
    clearing_free(body->data);
    body->data = NULL;
}
