#include "tests/faults/matrix_terminal.h"

#include "base/check.h"
#include "base/text.h"
#include "catalog/store.h"
#include "navigator/clock.h"
#include "navigator/origin.h"
#include "tests/faults/cuts.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POLL_S = 900, READY_MS = 120 * 1000, SKIP_MS = 1000 };

void cell_complain(struct cell *cell, const char *format, ...)
{
    va_list arguments;
    if (cell->result->why[0] != '\0')
        return;
    va_start(arguments, format);
    vsnprintf(cell->result->why, sizeof cell->result->why, format, arguments);
    va_end(arguments);
}

// ---- the navigator

static void wear(struct cell *cell, enum matrix_tls tls)
{
    const struct made_certificate *shown = &cell->certificates->good;
    if (tls != MATRIX_TLS_NONE && tls != MATRIX_TLS_OLD)
        shown = &cell->certificates->of[tls];
    CHECK(SSL_CTX_use_certificate(cell->tls.context, shown->certificate) == 1);
    CHECK(SSL_CTX_use_PrivateKey(cell->tls.context, shown->key) == 1);
    bool old = tls == MATRIX_TLS_OLD;
    SSL_CTX_set_security_level(cell->tls.context, old ? 0 : 1);
    SSL_CTX_set_min_proto_version(cell->tls.context, old ? TLS1_VERSION : TLS1_2_VERSION);
    SSL_CTX_set_max_proto_version(cell->tls.context, old ? TLS1_1_VERSION : 0);
}

// What is wrong with the connection is so from the next one on.
void cell_spoil_connection(struct cell *cell)
{
    if (cell->fault->deaf)
        http_peer_go_deaf(feed_peer_http(cell->peer));
    if (cell->fault->tls != MATRIX_TLS_NONE)
        wear(cell, cell->fault->tls);
}

void cell_mend_connection(struct cell *cell)
{
    if (cell->fault->deaf)
        http_peer_hear(feed_peer_http(cell->peer));
    if (cell->fault->tls != MATRIX_TLS_NONE)
        wear(cell, MATRIX_TLS_NONE);
}

enum matrix_kind cell_kind_before(enum matrix_kind kind)
{
    return kind == MATRIX_SIGNATURE                          ? MATRIX_MANIFEST
           : kind == MATRIX_SNAPSHOT || kind == MATRIX_DELTA ? MATRIX_SIGNATURE
                                                             : MATRIX_KIND_COUNT;
}

static bool same_answer(const struct http_peer_answer *one, const struct http_peer_answer *other)
{
    return one->status == other->status && one->body == other->body &&
           one->body_length == other->body_length && one->announced == other->announced &&
           one->sent_max == other->sent_max && one->drip_ms == other->drip_ms;
}

static void meddle(void *context, const struct http_peer_request *request,
                   struct http_peer_answer *ret_answer)
{
    struct cell *cell = context;
    if (strcmp(request->method, "POST") == 0)
        matrix_honest(request, ret_answer);
    struct http_peer_answer honest = *ret_answer;
    enum matrix_kind before = cell_kind_before(cell->kind);
    if (cell->on && matrix_kind_is(cell->kind, request->path)) {
        cell->fired++;
        matrix_fault_answer(cell->fault, cell->kind, strrchr(feed_peer_url(cell->peer), ':') + 1,
                            ret_answer);
    } else if (cell->on && before != MATRIX_KIND_COUNT && matrix_kind_is(before, request->path)) {
        cell_spoil_connection(cell);
    }
    cell->landed += strcmp(request->path, "/elsewhere") == 0;
    cell->posted +=
        matrix_kind_is(MATRIX_EVENTS, request->path) && same_answer(ret_answer, &honest);
}

