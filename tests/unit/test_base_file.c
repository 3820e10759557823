#include "base/file.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64];
static char path[128];

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/file-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return 1;
    snprintf(path, sizeof path, "%s/file", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    char *data;
    size_t length;
    assert_true(file_write_atomic(path, "first", 5, 0644));
    assert_true(file_write_atomic(path, "a\0b", 3, 0600));
    assert_true(file_read(path, 3, &data, &length));
    assert_int_equal(length, 3);
    assert_memory_equal(data, "a\0b\0", 4);
    free(data);
    struct stat info;
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
}

static void an_empty_file_is_a_file(void **state)
{
    (void)state;
    char *data;
    size_t length;
    assert_true(file_write_atomic(path, "", 0, 0600));
    assert_true(file_read(path, 10, &data, &length));
    assert_int_equal(length, 0);
    assert_string_equal(data, "");
    free(data);
}

static void too_much_is_refused(void **state)
{
    (void)state;
    char *data = path;
    size_t length = 7;
    assert_true(file_write_atomic(path, "12345", 5, 0600));
    assert_false(file_read(path, 4, &data, &length));
    assert_int_equal(errno, EFBIG);
    assert_ptr_equal(data, path);
    assert_int_equal(length, 7);
}

// Files of /proc say they have no bytes.
static void a_file_without_a_size_is_read(void **state)
{
    (void)state;
    char *data;
    size_t length;
    assert_true(file_read("/proc/self/stat", 4096, &data, &length));
    assert_true(length > 0);
    assert_int_equal(strlen(data), length);
    free(data);
}

static void failures_tell_why(void **state)
{
    (void)state;
    char *data;
    size_t length;
    assert_false(file_read("/no/such/file", 10, &data, &length));
    assert_int_equal(errno, ENOENT);
    assert_false(file_read(folder, 10, &data, &length));
    assert_int_equal(errno, EISDIR);
    assert_false(file_write_atomic("/no/such/file", "", 0, 0600));
    assert_int_equal(errno, ENOENT);
}

// The target is a folder: rename fails, and neither the target nor a neighbour is left changed.
static void a_failed_write_leaves_nothing(void **state)
{
    (void)state;
    char beside[80];
    assert_false(file_write_atomic(folder, "x", 1, 0600));
    snprintf(beside, sizeof beside, "%s.new", folder);
    assert_int_equal(access(beside, F_OK), -1);
}

static void copy_and_compare(size_t length)
{
    static char bytes[600 * 1024];
    char copy[sizeof path + 8];
    char *data;
    size_t got;
    for (size_t i = 0; i < length; i++)
        bytes[i] = (char)(i * 7919 >> 8);
    snprintf(copy, sizeof copy, "%s.copy", path);
    assert_true(file_write_atomic(path, bytes, length, 0600));
    assert_true(file_copy(path, copy, 0600));
    assert_true(file_read(copy, sizeof bytes, &data, &got));
    assert_int_equal(got, length);
    assert_memory_equal(data, bytes, length);
    free(data);
    assert_false(file_copy(path, copy, 0600)); // it is there already: never overwritten
    assert_int_equal(errno, EEXIST);
    assert_int_equal(unlink(copy), 0);
}

static void a_copy_is_the_same(void **state)
{
    (void)state;
    static const size_t lengths[] = {0, 1, 256 * 1024 - 1, 256 * 1024, 256 * 1024 + 1, 600 * 1024};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
        copy_and_compare(lengths[i]);
}

static void a_failed_copy_leaves_nothing(void **state)
{
    (void)state;
    char copy[sizeof path + 8];
    snprintf(copy, sizeof copy, "%s.copy", path);
    assert_false(file_copy("/no/such/file", copy, 0600));
    assert_int_equal(errno, ENOENT);
    assert_int_equal(access(copy, F_OK), -1);
    assert_false(file_copy(folder, copy, 0600)); // opens, but cannot be read
    assert_int_equal(errno, EISDIR);
    assert_int_equal(access(copy, F_OK), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read), cmocka_unit_test(an_empty_file_is_a_file),
        cmocka_unit_test(too_much_is_refused),     cmocka_unit_test(a_file_without_a_size_is_read),
        cmocka_unit_test(failures_tell_why),       cmocka_unit_test(a_failed_write_leaves_nothing),
        cmocka_unit_test(a_copy_is_the_same),      cmocka_unit_test(a_failed_copy_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
