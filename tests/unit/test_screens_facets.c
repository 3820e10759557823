#include "screens/facet_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { YEAR = 12 };
static struct words *words;
static struct visit *visit;
static struct scene scene;

static int load(void **state)
{
    (void)state;
    char error[WORDS_ERROR_BYTES];
    words = calloc(1, sizeof *words);
    visit = calloc(1, sizeof *visit);
    scene = (struct scene){.words = words, .visit = visit};
    return words_load(SOURCE_DIR "/assets/words/ru.json", words, error) ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    free(words);
    free(visit);
    return 0;
}

static void says(enum search_facet facet, const struct search_filters *filters,
                 const char *expected)
{
    char text[256];
    visit->search.choice.filters = *filters;
    assert_true(facet_label(&scene, facet, text, sizeof text));
    for (char *at = text; (at = strstr(at, "\u00a0")) != NULL;) {
        *at++ = ' ';
        memmove(at, at + 1, strlen(at));
    }
    assert_string_equal(text, expected);
}

static struct search_filters children(int first, int second)
{
    struct search_filters filters = search_filters_any();
    filters.age_months[filters.age_count++] = first;
    if (second > 0)
        filters.age_months[filters.age_count++] = second;
    return filters;
}

static struct search_filters range(int from, int to)
{
    struct search_filters filters = search_filters_any();
    filters.age_from_months = from;
    filters.age_to_months = to;
    return filters;
}

static void test_ages(void **state)
{
    (void)state;
    struct search_filters filters = children(7 * YEAR, 0);
    says(FACET_AGE, &filters, "7 лет");
    filters = children(4 * YEAR, 0);
    says(FACET_AGE, &filters, "4 года");
    filters = children(30, 0);
    says(FACET_AGE, &filters, "2,5 года");
    filters = children(7 * YEAR, 11 * YEAR);
    says(FACET_AGE, &filters, "7 и 11 лет");
    filters = range(5 * YEAR, 7 * YEAR + 11);
    says(FACET_AGE, &filters, "5–7 лет");
    filters = range(2 * YEAR, 3 * YEAR + 11);
    says(FACET_AGE, &filters, "2–3 года");
    filters = range(10 * YEAR, 18 * YEAR + 11);
    says(FACET_AGE, &filters, "с 10 лет");
    filters = range(0, 7 * YEAR);
    says(FACET_AGE, &filters, "до 7 лет");
}

static void test_days_and_times(void **state)
{
    (void)state;
    struct search_filters filters = search_filters_any();
    filters.weekdays = 1u << 6;
    says(FACET_WEEKDAY, &filters, "суббота");
    filters.weekdays = 1u << 6 | 1u << 7;
    says(FACET_WEEKDAY, &filters, "сб, вс");
    filters.weekdays = 0x3E;
    says(FACET_WEEKDAY, &filters, "по будням");
    filters.day_parts = 1u << DAY_PART_MORNING | 1u << DAY_PART_EVENING;
    says(FACET_DAY_PART, &filters, "утром, вечером");
    filters.begins_from_min = 18 * 60;
    says(FACET_DAY_PART, &filters, "после 18:00");
    filters.begins_to_min = 18 * 60 + 59;
    says(FACET_DAY_PART, &filters, "в 18:00");
    filters.begins_to_min = 20 * 60;
    says(FACET_DAY_PART, &filters, "с 18:00 до 20:00");
    filters.begins_from_min = SEARCH_ANY;
    says(FACET_DAY_PART, &filters, "до 20:00");
}

static void test_money_and_places(void **state)
{
    (void)state;
    struct search_filters filters = search_filters_any();
    filters.price_max_kopecks = 200000;
    says(FACET_PRICE, &filters, "до 2 000 ₽");
    filters.price_max_kopecks = 0;
    says(FACET_PRICE, &filters, "бесплатно");
    filters.payment = PAYMENT_FREE | PAYMENT_CERTIFICATE;
    says(FACET_PAYMENT, &filters, "бесплатно или по сертификату");
    filters.near = true;
    says(FACET_DISTANCE, &filters, "рядом");
    filters.distance_max_m = search_distances_m[0];
    says(FACET_DISTANCE, &filters, "здесь");
    filters.distance_max_m = 1500;
    says(FACET_DISTANCE, &filters, "до 1,5 км");
    filters.distance_max_m = 700;
    says(FACET_DISTANCE, &filters, "до 700 м");
    filters.ovz_any = true;
    says(FACET_OVZ, &filters, "с ОВЗ");
    filters.summer = true;
    says(FACET_SUMMER, &filters, "летом");
    filters.forms = 1u << STUDY_FORM_REMOTE;
    says(FACET_FORM, &filters, "дистанционно");
    filters.levels = 1u << LEVEL_START;
    says(FACET_LEVEL, &filters, "начальный уровень");
}

static void names(enum search_facet facet, const char *label, const char *expected)
{
    struct search_filters any = search_filters_any();
    struct search_result *result = &visit->search.result;
    result->serial = 1;
    result->understood = any;
    result->meaning_count = 1;
    result->meanings[0].facet = facet;
    snprintf(result->meanings[0].label, SEARCH_LABEL_BYTES, "%s", label);
    says(facet, &any, expected);
}

// A screen's keyboard has no capitals.
static void test_names(void **state)
{
    (void)state;
    names(FACET_TEACHER, "у анны викторовны", "у Анны Викторовны");
    names(FACET_TEACHER, "Седых А. В.", "Седых А. В.");
    names(FACET_STREET, "на ленина", "на Ленина");
    names(FACET_STREET, "на улице 8 марта", "на улице 8 Марта");
    names(FACET_STREET, "ленина 5", "Ленина 5");
    names(FACET_ORGANIZATION, "в доме творчества", "в доме творчества");
    memset(&visit->search.result, 0, sizeof visit->search.result);
}

static void test_cut(void **state)
{
    (void)state;
    char text[64] = "Дом детского творчества";
    facet_cut(text, sizeof text, 23);
    assert_string_equal(text, "Дом детского творчества");
    facet_cut(text, sizeof text, 14);
    assert_string_equal(text, "Дом детского…");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ages),
        cmocka_unit_test(test_days_and_times),
        cmocka_unit_test(test_money_and_places),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_cut),
    };
    return cmocka_run_group_tests_name("facets in words", tests, load, unload);
}
