#include "search/rewrite.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

struct pair {
    const char *typed;
    const char *meant;
};

static void check(bool rewrite(const char *, size_t, char *), const struct pair *pairs,
                  size_t count)
{
    unsigned wrong = 0;
    for (size_t i = 0; i < count; i++) {
        char got[REWRITE_BYTES] = "nothing";
        rewrite(pairs[i].typed, strlen(pairs[i].typed), got);
        if (strcmp(got, pairs[i].meant) == 0)
            continue;
        print_error("'%s': '%s', expected '%s'\n", pairs[i].typed, got, pairs[i].meant);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

static void latin_letters_sound_russian(void **state)
{
    static const struct pair pairs[] = {
        {"robototehnika", "робототехника"},
        {"robototekhnika", "робототехника"},
        {"robototexnika", "робототехника"},
        {"ROBOTOTEHNIKA", "робототехника"},
        {"tancy", "танцы"},
        {"tantsy", "танцы"},
        {"tanci", "танци"},
        {"shahmaty", "шахматы"},
        {"shakhmaty", "шахматы"},
        {"waxmaty", "шахматы"},
        {"risovanie", "рисование"},
        {"plavanie", "плавание"},
        {"karate", "карате"},
        {"hokkey", "хоккей"},
        {"khokkei", "хоккей"},
        {"hokkej", "хоккей"},
        {"gimnastika", "гимнастика"},
        {"vyazanie", "вязание"},
        {"vjazanie", "вязание"},
        {"shit'e", "шитье"},
        {"shityo", "шитье"},
        {"lyzhi", "лыжи"},
        {"lyji", "лыжи"},
        {"yoga", "йога"},
        {"muzyka", "музыка"},
        {"angliyskiy", "английский"},
        {"anglijskij", "английский"},
        {"angliiskii", "английский"},
        {"angliysky", "английский"},
        {"biser", "бисер"},
        {"futbol", "футбол"},
        {"yuny", "юный"},
        {"iunyi", "юный"},
        {"yunyj", "юный"},
        {"dzyudo", "дзюдо"},
        {"dzudo", "дзудо"},
        {"teatr", "театр"},
        {"penie", "пение"},
        {"hor", "хор"},
        {"khor", "хор"},
        {"zhurnalistika", "журналистика"},
        {"jurnalistika", "журналистика"},
        {"lego", "лего"},
        {"programmirovanie", "программирование"},
        {"chtenie", "чтение"},
        {"4tenie", "чтение"},
        {"shchenok", "щенок"},
        {"schenok", "щенок"},
        {"foto", "фото"},
        {"photo", "фото"},
        {"kitayskiy", "китайский"},
        {"detskiy", "детский"},
        {"krujok", "кружок"},
        {"sportivny", "спортивный"},
        {"konny", "конный"},
        {"barabany", "барабаны"},
        {"ekologiya", "экология"},
        {"ekologia", "экология"},
        {"himiya", "химия"},
        {"istoriia", "история"},
        {"estestvoznanie", "естествознание"},
        {"zhivopis'", "живопись"},
        {"risovat", "рисоват"},
        {"cirk", "цирк"},
        {"tsirk", "цирк"},
        {"club", "клуб"},
        {"komp'yuter", "компьютер"},
        {"kompyuter", "компютер"},
        {"tvorchestvo", "творчество"},
        {"yaponskiy", "японский"},
        {"ptenchik", "птенчик"},
        {"lego-roboty", "лего-роботы"},
        {"3d", "3д"},
        {"b", "б"},
    };
    (void)state;
    check(rewrite_translit, pairs, sizeof pairs / sizeof *pairs);
}

static void keys_mean_the_other_layout(void **state)
{
    static const struct pair pairs[] = {
        {"hj,jns", "роботы"},     {"HJ<JNS", "роботы"},
        {"if[vfns", "шахматы"},   {"df;yj", "важно"},
        {"'rjkjubz", "экология"}, {"\"RJKJUBZ", "экология"},
        {".yyfn", "юннат"},       {">YYFN", "юннат"},
        {"`krf", "елка"},         {"~krf", "елка"},
        {"j,]tpl", "объезд"},     {"J<}TPL", "объезд"},
        {"{jh", "хор"},           {":bdjgbcm", "живопись"},
        {"nfyws", "танцы"},       {"ifivfns5", "шашматы5"},
        {"дупщ", "lego"},         {"ЗНЕРЩТ", "python"},
        {"ылкуеср", "skretch"},   {"ё", "`"},
        {"хъжэбю", "[];',."},     {"3в", "3d"},
        {"zpsr-5", "язык-5"},
    };
    (void)state;
    check(rewrite_layout, pairs, sizeof pairs / sizeof *pairs);
}

static void what_is_not_one_alphabet_stays(void **state)
{
    static const char *const layout[] = {"", "5", "-", ",.", "роboт", "ελ", "robot™é", "5 7", "і"};
    static const char *const translit[] = {"", "5", "''", "робот", "роboт", "é", "naïve"};
    (void)state;
    char got[REWRITE_BYTES] = "untouched";
    for (size_t i = 0; i < sizeof layout / sizeof *layout; i++)
        assert_false(rewrite_layout(layout[i], strlen(layout[i]), got));
    for (size_t i = 0; i < sizeof translit / sizeof *translit; i++)
        assert_false(rewrite_translit(translit[i], strlen(translit[i]), got));
    assert_string_equal(got, "untouched");
}

// What doesn't fit is no word, and nothing is written.
static void long_chunks_stay(void **state)
{
    (void)state;
    char chunk[4 * REWRITE_BYTES];
    memset(chunk, 'a', sizeof chunk);
    for (size_t length = 0; length < sizeof chunk; length++) {
        char got[REWRITE_BYTES] = "untouched";
        bool fits = length > 0 && length * 2 < REWRITE_BYTES;
        assert_int_equal(rewrite_layout(chunk, length, got), fits);
        assert_int_equal(strcmp(got, "untouched") != 0, fits);
        assert_int_equal(rewrite_translit(chunk, length, got), fits);
        if (fits)
            assert_int_equal(strlen(got), length * 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(latin_letters_sound_russian),
        cmocka_unit_test(keys_mean_the_other_layout),
        cmocka_unit_test(what_is_not_one_alphabet_stays),
        cmocka_unit_test(long_chunks_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
