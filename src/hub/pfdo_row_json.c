#include "hub/pfdo_row_json.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/date.h"
#include "base/text.h"
#include "hub/pfdo_inside_json.h"
#include "import/row.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pfdo_rows {
    struct arena arena;
    struct pfdo_program program;
    cJSON *item;
    cJSON *detail;
    const cJSON *data;
    const cJSON *group; // of the current row
    unsigned count;     // rows given
};

// How one of our columns is filled. `path` names places in the answers, tried in turn: item.… in
// the list, program.… and data.… on the program's own page, group.… in its group.
struct rule {
    const char *ours;
    const char *theirs; // in reports
    const char *path;
    const char *(*read)(struct pfdo_rows *rows, const struct rule *rule, struct report *report);
    bool once; // long texts: only in the program's first row
};

// ---- finding

static const cJSON *find_root(const struct pfdo_rows *rows, const char *name, size_t length)
{
    if (strncmp(name, "item", length) == 0)
        return rows->item;
    if (strncmp(name, "group", length) == 0)
        return rows->group;
    if (strncmp(name, "program", length) == 0)
        return cJSON_GetObjectItemCaseSensitive(rows->data, "program");
    return rows->data;
}

static bool is_nothing(const cJSON *item)
{
    const char *text = cJSON_GetStringValue(item);
    return item == NULL || cJSON_IsNull(item) || (text != NULL && text[0] == '\0') ||
           (cJSON_IsArray(item) && item->child == NULL); // PHP's empty object
}

static const cJSON *find_one(const struct pfdo_rows *rows, const char *path, size_t length)
{
    size_t root = strcspn(path, ".");
    const cJSON *item = find_root(rows, path, root);
    while (root < length && item != NULL) {
        char key[64];
        struct text text;
        const char *at = path + root + 1;
        size_t part = strcspn(at, ".|");
        text_init(&text, key, sizeof key);
        text_add_bytes(&text, at, part);
        item = cJSON_GetObjectItemCaseSensitive(item, key);
        root += part + 1;
    }
    return item;
}

// The first of the rule's places where something stands; else NULL.
static const cJSON *find(const struct pfdo_rows *rows, const char *path)
{
    for (;;) {
        size_t length = strcspn(path, "|");
        const cJSON *item = find_one(rows, path, length);
        if (!is_nothing(item))
            return item;
        if (path[length] == '\0')
            return NULL;
        path += length + 1;
    }
}

// ---- values as the text of a cell

static const char *keep(struct pfdo_rows *rows, const char *text)
{
    return arena_copy_text(&rows->arena, text, strlen(text));
}

static const char *complain(const struct rule *rule, const cJSON *item, struct report *report)
{
    char *found = cJSON_PrintUnformatted(item);
    report_dropped(report, rule->theirs, found != NULL ? found : "", "a text or a number");
    cJSON_free(found);
    return "";
}

static const char *join(struct pfdo_rows *rows, const struct rule *rule, const cJSON *list,
                        struct report *report);

// Texts and numbers as they are, yes and no as 1 and 0; of an object its name, of a list all.
static const char *to_text(struct pfdo_rows *rows, const struct rule *rule, const cJSON *item,
                           struct report *report)
{
    char number[32];
    if (cJSON_IsObject(item) && cJSON_GetObjectItemCaseSensitive(item, "name") != NULL)
        item = cJSON_GetObjectItemCaseSensitive(item, "name");
    if (is_nothing(item))
        return "";
    if (cJSON_IsString(item))
        return item->valuestring;
    if (cJSON_IsBool(item))
        return cJSON_IsTrue(item) ? "1" : "0";
    if (cJSON_IsArray(item))
        return join(rows, rule, item, report);
    if (!cJSON_IsNumber(item))
        return complain(rule, item, report);
    snprintf(number, sizeof number, "%.15g", item->valuedouble);
    return keep(rows, number);
}

static const char *join(struct pfdo_rows *rows, const struct rule *rule, const cJSON *list,
                        struct report *report)
{
    char memory[RECORD_TITLE_BYTES];
    struct text text;
    text_init(&text, memory, sizeof memory);
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, list)
    {
        if (cJSON_IsArray(item))
            return complain(rule, list, report);
        const char *piece = to_text(rows, rule, item, report);
        text_add(&text, text.length > 0 && piece[0] != '\0' ? ", " : "");
        text_add(&text, piece);
    }
    return keep(rows, memory);
}

static const char *read_text(struct pfdo_rows *rows, const struct rule *rule, struct report *report)
{
    return to_text(rows, rule, find(rows, rule->path), report);
}

