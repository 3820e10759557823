#include "ctl/search_json.h"

#include "base/json_text.h"
#include "base/text.h"
#include "base/utf8.h"
#include "catalog/record_fields.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    AGE_YEARS_MAX = 120,
    MONTHS = 12,
    KOPECKS = 100,
    MOST = 10000000,
    DEPTH_MAX = 8,
    KEY_SHOWN_BYTES = 44
};

const char *const day_part_words[DAY_PART_COUNT] = {"morning", "noon", "afternoon", "evening"};

// Sets the bit of a word; false when it is none of them.
static bool take_bit(const cJSON *value, const char *const *words, unsigned count,
                     uint32_t *ret_set)
{
    for (unsigned i = 0; cJSON_IsString(value) && i < count; i++) {
        if (words[i] != NULL && strcmp(words[i], value->valuestring) == 0) {
            *ret_set |= 1u << i;
            return true;
        }
    }
    return false;
}

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
    return take_bit(value, payment_words, PAYMENT_WORDS, &line->filters.payment);
}

static bool take_day_part(const cJSON *value, struct search_line *line)
{
    return take_bit(value, day_part_words, DAY_PART_COUNT, &line->filters.day_parts);
}

static bool take_ovz(const cJSON *value, struct search_line *line)
{
    bool any =
        cJSON_IsTrue(value) || (cJSON_IsString(value) && strcmp(value->valuestring, "any") == 0);
    line->filters.ovz_any |= any;
    return any || take_bit(value, ovz_words, OVZ_WORDS, &line->filters.ovz);
}

static bool take_form(const cJSON *value, struct search_line *line)
{
    return take_bit(value, form_words, STUDY_FORM_COUNT, &line->filters.forms);
}

static bool take_level(const cJSON *value, struct search_line *line)
{
    return take_bit(value, level_words, LEVEL_COUNT, &line->filters.levels);
}

static bool take_number(const cJSON *value, double least, double most, double *ret_number)
{
    if (!cJSON_IsNumber(value) || !(value->valuedouble >= least && value->valuedouble <= most))
        return false;
    *ret_number = value->valuedouble;
    return true;
}

static bool take_weekday(const cJSON *value, struct search_line *line)
{
    double day;
    if (!take_number(value, 1, 7, &day) || day != floor(day))
        return false;
    line->filters.weekdays |= 1u << (unsigned)day;
    return true;
}

static bool take_age(const cJSON *value, struct search_line *line)
{
    double years;
    if (!take_number(value, 0, AGE_YEARS_MAX, &years) || line->filters.age_count == SEARCH_AGES_MAX)
        return false;
    line->filters.age_months[line->filters.age_count++] = (int32_t)(years * MONTHS);
    return true;
}

static bool take_price(const cJSON *value, struct search_line *line)
{
    double rubles;
    if (!take_number(value, 0, MOST, &rubles))
        return false;
    line->filters.price_max_kopecks = (int32_t)(rubles * KOPECKS);
    return true;
}

static bool take_distance(const cJSON *value, struct search_line *line)
{
    double metres;
    if (!take_number(value, 0, MOST, &metres))
        return false;
    line->filters.distance_max_m = (int32_t)metres;
    return true;
}

static bool take_places(const cJSON *value, struct search_line *line)
{
    line->filters.with_places = cJSON_IsTrue(value);
    return cJSON_IsBool(value);
}

static bool take_summer(const cJSON *value, struct search_line *line)
{
    line->filters.summer = cJSON_IsTrue(value);
    return cJSON_IsBool(value);
}

static bool take_text(const cJSON *value, char *ret_text, size_t capacity, const char **ret_filter)
{
    if (!cJSON_IsString(value) || strlen(value->valuestring) >= capacity || *ret_filter != NULL)
        return false;
    text_copy(ret_text, capacity, value->valuestring);
    *ret_filter = ret_text;
    return true;
}

static bool take_organization(const cJSON *value, struct search_line *line)
{
    return take_text(value, line->organization, sizeof line->organization,
                     &line->filters.organization_id);
}

static bool take_municipality(const cJSON *value, struct search_line *line)
{
    return take_text(value, line->municipality, sizeof line->municipality,
                     &line->filters.municipality_id);
}

static bool take_activity(const cJSON *value, struct search_line *line)
{
    return take_text(value, line->activity, sizeof line->activity, &line->filters.activity);
}

