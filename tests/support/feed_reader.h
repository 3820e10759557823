// The published feed as somebody reads it who knows only CONTRACT.md: for tests of the hub.
//
// Nothing here shares code with what writes deltas: records are told apart by their text, from
// `"type"` to the end of the id, and applied one line at a time to a plain list.
#pragma once

#include "base/file.h"
#include "base/hash.h"
#include "hub/folder.h"
#include "hub/secret.h"
#include "navigator/manifest_json.h"
#include "navigator/minisign.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

enum { FEED_READER_RECORDS_MAX = 2000, FEED_READER_LINE_BYTES = 128 * 1024 };

// The records as lines, in no order.
struct feed_records {
    char *lines[FEED_READER_RECORDS_MAX];
    size_t count;
    size_t puts; // of lines read so far, by what they did
    size_t drops;
    bool inside; // a delta is entered in its middle: it may say what is so already
};

static inline void feed_records_finish(struct feed_records *records)
{
    for (size_t i = 0; i < records->count; i++)
        free(records->lines[i]);
    memset(records, 0, sizeof *records);
}

static inline size_t feed_key(const char *line, const char **ret_key)
{
    *ret_key = strstr(line, "\"type\":");
    assert_non_null(*ret_key);
    const char *end = strstr(*ret_key, "\"id\":\"");
    assert_non_null(end);
    for (end += 6; *end != '"'; end++)
        end += *end == '\\';
    return (size_t)(end + 1 - *ret_key);
}

static inline size_t feed_find(const struct feed_records *records, const char *line)
{
    const char *key;
    const char *other;
    size_t length = feed_key(line, &key);
    for (size_t i = 0; i < records->count; i++)
        if (feed_key(records->lines[i], &other) == length && memcmp(key, other, length) == 0)
            return i;
    return SIZE_MAX;
}

// One line of a delta. A drop of what isn't there, or a put of what is there already in just this
// form, is a delta that says too much.
static inline void feed_apply_line(struct feed_records *records, const char *line)
{
    size_t place = feed_find(records, line);
    if (strncmp(line, "{\"op\":\"drop\"", 12) == 0) {
        records->drops++;
        if (records->inside && place == SIZE_MAX)
            return;
        assert_true(place != SIZE_MAX);
        free(records->lines[place]);
        records->lines[place] = records->lines[--records->count];
        return;
    }
    assert_int_equal(strncmp(line, "{\"op\":\"put\"", 11), 0);
    assert_true(records->inside || place == SIZE_MAX || strcmp(records->lines[place], line) != 0);
    if (place == SIZE_MAX) {
        assert_true(records->count < FEED_READER_RECORDS_MAX);
        place = records->count++;
    } else {
        free(records->lines[place]);
    }
    records->lines[place] = strdup(line);
    records->puts++;
}

// Every line of a gzip file; answers their number.
static inline size_t feed_apply(struct feed_records *records, const char *path)
{
    static char line[FEED_READER_LINE_BYTES];
    size_t count = 0;
    gzFile file = gzopen(path, "rb");
    assert_non_null(file);
    for (; gzgets(file, line, sizeof line) != NULL; count++) {
        size_t length = strlen(line);
        assert_true(length > 1 && line[length - 1] == '\n');
        line[length - 1] = '\0';
        feed_apply_line(records, line);
    }
    assert_int_equal(gzclose_r(file), Z_OK);
    return count;
}

static inline uint64_t feed_content_hash(const struct feed_records *records)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < records->count; i++)
        sum += hash_fnv1a64(HASH_FNV1A64_START, records->lines[i], strlen(records->lines[i]));
    return sum;
}

static inline void feed_path(const char *data, const char *name,
                             char ret_path[static FOLDER_PATH_BYTES])
{
    char folder[FOLDER_PATH_BYTES];
    assert_true(folder_path(data, FOLDER_FEED, folder) && folder_path(folder, name, ret_path));
}

static inline char *feed_read(const char *path, size_t max_bytes, size_t *ret_length)
{
    char *text = NULL;
    return file_read(path, max_bytes, &text, ret_length) ? text : NULL;
}

