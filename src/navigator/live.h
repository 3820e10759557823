// The calls a visitor waits for: certificate checks and enrollments.
//
// Each question gets exactly one answer within its limit, unless the visit cancels it; an
// enrollment is tried again while its limit lasts (same Idempotency-Key), a check is not, since
// tries are counted. A navigator that asks for quiet (503 with Retry-After) gets it: until then
// questions are answered "unavailable" without asking; what 429 says goes to the visitor who tried
// too often. The slots hold personal data and are cleared when they end. One thread, the one that
// owns the http client.
#pragma once

#include "config/config.h"
#include "message/request.h"
#include "navigator/http.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    LIVE_SLOTS = 4, // a question beyond them is answered "unavailable" at once
    LIVE_RETRY_MS = 400,
    LIVE_QUIET_MAX_S = 60, // or a portal's page could silence a terminal for a day
    LIVE_KEY_BYTES = 33,
};

// Gets a report that is cleared right after.
typedef void live_report(void *context, const struct link_report *report);

struct live_slot {
    bool used;
    struct link_request request;
    int64_t deadline_ms;
    int64_t retry_ms; // begins again then; only while there is no call
    struct http_call *call;
    char key[LIVE_KEY_BYTES];
};

struct live {
    struct http *http; // NULL: no navigator is configured
    const struct config *config;
    live_report *report;
    void *context;
    int64_t quiet_until_ms;
    struct live_slot slots[LIVE_SLOTS];
};

enum live_taken {
    LIVE_NOT_MINE,
    LIVE_REACHED, // the navigator answered, whatever it said
    LIVE_UNREACHED,
    LIVE_TAKEN_COUNT
};

void live_init(struct live *live, struct http *http, const struct config *config,
               live_report *report, void *context);
void live_finish(struct live *live);
void live_ask(struct live *live, const struct link_request *request, int64_t now_ms);
void live_cancel(struct live *live, uint32_t id);
void live_cancel_all(struct live *live);
// A call that ended; drops it when it is one of these.
enum live_taken live_take(struct live *live, struct http_call *call, int64_t now_ms);
void live_tick(struct live *live, int64_t now_ms);
int64_t live_next_ms(const struct live *live); // when to tick; INT64_MAX never
