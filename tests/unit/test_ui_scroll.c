#include "ui/scroll.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct scroll fling(int px_a_step, int limit_px)
{
    struct scroll scroll = {0};
    scroll_set_limit(&scroll, limit_px);
    scroll_drag_start(&scroll, 1000, 0);
    for (int i = 1; i <= 6; i++)
        scroll_drag_move(&scroll, 1000 - px_a_step * i, 16 * i);
    scroll_drag_end(&scroll, 16 * 6);
    return scroll;
}

static void test_it_follows_the_finger(void **state)
{
    (void)state;
    struct scroll scroll = {0};
    scroll_set_limit(&scroll, 5000);
    scroll_drag_start(&scroll, 900, 0);
    scroll_drag_move(&scroll, 700, 100);
    assert_int_equal(scroll_offset(&scroll), 200);
}

static void test_a_fling_goes_on_and_comes_to_rest(void **state)
{
    (void)state;
    struct scroll scroll = fling(30, 20000);
    int released_px = scroll_offset(&scroll);
    int64_t now_ms = 96;
    for (int i = 0; i < 1000 && scroll_advance(&scroll, now_ms); i++)
        now_ms += 16;
    assert_false(scroll_moving(&scroll));
    assert_true(scroll_offset(&scroll) > released_px + 200);
    assert_true(now_ms < 4000);
}

static void test_a_finger_that_rested_doesnt_fling(void **state)
{
    (void)state;
    struct scroll scroll = {0};
    scroll_set_limit(&scroll, 5000);
    scroll_drag_start(&scroll, 900, 0);
    scroll_drag_move(&scroll, 700, 16);
    scroll_drag_end(&scroll, 500);
    assert_false(scroll_moving(&scroll));
}

static void test_ends_are_rubber(void **state)
{
    (void)state;
    struct scroll scroll = fling(-60, 3000);
    assert_true(scroll_offset(&scroll) < 0);
    assert_true(scroll_offset(&scroll) >= -SCROLL_RUBBER_PX);
    int64_t now_ms = 96;
    for (int i = 0; i < 1000 && scroll_advance(&scroll, now_ms); i++)
        now_ms += 16;
    assert_int_equal(scroll_offset(&scroll), 0);
}

static void test_the_same_steps_give_the_same_place(void **state)
{
    (void)state;
    struct scroll fine = fling(30, 20000);
    struct scroll coarse = fine;
    for (int64_t now_ms = 97; now_ms <= 160; now_ms++)
        scroll_advance(&fine, now_ms);
    scroll_advance(&coarse, 160);
    assert_int_equal(scroll_offset(&fine), scroll_offset(&coarse));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_follows_the_finger),
        cmocka_unit_test(test_a_fling_goes_on_and_comes_to_rest),
        cmocka_unit_test(test_a_finger_that_rested_doesnt_fling),
        cmocka_unit_test(test_ends_are_rubber),
        cmocka_unit_test(test_the_same_steps_give_the_same_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
