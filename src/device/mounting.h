// How the panel hangs: one transform for its pixels and for touches on it.
//
// The scene is drawn upright and then turned clockwise onto the window (display.rotation), so a
// panel hung sideways needs nothing of a display server. Touches go the same way back, after the
// glass was corrected (touch.calibration): libinput's six numbers, rows of
//
//   a b c      x' = a x + b y + c      in fractions of the glass, 0..1 from its top left
//   d e f      y' = d x + e y + f
//
// Measured on the glass as it is built, whichever way the panel hangs.
#pragma once

#include "config/config.h"
#include "device/canvas.h"

struct mounting {
    unsigned quarter_turns; // clockwise, 0..3
    int width;              // of the window, in pixels
    int height;
    double touch[CONFIG_CALIBRATION];
};

struct mounting mounting_make(const struct config *config, int width, int height);
bool mounting_sideways(const struct mounting *mounting);
// From the window's pixels to those of the scene.
void mounting_point(const struct mounting *mounting, float *x, float *y);
// From fractions of the glass to pixels of the scene.
void mounting_touch(const struct mounting *mounting, float *x, float *y);
// Where pixels of the scene stand in the window.
struct rect mounting_rect(const struct mounting *mounting, struct rect rect);
// Paints these pixels of the scene into the window's.
void mounting_paint(const struct mounting *mounting, struct canvas *scene, struct canvas *window,
                    struct rect rect);
