#include "screens/staff_settings.h"

#include "base/text.h"
#include "screens/chrome.h"
#include "screens/staff.h"
#include "screens/staff_parts.h"
#include "screens/typing.h"
#include "wording/format.h"

#include <stdio.h>
#include <string.h>

enum {
    GAP = 24,
    PAD = 34,
    STEP_PX = 112,
    ROW_H = 240,
    TONE_H = 120,
    KEYS_PAD = 20,
};

struct row {
    enum staff_setting setting;
    enum word title;
    enum picture icon;
    const char *value;
    float part; // of the track
};

static void draw_step(const struct scene *scene, struct rect box, const struct row *row, bool more)
{
    const struct pen *pen = &scene->pen;
    char label[FORMAT_BYTES];
    struct text text;
    text_init(&text, label, sizeof label);
    text_addf(&text, "%s: %s", scene->words->texts[row->title],
              scene->words->texts[more ? WORD_STAFF_MORE : WORD_STAFF_LESS]);
    struct button button = {.kind = BUTTON_SECOND, .style = STYLE_BUTTON, .label = ""};
    uint32_t value = row->setting * 2 + more;
    widget_button(pen, box, &button, ACTION_STAFF_STEP, value);
    struct target *target = &pen->frame->targets[pen->frame->target_count - 1];
    target->label = frame_store(pen->frame, label, text.length);
    target->label_length = (uint32_t)text.length;
    int down = pen_pressed(pen, ACTION_STAFF_STEP, value) ? 6 : 0;
    pen_icon(pen, (struct rect){box.x, box.y + down, box.w, box.h}, more ? ICON_PLUS : ICON_MINUS,
             52, pen_color(pen, COLOR_INK));
}

static int draw_row(const struct scene *scene, struct rect box, const struct row *row)
{
    enum { TRACK_H = 24 };
    const struct pen *pen = &scene->pen;
    rgb ink = pen_color(pen, COLOR_INK);
    box.h = ROW_H + (row->setting == SETTING_VOLUME ? TONE_H : 0);
    staff_draw_panel(scene, box);
    pen_icon(pen, (struct rect){box.x + PAD, box.y + 24, 44, 56}, row->icon, 44,
             pen_color(pen, COLOR_INFO));
    int value_w = pen_width(pen, STYLE_LABEL, row->value);
    int x = box.x + PAD + 62;
    int right = box.x + box.w - PAD;
    pen_line(pen, (struct rect){x, box.y + 24, right - x - value_w - 20, 56}, STYLE_LABEL, ink,
             ALIGN_LEFT, scene->words->texts[row->title]);
    pen_line(pen, (struct rect){right - value_w, box.y + 24, value_w, 56}, STYLE_LABEL, ink,
             ALIGN_LEFT, row->value);
    struct rect less = {box.x + PAD, box.y + 94, STEP_PX, STEP_PX};
    struct rect more = {right - STEP_PX, less.y, STEP_PX, STEP_PX};
    struct rect track = {less.x + STEP_PX + 28, less.y + (STEP_PX - TRACK_H) / 2,
                         more.x - less.x - STEP_PX - 56, TRACK_H};
    pen_block(pen, track,
              (struct block_look){.fill = pen_color(pen, COLOR_TRACK), .radius = TRACK_H / 2});
    track.w = (int)((float)track.w * row->part);
    if (track.w >= TRACK_H)
        pen_block(
            pen, track,
            (struct block_look){.fill = pen_color(pen, COLOR_PRIMARY), .radius = TRACK_H / 2});
    draw_step(scene, less, row, false);
    draw_step(scene, more, row, true);
    if (row->setting == SETTING_VOLUME) {
        struct button tone = {.kind = BUTTON_SECOND,
                              .style = STYLE_BODY_BOLD,
                              .label = scene->words->texts[WORD_STAFF_TONE],
                              .icon = ICON_SPEAKER};
        widget_button(pen, (struct rect){box.x + PAD, box.y + 232, box.w - 2 * PAD, 88}, &tone,
                      ACTION_STAFF_TONE, 0);
    }
    return box.y + box.h + GAP;
}

static int draw_steps(const struct scene *scene, struct rect column)
{
    const struct settings *settings = scene->settings;
    char value[FORMAT_BYTES];
    if (scene->settings_reach.volume) {
        snprintf(value, sizeof value, "%u\u00A0%%", settings->volume_percent);
        column.y = draw_row(scene, column,
                            &(struct row){SETTING_VOLUME, WORD_STAFF_VOLUME, ICON_SPEAKER, value,
                                          (float)settings->volume_percent / 100});
    }
    if (scene->settings_reach.brightness) {
        snprintf(value, sizeof value, "%u\u00A0%%", settings->brightness_percent);
        column.y = draw_row(scene, column,
                            &(struct row){SETTING_BRIGHTNESS, WORD_STAFF_BRIGHTNESS, ICON_CONTRAST,
                                          value, (float)settings->brightness_percent / 100});
    }
    int32_t idle_s = staff_idle_s(settings, scene->pen.theme);
    format_duration(scene->words, idle_s, value, sizeof value);
    return draw_row(scene, column,
                    &(struct row){SETTING_IDLE, WORD_STAFF_IDLE, ICON_TIMER, value,
                                  (float)idle_s / SETTINGS_IDLE_MAX_S});
}

