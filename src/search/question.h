// A question taken apart: its words, and what each of them is for.
//
// question_read splits the text; understand() then claims the words that say something about ages,
// days, payment, people and places, and tells the rest apart. Plain memory, no pointers out.
#pragma once

#include "search/analysis.h"
#include "search/search.h"

enum word_role {
    ROLE_ABOUT,      // what it is about: must be met
    ROLE_WISH,       // welcome, not needed: «для девочек», «детский»
    ROLE_NOISE,      // says nothing: «хочу», «кружок», «для»
    ROLE_UNDERSTOOD, // became a filter
    ROLE_REFUSED,    // isn't wanted: «кроме восточных»
};

struct question_word {
    struct word word;
    enum word_role role;
    bool typing; // the last one, perhaps unfinished
    bool joined; // hangs on the word before by a hyphen: «лего-конструирование»
    bool another; // begins another wish: «или», «и», «/», a comma stand before it
};

// Names that a question speaks of, by ordinal (search/names.h): a group must have one of them.
struct name_choice {
    bool any;        // names were understood
    uint8_t *chosen; // by ordinal, 1 is in; belongs to the searcher
    uint32_t count;  // of them
};

struct question {
    char text[SEARCH_QUERY_BYTES];
    struct question_word words[SEARCH_WORDS_MAX];
    uint32_t word_count;
    struct search_filters understood; // its ids stay NULL
    struct search_meaning meanings[SEARCH_MEANINGS_MAX];
    uint32_t meaning_count;
};

void question_read(const char *text, bool complete, struct question *ret_question);
// Its folded words with single spaces, as titles stand in the index.
void question_folded(const struct question *question, char ret_text[static SEARCH_QUERY_BYTES]);
