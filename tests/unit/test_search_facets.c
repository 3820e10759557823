#include "catalog/enrollment.h"
#include "catalog/record_fields.h"
#include "search/search.h"
#include "tests/support/catalog_fixture.h"
#include "tests/support/fixture_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

// Everything the facets say is counted again here in the plainest way: for each choice ask each
// program, as the header tells the rules.

enum { TODAY = CATALOG_FIXTURE_TODAY, PROGRAMS = 300, ROUNDS = 160 };

static const double latitude = 52.1;
static const double longitude = 36.1;

static struct snapshot *snapshot;
static struct searcher *searcher;
static struct search_result *result;
static struct fixture_random dice = {20260101};

static uint32_t draw(uint32_t below)
{
    return fixture_draw(&dice, below);
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text);
    return length >= strlen(end) && strcmp(text + length - strlen(end), end) == 0;
}

// The region closer together, with programs without groups and prices of all periods.
static void take(void *builder, const struct record *given)
{
    struct record record = *given;
    if (record.type == RECORD_ADDRESS) {
        record.address.latitude = 52 + (record.address.latitude - 52) * 0.2;
        record.address.longitude = 36 + (record.address.longitude - 36) * 0.3;
        if (ends_with(record.address.head.id, "7")) {
            record.address.latitude = 0;
            record.address.longitude = 0;
        }
    }
    if (record.type == RECORD_GROUP) {
        struct group *group = &record.group;
        if (strstr(group->head.id, "3-1") != NULL)
            return;
        if (ends_with(group->program_id, "5")) {
            group->price_month_kopecks = RECORD_UNKNOWN;
            group->price_total_kopecks = 100 * (400 + (int32_t)draw(9000));
            group->price_period = (enum price_period)draw(PRICE_PERIOD_COUNT);
        }
        if (ends_with(group->program_id, "8"))
            group->address_id = "";
        group->places_known_at_s = (int64_t)TODAY * 86400 - 1;
        group->places_free = (int32_t)draw(4) - 1;
        group->waitlist_length = (int32_t)draw(3) - 1;
        if (group->slot_count > 0 && draw(10) == 0)
            group->slots[0].from_min = RECORD_UNKNOWN;
    }
    snapshot_builder_add(builder, &record);
}

static int set_up(void **state)
{
    (void)state;
    struct snapshot_builder *builder = snapshot_builder_create();
    catalog_fixture_each(PROGRAMS, 3, take, builder);
    snapshot = snapshot_build(builder, 1, 0, 0, "");
    searcher = searcher_create(snapshot);
    result = calloc(1, sizeof *result);
    return result != NULL ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    searcher_destroy(searcher);
    snapshot_destroy(snapshot);
    free(result);
    return 0;
}

// ---- the rules

static bool ages_fit(const struct search_filters *filters, const struct program *program,
                     const struct group *group)
{
    int32_t low = group != NULL ? group->age_min_months : RECORD_UNKNOWN;
    int32_t high = group != NULL ? group->age_max_months : RECORD_UNKNOWN;
    if (low == RECORD_UNKNOWN && high == RECORD_UNKNOWN) {
        low = program->age_min_months;
        high = program->age_max_months;
    }
    if (high == RECORD_UNKNOWN)
        high = INT32_MAX;
    for (uint32_t i = 0; i < filters->age_count; i++)
        if (filters->age_months[i] < low || filters->age_months[i] > high)
            return false;
    return filters->age_from_months == SEARCH_ANY ||
           (filters->age_from_months <= high && filters->age_to_months >= low);
}

static unsigned part_of(int begins_min)
{
    return begins_min < 12 * 60   ? DAY_PART_MORNING
           : begins_min < 15 * 60 ? DAY_PART_NOON
           : begins_min < 18 * 60 ? DAY_PART_AFTERNOON
                                  : DAY_PART_EVENING;
}

