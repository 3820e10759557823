#include "certificate/certificate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void words_go_both_ways(void **state)
{
    (void)state;
    for (unsigned i = 0; i < CERTIFICATE_KIND_COUNT; i++)
        assert_int_equal(certificate_kind_parse(certificate_kind_name(i)), i);
    for (unsigned i = 0; i < CERTIFICATE_STATUS_COUNT; i++)
        assert_int_equal(certificate_status_parse(certificate_status_name(i)), i);
    for (unsigned i = 0; i < CERTIFICATE_UNIT_COUNT; i++)
        assert_int_equal(certificate_unit_parse(certificate_unit_name(i)), i);
    assert_int_equal(certificate_kind_parse("Funded"), CERTIFICATE_KIND_COUNT);
    assert_int_equal(certificate_status_parse(""), CERTIFICATE_STATUS_COUNT);
    assert_int_equal(certificate_unit_parse("rub"), CERTIFICATE_UNIT_COUNT);
}

static struct certificate roubles(int64_t nominal, int64_t balance, int64_t reserved)
{
    return (struct certificate){
        .unit = CERTIFICATE_RUB,
        .nominal = nominal * 100,
        .balance = balance * 100,
        .reserved = reserved * 100,
    };
}

static void cubes_of_the_usual_certificate(void **state)
{
    (void)state;
    struct certificate certificate = roubles(20000, 8500, 4500);
    struct certificate_cubes cubes;
    assert_true(certificate_cubes(&certificate, &cubes));
    assert_int_equal(cubes.cube_amount, 100000);
    assert_int_equal(cubes.count, 20);
    assert_true(cubes.left == 8.5 && cubes.reserved == 4.5);
    certificate = (struct certificate){
        .unit = CERTIFICATE_HOURS, .nominal = 144, .balance = 62, .reserved = 36};
    assert_true(certificate_cubes(&certificate, &cubes));
    assert_int_equal(cubes.cube_amount, 10);
    assert_int_equal(cubes.count, 15);
    certificate = (struct certificate){
        .unit = CERTIFICATE_PROGRAMS, .nominal = 2, .balance = 1, .reserved = 1};
    assert_true(certificate_cubes(&certificate, &cubes));
    assert_int_equal(cubes.cube_amount, 1);
    assert_int_equal(cubes.count, 2);
}

static void figures_that_make_no_chart(void **state)
{
    (void)state;
    static const struct {
        int64_t nominal;
        int64_t balance;
        int64_t reserved;
    } bad[] = {
        {0, 0, 0},         {-1, 0, 0},
        {100, -1, 0},      {100, 101, 0},
        {100, 50, 51},     {CERTIFICATE_AMOUNT_UNKNOWN, 5, 0},
        {INT64_MAX, 5, 0}, {100, CERTIFICATE_AMOUNT_UNKNOWN, 0},
    };
    struct certificate_cubes cubes = {.count = 77};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct certificate certificate = {.unit = CERTIFICATE_HOURS,
                                          .nominal = bad[i].nominal,
                                          .balance = bad[i].balance,
                                          .reserved = bad[i].reserved};
        assert_false(certificate_cubes(&certificate, &cubes));
    }
    assert_int_equal(cubes.count, 77);
    struct certificate unknown_reserved = {
        .nominal = 100, .balance = 50, .reserved = CERTIFICATE_AMOUNT_UNKNOWN};
    assert_true(certificate_cubes(&unknown_reserved, &cubes));
    assert_true(cubes.reserved == 0);
}

static bool is_round(int64_t amount)
{
    while (amount % 10 == 0)
        amount /= 10;
    return amount == 1 || amount == 2 || amount == 5;
}

static void cubes_always_hold_the_nominal(void **state)
{
    (void)state;
    for (int64_t nominal = 1; nominal < 200000; nominal += 1 + nominal / 50) {
        struct certificate certificate = roubles(nominal, nominal / 3, nominal / 4);
        certificate.unit = (enum certificate_unit)(nominal % CERTIFICATE_UNIT_COUNT);
        struct certificate_cubes cubes;
        assert_true(certificate_cubes(&certificate, &cubes));
        int64_t unit = certificate.unit == CERTIFICATE_RUB ? 100 : 1;
        assert_true(is_round(cubes.cube_amount / unit));
        assert_in_range(cubes.count, 1, CERTIFICATE_CUBES);
        assert_true(cubes.cube_amount * cubes.count >= certificate.nominal);
        assert_true(cubes.cube_amount * (cubes.count - 1) < certificate.nominal);
        assert_true(cubes.left + cubes.reserved <= cubes.count);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_go_both_ways),
        cmocka_unit_test(cubes_of_the_usual_certificate),
        cmocka_unit_test(figures_that_make_no_chart),
        cmocka_unit_test(cubes_always_hold_the_nominal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
