#include "message/socket.h"

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { FD_MAX = 1024, PASSED_FD = 3 };

static long number_of(const char *text)
{
    char *end = NULL;
    long number = text != NULL ? strtol(text, &end, 10) : -1;
    return end != text && end != NULL && *end == '\0' ? number : -1;
}

static int inherited(const char *text)
{
    long fd = number_of(text);
    bool named = fd > STDERR_FILENO && fd < FD_MAX;
    return named && fcntl((int)fd, F_SETFD, FD_CLOEXEC) == 0 ? (int)fd : -1;
}

static bool is_passed(void)
{
    return number_of(getenv("LISTEN_PID")) == getpid() && number_of(getenv("LISTEN_FDS")) > 0;
}

static int passed(void)
{
    int listens = 0;
    socklen_t size = sizeof listens;
    bool fine = number_of(getenv("LISTEN_FDS")) == 1 &&
                getsockopt(PASSED_FD, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) == 0 &&
                listens != 0 && fcntl(PASSED_FD, F_SETFD, FD_CLOEXEC) == 0 &&
                fcntl(PASSED_FD, F_SETFL, O_NONBLOCK) == 0;
    return fine ? PASSED_FD : -1;
}

int socket_listen(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(address.sun_path, path, strlen(path) + 1);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    unlink(path);
    mode_t before = umask(0117);
    bool listens = bind(fd, (struct sockaddr *)&address, sizeof address) == 0 && listen(fd, 1) == 0;
    umask(before);
    if (listens)
        return fd;
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

// In a user namespace of our own the kernel has one name for all users that it doesn't know.
static uid_t as_seen_here(uid_t user)
{
    enum { EVERYBODY_ELSE = 65534 }; // /proc/sys/kernel/overflowuid
    char line[128];                  // first user inside, first outside, how many
    bool known = false;
    FILE *map = fopen("/proc/self/uid_map", "re");
    if (map == NULL)
        return user;
    while (!known && fgets(line, sizeof line, map) != NULL) {
        char *end;
        unsigned long inside = strtoul(line, &end, 10);
        strtoul(end, &end, 10);
        known = user >= inside && user - inside < strtoul(end, NULL, 10);
    }
    fclose(map);
    return known ? user : EVERYBODY_ELSE;
}

static bool find_user(const char *name, uid_t *ret_user)
{
    *ret_user = geteuid();
    const struct passwd *user = name != NULL ? getpwnam(name) : NULL;
    if (user != NULL)
        *ret_user = as_seen_here(user->pw_uid);
    return name == NULL || user != NULL;
}

const char *meeting_open(const struct meeting_options *options, struct meeting *ret)
{
    *ret = (struct meeting){.kiosk = -1, .listener = -1, .path = options->path};
    if ((options->fd != NULL) + (options->path != NULL) + is_passed() != 1)
        return "found none or several of --socket-fd, --socket and the service manager's "
               "LISTEN_FDS, expected one of them";
    if (!find_user(options->kiosk_user, &ret->kiosk_user))
        return "--kiosk-user: found no such user, expected a name of this machine";
    if (options->fd != NULL) {
        ret->kiosk = inherited(options->fd);
        return ret->kiosk >= 0 ? NULL
                               : "--socket-fd: found no open descriptor, expected one above 2";
    }
    ret->listener = options->path != NULL ? socket_listen(options->path) : passed();
    if (ret->listener >= 0)
        return NULL;
    return options->path != NULL
               ? "--socket: found a path that can't be bound, expected a writable one"
               : "LISTEN_FDS: found no single listening socket, expected one";
}

static bool may_enter(const struct meeting *meeting, int fd)
{
    struct ucred peer;
    socklen_t size = sizeof peer;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
        return false;
    if (peer.uid == 0 || peer.uid == geteuid() || peer.uid == meeting->kiosk_user)
        return true;
    log_event("kiosk", "found user %u at the socket, expected %u", (unsigned)peer.uid,
              (unsigned)meeting->kiosk_user);
    return false;
}

int meeting_accept(const struct meeting *meeting)
{
    if (meeting->listener < 0)
        return -1;
    int fd = accept4(meeting->listener, NULL, NULL, SOCK_CLOEXEC);
    if (fd < 0 || may_enter(meeting, fd))
        return fd;
    close(fd);
    return -1;
}

void meeting_leave(struct meeting *meeting)
{
    if (meeting->listener >= 0)
        close(meeting->listener);
    if (meeting->listener >= 0 && meeting->path != NULL)
        unlink(meeting->path);
    meeting->listener = -1;
}
