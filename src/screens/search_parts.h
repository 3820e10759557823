// Parts of the search screen that search_view.c and search.c share; nobody else includes this.
#pragma once

#include "screens/screen.h"

enum { CARD_GAP = 28, SEARCH_RESULTS_W = 864 }; // the column of results in landscape

// Width of the list and height of a card's face in it; the scene's pen needs no frame.
int search_list_width(bool landscape, int screen_width);
int search_card_height(const struct scene *scene, uint32_t place, int width);
// Values of ACTION_CHIP beyond facets: what the row offers while its facet is free.
enum search_offer {
    OFFER_PLACES = FACET_COUNT,
    OFFER_FREE,
    OFFER_CERTIFICATE,
    OFFER_END,
};
// What a touch on a suggestion asks for.
struct suggestion {
    char text[SEARCH_SUGGESTION_BYTES];
    enum picture icon; // of a teacher, an organization; else PICTURE_NONE
};
// The suggestion at this place: to check the certificate whose number was typed; completions; the
// correction; or, when there is nothing to go by, what is often searched, here and everywhere.
// false beyond the last.
bool search_suggestion(const struct words *words, const struct popular *popular,
                       const struct search_state *state, uint32_t place,
                       struct suggestion *ret_suggestion);
// No words typed yet, or none that the catalogue knows.
bool search_offers_popular(const struct search_state *state);
// Cards say why they fit: the picker asked for something.
bool search_tells_reasons(const struct search_state *state);
// «7 лет · суббота утром · бесплатно»: how a program and its group (or NULL) meet what was asked,
// as far as one line has room.
void search_reason(const struct scene *scene, const struct program *program,
                   const struct group *group, const char *distance, int room, char *ret_text,
                   size_t capacity);
// One result card at box (its face).
void search_draw_card(const struct scene *scene, struct rect box, uint32_t place);
// The ways out of an empty result within box: a page with its drawing (11a), or, beside the
// keyboard, words alone.
void search_draw_none(const struct scene *scene, struct rect box, bool page);
