#include "hub/publish.h"

#include "base/check.h"
#include "base/file.h"
#include "base/text.h"
#include "hub/folder.h"
#include "navigator/manifest_json.h"
#include "navigator/minisign.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

static bool fail(const char *place, const char *why)
{
    fprintf(stderr, "navigator-hub: %s: %s\n", place, why);
    return false;
}

// ---- the snapshot, compressed in memory

struct squeezer {
    z_stream stream;
    unsigned char *bytes;
    size_t capacity;
    uint32_t record_count;
};

// Deflates until the input is taken (or, finishing, all is written).
static void squeeze(struct squeezer *squeezer, int flush)
{
    z_stream *stream = &squeezer->stream;
    int result;
    do {
        if (stream->total_out == squeezer->capacity) {
            squeezer->capacity = squeezer->capacity ? squeezer->capacity * 2 : 64 * 1024;
            squeezer->bytes = realloc(squeezer->bytes, squeezer->capacity);
            CHECK(squeezer->bytes != NULL);
        }
        stream->next_out = squeezer->bytes + stream->total_out;
        stream->avail_out = (uInt)(squeezer->capacity - stream->total_out);
        result = deflate(stream, flush);
        CHECK(result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR);
    } while (stream->avail_out == 0 || (flush == Z_FINISH && result != Z_STREAM_END));
}

static bool add_line(void *context, const char *line, size_t length)
{
    struct squeezer *squeezer = context;
    squeezer->stream.next_in = (Bytef *)line;
    squeezer->stream.avail_in = (uInt)length;
    squeeze(squeezer, Z_NO_FLUSH);
    squeezer->record_count++;
    return squeezer->stream.total_out <= (uLong)MANIFEST_FILE_BYTES_MAX &&
           squeezer->record_count <= MANIFEST_RECORDS_MAX;
}

static bool squeeze_records(struct store *store, struct squeezer *squeezer)
{
    enum { GZIP_WINDOW = 15 + 16, MEMORY_LEVEL = 9 };
    CHECK(deflateInit2(&squeezer->stream, Z_BEST_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, MEMORY_LEVEL,
                       Z_DEFAULT_STRATEGY) == Z_OK);
    bool read = store_each_line(store, add_line, squeezer);
    squeeze(squeezer, Z_FINISH);
    deflateEnd(&squeezer->stream);
    return read;
}

// ---- files

static bool write_feed_file(const char *data, const char *name, const void *bytes, size_t length)
{
    char path[FOLDER_PATH_BYTES];
    char in_feed[256];
    snprintf(in_feed, sizeof in_feed, FOLDER_FEED "/%s", name);
    if (!folder_path(data, in_feed, path) || !file_write_atomic(path, bytes, length, 0644))
        return fail(path, strerror(errno));
    return true;
}

static bool read_old_manifest(const char *data, struct manifest *ret_manifest)
{
    char path[FOLDER_PATH_BYTES];
    char error[MANIFEST_ERROR_BYTES];
    char *json;
    size_t length;
    if (!folder_path(data, FOLDER_FEED "/manifest.json", path) ||
        !file_read(path, MANIFEST_BYTES, &json, &length))
        return false;
    bool ok = manifest_from_json(json, length, ret_manifest, error);
    free(json);
    return ok;
}

static bool load_secret(const char *data, struct minisign_secret_key *ret_key)
{
    char path[FOLDER_PATH_BYTES];
    char *text;
    size_t length;
    if (!folder_path(data, FOLDER_SECRET_KEY, path) ||
        !file_read(path, MINISIGN_SECRET_BYTES, &text, &length))
        return fail(path, strerror(errno));
    bool ok = minisign_parse_secret(text, ret_key);
    explicit_bzero(text, length);
    free(text);
    return ok || fail(path, "expected an unencrypted minisign secret key");
}

// Signature first, manifest last: who reads in between sees a signature that doesn't fit yet and
// asks again.
static bool write_manifest(const char *data, const struct manifest *manifest)
{
    static char json[MANIFEST_BYTES];
    size_t length;
    struct minisign_secret_key key;
    if (!manifest_to_json(manifest, json, &length))
        return fail("manifest.json", "doesn't fit");
    if (!load_secret(data, &key))
        return false;
    char comment[MINISIGN_COMMENT_BYTES];
    snprintf(comment, sizeof comment,
             "timestamp:%" PRId64 "\tfile:manifest.json\thashed\tserial:%" PRIu64,
             manifest->published_at_s, manifest->serial);
    char memory[MINISIGN_SIGNATURE_BYTES];
    struct text signature;
    text_init(&signature, memory, sizeof memory);
    minisign_sign(&key, json, length, comment, &signature);
    explicit_bzero(&key, sizeof key);
    return write_feed_file(data, "manifest.json.minisig", memory, signature.length) &&
           write_feed_file(data, "manifest.json", json, length);
}

