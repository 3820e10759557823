#include "screens/filters.h"

#include "base/text.h"
#include "screens/filters_parts.h"
#include "screens/search.h"
#include "screens/search_choice.h"

#include <string.h>

enum { YEAR_MONTHS = 12, KOPECKS = 100 };

// ---- what stands there

static const struct search_option *option_at(const struct search_result *result,
                                             struct filter_choice choice)
{
    const struct search_option *options = result->activities;
    uint32_t count = result->activity_count;
    if (choice.facet == FACET_ORGANIZATION) {
        options = result->organizations;
        count = result->organization_count;
    } else if (choice.facet == FACET_MUNICIPALITY) {
        options = result->municipalities;
        count = result->municipality_count;
    }
    return choice.index < count ? &options[choice.index] : NULL;
}

bool filter_count(const struct search_state *state, struct filter_choice choice,
                  uint32_t *ret_count)
{
    const struct search_result *result = &state->result;
    const struct search_option *option;
    uint32_t index = choice.index;
    *ret_count = 0;
    switch (choice.facet) {
    case FACET_DIRECTION:
        *ret_count = result->direction_counts[index];
        return true;
    case FACET_WEEKDAY:
        *ret_count = result->weekday_counts[index];
        return true;
    case FACET_DAY_PART:
        *ret_count = result->day_part_counts[index];
        return true;
    case FACET_PAYMENT:
        *ret_count = result->payment_counts[index];
        return true;
    case FACET_PRICE:
        *ret_count = result->price_counts[index];
        return true;
    case FACET_DISTANCE:
        if (index < SEARCH_DISTANCES)
            *ret_count = result->distance_counts[index];
        else
            *ret_count = result->total;
        return index < SEARCH_DISTANCES || search_choice_all(state).distance_max_m < 0;
    case FACET_FORM:
        *ret_count = result->form_counts[index];
        return true;
    case FACET_LEVEL:
        *ret_count = result->level_counts[index];
        return true;
    case FACET_PLACES:
        *ret_count = result->with_places_count;
        return true;
    case FACET_OVZ:
        *ret_count = result->ovz_any_count;
        return true;
    case FACET_SUMMER:
        *ret_count = result->summer_count;
        return true;
    case FACET_ACTIVITY:
    case FACET_ORGANIZATION:
    case FACET_MUNICIPALITY:
        option = option_at(result, choice);
        *ret_count = option == NULL ? 0 : option->count;
        return option != NULL;
    case FACET_AGE:
    case FACET_TEACHER:
    case FACET_STREET:
    case FACET_WORDS:
    case FACET_COUNT:
        break;
    }
    return false;
}

static bool option_chosen(const struct snapshot *catalog, const struct searcher *searcher,
                          const struct search_state *state, struct filter_choice choice)
{
    const struct search_option *option = option_at(&state->result, choice);
    const struct search_choice *by_hand = &state->choice;
    bool said = (search_choice_said(state) & ~by_hand->ignored) >> choice.facet & 1;
    const char *name = said ? search_choice_name(state, choice.facet) : "";
    if (option == NULL || catalog == NULL)
        return false;
    if (choice.facet == FACET_ACTIVITY)
        return strcmp(searcher_activity(searcher, option->ordinal), by_hand->activity) == 0;
    if (choice.facet == FACET_ORGANIZATION) {
        const struct organization *organization = &catalog->organizations[option->ordinal];
        return strcmp(organization->head.id, by_hand->organization_id) == 0 ||
               strcmp(organization->name, name) == 0;
    }
    const struct municipality *municipality = &catalog->municipalities[option->ordinal];
    return strcmp(municipality->head.id, by_hand->municipality_id) == 0 ||
           strcmp(municipality->name, name) == 0;
}

