// The table of screens: one line each.
#pragma once

#include "screens/screen.h"

struct screen_rules {
    const char *name; // for tests and the tour
    void (*view)(const struct scene *scene);
    void (*act)(struct turn *turn, const struct tap *tap);
    bool is_private;  // certificate screens: shorter idle time
    bool counts_down; // has its own countdown instead of the idle rules
    bool is_staff;    // no dock; the PIN must have been right, but for asking it
    bool types;       // takes characters of a hardware keyboard
};

extern const struct screen_rules screen_rules[SCREEN_COUNT];

// The scroll state a target of ROLE_SCROLL moves on this screen, or NULL.
struct scroll *screen_scroll(struct visit *visit, unsigned action);
