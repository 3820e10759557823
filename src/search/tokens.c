#include "search/tokens.h"

#include "base/utf8.h"
#include "search/phrases.h"

#include <string.h>

static bool is_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

static const struct {
    uint32_t character;
    enum gap gap;
} signs[] = {
    {' ', GAP_BLANK},   {0xA0, GAP_BLANK},  {'-', GAP_DASH},      {0x2010, GAP_DASH},
    {0x2011, GAP_DASH}, {0x2012, GAP_DASH}, {0x2013, GAP_DASH},   {0x2014, GAP_DASH},
    {0x2212, GAP_DASH}, {',', GAP_COMMA},   {';', GAP_COMMA},     {'.', GAP_POINT},
    {':', GAP_COLON},   {'#', GAP_NUMBER},  {0x2116, GAP_NUMBER}, {'/', GAP_SLASH},
    {'+', GAP_PLUS},    {'&', GAP_PLUS},
};

static uint32_t gap_of(uint32_t character)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i].character == character)
            return signs[i].gap;
    return GAP_OTHER;
}

uint32_t tokens_gap(const struct question *question, uint32_t from, uint32_t to)
{
    uint32_t gap = 0;
    const char *end = question->text + to;
    for (const char *at = question->text + from; at < end;)
        gap |= gap_of(utf8_next(&at, end));
    return gap;
}

static void add_token(const struct understanding *with, const struct question *question,
                      uint32_t word, uint32_t skip, struct tokens *tokens)
{
    const struct word *source = &question->words[word].word;
    struct token *token = &tokens->items[tokens->count];
    uint32_t before = tokens->count > 0 ? token[-1].to : 0;
    *token = (struct token){.text = source->text + skip,
                            .length = source->length - skip,
                            .word = word,
                            .from = source->from + skip,
                            .to = source->to,
                            .number = NUMBER_NONE,
                            .clock_min = NUMBER_NONE,
                            .thousands = NUMBER_NONE};
    token->gap = tokens_gap(question, before, token->from);
    stemmer_stem(with->stemmer, token->text, token->length, token->stem);
    name_word_key(token->text, token->length, token->key);
    phrases_begin(with->phrases, token);
    tokens->count++;
}

// «5летней» becomes «5» and «летней»; «3d» stays.
static void split(const struct understanding *with, const struct question *question, uint32_t word,
                  struct tokens *tokens)
{
    const struct word *source = &question->words[word].word;
    uint32_t digits = 0;
    while (is_digit(source->text[digits]))
        digits++;
    add_token(with, question, word, 0, tokens);
    struct token *token = &tokens->items[tokens->count - 1];
    token->digits = digits == source->length ? digits : 0;
    bool folded_as_typed = source->to - source->from == source->length;
    if (digits == 0 || token->digits > 0 || !folded_as_typed || (source->text[digits] & 0x80) == 0)
        return;
    token->text = "";
    token->stem[0] = token->key[0] = '\0';
    token->range_count = 0;
    token->length = 0;
    token->to = token->from + digits;
    token->digits = digits;
    add_token(with, question, word, digits, tokens);
}

static int32_t digits_value(const struct question *question, const struct token *token)
{
    enum { DIGITS_MAX = 6 };
    if (token->digits == 0 || token->digits > DIGITS_MAX)
        return NUMBER_NONE;
    int32_t value = 0;
    for (uint32_t i = 0; i < token->digits; i++)
        value = value * 10 + (question->words[token->word].word.text[i] - '0');
    return value;
}

// «17:00», «17. 00», and «17 00», which isn't 17 and 0.
static bool parts_clock(const struct token *hour, const struct token *minute, int32_t behind)
{
    enum { HALF = 30 };
    uint32_t sign = minute->gap & ~(uint32_t)GAP_BLANK;
    bool even = hour->digits == 2 && (behind == 0 || behind == HALF);
    return sign == GAP_COLON || (sign == GAP_POINT && (minute->gap == sign || behind == 0)) ||
           (sign == 0 && minute->gap == GAP_BLANK && even);
}

// What a number of digits becomes with the token behind it.
static void read_further(const struct question *question, int32_t value, struct token *token)
{
    enum { HOURS = 24, MINUTES = 60, THOUSAND = 1000 };
    const struct token *next = token + 1;
    int32_t behind = digits_value(question, next);
    if (behind == NUMBER_NONE)
        return;
    if (next->digits == 1 && behind == NUMBER_ONE / 2 &&
        (next->gap == GAP_COMMA || next->gap == GAP_POINT)) {
        token->number += behind;
        token->number_size = 2;
    } else if (next->digits == 2 && value < HOURS && behind < MINUTES &&
               parts_clock(token, next, behind)) {
        token->clock_min = value * MINUTES + behind;
    } else if (next->digits == 3 && value > 0 && value < THOUSAND && next->gap == GAP_BLANK) {
        token->thousands = value * THOUSAND + behind;
    }
}

static void read_number(const struct understanding *with, const struct question *question,
                        struct tokens *tokens, uint32_t at)
{
    struct token *token = &tokens->items[at];
    const struct phrase *phrase;
    struct capture capture;
    int32_t value = digits_value(question, token);
    token->number_size = 1;
    if (value != NUMBER_NONE)
        token->number = value * NUMBER_ONE;
    else if (phrases_longest_of(with->phrases, MEANING_NUMBER, tokens, at, &phrase, &capture) > 0)
        token->number = phrase->from;
    if (value == NUMBER_NONE || at + 1 == tokens->count)
        return;
    read_further(question, value, token);
    uint32_t gap = token[1].gap;
    if ((gap == GAP_DASH || gap == 0) &&
        phrases_longest_of(with->phrases, MEANING_SUFFIX, tokens, at + 1, &phrase, &capture) > 0)
        token->number_size = 2;
}

void tokens_make(const struct understanding *with, const struct question *question,
                 struct tokens *ret_tokens)
{
    ret_tokens->count = 0;
    for (uint32_t i = 0; i < question->word_count; i++)
        split(with, question, i, ret_tokens);
    for (uint32_t i = 0; i < ret_tokens->count; i++)
        read_number(with, question, ret_tokens, i);
}
