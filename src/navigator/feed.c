#include "navigator/feed.h"

#include "base/text.h"
#include "navigator/minisign.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FEED_PATH     "/feed/v1/"
#define MANIFEST_PATH FEED_PATH "manifest.json"
#define PART_END      ".part"

enum { ATTEMPTS = 2, HASH_CHUNK_BYTES = 64 * 1024 };

static struct feed_outcome ended(enum feed_result result, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static struct feed_outcome ended(enum feed_result result, const char *format, ...)
{
    struct feed_outcome outcome = {.result = result, .retry_after_s = -1};
    va_list args;
    va_start(args, format);
    vsnprintf(outcome.reason, sizeof outcome.reason, format, args);
    va_end(args);
    return outcome;
}

static const struct feed_outcome fine = {.result = FEED_FINE, .retry_after_s = -1};

// What an exchange means when it isn't the wanted answer.
static struct feed_outcome not_wanted(const char *what, const struct http_response *response)
{
    switch (response->result) {
    case HTTP_UNREACHABLE:
        return ended(FEED_UNREACHABLE, "%s: %s", what, response->problem);
    case HTTP_REFUSED:
        return ended(FEED_REFUSED, "%s: %s", what, response->problem);
    case HTTP_DISK:
        return ended(FEED_DISK, "%s: found an unwritable file, expected room", what);
    case HTTP_STOPPED:
        return ended(FEED_STOPPED, "stopped");
    case HTTP_ANSWERED:
    case HTTP_RESULT_COUNT:
        break;
    }
    bool later = response->status >= 500 || response->status == 429 || response->status == 408;
    struct feed_outcome outcome =
        ended(later ? FEED_UNREACHABLE : FEED_REFUSED, "%s: found status %d, expected 200", what,
              response->status);
    outcome.retry_after_s = response->headers->retry_after_s;
    return outcome;
}

static bool answered(const struct http_response *response, int status)
{
    return response->result == HTTP_ANSWERED && response->status == status;
}

static struct feed_outcome check_manifest(const struct feed *feed,
                                          const struct http_response *manifest,
                                          const struct http_response *signature,
                                          struct manifest *ret_manifest)
{
    char error[MANIFEST_ERROR_BYTES];
    struct manifest read;
    if (!minisign_verify(manifest->body, manifest->length, signature->body, feed->keys,
                         feed->key_count))
        return ended(FEED_REFUSED, "manifest: signature of none of the trusted keys");
    if (!manifest_from_json(manifest->body, manifest->length, &read, error))
        return ended(FEED_REFUSED, "manifest: %s", error);
    if (feed->region[0] != '\0' && read.region[0] != '\0' && strcmp(feed->region, read.region) != 0)
        return ended(FEED_REFUSED, "manifest: region: found %s, expected %s", read.region,
                     feed->region);
    *ret_manifest = read;
    return fine;
}

static struct feed_outcome fetch_manifest_once(const struct feed *feed, const char *etag,
                                               struct manifest *ret_manifest,
                                               char ret_etag[static HTTP_ETAG_BYTES])
{
    struct http_request ask_manifest = {.kind = HTTP_MANIFEST, .path = MANIFEST_PATH, .etag = etag};
    struct http_request ask_signature = {.kind = HTTP_SIGNATURE, .path = MANIFEST_PATH ".minisig"};
    struct http_call *manifest = http_run(feed->http, &ask_manifest, feed->stop);
    struct http_call *signature = NULL;
    struct feed_outcome outcome;
    if (answered(http_response(manifest), 304) && etag[0] != '\0') {
        outcome = ended(FEED_UNCHANGED, "%s", "");
    } else if (!answered(http_response(manifest), 200)) {
        outcome = not_wanted("manifest", http_response(manifest));
    } else {
        signature = http_run(feed->http, &ask_signature, feed->stop);
        outcome = answered(http_response(signature), 200)
                      ? check_manifest(feed, http_response(manifest), http_response(signature),
                                       ret_manifest)
                      : not_wanted("signature", http_response(signature));
        if (outcome.result == FEED_FINE)
            text_copy(ret_etag, HTTP_ETAG_BYTES, http_response(manifest)->headers->etag);
        *feed->downloaded_bytes += (int64_t)http_response(signature)->length;
    }
    *feed->downloaded_bytes += (int64_t)http_response(manifest)->length;
    http_drop(feed->http, signature);
    http_drop(feed->http, manifest);
    return outcome;
}

struct feed_outcome feed_fetch_manifest(const struct feed *feed, const char *etag,
                                        struct manifest *ret_manifest,
                                        char ret_etag[static HTTP_ETAG_BYTES])
{
    // Manifest and signature are two files: a publication between the two requests makes a pair
    // that doesn't fit, so a refusal is believed only the second time.
    struct feed_outcome outcome = fetch_manifest_once(feed, etag, ret_manifest, ret_etag);
    for (unsigned i = 1; i < ATTEMPTS && outcome.result == FEED_REFUSED; i++)
        outcome = fetch_manifest_once(feed, etag, ret_manifest, ret_etag);
    return outcome;
}

// ---- files

static bool hash_file(int fd, char ret_hex[static MANIFEST_SHA256_BYTES])
{
    unsigned char chunk[HASH_CHUNK_BYTES];
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    for (off_t at = 0;;) {
        ssize_t got = pread(fd, chunk, sizeof chunk, at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        if (got == 0)
            break;
        crypto_hash_sha256_update(&state, chunk, (unsigned long long)got);
        at += got;
    }
    crypto_hash_sha256_final(&state, hash);
    sodium_bin2hex(ret_hex, MANIFEST_SHA256_BYTES, hash, sizeof hash);
    return true;
}

static int64_t file_bytes(int fd)
{
    struct stat info;
    return fstat(fd, &info) == 0 ? (int64_t)info.st_size : -1;
}

void feed_file_name(const struct manifest_file *file, char ret_name[static FEED_NAME_BYTES])
{
    if (file->from_serial == 0)
        text_copy(ret_name, FEED_NAME_BYTES, "snapshot");
    else
        snprintf(ret_name, FEED_NAME_BYTES, "delta %" PRIu64 "-%" PRIu64, file->from_serial,
                 file->to_serial);
}

// Appends what is missing; a part that is too long already begins anew.
static struct feed_outcome download(const struct feed *feed, const struct manifest_file *file,
                                    int fd)
{
    char path[HTTP_PATH_BYTES];
    char name[FEED_NAME_BYTES];
    feed_file_name(file, name);
    snprintf(path, sizeof path, FEED_PATH "%s", file->path);
    int64_t have_bytes = file_bytes(fd);
    if (have_bytes > file->size_bytes && ftruncate(fd, 0) == 0)
        have_bytes = 0;
    if (have_bytes == file->size_bytes)
        return fine;
    struct http_request request = {.kind = HTTP_FEED_FILE,
                                   .path = path,
                                   .file = fd,
                                   .file_from = have_bytes,
                                   .file_bytes_max = file->size_bytes};
    struct http_call *call = http_run(feed->http, &request, feed->stop);
    const struct http_response *response = http_response(call);
    struct feed_outcome outcome = fine;
    int64_t bytes = file_bytes(fd);
    *feed->downloaded_bytes += response->status == 200 ? bytes : bytes - have_bytes;
    if (!answered(response, 200) && !answered(response, 206))
        outcome = not_wanted(name, response);
    else if (bytes != file->size_bytes)
        outcome = ended(FEED_REFUSED, "%s: found %" PRId64 " bytes, expected %" PRId64, name, bytes,
                        file->size_bytes);
    http_drop(feed->http, call);
    return outcome;
}

static struct feed_outcome fetch_whole(const struct feed *feed, const struct manifest_file *file,
                                       int fd)
{
    char sha256[MANIFEST_SHA256_BYTES];
    char name[FEED_NAME_BYTES];
    feed_file_name(file, name);
    struct feed_outcome outcome = download(feed, file, fd);
    if (outcome.result != FEED_FINE)
        return outcome;
    if (!hash_file(fd, sha256))
        return ended(FEED_DISK, "%s: found an unreadable part, expected a file", name);
    if (strcmp(sha256, file->sha256) != 0)
        return ended(FEED_REFUSED, "%s: sha256: found %s, expected %s", name, sha256, file->sha256);
    return fine;
}

static void part_path(const char *data_dir, const char *sha256, char ret_path[static PATH_MAX])
{
    snprintf(ret_path, PATH_MAX, "%s/%s" PART_END, data_dir, sha256);
}

struct feed_outcome feed_fetch_file(const struct feed *feed, const struct manifest_file *file,
                                    int *ret_fd)
{
    char path[PATH_MAX];
    part_path(feed->data_dir, file->sha256, path);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return ended(FEED_DISK, "data directory: found %s, expected a writable one",
                     strerror(errno));
    bool resumed = file_bytes(fd) > 0;
    struct feed_outcome outcome = fetch_whole(feed, file, fd);
    // A power cut can damage what an earlier try left: judged is only what came in one go.
    if (outcome.result == FEED_REFUSED && resumed && ftruncate(fd, 0) == 0)
        outcome = fetch_whole(feed, file, fd);
    if (outcome.result == FEED_FINE) {
        *ret_fd = fd;
        return outcome;
    }
    close(fd);
    if (outcome.result == FEED_REFUSED)
        unlink(path);
    return outcome;
}

int64_t feed_part_bytes(const char *data_dir, const struct manifest_file *file)
{
    char path[PATH_MAX];
    struct stat info;
    part_path(data_dir, file->sha256, path);
    return stat(path, &info) == 0 ? (int64_t)info.st_size : 0;
}

static bool is_part(const char *name)
{
    size_t stem = MANIFEST_SHA256_BYTES - 1;
    return strlen(name) == stem + sizeof PART_END - 1 && strcmp(name + stem, PART_END) == 0;
}

static bool is_wanted(const char *name, const struct manifest_file *const *files, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (strncmp(name, files[i]->sha256, MANIFEST_SHA256_BYTES - 1) == 0)
            return true;
    return false;
}

void feed_keep_parts(const char *data_dir, const struct manifest_file *const *files, uint32_t count)
{
    DIR *dir = opendir(data_dir);
    if (dir == NULL)
        return;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        if (is_part(entry->d_name) && !is_wanted(entry->d_name, files, count))
            unlinkat(dirfd(dir), entry->d_name, 0);
    closedir(dir);
}
