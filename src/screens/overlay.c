#include "screens/overlay.h"

#include "base/text.h"
#include "catalog/guide.h"
#include "screens/chrome.h"
#include "screens/filters.h"
#include "screens/layout.h"
#include "screens/voice.h"
#include "screens/wizard.h"
#include "ui/ease.h"
#include "wording/format.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { SHEET_HEADER_H = 152, SHEET_TOP_PX = 44 };
enum { SHEET_RADIUS = 56, MODAL_RADIUS = 64, FOOTER_H = 160, FOOTER_BOTTOM_PX = 16 };

// Nothing below an overlay can be touched.
static void cover(const struct scene *scene, struct rect box)
{
    struct frame *frame = scene->pen.frame;
    uint32_t kept = 0;
    frame_layer(frame);
    frame->mover = MOVER_NONE;
    for (uint32_t i = 0; i < frame->target_count; i++)
        if (rect_empty(rect_intersect(frame->targets[i].box, box)))
            frame->targets[kept++] = frame->targets[i];
    frame->target_count = kept;
    struct draw *draw = frame_draw(frame, DRAW_SCRIM, box, pen_color(&scene->pen, COLOR_SCRIM));
    if (draw != NULL)
        draw->part = 0.62f;
}

// What the question holds, from top to bottom.
struct question {
    struct button buttons[2];
    int heights[2];
    int title_h;
    int text_h;
    int ring_px; // gives way to the words
    int height;
};

enum {
    QUESTION_W = 1080,
    QUESTION_LARGE_W = 1400,
    QUESTION_MIN_H = 1120,
    QUESTION_TOP_PX = 76,
    QUESTION_BOTTOM_PX = 40,
    QUESTION_SIDE_PX = 48,
    QUESTION_BUTTON_SIDE_PX = 72,
    QUESTION_LINES_MAX = 6,
    RING_PX = 292,
    RING_MIN_PX = 200,
    RING_GAP_PX = 50,
    QUESTION_GAP_PX = 16,
    TEXT_GAP_PX = 60,
    BUTTON_GAP_PX = 36,
};

static int lines_height(const struct pen *pen, int width, enum style style, const char *text)
{
    return (int)pen_lines(pen, width, style, text, QUESTION_LINES_MAX) *
           pen_style(pen, style)->line_px;
}

static void measure_question(const struct scene *scene, int width, const char *text,
                             struct question *ret)
{
    enum { MAIN_H = 140, SECOND_H = 116 };
    const struct pen *pen = &scene->pen;
    int button_w = width - 2 * QUESTION_BUTTON_SIDE_PX;
    int text_w = width - 2 * QUESTION_SIDE_PX;
    ret->buttons[0] = (struct button){.kind = BUTTON_MAIN,
                                      .style = STYLE_BUTTON_L,
                                      .label = scene->words->texts[WORD_IDLE_CONTINUE]};
    ret->buttons[1] = (struct button){.kind = BUTTON_SECOND,
                                      .style = STYLE_BUTTON,
                                      .label = scene->words->texts[WORD_IDLE_FINISH]};
    ret->heights[0] = widget_button_height(pen, button_w, MAIN_H, &ret->buttons[0]);
    ret->heights[1] = widget_button_height(pen, button_w, SECOND_H, &ret->buttons[1]);
    ret->title_h = lines_height(pen, text_w, STYLE_DISPLAY, scene->words->texts[WORD_IDLE_TITLE]);
    ret->text_h = lines_height(pen, text_w, STYLE_FIELD, text);
    int rest = QUESTION_TOP_PX + RING_GAP_PX + ret->title_h + QUESTION_GAP_PX + ret->text_h +
               TEXT_GAP_PX + ret->heights[0] + BUTTON_GAP_PX + ret->heights[1] + QUESTION_BOTTOM_PX;
    int room = scene->height - rest;
    ret->ring_px = room > RING_PX ? RING_PX : room < RING_MIN_PX ? RING_MIN_PX : room;
    ret->height = rest + ret->ring_px > QUESTION_MIN_H ? rest + ret->ring_px : QUESTION_MIN_H;
    if (ret->height > scene->height)
        ret->height = scene->height;
}

