// The canvas: SSE2 loops against their scalar reference, and what shapes cover.
#include "base/hash.h"
#include "device/blend.h"
#include "device/canvas.h"
#include "ui/frame.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { SIDE = 64, ROW = 61 };

static uint32_t seed = 2026;

static uint32_t next(void)
{
    return seed = hash_xorshift32(seed);
}

// Masks with runs of 0 and 255, as real ones have.
static void fill_mask(uint8_t *mask, int count)
{
    for (int i = 0; i < count; i++) {
        uint32_t x = next();
        mask[i] = x % 3 == 0 ? 0 : x % 3 == 1 ? 255 : (uint8_t)(x >> 8);
    }
    memset(mask + 8, 0, 8);
    memset(mask + 20, 255, 8);
}

static void masks_and_scrims_match_the_reference(void **state)
{
    (void)state;
    for (int round = 0; round < 2000; round++) {
        uint32_t pixels[ROW];
        uint32_t expected[ROW];
        uint8_t mask[ROW];
        rgb color = next() & 0xFFFFFF;
        uint8_t even = (uint8_t)next();
        int count = (int)(next() % (ROW + 1));
        fill_mask(mask, ROW);
        for (int i = 0; i < ROW; i++)
            pixels[i] = expected[i] = next() & 0xFFFFFF;
        blend_mask(pixels, mask, count, color);
        for (int i = 0; i < count; i++)
            expected[i] = blend_pixel(expected[i], color, mask[i]);
        assert_memory_equal(pixels, expected, sizeof pixels);
        blend_even(pixels, count, color, even);
        for (int i = 0; i < count; i++)
            expected[i] = blend_pixel(expected[i], color, even);
        assert_memory_equal(pixels, expected, sizeof pixels);
    }
}

static void premultiplied_pixels_match_the_reference(void **state)
{
    (void)state;
    for (int round = 0; round < 2000; round++) {
        uint32_t pixels[ROW];
        uint32_t expected[ROW];
        uint32_t source[ROW];
        int count = (int)(next() % (ROW + 1));
        for (int i = 0; i < ROW; i++) {
            uint32_t alpha = next() & 255;
            source[i] = alpha << 24;
            for (int shift = 0; shift < 24; shift += 8)
                source[i] |= next() % (alpha + 1) << shift;
            pixels[i] = expected[i] = next() & 0xFFFFFF;
        }
        blend_over(pixels, source, count);
        for (int i = 0; i < count; i++)
            expected[i] = blend_pixel_over(expected[i], source[i]);
        assert_memory_equal(pixels, expected, sizeof pixels);
    }
}

static void full_coverage_is_the_colour_and_none_is_nothing(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 1000; i++) {
        rgb below = next() & 0xFFFFFF;
        rgb above = next() & 0xFFFFFF;
        assert_int_equal(blend_pixel(below, above, 255), above);
        assert_int_equal(blend_pixel(below, above, 0), below);
        assert_int_equal(blend_pixel(above, above, (uint8_t)i), above);
    }
}

static uint32_t pixels[SIDE * SIDE];

static void start(struct canvas *canvas)
{
    memset(pixels, 0, sizeof pixels);
    canvas_init(canvas);
    canvas_attach(canvas, pixels, SIDE, SIDE, SIDE);
}

static uint32_t at(int x, int y)
{
    return pixels[y * SIDE + x];
}

static void a_block_has_round_corners_outline_and_edge(void **state)
{
    (void)state;
    struct canvas canvas;
    start(&canvas);
    canvas_block(&canvas, &(struct block){.box = {10, 10, 40, 30},
                                          .radius = 10,
                                          .corners = CORNER_ALL & ~CORNER_TOP_RIGHT,
                                          .fill = 0xFFFFFF,
                                          .stroke = 0xFF0000,
                                          .stroke_px = 2,
                                          .edge = 0x0000FF,
                                          .edge_px = 6});
    assert_int_equal(at(10, 10), 0);        // round
    assert_int_equal(at(49, 10), 0xFF0000); // square
    assert_int_equal(at(30, 10), 0xFF0000); // outline
    assert_int_equal(at(30, 11), 0xFF0000); // two pixels of it
    assert_int_equal(at(30, 12), 0xFFFFFF); // face
    assert_int_equal(at(30, 39), 0xFF0000); // the face ends with its outline
    assert_int_equal(at(30, 40), 0x0000FF); // edge
    assert_int_equal(at(30, 45), 0x0000FF); // six pixels of it
    assert_int_equal(at(30, 46), 0);        // nothing below
    assert_int_equal(at(10, 45), 0);        // the edge is round too
    assert_int_equal(at(11, 38), 0x0000FF); // and follows beside the face's corner
    canvas_finish(&canvas);
}

