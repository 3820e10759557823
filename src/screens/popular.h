// What is often searched at this terminal, told without remembering who asked.
//
// A query that led a visit to a program is counted by its hash alone, once a visit; its text enters
// the list only with the third visit that shares it. Only words of the catalogue and the thesaurus
// come here (searcher_is_vocabulary). It lives in the machine's memory, is written nowhere and dies
// with the process. Fixed size; the least used gives way.
//
// What is searched and not found is counted alike, but nothing of it is shown: each third visit
// that shares it makes one anonymous event of it (CONTRACT.md, events).
#pragma once

#include "screens/visit.h"

enum { POPULAR_WATCHED = 64, POPULAR_SHOWN = 5, POPULAR_VISITS = 3 };

struct popular_text {
    uint32_t visits;
    char text[SEARCH_SUGGESTION_BYTES];
};

struct popular_watch {
    uint64_t hash;
    uint32_t visits; // 0 is free
};

struct popular {
    struct popular_watch watched[POPULAR_WATCHED];
    struct popular_watch unfound[POPULAR_WATCHED];
    struct popular_text shown[POPULAR_SHOWN]; // most visits first
    uint32_t shown_count;
};

void popular_count(struct popular *popular, struct visit *visit, const char *text);
// Nothing was found for it; true when this is the third visit that shares it.
bool popular_count_unfound(struct popular *popular, struct visit *visit, const char *text);
