// From text to the words that search compares: lower case, ё as е, without stress marks; letters
// and digits only, so a hyphen splits. The same for the catalogue and for what a visitor types.
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WORD_BYTES = 64 }; // longer words are cut at a whole character, terminator included

struct word {
    char text[WORD_BYTES]; // folded
    uint32_t length;       // bytes of text
    uint32_t from;         // byte range in the source
    uint32_t to;
    bool joined; // a hyphen alone stands between it and the word before: «лего-конструирование»
};

struct word_reader {
    const char *start;
    const char *at;
    const char *end;
};

struct word_reader word_reader_make(const char *text, size_t length);
bool word_reader_next(struct word_reader *reader, struct word *ret_word);
// Little words that carry no meaning of their own («для», «на»): neither indexed nor asked for.
bool word_is_little(const char *text, size_t length);
// Bytes of the source from `text` on that fold to the first `folded_length` bytes of its word.
size_t word_source_bytes(const char *text, size_t length, size_t folded_length);

// Snowball's Russian stemmer (libstemmer's own type). One thread at a time; stemming doesn't
// allocate.
struct sb_stemmer;
struct sb_stemmer *stemmer_create(void);
void stemmer_destroy(struct sb_stemmer *stemmer); // takes NULL
// It keeps the last word: another takes its place.
void stemmer_forget(struct sb_stemmer *stemmer);
// Never longer than the word.
void stemmer_stem(struct sb_stemmer *stemmer, const char *word, size_t length,
                  char ret_stem[static WORD_BYTES]);
// A text's folded words with single spaces, in the arena; longer ones are cut (RECORD_TITLE_BYTES).
const char *fold_text(const char *text, struct arena *arena);
