#include "import/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct csv csv;
static struct csv_row row;

static void open_text(const char *text)
{
    csv_finish(&csv);
    csv_init(&csv, text, strlen(text));
}

static void expect_row(uint32_t number, const char *const *cells)
{
    assert_true(csv_next(&csv, &row));
    assert_int_equal(row.number, number);
    uint32_t count = 0;
    for (; cells[count]; count++) {
        assert_true(count < row.count);
        assert_string_equal(row.cells[count], cells[count]);
    }
    assert_int_equal(row.count, count);
}
#define EXPECT_ROW(number, ...) expect_row(number, (const char *const[]){__VA_ARGS__, NULL})

static void plain_and_quoted_cells(void **state)
{
    (void)state;
    open_text("a,b,c\n1,\"two, \"\"2\"\"\nlines\",\n\"\",x,\"y\"");
    EXPECT_ROW(1, "a", "b", "c");
    EXPECT_ROW(2, "1", "two, \"2\"\nlines", "");
    EXPECT_ROW(3, "", "x", "y");
    assert_false(csv_next(&csv, &row));
}

static void semicolons_bom_and_carriage_returns(void **state)
{
    (void)state;
    open_text("\xEF\xBB\xBFимя;возраст, лет;\r\nШахматы;7;\r\n");
    EXPECT_ROW(1, "имя", "возраст, лет", "");
    EXPECT_ROW(2, "Шахматы", "7", "");
    assert_false(csv_next(&csv, &row));
    open_text("a\tb, c\td\n1\t2\t3");
    EXPECT_ROW(1, "a", "b, c", "d");
    EXPECT_ROW(2, "1", "2", "3");
}

static void windows_1251(void **state)
{
    (void)state;
    open_text("\xD8\xE0\xF5\xEC\xE0\xF2\xFB;\xB8\xEB\xEA\xE0\xB9\x35;\xAB\xC4\xEE\xEC\xBB\n");
    assert_true(csv.was_windows_1251);
    EXPECT_ROW(1, "Шахматы", "ёлка№5", "«Дом»");
    open_text("Шахматы,\xD8\n");
    assert_false(csv.was_windows_1251);
    EXPECT_ROW(1, "Шахматы", "\xD8");
}

static void stray_quotes_are_text(void **state)
{
    (void)state;
    open_text("a,b\nДом \"Радуга\",\"Клуб \"Старт\" и К\"\n\"не закрыта,x\n");
    EXPECT_ROW(1, "a", "b");
    EXPECT_ROW(2, "Дом \"Радуга\"", "Клуб \"Старт\" и К");
    EXPECT_ROW(3, "\"не закрыта", "x");
    assert_false(csv_next(&csv, &row));
    open_text("a,b\n\"не закрыта,x\n\"да\",\"\"\"y\"\"\"\n\"z");
    EXPECT_ROW(1, "a", "b");
    EXPECT_ROW(2, "не закрыта,x\n\"да", "\"y\"");
    EXPECT_ROW(3, "\"z");
    assert_false(csv_next(&csv, &row));
}

static void carriage_returns_alone_end_lines(void **state)
{
    (void)state;
    open_text("a,b\r\"1\r2\",3\r\r4,5");
    EXPECT_ROW(1, "a", "b");
    EXPECT_ROW(2, "1\n2", "3");
    EXPECT_ROW(4, "4", "5");
    assert_false(csv_next(&csv, &row));
}

static void empty_rows_count_but_do_not_appear(void **state)
{
    (void)state;
    open_text("a,b\n\n , \n3,4\n");
    EXPECT_ROW(1, "a", "b");
    EXPECT_ROW(4, "3", "4");
    assert_false(csv_next(&csv, &row));
    open_text("");
    assert_false(csv_next(&csv, &row));
}

static void too_many_cells_are_told(void **state)
{
    (void)state;
    char wide[CSV_COLUMNS_MAX + 8];
    memset(wide, ',', sizeof wide - 1);
    wide[0] = 'x';
    wide[sizeof wide - 1] = '\0';
    open_text(wide);
    assert_true(csv_next(&csv, &row));
    assert_true(row.too_wide);
    assert_int_equal(row.count, CSV_COLUMNS_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_and_quoted_cells),
        cmocka_unit_test(semicolons_bom_and_carriage_returns),
        cmocka_unit_test(windows_1251),
        cmocka_unit_test(stray_quotes_are_text),
        cmocka_unit_test(carriage_returns_alone_end_lines),
        cmocka_unit_test(empty_rows_count_but_do_not_appear),
        cmocka_unit_test(too_many_cells_are_told),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    csv_finish(&csv);
    return failed;
}
