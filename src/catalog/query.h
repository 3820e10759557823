// A visitor's words, looked up in the vocabulary of a snapshot.
#pragma once

#include "catalog/analysis.h"
#include "catalog/index.h"
#include "catalog/search.h"

#include <stdbool.h>
#include <stdint.h>

// A word matches the forms of its stem and those in [first, last): itself, or, while it is being
// typed, all that begin with it.
struct query_word {
    struct word word;
    bool typing;
    bool little;   // asked for nothing: «танцы для девочек»
    uint32_t stem; // or SNAPSHOT_NONE
    uint32_t first;
    uint32_t last;
};

struct query {
    struct query_word words[SEARCH_WORDS_MAX];
    uint32_t word_count;
    uint32_t meant_count; // words that aren't little
};

void query_parse(const struct search_index *index, struct sb_stemmer *stemmer, const char *text,
                 bool complete, struct query *ret_query);
// Words that the vocabulary doesn't know are replaced by their nearest. false when all are known or
// one has no near neighbour; then the query stays.
bool query_correct(const struct search_index *index, struct sb_stemmer *stemmer,
                   struct query *query);
// The folded words with single spaces, as titles stand in the index.
void query_text(const struct query *query, char ret_text[static SEARCH_QUERY_BYTES]);
