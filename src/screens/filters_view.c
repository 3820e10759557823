#include "base/text.h"
#include "screens/chrome.h"
#include "screens/facet_words.h"
#include "screens/filters.h"
#include "screens/filters_parts.h"
#include "screens/overlay.h"
#include "wording/format.h"

#include <stdio.h>
#include <string.h>

#define FACET_BIT(name) (1u << FACET_##name)

enum {
    SHEET_TOP = 44,
    HEADER_H = 164,
    FOOTER_H = 176,
    CELL_GAP = 12,
    CELL_EDGE = 6,
    CELL_H = 96,
    TITLE_H = 56,
    SECTION_GAP = 34,
    ROW_H = 106,
};

// The heading, with what is chosen at the right.
static int draw_title(const struct scene *scene, struct rect column, int y, enum word title,
                      uint32_t facets)
{
    const struct pen *pen = &scene->pen;
    enum { GAP_PX = 24 };
    const char *label = scene->words->texts[title];
    int width = pen_text(pen, column.x + 2, y, STYLE_LABEL, pen_color(pen, COLOR_INK), label);
    char chosen[FORMAT_BYTES * 2];
    struct text text;
    text_init(&text, chosen, sizeof chosen);
    for (int facet = 0; facet < FACET_WORDS; facet++) {
        char one[FORMAT_BYTES];
        if ((facets >> facet & 1) == 0 ||
            !facet_label(scene, (enum search_facet)facet, one, sizeof one))
            continue;
        text_addf(&text, "%s%s", text.length > 0 ? " · " : "", one);
    }
    int x = column.x + width + GAP_PX;
    struct pen secret = *pen;
    secret.secret = true;
    pen_line(&secret, (struct rect){x, y, column.x + column.w - x, 38}, STYLE_BODY,
             pen_color(pen, COLOR_INK_2), ALIGN_RIGHT, chosen);
    return y + TITLE_H;
}

static struct rect draw_face(const struct scene *scene, struct rect box, bool on, bool flat,
                             bool pressed)
{
    const struct pen *pen = &scene->pen;
    enum { PRESSED_PX = 4 };
    struct block_look look = {
        .fill = pen_color(pen, on     ? COLOR_ACCENT
                               : flat ? COLOR_SUNKEN
                                      : COLOR_SURFACE),
        .stroke = pen_color(pen, on ? COLOR_INK : COLOR_LINE),
        .edge = pen_color(pen, on ? COLOR_INK : COLOR_EDGE),
        .radius = 26,
        .stroke_px = on ? 3 : 2,
        .edge_px = flat ? 0 : CELL_EDGE,
    };
    if (pressed && flat) {
        look.stroke = pen_color(pen, COLOR_WARN);
        look.stroke_px = 5;
    } else if (pressed) {
        box.y += PRESSED_PX;
        look.edge_px -= PRESSED_PX;
    }
    pen_block(pen, box, look);
    return box;
}

static void draw_narrow(const struct scene *scene, struct rect face, const char *label,
                        const char *number, rgb ink, rgb ink2)
{
    const struct pen *pen = &scene->pen;
    bool counted = number[0] != '\0';
    int top = face.y + (counted ? 12 : (face.h - 41) / 2);
    pen_line(pen, (struct rect){face.x + 8, top, face.w - 16, 41}, STYLE_BODY_BOLD, ink,
             ALIGN_CENTER, label);
    pen_line(pen, (struct rect){face.x + 8, top + 41, face.w - 16, 30}, STYLE_DOCK, ink2,
             ALIGN_CENTER, number);
}

static void draw_wide(const struct scene *scene, struct rect face, const char *label,
                      const char *number, const struct direction_colors *patch, rgb ink, rgb ink2)
{
    const struct pen *pen = &scene->pen;
    enum { PADDING_PX = 24, PATCH_PX = 40, LINE_PX = 36 };
    int x = face.x + PADDING_PX;
    if (patch != NULL && pen->palette == PALETTE_NORMAL) {
        pen_fill(pen, (struct rect){x, face.y + (face.h - PATCH_PX) / 2, PATCH_PX, PATCH_PX},
                 patch->background);
        x += PATCH_PX + 18;
    }
    int right = face.x + face.w - PADDING_PX;
    int width = pen_width(pen, STYLE_CAPTION, number);
    pen_line(pen, (struct rect){right - width, face.y, width, face.h}, STYLE_CAPTION, ink2,
             ALIGN_RIGHT, number);
    int room = right - width - 16 - x;
    unsigned lines = pen_lines(pen, room, STYLE_PILL, label, 2);
    int line_px = pen_style(pen, STYLE_PILL)->line_px;
    pen_paragraph(pen, (struct rect){x, face.y + (face.h - (int)lines * line_px) / 2, room, 0},
                  STYLE_PILL, ink, ALIGN_LEFT, label, 2);
}

