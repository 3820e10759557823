#include "tests/support/fixture_words.h"

#include "base/hash.h"

#include <string.h>

#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof *(array)))

enum {
    HEAD_OCTAVE_MIN = 16,
    HEAD_OCTAVES = 6, // up to HEAD lemmas every octave is said as often as the next
    HEAD = HEAD_OCTAVE_MIN << HEAD_OCTAVES,
    TAIL_OCTAVES = 11, // then each less often than the one before
    TAIL_PERMILLE = 80,
    TAIL_FURTHER_PERMILLE = 680,
    FORMS_MAX = 10,
};

enum inflection { MAN, WOMAN, THING, QUALITY, ABSTRACT, DEED, FIXED, INFLECTIONS };

// The commonest first.
static const char *const forms[INFLECTIONS][FORMS_MAX] = {
    [MAN] = {"", "а", "ов", "ы", "ом", "у", "е", "ам", "ами", "ах"},
    [WOMAN] = {"а", "ы", "у", "", "ой", "е", "ам", "ами", "ах", "ою"},
    [THING] = {"ие", "ия", "ию", "ием", "ии", "ий", "иям", "иями", "иях", "ье"},
    [QUALITY] = {"ый", "ая", "ые", "ых", "ого", "ой", "ое", "ым", "ому", "ыми"},
    [ABSTRACT] = {"ь", "и", "ью", "ей", "ям", "ями", "ях", "ь", "и", "и"},
    [DEED] = {"ать", "ают", "ает", "аем", "али", "ал", "ала", "айте", "аю", "ая"},
    [FIXED] = {"", "", "", "", "", "", "", "", "", ""},
};

struct lemma {
    const char *stem;
    enum inflection inflection;
};

