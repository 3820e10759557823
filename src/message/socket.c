#include "message/socket.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { FD_MAX = 1024 };

int socket_inherited(const char *text)
{
    char *end = NULL;
    long fd = strtol(text, &end, 10);
    bool named = end != text && *end == '\0' && fd > STDERR_FILENO && fd < FD_MAX;
    return named && fcntl((int)fd, F_SETFD, FD_CLOEXEC) == 0 ? (int)fd : -1;
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
