// Each call to the disk that a sync makes fails once, then for ever: nothing crashes, hangs or
// leaks, a reader finds the old or the new catalogue whole, also when the power goes right after,
// and the next sync on a disk that works brings the new one.
#include "tests/faults/cuts.h"
#include "tests/faults/scene.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { PROGRAMS = 30, HANG_LIMIT_S = 60 };

static struct scene scene;
static char before[64]; // the data directory as the sync finds it
static char work[64];

static int set_up(void **state)
{
    (void)state;
    scene_init(&scene, PROGRAMS);
    cuts_make_folder(before);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    disk_unwatch();
    cuts_remove_folder(before);
    cuts_remove_folder(work);
    scene_finish(&scene);
    return 0;
}

// Of the folders here; the navigator's thread has sockets that come and go.
static unsigned open_files(void)
{
    unsigned count = 0;
    char path[PATH_MAX];
    DIR *dir = opendir("/proc/self/fd");
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        ssize_t length = readlinkat(dirfd(dir), entry->d_name, path, sizeof path);
        count += length > 0 && strncmp(path, "/tmp/navigator-faults-", 22) == 0;
    }
    closedir(dir);
    return count;
}

struct tally {
    unsigned fine; // syncs that ended well all the same
    unsigned disk; // that said it was the disk
    unsigned other;
    unsigned hits;
    char other_reason[FEED_REASON_BYTES];
};

static void judge(struct tally *tally, const struct sync_report *report, uint64_t standing,
                  const char *what, unsigned nth)
{
    uint64_t serial = 0;
    char why[DISK_TEXT_BYTES] = "";
    bool fine = report->outcome.result == FEED_FINE || report->outcome.result == FEED_UNCHANGED;
    tally->fine += fine;
    tally->disk += report->outcome.result == FEED_DISK;
    if (!fine && report->outcome.result != FEED_DISK && tally->other++ == 0)
        snprintf(tally->other_reason, sizeof tally->other_reason, "call %u: result %d, %.200s", nth,
                 (int)report->outcome.result, report->outcome.reason);
    if (!fine && report->outcome.reason[0] == '\0')
        fail_msg("%s, call %u: failed without a reason", what, nth);
    if (!scene_is_whole(&scene, work, report->updated ? SCENE_NEW : standing, &serial, why))
        fail_msg("%s, call %u: %s", what, nth, why);
}

static void cut_and_recover(uint64_t standing, const char *what, unsigned nth)
{
    uint64_t serial = 0;
    char target[64];
    char why[DISK_TEXT_BYTES] = "";
    cuts_make_folder(target);
    disk_crash(disk_steps(), nth % 2 == 0 ? DISK_LOSS_ALL : DISK_LOSS_SOME, nth, target);
    if (!scene_is_whole(&scene, target, standing, &serial, why) ||
        !scene_recovers(&scene, target, why))
        fail_msg("%s, call %u fails, power goes: %s", what, nth, why);
    cuts_remove_folder(target);
    if (!scene_recovers(&scene, work, why))
        fail_msg("%s, call %u: %s", what, nth, why);
}

// The sync with this fault; false when there was no such call any more.
static bool fail_once(const struct disk_fault *fault, uint64_t standing, const char *what,
                      struct tally *tally)
{
    cuts_remove_folder(work);
    scene_copy_folder(before, work);
    disk_watch(work);
    disk_fail(fault);
    alarm(HANG_LIMIT_S);
    struct sync_report report = scene_sync(&scene, work);
    alarm(0);
    unsigned hits = disk_hits();
    disk_fail(NULL);
    tally->hits += hits;
    judge(tally, &report, standing, what, fault->nth);
    cut_and_recover(standing, what, fault->nth);
    assert_int_equal(open_files(), 0);
    return hits > 0;
}

static void fail_each(const char *sync, uint64_t standing, int error, bool for_ever)
{
    char what[64];
    struct tally tally = {0};
    struct disk_fault fault = {
        .calls = DISK_ANY_CALL, .nth = 1, .error = error, .for_ever = for_ever};
    snprintf(what, sizeof what, "%s, %s %s", sync, strerrorname_np(error),
             for_ever ? "for ever" : "once");
    while (fail_once(&fault, standing, what, &tally))
        fault.nth++;
    print_message("%s: %u calls failed first, %u in all; %u syncs fine, %u told of the disk, %u of "
                  "something else%s%s\n",
                  what, fault.nth - 1, tally.hits, tally.fine, tally.disk, tally.other,
                  tally.other > 0 ? ": " : "", tally.other_reason);
    assert_true(fault.nth > 60);
    assert_true(tally.disk > 0 && tally.fine > 0);
}

static void fail_all(const char *sync, uint64_t standing)
{
    fail_each(sync, standing, EIO, false);
    fail_each(sync, standing, EIO, true);
    fail_each(sync, standing, ENOSPC, false);
}

static void test_each_call_of_a_first_sync_fails(void **state)
{
    (void)state;
    scene_publish_new(&scene, false);
    fail_all("first sync", 0);
}

static void test_each_call_of_a_snapshot_fails(void **state)
{
    (void)state;
    scene_publish_old(&scene);
    assert_int_equal(scene_sync(&scene, before).outcome.result, FEED_FINE);
    scene_publish_new(&scene, false);
    fail_all("snapshot", SCENE_OLD);
}

static void test_each_call_of_a_delta_fails(void **state)
{
    (void)state;
    scene_publish_old(&scene);
    assert_int_equal(scene_sync(&scene, before).outcome.result, FEED_FINE);
    scene_publish_new(&scene, true);
    fail_all("delta", SCENE_OLD);
}

static void test_the_disk_fills_up_anywhere(void **state)
{
    (void)state;
    unsigned cut_short = 0;
    scene_publish_old(&scene);
    assert_int_equal(scene_sync(&scene, before).outcome.result, FEED_FINE);
    scene_publish_new(&scene, true);
    for (int64_t room = 0; room < 400000; room += 4000) {
        struct tally tally = {0};
        cuts_remove_folder(work);
        scene_copy_folder(before, work);
        disk_watch(work);
        disk_set_room(room);
        struct sync_report report = scene_sync(&scene, work);
        cut_short += disk_hits() > 0;
        disk_set_room(-1);
        judge(&tally, &report, SCENE_OLD, "full disk", (unsigned)room);
        cut_and_recover(SCENE_OLD, "full disk", (unsigned)room);
    }
    print_message("%u of 100 disks were too small\n", cut_short);
    assert_true(cut_short > 20 && cut_short < 100);
}

static void test_a_read_only_disk(void **state)
{
    (void)state;
    struct tally tally = {0};
    scene_publish_old(&scene);
    assert_int_equal(scene_sync(&scene, before).outcome.result, FEED_FINE);
    scene_publish_new(&scene, true);
    scene_copy_folder(before, work);
    disk_watch(work);
    disk_set_read_only(true);
    struct sync_report report = scene_sync(&scene, work);
    assert_true(disk_hits() > 0);
    disk_set_read_only(false);
    judge(&tally, &report, SCENE_OLD, "read-only disk", 0);
    assert_int_equal(tally.disk, 1);
    assert_false(report.updated);
    cut_and_recover(SCENE_OLD, "read-only disk", 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_each_call_of_a_first_sync_fails),
        TEST(test_each_call_of_a_snapshot_fails),
        TEST(test_each_call_of_a_delta_fails),
        TEST(test_the_disk_fills_up_anywhere),
        TEST(test_a_read_only_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
