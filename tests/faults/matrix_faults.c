#include "tests/faults/matrix_faults.h"

#include "base/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
    BODY_BYTES = 128 * 1024,
    ENDLESS_BYTES = 2 * 1024 * 1024,
    BOMB_BYTES = 8 * 1024 * 1024,
    BOMB_LINE_BYTES = 1024 * 1024,
    DEEP = 200,
    TEN_YEARS_S = 10 * 365 * 86400,
    EXPIRES_AT_S = 1893456000, // 2030
};

#define JSON    "Content-Type: application/json\r\n"
#define PROBLEM "Content-Type: application/problem+json\r\n"
#define HTML    "Content-Type: text/html; charset=utf-8\r\n"
#define PAGE    "<!doctype html><title>Log in</title><form action=login></form>"

// ---- what happens to an answer

static char body_memory[BODY_BYTES + ENDLESS_BYTES];

static char *copy_body(struct http_peer_answer *answer)
{
    CHECK(answer->body_length < BODY_BYTES);
    memcpy(body_memory, answer->body, answer->body_length);
    answer->body = body_memory;
    return body_memory;
}

static void be_silent(struct http_peer_answer *answer)
{
    *answer = (struct http_peer_answer){.hold = true};
}

static void drip(struct http_peer_answer *answer)
{
    answer->drip_ms = 1000;
}

static void cut(struct http_peer_answer *answer)
{
    answer->sent_max = answer->body_length / 2;
}

static void hang_up(struct http_peer_answer *answer)
{
    *answer = (struct http_peer_answer){0};
}

static void announce_less(struct http_peer_answer *answer)
{
    answer->announced = answer->body_length / 2;
}

static void announce_more(struct http_peer_answer *answer)
{
    answer->announced = answer->body_length + 10;
}

static void truncate_body(struct http_peer_answer *answer)
{
    answer->body_length /= 2;
}

static void add_bytes(struct http_peer_answer *answer)
{
    memcpy(copy_body(answer) + answer->body_length, "}{\n", 3);
    answer->body_length += 3;
}

static void be_endless(struct http_peer_answer *answer)
{
    memset(copy_body(answer) + answer->body_length, 'x', ENDLESS_BYTES);
    answer->body_length += ENDLESS_BYTES;
    answer->announced = SIZE_MAX;
}

static void flip_bit(struct http_peer_answer *answer)
{
    copy_body(answer)[answer->body_length / 2] ^= 1;
}

static const struct matrix_fault faults[] = {
    {"connection refused", .deaf = true},
    {"accepted, then silence", .slow = true, .answer = be_silent},
    {"a drip, a byte a second", .slow = true, .answer = drip},
    {"cut in the middle", .answer = cut},
    {"closed at once", .answer = hang_up},
    {"TLS: certificate of another host", .tls = MATRIX_TLS_OTHER_HOST},
    {"TLS: issuer not trusted", .tls = MATRIX_TLS_UNTRUSTED},
    {"TLS: certificate expired", .tls = MATRIX_TLS_EXPIRED},
    {"TLS 1.1", .tls = MATRIX_TLS_OLD},
    {"redirect to another host", .status = "307 Temporary Redirect",
     .headers = "Location: http://localhost:%s/elsewhere\r\n"},
    {"redirect to file:", .status = "301 Moved Permanently",
     .headers = "Location: file:///etc/hostname\r\n"},
    {"Content-Length too short", .answer = announce_less},
    {"Content-Length too long", .answer = announce_more},
    {"body truncated", .answer = truncate_body},
    {"bytes behind the body", .answer = add_bytes},
    {"endless body", .answer = be_endless},
    {"gzip bomb", .bomb = true},
    {"portal, 200 text/html", .headers = HTML, .body = PAGE},
    {"portal as JSON", .headers = JSON, .body = PAGE},
    {"500", .status = "500 Internal Server Error", .headers = PROBLEM, .body = "{}"},
    {"503, Retry-After: 30", .status = "503 Service Unavailable", .retry_after_s = 30,
     .headers = PROBLEM "Retry-After: 30\r\n", .body = "{}"},
    {"429, Retry-After: 30", .status = "429 Too Many Requests", .retry_after_s = 30,
     .headers = PROBLEM "Retry-After: 30\r\n", .body = "{}"},
    {"404", .status = "404 Not Found", .headers = PROBLEM, .body = "{}"},
    {"404, a page", .status = "404 Not Found", .headers = HTML, .body = PAGE},
    {"401", .status = "401 Unauthorized", .headers = PROBLEM, .body = "{}"},
    {"403", .status = "403 Forbidden", .headers = PROBLEM, .body = "{}"},
    {"wrong Content-Type", .headers = "Content-Type: text/plain\r\n"},
    {"JSON: a key twice", .bend = MATRIX_BEND_TWICE},
    {"JSON: too deep", .bend = MATRIX_BEND_DEEP},
    {"JSON: number out of limits", .bend = MATRIX_BEND_NUMBER},
    {"JSON: invalid UTF-8", .bend = MATRIX_BEND_UTF8},
    {"JSON: a field missing", .bend = MATRIX_BEND_MISSING},
    {"JSON: unknown word", .bend = MATRIX_BEND_UNKNOWN},
    {"one bit flipped", .answer = flip_bit},
    {"an older one again", .older = true},
    {"clock 10 years ahead", .clock_s = TEN_YEARS_S},
    {"clock 10 years behind", .clock_s = -TEN_YEARS_S},
    {"disk full", .disk = MATRIX_DISK_FULL},
    {"disk read-only", .disk = MATRIX_DISK_READ_ONLY},
};

