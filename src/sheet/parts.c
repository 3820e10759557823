#include "sheet/parts.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum { SECONDS_A_MINUTE = 60, MINUTES_AN_HOUR = 60, GREY_LIGHT = 0xB3B3B3, GREY_DARK = 0x666666 };

void sheet_pair(const char *first, const char *second, char *ret_text, size_t capacity)
{
    struct text text;
    text_init(&text, ret_text, capacity);
    text_add(&text, first);
    text_add(&text, first[0] != '\0' && second[0] != '\0' ? "\u00a0· " : "");
    text_add(&text, second);
}

void sheet_date(const struct sheet_scene *scene, bool with_time, char *ret_text, size_t capacity)
{
    struct date date = date_from_days(clock_today(&scene->clock));
    int64_t local_s = scene->clock.wall_s + scene->clock.utc_offset_s;
    int minutes =
        (int)((local_s % SECONDS_A_DAY + SECONDS_A_DAY) % SECONDS_A_DAY / SECONDS_A_MINUTE);
    snprintf(ret_text, capacity, with_time ? "%02d.%02d.%04d %d:%02d" : "%02d.%02d.%04d", date.day,
             date.month, date.year, minutes / MINUTES_AN_HOUR, minutes % MINUTES_AN_HOUR);
}

struct direction_colors sheet_colors(const struct sheet_scene *scene, enum direction direction)
{
    if (!scene->order->mono && direction != DIRECTION_COUNT)
        return scene->pen.theme->directions[direction];
    return (struct direction_colors){.background = GREY_LIGHT,
                                     .label = SHEET_BLACK,
                                     .dark = GREY_DARK,
                                     .accents = {SHEET_WHITE, SHEET_WHITE, 0xDDDDDD}};
}

rgb sheet_ink(const struct sheet_scene *scene)
{
    return scene->order->mono ? SHEET_BLACK : pen_color(&scene->pen, COLOR_INK);
}

rgb sheet_ink_2(const struct sheet_scene *scene)
{
    return scene->order->mono ? SHEET_BLACK : pen_color(&scene->pen, COLOR_INK_2);
}

// The longest word alone is no wider than the line.
static bool words_fit(const struct pen *pen, enum style style, const char *text, int width_px)
{
    for (const char *at = text; *at != '\0';) {
        size_t length = strcspn(at, " -");
        if (metrics_width(pen->metrics, pen_style(pen, style), at, length) > width_px)
            return false;
        at += length + (at[length] != '\0');
    }
    return true;
}

bool sheet_fits(const struct pen *pen, const char *text, int width_px, enum style style,
                unsigned lines_max)
{
    return words_fit(pen, style, text, width_px) &&
           pen_lines(pen, width_px, style, text, lines_max + 1) <= lines_max;
}

enum style sheet_fitting(const struct pen *pen, const char *text, int width_px,
                         const enum style *styles, unsigned style_count, unsigned lines_max)
{
    for (unsigned i = 0; i + 1 < style_count; i++)
        if (sheet_fits(pen, text, width_px, styles[i], lines_max))
            return styles[i];
    return styles[style_count - 1];
}

int sheet_even_width(const struct pen *pen, const char *text, int width_px, enum style style,
                     unsigned lines_max)
{
    unsigned lines = pen_lines(pen, width_px, style, text, lines_max + 1);
    int narrow = 0;
    while (lines > 1 && lines <= lines_max && width_px - narrow > 1) {
        int middle = narrow + (width_px - narrow) / 2;
        *(sheet_fits(pen, text, middle, style, lines) ? &width_px : &narrow) = middle;
    }
    return width_px;
}

struct sheet_column sheet_column(const struct sheet_scene *scene)
{
    enum { ROLL_MARGIN = 20, ROLL_TOP = 24, A4_W = 760, A4_TOP = 84 };
    bool roll = scene->order->paper == PAPER_ROLL;
    return (struct sheet_column){.scene = scene,
                                 .x = roll ? ROLL_MARGIN : (SHEET_A4_W - A4_W) / 2,
                                 .w = roll ? SHEET_ROLL_W - 2 * ROLL_MARGIN : A4_W,
                                 .y = roll ? ROLL_TOP : A4_TOP};
}

void sheet_say(struct sheet_column *column, enum style style, const char *text, unsigned lines_max)
{
    const struct pen *pen = &column->scene->pen;
    if (text[0] == '\0')
        return;
    int width = sheet_even_width(pen, text, column->w, style, lines_max);
    column->y +=
        pen_paragraph(pen, (struct rect){column->x + (column->w - width) / 2, column->y, width, 0},
                      style, SHEET_BLACK, ALIGN_CENTER, text, lines_max);
}

