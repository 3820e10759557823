// How a question is read before it is asked: as typed if its words are known; else in the other
// alphabet or keyboard layout, then by the nearest spelling. What it says besides its topic is
// understood in the text that comes out.
#pragma once

#include "search/query.h"
#include "search/understand.h"

struct reading {
    const struct query_sources *sources;
    struct understanding understanding;
    struct query *scratch; // for trying a word out
};

// Fills question, and ret_corrected with the text that was read instead ("" if as typed). `exact`
// keeps the words as they are.
void reading_run(const struct reading *reading, const char *text, bool complete, bool exact,
                 struct question *ret_question, char ret_corrected[static SEARCH_QUERY_BYTES]);
