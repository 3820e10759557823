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
    assert_false(line.complete);
    assert_int_equal(line.limit, 20);
    assert_int_equal(line.filters.age_months, SEARCH_AGE_ANY);
    assert_int_equal(line.filters.directions | line.filters.payment | line.filters.weekdays, 0);
    assert_null(line.filters.organization_id);
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
    assert_int_equal(line.filters.age_months, 78);
    assert_true(line.complete);
    assert_int_equal(line.limit, 3);
    assert_int_equal(line.filters.directions, 1u << DIRECTION_TECH | 1u << DIRECTION_ART);
    assert_int_equal(line.filters.payment, PAYMENT_FREE);
    assert_int_equal(line.filters.weekdays, 1u << 1 | 1u << 7);
    assert_true(line.filters.with_places);
    assert_string_equal(line.filters.organization_id, "o-1");
    assert_ptr_equal(line.filters.organization_id, line.organization);
    assert_null(line.filters.municipality_id);
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
        {"{\"querry\":\"a\"}", "querry: expected query, age_years, filters, limit or complete"},
        {"{\"query\":5}", "query: expected a text"},
        {"{\"complete\":1}", "complete: expected true or false"},
        {"{\"limit\":-1}", "limit: expected a number 0..1000"},
        {"{\"limit\":1e9}", "limit: expected a number 0..1000"},
        {"{\"age_years\":\"7\"}", "age_years: expected one age 0..120"},
        {"{\"age_years\":7,\"filters\":{\"age_years\":8}}", "age_years: expected one age 0..120"},
        {"{\"filters\":[]}", "filters: expected an object"},
        {"{\"filters\":{\"colour\":\"red\"}}", "colour: expected a filter"},
        {"{\"filters\":{\"weekdays\":[0]}}", "weekdays: expected 1..7"},
        {"{\"filters\":{\"weekdays\":1.5}}", "weekdays: expected 1..7"},
        {"{\"filters\":{\"payment\":[\"free\",null]}}",
         "payment: expected free, certificate or paid"},
        {"{\"filters\":{\"direction\":\"x\"}}",
         "direction: expected a code like \"tekhnicheskoe\""},
        {"{\"filters\":{\"organization\":[\"a\",\"b\"]}}", "organization: expected one id"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct search_line line;
        char error[SEARCH_LINE_ERROR_BYTES] = "";
        assert_false(search_line_read(wrong[i].line, 20, &line, error));
        assert_string_equal(error, wrong[i].error);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text_is_a_query),
        cmocka_unit_test(an_object_is_a_request),
        cmocka_unit_test(a_wrong_request_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
