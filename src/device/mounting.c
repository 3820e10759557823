#include "device/mounting.h"

#include "base/check.h"

#include <stddef.h>
#include <string.h>

struct mounting mounting_make(const struct config *config, int width, int height)
{
    struct mounting mounting = {config->rotation / 90, width, height, {0}};
    CHECK(mounting.quarter_turns < 4);
    memcpy(mounting.touch, config->calibration, sizeof mounting.touch);
    return mounting;
}

bool mounting_sideways(const struct mounting *mounting)
{
    return mounting->quarter_turns % 2 != 0;
}

void mounting_point(const struct mounting *mounting, float *x, float *y)
{
    float from_left = *x;
    float from_top = *y;
    float from_right = (float)mounting->width - *x;
    float from_bottom = (float)mounting->height - *y;
    const float scene_x[] = {from_left, from_top, from_right, from_bottom};
    const float scene_y[] = {from_top, from_right, from_bottom, from_left};
    *x = scene_x[mounting->quarter_turns];
    *y = scene_y[mounting->quarter_turns];
}

void mounting_touch(const struct mounting *mounting, float *x, float *y)
{
    const double *m = mounting->touch;
    double true_x = m[0] * (double)*x + m[1] * (double)*y + m[2];
    double true_y = m[3] * (double)*x + m[4] * (double)*y + m[5];
    *x = (float)(true_x * mounting->width);
    *y = (float)(true_y * mounting->height);
    mounting_point(mounting, x, y);
}

struct rect mounting_rect(const struct mounting *mounting, struct rect rect)
{
    int right = mounting->width - rect.x - rect.w;
    int bottom = mounting->height - rect.y - rect.h;
    int turned_right = mounting->width - rect.y - rect.h;
    int turned_bottom = mounting->height - rect.x - rect.w;
    const struct rect turned[] = {
        rect,
        {turned_right, rect.x, rect.h, rect.w},
        {right, bottom, rect.w, rect.h},
        {rect.y, turned_bottom, rect.h, rect.w},
    };
    return turned[mounting->quarter_turns];
}

// In tiles: a quarter turn reads columns, and those of a tile stay in the cache.
static void paint_turned(const uint32_t *from, ptrdiff_t right, ptrdiff_t down,
                         struct canvas *window, struct rect to)
{
    enum { TILE_PX = 32 };
    for (int top = 0; top < to.h; top += TILE_PX) {
        int rows = to.h - top < TILE_PX ? to.h - top : TILE_PX;
        for (int left = 0; left < to.w; left += TILE_PX) {
            int columns = to.w - left < TILE_PX ? to.w - left : TILE_PX;
            for (int y = top; y < top + rows; y++) {
                uint32_t *pixel = canvas_at(window, to.x + left, to.y + y);
                for (int x = left; x < left + columns; x++)
                    *pixel++ = from[x * right + y * down];
            }
        }
    }
}

void mounting_paint(const struct mounting *mounting, struct canvas *scene, struct canvas *window,
                    struct rect rect)
{
    // A window that became smaller meanwhile isn't painted beyond its pixels.
    struct rect to = rect_intersect(mounting_rect(mounting, rect),
                                    (struct rect){0, 0, window->width, window->height});
    int x = rect.x;
    int y = rect.y;
    int last_x = rect.x + rect.w - 1;
    int last_y = rect.y + rect.h - 1;
    ptrdiff_t row = scene->stride_px;
    // What stands at the window's top left, and which way the scene goes to its right and down.
    switch (mounting->quarter_turns) {
    case 0:
        paint_turned(canvas_at(scene, x, y), 1, row, window, to);
        break;
    case 1:
        paint_turned(canvas_at(scene, x, last_y), -row, 1, window, to);
        break;
    case 2:
        paint_turned(canvas_at(scene, last_x, last_y), -1, -row, window, to);
        break;
    default:
        paint_turned(canvas_at(scene, last_x, y), row, -1, window, to);
        break;
    }
}
