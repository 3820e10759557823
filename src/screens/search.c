#include "screens/search.h"

#include "base/text.h"
#include "base/utf8.h"
#include "screens/certificate.h"
#include "screens/filters.h"
#include "screens/program.h"
#include "screens/search_choice.h"
#include "screens/search_parts.h"
#include "screens/selection.h"
#include "screens/typing.h"
#include "screens/wizard.h"
#include "wording/format.h"

#include <string.h>

int search_list_width(bool landscape, int screen_width)
{
    return landscape ? SEARCH_RESULTS_W - 80 : screen_width - 96;
}

static struct search_request request_of(const struct turn *turn)
{
    const struct search_state *state = &turn->visit->search;
    const struct config *config = turn->assets->config;
    return (struct search_request){
        .query = state->query,
        .filters = search_choice_filters(&state->choice),
        .ignored = state->choice.ignored,
        .today = clock_today(&turn->clock),
        .latitude = config->latitude,
        .longitude = config->longitude,
        .exact = state->exact_bytes != 0,
        .mixed = state->picker.used,
    };
}

// What a card is measured with: no frame.
static struct scene measuring_scene(const struct turn *turn)
{
    const struct kiosk_assets *assets = turn->assets;
    return (struct scene){.pen = {.theme = assets->theme,
                                  .metrics = assets->metrics,
                                  .palette = turn->visit->palette,
                                  .text_size = turn->visit->text_size},
                          .words = assets->words[turn->visit->language],
                          .config = assets->config,
                          .visit = turn->visit,
                          .catalog = turn->catalog,
                          .searcher = turn->searcher,
                          .clock = turn->clock,
                          .landscape = turn->landscape};
}

void search_lay_out(struct turn *turn)
{
    struct search_state *state = &turn->visit->search;
    if (turn->catalog == NULL)
        return;
    struct scene scene = measuring_scene(turn);
    int width = search_list_width(turn->landscape, turn->landscape ? 1920 : 1080);
    int32_t y = 0;
    for (uint32_t i = 0; i < state->result.hit_count; i++) {
        state->card_y[i] = y;
        y += search_card_height(&scene, i, width) + CARD_GAP;
    }
    state->card_y[state->result.hit_count] = y;
}

uint32_t search_count(struct turn *turn, const struct search_filters *filters)
{
    struct search_state *state = &turn->visit->search;
    if (turn->catalog == NULL)
        return 0;
    struct search_request request = request_of(turn);
    request.query = "";
    request.filters = *filters;
    request.limit = 1;
    search_run(turn->searcher, &request, &state->other);
    return state->other.total;
}

void search_refresh(struct turn *turn)
{
    struct search_state *state = &turn->visit->search;
    struct certificate_format format = certificate_format_of(turn->assets->config);
    char number[CERTIFICATE_NUMBER_BYTES] = "";
    turn->changed = true;
    state->list = (struct scroll){0};
    state->without_words = 0;
    state->number =
        certificate_number_typed(&format, state->query, number) && !visit_is_staffs(turn->visit);
    explicit_bzero(number, sizeof number);
    if (turn->catalog == NULL) {
        memset(&state->result, 0, sizeof state->result);
        return;
    }
    struct search_request request = request_of(turn);
    search_run(turn->searcher, &request, &state->result);
    // Erased words that don't say it any more can say it anew; one letter more changes nothing.
    size_t length = strlen(state->query);
    if (length < state->choice.ignored_bytes) {
        state->choice.ignored &= search_choice_said(state);
        state->choice.ignored_bytes = (uint16_t)length;
    }
    search_lay_out(turn);
    if (wizard_shown(turn->visit)) {
        wizard_count(turn);
    } else if (state->result.total == 0) { // never a dead end
        struct search_filters all = search_choice_all(state);
        state->without_words = search_count(turn, &all);
    }
}

