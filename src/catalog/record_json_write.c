#include "base/date.h"
#include "catalog/record_fields.h"
#include "catalog/record_json.h"

#include <string.h>

static void add_string(struct text *line, const char *value)
{
    text_add(line, "\"");
    for (const char *at = value; *at != '\0';) {
        size_t plain = strcspn(at, "\"\\\b\t\n\v\f\r");
        for (size_t i = 0; i < plain; i++)
            if ((unsigned char)at[i] < 0x20)
                plain = i;
        text_add_bytes(line, at, plain);
        at += plain;
        if (*at == '"' || *at == '\\')
            text_addf(line, "\\%c", *at++);
        else if (*at != '\0')
            text_addf(line, "\\u%04x", (unsigned char)*at++);
    }
    text_add(line, "\"");
}

static void add_key(struct text *line, const char *name)
{
    text_addf(line, ",\"%s\":", name);
}

static void add_set(struct text *line, const struct field *field, int64_t set)
{
    const char *comma = "";
    text_add(line, "[");
    for (int32_t bit = 0; bit < field->limit; bit++) {
        if ((set >> bit & 1) == 0)
            continue;
        text_addf(line, "%s\"%s\"", comma, field->words[bit]);
        comma = ",";
    }
    text_add(line, "]");
}

static void add_number(struct text *line, const struct field *field, int64_t number)
{
    char time[RFC3339_BYTES];
    char day[11];
    add_key(line, field->name);
    switch (field->kind) {
    case FIELD_TIME:
        rfc3339_format(number, time);
        text_addf(line, "\"%s\"", time);
        return;
    case FIELD_DAY:
        date_format(date_from_days((int32_t)number), day);
        text_addf(line, "\"%s\"", day);
        return;
    case FIELD_FLAG:
        text_add(line, number != 0 ? "true" : "false");
        return;
    case FIELD_WORD:
        text_addf(line, "\"%s\"", field->words[number]);
        return;
    case FIELD_SET:
        add_set(line, field, number);
        return;
    case FIELD_NUMBER:
    case FIELD_TEXT:
    case FIELD_DEGREES:
    case FIELD_KIND_COUNT:
        break;
    }
    text_addf(line, "%lld", (long long)number);
}

static void add_field(struct text *line, const struct field *field, const struct record *record)
{
    int64_t number;
    if (field->kind == FIELD_TEXT) {
        const char *value = field_text(field, record);
        if (value[0] != '\0') {
            add_key(line, field->name);
            add_string(line, value);
        }
    } else if (field->kind == FIELD_DEGREES) {
        double degrees = field_degrees(field, record);
        if (degrees != 0)
            text_addf(line, ",\"%s\":%.9g", field->name, degrees);
    } else if (field_number(field, record, &number)) {
        add_number(line, field, number);
    }
}

static void add_slots(struct text *line, const struct group *group)
{
    if (group->slot_count == 0)
        return;
    add_key(line, "slots");
    for (uint32_t i = 0; i < group->slot_count; i++) {
        const struct slot *slot = &group->slots[i];
        text_addf(line, "%s{\"weekday\":%d", i == 0 ? "[" : ",", slot->weekday);
        if (week_parity_words[slot->parity] != NULL)
            text_addf(line, ",\"parity\":\"%s\"", week_parity_words[slot->parity]);
        if (slot->from_min >= 0)
            text_addf(line, ",\"from_min\":%d", slot->from_min);
        if (slot->to_min >= 0)
            text_addf(line, ",\"to_min\":%d", slot->to_min);
        if (slot->address_id[0] != '\0') {
            add_key(line, "address_id");
            add_string(line, slot->address_id);
        }
        text_add(line, "}");
    }
    text_add(line, "]");
}

bool record_to_json(enum record_op op, const struct record *record, struct text *ret_line)
{
    struct text before = *ret_line;
    text_addf(ret_line, "{\"op\":\"%s\",\"type\":\"%s\"", op == RECORD_PUT ? "put" : "drop",
              record_type_name(record->type));
    unsigned count;
    const struct field *fields = record_fields(record->type, &count);
    for (unsigned i = 0; i < (op == RECORD_DROP ? 1 : count); i++)
        add_field(ret_line, &fields[i], record);
    if (op == RECORD_PUT && record->type == RECORD_GROUP)
        add_slots(ret_line, &record->group);
    text_add(ret_line, "}\n");
    if (!ret_line->cut)
        return true;
    *ret_line = before;
    ret_line->data[ret_line->length] = '\0';
    return false;
}
