#include "base/text.h"
#include "base/utf8.h"
#include "screens/certificate.h"
#include "screens/certificate_parts.h"
#include "screens/chrome.h"
#include "screens/layout.h"
#include "wording/format.h"

#include <stdio.h>
#include <string.h>

enum {
    NOTE_H = 88,
    SUBMIT_H = 112,
    PAD_ABOVE_PX = 30, // the keys, and as much below them
    PAD_BELOW_PX = 36,
    LETTERS_WIDER_PX = 24,
    BUSY_AFTER_MS = 400,
    RING_TURN_MS = 1200,
};

// Between the boxes and the rest: what is wrong or what happens to the typed, and «Показать».
struct note {
    enum word error;
    enum word privacy;
    enum word show;
    enum word hide;
    bool wrong;
};

struct note_look {
    enum style style;
    enum color color;
    const char *text;
    enum picture icon;
};

static struct note_look note_look(const struct scene *scene, const struct note *note)
{
    const char *const *texts = scene->words->texts;
    if (note->wrong)
        return (struct note_look){STYLE_BODY, COLOR_ERR, texts[note->error], ICON_WARNING};
    return (struct note_look){STYLE_CAPTION, COLOR_INK_2, texts[note->privacy], ICON_LOCK};
}

enum { NOTE_ICON_W = 54 };

static int draw_note_text(const struct scene *scene, struct rect box, const struct note_look *look)
{
    const struct pen *pen = &scene->pen;
    int line_h = pen_style(pen, look->style)->line_px;
    pen_icon(pen, (struct rect){box.x, box.y, 40, line_h}, look->icon, 36,
             pen_color(pen, look->color));
    box.x += NOTE_ICON_W;
    box.w -= NOTE_ICON_W;
    return layout_words(pen, box, look->style, look->color, look->text);
}

// In one row, or the button below. Returns where it ends.
static int draw_note(const struct scene *scene, int y, const struct note *note)
{
    enum { TOGGLE_PADDING = 36, TOGGLE_ICON_W = 62, GAP_PX = 16, LINES = 2 };
    const struct pen *pen = &scene->pen;
    const char *const *texts = scene->words->texts;
    bool plain = scene->visit->certificate.plain;
    struct rect body = chrome_body(scene);
    int show_w = pen_width(pen, STYLE_BODY_BOLD, texts[note->show]);
    int hide_w = pen_width(pen, STYLE_BODY_BOLD, texts[note->hide]);
    struct rect toggle = {.w = (show_w > hide_w ? show_w : hide_w) + 2 * TOGGLE_PADDING +
                               TOGGLE_ICON_W};
    struct button button = {.kind = BUTTON_SECOND,
                            .style = STYLE_BODY_BOLD,
                            .icon = plain ? ICON_EYE_OFF : ICON_EYE,
                            .label = texts[plain ? note->hide : note->show]};
    if (toggle.w > body.w)
        toggle.w = body.w;
    toggle.h = widget_button_height(pen, toggle.w, pen_target_px(pen, NOTE_H), &button);
    struct note_look look = note_look(scene, note);
    struct rect text = {body.x, y, body.w - toggle.w - CHROME_MARGIN / 2, 0};
    bool row = !pen_large(pen) &&
               pen_lines(pen, text.w - NOTE_ICON_W, look.style, look.text, LINES + 1) <= LINES;
    if (row) {
        text.y +=
            (NOTE_H - layout_words_height(pen, text.w - NOTE_ICON_W, look.style, look.text)) / 2;
        toggle.x = body.x + body.w - toggle.w;
        toggle.y = y;
        widget_button(pen, toggle, &button, ACTION_HIDE, 0);
        draw_note_text(scene, text, &look);
        return y + toggle.h;
    }
    text.w = body.w;
    toggle.x = body.x;
    toggle.y = y + draw_note_text(scene, text, &look) + GAP_PX;
    widget_button(pen, toggle, &button, ACTION_HIDE, 0);
    return toggle.y + toggle.h + WIDGET_EDGE_PX;
}

// What stands under the boxes.
struct pad {
    enum certificate_place place; // of the character that comes next
    bool letters;                 // the format has some
    size_t missing;
    size_t most; // that can be
    enum word ready;
};

