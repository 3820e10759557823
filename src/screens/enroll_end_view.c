// The lower end of the code's screen: how long it stays, more time, paper, «Готово».
#include "screens/enroll_parts.h"
#include "screens/family_print.h"
#include "wording/format.h"

void enroll_draw_countdown(const struct scene *scene, int x, int y, int width)
{
    const struct pen *pen = &scene->pen;
    const struct enroll_state *state = &scene->visit->enroll;
    if (state->phase == ENROLL_ASKING)
        return;
    int64_t left_ms = state->closes_ms - scene->clock.now_ms;
    int64_t left_s = left_ms > 0 ? (left_ms + 999) / 1000 : 0;
    int64_t whole_s = pen->theme->times.qr_hold_s;
    frame_wake_at(pen->frame, state->closes_ms - (left_s > 0 ? left_s - 1 : 0) * 1000);
    char time[FORMAT_BYTES];
    char text[FORMAT_BYTES * 2];
    format_duration(scene->words, left_s, time, sizeof time);
    words_fill(scene->words, WORD_ENROLL_CLOSES, &(struct word_part){"time", time}, 1, text,
               sizeof text);
    pen_icon(pen, (struct rect){x, y, 40, 46}, ICON_TIMER, 36, pen_color(pen, COLOR_INK));
    pen_line(pen, (struct rect){x + 48, y + 2, width - 48, 41}, STYLE_BODY,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, text);
    struct rect track = {x, y + 64, width, 16};
    pen_block(pen, track, (struct block_look){.fill = pen_color(pen, COLOR_SUNKEN), .radius = 8});
    int filled = left_s >= whole_s ? track.w : (int)(track.w * left_s / whole_s);
    if (filled >= 16)
        pen_block(pen, (struct rect){track.x, track.y, filled, track.h},
                  (struct block_look){.fill = pen_color(pen, COLOR_PRIMARY), .radius = 8});
}

void enroll_draw_more_time(const struct scene *scene, struct rect box, enum style style)
{
    struct button more = {
        .kind = BUTTON_SECOND, .style = style, .label = scene->words->texts[WORD_ENROLL_MORE_TIME]};
    if (scene->visit->enroll.phase != ENROLL_ASKING)
        widget_button(&scene->pen, box, &more, ACTION_MORE_TIME, 0);
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

static void draw_plain_done(const struct scene *scene, struct rect box)
{
    struct button done = {
        .kind = BUTTON_MAIN, .style = STYLE_BUTTON, .label = scene->words->texts[WORD_ENROLL_DONE]};
    widget_button(&scene->pen, box, &done, ACTION_DONE, 0);
}

void enroll_draw_done(const struct scene *scene, struct rect box)
{
    enum { GAP_PX = 24 };
    if (prints(scene)) {
        int half = (box.w - GAP_PX) / 2;
        draw_paper(scene, (struct rect){box.x, box.y, half, box.h});
        box = (struct rect){box.x + half + GAP_PX, box.y, half, box.h};
    }
    draw_plain_done(scene, box);
}

// All three in one row.
static void draw_narrow_row(const struct scene *scene, struct rect row)
{
    enum { PAPER_W = 352, MORE_W = 198, GAP_PX = 16 };
    int x = row.x + PAPER_W + GAP_PX;
    draw_paper(scene, (struct rect){row.x, row.y, PAPER_W, row.h});
    enroll_draw_more_time(scene, (struct rect){x, row.y, MORE_W, row.h}, STYLE_BODY_BOLD);
    x += MORE_W + GAP_PX;
    draw_plain_done(scene, (struct rect){x, row.y, row.x + row.w - x, row.h});
}

void enroll_draw_end(const struct scene *scene, struct rect column)
{
    enum { MORE_W = 202, MORE_H = 88, GAP_PX = 24, ABOVE_PX = 104 };
    struct rect row = {column.x, column.y + column.h - WIDGET_BUTTON_H, column.w, WIDGET_BUTTON_H};
    int half = (row.w - GAP_PX) / 2;
    if (prints(scene) && !scene->landscape) { // «Ещё время» beside the countdown
        struct rect more = {row.x + row.w - MORE_W, row.y - MORE_H - 24, MORE_W, MORE_H};
        enroll_draw_countdown(scene, row.x, row.y - ABOVE_PX, row.w - MORE_W - GAP_PX);
        enroll_draw_more_time(scene, more, STYLE_BODY_BOLD);
        enroll_draw_done(scene, row);
        return;
    }
    enroll_draw_countdown(scene, row.x, row.y - ABOVE_PX, row.w);
    if (prints(scene)) {
        draw_narrow_row(scene, row);
        return;
    }
    enroll_draw_more_time(scene, (struct rect){row.x, row.y, half, row.h}, STYLE_BUTTON);
    draw_plain_done(scene, (struct rect){row.x + half + GAP_PX, row.y, half, row.h});
}
