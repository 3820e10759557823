#include "tests/support/feed_peer.h"

#include "base/check.h"
#include "base/hash.h"
#include "base/text.h"

#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>

enum { FILES_MAX = 1024, ENDLESS_BYTES = 2 * 1024 * 1024, SLACK_BYTES = 64 };

struct file {
    char path[MANIFEST_PATH_BYTES];
    unsigned char *bytes;
    size_t length;
};

struct feed_peer {
    struct http_peer *http;
    http_peer_script *meddle;
    void *meddle_context;
    pthread_mutex_t mutex; // guards all below
    char public_keys[FEED_PEER_SIGNERS][MINISIGN_PUBLIC_BYTES];
    struct minisign_secret_key keys[FEED_PEER_SIGNERS];
    enum feed_peer_signer signer;
    enum feed_trick trick;
    char trick_on[MANIFEST_PATH_BYTES];
    char manifest[MANIFEST_BYTES];
    size_t manifest_length;
    char etag[64]; // as a header line
    char signature[MINISIGN_SIGNATURE_BYTES];
    char old_signature[MINISIGN_SIGNATURE_BYTES]; // of the publication before
    struct file files[FILES_MAX];
    unsigned file_count; // all ever published: one may still be on its way out
    unsigned first_file; // of the newest publication
    unsigned first_old_file;
    unsigned char *lie; // what went out instead of a file
    char range[128];    // as a header line
    struct http_peer_answer post_answer;
    struct feed_peer_seen seen;
};

static bool tricks(const struct feed_peer *peer, const struct file *file, enum feed_trick trick)
{
    return peer->trick == trick && strncmp(file->path, peer->trick_on, strlen(peer->trick_on)) == 0;
}

// Other bytes than the file's, valid until the next lie.
static unsigned char *begin_lie(struct feed_peer *peer, const void *data, size_t length,
                                size_t more)
{
    free(peer->lie);
    peer->lie = calloc(1, length + more);
    CHECK(peer->lie != NULL);
    memcpy(peer->lie, data, length);
    return peer->lie;
}

static void answer_endless(struct feed_peer *peer, const void *data, size_t length,
                           struct http_peer_answer *ret_answer)
{
    ret_answer->body = begin_lie(peer, data, length, ENDLESS_BYTES);
    ret_answer->body_length = length + ENDLESS_BYTES;
    ret_answer->announced = SIZE_MAX;
}

static void answer_file(struct feed_peer *peer, const struct file *file,
                        const struct http_peer_request *request,
                        struct http_peer_answer *ret_answer)
{
    unsigned long from = 0;
    const char *range = strstr(request->head, "Range: bytes=");
    if (range != NULL)
        from = strtoul(range + strlen("Range: bytes="), NULL, 10);
    peer->seen.files++;
    peer->seen.snapshots += strncmp(file->path, "snapshot", strlen("snapshot")) == 0;
    peer->seen.ranges += from > 0;
    *ret_answer = (struct http_peer_answer){
        .status = "200 OK", .body = file->bytes, .body_length = file->length};
    bool cuts = tricks(peer, file, FEED_PEER_CUT) || tricks(peer, file, FEED_PEER_NO_RANGE) ||
                tricks(peer, file, FEED_PEER_HELD);
    if (from > 0 && from < file->length && !tricks(peer, file, FEED_PEER_NO_RANGE)) {
        snprintf(peer->range, sizeof peer->range, "Content-Range: bytes %lu-%zu/%zu\r\n", from,
                 file->length - 1, file->length);
        ret_answer->status = "206 Partial Content";
        ret_answer->headers = peer->range;
        ret_answer->body = file->bytes + from;
        ret_answer->body_length = file->length - from;
    } else if (cuts && from == 0) {
        ret_answer->sent_max = file->length / 2;
        ret_answer->hold = peer->trick == FEED_PEER_HELD;
    } else if (tricks(peer, file, FEED_PEER_BENT)) {
        unsigned char *bent = begin_lie(peer, file->bytes, file->length, 0);
        bent[file->length / 2] ^= 1;
        ret_answer->body = bent;
    } else if (tricks(peer, file, FEED_PEER_ENDLESS)) {
        answer_endless(peer, file->bytes, file->length, ret_answer);
    } else if (tricks(peer, file, FEED_PEER_MISSING)) {
        *ret_answer = (struct http_peer_answer){.status = "404 Not Found"};
    }
}

