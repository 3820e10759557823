// Frames as pixels: what a partial repaint leaves is what a whole one gives, whatever changed.
#include "base/hash.h"
#include "device/damage.h"
#include "device/painter.h"
#include "ui/quilt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { WIDTH = 540, HEIGHT = 960, ROUNDS = 60 };

static struct theme theme;
static struct frame frame;
static struct damage damage;
static uint32_t seed = 7;

static uint32_t next(uint32_t below)
{
    return (seed = hash_xorshift32(seed)) % below;
}

static int setup(void **state)
{
    char error[THEME_ERROR_BYTES];
    if (!theme_load(SOURCE_DIR "/assets/theme/tokens.json", &theme, error))
        return -1;
    *state = painter_create(&theme, SOURCE_DIR "/assets/icons", scale_for(WIDTH, HEIGHT));
    return *state == NULL ? -1 : 0;
}

static int teardown(void **state)
{
    painter_destroy(*state);
    return 0;
}

// Everything a frame can hold, in odd places; `change` moves one thing.
static void build(uint32_t change)
{
    frame_clear(&frame, 1080, 1920, theme.colors[PALETTE_NORMAL][COLOR_PAPER]);
    struct draw *draw = frame_draw(&frame, DRAW_BLOCK, (struct rect){48, 300, 984, 236}, 0xFFFFFF);
    draw->radius = 28;
    draw->corners = CORNER_ALL;
    draw->edge = 0xD8CAAC;
    draw->edge_px = change % 5 == 0 ? 8 : 2;
    draw->stroke_px = 2;
    frame_round_clip(&frame, (struct rect){48, 300, 160, 236}, CORNER_TOP_LEFT | CORNER_BOTTOM_LEFT,
                     28);
    quilt_draw(&frame, (struct rect){48, 300, 160, 236}, 80, change % 7 == 0 ? "1041" : "1042",
               &theme.directions[change % 3]);
    frame_round_clip_end(&frame);
    char words[] = "Робототехника: первые шаги 0";
    words[sizeof words - 2] = (char)('0' + change % 10);
    frame_text(&frame, (struct rect){230, 310, 700, 46}, STYLE_TITLE, 0x241C42, words,
               sizeof words - 1);
    draw = frame_draw(&frame, DRAW_RING, (struct rect){400, 800 + (int)(change % 3), 280, 280},
                      0x274FC0);
    draw->stroke_px = 20;
    draw->stroke = 0xE6DAC2;
    draw->part = (float)(change % 11) / 10.0F;
    draw = frame_draw(&frame, DRAW_PICTURE, (struct rect){0, 1200, 360, 408}, 0);
    draw->picture = change % 4 == 0 ? PICTURE_TILE_ART : PICTURE_TILE_TECH;
    draw->crop = CROP_BOTTOM;
    draw = frame_draw(&frame, DRAW_PICTURE, (struct rect){600, 1300, 56, 56}, 0x1E3E9C);
    draw->picture = ICON_STAR;
    static unsigned char modules[56];
    memset(modules, (int)change, sizeof modules);
    draw = frame_draw(&frame, DRAW_QR, (struct rect){700, 1200, 300, 300}, 0);
    draw->modules = modules;
    draw->modules_a_side = 21;
    if (change % 6 == 0) {
        draw = frame_draw(&frame, DRAW_SCRIM, (struct rect){0, 500, 1080, 900}, 0x241C42);
        draw->part = 0.62F;
    }
}

static void a_partial_repaint_equals_a_whole_one(void **state)
{
    static uint32_t partly[WIDTH * HEIGHT];
    static uint32_t whole[WIDTH * HEIGHT];
    struct scale scale = scale_for(WIDTH, HEIGHT);
    struct canvas canvas;
    struct rect rects[DAMAGE_RECTS_MAX];
    canvas_init(&canvas);
    damage_init(&damage, WIDTH, HEIGHT);
    for (int round = 0; round < ROUNDS; round++) {
        build(next(1000));
        int count = damage_find(&damage, &frame, scale, rects);
        canvas_attach(&canvas, partly, WIDTH, HEIGHT, WIDTH);
        painter_paint(*state, &canvas, &frame, rects, count);
        struct rect all = {0, 0, WIDTH, HEIGHT};
        canvas_attach(&canvas, whole, WIDTH, HEIGHT, WIDTH);
        painter_paint(*state, &canvas, &frame, &all, 1);
        assert_memory_equal(partly, whole, sizeof whole);
    }
    canvas_finish(&canvas);
}

