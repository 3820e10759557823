// What narrows a search: chosen by hand, or understood from the words and neither dropped nor
// changed. All pure; facets come as sets of 1 << enum search_facet.
#pragma once

#include "screens/screen.h"

// Chosen by hand, with the ids, which point into the choice.
struct search_filters search_choice_filters(const struct search_choice *choice);
// Spoken of by the words of the last search.
uint32_t search_choice_said(const struct search_state *state);
// Narrowing the result now.
uint32_t search_choice_active(const struct search_state *state);
// Chosen and understood together; names understood from the words have no place in it.
struct search_filters search_choice_all(const struct search_state *state);
// The name understood for a facet, or "".
const char *search_choice_name(const struct search_state *state, enum search_facet facet);

// Makes what the words say of a facet a choice of the hand, so that it can be changed.
void search_choice_take(struct search_state *state, enum search_facet facet);
// The facet narrows nothing any more.
void search_choice_drop(struct search_state *state, enum search_facet facet);
// The words say these facets anew: what the hand chose before gives way. Tells whether it had.
bool search_choice_yield(struct search_state *state, uint32_t facets);
// Nothing but the words narrows any more.
void search_choice_clear(struct search_state *state);
// What search_take_back brings again; a certificate's number isn't kept.
void search_choice_remember(struct search_state *state);
