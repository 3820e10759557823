#include "base/date.h"
#include "hub/quality_load.h"
#include "hub/quality_report.h"
#include "hub/quality_words.h"
#include "tests/support/hub_room.h"

#include <ctype.h>

enum { NOW = 1790000000, CSV_BYTES = 16384 }; // 21 September 2026

static struct hub_room room;
static struct quality_source source;
static struct quality quality;
static char csv[CSV_BYTES];

static const char *const columns[] = {"program_id",
                                      "title",
                                      "description",
                                      "organization",
                                      "phone",
                                      "municipality",
                                      "address",
                                      "lat",
                                      "lon",
                                      "age_min",
                                      "age_max",
                                      "teacher",
                                      "schedule",
                                      "payment",
                                      "price_month",
                                      "places_free",
                                      "url",
                                      "group_id",
                                      "end",
                                      "order_to",
                                      "enrollment",
                                      "form",
                                      "site",
                                      "places_known_at",
                                      "next_order_from"};
enum { COLUMNS = sizeof columns / sizeof *columns };

// Nothing to find here.
static const char *const clean[COLUMNS] = {
    "1",
    "Шахматы",
    "Учимся думать на три хода вперёд, играем турниры и разбираем партии мастеров.",
    "ДДТ «Радуга»",
    "+7 (000) 000-00-01",
    "Лесной район",
    "ул. Лесная, 1",
    "55.07",
    "82.93",
    "7",
    "11",
    "Ольга Петровна",
    "вт 16:00-17:00",
    "сертификат",
    "850",
    "3",
    "https://р55.навигатор.дети/program/1",
    "1-1",
    "31.05.2027",
    "",
    "открыта",
    "очная",
    "https://ddt.example",
    "2026-09-20T10:00:00+03:00",
    ""};

static int set_up(void **state)
{
    (void)state;
    hub_room_init(&room);
    struct text text;
    text_init(&text, csv, sizeof csv);
    for (size_t i = 0; i < COLUMNS; i++)
        text_addf(&text, "%s%c", columns[i], i + 1 < COLUMNS ? ';' : '\n');
    return 0;
}

static void forget(void)
{
    quality_finish(&quality);
    quality_source_finish(&source);
    source = (struct quality_source){0};
}

static int tear_down(void **state)
{
    (void)state;
    forget();
    hub_room_finish(&room);
    return 0;
}

// Another row: the clean one, but with these cells; pairs of a column and its text.
static void add_row(const char *const *changes)
{
    struct text text = {csv, strlen(csv), sizeof csv, false};
    for (size_t i = 0; i < COLUMNS; i++) {
        const char *cell = clean[i];
        for (const char *const *change = changes; *change; change += 2)
            if (strcmp(change[0], columns[i]) == 0)
                cell = change[1];
        const char *quote = strchr(cell, ';') ? "\"" : "";
        text_addf(&text, "%s%s%s%c", quote, cell, quote, i + 1 < COLUMNS ? ';' : '\n');
    }
    assert_false(text.cut);
}
#define ROW(...) add_row((const char *const[]){__VA_ARGS__, NULL})

static void check(int64_t now_s)
{
    forget();
    assert_true(quality_load(room.hub.store, &source));
    quality_check(&(struct quality_base){.records = source.records,
                                         .count = source.count,
                                         .notes = source.notes.items,
                                         .note_count = source.notes.count,
                                         .today = (int32_t)(now_s / SECONDS_A_DAY),
                                         .now_s = now_s},
                  &quality);
}

static void import_and_check(void)
{
    hub_room_import(&room, "/exports/a.csv", csv, NOW);
    check(NOW);
}

// Just this rule, just so often.
static void expect_only(enum quality_rule rule, uint32_t count)
{
    for (int other = 0; other < QUALITY_RULE_COUNT; other++) {
        uint32_t expected = other == (int)rule ? count : 0;
        if (quality.per_rule[other] != expected)
            fail_msg("%s: found %u, expected %u", quality_words((enum quality_rule)other)->name,
                     quality.per_rule[other], expected);
    }
    assert_int_equal(quality.count, count);
}

static void expect_detail(const char *expected)
{
    char memory[1024];
    struct text text;
    text_init(&text, memory, sizeof memory);
    quality_detail(&quality.findings[0], &text);
    assert_string_equal(memory, expected);
}

