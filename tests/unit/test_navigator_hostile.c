// Servers, proxies and portals at their worst, all at once on one client: each call ends within its
// limit, with the right sentence, and all of them together cost little memory. Each trick proves
// that it was played.
#include "navigator/answers_json.h"
#include "navigator/clock.h"
#include "navigator/http.h"
#include "tests/support/hostile_peer.h"
#include "tests/support/http_peer.h"

#include <malloc.h>
#include <netdb.h>
#include <semaphore.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <zlib.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#define SANITIZED __has_feature(address_sanitizer)
#else
#define SANITIZED 0
#endif
#if SANITIZED
size_t __sanitizer_get_current_allocated_bytes(void); // its header comes with clang only
#endif

enum {
    LIMIT_MS = 4500,
    SLACK_MS = 2500, // of a busy machine
    MEMORY_MAX_BYTES = 16 * 1024 * 1024,
    BOMB_BYTES = 8 * 1024 * 1024,
    FILE_BYTES_MAX = 1000,
    REDIRECT_BYTES = 256,
};

#define BYTES(text)                                                                                \
    {                                                                                              \
        (text), sizeof(text) - 1                                                                   \
    }
#define OK         "HTTP/1.1 200 OK\r\n"
#define JSON       "Content-Type: application/json\r\n"
#define TEN        "0123456789"
#define TO_THE_END OK JSON "Connection: close\r\n\r\n"
#define ENROLLED(key)                                                                              \
    "\"" key "\":\"K7\",\"url\":\"https://hub.example/k\",\"expires_at\":\"2026-11-23T10:00:00Z\""

// A row's status: answered, and then believed as an enrollment or not.
enum { ENDS_AS_JSON_REFUSED = -1, ENDS_BELIEVED = -2 };

struct row {
    const char *path;
    enum http_kind kind;
    bool own_limit; // of its kind, not LIMIT_MS
    struct hostile_answer answer;
    enum http_result result;
    const char *problem;
    int status;
    bool leaves; // the client must have gone before the peer was done
    bool asks_etag;
};

#define KIND(what, name) .path = "/" name, .kind = HTTP_##what
#define ROW(name)        KIND(ENROLLMENT, name)
#define JSON_ROW(name, body)                                                                       \
    {                                                                                              \
        ROW(name), .answer.head = BYTES(TO_THE_END body), .result = HTTP_ANSWERED,                 \
                   .status = ENDS_AS_JSON_REFUSED                                                  \
    }

static char thousand_x[1001];
static char huge_string[48 * 1024];
static char many_keys[15 * 1024];
static char deep[4 * 1024];
static char *bomb;
static char *chunked_bomb;
static char to_localhost[REDIRECT_BYTES];
static char to_no_scheme[REDIRECT_BYTES];

