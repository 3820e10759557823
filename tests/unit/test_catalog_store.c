#include "base/file.h"
#include "base/hash.h"
#include "catalog/record_fields.h"
#include "catalog/record_json.h"
#include "catalog/store.h"
#include "tests/support/catalog_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];
static char error[CATALOG_ERROR_BYTES];

static const char *in_folder(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static bool exists(const char *name)
{
    return access(in_folder(name), F_OK) == 0;
}

// A name that an SQLite URI must escape.
static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/catalog-100%%25?a#b-XXXXXX");
    return mkdtemp(folder) != NULL ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    catalog_prune(folder, 0);
    return rmdir(folder);
}

static struct catalog_writer *begin(uint64_t serial)
{
    struct catalog_info info = {
        .serial = serial, .published_at_s = 1000, .expires_at_s = 2000, .region = "Орёл"};
    struct catalog_writer *writer = catalog_writer_create(folder, &info, error);
    if (writer == NULL)
        fail_msg("%s", error);
    return writer;
}

static uint64_t line_hash(const struct record *record)
{
    static char memory[RECORD_LINE_BYTES];
    struct text line;
    text_init(&line, memory, sizeof memory);
    assert_true(record_to_json(RECORD_PUT, record, &line));
    return hash_fnv1a64(HASH_FNV1A64_START, memory, line.length - 1);
}

static void put(void *writer, const struct record *record)
{
    if (!catalog_writer_put(writer, record, line_hash(record), error))
        fail_msg("%s", error);
}

static void drop(struct catalog_writer *writer, enum record_type type, const char *id)
{
    if (!catalog_writer_drop(writer, type, id, error))
        fail_msg("%s", error);
}

static struct catalog_content content_of(uint64_t serial)
{
    struct catalog_content content;
    assert_true(catalog_read_content(folder, serial, &content));
    return content;
}

static void assert_same_content(struct catalog_content got, struct catalog_content want)
{
    assert_true(got.hash == want.hash);
    assert_int_equal(got.line_count, want.line_count);
    assert_int_equal(got.skipped_count, want.skipped_count);
}

static struct catalog_writer *begin_from(uint64_t base_serial, uint64_t serial)
{
    struct catalog_info info = {
        .serial = serial, .published_at_s = 1500, .expires_at_s = 2500, .region = "Орёл"};
    struct catalog_writer *writer = catalog_writer_create_from(folder, base_serial, &info, error);
    if (writer == NULL)
        fail_msg("%s", error);
    return writer;
}

static void put_program(struct catalog_writer *writer, const char *id, const char *title)
{
    struct record record;
    record_clear(RECORD_PROGRAM, &record);
    record.program.head.id = id;
    record.program.title = title;
    put(writer, &record);
}

static void put_group(struct catalog_writer *writer, const char *id, unsigned slots)
{
    struct record record;
    record_clear(RECORD_GROUP, &record);
    record.group.head.id = id;
    record.group.program_id = "p1";
    record.group.slot_count = slots;
    for (unsigned i = 0; i < slots; i++)
        record.group.slots[i] = (struct slot){.weekday = (uint8_t)(1 + i % 7),
                                              .parity = WEEK_EVEN,
                                              .from_min = RECORD_UNKNOWN,
                                              .to_min = RECORD_UNKNOWN,
                                              .address_id = "там"};
    put(writer, &record);
}

static void finish(struct catalog_writer *writer)
{
    if (!catalog_writer_finish(writer, error))
        fail_msg("%s", error);
}

static struct snapshot *load(uint64_t serial)
{
    struct snapshot *snapshot = catalog_load(folder, serial, error);
    if (snapshot == NULL)
        fail_msg("%s", error);
    return snapshot;
}

static void to_json(enum record_type type, const void *item, size_t size, char *ret_line)
{
    struct record record;
    record_clear(type, &record);
    memcpy(&record.program, item, size);
    struct text line;
    text_init(&line, ret_line, RECORD_LINE_BYTES);
    assert_true(record_to_json(RECORD_PUT, &record, &line));
}

static void assert_same(enum record_type type, const void *a, const void *b, size_t size)
{
    static char first[RECORD_LINE_BYTES];
    static char second[RECORD_LINE_BYTES];
    to_json(type, a, size, first);
    to_json(type, b, size, second);
    assert_string_equal(first, second);
}

