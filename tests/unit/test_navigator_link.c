// The whole link on one end of a socket pair, a small navigator behind it, the test as its kiosk.
#include "message/wire.h"
#include "navigator/link.h"
#include "navigator/token.h"
#include "tests/support/feed_peer.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define TWO_LINES                                                                                  \
    "{\"op\":\"put\",\"type\":\"program\",\"id\":\"p1\",\"title\":\"Хор\"}\n"                   \
    "{\"op\":\"put\",\"type\":\"program\",\"id\":\"p2\",\"title\":\"Лепка\"}\n"
#define JSON    "Content-Type: application/json\r\n"
#define PROBLEM "Content-Type: application/problem+json\r\n"
#define HTML    "Content-Type: text/html\r\n"
#define LOCKED                                                                                     \
    "{\"kind\":\"funded\",\"status\":\"active\",\"unit\":\"RUB\",\"balance\":300000,"              \
    "\"details\":\"locked\"}"
#define ENROLLED(host)                                                                             \
    "{\"code\":\"K7-42-X9\",\"url\":\"https://" host "/k/K7-42-X9\","                              \
    "\"expires_at\":\"2026-11-23T10:00:00Z\"}"

enum { PATIENCE_MS = 20000, FAR_AHEAD = 2000000000 };

struct scene {
    struct feed_peer *peer;
    struct config config;
    struct link_options options;
    struct wire wire; // the kiosk's end
    pthread_t thread;
    int code;
};

static void *run_link(void *argument)
{
    struct scene *scene = argument;
    scene->code = link_run(&scene->options);
    return NULL;
}

static void start_link(struct scene *scene)
{
    int fds[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), 0);
    wire_init(&scene->wire, fds[0]);
    scene->options = (struct link_options){
        .config = &scene->config, .token = "t0ken", .meeting = {.kiosk = fds[1], .listener = -1}};
    assert_int_equal(pthread_create(&scene->thread, NULL, run_link, scene), 0);
}

static int set_up(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    char dir[] = "/tmp/navigator-test-XXXXXX";
    assert_non_null(mkdtemp(dir));
    scene->peer = feed_peer_start();
    feed_peer_publish(scene->peer, 5, TWO_LINES, 2, FAR_AHEAD);
    struct config *config = &scene->config;
    snprintf(config->data_dir, sizeof config->data_dir, "%s", dir);
    snprintf(config->navigator_url, sizeof config->navigator_url, "%s", feed_peer_url(scene->peer));
    snprintf(config->feed_keys[0], sizeof config->feed_keys[0], "%s",
             strchr(feed_peer_key(scene->peer), '\n') + 1);
    config->feed_key_count = 1;
    config->poll_s = 300;
    snprintf(config->enroll_hosts[0], sizeof config->enroll_hosts[0], "hub.example");
    config->enroll_host_count = 1;
    *state = scene;
    return 0;
}

// The kiosk's going ends the link, whatever it was doing.
static int tear_down(void **state)
{
    struct scene *scene = *state;
    char path[CONFIG_PATH_BYTES + 300];
    wire_finish(&scene->wire);
    pthread_join(scene->thread, NULL);
    feed_peer_stop(scene->peer);
    DIR *dir = opendir(scene->config.data_dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        snprintf(path, sizeof path, "%s/%s", scene->config.data_dir, entry->d_name);
        unlink(path);
    }
    closedir(dir);
    rmdir(scene->config.data_dir);
    int code = scene->code;
    free(scene);
    return code;
}

static void ask(struct scene *scene, const struct link_request *request)
{
    unsigned char frame[WIRE_FRAME_BYTES];
    assert_true(wire_send(&scene->wire, frame, wire_pack_request(request, frame)));
}

static void await_any(struct scene *scene, struct link_report *ret_report)
{
    const unsigned char *payload = NULL;
    size_t length = 0;
    enum wire_result result;
    while ((result = wire_receive(&scene->wire, &payload, &length)) == WIRE_WAIT) {
        struct pollfd wait = {.fd = scene->wire.fd, .events = POLLIN};
        assert_int_equal(poll(&wait, 1, PATIENCE_MS), 1);
    }
    assert_int_equal(result, WIRE_FRAME);
    assert_true(wire_unpack_report(payload, length, ret_report));
}

