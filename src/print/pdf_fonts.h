// The typefaces of a document (ui/theme.h, package fonts-paratype), opened by FreeType for cairo.
// Unhinted and unkerned, as the advance table of ui/metrics.h measures them.
#pragma once

#include "ui/theme.h"

#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>

struct pdf_fonts;

struct pdf_fonts *pdf_fonts_create(void);        // NULL (logged) when one can't be opened
void pdf_fonts_destroy(struct pdf_fonts *fonts); // takes NULL
// A line of UTF-8 from x, centred in a line box from y to y + height.
void pdf_fonts_show(const struct pdf_fonts *fonts, cairo_t *cairo, enum font font, double size,
                    double x, double y, double height, const char *text, size_t length);
