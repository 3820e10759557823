// What staff may change at the terminal itself: `settings.json` (config/own.h), mode 0600,
// replaced as a whole. Nothing of visitors. A file that can't be read, or holds anything unknown or
// out of range, is the defaults.
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum {
    SETTINGS_PLACE_BYTES = 128,
    SETTINGS_IDLE_MIN_S = 30,
    SETTINGS_IDLE_MAX_S = 300,
    SETTINGS_BRIGHTNESS_MIN = 10,
    SETTINGS_FILE_BYTES = 4096,
};

#define SETTINGS_FILE "settings.json"

struct settings {
    uint32_t volume_percent;               // 0..100
    uint32_t brightness_percent;           // SETTINGS_BRIGHTNESS_MIN..100
    uint32_t idle_s;                       // 0: as the theme says; else SETTINGS_IDLE_MIN_S.._MAX_S
    char help_place[SETTINGS_PLACE_BYTES]; // "": as the configuration says
};

// Which of them this terminal's hardware knows.
struct settings_reach {
    bool volume;
    bool brightness;
};

struct settings settings_default(void);
bool settings_valid(const struct settings *settings);
// Of the data folder; why not is logged.
struct settings settings_load(const char *data_dir);
bool settings_save(const char *data_dir, const struct settings *settings);