bool filter_chosen(const struct snapshot *catalog, const struct searcher *searcher,
                   const struct search_state *state, struct filter_choice choice)
{
    struct search_filters all = search_choice_all(state);
    uint32_t index = choice.index;
    switch (choice.facet) {
    case FACET_DIRECTION:
        return all.directions >> index & 1;
    case FACET_WEEKDAY:
        return all.weekdays >> index & 1;
    case FACET_DAY_PART:
        return all.day_parts >> index & 1;
    case FACET_PAYMENT:
        return all.payment >> index & 1;
    case FACET_PRICE:
        return all.price_max_kopecks == search_prices_rubles[index] * KOPECKS;
    case FACET_DISTANCE:
        return index < SEARCH_DISTANCES ? all.distance_max_m == search_distances_m[index]
                                        : all.distance_max_m < 0;
    case FACET_FORM:
        return all.forms >> index & 1;
    case FACET_LEVEL:
        return all.levels >> index & 1;
    case FACET_PLACES:
        return all.with_places;
    case FACET_OVZ:
        return all.ovz_any || all.ovz != 0;
    case FACET_SUMMER:
        return all.summer;
    case FACET_ACTIVITY:
    case FACET_ORGANIZATION:
    case FACET_MUNICIPALITY:
        return option_chosen(catalog, searcher, state, choice);
    case FACET_AGE:
    case FACET_TEACHER:
    case FACET_STREET:
    case FACET_WORDS:
    case FACET_COUNT:
        break;
    }
    return false;
}

uint32_t filter_age_step(const struct search_state *state)
{
    struct search_filters all = search_choice_all(state);
    int32_t months = all.age_count > 0 ? all.age_months[0] : all.age_from_months;
    if (months < 0)
        return 0;
    int32_t years = months / YEAR_MONTHS;
    if (years < FILTERS_AGE_FIRST)
        years = FILTERS_AGE_FIRST;
    if (years > FILTERS_AGE_LAST)
        years = FILTERS_AGE_LAST;
    return (uint32_t)(years - FILTERS_AGE_FIRST + 1);
}

uint32_t filters_step_at(struct rect box, int x)
{
    enum { THUMB_W = 112 };
    int room = box.w - THUMB_W;
    int step = ((x - box.x - THUMB_W / 2) * (FILTERS_STEPS - 1) * 2 + room) / (room * 2);
    if (x < box.x + THUMB_W / 2 || step < 0)
        return 0;
    return step < FILTERS_STEPS ? (uint32_t)step : FILTERS_STEPS - 1;
}

// ---- what a touch does

static void choose_age(struct turn *turn, uint32_t step)
{
    struct search_state *state = &turn->visit->search;
    struct search_filters *chosen = &state->choice.filters;
    if (step == filter_age_step(state))
        return;
    search_choice_remember(state);
    search_choice_drop(state, FACET_AGE);
    if (step > 0) {
        chosen->age_count = 1;
        chosen->age_months[0] = ((int32_t)step + FILTERS_AGE_FIRST - 1) * YEAR_MONTHS;
    }
    search_refresh(turn);
    if (step == 0)
        search_offer_back(turn, WORD_TOAST_RELAXED);
}

// One of a few: chosen again, it is dropped.
static void choose_option(struct turn *turn, struct filter_choice choice, bool on)
{
    struct search_state *state = &turn->visit->search;
    struct search_choice *chosen = &state->choice;
    const struct search_option *option = option_at(&state->result, choice);
    search_choice_drop(state, choice.facet);
    if (on || option == NULL || turn->catalog == NULL)
        return;
    if (choice.facet == FACET_ACTIVITY)
        text_copy(chosen->activity, sizeof chosen->activity,
                  searcher_activity(turn->searcher, option->ordinal));
    else if (choice.facet == FACET_ORGANIZATION)
        text_copy(chosen->organization_id, sizeof chosen->organization_id,
                  turn->catalog->organizations[option->ordinal].head.id);
    else
        text_copy(chosen->municipality_id, sizeof chosen->municipality_id,
                  turn->catalog->municipalities[option->ordinal].head.id);
}

