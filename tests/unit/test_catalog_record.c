#include "catalog/record.h"
#include "catalog/record_fields.h"
#include "catalog/record_json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct arena arena;
static char error[RECORD_ERROR_BYTES];

static bool parse(const char *line, struct record *ret_record)
{
    enum record_op op;
    return record_from_json(line, strlen(line), &arena, &op, ret_record, error);
}

static void refuse(const char *line, const char *reason)
{
    struct record record;
    assert_false(parse(line, &record));
    if (strstr(error, reason) == NULL)
        fail_msg("expected '%s' in '%s'", reason, error);
}

static void directions_by_code_and_by_any_name(void **state)
{
    (void)state;
    assert_int_equal(direction_parse("tekhnicheskoe"), DIRECTION_TECH);
    assert_int_equal(direction_parse("socialno-gumanitarnoe"), DIRECTION_SOCIAL);
    assert_int_equal(direction_parse("socialno_gumanitarnoe"), DIRECTION_SOCIAL);
    assert_int_equal(direction_parse("Социально-педагогическая"), DIRECTION_SOCIAL);
    assert_int_equal(direction_parse("ЕСТЕСТВЕННО-НАУЧНАЯ"), DIRECTION_SCIENCE);
    assert_int_equal(direction_parse("Естественнонаучная направленность"), DIRECTION_SCIENCE);
    assert_int_equal(direction_parse("Туристско-краеведческая"), DIRECTION_TOUR);
    assert_int_equal(direction_parse(""), DIRECTION_COUNT);
    assert_int_equal(direction_parse("технич"), DIRECTION_COUNT);
    for (int i = 0; i < DIRECTION_COUNT; i++)
        assert_int_equal(direction_parse(direction_code((enum direction)i)), i);
}

static void a_cleared_record_knows_nothing(void **state)
{
    (void)state;
    struct record record;
    record_clear(RECORD_GROUP, &record);
    assert_string_equal(record.group.teacher, "");
    assert_int_equal(record.group.places_free, RECORD_UNKNOWN);
    assert_int_equal(record.group.end_day, RECORD_DAY_UNKNOWN);
    assert_int_equal(record.group.enrollment, TERNARY_UNKNOWN);
    record_clear(RECORD_PROGRAM, &record);
    assert_int_equal(record.program.direction, DIRECTION_COUNT);
    assert_int_equal(record.program.payment, 0);
}

static void only_what_is_known_is_written(void **state)
{
    (void)state;
    struct record record;
    record_clear(RECORD_PROGRAM, &record);
    record.program.head.id = "p1";
    record.program.title = "Кружок «Лад»\n\"\\";
    record.program.direction = DIRECTION_TECH;
    record.program.age_min_months = 0;
    record.program.payment = PAYMENT_FREE | PAYMENT_PAID;
    char memory[1024];
    struct text line;
    text_init(&line, memory, sizeof memory);
    assert_true(record_to_json(RECORD_PUT, &record, &line));
    assert_string_equal(memory, "{\"op\":\"put\",\"type\":\"program\",\"id\":\"p1\","
                                "\"title\":\"Кружок «Лад»\\u000a\\\"\\\\\","
                                "\"direction\":\"tekhnicheskoe\",\"age_min_months\":0,"
                                "\"payment\":[\"free\",\"paid\"]}\n");
}

static void a_line_that_does_not_fit_leaves_the_text_alone(void **state)
{
    (void)state;
    struct record record;
    record_clear(RECORD_GUIDE, &record);
    record.guide.head.id = "g";
    char memory[40];
    struct text line;
    text_init(&line, memory, sizeof memory);
    text_add(&line, "before");
    assert_false(record_to_json(RECORD_PUT, &record, &line));
    assert_string_equal(memory, "before");
    assert_false(line.cut);
}

