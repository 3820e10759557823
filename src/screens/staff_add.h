// Programs for the composer: by words, by direction, by organization, one by one or all found.
//
// Its words and filters are those of the search (struct search_state), begun anew.
#pragma once

#include "screens/screen.h"

void staff_add_open(struct turn *turn);
void staff_add_view(const struct scene *scene);
void staff_add_act(struct turn *turn, const struct tap *tap);
