#include "search/facets.h"

#include "base/check.h"
#include "base/date.h"
#include "catalog/enrollment.h"
#include "search/word_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const int32_t search_prices_rubles[SEARCH_PRICES] = {0, 500, 1000, 2000, 4000};
const int16_t facet_part_min[DAY_PART_COUNT + 1] = {0, 12 * 60, 15 * 60, 18 * 60, 24 * 60};
const int32_t search_distances_m[SEARCH_DISTANCES] = {ADDRESS_HERE_M, 1000, 3000, 10000};

enum { PRICE_UNKNOWN = -1, LESSONS_A_MONTH = 8, MONTHS_A_YEAR = 9, KOPECKS = 100 };

static void describe_ages(const struct program *program, const struct group *group,
                          struct facet_group *row)
{
    int32_t low = group != NULL ? group->age_min_months : RECORD_UNKNOWN;
    int32_t high = group != NULL ? group->age_max_months : RECORD_UNKNOWN;
    if (low < 0 && high < 0) {
        low = program->age_min_months;
        high = program->age_max_months;
    }
    if (low >= 0 || high >= 0)
        row->bits |= UINT64_C(1) << GROUP_AGES_KNOWN;
    row->age_min_months = (int16_t)(low < 0 ? 0 : low < INT16_MAX ? low : INT16_MAX);
    row->age_max_months = (int16_t)(high < 0 || high > INT16_MAX ? INT16_MAX : high);
    for (int year = 0; year < SEARCH_YEARS; year++)
        if (year * 12 >= row->age_min_months && year * 12 <= row->age_max_months)
            row->bits |= UINT64_C(1) << (GROUP_YEAR + year);
}

// A family compares by the month: eight lessons, or a ninth of the school year.
static int32_t monthly_price(const struct program *program, const struct group *group)
{
    if (group != NULL && group->price_month_kopecks >= 0)
        return group->price_month_kopecks;
    if (group != NULL && group->price_total_kopecks >= 0) {
        switch (group->price_period) {
        case PRICE_PERIOD_LESSON:
            return group->price_total_kopecks > INT32_MAX / LESSONS_A_MONTH
                       ? INT32_MAX
                       : group->price_total_kopecks * LESSONS_A_MONTH;
        case PRICE_PERIOD_MONTH:
            return group->price_total_kopecks;
        case PRICE_PERIOD_YEAR:
            return group->price_total_kopecks / MONTHS_A_YEAR;
        case PRICE_PERIOD_COURSE:
        case PRICE_PERIOD_UNKNOWN:
        case PRICE_PERIOD_COUNT:
            break;
        }
    }
    return (program->payment & PAYMENT_FREE) != 0 ? 0 : PRICE_UNKNOWN;
}

static void describe_price(const struct program *program, const struct group *group,
                           struct facet_group *row)
{
    row->price_kopecks = monthly_price(program, group);
    for (int i = 0; i < SEARCH_PRICES; i++)
        if (row->price_kopecks >= 0 && row->price_kopecks <= search_prices_rubles[i] * KOPECKS)
            row->bits |= UINT64_C(1) << (GROUP_PRICE + i);
}

static unsigned part_of(int begins_min)
{
    if (begins_min < 0)
        return DAY_PART_COUNT;
    unsigned part = 0;
    while (part < DAY_PART_EVENING && begins_min >= facet_part_min[part + 1])
        part++;
    return part;
}

static void describe_lessons(const struct group *group, struct facet_group *row)
{
    for (uint32_t i = 0; i < group->slot_count; i++) {
        const struct slot *slot = &group->slots[i];
        if (slot->weekday < 1 || slot->weekday > 7)
            continue;
        unsigned part = part_of(slot->from_min);
        row->lessons[part] |= (uint8_t)(1u << slot->weekday);
        row->days |= (uint8_t)(1u << slot->weekday);
        row->bits |= UINT64_C(1) << (GROUP_WEEKDAY + slot->weekday - 1);
        if (part < DAY_PART_COUNT)
            row->bits |= UINT64_C(1) << (GROUP_DAY_PART + part);
    }
}

static uint32_t municipality_of(const struct snapshot *snapshot,
                                const struct snapshot_program *program, uint32_t address)
{
    const char *id = "";
    if (address != SNAPSHOT_NONE)
        id = snapshot->addresses[address].municipality_id;
    if (id[0] == '\0' && program->organization != SNAPSHOT_NONE)
        id = snapshot->organizations[program->organization].municipality_id;
    return id[0] == '\0' ? SNAPSHOT_NONE : snapshot_find_municipality(snapshot, id);
}

