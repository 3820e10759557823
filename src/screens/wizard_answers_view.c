#include "screens/layout.h"
#include "screens/tile.h"
#include "screens/wizard_parts.h"
#include "wording/format.h"

#include <stdio.h>

static struct button family_button(const struct scene *scene)
{
    bool family = scene->visit->search.picker.family;
    return (struct button){.kind = BUTTON_SECOND,
                           .style = STYLE_BUTTON,
                           .label =
                               scene->words->texts[family ? WORD_WIZARD_ALONE : WORD_WIZARD_FAMILY],
                           .icon = family ? ICON_CHILD : ICON_GROUP,
                           .icon_color = pen_color(&scene->pen, COLOR_INFO),
                           .left = true};
}

struct age {
    struct answer answer;
    char number[16];
    char label[FORMAT_BYTES];
    char count[FORMAT_BYTES];
    struct answer_words stack;
};

static void find_age(const struct scene *scene, int place, int width, struct age *ret)
{
    const struct search_state *state = &scene->visit->search;
    int years = PICKER_AGE_FIRST + place;
    snprintf(ret->number, sizeof ret->number, "%d", years);
    words_count(scene->words, WORD_AGE_ONE, years, ret->label, sizeof ret->label);
    ret->answer = (struct answer){.action = ACTION_WIZARD_AGE,
                                  .value = (uint32_t)years,
                                  .label = ret->label,
                                  .count = state->picker.age_counts[place],
                                  .on = wizard_age_chosen(state, years)};
    answer_count_within(scene, ret->answer.count, width, ret->count, sizeof ret->count);
    ret->stack = (struct answer_words){
        .lines = {{STYLE_DISPLAY, 0, ret->number}, {0}, {STYLE_CAPTION, 2, ret->count}}, .tail = 2};
}

static int draw_ages(const struct scene *scene, struct rect area)
{
    enum { COLUMNS = 3, ROWS = 5, GAP = 26, LARGE_GAP = 20, SIDE_PX = 8, FAMILY_H = 112 };
    const struct pen *pen = &scene->pen;
    int gap = pen_large(pen) ? LARGE_GAP : GAP;
    struct age age;
    int cell_w = (area.w + gap) / COLUMNS - gap;
    find_age(scene, 0, cell_w - 2 * SIDE_PX, &age);
    int least = answer_words_height(pen, cell_w - 2 * SIDE_PX, &age.stack) + 2 * ANSWER_AIR_PX;
    struct button family = family_button(scene);
    int family_h = widget_button_height(pen, 2 * cell_w + gap, FAMILY_H, &family);
    int row = (area.h + gap) / ROWS - gap;
    row = row < least ? least : row;
    if (ROWS * (row + gap) - gap > area.h)
        area.h = ROWS * (row + gap) - gap;
    for (int i = 0; i < PICKER_AGES; i++) {
        struct rect cell = answer_cell(area, COLUMNS, ROWS, gap, i);
        find_age(scene, i, cell.w - 2 * SIDE_PX, &age);
        struct rect face = answer_draw(scene, cell, &age.answer);
        face.x += SIDE_PX;
        face.w -= 2 * SIDE_PX;
        answer_draw_words(scene, face, &age.answer, ALIGN_CENTER, &age.stack);
    }
    struct rect first = answer_cell(area, COLUMNS, ROWS, gap, PICKER_AGES);
    struct rect last = answer_cell(area, COLUMNS, ROWS, gap, PICKER_AGES + 1);
    first.w = last.x + last.w - first.x;
    int more = family_h > first.h ? family_h - first.h : 0;
    first.h += more;
    widget_button(pen, first, &family, ACTION_WIZARD_FAMILY, 0);
    return area.h + more;
}

void wizard_draw_quilt(const struct scene *scene, struct rect quilt)
{
    for (int i = 0; i < DIRECTION_COUNT; i++) {
        char count[FORMAT_BYTES];
        const char *name = format_direction(scene->words, (enum direction)i);
        struct answer answer = answer_of_filter(scene, FACET_DIRECTION, (uint32_t)i, name);
        answer_count(scene, answer.count, false, count, sizeof count);
        tile_draw(scene, tile_place(scene, quilt, (enum direction)i),
                  &(struct tile){.direction = (enum direction)i,
                                 .count = count,
                                 .chosen = answer.on,
                                 .flat = answer_flat(scene, &answer),
                                 .action = answer.action,
                                 .value = answer.value});
    }
}

int wizard_draw_mixed(const struct scene *scene, struct rect box)
{
    enum { LOGO_PX = 64, SIDE_PX = 38, TEXT_X = SIDE_PX + LOGO_PX + 28, LEAST_H = 122 };
    const struct pen *pen = &scene->pen;
    const char *label = scene->words->texts[WORD_WIZARD_MIXED];
    struct answer any = answer_of_any(scene, FACET_DIRECTION, label);
    char count[FORMAT_BYTES];
    int width = box.w - TEXT_X - SIDE_PX;
    answer_count(scene, any.count, false, count, sizeof count);
    bool beside =
        pen_width(pen, STYLE_TITLE, label) + pen_width(pen, STYLE_CAPTION, count) <= width;
    struct answer_words stack = {
        .lines = {{STYLE_TITLE, 0, label}, {0}, {STYLE_CAPTION, 2, beside ? NULL : count}}};
    int least = answer_words_height(pen, width, &stack) + 2 * ANSWER_AIR_PX;
    box.h = least > LEAST_H ? least : LEAST_H;
    struct rect face = answer_draw(scene, box, &any);
    pen_picture(pen,
                (struct rect){face.x + SIDE_PX, face.y + (face.h - LOGO_PX) / 2, LOGO_PX, LOGO_PX},
                PICTURE_LOGO, CROP_FIT);
    face.x += TEXT_X;
    face.w = width;
    answer_draw_words(scene, face, &any, ALIGN_LEFT, &stack);
    if (beside)
        pen_line(pen, face, STYLE_CAPTION, answer_ink(scene, &any, COLOR_INK_2), ALIGN_RIGHT,
                 count);
    return box.h;
}

