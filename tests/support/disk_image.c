#include "tests/support/disk_image.h"

#include "base/check.h"
#include "base/hash.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void *grow(void *all, size_t count, size_t *room, size_t bytes)
{
    if (count < *room)
        return all;
    *room = *room * 2 + 16;
    all = realloc(all, *room * bytes);
    CHECK(all != NULL);
    return all;
}

// ---- names

static size_t name_at(const struct disk_names *names, const char *path)
{
    size_t at = 0;
    while (at < names->count && strcmp(names->all[at].path, path) != 0)
        at++;
    return at;
}

bool disk_is_unseen(const char *name)
{
    size_t length = strlen(name);
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
           (length >= 4 && strcmp(name + length - 4, "-shm") == 0);
}

struct disk_inode *disk_names_find(const struct disk_names *names, const char *path)
{
    size_t at = name_at(names, path);
    return at < names->count ? names->all[at].inode : NULL;
}

void disk_names_put(struct disk_names *names, const char *path, struct disk_inode *inode)
{
    size_t at = name_at(names, path);
    if (at == names->count) {
        names->all = grow(names->all, names->count, &names->room, sizeof *names->all);
        names->all[names->count++].path = strdup(path);
    }
    names->all[at].inode = inode;
}

void disk_names_drop(struct disk_names *names, const char *path)
{
    size_t at = name_at(names, path);
    if (at == names->count)
        return;
    free(names->all[at].path);
    names->all[at] = names->all[--names->count];
}

// The rest of a path at or below the folder, or NULL.
static const char *below(const char *path, const char *folder)
{
    size_t length = strlen(folder);
    bool inside = strncmp(path, folder, length) == 0 && strchr("/", path[length]) != NULL;
    return inside ? path + length : NULL;
}

void disk_names_swap(struct disk_names *names, const char *one, const char *other)
{
    for (size_t i = 0; i < names->count; i++) {
        char **path = &names->all[i].path;
        const char *in_one = below(*path, one);
        const char *in_other = below(*path, other);
        char *moved = NULL;
        if (in_one != NULL)
            CHECK(asprintf(&moved, "%s%s", other, in_one) > 0);
        else if (in_other != NULL)
            CHECK(asprintf(&moved, "%s%s", one, in_other) > 0);
        if (moved != NULL) {
            free(*path);
            *path = moved;
        }
    }
}

void disk_names_finish(struct disk_names *names)
{
    while (names->count > 0)
        free(names->all[--names->count].path);
    free(names->all);
    *names = (struct disk_names){0};
}

// ---- operations

struct disk_op *disk_ops_push(struct disk_ops *ops, const struct disk_op *op)
{
    ops->all = grow(ops->all, ops->count, &ops->room, sizeof *ops->all);
    ops->all[ops->count] = *op;
    return &ops->all[ops->count++];
}

static void finish_op(struct disk_op *op)
{
    free(op->name);
    free(op->from);
    free(op->data);
}

void disk_ops_finish(struct disk_ops *ops)
{
    while (ops->count > 0)
        finish_op(&ops->all[--ops->count]);
    free(ops->all);
    *ops = (struct disk_ops){0};
}

// ---- contents

struct contents {
    unsigned char *data;
    size_t size;
};

static void resize(struct contents *contents, size_t size)
{
    contents->data = realloc(contents->data, size + 1);
    CHECK(contents->data != NULL);
    if (size > contents->size)
        memset(contents->data + contents->size, 0, size - contents->size);
    contents->size = size;
}

