#include "navigator/manifest_json.h"

#include "base/check.h"
#include "base/text.h"
#include "navigator/strict_json.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FOUND_BYTES = 48 };

static const int64_t largest_serial = 9007199254740991; // 2^53 - 1: exact in any JSON reader

struct reader {
    const char *area; // "snapshot." in messages
    char *error;
    bool failed;
};

// Keeps the first complaint. What was found is cut short: a line of a log, not a dump.
static void expect(struct reader *reader, bool fine, const cJSON *object, const char *key,
                   const char *expected)
{
    if (fine || reader->failed)
        return;
    reader->failed = true;
    char *printed = NULL;
    char found[FOUND_BYTES];
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    if (item != NULL)
        printed = cJSON_PrintUnformatted(item);
    text_copy(found, sizeof found, printed != NULL ? printed : "nothing");
    snprintf(reader->error, MANIFEST_ERROR_BYTES, "%s%s: found %s, expected %s", reader->area, key,
             found, expected);
    text_flatten(reader->error); // cJSON prints DEL as it is
    cJSON_free(printed);
}

static uint64_t read_serial(struct reader *reader, const cJSON *object, const char *key)
{
    int64_t serial = 0;
    bool fine = json_integer(object, key, 1, largest_serial, &serial);
    expect(reader, fine, object, key, "a serial from 1");
    return (uint64_t)serial;
}

static bool plain_name(const char *path)
{
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    size_t length = strlen(path);
    return length > 0 && length < MANIFEST_PATH_BYTES && path[0] != '.' &&
           strspn(path, allowed) == length;
}

static bool hex_sha256(const char *text)
{
    return strlen(text) == MANIFEST_SHA256_BYTES - 1 &&
           strspn(text, "0123456789abcdef") == MANIFEST_SHA256_BYTES - 1;
}

static void read_file(struct reader *reader, const cJSON *object, struct manifest_file *ret_file)
{
    const char *path = "";
    const char *sha256 = "";
    int64_t records = 0;
    bool fine = json_text(object, "path", &path) && plain_name(path);
    expect(reader, fine, object, "path", "a plain file name");
    fine = json_text(object, "sha256", &sha256) && hex_sha256(sha256);
    expect(reader, fine, object, "sha256", "64 lower-case hex digits");
    fine = json_integer(object, "size", 1, MANIFEST_FILE_BYTES_MAX, &ret_file->size_bytes);
    expect(reader, fine, object, "size", "1..268435456 bytes");
    fine = json_integer(object, "record_count", 0, MANIFEST_RECORDS_MAX, &records);
    expect(reader, fine, object, "record_count", "0..10000000");
    ret_file->to_serial = read_serial(reader, object, "to_serial");
    ret_file->record_count = (uint32_t)records;
    text_copy(ret_file->path, sizeof ret_file->path, path);
    text_copy(ret_file->sha256, sizeof ret_file->sha256, sha256);
}

static void read_deltas(struct reader *reader, const cJSON *json, struct manifest *manifest)
{
    if (json_absent(json, "deltas"))
        return;
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(json, "deltas");
    int count = cJSON_GetArraySize(list);
    expect(reader, cJSON_IsArray(list) && count <= MANIFEST_DELTAS_MAX, json, "deltas",
           "a list of at most 32");
    reader->area = "deltas.";
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, list)
    {
        if (reader->failed)
            return;
        struct manifest_file *delta = &manifest->deltas[manifest->delta_count++];
        read_file(reader, item, delta);
        delta->from_serial = read_serial(reader, item, "from_serial");
        expect(reader, delta->from_serial < delta->to_serial, item, "from_serial",
               "less than to_serial");
        expect(reader, delta->to_serial <= manifest->serial, item, "to_serial",
               "at most the manifest's serial");
    }
}

static void read_content_hash(struct reader *reader, const cJSON *json, struct manifest *manifest)
{
    const char *text = "";
    if (json_absent(json, "content_hash"))
        return;
    manifest->content_known = json_text(json, "content_hash", &text) && strlen(text) == 16 &&
                              strspn(text, "0123456789abcdef") == 16;
    expect(reader, manifest->content_known, json, "content_hash", "16 lower-case hex digits");
    manifest->content_hash = strtoull(text, NULL, 16);
}