static void the_same_frame_is_no_damage(void **state)
{
    (void)state;
    struct scale scale = scale_for(WIDTH, HEIGHT);
    struct rect rects[DAMAGE_RECTS_MAX];
    damage_init(&damage, WIDTH, HEIGHT);
    build(1);
    assert_int_equal(damage_find(&damage, &frame, scale, rects), 1);
    assert_int_equal(rects[0].w, WIDTH);
    build(1);
    assert_int_equal(damage_find(&damage, &frame, scale, rects), 0);
    damage_forget(&damage);
    assert_int_equal(damage_find(&damage, &frame, scale, rects), 1);
}

static void a_changed_word_damages_its_line_only(void **state)
{
    (void)state;
    struct scale scale = scale_for(1080, 1920);
    struct rect rects[DAMAGE_RECTS_MAX];
    damage_init(&damage, 1080, 1920);
    for (int i = 0; i < 2; i++) {
        frame_clear(&frame, 1080, 1920, 0);
        frame_text(&frame, (struct rect){100, 1000, 300, 46}, STYLE_BODY, 0, i ? "б" : "а", 2);
        frame_text(&frame, (struct rect){100, 200, 300, 46}, STYLE_BODY, 0, "в", 2);
        int count = damage_find(&damage, &frame, scale, rects);
        assert_int_equal(count, 1);
    }
    assert_in_range(rects[0].y, 1000 - 16 - DAMAGE_CELL_PX, 1000 - 16);
    assert_in_range(rects[0].h, 46, 46 + 32 + 2 * DAMAGE_CELL_PX);
    assert_in_range(rects[0].w, 300, 300 + 32 + 2 * DAMAGE_CELL_PX);
}

static void design_sizes_follow_the_window(void **state)
{
    (void)state;
    static const struct {
        int width, height, design_width, design_height;
    } cases[] = {{1080, 1920, 1080, 1920}, {540, 960, 1080, 1920},   {1920, 1080, 1920, 1080},
                 {720, 1280, 1080, 1920},  {1200, 1920, 1200, 1920}, {1080, 2160, 1080, 2160},
                 {1280, 800, 1920, 1200},  {2160, 3840, 1080, 1920}, {853, 1517, 1080, 1920}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct scale scale = scale_for(cases[i].width, cases[i].height);
        assert_int_equal(scale.design_width, cases[i].design_width);
        assert_int_equal(scale.design_height, cases[i].design_height);
    }
    // Neighbours stay neighbours.
    struct scale odd = scale_for(700, 1244);
    struct rect left = scale_rect(odd, (struct rect){0, 0, 361, 10});
    struct rect right = scale_rect(odd, (struct rect){361, 0, 361, 10});
    assert_int_equal(left.x + left.w, right.x);
}

static void a_qr_code_has_whole_modules(void **state)
{
    static uint32_t pixels[WIDTH * HEIGHT];
    static unsigned char modules[56] = {1};
    struct canvas canvas;
    canvas_init(&canvas);
    canvas_attach(&canvas, pixels, WIDTH, HEIGHT, WIDTH);
    frame_clear(&frame, 1080, 1920, 0xFFFFFF);
    struct draw *draw = frame_draw(&frame, DRAW_QR, (struct rect){0, 0, 508, 508}, 0);
    draw->modules = modules;
    draw->modules_a_side = 21;
    struct rect all = {0, 0, WIDTH, HEIGHT};
    painter_paint(*state, &canvas, &frame, &all, 1);
    int dark = 0;
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        dark += pixels[i] == 0;
    assert_int_equal(dark, 12 * 12);            // 254 / 21
    assert_int_equal(pixels[1 * WIDTH + 1], 0); // (254 - 252) / 2
    assert_int_equal(pixels[0], 0xFFFFFF);
    canvas_finish(&canvas);
}

