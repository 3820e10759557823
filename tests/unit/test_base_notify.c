// What the supervisor hears, on a socket of the test's own.

#include "base/notify.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

static int supervise(const char *name, char *ret_path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    snprintf(ret_path, 64, "@%s-%d", name, getpid());
    size_t length = strlen(ret_path);
    memcpy(address.sun_path + 1, ret_path + 1, length - 1);
    assert_int_equal(bind(fd, (struct sockaddr *)&address,
                          (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length)),
                     0);
    return fd;
}

static void expect_heard(int fd, const char *expected)
{
    char text[64] = "";
    ssize_t length = recv(fd, text, sizeof text - 1, 0);
    assert_int_equal(length, strlen(expected));
    assert_string_equal(text, expected);
}

static void without_a_supervisor_nothing_is_said(void **state)
{
    (void)state;
    notify_init();
    notify(NOTIFY_READY);
    assert_true(notify_due_ms() == INT64_MAX);
    assert_int_equal(notify_turn(7, 1000), 1000);
}

static void a_watchdog_of_another_process_is_none(void **state)
{
    (void)state;
    setenv("WATCHDOG_USEC", "10000000", 1);
    setenv("WATCHDOG_PID", "1", 1);
    notify_init();
    assert_true(notify_due_ms() == INT64_MAX);
    assert_int_equal(notify_turn(7, 1000), 1000);
}

static void a_supervisor_hears(void **state)
{
    (void)state;
    char path[64];
    char pid[32];
    int fd = supervise("navigator-notify", path);
    snprintf(pid, sizeof pid, "%d", getpid());
    setenv("NOTIFY_SOCKET", path, 1);
    setenv("WATCHDOG_USEC", "10000000", 1);
    setenv("WATCHDOG_PID", pid, 1);
    notify_init();
    assert_null(getenv("NOTIFY_SOCKET"));
    assert_int_equal(notify_due_ms(), 0);
    notify(NOTIFY_READY);
    assert_int_equal(notify_turn(7000, -1), 5000);
    assert_int_equal(notify_turn(9000, -1), 3000);
    assert_int_equal(notify_turn(9000, 20), 20);
    expect_heard(fd, "READY=1");
    expect_heard(fd, "WATCHDOG=1");
    assert_int_equal(recv(fd, path, sizeof path, 0), -1);
    assert_int_equal(notify_turn(12000, 20), 20);
    expect_heard(fd, "WATCHDOG=1");
    for (int i = 0; i < 100000; i++) // one that doesn't read is never waited for
        notify(NOTIFY_ENDING);
    close(fd);
    notify(NOTIFY_ENDING); // nor one that went
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_supervisor_nothing_is_said),
        cmocka_unit_test(a_watchdog_of_another_process_is_none),
        cmocka_unit_test(a_supervisor_hears),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
