#include "screens/overlay.h"

#include "base/text.h"
#include "catalog/guide.h"
#include "screens/chrome.h"
#include "screens/voice.h"
#include "screens/wizard.h"
#include "wording/format.h"

#include <stdio.h>
#include <string.h>

enum { SHEET_RADIUS = 56, MODAL_RADIUS = 64, FILTERS_FOOTER_H = 160 };

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

void overlay_draw_warning(const struct scene *scene, int64_t ends_ms)
{
    enum { MODAL_H = 1120, RING_PX = 292, RING_STROKE_PX = 36 };
    const struct pen *pen = &scene->pen;
    int64_t left_ms = ends_ms - scene->clock.now_ms;
    int64_t left_s = left_ms > 0 ? (left_ms + 999) / 1000 : 0;
    int whole_s = pen->theme->times.warning_s;
    frame_wake_at(pen->frame, ends_ms - (left_s > 0 ? left_s - 1 : 0) * 1000);
    cover(scene, (struct rect){0, 0, scene->width, scene->height});
    int modal_h = scene->height < MODAL_H ? scene->height : MODAL_H;
    int modal_w = scene->landscape ? 1080 : scene->width;
    struct rect modal = {(scene->width - modal_w) / 2, scene->height - modal_h, modal_w, modal_h};
    pen_block(pen, modal,
              (struct block_look){.fill = pen_color(pen, COLOR_PAPER),
                                  .radius = MODAL_RADIUS,
                                  .corners = CORNER_TOP_LEFT | CORNER_TOP_RIGHT});
    char number[16];
    char time[FORMAT_BYTES];
    char text[FORMAT_BYTES * 2];
    snprintf(number, sizeof number, "%d", (int)left_s);
    struct rect ring = {modal.x + (modal.w - RING_PX) / 2, modal.y + 76, RING_PX, RING_PX};
    widget_ring(pen, ring, RING_STROKE_PX, (float)left_s / (float)whole_s,
                pen->palette == PALETTE_NORMAL ? pen->theme->motifs[MOTIF_VERMILION]
                                               : pen_color(pen, COLOR_ACCENT),
                pen_color(pen, COLOR_TRACK));
    pen_line(pen, ring, STYLE_DISPLAY, pen_color(pen, COLOR_INK), ALIGN_CENTER, number);
    pen_line(pen, (struct rect){modal.x, modal.y + 418, modal.w, 100}, STYLE_DISPLAY,
             pen_color(pen, COLOR_INK), ALIGN_CENTER, scene->words->texts[WORD_IDLE_TITLE]);
    format_duration(scene->words, left_s, time, sizeof time);
    words_fill(scene->words, WORD_IDLE_TEXT, &(struct word_part){"time", time}, 1, text,
               sizeof text);
    pen_paragraph(pen, (struct rect){modal.x + 48, modal.y + 534, modal.w - 96, 0}, STYLE_FIELD,
                  pen_color(pen, COLOR_INK_2), ALIGN_CENTER, text, 2);
    struct button go_on = {.kind = BUTTON_MAIN,
                           .style = STYLE_BUTTON_L,
                           .label = scene->words->texts[WORD_IDLE_CONTINUE]};
    struct button end = {.kind = BUTTON_SECOND,
                         .style = STYLE_BUTTON,
                         .label = scene->words->texts[WORD_IDLE_FINISH]};
    widget_button(pen, (struct rect){modal.x + 72, modal.y + 690, modal.w - 144, 140}, &go_on,
                  ACTION_CONTINUE, 0);
    widget_button(pen, (struct rect){modal.x + 72, modal.y + 866, modal.w - 144, 116}, &end,
                  ACTION_FINISH, 0);
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
    const struct pen *pen = &scene->pen;
    char title[FORMAT_BYTES];
    char text[FORMAT_BYTES];
    format_choice(scene->words, help->hints, 2 * place, title, sizeof title);
    format_choice(scene->words, help->hints, 2 * place + 1, text, sizeof text);
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
    struct rect square = {box.x, box.y, 104, 104};
    pen_block(pen, square,
              (struct block_look){.fill = plain ? pen_color(pen, COLOR_ACCENT)
                                                : pen->theme->motifs[grounds[place]],
                                  .radius = 28});
    pen_icon(pen, square, help->icons[place], 52, pen_color(pen, COLOR_ON_ACCENT));
    pen_line(pen, (struct rect){box.x + 134, box.y + 2, box.w - 134, 46}, STYLE_BUTTON,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, title);
    int height = pen_paragraph(pen, (struct rect){box.x + 134, box.y + 50, box.w - 134, 0},
                               STYLE_BODY, pen_color(pen, COLOR_INK), ALIGN_LEFT, text, 3);
    return box.y + (height + 50 > 104 ? height + 50 : 104) + 36;
}

