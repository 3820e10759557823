// The door to the network: what is asked, what is believed, and where each call ends.
#include "base/text.h"
#include "navigator/http.h"
#include "tests/support/http_peer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

struct scene {
    struct http_peer_answer answers[4];
    atomic_bool as_asked; // written by the peer's thread
};

static void play(void *context, const struct http_peer_request *request,
                 struct http_peer_answer *ret_answer)
{
    struct scene *scene = context;
    *ret_answer = scene->answers[request->number < 4 ? request->number : 3];
    scene->as_asked =
        http_peer_header_is(request, "User-Agent", "navigator-kiosk/" NAVIGATOR_VERSION);
    if (strcmp(request->method, "POST") == 0)
        scene->as_asked = scene->as_asked && strcmp(request->body, "{\"a\":1}") == 0 &&
                          http_peer_header_is(request, "Authorization", "Bearer t0ken") &&
                          http_peer_header_is(request, "Idempotency-Key", "key-1") &&
                          http_peer_header_is(request, "Content-Type", "application/json");
}

static struct http *client(const char *url)
{
    char error[HTTP_ERROR_BYTES] = "";
    struct http_origin origin = {.url = url, .ca_file = "", .token = "t0ken"};
    struct http *http = http_create(&origin, error);
    assert_non_null(http);
    return http;
}

// One answer, one question: what came of it.
static struct http_response ask(const struct http_peer_answer *answer, struct http_request request)
{
    struct scene scene = {.answers = {*answer, *answer, *answer, *answer}};
    struct http_peer *peer = http_peer_start(play, &scene);
    struct http *http = client(http_peer_url(peer));
    request.path = "/x";
    struct http_call *call = http_run(http, &request, NULL);
    struct http_response response = *http_response(call);
    static char body[128 * 1024];
    static char problem[HTTP_PROBLEM_BYTES];
    static struct http_headers headers;
    snprintf(problem, sizeof problem, "%s", response.problem);
    response.problem = problem;
    memcpy(body, response.body, response.length + 1);
    headers = *response.headers;
    response.body = body;
    response.headers = &headers;
    http_drop(http, call);
    http_destroy(http);
    http_peer_stop(peer);
    assert_true(scene.as_asked);
    return response;
}

static void test_answer_arrives(void **state)
{
    (void)state;
    struct http_peer_answer answer = {
        .status = "200 OK",
        .headers = "ETag: \"abc\"\r\nContent-Type: application/json; charset=utf-8\r\n",
        .body = "{\"b\":2}",
        .body_length = 7};
    struct http_response response = ask(&answer, (struct http_request){.kind = HTTP_CERTIFICATE,
                                                                       .body = "{\"a\":1}",
                                                                       .idempotency_key = "key-1"});
    assert_int_equal(response.result, HTTP_ANSWERED);
    assert_int_equal(response.status, 200);
    assert_string_equal(response.body, "{\"b\":2}");
    assert_string_equal(response.headers->etag, "\"abc\"");
    assert_int_equal(response.headers->retry_after_s, -1);
    assert_true(response.headers->json);
}

struct ending {
    struct http_peer_answer answer;
    enum http_kind kind;
    enum http_result result;
};

#define JSON "Content-Type: application/json\r\n"
static char zeros[80 * 1024];

static const struct ending endings[] = {
    {{.status = NULL}, HTTP_MANIFEST, HTTP_UNREACHABLE},
    {{.status = NULL, .hold = true}, HTTP_CERTIFICATE, HTTP_UNREACHABLE},
    {{.status = "200 OK", .headers = JSON, .body = "{}", .body_length = 2, .announced = 50},
     HTTP_CERTIFICATE,
     HTTP_UNREACHABLE},
    {{.status = "200 OK",
      .headers = JSON,
      .body = "{}",
      .body_length = 2,
      .announced = 9,
      .hold = 1},
     HTTP_CERTIFICATE,
     HTTP_UNREACHABLE},
    {{.status = "200 OK",
      .headers = "Content-Type: text/html\r\n",
      .body = "<p>",
      .body_length = 3},
     HTTP_CERTIFICATE,
     HTTP_REFUSED},
    {{.status = "200 OK",
      .headers = "Content-Type: text/html\r\n",
      .body = "<p>",
      .body_length = 3},
     HTTP_MANIFEST,
     HTTP_REFUSED},
    {{.status = "200 OK", .body = "{}", .body_length = 2}, HTTP_CERTIFICATE, HTTP_REFUSED},
    {{.status = "200 OK", .headers = JSON, .body = zeros, .body_length = sizeof zeros},
     HTTP_MANIFEST,
     HTTP_REFUSED},
    {{.status = "200 OK",
      .headers = JSON,
      .body = zeros,
      .body_length = sizeof zeros,
      .announced = SIZE_MAX},
     HTTP_CERTIFICATE,
     HTTP_REFUSED},
    {{.status = "302 Found", .headers = "Location: http://127.0.0.1:1/\r\n"},
     HTTP_MANIFEST,
     HTTP_ANSWERED},
    {{.status = "503 Slow", .headers = "Content-Type: text/html\r\n"},
     HTTP_MANIFEST,
     HTTP_ANSWERED},
};