static const struct lemma common[] = {
    {"занятия", FIXED},
    {"ребят", WOMAN},
    {"программ", WOMAN},
    {"групп", WOMAN},
    {"педагог", MAN},
    {"развит", THING},
    {"навык", MAN},
    {"занят", THING},
    {"учащиеся", FIXED},
    {"ребенок", FIXED},
    {"детей", FIXED},
    {"дети", FIXED},
    {"умен", THING},
    {"знан", THING},
    {"творческие", FIXED},
    {"творческий", FIXED},
    {"обучен", THING},
    {"работ", WOMAN},
    {"конкурс", MAN},
    {"выставк", WOMAN},
    {"проект", MAN},
    {"основ", WOMAN},
    {"школ", WOMAN},
    {"возраст", MAN},
    {"курс", MAN},
    {"час", MAN},
    {"год", MAN},
    {"игр", WOMAN},
    {"рук", WOMAN},
    {"задачи", FIXED},
    {"результат", MAN},
    {"коллектив", MAN},
    {"команд", WOMAN},
    {"праздник", FIXED},
    {"концерт", MAN},
    {"техник", WOMAN},
    {"музык", WOMAN},
    {"внимание", FIXED},
    {"память", FIXED},
    {"речь", FIXED},
    {"мышлен", THING},
    {"воображен", THING},
    {"личност", ABSTRACT},
    {"способност", ABSTRACT},
    {"интерес", MAN},
    {"друзья", FIXED},
    {"семь", FIXED},
    {"родител", ABSTRACT},
    {"родителей", FIXED},
    {"опыт", MAN},
    {"мир", MAN},
    {"материал", MAN},
    {"бумага", FIXED},
    {"краски", FIXED},
    {"начальн", QUALITY},
    {"основн", QUALITY},
    {"учебн", QUALITY},
    {"разн", QUALITY},
    {"нов", QUALITY},
    {"перв", QUALITY},
    {"интересн", QUALITY},
    {"народн", QUALITY},
    {"детская", FIXED},
    {"детский", FIXED},
    {"школьн", QUALITY},
    {"спортивн", QUALITY},
    {"современн", QUALITY},
    {"самостоятельн", QUALITY},
    {"практические", FIXED},
    {"художественн", QUALITY},
    {"музыкальн", QUALITY},
    {"игровые", FIXED},
    {"добр", QUALITY},
    {"знакомство", FIXED},
    {"искусство", FIXED},
    {"творчество", FIXED},
    {"упражнен", THING},
    {"движен", THING},
    {"участ", THING},
    {"создан", THING},
    {"выступлен", THING},
    {"соревнован", THING},
    {"приемы", FIXED},
    {"изуч", DEED},
    {"дел", DEED},
    {"созд", DEED},
    {"узн", DEED},
    {"осваив", DEED},
    {"развив", DEED},
    {"выполняют", FIXED},
    {"научатся", FIXED},
    {"научится", FIXED},
    {"познакомятся", FIXED},
    {"приглашаем", FIXED},
    {"набор", MAN},
    {"запись", FIXED},
    {"форм", WOMAN},
    {"цвет", MAN},
    {"рисунок", FIXED},
    {"композиция", FIXED},
    {"сцен", WOMAN},
    {"роль", FIXED},
    {"костюм", MAN},
    {"театр", MAN},
    {"песен", FIXED},
    {"голос", MAN},
    {"хор", MAN},
    {"танец", FIXED},
    {"танцев", FIXED},
    {"ритм", MAN},
    {"инструмент", MAN},
    {"гитар", WOMAN},
    {"робот", MAN},
    {"модел", ABSTRACT},
    {"конструктор", MAN},
    {"компьютер", MAN},
    {"язык", MAN},
    {"английский", FIXED},
    {"слово", FIXED},
    {"текст", MAN},
    {"книги", FIXED},
    {"сказки", FIXED},
    {"природ", WOMAN},
    {"лес", MAN},
    {"растен", THING},
    {"животн", QUALITY},
    {"поход", MAN},
    {"музей", FIXED},
    {"история", FIXED},
    {"краеведческий", FIXED},
    {"математик", WOMAN},
    {"физик", WOMAN},
    {"химия", FIXED},
    {"биология", FIXED},
    {"опыты", FIXED},
    {"исследован", THING},
    {"тренировки", FIXED},
    {"мяч", FIXED},
    {"спорт", MAN},
    {"здоровье", FIXED},
    {"сил", WOMAN},
    {"координация", FIXED},
    {"выносливост", ABSTRACT},
    {"ловкост", ABSTRACT},
    {"правила", FIXED},
    {"турнир", MAN},
    {"шахмат", WOMAN},
    {"партия", FIXED},
    {"победитель", FIXED},
    {"награда", FIXED},
    {"бисер", MAN},
    {"нитки", FIXED},
    {"игл", WOMAN},
    {"кукл", WOMAN},
    {"глин", WOMAN},
    {"лепк", WOMAN},
    {"аппликация", FIXED},
    {"оригами", FIXED},
    {"декор", MAN},
    {"подарки", FIXED},
    {"подарок", FIXED},
    {"фото", FIXED},
    {"видео", FIXED},
    {"фильм", MAN},
    {"мультфильм", MAN},
    {"сайт", MAN},
    {"код", MAN},
    {"алгоритм", MAN},
    {"python", FIXED},
    {"scratch", FIXED},
    {"lego", FIXED},
    {"3d", FIXED},
    {"чертеж", FIXED},
    {"макет", MAN},
    {"станок", FIXED},
    {"дошкольник", MAN},
    {"первоклассник", MAN},
    {"подросток", FIXED},
    {"подготовка", FIXED},
    {"логик", WOMAN},
    {"звук", MAN},
    {"букв", WOMAN},
    {"счет", MAN},
    {"чтен", THING},
    {"письмо", FIXED},
    {"логопед", MAN},
    {"психолог", MAN},
    {"общен", THING},
    {"лидер", MAN},
    {"волонтер", MAN},
    {"журналист", MAN},
    {"газет", WOMAN},
    {"профессия", FIXED},
};

static const char *const prefixes[] = {"",     "",     "",      "",    "под", "пере",  "вы", "за",
                                       "про",  "при",  "раз",   "об",  "от",  "пред",  "до", "со",
                                       "на",   "вос",  "из",    "не",  "меж", "сверх", "по", "авто",
                                       "фото", "само", "много", "гео", "био", "теле"};
