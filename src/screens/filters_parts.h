// Parts of the filter sheet that filters*.c share, and the picker (wizard_view.c) asks; nobody else
// includes this.
#pragma once

#include "screens/screen.h"
#include "wording/format.h"

enum { FILTERS_OPTIONS_MAX = 8 };

// One choice of a facet. Its index: the direction, weekday 1..7, day part, bit of payment, place
// among search_prices_rubles or search_distances_m (beyond the last: everywhere), enum study_form,
// enum level, place among the result's options; else 0.
struct filter_choice {
    enum search_facet facet;
    uint32_t index;
};

static inline uint32_t filter_value(enum search_facet facet, uint32_t index)
{
    return (uint32_t)facet << 8 | index;
}

// Programs this choice would leave; false when that isn't known.
bool filter_count(const struct search_state *state, struct filter_choice choice,
                  uint32_t *ret_count);
bool filter_chosen(const struct snapshot *catalog, const struct searcher *searcher,
                   const struct search_state *state, struct filter_choice choice);
// Where the slider stands.
uint32_t filter_age_step(const struct search_state *state);

enum section_kind {
    SECTION_AGE,
    SECTION_DAYS,
    SECTION_PARTS,
    SECTION_PAYMENT,
    SECTION_WHERE,
    SECTION_FORM,
    SECTION_SWITCHES, // the second column of a lying screen begins here
    SECTION_DIRECTION,
    SECTION_ACTIVITY,
    SECTION_PRICE,
    SECTION_LEVEL,
    SECTION_ORGANIZATION,
    SECTION_MUNICIPALITY,
    SECTION_SUMMER,
    SECTION_COUNT
};

// A grid of choices of one facet.
struct section {
    enum search_facet facet;
    unsigned cell_count;
    unsigned columns;
    bool wide; // the count beside the label, which may take two lines
    struct {
        uint32_t index;
        char label[FORMAT_BYTES];
    } cells[FILTERS_OPTIONS_MAX];
};

// The heading of a section, with what is chosen at the right or below. Returns where its choices
// begin.
int filters_draw_title(const struct scene *scene, struct rect column, int y, enum word title,
                       uint32_t facets);
// The section of the age. Returns where it ends.
int filters_draw_age(const struct scene *scene, struct rect column, int y);
void filters_fill_section(const struct scene *scene, enum section_kind kind, struct section *ret);