static struct row rows[] = {
    // ---- too slow, too much
    {KIND(CERTIFICATE, "silence"), .own_limit = true, .answer.ending = HOSTILE_HOLD, .leaves = true,
     .result = HTTP_UNREACHABLE, .problem = "no whole answer in time"},
    {ROW("silence-of-a-link"), .own_limit = true, .answer.ending = HOSTILE_HOLD, .leaves = true,
     .result = HTTP_UNREACHABLE, .problem = "no whole answer in time"},
    {ROW("drip-head"),
     .answer = {.head = BYTES("HTTP/1.1 200 O"),
                .again = BYTES("O"),
                .times = HOSTILE_FOREVER,
                .every_ms = 50},
     .leaves = true, .result = HTTP_UNREACHABLE, .problem = "no whole answer in time"},
    {ROW("drip-headers"), .leaves = true, .result = HTTP_UNREACHABLE,
     .answer =
         {.head = BYTES(OK), .again = BYTES("A: b\r\n"), .times = HOSTILE_FOREVER, .every_ms = 50},
     .problem = "no whole answer in time"},
    {ROW("drip-body"), .leaves = true, .result = HTTP_UNREACHABLE,
     .answer = {.head = BYTES(OK JSON "Content-Length: 5000\r\n\r\n"),
                .again = BYTES("{"),
                .times = HOSTILE_FOREVER,
                .every_ms = 50},
     .problem = "no whole answer in time"},
    {KIND(MANIFEST, "drip-manifest"), .own_limit = true, .leaves = true,
     .answer = {.head = BYTES(OK "Content-Length: 5000\r\n\r\n"),
                .again = BYTES(TEN),
                .times = HOSTILE_FOREVER,
                .every_ms = 500},
     .result = HTTP_UNREACHABLE, .problem = "the answer came too slowly"},
    {ROW("endless-body"), .leaves = true, .result = HTTP_REFUSED,
     .answer = {.head = BYTES(TO_THE_END), .again = {thousand_x, 1000}, .times = HOSTILE_FOREVER},
     .problem = "body too large"},
    {KIND(MANIFEST, "endless-manifest"), .leaves = true, .result = HTTP_REFUSED,
     .answer = {.head = BYTES(TO_THE_END), .again = {thousand_x, 1000}, .times = HOSTILE_FOREVER},
     .problem = "body too large"},
    {KIND(FEED_FILE, "endless-file"), .leaves = true, .result = HTTP_REFUSED,
     .answer = {.head = BYTES(OK "Connection: close\r\n\r\n"),
                .again = {thousand_x, 1000},
                .times = HOSTILE_FOREVER},
     .problem = "more bytes than announced"},
    {KIND(FEED_FILE, "endless-error-page"), .leaves = true, .result = HTTP_REFUSED,
     .answer = {.head = BYTES("HTTP/1.1 404 Not Found\r\n\r\n"),
                .again = {thousand_x, 1000},
                .times = HOSTILE_FOREVER},
     .problem = "body too large"},
    {ROW("endless-headers"), .leaves = true, .result = HTTP_REFUSED,
     .answer = {.head = BYTES(OK), .again = BYTES("A: b\r\n"), .times = HOSTILE_FOREVER},
     .problem = "too many headers"},
    {ROW("small-headers"), .result = HTTP_REFUSED,
     .answer = {.head = BYTES(OK), .again = BYTES("A: b\r\n"), .times = 10000},
     .problem = "too many headers"},
    {ROW("endless-header-line"), .leaves = true, .result = HTTP_REFUSED,
     .answer = {.head = BYTES(OK "A: "), .again = {thousand_x, 1000}, .times = HOSTILE_FOREVER},
     .problem = "a header too long"},
    {ROW("huge-header-line"),
     .answer = {.head = BYTES(OK "A: "),
                .again = {thousand_x, 1000},
                .times = 50,
                .ending = HOSTILE_HOLD},
     .leaves = true, .problem = "no whole answer in time", .result = HTTP_UNREACHABLE},
    {ROW("continue-flood"), .leaves = true, .result = HTTP_REFUSED,
     .answer = {.again = BYTES("HTTP/1.1 100 Continue\r\n\r\n"), .times = HOSTILE_FOREVER},
     .problem = "too many headers"},
    {ROW("early-hints-flood"), .leaves = true, .result = HTTP_REFUSED,
     .answer = {.again = BYTES("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"),
                .times = HOSTILE_FOREVER},
     .problem = "too many headers"},
    // ---- encodings
    {ROW("gzip-bomb"), .result = HTTP_REFUSED, .problem = "a Content-Encoding that wasn't asked",
     .answer = {.head = BYTES(OK JSON "Content-Encoding: gzip\r\nConnection: close\r\n\r\n")}},
    {ROW("transfer-bomb"), .result = HTTP_REFUSED, .problem = "",
     .answer = {.head = BYTES(OK JSON "Transfer-Encoding: gzip\r\nConnection: close\r\n\r\n")}},
    {ROW("chunked-bomb"), .result = HTTP_REFUSED, .problem = "",
     .answer = {.head = BYTES(OK JSON "Transfer-Encoding: gzip, chunked\r\n\r\n")}},
    {ROW("chunk-no-size"), .result = HTTP_UNREACHABLE, .problem = "",
     .answer.head = BYTES(OK JSON "Transfer-Encoding: chunked\r\n\r\nxyz\r\n{}\r\n0\r\n\r\n")},
    {ROW("chunk-negative"), .result = HTTP_UNREACHABLE, .problem = "",
     .answer.head = BYTES(OK JSON "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n")},
    {ROW("chunk-overflow"), .result = HTTP_UNREACHABLE, .problem = "",
     .answer.head =
         BYTES(OK JSON "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}\r\n")},
    {ROW("chunk-cut"), .result = HTTP_UNREACHABLE, .problem = "the answer was cut",
     .answer.head = BYTES(OK JSON "Transfer-Encoding: chunked\r\n\r\n5\r\n{}")},
    {ROW("chunk-lies"), .result = HTTP_UNREACHABLE, .problem = "",
     .answer.head = BYTES(OK JSON "Transfer-Encoding: chunked\r\n\r\n1\r\n{}{}{}\r\n0\r\n\r\n")},
    {ROW("endless-chunks"), .leaves = true, .result = HTTP_REFUSED, .problem = "body too large",
     .answer = {.head = BYTES(OK JSON "Transfer-Encoding: chunked\r\n\r\n"),
                .again = BYTES("a\r\n" TEN "\r\n"),
                .times = HOSTILE_FOREVER}},
    {ROW("endless-chunk-size"), .leaves = true, .result = HTTP_UNREACHABLE, .problem = "",
     .answer = {.head = BYTES(OK JSON "Transfer-Encoding: chunked\r\n\r\n"),
                .again = BYTES("0"),
                .times = HOSTILE_FOREVER}},
    {ROW("endless-trailers"), .leaves = true, .result = HTTP_REFUSED, .problem = "too many headers",
     .answer = {.head = BYTES(OK JSON "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n"),
                .again = BYTES("A: b\r\n"),
                .times = HOSTILE_FOREVER}},
    {ROW("endless-trailer"), .leaves = true, .result = HTTP_UNREACHABLE, .problem = "",
     .answer = {.head = BYTES(OK JSON "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nA:"),
                .again = {thousand_x, 1000},
                .times = HOSTILE_FOREVER}},
    // ---- lengths
    {ROW("length-too-long"), .result = HTTP_UNREACHABLE, .problem = "the answer was cut",
     .answer.head = BYTES(OK JSON "Content-Length: 9\r\n\r\n{}")},
    {ROW("length-held"), .leaves = true, .result = HTTP_UNREACHABLE,
     .answer = {.head = BYTES(OK JSON "Content-Length: 9\r\n\r\n{}"), .ending = HOSTILE_HOLD},
     .problem = "no whole answer in time"},
    {ROW("length-too-short"), .result = HTTP_ANSWERED, .status = ENDS_AS_JSON_REFUSED,
     .answer.head = BYTES(OK JSON "Content-Length: 2\r\n\r\n{" ENROLLED("code") "}")},
    {ROW("length-negative"), .result = HTTP_UNREACHABLE, .problem = "the answer isn't HTTP/1",
     .answer.head = BYTES(OK JSON "Content-Length: -2\r\n\r\n{}")},
    {ROW("length-huge"), .result = HTTP_REFUSED, .problem = "body too large", .leaves = true,
     .answer = {.head = BYTES(OK JSON "Content-Length: 900000000000000000\r\n\r\n{}"),
                .ending = HOSTILE_HOLD}},
    {ROW("length-overflow"), .result = HTTP_REFUSED, .problem = "body too large", .leaves = true,
     .answer = {.head = BYTES(OK JSON "Content-Length: 99999999999999999999\r\n\r\n{}"),
                .ending = HOSTILE_HOLD}},
    {ROW("length-twice"), .result = HTTP_REFUSED, .problem = "Content-Length",
     .answer.head = BYTES(OK JSON "Content-Length: 2\r\nContent-Length: 4\r\n\r\n{}{}")},
    {ROW("length-list"), .result = HTTP_REFUSED, .problem = "Content-Length",
     .answer.head = BYTES(OK JSON "Content-Length: 2, 4\r\n\r\n{}{}")},
    // ---- not HTTP/1
    {ROW("close-at-once"), .result = HTTP_UNREACHABLE, .problem = "it hung up without an answer"},
    {ROW("reset-at-once"), .answer.ending = HOSTILE_RESET, .result = HTTP_UNREACHABLE,
     .problem = "the connection broke"},
    {ROW("reset-in-body"), .result = HTTP_UNREACHABLE, .problem = "the connection broke",
     .answer = {.head = BYTES(OK JSON "Content-Length: 9\r\n\r\n{}"), .ending = HOSTILE_RESET}},
    {ROW("cut-in-headers"), .result = HTTP_UNREACHABLE, .problem = "the answer was cut",
     .answer.head = BYTES(OK JSON "Content-Ty")},
    {ROW("garbage-status"), .result = HTTP_UNREACHABLE, .problem = "the answer isn't HTTP/1",
     .answer.head = BYTES("HTTP/1.1 abc\r\n" JSON "\r\n{}")},
    {ROW("http-0.9"), .result = HTTP_UNREACHABLE, .problem = "the answer isn't HTTP/1",
     .answer.head = BYTES("{" ENROLLED("code") "}")},
    {ROW("another-protocol"), .result = HTTP_UNREACHABLE, .problem = "the answer isn't HTTP/1",
     .answer.head = BYTES("220 mail.example ESMTP ready and waiting\r\n")},
    {ROW("http-2-preface"), .result = HTTP_UNREACHABLE, .problem = "the answer isn't HTTP/1",
     .answer.head = BYTES("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")},
    {ROW("http-2-frames"), .result = HTTP_UNREACHABLE, .problem = "the answer isn't HTTP/1",
     .answer.head = BYTES("\0\0\6\4\0\0\0\0\0\0\3\0\0\0\144" TEN)},
    {ROW("http-3-version"), .result = HTTP_UNREACHABLE, .problem = "the answer isn't HTTP/1",
     .answer.head = BYTES("HTTP/7.3 200 OK\r\n" JSON "\r\n{}")},
    {ROW("nul-in-header"), .result = HTTP_UNREACHABLE, .problem = "the answer isn't HTTP/1",
     .answer.head = BYTES(OK "A: b\0c\r\n" JSON "\r\n{}")},
    {ROW("header-without-colon"), .result = HTTP_UNREACHABLE, .problem = "the answer isn't HTTP/1",
     .answer.head = BYTES(OK "nonsense\r\n" JSON "\r\n{}")},
    // ---- statuses nobody asked for
    {ROW("upgrade"), .result = HTTP_REFUSED, .problem = "doesn't answer the question",
     .answer.head = BYTES("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n"
                          "Connection: upgrade\r\n\r\n{" ENROLLED("code") "}")},
    {ROW("no-content"), .result = HTTP_REFUSED, .problem = "another content type than JSON",
     .answer.head = BYTES("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")},
    {ROW("partial"), .result = HTTP_REFUSED, .problem = "doesn't answer the question",
     .answer.head = BYTES("HTTP/1.1 206 Partial Content\r\n" JSON
                          "Content-Range: bytes 0-1/9\r\nContent-Length: 2\r\n\r\n{}")},
    {KIND(MANIFEST, "not-modified"), .result = HTTP_REFUSED,
     .answer.head = BYTES("HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"),
     .problem = "doesn't answer the question"},
    {KIND(MANIFEST, "not-modified-asked"), .result = HTTP_ANSWERED, .status = 304,
     .asks_etag = true,
     .answer.head = BYTES("HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")},
    {ROW("to-same-host"), .result = HTTP_ANSWERED, .status = 302,
     .answer.head = BYTES("HTTP/1.1 302 Found\r\nLocation: /landed\r\nContent-Length: 0\r\n\r\n")},
    {ROW("to-file"), .result = HTTP_ANSWERED, .status = 301,
     .answer.head = BYTES("HTTP/1.1 301 Moved\r\nLocation: file:///etc/passwd\r\n"
                          "Content-Length: 0\r\n\r\n")},
    {ROW("to-localhost"), .result = HTTP_ANSWERED, .status = 307},
    {ROW("to-no-scheme"), .result = HTTP_ANSWERED, .status = 307},
    {
        KIND(KIND_COUNT, "landed"),
        .result = HTTP_ANSWERED,
        .status = 200,
    },
    // ---- portals
    {KIND(MANIFEST, "portal"), .result = HTTP_REFUSED, .problem = "text/html",
     .answer.head = BYTES(OK "Content-Type: text/html; charset=utf-8\r\n"
                             "Connection: close\r\n\r\n<form>Log in</form>")},
    {KIND(CERTIFICATE, "portal-of-a-check"), .result = HTTP_REFUSED, .problem = "text/html",
     .answer.head = BYTES(OK "Content-Type: text/html\r\nConnection: close\r\n\r\n<p>")},
    {KIND(CERTIFICATE, "portal-without-type"), .result = HTTP_REFUSED,
     .problem = "another content type than JSON",
     .answer.head = BYTES(OK "Connection: close\r\n\r\n{}")},
    JSON_ROW("portal-as-json", "<!doctype html><form>Log in</form>"),
    // ---- JSON
    {ROW("json-good"), .answer.head = BYTES(TO_THE_END "{" ENROLLED("code") ",\"a\":[1e2]}\n"),
     .result = HTTP_ANSWERED, .status = ENDS_BELIEVED},
    JSON_ROW("json-empty", ""),
    JSON_ROW("json-list", "[{" ENROLLED("code") "}]"),
    JSON_ROW("json-key-twice", "{" ENROLLED("code") ",\"code\":\"K8\"}"),
    JSON_ROW("json-hidden-key-twice", "{" ENROLLED("code") ",\"\\u0063ode\":\"K8\"}"),
    JSON_ROW("json-nan", "{" ENROLLED("code") ",\"a\":NaN}"),
    JSON_ROW("json-infinity", "{" ENROLLED("code") ",\"a\":-Infinity}"),
    JSON_ROW("json-huge-number", "{" ENROLLED("code") ",\"a\":1e999}"),
    JSON_ROW("json-octal", "{" ENROLLED("code") ",\"a\":012}"),
    JSON_ROW("json-bad-utf-8", "{" ENROLLED("code") ",\"a\":\"\xff\"}"),
    JSON_ROW("json-overlong-utf-8", "{" ENROLLED("code") ",\"a\":\"\xc0\xaf\"}"),
    JSON_ROW("json-lone-surrogate", "{" ENROLLED("code") ",\"a\":\"\\ud800\"}"),
    JSON_ROW("json-low-surrogate", "{" ENROLLED("code") ",\"a\":\"\\udc00\"}"),
    JSON_ROW("json-nul", "{" ENROLLED("code") ",\"a\":\"\0\"}"),
    JSON_ROW("json-escaped-nul", "{" ENROLLED("code") ",\"a\":\"\\u0000\"}"),
    JSON_ROW("json-raw-control", "{" ENROLLED("code") ",\"a\":\"\1\"}"),
    JSON_ROW("json-bom", "\xef\xbb\xbf{" ENROLLED("code") "}"),
    JSON_ROW("json-trailing", "{" ENROLLED("code") "}{}"),
    JSON_ROW("json-wrong-types", "{\"code\":{},\"url\":1,\"expires_at\":true}"),
    {ROW("json-deep"), .result = HTTP_ANSWERED, .status = ENDS_AS_JSON_REFUSED,
     .answer = {.head = BYTES(TO_THE_END), .again = {deep, sizeof deep}, .times = 1}},
    {ROW("json-many-keys"), .result = HTTP_ANSWERED, .status = ENDS_AS_JSON_REFUSED,
     .answer = {.head = BYTES(TO_THE_END), .again = {many_keys, sizeof many_keys}, .times = 1}},
    {KIND(MANIFEST, "json-long-string"), .result = HTTP_ANSWERED, .status = ENDS_AS_JSON_REFUSED,
     .answer = {.head = BYTES(TO_THE_END), .again = {huge_string, sizeof huge_string}, .times = 1}},
};