size_t matrix_fault_count(void)
{
    return sizeof faults / sizeof *faults;
}

const struct matrix_fault *matrix_fault_find(const char *name)
{
    for (size_t i = 0; i < matrix_fault_count(); i++)
        if (strcmp(faults[i].name, name) == 0)
            return &faults[i];
    return NULL;
}

// ---- kinds

static const struct {
    const char *name;
    const char *path; // how it begins
    bool whole;       // nothing behind it
} kinds[MATRIX_KIND_COUNT] = {
    [MATRIX_MANIFEST] = {"manifest", "/feed/v1/manifest.json", true},
    [MATRIX_SIGNATURE] = {"signature", "/feed/v1/manifest.json.minisig", true},
    [MATRIX_SNAPSHOT] = {"snapshot", "/feed/v1/snapshot", false},
    [MATRIX_DELTA] = {"delta", "/feed/v1/delta-", false},
    [MATRIX_CERTIFICATE] = {"certificate", "/v1/certificates/check", true},
    [MATRIX_ENROLLMENT] = {"enrollment", "/v1/enrollments", true},
    [MATRIX_EVENTS] = {"events", "/v1/events", true},
};

const char *matrix_kind_name(enum matrix_kind kind)
{
    return kinds[kind].name;
}

bool matrix_kind_is(enum matrix_kind kind, const char *path)
{
    return kinds[kind].whole ? strcmp(path, kinds[kind].path) == 0
                             : strncmp(path, kinds[kind].path, strlen(kinds[kind].path)) == 0;
}

static unsigned count_pieces(const char *text, const char *piece)
{
    unsigned count = 0;
    for (const char *at = text; (at = strstr(at, piece)) != NULL; at++)
        count++;
    return count;
}

void matrix_honest(const struct http_peer_request *request, struct http_peer_answer *ret_answer)
{
    static char accepted[32];
    snprintf(accepted, sizeof accepted, "{\"accepted\":%u}",
             count_pieces(request->body, "\"id\":"));
    const char *body = accepted;
    if (matrix_kind_is(MATRIX_CERTIFICATE, request->path))
        body = "{\"kind\":\"funded\",\"status\":\"active\",\"unit\":\"RUB\",\"nominal\":2000000,"
               "\"balance\":850000,\"reserved\":450000,\"charged\":700000,\"details\":\"locked\"}";
    else if (matrix_kind_is(MATRIX_ENROLLMENT, request->path))
        body = "{\"code\":\"K7-42-19\",\"url\":\"http://127.0.0.1:8055/k/K7-42-19\","
               "\"expires_at\":\"2026-11-23T10:00:00Z\"}";
    *ret_answer = (struct http_peer_answer){
        .status = "200 OK", .headers = JSON, .body = body, .body_length = strlen(body)};
}

// ---- bent JSON

struct exchange {
    const char *from;
    const char *to;
};

