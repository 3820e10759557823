// How many slips of the keyboard lie between two short texts: a letter too many, missing, wrong, or
// two neighbours swapped (optimal string alignment, by characters, whatever their case). For saying
// which name or host was likely meant.
#pragma once

enum { NEAREST_LETTERS_MAX = 64, NEAREST_SLIPS_MAX = 2, NEAREST_FAR = 1000 };

// NEAREST_FAR when a text has more than NEAREST_LETTERS_MAX characters, or their numbers of
// characters differ by more than NEAREST_SLIPS_MAX.
unsigned nearest_edits(const char *a, const char *b);
