// The picker's promise: the number on an answer is what stands there once it is given.
#include "screens/action.h"
#include "tests/sim/random.h"
#include "tests/support/catalog_fixture.h"
#include "tests/support/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { PROGRAMS = 3000, WALKS = 60, QUIET_MS = 400, CHOICES_MAX = 64 };

static struct stage stage;
static struct random source;

static int start(void **state)
{
    (void)state;
    stage_start(&stage, SOURCE_DIR, 1080, 1920);
    stage_catalog(&stage, catalog_fixture_snapshot(PROGRAMS, 7));
    return 0;
}

static int finish(void **state)
{
    (void)state;
    stage_finish(&stage);
    return 0;
}

// «1 234 программы»
static long number_at(const char *text)
{
    long number = 0;
    for (; *text == ' ' || (*text >= '0' && *text <= '9'); text++)
        if (*text != ' ')
            number = number * 10 + *text - '0';
    return number;
}

// Behind «·» where there is one: «7 лет · 12 программ», «Показать 12».
static long number_in(const char *label)
{
    const char *at = strstr(label, "·");
    at = at == NULL ? label : at;
    return number_at(at + strcspn(at, "0123456789"));
}

static long shown(void)
{
    const struct target *show = stage_find(&stage, "Показать");
    assert_non_null(show);
    return number_in(stage_label(&stage, show));
}

static void tap(const struct target *target)
{
    assert_non_null(target);
    stage_tap(&stage, target->box.x + target->box.w / 2, target->box.y + target->box.h / 2);
    stage_wait(&stage, QUIET_MS, 100);
}

// Gives one of these answers by chance and compares; false when none would leave anything.
static bool answer(uint16_t action, uint32_t first, uint32_t last)
{
    const struct target *choices[CHOICES_MAX];
    uint32_t count = 0;
    for (uint32_t i = 0; i < stage.frame->target_count && count < CHOICES_MAX; i++) {
        const struct target *target = &stage.frame->targets[i];
        bool of_these = target->action == action && target->value >= first && target->value <= last;
        if (of_these && !(target->state & (TARGET_SELECTED | TARGET_DISABLED)))
            choices[count++] = target;
    }
    if (count == 0)
        return false;
    const struct target *chosen = choices[random_pick(&source, count)];
    long promised = number_in(stage_label(&stage, chosen));
    assert_true(promised > 0);
    tap(chosen);
    assert_int_equal(shown(), promised);
    return true;
}

static bool answer_filter(enum search_facet facet)
{
    return answer(ACTION_FILTER, (uint32_t)facet << 8, (uint32_t)facet << 8 | 0xFF);
}

static bool perhaps(void)
{
    return random_pick(&source, 3) != 0;
}

static void each_answer_leaves_what_it_says(void **state)
{
    (void)state;
    for (int walk = 0; walk < WALKS; walk++) {
        source.state = (uint64_t)walk + 1;
        tap(stage_find(&stage, "Подобрать"));
        bool aged = perhaps() && answer(ACTION_WIZARD_AGE, 0, 99);
        if (aged && perhaps()) {
            tap(stage_find(&stage, "Детей двое"));
            for (int child = 2; child <= SEARCH_AGES_MAX && perhaps(); child++)
                answer(ACTION_WIZARD_AGE, 0, 99);
        }
        tap(stage_find(&stage, "Дальше"));
        if (perhaps())
            answer_filter(FACET_WEEKDAY);
        if (perhaps())
            answer_filter(FACET_DAY_PART);
        tap(stage_find(&stage, "Дальше"));
        if (perhaps())
            answer_filter(FACET_DIRECTION);
        long before = shown();
        if (stage_find(&stage, "Не знаю") != NULL && perhaps()) {
            long any = number_in(stage_label(&stage, stage_find(&stage, "Не знаю")));
            tap(stage_find(&stage, "Не знаю"));
            assert_int_equal(shown(), any);
            assert_true(any >= before);
        }
        tap(stage_find(&stage, "Дальше"));
        if (perhaps())
            answer_filter(FACET_PAYMENT);
        long total = shown();
        tap(stage_find(&stage, "Показать"));
        assert_string_equal(kiosk_screen_name(stage.kiosk), "search");
        if (total > 0)
            assert_int_equal(number_at(stage_text(&stage)), total);
        // back, every answer is kept: the same number again
        tap(stage_find(&stage, "Назад"));
        assert_int_equal(shown(), total);
        tap(stage_find(&stage, "Главная"));
    }
}

static int start_lying(void **state)
{
    (void)state;
    stage_start(&stage, SOURCE_DIR, 1920, 1080);
    stage_catalog(&stage, catalog_fixture_snapshot(PROGRAMS, 7));
    return 0;
}

static bool is_drawn(const struct draw *ahead)
{
    for (uint32_t i = 0; i < stage.frame->draw_count; i++) {
        const struct draw *draw = &stage.frame->draws[i];
        if (draw->picture == ahead->picture && draw->crop == ahead->crop &&
            draw->box.w == ahead->box.w && draw->box.h == ahead->box.h)
            return true;
    }
    return false;
}

// Six drawings of a new size at once: they are made while a family answers what comes before.
static void the_quilt_is_made_ahead(void **state)
{
    (void)state;
    struct draw ahead[FRAME_AHEAD_MAX];
    tap(stage_find(&stage, "Подобрать"));
    tap(stage_find(&stage, "Дальше"));
    assert_int_equal(stage.frame->ahead_count, DIRECTION_COUNT);
    memcpy(ahead, stage.frame->ahead, sizeof ahead);
    tap(stage_find(&stage, "Дальше"));
    for (uint32_t i = 0; i < DIRECTION_COUNT; i++)
        assert_true(is_drawn(&ahead[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_answer_leaves_what_it_says, start, finish),
        cmocka_unit_test_setup_teardown(the_quilt_is_made_ahead, start_lying, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
