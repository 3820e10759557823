// One whole sync against a navigator that can misbehave: what arrives is whole, or nothing changed.
#include "base/text.h"
#include "catalog/store.h"
#include "navigator/sync.h"
#include "tests/support/feed_peer.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define LINE(id, title)                                                                            \
    "{\"op\":\"put\",\"type\":\"program\",\"id\":\"" id "\",\"title\":\"" title "\"}\n"
#define TWO_LINES LINE("p1", "Робототехника") LINE("p2", "Хор")
enum { FAR_AHEAD = 2000000000, LONG_PAST = 1700000001 };

struct scene {
    struct feed_peer *peer;
    struct config config;
};

static int set_up(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    char dir[] = "/tmp/navigator-test-XXXXXX";
    assert_non_null(mkdtemp(dir));
    scene->peer = feed_peer_start();
    snprintf(scene->config.data_dir, sizeof scene->config.data_dir, "%s", dir);
    snprintf(scene->config.navigator_url, sizeof scene->config.navigator_url, "%s",
             feed_peer_url(scene->peer));
    snprintf(scene->config.feed_keys[0], sizeof scene->config.feed_keys[0], "%s",
             strchr(feed_peer_key(scene->peer), '\n') + 1);
    scene->config.feed_key_count = 1;
    feed_peer_publish(scene->peer, 5, TWO_LINES, 2, FAR_AHEAD);
    *state = scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    char command[CONFIG_PATH_BYTES + 16];
    feed_peer_stop(scene->peer);
    DIR *dir = opendir(scene->config.data_dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        snprintf(command, sizeof command, "%.900s/%.100s", scene->config.data_dir, entry->d_name);
        unlink(command);
    }
    closedir(dir);
    rmdir(scene->config.data_dir);
    free(scene);
    return 0;
}

