#include "search/facets_ask.h"

#include "search/index.h"

#include <string.h>

static uint32_t find_activity(const struct facets *facets, const char *activity)
{
    return index_find(facets->activities, facets->activity_count, activity);
}

// Of several children one and the same group must take all.
static uint64_t years_that_must(const struct search_filters *filters)
{
    enum { MONTHS = 12 };
    uint64_t years = 0;
    for (uint32_t i = 0; i < filters->age_count; i++) {
        int32_t months = filters->age_months[i];
        if (months % MONTHS != 0 || months >= SEARCH_YEARS * MONTHS)
            return 0;
        years |= UINT64_C(1) << (GROUP_YEAR + months / MONTHS);
    }
    return filters->age_from_months < 0 ? years : 0;
}

// A single filter that the counted bits of a group answer by themselves.
static void settle_must(struct facet_question *question)
{
    const struct search_filters *filters = &question->filters;
    if (question->asked == FACET(WEEKDAY))
        question->must = (uint64_t)(filters->weekdays >> 1 & 127) << GROUP_WEEKDAY;
    if (question->asked == FACET(DAY_PART) && filters->begins_from_min < 0 &&
        filters->begins_to_min < 0)
        question->must = (uint64_t)filters->day_parts << GROUP_DAY_PART;
    if (question->asked == FACET(PLACES))
        question->must = UINT64_C(1) << GROUP_PLACES;
    if (question->asked == FACET(AGE)) {
        question->must = years_that_must(filters);
        question->must_all = true;
    }
}

static void add_mask(struct facet_question *question, enum search_facet facet, uint32_t bits,
                     bool all)
{
    if ((question->asked >> facet & 1) != 0)
        question->masks[question->mask_count++] = (struct facet_mask){bits, all, facet};
}

static void settle_masks(struct facet_question *question)
{
    const struct search_filters *filters = &question->filters;
    uint32_t ovz = filters->ovz << PROGRAM_OVZ;
    ovz |= filters->ovz_any ? 1u << PROGRAM_OVZ_ANY : 0;
    add_mask(question, FACET_DIRECTION, filters->directions << PROGRAM_DIRECTION, false);
    add_mask(question, FACET_PAYMENT, (filters->payment & 7) << PROGRAM_PAYMENT, false);
    add_mask(question, FACET_OVZ, ovz, true);
    add_mask(question, FACET_FORM, filters->forms << PROGRAM_FORM, false);
    add_mask(question, FACET_LEVEL, filters->levels << PROGRAM_LEVEL, false);
    add_mask(question, FACET_SUMMER, 1u << PROGRAM_SUMMER, false);
}

struct facet_question facet_question_make(const struct facets *facets,
                                          const struct facets_live *live,
                                          const struct search_filters *filters,
                                          struct name_choice *const names[NAME_KIND_COUNT])
{
    static const uint32_t facet_of[NAME_KIND_COUNT] = {
        [NAME_ORGANIZATION] = FACET(ORGANIZATION),
        [NAME_TEACHER] = FACET(TEACHER),
        [NAME_STREET] = FACET(STREET),
        [NAME_MUNICIPALITY] = FACET(MUNICIPALITY),
    };
    struct facet_question question = {
        .facets = facets,
        .live = live,
        .filters = *filters,
        .organization = SNAPSHOT_NONE,
        .municipality = SNAPSHOT_NONE,
        .activity = SNAPSHOT_NONE,
        .asked = search_filters_facets(filters),
    };
    for (int i = 0; i < NAME_KIND_COUNT; i++) {
        question.names[i] = names[i];
        question.asked |= names[i]->any ? facet_of[i] : 0;
    }
    if (filters->organization_id != NULL)
        question.organization =
            snapshot_find_organization(facets->snapshot, filters->organization_id);
    if (filters->municipality_id != NULL)
        question.municipality =
            snapshot_find_municipality(facets->snapshot, filters->municipality_id);
    if (filters->activity != NULL)
        question.activity = find_activity(facets, filters->activity);
    settle_masks(&question);
    uint32_t of_program = FACET(ORGANIZATION) | FACET(ACTIVITY);
    for (uint32_t i = 0; i < question.mask_count; i++)
        of_program |= 1u << question.masks[i].facet;
    question.whole = (question.asked & ~of_program) == 0;
    settle_must(&question);
    return question;
}

// ---- one document

static bool ages_fail(const struct search_filters *filters, const struct facet_group *row)
{
    for (uint32_t i = 0; i < filters->age_count; i++)
        if (filters->age_months[i] < row->age_min_months ||
            filters->age_months[i] > row->age_max_months)
            return true;
    return filters->age_from_months >= 0 && (filters->age_from_months > row->age_max_months ||
                                             filters->age_to_months < row->age_min_months);
}

static bool begins_within(const struct search_filters *filters, int begins_min)
{
    return begins_min >= filters->begins_from_min &&
           (filters->begins_to_min < 0 || begins_min <= filters->begins_to_min);
}

static uint8_t days_by_slots(const struct facet_question *question, const struct facet_group *row)
{
    const struct group *group = &question->facets->snapshot->groups[row->group].record;
    uint8_t days = 0;
    for (uint32_t i = 0; i < group->slot_count; i++) {
        const struct slot *slot = &group->slots[i];
        if (slot->from_min >= 0 && slot->weekday <= 7 &&
            begins_within(&question->filters, slot->from_min))
            days |= (uint8_t)(1u << slot->weekday);
    }
    return days;
}

