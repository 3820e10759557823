// Lists under a finger: traces as panels report them, and what comes of each.
#include "ui/scroll.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

// One report of a panel: when, and where the finger was.
struct report {
    int ms;
    int y;
};

enum { LONG_PX = 20000 };

static void touch(struct scroll *scroll, const struct report *trace, size_t count)
{
    enum { GRIP_PX = 20 };
    scroll_drag_start(scroll, trace[0].y, trace[0].ms);
    for (size_t i = 1; i < count; i++) {
        if (!scroll->gripped && abs(trace[i].y - trace[0].y) > GRIP_PX)
            scroll_drag_grip(scroll, trace[i].y);
        scroll_drag_move(scroll, trace[i].y, trace[i].ms);
    }
}

#define TOUCH(scroll, trace) touch((scroll), (trace), sizeof(trace) / sizeof(trace)[0])

static struct scroll list(int at_px, int limit_px)
{
    struct scroll scroll = {.position_px = (float)at_px};
    scroll_set_limit(&scroll, limit_px);
    return scroll;
}

// Until it rests, in frames of 16 ms; when that was.
static int64_t run(struct scroll *scroll, int64_t now_ms)
{
    for (int i = 0; i < 1000 && scroll_advance(scroll, now_ms); i++)
        now_ms += 16;
    assert_false(scroll_moving(scroll));
    return now_ms;
}

// A flick of 60 Hz: 30 px a report, let go while it moves.
static const struct report flick[] = {{0, 1000}, {16, 970}, {33, 940}, {50, 910},
                                      {66, 880}, {83, 850}, {100, 820}};

static void test_it_follows_the_finger_from_where_it_took_hold(void **state)
{
    (void)state;
    struct scroll scroll = list(0, 5000);
    static const struct report drag[] = {{0, 900}, {20, 890}, {40, 870}, {60, 700}};
    TOUCH(&scroll, drag);
    assert_int_equal(scroll_offset(&scroll), 170);
    assert_false(scroll_moving(&scroll));
}

static void test_a_flick_goes_on_like_a_phone(void **state)
{
    (void)state;
    struct scroll scroll = list(0, LONG_PX);
    TOUCH(&scroll, flick);
    int released_px = scroll_offset(&scroll);
    scroll_drag_end(&scroll, 104);
    float velocity = scroll.velocity;
    assert_true(fabsf(velocity - 1.8f) < 0.1f);
    scroll_advance(&scroll, 104 + SCROLL_FRICTION_MS);
    assert_true(fabsf(scroll.velocity - velocity / 2.718f) < 0.01f);
    int64_t rest_ms = run(&scroll, 104 + SCROLL_FRICTION_MS);
    int way = scroll_offset(&scroll) - released_px;
    assert_in_range(way, 565, 590); // 1.8 px/ms x 325 ms
    assert_in_range(rest_ms, 1200, 1600);
}

static void test_a_slow_drag_throws_nothing(void **state)
{
    (void)state;
    struct scroll scroll = list(0, LONG_PX);
    static const struct report drag[] = {{0, 1000},  {100, 985}, {200, 970}, {300, 950},
                                         {400, 932}, {450, 925}, {490, 918}};
    TOUCH(&scroll, drag);
    scroll_drag_end(&scroll, 495);
    assert_false(scroll_moving(&scroll));
}

static void test_a_finger_that_rests_throws_nothing(void **state)
{
    (void)state;
    struct scroll scroll = list(0, LONG_PX);
    TOUCH(&scroll, flick);
    scroll_drag_end(&scroll, 100 + SCROLL_REST_MS + 1);
    assert_false(scroll_moving(&scroll));
    // It rests as well while the panel goes on reporting the same place.
    scroll = list(0, LONG_PX);
    TOUCH(&scroll, flick);
    for (int ms = 108; ms < 200; ms += 8)
        scroll_drag_move(&scroll, 820, ms);
    scroll_drag_end(&scroll, 200);
    assert_false(scroll_moving(&scroll));
}

