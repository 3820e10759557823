#include "tests/support/disk.h"

#include "base/check.h"
#include "tests/support/disk_inside.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct {
    bool watching;
    char folder[PATH_MAX];
    dev_t device;
    struct disk_image image;
    struct disk_names present;
    struct disk_ops steps; // not yet folded
    uint64_t step;         // of the newest
    struct disk_fault fault;
    int64_t room; // -1 no limit
    bool read_only;
    bool lying;
    unsigned fault_calls; // of the fault's kinds
    unsigned calls[DISK_CALL_COUNT];
    unsigned hits;
} disk;

// Recursive: a crash image is written through the functions that ask for the lock.
static pthread_mutex_t mutex = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

bool disk_lock(void)
{
    if (!__atomic_load_n(&disk.watching, __ATOMIC_ACQUIRE))
        return false;
    pthread_mutex_lock(&mutex);
    return true;
}

void disk_unlock(void)
{
    pthread_mutex_unlock(&mutex);
}

// ---- what a call is about

const char *disk_below(int folder, const char *path, char memory[static 4096])
{
    char link[64];
    if (path[0] != '/') {
        snprintf(link, sizeof link, folder == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d",
                 folder);
        ssize_t length = readlink(link, memory, PATH_MAX - 1);
        if (length <= 0 || (size_t)length + strlen(path) + 2 > PATH_MAX)
            return NULL;
        snprintf(memory + length, PATH_MAX - (size_t)length, "/%s", path);
        path = memory;
    }
    size_t length = strlen(disk.folder);
    if (strncmp(path, disk.folder, length) != 0)
        return NULL;
    return path[length] == '\0' ? "" : path[length] == '/' ? path + length + 1 : NULL;
}

struct disk_inode *disk_find(int fd)
{
    struct stat info;
    if (fstat(fd, &info) != 0 || info.st_dev != disk.device)
        return NULL;
    struct disk_inode *inode = disk.image.inodes;
    while (inode != NULL && inode->number != info.st_ino)
        inode = inode->next;
    // Without a name it is a file that is gone, or the kernel gave its number to a strange one.
    return inode != NULL && inode->names > 0 ? inode : NULL;
}

struct disk_inode *disk_find_name(const char *name)
{
    return disk_names_find(&disk.present, name);
}

static struct disk_inode *parent(const char *name)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s", name);
    char *slash = strrchr(path, '/');
    *(slash != NULL ? slash : path) = '\0';
    struct disk_inode *inode = disk_find_name(path);
    CHECK(inode != NULL && inode->is_folder);
    return inode;
}

// ---- faults

bool disk_fails(enum disk_call call, bool changes)
{
    int error = disk.read_only && changes ? EROFS : 0;
    disk.calls[call]++;
    if ((disk.fault.calls & 1u << call) != 0) {
        disk.fault_calls++;
        if (disk.fault_calls == disk.fault.nth ||
            (disk.fault.for_ever && disk.fault_calls > disk.fault.nth))
            error = disk.fault.error;
    }
    if (error == 0)
        return false;
    disk.hits++;
    errno = error;
    return true;
}

size_t disk_fitting(int64_t size, int64_t offset, size_t length)
{
    int64_t last = (offset > size ? offset : size) + disk.room;
    if (disk.room < 0 || offset + (int64_t)length <= last)
        return length;
    disk.hits++;
    errno = ENOSPC;
    return last > offset ? (size_t)(last - offset) : 0;
}

void disk_take_room(int64_t size_before, int64_t size_after)
{
    int64_t grown = size_after - size_before;
    if (disk.room >= 0)
        disk.room = grown < disk.room ? disk.room - grown : 0;
}

void disk_fail(const struct disk_fault *fault)
{
    pthread_mutex_lock(&mutex);
    disk.fault = fault != NULL ? *fault : (struct disk_fault){0};
    disk.fault_calls = 0;
    disk.hits = 0;
    memset(disk.calls, 0, sizeof disk.calls);
    pthread_mutex_unlock(&mutex);
}

void disk_set_room(int64_t bytes)
{
    pthread_mutex_lock(&mutex);
    disk.room = bytes;
    pthread_mutex_unlock(&mutex);
}

