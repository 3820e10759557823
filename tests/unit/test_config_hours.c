// When the screen is lit.

#include "config/hours.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { DAY_S = 86400, MONDAY_S = 1767571200 }; // 2026-01-05

static const char school[][HOURS_BYTES] = {"mon-fri 07:30-20:00", "sat 08:00-15:00"};

static int64_t at(int day, int hour, int minute)
{
    return MONDAY_S + (int64_t)day * DAY_S + hour * 3600 + minute * 60;
}

static void expect(int64_t local_s, bool lit, int32_t again_s)
{
    int32_t found_s = 0;
    assert_int_equal(hours_lit(school, 2, local_s, &found_s), lit);
    assert_int_equal(found_s, again_s);
}

static void a_week_of_a_school(void **state)
{
    (void)state;
    expect(at(0, 7, 29), false, 60);
    expect(at(0, 7, 30), true, 12 * 3600 + 1800);
    expect(at(0, 19, 59) + 59, true, 1);
    expect(at(0, 20, 0), false, 4 * 3600);
    expect(at(4, 12, 0), true, 8 * 3600);
    expect(at(5, 7, 45), false, 900);
    expect(at(5, 14, 0), true, 3600);
    expect(at(6, 12, 0), false, 12 * 3600);
    expect(at(7, 8, 0), true, 12 * 3600);
}

static void always_without_hours_or_a_clock(void **state)
{
    int32_t again_s;
    (void)state;
    assert_true(hours_lit(school, 0, at(6, 3, 0), &again_s));
    assert_int_equal(again_s, 21 * 3600);
    assert_true(hours_lit(school, 2, 3 * DAY_S, &again_s));
    assert_true(hours_lit(school, 2, -5, &again_s));
}

static void days_go_over_sunday(void **state)
{
    static const char lines[][HOURS_BYTES] = {"sat-mon 10:00-24:00", "nonsense"};
    int32_t again_s;
    (void)state;
    assert_true(hours_lit(lines, 2, at(0, 23, 59), &again_s));
    assert_false(hours_lit(lines, 2, at(1, 12, 0), &again_s));
    assert_true(hours_lit(lines, 2, at(6, 12, 0), &again_s));
    assert_int_equal(again_s, 12 * 3600);
}

static void what_are_hours(void **state)
{
    static const char *const wrong[] = {
        "",
        "mon",
        "mon 7:30-20:00",
        "mon 07:30",
        "mon 07:30-07:30",
        "mon 20:00-07:30",
        "mon 07:60-20:00",
        "mon 07:30-24:01",
        "mon- 07:30-20:00",
        "mon-fry 07:30-20:00",
        "Mon 07:30-20:00",
        "mon 07:30-20:00 ",
        "mon  07:30-20:00",
    };
    struct hours hours;
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(hours_parse(wrong[i], &hours));
    assert_true(hours_parse("daily 00:00-24:00", &hours));
    assert_int_equal(hours.days, 0x7F);
    assert_true(hours_parse("fri-tue 09:05-10:00", &hours));
    assert_int_equal(hours.days, 0x73);
    assert_int_equal(hours.from_min, 9 * 60 + 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_week_of_a_school),
        cmocka_unit_test(always_without_hours_or_a_clock),
        cmocka_unit_test(days_go_over_sunday),
        cmocka_unit_test(what_are_hours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