static inline char *feed_text(const char *data, const char *name, size_t *ret_length)
{
    char path[FOLDER_PATH_BYTES];
    feed_path(data, name, path);
    char *text = feed_read(path, MANIFEST_FILE_BYTES_MAX, ret_length);
    if (text == NULL)
        fail_msg("%s can't be read", path);
    return text;
}

static inline bool feed_file_is_whole(const char *data, const struct manifest_file *file)
{
    char path[FOLDER_PATH_BYTES];
    char sha256[SECRET_SHA256_BYTES];
    char *bytes;
    size_t length;
    feed_path(data, file->path, path);
    if (!file_read(path, MANIFEST_FILE_BYTES_MAX, &bytes, &length))
        return false;
    secret_sha256(bytes, length, sha256);
    free(bytes);
    return (int64_t)length == file->size_bytes && strcmp(sha256, file->sha256) == 0;
}

// Manifest, its signature by keys/feed.pub and each file that is listed: all there, all true.
// Otherwise what isn't, or NULL.
static inline const char *feed_broken(const char *data, struct manifest *ret_manifest)
{
    static char error[MANIFEST_ERROR_BYTES];
    char json_path[FOLDER_PATH_BYTES];
    char signature_path[FOLDER_PATH_BYTES];
    char key_path[FOLDER_PATH_BYTES];
    size_t length;
    size_t ignored;
    const char *broken = NULL;
    feed_path(data, "manifest.json", json_path);
    feed_path(data, "manifest.json.minisig", signature_path);
    assert_true(folder_path(data, FOLDER_PUBLIC_KEY, key_path));
    char *json = feed_read(json_path, MANIFEST_BYTES, &length);
    char *signature = feed_read(signature_path, MANIFEST_BYTES, &ignored);
    char *key = feed_read(key_path, MANIFEST_BYTES, &ignored);
    if (json == NULL || signature == NULL || key == NULL)
        broken = "manifest, signature or key is gone";
    else if (!minisign_verify(json, length, signature, &(const char *){key}, 1))
        broken = "the signature doesn't fit";
    else if (!manifest_from_json(json, length, ret_manifest, error))
        broken = error;
    free(key);
    free(signature);
    free(json);
    if (broken == NULL && !feed_file_is_whole(data, &ret_manifest->snapshot))
        broken = "the snapshot is damaged or gone";
    for (uint32_t i = 0; broken == NULL && i < ret_manifest->delta_count; i++)
        if (!feed_file_is_whole(data, &ret_manifest->deltas[i]))
            broken = "a delta is damaged or gone";
    return broken;
}

static inline void feed_check(const char *data, struct manifest *ret_manifest)
{
    const char *broken = feed_broken(data, ret_manifest);
    if (broken != NULL)
        fail_msg("%s: %s", data, broken);
}

// The snapshot's records are what content_hash says.
static inline void feed_read_snapshot(const char *data, const struct manifest *manifest,
                                      struct feed_records *ret_records)
{
    char path[FOLDER_PATH_BYTES];
    memset(ret_records, 0, sizeof *ret_records);
    feed_path(data, manifest->snapshot.path, path);
    assert_int_equal(feed_apply(ret_records, path), manifest->snapshot.record_count);
    assert_true(manifest->content_known);
    assert_true(feed_content_hash(ret_records) == manifest->content_hash);
}

// Follows deltas from `serial` to the manifest's, the farthest reaching first; answers how many, or
// -1 when nothing leads on. The records must be those of `serial`.
static inline int feed_follow(const char *data, const struct manifest *manifest, uint64_t serial,
                              struct feed_records *records)
{
    int followed = 0;
    for (; serial < manifest->serial; followed++) {
        const struct manifest_file *best = NULL;
        for (uint32_t i = 0; i < manifest->delta_count; i++)
            if (manifest->deltas[i].from_serial <= serial &&
                manifest->deltas[i].to_serial > (best != NULL ? best->to_serial : serial))
                best = &manifest->deltas[i];
        if (best == NULL)
            return -1;
        char path[FOLDER_PATH_BYTES];
        feed_path(data, best->path, path);
        records->inside = best->from_serial < serial || best->to_serial > serial + 1;
        assert_int_equal(feed_apply(records, path), best->record_count);
        serial = best->to_serial;
    }
    assert_true(feed_content_hash(records) == manifest->content_hash);
    return followed;
}
