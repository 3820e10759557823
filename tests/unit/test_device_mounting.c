// A panel hung any way round: pixels and touches agree.
#include "device/mounting.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum { WIDTH = 90, HEIGHT = 70 }; // of the window; no multiple of anything

static struct config config = {.calibration = {1, 0, 0, 0, 1, 0}};

static struct mounting hung(uint32_t degrees)
{
    config.rotation = degrees;
    return mounting_make(&config, WIDTH, HEIGHT);
}

static void canvases(const struct mounting *mounting, struct canvas *scene, struct canvas *window)
{
    static uint32_t scene_pixels[WIDTH * HEIGHT];
    static uint32_t window_pixels[WIDTH * HEIGHT];
    bool sideways = mounting_sideways(mounting);
    int width = sideways ? HEIGHT : WIDTH;
    int height = sideways ? WIDTH : HEIGHT;
    canvas_init(scene);
    canvas_init(window);
    canvas_attach(scene, scene_pixels, width, height, width);
    canvas_attach(window, window_pixels, WIDTH, HEIGHT, WIDTH);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            *canvas_at(scene, x, y) = (uint32_t)(y * 1000 + x + 1);
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        window_pixels[i] = 0;
}

static void the_scenes_corners_stand_where_they_belong(void **state)
{
    (void)state;
    // Where the scene's top left pixel comes to, and the one to its right.
    static const struct {
        int x, y, right_x, right_y;
    } expected[] = {{0, 0, 1, 0},
                    {WIDTH - 1, 0, WIDTH - 1, 1},
                    {WIDTH - 1, HEIGHT - 1, WIDTH - 2, HEIGHT - 1},
                    {0, HEIGHT - 1, 0, HEIGHT - 2}};
    for (uint32_t turn = 0; turn < 4; turn++) {
        struct canvas scene;
        struct canvas window;
        struct mounting mounting = hung(turn * 90);
        canvases(&mounting, &scene, &window);
        mounting_paint(&mounting, &scene, &window, (struct rect){0, 0, scene.width, scene.height});
        assert_int_equal(*canvas_at(&window, expected[turn].x, expected[turn].y), 1);
        assert_int_equal(*canvas_at(&window, expected[turn].right_x, expected[turn].right_y), 2);
    }
}

// The finger on each pixel of the window means that pixel's place in the scene, and the mouse too.
static void touches_fall_on_the_pixel_they_point_at(void **state)
{
    (void)state;
    for (uint32_t turn = 0; turn < 4; turn++) {
        struct canvas scene;
        struct canvas window;
        struct mounting mounting = hung(turn * 90);
        canvases(&mounting, &scene, &window);
        mounting_paint(&mounting, &scene, &window, (struct rect){0, 0, scene.width, scene.height});
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                uint32_t pixel = *canvas_at(&window, x, y);
                float touch_x = ((float)x + 0.5f) / WIDTH;
                float touch_y = ((float)y + 0.5f) / HEIGHT;
                mounting_touch(&mounting, &touch_x, &touch_y);
                assert_int_equal((int)floorf(touch_y) * 1000 + (int)floorf(touch_x) + 1, pixel);
                touch_x = (float)x + 0.5f;
                touch_y = (float)y + 0.5f;
                mounting_point(&mounting, &touch_x, &touch_y);
                assert_int_equal((int)floorf(touch_y) * 1000 + (int)floorf(touch_x) + 1, pixel);
            }
        }
    }
}

static void a_part_is_painted_and_nothing_around_it(void **state)
{
    (void)state;
    for (uint32_t turn = 0; turn < 4; turn++) {
        struct canvas scene;
        struct canvas window;
        struct mounting mounting = hung(turn * 90);
        struct rect part = {5, 9, 41, 37};
        canvases(&mounting, &scene, &window);
        mounting_paint(&mounting, &scene, &window, part);
        struct rect to = mounting_rect(&mounting, part);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                float scene_x = (float)x + 0.5f;
                float scene_y = (float)y + 0.5f;
                mounting_point(&mounting, &scene_x, &scene_y);
                bool inside = rect_contains(part, (int)scene_x, (int)scene_y);
                assert_int_equal(rect_contains(to, x, y), inside);
                assert_int_equal(*canvas_at(&window, x, y) != 0, inside);
            }
        }
    }
}

static void a_smaller_window_is_not_overrun(void **state)
{
    (void)state;
    for (uint32_t turn = 0; turn < 4; turn++) {
        struct canvas scene;
        struct canvas window;
        struct mounting mounting = hung(turn * 90);
        canvases(&mounting, &scene, &window);
        uint32_t *pixels = window.pixels;
        canvas_attach(&window, pixels, WIDTH, HEIGHT / 2, WIDTH);
        mounting_paint(&mounting, &scene, &window, (struct rect){0, 0, scene.width, scene.height});
        for (int i = WIDTH * (HEIGHT / 2); i < WIDTH * HEIGHT; i++)
            assert_int_equal(pixels[i], 0);
    }
}

static void a_glass_is_corrected_before_the_turn(void **state)
{
    (void)state;
    // Mirrored left to right and read from 10 % to 90 % of its height.
    static const double glass[] = {-1, 0, 1, 0, 1.25, -0.125};
    for (size_t i = 0; i < CONFIG_CALIBRATION; i++)
        config.calibration[i] = glass[i];
    struct mounting mounting = hung(90);
    float x = 0.25f; // truly at 0.75, 0.5
    float y = 0.5f;
    mounting_touch(&mounting, &x, &y);
    assert_true(fabsf(x - 0.5f * HEIGHT) < 0.01f);
    assert_true(fabsf(y - 0.25f * WIDTH) < 0.01f);
    for (size_t i = 0; i < CONFIG_CALIBRATION; i++)
        config.calibration[i] = i % 4 == 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_scenes_corners_stand_where_they_belong),
        cmocka_unit_test(touches_fall_on_the_pixel_they_point_at),
        cmocka_unit_test(a_part_is_painted_and_nothing_around_it),
        cmocka_unit_test(a_smaller_window_is_not_overrun),
        cmocka_unit_test(a_glass_is_corrected_before_the_turn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