static bool lessons_fit(const struct search_filters *filters, const struct group *group)
{
    bool timed = filters->day_parts != 0 || filters->begins_from_min != SEARCH_ANY ||
                 filters->begins_to_min != SEARCH_ANY;
    if (filters->weekdays == 0 && !timed)
        return true;
    for (uint32_t i = 0; group != NULL && i < group->slot_count; i++) {
        const struct slot *slot = &group->slots[i];
        if (filters->weekdays != 0 && (filters->weekdays >> slot->weekday & 1) == 0)
            continue;
        if (timed && slot->from_min == RECORD_UNKNOWN)
            continue;
        if (filters->day_parts != 0 && (filters->day_parts >> part_of(slot->from_min) & 1) == 0)
            continue;
        if (filters->begins_from_min != SEARCH_ANY && slot->from_min < filters->begins_from_min)
            continue;
        if (filters->begins_to_min != SEARCH_ANY && slot->from_min > filters->begins_to_min)
            continue;
        return true;
    }
    return false;
}

static double month_price(const struct program *program, const struct group *group)
{
    if (group != NULL && group->price_month_kopecks != RECORD_UNKNOWN)
        return group->price_month_kopecks;
    if (group != NULL && group->price_total_kopecks != RECORD_UNKNOWN) {
        if (group->price_period == PRICE_PERIOD_LESSON)
            return group->price_total_kopecks * 8.0;
        if (group->price_period == PRICE_PERIOD_MONTH)
            return group->price_total_kopecks;
        if (group->price_period == PRICE_PERIOD_YEAR)
            return floor(group->price_total_kopecks / 9.0);
    }
    return (program->payment & PAYMENT_FREE) != 0 ? 0 : INFINITY;
}

static double metres_to(const struct address *address)
{
    if (address == NULL || (address->latitude == 0 && address->longitude == 0))
        return INFINITY;
    double radians = acos(-1) / 180;
    double north = sin((address->latitude - latitude) * radians / 2);
    double east = sin((address->longitude - longitude) * radians / 2);
    double part =
        north * north + cos(latitude * radians) * cos(address->latitude * radians) * east * east;
    return 2 * 6371000 * asin(sqrt(part));
}

static const char *municipality_of(const struct snapshot_program *program,
                                   const struct address *address)
{
    if (address != NULL && address->municipality_id[0] != '\0')
        return address->municipality_id;
    return program->organization == SNAPSHOT_NONE
               ? ""
               : snapshot->organizations[program->organization].municipality_id;
}

static bool has_places(const struct group *group)
{
    return group != NULL &&
           seats_may_be_free(group_seats(group, TODAY, (int64_t)TODAY * 86400).seats);
}

static bool group_fits(const struct search_filters *filters, const struct snapshot_program *program,
                       const struct snapshot_group *group)
{
    const struct group *record = group != NULL ? &group->record : NULL;
    const struct address *address = group != NULL && group->address != SNAPSHOT_NONE
                                        ? &snapshot->addresses[group->address]
                                        : NULL;
    if (!ages_fit(filters, &program->record, record) || !lessons_fit(filters, record))
        return false;
    if (filters->price_max_kopecks != SEARCH_ANY &&
        month_price(&program->record, record) > filters->price_max_kopecks)
        return false;
    if (filters->with_places && !has_places(record))
        return false;
    if (filters->distance_max_m != SEARCH_ANY && metres_to(address) > filters->distance_max_m)
        return false;
    return filters->municipality_id == NULL ||
           strcmp(municipality_of(program, address), filters->municipality_id) == 0;
}

// The fixture's summer groups begin in June, its summer clubs are a «летняя смена».
static bool is_summer(const struct snapshot_program *program)
{
    for (uint32_t i = 0; i < program->group_count; i++)
        if (snapshot->groups[program->group_first + i].record.start_day != RECORD_DAY_UNKNOWN)
            return true;
    return strstr(program->record.title, " летн") != NULL;
}