static void draw_person(const struct scene *scene, struct rect panel)
{
    const struct pen *pen = &scene->pen;
    char text[FORMAT_BYTES * 3];
    struct text place;
    text_init(&place, text, sizeof text);
    text_add(&place, format_help_place(scene->words, scene->config));
    if (scene->config->help_hours[0] != '\0')
        text_addf(&place, " · %s", scene->config->help_hours);
    format_capital(text, sizeof text);
    panel.y += widget_card(pen, panel, ACTION_GUIDE, GUIDE_CONTACTS,
                           scene->words->texts[WORD_HELP_PERSON]);
    pen_icon(pen, (struct rect){panel.x + panel.w - 84, panel.y, 48, panel.h}, ICON_CHEVRON_RIGHT,
             40, pen_color(pen, COLOR_INK));
    pen_icon(pen, (struct rect){panel.x + 36, panel.y, 60, panel.h}, ICON_PERSON, 56,
             pen_color(pen, COLOR_INFO));
    pen_text(pen, panel.x + 126, panel.y + 36, STYLE_BODY_BOLD, pen_color(pen, COLOR_INK),
             scene->words->texts[WORD_HELP_PERSON]);
    pen_line(pen, (struct rect){panel.x + 126, panel.y + 80, panel.w - 220, 41}, STYLE_BODY,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, text);
}

// What the gear beside the date means.
static void draw_storage(const struct scene *scene, int x, int y)
{
    const struct pen *pen = &scene->pen;
    char text[FORMAT_BYTES];
    if (scene->link->storage == STORAGE_FINE)
        return;
    format_choice(scene->words, WORD_HELP_STORAGE, (unsigned)scene->link->storage - 1, text,
                  sizeof text);
    pen_icon(pen, (struct rect){x, y, 44, 34}, ICON_SETTINGS, CHROME_GEAR_PX,
             pen_color(pen, COLOR_INK_2));
    pen_text(pen, x + 64, y, STYLE_CAPTION, pen_color(pen, COLOR_INK_2), text);
}

struct rect overlay_draw_sheet(const struct scene *scene, int top, enum word title)
{
    enum { HEADER_H = 152, CROSS_PX = 104 };
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
    frame_target(pen->frame, (struct rect){sheet.x, sheet.y, sheet.w, HEADER_H}, ROLE_SCROLL,
                 ACTION_SWIPE_SHEET, 0, "");
    pen_text(pen, sheet.x + 48, sheet.y + 58, STYLE_H1, pen_color(pen, COLOR_INK),
             scene->words->texts[title]);
    widget_square(pen, (struct rect){sheet.x + sheet.w - 152, sheet.y + 44, CROSS_PX, CROSS_PX},
                  pen_color(pen, COLOR_SUNKEN), ICON_CLOSE, pen_color(pen, COLOR_INK),
                  ACTION_SHEET_CLOSE, 0, scene->words->texts[WORD_CLOSE]);
    return sheet;
}

