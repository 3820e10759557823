#include "screens/search.h"

#include "base/check.h"
#include "base/text.h"
#include "base/utf8.h"
#include "screens/format.h"
#include "screens/program.h"
#include "screens/search_parts.h"
#include "screens/selection.h"

#include <string.h>

enum { BUBBLE_MS = 300, LANDSCAPE_RESULTS_W = 864 };

int search_list_width(bool landscape, int screen_width)
{
    return landscape ? LANDSCAPE_RESULTS_W - 80 : screen_width - 96;
}

int search_title_width(int list_width)
{
    return list_width - CARD_COVER_W - 30 - CARD_BOOKMARK - 40;
}

void search_chip_label(const struct words *words, const struct search_state *state,
                       enum search_chip chip, char *ret_text, size_t capacity)
{
    static const enum word plain[SEARCH_CHIP_COUNT] = {
        [SEARCH_CHIP_PLACES] = WORD_SEARCH_PLACES,
        [SEARCH_CHIP_FREE] = WORD_SEARCH_FREE,
        [SEARCH_CHIP_CERTIFICATE] = WORD_SEARCH_CERTIFICATE,
    };
    char amount[FORMAT_BYTES];
    switch (chip) {
    case SEARCH_CHIP_DIRECTION:
        text_copy(ret_text, capacity, format_direction(words, state->direction));
        return;
    case SEARCH_CHIP_BALANCE:
        format_rubles(words, state->balance_kopecks, amount, sizeof amount);
        words_fill(words, WORD_SEARCH_BALANCE, &(struct word_part){"amount", amount}, 1, ret_text,
                   capacity);
        explicit_bzero(amount, sizeof amount);
        return;
    case SEARCH_CHIP_PLACES:
    case SEARCH_CHIP_FREE:
    case SEARCH_CHIP_CERTIFICATE:
    case SEARCH_CHIP_COUNT:
        break;
    }
    CHECK(chip < SEARCH_CHIP_COUNT);
    text_copy(ret_text, capacity, words->texts[plain[chip]]);
}

static struct search_request request_of(const struct turn *turn, uint32_t chips, bool with_words)
{
    const struct search_state *state = &turn->visit->search;
    struct search_request request = {
        .query = with_words ? state->query : "",
        .filters.age_months = SEARCH_AGE_ANY,
        .today = clock_today(&turn->clock),
    };
    if (chips & 1u << SEARCH_CHIP_DIRECTION)
        request.filters.directions = 1u << state->direction;
    if (chips & 1u << SEARCH_CHIP_FREE)
        request.filters.payment |= PAYMENT_FREE;
    if (chips & (1u << SEARCH_CHIP_CERTIFICATE | 1u << SEARCH_CHIP_BALANCE))
        request.filters.payment |= PAYMENT_CERTIFICATE;
    request.filters.with_places = chips >> SEARCH_CHIP_PLACES & 1;
    return request;
}

// Card heights follow from the titles alone.
static void lay_out_cards(struct turn *turn)
{
    struct search_state *state = &turn->visit->search;
    const struct theme *theme = turn->assets->theme;
    int width =
        search_title_width(search_list_width(turn->landscape, turn->landscape ? 1920 : 1080));
    int32_t y = 0;
    for (uint32_t i = 0; i < state->result.hit_count; i++) {
        const char *title = turn->catalog->programs[state->result.hits[i].program].record.title;
        bool two = metrics_width(turn->assets->metrics, &theme->styles[STYLE_BUTTON], title,
                                 strlen(title)) > width;
        state->card_y[i] = y;
        y += (two ? CARD_TWO_LINES_H : CARD_H) + CARD_GAP;
    }
    state->card_y[state->result.hit_count] = y;
}

// What dropping one chip, or the words, would find: never a dead end.
static void count_relaxations(struct turn *turn)
{
    struct search_state *state = &turn->visit->search;
    for (unsigned chip = 0; chip < SEARCH_CHIP_COUNT; chip++) {
        state->relaxed[chip] = 0;
        if (!(state->chips >> chip & 1))
            continue;
        struct search_request request = request_of(turn, state->chips & ~(1u << chip), true);
        search_run(turn->catalog, turn->workspace, &request, &state->other);
        state->relaxed[chip] = state->other.total;
    }
    state->relaxed[SEARCH_CHIP_COUNT] = turn->catalog->program_count;
}

void search_refresh(struct turn *turn)
{
    struct search_state *state = &turn->visit->search;
    turn->changed = true;
    state->list = (struct scroll){0};
    if (turn->catalog == NULL) {
        memset(&state->result, 0, sizeof state->result);
        return;
    }
    struct search_request request = request_of(turn, state->chips, true);
    search_run(turn->catalog, turn->workspace, &request, &state->result);
    if (state->exact && state->result.corrected[0] != '\0') {
        state->result.hit_count = state->result.total = 0;
        state->result.corrected[0] = '\0';
    }
    lay_out_cards(turn);
    if (state->result.total == 0)
        count_relaxations(turn);
}

static void open_fresh(struct turn *turn)
{
    struct search_state *state = &turn->visit->search;
    explicit_bzero(state, sizeof *state);
    turn_go(turn, SCREEN_SEARCH);
}

void search_open(struct turn *turn, enum direction direction)
{
    struct search_state *state = &turn->visit->search;
    open_fresh(turn);
    state->keyboard = direction == DIRECTION_COUNT;
    state->direction = direction;
    if (direction != DIRECTION_COUNT)
        state->chips = 1u << SEARCH_CHIP_DIRECTION;
    search_refresh(turn);
}

