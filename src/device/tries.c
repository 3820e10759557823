#include "device/tries.h"

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "config/own.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { TRIES_BYTES = 128 };

#define TRIES_FILE "tries"

bool tries_read(const char *data_dir, struct tries_left *ret_left)
{
    char path[PATH_MAX];
    char *data;
    size_t length;
    if (!own_path(data_dir, TRIES_FILE, path) || !file_read(path, TRIES_BYTES, &data, &length))
        return false;
    const char *at = data;
    for (int i = 0; i < TRIES_MAX; i++) {
        char *end;
        long ms = strtol(at, &end, 10);
        ret_left->ms[i] = ms < 0 || ms > TRIES_WINDOW_MS ? TRIES_WINDOW_MS : (int32_t)ms;
        at = end;
    }
    free(data);
    return true;
}

void tries_write(const char *data_dir, const struct tries_left *left)
{
    char line[TRIES_BYTES];
    struct text text;
    text_init(&text, line, sizeof line);
    for (int i = 0; i < TRIES_MAX; i++)
        text_addf(&text, "%" PRId32 "%c", left->ms[i], i + 1 < TRIES_MAX ? ' ' : '\n');
    if (!own_write(data_dir, TRIES_FILE, line, text.length))
        log_event("tries", "not kept: %s", strerror(errno));
}
