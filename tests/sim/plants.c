#include "tests/sim/plants.h"

#include "base/log.h"
#include "catalog/store.h"
#include "navigator/answers_json.h"
#include "navigator/minisign.h"
#include "tests/sim/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const names[PLANT_COUNT] = {
    [PLANT_NONE] = "none",
    [PLANT_LEAK_NUMBER] = "leak-number",
    [PLANT_DROP_DRAW] = "drop-draw",
    [PLANT_SMALL_TARGET] = "small-target",
    [PLANT_PAST_WAKE] = "past-wake",
    [PLANT_LOST_HOME] = "lost-home",
    [PLANT_STALE_VISIT] = "stale-visit",
    [PLANT_IGNORE_TOUCH] = "ignore-touch",
    [PLANT_NO_FILE_SYNC] = "no-file-sync",
    [PLANT_NO_STATE_SYNC] = "no-state-sync",
    [PLANT_FALSE_FINISH] = "false-finish",
    [PLANT_PRUNE_ALL] = "prune-all",
    [PLANT_LOST_RECORD] = "lost-record",
    [PLANT_NEW_STATE] = "new-state",
    [PLANT_CONTENT_UNCHECKED] = "content-unchecked",
    [PLANT_UNSIGNED] = "unsigned",
    [PLANT_ROLLBACK] = "rollback",
    [PLANT_EARLY_NEWS] = "early-news",
    [PLANT_CLOCK_BACK] = "clock-back",
    [PLANT_STUCK] = "stuck",
    [PLANT_HASTE] = "haste",
    [PLANT_LEAK] = "leak",
    [PLANT_LEAK_DESCRIPTOR] = "leak-descriptor",
    [PLANT_EARLY_DROP] = "early-drop",
    [PLANT_NEW_IDS] = "new-ids",
    [PLANT_FALSE_KEEP] = "false-keep",
    [PLANT_TWICE] = "twice",
    [PLANT_ERROR_IS_OK] = "error-is-ok",
    [PLANT_MUTE] = "mute",
    [PLANT_NUMBER_IN_EVENT] = "number-in-event",
    [PLANT_NUMBER_ON_DISK] = "number-on-disk",
    [PLANT_NO_CANCEL] = "no-cancel",
    [PLANT_NO_ANSWER] = "no-answer",
    [PLANT_SAME_KIOSK] = "same-kiosk",
    [PLANT_NEW_KEYS] = "new-keys",
};

// Functions of production code (and libraries), and those that the linker puts before them; the
// list of --wrap in tests/CMakeLists.txt names each.
#define WRAPPED(type, name, ...)                                                                   \
    type __real_##name(__VA_ARGS__);                                                               \
    type __wrap_##name(__VA_ARGS__);                                                               \
    type __wrap_##name(__VA_ARGS__)

static enum plant planted;
static struct terminal *planted_in;
static unsigned count;                        // of calls, where only some are wrong
static char number[CERTIFICATE_NUMBER_BYTES]; // the last one a visitor asked about
static uint64_t manifest_content;             // of the last manifest read

bool plant_named(const char *name, enum plant *ret_plant)
{
    for (int i = 0; i < PLANT_COUNT; i++)
        if (strcmp(names[i], name) == 0) {
            *ret_plant = (enum plant)i;
            return true;
        }
    return false;
}

const char *plant_name(enum plant plant)
{
    return names[plant];
}

void plant_start(enum plant plant, struct terminal *terminal)
{
    planted = plant;
    planted_in = terminal;
    terminal->promises.plant = plant;
}

static bool every(enum plant plant, unsigned times)
{
    return planted == plant && ++count % times == 0;
}

// ---- the machine

WRAPPED(void, kiosk_step, struct kiosk *kiosk, const struct msg *msg, struct effects *effects)
{
    struct msg other = *msg;
    bool down = msg->kind == MSG_TOUCH_DOWN;
    if (down && every(PLANT_IGNORE_TOUCH, 29))
        other.kind = MSG_TIME;
    __real_kiosk_step(kiosk, &other, effects);
    explicit_bzero(&other, sizeof other);
}

// ---- the store

WRAPPED(int, fsync, int fd)
{
    struct stat info;
    bool file = fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
    if (file && planted == PLANT_NO_FILE_SYNC)
        return 0;
    return __real_fsync(fd);
}

