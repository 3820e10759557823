// A question as the phrases see it: «5-летней» and «2000р» in their parts, numbers read.
//
// Tokens point into the question, which must stay.
#pragma once

#include "search/question.h"
#include "search/understand.h"

enum { TOKEN_RANGES_MAX = 12 };

enum { TOKENS_MAX = SEARCH_WORDS_MAX * 2, NUMBER_NONE = -1, NUMBER_ONE = 10 };

// What stands between two tokens: a set.
enum gap {
    GAP_BLANK = 1,
    GAP_DASH = 2,
    GAP_COMMA = 4,
    GAP_POINT = 8,
    GAP_COLON = 16,
    GAP_NUMBER = 32, // № or #
    GAP_SLASH = 64,
    GAP_PLUS = 128,
    GAP_OTHER = 256,
};

struct token {
    const char *text; // folded; "" for the digits of a word that goes on
    size_t length;
    char stem[WORD_BYTES];
    char key[WORD_BYTES]; // names.h
    uint32_t word;        // of the question
    uint32_t from;        // bytes of the question
    uint32_t to;
    uint32_t gap;         // before it
    uint32_t digits;      // how many, when it is nothing else
    int32_t number;       // in tenths, or NUMBER_NONE
    uint32_t number_size; // tokens of the number: «2,5» and «5-ти» are two
    int32_t clock_min;    // «17:30», two tokens; or NUMBER_NONE
    struct {
        uint32_t first;
        uint32_t last;
    } ranges[TOKEN_RANGES_MAX]; // the phrases that may begin here (phrases_begin)
    uint32_t range_count;
    int32_t thousands; // «2 000», two tokens, as a whole number; or NUMBER_NONE
};

struct tokens {
    struct token items[TOKENS_MAX];
    uint32_t count;
};

// What of an understanding is needed: its phrases (for numbers in words) and stemmer.
void tokens_make(const struct understanding *with, const struct question *question,
                 struct tokens *ret_tokens);
// All signs between two places of a question.
uint32_t tokens_gap(const struct question *question, uint32_t from, uint32_t to);
