#include "screens/chrome.h"
#include "screens/layout.h"
#include "screens/staff.h"
#include "screens/staff_print_parts.h"
#include "wording/format.h"

// Where the parts of the screen stand, portrait or landscape. Larger words make one page of tabs,
// list and, upright, the preview.
struct places {
    struct rect tabs;
    struct rect band; // the preview lies on it
    struct rect list; // with its heading
    struct rect foot;
};

enum { HEADER_H = 128, FOOT_BELOW_PX = 48, FOOT_GAP_PX = 24 };
enum { TABS_H = 116, COLUMN_W = 1008, HEADING_GAP_PX = 24, NUMBER_AIR_PX = 24 };

static struct places places_of(const struct scene *scene, int foot_h)
{
    int width = scene->width;
    int height = scene->height;
    int foot_y = height - FOOT_BELOW_PX - foot_h;
    if (!scene->landscape)
        return (struct places){
            .tabs = {48, 156, width - 96, TABS_H},
            .band = {0, 290, width, 836},
            .list = {48, 1138, width - 96, foot_y - 1138 - FOOT_GAP_PX},
            .foot = {48, foot_y, width - 96, foot_h},
        };
    return (struct places){
        .tabs = {48, 152, COLUMN_W, TABS_H},
        .band = {1104, HEADER_H, width - 1104, height - HEADER_H},
        .list = {48, 288, COLUMN_W, foot_y - 288 - FOOT_GAP_PX},
        .foot = {48, foot_y, COLUMN_W, foot_h},
    };
}

// ---- kind

enum { KINDS = 3, TABS_PAD_PX = 10, TAB_GAP_PX = 6, TAB_ICON_PX = 44, TAB_ICON_GAP_PX = 14 };
enum { TAB_STACKED_H = 100 };

// The tabs stand one below the other: a label is too long.
static bool tabs_stack(const struct scene *scene, int width)
{
    int room = (width - 2 * TABS_PAD_PX) / KINDS - TAB_ICON_PX - 2 * TAB_ICON_GAP_PX;
    for (unsigned kind = 0; kind < KINDS; kind++) {
        char label[FORMAT_BYTES];
        format_choice(scene->words, WORD_PRINT_KINDS, kind, label, sizeof label);
        if (!layout_fits(&scene->pen, room, STYLE_LABEL, label))
            return true;
    }
    return false;
}

// All but the foot is one page that scrolls.
static bool flows(const struct scene *scene)
{
    return pen_large(&scene->pen) || tabs_stack(scene, places_of(scene, PRINT_FOOT_H).tabs.w);
}

static int tabs_height(const struct scene *scene, int width)
{
    return tabs_stack(scene, width) ? KINDS * TAB_STACKED_H + 2 * TABS_PAD_PX : TABS_H;
}

static void draw_tab(const struct scene *scene, struct rect tab, unsigned kind)
{
    static const enum picture icons[KINDS] = {ICON_POSTER, ICON_CARDS, ICON_RECEIPT};
    const struct pen *pen = &scene->pen;
    bool on = scene->visit->staff.print.order.kind == kind;
    bool pressed = pen_pressed(pen, ACTION_STAFF_COMPOSE, kind);
    char label[FORMAT_BYTES];
    format_choice(scene->words, WORD_PRINT_KINDS, kind, label, sizeof label);
    if (on || pressed)
        pen_block(pen, tab,
                  (struct block_look){.fill = pen_color(pen, on ? COLOR_PRIMARY : COLOR_LINE),
                                      .radius = 28});
    rgb ink = pen_color(pen, on ? COLOR_ON_PRIMARY : COLOR_INK);
    int text_w = pen_width(pen, STYLE_LABEL, label);
    int x = tab.x + (tab.w - TAB_ICON_PX - TAB_ICON_GAP_PX - text_w) / 2;
    pen_icon(pen, (struct rect){x, tab.y, TAB_ICON_PX, tab.h}, icons[kind], 40, ink);
    pen_line(pen, (struct rect){x + TAB_ICON_PX + TAB_ICON_GAP_PX, tab.y, text_w, tab.h},
             STYLE_LABEL, ink, ALIGN_LEFT, label);
}

