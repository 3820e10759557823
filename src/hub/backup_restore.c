#include "base/check.h"
#include "base/file.h"
#include "hub/backup_inside.h"
#include "hub/folder.h"
#include "hub/store.h"
#include "hub/tar.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE_BYTES = 64 * 1024 };

// ---- what may be in a backup

static const struct backup_key keys[] = {
    {FOLDER_NUMBER_KEY, true},       {FOLDER_PUBLIC_KEY, true},
    {FOLDER_SECRET_KEY, true},       {FOLDER_NEXT_PUBLIC_KEY, false},
    {FOLDER_NEXT_SECRET_KEY, false}, {FOLDER_LAST_PUBLIC_KEY, false},
    {FOLDER_LAST_SECRET_KEY, false},
};

const struct backup_key *backup_keys(size_t *ret_count)
{
    *ret_count = sizeof keys / sizeof *keys;
    return keys;
}

static const char *in_feed(const char *name)
{
    size_t length = strlen(FOLDER_FEED "/");
    return strncmp(name, FOLDER_FEED "/", length) == 0 ? name + length : NULL;
}

bool backup_is_known(const char *name)
{
    const char *file = in_feed(name);
    if (file != NULL)
        return file[0] != '\0' && file[0] != '.' && strchr(file, '/') == NULL;
    bool known = strcmp(name, FOLDER_DB) == 0;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        known |= strcmp(name, keys[i].name) == 0;
    return known;
}

bool backup_is_secret(const char *name)
{
    size_t length = strlen(name);
    return strcmp(name, FOLDER_DB) == 0 || (length > 4 && strcmp(name + length - 4, ".key") == 0);
}

// ---- reading

struct reader {
    const char *path; // of the backup
    const char *into;
    int fd;
    char *piece;
    struct text sums;
    struct text told; // SHA256SUMS
    uint32_t files;
    bool has_database;
    uint32_t required_keys;
};

static bool damaged(const struct reader *reader, const char *what)
{
    fprintf(stderr, "navigator-hub: %s: found a damaged file (%s), expected a whole backup\n",
            reader->path, what);
    return false;
}

static bool copy(struct reader *reader, int to, const struct tar_entry *entry)
{
    struct secret_digest digest;
    secret_digest_begin(&digest);
    for (int64_t left = entry->size_bytes; left > 0;) {
        size_t length = left < PIECE_BYTES ? (size_t)left : PIECE_BYTES;
        if (!tar_read(reader->fd, reader->piece, length))
            return damaged(reader, backup_problem());
        if (!tar_write(to, reader->piece, length))
            return backup_fail(reader->into, strerror(errno));
        secret_digest_add(&digest, reader->piece, length);
        left -= (int64_t)length;
    }
    backup_add_sum(&reader->sums, &digest, entry->name);
    struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = entry->modified_s}};
    if (futimens(to, times) != 0 || fsync(to) != 0)
        return backup_fail(reader->into, strerror(errno));
    return tar_read_fill(reader->fd, entry->size_bytes) || damaged(reader, backup_problem());
}

static bool take_file(struct reader *reader, const struct tar_entry *entry)
{
    char path[FOLDER_PATH_BYTES];
    if (!backup_is_known(entry->name) || entry->size_bytes > BACKUP_FILE_BYTES_MAX ||
        reader->files++ == BACKUP_FILES_MAX)
        return damaged(reader, "an unknown entry");
    if (!folder_path(reader->into, entry->name, path))
        return backup_fail(reader->into, "too long a path");
    int to = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                  backup_is_secret(entry->name) ? 0600 : 0644);
    if (to < 0)
        return backup_fail(path, strerror(errno));
    bool taken = copy(reader, to, entry);
    close(to);
    reader->has_database |= strcmp(entry->name, FOLDER_DB) == 0;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        reader->required_keys += keys[i].required && strcmp(entry->name, keys[i].name) == 0;
    return taken;
}

static bool check_sums(struct reader *reader, int64_t size_bytes)
{
    struct text *told = &reader->told;
    if (size_bytes >= BACKUP_SUMS_BYTES || !tar_read(reader->fd, told->data, (size_t)size_bytes) ||
        !tar_read_fill(reader->fd, size_bytes))
        return damaged(reader, BACKUP_SUMS);
    struct tar_entry none;
    bool same = !reader->sums.cut && (size_t)size_bytes == reader->sums.length &&
                memcmp(told->data, reader->sums.data, reader->sums.length) == 0;
    if (!same)
        return damaged(reader, "a checksum differs");
    if (tar_read_head(reader->fd, &none) != TAR_END)
        return damaged(reader, "no end");
    return (reader->has_database && reader->required_keys == 3) ||
           damaged(reader, "no database or keys");
}

static bool take_all(struct reader *reader)
{
    for (;;) {
        struct tar_entry entry;
        switch (tar_read_head(reader->fd, &entry)) {
        case TAR_ENTRY:
            if (strcmp(entry.name, BACKUP_SUMS) == 0)
                return check_sums(reader, entry.size_bytes);
            if (!take_file(reader, &entry))
                return false;
            break;
        case TAR_END:
            return damaged(reader, "no " BACKUP_SUMS);
        case TAR_BROKEN:
        case TAR_RESULT_COUNT:
            return damaged(reader, "a header");
        }
    }
}

