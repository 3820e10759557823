#include "base/text.h"
#include "base/utf8.h"
#include "screens/certificate.h"
#include "screens/certificate_parts.h"
#include "screens/chrome.h"
#include "ui/quilt.h"
#include "wording/format.h"

#include <stdio.h>
#include <string.h>

enum {
    BOX_W = 82,
    BOX_DIGIT_W = 64, // narrower ones hold smaller characters
    BOX_MIN_W = 56,   // narrower ones go into two rows
    BOX_H = 112,
    BOX_LOW_H = 88, // in two rows
    BOX_GAP = 10,
    GROUP_GAP = 24,
    ROW_GAP = 14,
    NOTE_H = 88,
    PANEL_H = 732,
    BUSY_AFTER_MS = 400,
    RING_TURN_MS = 1200,
    ENTRY_GROUPS_MAX = CERTIFICATE_GROUPS_MAX + 1,
};

// The boxes of one entry: groups of characters spread over the width.
struct entry {
    const char *typed;
    uint8_t groups[ENTRY_GROUPS_MAX];
    unsigned group_count;
    bool wrong;
    bool plain; // else masked
    bool peek;  // but for the last character
};

// masked: a dot stands for the character.
static void draw_box(const struct scene *scene, struct rect box, const char *character, bool active,
                     bool wrong, bool masked)
{
    const struct pen *pen = &scene->pen;
    bool filled = character[0] != '\0';
    enum color stroke = wrong    ? COLOR_ERR
                        : active ? COLOR_FOCUS_OUTER
                        : filled ? COLOR_INK
                                 : COLOR_BORDER;
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, COLOR_SURFACE),
                                  .stroke = pen_color(pen, stroke),
                                  .stroke_px = active   ? 5
                                               : filled ? 4
                                                        : 3,
                                  .radius = 24});
    if (filled) {
        struct pen secret = *pen;
        secret.secret = !masked;
        pen_line(&secret, box, box.w < BOX_DIGIT_W ? STYLE_KEYPAD : STYLE_DIGIT,
                 pen_color(pen, COLOR_INK), ALIGN_CENTER, masked ? "•" : character);
    } else if (active) {
        pen_fill(pen, (struct rect){box.x + box.w / 2 - 2, box.y + 26, 4, box.h - 52},
                 pen_color(pen, COLOR_FOCUS_OUTER));
    }
}

struct entry_row {
    unsigned first; // group
    unsigned count;
    unsigned characters;
};

// Where the boxes of all groups would be too narrow, the later half of them goes below.
static unsigned lay_out_rows(struct entry *entry, int room, struct entry_row ret_rows[2])
{
    unsigned total = 0;
    for (unsigned i = 0; i < entry->group_count; i++)
        total += entry->groups[i];
    ret_rows[0] = (struct entry_row){0, entry->group_count, total};
    int gaps = (int)(total - entry->group_count) * BOX_GAP + (int)entry->group_count * GROUP_GAP;
    if ((room - gaps) / (int)total >= BOX_MIN_W)
        return 1;
    if (entry->group_count == 1) {
        entry->groups[1] = (uint8_t)(total / 2);
        entry->groups[0] = (uint8_t)(total - total / 2);
        entry->group_count = 2;
    }
    unsigned first = 0;
    unsigned above = 0;
    while (first + 1 < entry->group_count && above + entry->groups[first] <= (total + 1) / 2)
        above += entry->groups[first++];
    if (first == 0)
        above = entry->groups[first++];
    ret_rows[0] = (struct entry_row){0, first, above};
    ret_rows[1] = (struct entry_row){first, entry->group_count - first, total - above};
    return 2;
}