static void draw_tabs(const struct scene *scene, struct rect box)
{
    const struct pen *pen = &scene->pen;
    bool stack = tabs_stack(scene, box.w);
    widget_panel(pen, box, 36);
    struct rect tab = rect_inset(box, TABS_PAD_PX);
    tab.w = stack ? tab.w : tab.w / KINDS;
    tab.h = stack ? tab.h / KINDS : tab.h;
    for (unsigned kind = 0; kind < KINDS; kind++) {
        char label[FORMAT_BYTES];
        format_choice(scene->words, WORD_PRINT_KINDS, kind, label, sizeof label);
        draw_tab(scene, tab, kind);
        struct rect hit = tab;
        if (stack) {
            hit.y += TAB_GAP_PX;
            hit.h -= 2 * TAB_GAP_PX;
        } else {
            hit.x += kind > 0 ? TAB_GAP_PX : 0;
            hit.w -= kind > 0 && kind + 1 < KINDS ? 2 * TAB_GAP_PX : TAB_GAP_PX;
        }
        struct target *target =
            frame_target(pen->frame, hit, ROLE_TAB, ACTION_STAFF_COMPOSE, kind, label);
        if (target != NULL && scene->visit->staff.print.order.kind == kind)
            target->state |= TARGET_SELECTED;
        tab.x += stack ? 0 : tab.w;
        tab.y += stack ? tab.h : 0;
    }
}

// ---- preview

static void draw_turn(const struct scene *scene, struct rect box, bool next, bool possible)
{
    const struct pen *pen = &scene->pen;
    struct button button = {
        .kind = BUTTON_SECOND,
        .style = STYLE_BUTTON,
        .label = "",
        .said = scene->words->texts[next ? WORD_PRINT_PAGE_NEXT : WORD_PRINT_PAGE_BEFORE]};
    if (!possible)
        return;
    widget_button(pen, box, &button, ACTION_PRINT_PAGE, next);
    int down = pen_pressed(pen, ACTION_PRINT_PAGE, next) ? 6 : 0;
    pen_icon(pen, (struct rect){box.x, box.y + down, box.w, box.h},
             next ? ICON_CHEVRON_RIGHT : ICON_CHEVRON_LEFT, 52, pen_color(pen, COLOR_INK));
}

// Below the paper; upright it stands beside it while it's small.
static bool number_in_middle(const struct scene *scene)
{
    return scene->landscape || flows(scene);
}

static void draw_page_number(const struct scene *scene, struct rect band, unsigned pages)
{
    char page[16];
    char of[16];
    char text[FORMAT_BYTES];
    words_number(scene->words, scene->visit->staff.print.page + 1, page, sizeof page);
    words_number(scene->words, pages, of, sizeof of);
    words_fill(scene->words, WORD_PRINT_PAGE, (struct word_part[]){{"page", page}, {"pages", of}},
               2, text, sizeof text);
    bool middle = number_in_middle(scene);
    int line_px = pen_style(&scene->pen, STYLE_BODY_BOLD)->line_px;
    struct rect line = {band.x + 40, band.y + band.h - 21 - line_px, band.w - 80, line_px};
    pen_line(&scene->pen, line, STYLE_BODY_BOLD, pen_color(&scene->pen, COLOR_INK),
             middle ? ALIGN_CENTER : ALIGN_RIGHT, text);
}

// The paper as it will come out, on its own edge.
static void draw_paper(const struct scene *scene, struct rect room)
{
    enum { EDGE_PX = 12 };
    const struct pen *pen = &scene->pen;
    const struct frame *page = &scene->preview->page;
    int width = room.w;
    int height = room.w * page->height / page->width;
    if (height > room.h) {
        height = room.h;
        width = room.h * page->width / page->height;
    }
    struct rect paper = {room.x + (room.w - width) / 2, room.y + (room.h - height) / 2, width,
                         height};
    pen_block(pen, rect_inset(paper, -2),
              (struct block_look){.fill = pen_color(pen, COLOR_EDGE),
                                  .edge = pen_color(pen, COLOR_EDGE),
                                  .edge_px = EDGE_PX});
    frame_place(pen->frame, page, paper);
}

static void draw_no_page(const struct scene *scene, struct rect band)
{
    const struct pen *pen = &scene->pen;
    const char *text = scene->words->texts[WORD_PRINT_NO_PAGE];
    struct rect box = rect_inset(band, 40);
    box.y += (box.h - layout_words_height(pen, box.w, STYLE_BODY_L, text)) / 2;
    pen_paragraph(pen, box, STYLE_BODY_L, pen_color(pen, COLOR_INK), ALIGN_CENTER, text,
                  PEN_LINES_MAX);
}