static bool program_fits(const struct search_filters *filters,
                         const struct snapshot_program *program)
{
    const struct program *record = &program->record;
    if (filters->directions != 0 && (filters->directions >> record->direction & 1) == 0)
        return false;
    if (filters->payment != 0 && (filters->payment & record->payment) == 0)
        return false;
    if ((filters->ovz & record->ovz) != filters->ovz || (filters->ovz_any && record->ovz == 0))
        return false;
    if (filters->forms != 0 && (filters->forms >> record->form & 1) == 0 &&
        !(record->remote && (filters->forms >> STUDY_FORM_REMOTE & 1) != 0))
        return false;
    if (filters->levels != 0 && record->level != LEVEL_UNKNOWN && record->level != LEVEL_MIXED &&
        (filters->levels >> record->level & 1) == 0)
        return false;
    if (filters->summer && !is_summer(program))
        return false;
    if (filters->organization_id != NULL &&
        strcmp(record->organization_id, filters->organization_id) != 0)
        return false;
    return filters->activity == NULL || strcmp(record->activity, filters->activity) == 0;
}

// The first group that fits, sooner one that can be joined; true when there is one.
static bool fits(const struct search_filters *filters, uint32_t number, uint32_t *ret_group)
{
    const struct snapshot_program *program = &snapshot->programs[number];
    *ret_group = SNAPSHOT_NONE;
    if (!program_fits(filters, program))
        return false;
    if (program->group_count == 0)
        return group_fits(filters, program, NULL);
    bool any = false;
    for (uint32_t i = 0; i < program->group_count; i++) {
        const struct snapshot_group *group = &snapshot->groups[program->group_first + i];
        if (!group_fits(filters, program, group))
            continue;
        if (!any)
            *ret_group = program->group_first + i;
        any = true;
        if (has_places(&group->record)) {
            *ret_group = program->group_first + i;
            return true;
        }
    }
    return any;
}

static uint32_t count(const struct search_filters *filters)
{
    uint32_t found = 0;
    uint32_t group;
    for (uint32_t i = 0; i < snapshot->program_count; i++)
        found += fits(filters, i, &group);
    return found;
}

static struct search_filters without(const struct search_filters *filters, enum search_facet facet)
{
    struct search_filters rest = *filters;
    const struct search_filters any = search_filters_any();
    switch (facet) {
    case FACET_DIRECTION:
        rest.directions = 0;
        break;
    case FACET_ACTIVITY:
        rest.activity = NULL;
        break;
    case FACET_AGE:
        rest.age_count = 0;
        rest.age_from_months = any.age_from_months;
        rest.age_to_months = any.age_to_months;
        break;
    case FACET_WEEKDAY:
        rest.weekdays = 0;
        break;
    case FACET_DAY_PART:
        rest.day_parts = 0;
        rest.begins_from_min = any.begins_from_min;
        rest.begins_to_min = any.begins_to_min;
        break;
    case FACET_PAYMENT:
        rest.payment = 0;
        break;
    case FACET_PRICE:
        rest.price_max_kopecks = any.price_max_kopecks;
        break;
    case FACET_PLACES:
        rest.with_places = false;
        break;
    case FACET_DISTANCE:
        rest.distance_max_m = any.distance_max_m;
        break;
    case FACET_MUNICIPALITY:
        rest.municipality_id = NULL;
        break;
    case FACET_OVZ:
        rest.ovz = 0;
        rest.ovz_any = false;
        break;
    case FACET_FORM:
        rest.forms = 0;
        break;
    case FACET_LEVEL:
        rest.levels = 0;
        break;
    case FACET_SUMMER:
        rest.summer = false;
        break;
    case FACET_ORGANIZATION:
        rest.organization_id = NULL;
        break;
    case FACET_TEACHER:
    case FACET_STREET:
    case FACET_WORDS:
    case FACET_COUNT:
        break;
    }
    return rest;
}

// ---- filters drawn

static bool wanted(void)
{
    return draw(6) == 0;
}

static void draw_times(struct search_filters *filters)
{
    if (wanted())
        filters->weekdays = 1u << (1 + draw(7)) | 1u << (1 + draw(7));
    if (wanted())
        filters->day_parts = 1u << draw(DAY_PART_COUNT);
    else if (wanted())
        filters->begins_from_min = (int32_t)(9 + draw(10)) * 60;
    else if (wanted()) {
        filters->begins_from_min = 10 * 60;
        filters->begins_to_min = (int32_t)(10 + draw(9)) * 60;
    }
}

