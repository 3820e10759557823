#include "catalog/facets.h"

#include "base/date.h"
#include "catalog/enrollment.h"

#include <string.h>

enum { YEARS = 18, PAYMENTS = 3 };

enum {
    FAILS_DIRECTION = 1,
    FAILS_PAYMENT = 2,
    FAILS_AGE = 4,
    FAILS_WEEKDAY = 8,
    FAILS_PLACES = 16,
    FAILS_OWNER = 32, // organization or municipality: filtered, but no facet is shown
};

static uint32_t find_municipality(const struct snapshot *snapshot, const char *id)
{
    uint32_t i = 0;
    while (i < snapshot->municipality_count && strcmp(snapshot->municipalities[i].head.id, id) != 0)
        i++;
    return i < snapshot->municipality_count ? i : SNAPSHOT_NONE;
}

static uint32_t find_organization(const struct snapshot *snapshot, const char *id)
{
    uint32_t i = 0;
    while (i < snapshot->organization_count && strcmp(snapshot->organizations[i].head.id, id) != 0)
        i++;
    return i < snapshot->organization_count ? i : SNAPSHOT_NONE;
}

static struct facet_group describe_ages(const struct program *program, const struct group *group)
{
    int32_t low = group != NULL ? group->age_min_months : RECORD_UNKNOWN;
    int32_t high = group != NULL ? group->age_max_months : RECORD_UNKNOWN;
    if (low < 0 && high < 0) {
        low = program->age_min_months;
        high = program->age_max_months;
    }
    struct facet_group row = {
        .age_min_months = (int16_t)(low < 0 ? 0 : low),
        .age_max_months = (int16_t)(high < 0 ? INT16_MAX : high),
    };
    for (int year = 0; year < YEARS; year++)
        if (year * 12 >= row.age_min_months && year * 12 <= row.age_max_months)
            row.years |= 1u << year;
    return row;
}

static const char *municipality_id(const struct snapshot *snapshot,
                                   const struct snapshot_program *program, uint32_t address)
{
    if (address != SNAPSHOT_NONE && snapshot->addresses[address].municipality_id[0] != '\0')
        return snapshot->addresses[address].municipality_id;
    if (program->organization != SNAPSHOT_NONE)
        return snapshot->organizations[program->organization].municipality_id;
    return "";
}

static struct facet_group describe_group(const struct snapshot *snapshot,
                                         const struct snapshot_program *program, uint32_t ordinal)
{
    const struct snapshot_group *group = &snapshot->groups[ordinal];
    struct facet_group row = describe_ages(&program->record, &group->record);
    row.group = ordinal;
    row.municipality =
        find_municipality(snapshot, municipality_id(snapshot, program, group->address));
    for (uint32_t i = 0; i < group->record.slot_count; i++)
        row.weekdays |= (uint8_t)(1u << group->record.slots[i].weekday);
    return row;
}

void facets_build(const struct snapshot *snapshot, const uint32_t *programs, struct arena *arena,
                  struct facets *ret_facets)
{
    uint32_t count = snapshot->program_count;
    struct facets facets = {.document_count = count};
    facets.documents = arena_take_array(arena, count + (size_t)1, sizeof *facets.documents);
    facets.groups =
        arena_take_array(arena, snapshot->group_count + (size_t)count, sizeof *facets.groups);
    for (uint32_t i = 0; i < count; i++) {
        const struct snapshot_program *program = &snapshot->programs[programs[i]];
        facets.documents[i] = (struct facet_document){
            .organization = program->organization,
            .group_first = facets.group_count,
            .direction = (uint8_t)program->record.direction,
            .payment = (uint8_t)program->record.payment,
        };
        for (uint32_t j = 0; j < program->group_count; j++)
            facets.groups[facets.group_count++] =
                describe_group(snapshot, program, program->group_first + j);
        if (program->group_count == 0) {
            struct facet_group row = describe_ages(&program->record, NULL);
            row.group = SNAPSHOT_NONE;
            row.municipality =
                find_municipality(snapshot, municipality_id(snapshot, program, SNAPSHOT_NONE));
            facets.groups[facets.group_count++] = row;
        }
    }
    facets.documents[count].group_first = facets.group_count;
    *ret_facets = facets;
}

