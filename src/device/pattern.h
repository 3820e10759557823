// A picture that is shown for an instant at start and read back from the screen.
//
// A GL library that is missing leaves a renderer that says yes and draws nothing, or half
// (SDL 2.26, TERMINAL.md finding 4): without looking the terminal would stand black and think it
// works.
#pragma once

#include "device/canvas.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    PATTERN_CELLS = 4, // a side, each another colour
    PATTERN_PX = 64,   // the side
    PATTERN_NEAR = 24, // of 255: a channel may be off by what a panel of fewer colours rounds
};

// In the middle of the canvas; the rest black.
void pattern_draw(struct canvas *canvas);
struct rect pattern_box(int width, int height);
// These PATTERN_PX rows of PATTERN_PX pixels, XRGB8888, are the pattern; at the middle of each
// cell.
bool pattern_seen(const uint32_t *pixels);