static void missing_text(const struct scene *scene, const struct pad *pad, size_t missing,
                         char *ret_label, size_t capacity)
{
    words_count(scene->words, pad->letters ? WORD_NUMBER_MISSING_SIGNS : WORD_NUMBER_MISSING,
                (int64_t)missing, ret_label, capacity);
}

static void wait_text(const struct scene *scene, int64_t left_s, char *ret_label, size_t capacity)
{
    char time[FORMAT_BYTES];
    format_duration(scene->words, left_s, time, sizeof time);
    words_fill(scene->words, WORD_NUMBER_WAIT, &(struct word_part){"time", time}, 1, ret_label,
               capacity);
}

// As high whatever it says while keys are pressed: they stay where they are.
static int submit_height(const struct scene *scene, int width, const struct pad *pad)
{
    enum { LONG_WAIT_S = 119 };
    char label[FORMAT_BYTES * 2];
    struct button button = {.kind = BUTTON_MAIN, .style = STYLE_BUTTON, .label = label};
    if (scene->visit->certificate.limited_until_ms > scene->clock.now_ms) {
        wait_text(scene, LONG_WAIT_S, label, sizeof label);
        return widget_button_height(&scene->pen, width, SUBMIT_H, &button);
    }
    missing_text(scene, pad, pad->most, label, sizeof label);
    int height = widget_button_height(&scene->pen, width, SUBMIT_H, &button);
    button.style = STYLE_BUTTON_L;
    button.label = scene->words->texts[pad->ready];
    height = widget_button_height(&scene->pen, width, height, &button);
    button.label = scene->words->texts[WORD_NUMBER_CHECKING];
    button.busy = true;
    return widget_button_height(&scene->pen, width, height, &button);
}

// The button says what is missing, that it's working, or how long to wait.
static void draw_submit(const struct scene *scene, struct rect box, const struct pad *pad)
{
    const struct certificate_state *state = &scene->visit->certificate;
    int64_t now_ms = scene->clock.now_ms;
    char label[FORMAT_BYTES * 2];
    struct button button = {.kind = BUTTON_MAIN, .style = STYLE_BUTTON_L, .label = label};
    if (state->limited_until_ms > now_ms) {
        int64_t left_s = (state->limited_until_ms - now_ms + 999) / 1000;
        frame_wake_at(scene->pen.frame, state->limited_until_ms - (left_s - 1) * 1000);
        wait_text(scene, left_s, label, sizeof label);
        button.disabled = true;
    } else if (pad->missing > 0) {
        missing_text(scene, pad, pad->missing, label, sizeof label);
        button.disabled = true;
    } else if (state->request_id != 0 && now_ms - state->asked_ms >= BUSY_AFTER_MS) {
        button.label = scene->words->texts[WORD_NUMBER_CHECKING];
        button.busy = true;
        button.busy_part = (float)((now_ms - state->asked_ms) % RING_TURN_MS) / (float)RING_TURN_MS;
        frame_wake_at(scene->pen.frame, now_ms + 50);
    } else {
        button.label = scene->words->texts[pad->ready];
        if (state->request_id != 0)
            frame_wake_at(scene->pen.frame, state->asked_ms + BUSY_AFTER_MS);
    }
    button.style = button.disabled ? STYLE_BUTTON : STYLE_BUTTON_L;
    widget_button(&scene->pen, box, &button, ACTION_SUBMIT, 0);
}

static void draw_letters(const struct scene *scene, struct rect box, enum certificate_place place,
                         const struct keypad *keypad)
{
    static const enum word words[][3] = {
        [PLACE_LATIN] = {WORD_KEYBOARD_EN_1, WORD_KEYBOARD_EN_2, WORD_KEYBOARD_EN_3},
        [PLACE_CYRILLIC] = {WORD_KEYBOARD_RU_1, WORD_KEYBOARD_RU_2, WORD_KEYBOARD_RU_3},
    };
    char large[3][FORMAT_BYTES];
    for (int i = 0; i < 3; i++) {
        struct text text;
        text_init(&text, large[i], sizeof large[i]);
        const char *at = scene->words->texts[words[place][i]];
        for (const char *end = at + strlen(at); at < end;) {
            char letter[UTF8_BYTES_MAX];
            text_add_bytes(&text, letter, utf8_put(letter, utf8_upper(utf8_next(&at, end))));
        }
    }
    letterpad_draw(&scene->pen, box, (const char *const[]){large[0], large[1], large[2]}, keypad);
}

