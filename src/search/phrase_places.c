#include "search/phrase_places.h"

#include <string.h>

enum { HOUR_MIN = 60, NOON_MIN = 12 * HOUR_MIN, SCALE_ONE = 10, YEAR_MONTHS = 12 };

struct place;
typedef uint32_t place_take(const struct phrases *phrases, const struct place *place,
                            const struct tokens *tokens, uint32_t at, int32_t *ret_value);

struct place {
    const char *name;
    place_take *take;
    int32_t least; // in tenths
    int32_t most;
    int32_t scale; // units a whole
    bool whole;
    bool list; // 2..4 of them: «5, 8 и 12»
};

static uint32_t take_number(const struct phrases *phrases, const struct place *place,
                            const struct tokens *tokens, uint32_t at, int32_t *ret_value)
{
    (void)phrases;
    const struct token *token = &tokens->items[at];
    int32_t number = token->number;
    if (number == NUMBER_NONE || number < place->least || number > place->most ||
        (place->whole && number % NUMBER_ONE != 0))
        return 0;
    *ret_value = number * place->scale / NUMBER_ONE;
    return token->number_size;
}

static uint32_t take_money(const struct phrases *phrases, const struct place *place,
                           const struct tokens *tokens, uint32_t at, int32_t *ret_value)
{
    const struct token *token = &tokens->items[at];
    if (token->thousands == NUMBER_NONE)
        return take_number(phrases, place, tokens, at, ret_value);
    *ret_value = token->thousands;
    return 2;
}

static uint32_t take_clock(const struct phrases *phrases, const struct place *place,
                           const struct tokens *tokens, uint32_t at, int32_t *ret_value)
{
    const struct token *token = &tokens->items[at];
    if (token->clock_min == NUMBER_NONE)
        return take_number(phrases, place, tokens, at, ret_value);
    *ret_value = token->clock_min;
    return 2;
}

// «После 5» is at 17:00.
static uint32_t take_hour(const struct phrases *phrases, const struct place *place,
                          const struct tokens *tokens, uint32_t at, int32_t *ret_value)
{
    enum { EARLIEST_MIN = 8 * HOUR_MIN };
    uint32_t size = take_clock(phrases, place, tokens, at, ret_value);
    if (size > 0 && *ret_value < EARLIEST_MIN)
        *ret_value += NOON_MIN;
    return size;
}

static uint32_t take_hour_pm(const struct phrases *phrases, const struct place *place,
                             const struct tokens *tokens, uint32_t at, int32_t *ret_value)
{
    uint32_t size = take_clock(phrases, place, tokens, at, ret_value);
    if (size > 0 && *ret_value < NOON_MIN)
        *ret_value += NOON_MIN;
    return size;
}

static uint32_t take_day(const struct phrases *phrases, const struct place *place,
                         const struct tokens *tokens, uint32_t at, int32_t *ret_value)
{
    (void)place;
    const struct phrase *phrase;
    struct capture capture;
    if (phrases_longest_of(phrases, MEANING_WEEKDAY, tokens, at, &phrase, &capture) != 1 ||
        phrase->from != phrase->to)
        return 0;
    *ret_value = phrase->from;
    return 1;
}

static uint32_t take_exact_clock(const struct phrases *phrases, const struct place *place,
                                 const struct tokens *tokens, uint32_t at, int32_t *ret_value)
{
    bool clock = tokens->items[at].clock_min != NUMBER_NONE;
    return clock ? take_clock(phrases, place, tokens, at, ret_value) : 0;
}

// The numbers in tenths; the notation's head (assets/search/phrases) says what each is for.
static const struct place places[] = {
    {"{n}", take_number, 0, 9990, NUMBER_ONE, false, false},
    {"{a}", take_number, 5, 990, YEAR_MONTHS, false, false},
    {"{as}", take_number, 5, 180, YEAR_MONTHS, false, true},
    {"{k}", take_number, 10, 180, YEAR_MONTHS, false, false},
    {"{s}", take_number, 10, 110, YEAR_MONTHS, false, false},
    {"{y}", take_number, 10, 80, YEAR_MONTHS, false, false},
    {"{c}", take_number, 10, 110, YEAR_MONTHS, true, false},
    {"{months}", take_number, 60, 360, 1, true, false},
    {"{year}", take_number, 19900, 20400, 1, true, false},
    {"{m}", take_money, 500, 9999990, 1, true, false},
    {"{t}", take_hour, 10, 220, HOUR_MIN, true, false},
    {"{h}", take_clock, 120, 220, HOUR_MIN, true, false},
    {"{clock}", take_exact_clock, 0, 0, HOUR_MIN, true, false},
    {"{am}", take_clock, 60, 120, HOUR_MIN, true, false},
    {"{pm}", take_hour_pm, 10, 110, HOUR_MIN, true, false},
    {"{day}", take_day, 0, 0, 1, true, false},
};

bool phrase_place_find(const char *piece, size_t length, uint32_t *ret_place)
{
    for (uint32_t i = 0; i < sizeof places / sizeof *places; i++)
        if (strlen(places[i].name) == length && memcmp(places[i].name, piece, length) == 0) {
            *ret_place = i;
            return true;
        }
    return false;
}

// Between two numbers of a list: a comma, «и», or both; returns the tokens, or -1.
static int32_t separator(const struct phrases *phrases, const struct tokens *tokens, uint32_t at)
{
    if (at >= tokens->count)
        return -1;
    if ((tokens->items[at].gap & (GAP_COMMA | GAP_PLUS)) != 0 &&
        tokens->items[at].number != NUMBER_NONE)
        return 0;
    const struct phrase *phrase;
    struct capture capture;
    bool both = phrases_longest_of(phrases, MEANING_OR, tokens, at, &phrase, &capture) == 1 &&
                phrase->from == 0 && at + 1 < tokens->count;
    return both ? 1 : -1;
}

uint32_t phrase_place_take(const struct phrases *phrases, uint32_t place_at,
                           const struct tokens *tokens, uint32_t at, struct capture *capture)
{
    const struct place *place = &places[place_at];
    uint32_t before = capture->count;
    if (at >= tokens->count || before == CAPTURES_MAX)
        return 0;
    uint32_t size = place->take(phrases, place, tokens, at, &capture->values[before]);
    if (size == 0)
        return 0;
    capture->count++;
    while (place->list && capture->count < CAPTURES_MAX) {
        int32_t between = separator(phrases, tokens, at + size);
        uint32_t next = at + size + (uint32_t)(between > 0 ? between : 0);
        uint32_t more = between < 0 ? 0
                                    : place->take(phrases, place, tokens, next,
                                                  &capture->values[capture->count]);
        if (more == 0)
            break;
        capture->count++;
        size = next + more - at;
    }
    if (place->list && capture->count < before + 2) {
        capture->count = before;
        return 0;
    }
    return size;
}