static const char *read_program_id(struct pfdo_rows *rows, const struct rule *rule,
                                   struct report *report)
{
    (void)rule, (void)report;
    char id[24];
    snprintf(id, sizeof id, "%lld", (long long)rows->program.id);
    return keep(rows, id);
}

static const char *read_municipality(struct pfdo_rows *rows, const struct rule *rule,
                                     struct report *report)
{
    (void)rule, (void)report;
    return rows->program.municipality;
}

// A program_text that is a link says nothing to read.
static const char *read_description(struct pfdo_rows *rows, const struct rule *rule,
                                    struct report *report)
{
    static const char link[] = "data.program_text.link";
    const char *path = rule->path;
    if (cJSON_IsTrue(find_one(rows, link, strlen(link))))
        path = strchr(path, '|') + 1;
    return to_text(rows, rule, find(rows, path), report);
}

static bool to_number(const char *text, double *ret_number)
{
    char *end;
    *ret_number = strtod(text, &end);
    return text[0] >= '0' && text[0] <= '9' && *end == '\0' && isfinite(*ret_number);
}

// Whole years as people say them: their upper border holds until the next birthday.
static const char *read_months(struct pfdo_rows *rows, const struct rule *rule,
                               struct report *report)
{
    static const char highest[] = "program.age_group_max|item.age_max";
    const char *text = to_text(rows, rule, find(rows, rule->path), report);
    const cJSON *high_item = find(rows, highest);
    double months;
    double high = 0;
    if (!to_number(text, &months))
        return text;
    if (cJSON_IsNumber(high_item))
        high = high_item->valuedouble;
    else if (cJSON_IsString(high_item) && !to_number(high_item->valuestring, &high))
        high = 0;
    if (high > 0 && high <= PFDO_YEARS_MAX)
        return text;
    char cell[48];
    if (fmod(months, 12) == 0)
        snprintf(cell, sizeof cell, "%.15g", months / 12);
    else
        snprintf(cell, sizeof cell, "%.15g мес", months);
    return keep(rows, cell);
}

static bool says_yes(const cJSON *item)
{
    const char *text = cJSON_GetStringValue(item);
    return cJSON_IsTrue(item) || (cJSON_IsNumber(item) && item->valuedouble == 1) ||
           (text != NULL && (strcmp(text, "1") == 0 || strcasecmp(text, "true") == 0));
}

// Registries in the words of parents (DOMAIN.md, Codes).
static const char *read_registries(struct pfdo_rows *rows, const struct rule *rule,
                                   struct report *report)
{
    static const struct {
        const char *key;
        enum payment means;
    } registries[] = {
        {"certified", PAYMENT_CERTIFICATE}, {"meaningful", PAYMENT_FREE},
        {"preprofessional", PAYMENT_FREE},  {"general", PAYMENT_FREE},
        {"commercial", PAYMENT_PAID},
    };
    static const char *const words[] = {
        "",       "бесплатно",         "сертификат",         "бесплатно, сертификат",
        "платно", "бесплатно, платно", "сертификат, платно", "бесплатно, сертификат, платно",
    };
    unsigned set = 0;
    const cJSON *item = find(rows, rule->path);
    if (item != NULL && !cJSON_IsObject(item))
        return complain(rule, item, report);
    for (size_t i = 0; i < sizeof registries / sizeof *registries; i++)
        if (says_yes(cJSON_GetObjectItemCaseSensitive(item, registries[i].key)))
            set |= registries[i].means;
    return words[set];
}

static const char *read_remote(struct pfdo_rows *rows, const struct rule *rule,
                               struct report *report)
{
    (void)report;
    return says_yes(find(rows, rule->path)) ? "дистанционно" : "";
}

// Nobody voted yet: that is no rating.
static const char *read_rating(struct pfdo_rows *rows, const struct rule *rule,
                               struct report *report)
{
    double rating;
    const char *text = read_text(rows, rule, report);
    return to_number(text, &rating) && rating == 0 ? "" : text;
}

static const char *read_places(struct pfdo_rows *rows, const struct rule *rule,
                               struct report *report)
{
    return rows->program.counted_s < 0 ? "" : read_text(rows, rule, report);
}

static const char *read_counted(struct pfdo_rows *rows, const struct rule *rule,
                                struct report *report)
{
    (void)rule, (void)report;
    char time[RFC3339_BYTES];
    if (rows->program.counted_s <= 0)
        return "";
    rfc3339_format(rows->program.counted_s, time);
    return keep(rows, time);
}