static struct keypad keypad_of(const struct scene *scene, const struct pad *pad)
{
    return (struct keypad){
        .erase_all = scene->words->texts[WORD_NUMBER_ERASE_ALL],
        .erase = scene->words->texts[pad->letters ? WORD_NUMBER_ERASE_SIGN : WORD_NUMBER_ERASE],
        .digit_action = ACTION_DIGIT,
        .erase_action = ACTION_ERASE,
        .erase_all_action = ACTION_ERASE_ALL,
        .disabled = scene->visit->certificate.limited_until_ms > scene->clock.now_ms};
}

// Keys, button and the space around them, in a panel of this width.
static int pad_height(const struct scene *scene, int width, const struct pad *pad)
{
    struct keypad keypad = keypad_of(scene, pad);
    width -= 2 * CHROME_MARGIN;
    return PAD_ABOVE_PX + keypad_height(&scene->pen, width, &keypad) + PAD_ABOVE_PX +
           submit_height(scene, width, pad) + PAD_BELOW_PX;
}

// Where the keys stand, and the rest above them.
static struct rect pad_panel(const struct scene *scene, const struct pad *pad)
{
    struct rect panel = chrome_side(scene);
    if (!scene->landscape) {
        int height = pad_height(scene, scene->width, pad);
        return (struct rect){0, scene->height - CHROME_DOCK_H - height, scene->width, height};
    }
    if (pad->letters) { // twelve keys abreast
        panel.x -= LETTERS_WIDER_PX;
        panel.w += LETTERS_WIDER_PX;
    }
    return panel;
}

static void draw_pad(const struct scene *scene, struct rect panel, const struct pad *pad)
{
    const struct pen *pen = &scene->pen;
    struct keypad keypad = keypad_of(scene, pad);
    struct rect keys = {panel.x + CHROME_MARGIN, 0, panel.w - 2 * CHROME_MARGIN, 0};
    int submit_h = submit_height(scene, keys.w, pad);
    keys.h = keypad_height(pen, keys.w, &keypad);
    keys.y = panel.y + (panel.h - pad_height(scene, panel.w, pad)) / 2 + PAD_ABOVE_PX;
    pen_fill(pen, panel, pen_color(pen, COLOR_SUNKEN));
    int side = scene->landscape ? 12 : 20;
    if (pad->place == PLACE_DIGIT)
        keypad_draw(pen, keys, &keypad);
    else
        draw_letters(scene, (struct rect){panel.x + side, keys.y, panel.w - 2 * side, keys.h},
                     pad->place, &keypad);
    draw_submit(scene, (struct rect){keys.x, keys.y + keys.h + PAD_ABOVE_PX, keys.w, submit_h},
                pad);
}

// The certificate's owner, or a parent. Returns where it ends.
static int draw_who(const struct scene *scene, int y)
{
    enum { WELL_PX = 12, TAB_H = 104, ICON_W = 58, SIDE_PX = 16, HALF_GAP_PX = 6 };
    static const struct {
        enum word word;
        enum picture icon;
    } tabs[] = {{WORD_NUMBER_PARENT, ICON_GROUP}, {WORD_NUMBER_CHILD, ICON_PERSON}};
    const struct pen *pen = &scene->pen;
    const char *const *texts = scene->words->texts;
    struct rect body = chrome_body(scene);
    int width = (body.w - 2 * WELL_PX) / 2;
    int room = width - ICON_W - 2 * SIDE_PX;
    int height = TAB_H;
    for (unsigned i = 0; i < 2; i++) {
        int label_h =
            layout_words_height(pen, room, STYLE_BUTTON, texts[tabs[i].word]) + 2 * WELL_PX;
        height = label_h > height ? label_h : height;
    }
    struct rect well = {body.x, y, body.w, height + 2 * WELL_PX};
    widget_panel(pen, well, 40);
    for (unsigned i = 0; i < 2; i++) {
        bool on = scene->visit->certificate.child == (i == 1);
        const char *label = texts[tabs[i].word];
        struct rect tab = {well.x + WELL_PX + (int)i * width, well.y + WELL_PX, width, height};
        rgb ink = pen_color(pen, on ? COLOR_ON_PRIMARY : COLOR_INK);
        if (on || pen_pressed(pen, ACTION_WHO, i))
            pen_block(pen, tab,
                      (struct block_look){.fill = pen_color(pen, on ? COLOR_PRIMARY : COLOR_LINE),
                                          .radius = 30});
        int text_w = pen_width(pen, STYLE_BUTTON, label);
        text_w = text_w > room ? room : text_w;
        int text_h = layout_words_height(pen, text_w, STYLE_BUTTON, label);
        int x = tab.x + (tab.w - text_w - ICON_W) / 2;
        pen_icon(pen, (struct rect){x, tab.y, 40, tab.h}, tabs[i].icon, 40, ink);
        pen_paragraph(pen, (struct rect){x + ICON_W, tab.y + (tab.h - text_h) / 2, text_w, 0},
                      STYLE_BUTTON, ink, ALIGN_LEFT, label, PEN_LINES_MAX);
        tab.x += HALF_GAP_PX;
        tab.w -= 2 * HALF_GAP_PX;
        struct target *target = frame_target(pen->frame, tab, ROLE_TAB, ACTION_WHO, i, label);
        if (target != NULL && on)
            target->state |= TARGET_SELECTED;
    }
    return y + well.h;
}