// A number, a missing field and a word are of a field that each kind must have.
static const struct exchange exchanges[MATRIX_BEND_COUNT][MATRIX_KIND_COUNT] = {
    [MATRIX_BEND_NUMBER] = {[MATRIX_MANIFEST] = {"\"serial\":", "\"serial\":1e30,\"was\":"},
                            [MATRIX_SNAPSHOT] = {"\"age_min_months\":",
                                                 "\"age_min_months\":1e30,\"was\":"},
                            [MATRIX_DELTA] = {"\"age_min_months\":",
                                              "\"age_min_months\":1e30,\"was\":"},
                            [MATRIX_CERTIFICATE] = {"\"balance\":", "\"balance\":1e30,\"was\":"},
                            [MATRIX_ENROLLMENT] = {"\"2026-11-23T", "\"2026-13-45T"},
                            [MATRIX_EVENTS] = {"\"accepted\":", "\"accepted\":1e30,\"was\":"}},
    [MATRIX_BEND_MISSING] = {[MATRIX_MANIFEST] = {"\"serial\":", "\"no-serial\":"},
                             [MATRIX_SNAPSHOT] = {"\"id\":", "\"no-id\":"},
                             [MATRIX_DELTA] = {"\"id\":", "\"no-id\":"},
                             [MATRIX_CERTIFICATE] = {"\"kind\":", "\"no-kind\":"},
                             [MATRIX_ENROLLMENT] = {"\"code\":", "\"no-code\":"},
                             [MATRIX_EVENTS] = {"\"accepted\":", "\"not-accepted\":"}},
    [MATRIX_BEND_UNKNOWN] = {[MATRIX_MANIFEST] = {"\"format\":", "\"format\":99,\"was\":"},
                             [MATRIX_SNAPSHOT] = {"\"type\":\"", "\"type\":\"un"},
                             [MATRIX_DELTA] = {"\"type\":\"", "\"type\":\"un"},
                             [MATRIX_CERTIFICATE] = {"\"funded\"", "\"gifted\""},
                             [MATRIX_ENROLLMENT] = {"http://127.0.0.1", "https://evil.example"},
                             [MATRIX_EVENTS] = {"{\"accepted\"", "{\"kept\""}},
};

static void exchange_first(const char *json, const struct exchange *exchange, struct text *ret_json)
{
    CHECK(exchange->from != NULL);
    const char *at = strstr(json, exchange->from);
    CHECK(at != NULL);
    text_add_bytes(ret_json, json, (size_t)(at - json));
    text_add(ret_json, exchange->to);
    text_add(ret_json, at + strlen(exchange->from));
}

static void bend_json(enum matrix_bend bend, enum matrix_kind kind, const char *json,
                      struct text *ret_json)
{
    char deep[DEEP * 2 + 1] = "";
    const struct exchange first = {"{", NULL};
    char to[2 * DEEP + 32];
    switch (bend) {
    case MATRIX_BEND_TWICE:
        text_addf(ret_json, "{%.*s,", (int)strcspn(json + 1, ",}"), json + 1);
        text_add(ret_json, json + 1);
        break;
    case MATRIX_BEND_DEEP:
        memset(deep, '[', DEEP);
        memset(deep + DEEP, ']', DEEP);
        snprintf(to, sizeof to, "{\"deep\":%s,", deep);
        exchange_first(json, &(struct exchange){first.from, to}, ret_json);
        break;
    case MATRIX_BEND_UTF8:
        exchange_first(json, &(struct exchange){first.from, "{\"note\":\"\xff\","}, ret_json);
        break;
    case MATRIX_BEND_NUMBER:
    case MATRIX_BEND_MISSING:
    case MATRIX_BEND_UNKNOWN:
        exchange_first(json, &exchanges[bend][kind], ret_json);
        break;
    case MATRIX_BEND_NONE:
    case MATRIX_BEND_COUNT:
        text_add(ret_json, json);
    }
    CHECK(!ret_json->cut);
}

// ---- answers

static void bend_answer(enum matrix_bend bend, enum matrix_kind kind,
                        struct http_peer_answer *answer)
{
    static char plain[BODY_BYTES];
    struct text bent;
    text_copy(plain, sizeof plain, answer->body);
    text_init(&bent, body_memory, BODY_BYTES);
    bend_json(bend, kind, plain, &bent);
    answer->body = body_memory;
    answer->body_length = bent.length;
}

static void answer_bomb(struct http_peer_answer *answer)
{
    static char zeros[64 * 1024];
    z_stream stream = {.next_out = (Bytef *)body_memory, .avail_out = BODY_BYTES};
    CHECK(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, 0) == Z_OK);
    for (size_t left = BOMB_BYTES; left > 0; left -= sizeof zeros) {
        stream.next_in = (Bytef *)zeros;
        stream.avail_in = sizeof zeros;
        CHECK(deflate(&stream, left == sizeof zeros ? Z_FINISH : Z_NO_FLUSH) >= Z_OK);
    }
    answer->headers = JSON "Content-Encoding: gzip\r\n";
    answer->body = body_memory;
    answer->body_length = stream.total_out;
    deflateEnd(&stream);
}

