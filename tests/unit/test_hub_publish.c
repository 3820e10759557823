// The feed over many publications: whole each time, small steps for those who follow, bounded on
// the disk, never believing what the hub itself didn't sign.
#include "base/text.h"
#include "hub/feed_folder.h"
#include "hub/offer.h"
#include "tests/support/feed_hub.h"
#include "tests/support/hub_room.h"

#include <dirent.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { NOW = FEED_HUB_NOW, PROGRAMS = FEED_HUB_PROGRAMS, PUBLICATIONS = 140 };

static struct hub_room room;
static struct manifest manifest;

static void put_program(unsigned number, unsigned version)
{
    feed_hub_put(room.hub.store, number, version);
}

static int set_up(void **state)
{
    (void)state;
    hub_room_init(&room);
    feed_hub_init(room.data);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    hub_room_finish(&room);
    return 0;
}

static struct published publish_checked(void)
{
    struct published published;
    assert_true(publish(room.data, room.hub.store, NOW, &published));
    feed_check(room.data, &manifest);
    assert_int_equal(manifest.serial, published.serial);
    assert_int_equal(manifest.delta_count, published.delta_count);
    return published;
}

static struct published publish_change(unsigned number, unsigned version)
{
    put_program(number, version);
    struct published published = publish_checked();
    assert_true(published.changed);
    return published;
}

static unsigned count_files(const char *prefix)
{
    unsigned count = 0;
    char path[FOLDER_PATH_BYTES];
    assert_true(folder_path(room.data, FOLDER_FEED, path));
    DIR *dir = opendir(path);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        count += strncmp(entry->d_name, prefix, strlen(prefix)) == 0;
    closedir(dir);
    return count;
}

static bool has_file(const char *name)
{
    char path[FOLDER_PATH_BYTES];
    feed_path(room.data, name, path);
    return access(path, F_OK) == 0;
}

static void damage(const char *name, long place)
{
    char path[FOLDER_PATH_BYTES];
    size_t length;
    char *bytes = feed_text(room.data, name, &length);
    bytes[place < 0 ? (long)length / 2 : place] ^= 1;
    feed_path(room.data, name, path);
    assert_true(file_write_atomic(path, bytes, length, 0644));
    free(bytes);
}

static bool lists(uint64_t from, uint64_t to)
{
    for (uint32_t i = 0; i < manifest.delta_count; i++)
        if (manifest.deltas[i].from_serial == from && manifest.deltas[i].to_serial == to)
            return true;
    return false;
}

// What the newest of a hundred and forty publications offers to one who saw the n-th, for each n.
static void sleepers_follow_few_files(void **state)
{
    (void)state;
    static struct feed_records seen[PUBLICATIONS + 1];
    for (unsigned n = 1; n <= PUBLICATIONS; n++) {
        struct published published = publish_change(n % PROGRAMS, n);
        assert_int_equal(published.serial, n);
        assert_int_equal(published.step_lines, n > 1);
        assert_int_equal(lists(n - 1, n), n > 1);
        assert_int_equal(lists(n == 8 ? 1 : n - 8, n), n % 8 == 0);
        assert_true(count_files("snapshot-") <= OFFER_KEPT + 1);
        assert_true(count_files("delta-") <= MANIFEST_DELTAS_MAX + 2 * OFFER_KEPT);
        assert_true(count_files("manifest-") <= OFFER_KEPT + 1);
        assert_true(manifest.delta_count <= OFFER_STEPS_MAX + OFFER_STRIDES_MAX);
        feed_read_snapshot(room.data, &manifest, &seen[n]);
    }
    assert_int_equal(manifest.delta_count, OFFER_STEPS_MAX + OFFER_STRIDES_MAX);
    int longest = 0;
    for (unsigned n = 1; n < PUBLICATIONS; n++) {
        int followed = feed_follow(room.data, &manifest, n, &seen[n]);
        assert_int_equal(followed >= 0, n >= 136 - 8 * OFFER_STRIDES_MAX);
        longest = followed > longest ? followed : longest;
    }
    assert_int_equal(longest, OFFER_STRIDES_MAX + 4); // fifteen strides to 136, four steps to 140
    for (unsigned n = 1; n <= PUBLICATIONS; n++)
        feed_records_finish(&seen[n]);
}