// With each second the ring glides on to what is left.
static void draw_left(const struct scene *scene, struct rect ring, int64_t left_s, int64_t ends_ms)
{
    enum { STROKE_PX = 36, GLIDE_MS = 240 };
    const struct pen *pen = &scene->pen;
    int64_t now_ms = scene->clock.now_ms;
    int64_t since_ms = ends_ms - left_s * 1000;
    float left = (float)left_s;
    char number[16];
    snprintf(number, sizeof number, "%d", (int)left_s);
    if (!scene->still && now_ms < since_ms + GLIDE_MS) {
        left += 1 - ease_out(since_ms, now_ms, GLIDE_MS);
        frame_wake_at(pen->frame, now_ms + EASE_FRAME_MS);
    }
    widget_ring(pen, ring, STROKE_PX, fminf(left / (float)pen->theme->times.warning_s, 1),
                pen->palette == PALETTE_NORMAL ? pen->theme->motifs[MOTIF_VERMILION]
                                               : pen_color(pen, COLOR_ACCENT),
                pen_color(pen, COLOR_TRACK));
    pen_line(pen, ring, STYLE_DISPLAY, pen_color(pen, COLOR_INK), ALIGN_CENTER, number);
}

static void draw_question(const struct scene *scene, struct rect modal, const char *text,
                          const struct question *question)
{
    const struct pen *pen = &scene->pen;
    struct rect words = {modal.x + QUESTION_SIDE_PX,
                         modal.y + QUESTION_TOP_PX + question->ring_px + RING_GAP_PX,
                         modal.w - 2 * QUESTION_SIDE_PX, 0};
    pen_paragraph(pen, words, STYLE_DISPLAY, pen_color(pen, COLOR_INK), ALIGN_CENTER,
                  scene->words->texts[WORD_IDLE_TITLE], QUESTION_LINES_MAX);
    words.y += question->title_h + QUESTION_GAP_PX;
    pen_paragraph(pen, words, STYLE_FIELD, pen_color(pen, COLOR_INK_2), ALIGN_CENTER, text,
                  QUESTION_LINES_MAX);
    struct rect button = {modal.x + QUESTION_BUTTON_SIDE_PX,
                          words.y + question->text_h + TEXT_GAP_PX,
                          modal.w - 2 * QUESTION_BUTTON_SIDE_PX, question->heights[0]};
    widget_button(pen, button, &question->buttons[0], ACTION_CONTINUE, 0);
    button.y += button.h + BUTTON_GAP_PX;
    button.h = question->heights[1];
    widget_button(pen, button, &question->buttons[1], ACTION_FINISH, 0);
}

void overlay_draw_warning(const struct scene *scene, int64_t ends_ms)
{
    const struct pen *pen = &scene->pen;
    int64_t left_ms = ends_ms - scene->clock.now_ms;
    int64_t left_s = left_ms > 0 ? (left_ms + 999) / 1000 : 0;
    int width = !scene->landscape ? scene->width : pen_large(pen) ? QUESTION_LARGE_W : QUESTION_W;
    char time[FORMAT_BYTES];
    char text[FORMAT_BYTES * 2];
    struct question question;
    format_duration(scene->words, left_s, time, sizeof time);
    words_fill(scene->words, WORD_IDLE_TEXT, &(struct word_part){"time", time}, 1, text,
               sizeof text);
    measure_question(scene, width, text, &question);
    frame_wake_at(pen->frame, ends_ms - (left_s > 0 ? left_s - 1 : 0) * 1000);
    cover(scene, (struct rect){0, 0, scene->width, scene->height});
    struct rect modal = {(scene->width - width) / 2, scene->height - question.height, width,
                         question.height};
    pen_block(pen, modal,
              (struct block_look){.fill = pen_color(pen, COLOR_PAPER),
                                  .stroke = pen_color(pen, COLOR_LINE),
                                  .stroke_px = pen->palette == PALETTE_HIGH_CONTRAST ? 4 : 0,
                                  .radius = MODAL_RADIUS,
                                  .corners = CORNER_TOP_LEFT | CORNER_TOP_RIGHT});
    draw_left(scene,
              (struct rect){modal.x + (width - question.ring_px) / 2, modal.y + QUESTION_TOP_PX,
                            question.ring_px, question.ring_px},
              left_s, ends_ms);
    draw_question(scene, modal, text, &question);
}

enum { HINTS = 3 };

// Of a screen: a word with a title and a text for each hint, parted by '|'.
struct help {
    enum word hints;
    enum picture icons[HINTS];
};

