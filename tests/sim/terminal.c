#include "tests/sim/terminal.h"

#include "base/check.h"
#include "base/log.h"
#include "catalog/store.h"
#include "message/wire.h"
#include "navigator/sync.h"
#include "tests/sim/determinism.h"
#include "tests/sim/fates.h"
#include "tests/sim/terminal_parts.h"
#include "tests/support/false_navigator.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PROGRAMS = 60,
    TURNS_MAX = 1000,
    ANSWER_SLACK_MS = 1000,
    UPDATE_STEPS = 20,          // a sync that writes more brings something
    SECRET_CHARACTERS_MIN = 10, // fewer digits stand somewhere by chance
};

static const struct stage_world world;

bool terminal_going_on(const struct terminal *terminal)
{
    return terminal->promises.broken[0] == '\0';
}

void terminal_broken(struct terminal *terminal, const char *format, ...)
{
    if (!terminal_going_on(terminal))
        return;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(terminal->promises.broken, sizeof terminal->promises.broken, format, arguments);
    va_end(arguments);
}

int64_t terminal_true_s(const struct terminal *terminal)
{
    return STAGE_START_WALL_S + terminal->stage.now_ms / 1000;
}

void terminal_tell_time(const struct terminal *terminal)
{
    false_navigator_clock(terminal->stage.now_ms, terminal_true_s(terminal));
}

uint64_t terminal_disk_steps(const struct terminal *terminal)
{
    return terminal->past_steps + disk_steps();
}

void terminal_begin_operation(struct terminal *terminal)
{
    disk_forget_steps();
    terminal->cut_step = terminal_disk_steps(terminal);
    terminal->firm_serial = terminal->ready_serial;
    terminal->firm_spoiled = terminal->spoiled;
    determinism_time(terminal->stage.now_ms, terminal->stage.wall_s);
    books_firm(&terminal->books, terminal->cut_step);
}

// ---- questions

static struct terminal_question *find_question(struct terminal *terminal, uint32_t id)
{
    for (uint32_t i = 0; i < terminal->asked_count; i++)
        if (terminal->asked[i].id == id)
            return &terminal->asked[i];
    return NULL;
}

static void forget_question(struct terminal *terminal, struct terminal_question *question)
{
    *question = terminal->asked[--terminal->asked_count];
}

static int64_t limit_ms(const struct terminal_question *question)
{
    return question->kind == LINK_CHECK_CERTIFICATE ? REQUEST_CERTIFICATE_LIMIT_MS
                                                    : REQUEST_ENROLLMENT_LIMIT_MS;
}

static void note_request(struct terminal *terminal, const struct link_request *request)
{
    struct terminal_question *found = find_question(terminal, request->id);
    terminal->count.enrollments += request->kind == LINK_CREATE_ENROLLMENT;
    switch (request->kind) {
    case LINK_CHECK_CERTIFICATE:
    case LINK_CREATE_ENROLLMENT:
        CHECK(terminal->asked_count < TERMINAL_ASKED_MAX);
        terminal->asked[terminal->asked_count++] =
            (struct terminal_question){request->id, request->kind, terminal->stage.now_ms};
        break;
    case LINK_CANCEL:
        if (found)
            forget_question(terminal, found);
        break;
    case LINK_EVENT:
        books_given(&terminal->books);
        break;
    case LINK_SYNC_NOW:
    case LINK_REQUEST_KIND_COUNT:
        break;
    }
}

static void note_answer(struct terminal *terminal, const struct link_report *report)
{
    struct terminal_question *found = find_question(terminal, report->id);
    if (!found)
        terminal_broken(terminal, "an answer that nobody waits for any more");
    else if (terminal->stage.now_ms - found->asked_ms > limit_ms(found) + ANSWER_SLACK_MS)
        terminal_broken(terminal, "an answer after %lld ms",
                        (long long)(terminal->stage.now_ms - found->asked_ms));
    if (found)
        forget_question(terminal, found);
}

static void check_questions(struct terminal *terminal)
{
    for (uint32_t i = 0; i < terminal->asked_count; i++) {
        const struct terminal_question *question = &terminal->asked[i];
        if (terminal->stage.now_ms - question->asked_ms > limit_ms(question) + ANSWER_SLACK_MS)
            terminal_broken(terminal, "a question was never answered");
    }
}

// ---- between kiosk and link, as bytes