static void start_navigator(struct cell *cell)
{
    bool tls = cell->fault->tls != MATRIX_TLS_NONE;
    if (tls) {
        cell->tls.context = certificate_server(&cell->certificates->good);
        SSL_CTX_set_options(cell->tls.context, SSL_OP_NO_TICKET); // no handshake is spared
        SSL_CTX_set_session_cache_mode(cell->tls.context, SSL_SESS_CACHE_OFF);
        SSL_CTX_set_num_tickets(cell->tls.context, 0);
    }
    cell->peer = feed_peer_start_meddled(meddle, cell, tls ? &cell->tls : NULL);
    matrix_feed_publish(cell->feed, cell->peer, 0, MATRIX_OLD, false);
}

// ---- the link

static void hear_report(void *context, const struct link_report *report)
{
    struct cell *cell = context;
    if (report->kind == LINK_STATE)
        cell->stage.link = report->state;
    struct msg msg = {.kind = MSG_LINK_REPORT, .report = *report};
    stage_send(&cell->stage, &msg);
}

void cell_request(struct stage *stage, const struct link_request *request)
{
    struct cell *cell = (struct cell *)stage;
    CHECK(cell->inbox_count < CELL_INBOX_MAX);
    cell->inbox[cell->inbox_count++] = *request;
}

static void on_load(struct stage *stage, uint64_t serial)
{
    ((struct cell *)stage)->load_serial = serial;
}

static void load(struct cell *cell)
{
    char error[CATALOG_ERROR_BYTES];
    struct snapshot *snapshot = catalog_load(cell->folder, cell->load_serial, error);
    cell->load_serial = 0;
    if (snapshot != NULL)
        stage_catalog(&cell->stage, snapshot);
    else
        cell_complain(cell, "the kiosk can't load: %s", error);
}

static void tell_news(struct cell *cell)
{
    struct follower_news news = follower_tell(&cell->follower);
    service_news(&cell->service, &news);
}

static void begin_sync(struct cell *cell)
{
    int64_t begun_ms = clock_ms();
    follower_begin(&cell->follower, cell->stage.now_ms);
    cell->sync = sync_once(&cell->config, cell->stage.wall_s, NULL);
    cell->syncing = true;
    cell->sync_ends_ms = cell->stage.now_ms + (clock_ms() - begun_ms);
    tell_news(cell);
}

static void end_sync(struct cell *cell)
{
    cell->syncing = false;
    cell->syncs++;
    follower_take(&cell->follower, &cell->sync, cell->stage.now_ms, arc4random());
    tell_news(cell);
}

static int64_t next_ms(const struct stage *stage)
{
    const struct cell *cell = (const struct cell *)stage;
    if (cell->inbox_count > 0 || cell->load_serial != 0 || cell->moved)
        return stage->now_ms;
    int64_t service_ms = service_next_ms(&cell->service);
    int64_t sync_ms = cell->syncing ? cell->sync_ends_ms : follower_due_ms(&cell->follower);
    return service_ms < sync_ms ? service_ms : sync_ms;
}

static bool is_live(enum matrix_kind kind)
{
    return kind == MATRIX_CERTIFICATE || kind == MATRIX_ENROLLMENT || kind == MATRIX_EVENTS;
}

static void turn(struct stage *stage)
{
    struct cell *cell = (struct cell *)stage;
    cell->moved = false;
    while (cell->inbox_count > 0) {
        struct link_request request = cell->inbox[0];
        memmove(cell->inbox, cell->inbox + 1, --cell->inbox_count * sizeof *cell->inbox);
        service_request(&cell->service, &request, stage->now_ms, stage->wall_s);
    }
    // A live call without an answer asks for a sync: it comes behind the call's fault.
    if (cell->service.asked_to_sync && !(cell->on && is_live(cell->kind))) {
        follower_ask(&cell->follower, stage->now_ms);
        cell->service.asked_to_sync = false;
    }
    if (cell->syncing && cell->sync_ends_ms <= stage->now_ms)
        end_sync(cell);
    else if (!cell->syncing && follower_due_ms(&cell->follower) <= stage->now_ms)
        begin_sync(cell);
    service_turn(&cell->service, stage->now_ms);
    if (cell->load_serial != 0)
        load(cell);
}

