#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { CHARACTERS = 0x110000 };

static bool is_surrogate(uint32_t character)
{
    return character >= 0xD800 && character <= 0xDFFF;
}

static void every_character_goes_both_ways(void **state)
{
    (void)state;
    for (uint32_t character = 1; character < CHARACTERS; character++) {
        char bytes[UTF8_BYTES_MAX + 1] = "";
        size_t length = utf8_put(bytes, character);
        const char *at = bytes;
        uint32_t back = utf8_next(&at, bytes + length);
        if (is_surrogate(character)) {
            assert_int_equal(back, UTF8_BAD);
            assert_false(utf8_valid(bytes, length));
            continue;
        }
        if (back != character || at != bytes + length || !utf8_valid(bytes, length))
            fail_msg("U+%04X", character);
        if (utf8_count(bytes, length) != 1 || utf8_drop_last(bytes, length) != 0)
            fail_msg("U+%04X", character);
        for (size_t cut = 1; cut < length; cut++)
            if (utf8_valid(bytes, cut))
                fail_msg("U+%04X cut", character);
    }
}

// All sequences of three bytes over the bytes that decide anything.
static void any_bytes_move_on(void **state)
{
    (void)state;
    static const unsigned char bytes[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0,
                                          0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED,
                                          0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xF7, 0xF8, 0xFF};
    enum { N = sizeof bytes };
    for (unsigned i = 0; i < N * N * N * N; i++) {
        char text[] = {(char)bytes[i % N], (char)bytes[i / N % N], (char)bytes[i / N / N % N],
                       (char)bytes[i / N / N / N]};
        bool bad = false;
        size_t count = 0;
        for (const char *at = text; at < text + sizeof text; count++) {
            const char *before = at;
            uint32_t character = utf8_next(&at, text + sizeof text);
            if (at <= before || at > text + sizeof text || is_surrogate(character) ||
                character >= CHARACTERS)
                fail_msg("stands still or strays");
            bad |= character == UTF8_BAD && at - before == 1;
        }
        if (utf8_valid(text, sizeof text) == bad || utf8_count(text, sizeof text) != count)
            fail_msg("%02x %02x %02x %02x", text[0], text[1], text[2], text[3]);
    }
}

static void refuses_overlong_forms(void **state)
{
    (void)state;
    static const char *const bad[] = {"\xC0\x80",         "\xC1\xBF",         "\xE0\x9F\xBF",
                                      "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xED\xA0\x80"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(utf8_valid(bad[i], strlen(bad[i])));
}

static void the_end_stays(void **state)
{
    (void)state;
    const char *text = "";
    const char *at = text;
    assert_int_equal(utf8_next(&at, text), 0);
    assert_ptr_equal(at, text);
    assert_int_equal(utf8_drop_last("", 0), 0);
    assert_int_equal(utf8_drop_last("яё", 4), 2);
}

static void cases_are_inverse(void **state)
{
    (void)state;
    for (uint32_t character = 0; character < CHARACTERS; character++) {
        uint32_t lower = utf8_lower(character);
        uint32_t upper = utf8_upper(character);
        if (utf8_lower(lower) != lower || utf8_upper(upper) != upper)
            fail_msg("U+%04X isn't stable", character);
        if (lower != character && utf8_upper(lower) != character)
            fail_msg("U+%04X doesn't come back", character);
        if (upper != character && utf8_lower(upper) != character)
            fail_msg("U+%04X doesn't come back", character);
    }
}

static void russian_has_its_case(void **state)
{
    (void)state;
    const char *upper = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯӘҮҺÀÉŁ";
    const char *lower = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәүһàéł";
    const char *upper_end = upper + strlen(upper);
    const char *lower_end = lower + strlen(lower);
    while (upper < upper_end) {
        uint32_t capital = utf8_next(&upper, upper_end);
        uint32_t small = utf8_next(&lower, lower_end);
        assert_int_equal(utf8_lower(capital), small);
        assert_int_equal(utf8_upper(small), capital);
    }
    assert_ptr_equal(lower, lower_end);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_character_goes_both_ways),
        cmocka_unit_test(any_bytes_move_on),
        cmocka_unit_test(refuses_overlong_forms),
        cmocka_unit_test(the_end_stays),
        cmocka_unit_test(cases_are_inverse),
        cmocka_unit_test(russian_has_its_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