static void draw_preview(const struct scene *scene, struct rect band)
{
    enum { PAGE_W = 556, ROLL_W = 420, BELOW_PX = 44 };
    const struct pen *pen = &scene->pen;
    const struct staff_print_state *state = &scene->visit->staff.print;
    unsigned pages = sheet_pages(&state->order);
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST; // its track is as white as paper
    pen_fill(pen, band, pen_color(pen, plain ? COLOR_PAPER : COLOR_TRACK));
    if (pages == 0) {
        draw_no_page(scene, band);
        return;
    }
    int number_h = pen_style(pen, STYLE_BODY_BOLD)->line_px + NUMBER_AIR_PX;
    int below = number_in_middle(scene) ? number_h : BELOW_PX / 2;
    int width = state->order.paper == PAPER_ROLL ? ROLL_W : PAGE_W + (scene->landscape ? 40 : 0);
    struct rect room = {band.x + (band.w - width) / 2, band.y + 20, width,
                        band.h - 20 - 12 - below};
    draw_paper(scene, room);
    int side = (band.w - PAGE_W - 40) / 2;
    int y = band.y + (band.h - WIDGET_BUTTON_H) / 2;
    int x = scene->landscape ? 12 : (side - PRINT_STEP_W) / 2 + 10;
    draw_turn(scene, (struct rect){band.x + x, y, PRINT_STEP_W, WIDGET_BUTTON_H}, false,
              state->page > 0);
    draw_turn(scene,
              (struct rect){band.x + band.w - x - PRINT_STEP_W, y, PRINT_STEP_W, WIDGET_BUTTON_H},
              true, state->page + 1 < pages);
    draw_page_number(scene, band, pages);
}

// ---- heading

enum { CHOICE_H = 92, CHOICE_GAP_PX = 12, CHOICE_SIDES_PX = 44, ADD_W = 236, CHOICES_MAX = 3 };

struct choice {
    struct button button;
    int width;
    enum action action;
};

// A card of its own for each group.
static struct choice groups_choice(const struct scene *scene)
{
    const char *label = scene->words->texts[WORD_PRINT_BY_GROUPS];
    bool on = scene->visit->staff.print.each_group;
    return (struct choice){.button = {.kind = on ? BUTTON_ON : BUTTON_SECOND,
                                      .style = STYLE_BODY_BOLD,
                                      .label = label},
                           .width =
                               pen_width(&scene->pen, STYLE_BODY_BOLD, label) + CHOICE_SIDES_PX,
                           .action = ACTION_PRINT_GROUPS};
}

// Upright it lies on the preview's band, where it is small enough.
static bool groups_on_band(const struct scene *scene)
{
    enum { BESIDE_PAPER_PX = 250 };
    return !scene->landscape && !flows(scene) && groups_choice(scene).width <= BESIDE_PAPER_PX;
}

// From right to left.
static int find_choices(const struct scene *scene, struct choice ret_choices[static CHOICES_MAX])
{
    enum { ICON_SIDES_PX = 94 };
    const struct pen *pen = &scene->pen;
    const struct staff_print_state *state = &scene->visit->staff.print;
    const char *const *texts = scene->words->texts;
    int count = 0;
    int add_w = pen_width(pen, STYLE_BODY_BOLD, texts[WORD_PRINT_ADD]) + ICON_SIDES_PX;
    ret_choices[count++] = (struct choice){.button = {.kind = BUTTON_SECOND,
                                                      .style = STYLE_BODY_BOLD,
                                                      .icon = ICON_PLUS,
                                                      .label = texts[WORD_PRINT_ADD]},
                                           .width = add_w > ADD_W ? add_w : ADD_W,
                                           .action = ACTION_PRINT_ADD};
    const char *places = texts[WORD_PRINT_WITH_PLACES];
    ret_choices[count++] =
        (struct choice){.button = {.kind = state->with_places ? BUTTON_ON : BUTTON_SECOND,
                                   .style = STYLE_BODY_BOLD,
                                   .label = places},
                        .width = pen_width(pen, STYLE_BODY_BOLD, places) + CHOICE_SIDES_PX,
                        .action = ACTION_PRINT_PLACES};
    if (!groups_on_band(scene) && state->order.kind != SHEET_POSTER)
        ret_choices[count++] = groups_choice(scene);
    return count;
}

// In rows from left to right. Returns where they end.
static int draw_choice_rows(const struct pen *pen, struct rect box, const struct choice *choices,
                            int count)
{
    int x = box.x;
    int row_h = 0;
    for (int i = count; i-- > 0;) {
        int width = choices[i].width < box.w ? choices[i].width : box.w;
        if (x > box.x && x + width > box.x + box.w) {
            x = box.x;
            box.y += row_h + WIDGET_EDGE_PX + CHOICE_GAP_PX;
            row_h = 0;
        }
        int height = widget_button_height(pen, width, CHOICE_H, &choices[i].button);
        widget_button(pen, (struct rect){x, box.y, width, height}, &choices[i].button,
                      (uint16_t)choices[i].action, 0);
        row_h = height > row_h ? height : row_h;
        x += width + CHOICE_GAP_PX;
    }
    return box.y + row_h;
}

