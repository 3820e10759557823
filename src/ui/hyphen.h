// Where a Russian word may be parted when it alone is wider than its line.
//
// The rules of 1956 (перенос по слогам), of them those that need no dictionary: both parts hold a
// vowel, the second begins with a consonant before a vowel, no part is one letter, and ь, ъ, й stay
// with the letter before them. Letters beside Russian ones are parted anywhere. Pure.
#pragma once

#include <stdbool.h>

// Between `at` and the letters before it, within the word that begins at `word`; `end` is the end
// of the text.
bool hyphen_may_stand(const char *word, const char *at, const char *end);