static void draw_ages(struct search_filters *filters)
{
    if (wanted())
        for (filters->age_count = 0; filters->age_count < 1 + draw(2); filters->age_count++)
            filters->age_months[filters->age_count] = 40 + (int32_t)draw(170);
    else if (wanted()) {
        filters->age_from_months = (int32_t)(3 + draw(12)) * 12;
        filters->age_to_months = filters->age_from_months + (int32_t)draw(3) * 12 + 11;
    }
}

static struct search_filters draw_filters(void)
{
    struct search_filters filters = search_filters_any();
    draw_times(&filters);
    draw_ages(&filters);
    if (wanted())
        filters.directions = 1u << draw(DIRECTION_COUNT) | 1u << draw(DIRECTION_COUNT);
    if (wanted())
        filters.payment = 1u << draw(3);
    if (wanted())
        filters.price_max_kopecks = (int32_t)draw(4000) * 100;
    filters.with_places = wanted();
    if (wanted())
        filters.distance_max_m = 500 + (int32_t)draw(12000);
    if (draw(12) == 0)
        filters.ovz = 1u << draw(11);
    filters.ovz_any = draw(12) == 0;
    if (wanted())
        filters.forms = 1u << (1 + draw(STUDY_FORM_COUNT - 1));
    if (wanted())
        filters.levels = 1u << (1 + draw(3));
    filters.summer = draw(15) == 0;
    if (draw(15) == 0)
        filters.organization_id =
            snapshot->organizations[draw(snapshot->organization_count)].head.id;
    if (draw(10) == 0)
        filters.municipality_id =
            snapshot->municipalities[draw(snapshot->municipality_count)].head.id;
    if (draw(20) == 0)
        filters.activity = snapshot->programs[draw(snapshot->program_count)].record.activity;
    filters.near = wanted();
    return filters;
}

static void ask(const struct search_filters *filters)
{
    struct search_request request = {.query = "",
                                     .filters = *filters,
                                     .today = TODAY,
                                     .latitude = latitude,
                                     .longitude = longitude};
    search_run(searcher, &request, result);
}

// ---- comparing

#define ASSERT_COUNT(facet, member, value, counted)                                                \
    do {                                                                                           \
        struct search_filters one = without(&filters, facet);                                      \
        one.member = value;                                                                        \
        assert_int_equal(counted, count(&one));                                                    \
    } while (0)

static void check_choices(struct search_filters filters)
{
    for (uint32_t i = 0; i < DIRECTION_COUNT; i++)
        ASSERT_COUNT(FACET_DIRECTION, directions, 1u << i, result->direction_counts[i]);
    for (uint32_t i = 0; i < 3; i++)
        ASSERT_COUNT(FACET_PAYMENT, payment, 1u << i, result->payment_counts[i]);
    for (uint32_t i = 1; i <= 7; i++)
        ASSERT_COUNT(FACET_WEEKDAY, weekdays, 1u << i, result->weekday_counts[i]);
    for (uint32_t i = 0; i < DAY_PART_COUNT; i++)
        ASSERT_COUNT(FACET_DAY_PART, day_parts, 1u << i, result->day_part_counts[i]);
    for (int32_t i = 0; i < SEARCH_YEARS; i++) {
        struct search_filters one = without(&filters, FACET_AGE);
        one.age_count = 1;
        one.age_months[0] = i * 12;
        assert_int_equal(result->age_counts[i], count(&one));
        one = filters;
        if (one.age_count == SEARCH_AGES_MAX)
            continue;
        one.age_months[one.age_count++] = i * 12;
        assert_int_equal(result->sibling_counts[i], count(&one));
    }
    for (uint32_t i = 0; i < SEARCH_PRICES; i++)
        ASSERT_COUNT(FACET_PRICE, price_max_kopecks, search_prices_rubles[i] * 100,
                     result->price_counts[i]);
    for (uint32_t i = 0; i < SEARCH_DISTANCES; i++)
        ASSERT_COUNT(FACET_DISTANCE, distance_max_m, search_distances_m[i],
                     result->distance_counts[i]);
    for (uint32_t i = 0; i < 11; i++)
        ASSERT_COUNT(FACET_OVZ, ovz, 1u << i, result->ovz_counts[i]);
    ASSERT_COUNT(FACET_OVZ, ovz_any, true, result->ovz_any_count);
    for (uint32_t i = 1; i < STUDY_FORM_COUNT; i++)
        ASSERT_COUNT(FACET_FORM, forms, 1u << i, result->form_counts[i]);
    for (uint32_t i = LEVEL_START; i < LEVEL_MIXED; i++)
        ASSERT_COUNT(FACET_LEVEL, levels, 1u << i, result->level_counts[i]);
    ASSERT_COUNT(FACET_PLACES, with_places, true, result->with_places_count);
    ASSERT_COUNT(FACET_SUMMER, summer, true, result->summer_count);
}

