#include "base/file.h"
#include "catalog/guide.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct guide_set set;

static const char *const presets[] = {
    "assets/guide/default.txt",        "kiosk-config/guide/orel-dolzhansky.txt",
    "kiosk-config/guide/omsk.txt",     "kiosk-config/guide/saratov-balashov.txt",
    "kiosk-config/guide/smolensk.txt", "kiosk-config/guide/krasnoyarsk.txt",
};

static void load(const char *preset)
{
    char path[1024];
    char error[GUIDE_ERROR_BYTES] = "";
    snprintf(path, sizeof path, "%s/%s", SOURCE_DIR, preset);
    if (!guide_set_load(path, &set, error))
        fail_msg("%s", error);
}

static unsigned count(enum guide_topic topic, enum guide_kind kind)
{
    unsigned found = 0;
    struct guide_line line;
    const struct guide *page = guide_find(set.pages, set.count, topic);
    assert_non_null(page);
    for (const char *at = page->text; guide_next(&at, &line);)
        found += line.kind == kind;
    return found;
}

static void presets_have_all_pages(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof presets / sizeof *presets; i++) {
        load(presets[i]);
        assert_int_equal(set.count, GUIDE_TOPIC_COUNT);
        assert_false(set.confirmed); // each region does it itself
        assert_true(count(GUIDE_GET, GUIDE_STEP) >= 3);
        assert_int_equal(count(GUIDE_GET, GUIDE_BRING), 3);
        assert_int_equal(count(GUIDE_GET, GUIDE_CODE), 1);
    }
}

// DESIGN.md section 9, Guide: exactly four for issue, two for nominal.
static void presets_name_the_reasons(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof presets / sizeof *presets; i++) {
        load(presets[i]);
        assert_int_equal(count(GUIDE_REFUSAL, GUIDE_CARD), 4);
        assert_int_equal(count(GUIDE_NOMINAL, GUIDE_CARD), 2);
    }
}

// DOMAIN.md, Getting one: who issues automatically promises no term for it.
static void presets_tell_the_regions_own_way(void **state)
{
    (void)state;
    static const bool automatic[] = {false, false, true, false, true, true};
    for (size_t i = 0; i < sizeof presets / sizeof *presets; i++) {
        load(presets[i]);
        const char *nominal = guide_find(set.pages, set.count, GUIDE_NOMINAL)->text;
        const char *get = guide_find(set.pages, set.count, GUIDE_GET)->text;
        bool omsk = strstr(presets[i], "omsk") != NULL;
        assert_int_equal(strstr(nominal, "{date:5}") == NULL, automatic[i]);
        assert_int_equal(strstr(get, "{date:7}") == NULL, omsk);
        assert_int_equal(strstr(get, "{date:3}") == NULL, omsk);
    }
}

static void icons_are_drawn(void **state)
{
    (void)state;
    for (unsigned i = 0; i < guide_icon_count; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/assets/icons/ic-%s.svg", SOURCE_DIR, guide_icons[i]);
        assert_int_equal(access(path, R_OK), 0);
    }
}

static bool parse(const char *text, char *ret_error)
{
    return guide_set_parse(text, strlen(text), &set, ret_error);
}

static void lines_are_read(void **state)
{
    (void)state;
    char error[GUIDE_ERROR_BYTES];
    struct guide_line line;
    assert_true(parse("# c\nconfirmed: МОЦ, 1 сентября\npage: get | A | B\r\n\nlead:  x  \r\n"
                      "bring: idcard|СНИЛС | a | b\ncontact: call | T |\nlink: teen | t\n",
                      error));
    assert_true(set.confirmed);
    assert_string_equal(set.pages[0].title, "A | B");
    const char *at = set.pages[0].text;
    assert_true(guide_next(&at, &line));
    assert_int_equal(line.kind, GUIDE_LEAD);
    assert_string_equal(line.cells[0], "x");
    assert_true(guide_next(&at, &line));
    assert_string_equal(line.cells[1], "СНИЛС");
    assert_string_equal(line.cells[2], "a | b");
    assert_true(guide_next(&at, &line));
    assert_string_equal(line.cells[2], "");
    assert_true(guide_next(&at, &line));
    assert_string_equal(line.cells[2], "");
    assert_false(guide_next(&at, &line));
}

