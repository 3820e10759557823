// Crawls a region of the PFDO portal into what the hub keeps of it (hub/store_portal.h).
//
// Lists have no total and shift while they are read. So a municipality's list is read in passes: a
// pass ends after PFDO_END_PAGES pages without anything new. The list is believed when its first
// pass finds exactly what was known, or a later one exactly what all passes found, nothing twice.
// One that never comes to rest is believed when a pass brings nothing new and misses little. Only a
// list that is believed lets programs go: those that no pass found. Each program's own page is
// asked for when its entry in the list changed, or when it grew old; with its ETag, where the
// portal gave one.
//
// All that came is kept at once: whatever ends a crawl, the next one goes on.
#pragma once

#include "hub/fetch.h"
#include "hub/pfdo_config_json.h"
#include "hub/store.h"

enum {
    PFDO_PER_PAGE = 100, // the largest page that the portal's own site asks for
    PFDO_END_PAGES = 2,
    PFDO_PASSES_MAX = 8,
    PFDO_RESTLESS_PASSES = 4, // from here on a list is one that never comes to rest
    PFDO_MISSED_OF = 10,      // then a pass may miss one of so many
    PFDO_PAGES_MAX = 1000,    // of one pass
    PFDO_PLACES_MAX = 1000,   // municipalities
    // Half of a municipality doesn't close overnight: a list that has lost more is not believed,
    // unless it had fewer than that many.
    PFDO_FEW = 10,
};

struct pfdo_crawl {
    struct http *http;
    struct store *store;
    const struct pfdo_config *config;
    const char *source;
    int64_t now_s;
    bool allow_losses;
    // what it tells
    struct fetch_counts counts;
    uint32_t places;     // municipalities
    uint32_t incomplete; // of them, those whose list isn't believed: nothing of them was dropped
    uint32_t fetched;    // programs' own pages
    uint32_t failed;     // of them, those that gave no answer: what was known stays
    uint32_t vanished;
};

// False, with one line on standard error, when portal or database ended it.
bool pfdo_crawl(struct pfdo_crawl *crawl);
