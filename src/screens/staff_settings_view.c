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
    struct button button = {
        .kind = BUTTON_SECOND, .style = STYLE_BUTTON, .label = "", .said = label};
    uint32_t value = row->setting * 2 + more;
    widget_button(pen, box, &button, ACTION_STAFF_STEP, value);
    int down = pen_pressed(pen, ACTION_STAFF_STEP, value) ? 6 : 0;
    pen_icon(pen, (struct rect){box.x, box.y + down, box.w, box.h}, more ? ICON_PLUS : ICON_MINUS,
             52, pen_color(pen, COLOR_INK));
}

// Icon and title, and at the right a value, or below it where there's no room. Returns the height.
static int draw_heading(const struct scene *scene, struct rect box, enum picture icon,
                        enum word title, const char *value)
{
    enum { TITLE_X = 62, TITLE_H = 56, VALUE_GAP_PX = 20 };
    const struct pen *pen = &scene->pen;
    const char *text = scene->words->texts[title];
    int value_w = pen_width(pen, STYLE_LABEL, value);
    struct rect words = {box.x + TITLE_X, box.y, box.w - TITLE_X, 0};
    bool beside = layout_fits(pen, words.w - value_w - VALUE_GAP_PX, STYLE_LABEL, text);
    int text_h = layout_words_height(pen, words.w, STYLE_LABEL, text);
    int line = pen_style(pen, STYLE_LABEL)->line_px;
    int height = text_h > TITLE_H ? text_h : TITLE_H;
    pen_icon(pen, (struct rect){box.x, box.y, 44, TITLE_H}, icon, 44, pen_color(pen, COLOR_INFO));
    words.y += (height - text_h) / 2;
    layout_words(pen, words, STYLE_LABEL, COLOR_INK, text);
    if (value[0] == '\0')
        return height;
    struct rect at = {box.x + box.w - value_w, box.y, value_w, height};
    if (!beside)
        at = (struct rect){words.x, box.y + height, value_w, line};
    pen_line(pen, at, STYLE_LABEL, pen_color(pen, COLOR_INK), ALIGN_LEFT, value);
    return beside ? height : height + line;
}

// Of a setting: less, the track, more.
static void draw_track(const struct scene *scene, struct rect box, const struct row *row)
{
    enum { TRACK_H = 24 };
    const struct pen *pen = &scene->pen;
    struct rect less = {box.x, box.y, STEP_PX, STEP_PX};
    struct rect more = {box.x + box.w - STEP_PX, box.y, STEP_PX, STEP_PX};
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
}

enum { ROW_ABOVE = 24, ROW_GAP = 14, ROW_BELOW = 34 };

struct heading_part {
    const struct scene *scene;
    struct rect box;
    enum picture icon;
    enum word title;
    const char *value;
};

static int draw_heading_part(const void *context, int top)
{
    const struct heading_part *part = context;
    struct rect box = {part->box.x, top, part->box.w, 0};
    return draw_heading(part->scene, box, part->icon, part->title, part->value);
}

