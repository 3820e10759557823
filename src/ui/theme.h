// Colours, type and times as data: assets/theme/tokens.json in C.
//
// Read once at start, immutable afterwards; every thread may read it.
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef uint32_t rgb; // 0xRRGGBB, opaque; a number with a name, hence the one typedef

enum { THEME_DIRECTIONS = 6, THEME_ERROR_BYTES = 256, THEME_FILE_BYTES = 64 * 1024 };

enum font { FONT_SANS, FONT_SANS_BOLD, FONT_SERIF_BOLD, FONT_COUNT };

enum color {
#define COLOR(name, key) COLOR_##name,
#include "ui/theme.def"
    COLOR_COUNT
};

enum motif {
#define MOTIF(name, key) MOTIF_##name,
#include "ui/theme.def"
    MOTIF_COUNT
};

enum style {
#define STYLE(name, key) STYLE_##name,
#include "ui/theme.def"
    STYLE_COUNT
};

enum palette { PALETTE_NORMAL, PALETTE_HIGH_CONTRAST, PALETTE_COUNT };

// 1.0, 1.3, 1.6 (DESIGN.md section 4). From TEXT_LARGE on screens take their large layouts.
enum text_size { TEXT_NORMAL, TEXT_LARGE, TEXT_LARGEST, TEXT_SIZE_COUNT };

struct type_style {
    enum font font;
    int size_px;
    int line_px;
};

struct direction_colors {
    rgb background;
    rgb label;
    rgb dark;
    rgb accents[3];
};

struct theme_times {
    int idle_s;
    int idle_certificate_s;
    int warning_s;
    int attract_after_home_s;
    int qr_hold_s;
    int qr_extend_s;
    int stale_warn_h;
    int stale_hide_seats_h;
    int toast_hold_ms;
    int caret_blink_ms;
};

struct theme {
    rgb colors[PALETTE_COUNT][COLOR_COUNT];
    rgb motifs[MOTIF_COUNT];
    // Grown: words of the dock, keys and pages keep the pace of targets or stay; what is already
    // large grows to the ceiling at most.
    struct type_style styles[TEXT_SIZE_COUNT][STYLE_COUNT];
    double text_factors[TEXT_SIZE_COUNT];
    double target_factors[TEXT_SIZE_COUNT];
    struct direction_colors directions[THEME_DIRECTIONS]; // in the official order
    struct theme_times times;
};

// A target's length at this size: grown with the text, by 15 % at most.
int theme_target_px(const struct theme *theme, enum text_size size, int px);

// The typeface's file (package fonts-paratype).
const char *theme_font_file(enum font font);
bool theme_load(const char *path, struct theme *ret_theme,
                char ret_error[static THEME_ERROR_BYTES]);
