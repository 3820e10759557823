// What a filter says, as on its chip: «7 и 11 лет», «вт, чт», «после 18:00», «до 1 км».
#pragma once

#include "screens/screen.h"

// What narrows the search by this facet, beginning small; false when nothing does.
bool facet_label(const struct scene *scene, enum search_facet facet, char *ret_text,
                 size_t capacity);
// A set of weekdays (bits 1..7): «суббота» alone, «вт, чт», «по будням».
void facet_weekdays(const struct words *words, uint32_t weekdays, char *ret_text, size_t capacity);
// The texts of a '|' word whose bits are set, parted by a word such as « или ».
void facet_choices(const struct words *words, enum word texts, uint32_t bits, enum word between,
                   char *ret_text, size_t capacity);
// The children's ages without «лет»: «9», «7 и 11», «5–7».
void facet_ages(const struct words *words, const struct search_filters *filters, char *ret_text,
                size_t capacity);
// «до 1 км», «здесь».
void facet_distance(const struct words *words, int32_t metres, char *ret_text, size_t capacity);
// The text cut to so many characters, with «…».
void facet_cut(char *text, size_t capacity, unsigned characters);
