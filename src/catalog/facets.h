// What the filters of search ask about, one small row per group, and the counting of facets.
//
// Age, weekday, municipality and places must be met by one and the same group: a club for
// seven-year -olds on Tuesday with another group on Saturday for teenagers is no Saturday club for
// a child of seven. A program without groups answers by its own ages.
#pragma once

#include "base/arena.h"
#include "catalog/search.h"
#include "catalog/snapshot.h"

#include <stdbool.h>
#include <stdint.h>

struct facet_group {
    int16_t age_min_months; // 0 when unknown
    int16_t age_max_months; // INT16_MAX when unknown
    uint32_t years;         // bit y: a child of exactly y years fits
    uint32_t municipality;  // of its address, else of its organization; or SNAPSHOT_NONE
    uint32_t group;         // ordinal, or SNAPSHOT_NONE for a program without groups
    uint8_t weekdays;       // bits 1..7
};

struct facet_document {
    uint32_t organization;
    uint32_t group_first; // the next document's is the end
    uint8_t direction;
    uint8_t payment;
};

struct facets {
    struct facet_document *documents; // one more than there are, for the end
    struct facet_group *groups;
    uint32_t document_count;
    uint32_t group_count;
};

void facets_build(const struct snapshot *snapshot, const uint32_t *programs, struct arena *arena,
                  struct facets *ret_facets);

// Whether each group can be joined on that day. Seat numbers age by whole days here.
void facets_find_joinable(const struct snapshot *snapshot, const struct facets *facets,
                          int32_t today, bool *ret_joinable);

enum { DOCUMENT_FITS = 1, DOCUMENT_JOINABLE = 2 };

// In: documents that match the words are nonzero. Out: DOCUMENT_FITS if the filters let it pass,
// with DOCUMENT_JOINABLE if one of the groups that fit can be joined. Adds total and counts to
// ret_result.
void facets_apply(const struct snapshot *snapshot, const struct facets *facets,
                  const struct search_filters *filters, const bool *joinable, uint8_t *documents,
                  struct search_result *ret_result);