#define GUIDE_HELP                                                                                 \
    {                                                                                              \
        WORD_HELP_GUIDE,                                                                           \
        {                                                                                          \
            ICON_DOCUMENT, ICON_QR, ICON_PERSON                                                    \
        }                                                                                          \
    }

static const struct help helps[SCREEN_COUNT] = {
    [SCREEN_HOME] = {WORD_HELP_HOME, {ICON_KEYBOARD, ICON_TOUCH, ICON_CERTIFICATE}},
    [SCREEN_WIZARD_AGE] = {WORD_HELP_WIZARD_AGE, {ICON_CHILD, ICON_GROUP, ICON_FORWARD}},
    [SCREEN_WIZARD_TIME] = {WORD_HELP_WIZARD_TIME, {ICON_CALENDAR, ICON_CLOCK, ICON_INFO}},
    [SCREEN_WIZARD_INTEREST] = {WORD_HELP_WIZARD_INTEREST, {ICON_TOUCH, ICON_QUESTION, ICON_INFO}},
    [SCREEN_WIZARD_PAYMENT] = {WORD_HELP_WIZARD_PAYMENT, {ICON_HEART, ICON_CERTIFICATE, ICON_BACK}},
    [SCREEN_SEARCH] = {WORD_HELP_SEARCH, {ICON_KEYBOARD, ICON_FILTER, ICON_BOOKMARK}},
    [SCREEN_PROGRAM] = {WORD_HELP_PROGRAM, {ICON_CALENDAR, ICON_QR, ICON_BOOKMARK}},
    [SCREEN_ENROLL] = {WORD_HELP_ENROLL, {ICON_QR, ICON_DOCUMENT, ICON_TIMER}},
    [SCREEN_SELECTION] = {WORD_HELP_SELECTION, {ICON_CALENDAR, ICON_WARNING, ICON_QR}},
    [SCREEN_SELECTION_CODES] = {WORD_HELP_SELECTION_CODES, {ICON_QR, ICON_REFRESH, ICON_BACK}},
    [SCREEN_NUMBER] = {WORD_HELP_NUMBER, {ICON_IDCARD, ICON_LOCK, ICON_BACKSPACE}},
    [SCREEN_BIRTH] = {WORD_HELP_BIRTH, {ICON_QUESTION, ICON_CALENDAR, ICON_LOCK}},
    [SCREEN_RESULT] = {WORD_HELP_RESULT, {ICON_RUBLE, ICON_SEARCH, ICON_EYE_OFF}},
    [SCREEN_GUIDE] = GUIDE_HELP,
    [SCREEN_GUIDE_NOMINAL] = GUIDE_HELP,
    [SCREEN_GUIDE_REFUSAL] = GUIDE_HELP,
    [SCREEN_GUIDE_TEEN] = GUIDE_HELP,
    [SCREEN_GUIDE_CONTACTS] = GUIDE_HELP,
    [SCREEN_NOTICE] = {WORD_HELP_NOTICE, {ICON_INFO, ICON_SEARCH, ICON_CLOCK}},
};

static int draw_hint(const struct scene *scene, struct rect box, const struct help *help,
                     unsigned place)
{
    static const enum motif grounds[HINTS] = {MOTIF_SUN, MOTIF_MINT, MOTIF_PINK};
    enum { SQUARE_PX = 104, TEXT_X = 134, TITLE_GAP_PX = 4, GAP_PX = 36, LINES_MAX = 8 };
    const struct pen *pen = &scene->pen;
    char title[FORMAT_BYTES];
    char text[FORMAT_BYTES];
    format_choice(scene->words, help->hints, 2 * place, title, sizeof title);
    format_choice(scene->words, help->hints, 2 * place + 1, text, sizeof text);
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
    struct rect square = {box.x, box.y, SQUARE_PX, SQUARE_PX};
    pen_block(pen, square,
              (struct block_look){.fill = plain ? pen_color(pen, COLOR_ACCENT)
                                                : pen->theme->motifs[grounds[place]],
                                  .radius = 28});
    pen_icon(pen, square, help->icons[place], 52, pen_color(pen, COLOR_ON_ACCENT));
    struct rect words = {box.x + TEXT_X, box.y + TITLE_GAP_PX, box.w - TEXT_X, 0};
    words.y += pen_paragraph(pen, words, STYLE_BUTTON, pen_color(pen, COLOR_INK), ALIGN_LEFT, title,
                             LINES_MAX) +
               TITLE_GAP_PX;
    words.y += pen_paragraph(pen, words, STYLE_BODY, pen_color(pen, COLOR_INK), ALIGN_LEFT, text,
                             LINES_MAX);
    int height = words.y - box.y;
    return box.y + (height > SQUARE_PX ? height : SQUARE_PX) + GAP_PX;
}