struct heading_part {
    const struct scene *scene;
    struct rect box;
    uint32_t printed;
};

// How many are printed, and beside or below it the choices. Returns the height.
static int draw_heading(const void *context, int top)
{
    const struct heading_part *part = context;
    const struct scene *scene = part->scene;
    const struct pen *pen = &scene->pen;
    struct choice choices[CHOICES_MAX];
    char number[32];
    char text[FORMAT_BYTES];
    words_number(scene->words, part->printed, number, sizeof number);
    words_fill(scene->words, WORD_PRINT_PROGRAMS, &(struct word_part){"number", number}, 1, text,
               sizeof text);
    int count = find_choices(scene, choices);
    struct rect box = {part->box.x, top, part->box.w, CHOICE_H};
    int room = box.w;
    for (int i = 0; i < count; i++)
        room -= choices[i].width + CHOICE_GAP_PX;
    if (!layout_fits(pen, room, STYLE_LABEL, text)) {
        box.y += layout_words(pen, box, STYLE_H2, COLOR_INK, text) + CHOICE_GAP_PX;
        return draw_choice_rows(pen, box, choices, count) + WIDGET_EDGE_PX + HEADING_GAP_PX - top;
    }
    int x = box.x + box.w;
    for (int i = 0; i < count; i++, x -= CHOICE_GAP_PX) {
        x -= choices[i].width;
        widget_button(pen, (struct rect){x, box.y, choices[i].width, CHOICE_H}, &choices[i].button,
                      (uint16_t)choices[i].action, 0);
    }
    box.w = room;
    pen_line(pen, box, layout_fits(pen, room, STYLE_H2, text) ? STYLE_H2 : STYLE_LABEL,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, text);
    return CHOICE_H + WIDGET_EDGE_PX + HEADING_GAP_PX;
}

// ---- list

enum { CLEAR_ABOVE_PX = 24, CLEAR_BELOW_PX = 28, EMPTY_ABOVE_PX = 24 };

static struct button clear_button(const struct scene *scene)
{
    return (struct button){.kind = BUTTON_SECOND,
                           .style = STYLE_BODY_BOLD,
                           .icon = ICON_TRASH,
                           .label = scene->words->texts[WORD_PRINT_CLEAR]};
}

static struct rect clear_box(const struct scene *scene, struct rect box)
{
    enum { SIDES_PX = 126 };
    struct button clear = clear_button(scene);
    int width = pen_width(&scene->pen, STYLE_BODY_BOLD, clear.label) + SIDES_PX;
    box.w = width < box.w ? width : box.w;
    box.y += CLEAR_ABOVE_PX;
    box.h = widget_button_height(&scene->pen, box.w, WIDGET_CHIP_H, &clear);
    return box;
}

static int list_height(const struct scene *scene, int width)
{
    const struct staff_print_state *state = &scene->visit->staff.print;
    if (state->row_count == 0)
        return EMPTY_ABOVE_PX + layout_words_height(&scene->pen, width, STYLE_BODY_L,
                                                    scene->words->texts[WORD_PRINT_EMPTY]);
    return (int)state->row_count * print_row_height(&scene->pen) + CLEAR_ABOVE_PX +
           clear_box(scene, (struct rect){0, 0, width, 0}).h + CLEAR_BELOW_PX;
}

// All of it from box.y on; only what lies within the view is drawn.
static void draw_rows(const struct scene *scene, struct rect box, struct rect view)
{
    const struct staff_print_state *state = &scene->visit->staff.print;
    struct rect row = {box.x, box.y, box.w, print_row_height(&scene->pen)};
    if (state->row_count == 0) {
        row.y += EMPTY_ABOVE_PX;
        layout_words(&scene->pen, row, STYLE_BODY_L, COLOR_INK_2,
                     scene->words->texts[WORD_PRINT_EMPTY]);
        return;
    }
    for (uint32_t i = 0; i < state->row_count; i++, row.y += row.h) {
        uint32_t program = snapshot_find_program(scene->catalog, state->rows[i].id);
        if (program == SNAPSHOT_NONE || rect_empty(rect_intersect(row, view)))
            continue;
        print_draw_row(
            scene, row, program,
            print_row_printed(&state->rows[i], scene->catalog, &scene->clock, state->with_places),
            ACTION_PRINT_ROW, i);
    }
    struct button clear = clear_button(scene);
    widget_button(&scene->pen, clear_box(scene, row), &clear, ACTION_PRINT_CLEAR, 0);
}

