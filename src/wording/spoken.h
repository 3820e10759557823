// What is written, as it is said (DESIGN.md section 10, Voice): «вт, чт · 16:00–17:30» becomes
// «вторник, четверг, с 16 до 17 часов 30 минут», «8 500 ₽» «8500
// рублей», «8–11 лет» «от 8 до 11 лет».
//
// Pure. What the marks mean is data (words "spoken_…"), as are the names of the days. What isn't
// known stays as it is: a synthesizer reads it somehow.
#pragma once

#include "ui/words.h"

#include <stddef.h>

// Cut at a whole character when it doesn't fit. Line ends and U+00A0 become spaces.
void spoken_text(const struct words *words, const char *text, size_t length, char *ret_spoken,
                 size_t capacity);
// Letter by letter: «K, 7, 4, 2».
void spoken_letters(const char *text, char *ret_spoken, size_t capacity);
