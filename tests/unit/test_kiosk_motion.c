// Pages, sheets and toasts on their way: where they stand at the beginning, half way, at the end
// and when something else comes in between; and the quilt that calls where nobody is.
#include "kiosk/kiosk.h"
#include "screens/action.h"
#include "screens/chrome.h"
#include "tests/support/small_region.h"
#include "tests/support/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum {
    WIDTH = 1080,
    HEIGHT = 1920,
    DOCK_Y = HEIGHT - CHROME_DOCK_H,
    ATTRACT_MS = 90000,
    PATCHES = 54
};

static struct stage stage;

static int start(void **state)
{
    (void)state;
    stage_start(&stage, SOURCE_DIR, WIDTH, HEIGHT);
    stage.config.reduced_motion = false;
    stage_catalog(&stage, small_region(1));
    stage_link(&stage, true);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    stage_finish(&stage);
    return 0;
}

// At once, so that the time of the tap is the time of the change.
static void tap(const char *label)
{
    const struct target *target = stage_find(&stage, label);
    assert_non_null(target);
    int x = target->box.x + target->box.w / 2;
    int y = target->box.y + target->box.h / 2;
    stage_touch(&stage, MSG_TOUCH_DOWN, x, y);
    stage_touch(&stage, MSG_TOUCH_UP, x, y);
}

// A run of the frame that holds these words.
static const struct draw *run(const char *words)
{
    for (uint32_t i = 0; i < stage.frame->draw_count; i++) {
        const struct draw *draw = &stage.frame->draws[i];
        if (draw->kind == DRAW_TEXT && strstr(stage.frame->text + draw->text, words) != NULL)
            return draw;
    }
    fail_msg("nothing says %s", words);
    return NULL;
}

static void assert_clips_on_screen(void)
{
    for (uint32_t i = 0; i < stage.frame->draw_count; i++) {
        const struct rect clip = stage.frame->draws[i].clip;
        assert_true(clip.x >= 0 && clip.y >= 0 && clip.x + clip.w <= WIDTH &&
                    clip.y + clip.h <= HEIGHT);
    }
}

static void a_page_slides(void **state)
{
    (void)state;
    int dock_x = run("Помощь")->box.x;
    tap("Проверить сертификат");
    assert_true(stage.frame->moving);
    assert_int_equal(stage.frame->wake_ms, stage.now_ms + 16);
    int at_first = run("Проверить сертификат")->box.x;
    const struct rect target = stage_find(&stage, "Стереть всё")->box;
    assert_clips_on_screen();
    stage_wait(&stage, 120, 0);
    stage_send(&stage, &(struct msg){.kind = MSG_TIME});
    assert_int_equal(run("Проверить сертификат")->box.x, at_first - 48 + 6);
    assert_memory_equal(&stage_find(&stage, "Стереть всё")->box, &target, sizeof target);
    stage_wait(&stage, 120, 0);
    stage_send(&stage, &(struct msg){.kind = MSG_TIME});
    assert_int_equal(run("Проверить сертификат")->box.x, at_first - 48);
    assert_false(stage.frame->moving);
    assert_true(stage.frame->wake_ms > stage.now_ms + 300); // the caret

    tap("Главная");
    int title_x = run("Найдём")->box.x;
    stage_wait(&stage, 240, 100);
    assert_int_equal(run("Найдём")->box.x, title_x + 48);
    assert_int_equal(run("Помощь")->box.x, dock_x);
}

// Half way in, the page is 6 px from its place: the one that comes back stands 48 px to its left.
static void a_page_can_be_interrupted(void **state)
{
    (void)state;
    int home_x = run("Найдём")->box.x;
    tap("Проверить сертификат");
    stage_wait(&stage, 120, 0);
    tap("Назад");
    assert_string_equal(kiosk_screen_name(stage.kiosk), "home");
    assert_int_equal(run("Найдём")->box.x, home_x + 6 - 48);
    stage_wait(&stage, 240, 100);
    assert_int_equal(run("Найдём")->box.x, home_x);
    assert_false(stage.frame->moving);
}

