#include "hub/live_json.h"
#include "hub/web.h"

// All or nothing: what isn't acknowledged stays in the terminal's outbox.
static bool keep_events(struct store *store, int64_t terminal, const struct live_event *events,
                        uint32_t count)
{
    if (!store_begin_live(store))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        struct store_event event = {events[i].id, events[i].kind, events[i].detail, events[i].at_s};
        if (!store_add_event(store, terminal, &event)) {
            store_rollback_live(store);
            return false;
        }
    }
    return store_commit_live(store);
}

void event_handle(struct hub *hub, const struct web_request *request, struct web_reply *reply)
{
    static _Thread_local struct live_event events[LIVE_EVENTS_MAX];
    int64_t terminal;
    uint32_t count;
    if (!web_terminal(hub, request, &terminal, reply))
        return;
    if (!events_from_json(request->body, request->body_length, events, &count))
        web_problem(reply, 400, "Expected events, at most 200, each with id, kind and at");
    else if (!keep_events(hub->store, terminal, events, count))
        web_problem(reply, 503, "The database doesn't answer");
    else
        web_json(reply, accepted_to_json(count));
}
