#include "device/backlight.h"

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Opened for writing, -1 none; its largest value beside it.
static int open_first(const char *dir, long *ret_largest)
{
    glob_t found;
    char pattern[PATH_MAX];
    int fd = -1;
    if (dir == NULL)
        return -1;
    snprintf(pattern, sizeof pattern, "%s/*", dir);
    if (glob(pattern, 0, NULL, &found) != 0)
        return -1;
    for (size_t i = 0; i < found.gl_pathc && fd < 0; i++) {
        char path[PATH_MAX];
        char number[32] = "";
        snprintf(path, sizeof path, "%s/max_brightness", found.gl_pathv[i]);
        int largest = open(path, O_RDONLY | O_CLOEXEC);
        if (largest < 0)
            continue;
        ssize_t length = read(largest, number, sizeof number - 1);
        close(largest);
        *ret_largest = length > 0 ? strtol(number, NULL, 10) : 0;
        snprintf(path, sizeof path, "%s/brightness", found.gl_pathv[i]);
        if (*ret_largest > 0)
            fd = open(path, O_WRONLY | O_CLOEXEC);
    }
    globfree(&found);
    return fd;
}

bool backlight_there(const char *dir)
{
    long largest;
    int fd = open_first(dir, &largest);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

void backlight_set(const char *dir, uint32_t percent)
{
    long largest;
    int fd = open_first(dir, &largest);
    if (fd < 0)
        return;
    long value = largest * (long)percent / 100;
    char number[32];
    int length = snprintf(number, sizeof number, "%ld\n", value == 0 && percent > 0 ? 1 : value);
    if (write(fd, number, (size_t)length) != length)
        log_event("backlight", "not set: %s", strerror(errno));
    close(fd);
}
