#include "screens/layout.h"
#include "screens/wizard_parts.h"
#include "wording/format.h"

enum { DAYS = 7, DAY_SIDE_PX = 4 };

struct day {
    struct answer answer;
    char name[FORMAT_BYTES];
    char brief[FORMAT_BYTES];
    char count[FORMAT_BYTES];
    struct answer_words stack;
};

// The full name is left out where no cell has room for it.
static void find_day(const struct scene *scene, unsigned place, int width, bool named,
                     struct day *ret)
{
    format_choice(scene->words, WORD_DAYS_SHORT, place, ret->brief, sizeof ret->brief);
    format_choice(scene->words, WORD_DAYS_FULL, place, ret->name, sizeof ret->name);
    format_capital(ret->brief, sizeof ret->brief);
    ret->answer = answer_of_filter(scene, FACET_WEEKDAY, place + 1, ret->name);
    answer_count_within(scene, ret->answer.count, width, ret->count, sizeof ret->count);
    ret->stack = (struct answer_words){.lines = {{STYLE_H1, -2, ret->brief},
                                                 {STYLE_CAPTION, -2, named ? ret->name : NULL},
                                                 {STYLE_CAPTION, 2, ret->count}},
                                       .tail = 2};
}

static void draw_any_day(const struct scene *scene, struct rect cell)
{
    const char *label = scene->words->texts[WORD_WIZARD_ANY_DAY];
    struct answer any = answer_of_any(scene, FACET_WEEKDAY, label);
    struct rect face = answer_draw(scene, cell, &any);
    char count[FORMAT_BYTES];
    face.x += DAY_SIDE_PX;
    face.w -= 2 * DAY_SIDE_PX;
    answer_count_within(scene, any.count, face.w, count, sizeof count);
    struct answer_words stack = {
        .lines = {{STYLE_LABEL, 6, label}, {0}, {STYLE_CAPTION, 20, count}}, .tail = 2};
    answer_draw_words(scene, face, &any, ALIGN_CENTER, &stack);
}

// Large text has three beside each other; any day takes the rest of the last row.
static int draw_days(const struct scene *scene, struct rect area)
{
    enum { ROW_H = 174 };
    const struct pen *pen = &scene->pen;
    int columns = pen_large(pen) ? 3 : 4;
    int rows = (DAYS + columns) / columns;
    int width = (area.w + ANSWER_GAP) / columns - ANSWER_GAP - 2 * DAY_SIDE_PX;
    bool named = true;
    struct day day;
    for (unsigned i = 0; i < DAYS; i++) {
        find_day(scene, i, width, true, &day);
        named &= layout_fits(pen, width, STYLE_CAPTION, day.name);
    }
    find_day(scene, 0, width, named, &day);
    int row = answer_words_height(pen, width, &day.stack) + 2 * ANSWER_AIR_PX;
    int any_w = columns == 4 ? width : 2 * width + ANSWER_GAP;
    int any_h =
        layout_words_height(pen, any_w, STYLE_LABEL, scene->words->texts[WORD_WIZARD_ANY_DAY]) +
        pen_style(pen, STYLE_CAPTION)->line_px + 2 * ANSWER_AIR_PX + 28;
    row = row > any_h ? row : any_h;
    row = row > ROW_H || pen_large(pen) ? row : ROW_H;
    area.h = rows * (row + ANSWER_GAP) - ANSWER_GAP;
    for (unsigned i = 0; i < DAYS; i++) {
        find_day(scene, i, width, named, &day);
        struct rect face =
            answer_draw(scene, answer_cell(area, columns, rows, ANSWER_GAP, (int)i), &day.answer);
        face.x += DAY_SIDE_PX;
        face.w -= 2 * DAY_SIDE_PX;
        answer_draw_words(scene, face, &day.answer, ALIGN_CENTER, &day.stack);
    }
    struct rect any = answer_cell(area, columns, rows, ANSWER_GAP, DAYS);
    any.w = area.x + area.w - any.x;
    draw_any_day(scene, any);
    return area.h;
}

enum { PART_ICON_X = 42, PART_ICON_PX = 48, PART_GAP_PX = 32, PART_RIGHT_PX = 16 };
enum { PART_ICON_LARGE_X = 24, PART_GAP_LARGE_PX = 16 };

