#include "tests/support/catalog_fixture.h"

#include "base/arena.h"
#include "base/text.h"
#include "catalog/record_fields.h"
#include "tests/support/fixture_words.h"

#include <stdio.h>
#include <string.h>

enum {
    TEXT_BYTES = 4096,
    OPEN_PERCENT = 28,
    SECONDS_PER_DAY = 86400,
    TOWNS = 17,
    REGION_PROGRAMS = 6000, // beyond it municipalities are added
};

#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof *(array)))

struct maker {
    struct fixture_random random;
    uint32_t municipality_count;
    uint32_t organization_count;
    uint32_t address_count;
    uint32_t street_count;
    uint32_t teacher_count;
    void (*take)(void *context, const struct record *record);
    void *context;
    struct arena arena; // of the record at hand
};

struct topic {
    enum direction direction;
    const char *activity;
    const char *names[4];
};

static const struct topic topics[] = {
    {DIRECTION_TECH, "Робототехника", {"Робототехника", "Юный инженер", "Роботы и мы", "Сборка"}},
    {DIRECTION_TECH, "Программирование", {"Программирование", "Питон", "Код", "Сайты"}},
    {DIRECTION_TECH, "Моделирование", {"Авиамоделирование", "Судомоделисты", "3D-печать", "Макет"}},
    {DIRECTION_SCIENCE, "Биология", {"Юный натуралист", "Зелёный мир", "Микроскоп", "Лесничество"}},
    {DIRECTION_SCIENCE, "Астрономия", {"Звездочёт", "Астрономия", "Космос рядом", "Телескоп"}},
    {DIRECTION_SPORT, "Футбол", {"Футбол", "Мяч в игре", "Мини-футбол", "Вратарь"}},
    {DIRECTION_SPORT, "Плавание", {"Плавание", "Дельфин", "Вода и сила", "Аквааэробика"}},
    {DIRECTION_SPORT, "Шахматы", {"Шахматы", "Белая ладья", "Шахматная школа", "Гамбит"}},
    {DIRECTION_SPORT, "Фигурное катание", {"Фигурное катание", "Ледяной узор", "Коньки", "Айс"}},
    {DIRECTION_ART, "Хореография", {"Хореография", "Танцевальный ансамбль", "Балет", "Вальс"}},
    {DIRECTION_ART, "Вокал", {"Вокал", "Хор мальчиков", "Эстрадное пение", "Голос"}},
    {DIRECTION_ART, "Изобразительное искусство", {"Изостудия", "Акварель", "Рисунок", "Палитра"}},
    {DIRECTION_ART, "Керамика", {"Керамика", "Глиняная игрушка", "Лепка", "Гончарный круг"}},
    {DIRECTION_ART, "Театр", {"Театральная студия", "Кукольный театр", "Рампа", "Сцена"}},
    {DIRECTION_TOUR, "Туризм", {"Юный турист", "Краеведение", "Тропа", "Компас"}},
    {DIRECTION_SOCIAL, "Журналистика", {"Школьное телевидение", "Медиастудия", "Репортёр", "Перо"}},
    {DIRECTION_SOCIAL, "Подготовка к школе", {"Дошколёнок", "Ступеньки", "Азбука", "Почемучка"}},
    {DIRECTION_SOCIAL, "Иностранные языки", {"Английский клуб", "Полиглот", "Диалог", "Слово"}},
    {DIRECTION_TECH, "Мультипликация", {"Мультстудия", "Ожившие рисунки", "Кадр", "Мультфильм"}},
    {DIRECTION_TECH, "Фотография", {"Фотокружок", "Объектив", "Фото и видео", "Портрет"}},
    {DIRECTION_TECH, "Радиотехника", {"Радиокружок", "Электроника", "Схема", "Радиолюбители"}},
    {DIRECTION_TECH, "Автодело", {"Картинг", "Юный автомобилист", "Правила дорог", "Мотор"}},
    {DIRECTION_TECH,
     "Компьютерная графика",
     {"Графический дизайн", "Веб-дизайн", "Игры", "Пиксель"}},
    {DIRECTION_SCIENCE, "Химия", {"Юный химик", "Занимательная химия", "Реакция", "Опыты"}},
    {DIRECTION_SCIENCE, "Физика", {"Физика вокруг", "Экспериментариум", "Сила и свет", "Физики"}},
    {DIRECTION_SCIENCE, "Математика", {"Олимпиадная математика", "Логика", "Счёт", "Задачник"}},
    {DIRECTION_SCIENCE, "Экология", {"Экологи", "Зелёная планета", "Юннаты", "Живой уголок"}},
    {DIRECTION_SPORT, "Баскетбол", {"Баскетбол", "Стритбол", "Мини-баскетбол", "Кольцо"}},
    {DIRECTION_SPORT, "Волейбол", {"Волейбол", "Пионербол", "Подача", "Пляжный волейбол"}},
    {DIRECTION_SPORT, "Дзюдо", {"Дзюдо", "Самбо", "Борьба", "Татами"}},
    {DIRECTION_SPORT, "Каратэ", {"Каратэ", "Тхэквондо", "Кимоно", "Боевые искусства"}},
    {DIRECTION_SPORT, "Хоккей", {"Хоккей", "Шайба", "Юный хоккеист", "Хоккей на траве"}},
    {DIRECTION_SPORT, "Гимнастика", {"Художественная гимнастика", "Акробатика", "Грация", "Обруч"}},
    {DIRECTION_SPORT, "Лыжные гонки", {"Лыжи", "Лыжные гонки", "Биатлон", "Лыжня"}},
    {DIRECTION_SPORT, "Общая физическая подготовка", {"ОФП", "Богатыри", "Крепыш", "Фитнес"}},
    {DIRECTION_ART, "Вышивка", {"Вышивка", "Крестиком", "Золотая нить", "Гладь"}},
    {DIRECTION_ART, "Вязание", {"Вязание", "Петелька", "Крючок и спицы", "Клубок"}},
    {DIRECTION_ART, "Бисероплетение", {"Бисер", "Бисероплетение", "Бусинка", "Украшения"}},
    {DIRECTION_ART, "Шитьё", {"Театр моды", "Швейная мастерская", "Кройка и шитьё", "Силуэт"}},
    {DIRECTION_ART, "Игра на инструментах", {"Гитара", "Фортепиано", "Баян", "Духовой оркестр"}},
    {DIRECTION_ART, "Народная кукла", {"Народная кукла", "Мягкая игрушка", "Берегиня", "Ремёсла"}},
    {DIRECTION_ART, "Цирк", {"Цирковая студия", "Жонглёры", "Арена", "Клоунада"}},
    {DIRECTION_ART,
     "Декоративное творчество",
     {"Умелые руки", "Оригами", "Скрапбукинг", "Декупаж"}},
    {DIRECTION_TOUR, "Краеведение", {"Юный краевед", "Истоки", "Музейное дело", "Родной край"}},
    {DIRECTION_TOUR,
     "Ориентирование",
     {"Спортивное ориентирование", "Азимут", "Карта", "Скалолазы"}},
    {DIRECTION_SOCIAL, "Волонтёрство", {"Волонтёры", "Добрые дела", "Тимуровцы", "Свой отряд"}},
    {DIRECTION_SOCIAL, "Психология", {"Мир эмоций", "Я и другие", "Тренинг общения", "Лидер"}},
    {DIRECTION_SOCIAL,
     "Логопедия",
     {"Говорим правильно", "Звуковичок", "Речецветик", "Логоритмика"}},
    {DIRECTION_SOCIAL,
     "Финансовая грамотность",
     {"Финансы", "Юный предприниматель", "Монета", "Право"}},
    {DIRECTION_SOCIAL, "Военно-патриотическое", {"Юнармия", "Патриот", "Кадеты", "Строевая"}},
    {DIRECTION_SOCIAL, "Раннее развитие", {"Малышок", "Кроха", "Развивайка", "Сенсорика"}},
};

