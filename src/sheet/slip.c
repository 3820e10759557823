// A certificate's sums on paper: no number, no name, no day that tells the birth date.
#include "base/text.h"
#include "sheet/parts.h"

#include <math.h>
#include <string.h>

enum { LINES = 3, A_ROW = 10, GAP_PX = 8, RADIUS_PX = 8 };

enum cube { CUBE_LEFT, CUBE_RESERVED, CUBE_SPENT };

static const char *title_of(const struct sheet_scene *scene)
{
    static const enum word words[CERTIFICATE_KIND_COUNT] = {
        [CERTIFICATE_ACCOUNTING] = WORD_RESULT_ACCOUNTING,
        [CERTIFICATE_FUNDED] = WORD_RESULT_BALANCE_UNKNOWN,
        [CERTIFICATE_SOCIAL] = WORD_RESULT_SOCIAL,
    };
    return scene->words->texts[words[scene->order->slip.kind]];
}

static const char *status_of(const struct sheet_scene *scene)
{
    static const enum word words[CERTIFICATE_STATUS_COUNT] = {
        [CERTIFICATE_ACTIVE] = WORD_RESULT_ACTIVE,
        [CERTIFICATE_NOT_ACTIVATED] = WORD_RESULT_NOT_ACTIVATED,
        [CERTIFICATE_FROZEN] = WORD_RESULT_FROZEN,
        [CERTIFICATE_EXPIRED] = WORD_RESULT_EXPIRED,
    };
    return scene->words->texts[words[scene->order->slip.status]];
}

// Shapes tell them apart, as on the screen: a quarter, a dot, a cross.
static void draw_cube(const struct pen *pen, struct rect box, struct rect slice, enum cube kind)
{
    frame_clip_push(pen->frame, slice);
    struct rect quarter = {box.x + box.w / 2, box.y + box.h / 2, box.w / 2, box.h / 2};
    struct draw *draw = NULL;
    switch (kind) {
    case CUBE_LEFT:
        pen_block(pen, box, (struct block_look){.fill = SHEET_BLACK, .radius = RADIUS_PX});
        draw = frame_draw(pen->frame, DRAW_MODULE, rect_inset(quarter, 4), SHEET_WHITE);
        if (draw != NULL)
            draw->picture = MODULE_QUARTER;
        break;
    case CUBE_RESERVED:
        pen_block(
            pen, box,
            (struct block_look){
                .fill = SHEET_WHITE, .stroke = SHEET_BLACK, .stroke_px = 3, .radius = RADIUS_PX});
        pen_block(pen, rect_inset(box, box.w / 3),
                  (struct block_look){.fill = SHEET_BLACK, .radius = box.w / 6});
        break;
    case CUBE_SPENT:
        pen_block(
            pen, box,
            (struct block_look){
                .fill = SHEET_WHITE, .stroke = SHEET_BLACK, .stroke_px = 3, .radius = RADIUS_PX});
        pen_icon(pen, box, ICON_CLOSE, box.w * 7 / 10, SHEET_BLACK);
        break;
    }
    frame_clip_pop(pen->frame);
}

static void draw_cubes(struct sheet_column *column, const struct certificate_cubes *cubes)
{
    int size = (column->w - (A_ROW - 1) * GAP_PX) / A_ROW;
    double ends[] = {cubes->left, cubes->left + cubes->reserved, cubes->count};
    for (unsigned i = 0; i < cubes->count; i++) {
        struct rect box = {column->x + (int)(i % A_ROW) * (size + GAP_PX),
                           column->y + (int)(i / A_ROW) * (size + GAP_PX), size, size};
        double from = i;
        for (int kind = CUBE_LEFT; kind <= CUBE_SPENT; kind++) {
            double to = fmin(ends[kind], i + 1.0);
            int left = box.x + (int)lround((from - i) * size);
            int right = box.x + (int)lround((to - i) * size);
            if (to <= from || right <= left)
                continue;
            draw_cube(&column->scene->pen, box, (struct rect){left, box.y, right - left, size},
                      (enum cube)kind);
            from = to;
        }
    }
    column->y += (int)((cubes->count + A_ROW - 1) / A_ROW) * (size + GAP_PX);
}

