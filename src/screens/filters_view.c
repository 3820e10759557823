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
    FOOTER_GAP_PX = 24,
    FOOTER_BOTTOM_PX = 32,
    CELL_GAP = 12,
    CELL_EDGE = 6,
    CELL_H = 96,
    CELL_SIDE_PX = 8,
    SECTION_GAP = 34,
    ROW_H = 106,
};

int filters_draw_title(const struct scene *scene, struct rect column, int y, enum word title,
                       uint32_t facets)
{
    const struct pen *pen = &scene->pen;
    enum { GAP_PX = 24, BOTTOM_PX = 18, LINES = 4 };
    const char *label = scene->words->texts[title];
    struct rect box = {column.x + 2, y, column.w - 2, 0};
    int label_h =
        pen_paragraph(pen, box, STYLE_LABEL, pen_color(pen, COLOR_INK), ALIGN_LEFT, label, LINES);
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
    struct pen secret = *pen;
    secret.secret = true;
    rgb ink2 = pen_color(pen, COLOR_INK_2);
    int room = column.w - pen_width(pen, STYLE_LABEL, label) - GAP_PX;
    y += label_h;
    if (pen_width(pen, STYLE_BODY, chosen) <= room)
        pen_line(&secret, (struct rect){column.x, y - label_h, column.w, label_h}, STYLE_BODY, ink2,
                 ALIGN_RIGHT, chosen);
    else
        y += pen_paragraph(&secret, (struct rect){box.x, y, box.w, 0}, STYLE_BODY, ink2, ALIGN_LEFT,
                           chosen, LINES);
    return y + BOTTOM_PX;
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

// How a section's choices stand in its column.
struct grid {
    int columns;
    int cell_w;
    int cell_h;
    unsigned lines; // of a label, at most
};

enum { WIDE_PADDING_PX = 24, WIDE_PATCH_W = 58, WIDE_NUMBER_W = 60 };

static int label_room(const struct section *section, int cell_w)
{
    if (!section->wide)
        return cell_w - 2 * CELL_SIDE_PX;
    return cell_w - 2 * WIDE_PADDING_PX - WIDE_NUMBER_W -
           (section->facet == FACET_DIRECTION ? WIDE_PATCH_W : 0);
}

static int cell_width(int width, int columns)
{
    return (width - (columns - 1) * CELL_GAP) / columns;
}

// Lines of the longest label.
static unsigned most_lines(const struct pen *pen, const struct section *section, int columns,
                           int width, unsigned lines_max)
{
    enum style style = section->wide ? STYLE_PILL : STYLE_BODY_BOLD;
    int room = label_room(section, cell_width(width, columns));
    unsigned most = 1;
    for (unsigned i = 0; i < section->cell_count; i++) {
        unsigned lines = pen_lines(pen, room, style, section->cells[i].label, lines_max + 1);
        most = lines > most ? lines : most;
    }
    return most;
}

// Fewer columns until no label needs a second line, or, beside its count, a third.
static struct grid lay_grid_out(const struct pen *pen, const struct section *section, int width)
{
    enum { WIDE_LINES = 2, LARGE_LINES = 4, NARROW_AIR_PX = 25, WIDE_AIR_PX = 24 };
    int count = (int)section->cell_count;
    int columns = (int)section->columns;
    bool own = !section->wide || section->facet == FACET_DIRECTION; // not a region's names
    unsigned fitting = section->wide ? WIDE_LINES : 1;
    if (section->wide && pen_large(pen))
        columns = 1;
    while (own && columns > 1 && most_lines(pen, section, columns, width, fitting) > fitting)
        columns--;
    int rows = (count + columns - 1) / columns;
    columns = (count + rows - 1) / rows;
    unsigned lines = pen_large(pen) || columns == 1 ? LARGE_LINES : fitting;
    unsigned taken = most_lines(pen, section, columns, width, lines);
    struct grid grid = {columns, cell_width(width, columns), CELL_H, taken < lines ? taken : lines};
    int height =
        (int)grid.lines * pen_style(pen, section->wide ? STYLE_PILL : STYLE_BODY_BOLD)->line_px;
    height += section->wide ? WIDE_AIR_PX : pen_style(pen, STYLE_DOCK)->line_px + NARROW_AIR_PX;
    grid.cell_h = height > CELL_H ? height : CELL_H;
    return grid;
}

static void draw_narrow(const struct scene *scene, struct rect face, const char *label,
                        const char *number, unsigned lines, rgb ink, rgb ink2)
{
    const struct pen *pen = &scene->pen;
    struct rect box = {face.x + CELL_SIDE_PX, face.y, face.w - 2 * CELL_SIDE_PX, 0};
    int number_h = number[0] == '\0' ? 0 : pen_style(pen, STYLE_DOCK)->line_px;
    int label_h = pen_height(pen, box.w, STYLE_BODY_BOLD, label, lines);
    box.y += (face.h - label_h - number_h) / 2;
    pen_paragraph(pen, box, STYLE_BODY_BOLD, ink, ALIGN_CENTER, label, lines);
    pen_line(pen, (struct rect){box.x, box.y + label_h, box.w, number_h}, STYLE_DOCK, ink2,
             ALIGN_CENTER, number);
}

static void draw_wide(const struct scene *scene, struct rect face, const char *label,
                      const char *number, unsigned lines, const struct direction_colors *patch,
                      rgb ink, rgb ink2)
{
    const struct pen *pen = &scene->pen;
    enum { PATCH_PX = 40, NUMBER_GAP_PX = 16 };
    int x = face.x + WIDE_PADDING_PX;
    if (patch != NULL && pen->palette == PALETTE_NORMAL) {
        pen_fill(pen, (struct rect){x, face.y + (face.h - PATCH_PX) / 2, PATCH_PX, PATCH_PX},
                 patch->background);
        x += WIDE_PATCH_W;
    }
    int right = face.x + face.w - WIDE_PADDING_PX;
    int width = pen_width(pen, STYLE_CAPTION, number);
    pen_line(pen, (struct rect){right - width, face.y, width, face.h}, STYLE_CAPTION, ink2,
             ALIGN_RIGHT, number);
    int room = right - width - NUMBER_GAP_PX - x;
    int height = pen_height(pen, room, STYLE_PILL, label, lines);
    pen_paragraph(pen, (struct rect){x, face.y + (face.h - height) / 2, room, 0}, STYLE_PILL, ink,
                  ALIGN_LEFT, label, lines);
}

static void draw_cell(const struct scene *scene, struct rect box, const struct section *section,
                      unsigned at, unsigned lines)
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
        draw_wide(scene, face, section->cells[at].label, number, lines, patch, ink, ink2);
    else
        draw_narrow(scene, face, section->cells[at].label, number, lines, ink, ink2);
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
    struct grid grid = lay_grid_out(&scene->pen, section, column.w);
    int step = grid.cell_h + CELL_EDGE + CELL_GAP;
    for (unsigned i = 0; i < section->cell_count; i++) {
        int place = (int)i % grid.columns;
        int x = column.x + place * (grid.cell_w + CELL_GAP);
        int top = y + (int)i / grid.columns * step;
        int wide = place + 1 == grid.columns ? column.x + column.w - x : grid.cell_w;
        draw_cell(scene, (struct rect){x, top, wide, grid.cell_h}, section, i, grid.lines);
    }
    int rows = ((int)section->cell_count + grid.columns - 1) / grid.columns;
    return y + rows * step - CELL_GAP;
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

enum {
    SWITCH_W = 124,
    SWITCH_H = 72,
    SWITCH_SIDE_PX = 32,
    SWITCH_ICON_W = 68,
    SWITCH_LINES = 4,
    COUNT_W = 130,
    COUNT_GAP_PX = 24,
    ROW_INSET_PX = 6, // between targets
};

static int switch_room(int row_w)
{
    return row_w - 2 * SWITCH_SIDE_PX - SWITCH_W - COUNT_W - SWITCH_ICON_W;
}

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
    if (pen_pressed(pen, ACTION_FILTER, value))
        pen_block(pen, rect_inset(row, 4),
                  (struct block_look){.fill = pen_color(pen, COLOR_SUNKEN),
                                      .stroke = pen_color(pen, COLOR_LINE),
                                      .stroke_px = 3,
                                      .radius = 24});
    pen_icon(pen, (struct rect){row.x + SWITCH_SIDE_PX, row.y, 44, row.h}, what->icon, 44,
             pen_color(pen, COLOR_INFO));
    int knob = row.x + row.w - SWITCH_SIDE_PX - SWITCH_W;
    if (counted)
        words_number(scene->words, count, number, sizeof number);
    pen_line(pen, (struct rect){knob - COUNT_W, row.y, COUNT_W - COUNT_GAP_PX, row.h},
             STYLE_CAPTION, pen_color(pen, COLOR_INK_2), ALIGN_RIGHT, number);
    int x = row.x + SWITCH_SIDE_PX + SWITCH_ICON_W;
    int room = switch_room(row.w);
    int label_h = pen_height(pen, room, STYLE_BODY_BOLD, label, SWITCH_LINES);
    pen_paragraph(pen, (struct rect){x, row.y + (row.h - label_h) / 2, room, 0}, STYLE_BODY_BOLD,
                  pen_color(pen, flat ? COLOR_INK_2 : COLOR_INK), ALIGN_LEFT, label, SWITCH_LINES);
    draw_knob(scene, (struct rect){knob, row.y + (row.h - SWITCH_H) / 2, SWITCH_W, SWITCH_H}, on);
    struct rect hit = {row.x, row.y + ROW_INSET_PX, row.w, row.h - 2 * ROW_INSET_PX};
    struct target *target = frame_target(pen->frame, hit, ROLE_BUTTON, ACTION_FILTER, value, label);
    if (target != NULL)
        target->state |= (on ? TARGET_SELECTED : 0) | (flat ? TARGET_DISABLED : 0);
}