static void a_region_survives_the_journey(void **state)
{
    (void)state;
    struct catalog_writer *writer = begin(3);
    catalog_fixture_each(300, 11, put, writer);
    assert_false(exists("catalog-3.db"));
    finish(writer);
    assert_false(exists("catalog-3.new"));
    struct snapshot *want = catalog_fixture_snapshot(300, 11);
    struct snapshot *got = load(3);
    assert_int_equal(got->serial, 3);
    assert_int_equal(got->published_at_s, 1000);
    assert_int_equal(got->expires_at_s, 2000);
    assert_string_equal(got->region, "Орёл");
    assert_int_equal(got->program_count, want->program_count);
    assert_int_equal(got->group_count, want->group_count);
    assert_int_equal(got->address_count, want->address_count);
    assert_int_equal(got->organization_count, want->organization_count);
    assert_int_equal(got->municipality_count, want->municipality_count);
    for (uint32_t i = 0; i < got->program_count; i++)
        assert_same(RECORD_PROGRAM, &got->programs[i].record, &want->programs[i].record,
                    sizeof(struct program));
    for (uint32_t i = 0; i < got->group_count; i++)
        assert_same(RECORD_GROUP, &got->groups[i].record, &want->groups[i].record,
                    sizeof(struct group));
    for (uint32_t i = 0; i < got->address_count; i++)
        assert_same(RECORD_ADDRESS, &got->addresses[i], &want->addresses[i],
                    sizeof(struct address));
    snapshot_destroy(want);
    snapshot_destroy(got);
}

static uint32_t load_and_forget(uint64_t serial)
{
    struct snapshot *snapshot = load(serial);
    uint32_t count = snapshot->program_count;
    snapshot_destroy(snapshot);
    return count;
}

static void a_delta_builds_on_the_older_file(void **state)
{
    (void)state;
    struct catalog_writer *writer = begin(1);
    put_program(writer, "p1", "Один");
    put_program(writer, "p2", "Два");
    put_group(writer, "g1", 2);
    put_group(writer, "g2", 3);
    put_group(writer, "g3", 1);
    finish(writer);
    writer = begin_from(1, 2);
    put_program(writer, "p1", "Уже другое");
    put_group(writer, "g1", 1);
    drop(writer, RECORD_PROGRAM, "p2");
    drop(writer, RECORD_GROUP, "g2");
    drop(writer, RECORD_GROUP, "never heard of");
    finish(writer);
    assert_int_equal(load_and_forget(1), 2); // the base is as it was
    struct snapshot *snapshot = load(2);
    assert_int_equal(snapshot->program_count, 1);
    assert_string_equal(snapshot->programs[0].record.title, "Уже другое");
    assert_int_equal(snapshot->group_count, 2);
    assert_string_equal(snapshot->groups[0].record.head.id, "g1");
    assert_int_equal(snapshot->groups[0].record.slot_count, 1);
    assert_int_equal(snapshot->groups[0].record.slots[0].parity, WEEK_EVEN);
    assert_int_equal(snapshot->groups[0].record.slots[0].from_min, RECORD_UNKNOWN);
    assert_string_equal(snapshot->groups[0].record.slots[0].address_id, "там");
    assert_string_equal(snapshot->groups[1].record.head.id, "g3");
    assert_int_equal(snapshot->groups[1].record.slot_count, 1);
    snapshot_destroy(snapshot);
}

