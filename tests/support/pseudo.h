// A language that nobody speaks: a real one with every text about 40 % longer, for finding where
// longer words than the drawn ones don't fit.
//
// Each word's letters are doubled now and then, vowels as accented ones; {places}, plural bars and
// line breaks stay. Texts that have a form (months, weekdays, keyboard rows, number marks) stay as
// they are: the list is in pseudo.c.
#pragma once

#include "ui/words.h"

void pseudo_words(const struct words *from, struct words *ret_words);
