#include "tests/layout/pixels.h"

#include "base/check.h"
#include "base/hash.h"
#include "device/painter.h"

#include <math.h>
#include <SDL2/SDL_image.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHADES = 4096 }; // 4 bits a channel

void pixels_open(struct pixels *pixels, const struct theme *theme, const char *tree)
{
    char icons[1024];
    snprintf(icons, sizeof icons, "%s/assets/icons", tree);
    pixels->painter = painter_create(theme, icons, scale_for(1080, 1920));
    pixels->memory = calloc((size_t)PIXELS_SIDE * PIXELS_SIDE, sizeof *pixels->memory);
    CHECK(pixels->painter != NULL && pixels->memory != NULL);
    canvas_init(&pixels->canvas);
}

void pixels_close(struct pixels *pixels)
{
    if (pixels->painter == NULL)
        return;
    painter_destroy(pixels->painter);
    canvas_finish(&pixels->canvas);
    free(pixels->memory);
}

void pixels_paint(struct pixels *pixels, const struct frame *frame)
{
    struct rect all = {0, 0, frame->width, frame->height};
    canvas_attach(&pixels->canvas, pixels->memory, frame->width, frame->height, frame->width);
    painter_paint(pixels->painter, &pixels->canvas, frame, &all, 1);
}

static double linear(unsigned channel)
{
    double part = channel / 255.0;
    return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

static double luminance(rgb color)
{
    return 0.2126 * linear(color >> 16 & 255) + 0.7152 * linear(color >> 8 & 255) +
           0.0722 * linear(color & 255);
}

static double contrast(rgb a, rgb b)
{
    double one = luminance(a) + 0.05;
    double two = luminance(b) + 0.05;
    return one > two ? one / two : two / one;
}

static unsigned shade_of(rgb color)
{
    return (color >> 20 & 15) << 8 | (color >> 12 & 15) << 4 | (color >> 4 & 15);
}

// The shade that most pixels around the letters have. Bold letters may be more than these: their
// own shade counts only where hardly another is.
static rgb ground(struct pixels *pixels, struct rect box, rgb letters)
{
    enum { HARDLY = 6 }; // a part of all
    static unsigned counts[SHADES];
    static rgb shades[SHADES];
    static int votes[SHADES];
    unsigned best = SHADES;
    memset(counts, 0, sizeof counts);
    memset(votes, 0, sizeof votes);
    for (int y = box.y; y < box.y + box.h; y++)
        for (int x = box.x; x < box.x + box.w; x++) {
            rgb color = *canvas_at(&pixels->canvas, x, y) & 0xFFFFFF;
            unsigned shade = shade_of(color);
            counts[shade]++;
            // The one that most of a shade's pixels have (Boyer and Moore's vote).
            if (votes[shade] == 0)
                shades[shade] = color;
            votes[shade] += shades[shade] == color ? 1 : -1;
        }
    for (unsigned i = 0; i < SHADES; i++)
        if (i != shade_of(letters) && (best == SHADES || counts[i] > counts[best]))
            best = i;
    return (int)counts[best] * HARDLY > box.w * box.h ? shades[best] : letters;
}

static double bound_of(const struct layout *layout, const struct draw *draw)
{
    const struct type_style *type = &layout->theme->styles[draw->text_size][draw->style];
    bool bold = type->font != FONT_SANS;
    if (layout->frame->background == 0)
        return 18;
    return bold && type->size_px >= 33 ? 4.5 : 7;
}

// What was drawn last under the text's middle.
static const struct draw *under(const struct frame *frame, uint32_t at)
{
    const struct rect box = frame->draws[at].box;
    for (uint32_t i = at; i-- > 0;) {
        const struct draw *draw = &frame->draws[i];
        if (draw->kind != DRAW_TEXT && draw->kind != DRAW_OUTLINE &&
            rect_contains(draw->box, box.x + box.w / 2, box.y + box.h / 2))
            return draw;
    }
    return NULL;
}

static bool remember(struct pixels *pixels, uint64_t key)
{
    for (unsigned i = 0; i < pixels->seen_count; i++)
        if (pixels->seen[i] == key)
            return false;
    if (pixels->seen_count < PIXELS_PAIRS_MAX)
        pixels->seen[pixels->seen_count++] = key;
    return true;
}

static bool is_new(struct pixels *pixels, const struct layout *layout)
{
    const struct frame *frame = layout->frame;
    bool found = false;
    for (uint32_t i = 0; i < frame->draw_count; i++) {
        const struct draw *draw = &frame->draws[i];
        if (draw->kind != DRAW_TEXT)
            continue;
        const struct draw *ground = under(frame, i);
        uint32_t pair[] = {draw->fill,
                           (uint32_t)draw->style,
                           frame->background,
                           ground != NULL ? ground->fill : 0,
                           ground != NULL ? (uint32_t)ground->picture : 0,
                           ground != NULL ? (uint32_t)ground->kind : 0,
                           ground != NULL && ground->kind == DRAW_MODULE ? ground->stroke : 0};
        found |= remember(pixels, hash_fnv1a64(HASH_FNV1A64_START, pair, sizeof pair));
    }
    return found;
}

void pixels_check(struct pixels *pixels, const struct layout *layout)
{
    const struct frame *frame = layout->frame;
    if (!is_new(pixels, layout))
        return;
    pixels_paint(pixels, frame);
    for (uint32_t i = 0; i < frame->draw_count; i++) {
        const struct draw *draw = &frame->draws[i];
        if (draw->kind != DRAW_TEXT || draw->zoom != 0 || layout_hidden(layout, i))
            continue;
        struct rect screen = {0, 0, frame->width, frame->height};
        struct rect ink = layout_ink(layout, draw);
        if (ink.w < ink.h) // a single bold letter has more of itself than of its ground
            ink = (struct rect){ink.x - ink.h / 3, ink.y, ink.w + 2 * (ink.h / 3), ink.h};
        struct rect box = rect_intersect(rect_intersect(ink, draw->clip), screen);
        bool covered = false;
        for (uint32_t j = i + 1; j < frame->draw_count; j++)
            covered |= frame->draws[j].layer > draw->layer;
        if (box.w < ink.w / 2 || box.h < ink.h * 2 / 3 || covered)
            continue;
        double found = contrast(draw->fill, ground(pixels, box, draw->fill));
        char what[256];
        snprintf(what, sizeof what, "%.180s (%.1f, at least %.1f)", frame->text + draw->text, found,
                 bound_of(layout, draw));
        if (found < bound_of(layout, draw))
            layout->tell(layout->context, FAULT_CONTRAST, box, what);
    }
}

bool pixels_write(uint32_t *pixels, int width, int height, const char *path)
{
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormatFrom(pixels, width, height, 32, width * 4,
                                                              SDL_PIXELFORMAT_XRGB8888);
    bool saved = surface != NULL && IMG_SavePNG(surface, path) == 0;
    SDL_FreeSurface(surface);
    return saved;
}

bool pixels_save(struct pixels *pixels, const struct layout *layout, const char *path)
{
    const struct frame *frame = layout->frame;
    pixels_paint(pixels, frame);
    return pixels_write(pixels->memory, frame->width, frame->height, path);
}