static const char full_group[] =
    "{\"op\":\"put\",\"type\":\"group\",\"id\":\"g1\",\"local_id\":\"1041-2\",\"source\":\"csv\","
    "\"modified\":\"2026-11-20T10:00:00Z\",\"program_id\":\"p1\",\"teacher\":\"Анна\","
    "\"address_id\":\"a1\",\"age_min_months\":78,\"age_max_months\":143,\"size\":12,"
    "\"places_free\":0,\"waitlist_length\":4,\"places_known_at\":\"2026-11-21T10:00:00Z\","
    "\"enrollment\":\"open\",\"order_from\":\"2026-09-01\",\"order_to\":\"2026-12-31\","
    "\"next_order_from\":\"2027-05-01\",\"next_order_to\":\"2027-08-31\",\"start\":\"2026-09-15\","
    "\"end\":\"2027-05-31\",\"price_month_kopecks\":150000,\"price_total_kopecks\":0,"
    "\"price_period\":\"year\",\"slots\":[{\"weekday\":2,\"parity\":\"odd\",\"from_min\":1010,"
    "\"to_min\":1110,\"address_id\":\"a2\"},{\"weekday\":7,\"from_min\":0}]}\n";

static void a_full_group_survives_the_journey(void **state)
{
    (void)state;
    struct record record;
    assert_true(parse(full_group, &record));
    assert_int_equal(record.type, RECORD_GROUP);
    assert_int_equal(record.group.places_free, 0);
    assert_int_equal(record.group.slot_count, 2);
    assert_int_equal(record.group.slots[1].weekday, 7);
    assert_int_equal(record.group.slots[1].to_min, RECORD_UNKNOWN);
    char memory[4096];
    struct text line;
    text_init(&line, memory, sizeof memory);
    assert_true(record_to_json(RECORD_PUT, &record, &line));
    assert_string_equal(memory, full_group);
}

static void a_drop_carries_its_id_only(void **state)
{
    (void)state;
    struct record record;
    enum record_op op;
    const char line[] = "{\"op\":\"drop\",\"type\":\"address\",\"id\":\"a1\",\"text\":5}";
    assert_true(record_from_json(line, strlen(line), &arena, &op, &record, error));
    assert_int_equal(op, RECORD_DROP);
    assert_string_equal(record.address.head.id, "a1");
    assert_string_equal(record.address.text, "");
}

static void unknown_keys_and_null_pass(void **state)
{
    (void)state;
    struct record record;
    assert_true(parse("{\"op\":\"put\",\"type\":\"program\",\"id\":\"p\",\"rating_x10\":null,"
                      "\"colour\":{\"deep\":[1]},\"title\":\"\\u041b\\u0430\\u0434\"} ",
                      &record));
    assert_int_equal(record.program.rating_x10, RECORD_UNKNOWN);
    assert_string_equal(record.program.title, "Лад");
}

#define PROGRAM "{\"op\":\"put\",\"type\":\"program\",\"id\":\"p\","

