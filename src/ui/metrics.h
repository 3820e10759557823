// How wide text is, from a table of advances read once at start, so that the view stays pure.
//
// The table (assets/theme/advances.txt) is made from the fonts by `navigator-kiosk
// --print-advances` and a test compares them; kerning is left out (drawn text is at most a pixel or
// two narrower).
#pragma once

#include "ui/theme.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    METRICS_PAGE = 256,
    METRICS_PAGES_MAX = 32,
    METRICS_EM = 1000, // advances are in thousandths of the font size
    METRICS_FILE_BYTES = 256 * 1024,
};

struct font_metrics {
    int16_t ascent;                                    // thousandths of the size, positive
    int16_t descent;                                   // positive
    uint8_t page_of[0x2300 / METRICS_PAGE];            // 0: none; otherwise index + 1
    uint16_t advance[METRICS_PAGES_MAX][METRICS_PAGE]; // 0: no such glyph
    uint8_t page_count;
};

struct metrics {
    struct font_metrics fonts[FONT_COUNT];
};

// Text lines: "font ascent descent" then "font codepoint-hex advance".
bool metrics_load(const char *path, struct metrics *ret_metrics);
// Width in design pixels, rounded up, of length bytes of UTF-8.
int metrics_width(const struct metrics *metrics, const struct type_style *style, const char *text,
                  size_t length);

// Where to break text so that no line is wider than width_px. Breaks at spaces (never behind a
// short word of 1-3 letters, DESIGN.md section 3), at hyphens, at '\n', and inside a word only when
// it alone is too wide: there a hyphen is to be drawn (pen_paragraph does; ui/hyphen.h).
struct text_line {
    uint32_t from;
    uint32_t length; // without the space it broke at
};
// Returns the number of lines (at most lines_max); *ret_cut tells that text was left over.
size_t metrics_wrap(const struct metrics *metrics, const struct type_style *style, const char *text,
                    int width_px, struct text_line *ret_lines, size_t lines_max, bool *ret_cut);