// Where a person is; the card leads to the contacts. Returns its height.
static int draw_person(const struct scene *scene, struct rect panel)
{
    enum { TOP_PX = 36, BOTTOM_PX = 37, TITLE_GAP_PX = 3, TEXT_X = 126, RIGHT_PX = 94 };
    const struct pen *pen = &scene->pen;
    const char *title = scene->words->texts[WORD_HELP_PERSON];
    char text[FORMAT_BYTES * 3];
    struct text place;
    text_init(&place, text, sizeof text);
    text_add(&place, format_help_place(scene->words, scene->config));
    if (scene->config->help_hours[0] != '\0')
        text_addf(&place, " · %s", scene->config->help_hours);
    format_capital(text, sizeof text);
    struct rect words = {panel.x + TEXT_X, 0, panel.w - TEXT_X - RIGHT_PX, 0};
    int title_h = layout_words_height(pen, words.w, STYLE_BODY_BOLD, title);
    panel.h = TOP_PX + title_h + TITLE_GAP_PX +
              layout_words_height(pen, words.w, STYLE_BODY, text) + BOTTOM_PX;
    int down = widget_card(pen, panel, ACTION_GUIDE, GUIDE_CONTACTS, title);
    struct rect face = {panel.x, panel.y + down, panel.w, panel.h};
    words.y = face.y + TOP_PX;
    pen_icon(pen, (struct rect){face.x + face.w - 84, face.y, 48, face.h}, ICON_CHEVRON_RIGHT, 40,
             pen_color(pen, COLOR_INK));
    pen_icon(pen, (struct rect){face.x + 36, face.y, 60, face.h}, ICON_PERSON, 56,
             pen_color(pen, COLOR_INFO));
    layout_words(pen, words, STYLE_BODY_BOLD, COLOR_INK, title);
    words.y += title_h + TITLE_GAP_PX;
    layout_words(pen, words, STYLE_BODY, COLOR_INK, text);
    return panel.h;
}

// What the gear beside the date means. Returns where it ends.
static int draw_storage(const struct scene *scene, struct rect line)
{
    enum { TEXT_X = 64 };
    const struct pen *pen = &scene->pen;
    char text[FORMAT_BYTES];
    if (scene->link->storage == STORAGE_FINE)
        return line.y;
    format_choice(scene->words, WORD_HELP_STORAGE, (unsigned)scene->link->storage - 1, text,
                  sizeof text);
    pen_icon(pen, (struct rect){line.x, line.y, 44, pen_style(pen, STYLE_CAPTION)->line_px},
             ICON_SETTINGS, CHROME_GEAR_PX, pen_color(pen, COLOR_INK_2));
    line.x += TEXT_X;
    line.w -= TEXT_X;
    return line.y + layout_words(pen, line, STYLE_CAPTION, COLOR_INK_2, text);
}

struct rect overlay_draw_sheet(const struct scene *scene, int top, enum word title)
{
    enum { CROSS_PX = 104 };
    const struct pen *pen = &scene->pen;
    int bottom = scene->height - (scene->landscape ? 0 : CHROME_DOCK_H);
    int left = scene->landscape ? CHROME_RAIL_W : 0;
    struct rect sheet = {left, top, scene->width - left, bottom - top};
    cover(scene, (struct rect){left, 0, scene->width - left, bottom});
    pen->frame->mover = MOVER_SHEET;
    pen_block(pen, sheet,
              (struct block_look){.fill = pen_color(pen, COLOR_PAPER),
                                  .stroke = pen_color(pen, COLOR_LINE),
                                  .stroke_px = pen->palette == PALETTE_HIGH_CONTRAST ? 4 : 0,
                                  .radius = SHEET_RADIUS,
                                  .corners = CORNER_TOP_LEFT | CORNER_TOP_RIGHT});
    frame_target(pen->frame, (struct rect){sheet.x, sheet.y, sheet.w, SHEET_HEADER_H}, ROLE_SCROLL,
                 ACTION_SWIPE_SHEET, 0, "");
    pen_text(pen, sheet.x + 48, sheet.y + 58, STYLE_H1, pen_color(pen, COLOR_INK),
             scene->words->texts[title]);
    widget_square(pen, (struct rect){sheet.x + sheet.w - 152, sheet.y + 44, CROSS_PX, CROSS_PX},
                  pen_color(pen, COLOR_SUNKEN), ICON_CLOSE, pen_color(pen, COLOR_INK),
                  ACTION_SHEET_CLOSE, 0, scene->words->texts[WORD_CLOSE]);
    return sheet;
}

