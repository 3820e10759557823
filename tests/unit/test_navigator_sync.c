// One whole sync against a navigator that can misbehave: what arrives is whole, or nothing changed.
#include "tests/support/feed_scene.h"

static void test_first_sync_makes_a_catalogue(void **state)
{
    struct feed_scene *scene = *state;
    struct sync_report report = feed_scene_sync(scene, FEED_FINE, 5);
    assert_true(report.updated);
    assert_int_equal(report.records, 2);
    assert_int_equal(report.bad_records, 0);
    assert_true(report.last_contact_s >= 1700000000);
    assert_int_equal(feed_scene_parts(scene), 0);
    char error[CATALOG_ERROR_BYTES] = "";
    struct snapshot *snapshot = catalog_load(scene->config.data_dir, 5, error);
    assert_non_null(snapshot);
    assert_int_equal(snapshot->program_count, 2);
    assert_string_equal(snapshot->region, "demo");
    assert_int_equal(snapshot->expires_at_s, FEED_SCENE_FAR_AHEAD);
    snapshot_destroy(snapshot);
}

static void test_unchanged_feed_costs_one_small_request(void **state)
{
    struct feed_scene *scene = *state;
    feed_scene_sync(scene, FEED_FINE, 5);
    struct sync_report report = feed_scene_sync(scene, FEED_UNCHANGED, 5);
    assert_false(report.updated);
    struct feed_peer_seen seen = feed_peer_seen(scene->peer);
    assert_int_equal(seen.manifests, 2);
    assert_int_equal(seen.not_modified, 1);
    assert_int_equal(seen.files, 1);
}

static void test_newer_serial_replaces_and_old_ones_go(void **state)
{
    struct feed_scene *scene = *state;
    for (uint64_t serial = 5; serial <= 8; serial++) {
        feed_peer_publish(scene->peer, serial, TWO_LINES, 2, FEED_SCENE_FAR_AHEAD);
        feed_scene_sync(scene, FEED_FINE, serial);
    }
    assert_int_not_equal(access(feed_scene_path(scene, "catalog-6.db"), F_OK), 0);
    assert_int_equal(access(feed_scene_path(scene, "catalog-7.db"), F_OK), 0);
}

static void test_same_serial_signed_anew_loads_nothing(void **state)
{
    struct feed_scene *scene = *state;
    feed_scene_sync(scene, FEED_FINE, 5);
    feed_peer_publish(scene->peer, 5, TWO_LINES, 2, FEED_SCENE_FAR_AHEAD + 86400);
    assert_false(feed_scene_sync(scene, FEED_FINE, 5).updated);
    assert_int_equal(feed_peer_seen(scene->peer).files, 1);
}

static void test_older_serial_is_refused(void **state)
{
    struct feed_scene *scene = *state;
    feed_scene_sync(scene, FEED_FINE, 5);
    feed_peer_publish(scene->peer, 4, TWO_LINES, 2, FEED_SCENE_FAR_AHEAD);
    struct sync_report report = feed_scene_sync(scene, FEED_REFUSED, 5);
    assert_says(&report, "serial: found 4, expected at least 5");
    // Without state.db the catalogue itself remembers; without the catalogue, state.db does.
    assert_int_equal(unlink(feed_scene_path(scene, "state.db")), 0);
    feed_scene_sync(scene, FEED_REFUSED, 5);
    feed_peer_publish(scene->peer, 5, TWO_LINES, 2, FEED_SCENE_FAR_AHEAD);
    feed_scene_sync(scene, FEED_FINE, 5);
    assert_int_equal(unlink(feed_scene_path(scene, "catalog-5.db")), 0);
    feed_peer_publish(scene->peer, 4, TWO_LINES, 2, FEED_SCENE_FAR_AHEAD);
    feed_scene_sync(scene, FEED_REFUSED, 0);
}

static void test_lost_catalogue_comes_again(void **state)
{
    struct feed_scene *scene = *state;
    feed_scene_sync(scene, FEED_FINE, 5);
    assert_int_equal(unlink(feed_scene_path(scene, "catalog-5.db")), 0);
    assert_true(feed_scene_sync(scene, FEED_FINE, 5).updated);
}