enum { ROWS = sizeof rows / sizeof *rows };

static struct hostile_answer answers[ROWS];
static struct hostile_seen seen[ROWS];

static size_t allocated_bytes(void)
{
#if SANITIZED
    return __sanitizer_get_current_allocated_bytes();
#else
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
#endif
}

// ---- what is too long to write down

static struct hostile_bytes gzip_zeros(void)
{
    enum { PACKED_BYTES = 128 * 1024 };
    static unsigned char zeros[64 * 1024];
    struct hostile_bytes packed = {malloc(PACKED_BYTES), 0};
    z_stream stream = {.next_out = (unsigned char *)packed.data, .avail_out = PACKED_BYTES};
    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, 0), Z_OK);
    for (size_t left = BOMB_BYTES; left > 0; left -= sizeof zeros) {
        stream.next_in = zeros;
        stream.avail_in = sizeof zeros;
        int result = deflate(&stream, left == sizeof zeros ? Z_FINISH : Z_NO_FLUSH);
        assert_true(result == Z_OK || result == Z_STREAM_END);
    }
    packed.length = stream.total_out;
    deflateEnd(&stream);
    return packed;
}

static struct hostile_bytes one_chunk(struct hostile_bytes body)
{
    char *chunk = malloc(body.length + 64);
    int length = snprintf(chunk, 64, "%zx\r\n", body.length);
    memcpy(chunk + length, body.data, body.length);
    memcpy(chunk + length + body.length, "\r\n0\r\n\r\n", 7);
    return (struct hostile_bytes){chunk, (size_t)length + body.length + 7};
}

