// The dashboard of staff mode (mockup 12b), and what all its screens share: the header with the way
// out. Its visit ends STAFF_EXIT_S after the last touch, without a question.
#pragma once

#include "screens/screen.h"

enum {
    STAFF_HEADER_H = 128,
    STAFF_PIN_EXIT_S = 60, // nobody touches the page that asks for the PIN
    STAFF_EXIT_S = 5 * 60, // nor anything behind it (DESIGN.md, Staff)
};

// The dashboard, after the right PIN, on a fresh visit.
void staff_open(struct turn *turn);
int64_t staff_ends_ms(const struct visit *visit);

// The dark header: lock or the way back, title, when it closes by itself, «Выйти».
void staff_draw_header(const struct scene *scene, enum word title);
// A touch on the header. false when it is none.
bool staff_chrome_act(struct turn *turn, const struct tap *tap);
void staff_home_view(const struct scene *scene);
void staff_home_act(struct turn *turn, const struct tap *tap);