static int draw_row(const struct scene *scene, struct rect box, const struct row *row)
{
    enum { TONE_GAP_PX = 26 };
    const struct pen *pen = &scene->pen;
    struct rect inner = {box.x + PAD, box.y + ROW_ABOVE, box.w - 2 * PAD, 0};
    struct heading_part part = {scene, inner, row->icon, row->title, row->value};
    struct button tone = {.kind = BUTTON_SECOND,
                          .style = STYLE_BODY_BOLD,
                          .label = scene->words->texts[WORD_STAFF_TONE],
                          .icon = ICON_SPEAKER};
    bool sounds = row->setting == SETTING_VOLUME;
    int tone_h = widget_button_height(pen, inner.w, WIDGET_CHIP_H, &tone);
    box.h = ROW_ABOVE + layout_height(scene, &(struct layout_part){draw_heading_part, &part}) +
            ROW_GAP + STEP_PX + ROW_BELOW + (sounds ? TONE_GAP_PX + tone_h + 6 : 0);
    staff_draw_panel(scene, box);
    inner.y += draw_heading_part(&part, inner.y) + ROW_GAP;
    draw_track(scene, inner, row);
    inner.y += STEP_PX + TONE_GAP_PX;
    inner.h = tone_h;
    if (sounds)
        widget_button(pen, inner, &tone, ACTION_STAFF_TONE, 0);
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

static int draw_place(const struct scene *scene, struct rect column)
{
    enum { HEAD_GAP_PX = 12, TEXT_GAP_PX = 22 };
    const struct pen *pen = &scene->pen;
    const char *place = format_help_place(scene->words, scene->config);
    struct rect inner = {column.x + PAD, column.y + ROW_ABOVE, column.w - 2 * PAD, 0};
    struct heading_part part = {scene, inner, ICON_PERSON, WORD_STAFF_PLACE, ""};
    struct button change = {.kind = BUTTON_SECOND,
                            .style = STYLE_BODY_BOLD,
                            .label = scene->words->texts[WORD_STAFF_PLACE_CHANGE],
                            .icon = ICON_KEYBOARD};
    struct button reset = {.kind = BUTTON_DESTRUCTIVE,
                           .style = STYLE_BUTTON,
                           .label = scene->words->texts[WORD_STAFF_RESET]};
    int change_h = widget_button_height(pen, inner.w, WIDGET_CHIP_H, &change);
    struct rect box = {column.x, column.y, column.w, 0};
    box.h = ROW_ABOVE + layout_height(scene, &(struct layout_part){draw_heading_part, &part}) +
            HEAD_GAP_PX + layout_words_height(pen, inner.w, STYLE_BODY_L, place) + TEXT_GAP_PX +
            change_h + ROW_BELOW + 4;
    staff_draw_panel(scene, box);
    inner.y += draw_heading_part(&part, inner.y) + HEAD_GAP_PX;
    inner.y += layout_words(pen, inner, STYLE_BODY_L, COLOR_INK_2, place) + TEXT_GAP_PX;
    inner.h = change_h;
    widget_button(pen, inner, &change, ACTION_STAFF_PLACE, 0);
    struct rect foot = {column.x, box.y + box.h + 2 * GAP, column.w, 0};
    foot.h = widget_button_height(pen, foot.w, WIDGET_BUTTON_H, &reset);
    widget_button(pen, foot, &reset, ACTION_STAFF_RESET, 0);
    return foot.y + foot.h + GAP;
}

// In landscape in two columns, unless the text is large. Returns the height.
static int draw_settings(const void *context, int top)
{
    enum { TOP_PX = 40 };
    const struct scene *scene = context;
    bool beside = scene->landscape && !pen_large(&scene->pen);
    struct rect column = {CHROME_MARGIN, top + TOP_PX, scene->width - 2 * CHROME_MARGIN, 0};
    if (beside)
        column.w = (column.w - 2 * GAP) / 2;
    int steps_end = draw_steps(scene, column);
    if (beside)
        column.x += column.w + 2 * GAP;
    else
        column.y = steps_end;
    int place_end = draw_place(scene, column);
    return (place_end > steps_end ? place_end : steps_end) - top;
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

// What is asked, and what it is for where that leaves room for the field.
static void draw_question(const struct scene *scene, struct rect *column, int bottom)
{
    enum { TITLE_GAP_PX = 12, FIELD_GAP_PX = 32 };
    const struct pen *pen = &scene->pen;
    const char *title = scene->words->texts[WORD_STAFF_PLACE];
    const char *hint = scene->words->texts[WORD_STAFF_PLACE_HINT];
    int title_h = layout_words_height(pen, column->w, STYLE_H2, title);
    int hint_h = TITLE_GAP_PX + layout_words_height(pen, column->w, STYLE_BODY, hint);
    if (column->y + title_h + FIELD_GAP_PX > bottom)
        column->y = STAFF_HEADER_H + TITLE_GAP_PX;
    column->y += layout_words(pen, *column, STYLE_H2, COLOR_INK, title);
    if (column->y + hint_h + FIELD_GAP_PX <= bottom) {
        column->y += TITLE_GAP_PX;
        column->y += layout_words(pen, *column, STYLE_BODY, COLOR_INK_2, hint);
    }
    column->y += column->y + FIELD_GAP_PX <= bottom ? FIELD_GAP_PX : TITLE_GAP_PX;
}

static void draw_typing(const struct scene *scene)
{
    const struct pen *pen = &scene->pen;
    const struct staff_state *staff = &scene->visit->staff;
    int width = scene->landscape ? 1200 : scene->width - 2 * CHROME_MARGIN;
    struct rect column = {(scene->width - width) / 2, STAFF_HEADER_H + 40, width, 0};
    int key_h = scene->landscape ? 106 : 100;
    int keys_h = 4 * key_h + 3 * 19 + 2 * KEYS_PAD + 8 + keyboard_more_h(&staff->typed, key_h);
    struct rect panel = {0, scene->height - keys_h, scene->width, keys_h};
    if (!scene->landscape) {
        panel.y -= 64;
        panel.h += 64;
    }
    draw_question(scene, &column, panel.y - WIDGET_FIELD_H - GAP);
    draw_field(scene, (struct rect){column.x, column.y, column.w, WIDGET_FIELD_H});
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
    staff_draw_scrolled(scene, STAFF_HEADER_H, &(struct layout_part){draw_settings, scene});
}