void disk_set_read_only(bool read_only)
{
    pthread_mutex_lock(&mutex);
    disk.read_only = read_only;
    pthread_mutex_unlock(&mutex);
}

void disk_set_lying(bool lying)
{
    pthread_mutex_lock(&mutex);
    disk.lying = lying;
    pthread_mutex_unlock(&mutex);
}

unsigned disk_hits(void)
{
    pthread_mutex_lock(&mutex);
    unsigned hits = disk.hits;
    pthread_mutex_unlock(&mutex);
    return hits;
}

unsigned disk_calls(unsigned calls)
{
    unsigned sum = 0;
    pthread_mutex_lock(&mutex);
    for (unsigned call = 0; call < DISK_CALL_COUNT; call++)
        sum += (calls & 1u << call) != 0 ? disk.calls[call] : 0;
    pthread_mutex_unlock(&mutex);
    return sum;
}

// ---- recording

static void record(struct disk_op op, const char *name, const char *from)
{
    op.step = ++disk.step;
    op.name = name != NULL ? strdup(name) : NULL;
    op.from = from != NULL ? strdup(from) : NULL;
    disk_ops_push(&disk.steps, &op);
}

void disk_record_write(struct disk_inode *inode, int64_t offset, const void *data, size_t length)
{
    unsigned char *copy = malloc(length + 1);
    CHECK(copy != NULL);
    memcpy(copy, data, length);
    record((struct disk_op){.kind = DISK_OP_WRITE,
                            .inode = inode,
                            .offset = offset,
                            .length = length,
                            .data = copy},
           NULL, NULL);
}

void disk_record_cut(struct disk_inode *inode, int64_t size)
{
    record((struct disk_op){.kind = DISK_OP_CUT, .inode = inode, .offset = size}, NULL, NULL);
}

void disk_record_sync(struct disk_inode *inode, bool failed)
{
    if (disk.lying)
        return;
    record((struct disk_op){.kind = failed ? DISK_OP_SYNC_FAILED : DISK_OP_SYNC, .inode = inode},
           NULL, NULL);
}

static void unname(const char *name)
{
    struct disk_inode *inode = disk_find_name(name);
    if (inode != NULL)
        inode->names--;
    disk_names_drop(&disk.present, name);
}

void disk_record_name(struct disk_inode *inode, const char *name, const char *from)
{
    if (from != NULL)
        unname(from);
    unname(name);
    inode->names++;
    disk_names_put(&disk.present, name, inode);
    record((struct disk_op){.kind = DISK_OP_NAME, .inode = inode, .folder = parent(name)}, name,
           from);
}

void disk_record_new(const char *name, ino_t number, bool is_folder)
{
    if (!disk_is_unseen(name))
        disk_record_name(disk_image_add(&disk.image, number, is_folder), name, NULL);
}

void disk_record_unname(const char *name)
{
    if (disk_find_name(name) == NULL)
        return;
    unname(name);
    record((struct disk_op){.kind = DISK_OP_UNNAME, .folder = parent(name)}, name, NULL);
}

void disk_record_swap(const char *name, const char *other)
{
    CHECK(parent(name) == parent(other));
    disk_names_swap(&disk.present, name, other);
    record((struct disk_op){.kind = DISK_OP_SWAP, .folder = parent(name)}, name, other);
}

// ---- watching

static void forget_all(void)
{
    disk_ops_finish(&disk.steps);
    disk_names_finish(&disk.present);
    disk_image_finish(&disk.image);
}

static void take(const char *path, const char *name)
{
    struct stat info;
    char below[PATH_MAX];
    CHECK(lstat(path, &info) == 0);
    struct disk_inode *inode = disk_image_add(&disk.image, info.st_ino, S_ISDIR(info.st_mode));
    disk_names_put(&disk.image.durable, name, inode);
    disk_names_put(&disk.present, name, inode);
    inode->names = 1;
    if (S_ISREG(info.st_mode)) {
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        inode->size = (size_t)info.st_size;
        inode->durable = malloc(inode->size + 1);
        CHECK(inode->durable != NULL && fd >= 0 &&
              read(fd, inode->durable, inode->size) == info.st_size);
        close(fd);
        return;
    }
    DIR *folder = opendir(path);
    CHECK(folder != NULL);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (disk_is_unseen(entry->d_name))
            continue;
        snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
        take(below, below + strlen(disk.folder) + 1);
    }
    closedir(folder);
}