static unsigned parts(const struct scene *scene)
{
    unsigned count = 0;
    DIR *dir = opendir(scene->config.data_dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        count += strstr(entry->d_name, ".part") != NULL || strstr(entry->d_name, ".new") != NULL;
    closedir(dir);
    return count;
}

static struct sync_report sync_expecting(struct scene *scene, enum feed_result result,
                                         uint64_t serial)
{
    struct sync_report report = sync_once(&scene->config, time(NULL), NULL);
    if (report.outcome.result != result || report.serial != serial)
        fail_msg("found result %d serial %d (%s), expected %d %d", (int)report.outcome.result,
                 (int)report.serial, report.outcome.reason, (int)result, (int)serial);
    uint64_t newest = 0;
    assert_true(catalog_find_newest(scene->config.data_dir, &newest) == (serial != 0));
    assert_int_equal(newest, serial);
    return report;
}

static void test_first_sync_makes_a_catalogue(void **state)
{
    struct scene *scene = *state;
    struct sync_report report = sync_expecting(scene, FEED_FINE, 5);
    assert_true(report.updated);
    assert_int_equal(report.records, 2);
    assert_int_equal(report.bad_records, 0);
    assert_true(report.last_contact_s >= 1700000000);
    assert_int_equal(parts(scene), 0);
    char error[CATALOG_ERROR_BYTES] = "";
    struct snapshot *snapshot = catalog_load(scene->config.data_dir, 5, error);
    assert_non_null(snapshot);
    assert_int_equal(snapshot->program_count, 2);
    assert_string_equal(snapshot->region, "demo");
    assert_int_equal(snapshot->expires_at_s, FAR_AHEAD);
    snapshot_destroy(snapshot);
}

static void test_unchanged_feed_costs_one_small_request(void **state)
{
    struct scene *scene = *state;
    sync_expecting(scene, FEED_FINE, 5);
    struct sync_report report = sync_expecting(scene, FEED_UNCHANGED, 5);
    assert_false(report.updated);
    struct feed_peer_seen seen = feed_peer_seen(scene->peer);
    assert_int_equal(seen.manifests, 2);
    assert_int_equal(seen.not_modified, 1);
    assert_int_equal(seen.files, 1);
}

static void test_newer_serial_replaces_and_old_ones_go(void **state)
{
    struct scene *scene = *state;
    for (uint64_t serial = 5; serial <= 8; serial++) {
        feed_peer_publish(scene->peer, serial, TWO_LINES, 2, FAR_AHEAD);
        sync_expecting(scene, FEED_FINE, serial);
    }
    char path[CONFIG_PATH_BYTES + 32];
    snprintf(path, sizeof path, "%s/catalog-6.db", scene->config.data_dir);
    assert_int_not_equal(access(path, F_OK), 0);
    snprintf(path, sizeof path, "%s/catalog-7.db", scene->config.data_dir);
    assert_int_equal(access(path, F_OK), 0);
}

static void test_same_serial_signed_anew_loads_nothing(void **state)
{
    struct scene *scene = *state;
    sync_expecting(scene, FEED_FINE, 5);
    feed_peer_publish(scene->peer, 5, TWO_LINES, 2, FAR_AHEAD + 86400);
    assert_false(sync_expecting(scene, FEED_FINE, 5).updated);
    assert_int_equal(feed_peer_seen(scene->peer).files, 1);
}

static void test_older_serial_is_refused(void **state)
{
    struct scene *scene = *state;
    char path[CONFIG_PATH_BYTES + 32];
    sync_expecting(scene, FEED_FINE, 5);
    feed_peer_publish(scene->peer, 4, TWO_LINES, 2, FAR_AHEAD);
    struct sync_report report = sync_expecting(scene, FEED_REFUSED, 5);
    assert_non_null(strstr(report.outcome.reason, "serial: found 4, expected at least 5"));
    // Without state.db the catalogue itself remembers; without the catalogue, state.db does.
    snprintf(path, sizeof path, "%s/state.db", scene->config.data_dir);
    assert_int_equal(unlink(path), 0);
    sync_expecting(scene, FEED_REFUSED, 5);
    feed_peer_publish(scene->peer, 5, TWO_LINES, 2, FAR_AHEAD);
    sync_expecting(scene, FEED_FINE, 5);
    snprintf(path, sizeof path, "%s/catalog-5.db", scene->config.data_dir);
    assert_int_equal(unlink(path), 0);
    feed_peer_publish(scene->peer, 4, TWO_LINES, 2, FAR_AHEAD);
    sync_expecting(scene, FEED_REFUSED, 0);
}

static void test_lost_catalogue_comes_again(void **state)
{
    struct scene *scene = *state;
    char path[CONFIG_PATH_BYTES + 32];
    sync_expecting(scene, FEED_FINE, 5);
    snprintf(path, sizeof path, "%s/catalog-5.db", scene->config.data_dir);
    assert_int_equal(unlink(path), 0);
    assert_true(sync_expecting(scene, FEED_FINE, 5).updated);
}

static void test_bad_answers_change_nothing(void **state)
{
    struct scene *scene = *state;
    sync_expecting(scene, FEED_FINE, 5);
    feed_peer_publish(scene->peer, 6, TWO_LINES, 2, FAR_AHEAD);
    feed_peer_trick(scene->peer, FEED_PEER_SILENT);
    struct sync_report report = sync_expecting(scene, FEED_UNREACHABLE, 5);
    assert_int_equal(report.outcome.retry_after_s, -1);
    feed_peer_trick(scene->peer, FEED_PEER_BROKEN);
    report = sync_expecting(scene, FEED_UNREACHABLE, 5);
    assert_int_equal(report.outcome.retry_after_s, 7);
    feed_peer_trick(scene->peer, FEED_PEER_PORTAL);
    sync_expecting(scene, FEED_REFUSED, 5);
    feed_peer_trick(scene->peer, FEED_PEER_FORGED);
    report = sync_expecting(scene, FEED_REFUSED, 5);
    assert_non_null(strstr(report.outcome.reason, "signature"));
    feed_peer_trick(scene->peer, FEED_PEER_BENT);
    report = sync_expecting(scene, FEED_REFUSED, 5);
    assert_non_null(strstr(report.outcome.reason, "sha256"));
    assert_int_equal(parts(scene), 0);
    feed_peer_trick(scene->peer, FEED_PEER_HONEST);
    sync_expecting(scene, FEED_FINE, 6);
}

static void test_other_region_is_refused(void **state)
{
    struct scene *scene = *state;
    snprintf(scene->config.region, sizeof scene->config.region, "omsk");
    struct sync_report report = sync_expecting(scene, FEED_REFUSED, 0);
    assert_non_null(strstr(report.outcome.reason, "region: found demo, expected omsk"));
    snprintf(scene->config.region, sizeof scene->config.region, "demo");
    sync_expecting(scene, FEED_FINE, 5);
}

static void test_no_trusted_key_trusts_nobody(void **state)
{
    struct scene *scene = *state;
    scene->config.feed_key_count = 0;
    sync_expecting(scene, FEED_REFUSED, 0);
}

static void test_cut_download_goes_on(void **state)
{
    struct scene *scene = *state;
    feed_peer_trick(scene->peer, FEED_PEER_CUT);
    sync_expecting(scene, FEED_UNREACHABLE, 0);
    assert_int_equal(parts(scene), 1);
    sync_expecting(scene, FEED_FINE, 5);
    assert_int_equal(feed_peer_seen(scene->peer).ranges, 1);
    assert_int_equal(parts(scene), 0);
}

static void test_cut_download_begins_anew_without_ranges(void **state)
{
    struct scene *scene = *state;
    feed_peer_trick(scene->peer, FEED_PEER_NO_RANGE);
    sync_expecting(scene, FEED_UNREACHABLE, 0);
    sync_expecting(scene, FEED_FINE, 5);
}

static void test_part_of_another_file_is_removed(void **state)
{
    struct scene *scene = *state;
    feed_peer_trick(scene->peer, FEED_PEER_CUT);
    sync_expecting(scene, FEED_UNREACHABLE, 0);
    feed_peer_trick(scene->peer, FEED_PEER_HONEST);
    feed_peer_publish(scene->peer, 6, LINE("p3", "Шахматы"), 1, FAR_AHEAD);
    sync_expecting(scene, FEED_FINE, 6);
    assert_int_equal(feed_peer_seen(scene->peer).ranges, 0);
    assert_int_equal(parts(scene), 0);
}

static void tear(const char *path, unsigned char *bytes, size_t *length)
{
    (void)path;
    (void)bytes;
    *length = 40;
}

static void test_bad_documents_are_refused_whole(void **state)
{
    struct scene *scene = *state;
    feed_peer_publish(scene->peer, 6, TWO_LINES, 3, FAR_AHEAD);
    struct sync_report report = sync_expecting(scene, FEED_REFUSED, 0);
    assert_non_null(strstr(report.outcome.reason, "found 2 records, expected 3"));
    feed_peer_publish_all(scene->peer, &(struct feed_peer_publication){.serial = 7,
                                                                       .lines = TWO_LINES,
                                                                       .expires_at_s = FAR_AHEAD,
                                                                       .spoil = tear});
    report = sync_expecting(scene, FEED_REFUSED, 0);
    assert_non_null(strstr(report.outcome.reason, "truncated gzip"));
    feed_peer_publish(scene->peer, 8, TWO_LINES "nonsense\n", 3, FAR_AHEAD);
    report = sync_expecting(scene, FEED_REFUSED, 0);
    assert_non_null(strstr(report.outcome.reason, "found 1 bad records of 3"));
    assert_int_equal(parts(scene), 0);
}

static void test_a_few_bad_records_are_skipped(void **state)
{
    struct scene *scene = *state;
    static char lines[8192];
    struct text text;
    text_init(&text, lines, sizeof lines);
    text_add(&text, "nonsense\n");
    for (unsigned i = 0; i < 19; i++)
        text_addf(&text, "{\"op\":\"put\",\"type\":\"program\",\"id\":\"q%u\",\"title\":\"Хор\"}\n",
                  i);
    feed_peer_publish(scene->peer, 6, lines, 20, FAR_AHEAD);
    struct sync_report report = sync_expecting(scene, FEED_FINE, 6);
    assert_int_equal(report.records, 20);
    assert_int_equal(report.bad_records, 1);
}

static void test_expired_feed_is_used_but_is_no_contact(void **state)
{
    struct scene *scene = *state;
    feed_peer_publish(scene->peer, 6, TWO_LINES, 2, LONG_PAST);
    struct sync_report report = sync_expecting(scene, FEED_FINE, 6);
    assert_int_equal(report.last_contact_s, 0);
    assert_string_equal(report.outcome.reason, "manifest: expired");
}

static void test_stop_ends_a_sync(void **state)
{
    struct scene *scene = *state;
    atomic_bool stop = true;
    struct sync_report report = sync_once(&scene->config, time(NULL), &stop);
    assert_int_equal(report.outcome.result, FEED_STOPPED);
    assert_int_equal(report.serial, 0);
}

static void test_one_writer(void **state)
{
    struct scene *scene = *state;
    int first = sync_lock(scene->config.data_dir);
    assert_true(first >= 0);
    assert_int_equal(sync_lock(scene->config.data_dir), -1);
    close(first);
    int second = sync_lock(scene->config.data_dir);
    assert_true(second >= 0);
    close(second);
}

#define SCENE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCENE(test_first_sync_makes_a_catalogue),
        SCENE(test_unchanged_feed_costs_one_small_request),
        SCENE(test_newer_serial_replaces_and_old_ones_go),
        SCENE(test_same_serial_signed_anew_loads_nothing),
        SCENE(test_older_serial_is_refused),
        SCENE(test_lost_catalogue_comes_again),
        SCENE(test_bad_answers_change_nothing),
        SCENE(test_other_region_is_refused),
        SCENE(test_no_trusted_key_trusts_nobody),
        SCENE(test_cut_download_goes_on),
        SCENE(test_cut_download_begins_anew_without_ranges),
        SCENE(test_part_of_another_file_is_removed),
        SCENE(test_bad_documents_are_refused_whole),
        SCENE(test_a_few_bad_records_are_skipped),
        SCENE(test_expired_feed_is_used_but_is_no_contact),
        SCENE(test_stop_ends_a_sync),
        SCENE(test_one_writer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