// The words changed: what new ones say that wasn't said before is newer than a choice of the hand.
// Returns whether such a choice gave way.
static bool search_words(struct turn *turn, bool new_ones)
{
    struct search_state *state = &turn->visit->search;
    uint32_t before = search_choice_said(state);
    if (strlen(state->query) < state->exact_bytes)
        state->exact_bytes = 0;
    search_refresh(turn);
    bool gave_way = new_ones && search_choice_yield(state, search_choice_said(state) & ~before);
    if (gave_way)
        search_refresh(turn);
    return gave_way;
}

void search_begin(struct turn *turn)
{
    struct search_state *state = &turn->visit->search;
    explicit_bzero(state, sizeof *state);
    state->choice.filters = search_filters_any();
    state->page = typing_first_page(turn->assets->words[turn->visit->language]);
}

void search_offer_back(struct turn *turn, enum word word)
{
    turn_toast(turn, word, ICON_FILTER);
    turn->visit->toast.action = TOAST_UNDO_RESET;
}

void search_take_back(struct turn *turn)
{
    struct search_state *state = &turn->visit->search;
    const struct search_before *before = &state->before;
    if (turn->visit->screen != SCREEN_SEARCH && !wizard_shown(turn->visit))
        return;
    memcpy(state->query, before->query, sizeof state->query);
    state->exact_bytes = before->exact_bytes;
    state->keyboard = before->keyboard;
    state->picker.family = before->family;
    state->choice = before->choice;
    state->before = (struct search_before){0};
    search_refresh(turn);
}

static void open_fresh(struct turn *turn)
{
    search_begin(turn);
    turn_go(turn, SCREEN_SEARCH);
}

void search_open(struct turn *turn, enum direction direction)
{
    struct search_state *state = &turn->visit->search;
    open_fresh(turn);
    state->keyboard = direction == DIRECTION_COUNT;
    if (direction != DIRECTION_COUNT)
        state->choice.filters.directions = 1u << direction;
    search_refresh(turn);
}

void search_open_for_rest(struct turn *turn, struct certificate_rest rest)
{
    struct search_choice *choice = &turn->visit->search.choice;
    bool some = rest.known && rest.amount > 0;
    open_fresh(turn);
    choice->filters.payment = some ? PAYMENT_CERTIFICATE : PAYMENT_FREE;
    if (some)
        choice->rest = rest;
    if (some && rest.unit == CERTIFICATE_RUB)
        choice->filters.price_max_kopecks =
            rest.amount < INT32_MAX ? (int32_t)rest.amount : INT32_MAX;
    search_refresh(turn);
}

void search_type(struct turn *turn, uint32_t character)
{
    struct search_state *state = &turn->visit->search;
    size_t length = strlen(state->query);
    if (state->replaced && character == '\b') {
        state->replaced = false;
        search_take_back(turn);
        return;
    }
    state->replaced = false;
    if (state->filters)
        return;
    struct search_before kept = state->before;
    search_choice_remember(state);
    if (!typing_edit(state->query, sizeof state->query, character)) {
        state->before = kept;
        return;
    }
    turn->daybook->searches += length == 0 && !visit_is_staffs(turn->visit);
    state->replaced = search_words(turn, strlen(state->query) > length);
    if (!state->replaced)
        state->before = kept;
}

static void act_on_key(struct turn *turn, const struct tap *tap)
{
    struct search_state *state = &turn->visit->search;
    uint32_t typed = typing_act(turn, &state->typing, &state->page, tap);
    if (typed != 0)
        search_type(turn, typed);
    if (tap->action == ACTION_KEY && tap->value == KEY_FUNCTION_SHOW) {
        search_settle(turn);
        state->keyboard = false;
    }
}

static void act_on_chip(struct turn *turn, uint32_t chip)
{
    struct search_state *state = &turn->visit->search;
    struct search_filters *chosen = &state->choice.filters;
    bool drops = chip < FACET_WORDS;
    if (drops) {
        search_choice_remember(state);
        search_choice_drop(state, (enum search_facet)chip);
    } else if (chip == OFFER_PLACES) {
        chosen->with_places = true;
    } else if (chip == OFFER_FREE || chip == OFFER_CERTIFICATE) {
        chosen->payment = chip == OFFER_FREE ? PAYMENT_FREE : PAYMENT_CERTIFICATE;
    }
    search_refresh(turn);
    if (drops)
        search_offer_back(turn, WORD_TOAST_RELAXED);
}

