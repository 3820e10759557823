// Text: the advance table is the fonts' own, drawn runs are as wide as it says, secrets leave.
#include "base/file.h"
#include "device/advances.h"
#include "device/runs.h"
#include "ui/metrics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { WIDTH = 1080, HEIGHT = 200 };

static struct theme theme;
static struct metrics metrics;
static uint32_t pixels[WIDTH * HEIGHT];

static int setup(void **state)
{
    char error[THEME_ERROR_BYTES];
    if (!theme_load(SOURCE_DIR "/assets/theme/tokens.json", &theme, error) ||
        !metrics_load(SOURCE_DIR "/assets/theme/advances.txt", &metrics))
        return -1;
    *state = runs_create(&theme, scale_for(1080, 1920));
    return *state == NULL ? -1 : 0;
}

static int teardown(void **state)
{
    runs_destroy(*state);
    return 0;
}

static void the_table_is_what_the_fonts_say(void **state)
{
    (void)state;
    char *printed = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&printed, &length);
    assert_non_null(out);
    assert_true(advances_print(out));
    fclose(out);
    char *file = NULL;
    size_t file_length = 0;
    assert_true(file_read(SOURCE_DIR "/assets/theme/advances.txt", METRICS_FILE_BYTES, &file,
                          &file_length));
    assert_string_equal(printed, file);
    free(printed);
    free(file);
}

static void draw_run(struct runs *runs, struct run run)
{
    struct canvas canvas;
    canvas_init(&canvas);
    canvas_attach(&canvas, pixels, WIDTH, HEIGHT, WIDTH);
    canvas_fill(&canvas, canvas.clip, 0);
    run.line = (struct rect){20, 40, WIDTH, 100};
    run.color = 0xFFFFFF;
    run.length = strlen(run.text);
    runs_draw(runs, &canvas, &run);
    canvas_finish(&canvas);
}

static void draw(struct runs *runs, enum style style, const char *text, bool secret)
{
    draw_run(runs, (struct run){.style = style, .text = text, .secret = secret});
}

static void draw_zoomed(struct runs *runs, enum style style, float zoom, const char *text)
{
    draw_run(runs, (struct run){.style = style, .text = text, .zoom = zoom});
}

static struct rect inked(void)
{
    int left = WIDTH, right = 0, top = HEIGHT, bottom = 0;
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            if (pixels[y * WIDTH + x] == 0)
                continue;
            left = x < left ? x : left;
            right = x > right ? x : right;
            top = y < top ? y : top;
            bottom = y > bottom ? y : bottom;
        }
    return (struct rect){left, top, right - left + 1, bottom - top + 1};
}

// Kerning may take a little, side bearings too; nothing may be wider than it was measured.
static void runs_are_as_wide_as_measured(void **state)
{
    static const char *const texts[] = {"Дом детского творчества", "нннннннннннннннннннннннн",
                                        "8 500 ₽ · 16:00–17:30 № 4"};
    for (int style = 0; style < STYLE_COUNT; style++)
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
            int measured = metrics_width(&metrics, &theme.styles[TEXT_NORMAL][style], texts[i],
                                         strlen(texts[i]));
            if (measured > WIDTH - 40)
                continue;
            draw(*state, (enum style)style, texts[i], false);
            struct rect ink = inked();
            assert_true(ink.x + ink.w <= 20 + measured + 1);
            assert_true(ink.w >= measured - theme.styles[TEXT_NORMAL][style].size_px / 2);
        }
}

// At any part of its size, of which there are more than fonts may be open.
static void a_small_run_is_its_part_as_wide(void **state)
{
    static const char text[] = "Дом детского творчества";
    for (int eighth = 2; eighth <= 8; eighth++)
        for (int style = 0; style < STYLE_COUNT; style++) {
            float zoom = (float)eighth / 8;
            int measured =
                metrics_width(&metrics, &theme.styles[TEXT_NORMAL][style], text, sizeof text - 1);
            if (measured > (WIDTH - 40) || theme.styles[TEXT_NORMAL][style].size_px * eighth < 64)
                continue;
            draw_zoomed(*state, (enum style)style, zoom, text);
            struct rect ink = inked();
            assert_true((float)ink.w <= (float)measured * zoom + 2);
            assert_true((float)ink.w >= (float)measured * zoom * 0.94F - 4);
        }
}

static void capitals_stand_in_the_middle_of_the_line(void **state)
{
    draw(*state, STYLE_H1, "Н", false);
    struct rect ink = inked();
    // (ascent - descent) / 2 above the middle of 40..140, thousandths of 64 px.
    assert_in_range(ink.y + ink.h, 90 + (1018 - 276) * 64 / 2000 - 1,
                    90 + (1018 - 276) * 64 / 2000 + 1);
}

static void a_secret_run_looks_the_same(void **state)
{
    static uint32_t open[WIDTH * HEIGHT];
    draw(*state, STYLE_DIGIT, "5700123456", false);
    memcpy(open, pixels, sizeof open);
    runs_wipe(*state);
    draw(*state, STYLE_DIGIT, "5700123456", true);
    assert_memory_equal(open, pixels, sizeof open);
}

static void odd_text_does_no_harm(void **state)
{
    char longest[4 * RUN_BYTES_MAX];
    for (size_t i = 0; i + 2 < sizeof longest; i += 2)
        memcpy(longest + i, "щ", 2);
    longest[sizeof longest - 2] = '\0';
    draw(*state, STYLE_DISPLAY, longest, false);
    draw(*state, STYLE_BODY, "", false);
    draw(*state, STYLE_BODY, "\n\t", false);
    draw(*state, STYLE_BODY, "\xff\xfe\xd0", false);
    draw(*state, STYLE_BODY, "👩‍🏫 ⠿ ﷽", true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_what_the_fonts_say),
        cmocka_unit_test(runs_are_as_wide_as_measured),
        cmocka_unit_test(a_small_run_is_its_part_as_wide),
        cmocka_unit_test(capitals_stand_in_the_middle_of_the_line),
        cmocka_unit_test(a_secret_run_looks_the_same),
        cmocka_unit_test(odd_text_does_no_harm),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
