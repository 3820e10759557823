// The visitor's selection (подборка, mockup 09): up to six programs put aside during this visit.
//
// They are compared side by side, told where their hours clash, what they cost together, and taken
// along by one code (enroll.h). Entries live in struct selection of the visit as ids; what the
// catalogue no longer holds stays in its place and says so.
#pragma once

#include "screens/screen.h"

bool selection_holds(const struct visit *visit, const char *program_id);
// The group chosen for a kept program; "" when there is none.
const char *selection_group(const struct visit *visit, const char *program_id);
// Remembers the group when the program is kept.
void selection_choose(struct visit *visit, const char *program_id, const char *group_id);
// Adds or removes and says so, with a way back.
void selection_toggle(struct turn *turn, const char *program_id);

void selection_open(struct turn *turn);
void selection_view(const struct scene *scene);
void selection_act(struct turn *turn, const struct tap *tap);

// After a new catalogue: a code whose programs are all gone leaves the screen.
void selection_refresh(struct turn *turn);
// What one code for all asks of the navigator. false when nothing kept is in the catalogue.
bool selection_query(const struct turn *turn, struct enrollment_query *ret_query);
// The kept programs of this catalogue with their groups, for paper. Returns their count.
uint32_t selection_items(const struct visit *visit, const struct snapshot *catalog,
                         struct sheet_item ret_items[static VISIT_SELECTION_MAX]);
// The first kept program that is in the catalogue, or SNAPSHOT_NONE.
uint32_t selection_first(const struct visit *visit, const struct snapshot *catalog);
// On the code's screen: how many programs it opens, and which. Returns where it ends.
int selection_draw_subject(const struct scene *scene, int x, int y, int width);
// Where no common code could be had: each program's own.
void selection_codes_view(const struct scene *scene);
void selection_codes_act(struct turn *turn, const struct tap *tap);
