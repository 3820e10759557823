#include "ui/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct words *words;

static int load(void **state)
{
    (void)state;
    char error[WORDS_ERROR_BYTES];
    words = calloc(1, sizeof *words);
    return words_load(SOURCE_DIR "/assets/words/ru.json", words, error) ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    free(words);
    return 0;
}

static void check_count(enum word word, int64_t n, const char *expected)
{
    char text[128];
    words_count(words, word, n, text, sizeof text);
    assert_string_equal(text, expected);
}

// The table of DESIGN.md section 8.
static void test_plurals(void **state)
{
    (void)state;
    check_count(WORD_PLACES, 1, "1 место");
    check_count(WORD_PLACES, 3, "3 места");
    check_count(WORD_PLACES, 11, "11 мест");
    check_count(WORD_PLACES, 21, "21 место");
    check_count(WORD_PLACES, 112, "112 мест");
    check_count(WORD_PLACES, 0, "0 мест");
    check_count(WORD_SEARCH_COUNT, 5600, "5\u00a0600 программ");
    check_count(WORD_AGE_ONE, 2, "2 года");
    check_count(WORD_SECONDS_IN, 1, "1 секунду");
    check_count(WORD_SECONDS_IN, 18, "18 секунд");
    check_count(WORD_NUMBER_MISSING, 3, "Введите ещё 3 цифры");
    check_count(WORD_NUMBER_MISSING, 7, "Введите ещё 7 цифр");
}

static void test_numbers_part_thousands(void **state)
{
    (void)state;
    char text[64];
    words_number(words, 8500, text, sizeof text);
    assert_string_equal(text, "8\u00a0500");
    words_number(words, -1234567, text, sizeof text);
    assert_string_equal(text, "−1\u00a0234\u00a0567");
    words_number(words, INT64_MIN, text, sizeof text);
    assert_string_equal(text, "−9\u00a0223\u00a0372\u00a0036\u00a0854\u00a0775\u00a0808");
}

static void test_unknown_places_stay(void **state)
{
    (void)state;
    char text[128];
    words_fill(words, WORD_ENROLL_GROUP, NULL, 0, text, sizeof text);
    assert_string_equal(text, "группа {id}");
    words_fill(words, WORD_ENROLL_GROUP, &(struct word_part){"id", "1041-2"}, 1, text, sizeof text);
    assert_string_equal(text, "группа 1041-2");
}

static void test_text_is_cut_at_a_character(void **state)
{
    (void)state;
    char text[8];
    words_fill(words, WORD_DOCK_BACK, NULL, 0, text, sizeof text);
    assert_string_equal(text, "Наз");
}

static void test_a_file_without_a_key_is_refused(void **state)
{
    (void)state;
    char error[WORDS_ERROR_BYTES];
    struct words *other = calloc(1, sizeof *other);
    assert_false(words_load(SOURCE_DIR "/assets/theme/tokens.json", other, error));
    assert_non_null(strstr(error, "found nothing, expected a text"));
    free(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plurals),
        cmocka_unit_test(test_numbers_part_thousands),
        cmocka_unit_test(test_unknown_places_stay),
        cmocka_unit_test(test_text_is_cut_at_a_character),
        cmocka_unit_test(test_a_file_without_a_key_is_refused),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