void facets_find_joinable(const struct snapshot *snapshot, const struct facets *facets,
                          int32_t today, bool *ret_joinable)
{
    int64_t now_s = (int64_t)today * SECONDS_A_DAY;
    for (uint32_t i = 0; i < facets->group_count; i++) {
        uint32_t group = facets->groups[i].group;
        ret_joinable[i] =
            group != SNAPSHOT_NONE &&
            seats_can_join(group_seats(&snapshot->groups[group].record, today, now_s).seats);
    }
}

// The filters with their ids looked up once.
struct question {
    const struct search_filters *filters;
    uint32_t organization;
    uint32_t municipality;
};

static unsigned document_fails(const struct question *question,
                               const struct facet_document *document)
{
    const struct search_filters *filters = question->filters;
    unsigned fails = 0;
    if (filters->directions != 0 && (filters->directions >> document->direction & 1) == 0)
        fails |= FAILS_DIRECTION;
    if (filters->payment != 0 && (filters->payment & document->payment) == 0)
        fails |= FAILS_PAYMENT;
    if (filters->organization_id != NULL && (document->organization == SNAPSHOT_NONE ||
                                             document->organization != question->organization))
        fails |= FAILS_OWNER;
    return fails;
}

static unsigned group_fails(const struct question *question, const struct facet_group *group,
                            bool joinable)
{
    const struct search_filters *filters = question->filters;
    unsigned fails = 0;
    if (filters->age_months >= 0 && (filters->age_months < group->age_min_months ||
                                     filters->age_months > group->age_max_months))
        fails |= FAILS_AGE;
    if (filters->weekdays != 0 && (filters->weekdays & group->weekdays) == 0)
        fails |= FAILS_WEEKDAY;
    if (filters->with_places && !joinable)
        fails |= FAILS_PLACES;
    if (filters->municipality_id != NULL &&
        (group->municipality == SNAPSHOT_NONE || group->municipality != question->municipality))
        fails |= FAILS_OWNER;
    return fails;
}

static void count_bits(uint32_t bits, uint32_t *counts)
{
    for (; bits != 0; bits &= bits - 1)
        counts[__builtin_ctz(bits)]++;
}

// A facet counts what passes all filters but its own.
static uint8_t count_document(const struct question *question, const struct facets *facets,
                              uint32_t document, const bool *joinable, struct search_result *result)
{
    const struct facet_document *row = &facets->documents[document];
    unsigned all = document_fails(question, row);
    bool fits = false;
    bool fits_joinable = false;
    bool places = false;
    bool direction = false;
    bool payment = false;
    uint32_t weekdays = 0;
    uint32_t years = 0;
    for (uint32_t i = row[0].group_first; i < row[1].group_first; i++) {
        const struct facet_group *group = &facets->groups[i];
        unsigned fails = all | group_fails(question, group, joinable[i]);
        fits |= fails == 0;
        fits_joinable |= fails == 0 && joinable[i];
        direction |= (fails & ~(unsigned)FAILS_DIRECTION) == 0;
        payment |= (fails & ~(unsigned)FAILS_PAYMENT) == 0;
        places |= (fails & ~(unsigned)FAILS_PLACES) == 0 && joinable[i];
        weekdays |= (fails & ~(unsigned)FAILS_WEEKDAY) == 0 ? group->weekdays : 0;
        years |= (fails & ~(unsigned)FAILS_AGE) == 0 ? group->years : 0;
    }
    result->total += fits;
    result->with_places_count += places;
    if (direction && row->direction < DIRECTION_COUNT)
        result->direction_counts[row->direction]++;
    if (payment)
        count_bits(row->payment & ((1u << PAYMENTS) - 1), result->payment_counts);
    count_bits(weekdays, result->weekday_counts);
    count_bits(years, result->age_counts);
    return (uint8_t)((fits ? DOCUMENT_FITS : 0) | (fits_joinable ? DOCUMENT_JOINABLE : 0));
}

void facets_apply(const struct snapshot *snapshot, const struct facets *facets,
                  const struct search_filters *filters, const bool *joinable, uint8_t *documents,
                  struct search_result *ret_result)
{
    struct question question = {.filters = filters};
    if (filters->organization_id != NULL)
        question.organization = find_organization(snapshot, filters->organization_id);
    if (filters->municipality_id != NULL)
        question.municipality = find_municipality(snapshot, filters->municipality_id);
    for (uint32_t i = 0; i < facets->document_count; i++)
        if (documents[i] != 0)
            documents[i] = count_document(&question, facets, i, joinable, ret_result);
}
