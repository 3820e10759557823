#include "ui/quilt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static struct theme theme;

static int load(void **state)
{
    (void)state;
    char error[THEME_ERROR_BYTES];
    return theme_load(SOURCE_DIR "/assets/theme/tokens.json", &theme, error) ? 0 : -1;
}

// The test vector of DESIGN.md section 6, id 1041.
static void test_vector(void **state)
{
    (void)state;
    const struct direction_colors *tech = &theme.directions[0];
    const struct quilt_cell expected[] = {
        {MODULE_PETALS, 2, tech->accents[0], tech->background},
        {MODULE_TRI, 3, tech->accents[0], tech->background},
        {MODULE_TRI, 1, tech->accents[0], tech->background},
        {MODULE_PETALS, 3, tech->accents[1], tech->background},
    };
    struct quilt quilt;
    quilt_start(&quilt, "1041");
    assert_int_equal(quilt.x, 0x8b8de2b3);
    for (int i = 0; i < 4; i++) {
        struct quilt_cell cell = quilt_next(&quilt, tech);
        assert_int_equal(cell.module, expected[i].module);
        assert_int_equal(cell.turns, expected[i].turns);
        assert_int_equal(cell.shape, expected[i].shape);
        assert_int_equal(cell.ground, expected[i].ground);
    }
    assert_int_equal(quilt.x, 0x98b3bf36);
}

static void test_cells_stay_in_their_box(void **state)
{
    (void)state;
    struct frame *frame = calloc(1, sizeof *frame);
    struct rect box = {100, 50, 160, 236};
    frame_clear(frame, 1080, 1920, 0);
    quilt_draw(frame, box, 80, "x", &theme.directions[3]);
    assert_int_equal(frame->draw_count, 6);
    for (uint32_t i = 0; i < frame->draw_count; i++) {
        assert_int_equal(frame->draws[i].clip.h, 236);
        assert_int_equal(frame->draws[i].box.w, 80);
    }
    free(frame);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vector),
        cmocka_unit_test(test_cells_stay_in_their_box),
    };
    return cmocka_run_group_tests(tests, load, NULL);
}