// Windows editors begin a file with a byte order mark.
static void a_mark_is_passed_over(void **state)
{
    (void)state;
    char error[GUIDE_ERROR_BYTES];
    assert_true(parse("\xEF\xBB\xBFpage: get | A | B\nlead: x\n", error));
    assert_string_equal(set.pages[0].title, "A | B");
    assert_false(parse("\xEF\xBB\xBF", error));
    assert_false(parse("\xEF\xBB", error));
}

#define LONG                                                                                       \
    "a long title a long title a long title a long title a long title a long title a long title "
static void bad_files_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *said;
    } bad[] = {
        {"", "page: get"},
        {"lead: x\n", "line 1"},
        {"page: get\n", "page: TOPIC"},
        {"page: got | x\n", "page: TOPIC"},
        {"page: teen | x\nlead: y\n", "page: get"},
        {"page: get | " LONG LONG LONG LONG LONG LONG "\n", "a title below 512 bytes"},
        {"page: get | x\nlead: y\npage: get | z\n", "each topic once"},
        {"page: get | x\nleed: y\n", "line 2"},
        {"page: get | x\nlead\n", "a kind of line"},
        {"page: get | x\nstep:\n", "a text"},
        {"page: get | x\ncard: dragon | y\n", "an icon"},
        {"page: get | x\nlink: home | y\n", "a topic"},
        {"page: get | x\nbutton: home | y\n", "a topic, or check"},
        {"page: get | x\ncode: http://a.example/ | y\n", "https://"},
        {"page: get | x\nnote: [a\n", "who is 14"},
        {"page: get | x\nnote: a]\n", "who is 14"},
        {"page: get | x\nnote: [a/b/c]\n", "who is 14"},
        {"page: get | x\nnote: [a[b/c]/d]\n", "who is 14"},
        {"page: get | x\nnote: {days}\n", "{days:N}"},
        {"page: get | x\nnote: {days:100}\n", "{days:N}"},
        {"page: get | x\nnote: {where\n", "{days:N}"},
        {"page: get | \xff\n", "UTF-8"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char error[GUIDE_ERROR_BYTES] = "";
        assert_false(parse(bad[i].text, error));
        if (strstr(error, bad[i].said) == NULL)
            fail_msg("%zu: found \"%s\", expected \"%s\" in it", i, error, bad[i].said);
    }
}

// A page of a newer hub: what isn't known is passed over.
static void unknown_lines_are_passed_over(void **state)
{
    (void)state;
    struct guide_line line;
    const char *at = "video: x | y\n\n[]{}\nnote: {moon}\nnote: ok";
    assert_true(guide_next(&at, &line));
    assert_string_equal(line.cells[0], "ok");
    assert_false(guide_next(&at, &line));
}

static void limits_hold(void **state)
{
    (void)state;
    char error[GUIDE_ERROR_BYTES] = "";
    static char text[GUIDE_FILE_BYTES];
    strcpy(text, "page: get | x\nnote: ");
    memset(text + strlen(text), 'a', GUIDE_CELL_BYTES - 2);
    assert_true(parse(text, error));
    text[strlen(text)] = 'a';
    assert_false(parse(text, error));
    assert_non_null(strstr(error, "512"));
    strcpy(text, "page: get | x\n");
    for (int i = 0; i <= GUIDE_LINES_MAX; i++)
        strcat(text, "note: x\n");
    assert_false(parse(text, error));
    assert_non_null(strstr(error, "48 lines"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(presets_have_all_pages),
        cmocka_unit_test(presets_name_the_reasons),
        cmocka_unit_test(presets_tell_the_regions_own_way),
        cmocka_unit_test(icons_are_drawn),
        cmocka_unit_test(lines_are_read),
        cmocka_unit_test(a_mark_is_passed_over),
        cmocka_unit_test(bad_files_are_refused),
        cmocka_unit_test(unknown_lines_are_passed_over),
        cmocka_unit_test(limits_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