static void draw_place(const struct scene *scene, struct rect column)
{
    const struct pen *pen = &scene->pen;
    const char *place = format_help_place(scene->words, scene->config);
    int width = column.w - 2 * PAD;
    int text_h = 44 * (int)pen_lines(pen, width, STYLE_BODY_L, place, 3);
    struct rect box = {column.x, column.y, column.w, 92 + text_h + 28 + 88 + 34};
    staff_draw_panel(scene, box);
    pen_icon(pen, (struct rect){box.x + PAD, box.y + 24, 44, 56}, ICON_PERSON, 44,
             pen_color(pen, COLOR_INFO));
    pen_line(pen, (struct rect){box.x + PAD + 62, box.y + 24, width - 62, 56}, STYLE_LABEL,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, scene->words->texts[WORD_STAFF_PLACE]);
    pen_paragraph(pen, (struct rect){box.x + PAD, box.y + 92, width, 0}, STYLE_BODY_L,
                  pen_color(pen, COLOR_INK_2), ALIGN_LEFT, place, 3);
    struct button change = {.kind = BUTTON_SECOND,
                            .style = STYLE_BODY_BOLD,
                            .label = scene->words->texts[WORD_STAFF_PLACE_CHANGE],
                            .icon = ICON_KEYBOARD};
    widget_button(pen, (struct rect){box.x + PAD, box.y + 92 + text_h + 24, width, 88}, &change,
                  ACTION_STAFF_PLACE, 0);
    struct button reset = {.kind = BUTTON_DESTRUCTIVE,
                           .style = STYLE_BUTTON,
                           .label = scene->words->texts[WORD_STAFF_RESET]};
    widget_button(pen, (struct rect){column.x, box.y + box.h + 2 * GAP, column.w, WIDGET_BUTTON_H},
                  &reset, ACTION_STAFF_RESET, 0);
}

// ---- typing the place

static void draw_field(const struct scene *scene, struct rect box)
{
    const struct pen *pen = &scene->pen;
    const char *place = scene->visit->staff.place;
    int width = pen_width(pen, STYLE_FIELD, place);
    struct rect text = {box.x + 36, box.y, box.w - 36 - 140, box.h};
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, COLOR_SURFACE),
                                  .stroke = pen_color(pen, COLOR_INK),
                                  .stroke_px = 5,
                                  .edge = pen_color(pen, COLOR_EDGE),
                                  .edge_px = 12,
                                  .radius = 32});
    frame_clip_push(pen->frame, text);
    int x = width > text.w - 12 ? text.x + text.w - 12 - width : text.x; // its end stays visible
    pen_text(pen, x, box.y + (box.h - pen_style(pen, STYLE_FIELD)->line_px) / 2, STYLE_FIELD,
             pen_color(pen, COLOR_INK), place);
    if (typing_caret(scene))
        pen_fill(pen, (struct rect){x + width + 3, box.y + (box.h - 56) / 2, 5, 56},
                 pen_color(pen, COLOR_FOCUS_OUTER));
    frame_clip_pop(pen->frame);
    widget_square(pen, (struct rect){box.x + box.w - 116, box.y + 20, 96, 96},
                  pen_color(pen, COLOR_SUNKEN), ICON_CLOSE, pen_color(pen, COLOR_INK), ACTION_CLEAR,
                  0, scene->words->texts[WORD_NUMBER_ERASE_ALL]);
}

static void draw_typing(const struct scene *scene)
{
    const struct pen *pen = &scene->pen;
    const struct staff_state *staff = &scene->visit->staff;
    int width = scene->landscape ? 1200 : scene->width - 2 * CHROME_MARGIN;
    struct rect column = {(scene->width - width) / 2, STAFF_HEADER_H + 40, width, 0};
    column.y += pen_paragraph(pen, column, STYLE_H2, pen_color(pen, COLOR_INK), ALIGN_LEFT,
                              scene->words->texts[WORD_STAFF_PLACE], 1) +
                12;
    column.y += pen_paragraph(pen, column, STYLE_BODY, pen_color(pen, COLOR_INK_2), ALIGN_LEFT,
                              scene->words->texts[WORD_STAFF_PLACE_HINT], 3) +
                32;
    draw_field(scene, (struct rect){column.x, column.y, column.w, WIDGET_FIELD_H});
    int key_h = scene->landscape ? 106 : 100;
    int keys_h = 4 * key_h + 3 * 19 + 2 * KEYS_PAD + 8 + keyboard_more_h(&staff->typed, key_h);
    struct rect panel = {0, scene->height - keys_h, scene->width, keys_h};
    if (!scene->landscape) {
        panel.y -= 64;
        panel.h += 64;
    }
    pen_fill(pen, panel, pen_color(pen, COLOR_SUNKEN));
    frame_target(pen->frame, panel, ROLE_KEY, ACTION_NONE, 0, "");
    struct keyboard keyboard = typing_keyboard(scene, staff->keys, &staff->typed,
                                               scene->words->texts[WORD_STAFF_PLACE_DONE]);
    keyboard_draw(pen,
                  (struct rect){panel.x + KEYS_PAD, panel.y + KEYS_PAD, panel.w - 2 * KEYS_PAD, 0},
                  key_h, &keyboard, ACTION_KEY, ACTION_VARIANT);
}

void staff_settings_view(const struct scene *scene)
{
    staff_draw_header(scene, WORD_STAFF_SETTINGS);
    if (scene->visit->staff.typing) {
        draw_typing(scene);
        return;
    }
    struct rect column = {CHROME_MARGIN, STAFF_HEADER_H + 40, scene->width - 2 * CHROME_MARGIN, 0};
    if (scene->landscape)
        column.w = (column.w - 2 * GAP) / 2;
    int y = draw_steps(scene, column);
    if (scene->landscape)
        column.x += column.w + 2 * GAP;
    else
        column.y = y;
    draw_place(scene, column);
}
