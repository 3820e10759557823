#include "base/utf8.h"
#include "search/index.h"
#include "search/phrase_places.h"
#include "search/phrases_data.h"

#include <string.h>

enum {
    GOES_ON_BYTES = 10,
    SHORT_GOES_ON_BYTES = 4
}; // of a known word behind its beginning; what is longer is another word

static bool word_is(const struct element *element, const char *text, size_t length,
                    const char *stem)
{
    size_t size = element->length;
    switch (element->kind) {
    case ELEMENT_EXACT:
        return size == length && memcmp(element->text, text, size) == 0;
    case ELEMENT_STEM:
        return strcmp(element->text, stem) == 0;
    case ELEMENT_BEGINNING:
        return length >= size && memcmp(element->text, text, size) == 0;
    case ELEMENT_ENDING:
        return length > size && memcmp(element->text, text + length - size, size) == 0;
    case ELEMENT_PLACE:
        return false;
    }
    return false;
}

static uint32_t match_element(const struct phrases *phrases, const struct element *element,
                              const struct tokens *tokens, uint32_t at, struct capture *capture)
{
    if (at >= tokens->count)
        return 0;
    const struct token *token = &tokens->items[at];
    if (element->after_dash && (token->gap & GAP_DASH) == 0)
        return 0;
    if (element->kind == ELEMENT_PLACE)
        return phrase_place_take(phrases, element->place, tokens, at, capture);
    return token->length > 0 && word_is(element, token->text, token->length, token->stem) ? 1 : 0;
}

// Words that may be missing are taken when they are there, and given back when the rest then fails;
// a phrase has few of them.
static uint32_t match(const struct phrases *phrases, const struct phrase *phrase,
                      const struct tokens *tokens, uint32_t at, struct capture *ret_capture,
                      uint32_t *ret_last)
{
    uint32_t optional = 0;
    for (uint32_t i = 0; i < phrase->element_count; i++)
        optional += phrase->elements[i].optional;
    for (uint32_t without = 0; without < 1U << optional; without++) {
        struct capture capture = {.count = 0};
        uint32_t next = at;
        uint32_t last = at;
        uint32_t seen = 0;
        bool whole = true;
        for (uint32_t i = 0; whole && i < phrase->element_count; i++) {
            const struct element *element = &phrase->elements[i];
            if (element->optional && (without >> seen++ & 1) != 0)
                continue;
            uint32_t size = match_element(phrases, element, tokens, next, &capture);
            whole = size > 0;
            last = next;
            next += size;
        }
        if (whole) {
            *ret_capture = capture;
            *ret_last = last;
            return next - at;
        }
    }
    return 0;
}

struct best {
    const struct phrases *phrases;
    const struct tokens *tokens;
    uint32_t at;
    uint32_t size;
    const struct phrase *phrase;
    struct capture capture;
};

// «сыну 5 класс»: the number at the end of «сыну 5» begins more.
static bool goes_on(const struct best *best, const struct phrase *phrase, uint32_t last,
                    uint32_t size)
{
    const struct phrase *more;
    struct capture capture;
    return last > best->at && phrase->elements[phrase->element_count - 1].kind == ELEMENT_PLACE &&
           last + phrases_longest(best->phrases, best->tokens, last, &more, &capture) >
               best->at + size;
}

static void try_phrase(struct best *best, const struct phrase *phrase)
{
    const struct element *first = phrase->elements;
    const struct token *token = &best->tokens->items[best->at];
    if (first->kind != ELEMENT_PLACE && !word_is(first, token->text, token->length, token->stem))
        return;
    struct capture capture;
    uint32_t last = best->at;
    uint32_t size = match(best->phrases, phrase, best->tokens, best->at, &capture, &last);
    if (size < best->size || size == 0 || (size == best->size && phrase > best->phrase) ||
        goes_on(best, phrase, last, size))
        return;
    best->size = size;
    best->phrase = phrase;
    best->capture = capture;
}

static uint32_t conclude(const struct best *best, const struct phrase **ret_phrase,
                         struct capture *ret_capture)
{
    if (best->size > 0) {
        *ret_phrase = best->phrase;
        *ret_capture = best->capture;
    }
    return best->size;
}