static int switch_height(const struct scene *scene, int width, const struct switch_row *what)
{
    enum { AIR_PX = 32 };
    int height = pen_height(&scene->pen, switch_room(width), STYLE_BODY_BOLD,
                            scene->words->texts[what->word], SWITCH_LINES) +
                 AIR_PX;
    return height > ROW_H ? height : ROW_H;
}

static int draw_switches(const struct scene *scene, struct rect column, int y,
                         const struct switch_row *rows, int count)
{
    const struct pen *pen = &scene->pen;
    struct rect card = {column.x, y, column.w, 0};
    for (int i = 0; i < count; i++)
        card.h += switch_height(scene, column.w, &rows[i]);
    pen_block(pen, card,
              (struct block_look){.fill = pen_color(pen, COLOR_SURFACE),
                                  .stroke = pen_color(pen, COLOR_LINE),
                                  .stroke_px = 2,
                                  .radius = 28});
    struct rect row = card;
    for (int i = 0; i < count; i++) {
        row.h = switch_height(scene, column.w, &rows[i]);
        if (i > 0)
            pen_fill(pen, (struct rect){row.x + 32, row.y - 1, row.w - 64, 2},
                     pen_color(pen, COLOR_LINE));
        draw_switch(scene, row, &rows[i]);
        row.y += row.h;
    }
    return row.y;
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
        return filters_draw_age(scene, column, y) + SECTION_GAP;
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
        y = filters_draw_title(scene, column, y, titles[kind], facets);
    y = draw_grid(scene, column, y, &section);
    return y + (kind == SECTION_DAYS ? CELL_GAP : SECTION_GAP);
}