void sheet_rule(struct sheet_column *column)
{
    enum { GAP_PX = 22, LINE_PX = 3 };
    sheet_dashes(&column->scene->pen,
                 (struct rect){column->x, column->y + GAP_PX, column->w, LINE_PX}, SHEET_BLACK);
    column->y += 2 * GAP_PX + LINE_PX;
}

void sheet_head(struct sheet_column *column, const char *organization, const char *place)
{
    enum { LOGO_PX = 92, GAP_PX = 18, LINES = 5 };
    pen_picture(&column->scene->pen,
                (struct rect){column->x + (column->w - LOGO_PX) / 2, column->y, LOGO_PX, LOGO_PX},
                PICTURE_LOGO_PLAIN, CROP_FIT);
    column->y += LOGO_PX + GAP_PX;
    sheet_say(column, STYLE_LABEL, organization, LINES);
    sheet_say(column, STYLE_BODY, place, LINES);
    sheet_rule(column);
}

void sheet_end(const struct sheet_column *column)
{
    enum { BELOW_PX = 40 };
    if (column->scene->order->paper == PAPER_ROLL)
        column->scene->pen.frame->height = column->y + BELOW_PX;
}

void sheet_dashes(const struct pen *pen, struct rect box, rgb color)
{
    enum { DASH_PX = 14, STEP_PX = 24 };
    bool across = box.w > box.h;
    int length = across ? box.w : box.h;
    for (int at = 0; at < length; at += STEP_PX) {
        int dash = length - at < DASH_PX ? length - at : DASH_PX;
        struct rect piece = across ? (struct rect){box.x + at, box.y, dash, box.h}
                                   : (struct rect){box.x, box.y + at, box.w, dash};
        pen_fill(pen, piece, color);
    }
}

void sheet_code(const struct pen *pen, struct rect box, const struct qr *code, bool whole)
{
    if (code->size == 0)
        return;
    if (whole)
        box = rect_inset(box, (box.w - box.w / code->size * code->size) / 2);
    struct draw *draw = frame_draw(pen->frame, DRAW_QR, box, SHEET_BLACK);
    if (draw == NULL)
        return;
    draw->modules = code->dark;
    draw->modules_a_side = code->size;
}

void sheet_bind(const char *text, bool (*binds)(char before), char *ret_text, size_t capacity)
{
    struct text bound;
    text_init(&bound, ret_text, capacity);
    for (const char *at = text; *at != '\0';) {
        size_t length = strcspn(at, " ");
        text_add_bytes(&bound, at, length);
        if (at[length] == '\0')
            return;
        text_add(&bound, length > 0 && binds(at[length - 1]) ? "\u00a0" : " ");
        at += length + 1;
    }
}

static bool always(char before)
{
    (void)before;
    return true;
}

// The organization's phone number in one piece; "" where there is none.
static void phone_of(const struct facts *facts, char ret_phone[static FORMAT_BYTES])
{
    sheet_bind(facts->organization == NULL ? "" : facts->organization->phone, always, ret_phone,
               FORMAT_BYTES);
}

void sheet_no_code(const struct sheet_scene *scene, const struct facts *facts, char *ret_text,
                   size_t capacity)
{
    char phone[FORMAT_BYTES];
    phone_of(facts, phone);
    struct word_part parts[] = {{"place", format_help_place(scene->words, scene->config)},
                                {"phone", phone}};
    words_fill(scene->words, phone[0] != '\0' ? WORD_SHEET_NO_LINK_PHONE : WORD_SHEET_NO_LINK,
               parts, 2, ret_text, capacity);
}

void sheet_answer(const struct sheet_scene *scene, const struct facts *facts, char *ret_text,
                  size_t capacity)
{
    char phone[FORMAT_BYTES];
    phone_of(facts, phone);
    bool here = facts->ours || phone[0] == '\0';
    char place[FORMAT_BYTES * 2];
    snprintf(place, sizeof place, "%s%s%s", format_help_place(scene->words, scene->config),
             scene->config->help_hours[0] != '\0' ? ", " : "", scene->config->help_hours);
    struct word_part parts[] = {{"place", place}, {"phone", phone}};
    words_fill(scene->words, here ? WORD_SHEET_ANSWER_PLACE : WORD_SHEET_ANSWER_PHONE, parts, 2,
               ret_text, capacity);
}

void sheet_ask(const struct sheet_scene *scene, const struct facts *facts, char *ret_text,
               size_t capacity)
{
    char answer[FORMAT_BYTES * 2];
    struct text text;
    sheet_answer(scene, facts, answer, sizeof answer);
    text_init(&text, ret_text, capacity);
    text_addf(&text, "%s %s", scene->words->texts[WORD_SHEET_QUESTIONS], answer);
}
