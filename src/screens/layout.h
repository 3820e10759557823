// How a screen's parts find room, in whatever language, size and data (DESIGN.md section 4): a part
// takes the height that its words need, and what doesn't fit scrolls. Pure; design pixels.
#pragma once

#include "screens/screen.h"

enum { LAYOUT_LARGE_TOP = 40, LAYOUT_BLEED_PX = 20 };

// The top bar; large layouts go without (mockup 13b). Returns where the screen's own begins.
int layout_draw_top(const struct scene *scene);

// A part of a screen: draws itself from y down and returns where it ends.
struct layout_part {
    int (*draw)(const void *context, int y);
    const void *context;
};
int layout_height(const struct scene *scene, const struct layout_part *part);
// Draws a part from the top of the view; when it is higher, it scrolls there, and a button at the
// foot of the view leads on. The view reaches LAYOUT_BLEED_PX beyond the part's column.
void layout_scrolled(const struct scene *scene, struct rect view, unsigned action,
                     const struct scroll *scroll, const struct layout_part *part);

// A paragraph as long as it is, with its look. Returns the height.
int layout_words(const struct pen *pen, struct rect box, enum style style, enum color color,
                 const char *text);
int layout_words_height(const struct pen *pen, int width, enum style style, const char *text);
// It stands whole in one line of this width.
bool layout_fits(const struct pen *pen, int width, enum style style, const char *text);
// No narrower may its column be.
int layout_widest_word(const struct pen *pen, enum style style, const char *text);

// The value of ACTION_FURTHER: the place to scroll, and by how much; 0 is back to its beginning.
static inline uint32_t layout_further(unsigned place, int px)
{
    return (uint32_t)place << 16 | (uint32_t)px;
}
static inline unsigned layout_further_place(uint32_t value)
{
    return value >> 16;
}
static inline int layout_further_px(uint32_t value)
{
    return (int)(value & 0xFFFF);
}
