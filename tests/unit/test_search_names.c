#include "catalog/record_fields.h"
#include "search/names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

static const char *key_of(const char *folded)
{
    static char keys[2][WORD_BYTES];
    static int turn;
    turn = !turn;
    name_word_key(folded, strlen(folded), keys[turn]);
    return keys[turn];
}

static void cases_are_one(void **state)
{
    (void)state;
    static const char *const words[][6] = {
        {"сергей", "сергея", "сергею", "сергеем", "сергее"},
        {"анна", "анны", "анне", "анну", "анной"},
        {"светлана", "светланы", "светлане", "светлану", "светланой"},
        {"людмила", "людмилы", "людмиле", "людмилой"},
        {"илья", "ильи", "илье", "илью", "ильей"},
        {"юлия", "юлии", "юлию", "юлией"},
        {"ева", "евы", "еве", "еву", "евой"},
        {"павел", "павла", "павлу", "павлом", "павле"},
        {"максим", "максима", "максиму", "максимом"},
        {"викторовна", "викторовны", "викторовне", "викторовну", "викторовной"},
        {"вадимович", "вадимовича", "вадимовичу", "вадимовичем"},
        {"лавров", "лаврова", "лаврову", "лавровым", "лаврове", "лавровой"},
        {"еремин", "еремина", "еремину", "ереминым", "ереминой"},
        {"ким", "кима", "киму", "кимом"},
        {"школьная", "школьной", "школьную"},
        {"ленинский", "ленинском", "ленинского"},
        {"долгое", "долгом", "долгого"},
        {"орел", "орла", "орле", "орлом"},
        {"творчество", "творчества", "творчеством"},
        {"дом", "дома", "доме"},
        {"12"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (size_t j = 1; j < 6 && words[i][j] != NULL; j++)
            assert_string_equal(key_of(words[i][0]), key_of(words[i][j]));
}

static void strangers_stay_apart(void **state)
{
    (void)state;
    assert_string_not_equal(key_of("лавров"), key_of("лавр"));
    assert_string_not_equal(key_of("ленина"), key_of("лена"));
    assert_string_not_equal(key_of("лесная"), key_of("лес"));
    assert_string_not_equal(key_of("мария"), key_of("марина"));
}

static struct snapshot *make_snapshot(void)
{
    static const char *const teachers[] = {"Ким Вера", "Ерёмин Олег", "", "Ким Вера",
                                           "Ерёмина Вера"};
    static const char *const ids[] = {"g1", "g2", "g3", "g4", "g5"};
    struct snapshot_builder *builder = snapshot_builder_create();
    struct record record;
    record_clear(RECORD_ORGANIZATION, &record);
    record.organization.head.id = "o1";
    record.organization.name = "Центр детского и юношеского творчества «Ясень»";
    snapshot_builder_add(builder, &record);
    record_clear(RECORD_PROGRAM, &record);
    record.program.head.id = "p";
    record.program.title = "Хор";
    snapshot_builder_add(builder, &record);
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        record_clear(RECORD_GROUP, &record);
        record.group.head.id = ids[i];
        record.group.program_id = "p";
        record.group.teacher = teachers[i];
        snapshot_builder_add(builder, &record);
    }
    return snapshot_build(builder, 1, 0, 0, "test");
}

static uint32_t find(const struct name_table *table, const char *one, const char *two,
                     uint8_t *chosen)
{
    char first[WORD_BYTES];
    char second[WORD_BYTES];
    const char *const keys[] = {first, second};
    name_word_key(one, strlen(one), first);
    if (two != NULL)
        name_word_key(two, strlen(two), second);
    return names_find(table, keys, two == NULL ? 1 : 2, chosen);
}

static void all_words_must_stand_in_a_name(void **state)
{
    (void)state;
    struct snapshot *snapshot = make_snapshot();
    struct arena arena = {0};
    struct names names;
    names_build(snapshot, &arena, &names);
    const struct name_table *teachers = &names.tables[NAME_TEACHER];
    assert_int_equal(teachers->count, 3);
    assert_string_equal(teachers->labels[0], "Ерёмин Олег");
    assert_string_equal(teachers->labels[2], "Ким Вера");
    static const uint32_t expected[] = {2, 0, SNAPSHOT_NONE, 2, 1};
    assert_memory_equal(names.group_teachers, expected, sizeof expected);

    uint8_t chosen[3] = {0};
    assert_int_equal(find(teachers, "вере", NULL, NULL), 2);
    assert_int_equal(find(teachers, "еремину", NULL, NULL), 2);
    assert_int_equal(find(teachers, "веры", "ереминой", chosen), 1);
    assert_memory_equal(chosen, ((uint8_t[]){0, 1, 0}), sizeof chosen);
    assert_int_equal(find(teachers, "вере", "олегу", NULL), 0);
    assert_int_equal(find(teachers, "анне", NULL, NULL), 0);

    const struct name_table *organizations = &names.tables[NAME_ORGANIZATION];
    assert_int_equal(find(organizations, "ясене", "центре", NULL), 1);
    const char *initials = NAME_INITIALS "цдют";
    assert_int_equal(names_find(organizations, &initials, 1, NULL), 1);
    assert_int_equal(names.tables[NAME_STREET].count, 0);
    assert_int_equal(find(&names.tables[NAME_STREET], "ленина", NULL, NULL), 0);
    arena_finish(&arena);
    snapshot_destroy(snapshot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_are_one),
        cmocka_unit_test(strangers_stay_apart),
        cmocka_unit_test(all_words_must_stand_in_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
