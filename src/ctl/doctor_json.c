#include "ctl/doctor_json.h"

#include "base/date.h"
#include "ctl/report_json.h"
#include "wording/format.h"

#include <cjson/cJSON.h>

const char *doctor_verdict_name(enum verdict verdict)
{
    static const char *const names[VERDICT_COUNT] = {
        [VERDICT_FINE] = "fine",
        [VERDICT_UNKNOWN] = "unknown",
        [VERDICT_WARN] = "warn",
        [VERDICT_BAD] = "bad",
    };
    return names[verdict];
}

static cJSON *check_json(const struct check *check, const struct words *words)
{
    char title[FORMAT_BYTES];
    ready_title(words, check->kind, title, sizeof title);
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "key", ready_key(check->kind));
    cJSON_AddStringToObject(object, "verdict", doctor_verdict_name(check->verdict));
    cJSON_AddStringToObject(object, "title", title);
    cJSON_AddStringToObject(object, "found", check->found);
    cJSON_AddStringToObject(object, "advice", check->advice);
    return object;
}

void doctor_report_json(const struct check_list *list, const struct words *words, int64_t took_ms)
{
    char summary[FORMAT_BYTES];
    char made[RFC3339_BYTES];
    ready_summary(words, list, summary, sizeof summary);
    rfc3339_format(list->made_s, made);
    cJSON *object = cJSON_CreateObject();
    cJSON_AddBoolToObject(object, "ready", ready_verdict(list) != VERDICT_BAD);
    cJSON_AddStringToObject(object, "verdict", doctor_verdict_name(ready_verdict(list)));
    cJSON_AddStringToObject(object, "summary", summary);
    cJSON_AddStringToObject(object, "made_at", made);
    cJSON_AddNumberToObject(object, "took_ms", (double)took_ms);
    cJSON *checks = cJSON_AddArrayToObject(object, "checks");
    for (uint32_t i = 0; i < list->count; i++)
        cJSON_AddItemToArray(checks, check_json(&list->checks[i], words));
    report_line(object);
}
