// The worker against a peer of its own: a link that comes, answers, dies and comes back.
#include "device/mailbox.h"
#include "device/worker.h"
#include "message/socket.h"
#include "message/wire.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { LIMIT_MS = 20000 };

struct room {
    char dir[64];
    char socket_path[96];
    int listener;
    struct worker *worker;
};

static int woken_fd;

static void wake(void)
{
    uint64_t one = 1;
    assert_int_equal(write(woken_fd, &one, sizeof one), sizeof one);
}

static int setup(void **state)
{
    static const char *const arguments[] = {"/nonexistent/navigator-link", NULL};
    struct room *room = calloc(1, sizeof *room);
    snprintf(room->dir, sizeof room->dir, "/tmp/worker-XXXXXX");
    assert_non_null(mkdtemp(room->dir));
    snprintf(room->socket_path, sizeof room->socket_path, "%s/link.sock", room->dir);
    room->listener = socket_listen(room->socket_path);
    assert_true(room->listener >= 0);
    woken_fd = eventfd(0, 0);
    room->worker = worker_create(&(struct worker_options){.data_dir = room->dir,
                                                          .link_socket = room->socket_path,
                                                          .link_arguments = arguments,
                                                          .wake = wake});
    *state = room;
    return 0;
}

static int teardown(void **state)
{
    static const char *const kept[] = {"tries", PIN_FILE, PIN_TRIES_FILE, SETTINGS_FILE};
    struct room *room = *state;
    worker_destroy(room->worker);
    close(room->listener);
    close(woken_fd);
    unlink(room->socket_path);
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", room->dir, kept[i]);
        unlink(path);
    }
    rmdir(room->dir);
    free(room);
    return 0;
}

static int accept_link(const struct room *room)
{
    struct pollfd coming = {.fd = room->listener, .events = POLLIN};
    assert_int_equal(poll(&coming, 1, LIMIT_MS), 1);
    int fd = accept(room->listener, NULL, NULL);
    assert_true(fd >= 0);
    return fd;
}

static void await_any(struct room *room, struct msg *ret_msg)
{
    struct pollfd woken = {.fd = woken_fd, .events = POLLIN};
    while (!worker_take(room->worker, ret_msg)) {
        uint64_t times;
        assert_int_equal(poll(&woken, 1, LIMIT_MS), 1);
        assert_int_equal(read(woken_fd, &times, sizeof times), sizeof times);
    }
}

// What the worker tells of itself once after its start is asked for by name.
static void await(struct room *room, struct msg *ret_msg)
{
    do
        await_any(room, ret_msg);
    while (ret_msg->kind == MSG_SETTINGS || ret_msg->kind == MSG_PIN);
}

static void await_kind(struct room *room, enum msg_kind kind, struct msg *ret_msg)
{
    do
        await_any(room, ret_msg);
    while (ret_msg->kind != kind);
}

static void send_state(int fd, uint64_t serial)
{
    unsigned char frame[WIRE_FRAME_BYTES];
    struct link_report report = {.kind = LINK_STATE};
    report.state.serial = serial;
    size_t length = wire_pack_report(&report, frame);
    assert_int_equal(send(fd, frame, length, 0), length);
}

static void a_link_that_dies_is_found_again(void **state)
{
    struct room *room = *state;
    struct msg msg;
    int fd = accept_link(room);
    send_state(fd, 41);
    await(room, &msg);
    assert_int_equal(msg.kind, MSG_LINK_REPORT);
    assert_int_equal(msg.report.state.serial, 41);
    close(fd);
    await(room, &msg);
    assert_int_equal(msg.kind, MSG_LINK_LOST);
    fd = accept_link(room);
    send_state(fd, 42);
    await(room, &msg);
    assert_int_equal(msg.report.state.serial, 42);
    close(fd);
}

static void garbage_closes_the_link(void **state)
{
    struct room *room = *state;
    struct msg msg;
    int fd = accept_link(room);
    assert_int_equal(send(fd, "\x05\0\0\0hello", 9, 0), 9);
    await(room, &msg);
    assert_int_equal(msg.kind, MSG_LINK_LOST);
    char byte;
    assert_true(recv(fd, &byte, 1, 0) <= 0);
    close(fd);
}

static void requests_reach_the_link_or_come_back(void **state)
{
    struct room *room = *state;
    struct msg msg;
    int fd = accept_link(room);
    send_state(fd, 1);
    await(room, &msg);
    struct effect effect = {.kind = EFFECT_LINK_REQUEST};
    effect.request.kind = LINK_CHECK_CERTIFICATE;
    effect.request.id = 7;
    snprintf(effect.request.certificate.number, sizeof effect.request.certificate.number,
             "5700123456");
    assert_true(worker_ask(room->worker, &effect));
    struct wire *wire = calloc(1, sizeof *wire);
    wire_init(wire, fd);
    const unsigned char *payload = NULL;
    size_t length = 0;
    struct pollfd coming = {.fd = fd, .events = POLLIN};
    while (wire_receive(wire, &payload, &length) == WIRE_WAIT)
        assert_int_equal(poll(&coming, 1, LIMIT_MS), 1);
    struct link_request request;
    assert_true(wire_unpack_request(payload, length, &request));
    assert_int_equal(request.id, 7);
    assert_string_equal(request.certificate.number, "5700123456");
    wire_finish(wire);
    free(wire);
    await(room, &msg);
    assert_int_equal(msg.kind, MSG_LINK_LOST);
    assert_true(worker_ask(room->worker, &effect));
    await(room, &msg);
    assert_int_equal(msg.kind, MSG_LINK_LOST);
}

