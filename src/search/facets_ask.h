// Which filters a program and its groups fail; for facets.c and facets_ask.c only.
#pragma once

#include "search/facets.h"

#define FACET(name) (1u << FACET_##name)

// Among the facets a group fails: giving up the days or the times, each alone would do.
#define FAILS_EITHER FACET(WORDS)

static inline bool facet_name_fails(const struct name_choice *choice, uint32_t ordinal)
{
    return choice->any && (ordinal == SNAPSHOT_NONE || choice->chosen[ordinal] == 0);
}

static inline bool facet_id_fails(const char *id, uint32_t asked, uint32_t ordinal)
{
    return id != NULL && (ordinal == SNAPSHOT_NONE || ordinal != asked);
}

// Sets of facets: what the program itself fails, whatever its groups; what one row of groups fails.
static inline uint32_t facet_program_fails(const struct facet_question *question,
                                           const struct facet_program *row)
{
    uint32_t fails = 0;
    for (uint32_t i = 0; i < question->mask_count; i++) {
        const struct facet_mask *mask = &question->masks[i];
        uint32_t met = row->bits & mask->bits;
        fails |= (mask->all ? met != mask->bits : met == 0) ? 1u << mask->facet : 0;
    }
    if ((question->asked & (FACET(ORGANIZATION) | FACET(ACTIVITY))) == 0)
        return fails;
    const struct search_filters *filters = &question->filters;
    if (facet_id_fails(filters->organization_id, question->organization, row->organization) ||
        facet_name_fails(question->names[NAME_ORGANIZATION], row->organization))
        fails |= FACET(ORGANIZATION);
    if (facet_id_fails(filters->activity, question->activity, row->activity))
        fails |= FACET(ACTIVITY);
    return fails;
}

uint32_t facet_group_fails(const struct facet_question *question, uint32_t row_number);

// Whether a group's word lacks what must be in it; of a program's it says that all its groups do.
static inline bool facet_lacks(const struct facet_question *question, uint64_t bits)
{
    uint64_t met = bits & question->must;
    return question->must_all ? met != question->must : met == 0;
}

// Weekdays (bits 1..7) with a lesson at the times asked; all lessons when no time is.
uint8_t facet_days_at_times(const struct facet_question *question, const struct facet_group *row);
// Day parts with a lesson on the days asked.
uint32_t facet_parts_on_days(const struct facet_question *question, const struct facet_group *row);