static void the_same_records_keep_serial_and_deltas(void **state)
{
    (void)state;
    publish_checked();
    publish_change(1, 1);
    struct manifest before = manifest;
    struct published published = publish_checked();
    assert_false(published.changed);
    assert_int_equal(published.step_bytes, 0);
    assert_int_equal(manifest.serial, 2);
    assert_memory_equal(&before.snapshot, &manifest.snapshot, sizeof before.snapshot);
    assert_memory_equal(&before.deltas, &manifest.deltas, sizeof before.deltas);
    assert_true(lists(1, 2));
}

// Web servers make an ETag of time and size: two publications in a second must differ.
static void the_manifests_time_always_grows(void **state)
{
    (void)state;
    time_t last[2] = {0};
    unsigned pushed = 0;
    for (unsigned n = 0; n < 5; n++) {
        static const char *const names[] = {"manifest.json", "manifest.json.minisig"};
        publish_checked();
        for (size_t i = 0; i < 2; i++) {
            char path[FOLDER_PATH_BYTES];
            struct stat info;
            feed_path(room.data, names[i], path);
            assert_int_equal(stat(path, &info), 0);
            assert_true(info.st_mtime > last[i]);
            last[i] = info.st_mtime;
            pushed += info.st_mtime > time(NULL);
        }
    }
    assert_true(pushed > 0);
}

static void files_stay_for_downloads_under_way(void **state)
{
    (void)state;
    publish_change(1, 1);
    char second[MANIFEST_PATH_BYTES];
    snprintf(second, sizeof second, "%s", manifest.snapshot.path);
    for (unsigned n = 2; n < 2 + OFFER_KEPT; n++) {
        publish_change(n, 1);
        publish_checked(); // an unchanged one is no publication more
        assert_true(has_file(second));
    }
    publish_change(9, 1);
    assert_false(has_file(second));
}

// Links keep inode and time, so that a cache's copy stays valid.
static void what_stays_is_the_very_same_file(void **state)
{
    (void)state;
    struct stat before;
    struct stat after;
    char path[FOLDER_PATH_BYTES];
    publish_checked();
    feed_path(room.data, manifest.snapshot.path, path);
    assert_int_equal(stat(path, &before), 0);
    publish_checked();
    publish_change(1, 1);
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
}

static void a_large_delta_is_not_offered(void **state)
{
    (void)state;
    publish_checked();
    assert_true(store_begin(room.hub.store));
    for (unsigned i = 0; i < PROGRAMS / 2 + 5; i++)
        put_program(i, 1);
    assert_true(store_commit(room.hub.store));
    struct published published = publish_checked();
    assert_int_equal(published.serial, 2);
    assert_int_equal(published.step_bytes, 0);
    assert_int_equal(manifest.delta_count, 0);
    assert_int_equal(count_files("delta-"), 0);
    publish_change(1, 2);
    assert_true(lists(2, 3));
}

static void damaged_files_are_mended_or_left_out(void **state)
{
    (void)state;
    publish_checked();
    publish_change(1, 1);
    publish_change(2, 1);
    assert_true(lists(1, 2) && lists(2, 3));
    damage(manifest.deltas[0].path, -1);
    damage(manifest.snapshot.path, -1);
    publish_checked(); // checks all that is listed
    assert_true(lists(1, 2) && !lists(2, 3));
    damage(manifest.snapshot.path, -1); // nothing to make a delta of
    struct published published = publish_change(3, 1);
    assert_int_equal(published.step_bytes, 0);
    assert_false(lists(3, 4));
    assert_true(lists(1, 2));
}

static void a_forged_feed_is_not_continued(void **state)
{
    (void)state;
    publish_checked();
    publish_change(1, 1);
    size_t length;
    char path[FOLDER_PATH_BYTES];
    char *json = feed_text(room.data, "manifest.json", &length);
    char *digit = strstr(json, "\"delta-") + strlen("\"delta-");
    *digit = *digit == '0' ? '1' : '0';
    feed_path(room.data, "manifest.json", path);
    assert_true(file_write_atomic(path, json, length, 0644));
    free(json);
    struct published published = publish_checked();
    assert_true(published.changed);
    assert_int_equal(published.serial, 4);
    assert_int_equal(manifest.delta_count, 0);
    publish_change(2, 1);
    assert_true(lists(4, 5));
    damage("manifest.json.minisig", 60);
    assert_int_equal(publish_checked().serial, 7);
    assert_int_equal(manifest.delta_count, 0);
}