static const char *read_url(struct pfdo_rows *rows, const struct rule *rule, struct report *report)
{
    (void)rule, (void)report;
    char url[LINK_BYTES];
    if (rows->program.site[0] == '\0')
        return "";
    snprintf(url, sizeof url, "%s/app/public/program/%lld", rows->program.site,
             (long long)rows->program.id);
    return keep(rows, url);
}

// ---- columns

static const struct rule rules[] = {
    {"title", "full_name", "program.full_name|program.short_name|item.name", read_text},
    {"program_id", "id", "", read_program_id},
    {"direction", "direction", "data.direction|item.direction", read_text},
    {"activity", "activity", "data.activity", read_text},
    {"description", "program_text", "data.program_text.value|program.annotation|program.task",
     read_description, .once = true},
    {"organization", "organization", "data.organization|item.organization_name", read_text},
    {"phone", "phone", "data.phone|data.organization.phone", read_text},
    {"municipality", "mun", "", read_municipality},
    {"address", "address", "data.address|item.address", read_text},
    {"lat", "address.lat", "data.address.lat|item.address.lat", read_text},
    {"lon", "address.lng", "data.address.lng|item.address.lng", read_text},
    {"age_min", "age_group_min", "program.age_group_min|item.age_min", read_months},
    {"age_max", "age_group_max", "program.age_group_max|item.age_max", read_months},
    {"payment", "reestrs", "data.reestrs|item.reestrs", read_registries},
    {"price_total", "period_price", "group.period_price", read_text},
    {"places_free", "free_places_counter", "group.free_places_counter", read_places},
    {"places_known_at", "free_places_counter", "", read_counted},
    {"form", "distance_technology", "data.distance_technology", read_remote},
    {"enrollment", "enrollment", "item.enrollment|data.is_open", read_text},
    {"start", "start_date", "group.start_date", read_text},
    {"end", "end_date", "group.end_date", read_text},
    {"rating", "average_score", "data.average_score", read_rating},
    {"url", "id", "", read_url},
    {"group_id", "available_groups.id", "group.id", read_text},
};

enum { RULE_COUNT = sizeof rules / sizeof *rules };

void pfdo_columns(struct columns *ret_columns)
{
    size_t count;
    const char *const *names = import_row_names(&count);
    *ret_columns = (struct columns){.width = RULE_COUNT, .count = count};
    for (size_t i = 0; i < count; i++) {
        ret_columns->cell[i] = -1;
        text_copy(ret_columns->shown[i], COLUMNS_NAME_BYTES, names[i]);
        for (int j = 0; j < RULE_COUNT; j++) {
            if (strcmp(rules[j].ours, names[i]) != 0)
                continue;
            ret_columns->cell[i] = j;
            text_copy(ret_columns->shown[i], COLUMNS_NAME_BYTES, rules[j].theirs);
        }
    }
}

// ---- rows

struct pfdo_rows *pfdo_rows_create(const struct pfdo_program *program)
{
    struct pfdo_rows *rows = calloc(1, sizeof *rows);
    CHECK(rows != NULL);
    rows->program = *program;
    rows->item = pfdo_parse(program->item, strlen(program->item));
    if (program->detail[0] != '\0')
        rows->detail = pfdo_parse(program->detail, strlen(program->detail));
    rows->data = cJSON_GetObjectItemCaseSensitive(rows->detail, "data");
    const cJSON *groups = cJSON_GetObjectItemCaseSensitive(rows->data, "available_groups");
    rows->group = groups != NULL ? groups->child : NULL;
    return rows;
}

bool pfdo_rows_next(struct pfdo_rows *rows, struct report *report, struct csv_row *ret_row)
{
    if (rows->count > 0)
        rows->group = rows->group != NULL ? rows->group->next : NULL;
    if (rows->count > 0 && rows->group == NULL)
        return false;
    *ret_row = (struct csv_row){.number = (uint32_t)rows->program.id, .count = RULE_COUNT};
    report->row = ret_row->number;
    for (size_t i = 0; i < RULE_COUNT; i++) {
        bool wanted = rows->count == 0 || !rules[i].once;
        report->field = rules[i].ours;
        const char *cell = wanted ? rules[i].read(rows, &rules[i], report) : "";
        ret_row->cells[i] = arena_copy_text(&rows->arena, cell, strlen(cell));
    }
    rows->count++;
    return true;
}

void pfdo_rows_destroy(struct pfdo_rows *rows)
{
    cJSON_Delete(rows->item);
    cJSON_Delete(rows->detail);
    arena_finish(&rows->arena);
    free(rows);
}
