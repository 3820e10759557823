// The dashboard of staff mode, and what all its screens share: the header with the way out.
#pragma once

#include "screens/screen.h"

// The dark header: lock, title, when it closes by itself, «Выйти».
void staff_draw_header(const struct scene *scene, enum word title);
// A touch on the header. false when it is none.
bool staff_chrome_act(struct turn *turn, const struct tap *tap);
// The dashboard, after the right PIN, on a fresh visit.
void staff_open(struct turn *turn);
void staff_home_view(const struct scene *scene);
void staff_home_act(struct turn *turn, const struct tap *tap);
