// The selection worked out: what selection*.c share; nobody else includes this. All pure.
#pragma once

#include "catalog/clash.h"
#include "screens/selection.h"

struct selection_item {
    const struct snapshot_program *program; // NULL: gone from the catalogue
    const struct snapshot_group *chosen;    // or NULL
    const struct snapshot_group *shown;     // the chosen one, else the one a card speaks of
    struct share share;                     // after those before it have taken theirs
    bool clashes;                           // overlaps with another chosen group
};

// Kopecks of one payment, by what it is for. A month and a course are never added up.
struct selection_sum {
    int64_t kopecks[PRICE_PERIOD_COUNT];
};

struct selection_plan {
    struct selection_item items[VISIT_SELECTION_MAX];
    uint32_t count;
    uint32_t alive; // in the catalogue

    uint32_t unchosen;    // with groups to choose from, and none chosen
    bool hours_known;     // of two or more, all: then no clash is a promise
    uint32_t clash_count; // pairs
    struct clash worst;
    uint32_t worst_pair[2];
    const struct snapshot_group *way_out; // without overlap, of the item way_out_place; or NULL
    uint32_t way_out_place;

    struct certificate_rest rest; // before anything is taken
    struct selection_sum parents; // what the family pays
    struct selection_sum paid;    // what a checked certificate pays
    struct selection_sum may;     // part of `parents` that a certificate may pay; none was checked
    int64_t counted;              // programs of a certificate that counts programs
    uint32_t by_hours;            // programs that a certificate in hours pays
    uint32_t unknown;             // programs whose price isn't told
};

void selection_plan(const struct visit *visit, const struct snapshot *catalog,
                    const struct clock *clock, struct selection_plan *ret_plan);

// selection_column_view.c: one kept program
enum { SELECTION_TABLE_H = 828 };
void selection_draw_column(const struct scene *scene, const struct selection_plan *plan,
                           uint32_t place, struct rect box);
void selection_draw_card(const struct scene *scene, const struct selection_plan *plan,
                         uint32_t place, struct rect box);
int selection_card_height(const struct scene *scene, const struct selection_plan *plan,
                          uint32_t place, int width);
// A block that can be pressed; returns where it stands now.
struct rect selection_draw_key(const struct pen *pen, struct rect box, enum color fill,
                               unsigned action, uint32_t value, const char *label);

// selection_summary_view.c: each draws at the top of its box and returns where it ends.
int selection_draw_cost(const struct scene *scene, const struct selection_plan *plan,
                        struct rect box);
int selection_draw_clash(const struct scene *scene, const struct selection_plan *plan,
                         struct rect box);
// One code for all: what it is, and its buttons.
int selection_draw_take_words(const struct scene *scene, const struct selection_plan *plan,
                              struct rect box);
int selection_draw_take_buttons(const struct scene *scene, const struct selection_plan *plan,
                                struct rect box);
void selection_draw_take_ground(const struct scene *scene, struct rect box);
// All of it, filling the box, where its words fit.
void selection_draw_take(const struct scene *scene, const struct selection_plan *plan,
                         struct rect box);
bool selection_take_fits(const struct scene *scene, const struct selection_plan *plan,
                         struct rect box);
void selection_draw_empty(const struct scene *scene);