static const char *const tails[] = {
    "для начинающих",  "первые шаги", "старшая группа", "мастерская",
    "вместе с семьёй", "студия",      "летняя смена",   "творческое объединение",
    "проект",          "без границ",  "для малышей",    "новый уровень",
    "и природа",       "каждый день", "школа мастеров", "клуб",
};

static const char *const fancy[] = {
    "Радуга",      "Улыбка",   "Созвездие", "Росток",    "Алые паруса", "Искорка",   "Орлёнок",
    "Вдохновение", "Гармония", "Родничок",  "Сударушка", "Эврика",      "Жар-птица", "Колибри",
    "Каскад",      "Карусель", "Мозаика",   "Факел",     "Парус",       "Ракета",    "Светлячок",
    "Фантазия",    "Вектор",   "Импульс",   "Ладья",     "Муравей",     "Непоседы",  "Одуванчик",
    "Перспектива", "Рассвет",  "Чайка",     "Юность",
};

static const char *const men[] = {"Сергей", "Павел", "Игорь", "Денис", "Фёдор",
                                  "Андрей", "Илья",  "Олег",  "Роман", "Никита",
                                  "Виктор", "Пётр",  "Юрий",  "Антон"};
static const char *const women[] = {"Анна",   "Ольга",  "Мария",   "Елена",    "Вера",
                                    "Ирина",  "Юлия",   "Наталья", "Светлана", "Татьяна",
                                    "Ксения", "Полина", "Марина",  "Людмила"};
