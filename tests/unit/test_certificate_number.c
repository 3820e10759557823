#include "certificate/number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct certificate_format format(const char *mask)
{
    struct certificate_format found = {0};
    assert_true(certificate_format_parse(mask, &found));
    return found;
}

static void a_mask_says_groups_and_letters(void **state)
{
    (void)state;
    struct certificate_format found = format("99 99 999999");
    assert_int_equal(found.group_count, 3);
    assert_int_equal(found.groups[2], 6);
    assert_int_equal(found.length, 10);
    found = format("ЯZ 9");
    assert_int_equal(found.length, 3);
    assert_int_equal(found.places[0], PLACE_CYRILLIC);
    assert_int_equal(found.places[1], PLACE_LATIN);
    assert_int_equal(found.places[2], PLACE_DIGIT);
    found = format("999999999999999999999999");
    assert_int_equal(found.length, CERTIFICATE_NUMBER_MAX);
    static const char *const wrong[] = {"",
                                        " ",
                                        " 99",
                                        "99 ",
                                        "9  9",
                                        "1",
                                        "A9",
                                        "я9",
                                        "99-99",
                                        "9 9 9 9 9 9 9",
                                        "9999999999999999999999999",
                                        "9\xD0"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(certificate_format_parse(wrong[i], &found));
    assert_int_equal(found.length, CERTIFICATE_NUMBER_MAX); // untouched
}

static void masks_all_but_the_ends(void **state)
{
    (void)state;
    static const struct {
        const char *format;
        const char *number;
        const char *masked;
    } cases[] = {
        {"99 99 999999", "6700123456", "67\u00a0••\u00a0••••56"},
        {"9999999999", "6700123456", "••••••••56"},
        {"9999 9999", "12345678", "1234\u00a0••78"},
        {"99 99 999999", "670", "67\u00a00"},
        {"99 99 999999", "", ""},
        {"99 99", "6700123456", "67\u00a0••"},
        {"ЯЯ 9999Я", "ЖУ1234Ю", "ЖУ\u00a0•••4Ю"},
        {"ЯЯЯЯ", "ЖУКИ", "••КИ"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct certificate_format used = format(cases[i].format);
        char text[64];
        certificate_mask(&used, cases[i].number, text, sizeof text);
        assert_string_equal(text, cases[i].masked);
    }
    char small[8];
    struct certificate_format used = format("99 99 999999");
    certificate_mask(&used, "6700123456", small, sizeof small);
    assert_string_equal(small, "67\u00a0•");
}

static void a_place_takes_its_own_alphabet(void **state)
{
    (void)state;
    assert_int_equal(certificate_place_take(PLACE_DIGIT, '7'), '7');
    assert_int_equal(certificate_place_take(PLACE_DIGIT, 'A'), 0);
    assert_int_equal(certificate_place_take(PLACE_LATIN, 'q'), 'Q');
    assert_int_equal(certificate_place_take(PLACE_LATIN, 0x430), 'A'); // а
    assert_int_equal(certificate_place_take(PLACE_LATIN, 0x436), 0);   // ж
    assert_int_equal(certificate_place_take(PLACE_LATIN, '1'), 0);
    assert_int_equal(certificate_place_take(PLACE_CYRILLIC, 0x436), 0x416);
    assert_int_equal(certificate_place_take(PLACE_CYRILLIC, 'a'), 0x410);
    assert_int_equal(certificate_place_take(PLACE_CYRILLIC, 'q'), 0);
    assert_int_equal(certificate_place_take(PLACE_CYRILLIC, '\b'), 0);
}

static void look_alikes_are_one_number(void **state)
{
    (void)state;
    char number[CERTIFICATE_NUMBER_BYTES] = "untouched";
    assert_false(certificate_number_fold("", number));
    assert_false(certificate_number_fold(" - ", number));
    assert_false(certificate_number_fold("12_34", number));
    assert_false(certificate_number_fold("12\n34", number));
    assert_false(certificate_number_fold("ә1", number));
    assert_false(certificate_number_fold("12\xFF", number));
    assert_false(certificate_number_fold("1234567890123456789012345", number));
    assert_false(certificate_number_fold("ЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖ", number));
    assert_string_equal(number, "untouched");
    assert_true(certificate_number_fold("57 00-12 34ab", number));
    assert_string_equal(number, "57001234AB");
    assert_true(certificate_number_fold("авекмнорстухё-12", number)); // all Cyrillic
    assert_string_equal(number, "ABEKMHOPCTYXE12");
    assert_true(certificate_number_fold("жQ", number));
    assert_string_equal(number, "ЖQ");
    assert_true(certificate_number_fold("ЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖ", number));
    assert_int_equal(strlen(number), CERTIFICATE_NUMBER_BYTES - 1);
}

static void the_last_digit_checks_the_others(void **state)
{
    (void)state;
    assert_true(certificate_number_checks("79927398713")); // the rule's own example
    assert_true(certificate_number_checks("ЖУ79927398713"));
    for (char digit = '0'; digit <= '9'; digit++) {
        char number[] = "7992739871x";
        number[10] = digit;
        assert_int_equal(certificate_number_checks(number), digit == '3');
    }
    for (int i = 0; i < 10; i++) { // any one digit changed, and neighbours swapped but 09
        char number[] = "79927398713";
        number[i] = (char)(number[i] == '9' ? '0' : number[i] + 1);
        assert_false(certificate_number_checks(number));
    }
}

static void a_number_is_told_from_other_words(void **state)
{
    (void)state;
    const struct certificate_format ten = format("99 99 999999");
    static const char *const others[] = {
        "", "570012345", "57001234567", "57 00 12a456", "робототехника", "5700123456 лет"};
    char number[CERTIFICATE_NUMBER_BYTES] = "as before";
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_false(certificate_number_typed(&ten, others[i], number));
        assert_string_equal(number, "as before");
    }
    static const char *const same[] = {"5700123456", "57 00 123456", " 57-00-123-456 "};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        assert_true(certificate_number_typed(&ten, same[i], number));
        assert_string_equal(number, "5700123456");
    }
    const struct certificate_format letters = format("ЯЯ 9999Z");
    assert_true(certificate_number_typed(&letters, "жу-1234 q", number));
    assert_string_equal(number, "ЖУ1234Q");
    assert_false(certificate_number_typed(&letters, "ж11234q", number));
    const struct certificate_format word = format("ЯЯЯЯ"); // «лего» is no number
    assert_false(certificate_number_typed(&word, "лего", number));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mask_says_groups_and_letters),
        cmocka_unit_test(masks_all_but_the_ends),
        cmocka_unit_test(a_place_takes_its_own_alphabet),
        cmocka_unit_test(look_alikes_are_one_number),
        cmocka_unit_test(a_number_is_told_from_other_words),
        cmocka_unit_test(the_last_digit_checks_the_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