static void hear_report(void *context, const struct link_report *report)
{
    struct terminal *terminal = context;
    unsigned char frame[WIRE_FRAME_BYTES];
    struct msg msg = {.kind = MSG_LINK_REPORT};
    size_t length = wire_pack_report(report, frame);
    CHECK(wire_unpack_report(frame + 4, length - 4, &msg.report));
    explicit_bzero(frame, sizeof frame);
    if (msg.report.kind == LINK_STATE)
        terminal->stage.link = msg.report.state;
    if (msg.report.kind == LINK_CERTIFICATE_ANSWER || msg.report.kind == LINK_ENROLLMENT_ANSWER)
        note_answer(terminal, &msg.report);
    stage_send(&terminal->stage, &msg);
    explicit_bzero(&msg, sizeof msg);
}

void terminal_lose_link(struct terminal *terminal)
{
    terminal->asked_count = 0;
    terminal->inbox_count = 0;
    terminal->stage.link.online = false;
    terminal->stage.link.syncing = false;
    stage_send(&terminal->stage, &(struct msg){.kind = MSG_LINK_LOST});
}

static void on_request(struct stage *stage, const struct link_request *request)
{
    struct terminal *terminal = (struct terminal *)stage;
    unsigned char frame[WIRE_FRAME_BYTES];
    CHECK(terminal->inbox_count < TERMINAL_INBOX_MAX);
    size_t length = wire_pack_request(request, frame);
    CHECK(wire_unpack_request(frame + 4, length - 4, &terminal->inbox[terminal->inbox_count++]));
    explicit_bzero(frame, sizeof frame);
}

static void on_load(struct stage *stage, uint64_t serial)
{
    ((struct terminal *)stage)->load_serial = serial;
}

static void take_requests(struct terminal *terminal)
{
    while (terminal->inbox_count > 0 && terminal->linked) {
        struct link_request request = terminal->inbox[0];
        memmove(terminal->inbox, terminal->inbox + 1,
                --terminal->inbox_count * sizeof *terminal->inbox);
        if (request.kind == LINK_EVENT)
            terminal_begin_operation(terminal);
        note_request(terminal, &request);
        service_request(&terminal->service, &request, terminal->stage.now_ms,
                        terminal->stage.wall_s);
        bool cut = request.kind == LINK_EVENT && terminal->cut == TERMINAL_CUT_EVENT;
        bool dies = request.kind == LINK_CHECK_CERTIFICATE && terminal->kill_asker;
        explicit_bzero(&request, sizeof request);
        if (cut) {
            terminal->count.cut_events++;
            terminal_power_cut(terminal, 20 * TERMINAL_RESTART_MS);
        } else if (dies) {
            terminal->kill_asker = false;
            terminal_kill_kiosk(terminal);
        }
    }
    if (terminal->inbox_count > 0)
        terminal_lose_link(terminal); // what can't be sent
}

// ---- the loader

static void check_catalog(struct terminal *terminal, const struct snapshot *snapshot)
{
    uint64_t published = 0;
    if (!false_feed_content(false_navigator_feed(), snapshot->serial, &published))
        terminal_broken(terminal, "catalogue %llu was never published",
                        (unsigned long long)snapshot->serial);
    else if (books_content(snapshot) != published)
        terminal_broken(terminal, "catalogue %llu isn't what was published",
                        (unsigned long long)snapshot->serial);
}

// The loader reads this serial; `least` is what it must not be older than.
void terminal_load(struct terminal *terminal, uint64_t serial, uint64_t least)
{
    if (serial < least && !terminal->spoiled)
        terminal_broken(terminal, "catalogue %llu is shown after %llu was ready",
                        (unsigned long long)serial, (unsigned long long)least);
    char error[CATALOG_ERROR_BYTES];
    struct snapshot *snapshot = catalog_load(terminal->config.data_dir, serial, error);
    terminal->count.loads++;
    if (snapshot != NULL) {
        check_catalog(terminal, snapshot);
        stage_catalog(&terminal->stage, snapshot);
        return;
    }
    terminal->count.failed_loads++;
    if (!terminal->spoiled)
        terminal_broken(terminal, "catalogue %llu was announced and can't be read: %s",
                        (unsigned long long)serial, error);
    stage_send(&terminal->stage, &(struct msg){.kind = MSG_CATALOG_FAILED});
}

// ---- the link's process

void terminal_configure(struct terminal *terminal)
{
    struct config *config = &terminal->config;
    struct false_feed *feed = false_navigator_feed();
    *config = terminal->stage.config;
    false_feed_settle_keys(feed);
    for (unsigned i = 0; i < CONFIG_KEYS_MAX; i++)
        text_copy(config->feed_keys[i], sizeof config->feed_keys[i], false_feed_key(feed, i));
    config->feed_key_count = CONFIG_KEYS_MAX;
    config->poll_s = TERMINAL_POLL_S;
    text_copy(config->navigator_url, sizeof config->navigator_url, "https://navigator.example");
    snprintf(config->data_dir, sizeof config->data_dir, "%s/%u", terminal->folder, terminal->life);
}

