#include "catalog/enrollment.h"
#include "catalog/record_fields.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { TODAY = 20779 }; // 2026-11-22

static const int64_t now_s = (int64_t)TODAY * 86400 + 12 * 3600;

// Open, with a timetable and 5 places that were counted an hour ago.
static struct group open_group(void)
{
    struct record record;
    record_clear(RECORD_GROUP, &record);
    struct group group = record.group;
    group.enrollment = TERNARY_YES;
    group.slot_count = 1;
    group.slots[0] = (struct slot){.weekday = 2, .from_min = 960, .to_min = 1050, .address_id = ""};
    group.places_free = 5;
    group.places_known_at_s = now_s - 3600;
    return group;
}

static void expect(const struct group *group, enum seats seats)
{
    assert_int_equal(group_seats(group, TODAY, now_s).seats, seats);
}

static void places_are_counted(void **state)
{
    (void)state;
    struct group group = open_group();
    assert_int_equal(group_seats(&group, TODAY, now_s).places, 5);
    expect(&group, SEATS_MANY);
    group.places_free = 4;
    expect(&group, SEATS_MANY);
    group.places_free = 3;
    expect(&group, SEATS_FEW);
    group.places_free = 1;
    expect(&group, SEATS_FEW);
    group.places_free = 0;
    expect(&group, SEATS_NONE);
    group.waitlist_length = 0;
    expect(&group, SEATS_WAITING_LIST);
}

static void unknown_places_are_not_zero(void **state)
{
    (void)state;
    struct group group = open_group();
    group.places_free = RECORD_UNKNOWN;
    expect(&group, SEATS_UNKNOWN);
    assert_int_equal(group_seats(&group, TODAY, now_s).places, 0);
    assert_true(seats_can_join(SEATS_UNKNOWN));
    assert_true(seats_may_be_free(SEATS_UNKNOWN));
    assert_true(seats_can_join(SEATS_WAITING_LIST));
    assert_false(seats_may_be_free(SEATS_WAITING_LIST));
}

static void old_numbers_are_no_numbers(void **state)
{
    (void)state;
    struct group group = open_group();
    group.places_known_at_s = now_s - SEATS_STALE_S;
    expect(&group, SEATS_MANY);
    group.places_known_at_s--;
    expect(&group, SEATS_UNKNOWN);
    group.places_known_at_s = 0;
    expect(&group, SEATS_UNKNOWN);
    group.head.modified_s = now_s - 60;
    expect(&group, SEATS_MANY);
    group.places_known_at_s = now_s + 86400; // their clock or ours is wrong
    expect(&group, SEATS_MANY);
}

static void the_portal_may_say_closed(void **state)
{
    (void)state;
    struct group group = open_group();
    group.enrollment = TERNARY_NO;
    expect(&group, SEATS_CLOSED);
    group.order_from_day = TODAY - 5;
    group.order_to_day = TODAY + 5;
    expect(&group, SEATS_CLOSED);
    group.enrollment = TERNARY_UNKNOWN;
    expect(&group, SEATS_MANY);
}

static void windows_include_both_ends(void **state)
{
    (void)state;
    struct group group = open_group();
    group.order_from_day = TODAY;
    group.order_to_day = TODAY;
    expect(&group, SEATS_MANY);
    group.order_from_day = TODAY + 1;
    group.order_to_day = TODAY + 9;
    expect(&group, SEATS_NOT_STARTED);
    assert_int_equal(group_seats(&group, TODAY, now_s).opens_day, TODAY + 1);
    group.order_from_day = RECORD_DAY_UNKNOWN;
    group.order_to_day = TODAY - 1;
    expect(&group, SEATS_CLOSED);
    group.order_from_day = TODAY + 9; // ends before it begins: no window
    expect(&group, SEATS_MANY);
}

static void next_year_has_a_window_of_its_own(void **state)
{
    (void)state;
    struct group group = open_group();
    group.order_from_day = TODAY - 90;
    group.order_to_day = TODAY - 60;
    group.next_order_from_day = TODAY + 200;
    group.next_order_to_day = TODAY + 260;
    expect(&group, SEATS_NOT_STARTED);
    assert_int_equal(group_seats(&group, TODAY, now_s).opens_day, TODAY + 200);
    assert_true(group_seats(&group, TODAY, now_s).next_year);
    struct seat_state open = group_seats(&group, TODAY + 230, now_s + 1);
    assert_int_equal(open.seats, SEATS_UNKNOWN); // 5 places are this year's
    assert_true(open.next_year);
    group.places_free = 0; // so is "none left"
    assert_true(seats_can_join(group_seats(&group, TODAY + 230, now_s + 1).seats));
    group.places_free = 5;
    assert_int_equal(group_seats(&group, TODAY + 261, now_s + 1).seats, SEATS_CLOSED);
    group.order_to_day = TODAY;
    expect(&group, SEATS_MANY);
    assert_false(group_seats(&group, TODAY, now_s).next_year);
    group.enrollment = TERNARY_NO;
    expect(&group, SEATS_NOT_STARTED);
}

static void closed_tells_since_when(void **state)
{
    (void)state;
    struct group group = open_group();
    group.enrollment = TERNARY_NO;
    assert_int_equal(group_seats(&group, TODAY, now_s).shut_day, 0);
    group.order_to_day = TODAY + 5; // the portal closed before its own date
    assert_int_equal(group_seats(&group, TODAY, now_s).shut_day, 0);
    group.order_to_day = TODAY - 1;
    assert_int_equal(group_seats(&group, TODAY, now_s).shut_day, TODAY - 1);
    group.enrollment = TERNARY_YES;
    assert_int_equal(group_seats(&group, TODAY, now_s).shut_day, TODAY - 1);
}

static void an_ended_group_in_an_open_program(void **state)
{
    (void)state;
    struct group group = open_group();
    group.end_day = TODAY;
    expect(&group, SEATS_MANY);
    group.end_day = TODAY - 1;
    expect(&group, SEATS_ENDED);
    group.next_order_from_day = TODAY + 10;
    expect(&group, SEATS_NOT_STARTED);
    group.next_order_from_day = TODAY - 10;
    expect(&group, SEATS_UNKNOWN);
}

static void no_timetable_can_not_be_joined(void **state)
{
    (void)state;
    struct group group = open_group();
    group.slot_count = 0;
    expect(&group, SEATS_NO_TIMETABLE);
    assert_false(seats_can_join(SEATS_NO_TIMETABLE));
    group.enrollment = TERNARY_NO;
    expect(&group, SEATS_CLOSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_are_counted),
        cmocka_unit_test(unknown_places_are_not_zero),
        cmocka_unit_test(old_numbers_are_no_numbers),
        cmocka_unit_test(the_portal_may_say_closed),
        cmocka_unit_test(windows_include_both_ends),
        cmocka_unit_test(next_year_has_a_window_of_its_own),
        cmocka_unit_test(closed_tells_since_when),
        cmocka_unit_test(an_ended_group_in_an_open_program),
        cmocka_unit_test(no_timetable_can_not_be_joined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