struct footer {
    char label[FORMAT_BYTES];
    struct button reset;
    struct button show;
    int reset_w;
    int show_w;
    int height; // of the buttons
};

static void lay_footer_out(const struct scene *scene, int width, struct footer *ret)
{
    enum { RESET_W = 284, RESET_SIDES_PX = 72, BUTTON_H = 120 };
    const struct pen *pen = &scene->pen;
    uint32_t total = scene->visit->search.result.total;
    bool none = total == 0;
    words_count(scene->words, WORD_FILTERS_SHOW, total, ret->label, sizeof ret->label);
    ret->reset = (struct button){.kind = BUTTON_SECOND,
                                 .style = STYLE_BUTTON,
                                 .label = scene->words->texts[WORD_FILTERS_RESET]};
    ret->show = (struct button){.kind = BUTTON_MAIN,
                                .style = none ? STYLE_BODY_BOLD : STYLE_BUTTON_L,
                                .label = none ? scene->words->texts[WORD_FILTERS_NONE] : ret->label,
                                .disabled = none};
    int reset_w = pen_width(pen, STYLE_BUTTON, ret->reset.label) + RESET_SIDES_PX;
    ret->reset_w = reset_w > RESET_W ? reset_w : RESET_W;
    ret->show_w = width - ret->reset_w - FOOTER_GAP_PX;
    ret->height = widget_button_height(pen, ret->show_w, BUTTON_H, &ret->show);
}

static void draw_footer(const struct scene *scene, int x, int y, const struct footer *footer)
{
    struct rect box = {x, y, footer->reset_w, footer->height};
    widget_button(&scene->pen, box, &footer->reset, ACTION_RESET, 0);
    box.x += footer->reset_w + FOOTER_GAP_PX;
    box.w = footer->show_w;
    widget_button(&scene->pen, box, &footer->show, ACTION_SHOW, footer->show.disabled);
}

static int sheet_width(const struct scene *scene)
{
    return scene->width - (scene->landscape ? CHROME_RAIL_W : 0);
}

int filters_footer_height(const struct scene *scene)
{
    struct footer footer;
    lay_footer_out(scene, sheet_width(scene) - 2 * CHROME_MARGIN, &footer);
    return FOOTER_GAP_PX + footer.height + FOOTER_BOTTOM_PX;
}

void filters_view(const struct scene *scene)
{
    const struct pen *pen = &scene->pen;
    struct frame *frame = pen->frame;
    struct rect sheet = overlay_draw_sheet(scene, SHEET_TOP, WORD_FILTERS_TITLE);
    struct footer footer;
    lay_footer_out(scene, sheet.w - 2 * CHROME_MARGIN, &footer);
    int footer_h = FOOTER_GAP_PX + footer.height + FOOTER_BOTTOM_PX;
    struct rect body = {sheet.x, sheet.y + HEADER_H, sheet.w, sheet.h - HEADER_H - footer_h};
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
    draw_footer(scene, sheet.x + CHROME_MARGIN, body.y + body.h + FOOTER_GAP_PX, &footer);
}
