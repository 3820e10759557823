#include "screens/wizard.h"

#include "screens/filters.h"
#include "screens/search.h"
#include "screens/search_choice.h"
#include "screens/wizard_parts.h"

#include <string.h>

#define FACET_BIT(name) (1u << FACET_##name)

enum {
    YEAR_MONTHS = 12,
    ASKED = FACET_BIT(AGE) | FACET_BIT(WEEKDAY) | FACET_BIT(DAY_PART) | FACET_BIT(DIRECTION) |
            FACET_BIT(PAYMENT),
};

bool wizard_shown(const struct visit *visit)
{
    return visit->screen >= SCREEN_WIZARD_AGE && visit->screen <= SCREEN_WIZARD_PAYMENT;
}

enum wizard_question wizard_question(const struct visit *visit)
{
    CHECK(wizard_shown(visit));
    return (enum wizard_question)(visit->screen - SCREEN_WIZARD_AGE);
}

enum search_facet wizard_facet(enum wizard_question question)
{
    static const enum search_facet facets[QUESTION_COUNT] = {FACET_AGE, FACET_WEEKDAY,
                                                             FACET_DIRECTION, FACET_PAYMENT};
    return facets[question];
}

bool wizard_age_chosen(const struct search_state *state, int years)
{
    const struct search_filters *chosen = &state->choice.filters;
    return !state->picker.family && chosen->age_count > 0 &&
           chosen->age_months[0] == years * YEAR_MONTHS;
}

void wizard_open(struct turn *turn)
{
    search_begin(turn);
    turn->visit->search.picker.used = true;
    turn_go(turn, SCREEN_WIZARD_AGE);
    search_refresh(turn);
}

void wizard_resume(struct turn *turn)
{
    struct search_state *state = &turn->visit->search;
    struct search_filters *chosen = &state->choice.filters;
    for (int facet = 0; facet < FACET_WORDS; facet++)
        if ((ASKED >> facet & 1) == 0)
            search_choice_drop(state, (enum search_facet)facet);
    explicit_bzero(state->query, sizeof state->query);
    state->exact_bytes = 0;
    state->choice.ignored = 0;
    chosen->age_from_months = chosen->age_to_months = SEARCH_ANY;
    chosen->begins_from_min = chosen->begins_to_min = SEARCH_ANY;
    state->picker.family |= chosen->age_count > 1;
    search_refresh(turn);
}

// ---- what the answers would leave

static void count_ages(struct turn *turn)
{
    struct search_state *state = &turn->visit->search;
    uint32_t children = state->choice.filters.age_count;
    bool another = state->picker.family && children > 0 && children < SEARCH_AGES_MAX;
    const uint32_t *counts = another ? state->result.sibling_counts : state->result.age_counts;
    memcpy(state->picker.age_counts, counts + PICKER_AGE_FIRST, sizeof state->picker.age_counts);
}

void wizard_count(struct turn *turn)
{
    struct search_state *state = &turn->visit->search;
    struct search_filters filters = state->choice.filters;
    struct search_filters any = search_filters_any();
    enum search_facet facet = wizard_facet(wizard_question(turn->visit));
    state->picker.any_count = state->result.total;
    if (facet == FACET_AGE) {
        count_ages(turn);
    } else if ((search_filters_facets(&filters) >> facet & 1) != 0) {
        search_filters_take(&filters, &any, facet);
        state->picker.any_count = search_count(turn, &filters);
    }
}

// ---- what a touch does

static void choose_age(struct turn *turn, uint32_t years)
{
    struct search_state *state = &turn->visit->search;
    struct search_filters *chosen = &state->choice.filters;
    bool on = wizard_age_chosen(state, (int)years);
    if (turn->catalog != NULL && !on && state->picker.age_counts[years - PICKER_AGE_FIRST] == 0) {
        turn_toast(turn, WORD_TOAST_ZERO_AGE, ICON_INFO);
        return;
    }
    if (!state->picker.family)
        chosen->age_count = 0;
    if (!on)
        chosen->age_months[chosen->age_count++] = (int32_t)years * YEAR_MONTHS;
    search_refresh(turn);
}

static void drop_child(struct turn *turn, uint32_t place)
{
    struct search_filters *chosen = &turn->visit->search.choice.filters;
    if (place >= chosen->age_count)
        return;
    search_choice_remember(&turn->visit->search);
    chosen->age_count--;
    memmove(&chosen->age_months[place], &chosen->age_months[place + 1],
            (chosen->age_count - place) * sizeof chosen->age_months[0]);
    search_refresh(turn);
    search_offer_back(turn, WORD_TOAST_RELAXED);
}

static void toggle_family(struct turn *turn)
{
    struct search_state *state = &turn->visit->search;
    struct search_filters *chosen = &state->choice.filters;
    bool drops = state->picker.family && chosen->age_count > 1;
    search_choice_remember(state);
    state->picker.family = !state->picker.family;
    if (drops)
        chosen->age_count = 1;
    search_refresh(turn);
    if (drops)
        search_offer_back(turn, WORD_TOAST_RELAXED);
}

static void choose_any(struct turn *turn, enum search_facet facet)
{
    struct search_state *state = &turn->visit->search;
    bool drops = (search_filters_facets(&state->choice.filters) >> facet & 1) != 0;
    search_choice_remember(state);
    search_choice_drop(state, facet);
    search_refresh(turn);
    if (drops)
        search_offer_back(turn, WORD_TOAST_RELAXED);
}

static void go_on(struct turn *turn, enum screen screen)
{
    turn_go(turn, screen);
    search_refresh(turn);
}

void wizard_act(struct turn *turn, const struct tap *tap)
{
    struct search_state *state = &turn->visit->search;
    enum wizard_question question = wizard_question(turn->visit);
    switch (tap->action) {
    case ACTION_WIZARD_AGE:
        if (tap->value >= PICKER_AGE_FIRST && tap->value < PICKER_AGE_FIRST + PICKER_AGES &&
            state->choice.filters.age_count < SEARCH_AGES_MAX)
            choose_age(turn, tap->value);
        else
            turn_toast(turn, WORD_TOAST_CHILDREN, ICON_GROUP);
        return;
    case ACTION_WIZARD_FAMILY:
        toggle_family(turn);
        return;
    case ACTION_WIZARD_CHILD:
        drop_child(turn, tap->value);
        return;
    case ACTION_WIZARD_ANY:
        choose_any(turn, wizard_facet(question));
        return;
    case ACTION_FILTER:
        filters_act(turn, tap);
        return;
    case ACTION_WIZARD_NEXT: // behind the last question stands the search
        go_on(turn, (enum screen)(turn->visit->screen + 1));
        return;
    case ACTION_SHOW:
        go_on(turn, SCREEN_SEARCH);
        return;
    default:
        return;
    }
}
