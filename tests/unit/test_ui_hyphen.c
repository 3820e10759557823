// Where a word that is too wide is parted.
#include "ui/hyphen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

// Each place where a hyphen may stand is marked by one.
static void parts(const char *expected)
{
    char word[128];
    char found[256] = "";
    size_t length = 0;
    size_t put = 0;
    for (const char *at = expected; *at != '\0'; at++)
        if (*at != '-')
            word[length++] = *at;
    word[length] = '\0';
    for (const char *at = word; *at != '\0'; at++) {
        bool begins = ((unsigned char)*at & 0xC0) != 0x80;
        if (begins && at > word && hyphen_may_stand(word, at, word + length))
            found[put++] = '-';
        found[put++] = *at;
    }
    assert_string_equal(found, expected);
}

static void test_russian(void **state)
{
    (void)state;
    parts("ху-до-жест-вен-ная");
    parts("под-го-тов-ка");
    parts("мо-де-ли-ро-ва-ние");
    parts("объек-тов"); // a sign stays with its letter
    parts("район-ный");
    parts("Я");
    parts("яма");    // no part of one letter
    parts("взгляд"); // each part has a vowel
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_russian),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
