// What a family's words say besides what they are about: ages, days, times, payment, places,
// people, streets, ОВЗ, level, summer (DOMAIN.md, What families asked for).
//
// The phrases are data: assets/search/phrases/*.txt. Words that were understood get the role
// ROLE_UNDERSTOOD and a meaning each; those that say nothing (ROLE_NOISE) or are only welcome
// (ROLE_WISH) are told apart by the same data. Nothing is understood by accident: «все» is no
// weekday, «5 класс» is 11 years, «школа 5» is no age. A word that names programs is never claimed
// unless the phrase leaves no doubt.
#pragma once

#include "base/arena.h"
#include "search/index.h"
#include "search/names.h"
#include "search/question.h"

struct phrases; // the data, read and sorted; immutable

// Lies in the arena. The data is part of the program: a mistake in it is a CHECK with its line.
struct phrases *phrases_read(struct sb_stemmer *stemmer, struct arena *arena);
// A word that the phrases know in this form (a number, a weekday, noise ...): it isn't mistyped.
bool phrases_know(const struct phrases *phrases, struct sb_stemmer *stemmer, const char *folded);

// The whole words of all phrases, as many as there is room for; returns how many there are.
uint32_t phrases_words(const struct phrases *phrases, const char **ret_words, uint32_t room);
// Some word of the phrases begins so («круж», «суб»): an unfinished one may become it.
bool phrases_begun(const struct phrases *phrases, const char *folded);

struct understanding {
    const struct phrases *phrases;
    const struct search_index *index;
    const struct names *known;
    struct sb_stemmer *stemmer;
    int32_t today;                              // for «завтра»
    struct name_choice *names[NAME_KIND_COUNT]; // filled; cleared before by the caller
};

// Sets roles, `another`, understood and meanings of the question. Deterministic, no allocation,
// linear in the words (a few microseconds).
void understand(const struct understanding *understanding, struct question *question);
