#include "device/damage.h"

#include "base/hash.h"

#include <string.h>

void damage_init(struct damage *damage, int width, int height)
{
    damage->width = width;
    damage->height = height;
    damage->known = false;
}

void damage_forget(struct damage *damage)
{
    damage->known = false;
}

struct rect damage_reach(const struct draw *draw, struct scale scale)
{
    struct rect reach = draw->box;
    if (draw->kind == DRAW_TEXT)
        reach = rect_inset(reach, -DAMAGE_OVERHANG_PX);
    if (draw->kind == DRAW_BLOCK)
        reach.h += draw->edge_px > 0 ? draw->edge_px : 0;
    reach = rect_intersect(reach, draw->clip);
    if (draw->round_clip_corners != 0)
        reach = rect_intersect(reach, draw->round_clip);
    return rect_empty(reach) ? (struct rect){0} : scale_rect(scale, reach);
}

// One step of FNV-1a over a whole word.
static uint64_t mixed(uint64_t hash, uint64_t word)
{
    return (hash ^ word) * 1099511628211u;
}

// Field by field: padding is nobody's.
static uint64_t hash_draw(const struct frame *frame, const struct draw *draw)
{
    int32_t part;
    int32_t zoom;
    memcpy(&part, &draw->part, sizeof part);
    memcpy(&zoom, &draw->zoom, sizeof zoom);
    const struct rect *round = &draw->round_clip;
    bool rounded = draw->round_clip_corners != 0;
    const int32_t fields[] = {
        (int32_t)draw->kind,
        draw->box.x,
        draw->box.y,
        draw->box.w,
        draw->box.h,
        draw->clip.x,
        draw->clip.y,
        draw->clip.w,
        draw->clip.h,
        rounded ? round->x : 0,
        rounded ? round->y : 0,
        rounded ? round->w : 0,
        rounded ? round->h : 0,
        draw->round_clip_corners,
        rounded ? draw->round_clip_radius : 0,
        (int32_t)draw->fill,
        (int32_t)draw->stroke,
        (int32_t)draw->edge,
        draw->radius,
        draw->stroke_px,
        draw->edge_px,
        draw->corners,
        (int32_t)draw->style,
        (int32_t)draw->text_size,
        (int32_t)draw->picture,
        (int32_t)draw->crop,
        draw->turns,
        part,
        zoom,
        draw->modules_a_side,
    };
    uint64_t hash = HASH_FNV1A64_START;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        hash = mixed(hash, (uint32_t)fields[i]);
    if (draw->kind == DRAW_TEXT)
        hash = hash_fnv1a64(hash, frame->text + draw->text, draw->text_length);
    if (draw->kind == DRAW_QR && draw->modules != NULL)
        hash = hash_fnv1a64(hash, draw->modules,
                            ((size_t)draw->modules_a_side * draw->modules_a_side + 7) / 8);
    return hash;
}

static int cells(int side_px)
{
    return (side_px + DAMAGE_CELL_PX - 1) / DAMAGE_CELL_PX;
}

static void hash_frame(struct damage *damage, const struct frame *frame, struct scale scale)
{
    int columns = cells(damage->width);
    int rows = cells(damage->height);
    for (int i = 0; i < columns * rows; i++)
        damage->now[i] = HASH_FNV1A64_START ^ frame->background;
    struct rect all = {0, 0, damage->width, damage->height};
    for (uint32_t i = 0; i < frame->draw_count; i++) {
        struct rect reach = rect_intersect(damage_reach(&frame->draws[i], scale), all);
        if (rect_empty(reach))
            continue;
        uint64_t hash = hash_draw(frame, &frame->draws[i]);
        for (int row = reach.y / DAMAGE_CELL_PX; row < cells(reach.y + reach.h); row++)
            for (int column = reach.x / DAMAGE_CELL_PX; column < cells(reach.x + reach.w);
                 column++) {
                uint64_t *cell = &damage->now[row * columns + column];
                *cell = mixed(*cell, hash);
            }
    }
}

static bool changed(const struct damage *damage, int column, int row)
{
    int cell = row * cells(damage->width) + column;
    return damage->now[cell] != damage->before[cell];
}

static struct rect around(struct rect a, struct rect b)
{
    int left = a.x < b.x ? a.x : b.x;
    int top = a.y < b.y ? a.y : b.y;
    int right = a.x + a.w > b.x + b.w ? a.x + a.w : b.x + b.w;
    int bottom = a.y + a.h > b.y + b.h ? a.y + a.h : b.y + b.h;
    return (struct rect){left, top, right - left, bottom - top};
}

// A run of changed cells joins the rectangle above it when both have the same columns.
static int add_run(struct rect run, struct rect *rects, int count)
{
    for (int i = 0; i < count; i++)
        if (rects[i].x == run.x && rects[i].w == run.w && rects[i].y + rects[i].h == run.y) {
            rects[i].h += run.h;
            return count;
        }
    if (count == DAMAGE_RECTS_MAX) {
        for (int i = 1; i < count; i++)
            rects[0] = around(rects[0], rects[i]);
        rects[0] = around(rects[0], run);
        return 1;
    }
    rects[count] = run;
    return count + 1;
}

static int merge(const struct damage *damage, struct rect *rects)
{
    int count = 0;
    int columns = cells(damage->width);
    for (int row = 0; row < cells(damage->height); row++)
        for (int column = 0; column < columns; column++) {
            int first = column;
            while (column < columns && changed(damage, column, row))
                column++;
            if (column > first)
                count = add_run((struct rect){first, row, column - first, 1}, rects, count);
        }
    return count;
}

int damage_find(struct damage *damage, const struct frame *frame, struct scale scale,
                struct rect ret_rects[static DAMAGE_RECTS_MAX])
{
    struct rect all = {0, 0, damage->width, damage->height};
    if (damage->width > DAMAGE_SIDE_MAX || damage->height > DAMAGE_SIDE_MAX) {
        ret_rects[0] = all;
        return 1;
    }
    hash_frame(damage, frame, scale);
    int count = 1;
    ret_rects[0] = all;
    if (damage->known) {
        count = merge(damage, ret_rects);
        for (int i = 0; i < count; i++) {
            struct rect *rect = &ret_rects[i];
            *rect =
                rect_intersect((struct rect){rect->x * DAMAGE_CELL_PX, rect->y * DAMAGE_CELL_PX,
                                             rect->w * DAMAGE_CELL_PX, rect->h * DAMAGE_CELL_PX},
                               all);
        }
    }
    memcpy(damage->before, damage->now, sizeof damage->now);
    damage->known = true;
    return count;
}
