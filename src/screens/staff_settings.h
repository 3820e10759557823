// What staff may change at the terminal: volume, brightness, idle time, the place of help.
#pragma once

#include "screens/screen.h"

void staff_settings_view(const struct scene *scene);
void staff_settings_act(struct turn *turn, const struct tap *tap);
