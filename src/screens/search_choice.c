#include "screens/search_choice.h"

#include <string.h>

#define FACET_BIT(name) (1u << FACET_##name)

enum {
    NAMES =
        FACET_BIT(ORGANIZATION) | FACET_BIT(TEACHER) | FACET_BIT(STREET) | FACET_BIT(MUNICIPALITY),
};

struct search_filters search_choice_filters(const struct search_choice *choice)
{
    struct search_filters filters = choice->filters;
    filters.organization_id = choice->organization_id[0] != '\0' ? choice->organization_id : NULL;
    filters.municipality_id = choice->municipality_id[0] != '\0' ? choice->municipality_id : NULL;
    filters.activity = choice->activity[0] != '\0' ? choice->activity : NULL;
    return filters;
}

static uint32_t facets_of(const struct search_filters *filters)
{
    return search_filters_facets(filters) | (filters->near ? FACET_BIT(DISTANCE) : 0);
}

uint32_t search_choice_said(const struct search_state *state)
{
    const struct search_result *result = &state->result;
    if (result->serial == 0)
        return 0;
    uint32_t said = facets_of(&result->understood);
    for (uint32_t i = 0; i < result->meaning_count; i++)
        said |= 1u << result->meanings[i].facet & NAMES;
    return said;
}

static uint32_t chosen(const struct search_state *state)
{
    struct search_filters filters = search_choice_filters(&state->choice);
    return facets_of(&filters);
}

uint32_t search_choice_active(const struct search_state *state)
{
    return chosen(state) | (search_choice_said(state) & ~state->choice.ignored);
}

struct search_filters search_choice_all(const struct search_state *state)
{
    struct search_filters all = search_choice_filters(&state->choice);
    uint32_t taken = search_choice_said(state) & ~chosen(state) & ~state->choice.ignored;
    for (int facet = 0; facet < FACET_WORDS; facet++)
        if (taken >> facet & 1)
            search_filters_take(&all, &state->result.understood, (enum search_facet)facet);
    return all;
}

const char *search_choice_name(const struct search_state *state, enum search_facet facet)
{
    for (uint32_t i = 0; i < state->result.meaning_count; i++)
        if (state->result.meanings[i].facet == facet && state->result.meanings[i].label[0] != '\0')
            return state->result.meanings[i].label;
    return "";
}

static void ignore(struct search_state *state, uint32_t facets)
{
    state->choice.ignored |= search_choice_said(state) & facets;
    state->choice.ignored_bytes = (uint16_t)strlen(state->query);
}

void search_choice_take(struct search_state *state, enum search_facet facet)
{
    uint32_t bit = 1u << facet;
    uint32_t said = search_choice_said(state);
    if ((said & ~chosen(state) & ~state->choice.ignored & bit) != 0)
        search_filters_take(&state->choice.filters, &state->result.understood, facet);
    ignore(state, bit);
}

void search_choice_drop(struct search_state *state, enum search_facet facet)
{
    struct search_choice *choice = &state->choice;
    struct search_filters any = search_filters_any();
    ignore(state, 1u << facet);
    search_filters_take(&choice->filters, &any, facet);
    bool counted = choice->rest.unit != CERTIFICATE_RUB; // it has no price to be known by
    if (facet == (counted ? FACET_PAYMENT : FACET_PRICE))
        choice->rest = (struct certificate_rest){0};
    if (facet == FACET_ORGANIZATION)
        explicit_bzero(choice->organization_id, sizeof choice->organization_id);
    if (facet == FACET_MUNICIPALITY)
        explicit_bzero(choice->municipality_id, sizeof choice->municipality_id);
    if (facet == FACET_ACTIVITY)
        explicit_bzero(choice->activity, sizeof choice->activity);
}

bool search_choice_yield(struct search_state *state, uint32_t facets)
{
    facets &= chosen(state);
    for (int facet = 0; facet < FACET_WORDS; facet++)
        if (facets >> facet & 1)
            search_choice_drop(state, (enum search_facet)facet);
    state->choice.ignored &= ~facets;
    return facets != 0;
}

void search_choice_clear(struct search_state *state)
{
    for (int facet = 0; facet < FACET_WORDS; facet++)
        search_choice_drop(state, (enum search_facet)facet);
}

void search_choice_remember(struct search_state *state)
{
    struct search_before *before = &state->before;
    *before = (struct search_before){.exact_bytes = state->exact_bytes,
                                     .keyboard = state->keyboard,
                                     .family = state->picker.family,
                                     .choice = state->choice};
    if (!state->number)
        memcpy(before->query, state->query, sizeof before->query);
}