static const char *const roots[] = {
    "вод",   "лес",   "сад",   "дом",   "ход",   "бег",   "лет",   "плав",  "рис",  "пис",  "чит",
    "счет",  "слух",  "глас",  "звук",  "пев",   "пляс",  "танц",  "игр",   "кукл", "маст", "рем",
    "труд",  "дел",   "твор",  "стро",  "круж",  "вяз",   "шив",   "ткан",  "нит",  "бис",  "леп",
    "глин",  "кам",   "дерев", "желез", "мет",   "резк",  "свет",  "цвет",  "крас", "бел",  "черн",
    "зел",   "син",   "звезд", "луч",   "мор",   "рек",   "берег", "гор",   "пол",  "трав", "цвел",
    "плод",  "зерн",  "хлеб",  "корм",  "птиц",  "звер",  "рыб",   "пчел",  "конь", "скак", "лыж",
    "конек", "мяч",   "бор",   "сил",   "рук",   "ног",   "глаз",  "серд",  "душ",  "дух",  "ум",
    "мысл",  "знак",  "слов",  "реч",   "язык",  "книг",  "букв",  "числ",  "мер",  "вес",  "врем",
    "год",   "день",  "ноч",   "утр",   "вечер", "зим",   "снег",  "лед",   "ветр", "дожд", "гроз",
    "огн",   "жар",   "тепл",  "холод", "сух",   "мягк",  "тверд", "прям",  "круг", "угл",  "лин",
    "точк",  "сил",   "мощ",   "ток",   "магн",  "робот", "техн",  "модел", "схем", "код",  "прог",
    "сет",   "кадр",  "фильм", "сцен",  "роль",  "маск",  "грим",  "хор",   "нот",  "лад",  "ритм",
    "друж",  "мир",   "семь",  "брат",  "род",   "прав",  "сов",   "чест",  "смел", "добр", "весел",
    "мудр",  "путь",  "след",  "карт",  "комп",  "палат", "кост",  "тур",   "край", "стар", "нов",
    "истор", "памят",
};
static const char *const links[] = {"", "", "", "о", "е"};

struct suffix {
    const char *text;
    enum inflection inflection;
};

static const struct suffix suffixes[] = {
    {"ник", MAN},        {"тор", MAN},      {"ист", MAN},       {"изм", MAN},
    {"ент", MAN},        {"арь", FIXED},    {"к", WOMAN},       {"ниц", WOMAN},
    {"овк", WOMAN},      {"ин", WOMAN},     {"ур", WOMAN},      {"ен", THING},
    {"ован", THING},     {"ан", THING},     {"иров", THING},    {"н", QUALITY},
    {"ов", QUALITY},     {"льн", QUALITY},  {"очн", QUALITY},   {"ованн", QUALITY},
    {"ительн", QUALITY}, {"ост", ABSTRACT}, {"ност", ABSTRACT}, {"ив", DEED},
    {"ыв", DEED},        {"ов", DEED},      {"ир", DEED},       {"ич", DEED},
    {"онок", FIXED},     {"ство", FIXED},
};

static const char *const little_words[] = {
    "и",  "в",  "на",  "с", "для", "по", "из",  "к",  "не",  "что", "как", "а",
    "от", "за", "это", "у", "до",  "о",  "при", "их", "или", "во",  "все", "мы",
};

static const char *const surnames[] = {
    "соловьёв", "кузнецов", "миронов",  "лапин",   "ерёмин",  "зайцев",    "орлов",     "гущин",
    "тихонов",  "белов",    "лавров",   "никитин", "фролов",  "жуков",     "крылов",    "сорокин",
    "рыбаков",  "панин",    "савельев", "гусев",   "титов",   "кудрявцев", "баранов",   "куликов",
    "алексеев", "степанов", "яковлев",  "сергеев", "романов", "воробьёв",  "филиппов",  "комаров",
    "захаров",  "осипов",   "моисеев",  "ершов",   "чернов",  "быков",     "мельников", "щукин",
    "петухов",  "горбунов", "ильин",    "пахомов", "шубин",   "игнатов",   "логинов",   "лихачёв",
};
static const char *const surname_ends[] = {"ов", "ев", "ин", "ников", "аков", "еев", "унин", "кин"};

