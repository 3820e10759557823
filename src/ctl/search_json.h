// Search requests and answers as JSON, one a line (CONTRACT.md, navigatorctl search).
//
// In: plain text, or {"query", "age_years", "complete", "limit", "filters":{...}} with the keys of
// the facets: direction (ЕАИС codes), payment (free, certificate, paid), weekdays (1..7),
// age_years, with_places, and organization, municipality (ids). One value or a list.
// Out: {"query","corrected","understood","total","facets","suggestions","results","took_us"}.
#pragma once

#include "catalog/search.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SEARCH_LINE_BYTES = 16 * 1024, SEARCH_LINE_ERROR_BYTES = 160 };

struct search_line {
    char query[SEARCH_QUERY_BYTES];
    char organization[RECORD_ID_BYTES];
    char municipality[RECORD_ID_BYTES];
    struct search_filters filters; // its ids point into this struct
    bool complete;
    uint32_t limit;
};

// Plain text fails only when it isn't UTF-8. The struct must not move afterwards.
bool search_line_read(const char *line, uint32_t limit, struct search_line *ret_line,
                      char ret_error[static SEARCH_LINE_ERROR_BYTES]);
void search_line_answer(const struct snapshot *snapshot, const struct search_line *line,
                        const struct search_result *result, int64_t took_us);
void search_line_refuse(const char *error); // {"error":"..."}
