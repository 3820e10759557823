// What the words of a question ask the index: units, each with the ways a program can meet it.
#pragma once

#include "search/question.h"
#include "search/thesaurus.h"
#include "search/weights.h"

#include <stdbool.h>
#include <stdint.h>

enum { QUERY_TERMS_MAX = 384, QUERY_UNITS_MAX = SEARCH_WORDS_MAX };

// One way to meet a unit: words that stand together, or a direction. The factors say how much it
// counts in title and activity, in the other names, in the description; 0 is not at all.
struct query_term {
    struct form_range forms[TERM_WORDS_MAX];
    uint8_t word_count; // 0: the direction
    enum direction direction;
    float about;
    float who;
    float text;
    bool topic;       // of a topic: then a street of that name is no answer
    uint32_t concept; // it comes from, or SNAPSHOT_NONE: the words themselves
};

// A word of the question, or several that together ask one thing.
struct query_unit {
    uint8_t word_first;
    uint8_t word_last; // inclusive
    bool needed;       // ROLE_ABOUT; else welcome
    bool refused;      // programs that meet it are out
    bool another;      // begins another wish
    bool topic;        // a concept is asked by it
    bool wish;         // only concepts that no program names itself by
    struct word word;  // the first
    bool plain;        // one of its words tells by itself what it is about
    uint16_t term_first;
    uint16_t term_count;
    uint32_t size; // postings to read
};

struct query {
    struct query_unit units[QUERY_UNITS_MAX];
    uint32_t unit_count;
    uint32_t needed_count;
    uint32_t word_count; // of the question, noise and all
    struct query_term terms[QUERY_TERMS_MAX];
    uint32_t term_count;
};

struct query_sources {
    const struct search_index *index;
    const struct thesaurus *thesaurus;
    const struct weights *weights;
    struct sb_stemmer *stemmer;
    const char *endings; // of verbs and adverbs, a line each
    bool go_on;          // short words that are known may go on: «лук» as «лукошко»
};

void query_build(const struct query_sources *sources, const struct question *question,
                 struct query *ret_query);
// Whether the catalogue or the thesaurus knows the word, or one that it begins.
bool query_knows(const struct query_sources *sources, const struct question *question, uint32_t at);
// A word that by its ending only tells how something is done or said.
bool query_is_how(const struct query_sources *sources, const struct word *word);
