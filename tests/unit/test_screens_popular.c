#include "screens/popular.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct popular popular;

static void visit_with(const char *text)
{
    static struct visit visit;
    memset(&visit, 0, sizeof visit);
    popular_count(&popular, &visit, text);
    popular_count(&popular, &visit, text); // once a visit
}

static bool holds(const char *text)
{
    return memmem(&popular, sizeof popular, text, strlen(text)) != NULL;
}

static int setup(void **state)
{
    (void)state;
    memset(&popular, 0, sizeof popular);
    return 0;
}

static void test_third_visit_shows(void **state)
{
    (void)state;
    visit_with("театр кукол");
    visit_with("театр кукол");
    assert_int_equal(popular.shown_count, 0);
    assert_false(holds("театр"));
    visit_with("театр кукол");
    assert_int_equal(popular.shown_count, 1);
    assert_string_equal(popular.shown[0].text, "театр кукол");
}

static void test_most_visits_first(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++)
        visit_with("шахматы");
    for (int i = 0; i < 4; i++)
        visit_with("лепка");
    assert_string_equal(popular.shown[0].text, "лепка");
    assert_string_equal(popular.shown[1].text, "шахматы");
    visit_with("шахматы");
    visit_with("шахматы");
    assert_string_equal(popular.shown[0].text, "шахматы");
}

static void test_least_used_gives_way(void **state)
{
    (void)state;
    char text[32];
    visit_with("танцы");
    visit_with("танцы");
    for (int i = 0; i < 2 * POPULAR_WATCHED; i++) {
        snprintf(text, sizeof text, "слово %d", i);
        visit_with(text);
    }
    visit_with("танцы");
    assert_true(holds("танцы"));
    for (int word = 0; word < POPULAR_SHOWN; word++)
        for (int i = 0; i < 5; i++) {
            snprintf(text, sizeof text, "частое %c", 'a' + word);
            visit_with(text);
        }
    assert_int_equal(popular.shown_count, POPULAR_SHOWN);
    assert_false(holds("танцы"));
}

static void test_a_visit_counts_a_few(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        struct visit visit = {0};
        char text[32];
        for (int j = 0; j <= VISIT_COUNTED_MAX; j++) {
            snprintf(text, sizeof text, "много %c", 'a' + j);
            popular_count(&popular, &visit, text);
        }
    }
    assert_int_equal(popular.shown_count, POPULAR_SHOWN);
    assert_false(holds("много i"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_third_visit_shows, setup),
        cmocka_unit_test_setup(test_most_visits_first, setup),
        cmocka_unit_test_setup(test_least_used_gives_way, setup),
        cmocka_unit_test_setup(test_a_visit_counts_a_few, setup),
    };
    return cmocka_run_group_tests_name("popular", tests, NULL, NULL);
}
