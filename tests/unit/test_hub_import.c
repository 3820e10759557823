#include "base/file.h"
#include "base/hash.h"
#include "catalog/record_json.h"
#include "tests/support/hub_room.h"

#include <unistd.h>

enum { NOW = 1790000000, LATER = NOW + 3600 };

static struct hub_room room;

static int set_up(void **state)
{
    (void)state;
    hub_room_init(&room);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    hub_room_finish(&room);
    return 0;
}

static bool count_line(void *context, const char *line, size_t length)
{
    (void)line;
    (void)length;
    ++*(int *)context;
    return true;
}

static int count_records(void)
{
    int count = 0;
    assert_true(store_each_line(room.hub.store, count_line, &count));
    return count;
}

static void expect_in(enum record_type type, const char *id, const char *piece)
{
    const char *line = hub_room_line(&room, type, id);
    if (strstr(line, piece) == NULL)
        fail_msg("expected %s in %s", piece, line);
}

static void expect_not_in(enum record_type type, const char *id, const char *piece)
{
    assert_null(strstr(hub_room_line(&room, type, id), piece));
}

static void rows_of_one_program_become_groups(void **state)
{
    (void)state;
    struct report report = hub_room_import(
        &room, "a.csv",
        "program_id,title,description,organization,municipality,address,age_min,age_max,schedule,"
        "payment,places_free,group_id\n"
        "7,Шахматы,Думаем.,ДДТ,Район,\"ул. Мира, 1\",7,9,вт 16:00-17:00,бесплатно,3,7-1\n"
        "7,Шахматы,,ДДТ,Район,\"ул. Лесная, 2\",10,\"12,5\",чт 16:00-17:00,сертификат,,7-2\n"
        "7,Шахматы,,ДДТ,Район,\"ул. Лесная, 2\",,,пт 16:00-17:00,,,7-2\n",
        NOW);
    assert_int_equal(report.read, 3);
    assert_int_equal(report.taken, 3);
    assert_int_equal(report.mended + report.refused + report.cells_dropped, 0);
    // municipality, organization, two addresses, program, two groups
    assert_int_equal(count_records(), 7);
    expect_in(RECORD_PROGRAM, "p-7", "\"description\":\"Думаем.\"");
    expect_in(RECORD_PROGRAM, "p-7", "\"local_id\":\"7\"");
    expect_in(RECORD_PROGRAM, "p-7", "\"age_min_months\":84,\"age_max_months\":150");
    expect_in(RECORD_PROGRAM, "p-7", "\"payment\":[\"free\",\"certificate\"]");
    expect_in(RECORD_GROUP, "g-7.7-1", "\"age_min_months\":84,\"age_max_months\":119");
    expect_in(RECORD_GROUP, "g-7.7-1", "\"places_free\":3,\"places_known_at\":\"2026-09-21T");
    expect_not_in(RECORD_GROUP, "g-7.7-2", "places");
    expect_in(RECORD_GROUP, "g-7.7-2",
              "{\"weekday\":4,\"from_min\":960,\"to_min\":1020},"
              "{\"weekday\":5,");
}

static void names_without_ids_get_stable_ones(void **state)
{
    (void)state;
    static const char csv[] = "title,organization,municipality,age_min,age_max,payment\n"
                              "Лепка,ДДТ,Район,5,6,бесплатно\n"
                              "Лепка,ДДТ,Район,7,9,бесплатно\n"
                              "Лепка,ДДТ,Район,10,14,платно\n"
                              "Лепка,ДДТ,Другой район,5,6,бесплатно\n";
    hub_room_import(&room, "a.csv", csv, NOW);
    // 2 municipalities, 2 organizations, 3 programs, 4 groups
    assert_int_equal(count_records(), 11);
    hub_room_import(&room, "a.csv", csv, LATER);
    assert_int_equal(count_records(), 11);
}

static void a_bad_cell_costs_the_cell(void **state)
{
    (void)state;
    struct report report = hub_room_import(
        &room, "a.csv",
        "program_id,title,age_min,age_max,lat,lon,address,url,site,organization\n"
        "1,Раз,84,9,#REF!,37.1,Дом 1,https://p55.навигатор.дети/program/1,http:\\\\a.example,О\n"
        "2,,7,9,,,,,,\n"
        "3,Три,12,9,,,,https://р55.навигатор.дети/program/3,нет,О\n",
        NOW);
    assert_int_equal(report.read, 3);
    assert_int_equal(report.taken, 2);
    assert_int_equal(report.refused, 1);
    assert_int_equal(report.cells_dropped, 5); // 84, #REF!, Latin p, 12-9, нет
    expect_not_in(RECORD_PROGRAM, "p-1", "url");
    expect_not_in(RECORD_PROGRAM, "p-1", "age_min");
    expect_in(RECORD_PROGRAM, "p-3",
              "\"url\":\"https://xn--55-kmc.xn--80aafey1amqq.xn--d1acj3b/program/3\"");
    expect_not_in(RECORD_PROGRAM, "p-3", "age_");
}

static void what_a_source_no_longer_has_goes(void **state)
{
    (void)state;
    static const char header[] = "program_id,title,organization,municipality,address,phone\n";
    char csv[512];
    snprintf(csv, sizeof csv, "%s1,Раз,ДДТ,Район,Дом 1,\n2,Два,Школа,Район,Дом 2,\n", header);
    hub_room_import(&room, "a.csv", csv, NOW);
    snprintf(csv, sizeof csv, "%s3,Три,ДДТ,Район,Дом 1,111\n", header);
    hub_room_import(&room, "b.csv", csv, NOW);
    assert_int_equal(count_records(), 1 + 2 + 2 + 3 + 3);
    snprintf(csv, sizeof csv, "%s1,Раз,ДДТ,Район,Дом 1,\n", header);
    hub_room_import(&room, "a.csv", csv, LATER);
    // Program 2 with its group, organization and address are gone; the other file's stay.
    assert_int_equal(count_records(), 1 + 1 + 1 + 2 + 2);
    assert_string_not_equal(hub_room_line(&room, RECORD_PROGRAM, "p-3"), "");
    assert_string_equal(hub_room_line(&room, RECORD_PROGRAM, "p-2"), "");
}

