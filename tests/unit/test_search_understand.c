#include "base/hash.h"
#include "base/text.h"
#include "catalog/record_fields.h"
#include "search/understand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TODAY = 20779 /* 2026-11-22, a Sunday */, TEXT_BYTES = 1024 };

static struct snapshot *snapshot;
static struct arena arena;
static struct sb_stemmer *stemmer;
static struct phrases *phrases;
static struct names names;
static struct name_choice choices[NAME_KIND_COUNT];
static struct understanding with;
static struct question question;

// ---- a small region

static struct snapshot_builder *builder;
static struct record record;

static void add_municipality(const char *id, const char *name)
{
    record_clear(RECORD_MUNICIPALITY, &record);
    record.municipality.head.id = id;
    record.municipality.name = name;
    snapshot_builder_add(builder, &record);
}

static void add_address(const char *id, const char *text)
{
    record_clear(RECORD_ADDRESS, &record);
    record.address.head.id = id;
    record.address.text = text;
    record.address.municipality_id = "m1";
    snapshot_builder_add(builder, &record);
}

static void add_organization(const char *id, const char *name)
{
    record_clear(RECORD_ORGANIZATION, &record);
    record.organization.head.id = id;
    record.organization.name = name;
    snapshot_builder_add(builder, &record);
}

static void add_program(const char *id, const char *title, const char *activity,
                        const char *teacher, const char *address)
{
    record_clear(RECORD_PROGRAM, &record);
    record.program.head.id = id;
    record.program.title = title;
    record.program.activity = activity;
    record.program.organization_id = "o1";
    snapshot_builder_add(builder, &record);
    record_clear(RECORD_GROUP, &record);
    record.group.head.id = id;
    record.group.program_id = id;
    record.group.teacher = teacher;
    record.group.address_id = address;
    snapshot_builder_add(builder, &record);
}

static struct snapshot *make_snapshot(void)
{
    builder = snapshot_builder_create();
    add_municipality("m1", "Должанский район");
    add_municipality("m2", "Знаменский район");
    add_address("a1", "пгт. Долгое, ул. Школьная, 12");
    add_address("a2", "ул. Ленина, 5");
    add_address("a3", "ул. Лесная, 2");
    add_address("a4", "Ленинский проспект, 8");
    add_address("a5", "ул. 8 Марта, 3");
    add_address("a6", "с. Вышнее, ул. Победы, 1");
    add_organization("o1", "Дом детского творчества");
    add_organization("o2", "МБОУ СОШ № 5");
    add_organization("o3", "Детская школа искусств");
    add_organization("o4", "Детский технопарк «Кванториум»");
    add_organization("o5", "Детско-юношеская спортивная школа «Витязь»");
    add_organization("o6", "Лицей № 18");
    add_organization("o7", "Центр «Радуга»");
    add_program("p1", "Шахматы", "Шахматы", "Соловьёва Анна Викторовна", "a1");
    add_program("p2", "Робототехника EV3", "Робототехника", "Дорохов Игорь Вадимович", "a2");
    add_program("p3", "Танцы народов мира", "Хореография", "Лаврова Светлана Павловна", "a3");
    add_program("p4", "7 нот", "Вокал", "Сторожев Павел", "a4");
    add_program("p5", "Школьное телевидение", "Журналистика", "Лавров Пётр Ильич", "a5");
    add_program("p6", "Рисование и живопись", "Живопись", "Ким Мария Львовна", "a6");
    add_program("p7", "Радуга красок", "Рисование", "", "");
    add_program("p8", "Английский язык", "Языки", "", "");
    add_program("p9", "Футбол", "Футбол", "", "");
    add_program("q1", "Окружающая среда", "Экология", "", "");
    add_program("q2", "Чудеса науки 12", "Химия", "", "");
    add_program("q3", "Музыка", "Вокал", "", "");
    return snapshot_build(builder, 1, 0, 0, "test");
}