static void start_link(struct terminal *terminal)
{
    char error[HTTP_ERROR_BYTES] = "";
    struct http_origin origin = {.url = terminal->config.navigator_url, .ca_file = "", .token = ""};
    terminal_configure(terminal);
    terminal_begin_operation(terminal);
    terminal->http = http_create(&origin, error);
    terminal->state_db = state_db_open(terminal->config.data_dir, error);
    terminal->link_start_ms = INT64_MAX;
    if (terminal->state_db == NULL) {
        if (!terminal->spoiled)
            terminal_broken(terminal, "the link can't start: %s", error);
        http_destroy(terminal->http);
        terminal->link_start_ms = terminal->stage.now_ms + TERMINAL_RESTART_MS * 60;
        return;
    }
    terminal->linked = true;
    service_init(&terminal->service, &terminal->config, terminal->http, terminal->state_db,
                 hear_report, terminal);
    struct sync_report known = sync_look(&terminal->config);
    follower_init(&terminal->follower, &terminal->config, &known);
    service_connected(&terminal->service);
    struct follower_news news = follower_tell(&terminal->follower);
    service_news(&terminal->service, &news);
}

void terminal_stop_link(struct terminal *terminal)
{
    if (!terminal->linked)
        return;
    service_finish(&terminal->service);
    http_destroy(terminal->http);
    state_db_close(terminal->state_db);
    false_navigator_forget_client();
    terminal->linked = false;
    terminal->syncing = false;
}

static void tell_news(struct terminal *terminal)
{
    struct follower_news news = follower_tell(&terminal->follower);
    service_news(&terminal->service, &news);
}

static void begin_sync(struct terminal *terminal)
{
    struct stage *stage = &terminal->stage;
    terminal_begin_operation(terminal);
    follower_begin(&terminal->follower, stage->now_ms);
    terminal->sync_report = sync_once(&terminal->config, stage->wall_s, NULL);
    terminal->sync_ends_ms = stage->now_ms + false_navigator_blocked_ms();
    terminal->syncing = true;
    terminal->count.syncs++;
    const struct sync_report *report = &terminal->sync_report;
    if (report->outcome.reason[0] != '\0')
        log_event("sync", "%s", report->outcome.reason);
    if (report->updated) {
        log_event("sync", "catalogue %llu is ready", (unsigned long long)report->serial);
        terminal->count.updates++;
        terminal->spoiled_again = false;
        terminal->ready_serial = report->serial;
        terminal->ready_step = terminal_disk_steps(terminal);
        terminal->count.deltas += report->deltas > 0;
    }
    if (terminal->cut == TERMINAL_CUT_UPDATE &&
        terminal_disk_steps(terminal) > terminal->cut_step + UPDATE_STEPS) {
        terminal->count.cut_updates++;
        terminal_power_cut(terminal, 20 * TERMINAL_RESTART_MS);
    } else {
        tell_news(terminal);
    }
}

static void end_sync(struct terminal *terminal)
{
    terminal->syncing = false;
    if (terminal->told_serial < terminal->sync_report.serial || terminal->spoiled)
        terminal->told_serial = terminal->sync_report.serial;
    if (terminal->sync_report.updated)
        terminal->spoiled = terminal->spoiled_again || fates_disk_is_sick(terminal->fates);
    follower_take(&terminal->follower, &terminal->sync_report, terminal->stage.now_ms,
                  arc4random());
    tell_news(terminal);
}

// ---- turns