static const struct file *find_file(const struct feed_peer *peer, const char *path)
{
    size_t folder = strlen("/feed/v1/");
    bool old = peer->trick == FEED_PEER_OLD_FILES;
    unsigned end = old ? peer->first_file : peer->file_count;
    for (unsigned i = old ? peer->first_old_file : peer->first_file; i < end; i++)
        if (strlen(path) > folder && strcmp(path + folder, peer->files[i].path) == 0)
            return &peer->files[i];
    return NULL;
}

static void answer_manifest(struct feed_peer *peer, const struct http_peer_request *request,
                            struct http_peer_answer *ret_answer)
{
    static const struct http_peer_answer not_modified = {.status = "304 Not Modified",
                                                         .announced = SIZE_MAX};
    char value[64];
    peer->seen.manifests++;
    ret_answer->body = peer->manifest;
    ret_answer->body_length = peer->manifest_length;
    snprintf(value, sizeof value, "%.*s", (int)strcspn(peer->etag + 6, "\r"), peer->etag + 6);
    bool asks = strstr(request->head, "If-None-Match: ") != NULL;
    if (http_peer_header_is(request, "If-None-Match", value) ||
        (asks && peer->trick == FEED_PEER_FROZEN)) {
        peer->seen.not_modified++;
        *ret_answer = not_modified;
    } else if (peer->trick == FEED_PEER_ENDLESS_MANIFEST) {
        answer_endless(peer, peer->manifest, peer->manifest_length, ret_answer);
    } else if (peer->trick == FEED_PEER_STALLED) {
        ret_answer->sent_max = peer->manifest_length / 2;
        ret_answer->hold = true;
    }
}

static void answer_get(struct feed_peer *peer, const struct http_peer_request *request,
                       struct http_peer_answer *ret_answer)
{
    ret_answer->status = "200 OK";
    ret_answer->headers = peer->etag;
    const struct file *file = find_file(peer, request->path);
    if (strcmp(request->path, "/feed/v1/manifest.json") == 0) {
        answer_manifest(peer, request, ret_answer);
    } else if (strcmp(request->path, "/feed/v1/manifest.json.minisig") == 0) {
        bool old = peer->trick == FEED_PEER_OLD_SIGNATURE;
        ret_answer->body = old ? peer->old_signature : peer->signature;
        ret_answer->body_length = strlen(ret_answer->body);
    } else if (file != NULL) {
        answer_file(peer, file, request, ret_answer);
    } else {
        ret_answer->status = "404 Not Found";
    }
}

static void copy_header(const struct http_peer_request *request, const char *name, char *ret_value,
                        size_t capacity)
{
    const char *found = strstr(request->head, name);
    ret_value[0] = '\0';
    if (found != NULL)
        snprintf(ret_value, capacity, "%.*s", (int)strcspn(found + strlen(name), "\r"),
                 found + strlen(name));
}

static void play(void *context, const struct http_peer_request *request,
                 struct http_peer_answer *ret_answer)
{
    struct feed_peer *peer = context;
    pthread_mutex_lock(&peer->mutex);
    peer->seen.number_in_path |= strstr(request->path, "6700123456") != NULL;
    if (strcmp(request->method, "POST") == 0) {
        peer->seen.posts++;
        text_copy(peer->seen.last_path, sizeof peer->seen.last_path, request->path);
        text_copy(peer->seen.last_body, sizeof peer->seen.last_body, request->body);
        copy_header(request, "Idempotency-Key: ", peer->seen.last_key, sizeof peer->seen.last_key);
        *ret_answer = peer->post_answer;
    } else if (peer->trick == FEED_PEER_SILENT) {
        *ret_answer = (struct http_peer_answer){0};
    } else if (peer->trick == FEED_PEER_BROKEN) {
        *ret_answer = (struct http_peer_answer){.status = "503 Service Unavailable",
                                                .headers = "Retry-After: 7\r\n"};
    } else if (peer->trick == FEED_PEER_PORTAL) {
        *ret_answer = (struct http_peer_answer){.status = "200 OK",
                                                .headers = "Content-Type: text/html\r\n",
                                                .body = "<p>login",
                                                .body_length = 8};
    } else {
        answer_get(peer, request, ret_answer);
    }
    pthread_mutex_unlock(&peer->mutex);
    if (peer->meddle != NULL)
        peer->meddle(peer->meddle_context, request, ret_answer);
}