static void act_on_relax(struct turn *turn, uint32_t facet)
{
    struct search_state *state = &turn->visit->search;
    search_settle(turn);
    search_choice_remember(state);
    if (facet < FACET_WORDS) {
        search_choice_drop(state, (enum search_facet)facet);
    } else {
        // What was understood of the words outlives them, unless it goes, too.
        for (int i = 0; i < FACET_WORDS; i++)
            if (facet == FACET_WORDS)
                search_choice_take(state, (enum search_facet)i);
            else
                search_choice_drop(state, (enum search_facet)i);
        explicit_bzero(state->query, sizeof state->query);
    }
    search_refresh(turn);
    search_offer_back(turn, WORD_TOAST_RELAXED);
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
    return !state->number && (state->query[0] == '\0' ||
                              (state->result.suggestion_count == 0 && state->result.total == 0));
}

static bool popular_here(const struct popular *popular, const char *text)
{
    for (uint32_t i = 0; i < popular->shown_count; i++)
        if (strcmp(popular->shown[i].text, text) == 0)
            return true;
    return false;
}

static void popular_at(const struct words *words, const struct popular *popular, uint32_t place,
                       char ret_text[static SEARCH_SUGGESTION_BYTES])
{
    ret_text[0] = '\0';
    if (place >= SEARCH_SUGGESTIONS_MAX)
        return;
    if (place < popular->shown_count) {
        text_copy(ret_text, SEARCH_SUGGESTION_BYTES, popular->shown[place].text);
        return;
    }
    place -= popular->shown_count;
    for (unsigned i = 0;; i++) {
        format_choice(words, WORD_SEARCH_POPULAR, i, ret_text, SEARCH_SUGGESTION_BYTES);
        if (ret_text[0] == '\0' || (!popular_here(popular, ret_text) && place-- == 0))
            return;
    }
}

bool search_suggestion(const struct words *words, const struct popular *popular,
                       const struct search_state *state, uint32_t place,
                       struct suggestion *ret_suggestion)
{
    static const enum picture icons[] = {
        [SUGGESTION_WORD] = PICTURE_NONE,     [SUGGESTION_TITLE] = PICTURE_NONE,
        [SUGGESTION_ACTIVITY] = PICTURE_NONE, [SUGGESTION_ORGANIZATION] = ICON_PIN,
        [SUGGESTION_TEACHER] = ICON_TEACHER,
    };
    const struct search_result *result = &state->result;
    char *text = ret_suggestion->text;
    ret_suggestion->icon = PICTURE_NONE;
    text[0] = '\0';
    if (state->number) {
        if (place == 0)
            text_copy(text, SEARCH_SUGGESTION_BYTES, words->texts[WORD_SEARCH_CHECK]);
        ret_suggestion->icon = ICON_CERTIFICATE;
    } else if (search_offers_popular(state)) {
        popular_at(words, popular, place, text);
    } else if (place < result->suggestion_count) {
        text_copy(text, SEARCH_SUGGESTION_BYTES, result->suggestions[place].text);
        ret_suggestion->icon = icons[result->suggestions[place].kind];
    } else if (result->suggestion_count == 0 && place == 0) {
        text_copy(text, SEARCH_SUGGESTION_BYTES, result->corrected);
    }
    return text[0] != '\0';
}

// The digits move on to where they belong, and stay nowhere else.
static void check_number(struct turn *turn)
{
    struct search_state *state = &turn->visit->search;
    struct certificate_format format = certificate_format_of(turn->assets->config);
    certificate_clear(turn->visit);
    certificate_number_typed(&format, state->query, turn->visit->certificate.number);
    explicit_bzero(state->query, sizeof state->query);
    search_refresh(turn);
    turn_go(turn, SCREEN_NUMBER);
}

