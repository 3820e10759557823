#include "base/text.h"
#include "base/workdays.h"
#include "catalog/guide.h"
#include "screens/certificate.h"
#include "screens/certificate_parts.h"
#include "screens/chrome.h"
#include "screens/family_print.h"
#include "ui/quilt.h"
#include "wording/format.h"

#include <stdio.h>

static const struct {
    enum word word;
    enum tone tone;
    enum picture icon;
} statuses[] = {
    [CERTIFICATE_ACTIVE] = {WORD_RESULT_ACTIVE, TONE_OK, ICON_CHECK},
    [CERTIFICATE_NOT_ACTIVATED] = {WORD_RESULT_NOT_ACTIVATED, TONE_WARN, ICON_CLOCK},
    [CERTIFICATE_FROZEN] = {WORD_RESULT_FROZEN, TONE_WARN, ICON_LOCK},
    [CERTIFICATE_EXPIRED] = {WORD_RESULT_EXPIRED, TONE_ERR, ICON_INFO},
};

static void draw_status(const struct result_page *result, int right, int y)
{
    const struct pen *pen = &result->pen;
    enum certificate_status status = result->answer->status;
    const char *label = result_text(result, statuses[status].word);
    int width = pen_width(pen, STYLE_BODY_BOLD, label) + 96;
    struct rect box = {right - width, y, width, 68};
    rgb color = widget_tone_text(pen, statuses[status].tone);
    widget_pill(pen, box, statuses[status].tone, PICTURE_NONE, "");
    pen_icon(pen, (struct rect){box.x + 22, box.y, 36, box.h}, statuses[status].icon, 36, color);
    pen_line(pen, (struct rect){box.x + 68, box.y, box.w - 84, box.h}, STYLE_BODY_BOLD, color,
             ALIGN_LEFT, label);
}

static void kind_words(const struct result_page *result, char *ret_kind)
{
    const struct certificate *answer = result->answer;
    bool social = answer->kind == CERTIFICATE_SOCIAL;
    char nominal[FORMAT_BYTES];
    if (answer->nominal == CERTIFICATE_AMOUNT_UNKNOWN || answer->nominal <= 0) {
        text_copy(
            ret_kind, FORMAT_BYTES,
            result_text(result, social ? WORD_RESULT_KIND_SOCIAL : WORD_RESULT_KIND_FUNDED_PLAIN));
        return;
    }
    result_amount(result, answer->nominal, nominal);
    words_fill(result->scene->words,
               social ? WORD_RESULT_KIND_SOCIAL_NOMINAL : WORD_RESULT_KIND_FUNDED,
               &(struct word_part){"amount", nominal}, 1, ret_kind, FORMAT_BYTES);
}

static void draw_heading(const struct result_page *result)
{
    const struct pen *pen = &result->pen;
    const struct certificate *answer = result->answer;
    char amount[FORMAT_BYTES];
    char title[FORMAT_BYTES * 2];
    char number[FORMAT_BYTES];
    char kind[FORMAT_BYTES];
    char line[FORMAT_BYTES * 3];
    if (answer->kind == CERTIFICATE_ACCOUNTING) {
        text_copy(title, sizeof title, result_text(result, WORD_RESULT_ACCOUNTING));
    } else if (!result_has_money(answer)) {
        text_copy(title, sizeof title,
                  result_text(result, answer->kind == CERTIFICATE_SOCIAL
                                          ? WORD_RESULT_SOCIAL
                                          : WORD_RESULT_BALANCE_UNKNOWN));
    } else {
        result_amount(result, answer->balance, amount);
        words_fill(result->scene->words, WORD_RESULT_BALANCE, &(struct word_part){"amount", amount},
                   1, title, sizeof title);
    }
    // The status pill stands beside the title, or below where the title is long.
    const char *status = result_text(result, statuses[answer->status].word);
    int pill_w = pen_width(pen, STYLE_BODY_BOLD, status) + 96;
    int room = result->width - pill_w - 24;
    enum style style = pen_width(pen, STYLE_H1, title) <= room ? STYLE_H1 : STYLE_H2;
    bool beside = pen_width(pen, style, title) <= room;
    pen_line(pen, (struct rect){result->x, 110, beside ? room : result->width, 74}, style,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, title);
    draw_status(result, result->x + result->width, beside ? 113 : 184);
    struct certificate_format format = certificate_format_of(result->scene->config);
    certificate_mask(&format, result->scene->visit->certificate.number, number, sizeof number);
    kind_words(result, kind);
    if (answer->kind == CERTIFICATE_ACCOUNTING)
        text_copy(line, sizeof line, number);
    else
        words_fill(result->scene->words, WORD_RESULT_NUMBER,
                   (struct word_part[]){{"number", number}, {"kind", kind}}, 2, line, sizeof line);
    pen_line(
        pen,
        (struct rect){result->x, 194, beside ? result->width : result->width - pill_w - 24, 46},
        STYLE_BODY_L, pen_color(pen, COLOR_INK_2), ALIGN_LEFT, line);
}

