#include "tests/support/small_region.h"

#include "tests/support/catalog_fixture.h"

#include <stdio.h>
#include <string.h>

enum { NOW_S = CATALOG_FIXTURE_TODAY * 86400, MONTHS = 12, NO_GROUP = RECORD_UNKNOWN - 1 };

struct line {
    const char *id;
    const char *title;
    enum direction direction;
    const char *activity;
    const char *organization; // o1 or o2
    int age_from;
    int age_to;
    uint32_t payment;
    int32_t price_kopecks; // a month
    enum ternary enrollment;
    int32_t places[2]; // of its groups; the first NO_GROUP ends them
    const char *description;
};

// clang-format off
static const struct line lines[] = {
    {"p01", "Робототехника: первые шаги", DIRECTION_TECH, "Робототехника", "o1", 8, 11,
     PAYMENT_FREE | PAYMENT_CERTIFICATE, 150000, TERNARY_YES, {3, 0},
     "Собираем первого робота и учим его слушаться. Детали выдаём, опыта не нужно."},
    {"p02", "Робототехника и электроника", DIRECTION_TECH, "Робототехника", "o2", 12, 16,
     PAYMENT_CERTIFICATE, 180000, TERNARY_YES, {11, NO_GROUP},
     "Микроконтроллеры, датчики, пайка и свой проект к весне."},
    {"p03", "Спортивная робототехника", DIRECTION_TECH, "Робототехника", "o2", 10, 14,
     PAYMENT_PAID, 250000, TERNARY_NO, {5, NO_GROUP}, "Готовимся к соревнованиям."},
    {"p04", "Живая вода", DIRECTION_SCIENCE, "Биология", "o1", 10, 15, PAYMENT_FREE,
     RECORD_UNKNOWN, TERNARY_YES, {RECORD_UNKNOWN, NO_GROUP},
     "Сачок, лупа и ручей за домом: изучаем, кто живёт в воде."},
    {"p05", "Плавание для начинающих", DIRECTION_SPORT, "Плавание", "o2", 7, 10,
     PAYMENT_PAID, 120000, TERNARY_YES, {0, NO_GROUP}, "Учимся не бояться воды."},
    {"p06", "Шахматы", DIRECTION_SPORT, "Шахматы", "o1", 6, 17, PAYMENT_FREE, RECORD_UNKNOWN,
     TERNARY_YES, {12, NO_GROUP}, "От первой партии до разряда."},
    {"p07", "Театр кукол", DIRECTION_ART, "Театр", "o1", 7, 12, PAYMENT_CERTIFICATE, 90000,
     TERNARY_YES, {8, 2}, "Делаем куклу, придумываем ей голос и играем спектакль."},
    {"p08", "Глиняная игрушка", DIRECTION_ART, "Керамика", "o1", 5, 8,
     PAYMENT_FREE | PAYMENT_CERTIFICATE, RECORD_UNKNOWN, TERNARY_YES, {1, NO_GROUP},
     "Лепим свистульки и расписываем их."},
    {"p09", "Ансамбль «Родничок»", DIRECTION_ART, "Хореография", "o2", 5, 18, 0, RECORD_UNKNOWN,
     TERNARY_YES, {20, NO_GROUP}, "Народный танец, репетиции и концерты."},
    {"p10", "Юный турист", DIRECTION_TOUR, "Туризм", "o1", 9, 13, PAYMENT_FREE, RECORD_UNKNOWN,
     TERNARY_YES, {6, NO_GROUP}, "Узлы, костёр, карта и выходы в лес."},
    {"p11", "Школьное телевидение", DIRECTION_SOCIAL, "Журналистика", "o1", 11, 17, PAYMENT_FREE,
     RECORD_UNKNOWN, TERNARY_YES, {4, NO_GROUP}, "Снимаем новости школы."},
    {"p12", "Скоро в школу", DIRECTION_SOCIAL, "Подготовка к школе", "o2", 5, 7, PAYMENT_PAID,
     200000, TERNARY_YES, {NO_GROUP, NO_GROUP}, "Готовимся к первому классу играя."},
};
// clang-format on

static struct record_head head(const char *id)
{
    return (struct record_head){id, id, "small_region", NOW_S};
}

