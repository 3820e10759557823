// Civil dates and RFC 3339 times, proleptic Gregorian, without time zones of the machine.
//
// Local time is always "unix seconds + offset from UTC": the caller brings the offset. Nothing here
// reads a clock.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct date {
    int year;  // 1..9999; 0 in a struct date means "unknown"
    int month; // 1..12
    int day;   // 1..31
};

enum { SECONDS_A_DAY = 86400, RFC3339_BYTES = 32 };

bool date_valid(struct date date);
// Days since 1970-01-01.
int32_t date_to_days(struct date date);
struct date date_from_days(int32_t days);
// ISO 8601 weekday, 1 Monday .. 7 Sunday.
int date_weekday(int32_t days);
// "2026-11-22"; false and untouched when it isn't exactly that.
bool date_parse(const char *text, struct date *ret_date);
void date_format(struct date date, char ret_text[static 11]);
// Whole years between birth and day (birthdays on 29 February count on 1 March).
int date_age_years(struct date birth, struct date on);

// "2026-11-22T14:20:00Z", also with fractions (dropped) and "+03:00"; in UTC within years 1..9999.
bool rfc3339_parse(const char *text, int64_t *ret_unix_s);
void rfc3339_format(int64_t unix_s, char ret_text[static RFC3339_BYTES]);