static void act_on_suggestion(struct turn *turn, uint32_t place)
{
    struct search_state *state = &turn->visit->search;
    struct suggestion suggestion;
    if (!search_suggestion(turn->assets->words[turn->visit->language], turn->popular, state, place,
                           &suggestion))
        return;
    if (state->number) {
        check_number(turn);
        return;
    }
    search_choice_remember(state);
    state->replaced = true;
    state->exact_bytes = 0;
    state->choice.ignored_bytes = SEARCH_QUERY_BYTES; // other words
    text_copy(state->query, sizeof state->query, suggestion.text);
    search_words(turn, true);
}

// Of the catalogue's own words and naming no person: such a query may be counted.
static bool may_count(const struct turn *turn, const char *query,
                      char ret_normal[static SEARCH_SUGGESTION_BYTES])
{
    const struct search_result *result = &turn->visit->search.result;
    for (uint32_t i = 0; i < result->meaning_count; i++)
        if (result->meanings[i].facet == FACET_TEACHER)
            return false;
    return turn->searcher != NULL && query[0] != '\0' &&
           searcher_is_vocabulary(turn->searcher, query, ret_normal);
}

// A query that led to a program.
static void count_query(struct turn *turn)
{
    const struct search_state *state = &turn->visit->search;
    char normal[SEARCH_SUGGESTION_BYTES];
    const char *corrected = state->result.corrected;
    if (may_count(turn, corrected[0] != '\0' ? corrected : state->query, normal))
        popular_count(turn->popular, turn->visit, normal);
    explicit_bzero(normal, sizeof normal);
}

void search_settle(struct turn *turn)
{
    const struct search_state *state = &turn->visit->search;
    char normal[SEARCH_SUGGESTION_BYTES];
    bool words_alone = search_filters_facets(&state->choice.filters) == 0;
    if (turn->catalog == NULL || state->result.total > 0 || !words_alone ||
        visit_is_staffs(turn->visit))
        return;
    if (may_count(turn, state->query, normal) && strlen(normal) < EVENT_DETAIL_BYTES &&
        popular_count_unfound(turn->popular, turn->visit, normal))
        turn_event(turn, EVENT_SEARCH_EMPTY, normal);
    explicit_bzero(normal, sizeof normal);
}

static void act_on_hit(struct turn *turn, const struct tap *tap)
{
    const struct snapshot_program *program = hit_at(turn, tap->value);
    if (program == NULL)
        return;
    if (tap->action == ACTION_BOOKMARK) {
        selection_toggle(turn, program->record.head.id);
        return;
    }
    count_query(turn);
    program_open(turn, program->record.head.id);
}

void search_act(struct turn *turn, const struct tap *tap)
{
    struct search_state *state = &turn->visit->search;
    act_on_key(turn, tap);
    switch (tap->action) {
    case ACTION_CLEAR:
        if (tap->value == 1) {
            search_take_back(turn);
            return;
        }
        search_choice_remember(state);
        explicit_bzero(state->query, sizeof state->query);
        state->exact_bytes = 0;
        state->keyboard = true;
        search_refresh(turn);
        return;
    case ACTION_FIELD:
        state->keyboard = true;
        turn->changed = true;
        return;
    case ACTION_SHOW:
        if (tap->value != 0) // the button says why
            return;
        state->keyboard = false;
        state->filters = false;
        turn->changed = true;
        return;
    case ACTION_SUGGESTION:
        act_on_suggestion(turn, tap->value);
        return;
    case ACTION_CHIP:
        act_on_chip(turn, tap->value);
        return;
    case ACTION_RELAX:
        act_on_relax(turn, tap->value);
        return;
    case ACTION_EXACT:
        search_choice_remember(state);
        state->replaced = true;
        state->exact_bytes = (uint16_t)strlen(state->query);
        search_refresh(turn);
        return;
    case ACTION_FILTERS:
    case ACTION_AGE:
    case ACTION_FILTER:
    case ACTION_RESET:
        filters_act(turn, tap);
        return;
    case ACTION_CARD:
    case ACTION_BOOKMARK:
        act_on_hit(turn, tap);
        return;
    default:
        return;
    }
}