static const char *const fathers[] = {"Серге", "Андре",    "Никола",    "Алексе",
                                      "Юрь",   "Иван",     "Петр",      "Виктор",
                                      "Павл",  "Владимир", "Александр", "Михайл"};
static const char *const streets[] = {"Ленина", "Школьная", "Садовая", "Мира",  "Гагарина",
                                      "Лесная", "Речная",   "Победы",  "Новая", "Парковая"};
static const char *const towns[TOWNS] = {
    "Должанский", "Ливенский", "Мценский",   "Болховский", "Кромской", "Глазуновский",
    "Покровский", "Залегощь",  "Верховский", "Новосиль",   "Колпна",   "Свердловский",
    "Орловский",  "Урицкий",   "Хотынец",    "Знаменка",   "Сосково",
};

static uint32_t draw(struct maker *maker, uint32_t below)
{
    return fixture_draw(&maker->random, below);
}

static uint32_t draw_skewed(struct maker *maker, uint32_t below)
{
    return fixture_draw_skewed(&maker->random, below);
}

static const char *keep(struct maker *maker, const char *text)
{
    return arena_copy_text(&maker->arena, text, strlen(text));
}

static const char *make_id(struct maker *maker, char kind, uint32_t number)
{
    char text[16];
    snprintf(text, sizeof text, "%c%06u", kind, number);
    return keep(maker, text);
}

static void start(struct maker *maker, enum record_type type, const char *id,
                  struct record *ret_record)
{
    record_clear(type, ret_record);
    struct record_head *head = &ret_record->municipality.head;
    head->id = id;
    head->local_id = id;
    head->source = "fixture";
    head->modified_s =
        (int64_t)(CATALOG_FIXTURE_TODAY - (int32_t)draw(maker, 60)) * SECONDS_PER_DAY;
}

static void give(struct maker *maker, const struct record *record)
{
    maker->take(maker->context, record);
}

// ---- words

static const char *make_description(struct maker *maker, const struct topic *topic)
{
    char memory[TEXT_BYTES];
    struct text text;
    text_init(&text, memory, sizeof memory);
    uint32_t words = 20 + draw(maker, 41);
    for (uint32_t i = 0; i < words; i++) {
        text_add(&text, i == 0 ? "" : i % 9 == 0 ? ". " : " ");
        uint32_t dice = draw(maker, 100);
        if (dice < 20)
            text_add(&text, fixture_draw_little_word(&maker->random));
        else if (dice < 24)
            text_add(&text, topic->names[draw(maker, 4)]);
        else
            fixture_add_word(&maker->random, fixture_draw_lemma(&maker->random), &text);
    }
    return keep(maker, memory);
}

