// Parts of the search screen that search_view.c and search.c share; nobody else includes this.
#pragma once

#include "screens/screen.h"

enum {
    CARD_H = 236,
    CARD_TWO_LINES_H = 282,
    CARD_GAP = 28,
    CARD_COVER_W = 160,
    CARD_CELL = 80,
    CARD_BOOKMARK = 92,
};

// Width of the list and of a title within a card.
int search_list_width(bool landscape, int screen_width);
int search_title_width(int list_width);
// What a chip says; the direction's own name, the balance's amount.
void search_chip_label(const struct words *words, const struct search_state *state,
                       enum search_chip chip, char *ret_text, size_t capacity);
// The suggestion at this place: completions; the correction; or, when there is nothing to go by,
// what is often searched. false beyond the last.
bool search_suggestion(const struct words *words, const struct search_state *state, uint32_t place,
                       char *ret_text, size_t capacity);
// No words typed yet, or none that the catalogue knows.
bool search_offers_popular(const struct search_state *state);
// One result card at box (its face).
void search_draw_card(const struct scene *scene, struct rect box, uint32_t place);