// ---- the folder

static bool make_folders(const char *into)
{
    static const struct {
        const char *name;
        bool secret;
    } folders[] = {{"keys", true}, {FOLDER_FEED, false}};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        char path[FOLDER_PATH_BYTES];
        if (!folder_path(into, folders[i].name, path) || !folder_make(path, folders[i].secret))
            return backup_fail(into, strerror(errno));
    }
    return true;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)place;
    return kind == FTW_DP ? rmdir(path) : unlink(path);
}

static void remove_tree(const char *path)
{
    enum { DESCRIPTORS = 8 };
    nftw(path, remove_one, DESCRIPTORS, FTW_DEPTH | FTW_PHYS);
}

static struct stat owner; // of the empty folder whose place is taken

static int give_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)kind;
    (void)info;
    (void)place;
    return lchown(path, owner.st_uid, owner.st_gid);
}

// What a technician with all rights restores belongs to whom the folder belonged.
static bool hand_over(const char *into, const char *data)
{
    enum { DESCRIPTORS = 8 };
    if (geteuid() != 0 || stat(data, &owner) != 0)
        return true;
    return (chmod(into, owner.st_mode & 07777) == 0 &&
            nftw(into, give_one, DESCRIPTORS, FTW_PHYS) == 0) ||
           backup_fail(into, strerror(errno));
}

static bool is_empty(const char *path)
{
    DIR *dir = opendir(path);
    if (dir == NULL)
        return errno == ENOENT || backup_fail(path, strerror(errno));
    int count = 0;
    for (struct dirent *entry; (entry = readdir(dir));)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(dir);
    return count == 0 || backup_fail(path, "found files, expected an empty or a new folder");
}

static bool raise_serial(const char *into, int64_t now_s, uint64_t *ret_serial)
{
    char text[STORE_SETTING_BYTES];
    struct store *store = store_open(into, false);
    if (store == NULL)
        return false;
    bool ok = store_setting(store, "serial", text);
    uint64_t serial = strtoull(text, NULL, 10) + BACKUP_SERIAL_STEP;
    if (now_s > 0 && serial < (uint64_t)now_s)
        serial = (uint64_t)now_s;
    snprintf(text, sizeof text, "%" PRIu64, serial);
    ok = ok && store_set_setting(store, "serial", text);
    if (!ok)
        backup_fail(into, store_error(store));
    store_close(store);
    *ret_serial = serial;
    return ok;
}

static bool sync_folders(const char *into)
{
    static const char *const files[] = {FOLDER_DB, FOLDER_NUMBER_KEY, FOLDER_FEED "/x",
                                        FOLDER_FEED};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[FOLDER_PATH_BYTES];
        if (!folder_path(into, files[i], path) || !file_sync_folder(path))
            return backup_fail(into, strerror(errno));
    }
    return true;
}

static bool restore_into(struct reader *reader, const char *data, int64_t now_s,
                         struct backup_report *ret)
{
    struct stat info;
    if (!make_folders(reader->into) || !take_all(reader) ||
        !raise_serial(reader->into, now_s, &ret->serial) || !hand_over(reader->into, data) ||
        !sync_folders(reader->into))
        return false;
    if (rename(reader->into, data) != 0 || !file_sync_folder(data))
        return backup_fail(data, strerror(errno));
    ret->files = reader->files;
    ret->size_bytes = fstat(reader->fd, &info) == 0 ? info.st_size : 0;
    return true;
}

bool backup_restore(const char *path, const char *data, int64_t now_s, struct backup_report *ret)
{
    char plain[FOLDER_PATH_BYTES];
    char into[FOLDER_PATH_BYTES];
    text_copy(plain, sizeof plain, data);
    for (size_t length = strlen(plain); length > 1 && plain[length - 1] == '/';)
        plain[--length] = '\0';
    if (strlen(data) >= sizeof plain || !folder_beside(plain, ".restore", into))
        return backup_fail(data, "too long a path");
    struct reader reader = {.path = path, .into = into};
    reader.fd = open(path, O_RDONLY | O_CLOEXEC);
    if (reader.fd < 0)
        return backup_fail(path, strerror(errno));
    bool ok = is_empty(plain);
    if (ok) {
        char *memory = malloc(PIECE_BYTES + 2 * BACKUP_SUMS_BYTES);
        CHECK(memory != NULL);
        reader.piece = memory;
        text_init(&reader.sums, memory + PIECE_BYTES, BACKUP_SUMS_BYTES);
        text_init(&reader.told, memory + PIECE_BYTES + BACKUP_SUMS_BYTES, BACKUP_SUMS_BYTES);
        remove_tree(into); // of one that was killed
        ok = restore_into(&reader, plain, now_s, ret);
        if (!ok)
            remove_tree(into);
        free(memory);
    }
    close(reader.fd);
    return ok;
}
