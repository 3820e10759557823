#include "tests/support/desk.h"

#include "base/check.h"
#include "ui/assets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MONTHS = 12, TODAY = 20779, DAY_S = 86400 }; // 2026-11-22

static const char host[] = "https://xn--80aafey1amqq.example";

struct line {
    const char *id;
    const char *title;
    enum direction direction;
    const char *organization;
    const char *description;
    const char *url; // NULL: on the region's host
    int age_from;    // RECORD_UNKNOWN: both are
    int age_to;
    uint32_t payment;
    int groups;
    int32_t price_kopecks; // of the first group, a month
    bool ended;
};

// clang-format off
static const struct line lines[DESK_PROGRAM_COUNT] = {
    [DESK_PLAIN] = {"d0", "Робототехника: первые шаги", DIRECTION_TECH, "o1",
     "Собираем роботов и учим их ездить по линии. Опыт не нужен — всё выдадим на занятии.", NULL,
     8, 11, PAYMENT_FREE | PAYMENT_CERTIFICATE, 1, 150000, false},
    [DESK_TWO_GROUPS] = {"d1", "Спортивное ориентирование", DIRECTION_TOUR, "o1",
     "Карта, компас и лес. Осенью бегаем, зимой встаём на лыжи.", NULL,
     9, 14, PAYMENT_PAID, 2, 150000, false},
    [DESK_LONG] = {"d2", "Дополнительная общеобразовательная общеразвивающая программа художественной "
     "направленности «Мир глазами юного художника: живопись, графика, лепка и роспись для тех, кто "
     "любит рисовать и хочет уметь больше»", DIRECTION_ART, "o2",
     "Программа знакомит с живописью, графикой, лепкой и росписью. За год успеваем попробовать "
     "гуашь, акварель, пастель, тушь, глину и папье-маше, дважды съездить на пленэр и собрать "
     "работы на выставку. Материалы первого месяца выдаём, дальше подскажем, что купить и где.", NULL,
     6, 17, PAYMENT_CERTIFICATE | PAYMENT_PAID, 1, 249950, false},
    [DESK_CAPITALS] = {"d3", "ВОЕННО-ПАТРИОТИЧЕСКИЙ КЛУБ «ВЫМПЕЛ»: ОГНЕВАЯ, СТРОЕВАЯ И МЕДИЦИНСКАЯ "
     "ПОДГОТОВКА", DIRECTION_SOCIAL, "o1", "ЗАНЯТИЯ ДЛЯ СТАРШИХ ШКОЛЬНИКОВ.", NULL,
     14, 17, PAYMENT_FREE, 1, RECORD_UNKNOWN, false},
    [DESK_BARE] = {"d4", "Живая вода", DIRECTION_COUNT, "", "", "", RECORD_UNKNOWN, 0, 0, 0,
     RECORD_UNKNOWN, false},
    [DESK_ENDED] = {"d5", "Юный химик", DIRECTION_SCIENCE, "o1", "Опыты без учебника.", NULL,
     12, 15, PAYMENT_FREE, 2, RECORD_UNKNOWN, true},
    [DESK_ONE_WORD] = {"d6", "Электрогидродинамикорадиоастрофотографирование", DIRECTION_SCIENCE,
     "o1", "Снимаем небо.", NULL, 10, 10, PAYMENT_FREE, 1, RECORD_UNKNOWN, false},
    [DESK_MANY] = {"d7", "Плавание", DIRECTION_SPORT, "o2", "Бассейн 25 метров.", NULL,
     7, 17, PAYMENT_PAID, 12, 300000, false},
    [DESK_FOREIGN] = {"d8", "Шахматы", DIRECTION_SPORT, "o2", "От первой партии до разряда.",
     "https://evil.example/d8", 6, 17, PAYMENT_FREE, 1, RECORD_UNKNOWN, false},
    [DESK_LONG_LINK] = {"d9", "Хор «Капельки»", DIRECTION_ART, "o1", "Поём вместе.", "long",
     5, 8, PAYMENT_CERTIFICATE, 1, 90000, false},
};
// clang-format on

static struct record_head head(const char *id)
{
    return (struct record_head){id, id, "desk", (int64_t)TODAY * DAY_S};
}

static void add_places(struct snapshot_builder *builder)
{
    static const char *const names[] = {
        "Дом детского творчества",
        "Муниципальное бюджетное учреждение дополнительного образования «Центр развития творчества "
        "детей и юношества имени Героя Советского Союза И. И. Иванова»"};
    static const char *const streets[] = {
        "ул. Школьная, 12, каб. 24", "ул. Октябрьская, 6",
        "пгт. Долгое, микрорайон Железнодорожный, 2-й Краснознамённый проезд, д. 14, корп. 3"};
    for (int i = 0; i < 3; i++) {
        char id[16];
        snprintf(id, sizeof id, "a%d", i + 1);
        snapshot_builder_add(
            builder, &(struct record){RECORD_ADDRESS,
                                      .address = {head(id), streets[i], "", 52.06 + i, 37.36}});
        snprintf(id, sizeof id, "o%d", i + 1);
        if (i < 2)
            snapshot_builder_add(
                builder,
                &(struct record){RECORD_ORGANIZATION,
                                 .organization = {head(id), names[i], "+7 48672 2-14-30", "", ""}});
    }
}