static int64_t sooner(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t next_ms(const struct stage *stage)
{
    const struct terminal *terminal = (const struct terminal *)stage;
    int64_t fates_ms = fates_next_ms(terminal->fates);
    if (terminal->inbox_count > 0 || terminal->load_serial != 0)
        return stage->now_ms;
    if (!terminal->linked)
        return sooner(fates_ms, terminal->link_start_ms);
    int64_t next = sooner(service_next_ms(&terminal->service), false_navigator_next_ms());
    next = sooner(next, fates_ms);
    return sooner(next, terminal->syncing ? terminal->sync_ends_ms
                                          : follower_due_ms(&terminal->follower));
}

static void link_turn(struct terminal *terminal)
{
    int64_t now_ms = terminal->stage.now_ms;
    service_turn(&terminal->service, now_ms);
    if (terminal->service.asked_to_sync)
        follower_ask(&terminal->follower, now_ms);
    terminal->service.asked_to_sync = false;
    if (terminal->syncing && terminal->sync_ends_ms <= now_ms)
        end_sync(terminal);
    else if (!terminal->syncing && follower_due_ms(&terminal->follower) <= now_ms)
        begin_sync(terminal);
}

static void check_turning(struct terminal *terminal)
{
    terminal->turns = terminal->turn_ms == terminal->stage.now_ms ? terminal->turns + 1 : 0;
    terminal->turn_ms = terminal->stage.now_ms;
    if (terminal->turns < TURNS_MAX)
        return;
    terminal_broken(terminal, "the link turns without end");
    terminal->stage.now_ms++;
}

static void turn(struct stage *stage)
{
    struct terminal *terminal = (struct terminal *)stage;
    terminal_tell_time(terminal);
    check_turning(terminal);
    if (!terminal->linked && terminal->link_start_ms <= stage->now_ms)
        start_link(terminal);
    take_requests(terminal);
    if (terminal->linked)
        link_turn(terminal);
    if (terminal->linked)
        check_questions(terminal);
    uint64_t serial = terminal->load_serial;
    terminal->load_serial = 0;
    if (serial != 0)
        terminal_load(terminal, serial, terminal->told_serial);
    if (fates_next_ms(terminal->fates) <= stage->now_ms)
        fates_turn(terminal->fates);
}

static const struct stage_world world = {
    .request = on_request, .load = on_load, .next_ms = next_ms, .turn = turn};

// ---- begin, end

void terminal_check_forgotten(struct terminal *terminal)
{
    char name[64];
    for (unsigned i = 0; i < terminal->promises.secret_count; i++) {
        const char *secret = terminal->promises.secrets[i];
        size_t length = strlen(secret);
        if (length < SECRET_CHARACTERS_MIN)
            continue;
        if (folder_holds(terminal->config.data_dir, secret, name, sizeof name))
            terminal_broken(terminal, "what a visitor typed stands in %s", name);
        if (terminal->linked &&
            memmem(&terminal->service, sizeof terminal->service, secret, length))
            terminal_broken(terminal, "what a visitor typed is still in the link");
    }
}

bool terminal_is_settled(const struct terminal *terminal)
{
    const struct stage *stage = &terminal->stage;
    return terminal->linked && !terminal->syncing && stage->catalog_count == 1 &&
           stage->catalogs[0].snapshot->serial == false_feed_serial(false_navigator_feed()) &&
           stage->link.online && books_owed(&terminal->books) == 0;
}

static void on_frame(struct stage *stage, const struct msg *cause)
{
    promises_check_frame(&((struct terminal *)stage)->promises, stage, cause);
}

// ---- what the navigator sees

static void on_stored(void *context, const char *id, const char *kind)
{
    struct terminal *terminal = context;
    log_event("books", "event %.8s is stored", id);
    if (!books_stored(&terminal->books, id, kind))
        terminal_broken(terminal, "the hub got an event %s that nobody gave", kind);
}

static void on_refused(void *context, const char *id)
{
    books_refused(&((struct terminal *)context)->books, id);
}

static bool waits_for(const struct terminal *terminal, enum link_request_kind kind)
{
    for (uint32_t i = 0; i < terminal->asked_count; i++)
        if (terminal->asked[i].kind == kind)
            return true;
    return false;
}

static void on_sent(void *context, const char *path, const char *body)
{
    struct terminal *terminal = context;
    if (strcmp(path, "/v1/enrollments") == 0 && !waits_for(terminal, LINK_CREATE_ENROLLMENT))
        terminal_broken(terminal, "an enrollment is sent for a family that has left");
    for (unsigned i = 0; i < terminal->promises.secret_count; i++) {
        const char *secret = terminal->promises.secrets[i];
        bool check = strcmp(path, "/v1/certificates/check") == 0;
        if (strstr(path, secret) != NULL || (!check && strstr(body, secret) != NULL))
            terminal_broken(terminal, "what a visitor typed went to %s", path);
    }
}

static void on_broken(void *context, const char *what)
{
    terminal_broken(context, "%s", what);
}

void terminal_start(struct terminal *terminal, struct fates *fates, uint64_t seed, const char *tree)
{
    struct false_navigator_watch watch = {on_stored, on_refused, on_sent, on_broken, terminal};
    struct stage *stage = &terminal->stage;
    terminal->fates = fates;
    false_navigator_start(seed, PROGRAMS, STAGE_START_WALL_S, &watch);
    folder_create(terminal->folder);
    stage_start(stage, tree, 1080, 1920);
    stage->config.printer_families = true;
    terminal_configure(terminal);
    folder_add(terminal->config.data_dir);
    disk_watch(terminal->config.data_dir);
    stage->on_frame = on_frame;
    stage->world = &world;
}

void terminal_finish(struct terminal *terminal)
{
    terminal_stop_link(terminal);
    stage_finish(&terminal->stage);
    false_navigator_finish();
    disk_unwatch();
    folder_remove(terminal->folder);
}
