#include "catalog/record_json.h"

#include "base/check.h"
#include "base/date.h"
#include "base/json_text.h"
#include "catalog/record_fields.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEYS_MAX = 64, DEPTH_MAX = 8, MINUTES_A_DAY = 1440 };

static void *checked_malloc(size_t size)
{
    void *memory = malloc(size);
    CHECK(memory != NULL);
    return memory;
}

// Out of memory looks like bad JSON to cJSON's callers: a good record would be skipped. Before
// main, since threads share these hooks.
__attribute__((constructor)) static void let_json_abort_without_memory(void)
{
    cJSON_InitHooks(&(cJSON_Hooks){.malloc_fn = checked_malloc, .free_fn = free});
}

static const char *const op_names[RECORD_OP_COUNT] = {"put", "drop"};

static cJSON *parse_line(const char *line, size_t length, const char **ret_problem)
{
    *ret_problem = length == 0                  ? "an empty line"
                   : length > RECORD_LINE_BYTES ? "more than 131072 bytes"
                                                : json_text_problem(line, length, DEPTH_MAX);
    if (*ret_problem != NULL)
        return NULL;
    cJSON *json = cJSON_ParseWithLength(line, length);
    if (json == NULL)
        *ret_problem = "something that is no JSON";
    return json;
}

// NULL when the item is an object of few keys, each of them once.
static const char *check_object(const cJSON *item)
{
    if (!cJSON_IsObject(item))
        return "no object";
    unsigned count = 0;
    for (const cJSON *key = item->child; key != NULL; key = key->next) {
        if (++count > KEYS_MAX)
            return "more than 64 keys";
        for (const cJSON *other = item->child; other != key; other = other->next)
            if (strcmp(other->string, key->string) == 0)
                return "a key twice";
    }
    return NULL;
}

static bool find_word(const struct field *field, const cJSON *item, int64_t *ret_index)
{
    if (!cJSON_IsString(item))
        return false;
    for (int32_t i = 0; i < field->limit; i++) {
        if (field->words[i] != NULL && strcmp(field->words[i], item->valuestring) == 0) {
            *ret_index = i;
            return true;
        }
    }
    return false;
}

static bool read_whole(const cJSON *item, int64_t from, int64_t to, int64_t *ret_number)
{
    if (!cJSON_IsNumber(item) || !(item->valuedouble >= (double)from) ||
        !(item->valuedouble <= (double)to) || item->valuedouble != floor(item->valuedouble))
        return false;
    *ret_number = (int64_t)item->valuedouble;
    return true;
}

static bool read_set(const struct field *field, const cJSON *item, int64_t *ret_set)
{
    int64_t set = 0;
    if (!cJSON_IsArray(item))
        return false;
    for (const cJSON *word = item->child; word != NULL; word = word->next) {
        int64_t bit;
        if (!find_word(field, word, &bit))
            return false;
        set |= (int64_t)1 << bit;
    }
    *ret_set = set;
    return true;
}

static bool read_number(const struct field *field, const cJSON *item, int64_t *ret_number)
{
    struct date date;
    switch (field->kind) {
    case FIELD_TIME:
        return cJSON_IsString(item) && rfc3339_parse(item->valuestring, ret_number);
    case FIELD_DAY:
        if (!cJSON_IsString(item) || !date_parse(item->valuestring, &date))
            return false;
        *ret_number = date_to_days(date);
        return true;
    case FIELD_FLAG:
        *ret_number = cJSON_IsTrue(item);
        return cJSON_IsBool(item);
    case FIELD_WORD:
        return find_word(field, item, ret_number);
    case FIELD_SET:
        return read_set(field, item, ret_number);
    case FIELD_NUMBER:
        return read_whole(item, 0, field->limit, ret_number);
    case FIELD_TEXT:
    case FIELD_DEGREES:
    case FIELD_KIND_COUNT:
        break;
    }
    return false;
}

