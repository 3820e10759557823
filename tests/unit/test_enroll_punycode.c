#include "enroll/punycode.h"

#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct sample {
    const char *unicode;
    const char *punycode;
};

// RFC 3492, section 7.1 (the letters' case flags of the RFC left aside), then DOMAIN.md's hosts.
static const struct sample samples[] = {
    {"ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"},
    {"他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"},
    {"Pročprostěnemluvíčesky", "Proprostnemluvesky-uyb24dma41a"},
    {"почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"},
    {"TạisaohọkhôngthểchỉnóitiếngViệt", "TisaohkhngthchnitingVit-kjcr8268qyxafd2f1b9g"},
    {"3年B組金八先生", "3B-ww4c5e180e575a65lsy2b"},
    {"-> $1.00 <-", "-> $1.00 <--"},
    {"навигатор", "80aafey1amqq"},
    {"дети", "d1acj3b"},
    {"р55", "55-kmc"},
    {"bücher", "bcher-kva"},
};

static size_t characters_of(const char *text, uint32_t *ret_characters)
{
    size_t count = 0;
    for (const char *end = text + strlen(text); text < end;)
        ret_characters[count++] = utf8_next(&text, end);
    return count;
}

static void encodes_samples(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        uint32_t characters[PUNYCODE_LABEL_MAX];
        size_t count = characters_of(samples[i].unicode, characters);
        char text[128];
        assert_true(punycode_encode(characters, count, text, sizeof text));
        assert_string_equal(text, samples[i].punycode);
        assert_false(punycode_encode(characters, count, text, strlen(text)));
    }
}

static void decodes_samples(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        uint32_t expected[PUNYCODE_LABEL_MAX];
        uint32_t characters[PUNYCODE_LABEL_MAX];
        size_t count;
        const char *text = samples[i].punycode;
        assert_true(punycode_decode(text, strlen(text), characters, &count));
        assert_int_equal(count, characters_of(samples[i].unicode, expected));
        assert_memory_equal(characters, expected, count * sizeof *characters);
    }
}

static void refuses_what_is_no_punycode(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "99999999999", "80aafey1amqq!", "дети", "zzzzzzzzzzzzzz"};
    uint32_t characters[PUNYCODE_LABEL_MAX];
    size_t count = 77;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(punycode_decode(bad[i], strlen(bad[i]), characters, &count));
    assert_int_equal(count, 77);
    uint32_t beyond[] = {0x110000};
    char text[128];
    assert_false(punycode_encode(beyond, 1, text, sizeof text));
}

static uint32_t random_next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void every_label_comes_back(void **state)
{
    (void)state;
    uint32_t seed = 1;
    for (int turn = 0; turn < 20000; turn++) {
        uint32_t characters[PUNYCODE_LABEL_MAX];
        size_t count = 1 + random_next(&seed) % 12;
        uint32_t widest = turn % 2 ? 0x60 : 0x10FFFF - 0x800;
        for (size_t i = 0; i < count; i++) {
            characters[i] = 0x400 + random_next(&seed) % (widest - 0x400 * (turn % 2 == 0));
            characters[i] += characters[i] >= 0xD800 ? 0x800 : 0;
        }
        char text[256];
        uint32_t back[PUNYCODE_LABEL_MAX];
        size_t back_count;
        assert_true(punycode_encode(characters, count, text, sizeof text));
        assert_true(punycode_decode(text, strlen(text), back, &back_count));
        assert_int_equal(back_count, count);
        assert_memory_equal(back, characters, count * sizeof *back);
    }
}

// Any bytes: no crash, and what decodes is at most a label of characters.
static void any_bytes_are_safe(void **state)
{
    (void)state;
    uint32_t seed = 7;
    for (int turn = 0; turn < 50000; turn++) {
        char text[80];
        size_t length = random_next(&seed) % sizeof text;
        for (size_t i = 0; i < length; i++)
            text[i] = turn % 3 ? "abcxyz059-"[random_next(&seed) % 10] : (char)random_next(&seed);
        uint32_t characters[PUNYCODE_LABEL_MAX];
        size_t count;
        if (punycode_decode(text, length, characters, &count))
            assert_in_range(count, 0, PUNYCODE_LABEL_MAX);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(encodes_samples),
        cmocka_unit_test(decodes_samples),
        cmocka_unit_test(refuses_what_is_no_punycode),
        cmocka_unit_test(every_label_comes_back),
        cmocka_unit_test(any_bytes_are_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