static void test_bad_answers_change_nothing(void **state)
{
    struct feed_scene *scene = *state;
    feed_scene_sync(scene, FEED_FINE, 5);
    feed_peer_publish(scene->peer, 6, TWO_LINES, 2, FEED_SCENE_FAR_AHEAD);
    feed_peer_trick(scene->peer, FEED_PEER_SILENT);
    struct sync_report report = feed_scene_sync(scene, FEED_UNREACHABLE, 5);
    assert_int_equal(report.outcome.retry_after_s, -1);
    feed_peer_trick(scene->peer, FEED_PEER_BROKEN);
    report = feed_scene_sync(scene, FEED_UNREACHABLE, 5);
    assert_int_equal(report.outcome.retry_after_s, 7);
    feed_peer_trick(scene->peer, FEED_PEER_PORTAL);
    feed_scene_sync(scene, FEED_REFUSED, 5);
    feed_peer_trick(scene->peer, FEED_PEER_FORGED);
    report = feed_scene_sync(scene, FEED_REFUSED, 5);
    assert_says(&report, "signature");
    feed_peer_trick(scene->peer, FEED_PEER_BENT);
    report = feed_scene_sync(scene, FEED_REFUSED, 5);
    assert_says(&report, "sha256");
    assert_int_equal(feed_scene_parts(scene), 0);
    feed_peer_trick(scene->peer, FEED_PEER_HONEST);
    feed_scene_sync(scene, FEED_FINE, 6);
}

static void test_other_region_is_refused(void **state)
{
    struct feed_scene *scene = *state;
    snprintf(scene->config.region, sizeof scene->config.region, "omsk");
    struct sync_report report = feed_scene_sync(scene, FEED_REFUSED, 0);
    assert_says(&report, "region: found demo, expected omsk");
    snprintf(scene->config.region, sizeof scene->config.region, "demo");
    feed_scene_sync(scene, FEED_FINE, 5);
}

static void test_no_trusted_key_trusts_nobody(void **state)
{
    struct feed_scene *scene = *state;
    scene->config.feed_key_count = 0;
    feed_scene_sync(scene, FEED_REFUSED, 0);
}

static void test_cut_download_goes_on(void **state)
{
    struct feed_scene *scene = *state;
    feed_peer_trick(scene->peer, FEED_PEER_CUT);
    feed_scene_sync(scene, FEED_UNREACHABLE, 0);
    assert_int_equal(feed_scene_parts(scene), 1);
    feed_scene_sync(scene, FEED_FINE, 5);
    assert_int_equal(feed_peer_seen(scene->peer).ranges, 1);
    assert_int_equal(feed_scene_parts(scene), 0);
}

static void test_cut_download_begins_anew_without_ranges(void **state)
{
    struct feed_scene *scene = *state;
    feed_peer_trick(scene->peer, FEED_PEER_NO_RANGE);
    feed_scene_sync(scene, FEED_UNREACHABLE, 0);
    feed_scene_sync(scene, FEED_FINE, 5);
}

static void test_part_of_another_file_is_removed(void **state)
{
    struct feed_scene *scene = *state;
    feed_peer_trick(scene->peer, FEED_PEER_CUT);
    feed_scene_sync(scene, FEED_UNREACHABLE, 0);
    feed_peer_trick(scene->peer, FEED_PEER_HONEST);
    feed_peer_publish(scene->peer, 6, LINE("p3", "Шахматы"), 1, FEED_SCENE_FAR_AHEAD);
    feed_scene_sync(scene, FEED_FINE, 6);
    assert_int_equal(feed_peer_seen(scene->peer).ranges, 0);
    assert_int_equal(feed_scene_parts(scene), 0);
}

static void tear(const char *path, unsigned char *bytes, size_t *length)
{
    (void)path;
    (void)bytes;
    *length = 40;
}

