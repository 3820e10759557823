#include "config/hours.h"

#include "base/date.h"

#include <string.h>

enum { DAY_MIN = 24 * 60, WEEK_DAYS = 7, EPOCH_WEEKDAY = 3 }; // 1970-01-01 was a Thursday

static bool parse_day(const char **at, unsigned *ret_day)
{
    static const char names[WEEK_DAYS][4] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    for (unsigned day = 0; day < WEEK_DAYS; day++)
        if (strncmp(*at, names[day], 3) == 0) {
            *at += 3;
            *ret_day = day;
            return true;
        }
    return false;
}

static bool parse_days(const char **at, uint8_t *ret_days)
{
    unsigned first = 0;
    unsigned last = WEEK_DAYS - 1;
    if (strncmp(*at, "daily", 5) == 0) {
        *at += 5;
    } else {
        if (!parse_day(at, &first))
            return false;
        last = first;
        if (**at == '-' && ((*at)++, !parse_day(at, &last)))
            return false;
    }
    *ret_days = (uint8_t)(1u << last);
    for (unsigned day = first; day != last; day = (day + 1) % WEEK_DAYS)
        *ret_days |= (uint8_t)(1u << day);
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool parse_time(const char **at, uint16_t *ret_min)
{
    const char *text = *at;
    if (strnlen(text, 5) < 5 || !is_digit(text[0]) || !is_digit(text[1]) || text[2] != ':' ||
        !is_digit(text[3]) || !is_digit(text[4]))
        return false;
    int hour = (text[0] - '0') * 10 + text[1] - '0';
    int minute = (text[3] - '0') * 10 + text[4] - '0';
    *at += 5;
    *ret_min = (uint16_t)(hour * 60 + minute);
    return minute < 60 && *ret_min <= DAY_MIN;
}

bool hours_parse(const char *line, struct hours *ret_hours)
{
    struct hours hours;
    if (!parse_days(&line, &hours.days) || *line++ != ' ' || !parse_time(&line, &hours.from_min) ||
        *line++ != '-' || !parse_time(&line, &hours.to_min) || *line != '\0' ||
        hours.from_min >= hours.to_min)
        return false;
    *ret_hours = hours;
    return true;
}

bool hours_lit(const char (*lines)[HOURS_BYTES], uint32_t count, int64_t local_s,
               int32_t *ret_again_s)
{
    int32_t second = (int32_t)(local_s % SECONDS_A_DAY);
    unsigned weekday = (unsigned)((local_s / SECONDS_A_DAY + EPOCH_WEEKDAY) % WEEK_DAYS);
    bool lit = count == 0 || local_s < HOURS_CLOCK_SET_S;
    *ret_again_s = SECONDS_A_DAY - second;
    for (uint32_t i = 0; i < count && local_s >= 0; i++) {
        struct hours hours;
        if (!hours_parse(lines[i], &hours) || (hours.days >> weekday & 1) == 0)
            continue;
        int32_t edges_s[] = {hours.from_min * 60, hours.to_min * 60};
        lit |= second >= edges_s[0] && second < edges_s[1];
        for (int edge = 0; edge < 2; edge++)
            if (edges_s[edge] > second && edges_s[edge] - second < *ret_again_s)
                *ret_again_s = edges_s[edge] - second;
    }
    return lit;
}
