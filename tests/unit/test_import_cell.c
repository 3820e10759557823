#include "base/date.h"
#include "import/cell.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void ages(void **state)
{
    (void)state;
    enum { STAYS = -7, BAD = -9 };
    static const struct {
        const char *text;
        bool is_max;
        int32_t min;
        int32_t max;
    } cases[] = {
        {"7", false, 84, STAYS},
        {"11", true, STAYS, 143},
        {"6,5", false, 78, STAYS},
        {"6.5 лет", true, STAYS, 78},
        {"от 7 до 11", false, 84, 143},
        {"С 7 до 11 лет", true, 84, 143},
        {"7-11", true, 84, 143},
        {"7 – 11 лет", false, 84, 143},
        {"5 лет - 6,5 лет", false, 60, 78},
        {"до 12", false, STAYS, 155},
        {"с 9 лет", true, 108, STAYS},
        {"10+", false, 120, STAYS},
        {"14 лет и старше", true, 168, STAYS},
        {"18 мес", false, 18, STAYS},
        {"18-36 мес.", false, 18, 36},
        {"84", false, BAD, BAD},
        {"11-7", false, BAD, BAD},
        {"семь", false, BAD, BAD},
        {"7 класс", false, BAD, BAD},
        {"-", false, BAD, BAD},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t min = STAYS;
        int32_t max = STAYS;
        bool ok = cell_ages(cases[i].text, cases[i].is_max, &min, &max);
        assert_int_equal(ok, cases[i].min != BAD);
        assert_int_equal(min, ok ? cases[i].min : STAYS);
        assert_int_equal(max, ok ? cases[i].max : STAYS);
    }
}

static void money_and_counts(void **state)
{
    (void)state;
    int32_t value = -1;
    assert_true(cell_money("1 200,50 руб.", &value));
    assert_int_equal(value, 120050);
    assert_true(cell_money("850", &value));
    assert_int_equal(value, 85000);
    assert_true(cell_money("Бесплатно", &value));
    assert_int_equal(value, 0);
    assert_false(cell_money("договорная", &value));
    assert_false(cell_money("100 долларов", &value));
    assert_false(cell_money("99999999999", &value));
    assert_int_equal(value, 0);
    assert_true(cell_count("12 чел.", 1000, &value));
    assert_int_equal(value, 12);
    assert_true(cell_count("нет", 1000, &value));
    assert_int_equal(value, 0);
    assert_false(cell_count("1001", 1000, &value));
    assert_false(cell_count("2,5", 1000, &value));
    assert_false(cell_count("-3", 1000, &value));
    assert_false(cell_count("есть", 1000, &value));
    double number = 0;
    assert_true(cell_number("-52,06", &number));
    assert_true(number < -52.05 && number > -52.07);
    assert_false(cell_number("#REF!/", &number));
    assert_true(cell_rating("4,8", &value));
    assert_int_equal(value, 48);
    assert_false(cell_rating("48", &value));
}

static void days_and_times(void **state)
{
    (void)state;
    int32_t day = 0;
    int32_t expected = date_to_days((struct date){2026, 9, 1});
    static const char *const same[] = {"2026-09-01", "01.09.2026", "1.9.2026 10:30",
                                       "2026-09-01T00:00:00"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        day = 0;
        assert_true(cell_day(same[i], &day));
        assert_int_equal(day, expected);
    }
    static const char *const bad[] = {"2026-02-30", "сентябрь",         "01.09",
                                      "1.9.26",     "2026-09-01 25:00", "2026-09-01x"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(cell_day(bad[i], &day));
    int64_t time_s = 0;
    assert_true(cell_time("01.09.2026 10:30", 3 * 3600, &time_s));
    assert_int_equal(time_s, (int64_t)expected * SECONDS_A_DAY + 7 * 3600 + 1800);
    assert_true(cell_time("2026-09-01T10:30:00+03:00", 0, &time_s));
    assert_int_equal(time_s, (int64_t)expected * SECONDS_A_DAY + 7 * 3600 + 1800);
}

static void words(void **state)
{
    (void)state;
    enum ternary answer;
    assert_true(cell_yes_no("FALSE", &answer) && answer == TERNARY_NO);
    assert_true(cell_yes_no("Не требуется", &answer) && answer == TERNARY_NO);
    assert_true(cell_yes_no("требуется", &answer) && answer == TERNARY_YES);
    assert_false(cell_yes_no("2", &answer));
    assert_true(cell_enrollment("2", &answer) && answer == TERNARY_YES);
    assert_true(cell_enrollment("Запись закрыта", &answer) && answer == TERNARY_NO);
    assert_true(cell_enrollment("открыта", &answer) && answer == TERNARY_YES);
    assert_true(cell_enrollment("0", &answer) && answer == TERNARY_NO);
    assert_true(cell_enrollment("да", &answer) && answer == TERNARY_YES);
    assert_false(cell_enrollment("скоро", &answer));

    uint32_t set = 99;
    assert_true(cell_payment("бесплатно, сертификат", &set));
    assert_int_equal(set, PAYMENT_FREE | PAYMENT_CERTIFICATE);
    assert_true(cell_payment("Платно", &set));
    assert_int_equal(set, PAYMENT_PAID);
    assert_true(cell_payment("из личных средств; по сертификату", &set));
    assert_int_equal(set, PAYMENT_PAID | PAYMENT_CERTIFICATE);
    assert_false(cell_payment("даром", &set));

    assert_true(cell_ovz("1, ЗПР; РАС", &set));
    assert_int_equal(set, OVZ_DEAF | OVZ_DEVELOPMENT_DELAY | OVZ_AUTISM);
    assert_true(cell_ovz("слабослышащие, Нарушения опорно-двигательного аппарата, 11", &set));
    assert_int_equal(set, OVZ_HARD_OF_HEARING | OVZ_MOTOR | OVZ_ENDOCRINE);
    assert_true(cell_ovz("нет", &set));
    assert_int_equal(set, 0);
    assert_false(cell_ovz("12", &set));
    assert_false(cell_ovz("прочие", &set));

    enum level level;
    assert_true(cell_level("Углублённый", &level) && level == LEVEL_ADVANCED);
    enum study_form form;
    bool remote;
    assert_true(cell_form("очно-заочная", &form, &remote) && form == STUDY_FORM_MIXED && !remote);
    assert_true(cell_form("Очная с применением дистанционных технологий", &form, &remote));
    assert_true(form == STUDY_FORM_FULL_TIME && remote);
    enum price_period period;
    assert_true(cell_price_period("Учебный год", &period) && period == PRICE_PERIOD_YEAR);
    assert_true(cell_price_period("за занятие", &period) && period == PRICE_PERIOD_LESSON);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ages),
        cmocka_unit_test(money_and_counts),
        cmocka_unit_test(days_and_times),
        cmocka_unit_test(words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
