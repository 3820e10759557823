#include "navigator/outbox.h"

#include "base/log.h"
#include "base/text.h"
#include "navigator/answers_json.h"

#include <stdlib.h>

void outbox_init(struct outbox *outbox, struct http *http, struct state_db *state_db)
{
    *outbox = (struct outbox){.http = http,
                              .state_db = state_db,
                              .spare = state_db_open_memory(OUTBOX_SPARE_EVENTS_MAX),
                              .batch_max = OUTBOX_BATCH_MAX,
                              .retry_ms = INT64_MAX,
                              .waiting = true};
}

void outbox_finish(struct outbox *outbox)
{
    http_drop(outbox->http, outbox->call);
    outbox->call = NULL;
    state_db_close(outbox->spare);
    outbox->spare = NULL;
}

static void retry_disk_later(struct outbox *outbox, int64_t now_ms)
{
    if (outbox->retry_ms == INT64_MAX)
        outbox->retry_ms = now_ms + OUTBOX_SPARE_RETRY_MS;
}

enum storage outbox_storage(const struct outbox *outbox)
{
    return state_db_storage(outbox->state_db);
}

uint32_t outbox_waiting(const struct outbox *outbox)
{
    return state_db_waiting(outbox->state_db);
}

static void keep(struct outbox *outbox, const struct link_event *event, int64_t at_s,
                 int64_t now_ms)
{
    struct outbox_event kept = {.at_s = at_s, .event = *event};
    state_db_new_id(kept.id);
    if (state_db_add_event(outbox->state_db, &kept))
        return;
    state_db_add_event(outbox->spare, &kept);
    retry_disk_later(outbox, now_ms);
}

static void tell_storage(struct outbox *outbox, int64_t at_s, int64_t now_ms)
{
    enum storage storage = outbox_storage(outbox);
    struct link_event health = {.kind = EVENT_STORAGE};
    if (storage == outbox->told_storage)
        return;
    outbox->told_storage = storage;
    text_copy(health.detail, sizeof health.detail, storage_name(storage));
    keep(outbox, &health, at_s, now_ms);
}

void outbox_put(struct outbox *outbox, const struct link_event *event, int64_t at_s, int64_t now_ms)
{
    keep(outbox, event, at_s, now_ms);
    tell_storage(outbox, at_s, now_ms);
    if (!outbox->waiting && outbox->schedule.failures == 0)
        outbox->schedule.due_ms = now_ms + OUTBOX_GATHER_MS;
    outbox->waiting = true;
}

// ---- the disk takes nothing, and then again

// The same ids: what was moved twice is one event.
static bool move_spare(struct outbox *outbox)
{
    static struct outbox_event events[OUTBOX_BATCH_MAX];
    size_t count;
    while ((count = state_db_oldest_events(outbox->spare, 0, OUTBOX_BATCH_MAX, events)) > 0) {
        for (size_t i = 0; i < count; i++)
            if (events[i].event.kind != EVENT_EVENTS_DROPPED &&
                !state_db_add_event(outbox->state_db, &events[i]))
                return false;
        state_db_drop_events(outbox->spare, events[count - 1].order);
    }
    if (!state_db_count_dropped(outbox->state_db, state_db_dropped(outbox->spare)))
        return false;
    state_db_close(outbox->spare); // its number of dropped events is told, and begins anew
    outbox->spare = state_db_open_memory(OUTBOX_SPARE_EVENTS_MAX);
    return true;
}

static void try_disk(struct outbox *outbox, int64_t now_ms)
{
    bool fine = state_db_probe(outbox->state_db);
    if (fine && outbox->done_order > 0)
        fine = state_db_drop_events(outbox->state_db, outbox->done_order);
    if (fine)
        outbox->done_order = 0;
    fine = fine && move_spare(outbox);
    outbox->retry_ms = fine ? INT64_MAX : now_ms + OUTBOX_SPARE_RETRY_MS;
    outbox->waiting |= fine;
}

// ---- posting