// `kept` holds the names that stay, newest first, separated by blanks.
static void remove_old_snapshots(const char *data, const char *kept)
{
    char folder[FOLDER_PATH_BYTES];
    if (!folder_path(data, FOLDER_FEED, folder))
        return;
    DIR *feed = opendir(folder);
    for (struct dirent *entry; feed && (entry = readdir(feed));) {
        char path[FOLDER_PATH_BYTES];
        if (strncmp(entry->d_name, "snapshot-", 9) == 0 && !strstr(kept, entry->d_name) &&
            folder_path(folder, entry->d_name, path))
            unlink(path);
    }
    if (feed)
        closedir(feed);
}

static void remember(const char *name, const char *kept, char ret_kept[static STORE_SETTING_BYTES])
{
    struct text text;
    text_init(&text, ret_kept, STORE_SETTING_BYTES);
    text_add(&text, name);
    for (int i = 1; i < PUBLISH_SNAPSHOTS_KEPT && *kept; i++) {
        size_t length = strcspn(kept, " ");
        if (length != strlen(name) || strncmp(kept, name, length) != 0) {
            text_add(&text, " ");
            text_add_bytes(&text, kept, length);
        }
        kept += length + strspn(kept + length, " ");
    }
}

// ---- publishing

// The serial never decreases, even when the database was made anew beside an old feed.
static uint64_t last_serial(const char *setting, const struct manifest *old)
{
    uint64_t serial = strtoull(setting, NULL, 10);
    return old->serial > serial ? old->serial : serial;
}

static bool keep_state(struct store *store, const struct manifest *manifest, const char *kept)
{
    char serial[24];
    snprintf(serial, sizeof serial, "%" PRIu64, manifest->serial);
    return store_set_setting(store, "serial", serial) &&
           store_set_setting(store, "snapshots", kept);
}

static bool write_feed(const char *data, struct store *store, const struct squeezer *squeezer,
                       int64_t now_s, struct published *ret)
{
    static struct manifest old;
    static struct manifest next;
    char serial[STORE_SETTING_BYTES];
    char region[STORE_SETTING_BYTES];
    char snapshots[STORE_SETTING_BYTES];
    char kept[STORE_SETTING_BYTES];
    if (!store_setting(store, "serial", serial) || !store_setting(store, "region", region) ||
        !store_setting(store, "snapshots", snapshots))
        return fail(data, store_error(store));
    memset(&old, 0, sizeof old);
    memset(&next, 0, sizeof next);
    read_old_manifest(data, &old);
    struct manifest_file *snapshot = &next.snapshot;
    secret_sha256(squeezer->bytes, squeezer->stream.total_out, snapshot->sha256);
    uint64_t last = last_serial(serial, &old);
    ret->changed = last == 0 || strcmp(old.snapshot.sha256, snapshot->sha256) != 0;
    next.serial = last + ret->changed;
    next.published_at_s = now_s;
    next.expires_at_s = now_s + PUBLISH_VALID_S;
    text_copy(next.region, sizeof next.region, region);
    snprintf(snapshot->path, sizeof snapshot->path, "snapshot-%s.ndjson.gz", snapshot->sha256);
    snapshot->to_serial = next.serial;
    snapshot->size_bytes = (int64_t)squeezer->stream.total_out;
    snapshot->record_count = squeezer->record_count;
    remember(snapshot->path, snapshots, kept);
    if (!keep_state(store, &next, kept))
        return fail(data, store_error(store));
    if (!write_feed_file(data, snapshot->path, squeezer->bytes, squeezer->stream.total_out) ||
        !write_manifest(data, &next))
        return false;
    remove_old_snapshots(data, kept);
    ret->serial = next.serial;
    ret->record_count = snapshot->record_count;
    ret->size_bytes = snapshot->size_bytes;
    return true;
}

static bool write_in_transaction(const char *data, struct store *store,
                                 const struct squeezer *squeezer, int64_t now_s,
                                 struct published *ret)
{
    if (!store_begin(store))
        return fail(data, store_error(store));
    if (write_feed(data, store, squeezer, now_s, ret))
        return store_commit(store) || fail(data, store_error(store));
    store_rollback(store);
    return false;
}

// Reading and compressing takes the longest and locks nobody out.
bool publish(const char *data, struct store *store, int64_t now_s, struct published *ret)
{
    struct squeezer squeezer = {0};
    bool ok = squeeze_records(store, &squeezer)
                  ? write_in_transaction(data, store, &squeezer, now_s, ret)
                  : fail(data, "the records are too many or can't be read");
    free(squeezer.bytes);
    return ok;
}
