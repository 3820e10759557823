#include "navigator/link.h"

#include "base/check.h"
#include "base/log.h"
#include "base/options.h"
#include "message/socket.h"
#include "message/wire.h"
#include "navigator/clock.h"
#include "navigator/http.h"
#include "navigator/live.h"
#include "navigator/outbox.h"
#include "navigator/store_state.h"
#include "navigator/worker.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct link {
    struct http *http; // NULL: no navigator is configured
    struct state_db *state_db;
    struct worker worker;
    struct live live;
    struct outbox outbox;
    struct wire kiosk;
    bool connected; // also while a broken socket has not been noticed yet
    int listener;   // -1: the kiosk came with the command line, and its end is ours
    int signals;
    struct link_state state;
    uint64_t ready_serial; // finished, and no kiosk heard of it yet; 0 none
    bool stopping;
};

// ---- to the kiosk

static void send_report(void *context, const struct link_report *report)
{
    struct link *link = context;
    unsigned char frame[WIRE_FRAME_BYTES];
    size_t length = wire_pack_report(report, frame);
    if (link->connected && !wire_send(&link->kiosk, frame, length))
        log_event("kiosk", "a report was dropped");
    explicit_bzero(frame, length);
}

static void send_state(struct link *link)
{
    struct link_report report = {.kind = LINK_STATE, .state = link->state};
    send_report(link, &report);
    if (!link->connected || link->ready_serial == 0)
        return;
    report = (struct link_report){.kind = LINK_CATALOG_READY, .serial = link->ready_serial};
    send_report(link, &report);
    link->ready_serial = 0;
}

static void set_online(struct link *link, bool online)
{
    if (link->state.online == online)
        return;
    link->state.online = online;
    send_state(link);
}

static void take_news(struct link *link)
{
    struct worker_news news;
    if (!worker_take(&link->worker, &news))
        return;
    if (!news.syncing)
        link->state.online = news.online;
    link->state.syncing = news.syncing;
    link->state.serial = news.serial;
    link->state.last_contact_s = news.last_contact_s;
    if (news.ready_serial != 0)
        link->ready_serial = news.ready_serial;
    send_state(link);
}

// ---- from the kiosk

static void take_request(struct link *link, const struct link_request *request)
{
    int64_t now_ms = clock_ms();
    switch (request->kind) {
    case LINK_CHECK_CERTIFICATE:
    case LINK_CREATE_ENROLLMENT:
        live_ask(&link->live, request, now_ms);
        break;
    case LINK_CANCEL:
        live_cancel(&link->live, request->id);
        break;
    case LINK_SYNC_NOW:
        worker_ask(&link->worker);
        send_state(link);
        break;
    case LINK_EVENT:
        outbox_put(&link->outbox, &request->event, time(NULL), now_ms);
        break;
    case LINK_REQUEST_KIND_COUNT:
        break;
    }
}

static void lose_kiosk(struct link *link)
{
    log_event("kiosk", "gone");
    live_cancel_all(&link->live);
    wire_finish(&link->kiosk);
    link->connected = false;
    link->stopping |= link->listener < 0;
}

static void read_kiosk(struct link *link)
{
    while (link->connected) {
        const unsigned char *payload = NULL;
        size_t length = 0;
        enum wire_result result = wire_receive(&link->kiosk, &payload, &length);
        if (result == WIRE_WAIT)
            break;
        struct link_request request = {0};
        if (result == WIRE_FRAME && wire_unpack_request(payload, length, &request)) {
            take_request(link, &request);
            explicit_bzero(&request, sizeof request);
            continue;
        }
        if (result == WIRE_FRAME)
            log_event("kiosk", "found a bad frame, expected a request");
        lose_kiosk(link);
    }
    if (link->connected && !wire_flush(&link->kiosk))
        lose_kiosk(link);
}

static void accept_kiosk(struct link *link)
{
    if (link->listener < 0 || link->connected)
        return;
    int fd = accept4(link->listener, NULL, NULL, SOCK_CLOEXEC);
    if (fd < 0)
        return;
    wire_init(&link->kiosk, fd);
    link->connected = true;
    log_event("kiosk", "connected");
    send_state(link);
}

// ---- the loop