struct feed_peer *feed_peer_start(void)
{
    return feed_peer_start_meddled(NULL, NULL, NULL);
}

struct feed_peer *feed_peer_start_meddled(http_peer_script *meddle, void *context,
                                          struct http_peer_tls *tls)
{
    struct feed_peer *peer = calloc(1, sizeof *peer);
    CHECK(peer != NULL && sodium_init() >= 0);
    peer->meddle = meddle;
    peer->meddle_context = context;
    char secret[MINISIGN_SECRET_BYTES];
    for (int i = 0; i < FEED_PEER_SIGNERS; i++) {
        minisign_generate(peer->public_keys[i], secret);
        CHECK(minisign_parse_secret(secret, &peer->keys[i]));
    }
    pthread_mutex_init(&peer->mutex, NULL);
    feed_peer_publish(peer, 1, "", 0, 4102444800);
    peer->http = http_peer_start_tls(play, peer, tls);
    return peer;
}

void feed_peer_stop(struct feed_peer *peer)
{
    http_peer_stop(peer->http);
    while (peer->file_count > 0)
        free(peer->files[--peer->file_count].bytes);
    free(peer->lie);
    pthread_mutex_destroy(&peer->mutex);
    free(peer);
}

struct http_peer *feed_peer_http(const struct feed_peer *peer)
{
    return peer->http;
}

const char *feed_peer_url(const struct feed_peer *peer)
{
    return http_peer_url(peer->http);
}

const char *feed_peer_key(const struct feed_peer *peer)
{
    return peer->public_keys[FEED_PEER_CURRENT];
}

const char *feed_peer_key_of(const struct feed_peer *peer, enum feed_peer_signer signer)
{
    return peer->public_keys[signer];
}

static void gzip(struct file *file, const char *lines)
{
    z_stream stream = {.next_in = (Bytef *)lines, .avail_in = (unsigned)strlen(lines)};
    CHECK(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    size_t room = deflateBound(&stream, stream.avail_in);
    file->bytes = malloc(room + SLACK_BYTES);
    CHECK(file->bytes != NULL);
    stream.next_out = file->bytes;
    stream.avail_out = (unsigned)room;
    CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    file->length = stream.total_out;
    deflateEnd(&stream);
}

static void sign(struct feed_peer *peer)
{
    struct text text;
    bool forged = peer->trick == FEED_PEER_FORGED;
    text_init(&text, peer->signature, sizeof peer->signature);
    minisign_sign(&peer->keys[forged ? FEED_PEER_STRANGER : peer->signer], peer->manifest,
                  peer->manifest_length, "test", &text);
}

// What a snapshot of these lines is counted as and sums up to.
static uint64_t sum_lines(const char *lines, uint32_t *ret_count)
{
    uint64_t sum = 0;
    *ret_count = 0;
    while (*lines != '\0') {
        size_t length = strcspn(lines, "\n");
        sum += hash_fnv1a64(HASH_FNV1A64_START, lines, length);
        lines += length + (lines[length] == '\n');
        ++*ret_count;
    }
    return sum;
}

static void add_file(struct feed_peer *peer, const struct feed_peer_publication *publication,
                     const char *path, const char *lines, struct manifest_file *ret_file)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    CHECK(peer->file_count < FILES_MAX);
    struct file *file = &peer->files[peer->file_count++];
    text_copy(file->path, sizeof file->path, path);
    gzip(file, lines);
    if (publication->spoil != NULL)
        publication->spoil(path, file->bytes, &file->length);
    crypto_hash_sha256(hash, file->bytes, file->length);
    sum_lines(lines, &ret_file->record_count);
    ret_file->size_bytes = (int64_t)file->length;
    text_copy(ret_file->path, sizeof ret_file->path, path);
    sodium_bin2hex(ret_file->sha256, sizeof ret_file->sha256, hash, sizeof hash);
}

