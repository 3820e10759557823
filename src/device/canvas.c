#include "device/canvas.h"

#include "base/check.h"
#include "device/blend.h"
#include "ui/frame.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void canvas_init(struct canvas *canvas)
{
    memset(canvas, 0, sizeof *canvas);
}

void canvas_finish(struct canvas *canvas)
{
    for (int radius = 0; radius <= CANVAS_RADIUS_MAX; radius++)
        free(canvas->corners[radius]);
    memset(canvas, 0, sizeof *canvas);
}

void canvas_attach(struct canvas *canvas, uint32_t *pixels, int width, int height, int stride_px)
{
    canvas->pixels = pixels;
    canvas->width = width;
    canvas->height = height;
    canvas->stride_px = stride_px;
    canvas->clip = (struct rect){0, 0, width, height};
}

void canvas_clip(struct canvas *canvas, struct rect clip)
{
    canvas->clip = rect_intersect(clip, (struct rect){0, 0, canvas->width, canvas->height});
}

const uint8_t *canvas_corner(struct canvas *canvas, int radius)
{
    CHECK(radius >= 0 && radius <= CANVAS_RADIUS_MAX);
    if (radius == 0 || canvas->corners[radius] != NULL)
        return canvas->corners[radius];
    size_t side = (size_t)radius;
    uint8_t *mask = malloc(2 * side * side);
    CHECK(mask != NULL);
    for (int y = 0; y < radius; y++)
        for (int x = 0; x < radius; x++) {
            float dx = (float)(radius - x) - 0.5F;
            float dy = (float)(radius - y) - 0.5F;
            float cover = (float)radius + 0.5F - sqrtf(dx * dx + dy * dy);
            uint8_t value = (uint8_t)lrintf(255.0F * fminf(fmaxf(cover, 0.0F), 1.0F));
            mask[y * radius + x] = value;
            mask[(radius + y) * radius + radius - 1 - x] = value;
        }
    canvas->corners[radius] = mask;
    return mask;
}

void canvas_fill(struct canvas *canvas, struct rect box, rgb color)
{
    struct rect part = rect_intersect(box, canvas->clip);
    for (int y = 0; y < part.h; y++)
        blend_fill(canvas_at(canvas, part.x, part.y + y), part.w, color);
}

void canvas_scrim(struct canvas *canvas, struct rect box, rgb color, float opacity)
{
    struct rect part = rect_intersect(box, canvas->clip);
    uint8_t cover = (uint8_t)lrintf(255.0F * fminf(fmaxf(opacity, 0.0F), 1.0F));
    for (int y = 0; y < part.h; y++)
        blend_even(canvas_at(canvas, part.x, part.y + y), part.w, color, cover);
}

static void mask_span(struct canvas *canvas, int x, int y, const uint8_t *mask, int width,
                      rgb color)
{
    struct rect part = rect_intersect((struct rect){x, y, width, 1}, canvas->clip);
    if (!rect_empty(part))
        blend_mask(canvas_at(canvas, part.x, y), mask + part.x - x, part.w, color);
}

// One row of a round box, `row` rows from its near (top or bottom) side.
static void round_row(struct canvas *canvas, struct rect box, int y, int radius, int row,
                      bool left_round, bool right_round, rgb color)
{
    const uint8_t *corner = canvas_corner(canvas, radius);
    int left = left_round ? radius : 0;
    int right = right_round ? radius : 0;
    if (left_round)
        mask_span(canvas, box.x, y, corner + row * radius, radius, color);
    if (right_round)
        mask_span(canvas, box.x + box.w - radius, y, corner + (radius + row) * radius, radius,
                  color);
    canvas_fill(canvas, (struct rect){box.x + left, y, box.w - left - right, 1}, color);
}

static void fill_round(struct canvas *canvas, struct rect box, int radius, unsigned corners,
                       rgb color)
{
    if (rect_empty(rect_intersect(box, canvas->clip)))
        return;
    int top = corners & (CORNER_TOP_LEFT | CORNER_TOP_RIGHT) ? radius : 0;
    int bottom = corners & (CORNER_BOTTOM_LEFT | CORNER_BOTTOM_RIGHT) ? radius : 0;
    for (int row = 0; row < top; row++)
        round_row(canvas, box, box.y + row, radius, row, corners & CORNER_TOP_LEFT,
                  corners & CORNER_TOP_RIGHT, color);
    for (int row = 0; row < bottom; row++)
        round_row(canvas, box, box.y + box.h - 1 - row, radius, row, corners & CORNER_BOTTOM_LEFT,
                  corners & CORNER_BOTTOM_RIGHT, color);
    canvas_fill(canvas, (struct rect){box.x, box.y + top, box.w, box.h - top - bottom}, color);
}

static int fitting_radius(struct rect box, int radius)
{
    int half = (box.w < box.h ? box.w : box.h) / 2;
    int fits = radius < half ? radius : half;
    return fits < 0 ? 0 : fits > CANVAS_RADIUS_MAX ? CANVAS_RADIUS_MAX : fits;
}

void canvas_block(struct canvas *canvas, const struct block *block)
{
    struct rect box = block->box;
    int radius = fitting_radius(box, block->radius);
    if (block->edge_px > 0) {
        // Only what can be seen of the shifted shape: its lower band.
        int band = radius + block->edge_px < box.h ? radius + block->edge_px : box.h;
        struct rect below = {box.x, box.y + box.h + block->edge_px - band, box.w, band};
        fill_round(canvas, below, radius,
                   block->corners & (CORNER_BOTTOM_LEFT | CORNER_BOTTOM_RIGHT), block->edge);
    }
    if (block->stroke_px <= 0) {
        fill_round(canvas, box, radius, block->corners, block->fill);
        return;
    }
    fill_round(canvas, box, radius, block->corners, block->stroke);
    int inner = radius > block->stroke_px ? radius - block->stroke_px : 0;
    fill_round(canvas, rect_inset(box, block->stroke_px), inner, block->corners, block->fill);
}