static struct row *row_of(const char *path)
{
    for (size_t i = 0; i < ROWS; i++)
        if (strcmp(rows[i].path, path) == 0)
            return &rows[i];
    fail_msg("no row %s", path);
    return NULL;
}

static void fill_tricks(void)
{
    struct hostile_bytes zeros = gzip_zeros();
    struct hostile_bytes chunk = one_chunk(zeros);
    bomb = (char *)zeros.data;
    chunked_bomb = (char *)chunk.data;
    memset(thousand_x, 'x', sizeof thousand_x - 1);
    memset(deep, '[', sizeof deep);
    memset(huge_string, 'a', sizeof huge_string);
    memcpy(huge_string, "{\"code\":\"", 9);
    memcpy(huge_string + sizeof huge_string - 2, "\"}", 2);
    memset(many_keys, ' ', sizeof many_keys);
    int at = snprintf(many_keys, sizeof many_keys, "{" ENROLLED("code"));
    for (unsigned i = 0; i < 1000; i++)
        at += snprintf(many_keys + at, sizeof many_keys - (size_t)at, ",\"a%u\":1", i);
    many_keys[at] = '}';
    const char *const bombs[] = {"/gzip-bomb", "/transfer-bomb", "/chunked-bomb"};
    for (size_t i = 0; i < 3; i++) {
        row_of(bombs[i])->answer.again = i == 2 ? chunk : zeros;
        row_of(bombs[i])->answer.times = 1;
    }
}