static void await(struct scene *scene, enum link_report_kind kind, struct link_report *ret_report)
{
    do
        await_any(scene, ret_report);
    while (ret_report->kind != kind);
}

static struct http_peer_answer answer(const char *status, const char *headers, const char *body)
{
    return (struct http_peer_answer){
        .status = status, .headers = headers, .body = body, .body_length = strlen(body)};
}

static const struct link_request check = {
    .kind = LINK_CHECK_CERTIFICATE, .id = 7, .certificate.number = "6700123456"};
static const struct link_request enroll = {
    .kind = LINK_CREATE_ENROLLMENT, .id = 8, .enrollment = {.groups = {"g1"}, .group_count = 1}};

static void test_catalogue_arrives(void **state)
{
    struct scene *scene = *state;
    struct link_report report;
    start_link(scene);
    await_any(scene, &report);
    assert_int_equal(report.kind, LINK_STATE);
    assert_false(report.state.online);
    do
        await(scene, LINK_STATE, &report);
    while (report.state.serial != 5);
    assert_true(report.state.online);
    assert_false(report.state.syncing);
    assert_true(report.state.last_contact_s > 1700000000);
    await_any(scene, &report);
    assert_int_equal(report.kind, LINK_CATALOG_READY);
    assert_int_equal(report.serial, 5);
}

static enum answer_status check_against(struct scene *scene, const char *status,
                                        const char *headers, const char *body,
                                        struct link_report *report)
{
    struct http_peer_answer scripted = answer(status, headers, body);
    feed_peer_answer(scene->peer, &scripted);
    ask(scene, &check);
    await(scene, LINK_CERTIFICATE_ANSWER, report);
    assert_int_equal(report->id, 7);
    return report->certificate.status;
}

static void test_certificate_answers(void **state)
{
    struct scene *scene = *state;
    struct link_report report;
    start_link(scene);
    assert_int_equal(check_against(scene, "200 OK", JSON, LOCKED, &report), ANSWER_OK);
    assert_int_equal(report.certificate.certificate.balance, 300000);
    assert_int_equal(check_against(scene, "404 Not Found", PROBLEM, "{}", &report),
                     ANSWER_NOT_FOUND);
    assert_int_equal(check_against(scene, "404 Not Found", HTML, "<p>", &report),
                     ANSWER_UNAVAILABLE);
    assert_int_equal(
        check_against(scene, "429 Slow Down", PROBLEM "Retry-After: 600\r\n", "{}", &report),
        ANSWER_LIMITED);
    assert_int_equal(report.certificate.retry_after_s, 600);
    assert_int_equal(check_against(scene, "500 Oops", JSON, "{}", &report), ANSWER_UNAVAILABLE);
    assert_int_equal(check_against(scene, "200 OK", HTML, "<p>", &report), ANSWER_UNAVAILABLE);
    assert_int_equal(check_against(scene, "200 OK", JSON, "{\"kind\":\"x\"}", &report),
                     ANSWER_UNAVAILABLE);
    assert_int_equal(
        check_against(scene, "302 Found", "Location: http://127.0.0.1/\r\n", "", &report),
        ANSWER_UNAVAILABLE);
    struct feed_peer_seen seen = feed_peer_seen(scene->peer);
    assert_string_equal(seen.last_path, "/v1/certificates/check");
    assert_string_equal(seen.last_body, "{\"number\":\"6700123456\"}");
    assert_false(seen.number_in_path);
}

static void test_enrollment_answers(void **state)
{
    struct scene *scene = *state;
    struct link_report report;
    struct http_peer_answer good = answer("200 OK", JSON, ENROLLED("hub.example"));
    struct http_peer_answer elsewhere = answer("200 OK", JSON, ENROLLED("evil.example"));
    start_link(scene);
    feed_peer_answer(scene->peer, &good);
    ask(scene, &enroll);
    await(scene, LINK_ENROLLMENT_ANSWER, &report);
    assert_int_equal(report.enrollment.status, ANSWER_OK);
    assert_string_equal(report.enrollment.code, "K7-42-X9");
    feed_peer_answer(scene->peer, &elsewhere);
    ask(scene, &enroll);
    await(scene, LINK_ENROLLMENT_ANSWER, &report);
    assert_int_equal(report.enrollment.status, ANSWER_UNAVAILABLE);
    assert_string_equal(report.enrollment.url, "");
}

