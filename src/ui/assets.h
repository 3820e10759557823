// The files that all that draws needs: where they are, whether they are there, and their reading.
#pragma once

#include "ui/letters.h"
#include "ui/metrics.h"
#include "ui/theme.h"
#include "ui/words.h"

#include <stdbool.h>
#include <stdint.h>

enum { ASSETS_PATH_BYTES = 1024, ASSETS_ERROR_BYTES = 256 };

// `wish` (may be NULL), beside a build (build/, build/test/), or where the package puts them.
bool assets_find(const char *wish, char ret_folder[static ASSETS_PATH_BYTES]);
// How many of theme, guide, calendar, drawings and the system's fonts can't be read.
uint32_t assets_missing(const char *assets_dir);
// Of a language's words and letters.
uint32_t assets_missing_of_language(const char *assets_dir, const char *language);
// Each false tells why in a sentence.
bool assets_theme(const char *assets_dir, struct theme *ret_theme, struct metrics *ret_metrics,
                  char ret_error[static ASSETS_ERROR_BYTES]);
// `language`: the code, "ru".
bool assets_words(const char *assets_dir, const char *language, struct words *ret_words,
                  char ret_error[static ASSETS_ERROR_BYTES]);
bool assets_letters(const char *assets_dir, const char *language, struct letters *letters,
                    char ret_error[static ASSETS_ERROR_BYTES]);