// A page seen small: the code keeps its place and is as dark as on paper, though no module is
// whole.
static void a_small_qr_code_is_as_dark_as_the_large(void **state)
{
    static uint32_t pixels[WIDTH * HEIGHT];
    static unsigned char modules[56] = {0xB5, 0x0F, 0x33, 0x81, 0x7E};
    struct canvas canvas;
    int modules_dark = 0;
    for (size_t i = 0; i < sizeof modules; i++)
        modules_dark += __builtin_popcount(modules[i]);
    canvas_init(&canvas);
    canvas_attach(&canvas, pixels, WIDTH, HEIGHT, WIDTH);
    for (int side_px = 20; side_px <= 200; side_px += 18) {
        frame_clear(&frame, 1080, 1920, 0xFFFFFF);
        struct draw *draw = frame_draw(&frame, DRAW_QR, (struct rect){0, 0, side_px, side_px}, 0);
        draw->modules = modules;
        draw->modules_a_side = 21;
        draw->zoom = 0.4F;
        struct rect all = {0, 0, WIDTH, HEIGHT};
        painter_paint(*state, &canvas, &frame, &all, 1);
        double dark = 0;
        for (int i = 0; i < WIDTH * HEIGHT; i++)
            dark += (255 - (int)(pixels[i] & 0xFF)) / 255.0;
        double expected = modules_dark / (21.0 * 21.0) * side_px * side_px / 4;
        assert_true(dark > expected * 0.97 - 1 && dark < expected * 1.03 + 1);
    }
    canvas_finish(&canvas);
}

static void a_page_seen_smaller_is_damage(void **state)
{
    (void)state;
    static struct frame page;
    struct rect rects[DAMAGE_RECTS_MAX];
    struct scale scale = scale_for(1080, 1920);
    frame_clear(&page, 1240, 1754, 0xFFFFFF);
    frame_text(&page, (struct rect){100, 100, 800, 46}, STYLE_TITLE, 0, "Робототехника", 26);
    damage_init(&damage, 1080, 1920);
    for (int i = 0; i < 3; i++) {
        frame_clear(&frame, 1080, 1920, 0);
        frame_place(&frame, &page, (struct rect){100, 100, i < 2 ? 620 : 500, 877});
        assert_int_equal(damage_find(&damage, &frame, scale, rects), i == 1 ? 0 : 1);
    }
}

// A module turned four times by a quarter is the module again, and no turn is another.
static void quarter_turns_are_clockwise(void **state)
{
    static uint32_t pixels[4][WIDTH * HEIGHT];
    enum { SIDE = 60 };
    struct canvas canvas;
    canvas_init(&canvas);
    for (unsigned turns = 0; turns < 4; turns++) {
        canvas_attach(&canvas, pixels[turns], WIDTH, HEIGHT, WIDTH);
        frame_clear(&frame, 1080, 1920, 0);
        struct draw *draw =
            frame_draw(&frame, DRAW_MODULE, (struct rect){0, 0, 120, 120}, 0xFFFFFF);
        draw->picture = MODULE_TRI;
        draw->turns = (uint8_t)turns;
        struct rect all = {0, 0, WIDTH, HEIGHT};
        painter_paint(*state, &canvas, &frame, &all, 1);
    }
    for (unsigned turns = 0; turns < 3; turns++)
        for (int y = 0; y < SIDE; y++)
            for (int x = 0; x < SIDE; x++)
                assert_int_equal(pixels[turns][y * WIDTH + x],
                                 pixels[turns + 1][x * WIDTH + SIDE - 1 - y]);
    assert_memory_not_equal(pixels[0], pixels[1], sizeof pixels[0]);
    canvas_finish(&canvas);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_partial_repaint_equals_a_whole_one),
        cmocka_unit_test(the_same_frame_is_no_damage),
        cmocka_unit_test(a_changed_word_damages_its_line_only),
        cmocka_unit_test(design_sizes_follow_the_window),
        cmocka_unit_test(a_qr_code_has_whole_modules),
        cmocka_unit_test(a_small_qr_code_is_as_dark_as_the_large),
        cmocka_unit_test(a_page_seen_smaller_is_damage),
        cmocka_unit_test(quarter_turns_are_clockwise),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