struct help_part {
    const struct scene *scene;
    int x;
    int width;
};

enum { VOICE_BESIDE_PX = 760 }; // of the title and the cross

// Upright the voice has a row of its own, lying the room beside the title.
static bool has_voice_row(const struct scene *scene)
{
    int beside = scene->width - CHROME_RAIL_W - VOICE_BESIDE_PX;
    return scene->visit->voice &&
           (!scene->landscape || pen_large(&scene->pen) || !voice_fits(scene, beside));
}

static int draw_hints(const void *context, int y)
{
    enum { TOP_PX = 32, CARD_GAP_PX = 8, NOTE_GAP_PX = 34, STORAGE_GAP_PX = 13, BOTTOM_PX = 12 };
    enum { VOICE_Y = 840, VOICE_BOTTOM_PX = 40 };
    const struct help_part *part = context;
    const struct scene *scene = part->scene;
    const struct pen *pen = &scene->pen;
    int voice_y = y + VOICE_Y;
    int line_h = pen_style(pen, STYLE_BODY)->line_px;
    int icon_h = line_h > 44 ? line_h + 4 : 44;
    y += TOP_PX;
    for (unsigned i = 0; i < HINTS; i++)
        y = draw_hint(scene, (struct rect){part->x, y, part->width, 0},
                      &helps[scene->visit->screen], i);
    y += CARD_GAP_PX;
    y += draw_person(scene, (struct rect){part->x, y, part->width, 0}) + NOTE_GAP_PX;
    pen_icon(pen, (struct rect){part->x, y, 44, icon_h}, ICON_TOUCH, 40,
             pen_color(pen, COLOR_INFO));
    struct rect line = {part->x + 64, y + 2, part->width - 64, 0};
    y = line.y +
        layout_words(pen, line, STYLE_BODY, COLOR_INK, scene->words->texts[WORD_HELP_RESTART]);
    y = draw_storage(scene, (struct rect){part->x, y + STORAGE_GAP_PX, part->width, 0}) + BOTTOM_PX;
    if (!has_voice_row(scene))
        return y;
    y = y < voice_y ? voice_y : y;
    return y + voice_draw_controls(scene, (struct rect){part->x, y, part->width, 0}) +
           VOICE_BOTTOM_PX;
}

void overlay_draw_help(const struct scene *scene)
{
    enum { SHEET_H = 1000 };
    struct rect body = chrome_body(scene);
    struct help_part hints = {scene, body.x, scene->width - body.x - CHROME_MARGIN};
    struct layout_part part = {draw_hints, &hints};
    int bottom = scene->height - (scene->landscape ? 0 : CHROME_DOCK_H);
    int height = SHEET_HEADER_H + layout_height(scene, &part);
    height = height < SHEET_H ? SHEET_H : height;
    if (height > bottom - SHEET_TOP_PX)
        height = bottom - SHEET_TOP_PX;
    struct rect sheet = overlay_draw_sheet(scene, bottom - height, WORD_HELP_TITLE);
    if (scene->visit->voice && !has_voice_row(scene))
        voice_draw_controls(
            scene, (struct rect){sheet.x + 560, sheet.y + 44, sheet.w - VOICE_BESIDE_PX, 0});
    struct rect view = {sheet.x, sheet.y + SHEET_HEADER_H, sheet.w, sheet.h - SHEET_HEADER_H};
    layout_scrolled(scene, view, ACTION_SCROLL_SHEET, &scene->visit->help_page, &part);
}

