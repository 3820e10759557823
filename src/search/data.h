// The words and numbers of assets/search, put into the program when it is built, so that search is
// one and the same wherever it runs. Each is a NUL-terminated text, all files of a kind in a row.
#pragma once

extern const char search_thesaurus[]; // assets/search/thesaurus/*.txt
extern const char search_phrases[];   // assets/search/phrases/*.txt
extern const char search_weights[];   // assets/search/weights.txt
extern const char search_endings[];   // assets/search/endings.txt
