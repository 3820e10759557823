#include "hub/pfdo_json.h"
#include "hub/pfdo_row_json.h"
#include "import/row.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// What the first row has in one of our columns, for one piece of each answer.
static void expect_cell(const char *column, const char *item, const char *detail,
                        const char *expected, uint32_t dropped)
{
    static struct columns columns;
    static struct csv_row cells;
    char item_json[1024];
    char detail_json[2048] = "";
    struct report report = {.file = PFDO_REPORT_FILE};
    snprintf(item_json, sizeof item_json, "{\"id\":7%s%s}", item[0] ? "," : "", item);
    if (detail != NULL)
        snprintf(detail_json, sizeof detail_json, "{\"result_code\":\"FLSCS\",\"data\":{%s}}",
                 detail);
    struct pfdo_rows *rows = pfdo_rows_create(&(struct pfdo_program){
        .id = 7,
        .municipality = "Район",
        .site = "https://51.pfdo.ru",
        .item = item_json,
        .detail = detail_json,
    });
    pfdo_columns(&columns);
    assert_true(pfdo_rows_next(rows, &report, &cells));
    size_t count;
    const char *const *names = import_row_names(&count);
    size_t i = 0;
    while (i < count && strcmp(names[i], column) != 0)
        i++;
    const char *found = columns_cell(&columns, &cells, i);
    assert_non_null(found);
    if (strcmp(found, expected) != 0 || report.cells_dropped != dropped)
        fail_msg("%s of %s and %s: found «%s» (%u dropped), expected «%s»", column, item_json,
                 detail_json, found, report.cells_dropped, expected);
    pfdo_rows_destroy(rows);
}

#define PROGRAM(fields) "\"program\":{\"id\":7," fields "}"
#define GROUP(fields)   "\"available_groups\":[{\"id\":70," fields "}]"

