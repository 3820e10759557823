// The letters beyond a keyboard's rows: what the files say, and what a wrong one is told.
#include "ui/letters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static bool add_text(const char *text, struct letters *letters, char *error)
{
    char path[] = "/tmp/letters-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    bool ok = letters_add(path, letters, error);
    unlink(path);
    return ok;
}

static void languages_share_a_letter(void **state)
{
    (void)state;
    struct letters letters = {0};
    char error[LETTERS_ERROR_BYTES];
    assert_true(add_text("# one\nrow ә ө\nvariants а ә\n\n", &letters, error));
    assert_true(add_text("row ө ү ғ\nvariants а ӑ ә\nvariants г  ғ", &letters, error));
    assert_string_equal(letters.row.text, "әөүғ");
    assert_int_equal(letters.row.count, 4);
    assert_string_equal(letters.label, "ә ө ү");
    assert_string_equal(letters_variants(&letters, 0x430)->text, "әӑ");
    assert_string_equal(letters_variants(&letters, 0x433)->text, "ғ");
    assert_null(letters_variants(&letters, 0x431));
    assert_null(letters_variants(NULL, 0x430));
}

static void what_is_beyond_a_limit_is_left_out(void **state)
{
    (void)state;
    struct letters letters = {0};
    char error[LETTERS_ERROR_BYTES];
    assert_true(add_text("row a b c d e f g h i j k l m n o\nvariants a b c d e f g h i j k\n",
                         &letters, error));
    assert_string_equal(letters.row.text, "abcdefghijkl");
    assert_string_equal(letters_variants(&letters, 'a')->text, "bcdefghi");
    char sets[LETTERS_FILE_BYTES] = "";
    for (int i = 0; i < LETTERS_SETS_MAX + 9; i++)
        snprintf(sets + strlen(sets), 32, "variants %c%c z\n", 0xC4 + i / 0x40, 0x80 + i % 0x40);
    letters = (struct letters){0};
    assert_true(add_text(sets, &letters, error));
    assert_int_equal(letters.set_count, LETTERS_SETS_MAX);
}

static void a_wrong_line_is_named(void **state)
{
    (void)state;
    static const char *const wrong[] = {"row ә\nrows ө\n", "row ә\nvariants\n", "row ә\nrow өү\n",
                                        "row ә\nvariants \xFF z\n", "row ә\nrow \t\n"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct letters letters = {0};
        char error[LETTERS_ERROR_BYTES] = "";
        assert_false(add_text(wrong[i], &letters, error));
        assert_non_null(strstr(error, ": line 2: expected"));
        assert_string_equal(letters.row.text, "ә");
    }
    struct letters letters = {0};
    char error[LETTERS_ERROR_BYTES] = "";
    assert_false(letters_add("/no/such/file", &letters, error));
    assert_non_null(strstr(error, "can't be read"));
}

static void the_files_are_right_and_fit_together(void **state)
{
    (void)state;
    static const char *const codes[] = {"ru", "en", "tt", "ba", "cv"};
    struct letters letters = {0};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        char path[1024];
        char error[LETTERS_ERROR_BYTES];
        snprintf(path, sizeof path, "%s/assets/keyboard/%s.txt", SOURCE_DIR, codes[i]);
        if (!letters_add(path, &letters, error))
            fail_msg("%s", error);
        // Russian and English have all their letters on the rows.
        assert_int_equal(letters.row.count != 0, i > 1);
    }
    assert_string_equal(letters_variants(&letters, 0x435)->text, "ёӗ");
    assert_true(letters.set_count < LETTERS_SETS_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(languages_share_a_letter),
        cmocka_unit_test(what_is_beyond_a_limit_is_left_out),
        cmocka_unit_test(a_wrong_line_is_named),
        cmocka_unit_test(the_files_are_right_and_fit_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