// The same hand on two panels: noise of some px, reports of 16 or 8 ms.
static void test_a_panels_noise_and_pace_dont_matter(void **state)
{
    (void)state;
    for (int every_ms = 8; every_ms <= 16; every_ms += 8) {
        for (int noise = 0; noise <= 3; noise++) {
            struct scroll scroll = list(0, LONG_PX);
            scroll_drag_start(&scroll, 1500, 0);
            for (int ms = every_ms; ms <= 160; ms += every_ms) {
                int y = 1500 - 2 * ms + (ms / every_ms % 2 == 0 ? noise : -noise);
                if (ms == 5 * every_ms)
                    scroll_drag_grip(&scroll, y);
                scroll_drag_move(&scroll, y, ms);
            }
            scroll_drag_end(&scroll, 163);
            assert_true(fabsf(scroll.velocity - 2.0f) < 0.15f);
        }
    }
}

static void test_a_noisy_last_report_doesnt_kill_a_flick(void **state)
{
    (void)state;
    struct scroll scroll = list(0, LONG_PX);
    static const struct report trace[] = {{0, 1000}, {16, 960}, {33, 920},
                                          {50, 880}, {66, 840}, {75, 843}};
    TOUCH(&scroll, trace);
    scroll_drag_end(&scroll, 80);
    assert_true(scroll.velocity > 1.5f);
}

static void test_a_flick_that_turned_goes_where_it_turned_to(void **state)
{
    (void)state;
    struct scroll scroll = list(5000, LONG_PX);
    static const struct report trace[] = {{0, 1000}, {16, 960}, {33, 920}, {50, 890},
                                          {66, 915}, {83, 955}, {100, 995}};
    TOUCH(&scroll, trace);
    scroll_drag_end(&scroll, 103);
    assert_true(scroll.velocity < -1.8f);
}

static void test_a_touch_catches_it(void **state)
{
    (void)state;
    struct scroll scroll = list(0, LONG_PX);
    TOUCH(&scroll, flick);
    scroll_drag_end(&scroll, 104);
    scroll_advance(&scroll, 200);
    assert_true(scroll_fast(&scroll));
    int caught_px = scroll_offset(&scroll);
    scroll_drag_start(&scroll, 700, 201);
    scroll_drag_end(&scroll, 260);
    assert_false(scroll_moving(&scroll));
    assert_int_equal(scroll_offset(&scroll), caught_px);
}

static void test_a_second_flick_adds_and_there_is_a_limit(void **state)
{
    (void)state;
    struct scroll scroll = list(0, 1000 * 1000);
    float before = 0;
    for (int i = 0; i < 20; i++) {
        struct report again[sizeof flick / sizeof flick[0]];
        for (size_t k = 0; k < sizeof flick / sizeof flick[0]; k++)
            again[k] = (struct report){flick[k].ms + i * 150, flick[k].y};
        scroll_advance(&scroll, again[0].ms);
        TOUCH(&scroll, again);
        scroll_drag_end(&scroll, i * 150 + 104);
        assert_true(scroll.velocity > before || i > 3);
        before = scroll.velocity;
    }
    assert_true(before > 3 && before <= 12);
    // One the other way, and one long after the catch, stand for themselves.
    static const struct report back[] = {{3000, 800}, {3016, 830}, {3033, 860}, {3050, 890}};
    scroll_advance(&scroll, 3000);
    TOUCH(&scroll, back);
    scroll_drag_end(&scroll, 3052);
    assert_true(fabsf(scroll.velocity + 1.8f) < 0.1f);
}

static void test_ends_give_with_resistance_and_take_back(void **state)
{
    (void)state;
    struct scroll scroll = list(0, 3000);
    scroll_drag_start(&scroll, 200, 0);
    scroll_drag_grip(&scroll, 200);
    int before = 0;
    for (int y = 220; y <= 1900; y += 20) {
        scroll_drag_move(&scroll, y, y);
        int over = -scroll_offset(&scroll);
        assert_in_range(over, before, before + 11); // the finger went 20
        before = over;
    }
    assert_in_range(before, 100, SCROLL_RUBBER_PX);
    scroll_drag_move(&scroll, 200, 2000); // back with the finger: nothing is lost
    assert_int_equal(scroll_offset(&scroll), 0);
    scroll_drag_move(&scroll, 900, 2100);
    scroll_drag_end(&scroll, 2200);
    int64_t rest_ms = run(&scroll, 2216);
    assert_int_equal(scroll_offset(&scroll), 0);
    assert_in_range(rest_ms, 2300, 2900);
}

