#include "ctl/search_json.h"

#include "base/text.h"
#include "base/utf8.h"
#include "ctl/report_json.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { AGE_YEARS_MAX = 120 };

static const char *const payments[] = {"free", "certificate", "paid"};

static bool take_direction(const cJSON *value, struct search_line *line)
{
    enum direction direction =
        cJSON_IsString(value) ? direction_parse(value->valuestring) : DIRECTION_COUNT;
    if (direction == DIRECTION_COUNT)
        return false;
    line->filters.directions |= 1u << direction;
    return true;
}

static bool take_payment(const cJSON *value, struct search_line *line)
{
    for (unsigned i = 0; i < sizeof payments / sizeof *payments; i++) {
        if (cJSON_IsString(value) && strcmp(value->valuestring, payments[i]) == 0) {
            line->filters.payment |= 1u << i;
            return true;
        }
    }
    return false;
}

static bool take_weekday(const cJSON *value, struct search_line *line)
{
    double day = cJSON_IsNumber(value) ? value->valuedouble : 0;
    if (day < 1 || day > 7 || day != floor(day))
        return false;
    line->filters.weekdays |= 1u << (unsigned)day;
    return true;
}

static bool take_age(const cJSON *value, struct search_line *line)
{
    double years = cJSON_IsNumber(value) ? value->valuedouble : -1;
    if (!(years >= 0 && years <= AGE_YEARS_MAX) || line->filters.age_months != SEARCH_AGE_ANY)
        return false;
    line->filters.age_months = (int32_t)(years * 12);
    return true;
}

static bool take_places(const cJSON *value, struct search_line *line)
{
    line->filters.with_places = cJSON_IsTrue(value);
    return cJSON_IsBool(value);
}

static bool take_id(const cJSON *value, char ret_id[static RECORD_ID_BYTES],
                    const char **ret_filter)
{
    if (!cJSON_IsString(value) || strlen(value->valuestring) >= RECORD_ID_BYTES || *ret_filter)
        return false;
    text_copy(ret_id, RECORD_ID_BYTES, value->valuestring);
    *ret_filter = ret_id;
    return true;
}

static bool take_organization(const cJSON *value, struct search_line *line)
{
    return take_id(value, line->organization, &line->filters.organization_id);
}

static bool take_municipality(const cJSON *value, struct search_line *line)
{
    return take_id(value, line->municipality, &line->filters.municipality_id);
}

static const struct {
    const char *name;
    bool (*take)(const cJSON *value, struct search_line *line);
    const char *expected;
} filters[] = {
    {"direction", take_direction, "a code like \"tekhnicheskoe\""},
    {"payment", take_payment, "free, certificate or paid"},
    {"weekdays", take_weekday, "1..7"},
    {"age_years", take_age, "one age 0..120"},
    {"with_places", take_places, "true or false"},
    {"organization", take_organization, "one id"},
    {"municipality", take_municipality, "one id"},
};

static bool fail(char *ret_error, const char *key, const char *expected)
{
    snprintf(ret_error, SEARCH_LINE_ERROR_BYTES, "%.40s: expected %s", key, expected);
    return false;
}

static bool read_filter(const cJSON *item, struct search_line *line, char *ret_error)
{
    size_t i = 0;
    while (i < sizeof filters / sizeof *filters && strcmp(filters[i].name, item->string) != 0)
        i++;
    if (i == sizeof filters / sizeof *filters)
        return fail(ret_error, item->string, "a filter");
    bool ok = true;
    if (!cJSON_IsArray(item))
        ok = filters[i].take(item, line);
    for (const cJSON *value = cJSON_IsArray(item) ? item->child : NULL; ok && value != NULL;
         value = value->next)
        ok = filters[i].take(value, line);
    return ok || fail(ret_error, item->string, filters[i].expected);
}

static bool read_filters(const cJSON *item, struct search_line *line, char *ret_error)
{
    if (!cJSON_IsObject(item))
        return fail(ret_error, item->string, "an object");
    for (const cJSON *filter = item->child; filter != NULL; filter = filter->next)
        if (!read_filter(filter, line, ret_error))
            return false;
    return true;
}

