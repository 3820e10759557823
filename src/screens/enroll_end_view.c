// The lower end of the code's screen: how long it stays, more time, paper, «Готово».
#include "screens/chrome.h"
#include "screens/enroll_parts.h"
#include "screens/family_print.h"
#include "screens/layout.h"
#include "wording/format.h"

enum { GAP_PX = 24 };

static void countdown_text(const struct scene *scene, int64_t left_s,
                           char ret_text[FORMAT_BYTES * 2])
{
    char time[FORMAT_BYTES];
    format_duration(scene->words, left_s, time, sizeof time);
    words_fill(scene->words, WORD_ENROLL_CLOSES, &(struct word_part){"time", time}, 1, ret_text,
               FORMAT_BYTES * 2);
}

static int64_t left_s(const struct scene *scene)
{
    const struct enroll_state *state = &scene->visit->enroll;
    int64_t left_ms = state->closes_ms - scene->clock.now_ms;
    int64_t left = left_ms > 0 ? (left_ms + 999) / 1000 : 0;
    frame_wake_at(scene->pen.frame, state->closes_ms - (left > 0 ? left - 1 : 0) * 1000);
    return left;
}

static void draw_countdown(const struct scene *scene, struct rect box, int text_h)
{
    enum { BAR_H = 16, ICON_PX = 36 };
    const struct pen *pen = &scene->pen;
    int64_t left = left_s(scene);
    int64_t whole_s = pen->theme->times.qr_hold_s;
    char text[FORMAT_BYTES * 2];
    countdown_text(scene, left, text);
    pen_icon(pen, (struct rect){box.x, box.y, 40, pen_style(pen, STYLE_BODY)->line_px + 5},
             ICON_TIMER, ICON_PX, pen_color(pen, COLOR_INK));
    layout_words(pen, (struct rect){box.x + 48, box.y + 2, box.w - 48, 0}, STYLE_BODY, COLOR_INK,
                 text);
    struct rect track = {box.x, box.y + text_h + 23, box.w, BAR_H};
    pen_block(pen, track, (struct block_look){.fill = pen_color(pen, COLOR_SUNKEN), .radius = 8});
    int filled = left >= whole_s ? track.w : (int)(track.w * left / whole_s);
    if (filled >= BAR_H)
        pen_block(pen, (struct rect){track.x, track.y, filled, track.h},
                  (struct block_look){.fill = pen_color(pen, COLOR_PRIMARY), .radius = 8});
}

// As high all the time: the longest of its texts counts. Returns where it ends.
static int place_countdown(const struct scene *scene, struct rect box)
{
    enum { BELOW_TEXT_PX = 39, MINUTE_S = 60 };
    char text[FORMAT_BYTES * 2];
    countdown_text(scene, 2 * MINUTE_S - 1, text);
    int text_h = layout_words_height(&scene->pen, box.w - 48, STYLE_BODY, text);
    if (scene->visit->enroll.phase != ENROLL_ASKING)
        draw_countdown(scene, box, text_h);
    return box.y + text_h + BELOW_TEXT_PX;
}

static enum sheet_kind sheet_of(const struct scene *scene)
{
    return scene->visit->enroll.whole ? SHEET_SELECTION : SHEET_RECEIPT;
}

static bool prints(const struct scene *scene)
{
    enum enroll_phase phase = scene->visit->enroll.phase;
    return (phase == ENROLL_SHORT_LINK || phase == ENROLL_PROGRAM_LINK) &&
           family_print_shown(scene, sheet_of(scene), scene->visit->enroll.print_id);
}

static void draw_paper(const struct scene *scene, struct rect box)
{
    family_print_draw(scene, box, sheet_of(scene), scene->visit->enroll.print_id);
}

static struct button more_button(const struct scene *scene, enum style style)
{
    return (struct button){
        .kind = BUTTON_SECOND, .style = style, .label = scene->words->texts[WORD_ENROLL_MORE_TIME]};
}

static struct button done_button(const struct scene *scene)
{
    return (struct button){
        .kind = BUTTON_MAIN, .style = STYLE_BUTTON, .label = scene->words->texts[WORD_ENROLL_DONE]};
}

