// Search requests and answers as JSON, one a line (CONTRACT.md, navigatorctl search).
//
// In: plain text, or {"query", "age_years", "complete", "exact", "limit", "filters":{...}}. Keys of
// the filters are those of the facets: direction (ЕАИС codes), activity, age_years, weekdays
// (1..7), day_parts (morning, noon, afternoon, evening), payment (free, certificate, paid),
// price_max (roubles a month), with_places, distance_max_m, municipality (id), ovz, form, level,
// summer, organization (id). One value or a list. Out:
// {"query","corrected","understood","total","facets","relaxed","suggestions","results", "took_us"};
// understood also names teacher, street, organization and municipality by words.
#pragma once

#include "search/search.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SEARCH_LINE_BYTES = 16 * 1024, SEARCH_LINE_ERROR_BYTES = 160 };

struct search_line {
    char query[SEARCH_QUERY_BYTES];
    char organization[RECORD_ID_BYTES];
    char municipality[RECORD_ID_BYTES];
    char activity[RECORD_TITLE_BYTES];
    struct search_filters filters; // its ids point into this struct
    bool complete;
    bool exact;
    uint32_t limit;
};

// Plain text fails only when it isn't UTF-8. The struct must not move afterwards.
bool search_line_read(const char *line, uint32_t limit, struct search_line *ret_line,
                      char ret_error[static SEARCH_LINE_ERROR_BYTES]);

// Prints one answer; `why` (one reason a line) is called for each hit unless NULL.
struct search_answer {
    const struct searcher *searcher;
    const struct snapshot *snapshot;
    const struct search_line *line;
    const struct search_result *result;
    int64_t took_us;
    const char *(*why)(void *context, uint32_t program);
    void *context;
};

void search_line_answer(const struct search_answer *answer);
void search_line_refuse(const char *error); // {"error":"..."}

const char *search_facet_name(enum search_facet facet); // as in the facets; "words"
extern const char *const day_part_words[DAY_PART_COUNT];