static void test_bad_documents_are_refused_whole(void **state)
{
    struct feed_scene *scene = *state;
    feed_peer_publish(scene->peer, 6, TWO_LINES, 3, FEED_SCENE_FAR_AHEAD);
    struct sync_report report = feed_scene_sync(scene, FEED_REFUSED, 0);
    assert_says(&report, "found 2 records, expected 3");
    feed_peer_publish_all(
        scene->peer,
        &(struct feed_peer_publication){
            .serial = 7, .lines = TWO_LINES, .expires_at_s = FEED_SCENE_FAR_AHEAD, .spoil = tear});
    report = feed_scene_sync(scene, FEED_REFUSED, 0);
    assert_says(&report, "truncated gzip");
    feed_peer_publish(scene->peer, 8, TWO_LINES "nonsense\n", 3, FEED_SCENE_FAR_AHEAD);
    report = feed_scene_sync(scene, FEED_REFUSED, 0);
    assert_says(&report, "found 1 bad records of 3");
    assert_int_equal(feed_scene_parts(scene), 0);
}

static void test_a_few_bad_records_are_skipped(void **state)
{
    struct feed_scene *scene = *state;
    static char lines[8192];
    struct text text;
    text_init(&text, lines, sizeof lines);
    text_add(&text, "nonsense\n");
    for (unsigned i = 0; i < 19; i++)
        text_addf(&text, "{\"op\":\"put\",\"type\":\"program\",\"id\":\"q%u\",\"title\":\"Хор\"}\n",
                  i);
    feed_peer_publish(scene->peer, 6, lines, 20, FEED_SCENE_FAR_AHEAD);
    struct sync_report report = feed_scene_sync(scene, FEED_FINE, 6);
    assert_int_equal(report.records, 20);
    assert_int_equal(report.bad_records, 1);
}

static void test_expired_feed_is_used_but_is_no_contact(void **state)
{
    struct feed_scene *scene = *state;
    feed_peer_publish(scene->peer, 6, TWO_LINES, 2, FEED_SCENE_LONG_PAST);
    struct sync_report report = feed_scene_sync(scene, FEED_FINE, 6);
    assert_int_equal(report.last_contact_s, 0);
    assert_string_equal(report.outcome.reason, "manifest: expired");
}

static void test_stop_ends_a_sync(void **state)
{
    struct feed_scene *scene = *state;
    atomic_bool stop = true;
    struct sync_report report = sync_once(&scene->config, time(NULL), &stop);
    assert_int_equal(report.outcome.result, FEED_STOPPED);
    assert_int_equal(report.serial, 0);
}

static void test_one_writer(void **state)
{
    struct feed_scene *scene = *state;
    int first = sync_lock(scene->config.data_dir);
    assert_true(first >= 0);
    assert_int_equal(sync_lock(scene->config.data_dir), -1);
    close(first);
    int second = sync_lock(scene->config.data_dir);
    assert_true(second >= 0);
    close(second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEED_SCENE(test_first_sync_makes_a_catalogue),
        FEED_SCENE(test_unchanged_feed_costs_one_small_request),
        FEED_SCENE(test_newer_serial_replaces_and_old_ones_go),
        FEED_SCENE(test_same_serial_signed_anew_loads_nothing),
        FEED_SCENE(test_older_serial_is_refused),
        FEED_SCENE(test_lost_catalogue_comes_again),
        FEED_SCENE(test_bad_answers_change_nothing),
        FEED_SCENE(test_other_region_is_refused),
        FEED_SCENE(test_no_trusted_key_trusts_nobody),
        FEED_SCENE(test_cut_download_goes_on),
        FEED_SCENE(test_cut_download_begins_anew_without_ranges),
        FEED_SCENE(test_part_of_another_file_is_removed),
        FEED_SCENE(test_bad_documents_are_refused_whole),
        FEED_SCENE(test_a_few_bad_records_are_skipped),
        FEED_SCENE(test_expired_feed_is_used_but_is_no_contact),
        FEED_SCENE(test_stop_ends_a_sync),
        FEED_SCENE(test_one_writer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