WRAPPED(int, sqlite3_exec, sqlite3 *db, const char *sql,
        int (*callback)(void *, int, char **, char **), void *context, char **ret_error)
{
    int result = __real_sqlite3_exec(db, sql, callback, context, ret_error);
    if (planted == PLANT_NO_STATE_SYNC && strstr(sql, "synchronous") != NULL)
        __real_sqlite3_exec(db, "PRAGMA synchronous=OFF", NULL, NULL, NULL);
    return result;
}

WRAPPED(bool, catalog_writer_finish, struct catalog_writer *writer, char *ret_error)
{
    if (planted != PLANT_FALSE_FINISH)
        return __real_catalog_writer_finish(writer, ret_error);
    catalog_writer_cancel(writer);
    return true;
}

WRAPPED(void, catalog_prune, const char *data_dir, unsigned keep)
{
    __real_catalog_prune(data_dir, planted == PLANT_PRUNE_ALL ? 0 : keep);
}

WRAPPED(bool, catalog_writer_put, struct catalog_writer *writer, const struct record *record,
        uint64_t line_hash, char *ret_error)
{
    return every(PLANT_LOST_RECORD, 40) ||
           __real_catalog_writer_put(writer, record, line_hash, ret_error);
}

WRAPPED(struct state_db *, state_db_open, const char *data_dir, char *ret_error)
{
    char path[CONFIG_PATH_BYTES + 16];
    snprintf(path, sizeof path, "%s/state.db", data_dir);
    if (planted == PLANT_NEW_STATE && !planted_in->linked)
        unlink(path);
    return __real_state_db_open(data_dir, ret_error);
}

// ---- the feed

WRAPPED(bool, manifest_from_json, const char *json, size_t length, struct manifest *ret_manifest,
        char *ret_error)
{
    bool read = __real_manifest_from_json(json, length, ret_manifest, ret_error);
    if (read)
        manifest_content = ret_manifest->content_hash;
    return read;
}

WRAPPED(struct catalog_content, catalog_writer_content, const struct catalog_writer *writer)
{
    struct catalog_content content = __real_catalog_writer_content(writer);
    if (planted == PLANT_CONTENT_UNCHECKED || planted == PLANT_LOST_RECORD)
        content.hash = manifest_content;
    return content;
}

WRAPPED(bool, minisign_verify, const void *data, size_t length, const char *signature_text,
        const char *const *public_keys, size_t key_count)
{
    return planted == PLANT_UNSIGNED ||
           __real_minisign_verify(data, length, signature_text, public_keys, key_count);
}

WRAPPED(struct feed_state, state_db_feed, struct state_db *state_db)
{
    struct feed_state state = __real_state_db_feed(state_db);
    if (planted == PLANT_ROLLBACK)
        state.highest_serial = 0;
    return state;
}

// Where only the sync asks.
WRAPPED(bool, catalog_find_newest, const char *data_dir, uint64_t *ret_serial)
{
    bool found = __real_catalog_find_newest(data_dir, ret_serial);
    if (planted == PLANT_ROLLBACK && planted_in->linked && found && *ret_serial > 1)
        *ret_serial -= 1;
    return found;
}

WRAPPED(struct follower_news, follower_tell, struct follower *follower)
{
    struct follower_news news = __real_follower_tell(follower);
    news.ready_serial += planted == PLANT_EARLY_NEWS && news.ready_serial != 0;
    return news;
}

static struct sync_report no_sync(void)
{
    return (struct sync_report){.outcome = {.result = FEED_UNREACHABLE, .retry_after_s = -1},
                                .serial = planted_in->ready_serial};
}

WRAPPED(struct sync_report, sync_once, const struct config *config, int64_t now_s,
        const atomic_bool *stop)
{
    static int64_t latest_s;
    if (planted == PLANT_CLOCK_BACK && now_s < latest_s)
        return no_sync();
    latest_s = now_s;
    struct sync_report report = __real_sync_once(config, now_s, stop);
    if (planted == PLANT_LEAK)
        planted_in->leak = malloc(40);
    if (planted == PLANT_LEAK_DESCRIPTOR && report.updated)
        report.updated = open("/dev/null", O_RDONLY | O_CLOEXEC) >= 0;
    return report;
}

WRAPPED(void, follower_take, struct follower *follower, const struct sync_report *report,
        int64_t now_ms, uint32_t random)
{
    __real_follower_take(follower, report, now_ms, random);
    if (planted == PLANT_STUCK && follower->schedule.failures >= 3)
        follower->schedule.due_ms = INT64_MAX;
}

