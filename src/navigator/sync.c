#include "navigator/sync.h"

#include "base/text.h"
#include "catalog/record_json.h"
#include "catalog/store.h"
#include "navigator/gunzip.h"
#include "navigator/store_state.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

int sync_lock(const char *data_dir)
{
    char path[PATH_MAX];
    if (mkdir(data_dir, 0755) != 0 && errno != EEXIST)
        return -1;
    snprintf(path, sizeof path, "%s/link.lock", data_dir);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0) {
        int why = errno;
        close(fd);
        errno = why;
        return -1;
    }
    return fd;
}

static struct feed_outcome outcome(enum feed_result result, const char *reason)
{
    struct feed_outcome ended = {.result = result, .retry_after_s = -1};
    text_copy(ended.reason, sizeof ended.reason, reason);
    return ended;
}

// ---- records into a new catalogue

struct taking {
    struct catalog_writer *writer;
    const atomic_bool *stop;
    uint32_t records;
    uint32_t bad_records;
    bool stopped;
    char error[CATALOG_ERROR_BYTES]; // of the writer; "" none
};

static bool take_record(void *context, const char *line, size_t length)
{
    struct taking *taking = context;
    struct arena arena = {0};
    struct record record;
    enum record_op op = RECORD_OP_COUNT;
    char error[RECORD_ERROR_BYTES];
    if (taking->stop != NULL && atomic_load(taking->stop)) {
        taking->stopped = true;
        return false;
    }
    taking->records++;
    bool good = line != NULL && record_from_json(line, length, &arena, &op, &record, error) &&
                op == RECORD_PUT;
    bool written = !good || catalog_writer_put(taking->writer, &record, taking->error);
    taking->bad_records += !good;
    arena_finish(&arena);
    return written && taking->records <= MANIFEST_RECORDS_MAX;
}

static struct feed_outcome read_records(struct taking *taking, int fd, uint32_t expected)
{
    char error[GUNZIP_ERROR_BYTES] = "more records than allowed";
    bool whole =
        gunzip_lines(fd, SYNC_UNPACKED_BYTES_MAX, RECORD_LINE_BYTES, take_record, taking, error);
    struct feed_outcome ended = outcome(FEED_FINE, "");
    if (taking->stopped)
        return outcome(FEED_STOPPED, "stopped");
    if (taking->error[0] != '\0')
        return outcome(FEED_DISK, taking->error);
    if (!whole) {
        ended.result = FEED_REFUSED;
        snprintf(ended.reason, sizeof ended.reason, "snapshot: %s", error);
    } else if (taking->records != expected) {
        ended.result = FEED_REFUSED;
        snprintf(ended.reason, sizeof ended.reason,
                 "snapshot: found %" PRIu32 " records, expected %" PRIu32, taking->records,
                 expected);
    } else if ((uint64_t)taking->bad_records * 100 >
               (uint64_t)taking->records * SYNC_BAD_RECORDS_PERCENT) {
        ended.result = FEED_REFUSED;
        snprintf(ended.reason, sizeof ended.reason,
                 "snapshot: found %" PRIu32 " bad records of %" PRIu32 ", expected at most %d%%",
                 taking->bad_records, taking->records, SYNC_BAD_RECORDS_PERCENT);
    }
    return ended;
}

static struct feed_outcome write_catalog(const struct feed *feed, const struct manifest *manifest,
                                         int fd, struct sync_report *report)
{
    struct taking taking = {.stop = feed->stop};
    char error[CATALOG_ERROR_BYTES] = "";
    struct catalog_info info = {.serial = manifest->serial,
                                .published_at_s = manifest->published_at_s,
                                .expires_at_s = manifest->expires_at_s,
                                .record_count = manifest->snapshot.record_count};
    text_copy(info.region, sizeof info.region, manifest->region);
    taking.writer = catalog_writer_create(feed->data_dir, &info, error);
    if (taking.writer == NULL)
        return outcome(FEED_DISK, error);
    struct feed_outcome ended = read_records(&taking, fd, manifest->snapshot.record_count);
    if (ended.result != FEED_FINE) {
        catalog_writer_cancel(taking.writer);
        return ended;
    }
    if (!catalog_writer_finish(taking.writer, error))
        return outcome(FEED_DISK, error);
    report->updated = true;
    report->records = taking.records;
    report->bad_records = taking.bad_records;
    return ended;
}

