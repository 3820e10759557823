// Text builder, arena and hashes: what lives in memory.

#include "base/arena.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void text_grows_to_its_capacity(void **state)
{
    (void)state;
    char memory[8];
    struct text text;
    text_init(&text, memory, sizeof memory);
    assert_string_equal(memory, "");
    text_add(&text, "abc");
    text_addf(&text, "%d", 1234);
    assert_string_equal(memory, "abc1234");
    assert_int_equal(text.length, 7);
    assert_false(text.cut);
    text_add(&text, "");
    assert_false(text.cut);
    text_add(&text, "x");
    assert_true(text.cut);
    assert_string_equal(memory, "abc1234");
    text_clear(&text);
    assert_false(text.cut);
    assert_string_equal(memory, "");
}

static void text_is_cut_at_a_whole_character(void **state)
{
    (void)state;
    const char *words = "ёж 🦔 и еж";
    for (size_t capacity = 1; capacity < 24; capacity++) {
        char memory[24];
        struct text text;
        memset(memory, '#', sizeof memory);
        text_init(&text, memory, capacity);
        text_add(&text, words);
        assert_int_equal(strlen(memory), text.length);
        assert_true(text.length < capacity);
        assert_true(utf8_valid(memory, text.length));
        assert_int_equal(strncmp(memory, words, text.length), 0);
        assert_int_equal(text.cut, strlen(words) >= capacity);
        for (size_t i = capacity; i < sizeof memory; i++)
            assert_int_equal(memory[i], '#');
    }
}

static void long_formats_are_cut_too(void **state)
{
    (void)state;
    char memory[4096];
    struct text text;
    text_init(&text, memory, sizeof memory);
    text_addf(&text, "%02000d", 7);
    assert_true(text.cut);
    assert_true(utf8_valid(memory, text.length));
    char copy[4];
    text_copy(copy, sizeof copy, "яяя");
    assert_string_equal(copy, "я");
}

static void arena_gives_clean_aligned_memory(void **state)
{
    (void)state;
    struct arena arena = {0};
    size_t used = 0;
    for (size_t size = 0; size < 2000; size += 7) {
        unsigned char *memory = arena_take(&arena, size);
        assert_int_equal((uintptr_t)memory % 16, 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(memory[i], 0);
        memset(memory, 0xAA, size);
        used += size;
    }
    assert_true(arena.used_bytes >= used);
    char *big = arena_take_array(&arena, 1000, 1000);
    memset(big, 1, 1000 * 1000);
    assert_string_equal(arena_copy_text(&arena, "клубок", strlen("клуб")), "клуб");
    arena_finish(&arena);
    assert_int_equal(arena.used_bytes, 0);
    assert_non_null(arena_take(&arena, 1));
    arena_finish(&arena);
    arena_finish(&arena);
}

static void hashes_are_the_published_ones(void **state)
{
    (void)state;
    assert_int_equal(hash_fnv1a32("", 0), 0x811c9dc5u);
    assert_int_equal(hash_fnv1a32("foobar", 6), 0xbf9cf968u);
    assert_true(hash_fnv1a64(HASH_FNV1A64_START, "foobar", 6) == 0x85944171f73967e8u);
    assert_true(hash_fnv1a64(hash_fnv1a64(HASH_FNV1A64_START, "foo", 3), "bar", 3) ==
                0x85944171f73967e8u);
    assert_int_equal(hash_xorshift32(1), 270369);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_grows_to_its_capacity),
        cmocka_unit_test(text_is_cut_at_a_whole_character),
        cmocka_unit_test(long_formats_are_cut_too),
        cmocka_unit_test(arena_gives_clean_aligned_memory),
        cmocka_unit_test(hashes_are_the_published_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
