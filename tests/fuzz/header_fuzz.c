// Any bytes as the header lines of an answer; the first eight are the time of day.
#include "navigator/http_header.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

static void check_headers(const struct http_headers *headers)
{
    CHECK(memchr(headers->etag, '\0', sizeof headers->etag) != NULL);
    CHECK(strpbrk(headers->etag, "\r\n") == NULL);
    CHECK(headers->retry_after_s >= -1 && headers->retry_after_s <= HTTP_RETRY_AFTER_MAX_S);
    CHECK(headers->range_from >= -1);
    CHECK(!headers->json || !headers->html);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_bytes bytes = {data, data + size};
    int64_t now_s = (int64_t)(fuzz_number(&bytes, 8) >> 16);
    struct http_headers headers = {.retry_after_s = -1, .range_from = -1};
    size_t taken = 0;
    unsigned count = 0;
    while (bytes.at < bytes.end) {
        size_t left = (size_t)(bytes.end - bytes.at);
        const uint8_t *end = memchr(bytes.at, '\n', left);
        size_t length = end != NULL ? (size_t)(end + 1 - bytes.at) : left;
        char *line = malloc(length); // no NUL: as libcurl hands it over
        CHECK(line != NULL);
        memcpy(line, bytes.at, length);
        struct http_headers before = headers;
        bool fine = http_headers_take(&headers, line, length, now_s);
        free(line);
        bytes.at += length;
        taken += length;
        count++;
        CHECK(headers.bytes == taken && headers.count == count);
        CHECK(fine == (taken <= HTTP_HEADER_BYTES && count <= HTTP_HEADERS_MAX));
        check_headers(&headers);
        if (!fine)
            CHECK(strcmp(before.etag, headers.etag) == 0 &&
                  before.retry_after_s == headers.retry_after_s);
    }
    return 0;
}