static uint32_t option_count(const struct search_option *options, uint32_t option_total,
                             uint32_t ordinal)
{
    for (uint32_t i = 0; i < option_total; i++)
        if (options[i].ordinal == ordinal)
            return options[i].count;
    return 0;
}

static void check_options(struct search_filters filters)
{
    for (uint32_t i = 0; i < snapshot->municipality_count; i++)
        ASSERT_COUNT(FACET_MUNICIPALITY, municipality_id, snapshot->municipalities[i].head.id,
                     option_count(result->municipalities, result->municipality_count, i));
    for (uint32_t i = 0; i < snapshot->organization_count; i++)
        ASSERT_COUNT(FACET_ORGANIZATION, organization_id, snapshot->organizations[i].head.id,
                     option_count(result->organizations, result->organization_count, i));
    assert_true(result->activity_count <= SEARCH_OPTIONS_MAX);
    for (uint32_t i = 0; i < result->activity_count; i++) {
        const struct search_option *option = &result->activities[i];
        assert_true(option->count > 0);
        assert_true(i == 0 || option[-1].count > option->count ||
                    (option[-1].count == option->count && option[-1].ordinal < option->ordinal));
        ASSERT_COUNT(FACET_ACTIVITY, activity, searcher_activity(searcher, option->ordinal),
                     option->count);
    }
}

static void check_hits(const struct search_filters *filters)
{
    uint32_t total = 0;
    for (uint32_t i = 0; i < snapshot->program_count; i++) {
        uint32_t group;
        bool want = fits(filters, i, &group);
        total += want;
        uint32_t place = 0;
        while (place < result->hit_count && result->hits[place].program != i)
            place++;
        assert_int_equal(place < result->hit_count, want);
        if (want)
            assert_int_equal(result->hits[place].group, group);
    }
    assert_int_equal(result->total, total);
    assert_int_equal(result->hit_count, total);
}

// What the programs of a way out offer instead.
static uint32_t offers(const struct search_filters *filters, enum search_facet facet)
{
    struct search_filters one = without(filters, facet);
    uint32_t all = 0;
    if (facet == FACET_AGE) {
        one.age_count = 1;
        for (uint32_t i = 0; i < SEARCH_YEARS; i++) {
            one.age_months[0] = (int32_t)i * 12;
            all |= count(&one) > 0 ? 1u << i : 0;
        }
    } else if (facet == FACET_WEEKDAY) {
        for (uint32_t i = 1; i <= 7; i++) {
            one.weekdays = 1u << i;
            all |= count(&one) > 0 ? 1u << i : 0;
        }
    } else if (facet == FACET_DAY_PART) {
        for (uint32_t i = 0; i < DAY_PART_COUNT; i++) {
            one.day_parts = 1u << i;
            all |= count(&one) > 0 ? 1u << i : 0;
        }
    } else if (facet == FACET_PAYMENT) {
        for (uint32_t i = 0; i < 3; i++) {
            one.payment = 1u << i;
            all |= count(&one) > 0 ? 1u << i : 0;
        }
    }
    return all;
}

