#include "search/facets_ask.h"

#include "search/index.h"

#include <string.h>

static uint32_t find_activity(const struct facets *facets, const char *activity)
{
    return index_find(facets->activities, facets->activity_count, activity);
}

// A single filter that the counted bits of a group answer by themselves.
static uint64_t bits_that_must(const struct search_filters *filters, uint32_t asked)
{
    enum { MONTHS = 12 };
    if (asked == FACET(WEEKDAY))
        return (uint64_t)(filters->weekdays >> 1 & 127) << GROUP_WEEKDAY;
    if (asked == FACET(DAY_PART) && filters->begins_from_min < 0 && filters->begins_to_min < 0)
        return (uint64_t)filters->day_parts << GROUP_DAY_PART;
    if (asked == FACET(PLACES))
        return UINT64_C(1) << GROUP_PLACES;
    bool year = asked == FACET(AGE) && filters->age_count == 1 && filters->age_from_months < 0 &&
                filters->age_months[0] % MONTHS == 0 &&
                filters->age_months[0] < SEARCH_YEARS * MONTHS;
    return year ? UINT64_C(1) << (GROUP_YEAR + filters->age_months[0] / MONTHS) : 0;
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
    question.must = bits_that_must(filters, question.asked);
    return question;
}

// ---- one document

static bool name_fails(const struct name_choice *choice, uint32_t ordinal)
{
    return choice->any && (ordinal == SNAPSHOT_NONE || choice->chosen[ordinal] == 0);
}

static bool id_fails(const char *id, uint32_t asked, uint32_t ordinal)
{
    return id != NULL && (ordinal == SNAPSHOT_NONE || ordinal != asked);
}

uint32_t facet_program_fails(const struct facet_question *question, const struct facet_program *row)
{
    enum {
        PROGRAM_FACETS = FACET(DIRECTION) | FACET(PAYMENT) | FACET(OVZ) | FACET(FORM) |
                         FACET(LEVEL) | FACET(SUMMER) | FACET(ORGANIZATION) | FACET(ACTIVITY)
    };
    const struct search_filters *filters = &question->filters;
    uint32_t bits = row->bits;
    uint32_t fails = 0;
    if ((question->asked & PROGRAM_FACETS) == 0)
        return 0;
    if (filters->directions != 0 && (bits >> PROGRAM_DIRECTION & filters->directions) == 0)
        fails |= FACET(DIRECTION);
    if (filters->payment != 0 && (bits >> PROGRAM_PAYMENT & filters->payment & 7) == 0)
        fails |= FACET(PAYMENT);
    if ((bits >> PROGRAM_OVZ & filters->ovz) != filters->ovz ||
        (filters->ovz_any && (bits >> PROGRAM_OVZ_ANY & 1) == 0))
        fails |= FACET(OVZ);
    if (filters->forms != 0 && (bits >> PROGRAM_FORM & filters->forms) == 0)
        fails |= FACET(FORM);
    if (filters->levels != 0 && (bits >> PROGRAM_LEVEL & filters->levels) == 0)
        fails |= FACET(LEVEL);
    if (filters->summer && (bits >> PROGRAM_SUMMER & 1) == 0)
        fails |= FACET(SUMMER);
    if (id_fails(filters->organization_id, question->organization, row->organization) ||
        name_fails(question->names[NAME_ORGANIZATION], row->organization))
        fails |= FACET(ORGANIZATION);
    if (id_fails(filters->activity, question->activity, row->activity))
        fails |= FACET(ACTIVITY);
    return fails;
}

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
    if (id_fails(question->filters.municipality_id, question->municipality, row->municipality) ||
        name_fails(question->names[NAME_MUNICIPALITY], row->municipality))
        fails |= FACET(MUNICIPALITY);
    if (name_fails(question->names[NAME_TEACHER], row->teacher))
        fails |= FACET(TEACHER);
    if (name_fails(question->names[NAME_STREET], row->address))
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
