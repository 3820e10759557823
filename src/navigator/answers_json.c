#include "navigator/answers_json.h"

#include "base/check.h"
#include "base/text.h"
#include "navigator/strict_json.h"

#include <string.h>

enum { CHILD_ASKS_FROM_YEARS = 14, AGE_YEARS_MAX = 150 };

static const int64_t amount_max = 1000000000000000; // ten trillion roubles in kopecks

static const char *const event_names[] = {"qr_shown",    "fallback_link_shown", "search_empty",
                                          "visit_ended", "events_dropped",      "storage"};
_Static_assert(sizeof event_names / sizeof *event_names == EVENT_KIND_COUNT, "events");

// ---- questions

bool certificate_query_to_json(const struct certificate_query *query,
                               char ret_json[static QUESTION_BYTES])
{
    char number[CERTIFICATE_NUMBER_BYTES]; // folded, it has nothing that JSON would escape
    if (!certificate_number_fold(query->number, number))
        return false;
    struct text text;
    text_init(&text, ret_json, QUESTION_BYTES);
    text_add(&text, "{\"number\":\"");
    text_add(&text, number);
    explicit_bzero(number, sizeof number);
    if (query->birth.year != 0) {
        char birth[11];
        date_format(query->birth, birth);
        text_add(&text, "\",\"birth_date\":\"");
        text_add(&text, birth);
        explicit_bzero(birth, sizeof birth);
    }
    text_add(&text, "\"}");
    return !text.cut;
}

static bool print_and_delete(cJSON *json, char *ret_json, size_t capacity)
{
    bool fits = cJSON_PrintPreallocated(json, ret_json, (int)capacity, false);
    json_destroy(json);
    return fits;
}

static void add_ids(cJSON *json, const char *key, const char (*ids)[REQUEST_ID_BYTES],
                    uint32_t count)
{
    cJSON *list = count > 0 ? cJSON_AddArrayToObject(json, key) : NULL;
    for (uint32_t i = 0; i < count; i++)
        CHECK(cJSON_AddItemToArray(list, cJSON_CreateString(ids[i])));
}

bool enrollment_query_to_json(const struct enrollment_query *query,
                              char ret_json[static QUESTION_BYTES])
{
    cJSON *json = cJSON_CreateObject();
    CHECK(json != NULL);
    add_ids(json, "groups", query->groups, query->group_count);
    add_ids(json, "programs", query->programs, query->program_count);
    return print_and_delete(json, ret_json, QUESTION_BYTES);
}

bool events_to_json(const struct outbox_event *events, size_t count,
                    char ret_json[static EVENTS_BYTES])
{
    cJSON *json = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(json, "events");
    for (size_t i = 0; i < count; i++) {
        char at[RFC3339_BYTES];
        rfc3339_format(events[i].at_s, at);
        cJSON *item = cJSON_CreateObject();
        CHECK(cJSON_AddStringToObject(item, "id", events[i].id) != NULL);
        CHECK(cJSON_AddStringToObject(item, "kind", event_names[events[i].event.kind]) != NULL);
        CHECK(cJSON_AddStringToObject(item, "at", at) != NULL);
        if (events[i].event.detail[0] != '\0')
            CHECK(cJSON_AddStringToObject(item, "detail", events[i].event.detail) != NULL);
        CHECK(cJSON_AddItemToArray(list, item));
    }
    return print_and_delete(json, ret_json, EVENTS_BYTES);
}

// ---- answers

static bool read_amount(const cJSON *json, const char *key, int64_t *ret_amount)
{
    *ret_amount = CERTIFICATE_AMOUNT_UNKNOWN;
    return json_absent(json, key) || json_integer(json, key, -amount_max, amount_max, ret_amount);
}

static bool read_words(const cJSON *json, struct certificate *certificate)
{
    const char *kind = NULL;
    const char *status = NULL;
    const char *unit = NULL;
    if (!json_text(json, "kind", &kind) || !json_text(json, "status", &status) ||
        !json_text(json, "unit", &unit))
        return false;
    certificate->kind = certificate_kind_parse(kind);
    certificate->status = certificate_status_parse(status);
    certificate->unit = certificate_unit_parse(unit);
    return certificate->kind != CERTIFICATE_KIND_COUNT &&
           certificate->status != CERTIFICATE_STATUS_COUNT &&
           certificate->unit != CERTIFICATE_UNIT_COUNT;
}

