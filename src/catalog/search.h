// Search: a pure function over a snapshot. Same query, same order, always.
//
// Runs on the UI thread within a keystroke's frame: no allocation beyond the caller's workspace, no
// clock (today's date comes in the request), no I/O. The last word counts as still being typed
// unless `complete`.
#pragma once

#include "catalog/snapshot.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SEARCH_QUERY_BYTES = 256, // longer text is cut at a whole character
    SEARCH_HITS_MAX = 1000,   // programs listed; `total` counts all
    SEARCH_WORDS_MAX = 16,
    SEARCH_SUGGESTIONS_MAX = 5,
    SEARCH_SUGGESTION_BYTES = 96,
    SEARCH_AGE_ANY = -1,
};

// What a program must fit besides the words. Zeroed except age_months = SEARCH_AGE_ANY: anything.
// Age, weekday, places and municipality must be met by one and the same group, so that a Saturday
// club for teenagers is no Saturday club for a child of seven. A group without ages of its own has
// the program's; a program without groups answers by its ages alone.
struct search_filters {
    uint32_t directions;         // bit per enum direction; 0 is any
    int32_t age_months;          // fits min..max inclusive; unknown ages fit; or SEARCH_AGE_ANY
    uint32_t payment;            // any of these; 0 is any. Unknown payment fits none
    uint32_t weekdays;           // bit 1..7; some group has a slot on one of them; 0 is any
    bool with_places;            // some group can be joined now (catalog/enrollment rules)
    const char *organization_id; // NULL is any
    const char *municipality_id; // NULL is any
};

struct search_request {
    const char *query;
    struct search_filters filters;
    int32_t today; // days since 1970-01-01, local; rules of enrollment windows need it
    bool complete;
};

struct search_hit {
    uint32_t program;
    float score;
    // Byte ranges of the title that matched, for the highlight; first..last+1, at most 4.
    struct {
        uint16_t from;
        uint16_t to;
    } marks[4];
    uint8_t mark_count;
};

struct search_result {
    uint64_t serial; // of the snapshot the ordinals belong to
    uint32_t total;
    uint32_t hit_count;
    struct search_hit hits[SEARCH_HITS_MAX]; // best first
    // Facets: how many programs each choice would leave, given all other filters.
    uint32_t direction_counts[DIRECTION_COUNT];
    uint32_t payment_counts[3]; // free, certificate, paid
    uint32_t weekday_counts[8]; // [1..7]
    uint32_t age_counts[18];    // whole years 0..17
    uint32_t with_places_count;
    char corrected[SEARCH_QUERY_BYTES]; // "" unless the results are for this text instead
    char suggestions[SEARCH_SUGGESTIONS_MAX][SEARCH_SUGGESTION_BYTES];
    uint32_t suggestion_count;
};

// Scratch for one search at a time; sized for the snapshot, made outside the touch path.
struct search_workspace;
struct search_workspace *search_workspace_create(const struct snapshot *snapshot);
void search_workspace_destroy(struct search_workspace *workspace);

// The workspace must have been made for this snapshot.
void search_run(const struct snapshot *snapshot, struct search_workspace *workspace,
                const struct search_request *request, struct search_result *ret_result);