static void draw_more_time(const struct scene *scene, struct rect box, enum style style)
{
    struct button more = more_button(scene, style);
    if (scene->visit->enroll.phase != ENROLL_ASKING)
        widget_button(&scene->pen, box, &more, ACTION_MORE_TIME, 0);
}

static void draw_done(const struct scene *scene, struct rect box)
{
    struct button done = done_button(scene);
    widget_button(&scene->pen, box, &done, ACTION_DONE, 0);
}

// «Ещё время» beside the countdown; below it the paper and «Готово».
static int draw_beside(const struct enroll_page *page, int y)
{
    enum { MORE_W = 202, MORE_H = 88 };
    const struct scene *scene = page->scene;
    struct rect box = {page->x, y + (page->queue ? 8 : 30), page->width - MORE_W - GAP_PX, 0};
    int row_y = place_countdown(scene, box) + (page->queue ? GAP_PX : 34);
    draw_more_time(scene, (struct rect){page->x + page->width - MORE_W, y, MORE_W, MORE_H},
                   STYLE_BODY_BOLD);
    struct rect done = {page->x, row_y, page->width, WIDGET_BUTTON_H};
    if (prints(scene)) {
        done.w = (page->width - GAP_PX) / 2;
        draw_paper(scene, done);
        done.x += done.w + GAP_PX;
    }
    draw_done(scene, done);
    return row_y + WIDGET_BUTTON_H;
}

enum { PAPER_W = 352, NARROW_MORE_W = 198, NARROW_GAP_PX = 16 };

static bool narrow_row_fits(const struct enroll_page *page)
{
    const struct scene *scene = page->scene;
    struct button more = more_button(scene, STYLE_BODY_BOLD);
    return !pen_large(&scene->pen) && page->scene->landscape && prints(scene) &&
           widget_button_height(&scene->pen, NARROW_MORE_W, 0, &more) <= WIDGET_BUTTON_H &&
           family_print_height(scene, PAPER_W, 0, sheet_of(scene), scene->visit->enroll.print_id) <=
               WIDGET_BUTTON_H;
}

// All three in one row.
static int draw_narrow_row(const struct enroll_page *page, int y)
{
    const struct scene *scene = page->scene;
    int x = page->x + PAPER_W + NARROW_GAP_PX;
    draw_paper(scene, (struct rect){page->x, y, PAPER_W, WIDGET_BUTTON_H});
    draw_more_time(scene, (struct rect){x, y, NARROW_MORE_W, WIDGET_BUTTON_H}, STYLE_BODY_BOLD);
    x += NARROW_MORE_W + NARROW_GAP_PX;
    draw_done(scene, (struct rect){x, y, page->x + page->width - x, WIDGET_BUTTON_H});
    return y + WIDGET_BUTTON_H;
}

// The paper above the other two.
static int draw_rows(const struct enroll_page *page, int y)
{
    const struct scene *scene = page->scene;
    const struct pen *pen = &scene->pen;
    int least = pen_target_px(pen, WIDGET_BUTTON_H);
    int half = (page->width - GAP_PX) / 2;
    struct button more = more_button(scene, STYLE_BUTTON);
    struct button done = done_button(scene);
    if (prints(scene)) {
        int height = family_print_height(scene, page->width, least, sheet_of(scene),
                                         scene->visit->enroll.print_id);
        draw_paper(scene, (struct rect){page->x, y, page->width, height});
        y += height + GAP_PX;
    }
    int height =
        widget_button_height(pen, half, widget_button_height(pen, half, least, &more), &done);
    draw_more_time(scene, (struct rect){page->x, y, half, height}, STYLE_BUTTON);
    draw_done(scene, (struct rect){page->x + half + GAP_PX, y, half, height});
    return y + height;
}

int enroll_draw_end(const struct enroll_page *page, int y)
{
    const struct scene *scene = page->scene;
    bool beside = !pen_large(&scene->pen) && !scene->landscape && (!page->queue || prints(scene));
    if (beside)
        return draw_beside(page, y);
    y = place_countdown(scene, (struct rect){page->x, y + 8, page->width, 0}) + GAP_PX;
    return narrow_row_fits(page) ? draw_narrow_row(page, y) : draw_rows(page, y);
}