static int draw_validity(const struct result_page *result, int y)
{
    const struct pen *pen = &result->pen;
    char date[FORMAT_BYTES];
    char text[FORMAT_BYTES * 2];
    text_copy(text, sizeof text, result_text(result, WORD_RESULT_UNTIL));
    if (result->answer->status == CERTIFICATE_EXPIRED)
        return y;
    // The day tells the birth date.
    if (result->answer->details_open && !result->hidden && result->answer->valid_until.year != 0) {
        format_date(result->scene->words, date_to_days(result->answer->valid_until), true, date,
                    sizeof date);
        words_fill(result->scene->words, WORD_RESULT_UNTIL_DATE, &(struct word_part){"date", date},
                   1, text, sizeof text);
    }
    pen_icon(pen, (struct rect){result->x, y, 40, 41}, ICON_CALENDAR, 36,
             pen_color(pen, COLOR_INFO));
    pen_line(pen, (struct rect){result->x + 56, y, result->width - 56, 41}, STYLE_BODY,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, text);
    return y + 41;
}

static void draw_mosaic(const struct result_page *result, struct rect box, enum direction direction,
                        const char *seed)
{
    if (result->pen.palette == PALETTE_NORMAL)
        quilt_draw(result->pen.frame, box, 90, seed, &result->pen.theme->directions[direction]);
}

// Why the details are closed, and whether a birth date would open them.
struct lock {
    enum word title;
    enum word text;
    bool opens;
};

static struct lock lock_of(const struct certificate_state *state)
{
    if (state->too_young)
        return (struct lock){WORD_RESULT_YOUNG_TITLE, WORD_RESULT_YOUNG_TEXT, false};
    if (state->birth_given)
        return (struct lock){WORD_RESULT_NO_DATE_TITLE, WORD_RESULT_NO_DATE_TEXT, false};
    return (struct lock){WORD_RESULT_LOCKED_TITLE,
                         state->child ? WORD_RESULT_LOCKED_TEXT_CHILD : WORD_RESULT_LOCKED_TEXT,
                         true};
}

static int draw_locked(const struct result_page *result, int y)
{
    const struct pen *pen = &result->pen;
    struct lock lock = lock_of(&result->scene->visit->certificate);
    rgb ink = pen_color(pen, COLOR_INK);
    int mosaic_w = result->scene->landscape ? 0 : 270;
    int text_w = result->width - mosaic_w + 2 * CHROME_MARGIN - 70;
    const char *text = result_text(result, lock.text);
    int lines = (int)pen_lines(pen, text_w, STYLE_BODY, text, 4);
    int text_h = lines * 41;
    int height = 114 + text_h + (lock.opens ? 160 : 44);
    struct rect band = {result->x - CHROME_MARGIN, y, result->width + 2 * CHROME_MARGIN, height};
    if (pen->palette == PALETTE_NORMAL)
        pen_fill(pen, band, pen->theme->motifs[MOTIF_PINK]);
    draw_mosaic(result, (struct rect){band.x + band.w - mosaic_w, y, mosaic_w, band.h},
                DIRECTION_ART, "locked");
    pen_icon(pen, (struct rect){result->x - 4, y + 44, 64, 56}, ICON_LOCK, 56, ink);
    pen_line(pen, (struct rect){result->x + 84, y + 44, band.w - mosaic_w - 150, 56}, STYLE_H2, ink,
             ALIGN_LEFT, result_text(result, lock.title));
    pen_paragraph(pen, (struct rect){result->x, y + 114, text_w, 0}, STYLE_BODY, ink, ALIGN_LEFT,
                  text, 4);
    struct button enter = {.kind = BUTTON_SECOND,
                           .style = STYLE_BUTTON,
                           .label = result_text(result, WORD_RESULT_ENTER_DATE),
                           .icon_right = ICON_CHEVRON_RIGHT};
    if (lock.opens)
        widget_button(pen, (struct rect){result->x, y + 138 + text_h, 306, 100}, &enter,
                      ACTION_ENTER_DATE, 0);
    return y + band.h + 32;
}

