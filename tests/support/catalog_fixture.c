#include "tests/support/catalog_fixture.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/text.h"
#include "catalog/record_fields.h"

#include <stdio.h>
#include <string.h>

enum {
    MUNICIPALITIES = 17,
    TAIL_WORDS = 9000,
    TEXT_BYTES = 4096,
    OPEN_PERCENT = 28,
    SECONDS_PER_DAY = 86400,
};

#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof *(array)))

struct maker {
    uint32_t random;
    uint32_t organization_count;
    uint32_t address_count;
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
};

static const char *const tails[] = {
    "для начинающих",  "первые шаги", "старшая группа", "мастерская",
    "вместе с семьёй", "студия",      "летняя смена",   "творческое объединение",
    "проект",          "без границ",  "для малышей",    "новый уровень",
    "и природа",       "каждый день", "школа мастеров", "клуб",
};

static const char *const plain_words[] = {
    "занятия",  "дети",       "ребёнок",  "программа", "научатся", "группа",     "педагог",
    "игра",     "праздник",   "выставка", "конкурс",   "техника",  "музыка",     "движение",
    "руками",   "бумага",     "краски",   "сцена",     "команда",  "тренировка", "друзья",
    "опыт",     "внимание",   "память",   "речь",      "мышление", "навыки",     "результат",
    "родители", "творчество", "проект",   "задача",    "интерес",  "умение",     "основы",
};

static const char *const roots[] = {"ба", "ве", "го", "ди", "жа", "зу", "ки", "ло", "ми", "но",
                                    "пе", "ра", "су", "те", "фо", "ха", "ци", "че", "шу", "ля"};
static const char *const codas[] = {"л", "м", "н", "р", "с", "т", "к", "в", "д", "г"};
static const char *const endings[] = {"",   "а",  "у",  "ом",  "е",   "ы",   "ов",
                                      "ам", "ий", "ая", "ого", "ние", "ния", "ть"};
static const char *const surnames[] = {"Соловьёва", "Кузнецов", "Миронова", "Лапин",    "Ерёмина",
                                       "Зайцев",    "Орлова",   "Гущин",    "Тихонова", "Белов"};
static const char *const first_names[] = {"Анна",  "Сергей", "Ольга", "Павел", "Мария",
                                          "Игорь", "Елена",  "Денис", "Вера",  "Фёдор"};
static const char *const streets[] = {"Ленина", "Школьная", "Садовая", "Мира",  "Гагарина",
                                      "Лесная", "Речная",   "Победы",  "Новая", "Парковая"};
static const char *const towns[MUNICIPALITIES] = {
    "Должанский", "Ливенский", "Мценский",   "Болховский", "Кромской", "Глазуновский",
    "Покровский", "Залегощь",  "Верховский", "Новосиль",   "Колпна",   "Свердловский",
    "Орловский",  "Урицкий",   "Хотынец",    "Знаменка",   "Сосково",
};

static uint32_t draw(struct maker *maker, uint32_t below)
{
    maker->random = hash_xorshift32(maker->random);
    return (uint32_t)((uint64_t)maker->random * below >> 32);
}

// Small numbers often, great ones seldom.
static uint32_t draw_skewed(struct maker *maker, uint32_t below)
{
    uint64_t a = draw(maker, 1024);
    uint64_t b = draw(maker, 1024);
    uint64_t c = draw(maker, 1024);
    return (uint32_t)(a * b * c * below >> 30);
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

static void add_tail_word(struct maker *maker, struct text *text)
{
    uint32_t number = draw_skewed(maker, TAIL_WORDS);
    text_addf(text, "%s%s%s%s%s", roots[number % COUNT(roots)],
              roots[number / COUNT(roots) % COUNT(roots)],
              number > COUNT(roots) * COUNT(roots) ? roots[number / 7 % COUNT(roots)] : "",
              codas[number / 400 % COUNT(codas)], endings[draw_skewed(maker, COUNT(endings))]);
}

static const char *make_description(struct maker *maker)
{
    char memory[TEXT_BYTES];
    struct text text;
    text_init(&text, memory, sizeof memory);
    uint32_t words = 25 + draw(maker, 31);
    for (uint32_t i = 0; i < words; i++) {
        text_add(&text, i == 0 ? "" : i % 9 == 0 ? ". " : " ");
        if (draw(maker, 3) == 0)
            text_add(&text, plain_words[draw_skewed(maker, COUNT(plain_words))]);
        else
            add_tail_word(maker, &text);
    }
    return keep(maker, memory);
}

static void make_places(struct maker *maker)
{
    struct record record;
    for (uint32_t i = 0; i < MUNICIPALITIES; i++) {
        start(maker, RECORD_MUNICIPALITY, make_id(maker, 'm', i), &record);
        record.municipality.name = towns[i];
        give(maker, &record);
    }
    for (uint32_t i = 0; i < maker->address_count; i++) {
        char text[96];
        snprintf(text, sizeof text, "ул. %s, %u", streets[draw(maker, COUNT(streets))],
                 1 + draw(maker, 120));
        start(maker, RECORD_ADDRESS, make_id(maker, 'a', i), &record);
        record.address.text = text;
        record.address.municipality_id = make_id(maker, 'm', draw(maker, MUNICIPALITIES));
        record.address.latitude = 52 + draw(maker, 100000) / 100000.0;
        record.address.longitude = 36 + draw(maker, 100000) / 100000.0;
        give(maker, &record);
    }
    for (uint32_t i = 0; i < maker->organization_count; i++) {
        char name[160];
        snprintf(name, sizeof name, "Школа № %u", i);
        start(maker, RECORD_ORGANIZATION, make_id(maker, 'o', i), &record);
        record.organization.name = i == 0 ? "Дом детского творчества" : name;
        record.organization.municipality_id = make_id(maker, 'm', draw(maker, MUNICIPALITIES));
        give(maker, &record);
    }
}

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
    char teacher[96];
    bool open = draw(maker, 100) < OPEN_PERCENT;
    snprintf(id, sizeof id, "%s-%u", program->head.id, number);
    snprintf(teacher, sizeof teacher, "%s %s", surnames[draw(maker, COUNT(surnames))],
             first_names[draw(maker, COUNT(first_names))]);
    start(maker, RECORD_GROUP, id, &record);
    struct group *group = &record.group;
    group->program_id = program->head.id;
    group->teacher = teacher;
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
    make_slots(maker, group);
    give(maker, &record);
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
    char title[RECORD_TITLE_BYTES];
    snprintf(title, sizeof title, "%s%s %s", topic->names[draw(maker, 4)],
             number % 3 == 0 ? ":" : "", tails[draw(maker, COUNT(tails))]);
    start(maker, RECORD_PROGRAM, make_id(maker, 'p', number), &record);
    struct program *program = &record.program;
    char url[96];
    snprintf(url, sizeof url, "https://navigator.example/program/%u", number);
    program->title = title;
    program->activity = topic->activity;
    program->description = make_description(maker);
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
        .random = seed * 2654435761u | 1u,
        .organization_count = 1 + program_count / 16,
        .address_count = 1 + program_count / 7,
        .take = take,
        .context = context,
    };
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