uint32_t fixture_draw(struct fixture_random *random, uint32_t below)
{
    random->state = hash_xorshift32(random->state);
    return (uint32_t)((uint64_t)random->state * below >> 32);
}

uint32_t fixture_draw_skewed(struct fixture_random *random, uint32_t below)
{
    uint64_t a = fixture_draw(random, 1024);
    uint64_t b = fixture_draw(random, 1024);
    uint64_t c = fixture_draw(random, 1024);
    return (uint32_t)(a * b * c * below >> 30);
}

// Octaves instead of powers: whole numbers come out the same on every machine.
uint32_t fixture_draw_lemma(struct fixture_random *random)
{
    if (fixture_draw(random, 1000) >= TAIL_PERMILLE) {
        uint32_t octave = fixture_draw(random, HEAD_OCTAVES + 1);
        uint32_t size = octave == 0 ? HEAD_OCTAVE_MIN : HEAD_OCTAVE_MIN << (octave - 1);
        return (octave == 0 ? 0 : size) + fixture_draw(random, size);
    }
    uint32_t octave = 0;
    while (octave < TAIL_OCTAVES && fixture_draw(random, 1000) < TAIL_FURTHER_PERMILLE)
        octave++;
    return ((uint32_t)HEAD << octave) + fixture_draw(random, (uint32_t)HEAD << octave);
}

static uint32_t mix(uint32_t number)
{
    return hash_fnv1a32(&number, sizeof number) * 2654435761u;
}

// The stem of a lemma; how it goes on.
static enum inflection add_stem(uint32_t lemma, struct text *text)
{
    if (lemma < COUNT(common)) {
        text_add(text, common[lemma].stem);
        return common[lemma].inflection;
    }
    struct fixture_random random = {mix(lemma) | 1u};
    for (int i = 0; i < 3; i++)
        fixture_draw(&random, 2);
    text_add(text, prefixes[fixture_draw(&random, COUNT(prefixes))]);
    text_add(text, roots[fixture_draw(&random, COUNT(roots))]);
    const char *link = links[fixture_draw(&random, COUNT(links))];
    if (link[0] != '\0') {
        text_add(text, link);
        text_add(text, roots[fixture_draw(&random, COUNT(roots))]);
    }
    const struct suffix *suffix = &suffixes[fixture_draw(&random, COUNT(suffixes))];
    text_add(text, suffix->text);
    return suffix->inflection;
}

void fixture_add_word(struct fixture_random *random, uint32_t lemma, struct text *text)
{
    enum inflection inflection = add_stem(lemma, text);
    text_add(text, forms[inflection][fixture_draw_skewed(random, FORMS_MAX)]);
}

void fixture_add_dictionary_word(uint32_t lemma, struct text *text)
{
    enum inflection inflection = add_stem(lemma, text);
    text_add(text, forms[inflection][0]);
}

const char *fixture_draw_little_word(struct fixture_random *random)
{
    return little_words[fixture_draw_skewed(random, COUNT(little_words))];
}

// The first letter (two bytes, а..я) as a capital.
static void add_name(const char *name, struct text *text)
{
    unsigned letter = ((unsigned)name[0] & 0x1F) << 6 | ((unsigned)name[1] & 0x3F);
    letter -= 0x20;
    char capital[3] = {(char)(0xC0 | letter >> 6), (char)(0x80 | (letter & 0x3F)), '\0'};
    text_add(text, capital);
    text_add(text, name + 2);
}

void fixture_add_surname(uint32_t number, enum fixture_surname kind, struct text *text)
{
    char memory[64];
    struct text name;
    text_init(&name, memory, sizeof memory);
    if (number < COUNT(surnames)) {
        text_add(&name, surnames[number]);
    } else {
        uint32_t parts = mix(number);
        text_add(&name, roots[parts % COUNT(roots)]);
        if (number >= COUNT(roots) * 4)
            text_add(&name, roots[parts / COUNT(roots) % COUNT(roots)]);
        text_add(&name, surname_ends[parts >> 16 & (COUNT(surname_ends) - 1)]);
    }
    add_name(memory, text);
    text_add(text, kind == SURNAME_MAN ? "" : kind == SURNAME_WOMAN ? "а" : "ская");
}
