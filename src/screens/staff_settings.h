// What staff may change at the terminal: volume, brightness, idle time, the place of help. Each
// change holds at once and is kept (config/settings.h).
#pragma once

#include "screens/screen.h"

// The idle time, as settings and theme have it.
int32_t staff_idle_s(const struct settings *settings, const struct theme *theme);
void staff_settings_type(struct turn *turn, uint32_t character); // by a hardware keyboard
void staff_settings_view(const struct scene *scene);
void staff_settings_act(struct turn *turn, const struct tap *tap);
