#include "base/check.h"
#include "hub/quality_report.h"
#include "hub/quality_words.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

enum { DETAIL_BYTES = 2048 };

static void add_text(cJSON *object, const char *name, const char *text)
{
    if (text[0] != '\0')
        cJSON_AddStringToObject(object, name, text);
}

static cJSON *finding_json(const struct quality_finding *finding)
{
    char memory[DETAIL_BYTES];
    struct text detail;
    cJSON *object = cJSON_CreateObject();
    text_init(&detail, memory, sizeof memory);
    quality_detail(finding, &detail);
    if (finding->program) {
        add_text(object, "program", finding->program->head.local_id);
        add_text(object, "title", finding->program->title);
    }
    if (finding->group)
        add_text(object, "group", finding->group->head.local_id);
    if (finding->organization)
        add_text(object, "organization", finding->organization->name);
    if (finding->address)
        add_text(object, "address", finding->address->text);
    if (finding->note) {
        add_text(object, "file", finding->note->file);
        cJSON_AddNumberToObject(object, "row", finding->note->row);
        add_text(object, "column", finding->note->column);
    }
    add_text(object, "detail", memory);
    return object;
}

void quality_json(const struct quality *quality, FILE *file)
{
    cJSON *document = cJSON_CreateObject();
    CHECK(document != NULL);
    cJSON_AddNumberToObject(document, "programs", quality->per_type[RECORD_PROGRAM]);
    cJSON_AddNumberToObject(document, "groups", quality->per_type[RECORD_GROUP]);
    cJSON_AddNumberToObject(document, "clean_programs", quality->clean_programs);
    cJSON_AddNumberToObject(document, "total", quality->count);
    cJSON *rules = cJSON_AddArrayToObject(document, "rules");
    uint32_t at = 0;
    for (int rule = 0; rule < QUALITY_RULE_COUNT; rule++) {
        const struct quality_words *words = quality_words((enum quality_rule)rule);
        cJSON *object = cJSON_CreateObject();
        cJSON_AddStringToObject(object, "rule", words->name);
        cJSON_AddStringToObject(object, "title", words->title);
        cJSON_AddNumberToObject(object, "count", quality->per_rule[rule]);
        cJSON *findings = cJSON_AddArrayToObject(object, "findings");
        for (uint32_t i = 0; i < quality->per_rule[rule]; i++)
            cJSON_AddItemToArray(findings, finding_json(&quality->findings[at++]));
        cJSON_AddItemToArray(rules, object);
    }
    char *text = cJSON_Print(document);
    CHECK(text != NULL);
    fprintf(file, "%s\n", text);
    free(text);
    cJSON_Delete(document);
}
