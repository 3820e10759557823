#include "search/search.h"

#include <string.h>

#define FACET(name) (1u << FACET_##name)

struct search_filters search_filters_any(void)
{
    return (struct search_filters){
        .age_from_months = SEARCH_ANY,
        .age_to_months = SEARCH_ANY,
        .begins_from_min = SEARCH_ANY,
        .begins_to_min = SEARCH_ANY,
        .price_max_kopecks = SEARCH_ANY,
        .distance_max_m = SEARCH_ANY,
    };
}

uint32_t search_filters_facets(const struct search_filters *filters)
{
    uint32_t facets = 0;
    facets |= filters->directions != 0 ? FACET(DIRECTION) : 0;
    facets |= filters->activity != NULL ? FACET(ACTIVITY) : 0;
    facets |= filters->age_count > 0 || filters->age_from_months >= 0 ? FACET(AGE) : 0;
    facets |= filters->weekdays != 0 ? FACET(WEEKDAY) : 0;
    facets |=
        filters->day_parts != 0 || filters->begins_from_min >= 0 || filters->begins_to_min >= 0
            ? FACET(DAY_PART)
            : 0;
    facets |= filters->payment != 0 ? FACET(PAYMENT) : 0;
    facets |= filters->price_max_kopecks >= 0 ? FACET(PRICE) : 0;
    facets |= filters->with_places ? FACET(PLACES) : 0;
    facets |= filters->distance_max_m >= 0 ? FACET(DISTANCE) : 0;
    facets |= filters->municipality_id != NULL ? FACET(MUNICIPALITY) : 0;
    facets |= filters->ovz != 0 || filters->ovz_any ? FACET(OVZ) : 0;
    facets |= filters->forms != 0 ? FACET(FORM) : 0;
    facets |= filters->levels != 0 ? FACET(LEVEL) : 0;
    facets |= filters->summer ? FACET(SUMMER) : 0;
    facets |= filters->organization_id != NULL ? FACET(ORGANIZATION) : 0;
    return facets;
}

void search_filters_take(struct search_filters *to, const struct search_filters *from,
                         enum search_facet facet)
{
    switch (facet) {
    case FACET_DIRECTION:
        to->directions = from->directions;
        return;
    case FACET_AGE:
        memcpy(to->age_months, from->age_months, sizeof to->age_months);
        to->age_count = from->age_count;
        to->age_from_months = from->age_from_months;
        to->age_to_months = from->age_to_months;
        return;
    case FACET_WEEKDAY:
        to->weekdays = from->weekdays;
        return;
    case FACET_DAY_PART:
        to->day_parts = from->day_parts;
        to->begins_from_min = from->begins_from_min;
        to->begins_to_min = from->begins_to_min;
        return;
    case FACET_PAYMENT:
        to->payment = from->payment;
        return;
    case FACET_PRICE:
        to->price_max_kopecks = from->price_max_kopecks;
        return;
    case FACET_PLACES:
        to->with_places = from->with_places;
        return;
    case FACET_DISTANCE:
        to->near = from->near;
        to->distance_max_m = from->distance_max_m;
        return;
    case FACET_OVZ:
        to->ovz = from->ovz;
        to->ovz_any = from->ovz_any;
        return;
    case FACET_FORM:
        to->forms = from->forms;
        return;
    case FACET_LEVEL:
        to->levels = from->levels;
        return;
    case FACET_SUMMER:
        to->summer = from->summer;
        return;
    case FACET_ACTIVITY:
    case FACET_MUNICIPALITY:
    case FACET_ORGANIZATION:
    case FACET_TEACHER:
    case FACET_STREET:
    case FACET_WORDS:
    case FACET_COUNT:
        return;
    }
}