static void a_clean_row_has_no_finding(void **state)
{
    (void)state;
    ROW(NULL);
    import_and_check();
    expect_only(QUALITY_RULE_COUNT, 0);
    assert_int_equal(quality.clean_programs, 1);
    assert_int_equal(quality.per_type[RECORD_GROUP], 1);
}

// Each of them changes the clean row by one thing.
static const struct {
    enum quality_rule rule;
    const char *changes[5];
    const char *detail;
} ones[] = {
    {QUALITY_NO_LINK, {"url", ""}, ""},
    {QUALITY_HOST,
     {"url", "https://p55.навигатор.дети/program/1"},
     "здесь латинская «p», нужна русская: р55.навигатор.дети"},
    {QUALITY_HOST,
     {"site", "https://ddt-лес.exаmple.org"},
     "ddt-лес.exаmple.org: в одном слове буквы двух алфавитов"},
    {QUALITY_NO_PHONE, {"phone", ""}, ""},
    {QUALITY_ENDED, {"end", "20.09.2026", "places_free", ""}, "закончились 20 сентября 2026"},
    {QUALITY_ORDERS_PASSED, {"order_to", "2026-09-20"}, "последний день заявок — 20 сентября 2026"},
    {QUALITY_NO_SCHEDULE, {"schedule", "уточняйте"}, ""},
    {QUALITY_NO_PRICE, {"price_month", ""}, ""},
    {QUALITY_NO_PRICE, {"price_month", "", "payment", ""}, ""},
    {QUALITY_NO_ADDRESS, {"address", ""}, ""},
    {QUALITY_NO_COORDINATES, {"lat", ""}, ""},
    {QUALITY_NO_PLACES, {"places_free", ""}, ""},
    {QUALITY_OLD_PLACES, {"places_known_at", "2026-09-10"}, "11 дней назад"},
    {QUALITY_SHORT_TEXT, {"description", ""}, "описания нет"},
    {QUALITY_SHORT_TEXT, {"description", "Играем в шахматы."}, "всего 17 знаков"},
    {QUALITY_CAPITALS, {"title", "БАЛЬНЫЕ ТАНЦЫ"}, "теперь «Бальные танцы»"},
    {QUALITY_CELL, {"age_min", "сто"}, "стоит «сто»; можно так: 7 или 6,5"},
};

static void each_rule_finds_its_own_and_nothing_else(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ones / sizeof *ones; i++) {
        tear_down(NULL);
        set_up(NULL);
        add_row(ones[i].changes);
        import_and_check();
        expect_only(ones[i].rule, 1);
        expect_detail(ones[i].detail);
    }
}

// What looks alike but is as it should be.
static void what_is_meant_so_is_left_alone(void **state)
{
    (void)state;
    static const char *const fine[][7] = {
        {"payment", "бесплатно", "price_month", ""},
        {"form", "заочная", "address", ""},
        {"enrollment", "закрыта", "order_to", "2026-09-20", "places_free", ""},
        {"order_to", "2026-09-20", "next_order_from", "2027-08-20"},
        {"order_to", "21.09.2026", "end", "21.09.2026"},
        {"age_min", ""},
        {"title", "ЛФК"},
        {"places_known_at", "2026-09-14T17:00:00Z"},
    };
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++) {
        tear_down(NULL);
        set_up(NULL);
        add_row(fine[i]);
        import_and_check();
        expect_only(QUALITY_RULE_COUNT, 0);
    }
}

static void no_age_at_all_and_no_organization(void **state)
{
    (void)state;
    ROW("age_min", "", "age_max", "");
    import_and_check();
    expect_only(QUALITY_NO_AGE, 1);
    tear_down(NULL);
    set_up(NULL);
    ROW("organization", "");
    import_and_check();
    expect_only(QUALITY_NO_ORGANIZATION, 1);
    assert_int_equal(quality.clean_programs, 0);
}