// Two to six words.
static const char *make_title(struct maker *maker, const struct topic *topic, uint32_t number)
{
    char memory[RECORD_TITLE_BYTES];
    struct text text;
    text_init(&text, memory, sizeof memory);
    uint32_t kind = draw(maker, 10);
    if (kind < 3)
        text_addf(&text, "«%s»: ", fancy[draw(maker, COUNT(fancy))]);
    text_addf(&text, "%s%s ", topic->names[draw(maker, 4)], number % 3 == 0 ? ":" : "");
    if (kind < 7) {
        text_add(&text, tails[draw(maker, COUNT(tails))]);
    } else {
        for (uint32_t i = draw(maker, 3) + 1; i > 0; i--) {
            fixture_add_word(&maker->random, fixture_draw_lemma(&maker->random), &text);
            text_add(&text, i > 1 ? " " : "");
        }
    }
    return keep(maker, memory);
}

static const char *make_teacher(struct maker *maker)
{
    char memory[160];
    struct text text;
    text_init(&text, memory, sizeof memory);
    uint32_t number = draw(maker, maker->teacher_count);
    struct fixture_random own = {(number + 1) * 2654435761u | 1u};
    for (int i = 0; i < 4; i++)
        fixture_draw(&own, 2);
    bool man = fixture_draw(&own, 4) == 0;
    fixture_add_surname(fixture_draw_skewed(&own, 50 + maker->teacher_count / 2),
                        man ? SURNAME_MAN : SURNAME_WOMAN, &text);
    const char *father = fathers[fixture_draw(&own, COUNT(fathers))];
    bool soft = strcmp(father, "Юрь") == 0;
    bool vowel = strlen(father) >= 2 && strcmp(father + strlen(father) - 2, "е") == 0;
    vowel |= strcmp(father, "Никола") == 0;
    text_addf(&text, " %s %s%s%s", (man ? men : women)[fixture_draw(&own, COUNT(men))], father,
              soft || vowel ? "ев" : "ов", man ? "ич" : "на");
    return keep(maker, memory);
}

// ---- places

static void add_street(uint32_t number, struct text *text)
{
    if (number < COUNT(streets)) {
        text_addf(text, "ул. %s", streets[number]);
        return;
    }
    text_add(text, number % 7 == 0 ? "пр-т " : number % 5 == 0 ? "пер. " : "ул. ");
    fixture_add_surname(number / 2, number % 2 == 0 ? SURNAME_WOMAN : SURNAME_ADJECTIVE, text);
}

static void make_municipality(struct maker *maker, uint32_t number)
{
    char memory[96];
    struct text name;
    text_init(&name, memory, sizeof memory);
    if (number < TOWNS) {
        text_add(&name, towns[number]);
    } else {
        fixture_add_surname(number * 3, SURNAME_ADJECTIVE, &name);
        text_add(&name, " волость");
    }
    struct record record;
    start(maker, RECORD_MUNICIPALITY, make_id(maker, 'm', number), &record);
    record.municipality.name = memory;
    give(maker, &record);
}

static void make_address(struct maker *maker, uint32_t number)
{
    char memory[128];
    struct text text;
    text_init(&text, memory, sizeof memory);
    add_street(draw_skewed(maker, maker->street_count), &text);
    text_addf(&text, ", %u", 1 + draw(maker, 120));
    struct record record;
    start(maker, RECORD_ADDRESS, make_id(maker, 'a', number), &record);
    record.address.text = memory;
    record.address.municipality_id = make_id(maker, 'm', draw(maker, maker->municipality_count));
    record.address.latitude = 52 + draw(maker, 100000) / 100000.0;
    record.address.longitude = 36 + draw(maker, 100000) / 100000.0;
    give(maker, &record);
}