// Where the texts stop being less than this beginning, or stop beginning so.
static uint32_t bound(const struct phrases *phrases, uint32_t low, uint32_t high, const char *text,
                      size_t length, bool behind)
{
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strncmp(phrases->first_texts[middle], text, length);
        if (order < 0 || (behind && order == 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// A phrase's first word is a beginning of the token: its stem, its whole or what is before a star.
void phrases_begin(const struct phrases *phrases, struct token *token)
{
    uint32_t low = phrases->place_count;
    uint32_t high = phrases->first_count;
    const char *end = token->text + token->length;
    token->range_count = 0;
    for (const char *at = token->text; at < end && token->range_count < TOKEN_RANGES_MAX;) {
        utf8_next(&at, end);
        size_t length = (size_t)(at - token->text);
        low = bound(phrases, low, high, token->text, length, false);
        high = bound(phrases, low, high, token->text, length, true);
        if (low == high)
            break;
        uint32_t last = low;
        while (last < high && phrases->first_texts[last][length] == '\0')
            last++;
        if (last == low)
            continue;
        token->ranges[token->range_count].first = low;
        token->ranges[token->range_count++].last = last;
    }
    // «палок» has the stem «палк», which is none of its beginnings.
    size_t length = strlen(token->stem);
    if (strncmp(token->text, token->stem, length) == 0 || token->range_count == TOKEN_RANGES_MAX)
        return;
    low = bound(phrases, phrases->place_count, phrases->first_count, token->stem, length, false);
    uint32_t last = low;
    while (last < phrases->first_count && strcmp(phrases->first_texts[last], token->stem) == 0)
        last++;
    token->ranges[token->range_count].first = low;
    token->ranges[token->range_count].last = last;
    token->range_count += low < last;
}

static void try_beginnings(struct best *best, uint32_t meaning_first, uint32_t meaning_last)
{
    const struct phrases *phrases = best->phrases;
    const struct token *token = &best->tokens->items[best->at];
    for (uint32_t range = 0; range < token->range_count; range++)
        for (uint32_t i = token->ranges[range].first; i < token->ranges[range].last; i++)
            if (phrases->firsts[i] >= meaning_first && phrases->firsts[i] < meaning_last)
                try_phrase(best, &phrases->items[phrases->firsts[i]]);
}

static bool is_day(const struct phrases *phrases, const struct token *token)
{
    const uint32_t *first = &phrases->meaning_first[MEANING_WEEKDAY];
    for (uint32_t range = 0; range < token->range_count; range++)
        for (uint32_t i = token->ranges[range].first; i < token->ranges[range].last; i++)
            if (phrases->firsts[i] >= first[0] && phrases->firsts[i] < first[1])
                return true;
    return false;
}

uint32_t phrases_longest(const struct phrases *phrases, const struct tokens *tokens, uint32_t at,
                         const struct phrase **ret_phrase, struct capture *ret_capture)
{
    struct best best = {.phrases = phrases, .tokens = tokens, .at = at};
    const struct token *token = &tokens->items[at];
    bool place = token->number != NUMBER_NONE || is_day(phrases, token);
    for (uint32_t i = 0; place && i < phrases->place_count; i++)
        try_phrase(&best, &phrases->items[phrases->firsts[i]]);
    try_beginnings(&best, 0, phrases->meaning_first[MEANING_NUMBER]);
    return conclude(&best, ret_phrase, ret_capture);
}

uint32_t phrases_longest_of(const struct phrases *phrases, enum phrase_meaning meaning,
                            const struct tokens *tokens, uint32_t at,
                            const struct phrase **ret_phrase, struct capture *ret_capture)
{
    struct best best = {.phrases = phrases, .tokens = tokens, .at = at};
    uint32_t first = phrases->meaning_first[meaning];
    uint32_t last = phrases->meaning_first[meaning + 1];
    if (at >= tokens->count)
        return 0;
    try_beginnings(&best, first, last);
    bool endings = first < last && phrases->items[first].elements[0].kind == ELEMENT_ENDING;
    for (uint32_t i = first; endings && i < last; i++)
        try_phrase(&best, &phrases->items[i]);
    return conclude(&best, ret_phrase, ret_capture);
}

void phrases_of(const struct phrases *phrases, enum phrase_meaning meaning,
                const struct phrase **ret_first, uint32_t *ret_count)
{
    uint32_t first = phrases->meaning_first[meaning];
    *ret_first = &phrases->items[first];
    *ret_count = phrases->meaning_first[meaning + 1] - first;
}

// «суббот*» goes on in «субботник», «суб*» not in «субота».
static bool goes_on_little(const struct element *element, size_t length)
{
    enum { SHORT_BYTES = 6 };
    size_t own = element->length;
    return length - own <= (own <= SHORT_BYTES ? SHORT_GOES_ON_BYTES : GOES_ON_BYTES);
}

bool phrases_know(const struct phrases *phrases, struct sb_stemmer *stemmer, const char *folded)
{
    char stem[WORD_BYTES];
    size_t length = strlen(folded);
    if (length == 0 || length >= WORD_BYTES)
        return false;
    stemmer_stem(stemmer, folded, length, stem);
    uint32_t i;
    uint32_t last;
    phrases_beginning(phrases->known_texts, phrases->known_count, folded, &i, &last);
    for (; i < last; i++)
        if (word_is(phrases->known[i], folded, length, stem) &&
            goes_on_little(phrases->known[i], length))
            return true;
    char key[WORD_BYTES];
    name_word_key(folded, length, key);
    const struct phrase *phrase;
    uint32_t count;
    phrases_of(phrases, MEANING_SHORT, &phrase, &count);
    for (i = 0; i < count; i++)
        if (strcmp(phrase[i].text, key) == 0)
            return true;
    return false;
}

bool phrases_begun(const struct phrases *phrases, const char *folded)
{
    uint32_t first;
    uint32_t last;
    index_prefix_range(phrases->known_texts, phrases->known_count, folded, &first, &last);
    return first < last;
}
