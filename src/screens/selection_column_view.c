// One kept program: a column of the table, or where that has no room for the words a card.
#include "base/text.h"
#include "screens/chrome.h"
#include "screens/layout.h"
#include "screens/selection_parts.h"
#include "ui/quilt.h"
#include "wording/format.h"

#include <stdio.h>

enum {
    COLUMN_PAD = 22,
    COVER_H = 104,
    COVER_CELL = 52,
    CROSS_PX = 88,
    TARGET_GAP_PX = 12,
    TITLE_H = 134,
    AGE_H = 90,
    WHEN_H = 164,
    FACT_H = 112,
    FACT_PAD = 12,
    FACT_LINES = 4,
    TITLE_LINES = 3,
};
_Static_assert(SELECTION_TABLE_H == COVER_H + TITLE_H + AGE_H + WHEN_H + 3 * FACT_H,
               "the rows of a column");

// One column while its rows are drawn from the top.
struct column {
    const struct scene *scene;
    const struct selection_item *item;
    uint32_t place;
    struct rect box;
    int y;
    bool card; // facts in a list, as high as their words, instead of rows of the table
    int name_w;
};

static void draw_cover(const struct column *column)
{
    const struct pen *pen = &column->scene->pen;
    const struct program *program = &column->item->program->record;
    struct rect cover = {column->box.x, column->y, column->box.w, COVER_H};
    bool known = program->direction != DIRECTION_COUNT;
    if (pen->palette == PALETTE_HIGH_CONTRAST) {
        if (known)
            pen_picture(pen, (struct rect){cover.x + COLUMN_PAD, cover.y + 8, 88, 88},
                        chrome_plain_emblem(program->direction), CROP_FIT);
        return;
    }
    frame_round_clip(pen->frame, cover, CORNER_TOP_LEFT | CORNER_TOP_RIGHT, 28);
    quilt_draw(pen->frame, cover, COVER_CELL, program->head.local_id,
               &pen->theme->directions[known ? program->direction : DIRECTION_SOCIAL]);
    frame_round_clip_end(pen->frame);
}

struct rect selection_draw_key(const struct pen *pen, struct rect box, enum color fill,
                               unsigned action, uint32_t value, const char *label)
{
    enum { EDGE_PX = 6, DOWN_PX = 4 };
    bool pressed = pen_pressed(pen, (uint16_t)action, value);
    struct rect face = {box.x, box.y + (pressed ? DOWN_PX : 0), box.w, box.h};
    pen_block(pen, face,
              (struct block_look){.fill = pen_color(pen, fill),
                                  .stroke = pen_color(pen, COLOR_LINE),
                                  .stroke_px = 2,
                                  .edge = pen_color(pen, COLOR_EDGE),
                                  .edge_px = pressed ? EDGE_PX - DOWN_PX : EDGE_PX,
                                  .radius = 24});
    frame_target(pen->frame, (struct rect){box.x, box.y, box.w, box.h + EDGE_PX}, ROLE_BUTTON,
                 (uint16_t)action, value, label);
    return face;
}

static void draw_small_cover(const struct column *column, struct rect cover)
{
    const struct pen *pen = &column->scene->pen;
    const struct program *program = &column->item->program->record;
    bool known = program->direction != DIRECTION_COUNT;
    if (pen->palette == PALETTE_HIGH_CONTRAST) {
        if (known)
            pen_picture(pen, cover, chrome_plain_emblem(program->direction), CROP_FIT);
        return;
    }
    frame_round_clip(pen->frame, cover, CORNER_ALL, 28);
    quilt_draw(pen->frame, cover, COVER_CELL, program->head.local_id,
               &pen->theme->directions[known ? program->direction : DIRECTION_SOCIAL]);
    frame_round_clip_end(pen->frame);
}

static void draw_cross(const struct column *column)
{
    const struct pen *pen = &column->scene->pen;
    struct rect box = {column->box.x + column->box.w - CROSS_PX - 8, column->box.y + 6, CROSS_PX,
                       CROSS_PX};
    box = selection_draw_key(pen, box, COLOR_SURFACE, ACTION_SELECTION_REMOVE, column->place,
                             column->scene->words->texts[WORD_SELECTION_REMOVE]);
    pen_icon(pen, box, ICON_CLOSE, 40, pen_color(pen, COLOR_INK));
}