static bool read_field(const struct field *field, const cJSON *item, struct arena *arena,
                       struct record *record)
{
    int64_t number;
    if (field->kind == FIELD_TEXT)
        return cJSON_IsString(item) && strlen(item->valuestring) < (size_t)field->limit &&
               field_set_text(field, record,
                              arena_copy_text(arena, item->valuestring, strlen(item->valuestring)));
    if (field->kind == FIELD_DEGREES)
        return cJSON_IsNumber(item) && field_set_degrees(field, record, item->valuedouble);
    return read_number(field, item, &number) && field_set_number(field, record, number);
}

static const char *expected(const struct field *field, char *memory, size_t capacity)
{
    switch (field->kind) {
    case FIELD_TEXT:
        snprintf(memory, capacity, "text below %d bytes", field->limit);
        return memory;
    case FIELD_NUMBER:
        snprintf(memory, capacity, "a whole number 0..%d", field->limit);
        return memory;
    case FIELD_DEGREES:
        snprintf(memory, capacity, "a number within %d", field->limit);
        return memory;
    case FIELD_TIME:
        return "an RFC 3339 time";
    case FIELD_DAY:
        return "a date YYYY-MM-DD";
    case FIELD_FLAG:
        return "true or false";
    case FIELD_WORD:
        return "one of its words";
    case FIELD_SET:
    case FIELD_KIND_COUNT:
        break;
    }
    return "a list of its words";
}

static void explain(const char *type, const char *id, const char *field, const cJSON *found,
                    const char *wanted, char ret_error[static RECORD_ERROR_BYTES])
{
    char printed[64] = "something longer";
    if (found == NULL)
        text_copy(printed, sizeof printed, "nothing");
    else if (cJSON_IsString(found))
        text_copy(printed, sizeof printed, found->valuestring);
    else if (!cJSON_PrintPreallocated((cJSON *)found, printed, sizeof printed - 8, false))
        text_copy(printed, sizeof printed, "something longer");
    struct text text;
    text_init(&text, ret_error, RECORD_ERROR_BYTES);
    text_addf(&text, "%s %.63s: %s: found %s, expected %s", type, id, field, printed, wanted);
    text_flatten(ret_error);
}

static bool read_minutes(const cJSON *slot, const char *name, int16_t *ret_minutes)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(slot, name);
    int64_t minutes = RECORD_UNKNOWN;
    if (item != NULL && !cJSON_IsNull(item) && !read_whole(item, 0, MINUTES_A_DAY, &minutes))
        return false;
    *ret_minutes = (int16_t)minutes;
    return true;
}

static bool read_slot(const cJSON *item, struct arena *arena, struct slot *ret_slot)
{
    static const struct field parity = {
        .kind = FIELD_WORD, .limit = WEEK_PARITY_COUNT, .words = week_parity_words};
    int64_t weekday;
    int64_t week = WEEK_EVERY;
    if (check_object(item) != NULL ||
        !read_whole(cJSON_GetObjectItemCaseSensitive(item, "weekday"), 1, 7, &weekday) ||
        !read_minutes(item, "from_min", &ret_slot->from_min) ||
        !read_minutes(item, "to_min", &ret_slot->to_min))
        return false;
    const cJSON *word = cJSON_GetObjectItemCaseSensitive(item, "parity");
    if (word != NULL && !cJSON_IsNull(word) && !find_word(&parity, word, &week))
        return false;
    const cJSON *address = cJSON_GetObjectItemCaseSensitive(item, "address_id");
    ret_slot->address_id = "";
    if (address != NULL && !cJSON_IsNull(address)) {
        if (!cJSON_IsString(address) || strlen(address->valuestring) >= RECORD_ID_BYTES)
            return false;
        ret_slot->address_id =
            arena_copy_text(arena, address->valuestring, strlen(address->valuestring));
    }
    ret_slot->weekday = (uint8_t)weekday;
    ret_slot->parity = (uint8_t)week;
    return true;
}

