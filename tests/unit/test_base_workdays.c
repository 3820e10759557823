#include "base/date.h"
#include "base/workdays.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static struct workdays calendar;

static int load(void **state)
{
    (void)state;
    char error[WORKDAYS_ERROR_BYTES];
    bool ok = workdays_load(SOURCE_DIR "/assets/calendar/ru.txt", &calendar, error);
    if (!ok)
        fprintf(stderr, "%s\n", error);
    return !ok;
}

static int32_t day_of(const char *text)
{
    struct date date;
    assert_true(date_parse(text, &date));
    return date_to_days(date);
}

static void expect_add(const char *from, unsigned n, const char *to)
{
    char text[11];
    date_format(date_from_days(workdays_add(&calendar, day_of(from), n)), text);
    assert_string_equal(text, to);
}

// Working days of each month of the published production calendars.
static void months_have_their_days(void **state)
{
    (void)state;
    static const struct {
        int year;
        int days[12];
    } years[] = {
        {2025, {17, 20, 21, 22, 18, 19, 23, 21, 22, 23, 19, 22}},
        {2026, {15, 19, 21, 22, 19, 21, 23, 21, 22, 22, 20, 22}},
    };
    for (size_t i = 0; i < sizeof years / sizeof *years; i++)
        for (int month = 1; month <= 12; month++) {
            int count = 0;
            int32_t day = date_to_days((struct date){years[i].year, month, 1});
            for (; date_from_days(day).month == month; day++)
                count += !workdays_off(&calendar, day);
            assert_int_equal(count, years[i].days[month - 1]);
        }
}

static void terms_end_on_the_right_day(void **state)
{
    (void)state;
    expect_add("2026-11-20", 3, "2026-11-25"); // over a weekend
    expect_add("2026-11-22", 7, "2026-12-01"); // from a Sunday
    expect_add("2025-12-26", 3, "2026-01-12"); // over New Year: 29, 30, then the 12th
    expect_add("2026-12-30", 1, "2027-01-11"); // the 31st is off by decree
    expect_add("2025-04-30", 3, "2025-05-07"); // 2 May is off
    expect_add("2025-05-07", 1, "2025-05-12"); // 8 May, too
    expect_add("2026-05-08", 1, "2026-05-12"); // the 9th is a Saturday: the 11th is off
    expect_add("2025-10-31", 1, "2025-11-01"); // a Saturday that works
    expect_add("2025-10-31", 2, "2025-11-05");
    expect_add("2025-02-21", 1, "2025-02-24"); // 23 February, a Sunday, was moved to May
    expect_add("2026-03-06", 1, "2026-03-10"); // 8 March, a Sunday, wasn't
    expect_add("2026-11-22", 0, "2026-11-23");
    expect_add("2026-11-23", 0, "2026-11-23");
}

static void a_year_without_a_decree_follows_the_code(void **state)
{
    (void)state;
    assert_true(workdays_decreed(&calendar, day_of("2026-12-31")));
    assert_false(workdays_decreed(&calendar, day_of("2040-01-09")));
    assert_true(workdays_off(&calendar, day_of("2040-01-08")));
    assert_false(workdays_off(&calendar, day_of("2040-01-09")));
    assert_true(workdays_off(&calendar, day_of("2036-02-25"))); // 23 February is a Saturday
    assert_false(workdays_off(&calendar, day_of("2036-02-26")));
}

// Of every day of 2024..2060, and of far years: a term never ends on a day off, a later start or a
// longer term never ends earlier, and n working days lie in it.
static void expect_properties(int32_t from, int32_t to)
{
    enum { TERMS = 12 };
    int32_t before[TERMS];
    for (int n = 0; n < TERMS; n++)
        before[n] = from;
    for (int32_t day = from; day < to; day++) {
        int32_t last = day;
        for (unsigned n = 0; n < TERMS; n++) {
            int32_t end = workdays_add(&calendar, day, n);
            assert_false(workdays_off(&calendar, end));
            assert_true(end >= last && end >= before[n]);
            assert_true(n == 0 || end > day);
            unsigned passed = 0;
            for (int32_t at = day + 1; at <= end; at++)
                passed += !workdays_off(&calendar, at);
            assert_true(n == 0 ? passed <= 1 : passed == n);
            before[n] = end;
            last = end;
        }
    }
}

static void terms_keep_their_properties(void **state)
{
    (void)state;
    expect_properties(day_of("2024-01-01"), day_of("2060-01-01"));
    expect_properties(day_of("1900-01-01"), day_of("1901-06-01"));
    expect_properties(day_of("9990-01-01"), day_of("9991-06-01"));
}

static void terms_add_up(void **state)
{
    (void)state;
    for (int32_t day = day_of("2024-12-01"); day < day_of("2028-01-01"); day++)
        for (unsigned n = 1; n < 8; n++)
            assert_int_equal(workdays_add(&calendar, workdays_add(&calendar, day, n), 3),
                             workdays_add(&calendar, day, n + 3));
}

static void bad_lines_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "holiday 13-01\n",   "holiday\n",
        "year 2026\n",       "year x y\n",
        "move 2026-01-03\n", "move 2026-01-03 2026-02-30\n",
        "rest 01-01\n",      "move 2026-01-03 2026-01-09 \n",
    };
    struct workdays workdays;
    char error[WORKDAYS_ERROR_BYTES];
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(workdays_parse(bad[i], &workdays, error));
    assert_true(workdays_parse("", &workdays, error));
    assert_true(workdays_off(&workdays, day_of("2026-11-22")));
    assert_false(workdays_off(&workdays, day_of("2026-11-04")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_have_their_days),
        cmocka_unit_test(terms_end_on_the_right_day),
        cmocka_unit_test(a_year_without_a_decree_follows_the_code),
        cmocka_unit_test(terms_keep_their_properties),
        cmocka_unit_test(terms_add_up),
        cmocka_unit_test(bad_lines_are_refused),
    };
    return cmocka_run_group_tests(tests, load, NULL);
}
