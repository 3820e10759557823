#include "hub/backup.h"

#include "base/check.h"
#include "base/file.h"
#include "base/text.h"
#include "hub/backup_inside.h"
#include "hub/feed_folder.h"
#include "hub/folder.h"
#include "hub/secret.h"
#include "hub/store.h"
#include "hub/tar.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE_BYTES = 64 * 1024 };

struct writer {
    const char *data;
    int fd;
    char *piece;
    struct text sums;
    uint32_t files;
    bool ok;
};

bool backup_fail(const char *path, const char *why)
{
    fprintf(stderr, "navigator-hub: %s: %s\n", path, why);
    return false;
}

const char *backup_problem(void)
{
    return errno != 0 ? strerror(errno) : "it ends too early";
}

void backup_add_sum(struct text *sums, struct secret_digest *digest, const char *name)
{
    char hex[SECRET_SHA256_BYTES];
    secret_digest_end(digest, hex);
    text_addf(sums, "%s  %s\n", hex, name);
}

// ---- writing

static bool copy(struct writer *writer, int from, const struct tar_entry *entry)
{
    struct secret_digest digest;
    secret_digest_begin(&digest);
    for (int64_t left = entry->size_bytes; left > 0;) {
        size_t length = left < PIECE_BYTES ? (size_t)left : PIECE_BYTES;
        if (!tar_read(from, writer->piece, length) || !tar_write(writer->fd, writer->piece, length))
            return false;
        secret_digest_add(&digest, writer->piece, length);
        left -= (int64_t)length;
    }
    backup_add_sum(&writer->sums, &digest, entry->name);
    return tar_fill(writer->fd, entry->size_bytes);
}

static bool add_open(struct writer *writer, int from, const char *name, const char *path)
{
    struct stat info;
    struct tar_entry entry = {.mode = backup_is_secret(name) ? 0600 : 0644};
    if (fstat(from, &info) != 0)
        return backup_fail(path, strerror(errno));
    if (strlen(name) >= TAR_NAME_BYTES - 1 || info.st_size > BACKUP_FILE_BYTES_MAX ||
        writer->files++ == BACKUP_FILES_MAX)
        return backup_fail(path, "too large or too many files");
    text_copy(entry.name, sizeof entry.name, name);
    entry.size_bytes = info.st_size;
    entry.modified_s = info.st_mtime;
    return (tar_write_head(writer->fd, &entry) && copy(writer, from, &entry)) ||
           backup_fail(path, backup_problem());
}

static bool add_file(struct writer *writer, const char *name, const char *path)
{
    int from = open(path, O_RDONLY | O_CLOEXEC);
    if (from < 0)
        return backup_fail(path, strerror(errno));
    bool added = add_open(writer, from, name, path);
    close(from);
    return added;
}

static bool add_keys(struct writer *writer)
{
    size_t count;
    const struct backup_key *keys = backup_keys(&count);
    for (size_t i = 0; i < count; i++) {
        char path[FOLDER_PATH_BYTES];
        if (!folder_path(writer->data, keys[i].name, path))
            return backup_fail(writer->data, "too long a path");
        if (!keys[i].required && access(path, F_OK) != 0)
            continue;
        if (!add_file(writer, keys[i].name, path))
            return false;
    }
    return true;
}

static void add_feed_file(void *context, const char *name)
{
    struct writer *writer = context;
    char in_data[FOLDER_PATH_BYTES];
    char path[FOLDER_PATH_BYTES];
    writer->ok = writer->ok && folder_path(FOLDER_FEED, name, in_data) &&
                 folder_path(writer->data, in_data, path) && add_file(writer, in_data, path);
}

static bool add_sums(struct writer *writer)
{
    struct tar_entry entry = {
        .name = BACKUP_SUMS, .mode = 0644, .size_bytes = (int64_t)writer->sums.length};
    CHECK(!writer->sums.cut);
    return tar_write_head(writer->fd, &entry) &&
           tar_write(writer->fd, writer->sums.data, writer->sums.length) &&
           tar_fill(writer->fd, entry.size_bytes) && tar_write_end(writer->fd) &&
           fsync(writer->fd) == 0;
}

// The folder is locked: database and feed belong together.
static bool add_all(struct writer *writer, struct feed_folder *folder, struct store *store,
                    const char *copy_path, const char *path)
{
    if (!store_copy(store, copy_path))
        return backup_fail(copy_path, store_error(store));
    writer->ok = true;
    return add_file(writer, FOLDER_DB, copy_path) && add_keys(writer) &&
           feed_folder_each(folder, add_feed_file, writer) && writer->ok &&
           (add_sums(writer) || backup_fail(path, backup_problem()));
}

static bool write_locked(struct writer *writer, struct store *store, const char *copy_path,
                         const char *new_path)
{
    struct feed_folder folder;
    bool ok = feed_folder_open(&folder, writer->data) &&
              add_all(writer, &folder, store, copy_path, new_path);
    feed_folder_close(&folder);
    return ok;
}

static int open_new(const char *path)
{
    unlink(path);
    return open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
}

static bool write_new(struct writer *writer, struct store *store, const char *path,
                      const char *new_path, struct backup_report *ret)
{
    char copy_path[FOLDER_PATH_BYTES];
    char serial[STORE_SETTING_BYTES];
    struct stat info = {0};
    if (!folder_beside(path, ".db", copy_path))
        return backup_fail(path, "too long a path");
    int copy_fd = open_new(copy_path);
    bool ok = copy_fd >= 0 || backup_fail(copy_path, strerror(errno));
    if (ok)
        close(copy_fd);
    ok =
        ok &&
        (store_setting(store, "serial", serial) || backup_fail(writer->data, store_error(store))) &&
        write_locked(writer, store, copy_path, new_path);
    unlink(copy_path);
    if (!ok)
        return false;
    if (fstat(writer->fd, &info) != 0 || rename(new_path, path) != 0 || !file_sync_folder(path))
        return backup_fail(path, strerror(errno));
    *ret = (struct backup_report){writer->files, info.st_size, strtoull(serial, NULL, 10)};
    return true;
}

bool backup_write(const char *data, const char *path, struct backup_report *ret)
{
    char new_path[FOLDER_PATH_BYTES];
    if (!folder_beside(path, ".new", new_path))
        return backup_fail(path, "too long a path");
    struct store *store = store_open(data, false);
    if (store == NULL)
        return false;
    struct writer writer = {.data = data, .fd = open_new(new_path)};
    char *memory = malloc(PIECE_BYTES + BACKUP_SUMS_BYTES);
    CHECK(memory != NULL);
    writer.piece = memory;
    text_init(&writer.sums, memory + PIECE_BYTES, BACKUP_SUMS_BYTES);
    bool ok = writer.fd >= 0 ? write_new(&writer, store, path, new_path, ret)
                             : backup_fail(new_path, strerror(errno));
    if (writer.fd >= 0)
        close(writer.fd);
    if (!ok)
        unlink(new_path);
    free(memory);
    store_close(store);
    return ok;
}
