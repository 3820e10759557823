// What filters ask about: one row per program and per group, and the counting of facets.
//
// Ages, days, times, price, places, distance, municipality, teacher and street must be met by one
// and the same group; the rest by the program. Choices that are counted stand as bits of two words,
// one of the group and one of the program, so that a whole catalogue is counted in a pass. Rows are
// immutable; what depends on the day and the place of the terminal lies in facets_live.
#pragma once

#include "base/arena.h"
#include "search/names.h"
#include "search/question.h"
#include "search/thesaurus.h"

#include <stdbool.h>
#include <stdint.h>

// Bits of the group's word.
enum {
    GROUP_WEEKDAY = 0, // 1..7 at GROUP_WEEKDAY + day - 1
    GROUP_DAY_PART = 7,
    GROUP_YEAR = GROUP_DAY_PART + DAY_PART_COUNT,
    GROUP_PRICE = GROUP_YEAR + SEARCH_YEARS,
    GROUP_DISTANCE = GROUP_PRICE + SEARCH_PRICES,
    GROUP_PLACES = GROUP_DISTANCE + SEARCH_DISTANCES,
    GROUP_AGES_KNOWN, // no choice: beside the rest it costs no look at the row
    GROUP_BITS,
};

// Bits of the program's word.
enum {
    PROGRAM_DIRECTION = 0,
    PROGRAM_PAYMENT = PROGRAM_DIRECTION + DIRECTION_COUNT,
    PROGRAM_OVZ = PROGRAM_PAYMENT + 3,
    PROGRAM_OVZ_ANY = PROGRAM_OVZ + 11,
    PROGRAM_FORM = PROGRAM_OVZ_ANY + 1,
    PROGRAM_LEVEL = PROGRAM_FORM + STUDY_FORM_COUNT,
    PROGRAM_SUMMER = PROGRAM_LEVEL + LEVEL_COUNT,
    PROGRAM_BITS,
};

// The minute of the day at which each part begins, and the end of the last.
extern const int16_t facet_part_min[DAY_PART_COUNT + 1];

struct facet_group {
    uint64_t bits;                       // without distance and places
    uint8_t lessons[DAY_PART_COUNT + 1]; // by day part, last: time unknown; bit 1..7 a weekday
    uint8_t days;                        // of all lessons
    int16_t age_min_months;              // 0 when unknown
    int16_t age_max_months;              // INT16_MAX when unknown
    int32_t price_kopecks;               // a month; 0 free; -1 unknown
    uint32_t municipality; // of its address, else of its organization; or SNAPSHOT_NONE
    uint32_t address;      // or SNAPSHOT_NONE
    uint32_t teacher;      // or SNAPSHOT_NONE
    uint32_t group;        // ordinal, or SNAPSHOT_NONE for a program without groups
};

struct facet_program {
    uint32_t bits;
    uint32_t organization; // or SNAPSHOT_NONE
    uint32_t activity;     // or SNAPSHOT_NONE
    uint32_t group_first;  // the next program's is the end
    uint32_t place_first;  // likewise
    uint8_t rating_x10;    // 0 when unknown
};

struct facets {
    const struct snapshot *snapshot;
    uint32_t document_count;
    uint32_t group_count;
    struct facet_program *programs; // by document; one more than there are, for the end
    struct facet_group *groups;
    uint32_t *places; // municipalities of a program's groups, each once
    uint32_t activity_count;
    const char **activities; // ascending
};

void facets_build(const struct snapshot *snapshot, const uint32_t *programs,
                  const struct names *names, struct arena *arena, struct facets *ret_facets);

// Programs that say by their own words what a filter asks: concepts «facet-…» of the thesaurus.
void facets_read_words(struct facets *facets, const struct search_index *index,
                       const struct thesaurus *thesaurus);

// What changes with the day and the terminal's place; belongs to the searcher.
struct facets_live {
    bool known; // for this day and place
    int32_t today;
    double latitude;
    double longitude;
    uint64_t *group_bits;    // by group, with distance and places
    uint64_t *document_bits; // by document: of all its groups
    float *distances_m;      // by group; infinite when unknown
    float *nearest_m;        // by document: of all its groups
};

// false when nothing changed.
bool facets_live_update(const struct facets *facets, int32_t today, double latitude,
                        double longitude, struct facets_live *live);

// Bits of the program's word that are asked: one of them, or all.
struct facet_mask {
    uint32_t bits;
    bool all;
    enum search_facet facet;
};

enum { FACET_MASKS_MAX = 6 };

// The filters of a question, with their ids looked up once.
struct facet_question {
    const struct facets *facets;
    const struct facets_live *live;
    struct search_filters filters;
    const struct name_choice *names[NAME_KIND_COUNT];
    uint32_t organization;
    uint32_t municipality;
    uint32_t activity;
    uint32_t asked; // set of facets that are narrowed
    bool whole;     // none of them is of groups: a program fits with all its groups or not at all
    struct facet_mask masks[FACET_MASKS_MAX];
    uint32_t mask_count;
    uint64_t must; // bits of the group's word, when they are all that is asked; else 0
    bool must_all; // all of them; else one
};

struct facet_question facet_question_make(const struct facets *facets,
                                          const struct facets_live *live,
                                          const struct search_filters *filters,
                                          struct name_choice *const names[NAME_KIND_COUNT]);

// How a document fares: whether it fits, and its first group that does (one that can be joined, if
// any). Counting leaves the group and its age open where a whole program is asked for.
struct facet_answer {
    bool fits;
    bool joinable;
    bool age_stated;
    uint32_t group;   // row, or SNAPSHOT_NONE
    float distance_m; // of the nearest that fits, where nearness counts
};

// Counting scratch; belongs to the searcher.
struct facet_counter;
struct facet_counter *facet_counter_create(const struct facets *facets);
void facet_counter_destroy(struct facet_counter *counter);

// Each document that matches the words, in turn; adds to the counts. A facet counts what passes all
// filters but its own.
void facet_counter_begin(struct facet_counter *counter, const struct facet_question *question);
void facet_counter_add(struct facet_counter *counter, uint32_t document,
                       struct facet_answer *ret_answer);
// The same for many documents at once when nothing is asked: all of them fit.
void facet_counter_add_all(struct facet_counter *counter, const uint32_t *documents,
                           uint32_t count);
// The same without counting.
struct facet_answer facet_answer_of(const struct facet_question *question, uint32_t document);
bool facet_fits(const struct facet_question *question, uint32_t document);
// Adds total and counts to ret_result (the option lists, most programs first).
void facet_counter_end(struct facet_counter *counter, struct search_result *ret_result);
// Documents added that fail only this facet.
uint32_t facet_counter_without(const struct facet_counter *counter, enum search_facet facet);
// What those of them offer instead that stand in a list (NULL: all there are).
uint32_t facet_offers(const struct facet_question *question, enum search_facet facet,
                      const uint32_t *documents, uint32_t count);