void search_open_for_balance(struct turn *turn, int64_t balance_kopecks)
{
    struct search_state *state = &turn->visit->search;
    open_fresh(turn);
    state->balance_kopecks = balance_kopecks;
    state->chips = 1u << (balance_kopecks > 0 ? SEARCH_CHIP_BALANCE : SEARCH_CHIP_FREE);
    search_refresh(turn);
}

void search_type(struct turn *turn, uint32_t character)
{
    struct search_state *state = &turn->visit->search;
    size_t length = strlen(state->query);
    if (character == '\b') {
        state->query[utf8_drop_last(state->query, length)] = '\0';
    } else {
        char bytes[UTF8_BYTES_MAX];
        size_t count = utf8_put(bytes, character);
        bool leading_space = character == ' ' && (length == 0 || state->query[length - 1] == ' ');
        if (length + count >= sizeof state->query || leading_space)
            return;
        memcpy(state->query + length, bytes, count);
        state->query[length + count] = '\0';
    }
    state->exact = false;
    search_refresh(turn);
}

static void act_on_key(struct turn *turn, uint32_t value)
{
    struct search_state *state = &turn->visit->search;
    state->bubble_until_ms = 0;
    switch (value) {
    case KEY_FUNCTION_BACKSPACE:
        search_type(turn, '\b');
        return;
    case KEY_FUNCTION_LETTERS:
        state->page = state->page == KEYBOARD_RU ? KEYBOARD_EN : KEYBOARD_RU;
        turn->changed = true;
        return;
    case KEY_FUNCTION_DIGITS:
        state->page = KEYBOARD_DIGITS;
        turn->changed = true;
        return;
    case KEY_FUNCTION_SHOW:
        state->keyboard = false;
        turn->changed = true;
        return;
    default:
        state->bubble_character = value;
        state->bubble_until_ms = turn->clock.now_ms + BUBBLE_MS;
        search_type(turn, value);
    }
}

static void toggle_chip(struct turn *turn, uint32_t chip)
{
    struct search_state *state = &turn->visit->search;
    state->chips ^= 1u << chip;
    uint32_t paying =
        1u << SEARCH_CHIP_FREE | 1u << SEARCH_CHIP_CERTIFICATE | 1u << SEARCH_CHIP_BALANCE;
    if (state->chips & (1u << chip) & paying)
        state->chips = (state->chips & ~paying) | 1u << chip;
    search_refresh(turn);
}

static void act_on_relax(struct turn *turn, uint32_t chip)
{
    struct search_state *state = &turn->visit->search;
    if (chip < SEARCH_CHIP_COUNT) {
        state->chips &= ~(1u << chip);
    } else {
        state->chips = 0;
        explicit_bzero(state->query, sizeof state->query);
    }
    search_refresh(turn);
}

static const struct snapshot_program *hit_at(const struct turn *turn, uint32_t place)
{
    const struct search_result *result = &turn->visit->search.result;
    if (turn->catalog == NULL || place >= result->hit_count)
        return NULL;
    return &turn->catalog->programs[result->hits[place].program];
}

bool search_offers_popular(const struct search_state *state)
{
    return state->query[0] == '\0' ||
           (state->result.suggestion_count == 0 && state->result.total == 0);
}

bool search_suggestion(const struct words *words, const struct search_state *state, uint32_t place,
                       char *ret_text, size_t capacity)
{
    const struct search_result *result = &state->result;
    if (search_offers_popular(state))
        format_choice(words, WORD_SEARCH_POPULAR, place, ret_text, capacity);
    else if (place < result->suggestion_count)
        text_copy(ret_text, capacity, result->suggestions[place]);
    else if (result->suggestion_count == 0 && place == 0)
        text_copy(ret_text, capacity, result->corrected);
    else
        ret_text[0] = '\0';
    return ret_text[0] != '\0';
}

static void act_on_suggestion(struct turn *turn, uint32_t place)
{
    struct search_state *state = &turn->visit->search;
    char text[SEARCH_SUGGESTION_BYTES];
    if (!search_suggestion(turn->assets->words[turn->visit->language], state, place, text,
                           sizeof text))
        return;
    text_copy(state->query, sizeof state->query, text);
    search_refresh(turn);
}

static void act_on_hit(struct turn *turn, const struct tap *tap)
{
    const struct snapshot_program *program = hit_at(turn, tap->value);
    if (program == NULL)
        return;
    if (tap->action == ACTION_CARD)
        program_open(turn, program->record.head.id);
    else
        selection_toggle(turn, program->record.head.id);
}

void search_act(struct turn *turn, const struct tap *tap)
{
    struct search_state *state = &turn->visit->search;
    switch (tap->action) {
    case ACTION_KEY:
        act_on_key(turn, tap->value);
        return;
    case ACTION_CLEAR:
        explicit_bzero(state->query, sizeof state->query);
        state->keyboard = true;
        search_refresh(turn);
        return;
    case ACTION_FIELD:
        state->keyboard = true;
        turn->changed = true;
        return;
    case ACTION_SHOW:
        state->keyboard = false;
        turn->changed = true;
        return;
    case ACTION_SUGGESTION:
        act_on_suggestion(turn, tap->value);
        return;
    case ACTION_CHIP:
        toggle_chip(turn, tap->value);
        return;
    case ACTION_RELAX:
        act_on_relax(turn, tap->value);
        return;
    case ACTION_EXACT:
        state->exact = true;
        search_refresh(turn);
        return;
    case ACTION_FILTERS:
        turn_toast(turn, WORD_TOAST_SOON, ICON_INFO);
        return;
    case ACTION_CARD:
    case ACTION_BOOKMARK:
        act_on_hit(turn, tap);
        return;
    default:
        return;
    }
}
