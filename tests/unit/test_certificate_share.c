#include "certificate/share.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum { UNKNOWN = -1, TODAY = 20000 };

static const struct certificate_rest unchecked = {0};

static struct certificate_rest rest(enum certificate_unit unit, int64_t amount)
{
    return (struct certificate_rest){true, unit, amount};
}

static void each_price_has_its_words(void **state)
{
    (void)state;
    static const struct certificate_rest roubles = {true, CERTIFICATE_RUB, 210000};
    static const struct certificate_rest empty = {true, CERTIFICATE_RUB, 0};
    static const struct certificate_rest programs = {true, CERTIFICATE_PROGRAMS, 2};
    static const struct certificate_rest hours = {true, CERTIFICATE_HOURS, 36};
    static const struct certificate_rest no_hours = {true, CERTIFICATE_HOURS, 0};
    static const struct {
        struct share_price price;
        const struct certificate_rest *rest;
        enum share_kind kind;
        int64_t certificate_part;
        int64_t parents_kopecks;
        int64_t payments;
    } cases[] = {
        {{true, false, UNKNOWN}, &unchecked, SHARE_FREE, 0, 0, 0},
        {{true, true, 240000}, &roubles, SHARE_FREE, 0, 0, 0}, // free wins over a certificate
        {{false, false, 0}, &unchecked, SHARE_FREE, 0, 0, 0},
        {{false, false, UNKNOWN}, &unchecked, SHARE_UNKNOWN, 0, CERTIFICATE_AMOUNT_UNKNOWN, 0},
        {{false, false, UNKNOWN}, &roubles, SHARE_UNKNOWN, 0, CERTIFICATE_AMOUNT_UNKNOWN, 0},
        {{false, false, 240000}, &roubles, SHARE_OWN, 0, 240000, 0},
        {{false, true, 240000}, &unchecked, SHARE_CERTIFICATE, 0, 240000, 0},
        {{false, true, 240000}, &roubles, SHARE_PARTLY, 210000, 30000, 0},
        {{false, true, 210000}, &roubles, SHARE_COVERED, 210000, 0, 1}, // exactly
        {{false, true, 210001}, &roubles, SHARE_PARTLY, 210000, 1, 0},
        {{false, true, 50000}, &roubles, SHARE_COVERED, 50000, 0, 4},
        {{false, true, 0}, &roubles, SHARE_COVERED, 0, 0, 0},
        {{false, true, 0}, &empty, SHARE_COVERED, 0, 0, 0},
        {{false, true, UNKNOWN}, &roubles, SHARE_UNKNOWN, 0, CERTIFICATE_AMOUNT_UNKNOWN, 0},
        {{false, true, 240000}, &empty, SHARE_OWN, 0, 240000, 0},
        {{false, true, UNKNOWN}, &empty, SHARE_UNKNOWN, 0, CERTIFICATE_AMOUNT_UNKNOWN, 0},
        {{false, true, UNKNOWN}, &programs, SHARE_COUNTED, 1, 0, 0}, // the price has no say
        {{false, true, 240000}, &programs, SHARE_COUNTED, 1, 0, 0},
        {{false, true, 240000}, &hours, SHARE_COUNTED, 0, 0, 0},
        {{false, true, 240000}, &no_hours, SHARE_OWN, 0, 240000, 0},
        {{false, false, 240000}, &hours, SHARE_OWN, 0, 240000, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct share share = share_of(&cases[i].price, cases[i].rest);
        assert_int_equal(share.kind, cases[i].kind);
        assert_int_equal(share.certificate_part, cases[i].certificate_part);
        assert_int_equal(share.parents_kopecks, cases[i].parents_kopecks);
        assert_int_equal(share.payments, cases[i].payments);
    }
}

static void only_an_active_certificate_with_money_has_a_rest(void **state)
{
    (void)state;
    for (int kind = 0; kind < CERTIFICATE_KIND_COUNT; kind++)
        for (int status = 0; status < CERTIFICATE_STATUS_COUNT; status++)
            for (int unit = 0; unit < CERTIFICATE_UNIT_COUNT; unit++) {
                struct certificate certificate = {.kind = (enum certificate_kind)kind,
                                                  .status = (enum certificate_status)status,
                                                  .unit = (enum certificate_unit)unit,
                                                  .balance = 7};
                struct certificate_rest found = certificate_rest_of(&certificate, TODAY);
                bool expected = kind != CERTIFICATE_ACCOUNTING && status == CERTIFICATE_ACTIVE;
                assert_int_equal(found.known, expected);
                assert_int_equal(found.amount, expected ? 7 : 0);
                certificate.period_to = date_from_days(TODAY);
                assert_int_equal(certificate_rest_of(&certificate, TODAY).known, expected);
                assert_false(certificate_rest_of(&certificate, TODAY + 1).known);
                certificate.balance = CERTIFICATE_AMOUNT_UNKNOWN;
                assert_false(certificate_rest_of(&certificate, TODAY).known);
            }
}

// Whatever the programs and their order: both parts make the price, and nobody spends what isn't
// there.
static void programs_share_one_certificate(void **state)
{
    (void)state;
    srand(2026);
    for (int i = 0; i < 2000; i++) {
        struct certificate_rest left = rest(CERTIFICATE_RUB, rand() % 1000);
        int64_t before = left.amount;
        int64_t paid = 0;
        for (int program = 0; program < 6; program++) {
            struct share_price price = {.by_certificate = true, .kopecks = 1 + rand() % 400};
            struct share share = share_of(&price, &left);
            assert_int_equal(share.certificate_part + share.parents_kopecks, price.kopecks);
            share_spend(&left, &share);
            paid += share.certificate_part;
            assert_true(left.amount >= 0);
        }
        assert_int_equal(before, left.amount + paid);
    }
    struct certificate_rest programs = rest(CERTIFICATE_PROGRAMS, 2);
    struct share_price price = {.by_certificate = true, .kopecks = 100};
    for (int program = 0; program < 3; program++) {
        struct share share = share_of(&price, &programs);
        assert_int_equal(share.kind, program < 2 ? SHARE_COUNTED : SHARE_OWN);
        share_spend(&programs, &share);
    }
    assert_int_equal(programs.amount, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_price_has_its_words),
        cmocka_unit_test(only_an_active_certificate_with_money_has_a_rest),
        cmocka_unit_test(programs_share_one_certificate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
