#include "navigator/strict_json.h"

#include "base/utf8.h"

#include <math.h>
#include <string.h>

static const double largest_exact = 9007199254740991.0; // 2^53 - 1, RFC 8259 section 6

static bool shallow(const char *json, size_t length)
{
    bool in_string = false;
    int depth = 0;
    for (size_t i = 0; i < length; i++) {
        if (json[i] == '"')
            in_string = !in_string;
        else if (in_string && json[i] == '\\')
            i++;
        else if (!in_string && (json[i] == '{' || json[i] == '['))
            depth++;
        else if (!in_string && (json[i] == '}' || json[i] == ']'))
            depth--;
        if (depth > JSON_DEPTH_MAX)
            return false;
    }
    return true;
}

static bool keys_once(const cJSON *item)
{
    const cJSON *child = NULL;
    cJSON_ArrayForEach(child, item)
    {
        for (const cJSON *later = child->next; cJSON_IsObject(item) && later != NULL;
             later = later->next)
            if (strcmp(child->string, later->string) == 0)
                return false;
        if (!keys_once(child))
            return false;
    }
    return true;
}

cJSON *json_parse(const char *json, size_t length)
{
    static const char nul[] = "\\u0000";
    if (!utf8_valid(json, length) || memchr(json, 0, length) != NULL || !shallow(json, length) ||
        memmem(json, length, nul, sizeof nul - 1) != NULL)
        return NULL;
    const char *end = NULL;
    cJSON *document = cJSON_ParseWithLengthOpts(json, length, &end, false);
    while (document != NULL && end < json + length && strchr(" \t\r\n", *end) != NULL)
        end++;
    if (document == NULL || end != json + length || !cJSON_IsObject(document) ||
        !keys_once(document)) {
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
