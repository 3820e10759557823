// The screen's own brightness: the first of /sys/class/backlight that this user may write. Most
// monitors have none. Worker's thread.
#pragma once

#include <stdbool.h>
#include <stdint.h>

bool backlight_there(void);
void backlight_set(uint32_t percent); // of its largest value, never dark
