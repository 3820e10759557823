// What a navigator under load may ask of its terminals: Retry-After, sense and nonsense. The time
// is the test's own, the exchanges are real.
#include "navigator/live.h"
#include "tests/support/http_peer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct scene {
    const char *status;
    const char *headers;
    atomic_uint requests; // written by the peer
    struct link_report last;
    unsigned reports;
};

static void play(void *context, const struct http_peer_request *request,
                 struct http_peer_answer *ret_answer)
{
    struct scene *scene = context;
    (void)request;
    scene->requests++;
    *ret_answer = (struct http_peer_answer){
        .status = scene->status, .headers = scene->headers, .body = "{}", .body_length = 2};
}

static void keep(void *context, const struct link_report *report)
{
    struct scene *scene = context;
    scene->last = *report;
    scene->reports++;
}

static const struct link_request check = {
    .kind = LINK_CHECK_CERTIFICATE, .id = 7, .certificate.number = "6700123456"};
static const struct link_request enroll = {
    .kind = LINK_CREATE_ENROLLMENT, .id = 8, .enrollment = {.groups = {"g1"}, .group_count = 1}};

static void ask(struct live *live, struct scene *scene, const struct link_request *request,
                int64_t now_ms)
{
    unsigned reports = scene->reports;
    live_ask(live, request, now_ms);
    while (scene->reports == reports) {
        struct http_call *call = http_next_ended(live->http);
        if (call != NULL)
            assert_int_not_equal(live_take(live, call, now_ms), LIVE_NOT_MINE);
        else
            http_wait(live->http, NULL, 0, 1000);
    }
    assert_int_equal(scene->reports, reports + 1);
}

static struct http *client(const struct http_peer *peer)
{
    char error[HTTP_ERROR_BYTES] = "";
    struct http_origin origin = {.url = http_peer_url(peer)};
    struct http *http = http_create(&origin, error);
    assert_non_null(http);
    return http;
}

#define PROBLEM "Content-Type: application/problem+json\r\n"

static const struct {
    const char *headers;
    int32_t seconds;
} limits[] = {
    {PROBLEM "Retry-After: 90\r\n", 90},
    {PROBLEM "Retry-After: 0\r\n", 0},
    {PROBLEM "Retry-After: -90\r\n", 0},
    {PROBLEM "Retry-After: 99999999999999999999\r\n", HTTP_RETRY_AFTER_MAX_S},
    {PROBLEM "Retry-After: 86401\r\n", HTTP_RETRY_AFTER_MAX_S},
    {PROBLEM "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n", 0},
    {PROBLEM "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT\r\n", HTTP_RETRY_AFTER_MAX_S},
    {PROBLEM "Retry-After: soon\r\n", 0},
    {PROBLEM "Retry-After: 1e9\r\n", 0},
    {PROBLEM "Retry-After: 5\r\nRetry-After: 7\r\n", 7},
    {PROBLEM, 0},
};

static void test_a_limit_reaches_the_visitor(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct scene scene = {.status = "429 Too Many", .headers = limits[i].headers};
        struct http_peer *peer = http_peer_start(play, &scene);
        struct live live;
        struct config config = {0};
        live_init(&live, client(peer), &config, keep, &scene);
        ask(&live, &scene, &check, 1000);
        assert_int_equal(scene.last.certificate.status, ANSWER_LIMITED);
        if (scene.last.certificate.retry_after_s != limits[i].seconds)
            fail_msg("%s: found %d s", limits[i].headers, scene.last.certificate.retry_after_s);
        ask(&live, &scene, &check, 1001); // another number may be within its limits
        live_finish(&live);
        http_destroy(live.http);
        http_peer_stop(peer);
        assert_int_equal(scene.requests, 2);
    }
}

static const struct {
    const char *status;
    const char *headers;
    int64_t quiet_ms;
} quiets[] = {
    {"503 Busy", PROBLEM "Retry-After: 20\r\n", 20000},
    {"503 Busy", "Content-Type: text/html\r\nRetry-After: 86400\r\n", 1000LL * LIVE_QUIET_MAX_S},
    {"503 Busy", PROBLEM, 0},
    {"503 Busy", PROBLEM "Retry-After: -1\r\n", 0},
    {"500 Broken", PROBLEM "Retry-After: 20\r\n", 0},
};

static void test_quiet_is_kept(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof quiets / sizeof *quiets; i++) {
        struct scene scene = {.status = quiets[i].status, .headers = quiets[i].headers};
        struct http_peer *peer = http_peer_start(play, &scene);
        struct live live;
        struct config config = {0};
        live_init(&live, client(peer), &config, keep, &scene);
        ask(&live, &scene, &check, 1000);
        assert_int_equal(scene.last.certificate.status, ANSWER_UNAVAILABLE);
        for (int64_t after_ms = 0; after_ms < quiets[i].quiet_ms; after_ms += 999) {
            ask(&live, &scene, after_ms % 2 ? &check : &enroll, 1000 + after_ms);
            assert_int_equal(scene.requests, 1);
        }
        ask(&live, &scene, &check, 1000 + quiets[i].quiet_ms);
        live_finish(&live);
        http_destroy(live.http);
        http_peer_stop(peer);
        assert_int_equal(scene.requests, 2);
    }
}

// An enrollment waits as long as it is asked to, if that is within its limit.
static void test_an_enrollment_is_tried_again_when_asked(void **state)
{
    (void)state;
    struct scene scene = {.status = "503 Busy", .headers = PROBLEM "Retry-After: 2\r\n"};
    struct http_peer *peer = http_peer_start(play, &scene);
    struct live live;
    struct config config = {0};
    struct http_call *call = NULL;
    live_init(&live, client(peer), &config, keep, &scene);
    live_ask(&live, &enroll, 1000);
    for (unsigned tries = 1; tries <= 2; tries++) {
        while ((call = http_next_ended(live.http)) == NULL)
            http_wait(live.http, NULL, 0, 1000);
        assert_int_equal(live_take(&live, call, 1000 + 2000 * (tries - 1)), LIVE_REACHED);
        assert_int_equal(live_next_ms(&live), 1000 + 2000 * tries);
        live_tick(&live, live_next_ms(&live) - 1);
        assert_int_equal(scene.requests, tries);
        live_tick(&live, live_next_ms(&live));
    }
    while ((call = http_next_ended(live.http)) == NULL)
        http_wait(live.http, NULL, 0, 1000);
    assert_int_equal(scene.reports, 0);
    live_take(&live, call, 1000 + 2000 + 2000); // a fourth would come behind the limit
    assert_int_equal(scene.reports, 1);
    assert_int_equal(scene.requests, 3);
    assert_int_equal(scene.last.enrollment.status, ANSWER_UNAVAILABLE);
    live_finish(&live);
    http_destroy(live.http);
    http_peer_stop(peer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_limit_reaches_the_visitor),
        cmocka_unit_test(test_quiet_is_kept),
        cmocka_unit_test(test_an_enrollment_is_tried_again_when_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
