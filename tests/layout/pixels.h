// A frame as the screen would show it, for contrast and for looking.
//
// One device pixel is one design pixel. The production painter; one thread.
#pragma once

#include "device/canvas.h"
#include "tests/layout/checks.h"

enum { PIXELS_SIDE = 1920, PIXELS_PAIRS_MAX = 8192 };

struct painter;

// Zeroed is closed.
struct pixels {
    struct painter *painter;
    struct canvas canvas;
    uint32_t *memory;
    uint64_t seen[PIXELS_PAIRS_MAX]; // text and ground that were measured
    unsigned seen_count;
};

void pixels_open(struct pixels *pixels, const struct theme *theme, const char *tree);
void pixels_close(struct pixels *pixels);
// Into pixels->memory, row by row.
void pixels_paint(struct pixels *pixels, const struct frame *frame);
// Paints a frame where a text stands on a ground as none before did, then compares each text's
// colour with the ground that the pixels around it show: WCAG 2.2's contrast ratio, bounds of
// DESIGN.md section 2.
void pixels_check(struct pixels *pixels, const struct layout *layout);
bool pixels_save(struct pixels *pixels, const struct layout *layout, const char *path);
bool pixels_write(uint32_t *pixels, int width, int height, const char *path);
