#include "base/text.h"
#include "base/workdays.h"
#include "catalog/guide.h"
#include "screens/certificate.h"
#include "screens/certificate_parts.h"
#include "screens/chrome.h"
#include "screens/family_print.h"
#include "screens/layout.h"
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

static void title_words(const struct result_page *result, char *ret_title, size_t capacity)
{
    const struct certificate *answer = result->answer;
    char amount[FORMAT_BYTES];
    if (answer->kind == CERTIFICATE_ACCOUNTING) {
        text_copy(ret_title, capacity, result_text(result, WORD_RESULT_ACCOUNTING));
    } else if (!result_has_money(answer)) {
        text_copy(ret_title, capacity,
                  result_text(result, answer->kind == CERTIFICATE_SOCIAL
                                          ? WORD_RESULT_SOCIAL
                                          : WORD_RESULT_BALANCE_UNKNOWN));
    } else {
        result_amount(result, answer->balance, amount);
        words_fill(result->scene->words, WORD_RESULT_BALANCE, &(struct word_part){"amount", amount},
                   1, ret_title, capacity);
    }
}

static void number_words(const struct result_page *result, char *ret_line, size_t capacity)
{
    char number[FORMAT_BYTES];
    char kind[FORMAT_BYTES];
    struct certificate_format format = certificate_format_of(result->scene->config);
    certificate_mask(&format, result->scene->visit->certificate.number, number, sizeof number);
    kind_words(result, kind);
    if (result->answer->kind == CERTIFICATE_ACCOUNTING)
        text_copy(ret_line, capacity, number);
    else
        words_fill(result->scene->words, WORD_RESULT_NUMBER,
                   (struct word_part[]){{"number", number}, {"kind", kind}}, 2, ret_line, capacity);
}

