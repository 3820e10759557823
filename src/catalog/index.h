// The inverted index of a snapshot: sorted vocabulary, stems, postings, titles.
//
// Lies in the snapshot's arena and never changes. Its documents are the programs in the order of
// their titles, so results of equal score come out in title order by themselves. All lists are
// arrays with an array of first places beside them (n + 1 entries).
#pragma once

#include "base/arena.h"
#include "catalog/facets.h"
#include "catalog/snapshot.h"

#include <stdint.h>

enum {
    POSTING_WEIGHT_BITS = 12, // the rest is the document
    POSTING_WEIGHT_MAX = (1 << POSTING_WEIGHT_BITS) - 1,
    POSTING_WEIGHT_ONE = 32, // the weight of a word that stands once in a usual description
};

// A word of a title, for the highlight: bytes of the title as it is written.
struct title_word {
    uint32_t form;
    uint16_t from;
    uint16_t to;
};

struct search_index {
    uint32_t document_count;
    uint32_t *programs;  // by document: ordinal in the snapshot
    const char **titles; // by document: folded words with single spaces; ascending
    uint32_t *browse;    // documents by rating (best first, unknown last), then title
    struct facets facets;

    uint32_t form_count;
    const char **forms;      // every folded word of the catalogue; ascending
    uint32_t *form_stems;    // by form
    uint32_t *posting_first; // by form
    uint32_t *postings;      // document << POSTING_WEIGHT_BITS | weight, by document

    uint32_t stem_count;
    const char **stems; // ascending
    uint32_t *stem_form_first;
    uint32_t *stem_forms; // forms of a stem, ascending

    uint32_t *title_word_first; // by document
    struct title_word *title_words;
};

_Static_assert(SNAPSHOT_PROGRAMS_MAX < 1 << (32 - POSTING_WEIGHT_BITS), "documents fit postings");

struct search_index *search_index_build(const struct snapshot *snapshot, struct arena *arena);

// Where in an ascending list of texts those beginning with `prefix` stand: [first, last).
void index_prefix_range(const char *const *texts, uint32_t count, const char *prefix,
                        uint32_t *ret_first, uint32_t *ret_last);
// The place of exactly this text, or SNAPSHOT_NONE.
uint32_t index_find(const char *const *texts, uint32_t count, const char *text);