static void run_in_room(const char *format)
{
    char command[256];
    snprintf(command, sizeof command, "cd '%s' && %s", room.data, format);
    assert_int_equal(system(command), 0);
}

static void the_serial_outlives_folder_and_database(void **state)
{
    (void)state;
    publish_checked();
    publish_change(1, 1);
    publish_change(2, 1);
    run_in_room("rm -r feed");
    assert_int_equal(publish_checked().serial, 5);
    assert_true(store_set_setting(room.hub.store, "serial", ""));
    assert_int_equal(publish_change(3, 1).serial, 6);
    assert_true(lists(5, 6));
    run_in_room("rm feed/v1/manifest.json");
    assert_true(store_set_setting(room.hub.store, "serial", ""));
    assert_int_equal(publish_checked().serial, 8); // its copy still tells
}

// What terminals saw meanwhile is unknown to such a folder.
static void a_folder_from_a_backup_is_not_continued(void **state)
{
    (void)state;
    publish_checked();
    publish_change(1, 1);
    run_in_room("cp -a feed backup");
    publish_change(1, 2);
    publish_change(1, 3);
    run_in_room("rm -r feed && mv backup feed");
    assert_int_equal(publish_checked().serial, 6);
    assert_int_equal(manifest.delta_count, 0);
    run_in_room("cp -a feed backup");
    publish_change(1, 4);
    publish_change(1, 3); // the very records of the backup
    run_in_room("rm -r feed && mv backup feed");
    struct published published = publish_checked();
    assert_true(published.changed);
    assert_int_equal(published.serial, 10);
}

// Killed between folder and database: the folder is one ahead.
static void a_database_that_lags_is_caught_up(void **state)
{
    (void)state;
    char serial[STORE_SETTING_BYTES];
    publish_checked();
    publish_change(1, 1);
    assert_true(store_set_setting(room.hub.store, "serial", "1"));
    assert_int_equal(publish_checked().serial, 2);
    assert_true(store_setting(room.hub.store, "serial", serial));
    assert_string_equal(serial, "2");
    assert_true(store_set_setting(room.hub.store, "serial", "1"));
    assert_int_equal(publish_change(2, 1).serial, 3);
    assert_true(lists(1, 2) && lists(2, 3));
}

// A stride over a step that isn't offered would be as large; it begins behind it.
static void a_stride_begins_behind_what_is_missing(void **state)
{
    (void)state;
    static struct feed_records seen[9];
    for (unsigned n = 1; n <= 8; n++) {
        assert_true(store_begin(room.hub.store));
        for (unsigned i = 0; i < PROGRAMS && n == 4; i++)
            put_program(i, 100);
        assert_true(store_commit(room.hub.store));
        publish_change(n, n);
        feed_read_snapshot(room.data, &manifest, &seen[n]);
    }
    assert_false(lists(3, 4));
    assert_true(lists(4, 8));
    for (unsigned n = 1; n <= 8; n++) {
        assert_int_equal(feed_follow(room.data, &manifest, n, &seen[n]), n < 4 ? -1 : n < 8);
        feed_records_finish(&seen[n]);
    }
}

// ---- a small change in a large export

static char csv_memory[64 * 1024];

static const char *export_of(unsigned from, unsigned to, unsigned changed_from, unsigned changed_to)
{
    struct text csv;
    text_init(&csv, csv_memory, sizeof csv_memory);
    text_add(&csv, "program_id,title,organization,municipality,address,schedule,places_free\n");
    for (unsigned i = from; i < to; i++)
        text_addf(&csv, "%u,Кружок %u%s,ДДТ %u,Район,\"ул. Мира, %u\",вт 16:00-17:00,%u\n", i, i,
                  i >= changed_from && i < changed_to ? " новый" : "", i % 7, i % 11, i % 5);
    assert_false(csv.cut);
    return csv_memory;
}

