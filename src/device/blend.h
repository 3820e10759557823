// Rows of pixels: the inner loops of the canvas, four pixels at a time where SSE2 is there.
//
// A pixel is 0x00RRGGBB. Every loop gives the bytes of its scalar reference exactly (tests
// compare), so pictures are the same on every machine: a*b/255 is rounded to nearest.
#pragma once

#include "ui/theme.h"

#include <stdint.h>

void blend_fill(uint32_t *pixels, int count, rgb color);
// Colour through a coverage mask, 0..255.
void blend_mask(uint32_t *pixels, const uint8_t *mask, int count, rgb color);
// Colour with one coverage for all.
void blend_even(uint32_t *pixels, int count, rgb color, uint8_t coverage);
// A premultiplied source 0xAARRGGBB over the pixels.
void blend_over(uint32_t *pixels, const uint32_t *source, int count);
// Per pixel: `before` where the mask is 0, the present value where it is 255.
void blend_keep(uint32_t *pixels, const uint32_t *before, const uint8_t *mask, int count);

// One pixel: the reference.
uint32_t blend_pixel(uint32_t below, uint32_t above, uint8_t coverage);
uint32_t blend_pixel_over(uint32_t below, uint32_t premultiplied);
