// Parts of the picker that wizard*.c share; nobody else includes this.
#pragma once

#include "screens/screen.h"

enum wizard_question {
    QUESTION_AGE,
    QUESTION_TIME,
    QUESTION_INTEREST,
    QUESTION_PAYMENT,
    QUESTION_COUNT
};

enum wizard_question wizard_question(const struct visit *visit);
// The facet whose answer «любой» the question offers.
enum search_facet wizard_facet(enum wizard_question question);
// This year of age is among the answers; of several children it may be added once more.
bool wizard_age_chosen(const struct search_state *state, int years);