static void each_field_has_its_column(void **state)
{
    (void)state;
    static const struct {
        const char *column;
        const char *item;
        const char *detail; // NULL: not known yet
        const char *expected;
        uint32_t dropped;
    } cases[] = {
        {"program_id", "", NULL, "7"},
        {"title", "\"name\":\"Хор\"", NULL, "Хор"},
        {"title", "\"name\":\"Хор\"", PROGRAM("\"full_name\":\"Большой хор\""), "Большой хор"},
        {"title", "", PROGRAM("\"full_name\":\"\",\"short_name\":\"Хор\""), "Хор"},
        {"title", "\"name\":2048", NULL, "2048"},
        {"title", "\"name\":{\"ru\":\"Хор\"}", NULL, "", 1},
        {"direction", "\"direction\":{\"id\":3,\"name\":\"Техническая\"}", NULL, "Техническая"},
        {"direction", "\"direction\":{\"name\":\"Техническая\"}",
         "\"direction\":{\"name\":\"Художественная\"}", "Художественная"},
        {"direction", "\"direction\":{\"name\":null}", NULL, ""},
        {"activity", "", "\"activity\":[\"Лепка\",\"Керамика\"]", "Лепка, Керамика"},
        {"activity", "", "\"activity\":[{\"id\":1,\"name\":\"Лепка\"}]", "Лепка"},
        {"activity", "", "\"activity\":{\"id\":1,\"name\":\"Лепка\"}", "Лепка"},
        {"description", "", "\"program_text\":{\"value\":\"<p>Да</p>\",\"link\":false}",
         "<p>Да</p>"},
        {"description", "",
         "\"program_text\":{\"value\":\"http://a.b/c.pdf\",\"link\":true}," PROGRAM(
             "\"annotation\":null,\"task\":\"Цель\""),
         "Цель"},
        {"organization", "\"organization_name\":\"ДДТ\"", NULL, "ДДТ"},
        {"organization", "\"organization_name\":\"ДДТ\"",
         "\"organization\":{\"id\":1,\"name\":\"Дом творчества\"}", "Дом творчества"},
        {"phone", "", "\"phone\":null,\"organization\":{\"name\":\"ДДТ\",\"phone\":\"8152\"}",
         "8152"},
        {"phone", "", "\"phone\":78152,\"organization\":{\"name\":\"ДДТ\",\"phone\":\"8152\"}",
         "78152"},
        {"municipality", "", NULL, "Район"},
        {"address", "\"address\":{\"name\":\"ул. Мира, 1\"}", NULL, "ул. Мира, 1"},
        {"address", "\"address\":{\"name\":\"ул. Мира, 1\"}", "\"address\":[]", "ул. Мира, 1"},
        {"address", "\"address\":\"ул. Мира, 1\"", NULL, "ул. Мира, 1"},
        {"lat", "\"address\":{\"name\":\"\",\"lat\":\"68.97\"}", NULL, "68.97"},
        {"lon", "\"address\":{\"name\":\"\",\"lng\":33.08}", NULL, "33.08"},
        {"age_min", "\"age_min\":84,\"age_max\":216", NULL, "7"},
        {"age_min", "\"age_min\":\"78\",\"age_max\":216", NULL, "78 мес"},
        {"age_min", "\"age_min\":18,\"age_max\":36", NULL, "18 мес"},
        {"age_min", "\"age_min\":6.5,\"age_max\":\"11\"", NULL, "6.5"},
        {"age_max", "\"age_min\":84,\"age_max\":132", NULL, "11"},
        {"age_max", "\"age_min\":84,\"age_max\":143", NULL, "143 мес"},
        {"age_max", "\"age_min\":7,\"age_max\":11", NULL, "11"},
        {"age_max", "\"age_max\":132", PROGRAM("\"age_group_max\":\"144\""), "12"},
        {"age_max", "\"age_max\":\"до 12\"", NULL, "до 12"},
        {"payment", "\"reestrs\":{\"certified\":true,\"commercial\":false}", NULL, "сертификат"},
        {"payment", "\"reestrs\":{\"general\":1,\"meaningful\":\"1\",\"commercial\":\"true\"}",
         NULL, "бесплатно, платно"},
        {"payment", "\"reestrs\":{\"certified\":\"FALSE\",\"commercial\":null}", NULL, ""},
        {"payment", "\"reestrs\":{\"certified\":false}", "\"reestrs\":{\"preprofessional\":true}",
         "бесплатно"},
        {"payment", "\"reestrs\":[]", NULL, ""},
        {"payment", "\"reestrs\":\"certified\"", NULL, "", 1},
        {"price_total", "", GROUP("\"period_price\":\"1200.50\""), "1200.50"},
        {"price_total", "", GROUP("\"period_price\":null"), ""},
        {"places_free", "", GROUP("\"free_places_counter\":0"), "0"},
        {"places_free", "", GROUP("\"free_places_counter\":\"12\""), "12"},
        {"places_free", "", GROUP("\"free_places_counter\":null"), ""},
        {"enrollment", "\"enrollment\":2", NULL, "2"},
        {"enrollment", "\"enrollment\":null", "\"is_open\":true", "1"},
        {"enrollment", "", "\"is_open\":false", "0"},
        {"form", "", "\"distance_technology\":true", "дистанционно"},
        {"form", "", "\"distance_technology\":\"0\"", ""},
        {"start", "", GROUP("\"start_date\":\"2026-09-01\""), "2026-09-01"},
        {"end", "", GROUP("\"end_date\":\"31.05.2027\""), "31.05.2027"},
        {"rating", "", "\"average_score\":4.8", "4.8"},
        {"rating", "", "\"average_score\":0", ""},
        {"rating", "", "\"average_score\":null", ""},
        {"group_id", "", GROUP("\"name\":\"Группа\""), "70"},
        {"group_id", "", "\"available_groups\":{\"3\":{\"id\":\"71\"}}", "71"},
        {"group_id", "", "\"available_groups\":null", ""},
        {"url", "", NULL, "https://51.pfdo.ru/app/public/program/7"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_cell(cases[i].column, cases[i].item, cases[i].detail, cases[i].expected,
                    cases[i].dropped);
}

static void a_program_is_a_row_per_group(void **state)
{
    (void)state;
    static struct csv_row cells;
    static const struct {
        const char *groups;
        unsigned rows;
    } cases[] = {{"null", 1}, {"[]", 1}, {"{}", 1}, {"[{\"id\":1},{\"id\":2},{\"id\":3}]", 3}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char detail[256];
        unsigned count = 0;
        struct report report = {0};
        snprintf(detail, sizeof detail, "{\"data\":{\"available_groups\":%s}}", cases[i].groups);
        struct pfdo_rows *rows = pfdo_rows_create(&(struct pfdo_program){
            .id = 7, .municipality = "", .site = "", .item = "{\"id\":7}", .detail = detail});
        while (pfdo_rows_next(rows, &report, &cells))
            count++;
        pfdo_rows_destroy(rows);
        assert_int_equal(count, cases[i].rows);
    }
}

static void count_item(void *context, int64_t id, const char *item)
{
    assert_true(id > 0);
    assert_non_null(item);
    ++*(unsigned *)context;
}

static void lists_are_read_strictly(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        int count; // -1: no answer
    } cases[] = {
        {"{\"data\":[],\"result_code\":\"FLSCS\"}", 0},
        {"{\"data\":[{\"id\":1},{\"id\":\"2\"}]}", 2},
        {"{\"data\":[{\"id\":1}],\"result_code\":\"VAL01\"}", -1},
        {"{\"data\":[{\"id\":1},{\"name\":\"x\"}]}", -1},
        {"{\"data\":[{\"id\":1},{\"id\":0}]}", -1},
        {"{\"data\":[{\"id\":1},{\"id\":-2}]}", -1},
        {"{\"data\":[{\"id\":1.5}]}", -1},
        {"{\"data\":[{\"id\":4294967296}]}", -1},
        {"{\"data\":[{\"id\":\"12a\"}]}", -1},
        {"{\"data\":[7]}", -1},
        {"{\"data\":{}}", -1},
        {"{\"data\":null}", -1},
        {"{}", -1},
        {"[]", -1},
        {"", -1},
        {"{\"data\":[{\"id\":1}", -1},
        {"<html></html>", -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned count = 0;
        const char *problem =
            pfdo_read_list(cases[i].json, strlen(cases[i].json), count_item, &count);
        if ((problem == NULL) != (cases[i].count >= 0) ||
            (problem == NULL && (int)count != cases[i].count))
            fail_msg("%s: %s, %u items", cases[i].json, problem ? problem : "read", count);
    }
}

static void own_pages_are_those_asked_for(void **state)
{
    (void)state;
    static const struct {
        const char *data;
        bool good;
    } cases[] = {
        {PROGRAM("\"full_name\":\"Хор\""), true},
        {"\"program\":{\"id\":\"7\",\"short_name\":\"Хор\"},\"available_groups\":null", true},
        {PROGRAM("\"full_name\":\"Хор\"") "," GROUP("\"name\":5"), true},
        {"\"program\":{\"id\":8,\"full_name\":\"Хор\"}", false},
        {PROGRAM("\"full_name\":null"), false},
        {PROGRAM("\"full_name\":5"), false},
        {"\"program\":[\"id\"]", false},
        {PROGRAM("\"full_name\":\"Хор\"") ",\"available_groups\":\"нет\"", false},
        {PROGRAM("\"full_name\":\"Хор\"") ",\"available_groups\":[{\"name\":1}]", false},
        {"", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char json[512];
        snprintf(json, sizeof json, "{\"data\":{%s}}", cases[i].data);
        if ((pfdo_check_detail(json, strlen(json), 7) == NULL) != cases[i].good)
            fail_msg("%s: expected to be %s", json, cases[i].good ? "taken" : "refused");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_field_has_its_column),
        cmocka_unit_test(a_program_is_a_row_per_group),
        cmocka_unit_test(lists_are_read_strictly),
        cmocka_unit_test(own_pages_are_those_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
