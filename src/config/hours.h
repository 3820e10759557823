// When the screen is lit: lines like "mon-fri 07:30-20:00" or "sat 08:00-24:00".
//
// A line has a weekday, a range of them ("sat-mon" goes over Sunday) or "daily", and two times of
// the same day, the earlier first. The screen is lit within any of the lines; without a line,
// always. A clock that was never set (before 2024) darkens nothing.
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum {
    HOURS_BYTES = 24,
    HOURS_LINES_MAX = 14,
    HOURS_CLOCK_SET_S = 1704067200, // 2024-01-01
};

struct hours {
    uint8_t days;      // a set, the lowest bit is Monday
    uint16_t from_min; // of the day
    uint16_t to_min;
};

bool hours_parse(const char *line, struct hours *ret_hours);
// At this local time; lines that aren't hours are passed over. *ret_again_s: until it may change,
// a day at most.
bool hours_lit(const char (*lines)[HOURS_BYTES], uint32_t count, int64_t local_s,
               int32_t *ret_again_s);