static bool read_key(const cJSON *item, struct search_line *line, char *ret_error)
{
    const char *key = item->string;
    if (strcmp(key, "filters") == 0)
        return read_filters(item, line, ret_error);
    if (strcmp(key, "age_years") == 0)
        return read_filter(item, line, ret_error);
    if (strcmp(key, "query") == 0) {
        if (!cJSON_IsString(item))
            return fail(ret_error, key, "a text");
        text_copy(line->query, sizeof line->query, item->valuestring);
    } else if (strcmp(key, "complete") == 0) {
        if (!cJSON_IsBool(item))
            return fail(ret_error, key, "true or false");
        line->complete = cJSON_IsTrue(item);
    } else if (strcmp(key, "limit") == 0) {
        if (!cJSON_IsNumber(item) || !(item->valuedouble >= 0) ||
            item->valuedouble > SEARCH_HITS_MAX)
            return fail(ret_error, key, "a number 0..1000");
        line->limit = (uint32_t)item->valuedouble;
    } else {
        return fail(ret_error, key, "query, age_years, filters, limit or complete");
    }
    return true;
}

bool search_line_read(const char *line, uint32_t limit, struct search_line *ret_line,
                      char ret_error[static SEARCH_LINE_ERROR_BYTES])
{
    *ret_line = (struct search_line){.limit = limit, .filters.age_months = SEARCH_AGE_ANY};
    if (!utf8_valid(line, strlen(line)))
        return fail(ret_error, "request", "UTF-8");
    if (line[0] != '{') {
        text_copy(ret_line->query, sizeof ret_line->query, line);
        return true;
    }
    cJSON *json = cJSON_ParseWithOpts(line, NULL, true);
    bool ok = json != NULL || fail(ret_error, "request", "a text or a JSON object");
    for (const cJSON *item = json ? json->child : NULL; ok && item != NULL; item = item->next)
        ok = read_key(item, ret_line, ret_error);
    cJSON_Delete(json);
    return ok;
}

static void add_numbered(cJSON *facets, const char *name, const uint32_t *counts, unsigned first,
                         unsigned end)
{
    cJSON *object = cJSON_AddObjectToObject(facets, name);
    for (unsigned i = first; i < end; i++) {
        char number[12];
        snprintf(number, sizeof number, "%u", i);
        cJSON_AddNumberToObject(object, number, counts[i]);
    }
}

static cJSON *make_facets(const struct search_result *result)
{
    cJSON *facets = cJSON_CreateObject();
    cJSON *directions = cJSON_AddObjectToObject(facets, "direction");
    for (unsigned i = 0; i < DIRECTION_COUNT; i++)
        cJSON_AddNumberToObject(directions, direction_code((enum direction)i),
                                result->direction_counts[i]);
    cJSON *payment = cJSON_AddObjectToObject(facets, "payment");
    for (unsigned i = 0; i < sizeof payments / sizeof *payments; i++)
        cJSON_AddNumberToObject(payment, payments[i], result->payment_counts[i]);
    add_numbered(facets, "weekdays", result->weekday_counts, 1, 8);
    add_numbered(facets, "age_years", result->age_counts, 0,
                 sizeof result->age_counts / sizeof *result->age_counts);
    cJSON_AddNumberToObject(facets, "with_places", result->with_places_count);
    return facets;
}

static cJSON *make_hit(const struct snapshot *snapshot, const struct search_hit *hit)
{
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
    return object;
}

void search_line_answer(const struct snapshot *snapshot, const struct search_line *line,
                        const struct search_result *result, int64_t took_us)
{
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "query", line->query);
    cJSON_AddStringToObject(object, "corrected", result->corrected);
    cJSON_AddObjectToObject(object, "understood");
    cJSON_AddNumberToObject(object, "total", result->total);
    cJSON_AddItemToObject(object, "facets", make_facets(result));
    cJSON *suggestions = cJSON_AddArrayToObject(object, "suggestions");
    for (uint32_t i = 0; i < result->suggestion_count; i++)
        cJSON_AddItemToArray(suggestions, cJSON_CreateString(result->suggestions[i]));
    cJSON *hits = cJSON_AddArrayToObject(object, "results");
    for (uint32_t i = 0; i < result->hit_count && i < line->limit; i++)
        cJSON_AddItemToArray(hits, make_hit(snapshot, &result->hits[i]));
    cJSON_AddNumberToObject(object, "took_us", (double)took_us);
    report_line(object);
}

void search_line_refuse(const char *error)
{
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "error", error);
    report_line(object);
}
