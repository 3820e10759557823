// Which programs meet a query, and how well: postings to scores (BM25F over the fields, nearness of
// words, the whole title). The scratch belongs to the searcher and is clean between searches.
#pragma once

#include "search/query.h"

#include <stdbool.h>
#include <stdint.h>

// What a document has met so far: one cache line holds four.
struct match_document {
    float weight; // of the unit at hand
    float score;
    uint32_t met;        // set of units, 1 << unit
    uint8_t title_place; // of the unit before
    uint8_t text_place;  // likewise
    uint8_t unit_title_place;
    uint8_t unit_text_place;
};

struct match {
    const struct query_sources *sources;
    struct match_document *documents;
    uint8_t *steps;    // by document, of the words of one term
    uint32_t *stepped; // documents with a step
    uint32_t stepped_count;
    uint32_t *touched; // documents of the unit at hand
    uint32_t touched_count;
    uint32_t *found; // documents that match
    uint32_t found_count;
    float title_weights[1 << (2 + POSTING_LENGTH_BITS)]; // by field bits and title length
    float who_weights[1 << (FIELD_COUNT - 2)];
    float text_weights[1 << (TEXT_TIMES_BITS + TEXT_LENGTH_BITS + 1)]; // times, length, early
};

// sources must outlive it.
void match_init(struct match *match, const struct query_sources *sources);
void match_finish(struct match *match);

// Afterwards found and its documents hold the answer: programs that meet all needed units. If there
// are none: those that meet one of several wishes («рисование или лепка»); of a long question, its
// topics, or most of its words, or most of its topics; or a name that is among the words («ансамбль
// Росинка»). match_clear gives the scratch back.
void match_run(struct match *match, const struct query *query);
// All programs, those first that meet what is welcome.
void match_all(struct match *match, const struct query *query);
void match_clear(struct match *match);

// What a unit does with the documents that meet it: gathers them (needed), adds to those gathered
// (welcome), adds to all (browsed), or takes out of those gathered (refused).
enum match_kind { MATCH_NEEDED, MATCH_WELCOME, MATCH_BROWSED, MATCH_REFUSED };

// One unit of the query; documents must have met all `needed` units before. For answer.c, where
// match_run, match_all and match_clear are.
void match_unit(struct match *match, const struct query *query, uint32_t number, uint32_t needed,
                enum match_kind kind);

// The weight of one posting for a term, as match_run counts it; for explaining.
float match_name_weight(const struct match *match, const struct query_term *term, uint32_t posting);
float match_text_weight(const struct match *match, const struct query_term *term, uint32_t posting);
