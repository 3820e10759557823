// The way to the screen, by the configuration and by what a false /sys shows.

#include "device/display.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char sys[64];

static int make_sys(void **state)
{
    (void)state;
    strcpy(sys, "/tmp/display-XXXXXX");
    return mkdtemp(sys) == NULL;
}

static int drop_sys(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -r %s", sys);
    return system(command);
}

static void add(const char *node, const char *driver)
{
    char command[512];
    snprintf(command, sizeof command,
             "mkdir -p %s/drivers/%s %s/%s/device && ln -s %s/drivers/%s %s/%s/device/driver", sys,
             driver, sys, node, sys, driver, sys, node);
    assert_int_equal(system(command), 0);
}

static void a_gpu_is_reached_directly(void **state)
{
    (void)state;
    assert_int_equal(display_choose("auto", sys, "/bin/sh"), DISPLAY_XORG);
    add("card0", "virtio-pci");
    add("renderD128", "virtio-pci");
    assert_int_equal(display_choose("auto", sys, "/bin/sh"), DISPLAY_XORG);
    add("card1", "i915");
    assert_int_equal(display_choose("auto", sys, "/bin/sh"), DISPLAY_XORG);
    add("renderD129", "i915");
    assert_int_equal(display_choose("auto", sys, "/bin/sh"), DISPLAY_KMS);
}

static void without_xorg_there_is_one_way(void **state)
{
    (void)state;
    assert_int_equal(display_choose("auto", "/nonexistent", "/nonexistent"), DISPLAY_KMS);
}

static void a_wish_is_a_wish(void **state)
{
    (void)state;
    assert_int_equal(display_choose("kms", "/nonexistent", "/bin/sh"), DISPLAY_KMS);
    assert_int_equal(display_choose("xorg", "/nonexistent", "/nonexistent"), DISPLAY_XORG);
    assert_int_equal(display_choose("cage", "/nonexistent", "/bin/sh"), DISPLAY_CAGE);
}

static void say(const char *connector, const char *status, const char *modes)
{
    char command[512];
    snprintf(command, sizeof command,
             "mkdir -p %s/%s && printf '%s' >%s/%s/status && printf '%s' >%s/%s/modes", sys,
             connector, status, sys, connector, modes, sys, connector);
    assert_int_equal(system(command), 0);
}

static void another_screen_is_another_number(void **state)
{
    (void)state;
    uint32_t none = display_screens(sys);
    say("card0-HDMI-A-1", "disconnected\\n", "");
    uint32_t unplugged = display_screens(sys);
    say("card0-HDMI-A-1", "connected\\n", "1080x1920\\n");
    uint32_t tall = display_screens(sys);
    say("card0-HDMI-A-1", "connected\\n", "1920x1080\\n");
    assert_true(none != unplugged && unplugged != tall && display_screens(sys) != tall);
    say("card0-HDMI-A-1", "connected\\n", "1080x1920\\n");
    assert_int_equal(display_screens(sys), tall);
}

static void it_is_an_environment(void **state)
{
    char *text = NULL;
    size_t length;
    (void)state;
    FILE *file = open_memstream(&text, &length);
    display_print(DISPLAY_XORG, 0xBEEF, file);
    fclose(file);
    assert_string_equal(text, "NAVIGATOR_DISPLAY=xorg\nSDL_VIDEODRIVER=x11\nDISPLAY=:0\n"
                              "NAVIGATOR_SCREENS=0000beef\n");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_gpu_is_reached_directly, make_sys, drop_sys),
        cmocka_unit_test(without_xorg_there_is_one_way),
        cmocka_unit_test(a_wish_is_a_wish),
        cmocka_unit_test_setup_teardown(another_screen_is_another_number, make_sys, drop_sys),
        cmocka_unit_test(it_is_an_environment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
