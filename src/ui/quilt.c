#include "ui/quilt.h"

#include "base/hash.h"

#include <string.h>

static const enum picture shapes[] = {
    MODULE_QUARTER, MODULE_CIRCLE, MODULE_LEAF, MODULE_ARC,     MODULE_HALF, MODULE_QUARTER,
    MODULE_PETALS,  MODULE_TRI,    MODULE_RING, MODULE_QUARTER, MODULE_DOTS, MODULE_LEAF,
};

void quilt_start(struct quilt *quilt, const char *id)
{
    uint32_t hash = hash_fnv1a32(id, strlen(id));
    quilt->x = hash == 0 ? 1 : hash;
}

struct quilt_cell quilt_next(struct quilt *quilt, const struct direction_colors *colors)
{
    uint32_t x = quilt->x = hash_xorshift32(quilt->x);
    return (struct quilt_cell){
        .module = shapes[x % 12],
        .turns = x >> 8 & 3,
        .shape = colors->accents[(x >> 16) % 3],
        .ground = (x >> 20) % 5 < 2 ? colors->dark : colors->background,
    };
}

void quilt_draw(struct frame *frame, struct rect box, int cell_px, const char *id,
                const struct direction_colors *colors)
{
    struct quilt quilt;
    quilt_start(&quilt, id);
    frame_clip_push(frame, box);
    for (int y = 0; y < box.h; y += cell_px)
        for (int x = 0; x < box.w; x += cell_px) {
            struct quilt_cell cell = quilt_next(&quilt, colors);
            struct rect cell_box = {box.x + x, box.y + y, cell_px, cell_px};
            struct draw *draw = frame_draw(frame, DRAW_MODULE, cell_box, cell.shape);
            if (draw == NULL)
                continue;
            draw->stroke = cell.ground;
            draw->picture = cell.module;
            draw->turns = cell.turns;
        }
    frame_clip_pop(frame);
}
