#include "sheet/parts.h"

#include <stdio.h>
#include <string.h>

enum { SECONDS_A_MINUTE = 60, MINUTES_AN_HOUR = 60, GREY_LIGHT = 0xB3B3B3, GREY_DARK = 0x666666 };

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

enum style sheet_fitting(const struct pen *pen, const char *text, int width_px,
                         const enum style *styles, unsigned style_count, unsigned lines_max)
{
    for (unsigned i = 0; i + 1 < style_count; i++)
        if (words_fit(pen, styles[i], text, width_px) &&
            pen_lines(pen, width_px, styles[i], text, lines_max + 1) <= lines_max)
            return styles[i];
    return styles[style_count - 1];
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

void sheet_no_code(const struct sheet_scene *scene, const struct facts *facts, char *ret_text,
                   size_t capacity)
{
    const char *phone = facts->organization == NULL ? "" : facts->organization->phone;
    struct word_part parts[] = {{"place", format_help_place(scene->words, scene->config)},
                                {"phone", phone}};
    words_fill(scene->words, phone[0] != '\0' ? WORD_SHEET_NO_LINK_PHONE : WORD_SHEET_NO_LINK,
               parts, 2, ret_text, capacity);
}

void sheet_answer(const struct sheet_scene *scene, const struct facts *facts, char *ret_text,
                  size_t capacity)
{
    const char *phone = facts->organization == NULL ? "" : facts->organization->phone;
    bool here = facts->ours || phone[0] == '\0';
    char place[FORMAT_BYTES * 2];
    snprintf(place, sizeof place, "%s%s%s", format_help_place(scene->words, scene->config),
             scene->config->help_hours[0] != '\0' ? ", " : "", scene->config->help_hours);
    struct word_part parts[] = {{"place", place}, {"phone", phone}};
    words_fill(scene->words, here ? WORD_SHEET_ANSWER_PLACE : WORD_SHEET_ANSWER_PHONE, parts, 2,
               ret_text, capacity);
}
