// The words of one language, as data: assets/words/<code>.json. A language is that file and its
// code among the configuration's `languages`; no code knows any.
//
// Keys are the names of ui/words.def in lower case; a missing or unknown key refuses the file. The
// first ones tell of the language itself: its names, the marks in its numbers, the keyboard page
// that comes first ("ru" or "en") and its plural rule, one of the families of CLDR:
// "one-few-many" (1 место, 3 места, 5 мест), "one-other" (1 place, 5 places), "other".
// A text may hold {name} places, filled by words_fill, the same ones in every language
// (tests/unit/test_ui_languages.c). A plural has a form for each of its rule, parted by bars, and
// is chosen by words_count. Other texts with bars are lists, as long in every language.
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

enum plural_rule { PLURAL_ONE_FEW_MANY, PLURAL_ONE_OTHER, PLURAL_OTHER, PLURAL_RULE_COUNT };

enum { WORDS_BYTES = 96 * 1024, WORDS_ERROR_BYTES = 256 };

struct words {
    enum plural_rule plural;
    const char *texts[WORD_COUNT];
    char store[WORDS_BYTES];
};

// The error names file, key, what was found and what is expected.
bool words_load(const char *path, struct words *ret_words,
                char ret_error[static WORDS_ERROR_BYTES]);
// How many forms a plural has.
unsigned words_forms(enum plural_rule rule);

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
// «8 500»: thousands parted by the language's mark, minus as U+2212.
void words_number(const struct words *words, int64_t number, char *ret_text, size_t capacity);
