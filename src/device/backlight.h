// The screen's own brightness: the first of a folder's lights that this user may write. Most
// monitors have none. Worker's thread.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define BACKLIGHT_DIR "/sys/class/backlight"

// `dir`: BACKLIGHT_DIR, or a test's; NULL has no light.
bool backlight_there(const char *dir);
void backlight_set(const char *dir, uint32_t percent); // of its largest value; only 0 is off
