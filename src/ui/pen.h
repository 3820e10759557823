// What the screens draw with: text, blocks and drawings onto a frame, in the colours of the theme.
//
// A pen borrows everything for one view. Without a frame it measures: all it says of sizes holds,
// nothing is drawn. Coordinates are design pixels.
#pragma once

#include "ui/frame.h"
#include "ui/metrics.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pen {
    struct frame *frame;
    const struct theme *theme;
    const struct metrics *metrics;
    enum palette palette;
    enum text_size text_size;
    // The target under the finger, drawn pressed; ACTION 0 is none.
    uint16_t pressed_action;
    uint32_t pressed_value;
    bool secret; // runs drawn now leave the text cache with their frame
    bool hushed; // and are read aloud only to who told of headphones, digits or none
};

enum align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };
enum { PEN_LINES_MAX = 64 };

rgb pen_color(const struct pen *pen, enum color color);
const struct type_style *pen_style(const struct pen *pen, enum style style);
// A target's length, grown with the text (by 15 % at most).
int pen_target_px(const struct pen *pen, int px);
// Large text: screens take their large layouts, with fewer columns.
static inline bool pen_large(const struct pen *pen)
{
    return pen->text_size != TEXT_NORMAL;
}
bool pen_pressed(const struct pen *pen, uint16_t action, uint32_t value);

int pen_width(const struct pen *pen, enum style style, const char *text);
// One line whose line box begins at y. Returns the width.
int pen_text(const struct pen *pen, int x, int y, enum style style, rgb color, const char *text);
// One line within box: aligned, centred vertically, cut with «…» when too wide. Returns the width.
int pen_line(const struct pen *pen, struct rect box, enum style style, rgb color, enum align align,
             const char *text);
// Wrapped text; what doesn't fit into lines_max ends with «…». Returns the height.
int pen_paragraph(const struct pen *pen, struct rect box, enum style style, rgb color,
                  enum align align, const char *text, unsigned lines_max);
// Lines the text takes, at most lines_max.
unsigned pen_lines(const struct pen *pen, int width_px, enum style style, const char *text,
                   unsigned lines_max);

// The height of these lines.
int pen_height(const struct pen *pen, int width_px, enum style style, const char *text,
               unsigned lines_max);

struct block_look {
    rgb fill;
    rgb stroke;
    rgb edge;
    int radius;
    int stroke_px;
    int edge_px;
    unsigned corners; // 0 is all
};
struct draw *pen_block(const struct pen *pen, struct rect box, struct block_look look);
void pen_fill(const struct pen *pen, struct rect box, rgb color);
// A square icon centred in box.
void pen_icon(const struct pen *pen, struct rect box, enum picture icon, int size_px, rgb color);
void pen_picture(const struct pen *pen, struct rect box, enum picture picture, enum crop crop);
