#include "navigator/link.h"

#include "base/check.h"
#include "base/guard.h"
#include "base/log.h"
#include "base/notify.h"
#include "base/options.h"
#include "message/wire.h"
#include "navigator/clock.h"
#include "navigator/http.h"
#include "navigator/origin.h"
#include "navigator/service.h"
#include "navigator/store_state.h"
#include "navigator/worker.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

struct link {
    struct http *http; // NULL: no navigator is configured
    struct state_db *state_db;
    struct worker worker;
    struct service service;
    struct wire kiosk;
    bool connected; // also while a broken socket has not been noticed yet
    const struct meeting *meeting;
    int signals;
    bool stopping;
};

static void send_report(void *context, const struct link_report *report)
{
    struct link *link = context;
    unsigned char frame[WIRE_FRAME_BYTES];
    size_t length = wire_pack_report(report, frame);
    if (!wire_send(&link->kiosk, frame, length))
        log_event("kiosk", "a report was dropped");
    explicit_bzero(frame, length);
}

// ---- from the kiosk

static void lose_kiosk(struct link *link)
{
    log_event("kiosk", "gone");
    service_disconnected(&link->service);
    wire_finish(&link->kiosk);
    link->connected = false;
    link->stopping |= link->meeting->listener < 0;
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
            service_request(&link->service, &request, clock_ms(), time(NULL));
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
    int fd = meeting_accept(link->meeting);
    if (fd < 0)
        return;
    if (link->connected)
        lose_kiosk(link);
    wire_init(&link->kiosk, fd);
    link->connected = true;
    log_event("kiosk", "connected");
    service_connected(&link->service);
}

// ---- the loop

static void take_news(struct link *link)
{
    struct follower_news news;
    if (worker_take(&link->worker, &news))
        service_news(&link->service, &news);
    if (link->service.asked_to_sync)
        worker_ask(&link->worker);
    link->service.asked_to_sync = false;
}

static int sleep_ms(const struct link *link)
{
    if (link->connected && link->kiosk.fd < 0)
        return 0; // a report found the socket broken
    if (link->service.asked_to_sync)
        return 0;
    int64_t next_ms = service_next_ms(&link->service);
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
        {.fd = link->meeting->listener, .events = POLLIN},
        {.fd = link->connected ? link->kiosk.fd : -1, .events = kiosk_events},
    };
    int wait_ms = notify_turn(clock_ms(), sleep_ms(link));
    if (link->http != NULL)
        http_wait(link->http, fds, sizeof fds / sizeof *fds, wait_ms);
    else
        poll(fds, sizeof fds / sizeof *fds, wait_ms);
}

static void turn(struct link *link)
{
    service_turn(&link->service, clock_ms());
    guard_sweep();
    sleep_until_something(link);
    struct signalfd_siginfo info;
    if (read(link->signals, &info, sizeof info) == sizeof info)
        link->stopping = true;
    accept_kiosk(link);
    read_kiosk(link);
    take_news(link);
}

// ---- begin and end

static const char *connect_parts(struct link *link, const struct link_options *options,
                                 char error[static HTTP_ERROR_BYTES])
{
    const struct config *config = options->config;
    struct http_origin origin = origin_of(config, options->token);
    link->meeting = &options->meeting;
    link->connected = options->meeting.kiosk >= 0;
    if (link->connected)
        wire_init(&link->kiosk, options->meeting.kiosk);
    if ((link->state_db = state_db_open(config->data_dir, error)) == NULL)
        return error;
    if (config->navigator_url[0] == '\0')
        log_event("link", "navigator url: found none, expected https://HOST: staying offline");
    else if ((link->http = http_create(&origin, error)) == NULL)
        return error;
    return NULL;
}

static void disconnect_parts(struct link *link)
{
    http_destroy(link->http);
    state_db_close(link->state_db);
    wire_finish(&link->kiosk);
    close(link->signals);
}

int link_run(const struct link_options *options)
{
    char error[HTTP_ERROR_BYTES] = "";
    guard_stack();
    struct link *link = guard_pages(sizeof *link);
    link->kiosk.fd = -1;
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    link->signals = signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
    CHECK(link->signals >= 0);
    const char *problem = connect_parts(link, options, error);
    if (problem == NULL) {
        service_init(&link->service, options->config, link->http, link->state_db, send_report,
                     link);
        worker_init(&link->worker, options->config);
        worker_start(&link->worker);
        if (link->connected)
            service_connected(&link->service);
        notify(NOTIFY_READY);
        while (!link->stopping)
            turn(link);
        notify(NOTIFY_ENDING);
        worker_stop(&link->worker);
        service_finish(&link->service);
        worker_join(&link->worker);
        worker_finish(&link->worker);
        log_event("link", "ended");
    } else {
        log_event("link", "%s", problem);
    }
    disconnect_parts(link);
    guard_release(link, sizeof *link);
    return problem == NULL ? EXIT_OK : EXIT_USAGE;
}
