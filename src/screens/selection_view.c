#include "base/text.h"
#include "screens/chrome.h"
#include "screens/selection_parts.h"
#include "ui/quilt.h"
#include "wording/format.h"

#include <stdio.h>

enum {
    COLUMNS = 3, // seen at once
    COLUMN_GAP = 15,
    COLUMN_PAD = 22,
    COVER_H = 104,
    COVER_CELL = 52,
    CROSS_PX = 88,
    TITLE_H = 134,
    AGE_H = 90,
    WHEN_H = 164,
    FACT_H = 112,
    TABLE_H = COVER_H + TITLE_H + AGE_H + WHEN_H + 3 * FACT_H,
    TITLE_LINES = 3,
    LANDSCAPE_SIDE_W = 536,
};

// One column while its rows are drawn from the top.
struct column {
    const struct scene *scene;
    const struct selection_item *item;
    uint32_t place;
    struct rect box;
    int y;
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

// A block that can be pressed; returns where it stands now.
static struct rect draw_key(const struct pen *pen, struct rect box, enum color fill,
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

static void draw_cross(const struct column *column)
{
    const struct pen *pen = &column->scene->pen;
    struct rect box = {column->box.x + column->box.w - CROSS_PX - 8, column->box.y + 6, CROSS_PX,
                       CROSS_PX};
    box = draw_key(pen, box, COLOR_SURFACE, ACTION_SELECTION_REMOVE, column->place,
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

static void draw_fact(struct column *column, enum word name, int height, enum color color,
                      const char *fact)
{
    const struct pen *pen = &column->scene->pen;
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
    key = draw_key(pen, key, item->chosen == NULL ? COLOR_SELECTED_BG : COLOR_SURFACE,
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

static void draw_column(const struct scene *scene, const struct selection_plan *plan,
                        uint32_t place, struct rect box)
{
    const struct pen *pen = &scene->pen;
    struct column column = {scene, &plan->items[place], place, box, box.y};
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

// Left to right, sideways beyond three; what is out of sight isn't drawn.
static void draw_table(const struct scene *scene, const struct selection_plan *plan,
                       struct rect view, int width)
{
    struct frame *frame = scene->pen.frame;
    int step = width + COLUMN_GAP;
    int content = (int)plan->count * step - COLUMN_GAP;
    frame_clip_push(frame, view);
    struct target *scroll = frame_target(frame, view, ROLE_SCROLL, ACTION_SCROLL_CHIPS, 0, "");
    if (scroll != NULL)
        scroll->value = (uint32_t)(content > view.w ? content : view.w);
    for (uint32_t i = 0; i < plan->count; i++) {
        struct rect box = {view.x + (int)i * step - scroll_offset(&scene->visit->columns), view.y,
                           width, TABLE_H};
        if (!rect_empty(rect_intersect(box, view)))
            draw_column(scene, plan, i, box);
    }
    frame_clip_pop(frame);
}

static void draw_heading(const struct scene *scene, const struct selection_plan *plan, int x,
                         int right, int y)
{
    enum { CLEAR_W = 286, MORE_W = 112, GAP = 16, H = 92 };
    const struct pen *pen = &scene->pen;
    const char *const *texts = scene->words->texts;
    pen_line(pen, (struct rect){x, y, right - x - CLEAR_W - MORE_W - 2 * GAP, H}, STYLE_H1,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, texts[WORD_SELECTION_TITLE]);
    struct button clear = {.kind = BUTTON_SECOND,
                           .style = STYLE_BODY_BOLD,
                           .label = texts[WORD_SELECTION_CLEAR],
                           .icon = ICON_TRASH};
    widget_button(pen, (struct rect){right - CLEAR_W, y, CLEAR_W, H}, &clear,
                  ACTION_SELECTION_CLEAR, 0);
    if (plan->count <= COLUMNS)
        return;
    const struct scroll *columns = &scene->visit->columns;
    bool at_end = columns->position_px > 0 && columns->position_px >= columns->limit_px;
    struct rect box = {right - CLEAR_W - GAP - MORE_W, y, MORE_W, H};
    box = draw_key(pen, box, COLOR_SURFACE, ACTION_SELECTION_MORE, 0,
                   texts[at_end ? WORD_SELECTION_BACK : WORD_SELECTION_MORE]);
    pen_icon(pen, box, at_end ? ICON_CHEVRON_LEFT : ICON_CHEVRON_RIGHT, 44,
             pen_color(pen, COLOR_INK));
}

static void view_portrait(const struct scene *scene, const struct selection_plan *plan)
{
    enum { BAND_H = 344 };
    int width = scene->width - 2 * CHROME_MARGIN;
    chrome_draw_topbar(scene);
    draw_heading(scene, plan, CHROME_MARGIN, scene->width - CHROME_MARGIN, 106);
    struct rect table = {CHROME_MARGIN, 222, scene->width - CHROME_MARGIN, TABLE_H};
    draw_table(scene, plan, table, (width - (COLUMNS - 1) * COLUMN_GAP) / COLUMNS);
    int bottom = scene->height - CHROME_DOCK_H;
    int y = table.y + TABLE_H + 14;
    y = selection_draw_cost(scene, plan, (struct rect){CHROME_MARGIN, y, width, 0}) + 12;
    selection_draw_clash(scene, plan, (struct rect){CHROME_MARGIN, y, width, 0});
    selection_draw_take(scene, plan, (struct rect){0, bottom - BAND_H, scene->width, BAND_H});
}

static void view_landscape(const struct scene *scene, const struct selection_plan *plan)
{
    enum { BAND_H = 392 };
    struct rect side = {scene->width - LANDSCAPE_SIDE_W, 0, LANDSCAPE_SIDE_W, scene->height};
    int x = CHROME_RAIL_W + CHROME_MARGIN;
    int width = side.x - 24 - x;
    draw_heading(scene, plan, x, x + width, 36);
    struct rect table = {x, 160, width + 24, TABLE_H};
    draw_table(scene, plan, table, (width - (COLUMNS - 1) * COLUMN_GAP) / COLUMNS);
    struct rect inner = {side.x + 24, 36, side.w - 24 - CHROME_MARGIN, 0};
    int y = selection_draw_cost(scene, plan, inner) + 16;
    selection_draw_clash(scene, plan, (struct rect){inner.x, y, inner.w, 0});
    selection_draw_take(scene, plan, (struct rect){side.x, scene->height - BAND_H, side.w, BAND_H});
}

void selection_view(const struct scene *scene)
{
    struct selection_plan plan;
    selection_plan(scene->visit, scene->catalog, &scene->clock, &plan);
    if (plan.count == 0)
        selection_draw_empty(scene);
    else if (scene->landscape)
        view_landscape(scene, &plan);
    else
        view_portrait(scene, &plan);
}
