// A program's page (mockups 04, l04): facts, groups with seats, price, text, the way to enroll.
#pragma once

#include "screens/screen.h"

void program_open(struct turn *turn, const char *id);
void program_view(const struct scene *scene);
void program_act(struct turn *turn, const struct tap *tap);
// After a new catalogue: the program, its chosen group, or the notice that it's gone.
void program_refresh(struct turn *turn);
// Forgets the way back to a program's page and its code: another program takes their place.
void program_leave_history(struct visit *visit);
// The program's only group that can be joined, or NULL (DESIGN.md, Programme).
const struct group *program_only_group(const struct turn *turn, const char *id);
// The chosen group in this catalogue, or NULL.
const struct snapshot_group *program_chosen_group(const struct snapshot *catalog,
                                                  const struct program_state *state);
