// The letters that languages need beyond the keyboard's rows, as data: assets/keyboard/CODE.txt.
//
//   row ә ө ү          the language's own letters, for the fifth row
//   variants е ё       what holding the first one offers; its own key is none of them
//
// Letters stand apart by spaces; # begins a comment. The files of all languages a terminal offers
// are read once at start into one table; a letter that several have stands there once, and what is
// beyond a limit is left out. Immutable afterwards.
#pragma once

#include "base/utf8.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    LETTERS_ROW_MAX = 12, // as many keys as the widest row has
    LETTERS_SETS_MAX = 64,
    LETTERS_VARIANTS_MAX = 8, // keys of a full target beside each other on every screen
    LETTERS_FILE_BYTES = 8 * 1024,
    LETTERS_ERROR_BYTES = 256,
};

struct letter_row {
    char text[LETTERS_ROW_MAX * UTF8_BYTES_MAX + 1]; // without spaces
    uint32_t count;
};

struct letters {
    struct letter_row row;                    // count 0: no language has such letters
    char label[3 * (UTF8_BYTES_MAX + 1) + 1]; // «ә ө ү»: on the key that shows the row
    uint32_t bases[LETTERS_SETS_MAX];
    struct letter_row variants[LETTERS_SETS_MAX]; // at most LETTERS_VARIANTS_MAX each
    uint32_t set_count;
};

// Adds a language's; on failure the table is as it was but for what stood before the bad line.
bool letters_add(const char *path, struct letters *letters,
                 char ret_error[static LETTERS_ERROR_BYTES]);
// What holding a letter offers, or NULL.
const struct letter_row *letters_variants(const struct letters *letters, uint32_t letter);