static void draw_title(struct column *column, const char *title)
{
    const struct pen *pen = &column->scene->pen;
    bool pressed = pen_pressed(pen, ACTION_SELECTION_OPEN, column->place);
    pen_paragraph(pen,
                  (struct rect){column->box.x + COLUMN_PAD, column->y + 8 + (pressed ? 4 : 0),
                                column->box.w - 2 * COLUMN_PAD, 0},
                  STYLE_BODY_BOLD, pen_color(pen, COLOR_INK), ALIGN_LEFT, title, TITLE_LINES);
    column->y += TITLE_H;
}

// Begins a row: its line and its name.
static void begin_row(const struct column *column, const char *name)
{
    const struct pen *pen = &column->scene->pen;
    pen_fill(pen, (struct rect){column->box.x, column->y, column->box.w, 2},
             pen_color(pen, COLOR_LINE));
    pen_line(pen,
             (struct rect){column->box.x + COLUMN_PAD, column->y + 9,
                           column->box.w - 2 * COLUMN_PAD, 34},
             STYLE_CAPTION, pen_color(pen, COLOR_INK_2), ALIGN_LEFT, name);
}

// A card's fact: its name at the left.
static struct rect fact_words(const struct column *column, int y)
{
    int x = column->box.x + COLUMN_PAD + column->name_w;
    return (struct rect){x, y, column->box.x + column->box.w - COLUMN_PAD - x, 0};
}

static void draw_card_name(const struct column *column, const char *name)
{
    const struct pen *pen = &column->scene->pen;
    pen_fill(pen, (struct rect){column->box.x, column->y, column->box.w, 2},
             pen_color(pen, COLOR_LINE));
    layout_words(pen,
                 (struct rect){column->box.x + COLUMN_PAD, column->y + FACT_PAD,
                               column->name_w - COLUMN_PAD, 0},
                 STYLE_CAPTION, COLOR_INK_2, name);
}

static int taller(int a, int b)
{
    return a > b ? a : b;
}

static int card_name_height(const struct column *column, const char *name)
{
    return layout_words_height(&column->scene->pen, column->name_w - COLUMN_PAD, STYLE_CAPTION,
                               name);
}

static void draw_card_fact(struct column *column, const char *name, enum color color,
                           const char *fact)
{
    const struct pen *pen = &column->scene->pen;
    draw_card_name(column, name);
    struct rect words = fact_words(column, column->y + FACT_PAD);
    int height =
        pen_paragraph(pen, words, STYLE_PILL, pen_color(pen, color), ALIGN_LEFT, fact, FACT_LINES);
    column->y += 2 * FACT_PAD + taller(height, card_name_height(column, name));
}

static void draw_fact(struct column *column, enum word name, int height, enum color color,
                      const char *fact)
{
    const struct pen *pen = &column->scene->pen;
    if (column->card) {
        draw_card_fact(column, column->scene->words->texts[name], color, fact);
        return;
    }
    begin_row(column, column->scene->words->texts[name]);
    pen_paragraph(pen,
                  (struct rect){column->box.x + COLUMN_PAD, column->y + 42,
                                column->box.w - 2 * COLUMN_PAD, 0},
                  STYLE_PILL, pen_color(pen, color), ALIGN_LEFT, fact, height < FACT_H ? 1 : 2);
    column->y += height;
}

static void draw_age(struct column *column)
{
    const struct program *program = &column->item->program->record;
    const struct group *group = column->item->shown == NULL ? NULL : &column->item->shown->record;
    bool own = group != NULL && (group->age_min_months >= 0 || group->age_max_months >= 0);
    char text[FORMAT_BYTES];
    format_ages(column->scene->words, own ? group->age_min_months : program->age_min_months,
                own ? group->age_max_months : program->age_max_months, text, sizeof text);
    draw_fact(column, WORD_SELECTION_AGE, AGE_H, COLOR_INK, text);
}

static void when_name(const struct column *column, char *ret_name, size_t capacity)
{
    const struct selection_item *item = column->item;
    const struct words *words = column->scene->words;
    uint32_t count = item->program->group_count;
    char number[16];
    char of[16];
    if (count < 2 || item->chosen == NULL) {
        text_copy(ret_name, capacity, words->texts[WORD_SELECTION_WHEN]);
        return;
    }
    const struct snapshot_group *groups =
        &column->scene->catalog->groups[item->program->group_first];
    snprintf(number, sizeof number, "%d", (int)(item->chosen - groups) + 1);
    snprintf(of, sizeof of, "%u", count);
    words_fill(words, WORD_SELECTION_WHEN_OF,
               (struct word_part[]){{"number", number}, {"count", of}}, 2, ret_name, capacity);
}

