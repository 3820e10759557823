#include "screens/certificate.h"
#include "screens/chrome.h"
#include "screens/format.h"
#include "ui/quilt.h"

#include <stdio.h>
#include <string.h>

enum {
    BOX_W = 82,
    BOX_H = 112,
    BOX_GAP = 10,
    PANEL_H = 732,
    BUSY_AFTER_MS = 400,
    RING_TURN_MS = 1200,
    BIRTH_GROUPS = 3,
};

// The boxes of one entry: groups of digits spread over the width.
struct entry {
    const char *typed;
    const uint8_t *groups;
    unsigned group_count;
    bool wrong;
};

static void draw_box(const struct scene *scene, struct rect box, char digit, bool active,
                     bool wrong)
{
    const struct pen *pen = &scene->pen;
    enum color stroke = wrong    ? COLOR_ERR
                        : active ? COLOR_FOCUS_OUTER
                        : digit  ? COLOR_INK
                                 : COLOR_BORDER;
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, COLOR_SURFACE),
                                  .stroke = pen_color(pen, stroke),
                                  .stroke_px = active  ? 5
                                               : digit ? 4
                                                       : 3,
                                  .radius = 24});
    if (digit != '\0') {
        char text[2] = {digit, '\0'};
        struct pen secret = *pen;
        secret.secret = true;
        pen_line(&secret, box, STYLE_DIGIT, pen_color(pen, COLOR_INK), ALIGN_CENTER, text);
    } else if (active) {
        pen_fill(pen, (struct rect){box.x + box.w / 2 - 2, box.y + 26, 4, box.h - 52},
                 pen_color(pen, COLOR_FOCUS_OUTER));
    }
}

// Returns through ret_group_x where each group begins and ends, for captions.
static void draw_entry(const struct scene *scene, int y, const struct entry *entry,
                       struct rect *ret_groups)
{
    unsigned total = 0;
    for (unsigned i = 0; i < entry->group_count; i++)
        total += entry->groups[i];
    struct rect body = chrome_body(scene);
    int room = body.w;
    int box_w = BOX_W;
    int gaps = (int)entry->group_count - 1;
    int inner = (int)(total - entry->group_count) * BOX_GAP;
    if ((int)total * box_w + inner + gaps * 24 > room)
        box_w = (room - inner - gaps * 24) / (int)total;
    int group_gap = gaps > 0 ? (room - (int)total * box_w - inner) / gaps : 0;
    size_t typed = strlen(entry->typed);
    unsigned at = 0;
    int x = body.x;
    for (unsigned group = 0; group < entry->group_count; group++) {
        int from = x;
        for (unsigned i = 0; i < entry->groups[group]; i++, at++) {
            draw_box(scene, (struct rect){x, y, box_w, BOX_H}, at < typed ? entry->typed[at] : '\0',
                     at == typed, entry->wrong);
            x += box_w + BOX_GAP;
        }
        ret_groups[group] = (struct rect){from, y, x - BOX_GAP - from, BOX_H};
        x += group_gap - BOX_GAP;
    }
}

static void draw_privacy(const struct scene *scene, int y, enum word word)
{
    const struct pen *pen = &scene->pen;
    struct rect body = chrome_body(scene);
    pen_icon(pen, (struct rect){body.x, y, 40, 41}, ICON_LOCK, 36, pen_color(pen, COLOR_INK_2));
    pen_paragraph(pen, (struct rect){body.x + 54, y + 4, body.w - 54, 0}, STYLE_CAPTION,
                  pen_color(pen, COLOR_INK_2), ALIGN_LEFT, scene->words->texts[word], 2);
}

// The button says what is missing, that it's working, or how long to wait.
static void draw_submit(const struct scene *scene, struct rect box, size_t missing, enum word ready)
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
    } else if (missing > 0) {
        words_count(scene->words, WORD_NUMBER_MISSING, (int64_t)missing, label, sizeof label);
        button.disabled = true;
    } else if (state->request_id != 0 && now_ms - state->asked_ms >= BUSY_AFTER_MS) {
        snprintf(label, sizeof label, "%s", scene->words->texts[WORD_NUMBER_CHECKING]);
        button.busy = true;
        button.busy_part = (float)((now_ms - state->asked_ms) % RING_TURN_MS) / (float)RING_TURN_MS;
        frame_wake_at(scene->pen.frame, now_ms + 50);
    } else {
        snprintf(label, sizeof label, "%s", scene->words->texts[ready]);
        if (state->request_id != 0)
            frame_wake_at(scene->pen.frame, state->asked_ms + BUSY_AFTER_MS);
    }
    button.style = button.disabled ? STYLE_BUTTON : STYLE_BUTTON_L;
    widget_button(&scene->pen, box, &button, ACTION_SUBMIT, 0);
}