static void set_location(const char *path, char memory[static REDIRECT_BYTES], const char *before,
                         const char *port)
{
    int length = snprintf(memory, REDIRECT_BYTES,
                          "HTTP/1.1 307 Go\r\nLocation: %slocalhost%s/landed\r\n"
                          "Content-Length: 0\r\n\r\n",
                          before, port);
    row_of(path)->answer.head = (struct hostile_bytes){memory, (size_t)length};
}

static void fill_redirects(const char *url)
{
    const char *port = strrchr(url, ':');
    set_location("/to-localhost", to_localhost, "http://", port);
    set_location("/to-no-scheme", to_no_scheme, "//", port);
}

// ---- the table

struct running {
    struct http_call *call;
    int64_t ended_ms;
};

static struct http *client(const char *url)
{
    char error[HTTP_ERROR_BYTES] = "";
    struct http_origin origin = {.url = url};
    struct http *http = http_create(&origin, error);
    if (http == NULL)
        fail_msg("%s", error);
    return http;
}

static struct http_call *ask(struct http *http, const struct row *row, int file)
{
    bool live = row->kind == HTTP_CERTIFICATE || row->kind == HTTP_ENROLLMENT;
    struct http_request request = {.kind = row->kind,
                                   .path = row->path,
                                   .body = live ? "{}" : NULL,
                                   .etag = row->asks_etag ? "\"1\"" : NULL,
                                   .limit_ms = row->own_limit ? 0 : LIMIT_MS,
                                   .file = file,
                                   .file_bytes_max = FILE_BYTES_MAX};
    return http_start(http, &request);
}