static struct facet_group describe_group(const struct snapshot *snapshot,
                                         const struct snapshot_program *program,
                                         const struct names *names, uint32_t ordinal)
{
    struct facet_group row = {.group = ordinal, .address = SNAPSHOT_NONE, .teacher = SNAPSHOT_NONE};
    const struct group *group = NULL;
    if (ordinal != SNAPSHOT_NONE) {
        group = &snapshot->groups[ordinal].record;
        row.address = snapshot->groups[ordinal].address;
        row.teacher = names->group_teachers[ordinal];
        describe_lessons(group, &row);
    }
    row.municipality = municipality_of(snapshot, program, row.address);
    describe_ages(&program->record, group, &row);
    describe_price(&program->record, group, &row);
    return row;
}

// Groups that meet between June and August and no longer: a summer club.
static bool is_in_summer(const struct group *group)
{
    enum { JUNE = 6, AUGUST = 8, LONGEST_DAYS = 100 };
    if (group->start_day == RECORD_DAY_UNKNOWN || group->end_day == RECORD_DAY_UNKNOWN ||
        group->end_day - group->start_day > LONGEST_DAYS)
        return false;
    int month = date_from_days(group->start_day).month;
    return month >= JUNE && month <= AUGUST;
}

static uint32_t program_bits(const struct snapshot *snapshot,
                             const struct snapshot_program *program)
{
    const struct program *record = &program->record;
    uint32_t bits = 0;
    if (record->direction < DIRECTION_COUNT)
        bits |= 1u << (PROGRAM_DIRECTION + record->direction);
    bits |= (record->payment & 7u) << PROGRAM_PAYMENT;
    bits |= (record->ovz & 2047u) << PROGRAM_OVZ;
    bits |= record->ovz != 0 ? 1u << PROGRAM_OVZ_ANY : 0;
    if (record->form != STUDY_FORM_UNKNOWN)
        bits |= 1u << (PROGRAM_FORM + record->form);
    if (record->remote)
        bits |= 1u << (PROGRAM_FORM + STUDY_FORM_REMOTE);
    bool any_level = record->level == LEVEL_UNKNOWN || record->level == LEVEL_MIXED;
    bits |= (any_level ? (1u << LEVEL_COUNT) - 1 : 1u << record->level) << PROGRAM_LEVEL;
    for (uint32_t i = 0; i < program->group_count; i++)
        if (is_in_summer(&snapshot->groups[program->group_first + i].record))
            bits |= 1u << PROGRAM_SUMMER;
    return bits;
}

static uint8_t rating_of(const struct program *program)
{
    int32_t rating = program->rating_x10;
    return (uint8_t)(rating < 0 ? 0 : rating < RATING_MAX_X10 ? rating : RATING_MAX_X10);
}

static uint32_t *number_activities(const struct snapshot *snapshot, struct arena *arena,
                                   struct facets *facets)
{
    struct word_table table = {.arena = arena};
    uint32_t *numbers = calloc(snapshot->program_count + (size_t)1, sizeof *numbers);
    CHECK(numbers != NULL);
    for (uint32_t i = 0; i < snapshot->program_count; i++) {
        const char *activity = snapshot->programs[i].record.activity;
        numbers[i] = activity[0] == '\0' ? SNAPSHOT_NONE
                                         : word_table_put(&table, activity, strlen(activity));
    }
    uint32_t *ranks;
    facets->activity_count = table.count;
    facets->activities = word_table_sort(&table, &ranks);
    for (uint32_t i = 0; i < snapshot->program_count; i++)
        numbers[i] = numbers[i] == SNAPSHOT_NONE ? SNAPSHOT_NONE : ranks[numbers[i]];
    free(ranks);
    return numbers;
}

// The municipalities of a document's groups, those of the groups so far; returns how many.
static uint32_t list_places(struct facets *facets, uint32_t document, uint32_t first)
{
    uint32_t count = 0;
    for (uint32_t i = facets->programs[document].group_first; i < facets->group_count; i++) {
        uint32_t place = 0;
        while (place < count && facets->places[first + place] != facets->groups[i].municipality)
            place++;
        if (place == count)
            facets->places[first + count++] = facets->groups[i].municipality;
    }
    return count;
}