// Returns where the lead ends.
static int draw_title(const struct scene *scene, int y, enum word title, const char *lead)
{
    const struct pen *pen = &scene->pen;
    struct rect text = chrome_body(scene);
    text.y = y + (pen_large(pen) ? LAYOUT_LARGE_TOP : 8);
    text.y += layout_words(pen, text, STYLE_H1, COLOR_INK, scene->words->texts[title]) + 14;
    return text.y + layout_words(pen, text, STYLE_BODY_L, COLOR_INK_2, lead);
}

static bool has_letters(const struct certificate_format *format)
{
    for (unsigned i = 0; i < format->length; i++)
        if (format->places[i] != PLACE_DIGIT)
            return true;
    return false;
}

// The keys at the bottom (in landscape at the right), what is typed above them.
static void draw_screen(const struct scene *scene, const struct pad *pad,
                        int (*draw)(const void *context, int y), const void *context)
{
    int top = pen_large(&scene->pen) ? 0 : CHROME_TOPBAR_H;
    struct rect body = chrome_body(scene);
    layout_draw_top(scene);
    struct rect panel = pad_panel(scene, pad);
    struct rect view = {body.x - LAYOUT_BLEED_PX, top, body.w + 2 * LAYOUT_BLEED_PX,
                        (scene->landscape ? scene->height : panel.y) - top};
    layout_scrolled(scene, view, ACTION_SCROLL_LIST, &scene->visit->page,
                    &(struct layout_part){draw, context});
    draw_pad(scene, panel, pad);
}

enum { END_PX = 12 };

struct number_page {
    const struct scene *scene;
    struct certificate_format format;
    bool letters;
};

static int draw_number(const void *context, int y)
{
    const struct number_page *page = context;
    const struct scene *scene = page->scene;
    const struct certificate_state *state = &scene->visit->certificate;
    bool large = pen_large(&scene->pen);
    struct rect groups[ENTRY_GROUPS_MAX];
    char lead[FORMAT_BYTES];
    words_count(scene->words, page->letters ? WORD_NUMBER_LEAD_SIGNS : WORD_NUMBER_LEAD,
                page->format.length, lead, sizeof lead);
    y = draw_title(scene, y, WORD_NUMBER_TITLE, lead) + (large ? 24 : 37);
    y = draw_who(scene, y) + (large ? 32 : 61);
    struct entry entry = {.typed = state->number,
                          .group_count = page->format.group_count,
                          .wrong = state->number_wrong};
    memcpy(entry.groups, page->format.groups, sizeof page->format.groups);
    entry_unmask(scene, &entry);
    y = entry_draw(scene, y, &entry, groups) + 24;
    y = draw_note(scene, y,
                  &(struct note){WORD_NUMBER_WRONG, WORD_NUMBER_PRIVACY, WORD_NUMBER_SHOW,
                                 WORD_NUMBER_HIDE, state->number_wrong});
    return certificate_draw_where(scene, y + 36) + END_PX;
}

