#include "hub/feed_folder.h"

#include "base/file.h"
#include "hub/secret.h"
#include "navigator/manifest_json.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail(const struct feed_folder *folder, const char *name, const char *why)
{
    fprintf(stderr, "navigator-hub: %s/%s: %s\n", folder->data, name, why);
    return false;
}

static int open_folder(const char *data, const char *name)
{
    char path[FOLDER_PATH_BYTES];
    if (!folder_path(data, name, path)) {
        errno = ENAMETOOLONG;
        return -1;
    }
    return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static bool each(int fd, void (*visit)(void *context, const char *name), void *context)
{
    int copy = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = copy >= 0 ? fdopendir(copy) : NULL;
    if (dir == NULL) {
        if (copy >= 0)
            close(copy);
        return false;
    }
    for (struct dirent *entry; (entry = readdir(dir));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            visit(context, entry->d_name);
    closedir(dir);
    return true;
}

static void remove_file(void *context, const char *name)
{
    unlinkat(*(int *)context, name, 0);
}

static bool remove_new(struct feed_folder *folder)
{
    char path[FOLDER_PATH_BYTES];
    int fd = open_folder(folder->data, FEED_FOLDER_NEW);
    if (fd < 0)
        return errno == ENOENT || fail(folder, FEED_FOLDER_NEW, strerror(errno));
    each(fd, remove_file, &fd);
    close(fd);
    return (folder_path(folder->data, FEED_FOLDER_NEW, path) && rmdir(path) == 0) ||
           fail(folder, FEED_FOLDER_NEW, strerror(errno));
}

static bool make(struct feed_folder *folder, const char *name, int *ret_fd)
{
    char path[FOLDER_PATH_BYTES];
    if (!folder_path(folder->data, name, path) || !folder_make(path, false) ||
        (*ret_fd = open_folder(folder->data, name)) < 0)
        return fail(folder, name, strerror(errno));
    return true;
}

// Who may read the old folder may read the new one. The group is a wish: it may be foreign.
static bool copy_access(struct feed_folder *folder)
{
    struct stat info;
    if (fstat(folder->now, &info) != 0)
        return fail(folder, FOLDER_FEED, strerror(errno));
    int ignored = fchown(folder->next, (uid_t)-1, info.st_gid);
    (void)ignored;
    return fchmod(folder->next, info.st_mode & 07777) == 0 ||
           fail(folder, FEED_FOLDER_NEW, strerror(errno));
}

bool feed_folder_open(struct feed_folder *folder, const char *data)
{
    *folder = (struct feed_folder){.data = data, .lock = -1, .now = -1, .next = -1};
    folder->lock = open_folder(data, "");
    if (folder->lock < 0 || flock(folder->lock, LOCK_EX) != 0)
        return fail(folder, "", strerror(errno));
    return make(folder, FOLDER_FEED, &folder->now) && remove_new(folder) &&
           make(folder, FEED_FOLDER_NEW, &folder->next) && copy_access(folder);
}

void feed_folder_close(struct feed_folder *folder)
{
    int *const fds[] = {&folder->next, &folder->now, &folder->lock};
    if (folder->next >= 0)
        remove_new(folder);
    for (size_t i = 0; i < sizeof fds / sizeof *fds; i++) {
        if (*fds[i] >= 0)
            close(*fds[i]);
        *fds[i] = -1;
    }
}

bool feed_folder_keep(struct feed_folder *folder, const char *name)
{
    return linkat(folder->now, name, folder->next, name, 0) == 0 || errno == EEXIST;
}

bool feed_folder_keep_whole(struct feed_folder *folder, const char *name, const char *sha256)
{
    char path[FOLDER_PATH_BYTES];
    char file[FOLDER_PATH_BYTES];
    char found[SECRET_SHA256_BYTES];
    char *bytes;
    size_t length;
    if (!folder_path(folder->data, FOLDER_FEED, path) || !folder_path(path, name, file) ||
        !file_read(file, MANIFEST_FILE_BYTES_MAX, &bytes, &length))
        return false;
    secret_sha256(bytes, length, found);
    free(bytes);
    return strcmp(found, sha256) == 0 && feed_folder_keep(folder, name);
}

bool feed_folder_write(struct feed_folder *folder, const char *name, const void *bytes,
                       size_t length)
{
    char path[FOLDER_PATH_BYTES];
    char file[FOLDER_PATH_BYTES];
    if (!folder_path(folder->data, FEED_FOLDER_NEW, path) || !folder_path(path, name, file) ||
        !file_write_atomic(file, bytes, length, 0644))
        return fail(folder, name, strerror(errno));
    return true;
}

bool feed_folder_date(struct feed_folder *folder, const char *name)
{
    struct stat was;
    struct stat is;
    if (fstatat(folder->next, name, &is, 0) != 0)
        return fail(folder, name, strerror(errno));
    if (fstatat(folder->now, name, &was, 0) != 0 || was.st_mtime < is.st_mtime)
        return true;
    struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = was.st_mtime + 1}};
    return utimensat(folder->next, name, times, 0) == 0 || fail(folder, name, strerror(errno));
}

static bool exchange(const struct feed_folder *folder)
{
    char now[FOLDER_PATH_BYTES];
    char next[FOLDER_PATH_BYTES];
    return folder_path(folder->data, FOLDER_FEED, now) &&
           folder_path(folder->data, FEED_FOLDER_NEW, next) &&
           renameat2(AT_FDCWD, next, AT_FDCWD, now, RENAME_EXCHANGE) == 0;
}

bool feed_folder_swap(struct feed_folder *folder)
{
    int above = openat(folder->next, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = above >= 0 && fsync(folder->next) == 0 && fsync(above) == 0 && exchange(folder) &&
              fsync(above) == 0;
    if (!ok)
        fail(folder, FOLDER_FEED,
             errno == EINVAL ? "found a file system that can't exchange two folders,"
                               " expected ext4, xfs, btrfs or tmpfs"
                             : strerror(errno));
    if (above >= 0)
        close(above);
    return ok;
}

bool feed_folder_each(struct feed_folder *folder, void (*visit)(void *context, const char *name),
                      void *context)
{
    return each(folder->now, visit, context) || fail(folder, FOLDER_FEED, strerror(errno));
}