static void test_enrollment_is_tried_again_with_the_same_key(void **state)
{
    struct scene *scene = *state;
    struct link_report report;
    struct http_peer_answer bad = answer("503 Busy", NULL, "");
    struct http_peer_answer good = answer("200 OK", JSON, ENROLLED("hub.example"));
    start_link(scene);
    feed_peer_answer(scene->peer, &bad);
    ask(scene, &enroll);
    struct feed_peer_seen first = {0};
    while (first.posts == 0)
        first = feed_peer_seen(scene->peer);
    feed_peer_answer(scene->peer, &good);
    await(scene, LINK_ENROLLMENT_ANSWER, &report);
    assert_int_equal(report.enrollment.status, ANSWER_OK);
    struct feed_peer_seen last = feed_peer_seen(scene->peer);
    assert_true(last.posts > first.posts);
    assert_int_equal(strlen(last.last_key), 32);
    assert_string_equal(last.last_key, first.last_key);
}

static void test_nobody_waits_behind_a_download(void **state)
{
    struct scene *scene = *state;
    struct link_report report;
    feed_peer_trick(scene->peer, FEED_PEER_HELD);
    start_link(scene);
    while (feed_peer_seen(scene->peer).files == 0)
        poll(NULL, 0, 1);
    assert_int_equal(check_against(scene, "200 OK", JSON, LOCKED, &report), ANSWER_OK);
}

static void test_cancelled_question_is_never_answered(void **state)
{
    struct scene *scene = *state;
    struct link_report report;
    struct http_peer_answer silence = {.hold = true};
    start_link(scene);
    feed_peer_answer(scene->peer, &silence);
    struct link_request forgotten = check;
    struct link_request cancel = {.kind = LINK_CANCEL, .id = 99};
    forgotten.id = 99;
    ask(scene, &forgotten);
    while (feed_peer_seen(scene->peer).posts == 0)
        poll(NULL, 0, 1);
    ask(scene, &cancel);
    assert_int_equal(check_against(scene, "200 OK", JSON, LOCKED, &report), ANSWER_OK);
}

static void test_too_many_questions_are_answered_at_once(void **state)
{
    struct scene *scene = *state;
    struct link_report report;
    struct http_peer_answer silence = {.hold = true};
    start_link(scene);
    feed_peer_answer(scene->peer, &silence);
    for (uint32_t id = 1; id <= 5; id++) {
        struct link_request request = check;
        request.id = id;
        ask(scene, &request);
    }
    await(scene, LINK_CERTIFICATE_ANSWER, &report);
    assert_int_equal(report.id, 5);
    assert_int_equal(report.certificate.status, ANSWER_UNAVAILABLE);
}

static void test_without_a_navigator_all_is_unavailable(void **state)
{
    struct scene *scene = *state;
    struct link_report report;
    scene->config.navigator_url[0] = '\0';
    start_link(scene);
    ask(scene, &check);
    await(scene, LINK_CERTIFICATE_ANSWER, &report);
    assert_int_equal(report.certificate.status, ANSWER_UNAVAILABLE);
    ask(scene, &enroll);
    await(scene, LINK_ENROLLMENT_ANSWER, &report);
    assert_int_equal(report.enrollment.status, ANSWER_UNAVAILABLE);
}