void certificate_number_view(const struct scene *scene)
{
    const struct certificate_state *state = &scene->visit->certificate;
    struct number_page page = {.scene = scene, .format = certificate_format_of(scene->config)};
    page.letters = has_letters(&page.format);
    struct pad pad = {
        .place = certificate_next_place(&page.format, state->number),
        .letters = page.letters,
        .missing = page.format.length - utf8_count(state->number, strlen(state->number)),
        .most = page.format.length,
        .ready = scene->config->asks_birth_date ? WORD_NUMBER_NEXT : WORD_NUMBER_CHECK};
    draw_screen(scene, &pad, draw_number, &page);
}

enum { BIRTH_GROUPS = 3, BIRTH_DIGITS = 8 };

static int draw_birth_captions(const struct scene *scene, const struct rect *places, int y)
{
    enum { BESIDE_PX = 26, LEAST_H = 40 };
    static const enum word captions[BIRTH_GROUPS] = {WORD_BIRTH_DAY, WORD_BIRTH_MONTH,
                                                     WORD_BIRTH_YEAR};
    const struct pen *pen = &scene->pen;
    int height = pen_style(pen, STYLE_CAPTION)->line_px;
    height = height > LEAST_H ? height : LEAST_H;
    for (int i = 0; i < BIRTH_GROUPS; i++)
        pen_line(pen,
                 (struct rect){places[i].x - BESIDE_PX, y, places[i].w + 2 * BESIDE_PX, height},
                 STYLE_CAPTION, pen_color(pen, COLOR_INK_2), ALIGN_CENTER,
                 scene->words->texts[captions[i]]);
    return y + height;
}

// Why the date is asked for.
static int draw_why(const struct scene *scene, int y)
{
    enum { TEXT_X = 128, RIGHT_PX = 42, TITLE_Y = 38 };
    const struct pen *pen = &scene->pen;
    const char *const *texts = scene->words->texts;
    struct rect panel = chrome_body(scene);
    int width = panel.w - TEXT_X - RIGHT_PX;
    panel.y = y;
    panel.h = TITLE_Y + layout_words_height(pen, width, STYLE_BODY_BOLD, texts[WORD_BIRTH_WHY]) +
              5 + layout_words_height(pen, width, STYLE_BODY, texts[WORD_BIRTH_WHY_TEXT]) + 42;
    widget_panel(pen, panel, 28);
    pen_icon(pen, (struct rect){panel.x + 40, panel.y + 40, 52, 52}, ICON_QUESTION, 52,
             pen_color(pen, COLOR_INFO));
    struct rect text = {panel.x + TEXT_X, panel.y + TITLE_Y, width, 0};
    text.y += layout_words(pen, text, STYLE_BODY_BOLD, COLOR_INK, texts[WORD_BIRTH_WHY]) + 5;
    layout_words(pen, text, STYLE_BODY, COLOR_INK, texts[WORD_BIRTH_WHY_TEXT]);
    return y + panel.h;
}

static int draw_birth(const void *context, int top)
{
    enum { ENTRY_Y = 212, LEAD_GAP_PX = 28 };
    const struct scene *scene = context;
    const struct certificate_state *state = &scene->visit->certificate;
    struct rect places[ENTRY_GROUPS_MAX];
    int y = draw_title(scene, top, state->child ? WORD_BIRTH_TITLE_CHILD : WORD_BIRTH_TITLE,
                       scene->words->texts[WORD_BIRTH_LEAD]) +
            LEAD_GAP_PX;
    struct entry entry = {.typed = state->birth,
                          .groups = {2, 2, 4},
                          .group_count = BIRTH_GROUPS,
                          .wrong = state->birth_wrong};
    entry_unmask(scene, &entry);
    y = entry_draw(scene, y > top + ENTRY_Y ? y : top + ENTRY_Y, &entry, places);
    y = draw_birth_captions(scene, places, y + 12) + 24;
    y = draw_note(scene, y,
                  &(struct note){WORD_BIRTH_WRONG, WORD_BIRTH_PRIVACY, WORD_BIRTH_SHOW,
                                 WORD_BIRTH_HIDE, state->birth_wrong});
    return draw_why(scene, y + 40) + END_PX;
}

void certificate_birth_view(const struct scene *scene)
{
    struct pad pad = {.missing = BIRTH_DIGITS - strlen(scene->visit->certificate.birth),
                      .most = BIRTH_DIGITS,
                      .ready = WORD_BIRTH_CHECK};
    draw_screen(scene, &pad, draw_birth, scene);
}