static bool read_slots(const cJSON *list, struct arena *arena, struct group *group,
                       const cJSON **ret_bad)
{
    *ret_bad = list;
    if (list == NULL || cJSON_IsNull(list))
        return true;
    if (!cJSON_IsArray(list))
        return false;
    for (const cJSON *item = list->child; item != NULL; item = item->next) {
        if (group->slot_count == RECORD_SLOTS_MAX)
            return false;
        *ret_bad = item;
        if (!read_slot(item, arena, &group->slots[group->slot_count]))
            return false;
        group->slot_count++;
    }
    return true;
}

static bool find_name(const char *name, const char *const *names, unsigned count, unsigned *ret)
{
    for (*ret = 0; *ret < count; (*ret)++)
        if (name != NULL && strcmp(names[*ret], name) == 0)
            return true;
    return false;
}

static bool read_record(const cJSON *json, struct arena *arena, enum record_op op,
                        struct record *record, char ret_error[static RECORD_ERROR_BYTES])
{
    const char *type = record_type_name(record->type);
    unsigned count;
    const struct field *fields = record_fields(record->type, &count);
    for (unsigned i = 0; i < (op == RECORD_DROP ? 1 : count); i++) {
        const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, fields[i].name);
        bool absent = item == NULL || cJSON_IsNull(item);
        if (i == 0 ? absent || !read_field(&fields[i], item, arena, record) ||
                         record_head(record)->id[0] == '\0'
                   : !absent && !read_field(&fields[i], item, arena, record)) {
            char memory[64];
            explain(type, i == 0 ? "" : record_head(record)->id, fields[i].name, item,
                    i == 0 ? "an id of 1..63 bytes" : expected(&fields[i], memory, sizeof memory),
                    ret_error);
            return false;
        }
    }
    const cJSON *bad;
    if (op == RECORD_PUT && record->type == RECORD_GROUP &&
        !read_slots(cJSON_GetObjectItemCaseSensitive(json, "slots"), arena, &record->group, &bad)) {
        explain(type, record->group.head.id, "slots", bad, "at most 32 objects as described",
                ret_error);
        return false;
    }
    return true;
}

bool record_from_json(const char *line, size_t length, struct arena *arena, enum record_op *ret_op,
                      struct record *ret_record, char ret_error[static RECORD_ERROR_BYTES])
{
    const char *problem = NULL;
    cJSON *json = parse_line(line, length, &problem);
    if (json != NULL)
        problem = check_object(json);
    if (problem != NULL) {
        snprintf(ret_error, RECORD_ERROR_BYTES, "line: found %s, expected one JSON object",
                 problem);
        cJSON_Delete(json);
        return false;
    }
    const cJSON *op_item = cJSON_GetObjectItemCaseSensitive(json, "op");
    const cJSON *type_item = cJSON_GetObjectItemCaseSensitive(json, "type");
    const char *type_names[RECORD_TYPE_COUNT];
    for (int i = 0; i < RECORD_TYPE_COUNT; i++)
        type_names[i] = record_type_name((enum record_type)i);
    unsigned op;
    unsigned type;
    struct record record;
    bool ok = false;
    if (!find_name(cJSON_GetStringValue(op_item), op_names, RECORD_OP_COUNT, &op))
        explain("line", "", "op", op_item, "put or drop", ret_error);
    else if (!find_name(cJSON_GetStringValue(type_item), type_names, RECORD_TYPE_COUNT, &type))
        explain("line", "", "type", type_item, "a type of record", ret_error);
    else {
        record_clear((enum record_type)type, &record);
        ok = read_record(json, arena, (enum record_op)op, &record, ret_error);
    }
    cJSON_Delete(json);
    if (ok) {
        *ret_op = (enum record_op)op;
        *ret_record = record;
    }
    return ok;
}