static void draw_chart(struct sheet_column *column)
{
    const struct sheet_slip *slip = &column->scene->order->slip;
    struct certificate_cubes cubes;
    struct certificate answer = {.kind = slip->kind,
                                 .unit = slip->unit,
                                 .nominal = slip->nominal,
                                 .balance = slip->balance,
                                 .reserved = slip->reserved,
                                 .charged = slip->charged};
    char amount[FORMAT_BYTES];
    char text[FORMAT_BYTES * 2];
    if (certificate_cubes(&answer, &cubes)) {
        column->y += GAP_PX;
        draw_cubes(column, &cubes);
        format_amount(column->scene->words, slip->unit, cubes.cube_amount, amount, sizeof amount);
        words_fill(column->scene->words, WORD_RESULT_CUBE, &(struct word_part){"amount", amount}, 1,
                   text, sizeof text);
        sheet_say(column, STYLE_BODY, text, LINES);
    }
    explicit_bzero(&answer, sizeof answer);
    explicit_bzero(&cubes, sizeof cubes);
}

static void draw_figure(struct sheet_column *column, enum word word, int64_t amount)
{
    enum { LINE_H = 46, BETWEEN_PX = 16 };
    const struct sheet_scene *scene = column->scene;
    char text[FORMAT_BYTES];
    if (amount == CERTIFICATE_AMOUNT_UNKNOWN)
        return;
    format_amount(scene->words, scene->order->slip.unit, amount, text, sizeof text);
    struct rect line = {column->x, column->y, column->w, LINE_H};
    line.w -=
        BETWEEN_PX + pen_line(&scene->pen, line, STYLE_BODY_BOLD, SHEET_BLACK, ALIGN_RIGHT, text);
    pen_line(&scene->pen, line, STYLE_BODY, SHEET_BLACK, ALIGN_LEFT, scene->words->texts[word]);
    column->y += LINE_H;
    explicit_bzero(text, sizeof text);
}

static void draw_money(struct sheet_column *column)
{
    static const enum style styles[] = {STYLE_PAGE_TITLE_S, STYLE_H1, STYLE_H2};
    const struct sheet_scene *scene = column->scene;
    const struct sheet_slip *slip = &scene->order->slip;
    char text[FORMAT_BYTES];
    if (slip->balance != CERTIFICATE_AMOUNT_UNKNOWN) {
        sheet_say(column, STYLE_BODY, scene->words->texts[WORD_RESULT_REST], 1);
        format_amount(scene->words, slip->unit, slip->balance, text, sizeof text);
        sheet_say(column, sheet_fitting(&scene->pen, text, column->w, styles, 3, 1), text, 1);
    }
    format_period(scene->words, slip->period_from, slip->period_to, text, sizeof text);
    sheet_say(column, STYLE_BODY, text, LINES);
    draw_chart(column);
    column->y += GAP_PX;
    draw_figure(column, WORD_SHEET_NOMINAL, slip->nominal);
    draw_figure(column, WORD_RESULT_RESERVED, slip->reserved);
    draw_figure(column, WORD_RESULT_CHARGED, slip->charged);
    explicit_bzero(text, sizeof text);
}

void sheet_draw_slip(const struct sheet_scene *scene, unsigned page,
                     const struct sheet_codes *codes)
{
    (void)page, (void)codes;
    struct sheet_column column = sheet_column(scene);
    char text[FORMAT_BYTES * 3];
    char date[FORMAT_BYTES];
    sheet_head(&column, scene->config->organization, scene->config->place);
    sheet_say(&column, STYLE_LABEL, title_of(scene), LINES);
    sheet_say(&column, STYLE_BODY, status_of(scene), LINES);
    column.y += GAP_PX;
    if (scene->order->slip.kind == CERTIFICATE_ACCOUNTING)
        sheet_say(&column, STYLE_BODY, scene->words->texts[WORD_RESULT_ACCOUNTING_HERO_TEXT], 6);
    else
        draw_money(&column);
    sheet_rule(&column);
    sheet_date(scene, true, date, sizeof date);
    words_fill(scene->words, WORD_SHEET_SLIP_NOTE,
               (struct word_part[]){{"date", date},
                                    {"place", format_help_place(scene->words, scene->config)}},
               2, text, sizeof text);
    sheet_say(&column, STYLE_BODY, text, 8);
    sheet_end(&column);
}
