#include "navigator/http_header.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum { VALUE_BYTES = HTTP_ETAG_BYTES, LENGTH_DIGITS_MAX = 18, AGE_DIGITS_MAX = 9 };

// RFC 9110 section 5.6.7, the preferred form; 0 when it is none.
static int64_t parse_date(const char *value)
{
    struct tm tm = {0};
    const char *end = strptime(value, "%a, %d %b %Y %H:%M:%S GMT", &tm);
    return end == NULL || *end != '\0' ? 0 : (int64_t)timegm(&tm);
}

static bool is_number(const char *value)
{
    return value[0] != '\0' && strspn(value, "0123456789") == strlen(value);
}

// RFC 9110 section 10.2.3: seconds, or a date.
static int32_t parse_retry_after(const char *value, int64_t now_s)
{
    int64_t seconds = 0;
    if (is_number(value))
        seconds = strlen(value) > 9 ? HTTP_RETRY_AFTER_MAX_S : strtoll(value, NULL, 10);
    else if (parse_date(value) == 0)
        return -1;
    else
        seconds = parse_date(value) - now_s;
    if (seconds < 0)
        return 0;
    return seconds > HTTP_RETRY_AFTER_MAX_S ? HTTP_RETRY_AFTER_MAX_S : (int32_t)seconds;
}

static bool header_is(const char *line, const char *name, char ret_value[static VALUE_BYTES])
{
    size_t length = strlen(name);
    if (strncasecmp(line, name, length) != 0 || line[length] != ':')
        return false;
    const char *value = line + length + 1;
    value += strspn(value, " \t");
    length = strcspn(value, "\r\n");
    while (length > 0 && strchr(" \t", value[length - 1]) != NULL)
        length--;
    if (length >= VALUE_BYTES)
        return false;
    memcpy(ret_value, value, length);
    ret_value[length] = '\0';
    return true;
}

// RFC 9112 section 6.3: lengths that differ are how one answer is smuggled behind another.
static void take_length(struct http_headers *headers, const char *value)
{
    size_t digits = strspn(value, "0123456789");
    bool fine = digits > 0 && digits <= LENGTH_DIGITS_MAX && value[digits] == '\0';
    int64_t length = fine ? strtoll(value, NULL, 10) : -1;
    headers->bent_length |= !fine || (headers->length >= 0 && headers->length != length);
    headers->length = length;
}

static int64_t parse_range_from(const char *value)
{
    static const char unit[] = "bytes ";
    const char *from = value + sizeof unit - 1;
    bool fine = strncasecmp(value, unit, sizeof unit - 1) == 0 && strspn(from, "0123456789") > 0;
    return fine ? strtoll(from, NULL, 10) : -1;
}

static void take_line(struct http_headers *headers, const char *line, int64_t now_s)
{
    char value[VALUE_BYTES] = "";
    if (strncmp(line, "HTTP/", 5) == 0) {
        *headers = (struct http_headers){.retry_after_s = -1,
                                         .range_from = -1,
                                         .length = -1,
                                         .bytes = headers->bytes,
                                         .count = headers->count};
    } else if (header_is(line, "ETag", value)) {
        text_copy(headers->etag, sizeof headers->etag, value);
    } else if (header_is(line, "Retry-After", value)) {
        headers->retry_after_s = parse_retry_after(value, now_s);
    } else if (header_is(line, "Date", value)) {
        headers->date_s = parse_date(value);
        headers->date_taken_s = now_s;
    } else if (header_is(line, "Age", value)) {
        bool fine = is_number(value) && strlen(value) <= AGE_DIGITS_MAX;
        headers->age_s = fine ? (int32_t)strtol(value, NULL, 10) : 0;
    } else if (header_is(line, "Content-Type", value)) {
        value[strcspn(value, "; \t")] = '\0';
        headers->json = strcasecmp(value, "application/json") == 0 ||
                        strcasecmp(value, "application/problem+json") == 0;
        headers->html = strcasecmp(value, "text/html") == 0;
    } else if (header_is(line, "Content-Encoding", value)) {
        headers->encoded = strcasecmp(value, "identity") != 0;
    } else if (header_is(line, "Content-Range", value)) {
        headers->range_from = parse_range_from(value);
    } else if (header_is(line, "Content-Length", value)) {
        take_length(headers, value);
    } else if (line[strspn(line, "\r")] == '\n') {
        headers->whole = true;
    }
}

bool http_headers_take(struct http_headers *headers, const char *line, size_t length, int64_t now_s)
{
    char copy[512];
    headers->bytes += length;
    headers->count++;
    if (headers->bytes > HTTP_HEADER_BYTES || headers->count > HTTP_HEADERS_MAX)
        return false;
    if (length < sizeof copy) {
        memcpy(copy, line, length);
        copy[length] = '\0';
        take_line(headers, copy, now_s);
    }
    return true;
}
