#include "navigator/strict_json.h"

#include "base/json_text.h"

#include <math.h>
#include <string.h>

static const double largest_exact = 9007199254740991.0; // 2^53 - 1, RFC 8259 section 6

// Few keys in every object, each of them once, and numbers that a double holds.
static bool tame(const cJSON *item)
{
    if (cJSON_IsNumber(item) && !isfinite(item->valuedouble))
        return false;
    int count = 0;
    const cJSON *child = NULL;
    cJSON_ArrayForEach(child, item)
    {
        if (cJSON_IsObject(item) && ++count > JSON_KEYS_MAX)
            return false;
        for (const cJSON *other = item->child; cJSON_IsObject(item) && other != child;
             other = other->next)
            if (strcmp(child->string, other->string) == 0)
                return false;
        if (!tame(child))
            return false;
    }
    return true;
}

cJSON *json_parse(const char *json, size_t length)
{
    if (json_text_problem(json, length, JSON_DEPTH_MAX) != NULL)
        return NULL;
    cJSON *document = cJSON_ParseWithLength(json, length);
    if (!cJSON_IsObject(document) || !tame(document)) {
        json_destroy(document);
        return NULL;
    }
    return document;
}

static void clear_values(cJSON *item)
{
    if (item->valuestring != NULL)
        explicit_bzero(item->valuestring, strlen(item->valuestring));
    explicit_bzero(&item->valuedouble, sizeof item->valuedouble);
    explicit_bzero(&item->valueint, sizeof item->valueint);
    for (cJSON *child = item->child; child != NULL; child = child->next)
        clear_values(child);
}

void json_destroy(cJSON *json)
{
    if (json != NULL)
        clear_values(json);
    cJSON_Delete(json);
}

bool json_text(const cJSON *object, const char *key, const char **ret_text)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    if (!cJSON_IsString(item))
        return false;
    *ret_text = item->valuestring;
    return true;
}

bool json_integer(const cJSON *object, const char *key, int64_t least, int64_t most,
                  int64_t *ret_value)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    if (!cJSON_IsNumber(item) || !(fabs(item->valuedouble) <= largest_exact) ||
        item->valuedouble != floor(item->valuedouble))
        return false;
    int64_t value = (int64_t)item->valuedouble;
    if (value < least || value > most)
        return false;
    *ret_value = value;
    return true;
}

bool json_time(const cJSON *object, const char *key, int64_t *ret_unix_s)
{
    const char *text = NULL;
    return json_text(object, key, &text) && rfc3339_parse(text, ret_unix_s);
}

bool json_date(const cJSON *object, const char *key, struct date *ret_date)
{
    const char *text = NULL;
    return json_text(object, key, &text) && date_parse(text, ret_date);
}

bool json_absent(const cJSON *object, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    return item == NULL || cJSON_IsNull(item);
}
