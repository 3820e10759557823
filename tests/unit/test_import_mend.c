#include "import/mend.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static char memory[256];

static uint32_t line(const char *raw)
{
    struct text text;
    text_init(&text, memory, sizeof memory);
    return mend_line(raw, &text);
}

static void expect_line(const char *raw, uint32_t mended, const char *clean)
{
    assert_int_equal(line(raw), mended);
    assert_string_equal(memory, clean);
}

static const uint32_t markup = 1u << MEND_MARKUP;
static const uint32_t spaces = 1u << MEND_SPACES;
static const uint32_t quotes = 1u << MEND_QUOTES;

static void clean_text_stays(void **state)
{
    (void)state;
    expect_line("", 0, "");
    expect_line("Ёлочка, 5-й «Б» класс — «Дом «Радуга»»", 0,
                "Ёлочка, 5-й «Б» класс — «Дом «Радуга»»");
    expect_line(" края не считаются ", 0, "края не считаются");
    expect_line("R&D и 2 < 3", 0, "R&D и 2 < 3");
}

static void markup_goes(void **state)
{
    (void)state;
    expect_line("Шахматы&nbsp;&laquo;Ладья&raquo; &amp; шашки", markup, "Шахматы «Ладья» & шашки");
    expect_line("<b>Лепка</b><br/>глина &#171;Гжель&#187;&#x21;", markup, "Лепка глина «Гжель»!");
}

static void spaces_are_single(void **state)
{
    (void)state;
    expect_line("Юный  техник", spaces, "Юный техник");
    expect_line("Робо\xC2\xADтехника\xE2\x80\x8B", spaces, "Роботехника");
    expect_line("два\nслова", spaces, "два слова");
    expect_line("плохой \xFF байт", spaces, "плохой байт");
}

static void quotes_nest_and_close(void **state)
{
    (void)state;
    expect_line("\"Дом \"Радуга\"\"", quotes, "«Дом «Радуга»»");
    expect_line("Клуб \"Старт\"", quotes, "Клуб «Старт»");
    expect_line("Школа `Вектор`", quotes, "Школа «Вектор»");
    expect_line("„Лесная“ школа “Тропа”", quotes, "«Лесная» школа «Тропа»");
    expect_line("Бюро \"Винтик", quotes, "Бюро «Винтик»");
    expect_line("Экран 32\" и всё", 0, "Экран 32\" и всё");
}

static void paragraphs_stay_as_lines(void **state)
{
    (void)state;
    struct text text;
    text_init(&text, memory, sizeof memory);
    assert_int_equal(mend_paragraphs("<p>Раз.</p>\n\n<p>Два</p>", &text), markup);
    assert_string_equal(memory, "Раз.\nДва");
}

static void too_long_is_cut_at_a_character(void **state)
{
    (void)state;
    char small[8];
    struct text text;
    text_init(&text, small, sizeof small);
    assert_int_equal(mend_line("Шахматы", &text), 1u << MEND_CUT);
    assert_string_equal(small, "Шах");
}

static void capitals(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"ЮНЫЙ АВИАМОДЕЛИСТ", "Юный авиамоделист"},
        {"СТУДИЯ КЕРАМИКИ «ЁЛОЧКА», ИЗО", "Студия керамики «Ёлочка», ИЗО"},
        {"«ВЕСЁЛЫЕ НОТКИ», 5 КЛАСС", "«Весёлые нотки», 5 класс"},
        {"ПРОГРАММИРОВАНИЕ НА PYTHON", "Программирование на PYTHON"},
        {"КБ 947", NULL},
        {"РОБО-1579", NULL},
        {"ROBO LAB", NULL},
        {"Студия ТЕХНОЛОГИЯ", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        text_copy(memory, sizeof memory, pairs[i][0]);
        assert_int_equal(mend_capitals(memory), pairs[i][1] != NULL);
        assert_string_equal(memory, pairs[i][1] ? pairs[i][1] : pairs[i][0]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clean_text_stays),
        cmocka_unit_test(markup_goes),
        cmocka_unit_test(spaces_are_single),
        cmocka_unit_test(quotes_nest_and_close),
        cmocka_unit_test(paragraphs_stay_as_lines),
        cmocka_unit_test(too_long_is_cut_at_a_character),
        cmocka_unit_test(capitals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
