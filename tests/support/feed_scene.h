// A terminal's data folder beside a feed that can misbehave, for tests of the sync.
//
// The feed begins with serial 5. Header only, so that each test may take what it needs; cmocka's
// set-up and tear-down of one test each.
#pragma once

#include "base/text.h"
#include "catalog/store.h"
#include "navigator/sync.h"
#include "tests/support/feed_peer.h"

#include <dirent.h>
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
enum { FEED_SCENE_FAR_AHEAD = 2000000000, FEED_SCENE_LONG_PAST = 1700000001 };

struct feed_scene {
    struct feed_peer *peer;
    struct config config;
};

static inline void feed_scene_trust(struct feed_scene *scene, uint32_t place,
                                    enum feed_peer_signer signer)
{
    text_copy(scene->config.feed_keys[place], sizeof scene->config.feed_keys[place],
              strchr(feed_peer_key_of(scene->peer, signer), '\n') + 1);
    scene->config.feed_key_count = place + 1;
}

static inline int feed_scene_set_up(void **state)
{
    struct feed_scene *scene = calloc(1, sizeof *scene);
    char dir[] = "/tmp/navigator-test-XXXXXX";
    assert_non_null(mkdtemp(dir));
    scene->peer = feed_peer_start();
    text_copy(scene->config.data_dir, sizeof scene->config.data_dir, dir);
    text_copy(scene->config.navigator_url, sizeof scene->config.navigator_url,
              feed_peer_url(scene->peer));
    feed_scene_trust(scene, 0, FEED_PEER_CURRENT);
    feed_peer_publish(scene->peer, 5, TWO_LINES, 2, FEED_SCENE_FAR_AHEAD);
    *state = scene;
    return 0;
}

static inline void feed_scene_empty_folder(const char *folder)
{
    char path[CONFIG_PATH_BYTES + 300];
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;) {
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        unlink(path);
    }
    if (dir != NULL)
        closedir(dir);
}

static inline int feed_scene_tear_down(void **state)
{
    struct feed_scene *scene = *state;
    feed_peer_stop(scene->peer);
    feed_scene_empty_folder(scene->config.data_dir);
    rmdir(scene->config.data_dir);
    free(scene);
    return 0;
}

#define FEED_SCENE(test)                                                                           \
    cmocka_unit_test_setup_teardown(test, feed_scene_set_up, feed_scene_tear_down)

// Valid until the next call.
static inline const char *feed_scene_path(const struct feed_scene *scene, const char *name)
{
    static char path[CONFIG_PATH_BYTES + 300];
    snprintf(path, sizeof path, "%s/%s", scene->config.data_dir, name);
    return path;
}

// Files that aren't finished.
static inline unsigned feed_scene_parts(const struct feed_scene *scene)
{
    unsigned count = 0;
    DIR *dir = opendir(scene->config.data_dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        count += strstr(entry->d_name, ".part") != NULL || strstr(entry->d_name, ".new") != NULL;
    closedir(dir);
    return count;
}

// One sync at that time: how it must end, and the serial of the newest catalogue that then stands.
static inline struct sync_report feed_scene_sync_at(struct feed_scene *scene, int64_t now_s,
                                                    enum feed_result result, uint64_t serial)
{
    struct sync_report report = sync_once(&scene->config, now_s, NULL);
    if (report.outcome.result != result || report.serial != serial)
        fail_msg("found result %d serial %d (%s), expected %d %d", (int)report.outcome.result,
                 (int)report.serial, report.outcome.reason, (int)result, (int)serial);
    uint64_t newest = 0;
    assert_true(catalog_find_newest(scene->config.data_dir, &newest) == (serial != 0));
    assert_int_equal(newest, serial);
    return report;
}

static inline struct sync_report feed_scene_sync(struct feed_scene *scene, enum feed_result result,
                                                 uint64_t serial)
{
    return feed_scene_sync_at(scene, time(NULL), result, serial);
}

static inline void assert_says(const struct sync_report *report, const char *words)
{
    if (strstr(report->outcome.reason, words) == NULL)
        fail_msg("found «%s», expected «%s»", report->outcome.reason, words);
}
