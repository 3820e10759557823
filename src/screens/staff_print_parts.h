// The composer's list, which its picker (staff_add.c) changes; nobody else includes this.
#pragma once

#include "screens/staff_print.h"

// Place of the program in the list, or its row_count.
uint32_t print_row_find(const struct staff_print_state *state, const char *program_id);
// false when the list is full.
bool print_row_add(struct staff_print_state *state, const char *program_id);
void print_row_remove(struct staff_print_state *state, uint32_t place);
bool print_row_printed(const struct print_row *row, const struct snapshot *catalog,
                       const struct clock *clock, bool with_places);
// The organization that the terminal stands in, as an ordinal, or SNAPSHOT_NONE.
uint32_t print_organization_here(const struct snapshot *catalog, const struct config *config);
// Order and preview follow the list.
void print_compose(struct turn *turn);
// Of each line of the list: large text has ages and seats below the name.
int print_row_height(const struct pen *pen);
// The line of the program with this ordinal, and its check box.
void print_draw_row(const struct scene *scene, struct rect box, uint32_t at, bool checked,
                    uint16_t action, uint32_t value);

// staff_print_foot_view.c: copies and the actions beside them; the main one below where it needs
// the width. Returns the height (struct layout_part).
enum { PRINT_FOOT_H = 112, PRINT_STEP_W = 112 };
struct print_foot {
    const struct scene *scene;
    struct rect box;
};
int print_draw_foot(const void *context, int top);
// Why a job would wait. Returns its height.
int print_draw_note(const struct scene *scene, int x, int bottom, int width);
