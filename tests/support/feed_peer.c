#include "tests/support/feed_peer.h"

#include "base/check.h"
#include "base/text.h"
#include "navigator/manifest_json.h"

#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>

enum { FILE_BYTES = 1024 * 1024, WHOLE = SIZE_MAX };

struct feed_peer {
    struct http_peer *http;
    pthread_mutex_t mutex; // guards all below
    char public_key[MINISIGN_PUBLIC_BYTES];
    struct minisign_secret_key key;
    struct minisign_secret_key stranger;
    enum feed_trick trick;
    char manifest[MANIFEST_BYTES];
    size_t manifest_length;
    char etag[64]; // as a header line
    char signature[MINISIGN_SIGNATURE_BYTES];
    unsigned char file[FILE_BYTES];
    size_t file_length;
    char range[128]; // as a header line
    struct http_peer_answer post_answer;
    struct feed_peer_seen seen;
};

static void answer_file(struct feed_peer *peer, const struct http_peer_request *request,
                        struct http_peer_answer *ret_answer)
{
    static unsigned char bent[FILE_BYTES];
    unsigned long from = 0;
    const char *range = strstr(request->head, "Range: bytes=");
    if (range != NULL)
        from = strtoul(range + strlen("Range: bytes="), NULL, 10);
    peer->seen.files++;
    peer->seen.ranges += from > 0;
    *ret_answer = (struct http_peer_answer){
        .status = "200 OK", .body = peer->file, .body_length = peer->file_length};
    bool cuts = peer->trick == FEED_PEER_CUT || peer->trick == FEED_PEER_NO_RANGE ||
                peer->trick == FEED_PEER_HELD;
    if (from > 0 && from < peer->file_length && peer->trick != FEED_PEER_NO_RANGE) {
        snprintf(peer->range, sizeof peer->range, "Content-Range: bytes %lu-%zu/%zu\r\n", from,
                 peer->file_length - 1, peer->file_length);
        ret_answer->status = "206 Partial Content";
        ret_answer->headers = peer->range;
        ret_answer->body = peer->file + from;
        ret_answer->body_length = peer->file_length - from;
    } else if (cuts && from == 0) {
        ret_answer->sent_max = peer->file_length / 2;
        ret_answer->hold = peer->trick == FEED_PEER_HELD;
    } else if (peer->trick == FEED_PEER_BENT) {
        memcpy(bent, peer->file, peer->file_length);
        bent[peer->file_length / 2] ^= 1;
        ret_answer->body = bent;
    }
}

static void answer_get(struct feed_peer *peer, const struct http_peer_request *request,
                       struct http_peer_answer *ret_answer)
{
    ret_answer->status = "200 OK";
    ret_answer->headers = peer->etag;
    if (strcmp(request->path, "/feed/v1/manifest.json") == 0) {
        peer->seen.manifests++;
        ret_answer->body = peer->manifest;
        ret_answer->body_length = peer->manifest_length;
        char value[64];
        snprintf(value, sizeof value, "%.*s", (int)strcspn(peer->etag + 6, "\r"), peer->etag + 6);
        if (http_peer_header_is(request, "If-None-Match", value)) {
            peer->seen.not_modified++;
            *ret_answer =
                (struct http_peer_answer){.status = "304 Not Modified", .announced = SIZE_MAX};
        }
    } else if (strcmp(request->path, "/feed/v1/manifest.json.minisig") == 0) {
        ret_answer->body = peer->signature;
        ret_answer->body_length = strlen(peer->signature);
    } else if (strcmp(request->path, "/feed/v1/snapshot.ndjson.gz") == 0) {
        answer_file(peer, request, ret_answer);
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
}

struct feed_peer *feed_peer_start(void)
{
    struct feed_peer *peer = calloc(1, sizeof *peer);
    CHECK(peer != NULL && sodium_init() >= 0);
    char secret[MINISIGN_SECRET_BYTES];
    minisign_generate(peer->public_key, secret);
    CHECK(minisign_parse_secret(secret, &peer->stranger));
    minisign_generate(peer->public_key, secret);
    CHECK(minisign_parse_secret(secret, &peer->key));
    pthread_mutex_init(&peer->mutex, NULL);
    feed_peer_publish(peer, 1, "", 0, 4102444800);
    peer->http = http_peer_start(play, peer);
    return peer;
}

void feed_peer_stop(struct feed_peer *peer)
{
    http_peer_stop(peer->http);
    pthread_mutex_destroy(&peer->mutex);
    free(peer);
}

const char *feed_peer_url(const struct feed_peer *peer)
{
    return http_peer_url(peer->http);
}

const char *feed_peer_key(const struct feed_peer *peer)
{
    return peer->public_key;
}

static void gzip(struct feed_peer *peer, const char *lines)
{
    z_stream stream = {.next_in = (Bytef *)lines,
                       .avail_in = (unsigned)strlen(lines),
                       .next_out = peer->file,
                       .avail_out = sizeof peer->file};
    CHECK(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    peer->file_length = stream.total_out;
    deflateEnd(&stream);
}

static void sign(struct feed_peer *peer)
{
    struct text text;
    text_init(&text, peer->signature, sizeof peer->signature);
    minisign_sign(peer->trick == FEED_PEER_FORGED ? &peer->stranger : &peer->key, peer->manifest,
                  peer->manifest_length, "test", &text);
}

static void publish(struct feed_peer *peer, struct manifest *manifest, const char *lines,
                    size_t file_bytes)
{
    static unsigned publication;
    unsigned char hash[crypto_hash_sha256_BYTES];
    pthread_mutex_lock(&peer->mutex);
    gzip(peer, lines);
    if (file_bytes < peer->file_length)
        peer->file_length = file_bytes;
    crypto_hash_sha256(hash, peer->file, peer->file_length);
    manifest->published_at_s = 1700000000;
    manifest->snapshot.to_serial = manifest->serial;
    manifest->snapshot.size_bytes = (int64_t)peer->file_length;
    text_copy(manifest->region, sizeof manifest->region, "demo");
    text_copy(manifest->snapshot.path, sizeof manifest->snapshot.path, "snapshot.ndjson.gz");
    sodium_bin2hex(manifest->snapshot.sha256, sizeof manifest->snapshot.sha256, hash, sizeof hash);
    CHECK(manifest_to_json(manifest, peer->manifest, &peer->manifest_length));
    snprintf(peer->etag, sizeof peer->etag, "ETag: \"%u\"\r\n", ++publication);
    sign(peer);
    pthread_mutex_unlock(&peer->mutex);
}

void feed_peer_publish(struct feed_peer *peer, uint64_t serial, const char *lines,
                       uint32_t record_count, int64_t expires_at_s)
{
    struct manifest manifest = {
        .serial = serial, .expires_at_s = expires_at_s, .snapshot.record_count = record_count};
    publish(peer, &manifest, lines, WHOLE);
}

void feed_peer_publish_torn(struct feed_peer *peer, uint64_t serial, const char *lines,
                            uint32_t record_count, size_t file_bytes)
{
    struct manifest manifest = {
        .serial = serial, .expires_at_s = 4102444800, .snapshot.record_count = record_count};
    publish(peer, &manifest, lines, file_bytes);
}

void feed_peer_trick(struct feed_peer *peer, enum feed_trick trick)
{
    pthread_mutex_lock(&peer->mutex);
    peer->trick = trick;
    sign(peer);
    pthread_mutex_unlock(&peer->mutex);
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