static int draw_interest(const struct scene *scene, struct rect area)
{
    enum { GAP_PX = 56, LARGE_GAP_PX = 24, COUNT_H = 96 };
    bool large = pen_large(&scene->pen);
    int gap = large ? LARGE_GAP_PX : GAP_PX;
    struct rect mixed = {area.x, 0, area.w, 0};
    frame_clip_push(scene->pen.frame, (struct rect){0});
    int mixed_h = wizard_draw_mixed(scene, mixed);
    frame_clip_pop(scene->pen.frame);
    int rows = DIRECTION_COUNT / (tile_lies(scene) ? 2 : 3);
    int least = tile_quilt_height(scene, scene->width) + rows * COUNT_H;
    int quilt_h = area.h - gap - mixed_h - WIDGET_EDGE_PX;
    struct rect quilt = {0, area.y, scene->width, quilt_h > least ? quilt_h : least};
    wizard_draw_quilt(scene, quilt);
    mixed.y = area.y + quilt.h + gap;
    return quilt.h + gap + wizard_draw_mixed(scene, mixed);
}

enum { PAYMENTS = 4, PAID = 3, PAYMENT_TEXT_X = 160, PAYMENT_CHECK_PX = 64, PAYMENT_RIGHT_PX = 40 };

struct payment_answer {
    struct answer answer;
    char name[FORMAT_BYTES];
    char note[FORMAT_BYTES];
    char count[FORMAT_BYTES];
    struct answer_words stack;
};

static void find_payment(const struct scene *scene, unsigned place, struct payment_answer *ret)
{
    format_choice(scene->words, WORD_WIZARD_PAYMENTS, place, ret->name, sizeof ret->name);
    format_choice(scene->words, WORD_WIZARD_PAYMENT_NOTES, place, ret->note, sizeof ret->note);
    ret->answer = place < PAID ? answer_of_filter(scene, FACET_PAYMENT, place, ret->name)
                               : answer_of_any(scene, FACET_PAYMENT, ret->name);
    answer_count(scene, ret->answer.count, false, ret->count, sizeof ret->count);
    ret->stack = (struct answer_words){.lines = {{STYLE_BUTTON_L, 2, ret->name},
                                                 {STYLE_BODY, 6, ret->note},
                                                 {STYLE_CAPTION, 5, ret->count}},
                                       .tail = 4};
}

static void draw_payment(const struct scene *scene, struct rect cell, unsigned place)
{
    enum { ICON_X = 52, ICON_PX = 68 };
    static const enum picture icons[PAYMENTS] = {ICON_HEART, ICON_CERTIFICATE, ICON_RUBLE,
                                                 PICTURE_LOGO};
    const struct pen *pen = &scene->pen;
    struct payment_answer payment;
    find_payment(scene, place, &payment);
    struct rect face = answer_draw(scene, cell, &payment.answer);
    rgb ink = answer_ink(scene, &payment.answer, COLOR_INK);
    struct rect icon = {face.x + ICON_X, face.y + (face.h - ICON_PX) / 2, ICON_PX, ICON_PX};
    if (place < PAID)
        pen_icon(pen, icon, icons[place], ICON_PX, ink);
    else
        pen_picture(pen, icon, icons[place], CROP_FIT);
    face.x += PAYMENT_TEXT_X;
    face.w -= PAYMENT_TEXT_X + PAYMENT_CHECK_PX + PAYMENT_RIGHT_PX;
    if (payment.answer.on)
        pen_icon(pen, (struct rect){face.x + face.w, face.y, PAYMENT_CHECK_PX, face.h}, ICON_CHECK,
                 PAYMENT_CHECK_PX, ink);
    answer_draw_words(scene, face, &payment.answer, ALIGN_LEFT, &payment.stack);
}

static int draw_payments(const struct scene *scene, struct rect area)
{
    struct payment_answer payment;
    int least = 0;
    int width = area.w - PAYMENT_TEXT_X - PAYMENT_CHECK_PX - PAYMENT_RIGHT_PX;
    for (unsigned i = 0; i < PAYMENTS; i++) {
        find_payment(scene, i, &payment);
        int height = answer_words_height(&scene->pen, width, &payment.stack) + 2 * ANSWER_AIR_PX;
        least = least > height ? least : height;
    }
    if (area.h < PAYMENTS * (least + ANSWER_GAP) - ANSWER_GAP)
        area.h = PAYMENTS * (least + ANSWER_GAP) - ANSWER_GAP;
    for (unsigned i = 0; i < PAYMENTS; i++)
        draw_payment(scene, answer_cell(area, 1, PAYMENTS, ANSWER_GAP, (int)i), i);
    return area.h;
}

int wizard_draw_answers(const struct scene *scene, struct rect area)
{
    switch (wizard_question(scene->visit)) {
    case QUESTION_AGE:
        return draw_ages(scene, area) + WIDGET_EDGE_PX;
    case QUESTION_TIME:
        return wizard_draw_time(scene, area) + WIDGET_EDGE_PX;
    case QUESTION_INTEREST:
        return draw_interest(scene, area) + WIDGET_EDGE_PX;
    case QUESTION_PAYMENT:
        return draw_payments(scene, area) + WIDGET_EDGE_PX;
    case QUESTION_COUNT:
        break;
    }
    return 0;
}
