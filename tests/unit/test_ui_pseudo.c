#include "tests/support/pseudo.h"

#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct words *words;
static struct words *longer;

static int load(void **state)
{
    (void)state;
    char error[WORDS_ERROR_BYTES];
    words = calloc(1, sizeof *words);
    longer = calloc(1, sizeof *longer);
    if (!words_load(SOURCE_DIR "/assets/words/ru.json", words, error))
        return -1;
    pseudo_words(words, longer);
    return 0;
}

static int unload(void **state)
{
    (void)state;
    free(words);
    free(longer);
    return 0;
}

static size_t length_of(const char *text)
{
    return utf8_count(text, strlen(text));
}

static void test_texts_are_two_fifths_longer(void **state)
{
    (void)state;
    size_t before = 0;
    size_t after = 0;
    for (unsigned i = 0; i < WORD_COUNT; i++) {
        assert_true(utf8_valid(longer->texts[i], strlen(longer->texts[i])));
        assert_true(strlen(longer->texts[i]) >= strlen(words->texts[i]));
        before += length_of(words->texts[i]);
        after += length_of(longer->texts[i]);
    }
    // Blanks, digits and places grow by nothing.
    assert_in_range(after, before * 135 / 100, before * 145 / 100);
    assert_string_equal(longer->texts[WORD_SEARCH_FILTERS], "Фийлььтрры");
    assert_string_equal(longer->texts[WORD_DOCK_BACK], "Наӓзаӓд");
}

static void test_places_and_plurals_stay(void **state)
{
    (void)state;
    char text[128];
    words_count(longer, WORD_PLACES, 3, text, sizeof text);
    assert_string_equal(text, "3 меёстта");
    words_fill(longer, WORD_ENROLL_GROUP, &(struct word_part){"id", "1041-2"}, 1, text,
               sizeof text);
    assert_non_null(strstr(text, "1041-2"));
    for (unsigned i = 0; i < WORD_COUNT; i++)
        for (const char *mark = "|{}\n"; *mark != '\0'; mark++) {
            size_t had = 0;
            size_t has = 0;
            for (const char *at = words->texts[i]; *at != '\0'; at++)
                had += *at == *mark;
            for (const char *at = longer->texts[i]; *at != '\0'; at++)
                has += *at == *mark;
            assert_int_equal(had, has);
        }
}

static void test_what_has_a_form_keeps_it(void **state)
{
    (void)state;
    assert_string_equal(longer->texts[WORD_DAYS_SHORT], words->texts[WORD_DAYS_SHORT]);
    assert_string_equal(longer->texts[WORD_KEYBOARD_RU_1], words->texts[WORD_KEYBOARD_RU_1]);
    assert_string_equal(longer->texts[WORD_AMOUNT_RUB], words->texts[WORD_AMOUNT_RUB]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts_are_two_fifths_longer),
        cmocka_unit_test(test_places_and_plurals_stay),
        cmocka_unit_test(test_what_has_a_form_keeps_it),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
