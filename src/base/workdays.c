#include "base/workdays.h"

#include "base/date.h"
#include "base/file.h"
#include "base/text.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SATURDAY = 6, SUNDAY = 7, LINE_BYTES = 512, FOUND_BYTES = 65 };

static bool is_holiday(const struct workdays *workdays, struct date date)
{
    for (uint32_t i = 0; i < workdays->holiday_count; i++)
        if (workdays->holidays[i] == date.month * 100 + date.day)
            return true;
    return false;
}

static bool is_moved_to(const struct workdays *workdays, int32_t day)
{
    for (uint32_t i = 0; i < workdays->move_count; i++)
        if (workdays->moves[i].to_day == day)
            return true;
    return false;
}

static bool is_moved_from(const struct workdays *workdays, int32_t day)
{
    for (uint32_t i = 0; i < workdays->move_count; i++)
        if (workdays->moves[i].from_day == day)
            return true;
    return false;
}

// The Saturday or Sunday before this Monday was a holiday and nobody moved it elsewhere. Outside
// January no holiday stands on a Monday after one, so the next working day is that Monday.
static bool takes_over(const struct workdays *workdays, int32_t monday)
{
    for (int32_t day = monday - 2; day < monday; day++) {
        struct date date = date_from_days(day);
        if (date.month != 1 && is_holiday(workdays, date) && !is_moved_from(workdays, day))
            return true;
    }
    return false;
}

bool workdays_off(const struct workdays *workdays, int32_t day)
{
    if (is_moved_to(workdays, day) || is_holiday(workdays, date_from_days(day)))
        return true;
    int weekday = date_weekday(day);
    if (weekday >= SATURDAY)
        return !is_moved_from(workdays, day);
    return weekday == 1 && takes_over(workdays, day);
}

int32_t workdays_add(const struct workdays *workdays, int32_t day, unsigned n)
{
    for (unsigned passed = 0; passed < n; passed += !workdays_off(workdays, day))
        day++;
    while (workdays_off(workdays, day))
        day++;
    return day;
}

bool workdays_decreed(const struct workdays *workdays, int32_t day)
{
    int year = date_from_days(day).year;
    for (uint32_t i = 0; i < workdays->year_count; i++)
        if (workdays->years[i] == year)
            return true;
    return false;
}

static bool add_holiday(struct workdays *workdays, const char *text)
{
    char whole[16];
    struct date date;
    snprintf(whole, sizeof whole, "2000-%.8s", text);
    if (workdays->holiday_count == WORKDAYS_HOLIDAYS_MAX || !date_parse(whole, &date))
        return false;
    workdays->holidays[workdays->holiday_count++] = (uint16_t)(date.month * 100 + date.day);
    return true;
}

static bool add_year(struct workdays *workdays, const char *text)
{
    char *end;
    long year = strtol(text, &end, 10);
    if (workdays->year_count == WORKDAYS_YEARS_MAX || year < 1992 || year > 9999 || end[0] != ' ' ||
        end[1] == '\0')
        return false;
    workdays->years[workdays->year_count++] = (int16_t)year;
    return true;
}

static bool add_move(struct workdays *workdays, const char *text)
{
    char from[11];
    struct date dates[2];
    snprintf(from, sizeof from, "%.10s", text);
    if (workdays->move_count == WORKDAYS_MOVES_MAX || strlen(text) != 21 || text[10] != ' ' ||
        !date_parse(from, &dates[0]) || !date_parse(text + 11, &dates[1]))
        return false;
    workdays->moves[workdays->move_count].from_day = date_to_days(dates[0]);
    workdays->moves[workdays->move_count++].to_day = date_to_days(dates[1]);
    return true;
}

static bool add_line(struct workdays *workdays, const char *line)
{
    if (line[0] == '\0' || line[0] == '#')
        return true;
    if (strncmp(line, "holiday ", 8) == 0)
        return add_holiday(workdays, line + 8);
    if (strncmp(line, "year ", 5) == 0)
        return add_year(workdays, line + 5);
    return strncmp(line, "move ", 5) == 0 && add_move(workdays, line + 5);
}

bool workdays_parse(const char *text, struct workdays *ret_workdays,
                    char ret_error[static WORKDAYS_ERROR_BYTES])
{
    struct workdays workdays = {0};
    unsigned number = 1;
    for (const char *at = text; *at != '\0'; number++) {
        char line[LINE_BYTES];
        size_t length = strcspn(at, "\n");
        struct text whole;
        text_init(&whole, line, sizeof line);
        text_add_bytes(&whole, at, length);
        if (!add_line(&workdays, line)) {
            char found[FOUND_BYTES];
            text_copy(found, sizeof found,
                      utf8_valid(line, whole.length) ? line : "another encoding than UTF-8");
            snprintf(ret_error, WORKDAYS_ERROR_BYTES,
                     "line %u: found \"%s\", expected holiday MM-DD, year YYYY SOURCE or move"
                     " FROM TO",
                     number, found);
            text_flatten(ret_error);
            return false;
        }
        at += length + (at[length] == '\n');
    }
    *ret_workdays = workdays;
    return true;
}

bool workdays_load(const char *path, struct workdays *ret_workdays,
                   char ret_error[static WORKDAYS_ERROR_BYTES])
{
    char *data;
    size_t length;
    if (!file_read(path, WORKDAYS_FILE_BYTES, &data, &length)) {
        snprintf(ret_error, WORKDAYS_ERROR_BYTES, "%.150s: %s", path, strerror(errno));
        return false;
    }
    bool ok = workdays_parse(data, ret_workdays, ret_error);
    free(data);
    return ok;
}
