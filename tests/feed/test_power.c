// Power goes after every step of a publication, with everything that a disk may then hold: the feed
// is one whole publication, old or new; the new one once it was said to stand; and the next
// publication goes on from there.
#include "tests/faults/cuts.h"
#include "tests/support/feed_hub.h"

#include <errno.h>

static char data[64];

static int set_up(void **state)
{
    (void)state;
    struct published published;
    cuts_make_folder(data);
    feed_hub_init(data);
    assert_true(feed_hub_publish(data, &published));
    feed_hub_change(data, 1);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    disk_unwatch();
    cuts_remove_folder(data);
    return 0;
}

struct promise {
    uint64_t returned; // the step at which the publication was said to stand
    unsigned found_old;
    unsigned found_new;
};

static bool look(void *context, const char *where, uint64_t step,
                 char ret_why[static DISK_TEXT_BYTES])
{
    static struct manifest manifest;
    struct promise *promise = context;
    struct published published;
    const char *broken = feed_broken(where, &manifest);
    if (broken == NULL &&
        (manifest.serial > 2 || (step >= promise->returned && manifest.serial < 2)))
        broken = "another serial";
    if (broken == NULL) {
        promise->found_old += manifest.serial == 1;
        promise->found_new += manifest.serial == 2;
        if (!feed_hub_publish(where, &published) || published.serial != 2)
            broken = "the next publication goes wrong";
        else if ((broken = feed_broken(where, &manifest)) == NULL && manifest.delta_count != 1)
            broken = "the next publication has lost the delta";
    }
    if (broken != NULL)
        snprintf(ret_why, DISK_TEXT_BYTES, "%s", broken);
    return broken == NULL;
}

static struct cuts publish_and_cut(bool lying)
{
    struct published published;
    disk_watch(data);
    disk_set_lying(lying);
    struct store *store = store_open(data, false);
    assert_true(publish(data, store, FEED_HUB_NOW, &published));
    struct promise promise = {.returned = disk_steps()};
    store_close(store);
    struct cuts cuts = {
        .look = look, .context = &promise, .marks = &promise.returned, .mark_count = 1};
    cuts_try(&cuts, 0, disk_steps());
    print_message("%u boundaries, %u disks, %u different: %u with the old publication, %u with the "
                  "new; %u bad\n",
                  cuts.boundaries, cuts.disks, cuts.looks, promise.found_old, promise.found_new,
                  cuts.bad);
    assert_true(promise.found_old > 0 && promise.found_new > 0);
    assert_true(cuts.boundaries > 20);
    return cuts;
}

static void power_cuts_leave_a_whole_feed(void **state)
{
    (void)state;
    char why[DISK_TEXT_BYTES];
    struct cuts cuts = publish_and_cut(false);
    if (cuts.bad > 0)
        fail_msg("%s", cuts.first_bad);
    if (!disk_matches(why))
        fail_msg("%s", why);
}

static void a_lost_fsync_would_be_noticed(void **state)
{
    (void)state;
    struct cuts cuts = publish_and_cut(true);
    assert_true(cuts.bad > 0);
    print_message("%s\n", cuts.first_bad);
}

// Each call fails once: the old feed stays or the new one stands, and the next one goes on.
static void a_failing_call_leaves_a_whole_feed(void **state)
{
    (void)state;
    static struct manifest manifest;
    unsigned failed = 0;
    unsigned hits = 1;
    unsigned version = 1;
    uint64_t last = 1;
    disk_watch(data);
    for (unsigned nth = 1; hits > 0; nth++) {
        struct published published;
        struct disk_fault fault = {.calls = DISK_ANY_CALL, .nth = nth, .error = EIO};
        disk_fail(&fault);
        failed += !feed_hub_publish(data, &published);
        hits = disk_hits();
        disk_fail(NULL);
        feed_check(data, &manifest);
        assert_true(manifest.serial >= last);
        assert_true(feed_hub_publish(data, &published));
        feed_check(data, &manifest);
        last = manifest.serial;
        disk_forget_steps();
        feed_hub_change(data, ++version);
    }
    print_message("%u publications with one failing call, %u failed\n", version - 2, failed);
    assert_true(failed > 20);
}

#define DISK(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DISK(power_cuts_leave_a_whole_feed),
        DISK(a_lost_fsync_would_be_noticed),
        DISK(a_failing_call_leaves_a_whole_feed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
