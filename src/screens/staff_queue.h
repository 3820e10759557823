// The print jobs: how each stands, in words, and what can be done about it.
#pragma once

#include "screens/screen.h"

void staff_queue_view(const struct scene *scene);
void staff_queue_act(struct turn *turn, const struct tap *tap);
