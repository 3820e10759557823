// Where the theme, the words and the drawings are, for programs that print.
#pragma once

#include "ui/words.h"

enum { ASSETS_PATH_BYTES = 1024 };

// `wish` (may be NULL), beside a build (build/, build/test/), or where the package puts them.
bool assets_find(const char *wish, char ret_folder[static ASSETS_PATH_BYTES]);
bool assets_words(const char *folder, struct words *ret_words,
                  char ret_error[static WORDS_ERROR_BYTES]);
