#include "tests/faults/scene.h"

#include "base/check.h"
#include "base/file.h"
#include "base/text.h"
#include "catalog/record_fields.h"
#include "catalog/store.h"
#include "navigator/store_state.h"
#include "tests/faults/cuts.h"
#include "tests/support/catalog_fixture.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINES_BYTES = 4 << 20, FAR_AHEAD_S = 2000000000, SEED = 7 };

// ---- the two states

struct writing {
    struct text old;
    struct text new;
    struct text delta;
    uint32_t groups;
    uint32_t programs;
};

// Some groups go, some programs are called otherwise, all else stays.
static void take(void *context, const struct record *record)
{
    struct writing *writing = context;
    struct record changed = *record;
    bool goes = record->type == RECORD_GROUP && ++writing->groups % 11 == 3;
    bool changes = record->type == RECORD_PROGRAM && ++writing->programs % 7 == 2;
    lines_add(&writing->old, RECORD_PUT, record);
    if (goes)
        lines_add(&writing->delta, RECORD_DROP, record);
    if (changes) {
        changed.program.title = "Another title";
        lines_add(&writing->delta, RECORD_PUT, &changed);
    }
    if (!goes)
        lines_add(&writing->new, RECORD_PUT, &changed);
}

static void add_program(struct writing *writing)
{
    struct record record;
    record_clear(RECORD_PROGRAM, &record);
    record.program.head.id = "p-new";
    record.program.title = "A new program";
    lines_add(&writing->new, RECORD_PUT, &record);
    lines_add(&writing->delta, RECORD_PUT, &record);
}

static char *begin_lines(struct text *text)
{
    char *memory = malloc(LINES_BYTES);
    CHECK(memory != NULL);
    text_init(text, memory, LINES_BYTES);
    return memory;
}

void scene_init(struct scene *scene, uint32_t program_count)
{
    struct writing writing = {0};
    *scene = (struct scene){.peer = feed_peer_start(),
                            .lines = {begin_lines(&writing.old), begin_lines(&writing.new)},
                            .delta = begin_lines(&writing.delta)};
    catalog_fixture_each(program_count, SEED, take, &writing);
    add_program(&writing);
    CHECK(!writing.old.cut && !writing.new.cut && !writing.delta.cut);
    for (unsigned i = 0; i < 2; i++)
        scene->content[i] = lines_content_of_text(scene->lines[i]);
}

void scene_finish(struct scene *scene)
{
    feed_peer_stop(scene->peer);
    free(scene->lines[0]);
    free(scene->lines[1]);
    free(scene->delta);
}

void scene_publish_old(struct scene *scene)
{
    feed_peer_publish_all(scene->peer, &(struct feed_peer_publication){.serial = SCENE_OLD,
                                                                       .expires_at_s = FAR_AHEAD_S,
                                                                       .lines = scene->lines[0]});
}

void scene_publish_new(struct scene *scene, bool with_delta)
{
    struct feed_peer_delta delta = {SCENE_OLD, SCENE_NEW, scene->delta};
    feed_peer_publish_all(scene->peer, &(struct feed_peer_publication){.serial = SCENE_NEW,
                                                                       .expires_at_s = FAR_AHEAD_S,
                                                                       .lines = scene->lines[1],
                                                                       .deltas = &delta,
                                                                       .delta_count = with_delta});
}

struct sync_report scene_sync(const struct scene *scene, const char *folder)
{
    static struct config config;
    text_copy(config.data_dir, sizeof config.data_dir, folder);
    text_copy(config.navigator_url, sizeof config.navigator_url, feed_peer_url(scene->peer));
    text_copy(config.feed_keys[0], sizeof config.feed_keys[0],
              strchr(feed_peer_key(scene->peer), '\n') + 1);
    config.feed_key_count = 1;
    return sync_once(&config, SCENE_NOW_S, NULL);
}

// ---- what a reader finds

static bool is_published(const struct scene *scene, const char *folder, uint64_t serial,
                         char ret_why[static DISK_TEXT_BYTES])
{
    char error[CATALOG_ERROR_BYTES] = "";
    struct snapshot *snapshot = catalog_load(folder, serial, error);
    if (snapshot == NULL) {
        snprintf(ret_why, DISK_TEXT_BYTES, "%s", error);
        return false;
    }
    struct lines_content found = lines_content_of(snapshot);
    const struct lines_content *expected = &scene->content[serial - SCENE_OLD];
    snapshot_destroy(snapshot);
    snprintf(ret_why, DISK_TEXT_BYTES,
             "serial %" PRIu64 ": found %u records, hash %016" PRIx64
             ", expected %u, hash %016" PRIx64,
             serial, found.count, found.hash, expected->count, expected->hash);
    return found.count == expected->count && found.hash == expected->hash;
}

bool scene_is_whole(const struct scene *scene, const char *folder, uint64_t at_least,
                    uint64_t *ret_serial, char ret_why[static DISK_TEXT_BYTES])
{
    uint64_t serial = 0;
    *ret_serial = 0;
    if (!catalog_find_newest(folder, &serial)) {
        snprintf(ret_why, DISK_TEXT_BYTES, "found no catalogue, expected serial %" PRIu64,
                 at_least);
        return at_least == 0;
    }
    *ret_serial = serial;
    if (serial < at_least || (serial != SCENE_OLD && serial != SCENE_NEW)) {
        snprintf(ret_why, DISK_TEXT_BYTES, "found serial %" PRIu64 ", expected %" PRIu64, serial,
                 at_least);
        return false;
    }
    return is_published(scene, folder, serial, ret_why);
}

// Parts may wait for the next publication, whose files are other ones.
static bool is_tidy(const char *folder, char ret_why[static DISK_TEXT_BYTES])
{
    DIR *dir = opendir(folder);
    bool tidy = dir != NULL;
    for (struct dirent *entry; tidy && (entry = readdir(dir)) != NULL;) {
        tidy = strstr(entry->d_name, ".new") == NULL;
        if (!tidy)
            snprintf(ret_why, DISK_TEXT_BYTES, "%.200s was left behind", entry->d_name);
    }
    closedir(dir);
    return tidy;
}

bool scene_recovers(const struct scene *scene, const char *folder,
                    char ret_why[static DISK_TEXT_BYTES])
{
    uint64_t serial;
    struct sync_report report = scene_sync(scene, folder);
    if (report.outcome.result != FEED_FINE && report.outcome.result != FEED_UNCHANGED) {
        snprintf(ret_why, DISK_TEXT_BYTES, "the next sync ended with %d: %s",
                 (int)report.outcome.result, report.outcome.reason);
        return false;
    }
    struct state_look state = state_db_look(folder);
    if (!state.readable || state.feed.highest_serial != SCENE_NEW) {
        snprintf(ret_why, DISK_TEXT_BYTES, "highest serial: found %" PRIu64 ", expected %d",
                 state.feed.highest_serial, SCENE_NEW);
        return false;
    }
    return scene_is_whole(scene, folder, SCENE_NEW, &serial, ret_why) && is_tidy(folder, ret_why);
}

void scene_copy_folder(const char *from, char ret_folder[static 64])
{
    cuts_make_folder(ret_folder);
    DIR *dir = opendir(from);
    CHECK(dir != NULL);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        char source[512];
        char target[512];
        snprintf(source, sizeof source, "%s/%s", from, entry->d_name);
        snprintf(target, sizeof target, "%s/%s", ret_folder, entry->d_name);
        if (entry->d_type == DT_REG)
            CHECK(file_copy(source, target, 0600));
    }
    closedir(dir);
}
