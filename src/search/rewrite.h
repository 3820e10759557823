// The same keys or sounds in the other alphabet: «hj,jns» → «роботы», «дупщ» → «lego»,
// «robototehnika» → «робототехника». Pure functions over one chunk of a question (no spaces).
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum { REWRITE_BYTES = 256 };

// Cyrillic to Latin or back by the keys of the ЙЦУКЕН and QWERTY layouts, punctuation that is a
// letter there included. false (and ret untouched) when the chunk has letters of both alphabets, or
// none.
bool rewrite_layout(const char *chunk, size_t length, char ret_text[static REWRITE_BYTES]);
// Latin letters by their usual Russian sounds (all common romanizations: ГОСТ, passports, chats):
// sh ш, shch/sch/w щ, zh/j ж, ch/4 ч, kh/h/x х, ts/c/cz ц, y ы/й, ya/ja я, yu/ju ю, yo/jo е, ' ь.
// What stays ambiguous is left to spelling. false when there is a letter that isn't Latin, or none.
bool rewrite_translit(const char *chunk, size_t length, char ret_text[static REWRITE_BYTES]);
