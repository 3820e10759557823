#include "device/helper.h"

#include "base/check.h"
#include "base/log.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

void helper_init(struct helper *helper, const char *socket_path, const char *const *arguments)
{
    memset(helper, 0, sizeof *helper);
    helper->socket_path = socket_path;
    helper->pause_ms = HELPER_PAUSE_MIN_MS;
    for (size_t i = 0; arguments[i] != NULL; i++) {
        CHECK(i + 1 < HELPER_ARGUMENTS_MAX);
        helper->arguments[i] = arguments[i];
    }
    helper->wire.fd = -1;
}

static const char *name_of(const struct helper *helper)
{
    const char *slash = strrchr(helper->arguments[0], '/');
    return slash != NULL ? slash + 1 : helper->arguments[0];
}

// A helper that hangs with a full queue of callers is one that isn't there: nothing waits.
static int connect_to(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path)
        return -1;
    memcpy(address.sun_path, path, strlen(path) + 1);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0 && connect(fd, (const struct sockaddr *)&address, sizeof address) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

// The child gets its end as HELPER_FD, no other descriptor, and no blocked signals.
static pid_t spawn(struct helper *helper, int child_fd)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none;
    sigemptyset(&none);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, child_fd, HELPER_FD);
    posix_spawn_file_actions_addclosefrom_np(&actions, HELPER_FD + 1);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    pid_t pid = 0;
    int error = posix_spawn(&pid, helper->arguments[0], &actions, &attributes,
                            (char *const *)helper->arguments, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        log_event(name_of(helper), "can't be started: %s", strerror(error));
    return error == 0 ? pid : 0;
}

static int start(struct helper *helper)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return -1;
    helper->pid = spawn(helper, ends[1]);
    close(ends[1]);
    if (helper->pid > 0)
        return ends[0];
    close(ends[0]);
    return -1;
}

static void put_off(struct helper *helper, int64_t now_ms)
{
    int longest_ms = helper->socket_path != NULL ? HELPER_PAUSE_MIN_MS : HELPER_PAUSE_MAX_MS;
    helper->next_try_ms = now_ms + helper->pause_ms;
    helper->pause_ms *= 2;
    if (helper->pause_ms > longest_ms)
        helper->pause_ms = longest_ms;
}

bool helper_tick(struct helper *helper, int64_t now_ms)
{
    if (helper->connected || now_ms < helper->next_try_ms)
        return helper->connected;
    int fd = helper->socket_path != NULL ? connect_to(helper->socket_path) : start(helper);
    if (fd < 0) {
        put_off(helper, now_ms);
        return false;
    }
    wire_init(&helper->wire, fd);
    helper->connected = true;
    helper->since_ms = now_ms;
    return true;
}

// Waits for the child's end at most so long.
static bool gone_within(struct helper *helper, int limit_ms)
{
    enum { STEP_MS = 5 };
    for (int waited_ms = 0; waited_ms <= limit_ms; waited_ms += STEP_MS) {
        pid_t ended = waitpid(helper->pid, NULL, WNOHANG);
        if (ended == helper->pid || (ended < 0 && errno == ECHILD))
            return true;
        nanosleep(&(struct timespec){.tv_nsec = STEP_MS * 1000000L}, NULL);
    }
    return false;
}

static void end_child(struct helper *helper)
{
    if (helper->pid <= 0)
        return;
    kill(helper->pid, SIGTERM);
    if (!gone_within(helper, HELPER_FAREWELL_MS)) {
        kill(helper->pid, SIGKILL);
        waitpid(helper->pid, NULL, 0);
    }
    helper->pid = 0;
}

void helper_lost(struct helper *helper, int64_t now_ms)
{
    wire_finish(&helper->wire);
    end_child(helper);
    if (!helper->connected)
        return;
    helper->connected = false;
    if (now_ms - helper->since_ms >= HELPER_SETTLED_MS)
        helper->pause_ms = HELPER_PAUSE_MIN_MS;
    put_off(helper, now_ms);
    log_event(name_of(helper), "lost, next try in %d ms", (int)(helper->next_try_ms - now_ms));
}

void helper_finish(struct helper *helper)
{
    wire_finish(&helper->wire);
    end_child(helper);
    helper->connected = false;
}
