// Requests and answers of the live calls as JSON (protocol.openapi.json).
#pragma once

#include "certificate/certificate.h"
#include "message/request.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LIVE_EVENTS_MAX = 200 };

// false when it is malformed or a field is out of its limits. Clear the query after use.
bool check_from_json(const char *json, size_t length, struct certificate_query *ret_query);
bool selection_from_json(const char *json, size_t length, struct enrollment_query *ret_query);

struct live_event {
    char id[REQUEST_ID_BYTES];
    char kind[32];
    char detail[EVENT_DETAIL_BYTES];
    int64_t at_s;
};
bool events_from_json(const char *json, size_t length,
                      struct live_event ret_events[static LIVE_EVENTS_MAX], uint32_t *ret_count);

// malloc'd, NUL-terminated text ending in '\n'. That of a certificate is personal.
char *certificate_to_json(const struct certificate *certificate);
char *enrollment_to_json(const char *code, const char *url, int64_t expires_at_s);
char *accepted_to_json(uint32_t count);
