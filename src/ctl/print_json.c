#include "ctl/print_json.h"

#include "ctl/report_json.h"
#include "message/print_names.h"

#include <cjson/cJSON.h>

static void add_printer(cJSON *printers, const char *name, const struct printer *printer)
{
    if (!printer->known)
        return;
    cJSON *object = cJSON_AddObjectToObject(printers, name);
    cJSON_AddStringToObject(object, "name", printer->name);
    cJSON_AddBoolToObject(object, "ready", printer->ready);
    cJSON *reasons = cJSON_AddArrayToObject(object, "reasons");
    for (int i = 0; i < PRINTER_REASON_COUNT; i++)
        if ((printer->reasons >> i & 1) != 0)
            cJSON_AddItemToArray(reasons,
                                 cJSON_CreateString(printer_reason_name((enum printer_reason)i)));
    cJSON_AddBoolToObject(object, "color", printer->color);
    if (printer->toner_percent >= 0)
        cJSON_AddNumberToObject(object, "toner_percent", printer->toner_percent);
}

void print_report_json(const struct print_state *state, const struct print_job *job)
{
    cJSON *object = cJSON_CreateObject();
    cJSON *printers = cJSON_AddObjectToObject(object, "printers");
    for (int paper = 0; paper < PAPER_COUNT; paper++)
        add_printer(printers, sheet_paper_name((enum sheet_paper)paper), &state->printers[paper]);
    cJSON_AddBoolToObject(object, "stick", state->stick);
    if (job != NULL) {
        cJSON *told = cJSON_AddObjectToObject(object, "job");
        cJSON_AddStringToObject(told, "kind", sheet_kind_name(job->kind));
        cJSON_AddStringToObject(told, "state", print_job_state_name(job->state));
        cJSON_AddStringToObject(told, "failure", print_failure_name(job->failure));
        cJSON_AddNumberToObject(told, "sheets", job->sheets);
        cJSON_AddNumberToObject(told, "done", job->done);
    }
    report_line(object);
}

void print_pages_json(const struct sheet_order *order, unsigned pages, const char *file)
{
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "kind", sheet_kind_name(order->kind));
    cJSON_AddStringToObject(object, "paper", sheet_paper_name(order->paper));
    cJSON_AddNumberToObject(object, "programs", order->item_count);
    cJSON_AddNumberToObject(object, "pages", pages);
    cJSON_AddNumberToObject(object, "copies", order->copies);
    cJSON_AddNumberToObject(object, "sheets", (double)pages * order->copies);
    if (file != NULL)
        cJSON_AddStringToObject(object, "file", file);
    report_line(object);
}