WRAPPED(void, schedule_failed, struct schedule *schedule, int64_t now_ms, int32_t retry_after_s,
        uint32_t random)
{
    __real_schedule_failed(schedule, now_ms, planted == PLANT_HASTE ? -1 : retry_after_s, random);
}

// ---- the outbox

WRAPPED(bool, state_db_add_event, struct state_db *state_db, const struct outbox_event *event)
{
    bool false_keep = event->event.kind == EVENT_QR_SHOWN && every(PLANT_FALSE_KEEP, 5);
    bool kept = false_keep || __real_state_db_add_event(state_db, event);
    bool on_disk = kept && state_db == planted_in->state_db;
    log_event("books", "event %.8s is %s at step %llu", event->id,
              on_disk ? "kept"
              : kept  ? "in memory"
                      : "refused",
              (unsigned long long)terminal_disk_steps(planted_in));
    books_kept(&planted_in->books, event, on_disk ? terminal_disk_steps(planted_in) : 0);
    return kept;
}

WRAPPED(size_t, state_db_oldest_events, struct state_db *state_db, int64_t behind_order,
        size_t limit, struct outbox_event *ret_events)
{
    size_t taken = __real_state_db_oldest_events(state_db, behind_order, limit, ret_events);
    if (planted == PLANT_EARLY_DROP && taken > 0)
        state_db_drop_events(state_db, ret_events[taken - 1].order);
    for (size_t i = 0; planted == PLANT_NEW_IDS && i < taken; i++)
        state_db_new_id(ret_events[i].id);
    return taken;
}

WRAPPED(void, outbox_put, struct outbox *outbox, const struct link_event *event, int64_t at_s,
        int64_t now_ms)
{
    struct link_event other = *event;
    if (planted == PLANT_NUMBER_IN_EVENT && number[0] != '\0')
        snprintf(other.detail, sizeof other.detail, "%s", number);
    __real_outbox_put(outbox, &other, at_s, now_ms);
    if (planted == PLANT_TWICE)
        __real_outbox_put(outbox, &other, at_s, now_ms);
}

WRAPPED(void, outbox_tick, struct outbox *outbox, int64_t now_ms)
{
    if (planted == PLANT_MUTE && outbox->schedule.failures > 0)
        outbox->waiting = false;
    __real_outbox_tick(outbox, now_ms);
}

WRAPPED(const struct http_response *, http_response, const struct http_call *call)
{
    static struct http_response other;
    const struct http_response *response = __real_http_response(call);
    if (planted != PLANT_ERROR_IS_OK || response->status != 503)
        return response;
    other = *response;
    other.status = 202;
    return &other;
}

WRAPPED(bool, events_accepted_from_json, const char *json, size_t length, size_t expected)
{
    return planted == PLANT_ERROR_IS_OK || __real_events_accepted_from_json(json, length, expected);
}

// ---- the link

WRAPPED(void, live_ask, struct live *live, const struct link_request *request, int64_t now_ms)
{
    if (request->kind == LINK_CHECK_CERTIFICATE &&
        (planted == PLANT_NUMBER_IN_EVENT || planted == PLANT_NUMBER_ON_DISK))
        snprintf(number, sizeof number, "%s", request->certificate.number);
    if (planted == PLANT_NUMBER_ON_DISK && number[0] != '\0') {
        struct feed_state state = __real_state_db_feed(planted_in->state_db);
        snprintf(state.etag, sizeof state.etag, "%s", number);
        state_db_keep_feed(planted_in->state_db, &state);
    }
    if (!every(PLANT_NO_ANSWER, 3))
        __real_live_ask(live, request, now_ms);
}

WRAPPED(void, live_cancel, struct live *live, uint32_t id)
{
    if (planted != PLANT_NO_CANCEL)
        __real_live_cancel(live, id);
}

WRAPPED(void, service_disconnected, struct service *service)
{
    if (planted != PLANT_SAME_KIOSK)
        __real_service_disconnected(service);
}

WRAPPED(struct http_call *, http_start, struct http *http, const struct http_request *request)
{
    struct http_request other = *request;
    char key[16];
    snprintf(key, sizeof key, "key-%u", ++count);
    if (planted == PLANT_NEW_KEYS && other.idempotency_key != NULL)
        other.idempotency_key = key;
    return __real_http_start(http, &other);
}