static struct feed_outcome take_snapshot(const struct feed *feed, const struct manifest *manifest,
                                         struct sync_report *report)
{
    int fd = -1;
    struct feed_outcome ended = feed_fetch_file(feed, &manifest->snapshot, &fd);
    if (ended.result != FEED_FINE)
        return ended;
    ended = write_catalog(feed, manifest, fd, report);
    close(fd);
    if (ended.result == FEED_FINE || ended.result == FEED_REFUSED)
        feed_forget_parts(feed->data_dir, "");
    if (ended.result == FEED_FINE)
        catalog_prune(feed->data_dir, SYNC_CATALOGS_KEPT);
    return ended;
}

// ---- one sync

static struct feed_outcome follow(const struct feed *feed, int64_t now_s, struct feed_state *state,
                                  struct sync_report *report)
{
    struct manifest manifest;
    char etag[HTTP_ETAG_BYTES] = "";
    bool complete = report->serial != 0 && report->serial == state->highest_serial;
    struct feed_outcome ended =
        feed_fetch_manifest(feed, complete ? state->etag : "", &manifest, etag);
    if (ended.result == FEED_UNCHANGED)
        state->last_contact_s = now_s;
    if (ended.result != FEED_FINE)
        return ended;
    if (manifest.serial < state->highest_serial) {
        ended.result = FEED_REFUSED;
        snprintf(ended.reason, sizeof ended.reason,
                 "manifest: serial: found %" PRIu64 ", expected at least %" PRIu64
                 " (another feed needs another data directory)",
                 manifest.serial, state->highest_serial);
        return ended;
    }
    if (manifest.serial != report->serial)
        ended = take_snapshot(feed, &manifest, report);
    if (ended.result != FEED_FINE)
        return ended;
    report->serial = manifest.serial;
    state->highest_serial = manifest.serial;
    // An expired manifest may be replayed by anybody: it is neither contact nor remembered.
    bool expired = manifest.expires_at_s < now_s;
    text_copy(state->etag, sizeof state->etag, expired ? "" : etag);
    if (expired)
        text_copy(ended.reason, sizeof ended.reason, "manifest: expired");
    else
        state->last_contact_s = now_s;
    return ended;
}

static struct sync_report look(const struct config *config, const struct feed_state *state)
{
    struct sync_report report = {.last_contact_s = state->last_contact_s,
                                 .outcome = outcome(FEED_UNCHANGED, "")};
    uint64_t serial = 0;
    if (catalog_find_newest(config->data_dir, &serial))
        report.serial = serial;
    return report;
}

struct sync_report sync_look(const struct config *config)
{
    char error[STATE_DB_ERROR_BYTES];
    struct state_db *state_db = state_db_open(config->data_dir, error);
    struct feed_state state = state_db != NULL ? state_db_feed(state_db) : (struct feed_state){0};
    state_db_close(state_db);
    return look(config, &state);
}

struct sync_report sync_once(const struct config *config, int64_t now_s, const atomic_bool *stop)
{
    char error[STATE_DB_ERROR_BYTES] = "";
    const char *keys[CONFIG_KEYS_MAX];
    for (uint32_t i = 0; i < config->feed_key_count; i++)
        keys[i] = config->feed_keys[i];
    struct http_origin origin = {
        .url = config->navigator_url, .ca_file = config->tls_ca_file, .token = ""};
    struct feed feed = {.data_dir = config->data_dir,
                        .keys = keys,
                        .key_count = config->feed_key_count,
                        .region = config->region,
                        .stop = stop};
    struct state_db *state_db = state_db_open(config->data_dir, error);
    if (state_db == NULL)
        return (struct sync_report){.outcome = outcome(FEED_DISK, error)};
    struct feed_state before = state_db_feed(state_db);
    struct feed_state state = before;
    struct sync_report report = look(config, &state);
    if (state.highest_serial < report.serial)
        state.highest_serial = report.serial;
    feed.http = http_create(&origin, error);
    report.outcome =
        feed.http != NULL ? follow(&feed, now_s, &state, &report) : outcome(FEED_REFUSED, error);
    report.last_contact_s = state.last_contact_s;
    http_destroy(feed.http);
    if (memcmp(&before, &state, sizeof state) != 0 && !state_db_keep_feed(state_db, &state))
        text_copy(report.outcome.reason, sizeof report.outcome.reason, "state.db: not written");
    state_db_close(state_db);
    return report;
}
