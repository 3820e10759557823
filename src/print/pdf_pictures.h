// The SVG drawings of a document as cairo recordings, read once each by librsvg and replayed as
// vectors. Line art and quilt modules are white in their files and take the colour asked for.
#pragma once

#include "ui/frame.h"

#include <cairo.h>

struct pdf_pictures;

struct pdf_pictures *pdf_pictures_create(const char *icons_dir);
void pdf_pictures_destroy(struct pdf_pictures *pictures); // takes NULL
// Owned by the pictures; its size in *ret_width and *ret_height. NULL (logged once) when the file
// can't be read. `tint` counts only for tinted ones (picture_tinted).
cairo_surface_t *pdf_picture(struct pdf_pictures *pictures, enum picture picture, rgb tint,
                             double *ret_width, double *ret_height);