static void a_catalogue_that_is_not_there_is_told(void **state)
{
    struct room *room = *state;
    struct msg msg;
    struct effect effect = {.kind = EFFECT_LOAD_CATALOG, .serial = 5};
    assert_true(worker_ask(room->worker, &effect));
    await(room, &msg);
    assert_int_equal(msg.kind, MSG_CATALOG_FAILED);
}

static void tries_outlive_a_restart(void **state)
{
    struct room *room = *state;
    struct msg msg;
    struct effect keep = {.kind = EFFECT_KEEP_TRIES, .tries = {{600000, 17, 0, 1, 2}}};
    struct effect load = {.kind = EFFECT_LOAD_CATALOG, .serial = 5};
    assert_true(worker_ask(room->worker, &keep));
    assert_true(worker_ask(room->worker, &load)); // answered after it
    await(room, &msg);
    assert_int_equal(msg.kind, MSG_CATALOG_FAILED);
    worker_destroy(room->worker);
    static const char *const arguments[] = {"/nonexistent/navigator-link", NULL};
    room->worker = worker_create(&(struct worker_options){.data_dir = room->dir,
                                                          .link_socket = room->socket_path,
                                                          .link_arguments = arguments,
                                                          .wake = wake});
    await(room, &msg);
    assert_int_equal(msg.kind, MSG_TRIES);
    assert_memory_equal(&msg.tries, &keep.tries, sizeof keep.tries);
    char path[128];
    snprintf(path, sizeof path, "%s/tries", room->dir);
    struct stat info;
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
}

static struct pin_answer ask_pin(struct room *room, enum pin_question_kind kind, uint32_t id,
                                 const char *digits)
{
    struct msg msg;
    struct effect effect = {.kind = EFFECT_PIN, .pin = {.kind = kind, .id = id}};
    snprintf(effect.pin.digits, sizeof effect.pin.digits, "%s", digits);
    assert_true(worker_ask(room->worker, &effect));
    await_kind(room, MSG_PIN, &msg);
    assert_int_equal(msg.pin.id, id);
    return msg.pin;
}

static void a_pin_is_set_and_compared(void **state)
{
    struct room *room = *state;
    struct msg msg;
    await_kind(room, MSG_PIN, &msg); // after the start
    assert_int_equal(msg.pin.verdict, PIN_UNSET);
    assert_int_equal(msg.pin.id, 0);
    assert_int_equal(ask_pin(room, PIN_SET, 3, "270904").verdict, PIN_RIGHT);
    assert_int_equal(ask_pin(room, PIN_LOOK, 4, "").verdict, PIN_WRONG);
    struct pin_answer wrong = ask_pin(room, PIN_TRY, 5, "270905");
    assert_int_equal(wrong.verdict, PIN_WRONG);
    assert_int_equal(wrong.tries_left, PIN_TRIES - 1);
    assert_int_equal(ask_pin(room, PIN_TRY, 6, "270904").verdict, PIN_RIGHT);
}

static void settings_outlive_a_restart(void **state)
{
    struct room *room = *state;
    struct msg msg;
    struct effect keep = {.kind = EFFECT_KEEP_SETTINGS, .settings = settings_default()};
    await_kind(room, MSG_SETTINGS, &msg);
    assert_memory_equal(&msg.settings.kept, &keep.settings, sizeof keep.settings);
    keep.settings.idle_s = 45;
    assert_true(worker_ask(room->worker, &keep));
    worker_destroy(room->worker);
    static const char *const arguments[] = {"/nonexistent/navigator-link", NULL};
    room->worker = worker_create(&(struct worker_options){.data_dir = room->dir,
                                                          .link_socket = room->socket_path,
                                                          .link_arguments = arguments,
                                                          .wake = wake});
    await_kind(room, MSG_SETTINGS, &msg);
    assert_memory_equal(&msg.settings.kept, &keep.settings, sizeof keep.settings);
}

static void a_full_mailbox_refuses_and_clears(void **state)
{
    (void)state;
    struct mailbox *mailbox = mailbox_create(sizeof(int), 2);
    int item = 1;
    assert_true(mailbox_put(mailbox, &item));
    item = 2;
    assert_true(mailbox_deliver(mailbox, &item));
    assert_false(mailbox_put(mailbox, &item));
    assert_true(mailbox_take(mailbox, &item));
    assert_int_equal(item, 1);
    item = 3;
    assert_true(mailbox_put(mailbox, &item));
    assert_true(mailbox_take(mailbox, &item));
    assert_true(mailbox_take(mailbox, &item));
    assert_int_equal(item, 3);
    assert_false(mailbox_take(mailbox, &item));
    mailbox_close(mailbox);
    assert_false(mailbox_deliver(mailbox, &item));
    mailbox_destroy(mailbox);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_link_that_dies_is_found_again, setup, teardown),
        cmocka_unit_test_setup_teardown(garbage_closes_the_link, setup, teardown),
        cmocka_unit_test_setup_teardown(requests_reach_the_link_or_come_back, setup, teardown),
        cmocka_unit_test_setup_teardown(a_catalogue_that_is_not_there_is_told, setup, teardown),
        cmocka_unit_test_setup_teardown(tries_outlive_a_restart, setup, teardown),
        cmocka_unit_test_setup_teardown(a_pin_is_set_and_compared, setup, teardown),
        cmocka_unit_test_setup_teardown(settings_outlive_a_restart, setup, teardown),
        cmocka_unit_test(a_full_mailbox_refuses_and_clears),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
