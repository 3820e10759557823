// The parts of DESIGN.md section 6 that screens are built of. Each draws itself and registers its
// target; pressed, it sits 6 px lower on a 2 px edge («Объёмное — нажимается»).
#pragma once

#include "ui/pen.h"

enum {
    WIDGET_BUTTON_H = 112,
    WIDGET_BUTTON_L_H = 120,
    WIDGET_CHIP_H = 88,
    WIDGET_PILL_H = 56,
    WIDGET_FIELD_H = 136,
    WIDGET_ROW_H = 108,
    WIDGET_EDGE_PX = 8,
};

enum button_kind { BUTTON_MAIN, BUTTON_SECOND, BUTTON_ON, BUTTON_DESTRUCTIVE, BUTTON_KIND_COUNT };

struct button {
    enum button_kind kind;
    enum style style; // STYLE_BUTTON_L for main actions, else STYLE_BUTTON
    const char *label;
    const char *said;  // aloud, where that isn't the label; NULL: it is
    enum picture icon; // left of the label, or PICTURE_NONE
    rgb icon_color;    // 0: as the text
    enum picture icon_right;
    float busy_part; // 0..1, where the ring stands
    bool busy;       // a ring in front of the label
    bool disc;       // the sun disc with an arrow at the right end; the label stands left
    bool left;       // label at the left
    bool disabled;   // flat; the label says what is missing
    bool repeats;    // two taps in a row are meant
};
// The label takes as many lines as the box is high for, a left one two at least.
void widget_button(const struct pen *pen, struct rect box, const struct button *button,
                   uint16_t action, uint32_t value);
// How high a box of this width must be for the whole label; not less than `least`.
int widget_button_height(const struct pen *pen, int width, int least, const struct button *button);

struct chip {
    const char *label;
    enum picture icon;
    bool on;         // sun, with a cross
    bool suggestion; // regular weight, 84 high
    bool strong;     // suggestion in bold
    unsigned badge;  // a count in a dark disc; 0 is none
};
int widget_chip_width(const struct pen *pen, const struct chip *chip);
// How high it must be in this width for its whole label, at least WIDGET_CHIP_H.
int widget_chip_height(const struct pen *pen, int width, const struct chip *chip);
void widget_chip(const struct pen *pen, struct rect box, const struct chip *chip, uint16_t action,
                 uint32_t value);

enum tone { TONE_NEUTRAL, TONE_OK, TONE_WARN, TONE_ERR, TONE_INFO, TONE_WHITE_WARN, TONE_COUNT };
// A flat badge; never pressable. Returns the width. With right_x >= 0 it ends there instead.
int widget_pill_width(const struct pen *pen, enum picture icon, const char *label);
// How high it must be in this width: a label too long for one line takes more.
int widget_pill_height(const struct pen *pen, int width, enum picture icon, const char *label);
void widget_pill(const struct pen *pen, struct rect box, enum tone tone, enum picture icon,
                 const char *label);
rgb widget_tone_text(const struct pen *pen, enum tone tone);

// A white card with its edge; pressed it moves. Returns how far its contents move down.
int widget_card(const struct pen *pen, struct rect box, uint16_t action, uint32_t value,
                const char *label);
// A flat sunken panel.
void widget_panel(const struct pen *pen, struct rect box, int radius);
// The square button inside fields and cards (96 or 92 px).
void widget_square(const struct pen *pen, struct rect box, rgb fill, enum picture icon, rgb color,
                   uint16_t action, uint32_t value, const char *label);
// A round progress arc.
void widget_ring(const struct pen *pen, struct rect box, int width_px, float part, rgb color,
                 rgb track);
