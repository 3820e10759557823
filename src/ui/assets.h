// The files without which a screen can't be drawn: whether they are there.
#pragma once

#include <stdint.h>

// How many of theme, words, guide, calendar, drawings and the system's fonts can't be read.
uint32_t assets_missing(const char *assets_dir);
