#include "import/schedule.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static char memory[1024];

// "2 16:50-18:30/odd" for each slot, joined by ", ".
static const char *parse(const char *schedule, enum schedule_result expected)
{
    struct slot slots[RECORD_SLOTS_MAX];
    uint32_t count = 0;
    assert_int_equal(schedule_parse(schedule, slots, &count), expected);
    struct text text;
    text_init(&text, memory, sizeof memory);
    for (uint32_t i = 0; i < count; i++) {
        const struct slot *slot = slots + i;
        text_addf(&text, "%s%d %02d:%02d", i ? ", " : "", slot->weekday, slot->from_min / 60,
                  slot->from_min % 60);
        if (slot->to_min != RECORD_UNKNOWN)
            text_addf(&text, "-%02d:%02d", slot->to_min / 60, slot->to_min % 60);
        text_add(&text, slot->parity == WEEK_ODD    ? "/odd"
                        : slot->parity == WEEK_EVEN ? "/even"
                                                    : "");
        assert_string_equal(slot->address_id, "");
    }
    return memory;
}

static void timetables(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"Вт, Чт 16:50-18:30; сб 10.00–11.30", "2 16:50-18:30, 4 16:50-18:30, 6 10:00-11:30"},
        {"вт 15.30–17.00, чт 17. 00–18. 30", "2 15:30-17:00, 4 17:00-18:30"},
        {"пн-ср 9:00 - 10:00", "1 09:00-10:00, 2 09:00-10:00, 3 09:00-10:00"},
        {"Понедельник: с 15:00 до 16:30", "1 15:00-16:30"},
        {"с пн по ср 15:00", "1 15:00, 2 15:00, 3 15:00"},
        {"по вторникам и четвергам в 16:00", "2 16:00, 4 16:00"},
        {"16:00-17:30 вт, чт", "2 16:00-17:30, 4 16:00-17:30"},
        {"сб 10:00-11:00, 11:10-12:10", "6 10:00-11:00, 6 11:10-12:10"},
        {"пт-вс 12:00-13:00", "5 12:00-13:00, 6 12:00-13:00, 7 12:00-13:00"},
        {"вс-пн 12:00-13:00", "1 12:00-13:00, 7 12:00-13:00"},
        {"вт 16-00-17-30", "2 16:00-17:30"},
        {"вт 16-00 – 17-30, чт 16-17", "2 16:00-17:30, 4 16:00-17:00"},
        {"Ср 9-11", "3 09:00-11:00"},
        {"0 10:00-11:30", "7 10:00-11:30"},
        {"7 10:00-11:30", "7 10:00-11:30"},
        {"1,3,5 16:00-17:00", "1 16:00-17:00, 3 16:00-17:00, 5 16:00-17:00"},
        {"Суббота 10:00-11:30 (каб. 5)", "6 10:00-11:30"},
        {"2 раза в неделю: вт 16:00-17:00, пт 16:00-17:00", "2 16:00-17:00, 5 16:00-17:00"},
        {"вт 16:00-17:30 чётные недели", "2 16:00-17:30/even"},
        {"вт 16:00-17:30 (неч.), чт 16:00-17:30 (чётн.)", "2 16:00-17:30/odd, 4 16:00-17:30/even"},
        {"по нечётным неделям: пн 15:00-16:00, ср 15:00-16:00; сб 9:00-10:00",
         "1 15:00-16:00/odd, 3 15:00-16:00/odd, 6 09:00-10:00"},
        {"чётные вт 16:00-17:00, нечётные чт 16:00-17:00", "2 16:00-17:00/even, 4 16:00-17:00/odd"},
        {"по будням 18:00-19:00", "1 18:00-19:00, 2 18:00-19:00, 3 18:00-19:00, 4 18:00-19:00, "
                                  "5 18:00-19:00"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(parse(cases[i][0], SCHEDULE_OK), cases[i][1]);
}

static void misspelt_days_are_mended(void **state)
{
    (void)state;
    assert_string_equal(parse("чеверг 17:00-18:00", SCHEDULE_MENDED), "4 17:00-18:00");
    assert_string_equal(parse("Субота 10:00-11:00, восресенье 12:00", SCHEDULE_MENDED),
                        "6 10:00-11:00, 7 12:00");
    assert_string_equal(parse("Седа 15:30-17:00", SCHEDULE_MENDED), "3 15:30-17:00");
    assert_string_equal(parse("пятнциа 10:00-11:00", SCHEDULE_MENDED), "5 10:00-11:00");
}

static void no_timetable_and_nonsense(void **state)
{
    (void)state;
    assert_string_equal(parse("уточняйте у педагога", SCHEDULE_NONE), "");
    assert_string_equal(parse("По расписанию педагога, время согласуем", SCHEDULE_NONE), "");
    assert_string_equal(parse("По согласованию", SCHEDULE_NONE), "");
    assert_string_equal(parse("Пн, Ср", SCHEDULE_NO_TIMES), "");
    assert_string_equal(parse("16:00-17:00", SCHEDULE_NO_TIMES), "");
    assert_string_equal(parse("шахматы", SCHEDULE_NO_TIMES), "");
    assert_string_equal(parse("вт 17:00-16:00", SCHEDULE_BAD_TIME), "");
    assert_string_equal(parse("вт 24:30-25:00", SCHEDULE_BAD_TIME), "");
    assert_string_equal(parse("ежедневно 8:00, 9:00, 10:00, 11:00, 12:00", SCHEDULE_TOO_MANY), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(timetables),
        cmocka_unit_test(misspelt_days_are_mended),
        cmocka_unit_test(no_timetable_and_nonsense),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
