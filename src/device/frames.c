#include "device/frames.h"

#include "base/log.h"

#include <inttypes.h>
#include <time.h>

static int64_t clock_us(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

void frames_open(struct frames *frames, const char *path)
{
    if (path == NULL)
        return;
    frames->file = fopen(path, "we");
    if (frames->file == NULL)
        log_event("frames", "the file that was asked for can't be written");
}

void frames_close(struct frames *frames)
{
    if (frames->file != NULL)
        fclose(frames->file);
    frames->file = NULL;
}

void frames_begin(struct frames *frames)
{
    if (frames->file == NULL)
        return;
    frames->begun_us = clock_us(CLOCK_MONOTONIC);
    frames->processor_us = clock_us(CLOCK_THREAD_CPUTIME_ID);
}

void frames_note(struct frames *frames)
{
    if (frames->file == NULL)
        return;
    fprintf(frames->file, "%" PRId64 " %" PRId64 " %" PRId64 "\n", frames->begun_us,
            clock_us(CLOCK_MONOTONIC) - frames->begun_us,
            clock_us(CLOCK_THREAD_CPUTIME_ID) - frames->processor_us);
}
