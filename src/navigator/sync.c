#include "navigator/sync.h"

#include "base/text.h"
#include "catalog/store.h"
#include "navigator/apply.h"
#include "navigator/feed_path.h"
#include "navigator/origin.h"
#include "navigator/store_state.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

int sync_lock(const char *data_dir)
{
    // The folder itself: on a full or read-only disk no file could be made.
    int fd = open(data_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT && mkdir(data_dir, 0755) == 0)
        fd = open(data_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
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

// ---- files of the feed into a new catalogue

static struct feed_outcome take_files(const struct feed *feed, const struct manifest *manifest,
                                      const struct manifest_file *const *files, uint32_t count,
                                      struct sync_report *report)
{
    struct apply apply = {.data_dir = feed->data_dir,
                          .manifest = manifest,
                          .stop = feed->stop,
                          .base_serial = report->serial};
    struct apply_counts counts;
    struct feed_outcome ended = outcome(FEED_FINE, "");
    feed_keep_parts(feed->data_dir, files, count);
    for (uint32_t i = 0; i < count && ended.result == FEED_FINE; i++) {
        ended = feed_fetch_file(feed, files[i], &apply.fds[i]);
        apply.files[i] = files[i];
        apply.file_count += ended.result == FEED_FINE;
    }
    if (ended.result == FEED_FINE)
        ended = apply_files(&apply, &counts);
    for (uint32_t i = 0; i < apply.file_count; i++)
        close(apply.fds[i]);
    if (ended.result == FEED_FINE || ended.result == FEED_REFUSED)
        feed_keep_parts(feed->data_dir, NULL, 0);
    if (ended.result == FEED_FINE) {
        report->updated = true;
        report->deltas = files[0] == &manifest->snapshot ? 0 : count;
        report->records = counts.records;
        report->bad_records = counts.bad_records;
        catalog_prune(feed->data_dir, SYNC_CATALOGS_KEPT);
    }
    return ended;
}

static bool is_sound(const struct feed *feed, uint64_t serial)
{
    uint64_t newest = 0;
    return catalog_find_newest(feed->data_dir, &newest) && newest == serial;
}

// count 0: only the snapshot will do.
static struct feed_path find_path(const struct feed *feed, const struct manifest *manifest,
                                  uint64_t base_serial)
{
    struct catalog_content base;
    int64_t have_bytes[MANIFEST_DELTAS_MAX];
    bool sound_base = base_serial != 0 && manifest->content_known &&
                      catalog_read_content(feed->data_dir, base_serial, &base) &&
                      base.skipped_count == 0 && is_sound(feed, base_serial);
    if (!sound_base)
        return (struct feed_path){0};
    for (uint32_t i = 0; i < manifest->delta_count; i++)
        have_bytes[i] = feed_part_bytes(feed->data_dir, &manifest->deltas[i]);
    int64_t snapshot_bytes = feed_path_missing(
        &manifest->snapshot, feed_part_bytes(feed->data_dir, &manifest->snapshot));
    return feed_path_find(manifest, base_serial, have_bytes, snapshot_bytes);
}

static struct feed_outcome take_newest(const struct feed *feed, const struct manifest *manifest,
                                       struct sync_report *report)
{
    const struct manifest_file *snapshot[] = {&manifest->snapshot};
    struct feed_path path = find_path(feed, manifest, report->serial);
    struct feed_outcome deltas = outcome(FEED_REFUSED, "");
    if (path.count > 0)
        deltas = take_files(feed, manifest, path.files, path.count, report);
    // Whatever is wrong with deltas or their base, a snapshot needs neither.
    if (deltas.result != FEED_REFUSED && deltas.result != FEED_DISK)
        return deltas;
    struct feed_outcome ended = take_files(feed, manifest, snapshot, 1, report);
    struct text reason;
    char memory[FEED_REASON_BYTES];
    text_init(&reason, memory, sizeof memory);
    text_add(&reason, deltas.reason);
    text_add(&reason, deltas.reason[0] != '\0' && ended.reason[0] != '\0' ? "; " : "");
    text_add(&reason, ended.reason);
    text_copy(ended.reason, sizeof ended.reason, memory);
    return ended;
}

// ---- one sync

static struct feed_outcome check_serial(const struct feed *feed, const struct manifest *manifest,
                                        uint64_t highest_serial, uint64_t serial_here)
{
    struct feed_outcome ended = outcome(FEED_FINE, "");
    struct catalog_content here;
    if (manifest->serial < highest_serial) {
        ended.result = FEED_REFUSED;
        snprintf(ended.reason, sizeof ended.reason,
                 "manifest: serial: found %" PRIu64 ", expected at least %" PRIu64
                 " (another feed needs another data directory)",
                 manifest->serial, highest_serial);
    } else if (manifest->serial == serial_here && manifest->content_known &&
               catalog_read_content(feed->data_dir, serial_here, &here) &&
               here.hash != manifest->content_hash) {
        ended.result = FEED_REFUSED;
        snprintf(ended.reason, sizeof ended.reason,
                 "manifest: content_hash: found %016" PRIx64 ", expected %016" PRIx64
                 " of the same serial %" PRIu64,
                 manifest->content_hash, here.hash, serial_here);
    }
    return ended;
}

static struct feed_outcome follow(const struct feed *feed, int64_t now_s, struct feed_state *state,
                                  struct sync_report *report)
{
    struct manifest manifest;
    char etag[HTTP_ETAG_BYTES] = "";
    struct catalog_info here = {0};
    // Who answers "unchanged" forever must not keep an old feed looking fresh: once what is here
    // has expired, the whole manifest is asked for.
    bool complete = report->serial != 0 && report->serial == state->highest_serial &&
                    catalog_read_info(feed->data_dir, report->serial, &here) &&
                    here.expires_at_s >= now_s;
    struct feed_outcome ended =
        feed_fetch_manifest(feed, complete ? state->etag : "", &manifest, etag);
    if (ended.result == FEED_UNCHANGED)
        state->last_contact_s = now_s;
    if (ended.result != FEED_FINE)
        return ended;
    ended = check_serial(feed, &manifest, state->highest_serial, report->serial);
    if (ended.result == FEED_FINE && manifest.serial != report->serial)
        ended = take_newest(feed, &manifest, report);
    if (ended.result != FEED_FINE)
        return ended;
    report->serial = manifest.serial;
    state->highest_serial = manifest.serial;
    // An expired manifest may be replayed by anybody: it is neither contact nor remembered.
    bool expired = manifest.expires_at_s < now_s;
    text_copy(state->etag, sizeof state->etag, expired ? "" : etag);
    if (!expired)
        state->last_contact_s = now_s;
    else if (ended.reason[0] == '\0')
        text_copy(ended.reason, sizeof ended.reason, "manifest: expired");
    return ended;
}

static struct sync_report look(const struct config *config, const struct feed_state *state,
                               uint64_t sound_serial)
{
    struct catalog_info info;
    struct sync_report report = {.last_contact_s = state->last_contact_s,
                                 .outcome = outcome(FEED_UNCHANGED, "")};
    uint64_t serial = 0;
    if (sound_serial != 0 && catalog_read_info(config->data_dir, sound_serial, &info))
        report.serial = sound_serial;
    else if (catalog_find_newest(config->data_dir, &serial))
        report.serial = serial;
    return report;
}

struct sync_report sync_look(const struct config *config)
{
    char error[STATE_DB_ERROR_BYTES];
    struct state_db *state_db = state_db_open(config->data_dir, error);
    struct feed_state state = state_db != NULL ? state_db_feed(state_db) : (struct feed_state){0};
    state_db_close(state_db);
    return look(config, &state, 0);
}

struct sync_report sync_once(const struct config *config, int64_t now_s, const atomic_bool *stop)
{
    return sync_again(config, 0, now_s, stop);
}

struct sync_report sync_again(const struct config *config, uint64_t sound_serial, int64_t now_s,
                              const atomic_bool *stop)
{
    char error[STATE_DB_ERROR_BYTES] = "";
    const char *keys[CONFIG_KEYS_MAX];
    int64_t downloaded_bytes = 0;
    for (uint32_t i = 0; i < config->feed_key_count; i++)
        keys[i] = config->feed_keys[i];
    struct http_origin origin = origin_of(config, "");
    struct feed feed = {.data_dir = config->data_dir,
                        .keys = keys,
                        .key_count = config->feed_key_count,
                        .region = config->region,
                        .stop = stop,
                        .downloaded_bytes = &downloaded_bytes};
    struct state_db *state_db = state_db_open(config->data_dir, error);
    if (state_db == NULL || error[0] != '\0') {
        state_db_close(state_db);
        struct sync_report broken = look(config, &(struct feed_state){0}, sound_serial);
        broken.outcome = outcome(FEED_DISK, error);
        return broken;
    }
    struct feed_state before = state_db_feed(state_db);
    struct feed_state state = before;
    struct sync_report report = look(config, &state, sound_serial);
    if (state.highest_serial < report.serial)
        state.highest_serial = report.serial;
    feed.http = http_create(&origin, error);
    report.outcome =
        feed.http != NULL ? follow(&feed, now_s, &state, &report) : outcome(FEED_REFUSED, error);
    report.last_contact_s = state.last_contact_s;
    report.downloaded_bytes = downloaded_bytes;
    if (feed.http != NULL)
        report.seen = http_seen(feed.http);
    http_destroy(feed.http);
    if (memcmp(&before, &state, sizeof state) != 0 && !state_db_keep_feed(state_db, &state))
        text_copy(report.outcome.reason, sizeof report.outcome.reason, "state.db: not written");
    state_db_close(state_db);
    return report;
}