static int set_up(void **state)
{
    (void)state;
    snapshot = make_snapshot();
    stemmer = stemmer_create();
    phrases = phrases_read(stemmer, &arena);
    names_build(snapshot, &arena, &names);
    with = (struct understanding){.phrases = phrases,
                                  .index = search_index_build(snapshot, NULL, 0, &arena),
                                  .known = &names,
                                  .stemmer = stemmer,
                                  .today = TODAY};
    for (int i = 0; i < NAME_KIND_COUNT; i++) {
        choices[i].count = names.tables[i].count;
        choices[i].chosen = calloc(choices[i].count + (size_t)1, 1);
        with.names[i] = &choices[i];
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (int i = 0; i < NAME_KIND_COUNT; i++)
        free(choices[i].chosen);
    arena_finish(&arena);
    stemmer_destroy(stemmer);
    snapshot_destroy(snapshot);
    return 0;
}

// ---- asking

static void ask(const char *text, bool complete)
{
    for (int i = 0; i < NAME_KIND_COUNT; i++) {
        choices[i].any = false;
        memset(choices[i].chosen, 0, choices[i].count);
    }
    question_read(text, complete, &question);
    understand(&with, &question);
}

static void say_number(struct text *said, const char *name, int32_t value, bool known)
{
    if (known)
        text_addf(said, " %s=%d", name, value);
}

static void say_filters(struct text *said)
{
    const struct search_filters *filters = &question.understood;
    for (uint32_t i = 0; i < filters->age_count; i++)
        say_number(said, "age", filters->age_months[i], true);
    if (filters->age_from_months != SEARCH_ANY)
        text_addf(said, " ages=%d..%d", filters->age_from_months, filters->age_to_months);
    text_add(said, filters->weekdays != 0 ? " days=" : "");
    for (uint32_t day = 1; day <= 7; day++)
        if ((filters->weekdays & 1U << day) != 0)
            text_addf(said, "%u", day);
    text_add(said, filters->day_parts != 0 ? " parts=" : "");
    for (uint32_t part = 0; part < DAY_PART_COUNT; part++)
        text_add_bytes(said, &"mnae"[part], (filters->day_parts & 1U << part) != 0);
    say_number(said, "from", filters->begins_from_min, filters->begins_from_min != SEARCH_ANY);
    say_number(said, "to", filters->begins_to_min, filters->begins_to_min != SEARCH_ANY);
    say_number(said, "payment", (int32_t)filters->payment, filters->payment != 0);
    say_number(said, "price", filters->price_max_kopecks / 100,
               filters->price_max_kopecks != SEARCH_ANY);
    text_add(said, filters->with_places ? " places" : "");
    text_add(said, filters->near ? " near" : "");
    say_number(said, "distance", filters->distance_max_m, filters->distance_max_m != SEARCH_ANY);
    say_number(said, "ovz", (int32_t)filters->ovz, filters->ovz != 0 || filters->ovz_any);
    say_number(said, "forms", (int32_t)filters->forms, filters->forms != 0);
    say_number(said, "levels", (int32_t)filters->levels, filters->levels != 0);
    say_number(said, "directions", (int32_t)filters->directions, filters->directions != 0);
    text_add(said, filters->summer ? " summer" : "");
}

// Topics as they are (| before another one), welcome words behind ~, then what was understood.
static const char *say(void)
{
    static const char *const kinds[NAME_KIND_COUNT] = {"organization", "teacher", "street", "area"};
    static char memory[TEXT_BYTES];
    struct text said;
    text_init(&said, memory, sizeof memory);
    for (uint32_t i = 0; i < question.word_count; i++) {
        const struct question_word *word = &question.words[i];
        if (word->role == ROLE_ABOUT || word->role == ROLE_WISH)
            text_addf(&said, " %s%s%s", word->another ? "|" : "",
                      word->role == ROLE_WISH ? "~" : "", word->word.text);
    }
    text_add(&said, " :");
    say_filters(&said);
    for (int i = 0; i < NAME_KIND_COUNT; i++) {
        int32_t chosen = 0;
        for (uint32_t j = 0; j < choices[i].count; j++)
            chosen += choices[i].chosen[j];
        say_number(&said, kinds[i], chosen, choices[i].any);
    }
    return memory + 1;
}

// ---- what is understood, and the accidents that must not happen

static const struct {
    const char *question;
    const char *said;
} samples[] = {
    {"шахматы 7 лет", "шахматы : age=84"},
    {"секция для ребёнка 9 лет", ": age=108"},
    {"танцы семилетке", "танцы : age=84"},
    {"лепка для шестилетней", "лепка : age=72"},
    {"6-летнему робототехника", "робототехника : age=72"},
    {"сыну 5", ": age=60"},
    {"дочке 6 рисование", "рисование : age=72"},
    {"5 годиков", ": age=60"},
    {"4,5 года", ": age=54"},
    {"полтора года", ": age=18"},
    {"двое: 7 и 11 лет", ": age=84 age=132"},
    {"дети 5, 8 и 12 лет", ": age=60 age=96 age=144"},
    {"5-7 лет", ": ages=60..95"},
    {"от 5 до 7 лет", ": ages=60..95"},
    {"с 6 лет", ": age=72"},
    {"до 5 лет", ": ages=0..60"},
    {"старше 10", ": ages=120..215"},
    {"для первоклассника", ": age=84"},
    {"5 класс", ": age=132"},
    {"в 5 классе", ": age=132"},
    {"пятиклассник", ": age=132"},
    {"дошкольник", ": ages=48..83"},
    {"малыш", ": ages=12..59"},
    {"подросток", ": ages=144..203"},
    {"для мамы", ": ages=216..1199"},
    {"шахматы 7", "шахматы : age=84"},
    {"школа 5", ": organization=1"},
    {"лицей № 18", ": organization=1"},
    {"Ленина 12", ": street=1"},
    {"дом 6", "дом 6 :"},
    {"кабинет 11", "кабинет 11 :"},
    {"7 раз в неделю", ":"},
    {"3 урока", "3 урока :"},
    {"8 марта", "8 марта :"},
    {"2 часа", ":"},
    {"3D моделирование", "3d моделирование :"},
    {"EV3", "ev3 :"},
    {"1С программирование", "1с программирование :"},
    {"чудеса науки 12", "чудеса науки 12 :"},
    {"танцы по субботам", "танцы : days=6"},
    {"в сб", ": days=6"},
    {"вт и чт", ": days=24"},
    {"выходные", ": days=67"},
    {"завтра", ": days=1"},
    {"окружающая среда", "окружающая среда :"},
    {"гитара в среду", "гитара : days=3"},
    {"дизайн среды", "дизайн среды :"},
    {"в языковой среде", "языковой среде :"},
    {"все кружки", ":"},
    {"вс", ": days=7"},
    {"пн-пт", ": days=12345"},
    {"танцы утром", "танцы : parts=m"},
    {"после обеда", ": from=780"},
    {"после школы", ": from=780"},
    {"после 18", ": from=1080"},
    {"с 17:00", ": from=1020"},
    {"до 12", ": to=720"},
    {"после работы", ": from=1080"},
    {"бесплатно", ": payment=1"},
    {"за сертификат ПФДО", ": payment=2"},
    {"платно", ": payment=4"},
    {"до 2000 рублей", ": price=2000"},
    {"не дороже 1500", ": price=1500"},
    {"1500 р", ": price=1500"},
    {"за 500 руб в месяц", ": price=500"},
    {"есть места", ": places"},
    {"где ещё можно записаться", ": places"},
    {"идёт набор", ": places"},
    {"рядом", ": near"},
    {"недалеко от дома", ": near"},
    {"не дальше километра", ": distance=1000"},
    {"до 3 км", ": distance=3000"},
    {"в пределах 500 м", ": distance=500"},
    {"кружок для особенного ребёнка", ": ovz=0"},
    {"ребенок с аутизмом", ": ovz=256"},
    {"логопед", "логопед :"},
    {"ДЦП плавание", "плавание : ovz=64"},
    {"нарушение речи", ": ovz=16"},
    {"онлайн английский", "английский : forms=8"},
    {"шахматы для начинающих", "шахматы ~для ~начинающих : levels=2"},
    {"с нуля", "~с ~нуля : levels=2"},
    {"летом", ": summer"},
    {"летний лагерь", ": summer"},
    {"к Анне Викторовне", ": teacher=1"},
    {"у Лавровой", ": teacher=2"},
    {"педагог Сторожев", ": teacher=1"},
    {"тренер Игорь Вадимович", ": teacher=1"},
    {"Дорохов Игорь", ": teacher=1"},
    {"к Марии Петровне", ": teacher=0"},
    {"что есть на Ленина", ": street=1"},
    {"на Школьной", ": street=1"},
    {"ул. Лесная 2", ": street=1"},
    {"на Ленинском проспекте", ": street=1"},
    {"в Должанском районе", ": area=1"},
    {"в посёлке Долгое", ": street=1"},
    {"в доме детского творчества", ": organization=1"},
    {"в ДДТ", ": organization=1"},
    {"ДЮСШ футбол", "футбол : organization=1"},
    {"в кванториуме", ": organization=1"},
    {"в школе № 5", ": organization=1"},
    {"в 5 школе", ": organization=1"},
    {"на улице Гагарина", ": street=0"},
    {"в школе № 99", ": organization=0"},
    {"школа искусств", ": organization=1"},
    {"музыкалка", "музыкалка :"},
    {"хочу отдать ребёнка в кружок", ":"},
    {"клуб", "клуб :"},
    {"рисование или танцы", "рисование |танцы :"},
    {"танцы, вокал", "танцы |вокал :"},
    {"рисование и лепка для девочки 6 лет по субботам бесплатно",
     "рисование |лепка ~девочки : age=72 days=6 payment=1"},
    {"в 16 лет", ": age=192"},
    {"к 16", ": from=960"},
    {"с 17 до 19", ": from=1020 to=1140"},
    {"2018 года рождения", ": age=100"},
    {"18+", ": age=216"},
    {"на 8 Марта", ": street=1"},
    {"к Лаврову Петру", ": teacher=1"},
    {"у Кима", ": teacher=1"},
    {"у Ким Марии", ": teacher=1"},
    {"ребенку 7 лет нравятся роботы", "роботы : age=84"},
    {"вторник четверг после 17", ": days=24 from=1020"},
    {"7-летняя дочь хочет петь", "петь : age=84"},
    {"5летней девочке", "~девочке : age=60"},
    {"2 000 рублей", ": price=2000"},
    {"1-4 класс", ": ages=84..131"},
    {"7 лет и 9 лет", ": age=84 age=108"},
    {"шахматы в 5 классе бесплатно в субботу утром", "шахматы : age=132 days=6 parts=m payment=1"},
    {"сыну 5 класс", ": age=132"},
    {"внуку первокласснику", ": age=84"},
    {"сын перешёл в 3 класс, хочет программирование", "программирование : age=108"},
    {"дочь 12 лет, любит рисовать, есть ли бесплатные места по субботам",
     "рисовать : age=144 days=6 payment=1"},
    {"подскажите пожалуйста куда отдать мальчика 6 лет на спорт", "~мальчика спорт : age=72"},
    {"секция плавания для детей с ДЦП", "плавания : ovz=64"},
    {"ищу кружок для подростка 14 лет по вечерам", ": age=168 parts=e"},
    {"что-нибудь творческое для девочки пяти лет недалеко", "~творческое ~девочки : age=60 near"},
    {"мама и малыш", "~мама ~и ~малыш :"},
    {"для мамы с ребёнком", "~для ~мамы ~с ~ребенком :"},
    {"для пенсионеров", ": ages=216..1199"},
    {"хор для взрослых", "хор : ages=216..1199"},
    {"школа танцев", "~школа танцев :"},
    {"школа юного журналиста", "~школа ~юного журналиста :"},
    {"школьное телевидение", "школьное телевидение :"},
    {"английский в начальной школе", "английский : ages=84..131"},
    {"воскресная школа", "воскресная школа :"},
    {"вечерняя школа", "вечерняя школа :"},
    {"подготовка к школе", "подготовка школе :"},
    {"как подготовить к школе", "подготовить ~школе :"},
    {"в музыкальной школе", "музыкальной ~школе :"},
    {"в школе искусств", ": organization=1"},
    {"в школу искусств", "~школу искусств :"},
    {"в театр", "театр :"},
    {"в цирк", "цирк :"},
    {"на гитаре", "гитаре :"},
    {"на коньках", "коньках :"},
    {"на победу", "победу :"},
    {"на воде", "воде :"},
    {"на Победы", ": street=1"},
    {"игры на улице", "игры :"},
    {"занятия на свежем воздухе", "свежем воздухе :"},
    {"футбол на улице Лесной", "футбол : street=1"},
    {"улица Ленина дом 5", ": street=1"},
    {"проспект Ленина", ": street=1"},
    {"Лесная 2", ": street=1"},
    {"Школьная 12 кружки", ": street=1"},
    {"ленина", "ленина :"},
    {"лаврова", ": teacher=2"},
    {"анна", ": teacher=1"},
    {"к врачу", "врачу :"},
    {"у моря", "моря :"},
    {"у нас в посёлке", "поселке :"},
    {"в нашем районе", ": near"},
    {"в Знаменском", ": area=1"},
    {"в Знаменском районе", ": area=1"},
    {"в Ливенском районе", ": area=0"},
    {"в деревне Пупкино", ": area=0"},
    {"в городе", ":"},
    {"с. Вышнее", ": street=1"},
    {"в Вышнем", ": street=1"},
    {"в Радуге", "радуге :"},
    {"центр Радуга", "~центр радуга :"},
    {"в центре Радуга", ": organization=1"},
    {"в клубе Витязь", "~клубе витязь :"},
    {"спортивная школа Витязь", ": organization=1"},
    {"МБОУ СОШ № 5", ": organization=1"},
    {"сош 5", ": organization=1"},
    {"в СОШ №5 робототехника", "робототехника : organization=1"},
    {"школа №5 робототехника 8 лет", "робототехника : age=96 organization=1"},
    {"школа 5 лет", "~школа : age=60"},
    {"лицей 18", ": organization=1"},
    {"гимназия 3", ": organization=0"},
    {"в ДШИ", ": organization=1"},
    {"в ДЮСШ", ": organization=1"},
    {"кванториум", "кванториум :"},
    {"технопарк кванториум", "технопарк кванториум :"},
    {"в технопарке", ": organization=1"},
    {"точка роста", "точка роста :"},
    {"педагог Иванова", "иванова :"},
    {"тренер по футболу", "футболу :"},
    {"тренер по футболу Дорохов", "футболу : teacher=1"},
    {"учитель рисования", "рисования :"},
    {"Анна Викторовна", ": teacher=1"},
    {"Анна Петровна", ": teacher=0"},
    {"к Анне Сергеевне", ": teacher=0"},
    {"у Анны", ": teacher=1"},
    {"Соловьева А.В.", ": teacher=1"},
    {"педагог Ким", ": teacher=1"},
    {"ведёт Сторожев", ": teacher=1"},
    {"секция у Дорохова", ": teacher=1"},
    {"к Дорохову на робототехнику", "робототехнику : teacher=1"},
    {"семь нот", "семь нот :"},
    {"7 нот", "7 нот :"},
    {"театр 5+", "театр : age=60"},
    {"танцы 6-8", "танцы : ages=72..107"},
    {"танцы 6 - 8", "танцы : ages=72..107"},
    {"рисование 7-9 лет", "рисование : ages=84..119"},
    {"гитара 10 12 лет", "гитара : ages=120..155"},
    {"гитара 10, 12 лет", "гитара : age=120 age=144"},
    {"ребёнку 2,5 года", ": age=30"},
    {"ребенку два с половиной года", ": age=30"},
    {"3 года 6 месяцев", ": age=42"},
    {"18 месяцев", ": age=18"},
    {"десять лет", ": age=120"},
    {"десятилетнему", ": age=120"},
    {"15-летнему", ": age=180"},
    {"в возрасте 9 лет", ": age=108"},
    {"возраст 9", ": age=108"},
    {"ученик 8 класса", ": age=168"},
    {"8 класс шахматы", "шахматы : age=168"},
    {"девятиклассница", ": age=180"},
    {"10-11 класс", ": ages=192..215"},
    {"старше 10 лет", ": ages=120..215"},
    {"младше 6 лет", ": ages=0..72"},
    {"от 3 лет", ": ages=36..215"},
    {"с 3 лет до 5", ": ages=36..71"},
    {"с 3 до 5 лет", ": ages=36..71"},
    {"дети 6 и 9", ": age=72 age=108"},
    {"двум детям 6 и 9 лет", ": age=72 age=108"},
    {"сын 7 дочь 10", ": age=84 age=120"},
    {"сын 7 лет и дочь 10 лет", ": age=84 age=120"},
    {"7 или 8 лет", ": ages=84..107"},
    {"6 7 лет", ": ages=72..95"},
    {"мальчик 8 лет занимается в 16:00", "~мальчик : age=96 from=960 to=1019"},
    {"поход выходного дня", "поход : days=67"},
    {"вокруг света", "вокруг света :"},
    {"белая пешка", "белая пешка :"},
    {"вольная борьба", "вольная борьба :"},
    {"свободная борьба", "свободная борьба :"},
    {"кружево", "кружево :"},
    {"компьютерная графика", "компьютерная графика :"},
    {"живая природа", "живая природа :"},
    {"кукольный дом", "кукольный дом :"},
    {"лепить из глины", "лепить глины :"},
    {"слепить из пластилина", "слепить пластилина :"},
    {"авторская песня", "авторская песня :"},
    {"современный танец", "современный танец :"},
    {"городки", "городки :"},
    {"раннее развитие", "раннее ~развитие :"},
    {"развитие речи", "~развитие речи :"},
    {"программирование", "программирование :"},
    {"программы", ":"},
    {"все виды спорта", "спорта :"},
    {"семейный театр", "~семейный театр :"},
    {"не знаю куда отдать сына шестилетку очень подвижный", "знаю подвижный : age=72"},
    {"что есть для трёхлетки рядом с домом", ": age=36 near"},
    {"ребёнок 10 лет, свободное время только в выходные", ": age=120 days=67"},
    {"чем занять подростка летом", ": ages=144..203 summer"},
    {"после уроков бесплатно", ": from=780 payment=1"},
    {"по вторникам и четвергам после 17:30", ": days=24 from=1050"},
    {"по будням вечером", ": days=12345 parts=e"},
    {"в субботу или воскресенье", ": days=67"},
    {"с понедельника по среду", ": days=123"},
    {"в понедельник к 16:00", ": days=1 from=960"},
    {"в 5 вечера", ": from=1020 to=1079"},
    {"после 5 вечера", ": from=1020"},
    {"с 10 утра", ": from=600"},
    {"утром в выходные", ": days=67 parts=m"},
    {"во второй половине дня", ": from=780"},
    {"недорого", ":"},
    {"до 1,5 тысяч рублей", ": price=1500"},
    {"до 3 тысяч в месяц", ": price=3000"},
    {"за деньги", ": payment=4"},
    {"без денег", ": payment=1"},
    {"по соцсертификату", ": payment=2"},
    {"можно по сертификату?", ": payment=2"},
    {"есть ли свободные места на робототехнику", "робототехнику : places"},
    {"открыта ли запись на плавание", "плавание : places"},
    {"глухой ребёнок", ": ovz=1"},
    {"слабовидящий", ": ovz=8"},
    {"для инвалидов", ": ovz=0"},
    {"ребёнок с ЗПР", ": ovz=128"},
    {"ребенок-аутист", ": ovz=256"},
    {"ребенок с диабетом плавание", "плавание : ovz=1024"},
    {"с ограниченными возможностями здоровья", ": ovz=0"},
    {"заочно", ": forms=8"},
    {"очно", ": forms=2"},
    {"для новичков гитара", "~для ~новичков гитара : levels=2"},
    {"продвинутый уровень английский", "~продвинутый ~уровень английский : levels=8"},
    {"уже занимался дзюдо", "~уже ~занимался дзюдо : levels=8"},
    {"летние каникулы", ": summer"},
    {"в июле", ": summer"},
    {"к педагогу Лавровой на танцы", "танцы : teacher=2"},
    {"преподаватель Соловьёва А. В.", ": teacher=1"},
    {"ходить к тренеру Сторожеву", ": teacher=1"},
    {"Марья Ивановна", ": teacher=0"},
    {"на Ленина 5", ": street=1"},
    {"кружки на улице Школьной", ": street=1"},
    {"что есть рядом с улицей Лесной", ": near street=1"},
    {"посёлок Долгое", ": street=1"},
    {"в станице", "станице :"},
    {"в СЮТ", "сют :"},
    {"в Доме творчества", ": organization=1"},
    {"во дворце пионеров", "дворце пионеров :"},
    {"в детском саду № 7", "~детском : organization=0"},
    {"детский сад", "~детский сад :"},
    {"в садике", "садике :"},
    {"после садика", ": from=1080"},
    {"школа", "школа :"},
    {"студия", "студия :"},
    {"курсы", "курсы :"},
    {"суббота", ": days=6"},
    {"пятый класс", ": age=132"},
    {"в пятом классе", ": age=132"},
    {"первый класс", ": age=84"},
    {"1 класс", ": age=84"},
    {"5А класс", ": age=132"},
    {"третьеклассник и пятиклассник", ": age=108 age=132"},
    {"дети 4-5 лет и 9 лет", ": age=108"},
    {"мне 35 лет", ": age=420"},
    {"бабушке", ": ages=216..1199"},
    {"рисование/лепка", "рисование |лепка :"},
    {"хип-хоп", "хип хоп :"},
    {"лего-конструирование", "лего конструирование :"},
    {"ИЗО, лепка, вокал для дочки", "изо |лепка |вокал :"},
    {"баскетбол футбол волейбол", "баскетбол футбол волейбол :"},
    {"карате или дзюдо для мальчика 8 лет", "карате |дзюдо ~мальчика : age=96"},
    {"хочу чтобы ребёнок научился плавать", "плавать :"},
    {"двойняшки 6 лет", ": age=72"},
    {"ребенку 1 год", ": age=12"},
    {"годик", ":"},
    {"девочке два года", "~девочке : age=24"},
    {"сын 2017 г.р.", ": age=112"},
    {"2 раза в неделю вечером", ": parts=e"},
    {"группа до 10 человек", ":"},
    {"на 3D принтере", "3d принтере :"},
    {"олимпиадная математика 9 класс", "олимпиадная математика : age=180"},
    {"ЕГЭ 11 класс", "егэ : age=204"},
    {"ОГЭ", "огэ :"},
    {"Python 3", "python 3 :"},
    {"шахматы онлайн 7-10 лет бесплатно", "шахматы : ages=84..131 payment=1 forms=8"},
    {"ИЗО для дочки", "изо :"},
    {"рядом с улицей Лесной", ": near street=1"},
    {"танцы на улице", "танцы :"},
    {"сыну 8, сидит в телефоне целыми днями", ": age=96"},
    {"чтобы не болтался без дела, 3 класс", ": age=108"},
    {"нам 3 года и 8 месяцев", ": age=44"},
    {"родилась в 2014", ": age=148"},
    {"сыну в мае будет 7", ": age=84"},
    {"школьник младших классов", ": ages=84..131"},
    {"10-классник", ": age=192"},
    {"учимся во вторую смену, 9 лет", ": age=108 to=720"},
    {"первая смена", ": from=780"},
    {"шахматы в 16:00", "шахматы : from=960 to=1019"},
    {"танцы 17:30", "танцы : from=1050 to=1109"},
    {"занять ребёнка с двух до пяти", ": from=840 to=1020"},
    {"в обед", ": parts=n"},
    {"во время тихого часа", ": parts=n"},
    {"только по выходным, будни заняты", ": days=67"},
    {"гитара за 2000", "гитара : price=2000"},
    {"рисование до 1500", "рисование : price=1500"},
    {"за тыщу", ": price=1000"},
    {"шахматы для чайников", "шахматы ~для ~чайников : levels=2"},
    {"запись ещё идёт?", ": places"},
    {"места на танцы", "танцы : places"},
    {"нет денег, многодетная семья", ": payment=1"},
    {"задержка речи 4 года", ": age=48 ovz=16"},
    {"бабушка не может возить далеко", ": near"},
    {"тренер по футболу женщина", "футболу :"},
    {"шахматы как профессионал", "шахматы ~как ~профессионал :"},
    {"пробное занятие по танцам", "~пробное ~занятие танцам :"},
    {"ходит в детский сад, 5 лет", ": age=60"},
    {"тихий ребёнок", "тихий :"},
    {"танцы не бальные", "танцы :"},
    {"танцы, но не народные", "танцы :"},
    {"танцы кроме восточных", "танцы :"},
    {"не спорт, 8 лет", ": age=96"},
    {"что угодно, только не спорт", ":"},
    {"не хочет на танцы, хочет рисовать", "рисовать :"},
    {"рисование, кроме акварели и гуаши", "рисование :"},
    {"ребёнок не выговаривает звуки", "выговаривает звуки :"},
    {"в пятой школе", ": organization=1"},
    {"в третьей школе", ": organization=0"},
    {"в одной школе", "одной ~школе :"},
    {"дворец пионеров", "дворец пионеров :"},
    {"дом пионеров", ": organization=1"},
    {"спортивная школа", ": organization=1"},
    {"девочка 2012 года", ": age=172"},
    {"ему девятый год", ": age=96"},
    {"пошёл десятый годик", ": age=108"},
    {"дочери 5 с хвостиком", ": age=60"},
    {"лет так 8", ": age=96"},
    {"ещё в садик ходит", ": ages=36..83"},
    {"старшая группа садика", ": age=60"},
    {"закончил 9 класс", ": age=180"},
    {"второклашке", ": age=96"},
    {"после 3 часов дня", ": from=900"},
    {"ближе к вечеру", ": parts=e"},
    {"в пределах 1500", ": price=1500"},
    {"полторы тысячи", ": price=1500"},
    {"за счёт сертификата", ": payment=2"},
    {"от 1000 до 2000 рублей", ": price=2000"},
    {"в 17 00", ": from=1020 to=1079"},
    {"с 15 30 до 17 00", ": from=930 to=1020"},
    {"сыну 12, разбирает часы", "разбирает : age=144"},
    {"ещё не поздно на футбол", "футбол : places"},
    {"в двух шагах от дома", ": near"},
    {"кружки для пап с детьми", "~для ~пап ~с ~детьми :"},
    {"школа искусств 2", ": organization=0"},
    {"подготовка к школе искусств", "~подготовка ~школе искусств :"},
};

static void questions_are_understood(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        ask(samples[i].question, true);
        if (strcmp(say(), samples[i].said) == 0)
            continue;
        print_error("«%s»\n  said:     %s\n  expected: %s\n", samples[i].question, say(),
                    samples[i].said);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

static void a_word_being_typed_is_whole_or_nothing(void **state)
{
    (void)state;
    ask("танцы суббота", false);
    assert_string_equal(say(), "танцы : days=6");
    ask("танцы субб", false);
    assert_string_equal(say(), "танцы : days=6");
    ask("танцы суббо", false);
    assert_string_equal(say(), "танцы суббо :");
    ask("танцы беспл", false);
    assert_string_equal(say(), "танцы беспл :");
    ask("с", false);
    assert_string_equal(say(), "с :");
    ask("с ", false);
    assert_string_equal(say(), ":");
    ask("танцы с", false);
    assert_string_equal(say(), "танцы :");
}

static void meanings_cover_their_words(void **state)
{
    (void)state;
    ask("Ищу шахматы к Анне Викторовне, для семилетки", true);
    assert_int_equal(question.meaning_count, 2);
    const struct search_meaning *teacher = &question.meanings[0];
    assert_int_equal(teacher->facet, FACET_TEACHER);
    assert_string_equal(teacher->label, "Соловьёва Анна Викторовна");
    const char *words = "к Анне Викторовне";
    assert_int_equal(teacher->to - teacher->from, strlen(words));
    assert_memory_equal(question.text + teacher->from, words, strlen(words));
    const struct search_meaning *age = &question.meanings[1];
    assert_int_equal(age->facet, FACET_AGE);
    assert_string_equal(age->label, "");
    assert_memory_equal(question.text + age->from, "семилетки", age->to - age->from);
    // Two teachers: the words as they are typed.
    ask("у Лавровой", true);
    assert_string_equal(question.meanings[0].label, "у Лавровой");
}

static void hyphens_join(void **state)
{
    (void)state;
    ask("лего-конструирование – хор", true);
    assert_int_equal(question.word_count, 3);
    assert_false(question.words[0].joined);
    assert_true(question.words[1].joined);
    assert_false(question.words[2].joined);
}

static void phrases_know_their_words(void **state)
{
    (void)state;
    static const char *const known[] = {"семь",   "субботам", "хочу",   "бесплатного",
                                        "пфдо",   "дюсш",     "кружок", "первоклашке",
                                        "аутизм", "педагогу", "среду"};
    static const char *const unknown[] = {"", "робототехника", "суббат", "хчу", "керамика"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!phrases_know(phrases, stemmer, known[i]))
            fail_msg("%s", known[i]);
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        if (phrases_know(phrases, stemmer, unknown[i]))
            fail_msg("%s", unknown[i]);
}

static void many_meanings_end_in_time(void **state)
{
    (void)state;
    ask("пн вт ср чт пт сб вс утром вечером бесплатно платно летом рядом онлайн", true);
    assert_int_equal(question.meaning_count, SEARCH_MEANINGS_MAX);
    ask("дети 3, 4, 5, 6, 7 и 8 лет", true);
    assert_true(question.understood.age_count <= SEARCH_AGES_MAX);
}

// Words of the samples and odd bytes in any order: it ends, and meanings lie within the text.
static void any_bytes_are_survived(void **state)
{
    (void)state;
    enum { ROUNDS = 4000 };
    uint32_t random = 7;
    for (int round = 0; round < ROUNDS; round++) {
        char text[SEARCH_QUERY_BYTES * 2];
        size_t length = 0;
        while (length < sizeof text - 64) {
            random = hash_xorshift32(random);
            const char *from = samples[random % (sizeof samples / sizeof *samples)].question;
            size_t size = strlen(from);
            size_t skip = (random >> 8) % (size + 1);
            size_t kept = (random >> 16) % 24;
            kept = kept < size - skip ? kept : size - skip;
            memcpy(text + length, from + skip, kept);
            length += kept;
            text[length++] = (random >> 28) < 12 ? ' ' : (char)(random >> 20 | 1);
            if ((random >> 24) % 16 == 0)
                break;
        }
        text[length] = '\0';
        ask(text, round % 2 == 0);
        for (uint32_t i = 0; i < question.meaning_count; i++) {
            assert_true(question.meanings[i].from < question.meanings[i].to);
            assert_true(question.meanings[i].to <= strlen(question.text));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(questions_are_understood),
        cmocka_unit_test(a_word_being_typed_is_whole_or_nothing),
        cmocka_unit_test(meanings_cover_their_words),
        cmocka_unit_test(hyphens_join),
        cmocka_unit_test(phrases_know_their_words),
        cmocka_unit_test(many_meanings_end_in_time),
        cmocka_unit_test(any_bytes_are_survived),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
