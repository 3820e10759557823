// What families say besides a topic, as data: assets/search/phrases/*.txt, where the notation is
// explained. Read once, then matched against the tokens of a question. Immutable.
#pragma once

#include "search/tokens.h"
#include "search/understand.h"

// In the order of the keywords in phrases.c. Of two phrases as long the earlier meaning wins.
enum phrase_meaning {
    MEANING_ABOUT, // stays a topic although its words mean something elsewhere
    MEANING_AGE,   // a child, or a range
    MEANING_CHILDREN,
    MEANING_AGES,
    MEANING_AGES_FROM,
    MEANING_AGES_TO,
    MEANING_BORN,
    MEANING_WEEKDAY,
    MEANING_WEEKDAYS,
    MEANING_DAY_AHEAD,
    MEANING_PART,
    MEANING_BEGINS_FROM,
    MEANING_BEGINS_TO,
    MEANING_BEGINS_AT,
    MEANING_BEGINS_BETWEEN,
    MEANING_PAYMENT,
    MEANING_PRICE,
    MEANING_PLACES,
    MEANING_NEAR,
    MEANING_DISTANCE,
    MEANING_OVZ,
    MEANING_FORM,
    MEANING_LEVEL,
    MEANING_SUMMER,
    MEANING_DIRECTION,
    MEANING_WISH,
    MEANING_THING,  // names programs, so it is welcome: «студия»
    MEANING_REFUSE, // what follows isn't wanted
    MEANING_OR,     // 1: either, 0: both
    MEANING_NOISE,
    MEANING_NUMBER, // from here on: never a phrase of its own, asked for by others
    MEANING_SUFFIX,
    MEANING_TEACHER,
    MEANING_TEACHER_NEAR,
    MEANING_PATRONYMIC,
    MEANING_STREET,
    MEANING_STREET_NEAR,
    MEANING_STREET_CASE,
    MEANING_HOUSE,
    MEANING_SETTLEMENT,
    MEANING_AREA,
    MEANING_INSIDE,
    MEANING_NUMBERED,
    MEANING_INSTITUTION,
    MEANING_INSTITUTION_AT,
    MEANING_GENERIC,
    MEANING_ORDINAL,
    MEANING_KIND,
    MEANING_SHORT,
    MEANING_SAID,
    MEANING_COUNT
};

enum element_kind {
    ELEMENT_EXACT,
    ELEMENT_STEM,
    ELEMENT_BEGINNING,
    ELEMENT_ENDING,
    ELEMENT_PLACE, // a number or a day; `place` tells which
};

struct element {
    const char *word; // whole, as the data writes it; NULL of a beginning, an ending, a place
    const char *text; // folded; of a place: ""
    enum element_kind kind;
    uint32_t length; // of text
    uint32_t place;  // which place
    bool optional;
    bool after_dash;
};

enum { PHRASE_ELEMENTS_MAX = 8, CAPTURES_MAX = 4 };

struct phrase {
    enum phrase_meaning meaning;
    int32_t from; // the value; one number stands in both
    int32_t to;
    const char *text; // of a short: its letters, else ""
    const struct element *elements;
    uint32_t element_count;
};

struct capture {
    int32_t values[CAPTURES_MAX]; // in the unit of the place
    uint32_t count;
};

// Fills the token's ranges.
void phrases_begin(const struct phrases *phrases, struct token *token);
// The tokens at `at` that the longest phrase takes, or 0. Of two as long the earlier meaning, then
// the earlier line.
uint32_t phrases_longest(const struct phrases *phrases, const struct tokens *tokens, uint32_t at,
                         const struct phrase **ret_phrase, struct capture *ret_capture);
// The same among the phrases of one meaning, helpers included.
uint32_t phrases_longest_of(const struct phrases *phrases, enum phrase_meaning meaning,
                            const struct tokens *tokens, uint32_t at,
                            const struct phrase **ret_phrase, struct capture *ret_capture);
// All phrases of one meaning stand together.
void phrases_of(const struct phrases *phrases, enum phrase_meaning meaning,
                const struct phrase **ret_first, uint32_t *ret_count);