// Returns the lower end, and through ret_groups where each group stands, for captions.
static int draw_entry(const struct scene *scene, int y, struct entry *entry,
                      struct rect ret_groups[ENTRY_GROUPS_MAX])
{
    struct rect body = chrome_body(scene);
    struct entry_row rows[2];
    unsigned count = lay_out_rows(entry, body.w, rows);
    int box_h = count > 1 ? BOX_LOW_H : BOX_H;
    const char *at = entry->typed;
    const char *end = at + strlen(at);
    bool active = true; // the first empty box is
    for (unsigned r = 0; r < count; r++) {
        const struct entry_row *row = &rows[r];
        int gaps = (int)row->count - 1;
        int inner = (int)(row->characters - row->count) * BOX_GAP;
        int box_w = (body.w - inner - gaps * GROUP_GAP) / (int)row->characters;
        if (box_w > BOX_W)
            box_w = BOX_W;
        int spread = gaps > 0 ? (body.w - (int)row->characters * box_w - inner) / gaps : 0;
        int x = body.x;
        for (unsigned group = row->first; group < row->first + row->count; group++) {
            ret_groups[group] = (struct rect){x, y, 0, box_h};
            for (unsigned i = 0; i < entry->groups[group]; i++) {
                char character[UTF8_BYTES_MAX + 1] = "";
                if (at < end)
                    utf8_put(character, utf8_next(&at, end));
                bool empty = character[0] == '\0';
                bool peeks = entry->peek && at == end;
                draw_box(scene, (struct rect){x, y, box_w, box_h}, character, empty && active,
                         entry->wrong, !entry->plain && !peeks);
                active &= !empty;
                x += box_w + BOX_GAP;
                explicit_bzero(character, sizeof character);
            }
            ret_groups[group].w = x - BOX_GAP - ret_groups[group].x;
            x += (spread > 3 * GROUP_GAP && count > 1 ? 3 * GROUP_GAP : spread) - BOX_GAP;
        }
        y += box_h + ROW_GAP;
    }
    return y - ROW_GAP;
}

// The question of the idle rules masks all: who answers it may be somebody else.
static void unmask(const struct scene *scene, struct entry *entry)
{
    const struct certificate_state *state = &scene->visit->certificate;
    if (scene->visit->warning)
        return;
    entry->plain = state->plain;
    entry->peek = scene->clock.now_ms < state->peek_until_ms;
    if (entry->peek && !entry->plain)
        frame_wake_at(scene->pen.frame, state->peek_until_ms);
}

// Between the boxes and the rest: what is wrong or what happens to the typed, and «Показать».
struct note {
    enum word error;
    enum word privacy;
    enum word show;
    enum word hide;
    bool wrong;
};

static void draw_note(const struct scene *scene, int y, const struct note *note)
{
    enum { TOGGLE_PADDING = 36, TOGGLE_ICON_W = 62, ICON_W = 54, LINES = 2 };
    const struct pen *pen = &scene->pen;
    const char *const *texts = scene->words->texts;
    bool plain = scene->visit->certificate.plain;
    struct rect body = chrome_body(scene);
    int show_w = pen_width(pen, STYLE_BODY_BOLD, texts[note->show]);
    int hide_w = pen_width(pen, STYLE_BODY_BOLD, texts[note->hide]);
    int label_w = show_w > hide_w ? show_w : hide_w;
    int toggle_w = label_w + 2 * TOGGLE_PADDING + TOGGLE_ICON_W;
    struct button toggle = {.kind = BUTTON_SECOND,
                            .style = STYLE_BODY_BOLD,
                            .icon = plain ? ICON_EYE_OFF : ICON_EYE,
                            .label = texts[plain ? note->hide : note->show]};
    widget_button(pen, (struct rect){body.x + body.w - toggle_w, y, toggle_w, NOTE_H}, &toggle,
                  ACTION_HIDE, 0);
    const char *text = texts[note->wrong ? note->error : note->privacy];
    enum style style = note->wrong ? STYLE_BODY : STYLE_CAPTION;
    rgb ink = pen_color(pen, note->wrong ? COLOR_ERR : COLOR_INK_2);
    int text_w = body.w - toggle_w - CHROME_MARGIN / 2 - ICON_W;
    int line_h = note->wrong ? 41 : 32;
    int text_h = line_h * (int)pen_lines(pen, text_w, style, text, LINES);
    int text_y = y + (NOTE_H - text_h) / 2;
    pen_icon(pen, (struct rect){body.x, text_y, 40, line_h}, note->wrong ? ICON_WARNING : ICON_LOCK,
             36, ink);
    pen_paragraph(pen, (struct rect){body.x + ICON_W, text_y, text_w, 0}, style, ink, ALIGN_LEFT,
                  text, LINES);
}

// What stands under the boxes.
struct pad {
    enum certificate_place place; // of the character that comes next
    bool letters;                 // the format has some
    size_t missing;
    enum word ready;
};