static size_t next_batch(struct outbox *outbox, struct outbox_event *events)
{
    size_t count =
        state_db_oldest_events(outbox->state_db, outbox->done_order, outbox->batch_max, events);
    outbox->posts_spare = count == 0;
    return count > 0 ? count : state_db_oldest_events(outbox->spare, 0, outbox->batch_max, events);
}

static void post(struct outbox *outbox, int64_t now_ms)
{
    static struct outbox_event events[OUTBOX_BATCH_MAX];
    static char body[EVENTS_BYTES];
    outbox->posted = next_batch(outbox, events);
    outbox->waiting = outbox->posted > 0;
    if (outbox->posted == 0 && outbox_storage(outbox) > STORAGE_REPAIRED)
        retry_disk_later(outbox, now_ms); // it may hold what couldn't be read
    if (outbox->posted == 0 || !events_to_json(events, outbox->posted, body))
        return;
    outbox->last_order = events[outbox->posted - 1].order;
    struct http_request request = {.kind = HTTP_EVENTS, .path = "/v1/events", .body = body};
    schedule_begun(&outbox->schedule, now_ms);
    outbox->call = http_start(outbox->http, &request);
}

static void forget_batch(struct outbox *outbox, int64_t now_ms)
{
    if (outbox->last_order >= outbox->suspect_order)
        outbox->batch_max = OUTBOX_BATCH_MAX;
    if (outbox->posts_spare) {
        state_db_drop_events(outbox->spare, outbox->last_order);
    } else if (!state_db_drop_events(outbox->state_db, outbox->last_order)) {
        outbox->done_order = outbox->last_order;
        retry_disk_later(outbox, now_ms);
    }
}

static void refuse_batch(struct outbox *outbox, int status, int64_t now_ms)
{
    if (outbox->posted > 1) {
        if (outbox->batch_max == OUTBOX_BATCH_MAX)
            outbox->suspect_order = outbox->last_order;
        outbox->batch_max = outbox->posted / 2;
        return;
    }
    log_event("outbox", "one event was refused with status %d and dropped", status);
    outbox->batch_max = OUTBOX_BATCH_MAX;
    if (!state_db_lose_event(outbox->posts_spare ? outbox->spare : outbox->state_db,
                             outbox->last_order))
        forget_batch(outbox, now_ms);
}

// Whether it went on: the batch is kept by the navigator, or a part of it is to be tried.
static bool judge(struct outbox *outbox, const struct http_response *response, int64_t now_ms)
{
    int status = response->result == HTTP_ANSWERED ? response->status : 0;
    bool hopeless = status == 400 || status == 413 || status == 415 || status == 422;
    if (status >= 200 && status < 300 &&
        events_accepted_from_json(response->body, response->length, outbox->posted))
        forget_batch(outbox, now_ms);
    else if (hopeless && response->headers->json)
        refuse_batch(outbox, status, now_ms);
    else
        return false;
    return true;
}

bool outbox_take(struct outbox *outbox, struct http_call *call, int64_t now_ms)
{
    if (call != outbox->call)
        return false;
    const struct http_response *response = http_response(call);
    if (judge(outbox, response, now_ms))
        schedule_succeeded(&outbox->schedule, now_ms, OUTBOX_GATHER_MS, arc4random());
    else
        schedule_failed(&outbox->schedule, now_ms, response->headers->retry_after_s, arc4random());
    http_drop(outbox->http, call);
    outbox->call = NULL;
    return true;
}

// ---- time

static int64_t post_ms(const struct outbox *outbox)
{
    bool idle = outbox->http == NULL || outbox->call != NULL || !outbox->waiting;
    return idle ? INT64_MAX : outbox->schedule.due_ms;
}

void outbox_tick(struct outbox *outbox, int64_t now_ms)
{
    // Not while a batch of the spare is on its way: moved, it would come once more.
    if (outbox->retry_ms <= now_ms && outbox->call == NULL)
        try_disk(outbox, now_ms);
    if (post_ms(outbox) <= now_ms)
        post(outbox, now_ms);
}

int64_t outbox_next_ms(const struct outbox *outbox)
{
    int64_t due_ms = post_ms(outbox);
    bool waits = outbox->call == NULL && outbox->retry_ms < due_ms;
    return waits ? outbox->retry_ms : due_ms;
}
