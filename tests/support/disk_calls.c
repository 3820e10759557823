#include "base/check.h"
#include "tests/support/disk_inside.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

// Declares next: the next definition of a function that is defined here.
#define NEXT(name)                                                                                 \
    static __typeof__(name) *next;                                                                 \
    if (next == NULL)                                                                              \
    *(void **)&next = dlsym(RTLD_NEXT, #name)

static int64_t size_of(int fd)
{
    struct stat info;
    return fstat(fd, &info) == 0 ? (int64_t)info.st_size : 0;
}

static int64_t size_at(int folder, const char *path)
{
    struct stat info;
    bool ok = fstatat(folder, path, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(info.st_mode);
    return ok ? (int64_t)info.st_size : 0;
}

// ---- open

static void record_open(int fd, const char *name, int flags, int64_t size_before)
{
    struct stat info;
    struct disk_inode *inode = disk_find_name(name);
    CHECK(fstat(fd, &info) == 0);
    if (inode == NULL && S_ISREG(info.st_mode))
        disk_record_new(name, info.st_ino, false);
    else if (inode != NULL && (flags & O_TRUNC) != 0 && size_before > 0)
        disk_record_cut(inode, 0);
}

static int open_watched(int folder, const char *path, const char *name, int flags, mode_t mode,
                        int (*next)(int, const char *, int, ...))
{
    bool changes = (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC)) != 0;
    if (disk_fails(DISK_OPEN, changes))
        return -1;
    int64_t before = size_at(folder, path);
    int fd = next(folder, path, flags, mode);
    int why = errno;
    if (fd >= 0 && changes) {
        record_open(fd, name, flags, before);
        disk_take_room(before, size_of(fd));
    }
    errno = why;
    return fd;
}

static int open_any(int folder, const char *path, int flags, mode_t mode)
{
    NEXT(openat);
    char memory[PATH_MAX];
    if (!disk_lock())
        return next(folder, path, flags, mode);
    const char *name = disk_below(folder, path, memory);
    int fd = name != NULL ? open_watched(folder, path, name, flags, mode, next)
                          : next(folder, path, flags, mode);
    disk_unlock();
    return fd;
}

// Declares mode: the argument that is there only when a file may be made.
#define MODE_AFTER(flags)                                                                          \
    mode_t mode = 0;                                                                               \
    if (((flags) & (O_CREAT | O_TMPFILE)) != 0) {                                                  \
        va_list args;                                                                              \
        va_start(args, flags);                                                                     \
        mode = va_arg(args, mode_t);                                                               \
        va_end(args);                                                                              \
    }

int open(const char *path, int flags, ...)
{
    MODE_AFTER(flags)
    return open_any(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    MODE_AFTER(flags)
    return open_any(AT_FDCWD, path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
    MODE_AFTER(flags)
    return open_any(folder, path, flags, mode);
}

int openat64(int folder, const char *path, int flags, ...)
{
    MODE_AFTER(flags)
    return open_any(folder, path, flags, mode);
}

int creat(const char *path, mode_t mode)
{
    return open_any(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}

// What a fortified build calls when the compiler doesn't know the flags.
int __open_2(const char *path, int flags);
int __open_2(const char *path, int flags)
{
    return open_any(AT_FDCWD, path, flags, 0);
}

// ---- read

ssize_t read(int fd, void *data, size_t length)
{
    NEXT(read);
    if (!disk_lock())
        return next(fd, data, length);
    bool failed = disk_find(fd) != NULL && disk_fails(DISK_READ, false);
    disk_unlock();
    return failed ? -1 : next(fd, data, length);
}

ssize_t pread(int fd, void *data, size_t length, off_t offset)
{
    NEXT(pread);
    if (!disk_lock())
        return next(fd, data, length, offset);
    bool failed = disk_find(fd) != NULL && disk_fails(DISK_READ, false);
    disk_unlock();
    return failed ? -1 : next(fd, data, length, offset);
}

ssize_t pread64(int fd, void *data, size_t length, off64_t offset)
{
    return pread(fd, data, length, offset);
}

// ---- write

static ssize_t write_watched(struct disk_inode *inode, int fd, const void *data, size_t length,
                             off_t offset, ssize_t (*next)(int, const void *, size_t, off_t))
{
    if (disk_fails(DISK_WRITE, true))
        return -1;
    int64_t before = size_of(fd);
    size_t room = disk_fitting(before, offset, length);
    if (room == 0 && length > 0)
        return -1;
    ssize_t put = next(fd, data, room, offset);
    int why = errno;
    if (put > 0) {
        disk_take_room(before, size_of(fd));
        disk_record_write(inode, offset, data, (size_t)put);
    }
    errno = why;
    return put;
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset)
{
    NEXT(pwrite);
    if (!disk_lock())
        return next(fd, data, length, offset);
    struct disk_inode *inode = disk_find(fd);
    ssize_t put = inode != NULL ? write_watched(inode, fd, data, length, offset, next)
                                : next(fd, data, length, offset);
    disk_unlock();
    return put;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset)
{
    return pwrite(fd, data, length, offset);
}

static ssize_t write_here(int fd, const void *data, size_t length, off_t offset)
{
    NEXT(write);
    (void)offset; // the one where the kernel writes anyway
    return next(fd, data, length);
}

ssize_t write(int fd, const void *data, size_t length)
{
    if (!disk_lock())
        return write_here(fd, data, length, 0);
    struct disk_inode *inode = disk_find(fd);
    ssize_t put = -1;
    if (inode != NULL) {
        bool appends = (fcntl(fd, F_GETFL) & O_APPEND) != 0;
        off_t offset = appends ? size_of(fd) : lseek(fd, 0, SEEK_CUR);
        put = write_watched(inode, fd, data, length, offset, write_here);
    }
    disk_unlock();
    // A pipe or a socket may block: not under the lock.
    return inode != NULL ? put : write_here(fd, data, length, 0);
}

static bool is_watched(int fd)
{
    if (!disk_lock())
        return false;
    bool watched = disk_find(fd) != NULL;
    disk_unlock();
    return watched;
}

// By the functions above, so that there is one way to write.
ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t length,
                        unsigned flags)
{
    NEXT(copy_file_range);
    unsigned char chunk[65536];
    if (!is_watched(to))
        return next(from, from_at, to, to_at, length, flags);
    size_t want = length < sizeof chunk ? length : sizeof chunk;
    off_t read_at = from_at != NULL ? *from_at : lseek(from, 0, SEEK_CUR);
    ssize_t got = pread(from, chunk, want, read_at);
    if (got <= 0)
        return got;
    ssize_t put =
        to_at != NULL ? pwrite(to, chunk, (size_t)got, *to_at) : write(to, chunk, (size_t)got);
    if (put > 0 && from_at != NULL)
        *from_at += put;
    else if (put > 0)
        lseek(from, put, SEEK_CUR);
    if (put > 0 && to_at != NULL)
        *to_at += put;
    return put;
}

// ---- sizes

int ftruncate(int fd, off_t size)
{
    NEXT(ftruncate);
    if (!disk_lock())
        return next(fd, size);
    struct disk_inode *inode = disk_find(fd);
    int64_t before = size_of(fd);
    int result = inode != NULL && disk_fails(DISK_TRUNCATE, true) ? -1 : next(fd, size);
    if (result == 0 && inode != NULL) {
        disk_record_cut(inode, size);
        disk_take_room(before, size < before ? size : before); // longer is a hole
    }
    disk_unlock();
    return result;
}

int ftruncate64(int fd, off64_t size)
{
    return ftruncate(fd, size);
}

static int allocate_watched(struct disk_inode *inode, int fd, int mode, off_t offset, off_t length,
                            int (*next)(int, int, off_t, off_t))
{
    int64_t before = size_of(fd);
    if (mode != 0) {
        errno = EOPNOTSUPP; // of all its modes only "longer, with zeros" is known here
        return -1;
    }
    if (disk_fails(DISK_TRUNCATE, true) ||
        disk_fitting(before, offset, (size_t)length) < (size_t)length)
        return -1;
    int result = next(fd, mode, offset, length);
    if (result == 0 && offset + length > before) {
        disk_take_room(before, offset + length);
        disk_record_cut(inode, offset + length);
    }
    return result;
}

int fallocate(int fd, int mode, off_t offset, off_t length)
{
    NEXT(fallocate);
    if (!disk_lock())
        return next(fd, mode, offset, length);
    struct disk_inode *inode = disk_find(fd);
    int result = inode != NULL ? allocate_watched(inode, fd, mode, offset, length, next)
                               : next(fd, mode, offset, length);
    disk_unlock();
    return result;
}

int posix_fallocate(int fd, off_t offset, off_t length)
{
    return fallocate(fd, 0, offset, length) == 0 ? 0 : errno;
}

int posix_fallocate64(int fd, off64_t offset, off64_t length)
{
    return posix_fallocate(fd, offset, length);
}

// ---- sync: while a folder is watched the model's durability is enough, no real disk is waited for

static int sync_any(int fd, int (*next)(int))
{
    if (!disk_lock())
        return next(fd);
    struct disk_inode *inode = disk_find(fd);
    int result = inode != NULL && disk_fails(DISK_SYNC, true) ? -1 : 0;
    if (inode != NULL)
        disk_record_sync(inode, result != 0);
    disk_unlock();
    return inode != NULL ? result : fcntl(fd, F_GETFD) < 0 ? -1 : 0;
}

int fsync(int fd)
{
    NEXT(fsync);
    return sync_any(fd, next);
}

int fdatasync(int fd)
{
    NEXT(fdatasync);
    return sync_any(fd, next);
}

// ---- names

static int rename_watched(int from_folder, const char *from, const char *from_name, int to_folder,
                          const char *to, const char *to_name,
                          int (*next)(int, const char *, int, const char *))
{
    CHECK(from_name != NULL && to_name != NULL); // within the folder
    struct disk_inode *inode = disk_find_name(from_name);
    if (disk_fails(DISK_NAME, true))
        return -1;
    int64_t replaced = size_at(to_folder, to);
    int result = next(from_folder, from, to_folder, to);
    if (result != 0 || inode == NULL)
        return result;
    CHECK(!inode->is_folder); // what lies below it would move, too
    disk_take_room(replaced, 0);
    disk_record_name(inode, to_name, from_name);
    return result;
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    NEXT(renameat);
    char from_memory[PATH_MAX];
    char to_memory[PATH_MAX];
    if (!disk_lock())
        return next(from_folder, from, to_folder, to);
    const char *from_name = disk_below(from_folder, from, from_memory);
    const char *to_name = disk_below(to_folder, to, to_memory);
    int result = from_name != NULL || to_name != NULL
                     ? rename_watched(from_folder, from, from_name, to_folder, to, to_name, next)
                     : next(from_folder, from, to_folder, to);
    disk_unlock();
    return result;
}

int rename(const char *from, const char *to)
{
    return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

// Of its flags only the exchange of two folders is known.
int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
    NEXT(renameat2);
    char from_memory[PATH_MAX];
    char to_memory[PATH_MAX];
    if (!disk_lock())
        return next(from_folder, from, to_folder, to, flags);
    const char *from_name = disk_below(from_folder, from, from_memory);
    const char *to_name = disk_below(to_folder, to, to_memory);
    bool watched = from_name != NULL || to_name != NULL;
    int result =
        watched && disk_fails(DISK_NAME, true) ? -1 : next(from_folder, from, to_folder, to, flags);
    if (watched && result == 0) {
        CHECK(from_name != NULL && to_name != NULL && flags == RENAME_EXCHANGE);
        disk_record_swap(from_name, to_name);
    }
    disk_unlock();
    return result;
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags)
{
    NEXT(linkat);
    char from_memory[PATH_MAX];
    char to_memory[PATH_MAX];
    if (!disk_lock())
        return next(from_folder, from, to_folder, to, flags);
    const char *from_name = disk_below(from_folder, from, from_memory);
    const char *to_name = disk_below(to_folder, to, to_memory);
    struct disk_inode *inode = from_name != NULL ? disk_find_name(from_name) : NULL;
    int result = to_name != NULL && disk_fails(DISK_NAME, true)
                     ? -1
                     : next(from_folder, from, to_folder, to, flags);
    if (result == 0 && to_name != NULL) {
        CHECK(inode != NULL);
        disk_record_name(inode, to_name, NULL);
    }
    disk_unlock();
    return result;
}

int link(const char *from, const char *to)
{
    return linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int unlinkat(int folder, const char *path, int flags)
{
    NEXT(unlinkat);
    char memory[PATH_MAX];
    if (!disk_lock())
        return next(folder, path, flags);
    const char *name = disk_below(folder, path, memory);
    int64_t size = name != NULL ? size_at(folder, path) : 0;
    int result = name != NULL && disk_fails(DISK_NAME, true) ? -1 : next(folder, path, flags);
    if (result == 0 && name != NULL) {
        disk_record_unname(name);
        disk_take_room(size, 0);
    }
    disk_unlock();
    return result;
}

int unlink(const char *path)
{
    return unlinkat(AT_FDCWD, path, 0);
}

int rmdir(const char *path)
{
    return unlinkat(AT_FDCWD, path, AT_REMOVEDIR);
}

int mkdirat(int folder, const char *path, mode_t mode)
{
    NEXT(mkdirat);
    char memory[PATH_MAX];
    struct stat info;
    if (!disk_lock())
        return next(folder, path, mode);
    const char *name = disk_below(folder, path, memory);
    int result = name != NULL && disk_fails(DISK_NAME, true) ? -1 : next(folder, path, mode);
    if (result == 0 && name != NULL && fstatat(folder, path, &info, 0) == 0)
        disk_record_new(name, info.st_ino, true);
    disk_unlock();
    return result;
}

int mkdir(const char *path, mode_t mode)
{
    return mkdirat(AT_FDCWD, path, mode);
}