static void when_fact(const struct column *column, char *ret_text, size_t capacity)
{
    const struct selection_item *item = column->item;
    const struct words *words = column->scene->words;
    uint32_t count = item->program->group_count;
    if (count == 0)
        text_copy(ret_text, capacity, words->texts[WORD_PLACES_NO_TIMETABLE]);
    else if (item->chosen != NULL || count == 1)
        format_schedule(words, &item->shown->record, true, ret_text, capacity);
    else
        words_count(words, WORD_SELECTION_CHOOSE, count, ret_text, capacity);
}

// A card's hours: a key where there are several groups.
static void draw_card_when(struct column *column, const char *name, const char *text)
{
    enum { KEY_PAD = 16, KEY_ICON = 48, ICON_W = 46, EDGE_PX = 6 };
    const struct pen *pen = &column->scene->pen;
    const struct selection_item *item = column->item;
    enum color color = item->clashes ? COLOR_WARN : COLOR_INK;
    struct rect words = fact_words(column, column->y + FACT_PAD);
    draw_card_name(column, name);
    if (item->clashes) {
        words.w -= ICON_W;
        pen_icon(pen, (struct rect){words.x + words.w + ICON_W - 34, words.y, 34, 34}, ICON_WARNING,
                 34, pen_color(pen, color));
    }
    if (item->program->group_count < 2) {
        int height = pen_paragraph(pen, words, STYLE_PILL, pen_color(pen, color), ALIGN_LEFT, text,
                                   FACT_LINES);
        column->y += 2 * FACT_PAD + taller(height, card_name_height(column, name));
        return;
    }
    int room = words.w - 2 * KEY_PAD - KEY_ICON;
    int text_h = layout_words_height(pen, room, STYLE_PILL, text);
    words.h = taller(pen_target_px(pen, WIDGET_CHIP_H), text_h + 2 * KEY_PAD);
    struct rect key =
        selection_draw_key(pen, words, item->chosen == NULL ? COLOR_SELECTED_BG : COLOR_SURFACE,
                           ACTION_SELECTION_GROUP, column->place, text);
    layout_words(pen, (struct rect){key.x + KEY_PAD, key.y + (key.h - text_h) / 2, room, 0},
                 STYLE_PILL, color, text);
    pen_icon(pen, (struct rect){key.x + key.w - KEY_ICON, key.y, KEY_ICON, key.h},
             ICON_CHEVRON_RIGHT, 40, pen_color(pen, COLOR_INK));
    column->y += 2 * FACT_PAD + taller(words.h + EDGE_PX, card_name_height(column, name));
}

// Where there are several groups the hours are pressed to take the next one.
static void draw_when(struct column *column)
{
    enum { KEY_H = 102, KEY_MARGIN = 12, KEY_ICON = 48 };
    const struct pen *pen = &column->scene->pen;
    const struct selection_item *item = column->item;
    char name[FORMAT_BYTES];
    char text[FORMAT_BYTES];
    when_name(column, name, sizeof name);
    when_fact(column, text, sizeof text);
    if (column->card) {
        draw_card_when(column, name, text);
        return;
    }
    begin_row(column, name);
    int right = column->box.x + column->box.w - COLUMN_PAD;
    rgb ink = pen_color(pen, item->clashes ? COLOR_WARN : COLOR_INK);
    if (item->clashes)
        pen_icon(pen, (struct rect){right - 34, column->y + 9, 34, 34}, ICON_WARNING, 34, ink);
    if (item->program->group_count < 2) {
        pen_paragraph(pen,
                      (struct rect){column->box.x + COLUMN_PAD, column->y + 46,
                                    column->box.w - 2 * COLUMN_PAD, 0},
                      STYLE_PILL, ink, ALIGN_LEFT, text, 3);
        column->y += WHEN_H;
        return;
    }
    struct rect key = {column->box.x + KEY_MARGIN, column->y + 48, column->box.w - 2 * KEY_MARGIN,
                       KEY_H};
    key = selection_draw_key(pen, key, item->chosen == NULL ? COLOR_SELECTED_BG : COLOR_SURFACE,
                             ACTION_SELECTION_GROUP, column->place, text);
    int room = key.w - KEY_MARGIN - KEY_ICON;
    int lines = (int)pen_lines(pen, room, STYLE_PILL, text, 2);
    pen_paragraph(pen, (struct rect){key.x + KEY_MARGIN, key.y + (KEY_H - 34 * lines) / 2, room, 0},
                  STYLE_PILL, ink, ALIGN_LEFT, text, 2);
    pen_icon(pen, (struct rect){key.x + key.w - KEY_ICON, key.y, KEY_ICON, KEY_H},
             ICON_CHEVRON_RIGHT, 40, pen_color(pen, COLOR_INK));
    column->y += WHEN_H;
}