static void test_each_ending(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct http_request request = {.kind = endings[i].kind, .limit_ms = 300};
        struct http_response response = ask(&endings[i].answer, request);
        if (response.result != endings[i].result)
            fail_msg("ending %zu: %d (%s)", i, (int)response.result, response.problem);
        assert_true((response.problem[0] == '\0') == (response.result == HTTP_ANSWERED));
    }
}

static void test_endless_headers_are_refused(void **state)
{
    (void)state;
    static char headers[4000];
    struct text text;
    text_init(&text, headers, sizeof headers);
    for (unsigned i = 0; i < 120; i++)
        text_add(&text, "X-Endless: 1\r\n");
    struct http_peer_answer answer = {.status = "200 OK", .headers = headers};
    struct http_response response = ask(&answer, (struct http_request){.kind = HTTP_MANIFEST});
    assert_int_equal(response.result, HTTP_REFUSED);
}

static struct http_response fetch_part(const char *status, const char *headers, const char *body,
                                       char *ret_file, size_t capacity)
{
    struct http_peer_answer answer = {
        .status = status, .headers = headers, .body = body, .body_length = strlen(body)};
    FILE *file = tmpfile();
    assert_non_null(file);
    assert_int_equal(write(fileno(file), "abc", 3), 3);
    struct http_request request = {
        .kind = HTTP_FEED_FILE, .file = fileno(file), .file_from = 3, .file_bytes_max = 6};
    struct http_response response = ask(&answer, request);
    ssize_t length = pread(fileno(file), ret_file, capacity - 1, 0);
    assert_true(length >= 0);
    ret_file[length] = '\0';
    fclose(file);
    return response;
}

static void test_feed_files_resume(void **state)
{
    (void)state;
    char file[64];
    struct http_response response = fetch_part(
        "206 Partial Content", "Content-Range: bytes 3-5/6\r\n", "def", file, sizeof file);
    assert_int_equal(response.result, HTTP_ANSWERED);
    assert_string_equal(file, "abcdef");
    response = fetch_part("200 OK", NULL, "ABCDEF", file, sizeof file);
    assert_int_equal(response.result, HTTP_ANSWERED);
    assert_string_equal(file, "ABCDEF");
    response = fetch_part("206 Partial Content", "Content-Range: bytes 0-5/6\r\n", "def", file,
                          sizeof file);
    assert_int_equal(response.result, HTTP_REFUSED);
    assert_string_equal(file, "abc");
    response = fetch_part("200 OK", NULL, "ABCDEFG", file, sizeof file);
    assert_int_equal(response.result, HTTP_REFUSED);
    response = fetch_part("404 Not Found", NULL, "gone", file, sizeof file);
    assert_int_equal(response.result, HTTP_ANSWERED);
    assert_int_equal(response.status, 404);
    assert_string_equal(response.body, "gone");
    assert_string_equal(file, "abc");
    response = fetch_part("200 OK", "Content-Type: text/html\r\n", "<p>", file, sizeof file);
    assert_int_equal(response.result, HTTP_REFUSED);
    assert_string_equal(file, "abc");
}

static void test_only_safe_origins(void **state)
{
    (void)state;
    static const char *const refused[] = {"http://hub.example",
                                          "ftp://hub.example",
                                          "hub.example",
                                          "",
                                          "https://user@hub.example",
                                          "https://hub.example/?a=1",
                                          "file:///etc/passwd",
                                          "http://127.0.0.1.example"};
    static const char *const taken[] = {"https://hub.example", "http://127.0.0.1:8055/",
                                        "http://localhost:1", "https://навигатор.дети/api"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        char error[HTTP_ERROR_BYTES] = "";
        struct http_origin origin = {.url = refused[i], .ca_file = "", .token = ""};
        if (http_create(&origin, error) != NULL)
            fail_msg("%s was taken", refused[i]);
        assert_non_null(strstr(error, "expected https://"));
    }
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        http_destroy(client(taken[i]));
}

