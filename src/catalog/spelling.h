// The nearest word of the catalogue for one that isn't in it: Damerau-Levenshtein distance (optimal
// string alignment) over the sorted vocabulary, whose shared beginnings are computed once.
#pragma once

#include "catalog/index.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// 0 to 3 letters: none; to 5: one; to 9: two; longer: three («робатехника» is three away). A word
// with a digit isn't corrected. With `typing` the word may be the beginning of a longer one.
// Nearness and weight in the catalogue decide together, then the alphabet. Returns a form or
// SNAPSHOT_NONE.
uint32_t spelling_nearest(const struct search_index *index, const char *word, size_t length,
                          bool typing);