static int part_icon_x(const struct pen *pen)
{
    return pen_large(pen) ? PART_ICON_LARGE_X : PART_ICON_X;
}

static int part_text_x(const struct pen *pen)
{
    return part_icon_x(pen) + PART_ICON_PX + (pen_large(pen) ? PART_GAP_LARGE_PX : PART_GAP_PX);
}

struct part {
    struct answer answer;
    char name[FORMAT_BYTES];
    char hours[FORMAT_BYTES];
    char count[FORMAT_BYTES];
    struct answer_words stack;
};

static void find_part(const struct scene *scene, unsigned place, int width, struct part *ret)
{
    format_choice(scene->words, WORD_WIZARD_PARTS, place, ret->name, sizeof ret->name);
    format_choice(scene->words, WORD_WIZARD_HOURS, place, ret->hours, sizeof ret->hours);
    ret->answer = answer_of_filter(scene, FACET_DAY_PART, place, ret->name);
    answer_count_within(scene, ret->answer.count, width, ret->count, sizeof ret->count);
    ret->stack = (struct answer_words){.lines = {{STYLE_BUTTON, 2, ret->name},
                                                 {STYLE_CAPTION, 4, ret->hours},
                                                 {STYLE_CAPTION, 2, ret->count}}};
}

static int part_text_width(const struct pen *pen, int area_w, int columns)
{
    return (area_w + ANSWER_GAP) / columns - ANSWER_GAP - part_text_x(pen) - PART_RIGHT_PX;
}

static bool parts_fit(const struct scene *scene, int width)
{
    struct part part;
    for (unsigned i = 0; i < DAY_PART_COUNT; i++) {
        find_part(scene, i, width, &part);
        if (!layout_fits(&scene->pen, width, STYLE_BUTTON, part.name) ||
            !layout_fits(&scene->pen, width, STYLE_CAPTION, part.hours))
            return false;
    }
    return true;
}

static int draw_parts(const struct scene *scene, struct rect area)
{
    enum { ROW_H = 161 };
    const struct pen *pen = &scene->pen;
    int columns = parts_fit(scene, part_text_width(pen, area.w, 2)) ? 2 : 1;
    int rows = DAY_PART_COUNT / columns;
    int width = part_text_width(pen, area.w, columns);
    int row = pen_large(pen) ? 0 : ROW_H;
    struct part part;
    for (unsigned i = 0; i < DAY_PART_COUNT; i++) {
        find_part(scene, i, width, &part);
        int least = answer_words_height(pen, width, &part.stack) + 2 * ANSWER_AIR_PX;
        row = row > least ? row : least;
    }
    area.h = rows * (row + ANSWER_GAP) - ANSWER_GAP;
    for (unsigned i = 0; i < DAY_PART_COUNT; i++) {
        find_part(scene, i, width, &part);
        struct rect face =
            answer_draw(scene, answer_cell(area, columns, rows, ANSWER_GAP, (int)i), &part.answer);
        pen_icon(pen, (struct rect){face.x + part_icon_x(pen), face.y, PART_ICON_PX, face.h},
                 part.answer.on ? ICON_CHECK : ICON_CLOCK, PART_ICON_PX,
                 answer_ink(scene, &part.answer, COLOR_INK));
        face.x += part_text_x(pen);
        face.w -= part_text_x(pen) + PART_RIGHT_PX;
        answer_draw_words(scene, face, &part.answer, ALIGN_LEFT, &part.stack);
    }
    return area.h;
}

int wizard_draw_time(const struct scene *scene, struct rect area)
{
    enum { HEADING_GAP_PX = 62, HEADING_LARGE_GAP_PX = 36, PARTS_GAP_PX = 28, LARGE_GAP_PX = 16 };
    bool large = pen_large(&scene->pen);
    int y = area.y + draw_days(scene, area) + (large ? HEADING_LARGE_GAP_PX : HEADING_GAP_PX);
    y += layout_words(&scene->pen, (struct rect){area.x + 2, y, area.w - 2, 0}, STYLE_TITLE,
                      COLOR_INK, scene->words->texts[WORD_WIZARD_WHEN]) +
         (large ? LARGE_GAP_PX : PARTS_GAP_PX);
    return y + draw_parts(scene, (struct rect){area.x, y, area.w, 0}) - area.y;
}