static void a_small_change_is_a_small_delta(void **state)
{
    (void)state;
    char path[FOLDER_PATH_BYTES];
    struct feed_records records;
    hub_room_import(&room, "a.csv", export_of(0, 300, 0, 0), NOW);
    publish_checked();
    feed_read_snapshot(room.data, &manifest, &records);
    // 6 of 300 get another title, 2 more are gone with their groups, 1 is new with its group
    hub_room_import(&room, "a.csv", export_of(2, 301, 50, 56), NOW + 3600);
    struct published published = publish_checked();
    assert_int_equal(published.step_lines, 6 + 2 * 2 + 2);
    records.puts = 0;
    feed_path(room.data, manifest.deltas[0].path, path);
    feed_apply(&records, path);
    assert_int_equal(records.puts, 6 + 2);
    assert_int_equal(records.drops, 2 * 2);
    assert_true(feed_content_hash(&records) == manifest.content_hash);
    feed_records_finish(&records);
    // The same export, an hour and a week later: counted places are news only the second time.
    hub_room_import(&room, "a.csv", export_of(2, 301, 50, 56), NOW + 7200);
    assert_false(publish_checked().changed);
    hub_room_import(&room, "a.csv", export_of(2, 301, 50, 56), NOW + 7 * 24 * 3600);
    assert_true(publish_checked().changed);
}

// ---- keys

static bool rename_key(const char *from, const char *to)
{
    char old_path[FOLDER_PATH_BYTES];
    char new_path[FOLDER_PATH_BYTES];
    return folder_path(room.data, from, old_path) && folder_path(room.data, to, new_path) &&
           rename(old_path, new_path) == 0;
}

static void a_new_key_continues_the_feed(void **state)
{
    (void)state;
    publish_checked();
    publish_change(1, 1);
    assert_false(key_rotate(room.data));
    assert_true(key_make_next(room.data));
    assert_true(key_make_next(room.data));
    assert_true(key_rotate(room.data));
    assert_false(key_rotate(room.data));
    publish_change(2, 1); // verified by the new keys/feed.pub
    assert_int_equal(manifest.serial, 3);
    assert_true(lists(1, 2) && lists(2, 3));
    publish_change(3, 1);
    assert_true(lists(3, 4));
}

static void a_rotation_that_was_cut_is_finished(void **state)
{
    (void)state;
    struct published published;
    publish_checked();
    assert_true(key_make_next(room.data));
    assert_true(rename_key(FOLDER_NEXT_SECRET_KEY, FOLDER_SECRET_KEY)); // and the power goes
    assert_true(publish(room.data, room.hub.store, NOW, &published));
    put_program(1, 1);
    assert_true(publish(room.data, room.hub.store, NOW, &published));
    assert_int_equal(published.delta_count, 1);
    assert_true(key_rotate(room.data));
    publish_change(2, 1);
    assert_true(lists(1, 2) && lists(2, 3));
}

static void without_a_key_nothing_changes(void **state)
{
    (void)state;
    struct published published;
    publish_checked();
    assert_true(rename_key(FOLDER_SECRET_KEY, "keys/gone"));
    put_program(1, 1);
    assert_false(publish(room.data, room.hub.store, NOW, &published));
    assert_true(rename_key("keys/gone", FOLDER_SECRET_KEY));
    feed_check(room.data, &manifest);
    assert_int_equal(manifest.serial, 1);
    char path[FOLDER_PATH_BYTES];
    assert_true(folder_path(room.data, FEED_FOLDER_NEW, path));
    assert_int_not_equal(access(path, F_OK), 0);
}

#define ROOM(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROOM(sleepers_follow_few_files),
        ROOM(the_same_records_keep_serial_and_deltas),
        ROOM(the_manifests_time_always_grows),
        ROOM(files_stay_for_downloads_under_way),
        ROOM(what_stays_is_the_very_same_file),
        ROOM(a_large_delta_is_not_offered),
        ROOM(damaged_files_are_mended_or_left_out),
        ROOM(a_forged_feed_is_not_continued),
        ROOM(the_serial_outlives_folder_and_database),
        ROOM(a_folder_from_a_backup_is_not_continued),
        ROOM(a_database_that_lags_is_caught_up),
        ROOM(a_stride_begins_behind_what_is_missing),
        ROOM(a_small_change_is_a_small_delta),
        ROOM(a_new_key_continues_the_feed),
        ROOM(a_rotation_that_was_cut_is_finished),
        ROOM(without_a_key_nothing_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
