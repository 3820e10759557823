// The visitor's selection (подборка): up to six programs put aside during this visit.
#pragma once

#include "screens/screen.h"

bool selection_holds(const struct visit *visit, const char *program_id);
bool selection_add(struct visit *visit, const char *program_id); // false when full
void selection_remove(struct visit *visit, const char *program_id);
// Adds or removes and says so, with a way back.
void selection_toggle(struct turn *turn, const char *program_id);
