#include "device/painter.h"

#include "base/check.h"
#include "device/blend.h"
#include "device/damage.h"
#include "device/images.h"
#include "device/runs.h"

#include <stdlib.h>
#include <string.h>

enum { KEEP_RADIUS_MAX = 128, KEEP_CORNERS = 4 };

// The pixels at the corners of a round clip as they were before a draw: painting goes on as if the
// clip were square, then they are blended back.
struct kept {
    struct rect corners[KEEP_CORNERS];
    int radius;
    unsigned which;
    uint32_t pixels[KEEP_CORNERS][KEEP_RADIUS_MAX * KEEP_RADIUS_MAX];
};

struct painter {
    struct scale scale;
    struct images *images;
    struct runs *runs;
    struct kept kept;
};

struct painter *painter_create(const struct theme *theme, const char *icons_dir, struct scale scale)
{
    struct runs *runs = runs_create(theme, scale);
    if (runs == NULL)
        return NULL;
    struct painter *painter = calloc(1, sizeof *painter);
    CHECK(painter != NULL);
    painter->scale = scale;
    painter->runs = runs;
    painter->images = images_create(icons_dir);
    return painter;
}

void painter_destroy(struct painter *painter)
{
    if (painter == NULL)
        return;
    images_destroy(painter->images);
    runs_destroy(painter->runs);
    explicit_bzero(painter, sizeof *painter);
    free(painter);
}

void painter_wipe(struct painter *painter)
{
    runs_wipe(painter->runs);
    explicit_bzero(&painter->kept, sizeof painter->kept);
}

struct painter_memory painter_memory(const struct painter *painter)
{
    return (struct painter_memory){runs_bytes(painter->runs), images_bytes(painter->images)};
}

static void keep_corners(struct painter *painter, struct canvas *canvas, const struct draw *draw)
{
    struct kept *kept = &painter->kept;
    struct rect box = scale_rect(painter->scale, draw->round_clip);
    int half = (box.w < box.h ? box.w : box.h) / 2;
    int radius = scale_edge(painter->scale, draw->round_clip_radius);
    radius = radius < half ? radius : half;
    kept->radius = radius < 0 ? 0 : radius > KEEP_RADIUS_MAX ? KEEP_RADIUS_MAX : radius;
    kept->which = draw->round_clip_corners;
    int right = box.x + box.w - kept->radius;
    int bottom = box.y + box.h - kept->radius;
    const struct rect corners[KEEP_CORNERS] = {{box.x, box.y, kept->radius, kept->radius},
                                               {right, box.y, kept->radius, kept->radius},
                                               {right, bottom, kept->radius, kept->radius},
                                               {box.x, bottom, kept->radius, kept->radius}};
    for (int i = 0; i < KEEP_CORNERS; i++) {
        kept->corners[i] = corners[i];
        struct rect part = rect_intersect(corners[i], canvas->clip);
        if ((kept->which & 1u << i) == 0 || rect_empty(part))
            continue;
        for (int y = 0; y < part.h; y++)
            memcpy(kept->pixels[i] + (ptrdiff_t)y * part.w, canvas_at(canvas, part.x, part.y + y),
                   (size_t)part.w * sizeof(uint32_t));
    }
}

static void restore_corners(struct painter *painter, struct canvas *canvas)
{
    const struct kept *kept = &painter->kept;
    int radius = kept->radius;
    const uint8_t *mask = canvas_corner(canvas, radius);
    for (int i = 0; i < KEEP_CORNERS; i++) {
        struct rect corner = kept->corners[i];
        struct rect part = rect_intersect(corner, canvas->clip);
        if ((kept->which & 1u << i) == 0 || rect_empty(part))
            continue;
        bool right = i == 1 || i == 2;
        bool lower = i >= 2;
        for (int y = 0; y < part.h; y++) {
            int row = part.y + y - corner.y;
            const uint8_t *cover =
                mask + ((right ? radius : 0) + (lower ? radius - 1 - row : row)) * radius;
            blend_keep(canvas_at(canvas, part.x, part.y + y),
                       kept->pixels[i] + (ptrdiff_t)y * part.w, cover + part.x - corner.x, part.w);
        }
    }
}

