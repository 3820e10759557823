#include "ui/frame.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

static struct frame *frame;

static int fresh(void **state)
{
    (void)state;
    frame = calloc(1, sizeof *frame);
    frame_clear(frame, 1080, 1920, 0);
    return 0;
}

static int done(void **state)
{
    (void)state;
    free(frame);
    return 0;
}

static void add_key(int x, uint32_t value)
{
    struct target *key =
        frame_target(frame, (struct rect){x, 100, 80, 100}, ROLE_KEY, 7, value, "key");
    key->state = TARGET_PRIVATE | TARGET_REPEATS;
}

// DESIGN.md, Touch: a touch in a key gap goes to the nearest key, also on the keyboard's panel.
static void test_a_gap_belongs_to_the_nearest_key(void **state)
{
    (void)state;
    frame_target(frame, (struct rect){0, 0, 400, 400}, ROLE_KEY, 0, 0, "");
    add_key(100, 'a');
    add_key(193, 'b');
    assert_int_equal(frame_target_at(frame, 183, 150)->value, 'a');
    assert_int_equal(frame_target_at(frame, 190, 150)->value, 'b');
    assert_int_equal(frame_target_at(frame, 350, 350)->action, 0);
}

static void test_the_topmost_target_wins(void **state)
{
    (void)state;
    frame_target(frame, (struct rect){0, 0, 400, 400}, ROLE_CARD, 1, 0, "card");
    frame_target(frame, (struct rect){300, 100, 92, 92}, ROLE_BUTTON, 2, 0, "bookmark");
    assert_int_equal(frame_target_at(frame, 310, 110)->action, 2);
    assert_int_equal(frame_target_at(frame, 200, 110)->action, 1);
    assert_null(frame_target_at(frame, 500, 500));
    frame->targets[1].state = TARGET_UNSEEN;
    assert_int_equal(frame_target_at(frame, 310, 110)->action, 1);
}

static void test_what_is_clipped_away_is_not_there(void **state)
{
    (void)state;
    frame_clip_push(frame, (struct rect){0, 500, 1080, 100});
    assert_null(frame_target(frame, (struct rect){0, 0, 400, 400}, ROLE_CARD, 1, 0, "card"));
    assert_null(frame_text(frame, (struct rect){0, 0, 400, 46}, STYLE_BODY, 0, "up", 2));
    const struct target *half =
        frame_target(frame, (struct rect){0, 550, 400, 400}, ROLE_CARD, 1, 0, "card");
    assert_int_equal(half->box.h, 50);
    frame_clip_pop(frame);
}

static void test_clearing_wipes_text(void **state)
{
    (void)state;
    frame_text(frame, (struct rect){0, 0, 400, 46}, STYLE_BODY, 0, "5700123456", 10);
    frame_clear(frame, 1080, 1920, 0);
    assert_null(memmem(frame->text, sizeof frame->text, "5700123456", 10));
}

static void test_limits_are_counted_not_crossed(void **state)
{
    (void)state;
    for (int i = 0; i < FRAME_DRAWS_MAX + 10; i++)
        frame_draw(frame, DRAW_BLOCK, (struct rect){0, 0, 10, 10}, 0);
    for (int i = 0; i < FRAME_TARGETS_MAX + 10; i++)
        frame_target(frame, (struct rect){0, 0, 90, 90}, ROLE_BUTTON, 1, 0, "x");
    assert_int_equal(frame->draw_count, FRAME_DRAWS_MAX);
    assert_int_equal(frame->target_count, FRAME_TARGETS_MAX);
    assert_int_equal(frame->dropped, 20);
}

static void a_page_seen_small_loses_nothing(void **state)
{
    (void)state;
    static struct frame page;
    frame_clear(&page, 1240, 1754, 0xFFFFFF);
    for (int y = 0; y < 400; y++)
        frame_draw(&page, DRAW_BLOCK, (struct rect){y % 7, 4 * y, 1000, 1}, 0);
    frame_text(&page, (struct rect){40, 1000, 400, 46}, STYLE_BODY, 0, "up", 2);
    frame_place(frame, &page, (struct rect){100, 200, 310, 500});
    assert_int_equal(frame->draw_count, 1 + page.draw_count); // and the paper
    const struct draw *text = &frame->draws[frame->draw_count - 1];
    assert_memory_equal(frame->text + text->text, "up", 2);
    assert_true(text->zoom > 0.24F && text->zoom < 0.26F);
    for (uint32_t i = 0; i < frame->draw_count; i++) {
        struct rect box = frame->draws[i].box;
        assert_true(box.w > 0 && box.h > 0);
        assert_true(box.x >= 100 && box.y >= 200 && box.x + box.w <= 410 && box.y + box.h <= 700);
    }
}

static void what_comes_next_leaves_only_pictures(void **state)
{
    (void)state;
    frame_text(frame, (struct rect){0, 0, 400, 46}, STYLE_BODY, 0, "now", 3);
    uint32_t text = frame->text_length;
    struct frame_mark mark = frame_ahead(frame);
    frame_text(frame, (struct rect){0, 0, 400, 46}, STYLE_BODY, 0, "next", 4);
    frame_target(frame, (struct rect){0, 0, 90, 90}, ROLE_BUTTON, 1, 0, "next");
    for (int i = 0; i < FRAME_AHEAD_MAX + 1; i++)
        frame_draw(frame, DRAW_PICTURE, (struct rect){i, 0, 100, 100}, 0);
    frame_ahead_end(frame, mark);
    assert_int_equal(frame->draw_count, 1);
    assert_int_equal(frame->target_count, 0);
    assert_int_equal(frame->text_length, text);
    for (uint32_t i = text; i < text + 16; i++)
        assert_int_equal(frame->text[i], 0);
    assert_int_equal(frame->ahead_count, FRAME_AHEAD_MAX);
    assert_int_equal(frame->ahead[3].box.x, 3);
    frame_clear(frame, 1080, 1920, 0);
    assert_int_equal(frame->ahead_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_gap_belongs_to_the_nearest_key, fresh, done),
        cmocka_unit_test_setup_teardown(test_the_topmost_target_wins, fresh, done),
        cmocka_unit_test_setup_teardown(test_what_is_clipped_away_is_not_there, fresh, done),
        cmocka_unit_test_setup_teardown(test_clearing_wipes_text, fresh, done),
        cmocka_unit_test_setup_teardown(a_page_seen_small_loses_nothing, fresh, done),
        cmocka_unit_test_setup_teardown(what_comes_next_leaves_only_pictures, fresh, done),
        cmocka_unit_test_setup_teardown(test_limits_are_counted_not_crossed, fresh, done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
