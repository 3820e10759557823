// A timetable as people write it: «Вт, Чт 16:50-18:30; сб 10.00–11.30».
//
// Days by full or short name, misspelt or by number (1-7, 0 is Sunday), lists and ranges; times
// with colon, dot or dash, blanks in between («17. 00»), "с … до …", hours alone; several times a
// day; times before their days; even and odd weeks, before or behind. Other words are passed over.
#pragma once

#include "catalog/record.h"

#include <stdbool.h>
#include <stdint.h>

enum schedule_result {
    SCHEDULE_OK,
    SCHEDULE_MENDED,   // a misspelt weekday was understood
    SCHEDULE_NONE,     // says that there is no timetable yet: «уточняйте»
    SCHEDULE_NO_TIMES, // no time, or times without a day
    SCHEDULE_BAD_TIME, // ends before it begins, or beyond the day
    SCHEDULE_TOO_MANY, // more than RECORD_SLOTS_MAX entries
    SCHEDULE_RESULT_COUNT
};

// One line of clean text. Slots are filled only with the first two results; their address is "".
enum schedule_result schedule_parse(const char *text, struct slot ret_slots[RECORD_SLOTS_MAX],
                                    uint32_t *ret_count);