static void test_calls_run_side_by_side(void **state)
{
    (void)state;
    struct http_peer_answer good = {
        .status = "200 OK", .headers = JSON, .body = "{}", .body_length = 2};
    struct scene scene = {.answers = {{.status = NULL, .hold = true}, good, good, good}};
    struct http_peer *peer = http_peer_start(play, &scene);
    struct http *http = client(http_peer_url(peer));
    struct http_request slow = {.kind = HTTP_MANIFEST, .path = "/slow"};
    struct http_request quick = {.kind = HTTP_ENROLLMENT, .path = "/quick"};
    struct http_call *waiting = http_start(http, &slow);
    while (!scene.as_asked) // the first connection was read: its silence has begun
        http_wait(http, NULL, 0, 10);
    struct http_call *call = http_start(http, &quick);
    struct http_call *ended = NULL;
    while ((ended = http_next_ended(http)) == NULL)
        http_wait(http, NULL, 0, 1000);
    assert_ptr_equal(ended, call);
    assert_int_equal(http_response(call)->result, HTTP_ANSWERED);
    http_drop(http, call);
    http_drop(http, waiting);
    http_destroy(http);
    http_peer_stop(peer);
}

static void test_retry_after(void **state)
{
    (void)state;
    enum { NOW = 784111700 }; // Sun, 06 Nov 1994 08:48:20 GMT
    static const struct {
        const char *line;
        int32_t seconds;
    } lines[] = {
        {"Retry-After: 120\r\n", 120},
        {"retry-after:0\r\n", 0},
        {"Retry-After: 99999999999999999999\r\n", HTTP_RETRY_AFTER_MAX_S},
        {"Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n", 77},
        {"Retry-After: Sun, 06 Nov 1990 08:49:37 GMT\r\n", 0},
        {"Retry-After: -5\r\n", -1},
        {"Retry-After: soon\r\n", -1},
        {"Retry-After:\r\n", -1},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct http_headers headers = {.retry_after_s = -1};
        assert_true(http_headers_take(&headers, lines[i].line, strlen(lines[i].line), NOW));
        assert_int_equal(headers.retry_after_s, lines[i].seconds);
    }
}

// Date with Age is the navigator's clock now; a POST's status tells how the token was taken.
static void test_answers_tell_of_the_navigator(void **state)
{
    (void)state;
    enum { AHEAD_S = 400, HELD_S = 50 };
    static const struct {
        const char *status;
        enum http_token token;
    } rows[] = {{"200 OK", HTTP_TOKEN_ACCEPTED},
                {"400 Bad Request", HTTP_TOKEN_ACCEPTED},
                {"401 Unauthorized", HTTP_TOKEN_REFUSED},
                {"403 Forbidden", HTTP_TOKEN_REFUSED},
                {"503 Service Unavailable", HTTP_TOKEN_UNTRIED}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char headers[256];
        char date[64];
        time_t then = time(NULL) - AHEAD_S - HELD_S;
        strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", gmtime(&then));
        snprintf(headers, sizeof headers, "Date: %s\r\nAge: %d\r\n" JSON, date, HELD_S);
        struct http_peer_answer answer = {
            .status = rows[i].status, .headers = headers, .body = "{}", .body_length = 2};
        struct scene scene = {.answers = {answer, answer, answer, answer}};
        struct http_peer *peer = http_peer_start(play, &scene);
        struct http *http = client(http_peer_url(peer));
        struct http_request request = {.kind = HTTP_MANIFEST, .path = "/x"};
        http_drop(http, http_run(http, &request, NULL));
        struct http_seen seen = http_seen(http);
        assert_true(seen.clock_known);
        assert_in_range(seen.clock_ahead_s, AHEAD_S, AHEAD_S + 3);
        assert_int_equal(seen.tls_expires_s, 0);
        assert_int_equal(seen.token, HTTP_TOKEN_UNTRIED); // the feed is open to all
        request = (struct http_request){.kind = HTTP_EVENTS, .path = "/x", .body = "{\"a\":1}"};
        http_drop(http, http_run(http, &request, NULL));
        assert_int_equal(http_seen(http).token, rows[i].token);
        http_destroy(http);
        http_peer_stop(peer);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answer_arrives),
        cmocka_unit_test(test_each_ending),
        cmocka_unit_test(test_endless_headers_are_refused),
        cmocka_unit_test(test_feed_files_resume),
        cmocka_unit_test(test_only_safe_origins),
        cmocka_unit_test(test_calls_run_side_by_side),
        cmocka_unit_test(test_retry_after),
        cmocka_unit_test(test_answers_tell_of_the_navigator),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
