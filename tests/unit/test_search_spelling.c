#include "base/arena.h"
#include "base/check.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "search/spelling.h"
#include "search/spelling_cost.h"
#include "search/word_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

enum { FORMS_MAX = 32768 };

// What clubs of a region are called by, and forms of it.
static const char *const vocabulary[] = {
    "робототехника роботехника робототехнике роботы робот лего конструирование моделирование",
    "авиамоделирование судомоделирование программирование программист программа программы",
    "информатика компьютер компьютерная графика дизайн анимация мультипликация блогер",
    "фото фотография фотостудия видео медиа журналистика телевидение радио 3d электроника",
    "шахматы шахматный шашки футбол волейбол баскетбол гандбол флорбол хоккей теннис настольный",
    "бадминтон гимнастика художественная спортивная акробатика плавание катание фигурное",
    "катайский коньки лыжи лыжные гонки биатлон борьба вольная самбо дзюдо карате каратэ",
    "тхэквондо айкидо бокс кикбоксинг картинг драйвинг паркур скетч скетчинг альпинисты",
    "скалолазание туризм туристы краеведение ориентирование велоспорт верхняя параграф",
    "танцы танец танцевальный хореография балет бальные народные современные брейк",
    "вокал хор хоровое пение музыка музыкальный фортепиано скрипка гитара баян аккордеон",
    "барабаны ударные флейта домра балалайка сольфеджио оркестр ансамбль фольклор театр",
    "театральный актерское мастерство цирк кукольный рисование изо живопись акварель графика",
    "керамика лепка глина гончарное батик вышивка вышивание вязание шитье бисер бисероплетение",
    "плетение макраме оригами самоделки рукоделие мягкая игрушка кулинария мозаика резьба",
    "дерево выжигание английский немецкий французский китайский язык иностранный русский",
    "математика физика химия биология экология астрономия география история эксперименты",
    "эксперимент опыты лаборатория юный юные натуралист цветоводство зоология кинология щенок",
    "логопед логопедическая подготовка школе развитие речи чтение скорочтение ментальная",
    "арифметика психолог дошкольник малыш малышок раннее творчество мастерская студия кружок",
    "школа клуб секция объединение занятия детский дети подросток волонтер лидер журнал пресс",
    "шоу мода модельер стилист парикмахер повар поэт проза литература литературная гостиная",
    "поиск патриот юнармия кадет безопасность пожарный спасатель медицина первая помощь здоровье",
    "йога нога арка роби батик люк гольфы катер семеновна иванова анна викторовна ивановна",
    "степанов петрова сергеевна сергей ольга ленина советская мира садовая космонавтов победы",
    "олимп росток радуга эврика сокол спартак динамо юность авангард факел орленок березка",
    "билет вокзал фитбол топография археолог стрелка вождение планирование проектирование",
    "прототип игра игры праздник искусство искусства чувство солнце лестница детская агентство",
    "ракетостроение космос дрон дроны квадрокоптер беспилотник аэро нейросеть пайтон скретч",
    "scratch python lego minecraft unity arduino",
};

static struct arena arena;
static struct search_index *index_of_words;

// An index with nothing but words; `named` is what it says of their frequency.
static struct search_index *make_index(const struct word_table *words)
{
    struct word_table table = *words;
    struct word_table stems = {.arena = &arena};
    struct search_index *made = arena_take(&arena, sizeof *made);
    uint32_t *ranks;
    made->form_count = table.count;
    made->forms = word_table_sort(&table, &ranks);
    free(ranks);
    made->form_named = arena_take_array(&arena, made->form_count, sizeof *made->form_named);
    made->name_first = arena_take_array(&arena, made->form_count + 1u, sizeof *made->name_first);
    made->text_first = arena_take_array(&arena, made->form_count + 1u, sizeof *made->text_first);
    made->form_stems = arena_take_array(&arena, made->form_count, sizeof *made->form_stems);
    struct sb_stemmer *stemmer = stemmer_create();
    for (uint32_t i = 0; i < made->form_count; i++) {
        char stem[WORD_BYTES];
        stemmer_stem(stemmer, made->forms[i], strlen(made->forms[i]), stem);
        made->form_stems[i] = word_table_put(&stems, stem, strlen(stem));
        made->form_named[i] = 1;
    }
    stemmer_destroy(stemmer);
    made->stem_count = stems.count;
    made->stems = word_table_sort(&stems, &ranks);
    for (uint32_t i = 0; i < made->form_count; i++)
        made->form_stems[i] = ranks[made->form_stems[i]];
    free(ranks);
    made->stem_form_first =
        arena_take_array(&arena, made->stem_count + 1u, sizeof *made->stem_form_first);
    made->stem_forms = arena_take_array(&arena, made->form_count, sizeof *made->stem_forms);
    uint32_t count = 0;
    for (uint32_t stem = 0; stem < made->stem_count; stem++) {
        for (uint32_t i = 0; i < made->form_count; i++)
            if (made->form_stems[i] == stem)
                made->stem_forms[count++] = i;
        made->stem_form_first[stem + 1] = count;
    }
    return made;
}

