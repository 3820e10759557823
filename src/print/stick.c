#include "print/stick.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { SAME_MINUTE_MAX = 99 };

static const char unfinished[] = ".navigator-unfinished.pdf";

// The folder when something is mounted there; -1 otherwise.
static int open_stick(const char *folder)
{
    struct stat here;
    struct stat above;
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    bool mounted = fstat(fd, &here) == 0 && fstatat(fd, "..", &above, 0) == 0 &&
                   here.st_dev != above.st_dev && faccessat(fd, ".", W_OK | X_OK, 0) == 0;
    if (mounted)
        return fd;
    close(fd);
    return -1;
}

bool stick_there(const char *folder)
{
    int fd = open_stick(folder);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

// ---- saving

struct saving {
    int fd;
    struct printer_watch *watch;
};

static bool begin(void *context, uint32_t pages, uint32_t height_mm)
{
    (void)context, (void)pages, (void)height_mm;
    return true;
}

static bool page(void *context, uint32_t done)
{
    struct saving *saving = context;
    atomic_store(&saving->watch->pages, done);
    if (saving->watch->tell != NULL)
        saving->watch->tell(saving->watch->context);
    return !atomic_load(&saving->watch->stop);
}

static bool write_bytes(void *context, const void *bytes, size_t length)
{
    const struct saving *saving = context;
    const char *at = bytes;
    while (length > 0 && !atomic_load(&saving->watch->stop)) {
        ssize_t written = write(saving->fd, at, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        at += written;
        length -= (size_t)written;
    }
    return length == 0;
}

static bool name_file(int folder, enum sheet_kind kind, char ret_file[static PRINT_FILE_BYTES])
{
    static const char *const kinds[SHEET_KIND_COUNT] = {
        [SHEET_POSTER] = "afishi",      [SHEET_CARDS] = "kartochki", [SHEET_RECEIPT] = "listok",
        [SHEET_SELECTION] = "podborka", [SHEET_SLIP] = "sertifikat", [SHEET_READINESS] = "proverka",
        [SHEET_TEST] = "proba",
    };
    struct tm local;
    char minute[32];
    struct stat found;
    time_t now_s = time(NULL);
    if (localtime_r(&now_s, &local) == NULL ||
        strftime(minute, sizeof minute, "%Y-%m-%d-%H%M", &local) == 0)
        return false;
    snprintf(ret_file, PRINT_FILE_BYTES, "navigator-%s-%s.pdf", minute, kinds[kind]);
    for (unsigned i = 2; i <= SAME_MINUTE_MAX; i++) {
        if (fstatat(folder, ret_file, &found, AT_SYMLINK_NOFOLLOW) != 0)
            return errno == ENOENT;
        snprintf(ret_file, PRINT_FILE_BYTES, "navigator-%s-%s-%u.pdf", minute, kinds[kind], i);
    }
    return false;
}

static enum outcome outcome_of(enum compose_result result, const struct printer_watch *watch)
{
    switch (result) {
    case COMPOSE_DONE:
        return OUTCOME_DONE;
    case COMPOSE_STOPPED:
        return atomic_load(&watch->stop) ? OUTCOME_STOPPED : OUTCOME_CUT;
    case COMPOSE_NO_CATALOG:
        return OUTCOME_NO_CATALOG;
    case COMPOSE_FAILED:
    case COMPOSE_RESULT_COUNT:
        break;
    }
    return OUTCOME_BROKEN;
}

enum outcome pdf_into_file(int fd, const struct compose_place *place,
                           const struct sheet_order *order, struct printer_watch *watch)
{
    struct saving saving = {.fd = fd, .watch = watch};
    const struct compose_sink sink = {&saving, begin, page, write_bytes};
    enum outcome outcome = outcome_of(compose(place, order, &sink), watch);
    return outcome == OUTCOME_DONE && fsync(fd) != 0 ? OUTCOME_CUT : outcome;
}

static enum outcome save_into(int folder, const struct compose_place *place,
                              const struct sheet_order *order, struct printer_watch *watch,
                              char ret_file[static PRINT_FILE_BYTES])
{
    struct sheet_order once = *order;
    once.copies = 1;
    unlinkat(folder, unfinished, 0);
    int fd = openat(folder, unfinished, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                    S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH);
    if (fd < 0)
        return OUTCOME_CUT;
    enum outcome outcome = pdf_into_file(fd, place, &once, watch);
    if ((close(fd) != 0 || !name_file(folder, order->kind, ret_file)) && outcome == OUTCOME_DONE)
        outcome = OUTCOME_CUT;
    if (outcome == OUTCOME_DONE &&
        (renameat(folder, unfinished, folder, ret_file) != 0 || fsync(folder) != 0))
        outcome = OUTCOME_CUT;
    if (outcome != OUTCOME_DONE)
        unlinkat(folder, unfinished, 0);
    return outcome;
}

enum outcome stick_save(const char *folder, const struct compose_place *place,
                        const struct sheet_order *order, struct printer_watch *watch,
                        char ret_file[static PRINT_FILE_BYTES])
{
    int fd = open_stick(folder);
    if (fd < 0)
        return OUTCOME_CUT;
    enum outcome outcome = save_into(fd, place, order, watch, ret_file);
    close(fd);
    return outcome;
}