// How much of a pixel the outline covers, x and y from its nearest corner.
static uint8_t outline_cover(struct canvas *canvas, int radius, int stroke_px, int x, int y)
{
    int inner = radius > stroke_px ? radius - stroke_px : 0;
    int outside = canvas_corner(canvas, radius)[y * radius + x];
    int within = x < stroke_px || y < stroke_px ? 0
                 : x - stroke_px < inner && y - stroke_px < inner
                     ? canvas_corner(canvas, inner)[(y - stroke_px) * inner + x - stroke_px]
                     : UINT8_MAX;
    return (uint8_t)(outside - within);
}

// One pixel of a round corner, counted from that corner.
struct corner_pixel {
    int x;
    int y;
    bool right;
    bool lower;
};

static void outline_corner(struct canvas *canvas, struct rect box, struct corner_pixel at,
                           uint8_t cover, rgb color)
{
    int column = at.right ? box.x + box.w - 1 - at.x : box.x + at.x;
    int row = at.lower ? box.y + box.h - 1 - at.y : box.y + at.y;
    if (!rect_contains(canvas->clip, column, row))
        return;
    uint32_t *pixel = canvas_at(canvas, column, row);
    *pixel = blend_pixel(*pixel, color, cover);
}

void canvas_outline(struct canvas *canvas, struct rect box, int radius, int stroke_px, rgb color)
{
    int round = fitting_radius(box, radius);
    int right_x = box.x + box.w - stroke_px;
    int lower_y = box.y + box.h - stroke_px;
    int width = box.w - 2 * round;
    int height = box.h - 2 * round;
    canvas_fill(canvas, (struct rect){box.x + round, box.y, width, stroke_px}, color);
    canvas_fill(canvas, (struct rect){box.x + round, lower_y, width, stroke_px}, color);
    canvas_fill(canvas, (struct rect){box.x, box.y + round, stroke_px, height}, color);
    canvas_fill(canvas, (struct rect){right_x, box.y + round, stroke_px, height}, color);
    for (int y = 0; y < round; y++)
        for (int x = 0; x < round; x++)
            for (unsigned corner = 0; corner < 4; corner++)
                outline_corner(canvas, box, (struct corner_pixel){x, y, corner & 1, corner >> 1},
                               outline_cover(canvas, round, stroke_px, x, y), color);
}

static uint8_t coverage_of(float inside_px)
{
    return (uint8_t)lrintf(255.0F * fminf(fmaxf(inside_px + 0.5F, 0.0F), 1.0F));
}

// Whether the direction (x right, y down from the centre) lies in the first `part` of the turn.
static bool within_arc(float x, float y, float end_x, float end_y, float part)
{
    bool right = x >= 0.0F;
    bool before_end = x * end_y - y * end_x >= 0.0F;
    return part <= 0.5F ? right && before_end : right || before_end;
}

void canvas_ring(struct canvas *canvas, const struct ring *ring)
{
    struct rect part = rect_intersect(ring->box, canvas->clip);
    int side = ring->box.w < ring->box.h ? ring->box.w : ring->box.h;
    float half = (float)ring->stroke_px / 2.0F;
    float middle = (float)side / 2.0F - half;
    float turn = fminf(fmaxf(ring->part, 0.0F), 1.0F);
    float end_x = sinf(turn * 2.0F * (float)M_PI);
    float end_y = -cosf(turn * 2.0F * (float)M_PI);
    for (int row = part.y; row < part.y + part.h; row++)
        for (int column = part.x; column < part.x + part.w; column++) {
            float x = (float)(column - ring->box.x) + 0.5F - (float)ring->box.w / 2.0F;
            float y = (float)(row - ring->box.y) + 0.5F - (float)ring->box.h / 2.0F;
            float distance = sqrtf(x * x + y * y);
            uint8_t cover = coverage_of(half - fabsf(distance - middle));
            if (cover == 0)
                continue;
            uint32_t *pixel = canvas_at(canvas, column, row);
            *pixel = blend_pixel(*pixel, ring->track, cover);
            if (turn <= 0.0F)
                continue;
            uint8_t arc = turn >= 1.0F || within_arc(x, y, end_x, end_y, turn) ? cover : 0;
            uint8_t start_cap = coverage_of(half - hypotf(x, y + middle));
            uint8_t end_cap = coverage_of(half - hypotf(x - middle * end_x, y - middle * end_y));
            uint8_t caps = start_cap > end_cap ? start_cap : end_cap;
            *pixel = blend_pixel(*pixel, ring->fill, arc > caps ? arc : caps);
        }
}

void canvas_raster(struct canvas *canvas, int x, int y, struct raster *raster, rgb color)
{
    y += raster->top;
    struct rect part =
        rect_intersect((struct rect){x, y, raster->width, raster->height}, canvas->clip);
    for (int row = part.y; row < part.y + part.h; row++) {
        uint32_t *pixels = canvas_at(canvas, part.x, row);
        switch (raster->kind) {
        case RASTER_MASK:
            blend_mask(pixels, raster_mask_row(raster, row - y) + part.x - x, part.w, color);
            break;
        case RASTER_OPAQUE:
            memcpy(pixels, raster_row(raster, row - y) + part.x - x,
                   (size_t)part.w * sizeof *pixels);
            break;
        case RASTER_PREMULTIPLIED:
            blend_over(pixels, raster_row(raster, row - y) + part.x - x, part.w);
            break;
        case RASTER_KIND_COUNT:
            break;
        }
    }
}
