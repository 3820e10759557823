// Where a backup goes, the disk may be full, fail or lose power (tests/support/disk.h).
#include "base/file.h"
#include "base/hash.h"
#include "hub/backup.h"
#include "hub/key.h"
#include "hub/publish.h"
#include "tests/support/disk.h"
#include "tests/support/hub_room.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NOW = 1790000000, FILE_BYTES = 16 * 1024 * 1024 };

static struct hub_room room;
static char out[64];    // the disk that fails
static char target[64]; // what it holds after a power cut
static char path[128];
static char again[128];
static int standard_error;

static void write_number_key(void)
{
    char key[FOLDER_PATH_BYTES];
    unsigned char bytes[SECRET_KEY_BYTES] = {7};
    assert_true(folder_path(room.data, FOLDER_NUMBER_KEY, key));
    assert_true(file_write_atomic(key, bytes, sizeof bytes, 0600));
}

static int set_up(void **state)
{
    (void)state;
    struct published published;
    char keys[FOLDER_PATH_BYTES];
    hub_room_init(&room);
    standard_error = dup(STDERR_FILENO);
    assert_non_null(freopen("/dev/null", "w", stderr));
    assert_true(folder_path(room.data, "keys", keys) && folder_make(keys, true));
    assert_true(key_make(room.data));
    write_number_key();
    hub_room_import(&room, "a.csv", "title,organization\nШахматы,ДДТ\n", NOW);
    assert_true(publish(room.data, room.hub.store, NOW, &published));
    text_copy(out, sizeof out, "/tmp/navigator-backup-XXXXXX");
    text_copy(target, sizeof target, "/tmp/navigator-crash-XXXXXX");
    assert_non_null(mkdtemp(out));
    assert_non_null(mkdtemp(target));
    snprintf(path, sizeof path, "%s/hub.tar", out);
    snprintf(again, sizeof again, "%s/again", out);
    return 0;
}

static void empty(const char *folder)
{
    char command[160];
    snprintf(command, sizeof command, "rm -rf '%s'; mkdir '%s'", folder, folder);
    assert_int_equal(system(command), 0);
}

static int tear_down(void **state)
{
    (void)state;
    disk_unwatch();
    fflush(stderr);
    dup2(standard_error, STDERR_FILENO);
    close(standard_error);
    empty(out);
    empty(target);
    rmdir(out);
    rmdir(target);
    hub_room_finish(&room);
    return 0;
}

static unsigned files_in(const char *folder)
{
    unsigned count = 0;
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    while (readdir(dir))
        count++;
    closedir(dir);
    return count - 2;
}

static bool restores(const char *backup)
{
    struct backup_report report;
    char into[128];
    char command[192];
    snprintf(into, sizeof into, "%s/restored", room.data);
    bool ok = backup_restore(backup, into, NOW, &report);
    snprintf(command, sizeof command, "rm -rf '%s'", into);
    assert_int_equal(system(command), 0);
    return ok;
}

// The old backup stays whole until the new one is.
static void a_full_disk_leaves_the_old_backup(void **state)
{
    (void)state;
    struct backup_report report;
    assert_true(backup_write(room.data, path, &report));
    char *old;
    char *now;
    size_t old_length;
    size_t length;
    assert_true(file_read(path, FILE_BYTES, &old, &old_length));
    disk_watch(out);
    unsigned failures = 0;
    for (int64_t room_bytes = 0;; room_bytes += 4096) {
        disk_set_room(room_bytes);
        if (backup_write(room.data, path, &report))
            break;
        failures++;
        assert_int_equal(files_in(out), 1);
        assert_true(file_read(path, FILE_BYTES, &now, &length));
        assert_int_equal(length, old_length);
        assert_memory_equal(now, old, length);
        free(now);
    }
    disk_set_room(-1);
    assert_true(failures > 20);
    assert_true(restores(path));
    free(old);
}

static void each_failing_call_leaves_nothing(void **state)
{
    (void)state;
    static const int errors[] = {EIO, ENOSPC};
    struct backup_report report;
    disk_watch(out);
    unsigned failures = 0;
    for (size_t i = 0; i < 2; i++) {
        for (unsigned nth = 1;; nth++) {
            unlink(path);
            disk_fail(
                &(struct disk_fault){DISK_ANY_CALL & ~(1u << DISK_READ), nth, errors[i], true});
            bool written = backup_write(room.data, path, &report);
            bool hit = disk_hits() > 0;
            disk_fail(NULL);
            if (!hit)
                break;
            failures++;
            assert_true(!written || access(path, F_OK) == 0);
            if (written)
                assert_true(restores(path));
        }
    }
    assert_true(failures > 20);
}

static void a_power_cut_leaves_the_old_or_the_new_one(void **state)
{
    (void)state;
    struct backup_report report;
    char cut[128];
    snprintf(cut, sizeof cut, "%s/hub.tar", target);
    assert_true(backup_write(room.data, path, &report));
    disk_watch(out);
    assert_true(backup_write(room.data, path, &report));
    uint64_t last = disk_steps();
    assert_true(last > 20);
    for (uint64_t step = 1; step <= last; step++) {
        empty(target);
        disk_crash(step, step % 2 ? DISK_LOSS_ALL : DISK_LOSS_SOME, step, target);
        assert_true(restores(cut));
    }
}

static void a_full_disk_restores_nothing(void **state)
{
    (void)state;
    struct backup_report report;
    assert_true(backup_write(room.data, path, &report));
    disk_watch(out);
    for (int64_t room_bytes = 0; room_bytes < report.size_bytes * 3 / 4; room_bytes += 4096) {
        disk_set_room(room_bytes);
        assert_false(backup_restore(path, again, NOW, &report));
        assert_int_equal(files_in(out), 1);
    }
    disk_unwatch();
    assert_true(backup_restore(path, again, NOW, &report));
    assert_int_equal(report.serial, NOW);
    assert_int_equal(files_in(out), 2);
}

// Whatever changes in it, by accident or not, it makes no hub.
static void no_changed_byte_goes_unnoticed(void **state)
{
    (void)state;
    enum { ROUNDS = 60, END_BYTES = 512 };
    struct backup_report report;
    char *bytes;
    size_t length;
    assert_true(backup_write(room.data, path, &report));
    assert_true(file_read(path, FILE_BYTES, &bytes, &length));
    for (uint32_t seed = 1, round = 0; round < ROUNDS; round++) {
        seed = hash_xorshift32(seed);
        size_t at = round % 2 ? seed % (length - END_BYTES) : seed % END_BYTES;
        char kept = bytes[at];
        bytes[at] = (char)(kept ^ (1 << seed % 7));
        assert_true(file_write_atomic(path, bytes, length, 0600));
        assert_false(restores(path));
        bytes[at] = kept;
    }
    assert_true(file_write_atomic(path, bytes, length, 0600));
    assert_true(restores(path));
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_full_disk_leaves_the_old_backup, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_failing_call_leaves_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_power_cut_leaves_the_old_or_the_new_one, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_full_disk_restores_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_changed_byte_goes_unnoticed, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
