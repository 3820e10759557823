// What a visitor may mean by what stands in the field so far: words of the catalogue that go on,
// then activities, organizations, teachers and titles that begin with it.
#pragma once

#include "search/facets.h"
#include "search/names.h"
#include "search/query.h"

struct suggest_sources {
    const struct search_index *index;
    const struct names *names;
    const struct facets *facets;
    struct sb_stemmer *stemmer;
    // activities by their folded text, ascending
    const char **folded_activities;
    const uint32_t *activities;
};

void suggest_prepare(struct suggest_sources *sources, struct arena *arena);
// The question's last word must still be typed; else there is nothing to go on. Adds to ret_result.
void suggest(const struct suggest_sources *sources, const struct question *question,
             struct search_result *ret_result);