static void a_sheet_rises(void **state)
{
    (void)state;
    tap("Помощь");
    assert_true(run("Пишите")->box.y >= DOCK_Y);
    assert_non_null(stage_find(&stage, "Закрыть"));
    assert_clips_on_screen();
    stage_wait(&stage, 140, 0);
    stage_send(&stage, &(struct msg){.kind = MSG_TIME});
    int half_way = run("Пишите")->box.y;
    const struct rect clip = run("Пишите")->clip;
    assert_true(clip.y + clip.h <= DOCK_Y);
    stage_wait(&stage, 140, 0);
    stage_send(&stage, &(struct msg){.kind = MSG_TIME});
    assert_in_range(half_way - run("Пишите")->box.y, 100, 200); // an eighth of its height
    assert_false(stage.frame->moving);
    // shut while it is on its way, it is gone; opened again, it begins anew
    tap("Закрыть");
    assert_false(stage.frame->moving);
    stage_wait(&stage, 300, 100);
    tap("Помощь");
    stage_wait(&stage, 60, 0);
    tap("Закрыть");
    assert_null(strstr(stage_text(&stage), "Пишите"));
}

static void a_toast_rises_and_sinks(void **state)
{
    (void)state;
    tap("Техническая");
    stage_wait(&stage, 300, 100);
    tap("Отложить");
    int below = run("Добавили")->box.y;
    const struct rect undo = stage_find(&stage, "Вернуть")->box;
    stage_wait(&stage, 100, 0);
    stage_send(&stage, &(struct msg){.kind = MSG_TIME});
    int half_way = run("Добавили")->box.y;
    stage_wait(&stage, 100, 100);
    int up = run("Добавили")->box.y;
    assert_in_range(up, undo.y, undo.y + undo.h);
    assert_true(below > half_way && half_way > up);
    assert_true(stage.frame->wake_ms > stage.now_ms + 3000);
    stage_wait(&stage, 4100, 0);
    stage_send(&stage, &(struct msg){.kind = MSG_TIME});
    assert_int_equal(run("Добавили")->box.y, half_way); // half of it gone
    assert_memory_equal(&stage_find(&stage, "Вернуть")->box, &undo, sizeof undo);
    stage_wait(&stage, 100, 100);
    assert_null(strstr(stage_text(&stage), "Добавили"));
}

static void reduced_motion_cuts(void **state)
{
    (void)state;
    stage.config.reduced_motion = true;
    tap("Проверить сертификат");
    int x = run("Проверить сертификат")->box.x;
    assert_false(stage.frame->moving);
    stage_wait(&stage, 300, 100);
    assert_int_equal(run("Проверить сертификат")->box.x, x);
    tap("Помощь");
    assert_false(stage.frame->moving);
}

// What stands at the right edge of home's quilt.
static const struct draw *patch_at_the_edge(int x)
{
    for (uint32_t i = 0; i < stage.frame->draw_count; i++) {
        const struct draw *draw = &stage.frame->draws[i];
        struct rect seen = rect_intersect(draw->box, draw->clip);
        if (draw->kind == DRAW_PICTURE && seen.x <= x && seen.x + seen.w > x)
            return draw;
    }
    return NULL;
}

static void no_strip_is_bared_beside_what_lies_edge_to_edge(void **state)
{
    (void)state;
    tap("Проверить сертификат");
    stage_wait(&stage, 300, 100);
    tap("Назад");
    assert_true(stage.frame->moving);
    uint32_t draws = stage.frame->draw_count;
    for (int x = 0; x < WIDTH; x++)
        assert_non_null(patch_at_the_edge(x));
    stage_wait(&stage, 240, 100);
    assert_int_equal(draws - stage.frame->draw_count, 2); // one each patch of the right column
    assert_int_equal(stage.frame->dropped, 0);
}

// ---- lists

static const struct draw *thumb(void)
{
    for (uint32_t i = 0; i < stage.frame->draw_count; i++) {
        const struct draw *draw = &stage.frame->draws[i];
        if (draw->kind == DRAW_BLOCK && draw->box.w == 8 && draw->radius == 4)
            return draw;
    }
    return NULL;
}

