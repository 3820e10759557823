#include "ctl/report_json.h"

#include "base/check.h"
#include "base/date.h"
#include "ctl/check_report.h"

#include <cjson/cJSON.h>
#include <stdio.h>

void report_line(cJSON *object)
{
    char *line = cJSON_PrintUnformatted(object);
    CHECK(line != NULL);
    puts(line);
    fflush(stdout);
    cJSON_free(line);
    cJSON_Delete(object);
}

static void add_time(cJSON *object, const char *name, int64_t unix_s)
{
    char text[RFC3339_BYTES];
    rfc3339_format(unix_s, text);
    cJSON_AddStringToObject(object, name, text);
}

static void add_state(cJSON *object, const struct state_look *state)
{
    if (!state->readable)
        return;
    cJSON_AddNumberToObject(object, "outbox_events", state->waiting_events);
    cJSON_AddNumberToObject(object, "dropped_events", (double)state->dropped_events);
    if (state->feed.last_contact_s > 0)
        add_time(object, "last_contact_at", state->feed.last_contact_s);
}

static void add_catalog(cJSON *object, const struct status_report *report)
{
    const struct snapshot *snapshot = report->snapshot;
    cJSON_AddNumberToObject(object, "serial", (double)snapshot->serial);
    cJSON_AddStringToObject(object, "region", snapshot->region);
    add_time(object, "published_at", snapshot->published_at_s);
    add_time(object, "expires_at", snapshot->expires_at_s);
    cJSON_AddNumberToObject(object, "age_s", (double)report->age_s);
    cJSON_AddBoolToObject(object, "expired", report->expired);
    cJSON_AddNumberToObject(object, "size_bytes", (double)report->size_bytes);
    cJSON_AddNumberToObject(object, "programs", snapshot->program_count);
    cJSON_AddNumberToObject(object, "groups", snapshot->group_count);
    cJSON_AddNumberToObject(object, "organizations", snapshot->organization_count);
}

void report_status_json(const struct status_report *report)
{
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "data_dir", report->data_dir);
    cJSON_AddStringToObject(object, "storage", storage_name(report->storage));
    cJSON_AddNumberToObject(object, "set_aside", report->set_aside);
    add_state(object, &report->state);
    if (report->snapshot != NULL)
        add_catalog(object, report);
    report_line(object);
}

static void add_lines(cJSON *object, const char *name, const struct check_lines *lines)
{
    cJSON *array = cJSON_AddArrayToObject(object, name);
    for (unsigned i = 0; i < lines->count; i++)
        cJSON_AddItemToArray(array, cJSON_CreateString(lines->text[i]));
}

void report_check_json(const struct check_report *report)
{
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "file", report->file);
    cJSON_AddBoolToObject(object, "ok", report->errors.count == 0);
    add_lines(object, "errors", &report->errors);
    add_lines(object, "warnings", &report->warnings);
    add_lines(object, "notes", &report->notes);
    add_lines(object, "files", &report->files);
    report_line(object);
}

void report_sync_json(const struct sync_report *report, bool ok)
{
    cJSON *object = cJSON_CreateObject();
    cJSON_AddBoolToObject(object, "ok", ok);
    cJSON_AddBoolToObject(object, "updated", report->updated);
    cJSON_AddNumberToObject(object, "serial", (double)report->serial);
    cJSON_AddNumberToObject(object, "records", report->records);
    cJSON_AddNumberToObject(object, "bad_records", report->bad_records);
    cJSON_AddNumberToObject(object, "deltas", report->deltas);
    cJSON_AddNumberToObject(object, "downloaded_bytes", (double)report->downloaded_bytes);
    cJSON_AddStringToObject(object, "reason", report->outcome.reason);
    report_line(object);
}