static void begin_scroll(const struct scene *scene, struct rect view, int content)
{
    struct frame *frame = scene->pen.frame;
    frame_clip_push(frame, view);
    struct target *scroll = frame_target(frame, view, ROLE_SCROLL, ACTION_SCROLL_LIST, 0, "");
    if (scroll != NULL)
        scroll->value = (uint32_t)content;
}

static void draw_list(const struct scene *scene, struct rect box)
{
    struct rect view = {box.x - 16, box.y, box.w + 32, box.h};
    if (scene->visit->staff.print.row_count == 0) {
        draw_rows(scene, box, view);
        return;
    }
    begin_scroll(scene, view, list_height(scene, box.w));
    box.y -= scroll_offset(&scene->visit->staff.rows);
    draw_rows(scene, box, view);
    frame_clip_pop(scene->pen.frame);
}

// ---- the page

// Normal text: only the list scrolls.
static void draw_fixed(const struct scene *scene, const struct places *places, uint32_t printed)
{
    const struct staff_print_state *state = &scene->visit->staff.print;
    draw_tabs(scene, places->tabs);
    if (groups_on_band(scene) && state->order.kind != SHEET_POSTER && printed > 0) {
        struct choice groups = groups_choice(scene);
        widget_button(
            &scene->pen,
            (struct rect){32, places->band.y + places->band.h - 112, groups.width, WIDGET_CHIP_H},
            &groups.button, ACTION_PRINT_GROUPS, 0);
    }
    struct rect list = places->list;
    list.h -= print_draw_note(scene, list.x, list.y + list.h, list.w);
    struct heading_part heading = {scene, list, printed};
    int heading_h = draw_heading(&heading, list.y);
    list.y += heading_h;
    list.h -= heading_h;
    if (scene->catalog != NULL)
        draw_list(scene, list);
}

// All but the foot scrolls, and lying, the preview.
static void draw_flowing(const struct scene *scene, const struct places *places, uint32_t printed)
{
    enum { GAP_PX = 24 };
    int x = scene->landscape ? places->list.x - 16 : 0;
    struct rect view = {x, HEADER_H, scene->landscape ? places->list.w + 32 : scene->width, 0};
    int bottom = places->foot.y - FOOT_GAP_PX;
    bottom -= print_draw_note(scene, places->list.x, bottom, places->list.w);
    view.h = bottom - view.y;
    struct rect tabs = places->tabs;
    struct rect band = places->band;
    struct rect list = places->list;
    struct heading_part heading = {scene, list, printed};
    int heading_h = layout_height(scene, &(struct layout_part){draw_heading, &heading});
    tabs.y = view.y + GAP_PX - scroll_offset(&scene->visit->staff.rows);
    tabs.h = tabs_height(scene, tabs.w);
    list.y = tabs.y + tabs.h + GAP_PX;
    band.y = list.y;
    if (!scene->landscape)
        list.y += band.h + GAP_PX;
    int end = list.y + heading_h + list_height(scene, list.w);
    begin_scroll(scene, view, end - tabs.y + GAP_PX);
    draw_tabs(scene, tabs);
    if (!scene->landscape)
        draw_preview(scene, band);
    draw_heading(&heading, list.y);
    list.y += heading_h;
    if (scene->catalog != NULL)
        draw_rows(scene, list, view);
    frame_clip_pop(scene->pen.frame);
}

void staff_print_view(const struct scene *scene)
{
    const struct staff_state *staff = &scene->visit->staff;
    struct print_foot foot = {scene, places_of(scene, PRINT_FOOT_H).foot};
    struct places places =
        places_of(scene, layout_height(scene, &(struct layout_part){print_draw_foot, &foot}));
    uint32_t printed = 0;
    for (uint32_t i = 0; scene->catalog != NULL && i < staff->print.row_count; i++)
        printed += print_row_printed(&staff->print.rows[i], scene->catalog, &scene->clock,
                                     staff->print.with_places);
    if (scene->landscape || !flows(scene))
        draw_preview(scene, places.band);
    staff_draw_header(scene, WORD_PRINT_TITLE);
    if (flows(scene))
        draw_flowing(scene, &places, printed);
    else
        draw_fixed(scene, &places, printed);
    print_draw_foot(&foot, places.foot.y);
}
