// The placeholders of phrases: «{a} лет» and the like, each with its own limits and unit.
#pragma once

#include "search/phrases.h"

// false when no place is written so ("{a}").
bool phrase_place_find(const char *piece, size_t length, uint32_t *ret_place);
// The tokens at `at` that it takes, its values appended to the capture; or 0, nothing appended.
uint32_t phrase_place_take(const struct phrases *phrases, uint32_t place,
                           const struct tokens *tokens, uint32_t at, struct capture *capture);
