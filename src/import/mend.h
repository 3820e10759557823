// Mending text from exports: markup, entities, spaces, quotes, capitals (DOMAIN.md, Traps).
//
// Pure functions over bounded text; each says what it mended, so that the import can report it.
// ё stays ё; words are never changed, only what stands around them and their case.
#pragma once

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

enum mend {
    MEND_MARKUP,    // entities and tags taken out
    MEND_SPACES,    // doubled, odd or invisible characters, lines where one is meant
    MEND_QUOTES,    // "…", “…”, `…` made «…», nested and closed
    MEND_CAPITALS,  // a title in capitals written as a sentence
    MEND_CUT,       // longer than the catalogue keeps
    MEND_TIMETABLE, // misspelt weekdays
    MEND_LINK,      // slashes, missing scheme
    MEND_DIFFERS,   // a later row contradicts the program's first one, which stays
    MEND_COUNT
};

// What one kind of mending did, for the report.
const char *mend_name(enum mend mend);

// One line of text, for titles and names. Returns the set of bits 1 << enum mend.
uint32_t mend_line(const char *raw, struct text *ret_text);
// Running text: <br> and paragraphs stay as single newlines.
uint32_t mend_paragraphs(const char *raw, struct text *ret_text);
// A title all in capitals as a sentence; names in «…» begin with a capital again. Abbreviations
// alone stay. In place; the length doesn't change.
bool mend_capitals(char *title);
