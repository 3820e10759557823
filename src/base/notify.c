#include "base/notify.h"

#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int socket_fd = -1; // connected; -1: no supervisor
static int64_t period_ms;  // 0: nothing is waited for
static int64_t due_ms = INT64_MAX;

static void read_period(void)
{
    const char *text = getenv("WATCHDOG_USEC");
    const char *pid = getenv("WATCHDOG_PID");
    if (text == NULL || (pid != NULL && strtoll(pid, NULL, 10) != getpid()))
        return;
    long long limit_us = strtoll(text, NULL, 10);
    if (limit_us <= 0)
        return;
    period_ms = limit_us / 2000;
    due_ms = 0;
}

static void connect_to(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(path);
    if (length == 0 || length >= sizeof address.sun_path)
        return;
    memcpy(address.sun_path, path, length);
    if (path[0] == '@') // an abstract name
        address.sun_path[0] = '\0';
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
    socket_fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket_fd < 0 || connect(socket_fd, (struct sockaddr *)&address, size) == 0)
        return;
    close(socket_fd);
    socket_fd = -1;
}

void notify_init(void)
{
    const char *path = getenv("NOTIFY_SOCKET");
    read_period();
    if (path != NULL)
        connect_to(path);
    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
    unsetenv("WATCHDOG_PID");
}

void notify(const char *state)
{
    if (socket_fd >= 0)
        send(socket_fd, state, strlen(state), MSG_DONTWAIT | MSG_NOSIGNAL);
}

int64_t notify_due_ms(void)
{
    return due_ms;
}

void notify_alive(int64_t now_ms)
{
    notify("WATCHDOG=1");
    due_ms = period_ms == 0 ? INT64_MAX : now_ms + period_ms;
}

int notify_turn(int64_t now_ms, int wait_ms)
{
    if (now_ms >= due_ms)
        notify_alive(now_ms);
    int64_t left_ms = due_ms == INT64_MAX ? INT_MAX : due_ms - now_ms;
    return wait_ms < 0 || wait_ms > left_ms ? (int)left_ms : wait_ms;
}
