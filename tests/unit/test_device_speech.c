// The voice without a server, and with one that takes the connection or an order and is silent:
// who asks never waits, and the end comes in time.
#include "device/speech.h"
#include "message/socket.h"

#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { LIMIT_MS = 20000, END_MS = 2000, ORDERS = 1000, ASKED_MS = 500 };

struct room {
    struct config config;
    char path[64];
    int listener;
    struct speech_door *door;
};

static atomic_int woken;

static void wake(void)
{
    atomic_fetch_add(&woken, 1);
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int setup(void **state)
{
    char address[96];
    struct room *room = calloc(1, sizeof *room);
    room->config.speech_enabled = true;
    room->config.speech_rate = 50;
    snprintf(room->path, sizeof room->path, "/tmp/speech-%d.sock", (int)getpid());
    snprintf(address, sizeof address, "unix_socket:%s", room->path);
    setenv("SPEECHD_ADDRESS", address, 1);
    room->listener = -1;
    atomic_store(&woken, 0);
    *state = room;
    return 0;
}

static int teardown(void **state)
{
    struct room *room = *state;
    if (room->listener >= 0)
        close(room->listener);
    unlink(room->path);
    free(room);
    return 0;
}

static void start(struct room *room, bool listens)
{
    if (listens)
        room->listener = socket_listen(room->path);
    room->door = speech_create(&room->config, wake);
    assert_non_null(room->door);
}

static int accept_kiosk(const struct room *room)
{
    struct pollfd coming = {.fd = room->listener, .events = POLLIN};
    assert_int_equal(poll(&coming, 1, LIMIT_MS), 1);
    return accept(room->listener, NULL, NULL);
}

static void ask_much(struct room *room)
{
    struct speech_order order = {.language = "ru", .volume_percent = 70};
    strcpy(order.text, "Кнопка «Главная»");
    int64_t began_ms = now_ms();
    for (int i = 0; i < ORDERS; i++) {
        bool speaks;
        speech_say(room->door, &order);
        speech_hush(room->door);
        speech_take(room->door, &speaks);
    }
    speech_say(room->door, &order);
    assert_true(now_ms() - began_ms < ASKED_MS);
}

static void end(struct room *room)
{
    int64_t began_ms = now_ms();
    speech_destroy(room->door);
    assert_true(now_ms() - began_ms < END_MS);
}

// Answers «well» to everything until the first order to speak, then never again.
static void *serve_until_spoken(void *context)
{
    int fd = *(int *)context;
    char line[1024];
    ssize_t length;
    while ((length = recv(fd, line, sizeof line - 1, 0)) > 0) {
        line[length] = '\0';
        if (strstr(line, "speak") != NULL)
            break;
        send(fd, "200 OK\r\n", 8, MSG_NOSIGNAL);
    }
    return NULL;
}

static void nobody_is_there(void **state)
{
    struct room *room = *state;
    start(room, false);
    ask_much(room);
    end(room);
    assert_int_equal(atomic_load(&woken), 0);
}

static void a_server_never_greets(void **state)
{
    struct room *room = *state;
    bool speaks;
    start(room, true);
    int fd = accept_kiosk(room);
    ask_much(room);
    assert_false(speech_take(room->door, &speaks));
    end(room);
    // The thread that was left behind ends when the connection does, and tells nobody.
    close(fd);
    assert_int_equal(atomic_load(&woken), 0);
}

static void a_server_falls_silent(void **state)
{
    struct room *room = *state;
    pthread_t server;
    bool speaks = false;
    start(room, true);
    int fd = accept_kiosk(room);
    assert_int_equal(pthread_create(&server, NULL, serve_until_spoken, &fd), 0);
    for (int64_t until_ms = now_ms() + LIMIT_MS; !speech_take(room->door, &speaks);)
        assert_true(now_ms() < until_ms);
    assert_true(speaks);
    ask_much(room);
    assert_int_equal(pthread_join(server, NULL), 0);
    ask_much(room);
    end(room);
    close(fd);
}

static void speech_is_off(void **state)
{
    struct room *room = *state;
    bool speaks;
    room->config.speech_enabled = false;
    assert_null(speech_create(&room->config, wake));
    speech_say(NULL, NULL);
    speech_hush(NULL);
    assert_false(speech_take(NULL, &speaks));
    speech_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nobody_is_there, setup, teardown),
        cmocka_unit_test_setup_teardown(a_server_never_greets, setup, teardown),
        cmocka_unit_test_setup_teardown(a_server_falls_silent, setup, teardown),
        cmocka_unit_test_setup_teardown(speech_is_off, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
