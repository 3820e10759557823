#include "base/text.h"
#include "search/analysis.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

// The folded words with bars between.
static const char *words_of(const char *text)
{
    static char memory[1024];
    struct text joined;
    text_init(&joined, memory, sizeof memory);
    struct word_reader reader = word_reader_make(text, strlen(text));
    struct word word;
    while (word_reader_next(&reader, &word)) {
        text_add(&joined, joined.length == 0 ? "" : "|");
        text_add(&joined, word.text);
    }
    return memory;
}

static void words_are_letters_and_digits(void **state)
{
    (void)state;
    assert_string_equal(words_of("IT-куб: «3D-печать», 7–9 лет!"), "it|куб|3d|печать|7|9|лет");
    assert_string_equal(words_of(" ...— "), "");
    assert_string_equal(words_of("\xFF\xD0робот\x80"), "робот");
}

static void writing_does_not_matter(void **state)
{
    (void)state;
    assert_string_equal(words_of("ЁЖИК"), "ежик");
    assert_string_equal(words_of("е\xCC\x88жик"), "ежик");
    assert_string_equal(words_of("и\xCC\x86од"), "йод");
    assert_string_equal(words_of("за\xCC\x81мок"), "замок");
    assert_string_equal(words_of("дис\xC2\xADтанционно"), "дистанционно");
}

static void ranges_point_into_the_source(void **state)
{
    (void)state;
    const char text[] = "«За\xCC\x81мок»";
    struct word_reader reader = word_reader_make(text, strlen(text));
    struct word word;
    assert_true(word_reader_next(&reader, &word));
    assert_int_equal(word.from, 2);
    assert_int_equal(word.to, 14);
    assert_int_equal(word_source_bytes(text + word.from, 12, strlen("зам")), 8);
    assert_false(word_reader_next(&reader, &word));
}

static void long_words_are_cut_at_a_character(void **state)
{
    (void)state;
    char memory[400];
    struct text text;
    text_init(&text, memory, sizeof memory);
    for (int i = 0; i < 150; i++)
        text_add(&text, "щ");
    struct word_reader reader = word_reader_make(memory, text.length);
    struct word word;
    assert_true(word_reader_next(&reader, &word));
    assert_true(word.length < WORD_BYTES && word.length % 2 == 0);
    assert_int_equal(word.to, 300);
    assert_false(word_reader_next(&reader, &word));
}

static void forms_share_a_stem(void **state)
{
    (void)state;
    struct sb_stemmer *stemmer = stemmer_create();
    char first[WORD_BYTES];
    char second[WORD_BYTES];
    stemmer_stem(stemmer, "танцами", strlen("танцами"), first);
    stemmer_stem(stemmer, "танцы", strlen("танцы"), second);
    assert_string_equal(first, second);
    stemmer_stem(stemmer, "программы", strlen("программы"), first);
    stemmer_stem(stemmer, "программирование", strlen("программирование"), second);
    assert_string_not_equal(first, second);
    stemmer_destroy(stemmer);
}

// 1 for a word that hangs on the one before.
static void a_lone_hyphen_joins(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *joined; // by word
    } texts[] = {
        {"лего-конструирование", "01"},
        {"лего - конструирование", "00"},
        {"5-летней", "01"},
        {"пн—ср", "00"},
        {"мини-футбол, мини", "010"},
        {"-танцы-", "0"},
        {"3D-ручка-2", "011"},
        {"ИЗО--лепка", "00"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char joined[16] = "";
        size_t count = 0;
        struct word_reader reader = word_reader_make(texts[i].text, strlen(texts[i].text));
        struct word word;
        while (word_reader_next(&reader, &word))
            joined[count++] = word.joined ? '1' : '0';
        assert_string_equal(joined, texts[i].joined);
    }
}

static void little_words_are_known(void **state)
{
    (void)state;
    assert_true(word_is_little("для", strlen("для")));
    assert_true(word_is_little("с", strlen("с")));
    assert_false(word_is_little("изо", strlen("изо")));
    assert_false(word_is_little("дляны", strlen("дляны")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_letters_and_digits),
        cmocka_unit_test(writing_does_not_matter),
        cmocka_unit_test(ranges_point_into_the_source),
        cmocka_unit_test(long_words_are_cut_at_a_character),
        cmocka_unit_test(forms_share_a_stem),
        cmocka_unit_test(a_lone_hyphen_joins),
        cmocka_unit_test(little_words_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