static void make_organization(struct maker *maker, uint32_t number)
{
    char memory[192];
    struct text name;
    text_init(&name, memory, sizeof memory);
    const char *called = fancy[draw(maker, COUNT(fancy))];
    uint32_t kind = draw(maker, 100);
    if (number == 0)
        text_add(&name, "Дом детского творчества");
    else if (kind < 55)
        text_addf(&name, "Школа № %u", number);
    else if (kind < 75)
        text_addf(&name, "Детский сад № %u «%s»", number, called);
    else if (kind < 83)
        text_addf(&name, "Центр дополнительного образования «%s»", called);
    else if (kind < 90)
        text_addf(&name, "Спортивная школа № %u", number);
    else if (kind < 95)
        text_addf(&name, "Детская школа искусств № %u", number);
    else {
        text_add(&name, "ИП ");
        fixture_add_surname(number, SURNAME_WOMAN, &name);
    }
    struct record record;
    start(maker, RECORD_ORGANIZATION, make_id(maker, 'o', number), &record);
    record.organization.name = memory;
    record.organization.municipality_id =
        make_id(maker, 'm', draw(maker, maker->municipality_count));
    give(maker, &record);
}

static void make_places(struct maker *maker)
{
    for (uint32_t i = 0; i < maker->municipality_count; i++)
        make_municipality(maker, i);
    for (uint32_t i = 0; i < maker->address_count; i++)
        make_address(maker, i);
    for (uint32_t i = 0; i < maker->organization_count; i++)
        make_organization(maker, i);
}

// ---- programs

static void make_slots(struct maker *maker, struct group *group)
{
    group->slot_count = draw(maker, 16) == 0 ? 0 : 1 + draw(maker, 3) + draw(maker, 3);
    for (uint32_t i = 0; i < group->slot_count; i++) {
        int16_t from = (int16_t)(9 * 60 + draw(maker, 20) * 30);
        group->slots[i] = (struct slot){.weekday = (uint8_t)(1 + draw(maker, 7)),
                                        .from_min = from,
                                        .to_min = (int16_t)(from + 90),
                                        .address_id = ""};
    }
}

static void make_group(struct maker *maker, const struct program *program, uint32_t number)
{
    struct record record;
    char id[RECORD_ID_BYTES];
    bool open = draw(maker, 100) < OPEN_PERCENT;
    snprintf(id, sizeof id, "%s-%u", program->head.id, number);
    start(maker, RECORD_GROUP, id, &record);
    struct group *group = &record.group;
    group->program_id = program->head.id;
    group->teacher = make_teacher(maker);
    group->address_id = make_id(maker, 'a', draw(maker, maker->address_count));
    group->size = 10 + (int32_t)draw(maker, 6);
    group->enrollment = open ? TERNARY_YES : TERNARY_NO;
    if (draw(maker, 4) > 0) {
        group->places_free = (int32_t)draw_skewed(maker, 16);
        group->places_known_at_s =
            (int64_t)(CATALOG_FIXTURE_TODAY - (int32_t)draw(maker, 10)) * SECONDS_PER_DAY;
    }
    if (!open && draw(maker, 3) == 0)
        group->order_from_day = CATALOG_FIXTURE_TODAY + 10 + (int32_t)draw(maker, 200);
    if (program->payment == PAYMENT_PAID)
        group->price_month_kopecks = 50000 * (1 + (int32_t)draw(maker, 8));
    if (draw(maker, 6) == 0) {
        group->age_min_months = 12 * (4 + (int32_t)draw(maker, 12));
        group->age_max_months = group->age_min_months + 12 * (1 + (int32_t)draw(maker, 3)) - 1;
    }
    if (draw(maker, 30) == 0) { // next summer
        group->start_day = CATALOG_FIXTURE_TODAY + 195 + (int32_t)draw(maker, 30);
        group->end_day = group->start_day + 20;
    }
    make_slots(maker, group);
    give(maker, &record);
}