static void draw_seats(struct column *column)
{
    const struct scene *scene = column->scene;
    char text[FORMAT_BYTES];
    if (column->item->shown == NULL) {
        text_copy(text, sizeof text, scene->words->texts[WORD_PLACES_UNKNOWN]);
    } else {
        struct seat_state seats = group_seats(&column->item->shown->record,
                                              clock_today(&scene->clock), scene->clock.wall_s);
        format_seats(scene->words, &seats, text, sizeof text);
    }
    draw_fact(column, WORD_SELECTION_SEATS, FACT_H, COLOR_INK, text);
}

static void draw_where(struct column *column)
{
    const struct scene *scene = column->scene;
    const struct snapshot *catalog = scene->catalog;
    const struct selection_item *item = column->item;
    const struct organization *organization =
        item->program->organization == SNAPSHOT_NONE
            ? NULL
            : &catalog->organizations[item->program->organization];
    const struct address *address = item->shown == NULL || item->shown->address == SNAPSHOT_NONE
                                        ? NULL
                                        : &catalog->addresses[item->shown->address];
    char distance[FORMAT_BYTES];
    char text[FORMAT_BYTES * 2];
    format_distance(scene->words, scene->config, organization, address, distance, sizeof distance);
    struct text where;
    text_init(&where, text, sizeof text);
    text_add(&where, distance);
    if (address != NULL)
        text_addf(&where, "%s%s", distance[0] == '\0' ? "" : ", ", address->text);
    else if (distance[0] == '\0')
        text_add(&where, organization == NULL ? scene->words->texts[WORD_SELECTION_UNKNOWN]
                                              : organization->name);
    draw_fact(column, WORD_SELECTION_WHERE, FACT_H, COLOR_INK, text);
}

static void draw_price(struct column *column, bool rest_known)
{
    const struct words *words = column->scene->words;
    const struct share *share = &column->item->share;
    char text[FORMAT_BYTES];
    bool none = share->kind == SHARE_FREE || share->kind == SHARE_COVERED;
    enum word word = share->kind == SHARE_FREE      ? WORD_PRICE_FREE
                     : share->kind == SHARE_UNKNOWN ? WORD_SELECTION_UNKNOWN
                                                    : WORD_PRICE_CERTIFICATE;
    text_copy(text, sizeof text, words->texts[word]);
    if (share->kind == SHARE_COVERED)
        format_rubles(words, 0, text, sizeof text);
    else if (share->parents_kopecks > 0 && column->item->shown != NULL)
        format_payment(words, &column->item->shown->record, share->parents_kopecks, text,
                       sizeof text);
    draw_fact(column, rest_known ? WORD_SELECTION_EXTRA : WORD_SELECTION_PRICE, FACT_H,
              none ? COLOR_OK : COLOR_INK, text);
}

void selection_draw_column(const struct scene *scene, const struct selection_plan *plan,
                           uint32_t place, struct rect box)
{
    const struct pen *pen = &scene->pen;
    struct column column = {
        .scene = scene, .item = &plan->items[place], .place = place, .box = box, .y = box.y};
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, COLOR_SURFACE),
                                  .stroke = pen_color(pen, COLOR_LINE),
                                  .stroke_px = 2,
                                  .radius = 28});
    if (column.item->program == NULL) {
        column.y += COVER_H;
        draw_title(&column, scene->words->texts[WORD_SELECTION_GONE]);
        draw_cross(&column);
        return;
    }
    const char *title = column.item->program->record.title;
    frame_target(pen->frame, (struct rect){box.x, box.y, box.w, COVER_H + TITLE_H}, ROLE_CARD,
                 ACTION_SELECTION_OPEN, place, title);
    draw_cover(&column);
    draw_cross(&column);
    column.y += COVER_H;
    draw_title(&column, title);
    draw_age(&column);
    draw_when(&column);
    draw_seats(&column);
    draw_where(&column);
    draw_price(&column, plan->rest.known);
}

