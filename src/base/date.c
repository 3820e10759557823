#include "base/date.h"

#include <stdio.h>
#include <string.h>

static const int64_t first_s = -62135596800; // 0001-01-01T00:00:00Z
static const int64_t last_s = 253402300799;  // 9999-12-31T23:59:59Z

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool date_valid(struct date date)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (date.year < 1 || date.year > 9999 || date.month < 1 || date.month > 12 || date.day < 1)
        return false;
    return date.day <= days[date.month - 1] + (date.month == 2 && is_leap(date.year));
}

// Counts from 1 March so that the leap day ends the year; 719468 days lie between 0000-03-01 and
// 1970-01-01.
int32_t date_to_days(struct date date)
{
    int year = date.year - (date.month <= 2);
    int era = year / 400;
    int year_of_era = year - era * 400;
    int day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

struct date date_from_days(int32_t days)
{
    int64_t shifted = (int64_t)days + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int day_of_era = (int)(shifted - era * 146097);
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month_from_march = (5 * day_of_year + 2) / 153;
    int month = month_from_march + (month_from_march < 10 ? 3 : -9);
    return (struct date){
        .year = (int)(year_of_era + era * 400) + (month <= 2),
        .month = month,
        .day = day_of_year - (153 * month_from_march + 2) / 5 + 1,
    };
}

int date_weekday(int32_t days)
{
    int remainder = (int)(((int64_t)days + 3) % 7);
    return (remainder + 7) % 7 + 1;
}

static bool digits(const char *text, int count, int *ret_number)
{
    int number = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        number = number * 10 + text[i] - '0';
    }
    *ret_number = number;
    return true;
}

bool date_parse(const char *text, struct date *ret_date)
{
    struct date date;
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-' || !digits(text, 4, &date.year) ||
        !digits(text + 5, 2, &date.month) || !digits(text + 8, 2, &date.day) || !date_valid(date))
        return false;
    *ret_date = date;
    return true;
}

void date_format(struct date date, char ret_text[static 11])
{
    snprintf(ret_text, 11, "%04u-%02u-%02u", (unsigned)date.year % 10000,
             (unsigned)date.month % 100, (unsigned)date.day % 100);
}

int date_age_years(struct date birth, struct date on)
{
    int years = on.year - birth.year;
    if (on.month < birth.month || (on.month == birth.month && on.day < birth.day))
        years--;
    return years;
}

static bool parse_offset(const char *text, int *ret_offset_s)
{
    int hours;
    int minutes;
    if (strcmp(text, "Z") == 0 || strcmp(text, "z") == 0) {
        *ret_offset_s = 0;
        return true;
    }
    if (strlen(text) != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':' ||
        !digits(text + 1, 2, &hours) || !digits(text + 4, 2, &minutes) || hours > 23 ||
        minutes > 59)
        return false;
    *ret_offset_s = (hours * 3600 + minutes * 60) * (text[0] == '-' ? -1 : 1);
    return true;
}

bool rfc3339_parse(const char *text, int64_t *ret_unix_s)
{
    if (strnlen(text, 40) < 20 || strnlen(text, 40) >= 40 || (text[10] != 'T' && text[10] != 't'))
        return false;
    char day[11];
    memcpy(day, text, 10);
    day[10] = '\0';
    struct date date;
    int hour;
    int minute;
    int second;
    if (!date_parse(day, &date) || !digits(text + 11, 2, &hour) || text[13] != ':' ||
        !digits(text + 14, 2, &minute) || text[16] != ':' || !digits(text + 17, 2, &second) ||
        hour > 23 || minute > 59 || second > 60)
        return false;
    const char *rest = text + 19;
    if (*rest == '.')
        for (rest++; *rest >= '0' && *rest <= '9'; rest++)
            ;
    int offset_s;
    if (!parse_offset(rest, &offset_s))
        return false;
    int64_t unix_s =
        (int64_t)date_to_days(date) * SECONDS_A_DAY + hour * 3600 + minute * 60 + second - offset_s;
    if (unix_s < first_s || unix_s > last_s)
        return false;
    *ret_unix_s = unix_s;
    return true;
}

void rfc3339_format(int64_t unix_s, char ret_text[static RFC3339_BYTES])
{
    int64_t days = unix_s / SECONDS_A_DAY - (unix_s % SECONDS_A_DAY < 0);
    int second = (int)(unix_s - days * SECONDS_A_DAY);
    struct date date = date_from_days((int32_t)days);
    snprintf(ret_text, RFC3339_BYTES, "%04d-%02d-%02dT%02d:%02d:%02dZ", date.year, date.month,
             date.day, second / 3600, second / 60 % 60, second % 60);
}
