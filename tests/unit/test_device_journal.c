// What a crash may tell of the last touches: where, and never of what was typed.
#include "device/journal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

enum { DUMP_BYTES = 4096 };

static void add(struct journal *journal, enum msg_kind kind, int64_t now_ms, int x, bool private)
{
    struct msg msg;
    memset(&msg, 0, sizeof msg);
    msg.kind = kind;
    msg.now_ms = now_ms;
    if (kind == MSG_TOUCH_DOWN || kind == MSG_TOUCH_MOVE || kind == MSG_TOUCH_UP)
        msg.touch.x = msg.touch.y = x;
    journal_add(journal, &msg, private);
}

static void press_key(struct journal *journal, int64_t now_ms)
{
    add(journal, MSG_TOUCH_DOWN, now_ms, 300, true);
    add(journal, MSG_FRAME_SHOWN, now_ms + 5, 0, false);
    add(journal, MSG_TOUCH_UP, now_ms + 80, 300, true);
    add(journal, MSG_FRAME_SHOWN, now_ms + 85, 0, false);
    add(journal, MSG_TIME, now_ms + 400, 0, false);
}

static void assert_dump(const struct journal *journal, const char *expected)
{
    char text[DUMP_BYTES];
    int fd = memfd_create("journal", MFD_CLOEXEC);
    assert_true(fd >= 0);
    journal_dump(journal, fd);
    ssize_t length = pread(fd, text, sizeof text - 1, 0);
    assert_true(length >= 0);
    text[length] = '\0';
    assert_string_equal(text, expected);
    close(fd);
}

static void open_touches_have_place_and_time(void **state)
{
    (void)state;
    struct journal journal = {0};
    add(&journal, MSG_TOUCH_DOWN, 1000, 40, false);
    add(&journal, MSG_TOUCH_UP, 1100, 41, false);
    add(&journal, MSG_FRAME_SHOWN, 1110, 0, false);
    assert_dump(&journal, "down@110(40,40) up@10(41,41) shown@0\n");
}

static void keys_leave_neither_count_nor_rhythm(void **state)
{
    (void)state;
    struct journal one = {0};
    struct journal many = {0};
    add(&one, MSG_TOUCH_DOWN, 1000, 40, false);
    add(&many, MSG_TOUCH_DOWN, 1000, 40, false);
    press_key(&one, 2000);
    for (int i = 0; i < 200; i++)
        press_key(&many, 2000 + 317 * i);
    assert_dump(&one, "down@0(40,40) private\n");
    assert_dump(&many, "down@0(40,40) private\n");
    add(&many, MSG_LINK_REPORT, 90000, 0, false);
    assert_dump(&many, "down@89000(40,40) private report@0\n");
}

static void a_hardware_keyboard_is_private(void **state)
{
    (void)state;
    struct journal journal = {0};
    add(&journal, MSG_TEXT, 1000, 0, false);
    add(&journal, MSG_KEY, 1300, 0, false);
    add(&journal, MSG_TEXT, 1900, 0, false);
    assert_dump(&journal, "private\n");
}

// A finger that slides off a key doesn't tell where it came from.
static void a_touch_stays_private_until_it_ends(void **state)
{
    (void)state;
    struct journal journal = {0};
    add(&journal, MSG_TOUCH_DOWN, 1000, 300, true);
    add(&journal, MSG_TOUCH_MOVE, 1020, 340, false);
    add(&journal, MSG_TOUCH_UP, 1050, 380, false);
    add(&journal, MSG_TOUCH_DOWN, 2000, 40, false);
    assert_dump(&journal, "private down@0(40,40)\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(open_touches_have_place_and_time),
        cmocka_unit_test(keys_leave_neither_count_nor_rhythm),
        cmocka_unit_test(a_hardware_keyboard_is_private),
        cmocka_unit_test(a_touch_stays_private_until_it_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