// How wide the names of a card's facts are; at most two fifths.
static int name_width(const struct scene *scene, int width)
{
    static const enum word names[] = {WORD_SELECTION_AGE,   WORD_SELECTION_WHEN,
                                      WORD_SELECTION_SEATS, WORD_SELECTION_WHERE,
                                      WORD_SELECTION_PRICE, WORD_SELECTION_EXTRA};
    int widest = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        widest =
            taller(widest, pen_width(&scene->pen, STYLE_CAPTION, scene->words->texts[names[i]]));
    widest += 2 * COLUMN_PAD;
    return widest < width * 2 / 5 ? widest : width * 2 / 5;
}

static void draw_card_facts(struct column *column, bool rest_known)
{
    draw_age(column);
    draw_when(column);
    draw_seats(column);
    draw_where(column);
    draw_price(column, rest_known);
}

// Cover, name and cross in a row. Returns where it ends.
static int draw_card_head(const struct column *column, const char *title)
{
    enum { PAD_PX = 20, COVER_PX = 104, GAP_PX = 22 };
    const struct pen *pen = &column->scene->pen;
    bool alive = column->item->program != NULL;
    struct rect box = column->box;
    struct rect cover = {box.x + PAD_PX, box.y + PAD_PX, COVER_PX, COVER_PX};
    struct rect cross = {box.x + box.w - PAD_PX - CROSS_PX, cover.y, CROSS_PX, CROSS_PX};
    struct rect words = {cover.x + (alive ? COVER_PX + GAP_PX : 0), cover.y, 0, 0};
    words.w = cross.x - GAP_PX - words.x;
    int title_h = (int)pen_lines(pen, words.w, STYLE_BODY_BOLD, title, TITLE_LINES) *
                  pen_style(pen, STYLE_BODY_BOLD)->line_px;
    int end = cover.y + taller(title_h, COVER_PX) + PAD_PX;
    if (alive) {
        frame_target(pen->frame,
                     (struct rect){box.x, box.y, cross.x - TARGET_GAP_PX - box.x, end - box.y},
                     ROLE_CARD, ACTION_SELECTION_OPEN, column->place, title);
        draw_small_cover(column, cover);
    }
    pen_paragraph(pen, words, STYLE_BODY_BOLD, pen_color(pen, COLOR_INK), ALIGN_LEFT, title,
                  TITLE_LINES);
    cross = selection_draw_key(pen, cross, COLOR_SURFACE, ACTION_SELECTION_REMOVE, column->place,
                               column->scene->words->texts[WORD_SELECTION_REMOVE]);
    pen_icon(pen, cross, ICON_CLOSE, 40, pen_color(pen, COLOR_INK));
    return end;
}

static int draw_card_inside(const struct scene *scene, const struct selection_plan *plan,
                            uint32_t place, struct rect box)
{
    const struct selection_item *item = &plan->items[place];
    struct column card = {.scene = scene,
                          .item = item,
                          .place = place,
                          .box = box,
                          .y = box.y,
                          .card = true,
                          .name_w = name_width(scene, box.w)};
    card.y = draw_card_head(&card, item->program == NULL ? scene->words->texts[WORD_SELECTION_GONE]
                                                         : item->program->record.title);
    if (item->program != NULL)
        draw_card_facts(&card, plan->rest.known);
    return card.y;
}

struct card {
    const struct scene *scene;
    const struct selection_plan *plan;
    uint32_t place;
    int width;
};

static int draw_card_part(const void *context, int y)
{
    const struct card *card = context;
    return draw_card_inside(card->scene, card->plan, card->place,
                            (struct rect){0, y, card->width, 0});
}

int selection_card_height(const struct scene *scene, const struct selection_plan *plan,
                          uint32_t place, int width)
{
    struct card card = {scene, plan, place, width};
    return layout_height(scene, &(struct layout_part){draw_card_part, &card});
}

void selection_draw_card(const struct scene *scene, const struct selection_plan *plan,
                         uint32_t place, struct rect box)
{
    const struct pen *pen = &scene->pen;
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, COLOR_SURFACE),
                                  .stroke = pen_color(pen, COLOR_LINE),
                                  .stroke_px = 2,
                                  .radius = 28});
    draw_card_inside(scene, plan, place, box);
}
