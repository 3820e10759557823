// The helper's one monotonic clock, in milliseconds.
#pragma once

#include <stdint.h>
#include <time.h>

static inline int64_t ms_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
