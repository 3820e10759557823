#include "certificate/advice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct certificate usual = {
    .kind = CERTIFICATE_FUNDED,
    .period_from = {2026, 1, 1},
    .period_to = {2026, 12, 31},
    .nominal = 2000000,
    .balance = 850000,
    .reserved = 450000,
};

static enum certificate_advice advice(const struct certificate *certificate, struct date on)
{
    return certificate_advice(certificate, date_to_days(on));
}

static const struct date today = {2026, 11, 22};

static void status_comes_first(void **state)
{
    (void)state;
    static const enum certificate_advice expected[] = {ADVICE_EMPTY, ADVICE_NOT_ACTIVATED,
                                                       ADVICE_FROZEN, ADVICE_EXPIRED};
    struct certificate certificate = usual;
    assert_int_equal(advice(&certificate, today), ADVICE_NONE);
    certificate.balance = 0;
    for (int i = 0; i < CERTIFICATE_STATUS_COUNT; i++) {
        certificate.status = (enum certificate_status)i;
        assert_int_equal(advice(&certificate, today), expected[i]);
    }
}

static void a_period_has_inclusive_ends(void **state)
{
    (void)state;
    struct certificate certificate = usual;
    assert_int_equal(advice(&certificate, (struct date){2025, 12, 31}), ADVICE_PERIOD_AHEAD);
    assert_int_equal(advice(&certificate, (struct date){2026, 1, 1}), ADVICE_NONE);
    assert_int_equal(advice(&certificate, (struct date){2026, 12, 31}), ADVICE_NONE);
    assert_int_equal(advice(&certificate, (struct date){2027, 1, 1}), ADVICE_PERIOD_OVER);
    certificate.kind = CERTIFICATE_ACCOUNTING; // no money, no period
    assert_int_equal(advice(&certificate, (struct date){2027, 1, 1}), ADVICE_NONE);
    certificate = usual;
    certificate.period_to = (struct date){0};
    assert_int_equal(advice(&certificate, (struct date){2027, 1, 1}), ADVICE_NONE);
}

static void the_birthday_is_told_ninety_days_before(void **state)
{
    (void)state;
    struct certificate certificate = usual;
    certificate.details_open = true;
    for (int days = -1; days <= ADVICE_ADULT_SOON_DAYS + 1; days++) {
        certificate.valid_until = date_from_days(date_to_days(today) + days);
        assert_int_equal(advice(&certificate, today), days >= 0 && days <= ADVICE_ADULT_SOON_DAYS
                                                          ? ADVICE_ADULT_SOON
                                                          : ADVICE_NONE);
    }
    certificate.valid_until = today;
    certificate.details_open = false; // locked, nothing may tell the birthday
    assert_int_equal(advice(&certificate, today), ADVICE_NONE);
}

static void sums_that_contradict_each_other(void **state)
{
    (void)state;
    struct certificate certificate = usual;
    certificate.reserved = 1500000; // more than the rest leaves
    assert_int_equal(advice(&certificate, today), ADVICE_UNCLEAR);
    certificate.nominal = CERTIFICATE_AMOUNT_UNKNOWN;
    assert_int_equal(advice(&certificate, today), ADVICE_NONE);
    certificate.balance = CERTIFICATE_AMOUNT_UNKNOWN;
    assert_int_equal(advice(&certificate, today), ADVICE_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(status_comes_first),
        cmocka_unit_test(a_period_has_inclusive_ends),
        cmocka_unit_test(the_birthday_is_told_ninety_days_before),
        cmocka_unit_test(sums_that_contradict_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
