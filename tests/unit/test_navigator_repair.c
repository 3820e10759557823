// A terminal whose files are damaged, or whose disk takes nothing, comes back to what the feed says
// and never behind it.
#include "base/text.h"
#include "catalog/store.h"
#include "navigator/service.h"
#include "navigator/set_aside.h"
#include "navigator/sync.h"
#include "tests/support/disk.h"
#include "tests/support/feed_peer.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define LINES                                                                                      \
    "{\"op\":\"put\",\"type\":\"program\",\"id\":\"p1\",\"title\":\"Хор\"}\n"                   \
    "{\"op\":\"put\",\"type\":\"program\",\"id\":\"p2\",\"title\":\"Лепка\"}\n"
enum { NOW_S = 1790000000, FAR_AHEAD = 2000000000 };

struct scene {
    struct feed_peer *peer;
    struct config config;
    struct link_state heard; // by the kiosk
};

static int set_up(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    char dir[] = "/tmp/navigator-repair-XXXXXX";
    assert_non_null(mkdtemp(dir));
    scene->peer = feed_peer_start();
    struct config *config = &scene->config;
    text_copy(config->data_dir, sizeof config->data_dir, dir);
    text_copy(config->navigator_url, sizeof config->navigator_url, feed_peer_url(scene->peer));
    text_copy(config->feed_keys[0], sizeof config->feed_keys[0],
              strchr(feed_peer_key(scene->peer), '\n') + 1);
    config->feed_key_count = 1;
    config->poll_s = 300;
    feed_peer_publish(scene->peer, 9, LINES, 2, FAR_AHEAD);
    assert_int_equal(sync_once(config, NOW_S, NULL).outcome.result, FEED_FINE);
    *state = scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    feed_peer_stop(scene->peer);
    disk_unwatch();
    DIR *dir = opendir(scene->config.data_dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        char path[CONFIG_PATH_BYTES + 300];
        snprintf(path, sizeof path, "%s/%s", scene->config.data_dir, entry->d_name);
        unlink(path);
    }
    closedir(dir);
    rmdir(scene->config.data_dir);
    free(scene);
    return 0;
}

// All but the first bytes becomes nonsense.
static void damage(const struct scene *scene, const char *name)
{
    char path[CONFIG_PATH_BYTES + 64];
    snprintf(path, sizeof path, "%s/%s", scene->config.data_dir, name);
    FILE *file = fopen(path, "r+");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    long length = ftell(file);
    assert_true(length > 1000);
    fseek(file, 200, SEEK_SET);
    for (long i = 200; i < length; i++)
        fputc("nonsense"[i % 8], file);
    fclose(file);
}

static void test_no_state_db_forgets_no_serial(void **state)
{
    struct scene *scene = *state;
    damage(scene, "state.db");
    feed_peer_publish(scene->peer, 8, LINES, 2, FAR_AHEAD);
    struct sync_report report = sync_once(&scene->config, NOW_S, NULL);
    assert_int_equal(report.outcome.result, FEED_REFUSED);
    assert_int_equal(report.serial, 9);
    assert_int_equal(set_aside_count(scene->config.data_dir), 1);
    feed_peer_publish(scene->peer, 10, LINES, 2, FAR_AHEAD);
    report = sync_once(&scene->config, NOW_S, NULL);
    assert_int_equal(report.outcome.result, FEED_FINE);
    assert_int_equal(report.serial, 10);
}

static void hear(void *context, const struct link_report *report)
{
    struct scene *scene = context;
    if (report->kind == LINK_STATE)
        scene->heard = report->state;
}

static void test_a_damaged_catalogue_is_fetched_again(void **state)
{
    struct scene *scene = *state;
    char error[STATE_DB_ERROR_BYTES] = "";
    uint64_t serial = 0;
    damage(scene, "catalog-9.db");
    assert_false(catalog_find_newest(scene->config.data_dir, &serial));
    struct state_db *state_db = state_db_open(scene->config.data_dir, error);
    struct service service;
    service_init(&service, &scene->config, NULL, state_db, hear, scene);
    service_connected(&service);
    assert_int_equal(scene->heard.storage, STORAGE_REPAIRED);
    struct sync_report report = sync_once(&scene->config, NOW_S, NULL);
    assert_int_equal(report.outcome.result, FEED_FINE);
    assert_true(report.updated);
    assert_true(catalog_find_newest(scene->config.data_dir, &serial));
    assert_int_equal(serial, 9);
    assert_int_equal(set_aside_count(scene->config.data_dir), 1);
    service_finish(&service);
    state_db_close(state_db);
}

// The kiosk hears of it, keeps what it has, and hears when it is over.
static void expect_survived(struct scene *scene, enum storage storage)
{
    char error[STATE_DB_ERROR_BYTES] = "";
    struct state_db *state_db = state_db_open(scene->config.data_dir, error);
    struct service service;
    struct follower follower;
    struct sync_report known = sync_look(&scene->config);
    int lock = sync_lock(scene->config.data_dir);
    assert_true(lock >= 0); // a link starts all the same
    service_init(&service, &scene->config, NULL, state_db, hear, scene);
    service_connected(&service);
    follower_init(&follower, &scene->config, &known);
    feed_peer_publish(scene->peer, 10, LINES, 2, FAR_AHEAD);
    struct link_request event = {.kind = LINK_EVENT, .event.kind = EVENT_QR_SHOWN};
    unsigned before = disk_hits();
    struct sync_report report = sync_once(&scene->config, NOW_S, NULL);
    assert_true(disk_hits() > before);
    assert_int_equal(report.outcome.result, FEED_DISK);
    assert_int_equal(report.serial, 9);
    follower_take(&follower, &report, 1000, 0);
    struct follower_news news = follower_tell(&follower);
    service_news(&service, &news);
    service_request(&service, &event, 1000, NOW_S);
    service_turn(&service, 1000);
    assert_int_equal(scene->heard.serial, 9);
    assert_true(scene->heard.storage >= storage);
    disk_set_room(-1);
    disk_set_read_only(false);
    report = sync_once(&scene->config, NOW_S, NULL);
    assert_int_equal(report.outcome.result, FEED_FINE);
    follower_take(&follower, &report, 2000, 0);
    news = follower_tell(&follower);
    service_news(&service, &news);
    service_turn(&service, 1000 + OUTBOX_SPARE_RETRY_MS);
    assert_int_equal(scene->heard.serial, 10);
    assert_int_equal(scene->heard.storage, STORAGE_FINE);
    assert_true(state_db_look(scene->config.data_dir).waiting_events > 0);
    service_finish(&service);
    state_db_close(state_db);
    close(lock);
}

static void test_a_full_disk(void **state)
{
    struct scene *scene = *state;
    disk_watch(scene->config.data_dir);
    disk_set_room(0);
    expect_survived(scene, STORAGE_FULL);
}

static void test_a_read_only_disk(void **state)
{
    struct scene *scene = *state;
    disk_watch(scene->config.data_dir);
    disk_set_read_only(true);
    expect_survived(scene, STORAGE_READ_ONLY);
}

#define SCENE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCENE(test_no_state_db_forgets_no_serial),
        SCENE(test_a_damaged_catalogue_is_fetched_again),
        SCENE(test_a_full_disk),
        SCENE(test_a_read_only_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