static void either_way_leads_to_the_same_content(void **state)
{
    (void)state;
    struct catalog_writer *writer = begin(1);
    put_program(writer, "p1", "Один");
    put_program(writer, "p2", "Два");
    put_group(writer, "g1", 2);
    struct catalog_content before = catalog_writer_content(writer);
    finish(writer);
    assert_int_equal(before.line_count, 3);
    assert_same_content(content_of(1), before);
    writer = begin_from(1, 2);
    put_program(writer, "p1", "Один");
    assert_same_content(catalog_writer_content(writer), before); // the same line changes nothing
    put_program(writer, "p1", "Первый");
    drop(writer, RECORD_GROUP, "g1");
    drop(writer, RECORD_GROUP, "g1");
    put_program(writer, "p3", "Три");
    finish(writer);
    writer = begin(3);
    put_program(writer, "p3", "Три");
    put_program(writer, "p2", "Два");
    put_program(writer, "p1", "Первый");
    finish(writer);
    assert_same_content(content_of(2), content_of(3));
    assert_true(content_of(2).hash != before.hash);
    struct catalog_info info;
    assert_true(catalog_read_info(folder, 2, &info));
    assert_int_equal(info.serial, 2);
    assert_int_equal(info.published_at_s, 1500);
    assert_int_equal(info.expires_at_s, 2500);
    assert_string_equal(info.region, "Орёл");
}

static void skipped_lines_belong_to_the_content_but_make_no_base(void **state)
{
    (void)state;
    struct catalog_writer *writer = begin(1);
    put_program(writer, "p1", "Один");
    uint64_t hash = catalog_writer_content(writer).hash;
    catalog_writer_skip(writer, 77);
    finish(writer);
    assert_same_content(content_of(1), (struct catalog_content){hash + 77, 2, 1});
    assert_int_equal(load_and_forget(1), 1);
    struct catalog_info info = {.serial = 2};
    assert_null(catalog_writer_create_from(folder, 1, &info, error));
    assert_non_null(strstr(error, "found 1 skipped lines, expected none"));
    assert_false(exists("catalog-2.new"));
}

static void run_sql(const char *name, const char *sql)
{
    sqlite3 *database;
    assert_int_equal(sqlite3_open(in_folder(name), &database), SQLITE_OK);
    if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(database));
    sqlite3_close(database);
}

// As files were before lines were hashed.
static void make_older(const char *name)
{
    char sql[128];
    for (int type = 0; type < RECORD_TYPE_COUNT; type++) {
        snprintf(sql, sizeof sql, "ALTER TABLE \"%s\" DROP COLUMN line_hash",
                 record_type_name((enum record_type)type));
        run_sql(name, sql);
    }
    run_sql(name, "ALTER TABLE catalog DROP COLUMN content_hash");
    run_sql(name, "ALTER TABLE catalog DROP COLUMN skipped_count");
}

static void an_older_file_is_read_but_is_no_base(void **state)
{
    (void)state;
    struct catalog_writer *writer = begin(1);
    put_program(writer, "p1", "Один");
    put_group(writer, "g1", 2);
    finish(writer);
    make_older("catalog-1.db");
    uint64_t serial = 0;
    assert_true(catalog_find_newest(folder, &serial));
    assert_int_equal(load_and_forget(1), 1);
    struct catalog_info info = {.serial = 2};
    struct catalog_content content;
    assert_true(catalog_read_info(folder, 1, &info));
    assert_false(catalog_read_content(folder, 1, &content));
    info.serial = 2;
    assert_null(catalog_writer_create_from(folder, 1, &info, error));
    assert_false(exists("catalog-2.new"));
}

static void rows_that_vanished_from_the_base_are_noticed(void **state)
{
    (void)state;
    struct catalog_writer *writer = begin(1);
    put_program(writer, "p1", "Один");
    put_program(writer, "p2", "Два");
    finish(writer);
    run_sql("catalog-1.db", "DELETE FROM program WHERE id='p2'");
    writer = begin_from(1, 2);
    put_program(writer, "p3", "Три");
    assert_false(catalog_writer_finish(writer, error));
    assert_string_equal(error, "catalog-2.new: found 2 rows, expected 3");
    assert_false(exists("catalog-2.new"));
    assert_false(exists("catalog-2.db"));
}

static void a_delta_on_nothing_is_a_failure(void **state)
{
    (void)state;
    struct catalog_info info = {.serial = 2};
    assert_null(catalog_writer_create_from(folder, 1, &info, error));
    assert_non_null(strstr(error, "catalog-1.db: copy: No such file"));
    assert_false(exists("catalog-2.new"));
    assert_false(exists("catalog-2.db"));
}

static void write_empty(uint64_t serial)
{
    finish(begin(serial));
}

static void cut_in_half(const char *name)
{
    struct stat info;
    assert_int_equal(stat(in_folder(name), &info), 0);
    assert_int_equal(truncate(in_folder(name), info.st_size / 2), 0);
}

