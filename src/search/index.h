// The inverted index of a snapshot: vocabulary, postings, titles. Immutable once built.
//
// Documents are the programs in the order of their titles, so results of equal score come out in
// title order by themselves. Lists are arrays with an array of first places beside them (n + 1
// entries). A form is a folded word of the catalogue; forms of one stem belong together.
//
// Two kinds of postings, 32 bits each, ascending by document within a form. Names (titles,
// activities, organizations, teachers, addresses) are what a club is called by; texts are the
// descriptions, and are left out while a word has one or two letters.
#pragma once

#include "base/arena.h"
#include "catalog/snapshot.h"

#include <stdbool.h>
#include <stdint.h>

enum name_field {
    FIELD_TITLE,
    FIELD_ACTIVITY,
    FIELD_ORGANIZATION,
    FIELD_TEACHER,
    FIELD_ADDRESS,
    FIELD_COUNT
};

enum {
    POSTING_DOCUMENT_BITS = 19,
    // name posting: document | title length class | title place | fields
    POSTING_PLACE_BITS = 4, // of the title's word, from 1; 0: not in the title, 15: further
    POSTING_LENGTH_BITS = 4,
    POSTING_PLACE_SHIFT = FIELD_COUNT,
    POSTING_LENGTH_SHIFT = POSTING_PLACE_SHIFT + POSTING_PLACE_BITS,
    POSTING_DOCUMENT_SHIFT = POSTING_LENGTH_SHIFT + POSTING_LENGTH_BITS,
    // text posting: document | length class of the description | first place | times - 1
    TEXT_TIMES_BITS = 2,
    TEXT_PLACE_BITS = 8, // in words / 2
    TEXT_LENGTH_BITS = 3,
    TEXT_PLACE_SHIFT = TEXT_TIMES_BITS,
    TEXT_LENGTH_SHIFT = TEXT_PLACE_SHIFT + TEXT_PLACE_BITS,
};
_Static_assert(POSTING_DOCUMENT_SHIFT + POSTING_DOCUMENT_BITS == 32, "name postings fill 32 bits");
_Static_assert(TEXT_LENGTH_SHIFT + TEXT_LENGTH_BITS == POSTING_DOCUMENT_SHIFT, "texts, too");
_Static_assert(SNAPSHOT_PROGRAMS_MAX <= 1 << POSTING_DOCUMENT_BITS, "documents fit postings");

// The fields that tell what a program is about.
enum { INDEX_ABOUT_FIELDS = 1 << FIELD_TITLE | 1 << FIELD_ACTIVITY };

// A word of a title, for the highlight: bytes of the title as it is written.
struct title_word {
    uint32_t form;
    uint16_t from;
    uint16_t to;
};

struct search_index {
    const struct snapshot *snapshot;
    uint32_t document_count;
    uint32_t *programs;    // by document: ordinal in the snapshot
    uint8_t *directions;   // by document: enum direction
    const char **titles;   // by document: folded words with single spaces; ascending
    uint32_t *title_first; // by document, into title_words
    struct title_word *title_words;

    uint32_t form_count;
    const char **forms;   // ascending
    uint32_t *form_stems; // by form
    uint32_t *name_first; // by form
    uint32_t *name_postings;
    uint32_t *text_first; // by form
    uint32_t *text_postings;
    uint32_t *form_named; // by form: programs with it in title or activity

    uint32_t stem_count;
    const char **stems; // ascending
    uint32_t *stem_form_first;
    uint32_t *stem_forms; // forms of a stem, ascending
};

// `words` (folded) are known besides the catalogue's own: they get forms without postings.
struct search_index *search_index_build(const struct snapshot *snapshot, const char *const *words,
                                        uint32_t word_count, struct arena *arena);

// Where in an ascending list of texts those beginning with `prefix` stand: [first, last).
void index_prefix_range(const char *const *texts, uint32_t count, const char *prefix,
                        uint32_t *ret_first, uint32_t *ret_last);
// The place of exactly this text, or SNAPSHOT_NONE.
uint32_t index_find(const char *const *texts, uint32_t count, const char *text);
// Forms of the vocabulary: all from first to last (one past), or, of_stem, those at these places of
// stem_forms.
struct form_range {
    uint32_t first;
    uint32_t last;
    bool of_stem;
};

// Empty when no form has this stem.
struct form_range index_stem_range(const struct search_index *index, const char *stem);
// How many programs have a form of this stem in title or activity (an upper bound); 0 if none.
uint32_t index_stem_named(const struct search_index *index, const char *stem);
// The least number of words of a description in this length class.
unsigned index_text_words(unsigned class);