static void draw_cell(const struct scene *scene, struct rect box, const struct section *section,
                      unsigned at)
{
    const struct pen *pen = &scene->pen;
    const struct search_state *state = &scene->visit->search;
    struct filter_choice choice = {section->facet, section->cells[at].index};
    uint32_t count;
    char number[32] = "";
    char label[FORMAT_BYTES];
    bool counted = filter_count(state, choice, &count);
    bool on = filter_chosen(scene->catalog, scene->searcher, state, choice);
    bool flat = counted && count == 0 && !on;
    uint32_t value = filter_value(choice.facet, choice.index);
    if (counted)
        words_number(scene->words, count, number, sizeof number);
    struct rect face = draw_face(scene, box, on, flat, pen_pressed(pen, ACTION_FILTER, value));
    rgb ink = pen_color(pen, on ? COLOR_ON_ACCENT : flat ? COLOR_INK_2 : COLOR_INK);
    rgb ink2 = pen_color(pen, on ? COLOR_ON_ACCENT : COLOR_INK_2);
    const struct direction_colors *patch =
        choice.facet == FACET_DIRECTION ? &pen->theme->directions[choice.index] : NULL;
    if (section->wide)
        draw_wide(scene, face, section->cells[at].label, number, patch, ink, ink2);
    else
        draw_narrow(scene, face, section->cells[at].label, number, ink, ink2);
    snprintf(label, sizeof label, "%.200s%s%s",
             choice.facet == FACET_DIRECTION
                 ? format_direction(scene->words, (enum direction)choice.index)
                 : section->cells[at].label,
             counted ? " · " : "", number);
    struct target *target =
        frame_target(pen->frame, (struct rect){box.x, box.y, box.w, box.h + (flat ? 0 : CELL_EDGE)},
                     ROLE_CHIP, ACTION_FILTER, value, label);
    if (target != NULL)
        target->state |= (on ? TARGET_SELECTED : 0) | (flat ? TARGET_DISABLED : 0);
}

static int draw_grid(const struct scene *scene, struct rect column, int y,
                     const struct section *section)
{
    int columns = (int)section->columns;
    int width = (column.w - (columns - 1) * CELL_GAP) / columns;
    for (unsigned i = 0; i < section->cell_count; i++) {
        int place = (int)i % columns;
        int x = column.x + place * (width + CELL_GAP);
        int top = y + (int)i / columns * (CELL_H + CELL_EDGE + CELL_GAP);
        int wide = place + 1 == columns ? column.x + column.w - x : width;
        draw_cell(scene, (struct rect){x, top, wide, CELL_H}, section, i);
    }
    int rows = ((int)section->cell_count + columns - 1) / columns;
    return y + rows * (CELL_H + CELL_EDGE + CELL_GAP) - CELL_GAP;
}

static void draw_step(const struct scene *scene, struct rect box, bool older)
{
    const struct pen *pen = &scene->pen;
    uint32_t step = filter_age_step(&scene->visit->search);
    bool end = older ? step + 1 == FILTERS_STEPS : step == 0;
    struct button button = {
        .kind = BUTTON_SECOND,
        .style = STYLE_BUTTON,
        .label = scene->words->texts[older ? WORD_FILTERS_OLDER : WORD_FILTERS_YOUNGER],
        .disabled = end};
    uint32_t value = end ? step : older ? step + 1 : step - 1;
    uint32_t first = pen->frame->target_count;
    struct button bare = button;
    bare.label = "";
    widget_button(pen, box, &bare, ACTION_AGE, value);
    int down = !end && pen_pressed(pen, ACTION_AGE, value) ? 6 : 0;
    pen_icon(pen, (struct rect){box.x, box.y + down, box.w, box.h}, older ? ICON_PLUS : ICON_MINUS,
             48, pen_color(pen, end ? COLOR_ON_DISABLED : COLOR_INK));
    if (pen->frame->target_count == first)
        return;
    struct target *target = &pen->frame->targets[pen->frame->target_count - 1];
    target->label = frame_store(pen->frame, button.label, strlen(button.label));
    target->label_length = (uint32_t)strlen(button.label);
    target->state |= TARGET_REPEATS;
}

