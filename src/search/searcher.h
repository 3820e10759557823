// The parts of a searcher, for search.c, order.c and explain.c only.
#pragma once

#include "search/facets.h"
#include "search/match.h"
#include "search/reading.h"
#include "search/suggest.h"

// Forms that a term asks for; `begun`: only the beginning of the word is typed.
struct asked_forms {
    struct form_range range;
    bool begun;
};

struct searcher {
    const struct snapshot *snapshot;
    struct arena arena; // the index and the words' data
    struct sb_stemmer *stemmer;
    struct weights weights;
    struct thesaurus *thesaurus;
    struct phrases *phrases;
    struct search_index *index;
    struct names names;
    struct facets facets;
    struct facets_live live;
    struct suggest_sources suggesting;
    struct query_sources sources;
    uint32_t *browse;                 // documents as searcher_browse tells them, on that day
    struct search_result *everything; // counts of the whole catalogue on that day
    // scratch of one search
    struct facet_counter *counter;
    struct facet_answer *answers; // by document, of those that fit
    struct name_choice choices[NAME_KIND_COUNT];
    struct question question;
    struct query query;
    struct query tried; // a word tried out while reading
    struct match match;
    struct asked_forms asked_forms[QUERY_TERMS_MAX * TERM_WORDS_MAX]; // for the highlight
    uint32_t asked_forms_count;
    uint32_t *best; // documents of the hits, best first
    uint32_t best_count;
    uint64_t *ranks;   // of the best, while they are looked for
    uint32_t *waiting; // documents that fit and have no places, while browsing
};

// The question, its query and its match for a request; shared by running and explaining.
void searcher_match(struct searcher *searcher, const struct search_request *request,
                    struct search_result *result, struct search_filters *ret_filters);
// Turns the scores of words into the order of answers; documents that fit stand in match.found.
void searcher_order(struct searcher *searcher, const struct facet_question *asked, uint32_t limit);
// Orders all documents for browsing, once a day.
void searcher_order_browsing(struct searcher *searcher);
// The answer to a question without words: counts, total and the best of those that fit.
void searcher_browse(struct searcher *searcher, const struct facet_question *asked, uint32_t limit,
                     struct search_result *result);
// The best in turn of their directions: of those that can be joined, then of the rest. The first
// stays the first, and those of one direction keep their order.
void searcher_mix(struct searcher *searcher, const struct facet_question *asked);
