#include "ctl/search_json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void plain_text_is_a_query(void **state)
{
    (void)state;
    struct search_line line;
    char error[SEARCH_LINE_ERROR_BYTES];
    assert_true(search_line_read("лепка из глины", 20, &line, error));
    assert_string_equal(line.query, "лепка из глины");
    assert_false(line.complete || line.exact);
    assert_int_equal(line.limit, 20);
    assert_int_equal(search_filters_facets(&line.filters), 0);
    assert_true(search_line_read("", 20, &line, error));
    assert_string_equal(line.query, "");
}

static void an_object_is_a_request(void **state)
{
    (void)state;
    struct search_line line;
    char error[SEARCH_LINE_ERROR_BYTES] = "";
    assert_true(search_line_read(
        "{\"query\":\"робот\",\"age_years\":6.5,\"complete\":true,\"limit\":3,\"filters\":{"
        "\"direction\":[\"tekhnicheskoe\",\"hudozhestvennoe\"],\"payment\":\"free\","
        "\"weekdays\":[1,7],\"with_places\":true,\"organization\":\"o-1\"}}",
        20, &line, error));
    assert_string_equal(line.query, "робот");
    assert_int_equal(line.filters.age_count, 1);
    assert_int_equal(line.filters.age_months[0], 78);
    assert_true(line.complete);
    assert_false(line.exact);
    assert_int_equal(line.limit, 3);
    assert_int_equal(line.filters.directions, 1u << DIRECTION_TECH | 1u << DIRECTION_ART);
    assert_int_equal(line.filters.payment, PAYMENT_FREE);
    assert_int_equal(line.filters.weekdays, 1u << 1 | 1u << 7);
    assert_true(line.filters.with_places);
    assert_string_equal(line.filters.organization_id, "o-1");
    assert_ptr_equal(line.filters.organization_id, line.organization);
    assert_null(line.filters.municipality_id);
}

static void all_facets_are_filters(void **state)
{
    (void)state;
    struct search_line line;
    char error[SEARCH_LINE_ERROR_BYTES] = "";
    assert_true(search_line_read(
        "{\"exact\":true,\"filters\":{\"age_years\":[7,11],\"day_parts\":[\"evening\"],"
        "\"price_max\":1500.5,\"distance_max_m\":3000,\"municipality\":\"m-2\","
        "\"ovz\":[\"autism\",\"speech\"],\"form\":\"remote\",\"level\":[\"start\",\"base\"],"
        "\"summer\":true,\"activity\":\"Хореография\",\"weekdays\":6}}",
        20, &line, error));
    const struct search_filters *filters = &line.filters;
    assert_true(line.exact);
    assert_int_equal(filters->age_count, 2);
    assert_int_equal(filters->age_months[1], 132);
    assert_int_equal(filters->day_parts, 1u << DAY_PART_EVENING);
    assert_int_equal(filters->price_max_kopecks, 150050);
    assert_int_equal(filters->distance_max_m, 3000);
    assert_string_equal(filters->municipality_id, "m-2");
    assert_int_equal(filters->ovz, OVZ_AUTISM | OVZ_SPEECH);
    assert_false(filters->ovz_any);
    assert_int_equal(filters->forms, 1u << STUDY_FORM_REMOTE);
    assert_int_equal(filters->levels, 1u << LEVEL_START | 1u << LEVEL_BASE);
    assert_true(filters->summer);
    assert_string_equal(filters->activity, "Хореография");
    assert_int_equal(filters->weekdays, 1u << 6);
    assert_true(
        search_line_read("{\"filters\":{\"ovz\":true,\"summer\":false}}", 20, &line, error));
    assert_int_equal(search_filters_facets(&line.filters), 1u << FACET_OVZ);
}

static void a_wrong_request_says_why(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        const char *error;
    } wrong[] = {
        {"{", "request: expected a text or a JSON object"},
        {"{} x", "request: expected a text or a JSON object"},
        {"\xFF", "request: expected UTF-8"},
        {"{\"querry\":\"a\"}",
         "querry: expected query, age_years, filters, limit, complete or exact"},
        {"{\"query\":5}", "query: expected a text"},
        {"{\"complete\":1}", "complete: expected true or false"},
        {"{\"exact\":null}", "exact: expected true or false"},
        {"{\"limit\":-1}", "limit: expected a number 0..1000"},
        {"{\"limit\":1e9}", "limit: expected a number 0..1000"},
        {"{\"age_years\":\"7\"}", "age_years: expected at most 4 ages 0..120"},
        {"{\"age_years\":[1,2,3,4,5]}", "age_years: expected at most 4 ages 0..120"},
        {"{\"filters\":[]}", "filters: expected an object"},
        {"{\"filters\":{\"colour\":\"red\"}}", "colour: expected a filter"},
        {"{\"filters\":{\"teacher\":\"Анна\"}}", "teacher: expected a filter"},
        {"{\"filters\":{\"weekdays\":[0]}}", "weekdays: expected 1..7"},
        {"{\"filters\":{\"weekdays\":1.5}}", "weekdays: expected 1..7"},
        {"{\"filters\":{\"payment\":[\"free\",null]}}",
         "payment: expected free, certificate or paid"},
        {"{\"filters\":{\"direction\":\"x\"}}",
         "direction: expected a code like \"tekhnicheskoe\""},
        {"{\"filters\":{\"price_max\":-1}}", "price_max: expected roubles a month"},
        {"{\"filters\":{\"price_max\":1e12}}", "price_max: expected roubles a month"},
        {"{\"filters\":{\"day_parts\":\"night\"}}",
         "day_parts: expected morning, noon, afternoon or evening"},
        {"{\"filters\":{\"ovz\":false}}", "ovz: expected any or a kind like \"autism\""},
        {"{\"filters\":{\"organization\":[\"a\",\"b\"]}}", "organization: expected one id"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct search_line line;
        char error[SEARCH_LINE_ERROR_BYTES] = "";
        assert_false(search_line_read(wrong[i].line, 20, &line, error));
        assert_string_equal(error, wrong[i].error);
    }
}

// What a filter is called stands in the facets of the answer, too.
static void facets_have_names(void **state)
{
    (void)state;
    for (int i = 0; i < FACET_COUNT; i++) {
        assert_non_null(search_facet_name((enum search_facet)i));
        for (int j = 0; j < i; j++)
            assert_string_not_equal(search_facet_name((enum search_facet)i),
                                    search_facet_name((enum search_facet)j));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text_is_a_query),  cmocka_unit_test(an_object_is_a_request),
        cmocka_unit_test(all_facets_are_filters), cmocka_unit_test(a_wrong_request_says_why),
        cmocka_unit_test(facets_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