static void test_caught_beyond_an_end_it_doesnt_jump(void **state)
{
    (void)state;
    struct scroll scroll = list(3060, 3000);
    scroll_drag_start(&scroll, 500, 0);
    scroll_drag_grip(&scroll, 470);
    scroll_drag_move(&scroll, 470, 10);
    assert_in_range(scroll_offset(&scroll), 3059, 3061);
}

static void test_a_throw_into_an_end_bounces_within_the_band(void **state)
{
    (void)state;
    for (float velocity = 1; velocity <= 12; velocity += 1) {
        struct scroll scroll = list(2900, 3000);
        scroll.velocity = velocity;
        int highest = 0;
        int64_t now_ms = 0;
        while (scroll_advance(&scroll, now_ms)) {
            int at = scroll_offset(&scroll);
            highest = at > highest ? at : highest;
            now_ms += 4;
            assert_true(now_ms < 2000);
        }
        assert_in_range(highest, 3005, 3000 + SCROLL_RUBBER_PX);
        assert_int_equal(scroll_offset(&scroll), 3000);
    }
}

static void test_a_throw_inwards_leaves_the_band(void **state)
{
    (void)state;
    struct scroll scroll = list(-80, 3000);
    scroll.velocity = 3;
    run(&scroll, 16);
    assert_in_range(scroll_offset(&scroll), 200, 1000);
}

static void test_the_time_alone_says_where_it_is(void **state)
{
    (void)state;
    for (int limit_px = 300; limit_px <= LONG_PX; limit_px *= 4) {
        struct scroll fine = list(0, limit_px);
        fine.velocity = 3;
        struct scroll coarse = fine;
        for (int64_t now_ms = 1; now_ms <= 400; now_ms++)
            scroll_advance(&fine, now_ms);
        scroll_advance(&coarse, 400);
        assert_in_range(scroll_offset(&fine) + 10 - scroll_offset(&coarse), 9, 11);
    }
}

static void test_a_thousand_cards_are_exact_enough(void **state)
{
    (void)state;
    struct scroll scroll = list(399000, 400000);
    scroll.velocity = 8;
    run(&scroll, 16);
    assert_int_equal(scroll_offset(&scroll), 400000);
}

static void test_a_cancelled_drag_throws_nothing(void **state)
{
    (void)state;
    struct scroll scroll = list(0, LONG_PX);
    TOUCH(&scroll, flick);
    scroll_drag_cancel(&scroll, 101);
    assert_false(scroll_moving(&scroll));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_follows_the_finger_from_where_it_took_hold),
        cmocka_unit_test(test_a_flick_goes_on_like_a_phone),
        cmocka_unit_test(test_a_slow_drag_throws_nothing),
        cmocka_unit_test(test_a_finger_that_rests_throws_nothing),
        cmocka_unit_test(test_a_panels_noise_and_pace_dont_matter),
        cmocka_unit_test(test_a_noisy_last_report_doesnt_kill_a_flick),
        cmocka_unit_test(test_a_flick_that_turned_goes_where_it_turned_to),
        cmocka_unit_test(test_a_touch_catches_it),
        cmocka_unit_test(test_a_second_flick_adds_and_there_is_a_limit),
        cmocka_unit_test(test_ends_give_with_resistance_and_take_back),
        cmocka_unit_test(test_caught_beyond_an_end_it_doesnt_jump),
        cmocka_unit_test(test_a_throw_into_an_end_bounces_within_the_band),
        cmocka_unit_test(test_a_throw_inwards_leaves_the_band),
        cmocka_unit_test(test_the_time_alone_says_where_it_is),
        cmocka_unit_test(test_a_thousand_cards_are_exact_enough),
        cmocka_unit_test(test_a_cancelled_drag_throws_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
