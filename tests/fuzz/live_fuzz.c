// Any bytes as the body of each of a terminal's calls to the hub.
#include "hub/live_json.h"
#include "navigator/answers_json.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

enum { FILL = 0xA5 };

static void check_text(const char *text, size_t capacity, bool may_be_empty)
{
    size_t length = strnlen(text, capacity);
    CHECK(length < capacity && (length > 0 || may_be_empty));
}

static void read_check(const char *json, size_t length)
{
    struct certificate_query query;
    struct certificate_query again;
    char body[QUESTION_BYTES];
    memset(&query, FILL, sizeof query);
    if (!check_from_json(json, length, &query)) {
        fuzz_check_untouched(&query, sizeof query, FILL);
        return;
    }
    CHECK(certificate_query_to_json(&query, body));
    CHECK(check_from_json(body, strlen(body), &again));
    CHECK(strcmp(query.number, again.number) == 0);
    CHECK(memcmp(&query.birth, &again.birth, sizeof query.birth) == 0);
}

static void read_selection(const char *json, size_t length)
{
    static struct enrollment_query query;
    static struct enrollment_query again;
    char body[QUESTION_BYTES];
    memset(&query, FILL, sizeof query);
    if (!selection_from_json(json, length, &query)) {
        fuzz_check_untouched(&query, sizeof query, FILL);
        return;
    }
    CHECK(query.group_count <= REQUEST_GROUPS_MAX && query.program_count <= REQUEST_GROUPS_MAX);
    for (uint32_t i = 0; i < query.group_count; i++)
        check_text(query.groups[i], sizeof query.groups[i], false);
    for (uint32_t i = 0; i < query.program_count; i++)
        check_text(query.programs[i], sizeof query.programs[i], false);
    if (enrollment_query_to_json(&query, body)) {
        CHECK(fuzz_json_valid(body, strlen(body)));
        CHECK(selection_from_json(body, strlen(body), &again));
        CHECK(memcmp(&query, &again, sizeof query) == 0);
    }
}

static void read_events(const char *json, size_t length)
{
    static struct live_event events[LIVE_EVENTS_MAX];
    uint32_t count = UINT32_MAX;
    if (!events_from_json(json, length, events, &count)) {
        CHECK(count == UINT32_MAX);
        return;
    }
    CHECK(count <= LIVE_EVENTS_MAX);
    for (uint32_t i = 0; i < count; i++) {
        check_text(events[i].id, sizeof events[i].id, false);
        check_text(events[i].kind, sizeof events[i].kind, false);
        check_text(events[i].detail, sizeof events[i].detail, true);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *json = fuzz_text(data, size);
    read_check(json, size);
    read_selection(json, size);
    read_events(json, size);
    free(json);
    return 0;
}