static bool read_figures(const cJSON *json, struct certificate *certificate)
{
    const cJSON *period = cJSON_GetObjectItemCaseSensitive(json, "period");
    bool fine =
        json_absent(json, "period") || (json_date(period, "from", &certificate->period_from) &&
                                        json_date(period, "to", &certificate->period_to));
    return fine && read_amount(json, "nominal", &certificate->nominal) &&
           read_amount(json, "balance", &certificate->balance) &&
           read_amount(json, "reserved", &certificate->reserved) &&
           read_amount(json, "charged", &certificate->charged);
}

// The lists may be longer than a screen holds: the first, newest ones stay.
static bool read_charges(const cJSON *list, struct certificate *certificate)
{
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, list)
    {
        if (certificate->charge_count == CERTIFICATE_CHARGES_MAX)
            break;
        struct certificate_charge *charge = &certificate->charges[certificate->charge_count++];
        const char *title = NULL;
        if (!json_text(item, "title", &title) || !json_date(item, "on", &charge->on) ||
            !json_integer(item, "amount", -amount_max, amount_max, &charge->amount))
            return false;
        text_copy(charge->title, sizeof charge->title, title);
    }
    return cJSON_IsArray(list);
}

static bool read_contracts(const cJSON *list, struct certificate *certificate)
{
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, list)
    {
        if (certificate->contract_count == CERTIFICATE_CONTRACTS_MAX)
            break;
        struct certificate_contract *contract =
            &certificate->contracts[certificate->contract_count++];
        const char *title = NULL;
        if (!json_text(item, "title", &title) || !json_date(item, "since", &contract->since))
            return false;
        text_copy(contract->title, sizeof contract->title, title);
    }
    return cJSON_IsArray(list);
}

static bool read_details(const cJSON *json, const struct certificate_query *query,
                         struct certificate *certificate)
{
    const char *details = NULL;
    int64_t age_years = 0;
    if (!json_text(json, "details", &details))
        return false;
    bool open = strcmp(details, "open") == 0;
    if (!open && strcmp(details, "locked") != 0)
        return false;
    if (open && !json_integer(json, "age_years", 0, AGE_YEARS_MAX, &age_years))
        return false;
    bool too_young = query->asks_child && age_years < CHILD_ASKS_FROM_YEARS;
    if (!open || query->birth.year == 0 || too_young)
        return true;
    certificate->details_open = true;
    certificate->age_years = (int32_t)age_years;
    return json_date(json, "valid_until", &certificate->valid_until) &&
           read_charges(cJSON_GetObjectItemCaseSensitive(json, "charges"), certificate) &&
           read_contracts(cJSON_GetObjectItemCaseSensitive(json, "contracts"), certificate);
}

bool certificate_from_json(const char *json, size_t length, const struct certificate_query *query,
                           struct certificate *ret_certificate)
{
    struct certificate certificate = {.age_years = -1};
    cJSON *document = json_parse(json, length);
    bool fine = document != NULL && read_words(document, &certificate) &&
                read_figures(document, &certificate) && read_details(document, query, &certificate);
    if (fine)
        *ret_certificate = certificate;
    explicit_bzero(&certificate, sizeof certificate);
    json_destroy(document);
    return fine;
}

bool enrollment_from_json(const char *json, size_t length, struct enrollment_answer *ret_answer)
{
    struct enrollment_answer answer = {.status = ret_answer->status};
    const char *code = NULL;
    const char *url = NULL;
    cJSON *document = json_parse(json, length);
    bool fine = document != NULL && json_text(document, "code", &code) &&
                json_text(document, "url", &url) &&
                json_time(document, "expires_at", &answer.expires_at_s) && code[0] != '\0' &&
                strlen(code) < sizeof answer.code && strlen(url) < sizeof answer.url;
    if (fine) {
        text_copy(answer.code, sizeof answer.code, code);
        text_copy(answer.url, sizeof answer.url, url);
        *ret_answer = answer;
    }
    json_destroy(document);
    return fine;
}

bool events_accepted_from_json(const char *json, size_t length, size_t count)
{
    int64_t accepted = -1;
    cJSON *document = json_parse(json, length);
    bool fine = document != NULL && json_integer(document, "accepted", 0, INT32_MAX, &accepted);
    json_destroy(document);
    return fine && (size_t)accepted == count;
}