static void draw_pad(const struct scene *scene, size_t missing, enum word ready)
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
    struct keypad keypad = {.erase_all = scene->words->texts[WORD_NUMBER_ERASE_ALL],
                            .erase = scene->words->texts[WORD_NUMBER_ERASE],
                            .digit_action = ACTION_DIGIT,
                            .erase_action = ACTION_ERASE,
                            .erase_all_action = ACTION_ERASE_ALL};
    keypad_draw(pen, (struct rect){panel.x + 48, top, panel.w - 96, 524}, &keypad);
    draw_submit(scene, (struct rect){panel.x + 48, top + 554, panel.w - 96, 112}, missing, ready);
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
    char sample[FORMAT_BYTES] = "";
    size_t used = 0;
    const struct certificate_format *format = &scene->config->number_format;
    for (unsigned group = 0, digit = 0; group < format->group_count; group++) {
        if (group > 0)
            sample[used++] = ' ';
        for (unsigned i = 0; i < format->groups[group]; i++, digit++)
            sample[used++] = (char)('0' + digit % 10);
    }
    struct rect mark = {card.x + 18, card.y + 142, pen_width(pen, STYLE_PILL, sample) + 24, 50};
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
    pen_line(pen, (struct rect){body.x, 204, body.w, 46}, STYLE_BODY_L, pen_color(pen, COLOR_INK_2),
             ALIGN_LEFT, lead);
}

void certificate_number_view(const struct scene *scene)
{
    const struct certificate_format *format = &scene->config->number_format;
    const struct certificate_state *state = &scene->visit->certificate;
    struct rect groups[CERTIFICATE_GROUPS_MAX];
    unsigned length = certificate_format_length(format);
    char lead[FORMAT_BYTES];
    words_count(scene->words, WORD_NUMBER_LEAD, length, lead, sizeof lead);
    draw_title(scene, WORD_NUMBER_TITLE, lead);
    draw_who(scene, 287);
    struct entry entry = {
        .typed = state->number, .groups = format->groups, .group_count = format->group_count};
    draw_entry(scene, 476, &entry, groups);
    draw_privacy(scene, 616, WORD_NUMBER_PRIVACY);
    draw_where(scene, 714);
    draw_pad(scene, length - strlen(state->number), WORD_NUMBER_CHECK);
}

void certificate_birth_view(const struct scene *scene)
{
    static const uint8_t groups[BIRTH_GROUPS] = {2, 2, 4};
    static const enum word captions[BIRTH_GROUPS] = {WORD_BIRTH_DAY, WORD_BIRTH_MONTH,
                                                     WORD_BIRTH_YEAR};
    const struct pen *pen = &scene->pen;
    const struct certificate_state *state = &scene->visit->certificate;
    struct rect places[BIRTH_GROUPS];
    struct rect body = chrome_body(scene);
    draw_title(scene, state->child ? WORD_BIRTH_TITLE_CHILD : WORD_BIRTH_TITLE,
               scene->words->texts[WORD_BIRTH_LEAD]);
    struct entry entry = {.typed = state->birth,
                          .groups = groups,
                          .group_count = BIRTH_GROUPS,
                          .wrong = state->birth_wrong};
    draw_entry(scene, 324, &entry, places);
    for (int i = 0; i < BIRTH_GROUPS; i++)
        pen_line(pen, (struct rect){places[i].x, 448, places[i].w, 40}, STYLE_CAPTION,
                 pen_color(pen, COLOR_INK_2), ALIGN_CENTER, scene->words->texts[captions[i]]);
    if (state->birth_wrong)
        pen_line(pen, (struct rect){body.x, 528, body.w, 41}, STYLE_BODY, pen_color(pen, COLOR_ERR),
                 ALIGN_LEFT, scene->words->texts[WORD_BIRTH_WRONG]);
    else
        draw_privacy(scene, 528, WORD_BIRTH_PRIVACY);
    struct rect panel = {body.x, 626, body.w, 208};
    widget_panel(pen, panel, 28);
    pen_icon(pen, (struct rect){panel.x + 40, panel.y + 40, 52, 52}, ICON_QUESTION, 52,
             pen_color(pen, COLOR_INFO));
    pen_text(pen, panel.x + 128, panel.y + 38, STYLE_BODY_BOLD, pen_color(pen, COLOR_INK),
             scene->words->texts[WORD_BIRTH_WHY]);
    pen_paragraph(pen, (struct rect){panel.x + 128, panel.y + 84, panel.w - 170, 0}, STYLE_BODY,
                  pen_color(pen, COLOR_INK), ALIGN_LEFT, scene->words->texts[WORD_BIRTH_WHY_TEXT],
                  3);
    draw_pad(scene, 8 - strlen(state->birth), WORD_BIRTH_CHECK);
}
