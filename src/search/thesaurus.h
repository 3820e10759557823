// Everyday words: what families say, and what programs that answer it say
// (assets/search/thesaurus).
//
// A concept has terms of one to three words. SAME terms are said by both sides, ASKED only by
// families, FOUND only by programs. The format stands at the head of each file. Immutable; lies in
// the index's arena. The data is part of the program: a mistake in it is a CHECK.
#pragma once

#include "base/arena.h"
#include "search/index.h"
#include "search/question.h"

#include <stdbool.h>
#include <stdint.h>

enum { TERM_WORDS_MAX = 3, ASKED_MAX = 8 };

enum term_kind { TERM_SAME, TERM_ASKED, TERM_FOUND };

struct term {
    uint32_t concept;
    enum term_kind kind;
    float weight;
    enum direction direction; // «@sport»: all programs of it; else DIRECTION_COUNT
    uint8_t word_count;
    struct {
        const char *text; // the beginning («танц» of «танц*»), or the stem
        bool begins;
    } words[TERM_WORDS_MAX];
    struct form_range forms[TERM_WORDS_MAX]; // settled for an index
};

struct concept {
    const char *name;
    uint32_t term_first;
    uint32_t term_count;
    bool offered; // programs say it of themselves, too: it has a SAME term
};

// A term that can be asked, by its first word.
struct asked_term {
    const char *text;
    uint32_t term;
};

struct thesaurus {
    struct concept *concepts;
    uint32_t concept_count;
    struct term *terms; // by concept
    uint32_t term_count;
    struct asked_term *stems; // first word is a stem; by text
    uint32_t stem_count;
    struct asked_term *beginnings; // first word is a beginning; by text
    uint32_t beginning_count;
    const char **words; // whole words in it, as written: known besides the catalogue's
    uint32_t word_count;
};

struct thesaurus *thesaurus_read(const char *text, struct sb_stemmer *stemmer, struct arena *arena);
// Looks the words of all terms up in the vocabulary; once.
void thesaurus_settle(struct thesaurus *thesaurus, const struct search_index *index);

struct asked {
    const char *beginning; // of its first word, by which it is asked; NULL by the stem
    uint32_t concept;
    uint8_t word_count; // of the question
    bool begun;         // the last word is only the beginning of what is asked
};

// The concepts asked by the question's words from `at` on, longest first; little words between are
// skipped. Returns how many (at most ASKED_MAX).
uint32_t thesaurus_asked(const struct thesaurus *thesaurus, struct sb_stemmer *stemmer,
                         const struct question *question, uint32_t at,
                         struct asked ret_asked[static ASKED_MAX]);
// Whether the word stands in some term: then it is no name. Reads all terms.
bool thesaurus_says(const struct thesaurus *thesaurus, struct sb_stemmer *stemmer,
                    const struct word *word);
