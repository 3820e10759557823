// The light of a false panel: full for a code, off outside its hours, else what staff chose.
#include "device/backlight.h"
#include "device/worker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { LARGEST = 937, LIMIT_MS = 20000 };

struct room {
    char dir[64];
    char data[80];
    char panel[80];
};

static void wake(void)
{
}

static void put(const struct room *room, const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", room->panel, name);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static long brightness(const struct room *room)
{
    char path[128];
    long value = -1;
    snprintf(path, sizeof path, "%s/brightness", room->panel);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%ld", &value), 1);
    fclose(file);
    return value;
}

static void await_brightness(const struct room *room, long value)
{
    for (int waited_ms = 0; brightness(room) != value; waited_ms++) {
        assert_true(waited_ms < LIMIT_MS);
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
}

static int setup(void **state)
{
    struct room *room = calloc(1, sizeof *room);
    snprintf(room->dir, sizeof room->dir, "/tmp/backlight-XXXXXX");
    assert_non_null(mkdtemp(room->dir));
    snprintf(room->data, sizeof room->data, "%s-data", room->dir);
    snprintf(room->panel, sizeof room->panel, "%s/panel", room->dir);
    assert_int_equal(mkdir(room->data, 0700), 0);
    assert_int_equal(mkdir(room->panel, 0700), 0);
    put(room, "max_brightness", "937\n");
    put(room, "brightness", "400\n");
    *state = room;
    return 0;
}

static int teardown(void **state)
{
    struct room *room = *state;
    char command[256];
    snprintf(command, sizeof command, "rm -r %s %s", room->dir, room->data);
    assert_int_equal(system(command), 0);
    free(room);
    return 0;
}

static struct worker *start(const struct room *room)
{
    static const char *const none[] = {NULL};
    return worker_create(&(struct worker_options){
        .data_dir = room->data, .link_arguments = none, .backlight_dir = room->dir, .wake = wake});
}

static void choose(struct worker *worker, uint32_t percent)
{
    struct effect effect = {.kind = EFFECT_KEEP_SETTINGS, .settings = settings_default()};
    effect.settings.brightness_percent = percent;
    assert_true(worker_ask(worker, &effect));
}

static void a_code_is_read_in_full_light(void **state)
{
    const struct room *room = *state;
    struct worker *worker = start(room);
    await_brightness(room, LARGEST);
    choose(worker, 35);
    await_brightness(room, LARGEST * 35 / 100);
    worker_light(worker, LIGHT_FULL);
    await_brightness(room, LARGEST);
    worker_light(worker, LIGHT_CHOSEN);
    await_brightness(room, LARGEST * 35 / 100);
    worker_destroy(worker);
}

static void the_end_puts_it_back(void **state)
{
    const struct room *room = *state;
    struct worker *worker = start(room);
    choose(worker, 35);
    await_brightness(room, LARGEST * 35 / 100);
    worker_light(worker, LIGHT_FULL);
    await_brightness(room, LARGEST);
    worker_destroy(worker);
    assert_int_equal(brightness(room), LARGEST * 35 / 100);
}

static void outside_its_hours_it_is_off(void **state)
{
    const struct room *room = *state;
    struct worker *worker = start(room);
    choose(worker, 35);
    await_brightness(room, LARGEST * 35 / 100);
    worker_light(worker, LIGHT_OFF);
    await_brightness(room, 0);
    worker_light(worker, LIGHT_FULL); // a touch led to a code
    await_brightness(room, LARGEST);
    worker_light(worker, LIGHT_OFF);
    await_brightness(room, 0);
    worker_destroy(worker);
    assert_int_equal(brightness(room), LARGEST * 35 / 100);
}

static void never_dark(void **state)
{
    const struct room *room = *state;
    put(room, "max_brightness", "7\n");
    backlight_set(room->dir, 10);
    assert_int_equal(brightness(room), 1);
}

static void a_panel_without_light(void **state)
{
    const struct room *room = *state;
    assert_true(backlight_there(room->dir));
    assert_false(backlight_there(room->data));
    assert_false(backlight_there(NULL));
    backlight_set(room->data, 50);
    backlight_set(NULL, 50);
    assert_int_equal(brightness(room), 400);
    put(room, "max_brightness", "0\n");
    assert_false(backlight_there(room->dir));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_code_is_read_in_full_light, setup, teardown),
        cmocka_unit_test_setup_teardown(the_end_puts_it_back, setup, teardown),
        cmocka_unit_test_setup_teardown(outside_its_hours_it_is_off, setup, teardown),
        cmocka_unit_test_setup_teardown(never_dark, setup, teardown),
        cmocka_unit_test_setup_teardown(a_panel_without_light, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