static void check_relaxed(const struct search_filters *filters)
{
    if (result->total > 0) {
        assert_int_equal(result->relaxed_count, 0);
        return;
    }
    uint32_t ways = 0;
    uint32_t asked = search_filters_facets(filters);
    for (int facet = 0; facet < FACET_WORDS; facet++) {
        struct search_filters rest = without(filters, (enum search_facet)facet);
        uint32_t want = (asked >> facet & 1) != 0 ? count(&rest) : 0;
        ways += want > 0;
        uint32_t place = 0;
        while (place < result->relaxed_count && result->relaxed[place].facet != (unsigned)facet)
            place++;
        assert_int_equal(place < result->relaxed_count ? result->relaxed[place].count : 0, want);
        if (want > 0)
            assert_int_equal(result->relaxed[place].offers,
                             offers(filters, (enum search_facet)facet));
    }
    assert_int_equal(result->relaxed_count, ways);
    for (uint32_t i = 1; i < result->relaxed_count; i++)
        assert_true(result->relaxed[i - 1].count >= result->relaxed[i].count);
}

static void all_is_counted_as_told(void **state)
{
    (void)state;
    uint32_t empty = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct search_filters filters = draw_filters();
        if (round == 0)
            filters = search_filters_any();
        ask(&filters);
        check_hits(&filters);
        check_choices(filters);
        check_options(filters);
        check_relaxed(&filters);
        empty += result->total == 0;
    }
    assert_true(empty > ROUNDS / 20 && empty < ROUNDS * 3 / 4);
}

// Days and times together, where a group can fail either alone.
static void days_and_times_are_counted_as_told(void **state)
{
    (void)state;
    for (uint32_t day = 1; day <= 7; day++)
        for (uint32_t part = 0; part < DAY_PART_COUNT; part++) {
            struct search_filters filters = search_filters_any();
            filters.weekdays = 1u << day;
            filters.day_parts = 1u << part;
            filters.organization_id = snapshot->organizations[part + day].head.id;
            ask(&filters);
            check_hits(&filters);
            check_choices(filters);
            check_relaxed(&filters);
        }
}

static void without_a_place_no_distance_is_known(void **state)
{
    (void)state;
    struct search_request request = {
        .query = "", .filters = search_filters_any(), .today = TODAY, .limit = 5};
    request.filters.distance_max_m = 1000;
    search_run(searcher, &request, result);
    assert_int_equal(result->total, snapshot->program_count);
    assert_int_equal(result->hit_count, 5);
    for (int i = 0; i < SEARCH_DISTANCES; i++)
        assert_int_equal(result->distance_counts[i], 0);
}

static void narrowed_facets_are_named(void **state)
{
    (void)state;
    struct search_filters filters = search_filters_any();
    assert_int_equal(search_filters_facets(&filters), 0);
    filters.near = true;
    assert_int_equal(search_filters_facets(&filters), 0);
    filters.age_from_months = 0;
    filters.age_to_months = 11;
    filters.begins_to_min = 0;
    filters.ovz_any = true;
    filters.price_max_kopecks = 0;
    assert_int_equal(search_filters_facets(&filters),
                     1u << FACET_AGE | 1u << FACET_DAY_PART | 1u << FACET_OVZ | 1u << FACET_PRICE);
}

static void an_unheard_name_fits_none(void **state)
{
    (void)state;
    struct search_filters filters = search_filters_any();
    filters.organization_id = "unheard";
    ask(&filters);
    assert_int_equal(result->total, 0);
    filters = search_filters_any();
    filters.municipality_id = "unheard";
    ask(&filters);
    assert_int_equal(result->total, 0);
    filters = search_filters_any();
    filters.activity = "Неслыханное";
    ask(&filters);
    assert_int_equal(result->total, 0);
    assert_int_equal(result->relaxed_count, 1);
    assert_int_equal(result->relaxed[0].facet, FACET_ACTIVITY);
    assert_int_equal(result->relaxed[0].count, snapshot->program_count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_is_counted_as_told),
        cmocka_unit_test(days_and_times_are_counted_as_told),
        cmocka_unit_test(without_a_place_no_distance_is_known),
        cmocka_unit_test(narrowed_facets_are_named),
        cmocka_unit_test(an_unheard_name_fits_none),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