static const struct {
    const char *name;
    bool (*take)(const cJSON *value, struct search_line *line);
    const char *expected;
} facets[FACET_COUNT] = {
    [FACET_DIRECTION] = {"direction", take_direction, "a code like \"tekhnicheskoe\""},
    [FACET_ACTIVITY] = {"activity", take_activity, "one activity as the catalogue writes it"},
    [FACET_AGE] = {"age_years", take_age, "at most 4 ages 0..120"},
    [FACET_WEEKDAY] = {"weekdays", take_weekday, "1..7"},
    [FACET_DAY_PART] = {"day_parts", take_day_part, "morning, noon, afternoon or evening"},
    [FACET_PAYMENT] = {"payment", take_payment, "free, certificate or paid"},
    [FACET_PRICE] = {"price_max", take_price, "roubles a month"},
    [FACET_PLACES] = {"with_places", take_places, "true or false"},
    [FACET_DISTANCE] = {"distance_max_m", take_distance, "metres"},
    [FACET_MUNICIPALITY] = {"municipality", take_municipality, "one id"},
    [FACET_OVZ] = {"ovz", take_ovz, "any or a kind like \"autism\""},
    [FACET_FORM] = {"form", take_form, "full_time, mixed or remote"},
    [FACET_LEVEL] = {"level", take_level, "start, base, advanced or mixed"},
    [FACET_SUMMER] = {"summer", take_summer, "true or false"},
    [FACET_ORGANIZATION] = {"organization", take_organization, "one id"},
    [FACET_TEACHER] = {"teacher", NULL, NULL},
    [FACET_STREET] = {"street", NULL, NULL},
    [FACET_WORDS] = {"words", NULL, NULL},
};

const char *search_facet_name(enum search_facet facet)
{
    return facets[facet].name;
}

static bool fail(char *ret_error, const char *key, const char *expected)
{
    char shown[KEY_SHOWN_BYTES];
    text_copy(shown, sizeof shown, key);
    text_flatten(shown);
    snprintf(ret_error, SEARCH_LINE_ERROR_BYTES, "%s: expected %s", shown, expected);
    return false;
}

static bool read_filter(const cJSON *item, struct search_line *line, char *ret_error)
{
    int i = 0;
    while (i < FACET_COUNT && (facets[i].take == NULL || strcmp(facets[i].name, item->string) != 0))
        i++;
    if (i == FACET_COUNT)
        return fail(ret_error, item->string, "a filter");
    bool ok = true;
    if (!cJSON_IsArray(item))
        ok = facets[i].take(item, line);
    for (const cJSON *value = cJSON_IsArray(item) ? item->child : NULL; ok && value != NULL;
         value = value->next)
        ok = facets[i].take(value, line);
    return ok || fail(ret_error, item->string, facets[i].expected);
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

static bool read_flag(const cJSON *item, bool *ret_flag, char *ret_error)
{
    *ret_flag = cJSON_IsTrue(item);
    return cJSON_IsBool(item) || fail(ret_error, item->string, "true or false");
}

static bool read_key(const cJSON *item, struct search_line *line, char *ret_error)
{
    const char *key = item->string;
    if (strcmp(key, "filters") == 0)
        return read_filters(item, line, ret_error);
    if (strcmp(key, "age_years") == 0)
        return read_filter(item, line, ret_error);
    if (strcmp(key, "complete") == 0)
        return read_flag(item, &line->complete, ret_error);
    if (strcmp(key, "exact") == 0)
        return read_flag(item, &line->exact, ret_error);
    if (strcmp(key, "query") == 0) {
        if (!cJSON_IsString(item))
            return fail(ret_error, key, "a text");
        text_copy(line->query, sizeof line->query, item->valuestring);
    } else if (strcmp(key, "limit") == 0) {
        if (!cJSON_IsNumber(item) || !(item->valuedouble >= 0) ||
            item->valuedouble > SEARCH_HITS_MAX)
            return fail(ret_error, key, "a number 0..1000");
        line->limit = (uint32_t)item->valuedouble;
    } else {
        return fail(ret_error, key, "query, age_years, filters, limit, complete or exact");
    }
    return true;
}

bool search_line_read(const char *line, uint32_t limit, struct search_line *ret_line,
                      char ret_error[static SEARCH_LINE_ERROR_BYTES])
{
    *ret_line = (struct search_line){.limit = limit, .filters = search_filters_any()};
    if (!utf8_valid(line, strlen(line)))
        return fail(ret_error, "request", "UTF-8");
    if (line[0] != '{') {
        text_copy(ret_line->query, sizeof ret_line->query, line);
        return true;
    }
    bool strict = json_text_problem(line, strlen(line), DEPTH_MAX) == NULL;
    cJSON *json = strict ? cJSON_Parse(line) : NULL;
    bool ok = json != NULL || fail(ret_error, "request", "a text or a JSON object");
    for (const cJSON *item = json ? json->child : NULL; ok && item != NULL; item = item->next)
        ok = read_key(item, ret_line, ret_error);
    cJSON_Delete(json);
    return ok;
}
