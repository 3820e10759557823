// The PIN of staff: asked before anything of theirs, and changed here.
#pragma once

#include "screens/screen.h"

void staff_pin_view(const struct scene *scene);
void staff_pin_act(struct turn *turn, const struct tap *tap);
void staff_new_pin_view(const struct scene *scene);
void staff_new_pin_act(struct turn *turn, const struct tap *tap);