static int draw_list_row(const struct result_page *result, int y, const char *title,
                         const char *middle, const char *right)
{
    const struct pen *pen = &result->pen;
    struct rect tile = {result->x, y + 12, 60, 60};
    if (pen->palette == PALETTE_NORMAL) {
        frame_round_clip(pen->frame, tile, CORNER_ALL, 18);
        quilt_draw(pen->frame, tile, 60, title, &pen->theme->directions[DIRECTION_ART]);
        frame_round_clip_end(pen->frame);
    }
    // A long name takes two small lines.
    struct rect name = {result->x + 86, y, result->width * 3 / 5 - 86 - 20, 84};
    int small_h = 34 * (int)pen_lines(pen, name.w, STYLE_CAPTION, title, 2);
    if (pen_width(pen, STYLE_BODY, title) <= name.w)
        pen_line(pen, name, STYLE_BODY, pen_color(pen, COLOR_INK), ALIGN_LEFT, title);
    else
        pen_paragraph(pen, (struct rect){name.x, y + (name.h - small_h) / 2, name.w, 0},
                      STYLE_CAPTION, pen_color(pen, COLOR_INK), ALIGN_LEFT, title, 2);
    int middle_w = result->width * (right[0] == '\0' ? 2 : 1) / 5;
    pen_line(pen, (struct rect){result->x + result->width * 3 / 5, y, middle_w, 84}, STYLE_CAPTION,
             pen_color(pen, COLOR_INK_2), ALIGN_LEFT, middle);
    pen_line(pen,
             (struct rect){result->x + result->width * 4 / 5 - 40, y, result->width / 5 + 40, 84},
             STYLE_BUTTON, pen_color(pen, COLOR_INK), ALIGN_RIGHT, right);
    pen_fill(pen, (struct rect){result->x, y + 85, result->width, 2}, pen_color(pen, COLOR_LINE));
    return y + 86;
}

// What a child attends is hidden as the amounts are.
static const char *title_of(const struct result_page *result, const char *title)
{
    return result->hidden ? result_text(result, WORD_RESULT_HIDDEN) : title;
}

static int draw_details(const struct result_page *result, int y)
{
    const struct pen *pen = &result->pen;
    const struct certificate *answer = result->answer;
    char date[FORMAT_BYTES];
    char text[FORMAT_BYTES];
    if (answer->contract_count > 0) {
        y += pen_paragraph(pen, (struct rect){result->x, y, result->width, 0}, STYLE_H2,
                           pen_color(pen, COLOR_INK), ALIGN_LEFT,
                           result_text(result, WORD_RESULT_CONTRACTS), 1);
        for (uint32_t i = 0; i < answer->contract_count; i++) {
            date[0] = '\0';
            if (answer->contracts[i].since.year != 0)
                format_date(result->scene->words, date_to_days(answer->contracts[i].since), false,
                            date, sizeof date);
            words_fill(result->scene->words, WORD_RESULT_SINCE, &(struct word_part){"date", date},
                       1, text, sizeof text);
            y = draw_list_row(result, y, title_of(result, answer->contracts[i].title),
                              date[0] == '\0' ? "" : text, "");
        }
        y += 32;
    }
    if (!result_has_money(answer))
        return y;
    y += pen_paragraph(pen, (struct rect){result->x, y, result->width, 0}, STYLE_H2,
                       pen_color(pen, COLOR_INK), ALIGN_LEFT,
                       result_text(result, WORD_RESULT_CHARGES), 1);
    if (answer->charge_count == 0)
        y += 12 + pen_paragraph(pen, (struct rect){result->x, y + 12, result->width, 0}, STYLE_BODY,
                                pen_color(pen, COLOR_INK_2), ALIGN_LEFT,
                                result_text(result, WORD_RESULT_NO_CHARGES), 1);
    for (uint32_t i = 0; i < answer->charge_count; i++) {
        format_date(result->scene->words, date_to_days(answer->charges[i].on), false, date,
                    sizeof date);
        result_amount(result, -answer->charges[i].amount, text);
        y = draw_list_row(result, y, title_of(result, answer->charges[i].title), date, text);
    }
    return y + 28;
}