static void test_events_are_posted(void **state)
{
    struct scene *scene = *state;
    struct http_peer_answer good = answer("200 OK", JSON, "{\"accepted\":1}");
    struct link_request event = {.kind = LINK_EVENT,
                                 .event = {.kind = EVENT_QR_SHOWN, .detail = "p1"}};
    feed_peer_answer(scene->peer, &good);
    start_link(scene);
    ask(scene, &event);
    while (feed_peer_seen(scene->peer).posts == 0)
        poll(NULL, 0, 1);
    struct feed_peer_seen seen = feed_peer_seen(scene->peer);
    assert_string_equal(seen.last_path, "/v1/events");
    assert_non_null(strstr(seen.last_body, "\"kind\":\"qr_shown\""));
    assert_non_null(strstr(seen.last_body, "\"detail\":\"p1\""));
}

static void test_a_bad_frame_ends_the_connection(void **state)
{
    struct scene *scene = *state;
    static const unsigned char nonsense[] = {3, 0, 0, 0, 'a', 'b', 'c'};
    start_link(scene);
    assert_true(wire_send(&scene->wire, nonsense, sizeof nonsense));
    const unsigned char *payload = NULL;
    size_t length = 0;
    enum wire_result result;
    while ((result = wire_receive(&scene->wire, &payload, &length)) != WIRE_CLOSED) {
        struct pollfd wait = {.fd = scene->wire.fd, .events = POLLIN};
        if (result == WIRE_WAIT)
            assert_int_equal(poll(&wait, 1, PATIENCE_MS), 1);
    }
}

// A report that cannot be sent must be noticed like an end, or the link would sleep on without it.
static void test_a_deaf_kiosk_ends_the_connection(void **state)
{
    struct scene *scene = *state;
    start_link(scene);
    assert_int_equal(shutdown(scene->wire.fd, SHUT_RD), 0);
    ask(scene, &check);
    struct pollfd closed = {.fd = scene->wire.fd};
    assert_int_equal(poll(&closed, 1, PATIENCE_MS), 1);
    assert_true((closed.revents & POLLHUP) != 0);
}

static void test_token_file(void **state)
{
    (void)state;
    char path[] = "/tmp/navigator-token-XXXXXX";
    char token[HTTP_TOKEN_BYTES] = "";
    char error[TOKEN_ERROR_BYTES] = "";
    int fd = mkstemp(path);
    assert_int_equal(write(fd, "abc-123\n", 8), 8);
    assert_true(token_read(path, token, error));
    assert_string_equal(token, "abc-123");
    assert_int_equal(fchmod(fd, 0644), 0);
    assert_false(token_read(path, token, error));
    assert_non_null(strstr(error, "found mode 0644, expected 0600"));
    assert_int_equal(fchmod(fd, 0600), 0);
    assert_int_equal(write(fd, "two words", 9), 9);
    assert_false(token_read(path, token, error));
    close(fd);
    unlink(path);
    assert_true(token_read(path, token, error));
    assert_string_equal(token, "");
}

static void test_secrets_handed_over(void **state)
{
    (void)state;
    char path[CONFIG_PATH_BYTES] = "/etc/navigator-kiosk/secrets/token";
    char none[CONFIG_PATH_BYTES] = "";
    unsetenv("CREDENTIALS_DIRECTORY");
    secret_find(path);
    assert_string_equal(path, "/etc/navigator-kiosk/secrets/token");
    setenv("CREDENTIALS_DIRECTORY", "/run/credentials/link", 1);
    secret_find(path);
    secret_find(none);
    assert_string_equal(path, "/run/credentials/link/secrets_token");
    assert_string_equal(none, "");
    unsetenv("CREDENTIALS_DIRECTORY");
}

#define SCENE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCENE(test_catalogue_arrives),
        SCENE(test_certificate_answers),
        SCENE(test_enrollment_answers),
        SCENE(test_enrollment_is_tried_again_with_the_same_key),
        SCENE(test_nobody_waits_behind_a_download),
        SCENE(test_cancelled_question_is_never_answered),
        SCENE(test_too_many_questions_are_answered_at_once),
        SCENE(test_without_a_navigator_all_is_unavailable),
        SCENE(test_events_are_posted),
        SCENE(test_a_bad_frame_ends_the_connection),
        SCENE(test_a_deaf_kiosk_ends_the_connection),
        cmocka_unit_test(test_token_file),
        cmocka_unit_test(test_secrets_handed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