// Unknown about as often as known.
static void add_conditions(struct maker *maker, struct program *program)
{
    program->level = (enum level)draw_skewed(maker, LEVEL_COUNT * 3) % LEVEL_COUNT;
    program->form = draw(maker, 3) == 0 ? STUDY_FORM_UNKNOWN : STUDY_FORM_FULL_TIME;
    if (draw(maker, 20) == 0)
        program->form = draw(maker, 2) == 0 ? STUDY_FORM_MIXED : STUDY_FORM_REMOTE;
    program->remote = draw(maker, 25) == 0;
    if (draw(maker, 12) == 0)
        program->ovz = 1u << draw(maker, 11) | 1u << draw(maker, 11);
}

static void make_program(struct maker *maker, uint32_t number)
{
    static const uint32_t direction_shares[DIRECTION_COUNT] = {985, 524, 1176, 1585, 165, 1179};
    uint32_t ticket = draw(maker, 5614);
    uint32_t wanted = 0;
    while (wanted + 1 < DIRECTION_COUNT && ticket >= direction_shares[wanted])
        ticket -= direction_shares[wanted++];
    const struct topic *topic;
    do
        topic = &topics[draw(maker, COUNT(topics))];
    while ((uint32_t)topic->direction != wanted);

    struct record record;
    start(maker, RECORD_PROGRAM, make_id(maker, 'p', number), &record);
    struct program *program = &record.program;
    char url[96];
    snprintf(url, sizeof url, "https://navigator.example/program/%u", number);
    program->title = make_title(maker, topic, number);
    program->activity = topic->activity;
    program->description = make_description(maker, topic);
    program->url = url;
    program->organization_id = make_id(maker, 'o', draw_skewed(maker, maker->organization_count));
    program->direction = topic->direction;
    uint32_t price = draw(maker, 100);
    program->payment = price < 53 ? PAYMENT_FREE : price < 63 ? PAYMENT_PAID : 0;
    if (draw(maker, 5) == 0)
        program->payment |= PAYMENT_CERTIFICATE;
    if (draw(maker, 10) > 0) {
        program->age_min_months = 12 * (5 + (int32_t)draw(maker, 9));
        program->age_max_months = program->age_min_months + 12 * (2 + (int32_t)draw(maker, 6)) - 1;
    }
    if (draw(maker, 3) == 0) {
        program->rating_x10 = 35 + (int32_t)draw(maker, 16);
        program->reviews = 1 + (int32_t)draw_skewed(maker, 60);
    }
    add_conditions(maker, program);
    give(maker, &record);
    uint32_t dice = draw(maker, 100);
    uint32_t groups = dice < 75 ? 1 : dice < 95 ? 2 : 3;
    for (uint32_t i = 1; i <= groups; i++)
        make_group(maker, program, i);
}

void catalog_fixture_each(uint32_t program_count, uint32_t seed,
                          void (*take)(void *context, const struct record *record), void *context)
{
    struct maker maker = {
        .random = {seed * 2654435761u | 1u},
        .municipality_count = TOWNS,
        .organization_count = 1 + program_count / 16,
        .address_count = 1 + program_count / 7,
        .street_count = COUNT(streets) + program_count / 14,
        .teacher_count = 20 + program_count * 9 / 20,
        .take = take,
        .context = context,
    };
    if (program_count > REGION_PROGRAMS)
        maker.municipality_count += (program_count - REGION_PROGRAMS) / 400;
    make_places(&maker);
    arena_finish(&maker.arena);
    for (uint32_t i = 0; i < program_count; i++) {
        make_program(&maker, i);
        arena_finish(&maker.arena);
    }
}

static void add_to_builder(void *context, const struct record *record)
{
    snapshot_builder_add(context, record);
}

struct snapshot *catalog_fixture_snapshot(uint32_t program_count, uint32_t seed)
{
    struct snapshot_builder *builder = snapshot_builder_create();
    catalog_fixture_each(program_count, seed, add_to_builder, builder);
    int64_t published_at_s = (int64_t)CATALOG_FIXTURE_TODAY * SECONDS_PER_DAY;
    return snapshot_build(builder, 1, published_at_s, published_at_s + 30LL * SECONDS_PER_DAY,
                          "fixture");
}
