// What of the screen must be painted again: the frame's draws hashed into cells of 64x64 pixels.
//
// A cell's hash covers, in order, every draw that may touch it, with its text and QR modules. Cells
// that differ from the frame before are merged into few rectangles. No text is kept, only hashes.
#pragma once

#include "device/scale.h"
#include "ui/frame.h"

#include <stdint.h>

enum {
    DAMAGE_CELL_PX = 64,
    DAMAGE_SIDE_MAX = 4096, // pixels; a larger screen is treated as wholly changed
    DAMAGE_CELLS_MAX = (DAMAGE_SIDE_MAX / DAMAGE_CELL_PX) * (DAMAGE_SIDE_MAX / DAMAGE_CELL_PX),
    DAMAGE_RECTS_MAX = 48,   // beyond: one rectangle around all
    DAMAGE_OVERHANG_PX = 16, // what text may paint beyond its box, design pixels
};

struct damage {
    int width; // device pixels
    int height;
    bool known; // `before` describes what is on the canvas
    uint64_t before[DAMAGE_CELLS_MAX];
    uint64_t now[DAMAGE_CELLS_MAX];
};

void damage_init(struct damage *damage, int width, int height);
// The canvas lost its contents: the next frame is painted whole.
void damage_forget(struct damage *damage);
// The pixels that a draw may touch: nothing is painted outside.
struct rect damage_reach(const struct draw *draw, struct scale scale);
// Rectangles in device pixels that cover all changes since the last call; their number (0: none).
int damage_find(struct damage *damage, const struct frame *frame, struct scale scale,
                struct rect ret_rects[static DAMAGE_RECTS_MAX]);