static void read_manifest(struct reader *reader, const cJSON *json, struct manifest *manifest)
{
    int64_t format = 0;
    bool fine = json_integer(json, "format", MANIFEST_FORMAT, MANIFEST_FORMAT, &format);
    expect(reader, fine, json, "format", "1");
    const char *region = "";
    fine = json_absent(json, "region") ||
           (json_text(json, "region", &region) && strlen(region) < sizeof manifest->region);
    expect(reader, fine, json, "region", "a text below 64 bytes");
    text_copy(manifest->region, sizeof manifest->region, region);
    manifest->serial = read_serial(reader, json, "serial");
    fine = json_time(json, "published_at", &manifest->published_at_s);
    expect(reader, fine, json, "published_at", "an RFC 3339 time");
    fine = json_time(json, "expires_at", &manifest->expires_at_s) &&
           manifest->expires_at_s > manifest->published_at_s;
    expect(reader, fine, json, "expires_at", "an RFC 3339 time after published_at");
    read_content_hash(reader, json, manifest);
    const cJSON *snapshot = cJSON_GetObjectItemCaseSensitive(json, "snapshot");
    expect(reader, cJSON_IsObject(snapshot), json, "snapshot", "an object");
    reader->area = "snapshot.";
    read_file(reader, snapshot, &manifest->snapshot);
    expect(reader, manifest->snapshot.to_serial == manifest->serial, snapshot, "to_serial",
           "the manifest's serial");
    reader->area = "";
    read_deltas(reader, json, manifest);
}

bool manifest_from_json(const char *json, size_t length, struct manifest *ret_manifest,
                        char ret_error[static MANIFEST_ERROR_BYTES])
{
    struct manifest manifest = {0};
    struct reader reader = {.area = "", .error = ret_error};
    cJSON *document = length < MANIFEST_BYTES ? json_parse(json, length) : NULL;
    if (document == NULL) {
        snprintf(ret_error, MANIFEST_ERROR_BYTES,
                 "manifest.json: found something else, expected one JSON object below 64 KiB");
        return false;
    }
    read_manifest(&reader, document, &manifest);
    json_destroy(document);
    if (!reader.failed)
        *ret_manifest = manifest;
    return !reader.failed;
}

// ---- writing

static void add_text(cJSON *object, const char *key, const char *value)
{
    CHECK(cJSON_AddStringToObject(object, key, value) != NULL);
}

static void add_number(cJSON *object, const char *key, uint64_t value)
{
    CHECK(value <= (uint64_t)largest_serial);
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRIu64, value);
    CHECK(cJSON_AddRawToObject(object, key, digits) != NULL);
}

static void add_time(cJSON *object, const char *key, int64_t unix_s)
{
    char text[RFC3339_BYTES];
    rfc3339_format(unix_s, text);
    add_text(object, key, text);
}

static void fill_file(cJSON *object, const struct manifest_file *file)
{
    CHECK(object != NULL && plain_name(file->path) && hex_sha256(file->sha256));
    add_text(object, "path", file->path);
    if (file->from_serial > 0)
        add_number(object, "from_serial", file->from_serial);
    add_number(object, "to_serial", file->to_serial);
    add_number(object, "size", (uint64_t)file->size_bytes);
    add_text(object, "sha256", file->sha256);
    add_number(object, "record_count", file->record_count);
}

bool manifest_to_json(const struct manifest *manifest, char ret_json[static MANIFEST_BYTES],
                      size_t *ret_length)
{
    CHECK(manifest->delta_count <= MANIFEST_DELTAS_MAX);
    cJSON *json = cJSON_CreateObject();
    CHECK(json != NULL);
    add_number(json, "format", MANIFEST_FORMAT);
    add_text(json, "region", manifest->region);
    add_number(json, "serial", manifest->serial);
    add_time(json, "published_at", manifest->published_at_s);
    add_time(json, "expires_at", manifest->expires_at_s);
    if (manifest->content_known) {
        char digits[17];
        snprintf(digits, sizeof digits, "%016" PRIx64, manifest->content_hash);
        add_text(json, "content_hash", digits);
    }
    fill_file(cJSON_AddObjectToObject(json, "snapshot"), &manifest->snapshot);
    cJSON *deltas = cJSON_AddArrayToObject(json, "deltas");
    for (uint32_t i = 0; i < manifest->delta_count; i++) {
        cJSON *delta = cJSON_CreateObject();
        fill_file(delta, &manifest->deltas[i]);
        cJSON_AddItemToArray(deltas, delta);
    }
    char *printed = cJSON_Print(json);
    CHECK(printed != NULL);
    size_t length = strlen(printed) + 1;
    bool fits = length < MANIFEST_BYTES;
    if (fits) {
        snprintf(ret_json, MANIFEST_BYTES, "%s\n", printed);
        *ret_length = length;
    }
    cJSON_free(printed);
    cJSON_Delete(json);
    return fits;
}