static const struct target *list(void)
{
    for (uint32_t i = 0; i < stage.frame->target_count; i++)
        if (stage.frame->targets[i].action == ACTION_SCROLL_LIST)
            return &stage.frame->targets[i];
    fail_msg("nothing scrolls");
    return NULL;
}

static void a_thumb_shows_where_a_list_stands(void **state)
{
    (void)state;
    tap("Кружок");
    assert_non_null(thumb()); // there is more
    stage_wait(&stage, 1300, 100);
    assert_null(thumb());
    int y = list()->box.y;
    stage_touch(&stage, MSG_TOUCH_DOWN, 400, y + 400);
    assert_null(thumb()); // a finger that rests moves nothing
    stage_touch(&stage, MSG_TOUCH_MOVE, 400, y + 100);
    stage_touch(&stage, MSG_TOUCH_MOVE, 400, y + 90);
    assert_non_null(thumb());
    struct rect box = thumb()->box;
    assert_true(box.y > y + 4);
    assert_int_equal(box.x + box.w, list()->box.x + list()->box.w - 4);
    stage_wait(&stage, 5000, 100);
    assert_non_null(thumb()); // held
    stage_touch(&stage, MSG_TOUCH_UP, 400, y + 90);
    stage_wait(&stage, 599, 100);
    assert_non_null(thumb());
    stage_wait(&stage, 2, 100);
    assert_null(thumb());
}

// ---- what waits

// Frames by themselves in the next so many milliseconds.
static int wakes(int64_t ms)
{
    int64_t end_ms = stage.now_ms + ms;
    int count = 0;
    for (; stage.frame->wake_ms < end_ms; count++)
        stage_wait(&stage, stage.frame->wake_ms - stage.now_ms, 0);
    stage_wait(&stage, end_ms - stage.now_ms, 0);
    return count;
}

static void a_caret_tires_of_blinking(void **state)
{
    (void)state;
    tap("Кружок");
    stage_wait(&stage, 300, 100);
    assert_in_range(wakes(9700), 15, 17);
    assert_int_equal(wakes(40000), 0);
    stage_send(&stage, &(struct msg){.kind = MSG_TEXT, .character = 'a'});
    assert_int_equal(stage.frame->wake_ms, stage.now_ms + stage.theme.times.caret_blink_ms);
}

static float ring(void)
{
    for (uint32_t i = 0; i < stage.frame->draw_count; i++)
        if (stage.frame->draws[i].kind == DRAW_RING)
            return stage.frame->draws[i].part;
    fail_msg("no ring");
    return 0;
}

// Number, words and ring change in one frame; then the ring glides.
static void the_question_counts_in_step(void **state)
{
    (void)state;
    tap("Кружок");
    tap("Назад");
    stage_wait(&stage, 60000, 10000);
    assert_string_equal(kiosk_screen_name(stage.kiosk), "idle");
    stage_wait(&stage, 2000, 1000);
    assert_non_null(strstr(stage_text(&stage), "Через 18 секунд"));
    assert_true(ring() > 18.99f / 20);
    assert_in_range(wakes(1000), 15, 16);
    assert_non_null(strstr(stage_text(&stage), "Через 17 секунд"));
    stage_wait(&stage, 500, 1000);
    assert_true(ring() == 17.0f / 20);
    stage.config.reduced_motion = true;
    assert_int_equal(wakes(5000), 5);
    assert_true(ring() == 12.0f / 20);
}

static bool shows(enum picture picture)
{
    for (uint32_t i = 0; i < stage.frame->draw_count; i++)
        if (stage.frame->draws[i].picture == picture)
            return true;
    return false;
}

// ---- the quilt

static void an_emblem_answers_a_finger(void **state)
{
    (void)state;
    struct rect box = stage_find(&stage, "Техническая")->box;
    int x = box.x + box.w / 2;
    int y = box.y + box.h / 2;
    stage_touch(&stage, MSG_TOUCH_DOWN, x, y);
    assert_true(shows(PICTURE_TOUCHED_TECH));
    assert_int_equal(wakes(10000), 0);
    stage_touch(&stage, MSG_TOUCH_MOVE, x + box.w, y);
    assert_false(shows(PICTURE_TOUCHED_TECH));
}

