// What staff may change at the terminal itself: `settings.json` in the data folder, mode 0600,
// replaced as a whole. Nothing of visitors. A file that can't be read is the defaults.
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { SETTINGS_PLACE_BYTES = 128, SETTINGS_IDLE_MIN_S = 30, SETTINGS_IDLE_MAX_S = 300 };

struct settings {
    uint32_t volume_percent;               // 0..100
    uint32_t brightness_percent;           // 10..100
    uint32_t idle_s;                       // 0: as the theme says; else SETTINGS_IDLE_MIN_S.._MAX_S
    char help_place[SETTINGS_PLACE_BYTES]; // "": as the configuration says
};
