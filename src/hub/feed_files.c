#include "hub/feed_files.h"

#include "base/file.h"
#include "hub/folder.h"
#include "hub/web.h"
#include "navigator/manifest_json.h"

#include <ctype.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// Digits at *at, -1 when there are none; more than a file can have saturates.
static int64_t take_position(const char **at)
{
    int64_t position = isdigit((unsigned char)**at) ? 0 : -1;
    for (; isdigit((unsigned char)**at); (*at)++)
        position = position > INT64_MAX / 100 ? position : position * 10 + (**at - '0');
    return position;
}

enum range_result range_parse(const char *header, int64_t size, int64_t *ret_first,
                              int64_t *ret_length)
{
    static const char unit[] = "bytes=";
    if (header == NULL || strncmp(header, unit, strlen(unit)) != 0)
        return RANGE_WHOLE;
    const char *at = header + strlen(unit);
    int64_t first = take_position(&at);
    if (*at++ != '-')
        return RANGE_WHOLE;
    int64_t last = take_position(&at);
    if (*at != '\0' || (first < 0 && last < 0) || (first >= 0 && last >= 0 && last < first))
        return RANGE_WHOLE;
    if (first < 0) {
        first = last < size ? size - last : 0;
        if (last == 0)
            return RANGE_OUTSIDE;
        last = size - 1;
    }
    if (first >= size)
        return RANGE_OUTSIDE;
    if (last < 0 || last >= size)
        last = size - 1;
    *ret_first = first;
    *ret_length = last - first + 1;
    return RANGE_PART;
}

// <kind>-<64 hex digits>.ndjson.gz
static bool named_by_content(const char *name, const char *kind)
{
    size_t length = strlen(kind);
    const char *digits = name + length + 1;
    return strncmp(name, kind, length) == 0 && name[length] == '-' &&
           strspn(digits, "0123456789abcdef") == 64 && strcmp(digits + 64, ".ndjson.gz") == 0;
}

static bool tag_matches(const char *header, const char *etag)
{
    return header && (strcmp(header, "*") == 0 || strstr(header, etag) != NULL);
}

static void send_file(const struct web_request *request, const char *path, struct web_reply *reply)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat info;
    if (fd < 0 || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        if (fd >= 0)
            close(fd);
        reply->etag[0] = '\0';
        web_problem(reply, 404, "No such file (any more): read the manifest again");
        return;
    }
    int64_t first = 0;
    int64_t length = info.st_size;
    bool same = request->if_range == NULL || strcmp(request->if_range, reply->etag) == 0;
    enum range_result range =
        range_parse(same ? request->range : NULL, info.st_size, &first, &length);
    if (range == RANGE_OUTSIDE) {
        close(fd);
        snprintf(reply->content_range, sizeof reply->content_range, "bytes */%" PRId64,
                 (int64_t)info.st_size);
        web_problem(reply, 416, "The range lies outside the file");
        return;
    }
    if (range == RANGE_PART)
        snprintf(reply->content_range, sizeof reply->content_range,
                 "bytes %" PRId64 "-%" PRId64 "/%" PRId64, first, first + length - 1,
                 (int64_t)info.st_size);
    reply->status = range == RANGE_PART ? 206 : 200;
    reply->fd = fd;
    reply->file_offset = first;
    reply->file_length = length;
}

static bool tag_small_file(const char *path, struct web_reply *reply)
{
    char *bytes;
    size_t length;
    if (!file_read(path, MANIFEST_BYTES, &bytes, &length))
        return false;
    char digest[SECRET_SHA256_BYTES];
    secret_sha256(bytes, length, digest);
    free(bytes);
    snprintf(reply->etag, sizeof reply->etag, "\"%s\"", digest);
    return true;
}

void feed_handle(struct hub *hub, const struct web_request *request, struct web_reply *reply)
{
    const char *name = strrchr(request->path, '/') + 1;
    bool delta = named_by_content(name, "delta");
    bool immutable = delta || named_by_content(name, "snapshot");
    bool manifest = strcmp(name, "manifest.json") == 0;
    bool signature = strcmp(name, "manifest.json.minisig") == 0;
    bool direct = name - request->path == (long)strlen("/feed/v1/");
    char path[FOLDER_PATH_BYTES];
    char in_feed[256];
    reply->kind = delta       ? "feed/delta"
                  : immutable ? "feed/snapshot"
                  : manifest  ? "feed/manifest"
                              : "feed";
    snprintf(in_feed, sizeof in_feed, FOLDER_FEED "/%.200s", name);
    if (!direct || (!immutable && !manifest && !signature) ||
        !folder_path(hub->data, in_feed, path)) {
        web_problem(reply, 404, "Nothing is here");
        return;
    }
    if (immutable)
        snprintf(reply->etag, sizeof reply->etag, "\"%.64s\"", strchr(name, '-') + 1);
    else if (!tag_small_file(path, reply)) {
        web_problem(reply, 404, "Nothing is published yet");
        return;
    }
    reply->cache = immutable ? "public, max-age=31536000, immutable" : "no-cache";
    reply->content_type = immutable  ? "application/gzip"
                          : manifest ? "application/json"
                                     : "text/plain; charset=utf-8";
    if (tag_matches(request->if_none_match, reply->etag))
        reply->status = 304;
    else
        send_file(request, path, reply);
}
