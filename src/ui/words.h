// The words of one language, as data: assets/words/<language>.json.
//
// Keys are the names of ui/words.def in lower case; a missing or unknown key refuses the file.
// A text may hold {name} places, filled by words_fill. A plural is written one|few|many
// (CLDR rules for ru; one|other for en) and chosen by words_count.
// Read once at start, immutable afterwards.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum word {
#define WORD(name, key) WORD_##name,
#include "ui/words.def"
    WORD_COUNT
};

enum language { LANGUAGE_RU, LANGUAGE_EN, LANGUAGE_COUNT };

enum { WORDS_BYTES = 96 * 1024, WORDS_ERROR_BYTES = 256 };

struct words {
    enum language language;
    const char *texts[WORD_COUNT];
    char store[WORDS_BYTES];
};

bool words_load(const char *path, enum language language, struct words *ret_words,
                char ret_error[static WORDS_ERROR_BYTES]);

// One filled place of a text.
struct word_part {
    const char *name;
    const char *value;
};

// Writes the text with its places filled; cut at a whole character when it doesn't fit.
void words_fill(const struct words *words, enum word word, const struct word_part *parts,
                size_t part_count, char *ret_text, size_t capacity);
// The form for n with {n} filled: «3 места».
void words_count(const struct words *words, enum word word, int64_t n, char *ret_text,
                 size_t capacity);
// «8 500»: thousands parted by U+00A0, minus as U+2212.
void words_number(int64_t number, char *ret_text, size_t capacity);
