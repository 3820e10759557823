// Power goes after every step of a sync, with everything that a disk may then hold: a reader finds
// the old or the new catalogue whole, and the next sync brings the new one.
#include "tests/faults/cuts.h"
#include "tests/faults/scene.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { PROGRAMS = 60 };

static struct scene scene;
static char folder[64];

static int set_up(void **state)
{
    (void)state;
    scene_init(&scene, PROGRAMS);
    cuts_make_folder(folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    disk_unwatch();
    cuts_remove_folder(folder);
    scene_finish(&scene);
    return 0;
}

struct promise {
    uint64_t before;       // the serial that stands before the sync; 0 none
    uint64_t returned;     // the step at which the sync had said that the new one stands
    unsigned found_before; // looks that found it
    unsigned found_new;
};

static bool look(void *context, const char *where, uint64_t step,
                 char ret_why[static DISK_TEXT_BYTES])
{
    struct promise *promise = context;
    uint64_t serial;
    if (!scene_is_whole(&scene, where, step < promise->returned ? promise->before : SCENE_NEW,
                        &serial, ret_why))
        return false;
    promise->found_new += serial == SCENE_NEW;
    promise->found_before += serial == promise->before;
    return scene_recovers(&scene, where, ret_why);
}

static struct cuts sync_and_cut(const char *what, uint64_t before, uint32_t deltas, bool lying)
{
    disk_watch(folder);
    disk_set_lying(lying);
    struct sync_report report = scene_sync(&scene, folder);
    if (report.outcome.result != FEED_FINE)
        fail_msg("%s", report.outcome.reason);
    assert_true(report.updated);
    assert_int_equal(report.deltas, deltas);
    struct promise promise = {.before = before, .returned = disk_steps()};
    struct cuts cuts = {
        .look = look, .context = &promise, .marks = &promise.returned, .mark_count = 1};
    cuts_try(&cuts, 0, promise.returned);
    print_message("%s: %u boundaries, %u disks, %u different: %u with the old state, %u with the "
                  "new; %u bad\n",
                  what, cuts.boundaries, cuts.disks, cuts.looks, promise.found_before,
                  promise.found_new, cuts.bad);
    assert_true(promise.found_before > 0 && promise.found_new > 0);
    assert_true(cuts.boundaries > 20);
    return cuts;
}

static void cut_a_sync(const char *what, uint64_t before, uint32_t deltas)
{
    char why[DISK_TEXT_BYTES];
    struct cuts cuts = sync_and_cut(what, before, deltas, false);
    if (cuts.bad > 0)
        fail_msg("%s", cuts.first_bad);
    if (!disk_matches(why))
        fail_msg("%s", why);
}

static void test_power_cuts_during_the_first_sync(void **state)
{
    (void)state;
    scene_publish_new(&scene, false);
    cut_a_sync("first sync", 0, 0);
}

static void test_power_cuts_while_a_snapshot_is_applied(void **state)
{
    (void)state;
    scene_publish_old(&scene);
    assert_int_equal(scene_sync(&scene, folder).outcome.result, FEED_FINE);
    scene_publish_new(&scene, false);
    cut_a_sync("snapshot", SCENE_OLD, 0);
}

static void test_power_cuts_while_a_delta_is_applied(void **state)
{
    (void)state;
    scene_publish_old(&scene);
    assert_int_equal(scene_sync(&scene, folder).outcome.result, FEED_FINE);
    scene_publish_new(&scene, true);
    cut_a_sync("delta", SCENE_OLD, 1);
}

// What the first cut left is where the second sync begins: half a catalogue, a whole part.
static void test_power_cuts_while_a_sync_mends_a_power_cut(void **state)
{
    (void)state;
    char crashed[64];
    scene_publish_old(&scene);
    assert_int_equal(scene_sync(&scene, folder).outcome.result, FEED_FINE);
    scene_publish_new(&scene, false);
    disk_watch(folder);
    assert_int_equal(scene_sync(&scene, folder).outcome.result, FEED_FINE);
    uint64_t renamed = disk_steps();
    while (strstr(disk_step_text(renamed), "name catalog-6.db") == NULL)
        renamed--;
    cuts_make_folder(crashed);
    disk_crash(renamed - 2, DISK_LOSS_SOME, 2, crashed);
    cuts_remove_folder(folder);
    snprintf(folder, sizeof folder, "%s", crashed);
    cut_a_sync("second cut", SCENE_OLD, 0);
}

static void test_a_lost_fsync_would_be_noticed(void **state)
{
    (void)state;
    scene_publish_old(&scene);
    assert_int_equal(scene_sync(&scene, folder).outcome.result, FEED_FINE);
    scene_publish_new(&scene, true);
    struct cuts cuts = sync_and_cut("lying disk", SCENE_OLD, 1, true);
    assert_true(cuts.bad > 0);
    print_message("%s\n", cuts.first_bad);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_power_cuts_during_the_first_sync),
        TEST(test_power_cuts_while_a_snapshot_is_applied),
        TEST(test_power_cuts_while_a_delta_is_applied),
        TEST(test_power_cuts_while_a_sync_mends_a_power_cut),
        TEST(test_a_lost_fsync_would_be_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