static void twins_are_told_once_each(void **state)
{
    (void)state;
    ROW(NULL);
    ROW("program_id", "2", "group_id", "2-1", "title", "«ШАХматы»!");
    ROW("program_id", "3", "group_id", "3-1", "age_max", "12");
    ROW("program_id", "4", "group_id", "4-1", "organization", "Школа № 3");
    import_and_check();
    expect_only(QUALITY_TWIN_PROGRAM, 1);
    expect_detail("то же, что 1");
    assert_string_equal(quality.findings[0].program->head.local_id, "2");
    tear_down(NULL);
    set_up(NULL);
    ROW("schedule", "вт 16:00-17:00, пт 10:00-11:00");
    ROW("schedule", "пт 10:00-11:00; вт 16:00-17:00", "group_id", "1-2");
    ROW("schedule", "пт 10:00-11:00; вт 16:00-17:00", "group_id", "1-3", "teacher",
        "Анна Ильинична");
    ROW("schedule", "пт 10:00-11:00", "group_id", "1-4");
    import_and_check();
    expect_only(QUALITY_TWIN_GROUP, 1);
    expect_detail("то же, что 1-1");
}

static void a_program_without_groups(void **state)
{
    (void)state;
    ROW(NULL);
    import_and_check();
    source.count--; // the only group comes last
    quality_finish(&quality);
    quality_check(
        &(struct quality_base){.records = source.records, .count = source.count, .now_s = NOW},
        &quality);
    expect_only(QUALITY_NO_GROUPS, 1);
}

static void notes_go_with_their_import(void **state)
{
    (void)state;
    ROW("title", "", "program_id", "2");
    ROW(NULL);
    import_and_check();
    expect_only(QUALITY_ROW, 1);
    expect_detail("нет названия");
    assert_string_equal(quality.findings[0].note->file, "a.csv");
    assert_int_equal(quality.findings[0].note->row, 2);
    hub_room_import(&room, "/exports/b.csv", "title\n\"\"\n\n", NOW);
    check(NOW);
    expect_only(QUALITY_ROW, 1); // another source leaves it
    char *second_row = strchr(strchr(csv, '\n') + 1, '\n') + 1;
    memmove(strchr(csv, '\n') + 1, second_row, strlen(second_row) + 1);
    import_and_check();
    expect_only(QUALITY_RULE_COUNT, 0);
}

static char *written(void (*write)(const struct quality *quality, FILE *file))
{
    char *text;
    size_t length;
    FILE *file = open_memstream(&text, &length);
    assert_non_null(file);
    write(&quality, file);
    fclose(file);
    return text;
}

static void write_html(const struct quality *given, FILE *file)
{
    quality_html(given, NOW, file);
}

static void expect_piece(char *text, const char *piece)
{
    if (strstr(text, piece) == NULL)
        fail_msg("expected %s in %s", piece, text);
    free(text);
}

static void nothing_in_the_data_is_markup_or_a_formula(void **state)
{
    (void)state;
    ROW("title", "Круг < 3", "phone", "", "organization", "& \"Ко\" <i");
    import_and_check();
    assert_int_equal(quality.per_rule[QUALITY_NO_PHONE], 1);
    expect_piece(written(write_html), "&amp; «Ко» &lt;i");
    quality_finish(&quality);
    ROW("program_id", "9", "group_id", "9-1", "title", "=1+2", "url", "");
    import_and_check();
    expect_piece(written(quality_csv), "\"Нет ссылки на страницу программы\";\"'=1+2\";\"9\";");
    expect_piece(written(quality_json), "\"rule\":\t\"no_link\"");
}

static void every_rule_has_its_words(void **state)
{
    (void)state;
    for (int rule = 0; rule < QUALITY_RULE_COUNT; rule++) {
        const struct quality_words *words = quality_words((enum quality_rule)rule);
        assert_true(words->name[0] && words->title[0] && words->why[0] && words->advice[0]);
        for (const char *at = words->name; *at; at++)
            assert_true(islower((unsigned char)*at) || *at == '_');
    }
    const char *const thing[] = {"группа", "группы", "групп"};
    assert_string_equal(quality_plural(1, thing), "группа");
    assert_string_equal(quality_plural(22, thing), "группы");
    assert_string_equal(quality_plural(112, thing), "групп");
    assert_string_equal(quality_plural(0, thing), "групп");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_clean_row_has_no_finding, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_rule_finds_its_own_and_nothing_else, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_is_meant_so_is_left_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_age_at_all_and_no_organization, set_up, tear_down),
        cmocka_unit_test_setup_teardown(twins_are_told_once_each, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_program_without_groups, set_up, tear_down),
        cmocka_unit_test_setup_teardown(notes_go_with_their_import, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_in_the_data_is_markup_or_a_formula, set_up,
                                        tear_down),
        cmocka_unit_test(every_rule_has_its_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