// Sectors of a write that wasn't kept leave what was there, or zeros in a file that grew.
static void apply(struct contents *contents, const struct disk_op *op,
                  bool (*keeps)(const void *choice, const struct disk_op *op, int64_t sector),
                  const void *choice)
{
    if (op->kind == DISK_OP_CUT) {
        if (keeps == NULL || keeps(choice, op, 0))
            resize(contents, (size_t)op->offset);
        return;
    }
    int64_t end = op->offset + (int64_t)op->length;
    for (int64_t at = op->offset, next; at < end; at = next) {
        int64_t sector = at / DISK_SECTOR_BYTES;
        next = keeps == NULL ? end : (sector + 1) * DISK_SECTOR_BYTES;
        next = next < end ? next : end;
        if (keeps != NULL && !keeps(choice, op, sector))
            continue;
        if (contents->size < (size_t)next)
            resize(contents, (size_t)next);
        memcpy(contents->data + at, op->data + (at - op->offset), (size_t)(next - at));
    }
}

// ---- the image

struct disk_inode *disk_image_add(struct disk_image *image, ino_t number, bool is_folder)
{
    struct disk_inode *inode = calloc(1, sizeof *inode);
    CHECK(inode != NULL);
    for (struct disk_inode *other = image->inodes; other != NULL; other = other->next)
        if (other->number == number)
            other->number = 0;
    *inode = (struct disk_inode){.next = image->inodes, .number = number, .is_folder = is_folder};
    image->inodes = inode;
    return inode;
}

static void apply_name(struct disk_names *names, const struct disk_op *op)
{
    if (op->kind == DISK_OP_UNNAME) {
        disk_names_drop(names, op->name);
        return;
    }
    if (op->kind == DISK_OP_SWAP) {
        disk_names_swap(names, op->name, op->from);
        return;
    }
    if (op->from != NULL)
        disk_names_drop(names, op->from);
    disk_names_put(names, op->name, op->inode);
}

static void sync_folder(struct disk_image *image, const struct disk_inode *folder)
{
    struct disk_ops *pending = &image->pending;
    size_t kept = 0;
    for (size_t i = 0; i < pending->count; i++) {
        if (pending->all[i].folder != folder) {
            pending->all[kept++] = pending->all[i];
            continue;
        }
        apply_name(&image->durable, &pending->all[i]);
        finish_op(&pending->all[i]);
    }
    pending->count = kept;
}

static void sync_file(struct disk_inode *inode)
{
    struct contents contents = {inode->durable, inode->size};
    for (size_t i = 0; i < inode->pending.count; i++)
        if (!inode->pending.all[i].lost)
            apply(&contents, &inode->pending.all[i], NULL, NULL);
    inode->durable = contents.data;
    inode->size = contents.size;
    disk_ops_finish(&inode->pending);
}

static void lose_pending(struct disk_inode *inode)
{
    for (size_t i = 0; i < inode->pending.count; i++)
        inode->pending.all[i].lost = true;
}

void disk_image_fold(struct disk_image *image, const struct disk_op *op)
{
    switch (op->kind) {
    case DISK_OP_WRITE:
    case DISK_OP_CUT:
        disk_ops_push(&op->inode->pending, op);
        break;
    case DISK_OP_SYNC:
        if (op->inode->is_folder)
            sync_folder(image, op->inode);
        else
            sync_file(op->inode);
        break;
    case DISK_OP_SYNC_FAILED:
        lose_pending(op->inode);
        break;
    case DISK_OP_NAME:
    case DISK_OP_UNNAME:
    case DISK_OP_SWAP:
        disk_ops_push(&image->pending, op);
        break;
    }
}

static void reach(struct disk_inode *inode)
{
    if (inode != NULL)
        inode->reached = true;
}

void disk_image_sweep(struct disk_image *image, const struct disk_names *present)
{
    for (size_t i = 0; i < image->durable.count; i++)
        reach(image->durable.all[i].inode);
    for (size_t i = 0; i < present->count; i++)
        reach(present->all[i].inode);
    for (size_t i = 0; i < image->pending.count; i++) {
        reach(image->pending.all[i].inode);
        reach(image->pending.all[i].folder);
    }
    for (struct disk_inode **link = &image->inodes; *link != NULL;) {
        struct disk_inode *inode = *link;
        if (inode->reached) {
            inode->reached = false;
            link = &inode->next;
            continue;
        }
        *link = inode->next;
        disk_ops_finish(&inode->pending);
        free(inode->durable);
        free(inode);
    }
}