static void add_program(struct snapshot_builder *builder, const struct line *line)
{
    char url[LINK_BYTES];
    snprintf(url, sizeof url, "%s/program/%s", host, line->id);
    while (line->url != NULL && strcmp(line->url, "long") == 0 && strlen(url) < 400)
        strcat(url, "-longer");
    bool own = line->url == NULL || strcmp(line->url, "long") == 0;
    struct program program = {
        .head = head(line->id),
        .title = line->title,
        .activity = "",
        .description = line->description,
        .url = own ? url : line->url,
        .organization_id = line->organization,
        .direction = line->direction,
        .age_min_months = line->age_from < 0 ? RECORD_UNKNOWN : line->age_from * MONTHS,
        .age_max_months = line->age_from < 0 ? RECORD_UNKNOWN : line->age_to * MONTHS + MONTHS - 1,
        .payment = line->payment,
        .rating_x10 = RECORD_UNKNOWN,
        .reviews = RECORD_UNKNOWN};
    snapshot_builder_add(builder, &(struct record){RECORD_PROGRAM, .program = program});
}

static void add_group(struct snapshot_builder *builder, const struct line *line, int number)
{
    char id[64];
    bool many = line->groups > 2;
    snprintf(id, sizeof id, many ? "%s/2026-2027/бассейн-%02d" : "%s-%d", line->id, number + 1);
    const char *address = many || number > 0 ? "a2" : line->id[1] == '2' ? "a3" : "a1";
    struct group group = {.head = head(id),
                          .program_id = line->id,
                          .teacher = "",
                          .address_id = address,
                          .age_min_months = RECORD_UNKNOWN,
                          .age_max_months = RECORD_UNKNOWN,
                          .size = 12,
                          .places_free = 3,
                          .waitlist_length = RECORD_UNKNOWN,
                          .places_known_at_s = (int64_t)TODAY * DAY_S,
                          .enrollment = TERNARY_YES,
                          .order_from_day = RECORD_DAY_UNKNOWN,
                          .order_to_day = RECORD_DAY_UNKNOWN,
                          .next_order_from_day = RECORD_DAY_UNKNOWN,
                          .next_order_to_day = RECORD_DAY_UNKNOWN,
                          .start_day = RECORD_DAY_UNKNOWN,
                          .end_day = line->ended ? TODAY - 10 : RECORD_DAY_UNKNOWN,
                          .price_month_kopecks = line->price_kopecks < 0
                                                     ? RECORD_UNKNOWN
                                                     : line->price_kopecks + number * 50000,
                          .price_total_kopecks = RECORD_UNKNOWN,
                          .slot_count = many ? 6 : 2};
    for (uint32_t i = 0; i < group.slot_count; i++)
        group.slots[i] =
            (struct slot){.weekday = (uint8_t)(many ? i + 1 : 2 + number + 2 * i),
                          .from_min = (int16_t)(960 + 100 * number % 300 + (many ? 10 * i : 0)),
                          .to_min = (int16_t)(1050 + 100 * number % 300 + (many ? 10 * i : 0)),
                          .address_id = ""};
    snapshot_builder_add(builder, &(struct record){RECORD_GROUP, .group = group});
}

static struct snapshot *region(void)
{
    struct snapshot_builder *builder = snapshot_builder_create();
    add_places(builder);
    for (size_t i = 0; i < DESK_PROGRAM_COUNT; i++) {
        add_program(builder, &lines[i]);
        for (int g = 0; g < lines[i].groups; g++)
            add_group(builder, &lines[i], g);
    }
    return snapshot_build(builder, 1, (int64_t)TODAY * DAY_S, (int64_t)(TODAY + 30) * DAY_S,
                          "desk");
}

static void fill_config(struct config *config)
{
    snprintf(config->organization, sizeof config->organization, "Дом детского творчества");
    snprintf(config->place, sizeof config->place, "Должанский район");
    snprintf(config->help_place, sizeof config->help_place, "в кабинете 11, 1 этаж");
    snprintf(config->help_hours, sizeof config->help_hours, "до 17:00");
    snprintf(config->enroll_hosts[0], LINK_HOST_BYTES, "навигатор.example");
    config->enroll_host_count = 1;
    snprintf(config->languages[0], sizeof config->languages[0], "ru");
    config->language_count = 1;
}

struct desk *desk_open(const char *tree)
{
    char folder[ASSETS_PATH_BYTES];
    char error[ASSETS_ERROR_BYTES] = "";
    struct desk *desk = calloc(1, sizeof *desk);
    CHECK(desk != NULL);
    snprintf(folder, sizeof folder, "%s/assets", tree);
    bool fine = assets_theme(folder, &desk->theme, &desk->metrics, error) &&
                assets_words(folder, "ru", &desk->words, error);
    if (!fine)
        fprintf(stderr, "%s\n", error);
    CHECK(fine);
    snprintf(desk->icons_dir, sizeof desk->icons_dir, "%s/assets/icons", tree);
    fill_config(&desk->config);
    desk->catalog = region();
    desk->scene = (struct sheet_scene){
        .pen = {.frame = &desk->page,
                .theme = &desk->theme,
                .metrics = &desk->metrics,
                .palette = PALETTE_NORMAL},
        .words = &desk->words,
        .config = &desk->config,
        .catalog = desk->catalog,
        .order = &desk->order,
        .clock = {.wall_s = DESK_WALL_S, .utc_offset_s = DESK_UTC_OFFSET_S},
    };
    return desk;
}

void desk_close(struct desk *desk)
{
    snapshot_destroy(desk->catalog);
    free(desk);
}

void desk_draw(struct desk *desk, unsigned page)
{
    sheet_make_codes(&desk->scene, page, &desk->codes);
    sheet_draw(&desk->scene, page, &desk->codes);
}

void desk_take(struct desk *desk, const struct desk_case *order)
{
    memset(&desk->order, 0, sizeof desk->order);
    desk->order.copies = 1;
    order->fill(&desk->order);
    desk->order.serial = desk->order.item_count > 0 ? 1 : 0;
    CHECK(sheet_order_valid(&desk->order, desk->catalog));
}
