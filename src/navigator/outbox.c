#include "navigator/outbox.h"

#include "base/log.h"
#include "navigator/answers_json.h"

#include <stdlib.h>

void outbox_init(struct outbox *outbox, struct http *http, struct state_db *state_db)
{
    *outbox = (struct outbox){.http = http, .state_db = state_db, .waiting = true};
}

void outbox_finish(struct outbox *outbox)
{
    http_drop(outbox->http, outbox->call);
    outbox->call = NULL;
}

void outbox_put(struct outbox *outbox, const struct link_event *event, int64_t at_s, int64_t now_ms)
{
    state_db_add_event(outbox->state_db, event, at_s);
    if (!outbox->waiting && outbox->schedule.failures == 0)
        outbox->schedule.due_ms = now_ms + OUTBOX_GATHER_MS;
    outbox->waiting = true;
}

static void post(struct outbox *outbox, int64_t now_ms)
{
    static struct outbox_event events[OUTBOX_BATCH_MAX];
    static char body[EVENTS_BYTES];
    size_t count = state_db_oldest_events(outbox->state_db, events);
    outbox->waiting = count > 0;
    if (count == 0 || !events_to_json(events, count, body))
        return;
    outbox->last_order = events[count - 1].order;
    struct http_request request = {.kind = HTTP_EVENTS, .path = "/v1/events", .body = body};
    schedule_begun(&outbox->schedule, now_ms);
    outbox->call = http_start(outbox->http, &request);
}

bool outbox_take(struct outbox *outbox, struct http_call *call, int64_t now_ms)
{
    if (call != outbox->call)
        return false;
    const struct http_response *response = http_response(call);
    int status = response->result == HTTP_ANSWERED ? response->status : 0;
    bool kept = status >= 200 && status < 300;
    bool hopeless = status == 400 || status == 413 || status == 415 || status == 422;
    if (hopeless)
        log_event("outbox", "a batch was refused with status %d and dropped", status);
    if ((kept || hopeless) && state_db_drop_events(outbox->state_db, outbox->last_order))
        schedule_succeeded(&outbox->schedule, now_ms, OUTBOX_GATHER_MS, arc4random());
    else
        schedule_failed(&outbox->schedule, now_ms, response->headers->retry_after_s, arc4random());
    http_drop(outbox->http, call);
    outbox->call = NULL;
    return true;
}

void outbox_tick(struct outbox *outbox, int64_t now_ms)
{
    if (outbox_next_ms(outbox) <= now_ms)
        post(outbox, now_ms);
}

int64_t outbox_next_ms(const struct outbox *outbox)
{
    bool idle = outbox->http == NULL || outbox->call != NULL || !outbox->waiting;
    return idle ? INT64_MAX : outbox->schedule.due_ms;
}