static void draw_thumb(const struct scene *scene, struct rect thumb, uint32_t step)
{
    const struct pen *pen = &scene->pen;
    bool pressed = pen_pressed(pen, ACTION_AGE_TRACK, 0);
    thumb.y += pressed ? 6 : 0;
    pen_block(pen, thumb,
              (struct block_look){.fill = pen_color(pen, COLOR_PRIMARY),
                                  .edge = pen_color(pen, COLOR_PRIMARY_EDGE),
                                  .radius = 28,
                                  .edge_px = pressed ? 2 : 8});
    rgb ink = pen_color(pen, COLOR_ON_PRIMARY);
    char number[16];
    char years[FORMAT_BYTES];
    if (step == 0) {
        pen_line(pen, thumb, STYLE_PILL, ink, ALIGN_CENTER,
                 scene->words->texts[WORD_FILTERS_AGE_ANY]);
        return;
    }
    uint32_t age = step + FILTERS_AGE_FIRST - 1;
    snprintf(number, sizeof number, "%u", age);
    words_count(scene->words, WORD_FACET_YEARS, age, years, sizeof years);
    pen_line(pen, (struct rect){thumb.x, thumb.y + 10, thumb.w, 52}, STYLE_BUTTON_L, ink,
             ALIGN_CENTER, number);
    pen_line(pen, (struct rect){thumb.x, thumb.y + 62, thumb.w, 34}, STYLE_CAPTION, ink,
             ALIGN_CENTER, years);
}

// A segment a year, in sun up to the thumb; the first and the last year beneath.
static void draw_track(const struct scene *scene, struct rect track, int until_x)
{
    enum { YEARS = FILTERS_STEPS - 1, GAP = 5, NUMBER_H = 30 };
    const struct pen *pen = &scene->pen;
    for (int i = 0; i < YEARS; i++) {
        int x = track.x + track.w * i / YEARS;
        int end = track.x + track.w * (i + 1) / YEARS - (i + 1 < YEARS ? GAP : 0);
        bool sunny = x < until_x;
        pen_block(pen, (struct rect){x, track.y, end - x, track.h},
                  (struct block_look){.fill = pen_color(pen, sunny ? COLOR_ACCENT : COLOR_TRACK),
                                      .radius = 8});
    }
    char number[16];
    struct rect line = {track.x, track.y + track.h + 8, track.w, NUMBER_H};
    snprintf(number, sizeof number, "%d", FILTERS_AGE_LAST);
    pen_line(pen, line, STYLE_DOCK, pen_color(pen, COLOR_INK_2), ALIGN_RIGHT, number);
}

static int draw_age(const struct scene *scene, struct rect column, int y)
{
    enum { BUTTON = 114, SIDE = 138, TRACK_H = 28, THUMB_W = 112, THUMB_H = 108 };
    const struct pen *pen = &scene->pen;
    const struct search_state *state = &scene->visit->search;
    uint32_t step = filter_age_step(state);
    char label[FORMAT_BYTES];
    y = draw_title(scene, column, y, WORD_FILTERS_AGE, FACET_BIT(AGE));
    struct rect box = {column.x + SIDE, y, column.w - 2 * SIDE, BUTTON + 8};
    int thumb_x = box.x + (int)step * (box.w - THUMB_W) / (FILTERS_STEPS - 1);
    draw_track(scene, (struct rect){box.x, y + BUTTON / 2 - TRACK_H / 2, box.w, TRACK_H},
               step == 0 ? box.x : thumb_x + THUMB_W / 2);
    draw_thumb(scene, (struct rect){thumb_x, y + (BUTTON - THUMB_H) / 2, THUMB_W, THUMB_H}, step);
    if (!facet_label(scene, FACET_AGE, label, sizeof label))
        text_copy(label, sizeof label, scene->words->texts[WORD_FILTERS_AGE_ALL]);
    frame_target(pen->frame, box, ROLE_BUTTON, ACTION_AGE_TRACK, 0, label);
    draw_step(scene, (struct rect){column.x, y, BUTTON, BUTTON}, false);
    draw_step(scene, (struct rect){column.x + column.w - BUTTON, y, BUTTON, BUTTON}, true);
    return y + BUTTON + 8;
}