static void add_places(struct snapshot_builder *builder)
{
    static const char *const names[2] = {"Дом детского творчества", "Спортивная школа «Темп»"};
    static const char *const streets[2] = {"ул. Школьная, 12", "ул. Октябрьская, 6"};
    static const double latitudes[2] = {52.06, 52.071};
    snapshot_builder_add(
        builder,
        &(struct record){RECORD_MUNICIPALITY, .municipality = {head("m1"), "Должанский район"}});
    for (int i = 0; i < 2; i++) {
        char address[16];
        char organization[16];
        snprintf(address, sizeof address, "a%d", i + 1);
        snprintf(organization, sizeof organization, "o%d", i + 1);
        snapshot_builder_add(
            builder, &(struct record){RECORD_ADDRESS, .address = {head(address), streets[i], "m1",
                                                                  latitudes[i], 37.36}});
        snapshot_builder_add(
            builder,
            &(struct record){RECORD_ORGANIZATION, .organization = {head(organization), names[i],
                                                                   "+7 48672 2-14-30", "", "m1"}});
    }
}

static void add_program(struct snapshot_builder *builder, const struct line *line,
                        const char *title)
{
    char url[64];
    snprintf(url, sizeof url, "https://xn--80aafey1amqq.example/program/%s", line->id + 1);
    struct program program = {.head = head(line->id),
                              .title = title,
                              .activity = line->activity,
                              .description = line->description,
                              .url = url,
                              .organization_id = line->organization,
                              .direction = line->direction,
                              .level = LEVEL_BASE,
                              .form = STUDY_FORM_FULL_TIME,
                              .age_min_months = line->age_from * MONTHS,
                              .age_max_months = line->age_to * MONTHS + MONTHS - 1,
                              .payment = line->payment,
                              .rating_x10 = 48,
                              .reviews = 38};
    snapshot_builder_add(builder, &(struct record){RECORD_PROGRAM, .program = program});
}

enum edition { ORIGINAL, CHANGED, SPREAD };

static void add_group(struct snapshot_builder *builder, const struct line *line, int number,
                      bool elsewhere)
{
    enum { YOUNGER_MIN_MONTHS = 78, YOUNGER_MAX_MONTHS = 107 };
    char id[16];
    snprintf(id, sizeof id, "%s-%d", line->id, number + 1);
    bool waiting = line->places[number] == 0 && line->payment != PAYMENT_PAID;
    struct group group = {
        .head = head(id),
        .program_id = line->id,
        .teacher = "Анна Викторовна Седых",
        .address_id = strcmp(line->organization, "o1") == 0 && !elsewhere ? "a1" : "a2",
        .age_min_months = elsewhere ? YOUNGER_MIN_MONTHS : RECORD_UNKNOWN,
        .age_max_months = elsewhere ? YOUNGER_MAX_MONTHS : RECORD_UNKNOWN,
        .size = 12,
        .places_free = line->places[number],
        .waitlist_length = waiting ? 4 : RECORD_UNKNOWN,
        .places_known_at_s = NOW_S,
        .enrollment = line->enrollment,
        .order_from_day = RECORD_DAY_UNKNOWN,
        .order_to_day = RECORD_DAY_UNKNOWN,
        .next_order_from_day = RECORD_DAY_UNKNOWN,
        .next_order_to_day = RECORD_DAY_UNKNOWN,
        .start_day = RECORD_DAY_UNKNOWN,
        .end_day = RECORD_DAY_UNKNOWN,
        .price_month_kopecks = line->price_kopecks,
        .price_total_kopecks = RECORD_UNKNOWN,
        .slots =
            {{.weekday = (uint8_t)(2 + number), .from_min = 960, .to_min = 1050, .address_id = ""},
             {.weekday = (uint8_t)(4 + number), .from_min = 960, .to_min = 1050, .address_id = ""}},
        .slot_count = 2};
    snapshot_builder_add(builder, &(struct record){RECORD_GROUP, .group = group});
}

static struct snapshot *build(uint64_t serial, enum edition edition)
{
    struct snapshot_builder *builder = snapshot_builder_create();
    add_places(builder);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        const struct line *line = &lines[i];
        if (edition == CHANGED && strcmp(line->id, "p02") == 0)
            continue;
        bool renamed = edition == CHANGED && strcmp(line->id, "p01") == 0;
        add_program(builder, line, renamed ? "Робототехника с нуля" : line->title);
        for (int g = 0; g < 2 && line->places[g] != NO_GROUP; g++)
            add_group(builder, line, g, edition == SPREAD && g == 1);
    }
    return snapshot_build(builder, serial, NOW_S, NOW_S + 30 * 86400, "demo");
}

struct snapshot *small_region(uint64_t serial)
{
    return build(serial, ORIGINAL);
}

struct snapshot *small_region_changed(uint64_t serial)
{
    return build(serial, CHANGED);
}

struct snapshot *small_region_spread(uint64_t serial)
{
    return build(serial, SPREAD);
}
