// The phrases in memory; for phrases.c, which reads them, and phrase_match.c alone.
#pragma once

#include "search/phrases.h"

struct phrases {
    struct phrase *items; // by meaning, then in the order of the data
    uint32_t count;
    uint32_t meaning_first[MEANING_COUNT + 1];
    const char **first_texts; // ascending: the first element of each phrase
    uint32_t *firsts;         // the phrases of first_texts
    uint32_t first_count;
    uint32_t place_count;     // of them, at the beginning: those that begin with a place
    const char **known_texts; // ascending: every word of every phrase
    const struct element **known;
    uint32_t known_count;
};

// Where the texts stand that share the word's first letter: [first, last). No word, none.
void phrases_beginning(const char *const *texts, uint32_t count, const char *word,
                       uint32_t *ret_first, uint32_t *ret_last);