void overlay_draw_help(const struct scene *scene)
{
    enum { SHEET_H = 1000 };
    const struct pen *pen = &scene->pen;
    int bottom = scene->height - (scene->landscape ? 0 : CHROME_DOCK_H);
    // Upright the voice has a row of its own, lying the room beside the title.
    int row_h = scene->visit->voice && !scene->landscape ? VOICE_CONTROLS_H + 32 : 0;
    struct rect sheet = overlay_draw_sheet(scene, bottom - SHEET_H - row_h, WORD_HELP_TITLE);
    if (scene->visit->voice)
        voice_draw_controls(
            scene, scene->landscape
                       ? (struct rect){sheet.x + 560, sheet.y + 44, sheet.w - 760, VOICE_CONTROLS_H}
                       : (struct rect){sheet.x + 48, bottom - VOICE_CONTROLS_H - 40, sheet.w - 96,
                                       VOICE_CONTROLS_H});
    int y = sheet.y + 184;
    for (unsigned i = 0; i < HINTS; i++)
        y = draw_hint(scene, (struct rect){sheet.x + 48, y, sheet.w - 96, 0},
                      &helps[scene->visit->screen], i);
    draw_person(scene, (struct rect){sheet.x + 48, y + 8, sheet.w - 96, 158});
    pen_icon(pen, (struct rect){sheet.x + 48, y + 200, 44, 44}, ICON_TOUCH, 40,
             pen_color(pen, COLOR_INFO));
    pen_text(pen, sheet.x + 112, y + 202, STYLE_BODY, pen_color(pen, COLOR_INK),
             scene->words->texts[WORD_HELP_RESTART]);
    draw_storage(scene, sheet.x + 48, y + 256);
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

void overlay_draw_toast(const struct scene *scene)
{
    enum { TOAST_H = 108 };
    const struct pen *pen = &scene->pen;
    const struct toast *toast = &scene->visit->toast;
    if (toast->until_ms <= scene->clock.now_ms)
        return;
    frame_wake_at(pen->frame, toast->until_ms);
    frame_layer(pen->frame);
    int left = scene->landscape ? CHROME_RAIL_W + 48 : 48;
    int bottom = scene->height - (scene->landscape ? 24 : CHROME_DOCK_H + 24);
    if (scene->visit->search.filters || wizard_shown(scene->visit) ||
        scene->visit->screen == SCREEN_SELECTION)
        bottom -= FILTERS_FOOTER_H;
    int width = scene->landscape ? 900 : scene->width - 96;
    struct rect box = {left, bottom - TOAST_H, width, TOAST_H};
    const char *undo = scene->words->texts[WORD_UNDO];
    bool has_undo = toast->action != TOAST_NOTHING;
    int undo_w = has_undo ? pen_width(pen, STYLE_BUTTON, undo) + 72 : 0;
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, COLOR_DOCK),
                                  .stroke = pen_color(pen, COLOR_ON_DOCK),
                                  .stroke_px = pen->palette == PALETTE_HIGH_CONTRAST ? 4 : 0,
                                  .radius = 28});
    pen_icon(pen, (struct rect){box.x + 36, box.y, 48, box.h}, toast->icon, 44,
             pen_color(pen, COLOR_ACCENT));
    pen_line(pen, (struct rect){box.x + 108, box.y, box.w - 120 - undo_w, box.h}, STYLE_BODY_L,
             pen_color(pen, COLOR_ON_DOCK), ALIGN_LEFT, scene->words->texts[toast->word]);
    if (!has_undo)
        return;
    struct rect action = {box.x + box.w - undo_w, box.y, undo_w, box.h};
    pen_line(pen, action, STYLE_BUTTON, pen_color(pen, COLOR_ACCENT), ALIGN_CENTER, undo);
    frame_target(pen->frame, action, ROLE_BUTTON, ACTION_TOAST, 0, undo);
}