// The status pill stands beside the title; beside the number where the title is long; else
// between the two. Returns where it ends.
static int draw_heading(const struct result_page *result, int y)
{
    enum { TITLE_H = 74, GAP_PX = 10, PILL_H = 68 };
    const struct pen *pen = &result->pen;
    char title[FORMAT_BYTES * 2];
    char line[FORMAT_BYTES * 3];
    title_words(result, title, sizeof title);
    number_words(result, line, sizeof line);
    const char *status = result_text(result, statuses[result->answer->status].word);
    int room = result->width - pen_width(pen, STYLE_BODY_BOLD, status) - 96 - 24;
    enum style style = layout_fits(pen, room, STYLE_H1, title) ? STYLE_H1 : STYLE_H2;
    int title_h = pen_style(pen, style)->line_px;
    int above = title_h < TITLE_H ? (TITLE_H - title_h) / 2 : 0;
    struct rect words = {result->x, y + above, result->width, 0};
    bool beside = layout_fits(pen, room, style, title);
    int title_end = words.y + above + layout_words(pen, words, style, COLOR_INK, title);
    words.y = title_end + GAP_PX;
    if (beside) {
        draw_status(result, result->x + result->width, y + 3);
    } else if (layout_fits(pen, room, STYLE_BODY_L, line)) {
        draw_status(result, result->x + result->width, title_end);
        words.w = room;
    } else {
        draw_status(result, result->x + result->width - room - 24, words.y);
        words.y += PILL_H + GAP_PX;
    }
    return words.y + layout_words(pen, words, STYLE_BODY_L, COLOR_INK_2, line);
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
    pen_icon(pen, (struct rect){result->x, y, 40, pen_style(pen, STYLE_BODY)->line_px},
             ICON_CALENDAR, 36, pen_color(pen, COLOR_INFO));
    return y + layout_words(pen, (struct rect){result->x + 56, y, result->width - 56, 0},
                            STYLE_BODY, COLOR_INK, text);
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

// Its button: as wide as its label.
static struct rect enter_box(const struct result_page *result, const struct button *enter)
{
    enum { LEAST_W = 306, BESIDE_PX = 102, LEAST_H = 100 };
    const struct pen *pen = &result->pen;
    int width = pen_width(pen, enter->style, enter->label) + BESIDE_PX;
    width = width < LEAST_W ? LEAST_W : width > result->width ? result->width : width;
    return (struct rect){result->x, 0, width, widget_button_height(pen, width, LEAST_H, enter)};
}

static int draw_locked(const void *context, int y)
{
    enum { TITLE_X = 84, TITLE_Y = 46, TEXT_Y = 114, TITLE_GAP_PX = 14, BUTTON_GAP_PX = 24 };
    const struct result_page *result = context;
    const struct pen *pen = &result->pen;
    struct lock lock = lock_of(&result->scene->visit->certificate);
    const char *title = result_text(result, lock.title);
    const char *text = result_text(result, lock.text);
    struct button enter = {.kind = BUTTON_SECOND,
                           .style = STYLE_BUTTON,
                           .label = result_text(result, WORD_RESULT_ENTER_DATE),
                           .icon_right = ICON_CHEVRON_RIGHT};
    struct rect button = enter_box(result, &enter);
    int mosaic_w = result->scene->landscape || pen_large(pen) ? 0 : 270;
    int title_w = result->width + CHROME_MARGIN - mosaic_w - TITLE_X;
    int text_w = result->width - mosaic_w + (mosaic_w > 0 ? 2 * CHROME_MARGIN - 70 : 0);
    int text_y = y + TITLE_Y + layout_words_height(pen, title_w, STYLE_H2, title) + TITLE_GAP_PX;
    text_y = text_y > y + TEXT_Y ? text_y : y + TEXT_Y;
    button.y = text_y + layout_words_height(pen, text_w, STYLE_BODY, text) + BUTTON_GAP_PX;
    int bottom = lock.opens ? button.y + button.h + 36 : button.y + 20;
    struct rect band = {result->x - CHROME_MARGIN, y, result->width + 2 * CHROME_MARGIN,
                        bottom - y};
    if (pen->palette == PALETTE_NORMAL)
        pen_fill(pen, band, pen->theme->motifs[MOTIF_PINK]);
    draw_mosaic(result, (struct rect){band.x + band.w - mosaic_w, y, mosaic_w, band.h},
                DIRECTION_ART, "locked");
    pen_icon(pen, (struct rect){result->x - 4, y + 44, 64, 56}, ICON_LOCK, 56,
             pen_color(pen, COLOR_INK));
    layout_words(pen, (struct rect){result->x + TITLE_X, y + TITLE_Y, title_w, 0}, STYLE_H2,
                 COLOR_INK, title);
    layout_words(pen, (struct rect){result->x, text_y, text_w, 0}, STYLE_BODY, COLOR_INK, text);
    if (lock.opens)
        widget_button(pen, button, &enter, ACTION_ENTER_DATE, 0);
    return bottom + 32;
}

// 07b: what an accounting certificate is good for.
static int draw_hero(const struct result_page *result, int y)
{
    enum { HERO_W = 540, HERO_LINES = 3, BAND_H = 400, MOSAIC_W = 300, TEXT_RIGHT_PX = 390 };
    const struct pen *pen = &result->pen;
    const char *title = result_text(result, WORD_RESULT_ACCOUNTING_HERO);
    const char *text = result_text(result, WORD_RESULT_ACCOUNTING_HERO_TEXT);
    struct rect band = {result->x - CHROME_MARGIN, y, result->width + 2 * CHROME_MARGIN, BAND_H};
    bool mosaic =
        !pen_large(pen) && pen_lines(pen, HERO_W, STYLE_H1, title, HERO_LINES + 1) <= HERO_LINES;
    struct rect words = {result->x, y + 52, mosaic ? HERO_W : result->width, 0};
    int text_w = mosaic ? band.w - TEXT_RIGHT_PX : result->width;
    int text_y = words.y + layout_words_height(pen, words.w, STYLE_H1, title) + 14;
    int end = text_y + layout_words_height(pen, text_w, STYLE_BODY, text);
    if (end > y + BAND_H)
        band.h = end + 40 - y;
    if (pen->palette == PALETTE_NORMAL)
        pen_fill(pen, band, pen->theme->motifs[MOTIF_MINT]);
    if (mosaic)
        draw_mosaic(result, (struct rect){band.x + band.w - MOSAIC_W, y, MOSAIC_W, band.h},
                    DIRECTION_SCIENCE, "accounting");
    layout_words(pen, words, STYLE_H1, COLOR_INK, title);
    layout_words(pen, (struct rect){result->x, text_y, text_w, 0}, STYLE_BODY, COLOR_INK, text);
    return y + band.h + 36;
}

// And the way to money.
static int draw_want(const struct result_page *result, int y)
{
    enum { NOMINAL_WORKDAYS = 5, PAD_PX = 40, TITLE_X = 124, TITLE_Y = 44, TEXT_Y = 104 };
    const struct pen *pen = &result->pen;
    const struct scene *scene = result->scene;
    const char *title = result_text(result, WORD_RESULT_WANT_TITLE);
    char text[FORMAT_BYTES * 4];
    char date[FORMAT_BYTES];
    int32_t today = clock_today(&scene->clock);
    int32_t day = workdays_add(scene->workdays, today, NOMINAL_WORKDAYS); // DOMAIN.md, Certificates
    format_date(scene->words, day, date_from_days(day).year != date_from_days(today).year, date,
                sizeof date);
    words_fill(scene->words, WORD_RESULT_WANT_TEXT,
               (struct word_part[]){{"place", format_help_place(scene->words, scene->config)},
                                    {"date", date}},
               2, text, sizeof text);
    struct rect card = {result->x, y, result->width, 0};
    int title_w = card.w - TITLE_X - 26;
    int text_w = card.w - 2 * PAD_PX;
    int text_y = y + TITLE_Y + layout_words_height(pen, title_w, STYLE_LABEL, title) + 22;
    card.h = text_y + layout_words_height(pen, text_w, STYLE_BODY, text) + 24 - y;
    pen_block(pen, card,
              (struct block_look){.fill = pen_color(pen, COLOR_SURFACE),
                                  .stroke = pen_color(pen, COLOR_LINE),
                                  .stroke_px = 2,
                                  .radius = 28});
    pen_icon(pen, (struct rect){card.x + PAD_PX, card.y + 36, 56, 56}, ICON_RUBLE, 56,
             pen_color(pen, COLOR_INFO));
    layout_words(pen, (struct rect){card.x + TITLE_X, y + TITLE_Y, title_w, 0}, STYLE_LABEL,
                 COLOR_INK, title);
    layout_words(pen, (struct rect){card.x + PAD_PX, text_y, text_w, 0}, STYLE_BODY, COLOR_INK,
                 text);
    return y + card.h + 32;
}

static int draw_accounting(const struct result_page *result, int y)
{
    y = draw_hero(result, y);
    if (result->answer->details_open && !result->scene->landscape)
        y = result_draw_details(result, y);
    return draw_want(result, y);
}

enum { HEADING_Y = 110, HEADING_GAP_PX = 22, VIEW_PAD_PX = 8, LEAVES_PX = 28 };

static int draw_body(const void *context, int y)
{
    const struct result_page *result = context;
    const struct certificate *answer = result->answer;
    if (pen_large(&result->pen))
        y = draw_heading(result, y + LAYOUT_LARGE_TOP) + HEADING_GAP_PX + VIEW_PAD_PX;
    y = result_draw_advice(result, y);
    if (answer->kind == CERTIFICATE_ACCOUNTING && answer->status == CERTIFICATE_ACTIVE) {
        y = draw_validity(result, y) + 28;
        y = draw_accounting(result, y);
    } else {
        if (result_has_money(answer))
            y = result_draw_money(result, y) + 32;
        y = draw_validity(result, y) + 40;
        if (answer->details_open && !result->scene->landscape)
            y = result_draw_details(result, y);
    }
    bool locked_below = !answer->details_open && !result->scene->landscape;
    return locked_below ? draw_locked(result, y) : y;
}

static bool prints(const struct result_page *result)
{
    return result_has_money(result->answer) && !result->hidden &&
           family_print_shown(result->scene, SHEET_SLIP,
                              result->scene->visit->certificate.print_id);
}

// Hiding the data; an accounting certificate has none, and a way to money.
static struct button left_button(const struct result_page *result, bool applies)
{
    struct button left = {.kind = BUTTON_SECOND, .style = STYLE_BODY_BOLD};
    left.icon = applies ? ICON_QUESTION : result->hidden ? ICON_EYE : ICON_EYE_OFF;
    left.label = result_text(result, applies          ? WORD_RESULT_APPLY
                                     : result->hidden ? WORD_RESULT_SHOW
                                                      : WORD_RESULT_HIDE);
    return left;
}

// What can be done, beside each other; in large layouts the paper has a row of its own. Returns
// where it ends.
static int draw_row(const struct result_page *result, struct rect row)
{
    enum { ROW_H = 104, GAP_PX = 24, NARROW_GAP_PX = 20 };
    const struct pen *pen = &result->pen;
    const struct certificate *answer = result->answer;
    uint32_t print_id = result->scene->visit->certificate.print_id;
    bool applies = answer->kind == CERTIFICATE_ACCOUNTING && answer->status != CERTIFICATE_EXPIRED;
    bool large = pen_large(pen);
    struct button left = left_button(result, applies);
    struct button leave = {.kind = BUTTON_SECOND,
                           .style = STYLE_BODY_BOLD,
                           .icon = ICON_EXIT,
                           .label = result_text(result, WORD_RESULT_LEAVE)};
    int width = (row.w - GAP_PX) / 2;
    int least = pen_target_px(pen, ROW_H);
    if (prints(result) && large) {
        row.h = family_print_height(result->scene, row.w, least, SHEET_SLIP, print_id);
        family_print_draw(result->scene, row, SHEET_SLIP, print_id);
        row.y += row.h + GAP_PX;
    } else if (prints(result)) {
        width = (row.w - 2 * NARROW_GAP_PX) / 3;
        left.style = leave.style = STYLE_PILL;
        if (result->scene->landscape)
            left.icon = leave.icon = PICTURE_NONE;
        least = family_print_height(result->scene, width, least, SHEET_SLIP, print_id);
    }
    row.h =
        widget_button_height(pen, width, widget_button_height(pen, width, least, &left), &leave);
    if (prints(result) && !large)
        family_print_draw(result->scene,
                          (struct rect){row.x + width + NARROW_GAP_PX, row.y, width, row.h},
                          SHEET_SLIP, print_id);
    widget_button(pen, (struct rect){row.x, row.y, width, row.h}, &left,
                  applies ? ACTION_GUIDE : ACTION_HIDE, applies ? GUIDE_NOMINAL : 0);
    widget_button(pen, (struct rect){row.x + row.w - width, row.y, width, row.h}, &leave,
                  ACTION_LEAVE, 0);
    return row.y + row.h;
}

static int draw_buttons(const void *context, int y)
{
    enum { VISIT_GAP_PX = 32 };
    const struct result_page *result = context;
    const struct pen *pen = &result->pen;
    bool lying = result->scene->landscape;
    struct rect side = rect_inset(chrome_side(result->scene), CHROME_MARGIN);
    struct rect box = {lying ? side.x : result->x, y, lying ? side.w : result->width, 0};
    bool spend = certificate_rest(result->scene->visit).amount > 0;
    struct button visit = {
        .kind = BUTTON_MAIN,
        .style = STYLE_BUTTON,
        .disc = true,
        .label = result_text(result, spend ? WORD_RESULT_VISIT : WORD_RESULT_VISIT_FREE)};
    box.h = widget_button_height(pen, box.w, pen_target_px(pen, WIDGET_BUTTON_L_H), &visit);
    widget_button(pen, box, &visit, ACTION_VISIT, 0);
    box.y += box.h + VISIT_GAP_PX;
    return draw_row(result, box);
}

// A part that scrolls through the view; at the usual size without the button that leads on.
static void draw_scrolled(const struct result_page *result, struct rect view, unsigned action,
                          const struct scroll *scroll, const struct layout_part *part)
{
    struct frame *frame = result->pen.frame;
    if (pen_large(&result->pen)) {
        layout_scrolled(result->scene, view, action, scroll, part);
        return;
    }
    frame_clip_push(frame, view);
    struct target *target = frame_target(frame, view, ROLE_SCROLL, (uint16_t)action, 0, "");
    int top = view.y + VIEW_PAD_PX - scroll_offset(scroll);
    int bottom = part->draw(part->context, top);
    if (target != NULL)
        target->value = (uint32_t)(bottom - top);
    frame_clip_pop(frame);
}

// The landscape's second column above the buttons: the details, or why they are closed.
static void draw_aside(const struct result_page *result, int bottom)
{
    struct result_page aside = *result;
    struct rect side = rect_inset(chrome_side(result->scene), CHROME_MARGIN);
    bool large = pen_large(&result->pen);
    bool open = result->answer->details_open;
    aside.x = side.x;
    aside.width = side.w;
    struct layout_part part = {open ? result_draw_details : draw_locked, &aside};
    if (!open && !large) {
        draw_locked(&aside, CHROME_TOPBAR_H);
        return;
    }
    int bleed = large && open ? LAYOUT_BLEED_PX : CHROME_MARGIN;
    int top = large ? 0 : CHROME_TOPBAR_H;
    if (large && open)
        top = CHROME_MARGIN;
    struct rect view = {side.x - bleed, top, side.w + 2 * bleed, bottom - top};
    draw_scrolled(&aside, view, ACTION_SCROLL_GROUPS, &result->scene->visit->certificate.aside,
                  &part);
}

void certificate_result_view(const struct scene *scene)
{
    const struct certificate_state *state = &scene->visit->certificate;
    struct result_page result = {
        .scene = scene,
        .pen = scene->pen,
        .answer = &state->answer,
        .hidden = state->hidden || scene->visit->warning,
        .x = chrome_body(scene).x,
        .width = chrome_body(scene).w,
    };
    result.pen.secret = true;
    layout_draw_top(scene);
    int top = 0;
    if (!pen_large(&scene->pen))
        top = draw_heading(&result, HEADING_Y) + HEADING_GAP_PX;
    struct layout_part buttons = {draw_buttons, &result};
    struct layout_part body = {draw_body, &result};
    int bottom = scene->height - LEAVES_PX - (scene->landscape ? 0 : CHROME_DOCK_H);
    int buttons_y = bottom - layout_height(scene, &buttons);
    int end = scene->landscape ? scene->height : buttons_y - 24;
    bool band = !scene->landscape || state->answer.kind == CERTIFICATE_ACCOUNTING;
    int bleed = band || !pen_large(&scene->pen) ? CHROME_MARGIN : LAYOUT_BLEED_PX;
    struct rect view = {result.x - bleed, top, result.width + 2 * bleed, end - top};
    draw_scrolled(&result, view, ACTION_SCROLL_LIST, &state->page, &body);
    draw_buttons(&result, buttons_y);
    if (scene->landscape)
        draw_aside(&result, buttons_y - 16);
}
