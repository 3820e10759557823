#include "catalog/record_fields.h"
#include "ctl/report_json.h"
#include "ctl/search_json.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>

enum { MONTHS = 12, KOPECKS = 100 };

static void add_counts(cJSON *facets, enum search_facet facet, const char *const *words,
                       const uint32_t *counts, unsigned count)
{
    cJSON *object = cJSON_AddObjectToObject(facets, search_facet_name(facet));
    for (unsigned i = 0; i < count; i++)
        if (words[i] != NULL)
            cJSON_AddNumberToObject(object, words[i], counts[i]);
}

static void add_number(cJSON *object, int32_t number, uint32_t count)
{
    char name[12];
    snprintf(name, sizeof name, "%d", number);
    cJSON_AddNumberToObject(object, name, count);
}

static void add_numbered(cJSON *facets, enum search_facet facet, const uint32_t *counts,
                         unsigned first, unsigned end)
{
    cJSON *object = cJSON_AddObjectToObject(facets, search_facet_name(facet));
    for (unsigned i = first; i < end; i++)
        add_number(object, (int32_t)i, counts[i]);
}

static const char *direction_word(unsigned direction)
{
    return direction_code((enum direction)direction);
}

static void add_directions(cJSON *facets, const struct search_result *result)
{
    cJSON *object = cJSON_AddObjectToObject(facets, search_facet_name(FACET_DIRECTION));
    for (unsigned i = 0; i < DIRECTION_COUNT; i++)
        cJSON_AddNumberToObject(object, direction_word(i), result->direction_counts[i]);
}

static void add_named(cJSON *facets, const struct search_answer *answer)
{
    const struct search_result *result = answer->result;
    cJSON *object = cJSON_AddObjectToObject(facets, search_facet_name(FACET_MUNICIPALITY));
    for (uint32_t i = 0; i < result->municipality_count; i++)
        cJSON_AddNumberToObject(
            object, answer->snapshot->municipalities[result->municipalities[i].ordinal].head.id,
            result->municipalities[i].count);
    object = cJSON_AddObjectToObject(facets, search_facet_name(FACET_ORGANIZATION));
    for (uint32_t i = 0; i < result->organization_count; i++)
        cJSON_AddNumberToObject(
            object, answer->snapshot->organizations[result->organizations[i].ordinal].head.id,
            result->organizations[i].count);
    object = cJSON_AddObjectToObject(facets, search_facet_name(FACET_ACTIVITY));
    for (uint32_t i = 0; i < result->activity_count; i++)
        cJSON_AddNumberToObject(object,
                                searcher_activity(answer->searcher, result->activities[i].ordinal),
                                result->activities[i].count);
}

static cJSON *make_facets(const struct search_answer *answer)
{
    const struct search_result *result = answer->result;
    cJSON *facets = cJSON_CreateObject();
    add_directions(facets, result);
    add_counts(facets, FACET_PAYMENT, payment_words, result->payment_counts, PAYMENT_WORDS);
    add_numbered(facets, FACET_WEEKDAY, result->weekday_counts, 1, 8);
    add_counts(facets, FACET_DAY_PART, day_part_words, result->day_part_counts, DAY_PART_COUNT);
    add_numbered(facets, FACET_AGE, result->age_counts, 0, SEARCH_YEARS);
    cJSON *prices = cJSON_AddObjectToObject(facets, search_facet_name(FACET_PRICE));
    for (unsigned i = 0; i < SEARCH_PRICES; i++)
        add_number(prices, search_prices_rubles[i], result->price_counts[i]);
    cJSON *distances = cJSON_AddObjectToObject(facets, search_facet_name(FACET_DISTANCE));
    for (unsigned i = 0; i < SEARCH_DISTANCES; i++)
        add_number(distances, search_distances_m[i], result->distance_counts[i]);
    add_counts(facets, FACET_OVZ, ovz_words, result->ovz_counts, OVZ_WORDS);
    cJSON_AddNumberToObject(cJSON_GetObjectItem(facets, search_facet_name(FACET_OVZ)), "any",
                            result->ovz_any_count);
    add_counts(facets, FACET_FORM, form_words, result->form_counts, STUDY_FORM_COUNT);
    add_counts(facets, FACET_LEVEL, level_words, result->level_counts, LEVEL_COUNT);
    cJSON_AddNumberToObject(facets, search_facet_name(FACET_PLACES), result->with_places_count);
    cJSON_AddNumberToObject(facets, search_facet_name(FACET_SUMMER), result->summer_count);
    add_named(facets, answer);
    return facets;
}

static void add_set(cJSON *object, enum search_facet facet, const char *const *words, uint32_t set,
                    unsigned count)
{
    if (set == 0)
        return;
    cJSON *array = cJSON_AddArrayToObject(object, search_facet_name(facet));
    for (unsigned i = 0; i < count; i++)
        if ((set >> i & 1) != 0 && words[i] != NULL)
            cJSON_AddItemToArray(array, cJSON_CreateString(words[i]));
}

static void add_years(cJSON *array, int32_t months)
{
    cJSON_AddItemToArray(array, cJSON_CreateNumber((double)months / MONTHS));
}

