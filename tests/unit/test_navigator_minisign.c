#include "navigator/minisign.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

// A pair and a signature over "hi\n" made by the stock tool, minisign 0.11 (-G -W, -S).
static const char stock_public[] = "RWRV3ECfFUbJSGbXvWQeL9gus1dSNEBE0r8TJ8FORn9086KXHFFvO+vL";
static const char stock_secret[] =
    "untrusted comment: minisign encrypted secret key\n"
    "RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAVdxAnxVGyUj7F3Wr"
    "L6qs2ScPH/8j5sZa1HS267zbcqI3XYf47i055WbXvWQeL9gus1dSNEBE0r8TJ8FORn9086KXHFFvO+vLAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
static const char stock_signature[] =
    "untrusted comment: signature from minisign secret key\n"
    "RURV3ECfFUbJSOivDGrr2qgk8N79QnMXp8HTOjKVLSNQ43o1OmKUQlRDeP8Uxaj1dhYB7eoJkiXzSIQGiCOuBs8LzZC1"
    "dgMZYAI=\n"
    "trusted comment: timestamp:1795334525\tfile:f\thashed\n"
    "qrEc7THzvOcMHbeli2b0ILM5MWZSBsR42zV5CWrfyZSl/dQEAbeclKBdlUFQLP0wgs+eFrijjcPVpO7M1alGAA==\n";
static const char data[] = "hi\n";

static bool verify(const char *signature, const char *key)
{
    return minisign_verify(data, strlen(data), signature, &key, 1);
}

static void takes_what_the_stock_tool_made(void **state)
{
    (void)state;
    assert_true(verify(stock_signature, stock_public));
    assert_false(minisign_verify("ho\n", 3, stock_signature, (const char *[]){stock_public}, 1));
    assert_false(minisign_verify(data, 2, stock_signature, (const char *[]){stock_public}, 1));
}

static void signs_as_the_stock_tool_does(void **state)
{
    (void)state;
    struct minisign_secret_key key;
    assert_true(minisign_parse_secret(stock_secret, &key));
    char memory[MINISIGN_SIGNATURE_BYTES];
    struct text text;
    text_init(&text, memory, sizeof memory);
    minisign_sign(&key, data, strlen(data), "timestamp:1795334525\tfile:f\thashed", &text);
    assert_false(text.cut);
    // Ed25519 is deterministic: all lines behind the untrusted comment are the same bytes.
    assert_string_equal(strchr(memory, '\n'), strchr(stock_signature, '\n'));
}

static void a_new_pair_works_as_file_and_as_line(void **state)
{
    (void)state;
    char public[MINISIGN_PUBLIC_BYTES];
    char secret[MINISIGN_SECRET_BYTES];
    minisign_generate(public, secret);
    struct minisign_secret_key key;
    assert_true(minisign_parse_secret(secret, &key));
    char memory[MINISIGN_SIGNATURE_BYTES];
    struct text text;
    text_init(&text, memory, sizeof memory);
    minisign_sign(&key, data, strlen(data), "hashed", &text);
    assert_true(verify(memory, public));
    assert_true(verify(memory, strchr(public, '\n') + 1));
    assert_false(verify(memory, stock_public));
    const char *both[] = {stock_public, public};
    assert_true(minisign_verify(data, strlen(data), memory, both, 2));
    assert_false(minisign_verify(data, strlen(data), memory, both, 0));
}

// Any changed bit of the signed lines, and any cut, makes the signature worthless. (A lenient
// base64 decoder takes '+' with the high bit set for '+'.)
static void every_damage_is_refused(void **state)
{
    (void)state;
    char damaged[sizeof stock_signature];
    size_t first = strcspn(stock_signature, "\n") + 1;
    size_t length = strlen(stock_signature);
    for (size_t i = first * 8; i < length * 8; i++) {
        memcpy(damaged, stock_signature, sizeof damaged);
        damaged[i / 8] ^= (char)(1 << i % 8);
        assert_false(verify(damaged, stock_public));
    }
    for (size_t cut = 0; cut + 1 < length; cut++) {
        memcpy(damaged, stock_signature, sizeof damaged);
        damaged[cut] = '\0';
        assert_false(verify(damaged, stock_public));
    }
}

static void keys_that_are_none_are_refused(void **state)
{
    (void)state;
    struct minisign_secret_key key;
    assert_false(minisign_parse_secret("", &key));
    assert_false(minisign_parse_secret("untrusted comment: x\n", &key));
    assert_false(minisign_parse_secret(stock_signature, &key));
    assert_false(verify(stock_signature, ""));
    assert_false(verify(stock_signature, "untrusted comment: x"));
    assert_false(verify(stock_signature, "RWRV3ECf"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_what_the_stock_tool_made),
        cmocka_unit_test(signs_as_the_stock_tool_does),
        cmocka_unit_test(a_new_pair_works_as_file_and_as_line),
        cmocka_unit_test(every_damage_is_refused),
        cmocka_unit_test(keys_that_are_none_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