static void publish(struct feed_peer *peer, const struct feed_peer_publication *publication,
                    const uint32_t *record_count)
{
    static unsigned count;
    static struct manifest manifest;
    uint32_t true_count;
    manifest = (struct manifest){.serial = publication->serial,
                                 .published_at_s = 1700000000,
                                 .expires_at_s = publication->expires_at_s,
                                 .region = "demo",
                                 .content_known = true,
                                 .snapshot.to_serial = publication->serial};
    peer->first_old_file = peer->first_file;
    peer->first_file = peer->file_count;
    text_copy(peer->old_signature, sizeof peer->old_signature, peer->signature);
    manifest.content_hash = sum_lines(publication->lines, &true_count);
    add_file(peer, publication, "snapshot.ndjson.gz", publication->lines, &manifest.snapshot);
    if (record_count != NULL)
        manifest.snapshot.record_count = *record_count;
    for (uint32_t i = 0; i < publication->delta_count; i++) {
        const struct feed_peer_delta *delta = &publication->deltas[i];
        char path[MANIFEST_PATH_BYTES];
        snprintf(path, sizeof path, "delta-%llu-%llu.ndjson.gz",
                 (unsigned long long)delta->from_serial, (unsigned long long)delta->to_serial);
        struct manifest_file *file = &manifest.deltas[manifest.delta_count++];
        add_file(peer, publication, path, delta->lines, file);
        file->from_serial = delta->from_serial;
        file->to_serial = delta->to_serial;
    }
    if (publication->bend != NULL)
        publication->bend(&manifest);
    CHECK(manifest_to_json(&manifest, peer->manifest, &peer->manifest_length));
    if (publication->rewrite != NULL)
        publication->rewrite(peer->manifest, &peer->manifest_length);
    snprintf(peer->etag, sizeof peer->etag, "ETag: \"%u\"\r\n", ++count);
    sign(peer);
}

void feed_peer_publish_all(struct feed_peer *peer, const struct feed_peer_publication *publication)
{
    pthread_mutex_lock(&peer->mutex);
    publish(peer, publication, NULL);
    pthread_mutex_unlock(&peer->mutex);
}

void feed_peer_publish(struct feed_peer *peer, uint64_t serial, const char *lines,
                       uint32_t record_count, int64_t expires_at_s)
{
    struct feed_peer_publication publication = {
        .serial = serial, .lines = lines, .expires_at_s = expires_at_s};
    pthread_mutex_lock(&peer->mutex);
    publish(peer, &publication, &record_count);
    pthread_mutex_unlock(&peer->mutex);
}

void feed_peer_sign_with(struct feed_peer *peer, enum feed_peer_signer signer)
{
    pthread_mutex_lock(&peer->mutex);
    peer->signer = signer;
    sign(peer);
    pthread_mutex_unlock(&peer->mutex);
}

void feed_peer_trick_on(struct feed_peer *peer, enum feed_trick trick, const char *files)
{
    pthread_mutex_lock(&peer->mutex);
    peer->trick = trick;
    text_copy(peer->trick_on, sizeof peer->trick_on, files);
    sign(peer);
    pthread_mutex_unlock(&peer->mutex);
}

void feed_peer_trick(struct feed_peer *peer, enum feed_trick trick)
{
    feed_peer_trick_on(peer, trick, "");
}

void feed_peer_answer(struct feed_peer *peer, const struct http_peer_answer *answer)
{
    pthread_mutex_lock(&peer->mutex);
    peer->post_answer = *answer;
    pthread_mutex_unlock(&peer->mutex);
}

struct feed_peer_seen feed_peer_seen(struct feed_peer *peer)
{
    pthread_mutex_lock(&peer->mutex);
    struct feed_peer_seen seen = peer->seen;
    pthread_mutex_unlock(&peer->mutex);
    return seen;
}
