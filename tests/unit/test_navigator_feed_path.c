// The way through the deltas: the cheapest one, found as trying all of them finds it.
#include "base/hash.h"
#include "navigator/feed_path.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { WHOLE = 1000 };

static struct manifest manifest;
static int64_t have[MANIFEST_DELTAS_MAX];

static void list(uint64_t serial)
{
    memset(&manifest, 0, sizeof manifest);
    memset(have, 0, sizeof have);
    manifest.serial = serial;
    manifest.snapshot.size_bytes = WHOLE;
}

static void delta(uint64_t from, uint64_t to, int64_t size_bytes, int64_t have_bytes)
{
    have[manifest.delta_count] = have_bytes;
    manifest.deltas[manifest.delta_count++] =
        (struct manifest_file){.from_serial = from, .to_serial = to, .size_bytes = size_bytes};
}

static void assert_path(uint64_t base, const char *steps, int64_t bytes)
{
    struct feed_path path = feed_path_find(&manifest, base, have, WHOLE);
    char found[MANIFEST_DELTAS_MAX * 8] = "";
    for (uint32_t i = 0; i < path.count; i++)
        snprintf(found + strlen(found), sizeof found - strlen(found), "%d-%d ",
                 (int)path.files[i]->from_serial, (int)path.files[i]->to_serial);
    assert_string_equal(found, steps);
    assert_int_equal(path.bytes, bytes);
}

static void test_no_way_is_no_path(void **state)
{
    (void)state;
    list(7);
    assert_path(6, "", 0);
    delta(6, 7, 10, 0);
    assert_path(6, "6-7 ", 10);
    assert_path(5, "", 0);
    list(7);
    delta(4, 5, 10, 0); // leads up, but not there
    delta(5, 6, 10, 0);
    assert_path(4, "", 0);
}

static void test_a_delta_is_entered_inside_when_none_begins_here(void **state)
{
    (void)state;
    list(24);
    delta(16, 24, 300, 0);
    delta(8, 16, 200, 0);
    assert_path(11, "8-16 16-24 ", 500);
    assert_path(15, "8-16 16-24 ", 500);
    assert_path(16, "16-24 ", 300);
    assert_path(7, "", 0);
    delta(11, 12, 1, 0); // leads nowhere
    assert_path(11, "8-16 16-24 ", 500);
    delta(11, 24, 700, 0); // dearer, but sure
    assert_path(11, "11-24 ", 700);
    assert_path(12, "8-16 16-24 ", 500);
}

static void test_steps_and_jumps(void **state)
{
    (void)state;
    list(8);
    delta(7, 8, 100, 0);
    delta(6, 7, 100, 0);
    delta(5, 6, 100, 0);
    delta(4, 5, 100, 0);
    delta(4, 8, 350, 0);
    delta(6, 8, 250, 0);
    assert_path(7, "7-8 ", 100);
    assert_path(6, "6-7 7-8 ", 200);
    assert_path(5, "5-6 6-7 7-8 ", 300);
    assert_path(4, "4-8 ", 350);
}

static void test_what_is_here_already_costs_nothing(void **state)
{
    (void)state;
    list(3);
    delta(1, 3, 300, 250);
    delta(1, 2, 100, 0);
    delta(2, 3, 100, 0);
    assert_path(1, "1-3 ", 50);
    have[1] = 100;
    have[2] = 60;
    assert_path(1, "1-2 2-3 ", 40);
    have[1] = 101; // more than the file has: it begins anew
    assert_path(1, "1-3 ", 50);
}

static void test_the_snapshot_is_taken_when_deltas_save_nothing(void **state)
{
    (void)state;
    list(3);
    delta(1, 2, 500, 0);
    delta(2, 3, 499, 0);
    assert_path(1, "1-2 2-3 ", 999);
    manifest.deltas[1].size_bytes = 500;
    assert_path(1, "", 0);
    assert_int_equal(feed_path_find(&manifest, 2, have, 501).count, 1);
    assert_int_equal(feed_path_find(&manifest, 2, have, 500).count, 0);
}

// All ways, one after another.
static int64_t cheapest(uint64_t from)
{
    int64_t best = INT64_MAX;
    if (from == manifest.serial)
        return 0;
    for (uint32_t i = 0; i < manifest.delta_count; i++) {
        const struct manifest_file *file = &manifest.deltas[i];
        int64_t rest = file->from_serial == from ? cheapest(file->to_serial) : INT64_MAX;
        if (rest != INT64_MAX && rest + feed_path_missing(file, have[i]) < best)
            best = rest + feed_path_missing(file, have[i]);
    }
    return best;
}

static void test_as_good_as_trying_all(void **state)
{
    (void)state;
    uint32_t random = 2026;
    unsigned found = 0;
    for (int round = 0; round < 20000; round++) {
        list(9);
        random = hash_xorshift32(random);
        for (uint32_t count = random % (MANIFEST_DELTAS_MAX + 1); count > 0; count--) {
            random = hash_xorshift32(random);
            uint64_t from = 1 + random % 8;
            uint64_t to = from + 1 + (random >> 8) % (9 - from);
            delta(from, to, 1 + (random >> 16) % 400, (random >> 24) % 3 * 60);
        }
        struct feed_path path = feed_path_find(&manifest, 1, have, WHOLE);
        int64_t best = cheapest(1);
        if (best >= WHOLE) {
            assert_int_equal(path.count, 0);
            continue;
        }
        found++;
        assert_int_equal(path.bytes, best);
        uint64_t at = 1;
        for (uint32_t i = 0; i < path.count; i++) {
            assert_int_equal(path.files[i]->from_serial, at);
            at = path.files[i]->to_serial;
        }
        assert_int_equal(at, 9);
    }
    assert_in_range(found, 5000, 19999);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_way_is_no_path),
        cmocka_unit_test(test_a_delta_is_entered_inside_when_none_begins_here),
        cmocka_unit_test(test_steps_and_jumps),
        cmocka_unit_test(test_what_is_here_already_costs_nothing),
        cmocka_unit_test(test_the_snapshot_is_taken_when_deltas_save_nothing),
        cmocka_unit_test(test_as_good_as_trying_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