static const struct stage_world world = {
    .request = cell_request, .load = on_load, .next_ms = next_ms, .turn = turn};

static void start_link(struct cell *cell)
{
    char error[STATE_DB_ERROR_BYTES + HTTP_ERROR_BYTES] = "";
    struct config *config = &cell->config;
    *config = cell->stage.config;
    text_copy(config->data_dir, sizeof config->data_dir, cell->folder);
    text_copy(config->navigator_url, sizeof config->navigator_url, feed_peer_url(cell->peer));
    text_copy(config->tls_ca_file, sizeof config->tls_ca_file, cell->certificates->ca_file);
    text_copy(config->feed_keys[0], sizeof config->feed_keys[0],
              strchr(feed_peer_key(cell->peer), '\n') + 1);
    config->feed_key_count = 1;
    config->poll_s = POLL_S;
    struct http_origin origin = origin_of(config, "");
    cell->http = http_create(&origin, error);
    cell->state_db = state_db_open(cell->folder, error);
    if (error[0] != '\0')
        cell_complain(cell, "the link can't start: %s", error);
    service_init(&cell->service, config, cell->http, cell->state_db, hear_report, cell);
    struct sync_report known = sync_look(config);
    follower_init(&cell->follower, config, &known);
    service_connected(&cell->service);
    tell_news(cell);
}

// ---- time

bool cell_asks(const struct cell *cell)
{
    for (unsigned i = 0; i < LIVE_SLOTS; i++)
        if (cell->service.live.slots[i].used)
            return true;
    return false;
}

static bool call_under_way(const struct cell *cell)
{
    bool any = cell->service.outbox.call != NULL;
    for (unsigned i = 0; i < LIVE_SLOTS; i++)
        any |= cell->service.live.slots[i].call != NULL;
    return any;
}

bool cell_run(struct cell *cell, bool (*done)(const struct cell *cell), int64_t limit_ms)
{
    struct stage *stage = &cell->stage;
    int64_t end_ms = stage->now_ms + limit_ms;
    while ((done == NULL || !done(cell)) && stage->now_ms < end_ms) {
        int64_t begun_ms = clock_ms();
        int64_t passes_ms = next_ms(stage) - stage->now_ms;
        if (call_under_way(cell)) {
            http_wait(cell->http, NULL, 0, CELL_WAIT_MS);
            passes_ms = clock_ms() - begun_ms;
            cell->moved = true;
        }
        if (passes_ms > SKIP_MS)
            passes_ms = SKIP_MS;
        stage_wait(stage, passes_ms > 0 ? passes_ms : 1, CELL_WAKES_MAX);
    }
    return done == NULL || done(cell);
}

bool cell_is_online(const struct cell *cell)
{
    return cell->stage.link.online && !cell->syncing;
}

bool cell_asks_not(const struct cell *cell)
{
    return !cell_asks(cell);
}

// ---- begin

static void note_seen(struct stage *stage, const struct msg *cause)
{
    struct cell *cell = (struct cell *)stage;
    (void)cause;
    if (cell->seen_ms == 0 && cell->done != NULL && cell->done(cell))
        cell->seen_ms = stage->now_ms;
}

static bool is_ready(const struct cell *cell)
{
    return cell_is_online(cell) && cell->stage.serial == MATRIX_OLD;
}

void cell_start(struct cell *cell)
{
    cuts_make_folder(cell->folder);
    disk_watch(cell->folder);
    start_navigator(cell);
    cell->stage.world = &world;
    cell->stage.on_frame = note_seen;
    start_link(cell);
    if (!cell_run(cell, is_ready, READY_MS))
        cell_complain(cell, "the first sync: %s", cell->sync.outcome.reason);
}