static void choose(struct turn *turn, struct filter_choice choice, bool on)
{
    struct search_state *state = &turn->visit->search;
    struct search_filters *chosen = &state->choice.filters;
    uint32_t bit = 1u << choice.index;
    search_choice_take(state, choice.facet);
    switch (choice.facet) {
    case FACET_DIRECTION:
        chosen->directions ^= bit;
        return;
    case FACET_WEEKDAY:
        chosen->weekdays ^= bit;
        return;
    case FACET_DAY_PART:
        chosen->begins_from_min = chosen->begins_to_min = SEARCH_ANY;
        chosen->day_parts ^= bit;
        return;
    case FACET_PAYMENT:
        chosen->payment ^= bit;
        return;
    case FACET_FORM:
        chosen->forms ^= bit;
        return;
    case FACET_LEVEL:
        chosen->levels ^= bit;
        return;
    case FACET_PRICE:
        state->choice.rest = (struct certificate_rest){0};
        chosen->price_max_kopecks = on ? SEARCH_ANY : search_prices_rubles[choice.index] * KOPECKS;
        return;
    case FACET_DISTANCE:
        chosen->distance_max_m =
            on || choice.index >= SEARCH_DISTANCES ? SEARCH_ANY : search_distances_m[choice.index];
        return;
    case FACET_PLACES:
        chosen->with_places = !on;
        return;
    case FACET_OVZ:
        chosen->ovz = 0;
        chosen->ovz_any = !on;
        return;
    case FACET_SUMMER:
        chosen->summer = !on;
        return;
    case FACET_ACTIVITY:
    case FACET_ORGANIZATION:
    case FACET_MUNICIPALITY:
        choose_option(turn, choice, on);
        return;
    case FACET_AGE:
    case FACET_TEACHER:
    case FACET_STREET:
    case FACET_WORDS:
    case FACET_COUNT:
        return;
    }
}

static enum word why_zero(enum search_facet facet)
{
    static const enum word words[FACET_COUNT] = {
        [FACET_WEEKDAY] = WORD_TOAST_ZERO_DAY,
        [FACET_DAY_PART] = WORD_TOAST_ZERO_PART,
        [FACET_DIRECTION] = WORD_TOAST_ZERO_DIRECTION,
        [FACET_PAYMENT] = WORD_TOAST_ZERO_PAYMENT,
    };
    return words[facet] != 0 ? words[facet] : WORD_TOAST_ZERO;
}

static void act_on_filter(struct turn *turn, uint32_t value)
{
    struct search_state *state = &turn->visit->search;
    struct filter_choice choice = {(enum search_facet)(value >> 8), value & 0xFF};
    uint32_t count;
    bool on = filter_chosen(turn->catalog, turn->searcher, state, choice);
    if (turn->catalog != NULL && filter_count(state, choice, &count) && count == 0 && !on) {
        turn_toast(turn, why_zero(choice.facet), ICON_INFO);
        return;
    }
    search_choice_remember(state);
    choose(turn, choice, on);
    search_refresh(turn);
    // What nobody can choose again by hand.
    if (on && filter_count(state, choice, &count) && count == 0)
        search_offer_back(turn, WORD_TOAST_RELAXED);
}

static void reset(struct turn *turn)
{
    struct search_state *state = &turn->visit->search;
    if (search_choice_active(state) == 0)
        return;
    search_choice_remember(state);
    search_choice_clear(state);
    search_refresh(turn);
    search_offer_back(turn, WORD_TOAST_RESET);
}

void filters_act(struct turn *turn, const struct tap *tap)
{
    struct search_state *state = &turn->visit->search;
    switch (tap->action) {
    case ACTION_FILTERS:
        state->filters = true;
        state->sheet = (struct scroll){0};
        turn->changed = true;
        return;
    case ACTION_AGE:
        choose_age(turn, tap->value);
        return;
    case ACTION_FILTER:
        act_on_filter(turn, tap->value);
        return;
    case ACTION_RESET:
        reset(turn);
        return;
    default:
        return;
    }
}
