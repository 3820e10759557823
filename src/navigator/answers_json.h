// The bodies of the live calls as JSON: questions and events out, answers in
// (protocol.openapi.json).
//
// Answers are read strictly: an unknown word, a missing or bent field refuses the whole answer, and
// the visitor hears "unavailable" instead of something half true. Personal: whoever holds a body or
// an answer clears it.
#pragma once

#include "message/request.h"
#include "navigator/store_state.h"

#include <stdbool.h>
#include <stddef.h>

enum { QUESTION_BYTES = 2048, EVENTS_BYTES = OUTBOX_BATCH_MAX * 512 };

// false when the number isn't 1..24 digits and Latin letters.
bool certificate_query_to_json(const struct certificate_query *query,
                               char ret_json[static QUESTION_BYTES]);
// false when it doesn't fit.
bool enrollment_query_to_json(const struct enrollment_query *query,
                              char ret_json[static QUESTION_BYTES]);
bool events_to_json(const struct outbox_event *events, size_t count,
                    char ret_json[static EVENTS_BYTES]);

// Details stay closed, whatever the answer holds, unless the query had a birth date and, where it
// asks for a child of 14 or more, the age says so too.
bool certificate_from_json(const char *json, size_t length, const struct certificate_query *query,
                           struct certificate *ret_certificate);
// The navigator says that it has all of so many events.
bool events_accepted_from_json(const char *json, size_t length, size_t count);
// Fills all but the status.
bool enrollment_from_json(const char *json, size_t length, struct enrollment_answer *ret_answer);
