// The one software canvas: shapes and rasters in device pixels, inside a clip.
//
// XRGB8888 in memory that the screen or a test owns. No scaling here: boxes come snapped to whole
// pixels (device/painter.h). Round corners are coverage masks made once per radius.
#pragma once

#include "device/raster.h"
#include "ui/geometry.h"
#include "ui/theme.h"

#include <stdint.h>

enum { CANVAS_RADIUS_MAX = 256 };

struct canvas {
    uint32_t *pixels; // not owned
    int width;
    int height;
    int stride_px;
    struct rect clip;                        // within the canvas
    uint8_t *corners[CANVAS_RADIUS_MAX + 1]; // owned; see canvas_corner
};

struct block {
    struct rect box;
    int radius;
    unsigned corners; // set of enum corner (ui/frame.h) that are round
    rgb fill;
    rgb stroke; // outline inside the box
    int stroke_px;
    rgb edge; // the same shape, shifted down by edge_px, under the face
    int edge_px;
};

struct ring {
    struct rect box;
    int stroke_px;
    float part; // 0..1, clockwise from 12 o'clock
    rgb fill;
    rgb track;
};

void canvas_init(struct canvas *canvas);
void canvas_finish(struct canvas *canvas);
// Draws go into these pixels from now on; the clip becomes all of them.
void canvas_attach(struct canvas *canvas, uint32_t *pixels, int width, int height, int stride_px);
void canvas_clip(struct canvas *canvas, struct rect clip); // intersected with the canvas

void canvas_fill(struct canvas *canvas, struct rect box, rgb color);
void canvas_scrim(struct canvas *canvas, struct rect box, rgb color, float opacity); // 0..1
void canvas_block(struct canvas *canvas, const struct block *block);
// stroke_px inside the box, its corners round; what is within stays.
void canvas_outline(struct canvas *canvas, struct rect box, int radius, int stroke_px, rgb color);
void canvas_ring(struct canvas *canvas, const struct ring *ring);
// Top left corner at x, y; the colour is for masks.
void canvas_raster(struct canvas *canvas, int x, int y, struct raster *raster, rgb color);

// Coverage of the quarter disc that fills the top left corner, radius x radius, row by row;
// mirrored left to right it follows at radius * radius. NULL for radius 0.
const uint8_t *canvas_corner(struct canvas *canvas, int radius);

static inline uint32_t *canvas_at(struct canvas *canvas, int x, int y)
{
    return canvas->pixels + (size_t)y * (size_t)canvas->stride_px + (size_t)x;
}
