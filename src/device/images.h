// The drawings of assets/icons as rasters of the size at hand, made by SDL_image's SVG loader.
//
// Icons and modules become masks (a colour tints them), drawings colours. Made once per picture,
// size and turn and cached; a file that can't be read is logged once and drawn as nothing.
// images_get may be called ahead on another thread (before the first frame), never at the same
// time.
#pragma once

#include "device/raster.h"
#include "ui/frame.h"

enum { IMAGES_CACHE_BYTES = 20 * 1024 * 1024, IMAGES_PATH_BYTES = 1024 };

struct images;

struct images *images_create(const char *icons_dir);
void images_destroy(struct images *images);       // takes NULL
size_t images_bytes(const struct images *images); // cached now

// The largest that fits width x height; height 0: as tall as the width asks for. Quarter turns are
// clockwise. NULL when there is none. Valid until the next call.
struct raster *images_get(struct images *images, enum picture picture, int width, int height,
                          unsigned turns);
// A mask on its way from one quarter turn to the next, within its square. Not cached: made anew in
// about 0.2 ms for 120 pixels. Valid until the next call.
struct raster *images_turning(struct images *images, enum picture picture, int side, float turns);
