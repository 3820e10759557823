// The sheet «Уточнить поиск» (mockup 03) over the search: every filter with what it would leave.
//
// What the words say stands there as chosen; a touch makes it the hand's choice. The search runs
// again with each touch, so the counts and the main button are always true.
#pragma once

#include "screens/screen.h"

enum {
    FILTERS_AGE_FIRST = 5, // years
    FILTERS_AGE_LAST = 18,
    FILTERS_STEPS = FILTERS_AGE_LAST - FILTERS_AGE_FIRST + 2, // of the slider; step 0 is any age
};

void filters_view(const struct scene *scene);
// Of its buttons, with what stands around them: a toast keeps above.
int filters_footer_height(const struct scene *scene);
void filters_act(struct turn *turn, const struct tap *tap);
// The slider's step for a finger at x within its box.
uint32_t filters_step_at(struct rect box, int x);
