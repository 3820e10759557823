// Working days of a five-day week: which they are, and where a deadline of n of them ends.
//
// Read once at start from a file of data (assets/calendar/ru.txt), immutable afterwards; pure, any
// thread. Lines: "holiday MM-DD" (every year), "year YYYY SOURCE" (the decree of that year stands
// below), "move FROM TO" (dates: TO is a day off; FROM works unless it is a holiday), "# …".
//
// Source of the rules: Labour Code of Russia. Art. 112: a day off that falls on a holiday outside
// January goes over to the next working day unless the decree moves it elsewhere. Art. 14: a term
// begins on the day after the event.
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum {
    WORKDAYS_HOLIDAYS_MAX = 32,
    WORKDAYS_YEARS_MAX = 64,
    WORKDAYS_MOVES_MAX = 256,
    WORKDAYS_FILE_BYTES = 64 * 1024,
    WORKDAYS_ERROR_BYTES = 256,
};

// Zeroed knows Saturdays and Sundays only.
struct workdays {
    uint16_t holidays[WORKDAYS_HOLIDAYS_MAX]; // month * 100 + day
    uint32_t holiday_count;
    int16_t years[WORKDAYS_YEARS_MAX]; // with a decree
    uint32_t year_count;
    struct {
        int32_t from_day; // days since 1970-01-01, as everywhere below
        int32_t to_day;
    } moves[WORKDAYS_MOVES_MAX];
    uint32_t move_count;
};

bool workdays_load(const char *path, struct workdays *ret_workdays,
                   char ret_error[static WORKDAYS_ERROR_BYTES]);
bool workdays_parse(const char *text, struct workdays *ret_workdays,
                    char ret_error[static WORKDAYS_ERROR_BYTES]);
bool workdays_off(const struct workdays *workdays, int32_t day);
// The last day of a term of n working days after `day`; n 0: `day` itself, or the next working day.
int32_t workdays_add(const struct workdays *workdays, int32_t day, unsigned n);
// The decree of the day's year is known: else its days off are those of art. 112 only.
bool workdays_decreed(const struct workdays *workdays, int32_t day);
