// The disk itself: it sees all that reaches the folder, it says what may be left, it fails as told;
// and the cuts catch each of the mistakes that a writer can make.
#include "base/file.h"
#include "tests/faults/cuts.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { VALUE_BYTES = 3000 };

static char folder[64];
static char value[2][VALUE_BYTES + 1]; // the old and the new contents

static const char *in_folder(const char *name)
{
    static char path[2][128];
    static unsigned turn;
    char *memory = path[turn++ % 2];
    snprintf(memory, 128, "%s/%s", folder, name);
    return memory;
}

static void write_plainly(const char *name, const char *text)
{
    int fd = open(in_folder(name), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    assert_int_equal(close(fd), 0);
}

static int set_up(void **state)
{
    (void)state;
    memset(value[0], 'o', VALUE_BYTES);
    memset(value[1], 'n', VALUE_BYTES);
    cuts_make_folder(folder);
    write_plainly("value", value[0]);
    disk_watch(folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    disk_unwatch();
    cuts_remove_folder(folder);
    return 0;
}

static void assert_matches(void)
{
    char why[DISK_TEXT_BYTES];
    if (!disk_matches(why))
        fail_msg("%s", why);
}

// ---- writers, each one told from the right one by its mistake

static void sync_folder(void)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY);
    assert_int_equal(fsync(fd), 0);
    close(fd);
}