void disk_image_finish(struct disk_image *image)
{
    disk_ops_finish(&image->pending);
    disk_names_finish(&image->durable);
    disk_image_sweep(image, &image->durable);
}

// ---- the crash

struct choice {
    enum disk_loss loss;
    uint64_t step;
    uint64_t seed;
};

// splitmix64 (Vigna 2015): neighbouring seeds give unrelated numbers.
static uint64_t mix(uint64_t value)
{
    value += 0x9e3779b97f4a7c15u;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
    return value ^ (value >> 31);
}

// The same answer for the same operation and sector, however often it is asked. A quarter, a half
// or three quarters are kept, by seed; a third of the writes is kept or lost by sectors.
static bool some_kept(const struct choice *choice, const struct disk_op *op, int64_t sector)
{
    uint64_t number = mix(choice->seed ^ mix(op->step));
    if (op->kind == DISK_OP_WRITE && number % 3 == 0)
        number = mix(number ^ (uint64_t)sector);
    return (number >> 32) % 4 <= choice->seed % 3;
}

// At least the last sector is lost; a write within one sector is lost whole.
static bool torn_kept(const struct choice *choice, const struct disk_op *op, int64_t sector)
{
    if (op->step != choice->step || op->kind != DISK_OP_WRITE)
        return true;
    int64_t first = op->offset / DISK_SECTOR_BYTES;
    int64_t last = (op->offset + (int64_t)op->length - 1) / DISK_SECTOR_BYTES;
    return sector <
           first + (int64_t)(mix(choice->seed ^ mix(op->step)) % (uint64_t)(last - first + 1));
}

static bool kept(const void *context, const struct disk_op *op, int64_t sector)
{
    const struct choice *choice = context;
    switch (choice->loss) {
    case DISK_LOSS_NONE:
        return true;
    case DISK_LOSS_ALL:
        return false;
    case DISK_LOSS_TORN:
        return torn_kept(choice, op, sector);
    case DISK_LOSS_SOME:
        return some_kept(choice, op, sector);
    case DISK_LOSS_COUNT:
        break;
    }
    CHECK(false);
}

static bool has_parents(const struct disk_names *names, const char *path)
{
    char parent[PATH_MAX];
    snprintf(parent, sizeof parent, "%s", path);
    for (char *slash; (slash = strrchr(parent, '/')) != NULL;) {
        *slash = '\0';
        if (disk_names_find(names, parent) == NULL)
            return false;
    }
    return true;
}

static void write_file(const char *path, const struct contents *contents)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    CHECK(fd >= 0);
    for (size_t at = 0; at < contents->size;) {
        ssize_t put = write(fd, contents->data + at, contents->size - at);
        CHECK(put > 0);
        at += (size_t)put;
    }
    close(fd);
}

static void make_folders(const char *target, const char *path)
{
    char part[PATH_MAX];
    snprintf(part, sizeof part, "%s/%s", target, path);
    for (char *slash = part + strlen(target) + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = '\0';
        CHECK(mkdir(part, 0700) == 0 || errno == EEXIST);
        *slash = '/';
    }
}

static struct contents contents_of(const struct disk_inode *inode, const struct choice *choice)
{
    struct contents contents = {NULL, 0};
    resize(&contents, inode->size);
    if (inode->size > 0)
        memcpy(contents.data, inode->durable, inode->size);
    for (size_t i = 0; i < inode->pending.count; i++)
        apply(&contents, &inode->pending.all[i], kept, choice);
    return contents;
}

