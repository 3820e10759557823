// What is written against what is said.
#include "wording/spoken.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct words words;

static int load(void **state)
{
    (void)state;
    char error[WORDS_ERROR_BYTES];
    return words_load(SOURCE_DIR "/assets/words/ru.json", &words, error) ? 0 : -1;
}

static void test_expands(void **state)
{
    (void)state;
    static const char *const table[][2] = {
        {"вт, чт · 16:00–17:30", "вторник, четверг, с 16 до 17 часов 30 минут"},
        {"Ср, пт · 9:00–10:30", "Среда, пятница, с 9 до 10 часов 30 минут"},
        {"пн · 16:00", "понедельник, в 16 часов"},
        {"Обновлено в 14:21", "Обновлено в 14 часов 21 минута"},
        {"сб · 9:30–21:00", "суббота, с 9 часов 30 минут до 21 часа"},
        {"8\u00a0500\u00a0₽", "8500 рублей"},
        {"8\u00a0501 ₽ в месяц", "8501 рубль в месяц"},
        {"1,2\u00a0км", "1,2 километра"},
        {"650 м", "650 метров"},
        {"2 места", "2 места"},
        {"8–11\u00a0лет", "от 8 до 11 лет"},
        {"6,5–8 лет", "от 6,5 до 8 лет"},
        {"для детей с ОВЗ", "для детей с ограниченные возможности здоровья"},
        {"школа № 5", "школа номер 5"},
        {"−2\u00a0400 ₽", "минус 2400 рублей"},
        {"группа 1041-2", "группа 1041 2"},
        {"+7 48672 2-14-30", "плюс 7 48672 2 14 30"},
        {" · 38 отзывов", "38 отзывов"},
        {"12 ноября", "12 ноября"},
        {"Мой театр — мой дом", "Мой театр, мой дом"},
        {"67 •• ••••56", "67 56"},
        {"Дом\nдетского  творчества…", "Дом детского творчества"},
        {"8 5000", "8 5000"},
        {"", ""},
        {"25:70", "25:70"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char spoken[256];
        spoken_text(&words, table[i][0], strlen(table[i][0]), spoken, sizeof spoken);
        assert_string_equal(spoken, table[i][1]);
    }
}

static void test_letters(void **state)
{
    (void)state;
    char spoken[64];
    spoken_letters("K7-42-19", spoken, sizeof spoken);
    assert_string_equal(spoken, "K, 7, 4, 2, 1, 9");
}

// Any cut text stays a text, and nothing runs over.
static void test_cut(void **state)
{
    (void)state;
    static const char text[] =
        "вт, чт · 16:00–17:30 · 8\u00a0500\u00a0₽ · 1,2\u00a0км · ОВЗ";
    for (size_t length = 0; length <= strlen(text); length++)
        for (size_t capacity = 1; capacity < 80; capacity++) {
            char *copy = malloc(length + 1);
            char *spoken = malloc(capacity);
            assert_non_null(copy);
            assert_non_null(spoken);
            memcpy(copy, text, length);
            spoken_text(&words, copy, length, spoken, capacity);
            assert_true(strlen(spoken) < capacity);
            free(copy);
            free(spoken);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_expands),
        cmocka_unit_test(test_letters),
        cmocka_unit_test(test_cut),
    };
    return cmocka_run_group_tests(tests, load, NULL);
}