// 07b: what an accounting certificate is good for, and the way to money.
static int draw_accounting(const struct result_page *result, int y)
{
    enum { NOMINAL_WORKDAYS = 5 }; // DOMAIN.md, Certificates
    const struct pen *pen = &result->pen;
    const struct scene *scene = result->scene;
    struct rect band = {result->x - CHROME_MARGIN, y, result->width + 2 * CHROME_MARGIN, 400};
    if (pen->palette == PALETTE_NORMAL)
        pen_fill(pen, band, pen->theme->motifs[MOTIF_MINT]);
    draw_mosaic(result, (struct rect){band.x + band.w - 300, y, 300, 400}, DIRECTION_SCIENCE,
                "accounting");
    int text_y = y + 52;
    text_y += pen_paragraph(pen, (struct rect){result->x, text_y, 540, 0}, STYLE_H1,
                            pen_color(pen, COLOR_INK), ALIGN_LEFT,
                            result_text(result, WORD_RESULT_ACCOUNTING_HERO), 3);
    pen_paragraph(pen, (struct rect){result->x, text_y + 14, band.w - 390, 0}, STYLE_BODY,
                  pen_color(pen, COLOR_INK), ALIGN_LEFT,
                  result_text(result, WORD_RESULT_ACCOUNTING_HERO_TEXT), 3);
    y += band.h + 36;
    if (result->answer->details_open && !scene->landscape)
        y = draw_details(result, y);
    char text[FORMAT_BYTES * 3];
    char date[FORMAT_BYTES];
    int32_t today = clock_today(&scene->clock);
    int32_t day = workdays_add(scene->workdays, today, NOMINAL_WORKDAYS);
    format_date(scene->words, day, date_from_days(day).year != date_from_days(today).year, date,
                sizeof date);
    words_fill(scene->words, WORD_RESULT_WANT_TEXT,
               (struct word_part[]){{"place", format_help_place(scene->words, scene->config)},
                                    {"date", date}},
               2, text, sizeof text);
    int lines = (int)pen_lines(pen, result->width - 80, STYLE_BODY, text, 7);
    struct rect card = {result->x, y, result->width, 128 + lines * 41};
    pen_block(pen, card,
              (struct block_look){.fill = pen_color(pen, COLOR_SURFACE),
                                  .stroke = pen_color(pen, COLOR_LINE),
                                  .stroke_px = 2,
                                  .radius = 28});
    pen_icon(pen, (struct rect){card.x + 40, card.y + 36, 56, 56}, ICON_RUBLE, 56,
             pen_color(pen, COLOR_INFO));
    pen_line(pen, (struct rect){card.x + 124, card.y + 40, card.w - 150, 46}, STYLE_LABEL,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, result_text(result, WORD_RESULT_WANT_TITLE));
    pen_paragraph(pen, (struct rect){card.x + 40, card.y + 104, card.w - 80, 0}, STYLE_BODY,
                  pen_color(pen, COLOR_INK), ALIGN_LEFT, text, 7);
    return y + card.h + 32;
}

static int draw_body(const struct result_page *result, int y)
{
    const struct certificate *answer = result->answer;
    y = result_draw_advice(result, y);
    if (answer->kind == CERTIFICATE_ACCOUNTING && answer->status == CERTIFICATE_ACTIVE) {
        y = draw_validity(result, y) + 28;
        y = draw_accounting(result, y);
    } else {
        if (result_has_money(answer))
            y = result_draw_money(result, y) + 32;
        y = draw_validity(result, y) + 40;
        if (answer->details_open && !result->scene->landscape)
            y = draw_details(result, y);
    }
    bool locked_below = !answer->details_open && !result->scene->landscape;
    return locked_below ? draw_locked(result, y) : y;
}