static size_t index_of(const struct running *running, const struct http_call *call)
{
    size_t i = 0;
    while (running[i].call != call)
        i++;
    return i;
}

// All calls to their ends; the most memory they took meanwhile.
static size_t run_all(struct http *http, struct running *running, size_t count)
{
    size_t peak = 0;
    while (count > 0) {
        struct http_call *call = http_next_ended(http);
        if (call == NULL)
            http_wait(http, NULL, 0, 1000);
        else
            running[index_of(running, call)].ended_ms = clock_ms();
        count -= call != NULL;
        size_t now = allocated_bytes();
        peak = now > peak ? now : peak;
    }
    return peak;
}

static unsigned misses; // told all of them, before the test fails

static void miss(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void miss(const char *format, ...)
{
    char line[512];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    print_error("%s\n", line);
    misses++;
}

static void check_answer(const struct row *row, const struct http_response *response)
{
    const char *name = row->path;
    struct enrollment_answer enrollment = {0};
    if (response->result != row->result)
        miss("%s: result %d (%s), status %d", name, (int)response->result, response->problem,
             response->status);
    if (row->problem != NULL && strstr(response->problem, row->problem) == NULL)
        miss("%s: found «%s», expected «%s»", name, response->problem, row->problem);
    if (row->result != HTTP_ANSWERED && response->problem[0] == '\0')
        miss("%s: no sentence", name);
    if (row->status > 0 && response->status != row->status)
        miss("%s: status %d", name, response->status);
    bool believed = row->result == HTTP_ANSWERED &&
                    enrollment_from_json(response->body, response->length, &enrollment);
    if (believed != (row->status == ENDS_BELIEVED))
        miss("%s: the answer was %sbelieved", name, believed ? "" : "not ");
}

static void check_limit(const struct row *row, int64_t took_ms)
{
    static const int64_t own_ms[HTTP_KIND_COUNT] = {
        [HTTP_MANIFEST] = 11000, [HTTP_CERTIFICATE] = 8000, [HTTP_ENROLLMENT] = 5000};
    int64_t limit_ms = row->own_limit ? own_ms[row->kind] : LIMIT_MS;
    if (took_ms > limit_ms + SLACK_MS)
        miss("%s: took %lld ms of %lld", row->path, (long long)took_ms, (long long)limit_ms);
}

static void check_trick(const struct row *row, const struct hostile_seen *done)
{
    const char *name = row->path;
    if (done->requests != 1)
        miss("%s: asked %u times", name, done->requests);
    if (done->sent_bytes < row->answer.head.length || (row->answer.times != 0 && !done->pieces))
        miss("%s: the trick wasn't played (%zu bytes)", name, (size_t)done->sent_bytes);
    if (row->leaves && !done->left)
        miss("%s: the client stayed to the end", name);
}

static void test_each_trick_ends(void **state)
{
    (void)state;
    static struct running running[ROWS];
    FILE *file = tmpfile();
    fill_tricks();
    for (size_t i = 0; i < ROWS; i++) {
        answers[i] = rows[i].answer;
        answers[i].path = rows[i].path;
    }
    struct hostile_peer *peer = hostile_peer_start(answers, ROWS, seen);
    fill_redirects(hostile_peer_url(peer));
    for (size_t i = 0; i < ROWS; i++)
        answers[i].head = rows[i].answer.head;
    struct http *http = client(hostile_peer_url(peer));
    size_t before = allocated_bytes();
    int64_t begun_ms = clock_ms();
    size_t asked = 0;
    for (size_t i = 0; i < ROWS; i++) {
        if (rows[i].kind != HTTP_KIND_COUNT)
            running[i].call = ask(http, &rows[i], fileno(file));
        asked += running[i].call != NULL;
    }
    size_t peak = run_all(http, running, asked);
    for (size_t i = 0; i < ROWS; i++) {
        if (running[i].call == NULL)
            continue;
        check_answer(&rows[i], http_response(running[i].call));
        check_limit(&rows[i], running[i].ended_ms - begun_ms);
    }
    for (size_t i = 0; i < ROWS; i++)
        http_drop(http, running[i].call);
    http_destroy(http);
    hostile_peer_stop(peer);
    for (size_t i = 0; i < ROWS; i++)
        if (running[i].call != NULL)
            check_trick(&rows[i], &seen[i]);
    assert_int_equal(row_of("/landed")->kind, HTTP_KIND_COUNT);
    assert_int_equal(seen[row_of("/landed") - rows].requests, 0);
    assert_int_equal(misses, 0);
    print_message("%zu tricks, at most %zu KB together\n", asked, (peak - before) / 1024);
    assert_true(peak - before < MEMORY_MAX_BYTES);
    fclose(file);
    free(bomb);
    free(chunked_bomb);
}

// ---- what must not outlive a call

static const struct hostile_answer in_a_row[] = {
    {.path = "/1",
     .ending = HOSTILE_HOLD,
     .head = BYTES("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}" OK
                   "Content-Length: 6\r\n\r\npoison")},
    {.path = "/2",
     .ending = HOSTILE_CLOSE,
     .head = BYTES(OK "Content-Length: 4\r\nConnection: close\r\n\r\ngood")},
};

static void test_a_smuggled_answer_is_left_behind(void **state)
{
    (void)state;
    struct hostile_seen done[2] = {0};
    struct hostile_peer *peer = hostile_peer_start(in_a_row, 2, done);
    struct http *http = client(hostile_peer_url(peer));
    for (int i = 0; i < 2; i++) {
        struct http_request request = {.kind = HTTP_MANIFEST, .path = in_a_row[i].path};
        struct http_call *call = http_run(http, &request, NULL);
        assert_string_equal(http_response(call)->body, i == 0 ? "{}" : "good");
        http_drop(http, call);
    }
    http_destroy(http);
    hostile_peer_stop(peer);
    assert_int_equal(done[0].requests, 1);
    assert_int_equal(done[0].returned, 0);
    assert_int_equal(done[1].requests, 1);
}

struct memory {
    atomic_uint requests;
    atomic_uint remembered;
};

static void set_cookies(void *context, const struct http_peer_request *request,
                        struct http_peer_answer *ret_answer)
{
    struct memory *memory = context;
    memory->requests++;
    memory->remembered +=
        strcasestr(request->head, "cookie") != NULL || strcasestr(request->head, "referer") != NULL;
    *ret_answer = (struct http_peer_answer){
        .status = "200 OK",
        .headers = "Set-Cookie: who=kiosk; Path=/\r\nAlt-Svc: h2=\":1\"; ma=9999\r\n"
                   "Strict-Transport-Security: max-age=9999\r\n",
        .body = "{}",
        .body_length = 2};
}

static void test_nothing_is_remembered(void **state)
{
    (void)state;
    struct memory memory = {0};
    struct http_peer *peer = http_peer_start(set_cookies, &memory);
    struct http *http = client(http_peer_url(peer));
    for (int i = 0; i < 3; i++) {
        struct http_request request = {.kind = HTTP_MANIFEST, .path = "/x"};
        struct http_call *call = http_run(http, &request, NULL);
        assert_int_equal(http_response(call)->result, HTTP_ANSWERED);
        http_drop(http, call);
    }
    http_destroy(http);
    http_peer_stop(peer);
    assert_int_equal(memory.requests, 3);
    assert_int_equal(memory.remembered, 0);
}

static void test_proxies_are_ignored(void **state)
{
    (void)state;
    static const char *const names[] = {"http_proxy", "https_proxy", "HTTPS_PROXY", "ALL_PROXY",
                                        "all_proxy"};
    struct memory direct = {0};
    struct memory proxied = {0};
    struct http_peer *peer = http_peer_start(set_cookies, &direct);
    struct http_peer *proxy = http_peer_start(set_cookies, &proxied);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        setenv(names[i], http_peer_url(proxy), 1);
    struct http *http = client(http_peer_url(peer));
    struct http_request request = {.kind = HTTP_MANIFEST, .path = "/x"};
    http_drop(http, http_run(http, &request, NULL));
    http_destroy(http);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unsetenv(names[i]);
    http_peer_stop(peer);
    http_peer_stop(proxy);
    assert_int_equal(direct.requests, 1);
    assert_int_equal(proxied.requests, 0);
}

// ---- a name server that is silent

static sem_t asked_for_name;
static sem_t name_server_speaks;

int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
                struct addrinfo **ret_list)
{
    (void)node, (void)service, (void)hints, (void)ret_list;
    sem_post(&asked_for_name);
    sem_wait(&name_server_speaks);
    return EAI_AGAIN;
}