static void nothing_is_painted_outside_the_clip(void **state)
{
    (void)state;
    struct canvas canvas;
    start(&canvas);
    canvas_clip(&canvas, (struct rect){20, 20, 9, 7});
    canvas_block(&canvas, &(struct block){.box = {-30, -30, 200, 200},
                                          .corners = CORNER_ALL,
                                          .radius = 90,
                                          .fill = 0xFFFFFF});
    canvas_ring(&canvas, &(struct ring){{15, 15, 30, 30}, 8, 0.7F, 0xFF00FF, 0x00FF00});
    canvas_scrim(&canvas, (struct rect){0, 0, SIDE, SIDE}, 0xFF, 0.62F);
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            if (!rect_contains((struct rect){20, 20, 9, 7}, x, y))
                assert_int_equal(at(x, y), 0);
    canvas_finish(&canvas);
}

static void a_ring_fills_clockwise_from_the_top(void **state)
{
    (void)state;
    struct canvas canvas;
    start(&canvas);
    struct ring ring = {{2, 2, 60, 60}, 8, 0.25F, 0x00FF00, 0x400000};
    canvas_ring(&canvas, &ring);
    assert_int_equal(at(50, 13), 0x00FF00); // upper right
    assert_int_equal(at(13, 13), 0x400000); // upper left: track
    assert_int_equal(at(13, 50), 0x400000);
    assert_int_equal(at(32, 32), 0);
    assert_int_equal(at(57, 34), 0x00FF00); // the end is round and reaches over the quarter
    ring.part = 0.75F;
    canvas_ring(&canvas, &ring);
    assert_int_equal(at(13, 50), 0x00FF00);
    assert_int_equal(at(13, 13), 0x400000);
    ring.part = 1;
    canvas_ring(&canvas, &ring);
    assert_int_equal(at(13, 13), 0x00FF00);
    ring.part = 0;
    canvas_ring(&canvas, &ring);
    assert_int_equal(at(32, 5), 0x400000);
    canvas_finish(&canvas);
}

static void the_cache_lets_the_oldest_go(void **state)
{
    (void)state;
    size_t one_bytes = sizeof(struct raster) + 100;
    struct cache *cache = cache_create(3 * one_bytes);
    for (int key = 0; key < 4; key++) {
        cache_add(cache, &key, sizeof key, raster_create(RASTER_MASK, 10, 10));
        int first = 0;
        assert_non_null(cache_find(cache, &first, sizeof first));
    }
    int gone = 1;
    int kept = 3;
    assert_null(cache_find(cache, &gone, sizeof gone));
    assert_non_null(cache_find(cache, &kept, sizeof kept));
    assert_int_equal(cache_bytes(cache), 3 * one_bytes);
    cache_clear(cache);
    assert_int_equal(cache_bytes(cache), 0);
    assert_null(cache_find(cache, &kept, sizeof kept));
    cache_destroy(cache);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(masks_and_scrims_match_the_reference),
        cmocka_unit_test(premultiplied_pixels_match_the_reference),
        cmocka_unit_test(full_coverage_is_the_colour_and_none_is_nothing),
        cmocka_unit_test(a_block_has_round_corners_outline_and_edge),
        cmocka_unit_test(nothing_is_painted_outside_the_clip),
        cmocka_unit_test(a_ring_fills_clockwise_from_the_top),
        cmocka_unit_test(the_cache_lets_the_oldest_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