static uint32_t turning(void)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < stage.frame->draw_count; i++)
        count += stage.frame->draws[i].kind == DRAW_MODULE && stage.frame->draws[i].part > 0;
    return count;
}

static void the_quilt_calls_and_a_touch_opens_home(void **state)
{
    (void)state;
    stage_wait(&stage, ATTRACT_MS - 1, 100);
    assert_string_equal(kiosk_screen_name(stage.kiosk), "home");
    stage_wait(&stage, 2, 100);
    assert_string_equal(kiosk_screen_name(stage.kiosk), "attract");
    assert_non_null(strstr(stage_text(&stage), "Кружки и секции"));
    uint64_t events = stage.events;
    stage_touch(&stage, MSG_TOUCH_DOWN, 540, 800); // a tile of home is there
    assert_string_equal(kiosk_screen_name(stage.kiosk), "home");
    stage_touch(&stage, MSG_TOUCH_UP, 540, 800);
    stage_tap(&stage, 540, 800); // the second of two quick ones
    assert_string_equal(kiosk_screen_name(stage.kiosk), "home");
    assert_int_equal(stage.events, events);
    stage_wait(&stage, ATTRACT_MS + 1, 1000);
    assert_string_equal(kiosk_screen_name(stage.kiosk), "attract");
    stage_send(&stage, &(struct msg){.kind = MSG_KEY, .key = KEY_SELECT});
    assert_string_equal(kiosk_screen_name(stage.kiosk), "home");
}

// One thing moves at a time, none jumps: a patch that turned stands as it turned.
static void one_patch_turns_at_a_time(void **state)
{
    (void)state;
    static struct frame before;
    stage_wait(&stage, ATTRACT_MS, 100);
    for (int ms = 0; ms < 60000; ms += 150) {
        before = *stage.frame;
        stage_wait(&stage, 150, 0);
        stage_send(&stage, &(struct msg){.kind = MSG_TIME});
        assert_true(turning() <= 1);
        uint32_t changed = 0;
        for (uint32_t i = 0; i < stage.frame->draw_count; i++) {
            const struct draw *now = &stage.frame->draws[i];
            if (now->kind != DRAW_MODULE || i >= PATCHES)
                continue;
            assert_int_equal(now->picture, before.draws[i].picture);
            changed += now->turns != before.draws[i].turns || now->part != before.draws[i].part;
        }
        assert_true(changed <= 2); // one came to rest, the next began
    }
}

static void it_shows_what_can_be_joined(void **state)
{
    (void)state;
    stage_wait(&stage, ATTRACT_MS + 6001, 100);
    for (int face = 1; face < 8; face++) {
        if (face % 3 == 0)
            assert_non_null(strstr(stage_text(&stage), "Кружки и секции"));
        else
            assert_null(strstr(stage_text(&stage), "запись закрыта"));
        stage_wait(&stage, 12000, 10000);
    }
}

static void without_motion_it_is_still(void **state)
{
    (void)state;
    stage.config.reduced_motion = true;
    stage_wait(&stage, ATTRACT_MS, 100);
    assert_string_equal(kiosk_screen_name(stage.kiosk), "attract");
    assert_true(stage.frame->wake_ms == FRAME_NO_WAKE);
}

int main(void)
{
#define STAGED(test) cmocka_unit_test_setup_teardown(test, start, finish)
    const struct CMUnitTest tests[] = {
        STAGED(a_page_slides),
        STAGED(a_page_can_be_interrupted),
        STAGED(a_sheet_rises),
        STAGED(a_toast_rises_and_sinks),
        STAGED(reduced_motion_cuts),
        STAGED(no_strip_is_bared_beside_what_lies_edge_to_edge),
        STAGED(a_thumb_shows_where_a_list_stands),
        STAGED(a_caret_tires_of_blinking),
        STAGED(the_question_counts_in_step),
        STAGED(an_emblem_answers_a_finger),
        STAGED(the_quilt_calls_and_a_touch_opens_home),
        STAGED(one_patch_turns_at_a_time),
        STAGED(it_shows_what_can_be_joined),
        STAGED(without_motion_it_is_still),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