static void draw_knob(const struct scene *scene, struct rect box, bool on)
{
    const struct pen *pen = &scene->pen;
    enum { KNOB_PX = 52, INSET_PX = 10 };
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, on ? COLOR_PRIMARY : COLOR_SUNKEN),
                                  .stroke = pen_color(pen, COLOR_BORDER),
                                  .stroke_px = on ? 0 : 3,
                                  .radius = box.h / 2});
    struct rect knob = {on ? box.x + box.w - KNOB_PX - INSET_PX : box.x + INSET_PX,
                        box.y + INSET_PX, KNOB_PX, KNOB_PX};
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
    rgb fill = pen_color(pen, on ? (plain ? COLOR_PAPER : COLOR_ACCENT) : COLOR_SURFACE);
    pen_block(pen, knob,
              (struct block_look){.fill = fill,
                                  .stroke = pen_color(pen, COLOR_BORDER),
                                  .stroke_px = on ? 0 : 3,
                                  .radius = KNOB_PX / 2});
    if (on)
        pen_icon(pen, knob, ICON_CHECK, 36, pen_color(pen, plain ? COLOR_INK : COLOR_ON_ACCENT));
}

struct switch_row {
    enum search_facet facet;
    enum picture icon;
    enum word word;
};

static void draw_switch(const struct scene *scene, struct rect row, const struct switch_row *what)
{
    const struct pen *pen = &scene->pen;
    const struct search_state *state = &scene->visit->search;
    struct filter_choice choice = {what->facet, 0};
    uint32_t count;
    char number[32] = "";
    const char *label = scene->words->texts[what->word];
    bool counted = filter_count(state, choice, &count);
    bool on = filter_chosen(scene->catalog, scene->searcher, state, choice);
    bool flat = counted && count == 0 && !on;
    uint32_t value = filter_value(choice.facet, 0);
    enum { SWITCH_W = 124, SWITCH_H = 72, SIDE_PX = 32, COUNT_W = 110 };
    if (pen_pressed(pen, ACTION_FILTER, value))
        pen_block(pen, rect_inset(row, 4),
                  (struct block_look){.fill = pen_color(pen, COLOR_SUNKEN),
                                      .stroke = pen_color(pen, COLOR_LINE),
                                      .stroke_px = 3,
                                      .radius = 24});
    pen_icon(pen, (struct rect){row.x + SIDE_PX, row.y, 44, row.h}, what->icon, 44,
             pen_color(pen, COLOR_INFO));
    int knob = row.x + row.w - SIDE_PX - SWITCH_W;
    if (counted)
        words_number(scene->words, count, number, sizeof number);
    pen_line(pen, (struct rect){knob - COUNT_W, row.y, COUNT_W - 24, row.h}, STYLE_CAPTION,
             pen_color(pen, COLOR_INK_2), ALIGN_RIGHT, number);
    int x = row.x + SIDE_PX + 68;
    pen_line(pen, (struct rect){x, row.y, knob - COUNT_W - x, row.h}, STYLE_BODY_BOLD,
             pen_color(pen, flat ? COLOR_INK_2 : COLOR_INK), ALIGN_LEFT, label);
    draw_knob(scene, (struct rect){knob, row.y + (row.h - SWITCH_H) / 2, SWITCH_W, SWITCH_H}, on);
    struct target *target = frame_target(pen->frame, row, ROLE_BUTTON, ACTION_FILTER, value, label);
    if (target != NULL)
        target->state |= (on ? TARGET_SELECTED : 0) | (flat ? TARGET_DISABLED : 0);
}

static int draw_switches(const struct scene *scene, struct rect column, int y,
                         const struct switch_row *rows, int count)
{
    const struct pen *pen = &scene->pen;
    struct rect card = {column.x, y, column.w, count * ROW_H};
    pen_block(pen, card,
              (struct block_look){.fill = pen_color(pen, COLOR_SURFACE),
                                  .stroke = pen_color(pen, COLOR_LINE),
                                  .stroke_px = 2,
                                  .radius = 28});
    for (int i = 0; i < count; i++) {
        struct rect row = {card.x, y + i * ROW_H, card.w, ROW_H};
        if (i > 0)
            pen_fill(pen, (struct rect){row.x + 32, row.y - 1, row.w - 64, 2},
                     pen_color(pen, COLOR_LINE));
        draw_switch(scene, row, &rows[i]);
    }
    return y + card.h;
}

static const enum word titles[SECTION_COUNT] = {
    [SECTION_DAYS] = WORD_FILTERS_WHEN,
    [SECTION_PAYMENT] = WORD_FILTERS_PAYMENT,
    [SECTION_WHERE] = WORD_FILTERS_WHERE,
    [SECTION_FORM] = WORD_FILTERS_FORM,
    [SECTION_DIRECTION] = WORD_FILTERS_DIRECTION,
    [SECTION_ACTIVITY] = WORD_FILTERS_ACTIVITY,
    [SECTION_PRICE] = WORD_FILTERS_PRICE,
    [SECTION_LEVEL] = WORD_FILTERS_LEVEL,
    [SECTION_ORGANIZATION] = WORD_FILTERS_ORGANIZATION,
    [SECTION_MUNICIPALITY] = WORD_FILTERS_MUNICIPALITY,
};

