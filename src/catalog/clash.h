// Whether two groups can be attended by one child, and another group where they can't.
//
// Pure rules over timetables. Two lessons meet when they fall on one weekday, in weeks that occur
// together (odd and even ones don't), and share a minute. A time that isn't told is never said to
// clash; a lesson whose end isn't told holds the minute it begins in. Groups whose terms don't
// overlap can't meet. Times are minutes since midnight; a lesson doesn't run over it.
#pragma once

#include "catalog/snapshot.h"

enum { CLASH_TRAVEL_MIN = 30 }; // less than this between two addresses is told

enum clash_kind {
    CLASH_NONE,
    CLASH_TRAVEL, // no shared minute, but little time for the way between two known addresses
    CLASH_OVERLAP,
};

struct clash {
    enum clash_kind kind;
    uint8_t weekday; // the first of the week on which it happens; 0 with CLASH_NONE
    int16_t gap_min; // only with CLASH_TRAVEL: the shortest on that day
};

// The worst that happens between the two. Symmetric.
struct clash group_clash(const struct group *a, const struct group *b);

// Another group of the same program as chosen[place] that can be joined and overlaps with no other
// of the chosen groups (NULL ones are not chosen yet); rather one with places known and without a
// hurry. NULL when there is none. today and now_s as for group_seats.
const struct snapshot_group *clash_way_out(const struct snapshot *catalog,
                                           const struct snapshot_group *const *chosen,
                                           uint32_t count, uint32_t place, int32_t today,
                                           int64_t now_s);
