#include "base/file.h"

#include "base/check.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool read_all(int fd, char *data, size_t capacity, size_t *ret_length)
{
    size_t length = 0;
    while (length < capacity) {
        ssize_t got = read(fd, data + length, capacity - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        if (got == 0)
            break;
        length += (size_t)got;
    }
    *ret_length = length;
    return true;
}

bool file_read(const char *path, size_t max_bytes, char **ret_data, size_t *ret_length)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    struct stat info;
    size_t length = 0;
    char *data = NULL;
    bool ok = fstat(fd, &info) == 0;
    if (ok) {
        size_t room = info.st_size > 0 ? (size_t)info.st_size + 1 : 4096;
        room = room > max_bytes + 1 ? max_bytes + 1 : room;
        data = malloc(room + 1);
        CHECK(data != NULL);
        ok = read_all(fd, data, room, &length);
    }
    close(fd);
    if (ok && length > max_bytes) {
        ok = false;
        errno = EFBIG;
    }
    if (!ok) {
        free(data);
        return false;
    }
    data[length] = '\0';
    *ret_data = data;
    *ret_length = length;
    return true;
}

static bool write_all(int fd, const char *data, size_t length)
{
    while (length > 0) {
        ssize_t put = write(fd, data, length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        data += put;
        length -= (size_t)put;
    }
    return true;
}

bool file_sync_folder(const char *path)
{
    char copy[PATH_MAX];
    text_copy(copy, sizeof copy, path);
    int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool ok = fsync(fd) == 0;
    close(fd);
    return ok;
}

static bool replace(const char *path, const void *data, size_t length, mode_t mode, bool sync)
{
    char beside[PATH_MAX];
    struct text text;
    text_init(&text, beside, sizeof beside);
    text_add(&text, path);
    text_add(&text, ".new");
    if (text.cut) {
        errno = ENAMETOOLONG;
        return false;
    }
    int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    if (fd < 0)
        return false;
    bool ok = fchmod(fd, mode) == 0 && write_all(fd, data, length) && (!sync || fsync(fd) == 0);
    ok = close(fd) == 0 && ok;
    ok = ok && rename(beside, path) == 0 && (!sync || file_sync_folder(path));
    if (!ok)
        unlink(beside);
    return ok;
}

bool file_write_atomic(const char *path, const void *data, size_t length, mode_t mode)
{
    return replace(path, data, length, mode, true);
}

bool file_write_fleeting(const char *path, const void *data, size_t length, mode_t mode)
{
    return replace(path, data, length, mode, false);
}

static bool copy_bytes(int from, int to)
{
    enum { CHUNK_BYTES = 256 * 1024 };
    char *chunk = malloc(CHUNK_BYTES);
    CHECK(chunk != NULL);
    size_t length;
    bool ok;
    do
        ok = read_all(from, chunk, CHUNK_BYTES, &length) && write_all(to, chunk, length);
    while (ok && length == CHUNK_BYTES);
    free(chunk);
    return ok;
}

bool file_copy(const char *from, const char *to, mode_t mode)
{
    int source = open(from, O_RDONLY | O_CLOEXEC);
    if (source < 0)
        return false;
    int target = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    bool ok = target >= 0 && copy_bytes(source, target);
    int why = errno;
    close(source);
    if (target >= 0 && close(target) != 0 && ok) {
        why = errno;
        ok = false;
    }
    if (target >= 0 && !ok)
        unlink(to);
    errno = why;
    return ok;
}