static void add_ages(cJSON *object, const struct search_filters *filters)
{
    if (filters->age_count > 0) {
        cJSON *ages = cJSON_AddArrayToObject(object, search_facet_name(FACET_AGE));
        for (uint32_t i = 0; i < filters->age_count; i++)
            add_years(ages, filters->age_months[i]);
    }
    if (filters->age_from_months >= 0) {
        cJSON *range = cJSON_AddArrayToObject(object, "age_range");
        add_years(range, filters->age_from_months);
        add_years(range, filters->age_to_months);
    }
}

static void add_times(cJSON *object, const struct search_filters *filters)
{
    if (filters->weekdays != 0) {
        cJSON *days = cJSON_AddArrayToObject(object, search_facet_name(FACET_WEEKDAY));
        for (int day = 1; day <= 7; day++)
            if ((filters->weekdays >> day & 1) != 0)
                cJSON_AddItemToArray(days, cJSON_CreateNumber(day));
    }
    add_set(object, FACET_DAY_PART, day_part_words, filters->day_parts, DAY_PART_COUNT);
    if (filters->begins_from_min >= 0)
        cJSON_AddNumberToObject(object, "begins_from_min", filters->begins_from_min);
    if (filters->begins_to_min >= 0)
        cJSON_AddNumberToObject(object, "begins_to_min", filters->begins_to_min);
}

static cJSON *make_understood(const struct search_result *result)
{
    const struct search_filters *filters = &result->understood;
    cJSON *object = cJSON_CreateObject();
    add_ages(object, filters);
    add_times(object, filters);
    add_set(object, FACET_PAYMENT, payment_words, filters->payment, PAYMENT_WORDS);
    if (filters->price_max_kopecks >= 0)
        cJSON_AddNumberToObject(object, search_facet_name(FACET_PRICE),
                                (double)filters->price_max_kopecks / KOPECKS);
    if (filters->with_places)
        cJSON_AddTrueToObject(object, search_facet_name(FACET_PLACES));
    if (filters->near)
        cJSON_AddTrueToObject(object, "near");
    if (filters->distance_max_m >= 0)
        cJSON_AddNumberToObject(object, search_facet_name(FACET_DISTANCE), filters->distance_max_m);
    add_set(object, FACET_OVZ, ovz_words, filters->ovz, OVZ_WORDS);
    if (filters->ovz_any) {
        const char *const any = "any";
        cJSON_AddItemToObject(object, search_facet_name(FACET_OVZ),
                              cJSON_CreateStringArray(&any, 1));
    }
    add_set(object, FACET_FORM, form_words, filters->forms, STUDY_FORM_COUNT);
    add_set(object, FACET_LEVEL, level_words, filters->levels, LEVEL_COUNT);
    if (filters->summer)
        cJSON_AddTrueToObject(object, search_facet_name(FACET_SUMMER));
    for (uint32_t i = 0; i < result->meaning_count; i++) {
        const struct search_meaning *meaning = &result->meanings[i];
        if (meaning->label[0] != '\0' &&
            cJSON_GetObjectItem(object, search_facet_name(meaning->facet)) == NULL)
            cJSON_AddStringToObject(object, search_facet_name(meaning->facet), meaning->label);
    }
    return object;
}

static cJSON *make_hit(const struct search_answer *answer, const struct search_hit *hit)
{
    const struct snapshot *snapshot = answer->snapshot;
    const struct snapshot_program *program = &snapshot->programs[hit->program];
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "id", program->record.head.id);
    cJSON_AddStringToObject(object, "local_id", program->record.head.local_id);
    cJSON_AddStringToObject(object, "title", program->record.title);
    cJSON_AddStringToObject(object, "organization",
                            program->organization == SNAPSHOT_NONE
                                ? ""
                                : snapshot->organizations[program->organization].name);
    cJSON_AddNumberToObject(object, "score", round((double)hit->score * 1000) / 1000);
    if (answer->why != NULL)
        cJSON_AddStringToObject(object, "why", answer->why(answer->context, hit->program));
    return object;
}

void search_line_answer(const struct search_answer *answer)
{
    const struct search_result *result = answer->result;
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "query", answer->line->query);
    cJSON_AddStringToObject(object, "corrected", result->corrected);
    cJSON_AddItemToObject(object, "understood", make_understood(result));
    cJSON_AddNumberToObject(object, "total", result->total);
    cJSON_AddItemToObject(object, "facets", make_facets(answer));
    cJSON *relaxed = cJSON_AddArrayToObject(object, "relaxed");
    for (uint32_t i = 0; i < result->relaxed_count; i++) {
        cJSON *way = cJSON_CreateObject();
        cJSON_AddStringToObject(way, "drop", search_facet_name(result->relaxed[i].facet));
        cJSON_AddNumberToObject(way, "count", result->relaxed[i].count);
        cJSON_AddItemToArray(relaxed, way);
    }
    cJSON *suggestions = cJSON_AddArrayToObject(object, "suggestions");
    for (uint32_t i = 0; i < result->suggestion_count; i++)
        cJSON_AddItemToArray(suggestions, cJSON_CreateString(result->suggestions[i].text));
    cJSON *hits = cJSON_AddArrayToObject(object, "results");
    for (uint32_t i = 0; i < result->hit_count && i < answer->line->limit; i++)
        cJSON_AddItemToArray(hits, make_hit(answer, &result->hits[i]));
    cJSON_AddNumberToObject(object, "took_us", (double)answer->took_us);
    report_line(object);
}

void search_line_refuse(const char *error)
{
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "error", error);
    report_line(object);
}