static void replace(bool sync_file, bool sync_after_rename, bool sync_names)
{
    int fd = open(in_folder("value.new"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_int_equal(write(fd, value[1], VALUE_BYTES), VALUE_BYTES);
    if (sync_file)
        assert_int_equal(fsync(fd), 0);
    assert_int_equal(rename(in_folder("value.new"), in_folder("value")), 0);
    if (sync_after_rename)
        assert_int_equal(fsync(fd), 0);
    close(fd);
    if (sync_names)
        sync_folder();
}

static void write_rightly(void)
{
    assert_true(file_write_atomic(in_folder("value"), value[1], VALUE_BYTES, 0600));
}

static void forget_fsync_of_file(void)
{
    replace(false, false, true);
}

static void forget_fsync_of_folder(void)
{
    replace(true, false, false);
}

static void rename_before_fsync(void)
{
    replace(false, true, true);
}

static void overwrite_in_place(void)
{
    int fd = open(in_folder("value"), O_WRONLY);
    assert_int_equal(pwrite(fd, value[1], VALUE_BYTES, 0), VALUE_BYTES);
    assert_int_equal(fsync(fd), 0);
    close(fd);
}

static void retry_fsync_until_it_says_yes(void)
{
    disk_fail(&(struct disk_fault){.calls = 1 << DISK_SYNC, .nth = 1, .error = EIO});
    int fd = open(in_folder("value.new"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_int_equal(write(fd, value[1], VALUE_BYTES), VALUE_BYTES);
    while (fsync(fd) != 0)
        continue;
    assert_int_equal(disk_hits(), 1);
    disk_fail(NULL);
    close(fd);
    assert_int_equal(rename(in_folder("value.new"), in_folder("value")), 0);
    sync_folder();
}

// Old or new whole; new once the writer had returned.
static bool look(void *context, const char *where, uint64_t step,
                 char ret_why[static DISK_TEXT_BYTES])
{
    const uint64_t *returned = context;
    char path[128];
    char *data = NULL;
    size_t length = 0;
    snprintf(path, sizeof path, "%s/value", where);
    bool whole = file_read(path, VALUE_BYTES * 2, &data, &length) && length == VALUE_BYTES;
    bool old = whole && memcmp(data, value[0], VALUE_BYTES) == 0;
    bool new = whole &&memcmp(data, value[1], VALUE_BYTES) == 0;
    free(data);
    snprintf(ret_why, DISK_TEXT_BYTES, "found %s", old ? "the old value" : "neither value");
    return new || (old && step < *returned);
}

static struct cuts cut_while(void (*writer)(void))
{
    writer();
    uint64_t returned = disk_steps();
    struct cuts cuts = {.look = look, .context = &returned, .marks = &returned, .mark_count = 1};
    cuts_try(&cuts, 0, returned);
    print_message("%u boundaries, %u disks, %u looks, %u bad: %s\n", cuts.boundaries, cuts.disks,
                  cuts.looks, cuts.bad, cuts.first_bad);
    assert_int_equal(cuts.boundaries, returned + 1);
    assert_true(cuts.looks > 2);
    return cuts;
}

static void test_a_right_writer_survives_every_cut(void **state)
{
    (void)state;
    assert_int_equal(cut_while(write_rightly).bad, 0);
    assert_matches();
}

static void test_a_writer_without_fsync_of_the_file_is_caught(void **state)
{
    (void)state;
    assert_true(cut_while(forget_fsync_of_file).bad > 0);
}

static void test_a_writer_without_fsync_of_the_folder_is_caught(void **state)
{
    (void)state;
    assert_true(cut_while(forget_fsync_of_folder).bad > 0);
}

static void test_a_rename_before_the_fsync_is_caught(void **state)
{
    (void)state;
    assert_true(cut_while(rename_before_fsync).bad > 0);
}

static void test_an_overwrite_in_place_is_caught(void **state)
{
    (void)state;
    assert_true(cut_while(overwrite_in_place).bad > 0);
}

static void test_an_fsync_asked_again_after_it_failed_is_caught(void **state)
{
    (void)state;
    assert_true(cut_while(retry_fsync_until_it_says_yes).bad > 0);
}

// ---- the shared SQLite

static uint64_t answered[8]; // steps after which a row was promised

static void fill_database(const char *synchronous)
{
    sqlite3 *database;
    assert_int_equal(sqlite3_open(in_folder("rows.db"), &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, synchronous, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(database, "PRAGMA journal_mode=WAL; CREATE TABLE row(n)", NULL, NULL, NULL),
        SQLITE_OK);
    for (unsigned i = 0; i < 8; i++) {
        assert_int_equal(sqlite3_exec(database, "INSERT INTO row VALUES(1)", NULL, NULL, NULL),
                         SQLITE_OK);
        answered[i] = disk_steps();
    }
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
}

static bool look_at_rows(void *context, const char *where, uint64_t step,
                         char ret_why[static DISK_TEXT_BYTES])
{
    (void)context;
    char path[128];
    sqlite3 *database;
    sqlite3_stmt *count = NULL;
    int found = 0;
    int expected = 0;
    while (expected < 8 && answered[expected] <= step)
        expected++;
    snprintf(path, sizeof path, "%s/rows.db", where);
    sqlite3_open(path, &database);
    if (sqlite3_prepare_v2(database, "SELECT count(*) FROM row", -1, &count, NULL) == SQLITE_OK &&
        sqlite3_step(count) == SQLITE_ROW)
        found = sqlite3_column_int(count, 0);
    sqlite3_finalize(count);
    sqlite3_close(database);
    snprintf(ret_why, DISK_TEXT_BYTES, "found %d rows, expected %d", found, expected);
    return found >= expected;
}

static struct cuts cut_database(const char *synchronous)
{
    fill_database(synchronous);
    struct cuts cuts = {.look = look_at_rows, .marks = answered, .mark_count = 8};
    cuts_try(&cuts, 0, disk_steps());
    print_message("%s: %u boundaries, %u disks, %u looks, %u bad: %s\n", synchronous,
                  cuts.boundaries, cuts.disks, cuts.looks, cuts.bad, cuts.first_bad);
    return cuts;
}

static void test_sqlite_is_seen_and_keeps_what_it_promised(void **state)
{
    (void)state;
    struct cuts cuts = cut_database("PRAGMA synchronous=FULL");
    assert_int_equal(cuts.bad, 0);
    assert_true(cuts.boundaries > 30);
    assert_true(disk_calls(1 << DISK_SYNC) > 8);
    assert_true(disk_calls(1 << DISK_READ) > 0);
    assert_matches();
}

static void test_sqlite_without_fsync_is_caught(void **state)
{
    (void)state;
    assert_true(cut_database("PRAGMA synchronous=OFF").bad > 0);
}

// ---- what is seen

static void test_every_way_to_change_a_folder_is_seen(void **state)
{
    (void)state;
    assert_int_equal(mkdir(in_folder("below"), 0700), 0);
    write_plainly("below/a", "one");
    write_plainly("below/a", "three");
    int fd = open(in_folder("below/a"), O_RDWR | O_APPEND);
    assert_int_equal(write(fd, "more", 4), 4);
    int copy = dup(fd);
    assert_int_equal(close(fd), 0);
    assert_int_equal(ftruncate(copy, 6), 0);
    assert_int_equal(posix_fallocate(copy, 0, 5000), 0);
    assert_int_equal(link(in_folder("below/a"), in_folder("b")), 0);
    int to = open(in_folder("c"), O_RDWR | O_CREAT, 0600);
    assert_int_equal(copy_file_range(copy, &(off64_t){0}, to, NULL, 5000, 0), 5000);
    assert_int_equal(unlink(in_folder("below/a")), 0);
    assert_int_equal(rmdir(in_folder("below")), 0);
    assert_int_equal(renameat(AT_FDCWD, in_folder("c"), AT_FDCWD, in_folder("value")), 0);
    int dir = open(folder, O_RDONLY | O_DIRECTORY);
    int relative = openat(dir, "d", O_WRONLY | O_CREAT, 0600);
    assert_int_equal(pwrite(relative, "x", 1, 100), 1);
    assert_int_equal(unlinkat(dir, "b", 0), 0);
    close(relative);
    close(dir);
    close(to);
    close(copy);
    assert_int_equal(disk_steps(), 17);
    assert_matches();
}

static void test_a_change_past_the_disk_is_noticed(void **state)
{
    (void)state;
    char why[DISK_TEXT_BYTES];
    FILE *file = fopen(in_folder("value"), "r+");
    fputs("past", file);
    fclose(file);
    assert_false(disk_matches(why));
    assert_string_equal(why, "value: changed or gone unseen");
    file = fopen(in_folder("stranger"), "w");
    fclose(file);
    assert_false(disk_matches(why));
    assert_string_equal(why, "stranger: nobody was seen to make it");
}

static void test_forgotten_steps_leave_the_present(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 100; i++) {
        write_rightly();
        assert_int_equal(unlink(in_folder("value")), 0);
        disk_forget_steps();
    }
    assert_string_equal(disk_step_text(disk_steps()), "");
    write_rightly();
    uint64_t newest = disk_steps();
    assert_true(newest > 600);
    assert_string_equal(disk_step_text(newest - 1), "604 name value 0+0 from value.new");
    struct cuts cuts = {.look = look, .context = &newest};
    cuts_try(&cuts, newest, newest);
    assert_int_equal(cuts.bad, 0);
    assert_matches();
}

static void test_the_same_seed_leaves_the_same_disk(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 10; i++)
        overwrite_in_place(), write_plainly("other", value[0]);
    uint64_t prints[16];
    unsigned different = 0;
    for (uint64_t seed = 0; seed < 16; seed++)
        prints[seed] = disk_crash(disk_steps(), DISK_LOSS_SOME, seed, NULL);
    for (uint64_t seed = 0; seed < 16; seed++) {
        assert_true(disk_crash(disk_steps(), DISK_LOSS_SOME, seed, NULL) == prints[seed]);
        different += prints[seed] != prints[0];
    }
    assert_true(different > 4);
}

// ---- faults

static void test_the_nth_call_fails_once_or_for_ever(void **state)
{
    (void)state;
    int fd = open(in_folder("value"), O_RDWR);
    disk_fail(&(struct disk_fault){.calls = 1 << DISK_WRITE, .nth = 2, .error = EIO});
    assert_int_equal(write(fd, "a", 1), 1);
    assert_int_equal(fsync(fd), 0);
    assert_int_equal(write(fd, "b", 1), -1);
    assert_int_equal(errno, EIO);
    assert_int_equal(write(fd, "c", 1), 1);
    assert_int_equal(disk_hits(), 1);
    disk_fail(
        &(struct disk_fault){.calls = DISK_ANY_CALL, .nth = 2, .error = ENOSPC, .for_ever = true});
    assert_int_equal(fsync(fd), 0);
    assert_int_equal(pwrite(fd, "d", 1, 0), -1);
    assert_int_equal(open(in_folder("e"), O_WRONLY | O_CREAT, 0600), -1);
    assert_int_equal(rename(in_folder("value"), in_folder("e")), -1);
    assert_int_equal(errno, ENOSPC);
    assert_int_equal(disk_hits(), 3);
    assert_int_equal(disk_calls(DISK_ANY_CALL), 4);
    disk_fail(NULL);
    close(fd);
    assert_matches();
}

static void test_a_full_disk_cuts_writes_until_there_is_room(void **state)
{
    (void)state;
    int fd = open(in_folder("new"), O_RDWR | O_CREAT, 0600);
    disk_set_room(1000);
    assert_int_equal(write(fd, value[0], 600), 600);
    assert_int_equal(write(fd, value[0], 600), 400);
    assert_int_equal(write(fd, value[0], 600), -1);
    assert_int_equal(errno, ENOSPC);
    assert_int_equal(pwrite(fd, value[1], 1000, 0), 1000); // within what it has
    assert_int_equal(disk_hits(), 2);
    assert_int_equal(unlink(in_folder("value")), 0);
    assert_int_equal(write(fd, value[0], VALUE_BYTES), VALUE_BYTES);
    assert_int_equal(write(fd, value[0], 1), -1);
    close(fd);
    assert_matches();
}

static void test_a_read_only_disk_refuses_every_change(void **state)
{
    (void)state;
    char byte;
    int fd = open(in_folder("value"), O_RDWR);
    disk_set_read_only(true);
    assert_int_equal(open(in_folder("value"), O_RDWR), -1);
    assert_int_equal(errno, EROFS);
    assert_int_equal(open(in_folder("new"), O_WRONLY | O_CREAT, 0600), -1);
    assert_int_equal(write(fd, "x", 1), -1);
    assert_int_equal(unlink(in_folder("value")), -1);
    assert_int_equal(mkdir(in_folder("new"), 0700), -1);
    assert_int_equal(disk_hits(), 5);
    assert_int_equal(read(fd, &byte, 1), 1);
    close(fd);
    fd = open(in_folder("value"), O_RDONLY);
    assert_true(fd >= 0);
    close(fd);
    assert_matches();
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_a_right_writer_survives_every_cut),
        TEST(test_a_writer_without_fsync_of_the_file_is_caught),
        TEST(test_a_writer_without_fsync_of_the_folder_is_caught),
        TEST(test_a_rename_before_the_fsync_is_caught),
        TEST(test_an_overwrite_in_place_is_caught),
        TEST(test_an_fsync_asked_again_after_it_failed_is_caught),
        TEST(test_sqlite_is_seen_and_keeps_what_it_promised),
        TEST(test_sqlite_without_fsync_is_caught),
        TEST(test_every_way_to_change_a_folder_is_seen),
        TEST(test_a_change_past_the_disk_is_noticed),
        TEST(test_forgotten_steps_leave_the_present),
        TEST(test_the_same_seed_leaves_the_same_disk),
        TEST(test_the_nth_call_fails_once_or_for_ever),
        TEST(test_a_full_disk_cuts_writes_until_there_is_room),
        TEST(test_a_read_only_disk_refuses_every_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
