// What families type at a terminal, letter by letter: the keystrokes the search is measured by.
//
// About 200 questions: words of the catalogue's titles (so frequent ones come often), everyday
// words, two words together; every 8th a sentence with an age, a day or the like, every 10th
// mistyped, every 20th in the wrong keyboard layout or in Latin letters. Each question begins with
// the empty field. The same list for the same catalogue.
#pragma once

#include "catalog/snapshot.h"

#include <stdint.h>

enum keystroke_kind {
    KEYSTROKE_EMPTY,
    KEYSTROKE_ONE_LETTER,
    KEYSTROKE_TWO_LETTERS,
    KEYSTROKE_WORD_BEGUN, // 3 and 4 letters
    KEYSTROKE_WORD,
    KEYSTROKE_TWO_WORDS,
    KEYSTROKE_TYPO,     // from the slip on
    KEYSTROKE_SENTENCE, // from its second word on
    KEYSTROKE_LAYOUT,
    KEYSTROKE_TRANSLIT,
    KEYSTROKE_KINDS
};

extern const char *const keystroke_names[KEYSTROKE_KINDS];

struct keystroke {
    enum keystroke_kind kind;
    const char *text; // all that stands in the field
};

struct keystrokes {
    struct keystroke *items;
    uint32_t count;
    struct arena arena;
};

void keystrokes_make(const struct snapshot *snapshot, struct keystrokes *ret_keystrokes);
void keystrokes_finish(struct keystrokes *keystrokes);
