#include "config/own.h"
#include "config/settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char dir[64];
static char path[128];

static int setup(void **state)
{
    (void)state;
    snprintf(dir, sizeof dir, "/tmp/settings-XXXXXX");
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/" SETTINGS_FILE, dir);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(dir);
}

static void what_was_saved_is_loaded(void **state)
{
    (void)state;
    struct settings settings = {.volume_percent = 0,
                                .brightness_percent = 10,
                                .idle_s = 300,
                                .help_place = "в «Зелёном» холле, 2 этаж \\ \" № 5"};
    struct stat info;
    assert_true(settings_save(dir, &settings));
    struct settings loaded = settings_load(dir);
    assert_memory_equal(&loaded, &settings, sizeof settings);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
}

// Where the kiosk has a folder of its own, that one's user owns what root writes.
static void the_kiosks_own_folder_is_preferred(void **state)
{
    (void)state;
    enum { SOMEBODY = 4711 };
    struct settings settings = settings_default();
    struct stat info;
    char own[96];
    char file[128];
    snprintf(own, sizeof own, "%s/" OWN_FOLDER, dir);
    snprintf(file, sizeof file, "%s/" SETTINGS_FILE, own);
    assert_int_equal(mkdir(own, 0700), 0);
    if (geteuid() == 0)
        assert_int_equal(chown(own, SOMEBODY, SOMEBODY), 0);
    settings.idle_s = 77;
    assert_true(settings_save(dir, &settings));
    assert_int_equal(settings_load(dir).idle_s, 77);
    assert_int_equal(stat(file, &info), 0);
    assert_int_equal(info.st_uid, geteuid() == 0 ? SOMEBODY : geteuid());
    assert_int_not_equal(stat(path, &info), 0);
    assert_int_equal(unlink(file), 0);
    assert_int_equal(rmdir(own), 0);
}

static void anything_else_is_the_defaults(void **state)
{
    static const char *const files[] = {
        "",
        "{}",
        "[]",
        "{\"volume_percent\": 50, \"brightness_percent\": 50, \"idle_s\": 60}",
        "{\"volume_percent\": 50, \"brightness_percent\": 50, \"idle_s\": 60, "
        "\"help_place\": \"x\", \"pin\": 1}",
        "{\"volume_percent\": 50, \"volume_percent\": 50, \"brightness_percent\": 50, "
        "\"idle_s\": 60}",
        "{\"volume_percent\": 101, \"brightness_percent\": 50, \"idle_s\": 60, \"help_place\": "
        "\"\"}",
        "{\"volume_percent\": 50, \"brightness_percent\": 0, \"idle_s\": 60, \"help_place\": "
        "\"\"}",
        "{\"volume_percent\": 50, \"brightness_percent\": 50, \"idle_s\": 29, \"help_place\": "
        "\"\"}",
        "{\"volume_percent\": 50.5, \"brightness_percent\": 50, \"idle_s\": 60, \"help_place\": "
        "\"\"}",
        "{\"volume_percent\": -1, \"brightness_percent\": 50, \"idle_s\": 60, \"help_place\": "
        "\"\"}",
        "{\"volume_percent\": \"50\", \"brightness_percent\": 50, \"idle_s\": 60, "
        "\"help_place\": \"\"}",
        "{\"volume_percent\": 50, \"brightness_percent\": 50, \"idle_s\": 60, \"help_place\": "
        "\"a\\nb\"}",
        "{\"volume_percent\": 50, \"brightness_percent\": 50, \"idle_s\": 60, \"help_place\": "
        "\"\"} ,",
    };
    (void)state;
    struct settings defaults = settings_default();
    struct settings loaded = settings_load(dir); // there is none
    assert_memory_equal(&loaded, &defaults, sizeof loaded);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        FILE *file = fopen(path, "we");
        assert_non_null(file);
        assert_true(fputs(files[i], file) >= 0);
        assert_int_equal(fclose(file), 0);
        loaded = settings_load(dir);
        assert_memory_equal(&loaded, &defaults, sizeof loaded);
    }
}

static void a_long_place_is_refused(void **state)
{
    (void)state;
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    fprintf(
        file,
        "{\"volume_percent\":50,\"brightness_percent\":50,\"idle_s\":60,\"help_place\":\"%*s\"}",
        SETTINGS_PLACE_BYTES, "x");
    assert_int_equal(fclose(file), 0);
    assert_int_equal(settings_load(dir).volume_percent, settings_default().volume_percent);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_saved_is_loaded, setup, teardown),
        cmocka_unit_test_setup_teardown(the_kiosks_own_folder_is_preferred, setup, teardown),
        cmocka_unit_test_setup_teardown(anything_else_is_the_defaults, setup, teardown),
        cmocka_unit_test_setup_teardown(a_long_place_is_refused, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