// The slots themselves are read only where a part of the day lies partly within the times.
static uint8_t days_between(const struct facet_question *question, const struct facet_group *row)
{
    uint8_t days = 0;
    for (unsigned part = 0; part < DAY_PART_COUNT; part++) {
        if (row->lessons[part] == 0)
            continue;
        bool from = begins_within(&question->filters, facet_part_min[part]);
        bool to = begins_within(&question->filters, facet_part_min[part + 1] - 1);
        bool through = question->filters.begins_from_min > facet_part_min[part] &&
                       question->filters.begins_from_min < facet_part_min[part + 1];
        if (from && to)
            days |= row->lessons[part];
        else if (from || to || through)
            return days_by_slots(question, row);
    }
    return days;
}

// Weekdays (bits 1..7) with a lesson at the times asked; all lessons when no time is.
uint8_t facet_days_at_times(const struct facet_question *question, const struct facet_group *row)
{
    const struct search_filters *filters = &question->filters;
    if (filters->begins_from_min >= 0 || filters->begins_to_min >= 0)
        return row->group == SNAPSHOT_NONE ? 0 : days_between(question, row);
    if (filters->day_parts == 0)
        return row->days;
    uint8_t days = 0;
    for (unsigned part = 0; part < DAY_PART_COUNT; part++)
        if ((filters->day_parts >> part & 1) != 0)
            days |= row->lessons[part];
    return days;
}

// Day parts with a lesson on the days asked.
uint32_t facet_parts_on_days(const struct facet_question *question, const struct facet_group *row)
{
    uint32_t days = question->filters.weekdays != 0 ? question->filters.weekdays : 0xFE;
    uint32_t parts = 0;
    for (unsigned part = 0; part < DAY_PART_COUNT; part++)
        parts |= (row->lessons[part] & days) != 0 ? 1u << part : 0;
    return parts;
}

static uint32_t time_fails(const struct facet_question *question, uint32_t asked,
                           const struct facet_group *row)
{
    uint32_t weekdays = question->filters.weekdays;
    uint8_t days = row->days;
    if (days == 0)
        return asked; // neither alone would do
    if (asked == FACET(WEEKDAY))
        return (days & weekdays) == 0 ? asked : 0;
    uint8_t timed = facet_days_at_times(question, row);
    if (asked == FACET(DAY_PART))
        return timed == 0 ? asked : 0;
    if ((timed & weekdays) != 0)
        return 0;
    // What alone would do? Giving up the day needs the time to be met, and the other way round.
    bool without_days = timed != 0;
    bool without_times = (days & weekdays) != 0;
    if (without_days && !without_times)
        return FACET(WEEKDAY);
    if (without_times && !without_days)
        return FACET(DAY_PART);
    return without_days ? FAILS_EITHER : asked;
}

// Names of the catalogue, and what stands beside them as ids.
static uint32_t place_fails(const struct facet_question *question, const struct facet_group *row)
{
    uint32_t fails = 0;
    if (facet_id_fails(question->filters.municipality_id, question->municipality,
                       row->municipality) ||
        facet_name_fails(question->names[NAME_MUNICIPALITY], row->municipality))
        fails |= FACET(MUNICIPALITY);
    if (facet_name_fails(question->names[NAME_TEACHER], row->teacher))
        fails |= FACET(TEACHER);
    if (facet_name_fails(question->names[NAME_STREET], row->address))
        fails |= FACET(STREET);
    return fails;
}

uint32_t facet_group_fails(const struct facet_question *question, uint32_t row_number)
{
    enum {
        TIMES = FACET(WEEKDAY) | FACET(DAY_PART),
        PLACES = FACET(MUNICIPALITY) | FACET(TEACHER) | FACET(STREET)
    };
    const struct facet_group *row = &question->facets->groups[row_number];
    const struct search_filters *filters = &question->filters;
    uint32_t asked = question->asked;
    uint32_t fails = 0;
    if (question->must != 0)
        return facet_lacks(question, question->live->group_bits[row_number]) ? asked : 0;
    if ((asked & TIMES) != 0)
        fails |= time_fails(question, asked & TIMES, row);
    if ((asked & FACET(AGE)) != 0 && ages_fail(filters, row))
        fails |= FACET(AGE);
    if ((asked & FACET(PRICE)) != 0 &&
        (row->price_kopecks < 0 || row->price_kopecks > filters->price_max_kopecks))
        fails |= FACET(PRICE);
    if ((asked & FACET(PLACES)) != 0 &&
        (question->live->group_bits[row_number] >> GROUP_PLACES & 1) == 0)
        fails |= FACET(PLACES);
    // Where the terminal's own place is unknown no distance can be asked.
    bool placed = question->live->latitude != 0 || question->live->longitude != 0;
    if ((asked & FACET(DISTANCE)) != 0 && placed &&
        question->live->distances_m[row_number] > (float)filters->distance_max_m)
        fails |= FACET(DISTANCE);
    if ((asked & PLACES) != 0)
        fails |= place_fails(question, row);
    return fails;
}