static void paint_block(const struct painter *painter, struct canvas *canvas,
                        const struct draw *draw)
{
    struct scale scale = painter->scale;
    canvas_block(canvas, &(struct block){
                             .box = scale_rect(scale, draw->box),
                             .radius = scale_edge(scale, draw->radius),
                             .corners = draw->corners,
                             .fill = draw->fill,
                             .stroke = draw->stroke,
                             .stroke_px = scale_thickness(scale, draw->stroke_px),
                             .edge = draw->edge,
                             .edge_px = scale_thickness(scale, draw->edge_px),
                         });
}

static void paint_picture(struct painter *painter, struct canvas *canvas, const struct draw *draw)
{
    struct rect box = scale_rect(painter->scale, draw->box);
    bool whole = draw->crop == CROP_FIT;
    struct raster *raster = images_get(painter->images, draw->picture, box.w, whole ? box.h : 0, 0);
    if (raster == NULL)
        return;
    int below = box.h - raster->height;
    canvas_raster(canvas, box.x + (box.w - raster->width) / 2, box.y + (whole ? below / 2 : below),
                  raster, draw->fill);
}

static void paint_module(struct painter *painter, struct canvas *canvas, const struct draw *draw)
{
    struct rect box = scale_rect(painter->scale, draw->box);
    canvas_fill(canvas, box, draw->stroke);
    int side = box.w > box.h ? box.w : box.h;
    struct raster *raster =
        draw->part == 0
            ? images_get(painter->images, draw->picture, side, side, draw->turns)
            : images_turning(painter->images, draw->picture, side, draw->turns + draw->part);
    if (raster != NULL)
        canvas_raster(canvas, box.x, box.y, raster, draw->fill);
}

static bool dark_at(const struct draw *draw, int column, int row)
{
    int at = row * draw->modules_a_side + column;
    return draw->modules[at / 8] >> (at % 8) & 1;
}

// How much of the stretch from..to of a side of `pixels` pixels lies in this module, as 0..1.
static double share_of(int module, int modules, int pixel, int pixels)
{
    double from = (double)pixel * modules / pixels;
    double to = (double)(pixel + 1) * modules / pixels;
    double first = from > module ? from : module;
    double last = to < module + 1 ? to : module + 1;
    return last > first ? (last - first) / (to - from) : 0;
}

// On a page seen small modules aren't whole pixels: each pixel is as dark as what it covers.
static void paint_small_qr(struct canvas *canvas, const struct draw *draw, struct rect box)
{
    int modules = draw->modules_a_side;
    int side = box.w < box.h ? box.w : box.h;
    struct raster *mask = raster_create(RASTER_MASK, side, side);
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++) {
            double dark = 0;
            for (int row = y * modules / side; row <= ((y + 1) * modules - 1) / side; row++)
                for (int column = x * modules / side; column <= ((x + 1) * modules - 1) / side;
                     column++)
                    if (dark_at(draw, column, row))
                        dark +=
                            share_of(row, modules, y, side) * share_of(column, modules, x, side);
            raster_mask_row(mask, y)[x] = (unsigned char)(dark * 255 + 0.5);
        }
    canvas_raster(canvas, box.x + (box.w - side) / 2, box.y + (box.h - side) / 2, mask, draw->fill);
    raster_destroy(mask);
}

static void paint_qr(const struct painter *painter, struct canvas *canvas, const struct draw *draw)
{
    struct rect box = scale_rect(painter->scale, draw->box);
    int side = draw->modules_a_side;
    int module_px = side > 0 ? (box.w < box.h ? box.w : box.h) / side : 0;
    if (side == 0 || draw->modules == NULL || rect_empty(box))
        return;
    if (draw->zoom != 0) {
        paint_small_qr(canvas, draw, box);
        return;
    }
    int left = box.x + (box.w - module_px * side) / 2;
    int top = box.y + (box.h - module_px * side) / 2;
    for (int i = 0; i < side * side; i++)
        if (dark_at(draw, i % side, i / side))
            canvas_fill(canvas,
                        (struct rect){left + i % side * module_px, top + i / side * module_px,
                                      module_px, module_px},
                        draw->fill);
}