static void put_words(struct word_table *table, const char *text)
{
    struct word_reader reader = word_reader_make(text, strlen(text));
    struct word word;
    while (word_reader_next(&reader, &word))
        word_table_put(table, word.text, word.length);
}

static void set_named(const char *form, uint32_t programs)
{
    uint32_t place = index_find(index_of_words->forms, index_of_words->form_count, form);
    assert_int_not_equal(place, SNAPSHOT_NONE);
    index_of_words->form_named[place] = programs;
}

static const char *nearest(const char *typed, bool typing)
{
    uint32_t cost = 0;
    uint32_t form = spelling_nearest(index_of_words, typed, strlen(typed), typing, &cost);
    return form == SNAPSHOT_NONE ? "" : index_of_words->forms[form];
}

// ---- what families write

struct slip {
    const char *typed;
    const char *meant; // "" for none
};

static void check(const struct slip *slips, size_t count, bool typing)
{
    unsigned wrong = 0;
    for (size_t i = 0; i < count; i++) {
        const char *got = nearest(slips[i].typed, typing);
        if (strcmp(got, slips[i].meant) == 0)
            continue;
        print_error("'%s': '%s', expected '%s'\n", slips[i].typed, got, slips[i].meant);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

static void slips_are_understood(void **state)
{
    static const struct slip slips[] = {
        {"робатехника", "робототехника"},
        {"робототехнка", "робототехника"},
        {"работотехника", "робототехника"},
        {"робатехникой", "робототехника"},
        {"котание", "катание"},
        {"шахмоты", "шахматы"},
        {"шахамты", "шахматы"},
        {"ашхматы", "шахматы"},
        {"шахмотами", "шахматы"},
        {"плаванье", "плавание"},
        {"плованье", "плавание"},
        {"плаваньем", "плавание"},
        {"волебол", "волейбол"},
        {"валейбол", "волейбол"},
        {"баскедбол", "баскетбол"},
        {"гимнасика", "гимнастика"},
        {"гимнастка", "гимнастика"},
        {"акварел", "акварель"},
        {"рисовние", "рисование"},
        {"рисавание", "рисование"},
        {"рисаванием", "рисование"},
        {"програмирование", "программирование"},
        {"програмированне", "программирование"},
        {"програмист", "программист"},
        {"англиский", "английский"},
        {"анлийский", "английский"},
        {"танци", "танцы"},
        {"тансы", "танцы"},
        {"футболл", "футбол"},
        {"футобл", "футбол"},
        {"фудбол", "футбол"},
        {"хоккеи", "хоккей"},
        {"скрыпка", "скрипка"},
        {"гетара", "гитара"},
        {"вязанее", "вязание"},
        {"лепкаа", "лепка"},
        {"тиатр", "театр"},
        {"театор", "театр"},
        {"жывопись", "живопись"},
        {"вышевка", "вышивка"},
        {"астраномия", "астрономия"},
        {"керамека", "керамика"},
        {"тенис", "теннис"},
        {"паркурр", "паркур"},
        {"зюдо", "дзюдо"},
        {"тхеквондо", "тхэквондо"},
        {"таэквондо", "тхэквондо"},
        {"дизаин", "дизайн"},
        {"музика", "музыка"},
        {"борабаны", "барабаны"},
        {"самаделки", "самоделки"},
        {"эксперементы", "эксперименты"},
        {"експеременты", "эксперименты"},
        {"логапед", "логопед"},
        {"туризим", "туризм"},
        {"исскуство", "искусство"},
        {"празник", "праздник"},
        {"сонце", "солнце"},
        {"лесница", "лестница"},
        {"чуство", "чувство"},
        {"децкая", "детская"},
        {"матиматика", "математика"},
        {"хариография", "хореография"},
        {"фотографея", "фотография"},
        {"жюрналистика", "журналистика"},
        {"шитьйо", "шитье"},
        {"екология", "экология"},
        {"скалалазанье", "скалолазание"},
        {"краиведение", "краеведение"},
        {"викторавне", "викторовна"},
        {"pобототехникa", "робототехника"}, // Latin p and a
        {"scrach", "scratch"},
        {"pyton", "python"},
    };
    (void)state;
    set_named("робототехника", 300);
    check(slips, sizeof slips / sizeof *slips, false);
    set_named("робототехника", 1);
}

static void other_words_stay_unknown(void **state)
{
    static const struct slip words[] = {
        {"керлинг", ""},
        {"дайвинг", ""},
        {"дайвингом", ""},
        {"арфа", ""},
        {"регби", ""},
        {"батут", ""},
        {"пони", ""},
        {"лук", ""},
        {"сноуборд", ""},
        {"парашют", ""},
        {"скейт", ""},
        {"верховая", ""},
        {"степановна", ""},
        {"ркоббол", ""},
        {"кайтинг", ""},
        {"астрология", ""},
        {"типография", "топография"},
        {"фехтование", ""},
        {"гольф", "гольфы"},
        {"капоэйра", ""},
        {"серфинг", ""},
        {"гребля", ""},
        {"софтбол", ""},
        {"бейсбол", ""},
        {"городки", ""},
        {"боулинг", ""},
        {"парусный", ""},
        {"дельтаплан", ""},
        {"арабский", ""},
        {"испанский", ""},
        {"орган", ""},
        {"саксофон", ""},
        {"виолончель", ""},
        {"пчеловодство", ""},
        {"пилатес", ""},
        {"зумба", ""},
        {"стрельба", ""},
        {"стрип", ""},
        {"покер", ""},
        {"бильярд", ""},
        {"филателия", ""},
        {"бох", ""},
        {"школ4", ""},
        {"", ""},
        {"лужа", ""},
    };
    (void)state;
    check(words, sizeof words / sizeof *words, false);
}

static void beginnings_are_mended_too(void **state)
{
    static const struct slip words[] = {
        {"шахмот", "шахматный"},
        {"програми", "программирование"},
        {"гимнос", "гимнастика"},
        {"хареогр", "хореография"},
        {"скейт", ""},
        {"керл", ""},
        {"дайви", ""},
    };
    (void)state;
    check(words, sizeof words / sizeof *words, true);
}

static void what_everybody_means_outweighs_a_rare_slip(void **state)
{
    (void)state;
    assert_string_equal(nearest("роботехнника", false), "роботехника");
    set_named("робототехника", 300);
    assert_string_equal(nearest("роботехнника", false), "робототехника");
    set_named("робототехника", 1);
}

static void the_inflection_is_kept(void **state)
{
    (void)state;
    set_named("робот", 300);
    assert_string_equal(nearest("рабоот", false), "робот");
    assert_string_equal(nearest("рабооты", false), "роботы");
    set_named("робот", 1);
}

// ---- shortcuts change nothing

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static unsigned decode(const char *text, uint8_t *ret_letters)
{
    unsigned count = 0;
    for (const char *at = text, *end = text + strlen(text); at < end;)
        ret_letters[count++] = spelling_class(&at, end);
    return count;
}

// The textbook's table, whole: [letters of the form][letters typed].
static unsigned fill_table(const struct typed_word *word, const char *form,
                           unsigned table[WORD_BYTES][WORD_BYTES])
{
    uint8_t f[WORD_BYTES];
    const uint8_t *t = word->letters;
    unsigned count = decode(form, f);
    for (unsigned d = 0; d <= count; d++) {
        for (unsigned i = 0; i <= word->count; i++) {
            unsigned cost = d + i == 0 ? 0 : COST_NEVER;
            if (i > 0)
                cost = least(cost, table[d][i - 1] + word->extra[i - 1]);
            if (d > 0)
                cost = least(cost, table[d - 1][i] + spelling_missing(f, d - 1));
            if (d > 0 && i > 0)
                cost = least(cost, table[d - 1][i - 1] + word->read_as[i - 1][f[d - 1]]);
            if (d > 0 && i > 1 && word->pairs[i - 1] == f[d - 1])
                cost = least(cost, table[d - 1][i - 2] + COST_CONFUSED);
            if (d > 1 && i > 0 &&
                spelling_sound(word, d > 2 ? f[d - 3] : CLASS_OTHER, f[d - 2], f[d - 1]) ==
                    t[i - 1])
                cost = least(cost, table[d - 2][i - 1] + COST_CONFUSED);
            if (d > 1 && i > 1 && f[d - 1] == t[i - 2] && f[d - 2] == t[i - 1])
                cost = least(cost, table[d - 2][i - 2] +
                                       (d == 2 && i == 2 ? COST_SWAPPED_FIRST : COST_SWAPPED));
            if (d > 0 && i > 1 && word->repeats[i - 1])
                cost = least(cost, table[d][i - 2] + COST_REPEATED);
            if (d > 3 && i > 0 && f[d - 1] == f[d - 3] && f[d - 2] == f[d - 4])
                cost = least(cost, table[d - 2][i] + COST_REPEATED);
            table[d][i] = cost <= word->limits[d] ? cost : COST_NEVER;
        }
    }
    return count;
}

static unsigned plain_cost(const struct typed_word *word, const struct search_index *index,
                           uint32_t form, bool typing)
{
    enum { ENDING_LETTERS_MAX = 4 };
    static unsigned table[WORD_BYTES][WORD_BYTES];
    const char *stem = index->stems[index->form_stems[form]];
    unsigned count = fill_table(word, index->forms[form], table);
    unsigned stem_count = (unsigned)utf8_count(stem, strlen(stem));
    unsigned cost = table[count][word->count];
    if (strncmp(stem, index->forms[form], strlen(stem)) == 0 &&
        count - stem_count <= ENDING_LETTERS_MAX) {
        unsigned by_stem = table[stem_count][word->stem_letters] + COST_ENDING;
        cost = by_stem <= word->stem_limit ? least(cost, by_stem) : cost;
    }
    for (unsigned d = 0; typing && d <= count; d++)
        cost = least(cost, table[d][word->count] + COST_BEGUN);
    return cost;
}

// Drops, doubles, swaps or replaces letters.
static void spoil(const char *word, uint32_t *random, char *ret_text)
{
    size_t length = 0;
    for (const char *at = word, *end = word + strlen(word); at < end;) {
        uint32_t letter = utf8_next(&at, end);
        *random = hash_xorshift32(*random);
        unsigned dice = *random >> 8 & 31;
        if (dice == 1)
            continue;
        if (dice == 2 && at < end)
            length += utf8_put(ret_text + length, utf8_next(&at, end));
        length += utf8_put(ret_text + length, dice == 3 ? 0x430 + (*random >> 16) % 32 : letter);
        if (dice == 4)
            length += utf8_put(ret_text + length, letter);
    }
    ret_text[length] = '\0';
}

// The cost that is returned is that of the whole table, and no form of the same frequency is
// nearer.
static void shortcuts_change_nothing(void **state)
{
    (void)state;
    const struct search_index *index = index_of_words;
    uint32_t random = 20;
    unsigned found = 0;
    for (uint32_t i = 0; i < 2000; i++) {
        char typed[WORD_BYTES * 4];
        random = hash_xorshift32(random);
        spoil(index->forms[random % index->form_count], &random, typed);
        bool typing = i % 2 == 0;
        struct typed_word word;
        unsigned want_cost = COST_NEVER;
        uint32_t want = SNAPSHOT_NONE;
        bool corrected = spelling_cost_prepare(typed, strlen(typed), &word);
        for (uint32_t form = 0; corrected && form < index->form_count; form++) {
            unsigned cost = plain_cost(&word, index, form, typing);
            if (cost <= word.limit && cost < want_cost) {
                want = form;
                want_cost = cost;
            }
        }
        uint32_t cost = COST_NEVER;
        uint32_t got = spelling_nearest(index, typed, strlen(typed), typing, &cost);
        found += got != SNAPSHOT_NONE ? 1 : 0;
        if (want != got || want_cost != cost)
            fail_msg("'%s' typing %d: found %s at %u, expected %s at %u", typed, typing,
                     got == SNAPSHOT_NONE ? "nothing" : index->forms[got], cost,
                     want == SNAPSHOT_NONE ? "nothing" : index->forms[want], want_cost);
    }
    assert_true(found > 1000);
}

static int set_up(void **state)
{
    (void)state;
    struct word_table table = {.arena = &arena};
    for (size_t i = 0; i < sizeof vocabulary / sizeof *vocabulary; i++)
        put_words(&table, vocabulary[i]);
    index_of_words = make_index(&table);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_finish(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slips_are_understood),
        cmocka_unit_test(other_words_stay_unknown),
        cmocka_unit_test(beginnings_are_mended_too),
        cmocka_unit_test(what_everybody_means_outweighs_a_rare_slip),
        cmocka_unit_test(the_inflection_is_kept),
        cmocka_unit_test(shortcuts_change_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
