// What is read back is the pattern, or it isn't.

#include "device/pattern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { WIDTH = 200, HEIGHT = 300 };

static uint32_t screen[WIDTH * HEIGHT];
static uint32_t seen[PATTERN_PX * PATTERN_PX];

static void show(void)
{
    struct canvas canvas;
    memset(screen, 0x55, sizeof screen);
    canvas_init(&canvas);
    canvas_attach(&canvas, screen, WIDTH, HEIGHT, WIDTH);
    pattern_draw(&canvas);
    canvas_finish(&canvas);
    struct rect box = pattern_box(WIDTH, HEIGHT);
    for (int y = 0; y < PATTERN_PX; y++)
        memcpy(seen + y * PATTERN_PX, screen + (box.y + y) * WIDTH + box.x,
               PATTERN_PX * sizeof *seen);
}

static void it_is_seen(void **state)
{
    (void)state;
    show();
    assert_true(pattern_seen(seen));
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++) // a panel of 5, 6 and 5 bits
        seen[i] = (seen[i] & 0xF8FCF8) | 0xFF000000;
    assert_true(pattern_seen(seen));
}

static void black_half_and_swapped_are_not(void **state)
{
    (void)state;
    memset(seen, 0, sizeof seen);
    assert_false(pattern_seen(seen));
    show();
    memset(seen + PATTERN_PX * PATTERN_PX / 2, 0, sizeof seen / 2);
    assert_false(pattern_seen(seen));
    show();
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++)
        seen[i] = (seen[i] & 0xFF00) | (seen[i] & 0xFF) << 16 | (seen[i] >> 16 & 0xFF);
    assert_false(pattern_seen(seen));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_seen),
        cmocka_unit_test(black_half_and_swapped_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