static void take_ended_calls(struct link *link)
{
    struct http_call *call;
    while (link->http != NULL && (call = http_next_ended(link->http)) != NULL) {
        int64_t now_ms = clock_ms();
        enum live_taken taken = live_take(&link->live, call, now_ms);
        if (taken == LIVE_NOT_MINE)
            CHECK(outbox_take(&link->outbox, call, now_ms));
        else
            set_online(link, taken == LIVE_REACHED);
    }
}

static int sleep_ms(const struct link *link)
{
    if (link->connected && link->kiosk.fd < 0)
        return 0; // a report found the socket broken
    int64_t next_ms = live_next_ms(&link->live);
    int64_t outbox_ms = outbox_next_ms(&link->outbox);
    if (outbox_ms < next_ms)
        next_ms = outbox_ms;
    if (next_ms == INT64_MAX)
        return 3600 * 1000;
    int64_t wait_ms = next_ms - clock_ms();
    return wait_ms < 0 ? 0 : (int)(wait_ms < 3600 * 1000 ? wait_ms : 3600 * 1000);
}

static void sleep_until_something(struct link *link)
{
    short kiosk_events = wire_wants_write(&link->kiosk) ? POLLIN | POLLOUT : POLLIN;
    struct pollfd fds[] = {
        {.fd = link->signals, .events = POLLIN},
        {.fd = link->worker.event_fd, .events = POLLIN},
        {.fd = link->connected ? link->kiosk.fd : link->listener, .events = kiosk_events},
    };
    if (link->http != NULL)
        http_wait(link->http, fds, sizeof fds / sizeof *fds, sleep_ms(link));
    else
        poll(fds, sizeof fds / sizeof *fds, sleep_ms(link));
}

static void turn(struct link *link)
{
    take_ended_calls(link);
    live_tick(&link->live, clock_ms());
    outbox_tick(&link->outbox, clock_ms());
    sleep_until_something(link);
    struct signalfd_siginfo info;
    if (read(link->signals, &info, sizeof info) == sizeof info)
        link->stopping = true;
    take_news(link);
    accept_kiosk(link);
    read_kiosk(link);
}

// ---- begin and end

static const char *connect_parts(struct link *link, const struct link_options *options,
                                 char error[static HTTP_ERROR_BYTES])
{
    const struct config *config = options->config;
    struct http_origin origin = {
        .url = config->navigator_url, .ca_file = config->tls_ca_file, .token = options->token};
    link->connected = options->socket_fd >= 0;
    if (link->connected)
        wire_init(&link->kiosk, options->socket_fd);
    else if ((link->listener = socket_listen(options->socket_path)) < 0)
        return "--socket: found a path that cannot be bound, expected a writable one";
    if ((link->state_db = state_db_open(config->data_dir, error)) == NULL)
        return error;
    if (config->navigator_url[0] == '\0')
        log_event("link", "navigator url: found none, expected https://HOST: staying offline");
    else if ((link->http = http_create(&origin, error)) == NULL)
        return error;
    return NULL;
}

static void disconnect_parts(struct link *link, const struct link_options *options)
{
    http_destroy(link->http);
    state_db_close(link->state_db);
    wire_finish(&link->kiosk);
    if (link->listener >= 0) {
        close(link->listener);
        unlink(options->socket_path);
    }
    close(link->signals);
}

int link_run(const struct link_options *options)
{
    char error[HTTP_ERROR_BYTES] = "";
    struct link *link = calloc(1, sizeof *link);
    CHECK(link != NULL);
    link->kiosk.fd = link->listener = -1;
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    link->signals = signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
    CHECK(link->signals >= 0);
    const char *problem = connect_parts(link, options, error);
    if (problem == NULL) {
        live_init(&link->live, link->http, options->config, send_report, link);
        outbox_init(&link->outbox, link->http, link->state_db);
        worker_init(&link->worker, options->config);
        worker_start(&link->worker);
        send_state(link);
        while (!link->stopping)
            turn(link);
        worker_stop(&link->worker);
        live_finish(&link->live);
        outbox_finish(&link->outbox);
        worker_join(&link->worker);
        worker_finish(&link->worker);
        log_event("link", "ended");
    } else {
        log_event("link", "%s", problem);
    }
    disconnect_parts(link, options);
    explicit_bzero(link, sizeof *link);
    free(link);
    return problem == NULL ? EXIT_OK : EXIT_USAGE;
}
