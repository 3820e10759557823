#include "certificate/tries.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { NOW = 5000000, MINUTE = 60 * 1000 };

static void five_in_ten_minutes(void **state)
{
    (void)state;
    struct tries tries = {0};
    for (int i = 0; i < TRIES_MAX; i++) {
        assert_true(tries_allowed_ms(&tries) <= NOW + i * MINUTE);
        tries_add(&tries, NOW + i * MINUTE);
    }
    assert_int_equal(tries_allowed_ms(&tries), NOW + TRIES_WINDOW_MS);
    tries_add(&tries, NOW + TRIES_WINDOW_MS); // the next one is free a minute after the second was
    assert_int_equal(tries_allowed_ms(&tries), NOW + TRIES_WINDOW_MS + MINUTE);
}

static void a_restart_frees_none(void **state)
{
    (void)state;
    struct tries tries = {0};
    for (int i = 0; i < TRIES_MAX; i++)
        tries_add(&tries, NOW + i * MINUTE);
    int64_t now_ms = NOW + 4 * MINUTE;
    struct tries_left left = tries_pack(&tries, now_ms);
    struct tries again = tries_unpack(&left, 17);
    assert_int_equal(tries_allowed_ms(&again) - 17, tries_allowed_ms(&tries) - now_ms);
}

static void a_bent_file_locks_for_a_window_at_most(void **state)
{
    (void)state;
    struct tries_left left = {{INT32_MAX, INT32_MIN, -1, TRIES_WINDOW_MS + 1, INT32_MAX}};
    struct tries tries = tries_unpack(&left, NOW);
    assert_int_equal(tries_allowed_ms(&tries), NOW);
    for (int i = 0; i < TRIES_MAX; i++)
        assert_in_range(tries.until_ms[i], NOW, NOW + TRIES_WINDOW_MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(five_in_ten_minutes),
        cmocka_unit_test(a_restart_frees_none),
        cmocka_unit_test(a_bent_file_locks_for_a_window_at_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