void disk_watch(const char *folder)
{
    struct stat info;
    disk_unwatch();
    CHECK(folder[0] == '/' && strlen(folder) < sizeof disk.folder);
    CHECK(stat(folder, &info) == 0 && S_ISDIR(info.st_mode));
    memset(&disk, 0, sizeof disk);
    snprintf(disk.folder, sizeof disk.folder, "%s", folder);
    disk.device = info.st_dev;
    disk.room = -1;
    take(folder, "");
    __atomic_store_n(&disk.watching, true, __ATOMIC_RELEASE);
}

void disk_unwatch(void)
{
    pthread_mutex_lock(&mutex);
    __atomic_store_n(&disk.watching, false, __ATOMIC_RELEASE);
    forget_all();
    pthread_mutex_unlock(&mutex);
}

// ---- steps and crashes

uint64_t disk_steps(void)
{
    pthread_mutex_lock(&mutex);
    uint64_t step = disk.step;
    pthread_mutex_unlock(&mutex);
    return step;
}

static const char *name_of(const struct disk_inode *inode)
{
    for (size_t i = 0; i < disk.present.count; i++)
        if (disk.present.all[i].inode == inode)
            return disk.present.all[i].path[0] == '\0' ? "the folder" : disk.present.all[i].path;
    return "a file that is gone";
}

const char *disk_step_text(uint64_t step)
{
    static char text[DISK_TEXT_BYTES];
    static const char *const kinds[] = {
        [DISK_OP_WRITE] = "write", [DISK_OP_CUT] = "cut",
        [DISK_OP_SYNC] = "sync",   [DISK_OP_SYNC_FAILED] = "sync failed",
        [DISK_OP_NAME] = "name",   [DISK_OP_UNNAME] = "unname",
        [DISK_OP_SWAP] = "swap",
    };
    text[0] = '\0';
    pthread_mutex_lock(&mutex);
    for (size_t i = 0; i < disk.steps.count; i++) {
        const struct disk_op *op = &disk.steps.all[i];
        if (op->step != step)
            continue;
        snprintf(text, sizeof text, "%llu %s %.200s %lld+%zu%s%.200s", (unsigned long long)step,
                 kinds[op->kind], op->name != NULL ? op->name : name_of(op->inode),
                 (long long)op->offset, op->length, op->from != NULL ? " from " : "",
                 op->from != NULL ? op->from : "");
    }
    pthread_mutex_unlock(&mutex);
    return text;
}

static void fold_to(uint64_t step)
{
    size_t done = 0;
    while (done < disk.steps.count && disk.steps.all[done].step <= step)
        disk_image_fold(&disk.image, &disk.steps.all[done++]);
    disk.steps.count -= done;
    if (done > 0 && disk.steps.count > 0)
        memmove(disk.steps.all, disk.steps.all + done, disk.steps.count * sizeof *disk.steps.all);
}

void disk_forget_steps(void)
{
    pthread_mutex_lock(&mutex);
    fold_to(disk.step);
    disk_image_sweep(&disk.image, &disk.present);
    pthread_mutex_unlock(&mutex);
}

uint64_t disk_crash(uint64_t step, enum disk_loss loss, uint64_t seed, const char *target)
{
    pthread_mutex_lock(&mutex);
    uint64_t first = disk.steps.count > 0 ? disk.steps.all[0].step : disk.step + 1;
    CHECK(step <= disk.step && step + 1 >= first);
    fold_to(step);
    uint64_t fingerprint = disk_image_write(&disk.image, step, loss, seed, target);
    pthread_mutex_unlock(&mutex);
    return fingerprint;
}

bool disk_matches(char ret_why[static DISK_TEXT_BYTES])
{
    pthread_mutex_lock(&mutex);
    CHECK(disk.fault.calls == 0); // it would hit the reading here
    disk_forget_steps();
    bool same = disk_image_is(&disk.image, disk.folder, ret_why);
    pthread_mutex_unlock(&mutex);
    return same;
}
