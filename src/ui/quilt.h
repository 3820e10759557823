// The pictures computed from an id (DESIGN.md, Cover algorithm): the same everywhere, never a
// photo.
#pragma once

#include "ui/frame.h"

struct quilt_cell {
    enum picture module;
    uint8_t turns; // quarter turns clockwise
    rgb shape;
    rgb ground;
};

// A walk through the cells of one quilt, row by row.
struct quilt {
    uint32_t x; // the xorshift state
};
void quilt_start(struct quilt *quilt, const char *id);
struct quilt_cell quilt_next(struct quilt *quilt, const struct direction_colors *colors);

// Fills box with square cells of cell_px, row by row; the last ones are clipped to the box.
void quilt_draw(struct frame *frame, struct rect box, int cell_px, const char *id,
                const struct direction_colors *colors);