static void the_newest_sound_one_is_found(void **state)
{
    (void)state;
    uint64_t serial = 77;
    assert_false(catalog_find_newest(folder, &serial));
    assert_int_equal(serial, 77);
    write_empty(9);
    write_empty(10);
    write_empty(11);
    assert_true(catalog_find_newest(folder, &serial));
    assert_int_equal(serial, 11);
    cut_in_half("catalog-11.db");
    assert_true(file_write_atomic(in_folder("catalog-12.db"), "rubbish", 7, 0600));
    assert_true(file_write_atomic(in_folder("catalog-13.new"), "", 0, 0600));
    assert_true(catalog_find_newest(folder, &serial));
    assert_int_equal(serial, 10);
    assert_null(catalog_load(folder, 12, error));
    assert_non_null(strstr(error, "catalog-12.db"));
    assert_null(catalog_load(folder, 14, error));
}

static void a_file_under_a_wrong_name_is_refused(void **state)
{
    (void)state;
    write_empty(5);
    char from[128];
    snprintf(from, sizeof from, "%s", in_folder("catalog-5.db"));
    assert_int_equal(rename(from, in_folder("catalog-6.db")), 0);
    assert_null(catalog_load(folder, 6, error));
}

// Loads or refuses; the sanitizers watch.
static void damage_is_no_crash(void **state)
{
    (void)state;
    struct catalog_writer *writer = begin(4);
    catalog_fixture_each(20, 4, put, writer);
    finish(writer);
    char *sound;
    size_t length;
    assert_true(file_read(in_folder("catalog-4.db"), 1 << 24, &sound, &length));
    char *damaged = malloc(length);
    uint32_t random = 4;
    for (int round = 0; round < 150; round++) {
        memcpy(damaged, sound, length);
        for (int i = 0; i < 20; i++) {
            random = hash_xorshift32(random);
            damaged[random % length] = (char)(random >> 20);
        }
        assert_true(file_write_atomic(in_folder("catalog-4.db"), damaged, length, 0600));
        snapshot_destroy(catalog_load(folder, 4, error));
    }
    free(damaged);
    free(sound);
}

static void pruning_keeps_the_newest(void **state)
{
    (void)state;
    write_empty(9);
    write_empty(10);
    write_empty(11);
    assert_true(file_write_atomic(in_folder("catalog-12.new"), "", 0, 0600));
    assert_true(file_write_atomic(in_folder("catalog-007.db"), "", 0, 0600));
    catalog_prune(folder, 2);
    assert_false(exists("catalog-9.db"));
    assert_true(exists("catalog-10.db"));
    assert_true(exists("catalog-11.db"));
    assert_false(exists("catalog-12.new"));
    assert_true(exists("catalog-007.db")); // not ours
    unlink(in_folder("catalog-007.db"));
}

static void no_folder_is_a_sentence(void **state)
{
    (void)state;
    struct catalog_info info = {.serial = 1};
    assert_null(catalog_writer_create("/nowhere/at/all", &info, error));
    assert_non_null(strstr(error, "catalog-1.new: create: unable to open"));
    uint64_t serial;
    assert_false(catalog_find_newest("/nowhere/at/all", &serial));
    catalog_prune("/nowhere/at/all", 1);
}

int main(void)
{
#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(a_region_survives_the_journey),
        IN_A_FOLDER(a_delta_builds_on_the_older_file),
        IN_A_FOLDER(either_way_leads_to_the_same_content),
        IN_A_FOLDER(skipped_lines_belong_to_the_content_but_make_no_base),
        IN_A_FOLDER(an_older_file_is_read_but_is_no_base),
        IN_A_FOLDER(rows_that_vanished_from_the_base_are_noticed),
        IN_A_FOLDER(a_delta_on_nothing_is_a_failure),
        IN_A_FOLDER(the_newest_sound_one_is_found),
        IN_A_FOLDER(a_file_under_a_wrong_name_is_refused),
        IN_A_FOLDER(damage_is_no_crash),
        IN_A_FOLDER(pruning_keeps_the_newest),
        cmocka_unit_test(no_folder_is_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