static void draw_buttons(const struct result_page *result, int x, int y, int width)
{
    const struct pen *pen = &result->pen;
    const struct certificate *answer = result->answer;
    int half = (width - 24) / 2;
    bool spend = certificate_rest(result->scene->visit).amount > 0;
    struct button visit = {
        .kind = BUTTON_MAIN,
        .style = STYLE_BUTTON,
        .disc = true,
        .label = result_text(result, spend ? WORD_RESULT_VISIT : WORD_RESULT_VISIT_FREE)};
    widget_button(pen, (struct rect){x, y, width, 120}, &visit, ACTION_VISIT, 0);
    bool accounting =
        answer->kind == CERTIFICATE_ACCOUNTING && answer->status != CERTIFICATE_EXPIRED;
    struct button left = {.kind = BUTTON_SECOND, .style = STYLE_BODY_BOLD};
    left.icon = accounting ? ICON_QUESTION : result->hidden ? ICON_EYE : ICON_EYE_OFF;
    left.label = result_text(result, accounting       ? WORD_RESULT_APPLY
                                     : result->hidden ? WORD_RESULT_SHOW
                                                      : WORD_RESULT_HIDE);
    struct button leave = {.kind = BUTTON_SECOND,
                           .style = STYLE_BODY_BOLD,
                           .icon = ICON_EXIT,
                           .label = result_text(result, WORD_RESULT_LEAVE)};
    uint32_t print_id = result->scene->visit->certificate.print_id;
    bool prints = result_has_money(answer) && !result->hidden &&
                  family_print_shown(result->scene, SHEET_SLIP, print_id);
    if (prints) {
        half = (width - 40) / 3;
        left.style = leave.style = STYLE_PILL;
        if (result->scene->landscape)
            left.icon = leave.icon = PICTURE_NONE;
        family_print_draw(result->scene, (struct rect){x + half + 20, y + 152, half, 104},
                          SHEET_SLIP, print_id);
    }
    widget_button(pen, (struct rect){x, y + 152, half, 104}, &left,
                  accounting ? ACTION_GUIDE : ACTION_HIDE, accounting ? GUIDE_NOMINAL : 0);
    widget_button(pen, (struct rect){x + width - half, y + 152, half, 104}, &leave, ACTION_LEAVE,
                  0);
}

// A part that scrolls: from `top` on, drawn by `draw`, seen through the view.
static void draw_scrolled(const struct result_page *result, struct rect view, unsigned action,
                          const struct scroll *scroll,
                          int (*draw)(const struct result_page *result, int y))
{
    struct frame *frame = result->pen.frame;
    frame_clip_push(frame, view);
    struct target *target = frame_target(frame, view, ROLE_SCROLL, (uint16_t)action, 0, "");
    int top = view.y + 8 - scroll_offset(scroll);
    int bottom = draw(result, top);
    if (target != NULL)
        target->value = (uint32_t)(bottom - top);
    frame_clip_pop(frame);
}

// The landscape's second column above the buttons: the details, or why they are closed.
static void draw_aside(const struct result_page *result, struct rect side, int bottom)
{
    struct result_page aside = *result;
    aside.x = side.x;
    aside.width = side.w;
    if (!result->answer->details_open) {
        draw_locked(&aside, CHROME_TOPBAR_H);
        return;
    }
    struct rect view = {side.x - CHROME_MARGIN, CHROME_TOPBAR_H, side.w + 2 * CHROME_MARGIN,
                        bottom - CHROME_TOPBAR_H};
    draw_scrolled(&aside, view, ACTION_SCROLL_GROUPS, &result->scene->visit->certificate.aside,
                  draw_details);
}

void certificate_result_view(const struct scene *scene)
{
    const struct certificate_state *state = &scene->visit->certificate;
    enum { TOP_PX = 262, BUTTONS_H = 300 };
    struct result_page result = {
        .scene = scene,
        .pen = scene->pen,
        .answer = &state->answer,
        .hidden = state->hidden || scene->visit->warning,
        .x = chrome_body(scene).x,
        .width = chrome_body(scene).w,
    };
    result.pen.secret = true;
    chrome_draw_topbar(scene);
    draw_heading(&result);
    struct rect side = rect_inset(chrome_side(scene), CHROME_MARGIN);
    int buttons_y = scene->height - BUTTONS_H - (scene->landscape ? 0 : CHROME_DOCK_H);
    int bottom_y = scene->landscape ? scene->height : buttons_y - 8;
    struct rect view = {result.x - CHROME_MARGIN, TOP_PX, result.width + 2 * CHROME_MARGIN,
                        bottom_y - TOP_PX};
    draw_scrolled(&result, view, ACTION_SCROLL_LIST, &state->page, draw_body);
    draw_buttons(&result, scene->landscape ? side.x : result.x, buttons_y + 16,
                 scene->landscape ? side.w : result.width);
    if (scene->landscape)
        draw_aside(&result, side, buttons_y);
}