// The button says what is missing, that it's working, or how long to wait.
static void draw_submit(const struct scene *scene, struct rect box, const struct pad *pad)
{
    const struct certificate_state *state = &scene->visit->certificate;
    int64_t now_ms = scene->clock.now_ms;
    char label[FORMAT_BYTES * 2];
    struct button button = {.kind = BUTTON_MAIN, .style = STYLE_BUTTON_L, .label = label};
    if (state->limited_until_ms > now_ms) {
        char time[FORMAT_BYTES];
        int64_t left_s = (state->limited_until_ms - now_ms + 999) / 1000;
        frame_wake_at(scene->pen.frame, state->limited_until_ms - (left_s - 1) * 1000);
        format_duration(scene->words, left_s, time, sizeof time);
        words_fill(scene->words, WORD_NUMBER_WAIT, &(struct word_part){"time", time}, 1, label,
                   sizeof label);
        button.disabled = true;
    } else if (pad->missing > 0) {
        words_count(scene->words, pad->letters ? WORD_NUMBER_MISSING_SIGNS : WORD_NUMBER_MISSING,
                    (int64_t)pad->missing, label, sizeof label);
        button.disabled = true;
    } else if (state->request_id != 0 && now_ms - state->asked_ms >= BUSY_AFTER_MS) {
        snprintf(label, sizeof label, "%s", scene->words->texts[WORD_NUMBER_CHECKING]);
        button.busy = true;
        button.busy_part = (float)((now_ms - state->asked_ms) % RING_TURN_MS) / (float)RING_TURN_MS;
        frame_wake_at(scene->pen.frame, now_ms + 50);
    } else {
        snprintf(label, sizeof label, "%s", scene->words->texts[pad->ready]);
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

static void draw_pad(const struct scene *scene, const struct pad *pad)
{
    const struct pen *pen = &scene->pen;
    int bottom = scene->height - CHROME_DOCK_H;
    struct rect panel = {0, bottom - PANEL_H, scene->width, PANEL_H};
    int top = panel.y + 30;
    if (scene->landscape) {
        panel = chrome_side(scene);
        top = (panel.h - PANEL_H) / 2 + 30;
    }
    pen_fill(pen, panel, pen_color(pen, COLOR_SUNKEN));
    struct keypad keypad = {
        .erase_all = scene->words->texts[WORD_NUMBER_ERASE_ALL],
        .erase = scene->words->texts[pad->letters ? WORD_NUMBER_ERASE_SIGN : WORD_NUMBER_ERASE],
        .digit_action = ACTION_DIGIT,
        .erase_action = ACTION_ERASE,
        .erase_all_action = ACTION_ERASE_ALL,
        .disabled = scene->visit->certificate.limited_until_ms > scene->clock.now_ms};
    struct rect keys = {panel.x + CHROME_MARGIN, top, panel.w - 2 * CHROME_MARGIN, 524};
    if (pad->place == PLACE_DIGIT)
        keypad_draw(pen, keys, &keypad);
    else
        draw_letters(scene, (struct rect){panel.x + 20, top, panel.w - 40, 524}, pad->place,
                     &keypad);
    draw_submit(scene, (struct rect){keys.x, top + 554, keys.w, 112}, pad);
}

static void draw_who(const struct scene *scene, int y)
{
    static const struct {
        enum word word;
        enum picture icon;
    } tabs[] = {{WORD_NUMBER_PARENT, ICON_GROUP}, {WORD_NUMBER_CHILD, ICON_PERSON}};
    const struct pen *pen = &scene->pen;
    struct rect body = chrome_body(scene);
    struct rect well = {body.x, y, body.w, 128};
    widget_panel(pen, well, 40);
    int width = (well.w - 24) / 2;
    for (unsigned i = 0; i < 2; i++) {
        bool on = scene->visit->certificate.child == (i == 1);
        const char *label = scene->words->texts[tabs[i].word];
        struct rect tab = {well.x + 12 + (int)i * width, well.y + 12, width, well.h - 24};
        rgb ink = pen_color(pen, on ? COLOR_ON_PRIMARY : COLOR_INK);
        if (on || pen_pressed(pen, ACTION_WHO, i))
            pen_block(pen, tab,
                      (struct block_look){.fill = pen_color(pen, on ? COLOR_PRIMARY : COLOR_LINE),
                                          .radius = 30});
        int text_w = pen_width(pen, STYLE_BUTTON, label);
        int x = tab.x + (tab.w - text_w - 58) / 2;
        pen_icon(pen, (struct rect){x, tab.y, 40, tab.h}, tabs[i].icon, 40, ink);
        pen_line(pen, (struct rect){x + 58, tab.y, text_w, tab.h}, STYLE_BUTTON, ink, ALIGN_LEFT,
                 label);
        struct target *target = frame_target(pen->frame, tab, ROLE_TAB, ACTION_WHO, i, label);
        if (target != NULL && on)
            target->state |= TARGET_SELECTED;
    }
}

// «01 23 456789», in the region's form.
static void sample_number(const struct config *config, char *ret_sample)
{
    static const uint32_t first[] = {
        [PLACE_DIGIT] = '0', [PLACE_LATIN] = 'A', [PLACE_CYRILLIC] = 0x410};
    struct certificate_format format = certificate_format_of(config);
    struct text text;
    text_init(&text, ret_sample, FORMAT_BYTES);
    for (unsigned group = 0, at = 0; group < format.group_count; group++) {
        if (group > 0)
            text_add(&text, " ");
        for (unsigned i = 0; i < format.groups[group]; i++, at++) {
            char character[UTF8_BYTES_MAX];
            text_add_bytes(&text, character,
                           utf8_put(character, first[format.places[at]] + at % 10));
        }
    }
}

// The little picture of a certificate with its number marked.
static void draw_where(const struct scene *scene, int y)
{
    const struct pen *pen = &scene->pen;
    struct rect body = chrome_body(scene);
    struct rect card = {body.x, y, 400, 208};
    pen_block(pen, card,
              (struct block_look){.fill = pen_color(pen, COLOR_SURFACE),
                                  .stroke = pen_color(pen, COLOR_LINE),
                                  .stroke_px = 2,
                                  .radius = 24});
    if (pen->palette == PALETTE_NORMAL) {
        const struct direction_colors *art = &pen->theme->directions[DIRECTION_ART];
        const struct quilt_cell strip[] = {
            {MODULE_CIRCLE, 0, art->accents[1], art->background},
            {MODULE_HALF, 2, art->accents[1], art->background},
            {MODULE_LEAF, 1, art->accents[1], art->background},
            {MODULE_QUARTER, 0, art->accents[2], art->background},
            {MODULE_QUARTER, 1, art->accents[0], art->background},
            {MODULE_QUARTER, 1, art->accents[0], art->dark},
        };
        frame_round_clip(pen->frame, card, CORNER_TOP_LEFT | CORNER_TOP_RIGHT, 24);
        for (int i = 0; i < 6; i++) {
            struct rect cell = {card.x + i * 67, card.y, 67, 67};
            struct draw *draw = frame_draw(pen->frame, DRAW_MODULE, cell, strip[i].shape);
            if (draw == NULL)
                continue;
            draw->stroke = strip[i].ground;
            draw->picture = strip[i].module;
            draw->turns = strip[i].turns;
        }
        frame_round_clip_end(pen->frame);
    }
    pen_paragraph(pen, (struct rect){card.x + 26, card.y + 76, card.w - 40, 0}, STYLE_DOCK,
                  pen_color(pen, COLOR_INK_2), ALIGN_LEFT, scene->words->texts[WORD_NUMBER_CARD],
                  2);
    char sample[FORMAT_BYTES];
    sample_number(scene->config, sample);
    int mark_w = pen_width(pen, STYLE_PILL, sample) + 24;
    if (mark_w > card.w - 36)
        mark_w = card.w - 36;
    struct rect mark = {card.x + 18, card.y + 142, mark_w, 50};
    pen_block(pen, mark,
              (struct block_look){.fill = pen_color(pen, COLOR_HIGHLIGHT), .radius = 12});
    pen_line(pen, mark, STYLE_PILL, pen_color(pen, COLOR_ON_ACCENT), ALIGN_CENTER, sample);
    pen_text(pen, body.x + 432, y + 42, STYLE_BODY_BOLD, pen_color(pen, COLOR_INK),
             scene->words->texts[WORD_NUMBER_WHERE]);
    pen_paragraph(pen, (struct rect){body.x + 432, y + 86, body.w - 432, 0}, STYLE_BODY,
                  pen_color(pen, COLOR_INK), ALIGN_LEFT,
                  scene->words->texts[WORD_NUMBER_WHERE_TEXT], 3);
}

static void draw_title(const struct scene *scene, enum word title, const char *lead)
{
    const struct pen *pen = &scene->pen;
    struct rect body = chrome_body(scene);
    chrome_draw_topbar(scene);
    pen_line(pen, (struct rect){body.x, 118, body.w, 74}, STYLE_H1, pen_color(pen, COLOR_INK),
             ALIGN_LEFT, scene->words->texts[title]);
    pen_paragraph(pen, (struct rect){body.x, 204, body.w, 0}, STYLE_BODY_L,
                  pen_color(pen, COLOR_INK_2), ALIGN_LEFT, lead, 2);
}

static bool has_letters(const struct certificate_format *format)
{
    for (unsigned i = 0; i < format->length; i++)
        if (format->places[i] != PLACE_DIGIT)
            return true;
    return false;
}

void certificate_number_view(const struct scene *scene)
{
    const struct config *config = scene->config;
    const struct certificate_state *state = &scene->visit->certificate;
    struct certificate_format format = certificate_format_of(config);
    struct rect groups[ENTRY_GROUPS_MAX];
    size_t typed = utf8_count(state->number, strlen(state->number));
    struct pad pad = {.place = certificate_next_place(&format, state->number),
                      .letters = has_letters(&format),
                      .missing = format.length - typed,
                      .ready = config->asks_birth_date ? WORD_NUMBER_NEXT : WORD_NUMBER_CHECK};
    char lead[FORMAT_BYTES];
    words_count(scene->words, pad.letters ? WORD_NUMBER_LEAD_SIGNS : WORD_NUMBER_LEAD,
                format.length, lead, sizeof lead);
    draw_title(scene, WORD_NUMBER_TITLE, lead);
    draw_who(scene, 287);
    struct entry entry = {
        .typed = state->number, .group_count = format.group_count, .wrong = state->number_wrong};
    memcpy(entry.groups, format.groups, sizeof format.groups);
    unmask(scene, &entry);
    int y = draw_entry(scene, 476, &entry, groups) + 24;
    draw_note(scene, y,
              &(struct note){WORD_NUMBER_WRONG, WORD_NUMBER_PRIVACY, WORD_NUMBER_SHOW,
                             WORD_NUMBER_HIDE, state->number_wrong});
    draw_where(scene, y + NOTE_H + 36);
    draw_pad(scene, &pad);
}

void certificate_birth_view(const struct scene *scene)
{
    enum { BIRTH_GROUPS = 3, BIRTH_DIGITS = 8 };
    static const enum word captions[BIRTH_GROUPS] = {WORD_BIRTH_DAY, WORD_BIRTH_MONTH,
                                                     WORD_BIRTH_YEAR};
    const struct pen *pen = &scene->pen;
    const struct certificate_state *state = &scene->visit->certificate;
    struct rect places[ENTRY_GROUPS_MAX];
    struct rect body = chrome_body(scene);
    draw_title(scene, state->child ? WORD_BIRTH_TITLE_CHILD : WORD_BIRTH_TITLE,
               scene->words->texts[WORD_BIRTH_LEAD]);
    struct entry entry = {.typed = state->birth,
                          .groups = {2, 2, 4},
                          .group_count = BIRTH_GROUPS,
                          .wrong = state->birth_wrong};
    unmask(scene, &entry);
    draw_entry(scene, 324, &entry, places);
    for (int i = 0; i < BIRTH_GROUPS; i++)
        pen_line(pen, (struct rect){places[i].x, 448, places[i].w, 40}, STYLE_CAPTION,
                 pen_color(pen, COLOR_INK_2), ALIGN_CENTER, scene->words->texts[captions[i]]);
    draw_note(scene, 512,
              &(struct note){WORD_BIRTH_WRONG, WORD_BIRTH_PRIVACY, WORD_BIRTH_SHOW, WORD_BIRTH_HIDE,
                             state->birth_wrong});
    const char *why = scene->words->texts[WORD_BIRTH_WHY_TEXT];
    int why_h = 41 * (int)pen_lines(pen, body.w - 170, STYLE_BODY, why, 3);
    struct rect panel = {body.x, 640, body.w, 126 + why_h};
    widget_panel(pen, panel, 28);
    pen_icon(pen, (struct rect){panel.x + 40, panel.y + 40, 52, 52}, ICON_QUESTION, 52,
             pen_color(pen, COLOR_INFO));
    pen_text(pen, panel.x + 128, panel.y + 38, STYLE_BODY_BOLD, pen_color(pen, COLOR_INK),
             scene->words->texts[WORD_BIRTH_WHY]);
    pen_paragraph(pen, (struct rect){panel.x + 128, panel.y + 84, panel.w - 170, 0}, STYLE_BODY,
                  pen_color(pen, COLOR_INK), ALIGN_LEFT, why, 3);
    draw_pad(scene, &(struct pad){.missing = BIRTH_DIGITS - strlen(state->birth),
                                  .ready = WORD_BIRTH_CHECK});
}