void overlay_draw_languages(const struct scene *scene)
{
    enum { HEADER_H = 184, ROW_H = 112, GAP_PX = 24, FOOT_PX = 48 };
    const struct pen *pen = &scene->pen;
    int bottom = scene->height - (scene->landscape ? 0 : CHROME_DOCK_H);
    int height = HEADER_H + (int)scene->language_count * (ROW_H + GAP_PX) - GAP_PX + FOOT_PX;
    struct rect sheet = overlay_draw_sheet(scene, bottom - height, WORD_LANGUAGE_TITLE);
    struct rect row = {sheet.x + 48, sheet.y + HEADER_H, sheet.w - 96, ROW_H};
    for (unsigned i = 0; i < scene->language_count; i++) {
        bool chosen = i == scene->visit->language;
        struct button button = {.kind = chosen ? BUTTON_ON : BUTTON_SECOND,
                                .style = STYLE_BUTTON,
                                .label = scene->languages[i]->texts[WORD_LANGUAGE_NAME],
                                .icon = chosen ? ICON_CHECK : ICON_GLOBE,
                                .left = true};
        widget_button(pen, row, &button, ACTION_LANGUAGE, i);
        if (chosen)
            pen->frame->targets[pen->frame->target_count - 1].state |= TARGET_SELECTED;
        row.y += ROW_H + GAP_PX;
    }
}

// Above the dock, the main actions of a page that has some there, and keys.
static int toast_bottom(const struct scene *scene)
{
    enum { GAP_PX = 24 };
    const struct visit *visit = scene->visit;
    const struct frame *frame = scene->pen.frame;
    int bottom = scene->height - (scene->landscape ? 0 : CHROME_DOCK_H) - GAP_PX;
    if (visit->search.filters)
        return bottom - (filters_footer_height(scene) - FOOTER_BOTTOM_PX);
    if (wizard_shown(visit) || visit->screen == SCREEN_SELECTION)
        return bottom - FOOTER_H;
    for (uint32_t i = 0; visit->screen == SCREEN_SEARCH && i < frame->target_count; i++) {
        const struct target *target = &frame->targets[i];
        bool typing = target->role == ROLE_KEY || target->action == ACTION_SUGGESTION;
        if (typing && target->box.y - GAP_PX < bottom)
            bottom = target->box.y - GAP_PX;
    }
    return bottom;
}

void overlay_draw_toast(const struct scene *scene)
{
    enum { TOAST_H = 108, TEXT_X = 108, RIGHT_PX = 12, AIR_PX = 24, LINES_MAX = 4 };
    const struct pen *pen = &scene->pen;
    const struct toast *toast = &scene->visit->toast;
    if (toast->until_ms <= scene->clock.now_ms)
        return;
    frame_wake_at(pen->frame, toast->until_ms);
    frame_layer(pen->frame);
    int left = scene->landscape ? CHROME_RAIL_W + 48 : 48;
    int width = scene->landscape ? 900 : scene->width - 96;
    const char *undo = scene->words->texts[WORD_UNDO];
    bool has_undo = toast->action != TOAST_NOTHING;
    int undo_w = has_undo ? pen_width(pen, STYLE_BUTTON, undo) + 72 : 0;
    const char *said = scene->words->texts[toast->word];
    int room = width - TEXT_X - RIGHT_PX - undo_w;
    int words_h = (int)pen_lines(pen, room, STYLE_BODY_L, said, LINES_MAX) *
                  pen_style(pen, STYLE_BODY_L)->line_px;
    int height = words_h + 2 * AIR_PX > TOAST_H ? words_h + 2 * AIR_PX : TOAST_H;
    struct rect box = {left, toast_bottom(scene) - height, width, height};
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, COLOR_DOCK),
                                  .stroke = pen_color(pen, COLOR_ON_DOCK),
                                  .stroke_px = pen->palette == PALETTE_HIGH_CONTRAST ? 4 : 0,
                                  .radius = 28});
    pen_icon(pen, (struct rect){box.x + 36, box.y, 48, box.h}, toast->icon, 44,
             pen_color(pen, COLOR_ACCENT));
    pen_paragraph(pen, (struct rect){box.x + TEXT_X, box.y + (height - words_h) / 2, room, words_h},
                  STYLE_BODY_L, pen_color(pen, COLOR_ON_DOCK), ALIGN_LEFT, said, LINES_MAX);
    if (!has_undo)
        return;
    struct rect action = {box.x + box.w - undo_w, box.y, undo_w, box.h};
    pen_line(pen, action, STYLE_BUTTON, pen_color(pen, COLOR_ACCENT), ALIGN_CENTER, undo);
    frame_target(pen->frame, action, ROLE_BUTTON, ACTION_TOAST, 0, undo);
}
