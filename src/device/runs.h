// Lines of text as coverage masks, rendered by SDL_ttf and cached by style and words.
//
// One size of each font per style, in whole device pixels (eighths where a page is seen small),
// unhinted so that widths follow the advance table (ui/metrics.h). A secret run is rendered, drawn
// and wiped, never cached.
#pragma once

#include "device/canvas.h"
#include "device/scale.h"
#include "ui/theme.h"

#include <stdbool.h>

enum {
    RUNS_CACHE_BYTES = 12 * 1024 * 1024,
    RUNS_FONTS_MAX = 48, // open at once: every style, and those of a page seen small
    RUN_BYTES_MAX = 512, // longer text is cut: a line of the widest screen holds fewer
    RUN_WIDTH_MAX = 8192,
};

struct run {
    struct rect line; // device pixels; ascent and descent are centred in its height
    enum style style;
    enum text_size text_size;
    float zoom; // of its size; 0 is 1
    rgb color;
    const char *text;
    size_t length;
    bool secret;
};

struct runs;

// The theme must outlive it. NULL when a font can't be opened (logged).
struct runs *runs_create(const struct theme *theme, struct scale scale);
void runs_destroy(struct runs *runs); // takes NULL
void runs_draw(struct runs *runs, struct canvas *canvas, const struct run *run);
// Forgets all text.
void runs_wipe(struct runs *runs);
size_t runs_bytes(const struct runs *runs); // cached now
