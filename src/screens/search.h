// Search (mockups 02, l02, 11a): words and what was understood of them, results while typing,
// honest «нет».
#pragma once

#include "screens/screen.h"

// Forgets the search before; the keyboard begins with the language's page.
void search_begin(struct turn *turn);
// Opens the search, with a direction chosen or (DIRECTION_COUNT) with the keyboard.
void search_open(struct turn *turn, enum direction direction);
// Opens the search for what a certificate's rest covers; for free programs without one.
void search_open_for_rest(struct turn *turn, struct certificate_rest rest);
void search_view(const struct scene *scene);
void search_act(struct turn *turn, const struct tap *tap);
// Searches again: words, chips or the catalogue changed.
void search_refresh(struct turn *turn);
// Where each card of the result stands in the list, at the visit's text size.
void search_lay_out(struct turn *turn);
// Programs that these filters find without the words; the result stays, `other` doesn't.
uint32_t search_count(struct turn *turn, const struct search_filters *filters);
// The visitor is done with these words: if nothing was found for them, each third visit that shares
// them tells the centre (popular.h). Costs nothing otherwise.
void search_settle(struct turn *turn);
// How it stood at search_choice_remember; the toast that offers it says what was done.
void search_take_back(struct turn *turn);
void search_offer_back(struct turn *turn, enum word word);
// A character from a hardware keyboard, or '\b'.
void search_type(struct turn *turn, uint32_t character);
// The least height of the field for its hint.
int search_field_height(const struct scene *scene, int width);
// The field, on home (a door) or here.
void search_draw_field(const struct scene *scene, struct rect box, bool door);
// Its keyboard within the panel; standing, the suggestions lie above the keys.
void search_draw_keyboard(const struct scene *scene, struct rect panel, int key_h);
