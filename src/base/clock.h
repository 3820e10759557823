// The turn's single "now": read by the edge, handed to all that is pure.
#pragma once

#include "base/date.h"

#include <stdint.h>

struct clock {
    int64_t now_ms; // monotonic
    int64_t wall_s; // unix seconds
    int32_t utc_offset_s;
};

// Local days since 1970-01-01.
static inline int32_t clock_today(const struct clock *clock)
{
    int64_t local_s = clock->wall_s + clock->utc_offset_s;
    return (int32_t)(local_s / SECONDS_A_DAY - (local_s % SECONDS_A_DAY < 0));
}
