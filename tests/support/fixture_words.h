// Russian-looking words for catalog_fixture: a few hundred true ones that are said often, and a
// long tail put together from true prefixes, roots and suffixes.
//
// A lemma is a number: the smaller, the more often it is said (Zipf's law, steeper in the tail). It
// is written in one of its case forms. So a text grows new words as a real one does (Heaps' law):
// about 15 000 forms in 5 600 programs, 45 000 in 30 000, 200 000 in 300 000.
#pragma once

#include "base/text.h"

#include <stdint.h>

struct fixture_random {
    uint32_t state; // not 0
};

uint32_t fixture_draw(struct fixture_random *random, uint32_t below);
// Small numbers often, great ones seldom.
uint32_t fixture_draw_skewed(struct fixture_random *random, uint32_t below);

uint32_t fixture_draw_lemma(struct fixture_random *random);
// In a form drawn at random; the first form of a lemma is what a dictionary says.
void fixture_add_word(struct fixture_random *random, uint32_t lemma, struct text *text);
void fixture_add_dictionary_word(uint32_t lemma, struct text *text);
// «и», «для»: every fifth word of a text.
const char *fixture_draw_little_word(struct fixture_random *random);

// «Соловьёв» or «Соловьёва»; «улица Соловьёва», «Соловьёвская».
enum fixture_surname { SURNAME_MAN, SURNAME_WOMAN, SURNAME_ADJECTIVE };
void fixture_add_surname(uint32_t number, enum fixture_surname kind, struct text *text);