static bool is_file(enum matrix_kind kind)
{
    return kind == MATRIX_SNAPSHOT || kind == MATRIX_DELTA;
}

// %s of a row's headers.
static const char *fill_port(const char *headers, const char *port)
{
    static char memory[256];
    struct text filled;
    const char *at = strstr(headers, "%s");
    if (at == NULL)
        return headers;
    text_init(&filled, memory, sizeof memory);
    text_addf(&filled, "%.*s%s%s", (int)(at - headers), headers, port, at + 2);
    return memory;
}

void matrix_fault_answer(const struct matrix_fault *fault, enum matrix_kind kind, const char *port,
                         struct http_peer_answer *answer)
{
    bool live = kind >= MATRIX_CERTIFICATE;
    if (fault->status != NULL)
        *answer = (struct http_peer_answer){.status = fault->status};
    if (fault->headers != NULL)
        answer->headers = fill_port(fault->headers, port);
    if (fault->body != NULL) {
        answer->body = fault->body;
        answer->body_length = strlen(fault->body);
    }
    if (fault->answer != NULL)
        fault->answer(answer);
    if (fault->bend != MATRIX_BEND_NONE && live)
        bend_answer(fault->bend, kind, answer);
    if (fault->bomb && !is_file(kind))
        answer_bomb(answer);
}

// ---- publications

static enum matrix_bend manifest_bend; // feed_peer's hooks have no context

static void rewrite_manifest(char *json, size_t *length)
{
    static char bent_memory[MANIFEST_BYTES];
    struct text bent;
    text_init(&bent, bent_memory, sizeof bent_memory);
    bend_json(manifest_bend, MATRIX_MANIFEST, json, &bent);
    memcpy(json, bent_memory, bent.length + 1);
    *length = bent.length;
}

// Instead of the snapshot's lines or the delta's.
static char *bend_lines(const struct matrix_fault *fault, enum matrix_kind kind, const char *lines)
{
    char *memory = malloc(BOMB_BYTES);
    struct text bent;
    CHECK(memory != NULL);
    text_init(&bent, memory, BOMB_BYTES);
    if (fault->bend != MATRIX_BEND_NONE)
        bend_json(fault->bend, kind, lines, &bent);
    if (fault->bomb) {
        memset(memory, ' ', BOMB_LINE_BYTES);
        memory[BOMB_LINE_BYTES] = '\0';
    }
    return memory;
}

void matrix_fault_publish(const struct matrix_fault *fault, enum matrix_kind kind,
                          const struct matrix_feed *feed, struct feed_peer *peer)
{
    char *bent = NULL;
    struct feed_peer_delta delta = {MATRIX_OLD, MATRIX_NEW, feed->delta};
    struct feed_peer_publication publication = {.serial = MATRIX_NEW,
                                                .expires_at_s = EXPIRES_AT_S,
                                                .lines = feed->lines[1],
                                                .deltas = &delta,
                                                .delta_count = kind == MATRIX_DELTA};
    bool bends_lines = is_file(kind) && (fault->bend != MATRIX_BEND_NONE || fault->bomb);
    if (bends_lines && kind == MATRIX_SNAPSHOT)
        publication.lines = bent = bend_lines(fault, kind, feed->lines[1]);
    else if (bends_lines)
        delta.lines = bent = bend_lines(fault, kind, feed->delta);
    manifest_bend = fault->bend;
    if (kind == MATRIX_MANIFEST && fault->bend != MATRIX_BEND_NONE)
        publication.rewrite = rewrite_manifest;
    if (kind == MATRIX_MANIFEST && fault->older) {
        publication.serial = MATRIX_OLD - 1;
        publication.lines = feed->lines[0];
    }
    feed_peer_publish_all(peer, &publication);
    if (kind == MATRIX_SIGNATURE && fault->older)
        feed_peer_trick(peer, FEED_PEER_OLD_SIGNATURE);
    if (kind == MATRIX_SNAPSHOT && fault->older)
        feed_peer_trick(peer, FEED_PEER_OLD_FILES);
    free(bent);
}
