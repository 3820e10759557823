// The page that stands on the screen when the kiosk can't: what a family does now, and for staff
// why, what to do, and a code for a photograph.
//
// No screen of the machine: drawn by a program that has neither catalogue nor visit, so it takes
// what it needs and nothing can be touched on it. Pure; design pixels, both orientations.
#pragma once

#include "config/config.h"
#include "enroll/qr.h"
#include "ui/pen.h"
#include "ui/words.h"

// In the order of the words calm_causes and calm_advice.
enum calm_cause {
    CALM_SETTINGS,
    CALM_NO_DISPLAY,
    CALM_BLIND,
    CALM_NO_ASSETS,
    CALM_BROKEN,
    CALM_ENDED,
    CALM_CAUSE_COUNT
};

enum { CALM_QR_BYTES = 256 };

struct calm {
    enum calm_cause cause;
    const char *code;       // "E21", of calm_code
    const uint8_t *modules; // of the QR, as a draw has them; NULL: none
    uint8_t modules_a_side;
};

const char *calm_code(enum calm_cause cause);
// The pen's frame must be as large as the screen.
void calm_view(const struct pen *pen, const struct words *words, const struct config *config,
               const struct calm *calm);
