// The nearest word of the catalogue for one that isn't in it.
//
// Weighted Damerau-Levenshtein distance (optimal string alignment) over the sorted vocabulary,
// whose shared beginnings are computed once. What Russian spelling confuses is half a step:
// unstressed о/а and и/е/я, voiced and voiceless (б/п, д/т, г/к, ж/ш, з/с, в/ф), тся/ться, щ/сч,
// ц/тс, soft and hard signs, й, doubled letters, ы/и after hushers, е/э; neighbours on the keyboard
// and swapped letters cost less than strangers; another first letter costs more.
#pragma once

#include "search/index.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SPELLING_STEP = 4 }; // costs are in quarters of a step

// What a word of so many letters may cost; 0: none. Up to 3 letters none, then about a step for
// every four letters, so that «керлинг» doesn't become «картинг» but «робатехника» is understood. A
// word with a digit isn't corrected. With `typing` the word may be the beginning of a longer one.
// Nearness and frequency (programs named by it) decide together, then the alphabet. Returns a form
// or SNAPSHOT_NONE; ret_cost gets the distance.
uint32_t spelling_nearest(const struct search_index *index, const char *word, size_t length,
                          bool typing, uint32_t *ret_cost);