static struct run run_of(const struct painter *painter, const struct frame *frame,
                         const struct draw *draw)
{
    return (struct run){
        .line = scale_rect(painter->scale, draw->box),
        .style = draw->style,
        .text_size = draw->text_size,
        .zoom = draw->zoom,
        .color = draw->fill,
        .text = frame->text + draw->text,
        .length = draw->text_length,
        .secret = draw->secret,
    };
}

static void paint_draw(struct painter *painter, struct canvas *canvas, const struct frame *frame,
                       const struct draw *draw)
{
    struct scale scale = painter->scale;
    struct run run;
    switch (draw->kind) {
    case DRAW_BLOCK:
        paint_block(painter, canvas, draw);
        break;
    case DRAW_TEXT:
        run = run_of(painter, frame, draw);
        runs_draw(painter->runs, canvas, &run);
        break;
    case DRAW_PICTURE:
        paint_picture(painter, canvas, draw);
        break;
    case DRAW_MODULE:
        paint_module(painter, canvas, draw);
        break;
    case DRAW_QR:
        paint_qr(painter, canvas, draw);
        break;
    case DRAW_RING:
        canvas_ring(canvas, &(struct ring){.box = scale_rect(scale, draw->box),
                                           .stroke_px = scale_thickness(scale, draw->stroke_px),
                                           .part = draw->part,
                                           .fill = draw->fill,
                                           .track = draw->stroke});
        break;
    case DRAW_SCRIM:
        canvas_scrim(canvas, scale_rect(scale, draw->box), draw->fill, draw->part);
        break;
    case DRAW_OUTLINE:
        canvas_outline(canvas, scale_rect(scale, draw->box), scale_edge(scale, draw->radius),
                       scale_thickness(scale, draw->stroke_px), draw->fill);
        break;
    case DRAW_KIND_COUNT:
        break;
    }
}

static bool overlap(struct rect a, struct rect b)
{
    return !rect_empty(rect_intersect(a, b));
}

void painter_paint(struct painter *painter, struct canvas *canvas, const struct frame *frame,
                   const struct rect *rects, int count)
{
    for (int i = 0; i < count; i++) {
        canvas_clip(canvas, rects[i]);
        canvas_fill(canvas, rects[i], frame->background);
        for (uint32_t d = 0; d < frame->draw_count; d++) {
            const struct draw *draw = &frame->draws[d];
            struct rect reach = damage_reach(draw, painter->scale);
            if (!overlap(reach, rects[i]))
                continue;
            canvas_clip(canvas, rect_intersect(reach, rects[i]));
            bool round = draw->round_clip_corners != 0;
            if (round)
                keep_corners(painter, canvas, draw);
            paint_draw(painter, canvas, frame, draw);
            if (round)
                restore_corners(painter, canvas);
        }
    }
    canvas_clip(canvas, (struct rect){0, 0, canvas->width, canvas->height});
}

void painter_prepare_ahead(struct painter *painter, const struct frame *frame, uint32_t index)
{
    struct canvas nowhere;
    CHECK(index < frame->ahead_count);
    canvas_init(&nowhere);
    paint_draw(painter, &nowhere, frame, &frame->ahead[index]);
    canvas_finish(&nowhere);
}

void painter_prepare(struct painter *painter, const struct frame *frame)
{
    struct canvas nowhere;
    canvas_init(&nowhere);
    for (uint32_t i = 0; i < frame->draw_count; i++) {
        const struct draw *draw = &frame->draws[i];
        if (draw->kind == DRAW_TEXT || draw->kind == DRAW_PICTURE || draw->kind == DRAW_MODULE)
            paint_draw(painter, &nowhere, frame, draw);
    }
    canvas_finish(&nowhere);
}