static void write_name(const struct disk_name *name, const struct contents *contents,
                       const char *target)
{
    char path[PATH_MAX];
    make_folders(target, name->path);
    snprintf(path, sizeof path, "%s/%s", target, name->path);
    if (name->inode->is_folder)
        CHECK(mkdir(path, 0700) == 0 || errno == EEXIST);
    else
        write_file(path, contents);
}

// Durable names, and those of the pending that are kept.
static struct disk_names names_of(const struct disk_image *image, const struct choice *choice)
{
    struct disk_names names = {0};
    for (size_t i = 0; i < image->durable.count; i++)
        disk_names_put(&names, image->durable.all[i].path, image->durable.all[i].inode);
    for (size_t i = 0; i < image->pending.count; i++)
        if (kept(choice, &image->pending.all[i], 0))
            apply_name(&names, &image->pending.all[i]);
    return names;
}

uint64_t disk_image_write(const struct disk_image *image, uint64_t step, enum disk_loss loss,
                          uint64_t seed, const char *target)
{
    struct choice choice = {loss, step, seed};
    struct disk_names names = names_of(image, &choice);
    uint64_t fingerprint = 0;
    for (size_t i = 0; i < names.count; i++) {
        const struct disk_name *name = &names.all[i];
        if (!has_parents(&names, name->path))
            continue;
        struct contents contents = contents_of(name->inode, &choice);
        if (target != NULL && name->path[0] != '\0')
            write_name(name, &contents, target);
        uint64_t hash = hash_fnv1a64(HASH_FNV1A64_START, name->path, strlen(name->path) + 1);
        fingerprint += mix(hash_fnv1a64(hash, contents.data, contents.size));
        free(contents.data);
    }
    disk_names_finish(&names);
    return fingerprint;
}

// ---- the present

static bool holds(const char *folder, const struct disk_name *name)
{
    struct choice choice = {.loss = DISK_LOSS_NONE};
    char path[PATH_MAX];
    struct stat info;
    snprintf(path, sizeof path, "%s/%s", folder, name->path);
    if (lstat(path, &info) != 0 || S_ISDIR(info.st_mode) != name->inode->is_folder)
        return false;
    if (name->inode->is_folder)
        return true;
    struct contents found = {NULL, 0};
    struct contents expected = contents_of(name->inode, &choice);
    resize(&found, (size_t)info.st_size);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool same = fd >= 0 && read(fd, found.data, found.size) == (ssize_t)found.size &&
                found.size == expected.size && memcmp(found.data, expected.data, found.size) == 0;
    close(fd);
    free(found.data);
    free(expected.data);
    return same;
}

static bool knows_all(const struct disk_names *names, const char *folder, const char *name,
                      char ret_why[static DISK_TEXT_BYTES])
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    DIR *open_folder = opendir(path);
    bool known = open_folder != NULL;
    for (struct dirent *entry; known && (entry = readdir(open_folder)) != NULL;) {
        if (disk_is_unseen(entry->d_name))
            continue;
        snprintf(path, sizeof path, "%s%s%s", name, name[0] != '\0' ? "/" : "", entry->d_name);
        struct disk_inode *inode = disk_names_find(names, path);
        known = inode != NULL;
        if (!known)
            snprintf(ret_why, DISK_TEXT_BYTES, "%.400s: nobody was seen to make it", path);
        else if (inode->is_folder)
            known = knows_all(names, folder, path, ret_why);
    }
    closedir(open_folder);
    return known;
}

bool disk_image_is(const struct disk_image *image, const char *folder,
                   char ret_why[static DISK_TEXT_BYTES])
{
    struct choice choice = {.loss = DISK_LOSS_NONE};
    struct disk_names names = names_of(image, &choice);
    bool same = knows_all(&names, folder, "", ret_why);
    for (size_t i = 0; same && i < names.count; i++) {
        same = holds(folder, &names.all[i]);
        if (!same)
            snprintf(ret_why, DISK_TEXT_BYTES, "%.400s: changed or gone unseen", names.all[i].path);
    }
    disk_names_finish(&names);
    return same;
}
