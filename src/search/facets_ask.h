// Which filters a program and its groups fail; for facets.c and facets_ask.c only.
#pragma once

#include "search/facets.h"

#define FACET(name) (1u << FACET_##name)

// Among the facets a group fails: giving up the days or the times, each alone would do.
#define FAILS_EITHER FACET(WORDS)

// Sets of facets: what the program itself fails, whatever its groups; what one row of groups fails.
uint32_t facet_program_fails(const struct facet_question *question,
                             const struct facet_program *row);
uint32_t facet_group_fails(const struct facet_question *question, uint32_t row_number);
// Weekdays (bits 1..7) with a lesson at the times asked; all lessons when no time is.
uint8_t facet_days_at_times(const struct facet_question *question, const struct facet_group *row);
// Day parts with a lesson on the days asked.
uint32_t facet_parts_on_days(const struct facet_question *question, const struct facet_group *row);
