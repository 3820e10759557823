#include "navigator/service.h"

#include "base/check.h"
#include "navigator/set_aside.h"

#include <string.h>

// ---- to the kiosk

static void send_report(void *context, const struct link_report *report)
{
    const struct service *service = context;
    if (service->connected)
        service->report(service->context, report);
}

static void send_state(struct service *service)
{
    struct link_report report = {.kind = LINK_STATE, .state = service->state};
    report.state.outbox = outbox_waiting(&service->outbox);
    send_report(service, &report);
    if (!service->connected || service->ready_serial == 0)
        return;
    report = (struct link_report){.kind = LINK_CATALOG_READY, .serial = service->ready_serial};
    send_report(service, &report);
    service->ready_serial = 0;
}

void service_connected(struct service *service)
{
    service->connected = true;
    send_state(service);
}

void service_disconnected(struct service *service)
{
    service->connected = false;
    live_cancel_all(&service->live);
}

// ---- what happens

void service_request(struct service *service, const struct link_request *request, int64_t now_ms,
                     int64_t now_s)
{
    switch (request->kind) {
    case LINK_CHECK_CERTIFICATE:
    case LINK_CREATE_ENROLLMENT:
        live_ask(&service->live, request, now_ms);
        break;
    case LINK_CANCEL:
        live_cancel(&service->live, request->id);
        break;
    case LINK_SYNC_NOW:
        service->asked_to_sync = true;
        send_state(service);
        break;
    case LINK_EVENT:
        outbox_put(&service->outbox, &request->event, now_s, now_ms);
        break;
    case LINK_REQUEST_KIND_COUNT:
        break;
    }
}

void service_news(struct service *service, const struct follower_news *news)
{
    if (!news->syncing)
        service->state.online = news->online;
    service->state.syncing = news->syncing;
    service->synced = news->storage;
    service->state.serial = news->serial;
    service->state.last_contact_s = news->last_contact_s;
    if (news->seen.clock_known) {
        service->state.clock_known = true;
        service->state.clock_ahead_s = news->seen.clock_ahead_s;
    }
    if (news->seen.tls_expires_s != 0)
        service->state.tls_expires_s = news->seen.tls_expires_s;
    if (news->ready_serial != 0)
        service->ready_serial = news->ready_serial;
    send_state(service);
}

static enum storage worse(enum storage one, enum storage other)
{
    return one > other ? one : other;
}

// The worst that the start, the sync and the outbox know of.
static void set_storage(struct service *service)
{
    enum storage storage =
        worse(outbox_storage(&service->outbox), worse(service->found, service->synced));
    if (service->state.storage == storage)
        return;
    service->state.storage = storage;
    send_state(service);
}

// The feed is open to all; only a question or an event tells how the token is taken.
static void learn_token(struct service *service)
{
    static const enum token_state states[HTTP_TOKEN_COUNT] = {
        [HTTP_TOKEN_UNTRIED] = TOKEN_UNTRIED,
        [HTTP_TOKEN_ACCEPTED] = TOKEN_ACCEPTED,
        [HTTP_TOKEN_REFUSED] = TOKEN_REFUSED,
    };
    enum token_state token = states[http_seen(service->http).token];
    if (token == TOKEN_UNTRIED || service->state.token == token)
        return;
    service->state.token = token;
    send_state(service);
}

static void set_online(struct service *service, bool online)
{
    if (service->state.online == online)
        return;
    service->state.online = online;
    send_state(service);
}

void service_turn(struct service *service, int64_t now_ms)
{
    struct http_call *call;
    while (service->http != NULL && (call = http_next_ended(service->http)) != NULL) {
        enum live_taken taken = live_take(&service->live, call, now_ms);
        if (taken == LIVE_NOT_MINE)
            CHECK(outbox_take(&service->outbox, call, now_ms));
        else
            set_online(service, taken == LIVE_REACHED);
        learn_token(service);
        // One call without an answer isn't proof: the feed is asked soon and knows better.
        service->asked_to_sync |= taken == LIVE_UNREACHED;
    }
    live_tick(&service->live, now_ms);
    outbox_tick(&service->outbox, now_ms);
    set_storage(service);
}

int64_t service_next_ms(const struct service *service)
{
    int64_t live_ms = live_next_ms(&service->live);
    int64_t outbox_ms = outbox_next_ms(&service->outbox);
    return live_ms < outbox_ms ? live_ms : outbox_ms;
}

// ---- begin and end

void service_init(struct service *service, const struct config *config, struct http *http,
                  struct state_db *state_db, live_report *report, void *context)
{
    *service = (struct service){.http = http, .report = report, .context = context};
    live_init(&service->live, http, config, send_report, service);
    outbox_init(&service->outbox, http, state_db);
    bool damaged = set_aside_damaged_catalogs(config->data_dir) > 0;
    service->found = damaged ? STORAGE_REPAIRED : STORAGE_FINE;
    service->state.storage = worse(service->found, outbox_storage(&service->outbox));
}

void service_finish(struct service *service)
{
    live_finish(&service->live);
    outbox_finish(&service->outbox);
    explicit_bzero(service, sizeof *service);
}