static void bad_values_are_refused_by_name(void **state)
{
    (void)state;
    refuse(PROGRAM "\"age_min_months\":\"7\"}",
           "program p: age_min_months: found 7, expected a whole number 0..1200");
    refuse(PROGRAM "\"age_min_months\":6.5}", "age_min_months: found 6.5");
    refuse(PROGRAM "\"age_min_months\":-1}", "age_min_months: found -1");
    refuse(PROGRAM "\"rating_x10\":1e999}", "rating_x10");
    refuse(PROGRAM "\"remote\":\"FALSE\"}", "remote: found FALSE, expected true or false");
    refuse(PROGRAM "\"direction\":\"magic\"}", "direction: found magic");
    refuse(PROGRAM "\"payment\":[\"free\",\"gold\"]}", "payment");
    refuse(PROGRAM "\"modified\":\"yesterday\"}", "modified: found yesterday");
    refuse(PROGRAM "\"title\":{}}", "title: found {}, expected text below 512 bytes");
    refuse("{\"op\":\"put\",\"type\":\"program\"}", "id: found nothing");
    refuse("{\"op\":\"put\",\"type\":\"program\",\"id\":\"\"}", "expected an id of 1..63 bytes");
    refuse("{\"op\":\"put\",\"type\":\"program\",\"id\":7}", "id: found 7");
    refuse("{\"op\":\"pat\",\"type\":\"program\",\"id\":\"p\"}", "op: found pat");
    refuse("{\"op\":\"put\",\"type\":\"ship\",\"id\":\"p\"}", "type: found ship");
    refuse("{\"op\":\"put\",\"type\":\"address\",\"id\":\"a\",\"latitude\":91}", "latitude");
#define GROUP "{\"op\":\"put\",\"type\":\"group\",\"id\":\"g\","
    refuse(GROUP "\"end\":\"2026-02-30\"}", "end: found 2026-02-30, expected a date");
    refuse(GROUP "\"slots\":[{\"weekday\":0}]}", "slots");
    refuse(GROUP "\"slots\":[{\"weekday\":1,\"from_min\":1441}]}", "slots");
    refuse(GROUP "\"slots\":[{\"weekday\":1,\"weekday\":2}]}", "slots");
    refuse(GROUP "\"slots\":7}", "slots");
}

static void hostile_lines_are_refused(void **state)
{
    (void)state;
    struct record record;
    enum record_op op;
    refuse("", "an empty line");
    refuse("[]", "no object");
    refuse(PROGRAM "\"title\":\"a\",\"title\":\"b\"}", "a key twice");
    refuse(PROGRAM "\"title\":\"a\\u0000b\"}", "U+0000");
    refuse(PROGRAM "\"title\":\"a\nb\"}", "control character");
    refuse(PROGRAM "\"title\":\"\xD0\"}", "no UTF-8");
    refuse(PROGRAM "\"title\":\"\\ud800\"}", "no JSON");
    refuse(PROGRAM "\"title\":\"a\"} {}", "no JSON");
    refuse(PROGRAM "\"title\":\"a\"", "no JSON");
    refuse(PROGRAM "\"x\":[[[[[[[[[[1]]]]]]]]]]}", "levels");
    assert_false(record_from_json("{}\0{}", 5, &arena, &op, &record, error));
    struct record fine;
    assert_true(parse(PROGRAM "\"title\":\"\\\\u0000\"}", &fine));
    assert_string_equal(fine.program.title, "\\u0000");
}

static void long_things_are_refused(void **state)
{
    (void)state;
    enum { SIZE = RECORD_LINE_BYTES + 2 };
    char *line = malloc(SIZE);
    memset(line, ' ', SIZE);
    line[SIZE - 1] = '\0';
    refuse(line, "131072");
    int head = snprintf(line, SIZE, PROGRAM "\"title\":\"");
    memset(line + head, 'a', RECORD_TITLE_BYTES);
    snprintf(line + head + RECORD_TITLE_BYTES, 8, "\"}");
    refuse(line, "title");
    head = snprintf(line, SIZE, "{\"op\":\"put\"");
    for (int i = 0; i < 70; i++)
        head += snprintf(line + head, SIZE - (size_t)head, ",\"k%d\":1", i);
    snprintf(line + head, 2, "}");
    refuse(line, "64 keys");
    free(line);
}

static int finish(void **state)
{
    (void)state;
    arena_finish(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(directions_by_code_and_by_any_name),
        cmocka_unit_test(a_cleared_record_knows_nothing),
        cmocka_unit_test(only_what_is_known_is_written),
        cmocka_unit_test(a_line_that_does_not_fit_leaves_the_text_alone),
        cmocka_unit_test(a_full_group_survives_the_journey),
        cmocka_unit_test(a_drop_carries_its_id_only),
        cmocka_unit_test(unknown_keys_and_null_pass),
        cmocka_unit_test(bad_values_are_refused_by_name),
        cmocka_unit_test(hostile_lines_are_refused),
        cmocka_unit_test(long_things_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, finish);
}
