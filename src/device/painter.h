// A frame painted onto the canvas: each draw in order, inside the damaged rectangles only.
//
// Owns the text and image caches. One thread at a time.
#pragma once

#include "device/canvas.h"
#include "device/scale.h"
#include "ui/frame.h"

struct painter;

// The theme must outlive it. NULL when the fonts aren't there (logged).
struct painter *painter_create(const struct theme *theme, const char *icons_dir,
                               struct scale scale);
void painter_destroy(struct painter *painter); // takes NULL
void painter_paint(struct painter *painter, struct canvas *canvas, const struct frame *frame,
                   const struct rect *rects, int count);
// Makes ready what a frame needs without painting it: at start, while the window is being made.
void painter_prepare(struct painter *painter, const struct frame *frame);
// Makes one of the frame's pictures ahead ready: some milliseconds.
void painter_prepare_ahead(struct painter *painter, const struct frame *frame, uint32_t index);
// A visit ended: forgets all text.
void painter_wipe(struct painter *painter);

// What the caches hold now; at most RUNS_CACHE_BYTES and IMAGES_CACHE_BYTES, besides the newest.
struct painter_memory {
    size_t text_bytes;
    size_t picture_bytes;
};
struct painter_memory painter_memory(const struct painter *painter);
