#include "base/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <time.h>

#include <cmocka.h>

static int32_t first_day(void)
{
    return date_to_days((struct date){1, 1, 1});
}

static int32_t last_day(void)
{
    return date_to_days((struct date){9999, 12, 31});
}

static void every_day_goes_both_ways(void **state)
{
    (void)state;
    assert_int_equal(date_to_days((struct date){1970, 1, 1}), 0);
    assert_int_equal(last_day() - first_day(), 3652058);
    int weekday = date_weekday(first_day());
    assert_int_equal(weekday, 1);
    for (int32_t days = first_day(); days <= last_day(); days++) {
        struct date date = date_from_days(days);
        if (!date_valid(date) || date_to_days(date) != days || date_weekday(days) != weekday)
            fail_msg("day %d", days);
        weekday = weekday % 7 + 1;
    }
}

static void every_seventh_day_has_its_text(void **state)
{
    (void)state;
    for (int32_t days = first_day(); days <= last_day(); days += 7) {
        char text[11];
        struct date date = {0};
        date_format(date_from_days(days), text);
        if (!date_parse(text, &date) || date_to_days(date) != days)
            fail_msg("%s", text);
    }
}

// The C library's own calendar, over the years it shares with ours.
static void the_library_agrees(void **state)
{
    (void)state;
    for (int64_t unix_s = -62135596800; unix_s < 253402300800; unix_s += 86399 * 101) {
        char expected[RFC3339_BYTES * 2];
        char text[RFC3339_BYTES];
        struct tm tm;
        int64_t back;
        time_t time = (time_t)unix_s;
        assert_non_null(gmtime_r(&time, &tm));
        snprintf(expected, sizeof expected, "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900,
                 tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
        rfc3339_format(unix_s, text);
        assert_string_equal(text, expected);
        assert_true(rfc3339_parse(text, &back));
        assert_true(back == unix_s);
    }
}

static void refuses_what_is_no_date(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",           "2026-11-2",  "2026-11-222", "2026-13-01", "2026-00-10",
        "2026-02-29", "1900-02-29", "2026-04-31",  "0000-01-01", "2026-01-00",
        "2026/01/01", "22.11.2026", "-026-01-01",  "2026-1 -01", "２026-01-1",
    };
    struct date date = {2000, 2, 29};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(date_parse(bad[i], &date));
    assert_int_equal(date.day, 29);
    assert_true(date_valid(date));
    assert_false(date_valid((struct date){0}));
}

static void times_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t unix_s;
    } good[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"1969-12-31T23:59:59Z", -1},
        {"2026-11-22T14:20:00Z", 1795357200},
        {"2026-11-22t14:20:00.123456z", 1795357200},
        {"2026-11-22T17:20:00+03:00", 1795357200},
        {"2026-11-22T08:50:00-05:30", 1795357200},
        {"2016-12-31T23:59:60Z", 1483228800},
    };
    static const char *const bad[] = {
        "",
        "2026-11-22",
        "2026-11-22T14:20:00",
        "2026-11-22 14:20:00Z",
        "2026-11-22T24:00:00Z",
        "2026-11-22T14:60:00Z",
        "2026-11-22T14:20:61Z",
        "2026-11-22T14:20:00+0300",
        "2026-11-22T14:20:00+24:00",
        "2026-11-31T14:20:00Z",
        "2026-11-22T14:20:00Zx",
        "2026-11-22T14:20:00.00000000000000000000Z",
    };
    int64_t unix_s = 5;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(rfc3339_parse(bad[i], &unix_s));
    assert_int_equal(unix_s, 5);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(rfc3339_parse(good[i].text, &unix_s));
        assert_int_equal(unix_s, good[i].unix_s);
    }
}

static void ages_count_birthdays(void **state)
{
    (void)state;
    struct date birth = {2012, 2, 29};
    assert_int_equal(date_age_years(birth, (struct date){2026, 2, 28}), 13);
    assert_int_equal(date_age_years(birth, (struct date){2026, 3, 1}), 14);
    assert_int_equal(date_age_years(birth, (struct date){2028, 2, 29}), 16);
    assert_int_equal(date_age_years(birth, birth), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_goes_both_ways),
        cmocka_unit_test(every_seventh_day_has_its_text),
        cmocka_unit_test(the_library_agrees),
        cmocka_unit_test(refuses_what_is_no_date),
        cmocka_unit_test(times_are_read),
        cmocka_unit_test(ages_count_birthdays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