static int draw_section(const struct scene *scene, struct rect column, int y,
                        enum section_kind kind)
{
    static const struct switch_row switches[] = {
        {FACET_PLACES, ICON_GROUP, WORD_FILTERS_PLACES},
        {FACET_OVZ, ICON_WHEELCHAIR, WORD_FILTERS_OVZ},
        {FACET_SUMMER, ICON_CALENDAR, WORD_FILTERS_SUMMER},
    };
    if (kind == SECTION_AGE)
        return draw_age(scene, column, y) + SECTION_GAP;
    if (kind == SECTION_SWITCHES)
        return draw_switches(scene, column, y, switches, 2) + SECTION_GAP;
    if (kind == SECTION_SUMMER)
        return draw_switches(scene, column, y, switches + 2, 1) + SECTION_GAP;
    struct section section;
    filters_fill_section(scene, kind, &section);
    if (section.cell_count == 0)
        return y;
    uint32_t facets = 1u << section.facet;
    if (kind == SECTION_DAYS)
        facets |= FACET_BIT(DAY_PART);
    if (kind != SECTION_PARTS)
        y = draw_title(scene, column, y, titles[kind], facets);
    y = draw_grid(scene, column, y, &section);
    return y + (kind == SECTION_DAYS ? CELL_GAP : SECTION_GAP);
}

static void draw_footer(const struct scene *scene, struct rect box)
{
    const struct pen *pen = &scene->pen;
    const struct search_state *state = &scene->visit->search;
    enum { RESET_W = 284, BUTTON_H = 120 };
    char label[FORMAT_BYTES];
    bool none = state->result.total == 0;
    words_count(scene->words, WORD_FILTERS_SHOW, state->result.total, label, sizeof label);
    struct button back = {.kind = BUTTON_SECOND,
                          .style = STYLE_BUTTON,
                          .label = scene->words->texts[WORD_FILTERS_RESET]};
    struct button show = {.kind = BUTTON_MAIN,
                          .style = none ? STYLE_BODY_BOLD : STYLE_BUTTON_L,
                          .label = none ? scene->words->texts[WORD_FILTERS_NONE] : label,
                          .disabled = none};
    widget_button(pen, (struct rect){box.x, box.y, RESET_W, BUTTON_H}, &back, ACTION_RESET, 0);
    widget_button(pen, (struct rect){box.x + RESET_W + 24, box.y, box.w - RESET_W - 24, BUTTON_H},
                  &show, ACTION_SHOW, none);
}

void filters_view(const struct scene *scene)
{
    const struct pen *pen = &scene->pen;
    struct frame *frame = pen->frame;
    struct rect sheet = overlay_draw_sheet(scene, SHEET_TOP, WORD_FILTERS_TITLE);
    struct rect body = {sheet.x, sheet.y + HEADER_H, sheet.w, sheet.h - HEADER_H - FOOTER_H};
    int offset = scroll_offset(&scene->visit->search.sheet);
    frame_clip_push(frame, body);
    struct target *scroll = frame_target(frame, body, ROLE_SCROLL, ACTION_SCROLL_SHEET, 0, "");
    struct rect column = {body.x + CHROME_MARGIN, 0, body.w - 2 * CHROME_MARGIN, 0};
    if (scene->landscape)
        column.w = (column.w - CHROME_MARGIN) / 2;
    int top = body.y - offset;
    int y = top;
    int end = top;
    for (int kind = 0; kind < SECTION_COUNT; kind++) {
        if (scene->landscape && kind == SECTION_SWITCHES) {
            column.x += column.w + CHROME_MARGIN;
            y = top;
        }
        y = draw_section(scene, column, y, (enum section_kind)kind);
        end = y > end ? y : end;
    }
    if (scroll != NULL)
        scroll->value = (uint32_t)(end - body.y + offset);
    frame_clip_pop(frame);
    pen_fill(pen, (struct rect){sheet.x, body.y + body.h, sheet.w, 2}, pen_color(pen, COLOR_LINE));
    draw_footer(scene, (struct rect){sheet.x + CHROME_MARGIN, body.y + body.h + 24,
                                     sheet.w - 2 * CHROME_MARGIN, 0});
}