static void what_stays_the_same_keeps_its_time(void **state)
{
    (void)state;
    hub_room_import(&room, "a.csv", "program_id,title\n1,Раз\n2,Два\n", NOW);
    hub_room_import(&room, "a.csv", "program_id,title\n1,Раз\n2,Два и ещё\n", LATER);
    expect_in(RECORD_PROGRAM, "p-1", "\"modified\":\"2026-09-21T14:13:20Z\"");
    expect_in(RECORD_PROGRAM, "p-2", "\"modified\":\"2026-09-21T15:13:20Z\"");
}

static void a_price_tells_how_one_pays(void **state)
{
    (void)state;
    hub_room_import(&room, "a.csv",
                    "program_id,title,price_month,payment\n1,Раз,0,\n2,Два,500,\n3,Три,,\n"
                    "4,Четыре,500,сертификат\n",
                    NOW);
    expect_in(RECORD_PROGRAM, "p-1", "\"payment\":[\"free\"]");
    expect_in(RECORD_PROGRAM, "p-2", "\"payment\":[\"paid\"]");
    expect_not_in(RECORD_PROGRAM, "p-3", "payment");
    expect_in(RECORD_PROGRAM, "p-4", "\"payment\":[\"certificate\"]");
}

static void mutate(char *bytes, size_t length, uint32_t *seed)
{
    static const char nasty[] = "\"\n;,\r<&\0\xFF\xD0 0-9:.вс«»";
    for (int i = 0; i < 8; i++) {
        *seed = hash_xorshift32(*seed);
        size_t at = *seed % length;
        *seed = hash_xorshift32(*seed);
        bytes[at] = nasty[*seed % (sizeof nasty - 1)];
    }
}

// Whatever stands in a file, the import ends and tells; the sanitizers watch.
static void any_bytes_are_survived(void **state)
{
    (void)state;
    enum { ROUNDS = 300 };
    static const char *const files[] = {SOURCE_DIR "/tests/hub/groups-1251.csv",
                                        SOURCE_DIR "/tests/hub/clubs.csv"};
    int standard_error = dup(STDERR_FILENO);
    assert_non_null(freopen("/dev/null", "w", stderr));
    for (size_t file = 0; file < 2; file++) {
        char *original;
        size_t length;
        assert_true(file_read(files[file], CSV_FILE_BYTES, &original, &length));
        char *bytes = malloc(length);
        assert_non_null(bytes);
        for (uint32_t seed = 1, round = 0; round < ROUNDS; round++) {
            struct report report = {.file = "mutated"};
            struct import *import = import_create("mutated", NOW);
            struct csv csv;
            memcpy(bytes, original, length);
            mutate(bytes, length, &seed);
            csv_init(&csv, bytes, length);
            import_rows(import, &csv, file == 1 ? "title=name" : NULL, 0, &report);
            assert_int_equal(report.read, report.taken + report.refused);
            csv_finish(&csv);
            import_destroy(import);
        }
        free(bytes);
        free(original);
    }
    fflush(stderr);
    dup2(standard_error, STDERR_FILENO);
    close(standard_error);
}

static void an_import_locks_nobody_out_before_it_is_taken_over(void **state)
{
    (void)state;
    static const char text[] = "program_id,title\n77,Ожидание\n";
    static char line[RECORD_LINE_BYTES];
    struct report report = {.file = "a.csv"};
    struct import *import = import_create("a.csv", NOW);
    struct csv csv;
    size_t length;
    uint32_t changed = 0;
    uint32_t gone = 0;
    struct store *other = store_open(room.data, false);
    store_set_patience(other, 0);
    csv_init(&csv, text, strlen(text));
    assert_true(import_rows(import, &csv, NULL, 0, &report));
    assert_true(store_stage(room.hub.store));
    assert_true(import_stage(import, room.hub.store, &changed));
    assert_true(changed > 0);
    assert_true(store_begin(other)); // a family's certificate is checked meanwhile
    assert_true(store_set_setting(other, "meanwhile", "1"));
    assert_true(store_commit(other));
    assert_true(store_line(room.hub.store, RECORD_PROGRAM, "p-77", line, sizeof line, &length));
    assert_false(store_line(other, RECORD_PROGRAM, "p-77", line, sizeof line, &length));
    assert_true(store_begin(room.hub.store));
    assert_true(store_apply(room.hub.store));
    assert_true(import_sweep(import, room.hub.store, false, &gone));
    assert_false(store_begin(other));
    assert_true(store_commit(room.hub.store));
    assert_true(store_line(other, RECORD_PROGRAM, "p-77", line, sizeof line, &length));
    store_close(other);
    csv_finish(&csv);
    import_destroy(import);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rows_of_one_program_become_groups, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_without_ids_get_stable_ones, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_bad_cell_costs_the_cell, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_source_no_longer_has_goes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_stays_the_same_keeps_its_time, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_price_tells_how_one_pays, set_up, tear_down),
        cmocka_unit_test(any_bytes_are_survived),
        cmocka_unit_test_setup_teardown(an_import_locks_nobody_out_before_it_is_taken_over, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
