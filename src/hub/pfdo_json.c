#include "hub/pfdo_json.h"

#include "base/check.h"
#include "base/json_text.h"
#include "hub/pfdo_inside_json.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

cJSON *pfdo_parse(const char *json, size_t length)
{
    return json_text_problem(json, length, PFDO_DEPTH_MAX) == NULL
               ? cJSON_ParseWithLength(json, length)
               : NULL;
}

int64_t pfdo_id(const cJSON *item)
{
    double number = cJSON_IsNumber(item) ? item->valuedouble : 0;
    const char *digits = cJSON_GetStringValue(item);
    if (digits != NULL && digits[0] != '\0' && strlen(digits) <= 10 &&
        strspn(digits, "0123456789") == strlen(digits))
        number = strtod(digits, NULL);
    return number >= 1 && number <= UINT32_MAX && number == floor(number) ? (int64_t)number : 0;
}

// Its data; NULL when the portal says that it isn't an answer.
static const cJSON *find_data(const cJSON *document)
{
    const char *code =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(document, "result_code"));
    if (!cJSON_IsObject(document) || (code != NULL && strcmp(code, "FLSCS") != 0))
        return NULL;
    return cJSON_GetObjectItemCaseSensitive(document, "data");
}

static const char *name_of(const cJSON *item)
{
    const char *name = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "name"));
    return name != NULL ? name : "";
}

static const char *check_list(const cJSON *list, bool named)
{
    if (!cJSON_IsArray(list))
        return "no list";
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, list)
    {
        if (!cJSON_IsObject(item) || pfdo_id(cJSON_GetObjectItemCaseSensitive(item, "id")) == 0)
            return "an item without its id";
        if (named && name_of(item)[0] == '\0')
            return "an item without its name";
    }
    return NULL;
}

static int64_t id_of(const cJSON *item)
{
    return pfdo_id(cJSON_GetObjectItemCaseSensitive(item, "id"));
}

const char *pfdo_read_places(const char *json, size_t length,
                             void (*visit)(void *context, int64_t id, const char *name),
                             void *context)
{
    cJSON *document = pfdo_parse(json, length);
    const cJSON *list = find_data(document);
    const char *problem = check_list(list, true);
    const cJSON *good = problem == NULL ? list : NULL;
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, good) visit(context, id_of(item), name_of(item));
    cJSON_Delete(document);
    return problem;
}

const char *pfdo_read_list(const char *json, size_t length,
                           void (*visit)(void *context, int64_t id, const char *item),
                           void *context)
{
    cJSON *document = pfdo_parse(json, length);
    const cJSON *list = find_data(document);
    const char *problem = check_list(list, false);
    const cJSON *good = problem == NULL ? list : NULL;
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, good)
    {
        char *text = cJSON_PrintUnformatted(item);
        CHECK(text != NULL);
        visit(context, id_of(item), text);
        cJSON_free(text);
    }
    cJSON_Delete(document);
    return problem;
}

static bool has_text(const cJSON *object, const char *key)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
    return text != NULL && text[0] != '\0';
}

static const char *check_program(const cJSON *data, int64_t id)
{
    const cJSON *program = cJSON_GetObjectItemCaseSensitive(data, "program");
    const cJSON *groups = cJSON_GetObjectItemCaseSensitive(data, "available_groups");
    if (!cJSON_IsObject(program) || id_of(program) != id)
        return "another program than asked for";
    if (!has_text(program, "full_name") && !has_text(program, "short_name"))
        return "a program without a name";
    // PHP writes a list with gaps as an object.
    if (groups != NULL && !cJSON_IsNull(groups) && !cJSON_IsArray(groups) &&
        !cJSON_IsObject(groups))
        return "groups that are no list";
    const cJSON *group = NULL;
    cJSON_ArrayForEach(group, groups) if (id_of(group) == 0) return "a group without its id";
    return NULL;
}

const char *pfdo_check_detail(const char *json, size_t length, int64_t id)
{
    cJSON *document = pfdo_parse(json, length);
    const char *problem = check_program(find_data(document), id);
    cJSON_Delete(document);
    return problem;
}