void facets_build(const struct snapshot *snapshot, const uint32_t *programs,
                  const struct names *names, struct arena *arena, struct facets *ret_facets)
{
    uint32_t count = snapshot->program_count;
    struct facets facets = {.snapshot = snapshot, .document_count = count};
    uint32_t *activities = number_activities(snapshot, arena, &facets);
    uint32_t place_count = 0;
    facets.programs = arena_take_array(arena, count + (size_t)1, sizeof *facets.programs);
    facets.groups =
        arena_take_array(arena, snapshot->group_count + (size_t)count, sizeof *facets.groups);
    facets.places =
        arena_take_array(arena, snapshot->group_count + (size_t)count, sizeof *facets.places);
    for (uint32_t i = 0; i < count; i++) {
        const struct snapshot_program *program = &snapshot->programs[programs[i]];
        facets.programs[i] = (struct facet_program){
            .bits = program_bits(snapshot, program),
            .organization = program->organization,
            .activity = activities[programs[i]],
            .rating_x10 = rating_of(&program->record),
            .group_first = facets.group_count,
            .place_first = place_count,
        };
        for (uint32_t j = 0; j < program->group_count; j++)
            facets.groups[facets.group_count++] =
                describe_group(snapshot, program, names, program->group_first + j);
        if (program->group_count == 0)
            facets.groups[facets.group_count++] =
                describe_group(snapshot, program, names, SNAPSHOT_NONE);
        place_count += list_places(&facets, i, place_count);
    }
    facets.programs[count].group_first = facets.group_count;
    facets.programs[count].place_first = place_count;
    free(activities);
    *ret_facets = facets;
}

// ---- words that say it

static void mark_form(struct facets *facets, const struct search_index *index, uint32_t form,
                      bool in_text, uint32_t bit)
{
    for (uint32_t i = index->name_first[form]; i < index->name_first[form + 1]; i++)
        if ((index->name_postings[i] & INDEX_ABOUT_FIELDS) != 0)
            facets->programs[index->name_postings[i] >> POSTING_DOCUMENT_SHIFT].bits |= bit;
    for (uint32_t i = index->text_first[form]; in_text && i < index->text_first[form + 1]; i++)
        facets->programs[index->text_postings[i] >> POSTING_DOCUMENT_SHIFT].bits |= bit;
}

void facets_read_words(struct facets *facets, const struct search_index *index,
                       const struct thesaurus *thesaurus)
{
    static const struct {
        const char *concept;
        unsigned bit;
    } said[] = {
        {"facet-summer", PROGRAM_SUMMER},
        {"facet-ovz", PROGRAM_OVZ_ANY},
        {"facet-remote", PROGRAM_FORM + STUDY_FORM_REMOTE},
    };
    for (uint32_t i = 0; i < thesaurus->term_count; i++) {
        const struct term *term = &thesaurus->terms[i];
        const char *name = thesaurus->concepts[term->concept].name;
        for (unsigned j = 0; j < sizeof said / sizeof *said; j++)
            if (term->word_count == 1 && strcmp(name, said[j].concept) == 0)
                for (uint32_t k = term->forms[0].first; k < term->forms[0].last; k++)
                    mark_form(facets, index, term->forms[0].of_stem ? index->stem_forms[k] : k,
                              term->kind == TERM_SAME, 1u << said[j].bit);
    }
}

// ---- the day and the place

bool facets_live_update(const struct facets *facets, int32_t today, double latitude,
                        double longitude, struct facets_live *live)
{
    if (live->known && live->today == today && live->latitude == latitude &&
        live->longitude == longitude)
        return false;
    live->known = true;
    live->today = today;
    live->latitude = latitude;
    live->longitude = longitude;
    int64_t now_s = (int64_t)today * SECONDS_A_DAY; // seat numbers age by whole days here
    const struct snapshot *snapshot = facets->snapshot;
    for (uint32_t i = 0; i < facets->document_count; i++) {
        live->document_bits[i] = 0;
        live->nearest_m[i] = INFINITY;
        for (uint32_t j = facets->programs[i].group_first; j < facets->programs[i + 1].group_first;
             j++) {
            const struct facet_group *row = &facets->groups[j];
            uint64_t bits = row->bits;
            live->distances_m[j] =
                row->address == SNAPSHOT_NONE
                    ? INFINITY
                    : (float)address_distance_m(&snapshot->addresses[row->address], latitude,
                                                longitude);
            for (int k = 0; k < SEARCH_DISTANCES; k++)
                if (live->distances_m[j] <= (float)search_distances_m[k])
                    bits |= UINT64_C(1) << (GROUP_DISTANCE + k);
            if (row->group != SNAPSHOT_NONE &&
                seats_may_be_free(
                    group_seats(&snapshot->groups[row->group].record, today, now_s).seats))
                bits |= UINT64_C(1) << GROUP_PLACES;
            live->group_bits[j] = bits;
            live->document_bits[i] |= bits;
            live->nearest_m[i] = fminf(live->nearest_m[i], live->distances_m[j]);
        }
    }
    return true;
}
