#include "hub/live_json.h"

#include "base/check.h"
#include "base/text.h"
#include "hub/number.h"
#include "navigator/strict_json.h"

#include <stdlib.h>
#include <string.h>

// A text that fits whole; false when it is missing, empty or longer.
static bool read_text(const cJSON *object, const char *key, char *target, size_t capacity)
{
    const char *text;
    if (!json_text(object, key, &text) || text[0] == '\0' || strlen(text) >= capacity)
        return false;
    text_copy(target, capacity, text);
    return true;
}

bool check_from_json(const char *json, size_t length, struct certificate_query *ret_query)
{
    cJSON *document = json_parse(json, length);
    const char *number = NULL;
    struct certificate_query query = {0};
    bool ok =
        document && json_text(document, "number", &number) &&
        certificate_number_fold(number, query.number) &&
        (json_absent(document, "birth_date") || json_date(document, "birth_date", &query.birth));
    if (ok)
        *ret_query = query;
    explicit_bzero(&query, sizeof query);
    json_destroy(document);
    return ok;
}

static bool read_ids(const cJSON *document, const char *key,
                     char ids[REQUEST_GROUPS_MAX][REQUEST_ID_BYTES], uint32_t *ret_count)
{
    if (json_absent(document, key))
        return true;
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(document, key);
    int count = cJSON_GetArraySize(list);
    if (!cJSON_IsArray(list) || count > REQUEST_GROUPS_MAX)
        return false;
    const cJSON *item = NULL;
    uint32_t taken = 0;
    cJSON_ArrayForEach(item, list)
    {
        const char *id = cJSON_GetStringValue(item);
        if (id == NULL || id[0] == '\0' || strlen(id) >= REQUEST_ID_BYTES || strchr(id, '\n'))
            return false;
        text_copy(ids[taken++], REQUEST_ID_BYTES, id);
    }
    *ret_count = taken;
    return true;
}

bool selection_from_json(const char *json, size_t length, struct enrollment_query *ret_query)
{
    struct enrollment_query query = {0};
    cJSON *document = json_parse(json, length);
    bool ok = document && read_ids(document, "groups", query.groups, &query.group_count) &&
              read_ids(document, "programs", query.programs, &query.program_count) &&
              query.group_count + query.program_count > 0;
    if (ok)
        *ret_query = query;
    json_destroy(document);
    return ok;
}

static bool read_event(const cJSON *item, struct live_event *ret_event)
{
    static const char *const kinds[] = {"qr_shown",    "fallback_link_shown", "search_empty",
                                        "visit_ended", "events_dropped",      "storage"};
    struct live_event event = {0};
    if (!read_text(item, "id", event.id, sizeof event.id) ||
        !read_text(item, "kind", event.kind, sizeof event.kind) ||
        !json_time(item, "at", &event.at_s) ||
        (!json_absent(item, "detail") &&
         !read_text(item, "detail", event.detail, sizeof event.detail)))
        return false;
    bool known = false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        known |= strcmp(kinds[i], event.kind) == 0;
    *ret_event = event;
    return known;
}

bool events_from_json(const char *json, size_t length,
                      struct live_event ret_events[static LIVE_EVENTS_MAX], uint32_t *ret_count)
{
    cJSON *document = json_parse(json, length);
    const cJSON *list = document ? cJSON_GetObjectItemCaseSensitive(document, "events") : NULL;
    bool ok = cJSON_IsArray(list) && cJSON_GetArraySize(list) <= LIVE_EVENTS_MAX;
    uint32_t count = 0;
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, list)
    {
        ok = ok && read_event(item, &ret_events[count++]);
    }
    if (ok)
        *ret_count = count;
    json_destroy(document);
    return ok;
}

// ---- answers

static char *print_line(cJSON *json)
{
    char *text = cJSON_PrintUnformatted(json);
    CHECK(text != NULL);
    json_destroy(json);
    size_t length = strlen(text);
    char *line = malloc(length + 2);
    CHECK(line != NULL);
    memcpy(line, text, length);
    line[length] = '\n';
    line[length + 1] = '\0';
    explicit_bzero(text, length);
    cJSON_free(text);
    return line;
}

static void add_text(cJSON *json, const char *key, const char *text)
{
    CHECK(cJSON_AddStringToObject(json, key, text) != NULL);
}

static void add_date(cJSON *json, const char *key, struct date date)
{
    char text[11];
    date_format(date, text);
    add_text(json, key, text);
    explicit_bzero(text, sizeof text);
}

static void add_amount(cJSON *json, const char *key, int64_t amount)
{
    if (amount != CERTIFICATE_AMOUNT_UNKNOWN)
        CHECK(cJSON_AddNumberToObject(json, key, (double)amount) != NULL);
}

static void add_details(cJSON *json, const struct certificate *certificate)
{
    CHECK(cJSON_AddNumberToObject(json, "age_years", certificate->age_years) != NULL);
    add_date(json, "valid_until", certificate->valid_until);
    cJSON *charges = cJSON_AddArrayToObject(json, "charges");
    for (uint32_t i = 0; i < certificate->charge_count; i++) {
        cJSON *charge = cJSON_CreateObject();
        add_text(charge, "title", certificate->charges[i].title);
        add_date(charge, "on", certificate->charges[i].on);
        add_amount(charge, "amount", certificate->charges[i].amount);
        CHECK(cJSON_AddItemToArray(charges, charge));
    }
    cJSON *contracts = cJSON_AddArrayToObject(json, "contracts");
    for (uint32_t i = 0; i < certificate->contract_count; i++) {
        cJSON *contract = cJSON_CreateObject();
        add_text(contract, "title", certificate->contracts[i].title);
        add_date(contract, "since", certificate->contracts[i].since);
        CHECK(cJSON_AddItemToArray(contracts, contract));
    }
}

char *certificate_to_json(const struct certificate *certificate)
{
    cJSON *json = cJSON_CreateObject();
    add_text(json, "kind", certificate_kind_name(certificate->kind));
    add_text(json, "status", certificate_status_name(certificate->status));
    if (certificate->period_from.year != 0 && certificate->period_to.year != 0) {
        cJSON *period = cJSON_AddObjectToObject(json, "period");
        add_date(period, "from", certificate->period_from);
        add_date(period, "to", certificate->period_to);
    }
    add_text(json, "unit", certificate_unit_name(certificate->unit));
    add_amount(json, "nominal", certificate->nominal);
    add_amount(json, "balance", certificate->balance);
    add_amount(json, "reserved", certificate->reserved);
    add_amount(json, "charged", certificate->charged);
    add_text(json, "details", certificate->details_open ? "open" : "locked");
    if (certificate->details_open)
        add_details(json, certificate);
    return print_line(json);
}

char *enrollment_to_json(const char *code, const char *url, int64_t expires_at_s)
{
    char expires[RFC3339_BYTES];
    rfc3339_format(expires_at_s, expires);
    cJSON *json = cJSON_CreateObject();
    add_text(json, "code", code);
    add_text(json, "url", url);
    add_text(json, "expires_at", expires);
    return print_line(json);
}

char *accepted_to_json(uint32_t count)
{
    cJSON *json = cJSON_CreateObject();
    CHECK(cJSON_AddNumberToObject(json, "accepted", count) != NULL);
    return print_line(json);
}