static void test_a_silent_name_server_holds_nothing_up(void **state)
{
    (void)state;
    sem_init(&asked_for_name, 0, 0);
    sem_init(&name_server_speaks, 0, 0);
    struct http *http = client("https://navigator.example");
    struct http_request request = {.kind = HTTP_CERTIFICATE, .path = "/x", .limit_ms = 300};
    int64_t begun_ms = clock_ms();
    struct http_call *call = http_run(http, &request, NULL);
    assert_int_equal(http_response(call)->result, HTTP_UNREACHABLE);
    assert_string_equal(http_response(call)->problem, "its name wasn't found in time (DNS)");
    http_drop(http, call);
    struct http_call *unended = http_start(http, &request);
    http_drop(http, unended); // given up while the name is still asked for
    http_destroy(http);
    assert_true(clock_ms() - begun_ms < 300 + SLACK_MS);
    for (int i = 0; i < 2; i++) {
        sem_wait(&asked_for_name); // it was really asked, and really silent until now
        sem_post(&name_server_speaks);
    }
}

int main(void)
{
    alarm(60); // a call that never ends must not hang the test
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_silent_name_server_holds_nothing_up),
        cmocka_unit_test(test_each_trick_ends),
        cmocka_unit_test(test_a_smuggled_answer_is_left_behind),
        cmocka_unit_test(test_nothing_is_remembered),
        cmocka_unit_test(test_proxies_are_ignored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
