// The picker «Подобрать по возрасту и времени» (mockups 14a-14d): four questions, a screen each.
//
// Its answers are the search's own choice (visit.search.choice), so the counts on every answer, the
// chips of the result and a way back hold one truth. What isn't answered narrows nothing: any day,
// different things, any payment stand there as chosen.
#pragma once

#include "screens/screen.h"

// Forgets the search before and asks the first question.
void wizard_open(struct turn *turn);
// One of the four questions is on the screen.
bool wizard_shown(const struct visit *visit);
// Back from the result: only what the questions ask narrows on.
void wizard_resume(struct turn *turn);
// What the answers of the question shown would leave, after a search (search_refresh).
void wizard_count(struct turn *turn);
void wizard_view(const struct scene *scene);
void wizard_act(struct turn *turn, const struct tap *tap);
