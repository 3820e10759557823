#include "base/text.h"
#include "screens/chrome.h"
#include "screens/print_words.h"
#include "screens/staff.h"
#include "screens/staff_print_parts.h"
#include "ui/quilt.h"
#include "wording/format.h"

#include <string.h>

// Where the parts of the screen stand, portrait or landscape.
struct places {
    struct rect tabs;
    struct rect band; // the preview lies on it
    struct rect list; // with its heading
    struct rect foot;
};

enum { HEADER_H = 128, HEADING_H = 124, FOOT_H = 112, NOTE_H = 56, STEP_W = 112 };

static struct places places_of(const struct scene *scene)
{
    int width = scene->width;
    int height = scene->height;
    if (!scene->landscape)
        return (struct places){
            .tabs = {48, 156, width - 96, 116},
            .band = {0, 290, width, 836},
            .list = {48, 1138, width - 96, height - 160 - 1138 - 24},
            .foot = {48, height - 160, width - 96, FOOT_H},
        };
    return (struct places){
        .tabs = {48, 152, 1008, 116},
        .band = {1104, HEADER_H, width - 1104, height - HEADER_H},
        .list = {48, 288, 1008, height - 160 - 288 - 24},
        .foot = {48, height - 160, 1008, FOOT_H},
    };
}

// ---- kind

static void draw_tabs(const struct scene *scene, struct rect box)
{
    static const enum picture icons[] = {ICON_POSTER, ICON_CARDS, ICON_RECEIPT};
    enum { KINDS = 3, PAD_PX = 10, ICON_PX = 44 };
    const struct pen *pen = &scene->pen;
    widget_panel(pen, box, 36);
    int width = (box.w - 2 * PAD_PX) / KINDS;
    for (unsigned kind = 0; kind < KINDS; kind++) {
        bool on = scene->visit->staff.print.order.kind == kind;
        bool pressed = pen_pressed(pen, ACTION_STAFF_COMPOSE, kind);
        struct rect tab = {box.x + PAD_PX + (int)kind * width, box.y + PAD_PX, width,
                           box.h - 2 * PAD_PX};
        char label[FORMAT_BYTES];
        format_choice(scene->words, WORD_PRINT_KINDS, kind, label, sizeof label);
        if (on || pressed)
            pen_block(pen, tab,
                      (struct block_look){.fill = pen_color(pen, on ? COLOR_PRIMARY : COLOR_LINE),
                                          .radius = 28});
        rgb ink = pen_color(pen, on ? COLOR_ON_PRIMARY : COLOR_INK);
        int text_w = pen_width(pen, STYLE_LABEL, label);
        int x = tab.x + (tab.w - ICON_PX - 14 - text_w) / 2;
        pen_icon(pen, (struct rect){x, tab.y, ICON_PX, tab.h}, icons[kind], 40, ink);
        pen_line(pen, (struct rect){x + ICON_PX + 14, tab.y, text_w, tab.h}, STYLE_LABEL, ink,
                 ALIGN_LEFT, label);
        struct target *target =
            frame_target(pen->frame, tab, ROLE_TAB, ACTION_STAFF_COMPOSE, kind, label);
        if (target != NULL && on)
            target->state |= TARGET_SELECTED;
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

static void draw_page_number(const struct scene *scene, struct rect band, unsigned pages)
{
    char page[16];
    char of[16];
    char text[FORMAT_BYTES];
    words_number(scene->words, scene->visit->staff.print.page + 1, page, sizeof page);
    words_number(scene->words, pages, of, sizeof of);
    words_fill(scene->words, WORD_PRINT_PAGE, (struct word_part[]){{"page", page}, {"pages", of}},
               2, text, sizeof text);
    struct rect line = {band.x + band.w - 40 - 240, band.y + band.h - 62, 240, 41};
    if (scene->landscape)
        line.x = band.x + (band.w - line.w) / 2;
    pen_line(&scene->pen, line, STYLE_BODY_BOLD, pen_color(&scene->pen, COLOR_INK),
             scene->landscape ? ALIGN_CENTER : ALIGN_RIGHT, text);
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

static void draw_preview(const struct scene *scene, struct rect band)
{
    enum { PAGE_W = 556, ROLL_W = 420, BELOW_PX = 44 };
    const struct pen *pen = &scene->pen;
    const struct staff_print_state *state = &scene->visit->staff.print;
    unsigned pages = sheet_pages(&state->order);
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST; // its track is as white as paper
    pen_fill(pen, band, pen_color(pen, plain ? COLOR_PAPER : COLOR_TRACK));
    if (pages == 0) {
        pen_line(pen, band, STYLE_BODY_L, pen_color(pen, COLOR_INK), ALIGN_CENTER,
                 scene->words->texts[WORD_PRINT_NO_PAGE]);
        return;
    }
    int below = scene->landscape ? 64 : BELOW_PX / 2;
    int width = state->order.paper == PAPER_ROLL ? ROLL_W : PAGE_W + (scene->landscape ? 40 : 0);
    struct rect room = {band.x + (band.w - width) / 2, band.y + 20, width,
                        band.h - 20 - 12 - below};
    draw_paper(scene, room);
    int side = (band.w - PAGE_W - 40) / 2;
    int y = band.y + (band.h - WIDGET_BUTTON_H) / 2;
    int x = scene->landscape ? 12 : (side - STEP_W) / 2 + 10;
    draw_turn(scene, (struct rect){band.x + x, y, STEP_W, WIDGET_BUTTON_H}, false, state->page > 0);
    draw_turn(scene, (struct rect){band.x + band.w - x - STEP_W, y, STEP_W, WIDGET_BUTTON_H}, true,
              state->page + 1 < pages);
    draw_page_number(scene, band, pages);
}

// ---- programs

static void draw_check(const struct pen *pen, struct rect box, bool checked)
{
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, checked ? COLOR_PRIMARY : COLOR_SURFACE),
                                  .stroke = pen_color(pen, checked ? COLOR_PRIMARY : COLOR_BORDER),
                                  .stroke_px = 4,
                                  .radius = 18});
    if (!checked)
        return;
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
    pen_icon(pen, box, ICON_CHECK, 44, pen_color(pen, plain ? COLOR_ON_PRIMARY : COLOR_ACCENT));
}

static void ages_and_seats(const struct scene *scene, uint32_t at, char *ret_text, size_t capacity)
{
    const struct program *program = &scene->catalog->programs[at].record;
    const struct snapshot_group *best = format_best_group(scene->catalog, at, &scene->clock);
    char ages[FORMAT_BYTES];
    char seats[FORMAT_BYTES] = "";
    format_ages(scene->words, program->age_min_months, program->age_max_months, ages, sizeof ages);
    if (best != NULL) {
        struct seat_state state =
            group_seats(&best->record, clock_today(&scene->clock), scene->clock.wall_s);
        format_seats(scene->words, &state, seats, sizeof seats);
    }
    struct text text;
    text_init(&text, ret_text, capacity);
    text_addf(&text, "%s%s%s", ages, seats[0] != '\0' ? " · " : "", seats);
}

int print_row_height(const struct pen *pen)
{
    enum { ROW_H = 100, LINES = 2, AIR_PX = 20 };
    int lines_h = pen_style(pen, STYLE_PILL)->line_px + pen_style(pen, STYLE_CAPTION)->line_px;
    return pen_large(pen) ? LINES * lines_h + AIR_PX : ROW_H;
}

// A long one takes two small lines.
static void draw_title(const struct pen *pen, struct rect box, const char *title)
{
    rgb ink = pen_color(pen, COLOR_INK);
    if (pen_width(pen, STYLE_LABEL, title) <= box.w) {
        pen_line(pen, box, STYLE_LABEL, ink, ALIGN_LEFT, title);
        return;
    }
    int height =
        (int)pen_lines(pen, box.w, STYLE_PILL, title, 2) * pen_style(pen, STYLE_PILL)->line_px;
    pen_paragraph(pen, (struct rect){box.x, box.y + (box.h - height) / 2, box.w, 0}, STYLE_PILL,
                  ink, ALIGN_LEFT, title, 2);
}

// The name, with ages and seats at the right or, large or long, below.
static void draw_row_words(const struct pen *pen, struct rect box, const char *title,
                           const char *facts)
{
    enum { GAP_PX = 24, LINES = 2 };
    rgb ink2 = pen_color(pen, COLOR_INK_2);
    if (!pen_large(pen) && pen_width(pen, STYLE_BODY, facts) <= box.w * 2 / 3) {
        int width = pen_line(pen, box, STYLE_BODY, ink2, ALIGN_RIGHT, facts);
        box.w -= width + GAP_PX;
        draw_title(pen, box, title);
        return;
    }
    int title_h = pen_height(pen, box.w, STYLE_PILL, title, LINES);
    int facts_h = pen_height(pen, box.w, STYLE_CAPTION, facts, LINES);
    box.y += (box.h - title_h - facts_h) / 2;
    pen_paragraph(pen, box, STYLE_PILL, pen_color(pen, COLOR_INK), ALIGN_LEFT, title, LINES);
    box.y += title_h;
    pen_paragraph(pen, box, STYLE_CAPTION, ink2, ALIGN_LEFT, facts, LINES);
}

void print_draw_row(const struct scene *scene, struct rect box, uint32_t at, bool checked,
                    uint16_t action, uint32_t value)
{
    enum { CHECK_PX = 60, COVER_PX = 56, ROW_INSET_PX = 6 };
    const struct pen *pen = &scene->pen;
    const struct program *program = &scene->catalog->programs[at].record;
    char facts[FORMAT_BYTES * 2];
    if (pen_pressed(pen, action, value))
        pen_block(pen, (struct rect){box.x - 16, box.y + 2, box.w + 32, box.h - 4},
                  (struct block_look){.fill = pen_color(pen, COLOR_SUNKEN), .radius = 20});
    draw_check(pen, (struct rect){box.x, box.y + (box.h - CHECK_PX) / 2, CHECK_PX, CHECK_PX},
               checked);
    struct rect cover = {box.x + 84, box.y + (box.h - COVER_PX) / 2, COVER_PX, COVER_PX};
    bool known = program->direction != DIRECTION_COUNT;
    if (pen->palette == PALETTE_NORMAL) {
        frame_round_clip(pen->frame, cover, CORNER_ALL, 14);
        quilt_draw(pen->frame, cover, COVER_PX, program->head.local_id,
                   &pen->theme->directions[known ? program->direction : DIRECTION_SOCIAL]);
        frame_round_clip_end(pen->frame);
    } else if (known) {
        pen_picture(pen, cover, chrome_plain_emblem(program->direction), CROP_FIT);
    }
    ages_and_seats(scene, at, facts, sizeof facts);
    draw_row_words(pen,
                   (struct rect){cover.x + COVER_PX + 24, box.y,
                                 box.x + box.w - cover.x - COVER_PX - 24, box.h},
                   program->title, facts);
    pen_fill(pen, (struct rect){box.x, box.y + box.h - 2, box.w, 2}, pen_color(pen, COLOR_LINE));
    struct rect hit = {box.x, box.y + ROW_INSET_PX, box.w, box.h - 2 * ROW_INSET_PX};
    struct target *target = frame_target(pen->frame, hit, ROLE_CARD, action, value, program->title);
    if (target != NULL && checked)
        target->state |= TARGET_SELECTED;
}

static int groups_width(const struct scene *scene)
{
    return pen_width(&scene->pen, STYLE_BODY_BOLD, scene->words->texts[WORD_PRINT_BY_GROUPS]) + 44;
}

// A card of its own for each group.
static void draw_groups(const struct scene *scene, struct rect box)
{
    bool on = scene->visit->staff.print.each_group;
    struct button groups = {.kind = on ? BUTTON_ON : BUTTON_SECOND,
                            .style = STYLE_BODY_BOLD,
                            .label = scene->words->texts[WORD_PRINT_BY_GROUPS]};
    widget_button(&scene->pen, box, &groups, ACTION_PRINT_GROUPS, 0);
}

static void draw_heading(const struct scene *scene, struct rect box, uint32_t printed)
{
    enum { GAP_PX = 12, BUTTON_H = 92, ADD_W = 236 };
    const struct pen *pen = &scene->pen;
    const struct staff_print_state *state = &scene->visit->staff.print;
    const char *const *texts = scene->words->texts;
    char number[32];
    char text[FORMAT_BYTES];
    words_number(scene->words, printed, number, sizeof number);
    words_fill(scene->words, WORD_PRINT_PROGRAMS, &(struct word_part){"number", number}, 1, text,
               sizeof text);
    struct button add = {.kind = BUTTON_SECOND,
                         .style = STYLE_BODY_BOLD,
                         .icon = ICON_PLUS,
                         .label = texts[WORD_PRINT_ADD]};
    struct button places = {.kind = state->with_places ? BUTTON_ON : BUTTON_SECOND,
                            .style = STYLE_BODY_BOLD,
                            .label = texts[WORD_PRINT_WITH_PLACES]};
    int x = box.x + box.w - ADD_W;
    widget_button(pen, (struct rect){x, box.y, ADD_W, BUTTON_H}, &add, ACTION_PRINT_ADD, 0);
    int width = pen_width(pen, STYLE_BODY_BOLD, places.label) + 44;
    x -= GAP_PX + width;
    widget_button(pen, (struct rect){x, box.y, width, BUTTON_H}, &places, ACTION_PRINT_PLACES, 0);
    if (scene->landscape && state->order.kind != SHEET_POSTER) {
        width = groups_width(scene);
        x -= GAP_PX + width;
        draw_groups(scene, (struct rect){x, box.y, width, BUTTON_H});
    }
    enum style style =
        pen_width(pen, STYLE_H2, text) <= x - GAP_PX - box.x ? STYLE_H2 : STYLE_LABEL;
    pen_line(pen, (struct rect){box.x, box.y, x - GAP_PX - box.x, BUTTON_H}, style,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, text);
}

static void draw_clear(const struct scene *scene, struct rect box)
{
    struct button clear = {.kind = BUTTON_SECOND,
                           .style = STYLE_BODY_BOLD,
                           .icon = ICON_TRASH,
                           .label = scene->words->texts[WORD_PRINT_CLEAR]};
    int width = pen_width(&scene->pen, STYLE_BODY_BOLD, clear.label) + 62 + 64;
    widget_button(&scene->pen, (struct rect){box.x, box.y + 24, width, 88}, &clear,
                  ACTION_PRINT_CLEAR, 0);
}

static void draw_list(const struct scene *scene, struct rect box)
{
    const struct pen *pen = &scene->pen;
    const struct staff_state *staff = &scene->visit->staff;
    const struct staff_print_state *state = &staff->print;
    if (state->row_count == 0) {
        pen_paragraph(pen, (struct rect){box.x, box.y + 24, box.w, 0}, STYLE_BODY_L,
                      pen_color(pen, COLOR_INK_2), ALIGN_LEFT,
                      scene->words->texts[WORD_PRINT_EMPTY], 3);
        return;
    }
    struct rect view = {box.x - 16, box.y, box.w + 32, box.h};
    frame_clip_push(pen->frame, view);
    struct target *scroll = frame_target(pen->frame, view, ROLE_SCROLL, ACTION_SCROLL_LIST, 0, "");
    int row_h = print_row_height(pen);
    if (scroll != NULL)
        scroll->value = state->row_count * (uint32_t)row_h + 140;
    int top = box.y - scroll_offset(&staff->rows);
    for (uint32_t i = 0; i < state->row_count; i++) {
        struct rect row = {box.x, top + (int)i * row_h, box.w, row_h};
        uint32_t program = snapshot_find_program(scene->catalog, state->rows[i].id);
        if (program == SNAPSHOT_NONE || rect_empty(rect_intersect(row, box)))
            continue;
        print_draw_row(
            scene, row, program,
            print_row_printed(&state->rows[i], scene->catalog, &scene->clock, state->with_places),
            ACTION_PRINT_ROW, i);
    }
    draw_clear(scene, (struct rect){box.x, top + (int)state->row_count * row_h, box.w, 0});
    frame_clip_pop(pen->frame);
}

// ---- copies and the main action

static void draw_step(const struct scene *scene, struct rect box, bool more)
{
    const struct pen *pen = &scene->pen;
    uint32_t copies = scene->visit->staff.print.order.copies;
    bool end = more ? copies == SHEET_COPIES_MAX : copies <= 1;
    struct button button = {.kind = BUTTON_SECOND,
                            .style = STYLE_BUTTON,
                            .label = "",
                            .said = scene->words->texts[more ? WORD_PRINT_MORE : WORD_PRINT_LESS],
                            .disabled = end,
                            .repeats = true};
    widget_button(pen, box, &button, ACTION_PRINT_COPIES, more);
    int down = !end && pen_pressed(pen, ACTION_PRINT_COPIES, more) ? 6 : 0;
    pen_icon(pen, (struct rect){box.x, box.y + down, box.w, box.h}, more ? ICON_PLUS : ICON_MINUS,
             48, pen_color(pen, end ? COLOR_ON_DISABLED : COLOR_INK));
}

static int draw_copies(const struct scene *scene, struct rect box)
{
    enum { NUMBER_W = 176 };
    const struct pen *pen = &scene->pen;
    uint32_t copies = scene->visit->staff.print.order.copies;
    char number[16];
    char text[FORMAT_BYTES];
    words_number(scene->words, copies, number, sizeof number);
    words_count(scene->words, WORD_PRINT_COPIES, copies, text, sizeof text);
    draw_step(scene, (struct rect){box.x, box.y, STEP_W, box.h}, false);
    int x = box.x + STEP_W;
    pen_line(pen, (struct rect){x, box.y + 8, NUMBER_W, 60}, STYLE_H2, pen_color(pen, COLOR_INK),
             ALIGN_CENTER, number);
    pen_line(pen, (struct rect){x, box.y + 70, NUMBER_W, 36}, STYLE_CAPTION,
             pen_color(pen, COLOR_INK_2), ALIGN_CENTER, text);
    draw_step(scene, (struct rect){x + NUMBER_W, box.y, STEP_W, box.h}, true);
    return x + NUMBER_W + STEP_W;
}

static bool queue_full(const struct print_state *printing)
{
    uint32_t under_way = 0;
    for (uint32_t i = 0; i < printing->job_count; i++)
        under_way += !print_job_over(printing->jobs[i].state);
    return under_way == PRINT_JOBS_MAX;
}

// What the main action is, or what is missing for it.
static struct button main_action(const struct scene *scene, enum print_request_kind *ret_kind,
                                 char *memory, size_t capacity)
{
    const struct sheet_order *order = &scene->visit->staff.print.order;
    const char *const *texts = scene->words->texts;
    struct button button = {.kind = BUTTON_MAIN, .style = STYLE_BUTTON, .icon = ICON_PRINTER};
    unsigned sheets = sheet_pages(order) * order->copies;
    bool printer = scene->printing->printers[order->paper].known;
    *ret_kind = printer ? PRINT_START : PRINT_SAVE;
    button.label = memory;
    if (scene->catalog == NULL)
        button.label = texts[WORD_PRINT_NO_CATALOG];
    else if (sheets == 0)
        button.label = texts[WORD_PRINT_NO_PROGRAMS];
    else if (!printer && !scene->printing->stick)
        button.label = texts[WORD_PRINT_NO_PRINTER];
    else if (queue_full(scene->printing))
        button.label = texts[WORD_PRINT_QUEUE_FULL];
    else if (!printer)
        text_copy(memory, capacity, texts[WORD_PRINT_SAVE]);
    else
        words_count(scene->words, order->paper == PAPER_ROLL ? WORD_PRINT_GO_ROLL : WORD_PRINT_GO,
                    sheets, memory, capacity);
    button.disabled = button.label != memory;
    if (button.disabled)
        button.icon = PICTURE_NONE;
    return button;
}

static void draw_foot(const struct scene *scene, struct rect box)
{
    enum { GAP_PX = 30 };
    char label[FORMAT_BYTES];
    enum print_request_kind kind;
    struct button go = main_action(scene, &kind, label, sizeof label);
    int x = draw_copies(scene, box) + GAP_PX;
    int right = box.x + box.w;
    struct button save = {.kind = BUTTON_SECOND,
                          .style = STYLE_PILL,
                          .label = scene->words->texts[WORD_PRINT_TO_STICK]};
    if (kind == PRINT_START && !go.disabled && scene->printing->stick) {
        int width = pen_width(&scene->pen, STYLE_PILL, save.label) + 44;
        widget_button(&scene->pen, (struct rect){right - width, box.y, width, box.h}, &save,
                      ACTION_PRINT_GO, PRINT_SAVE);
        right -= width + 12;
    }
    if (kind == PRINT_START && right < box.x + box.w)
        go.style = STYLE_BODY_BOLD;
    widget_button(&scene->pen, (struct rect){x, box.y, right - x, box.h}, &go, ACTION_PRINT_GO,
                  go.disabled ? PRINT_REQUEST_KIND_COUNT : kind);
}

// Why a job would wait. Returns its height.
static int draw_note(const struct scene *scene, int x, int bottom, int width)
{
    const struct sheet_order *order = &scene->visit->staff.print.order;
    const struct printer *printer = &scene->printing->printers[order->paper];
    char reason[FORMAT_BYTES];
    char text[FORMAT_BYTES];
    if (!printer->known || printer->ready)
        return 0;
    printer_title(scene->words, printer, reason, sizeof reason);
    words_fill(scene->words, WORD_PRINT_WAITS, &(struct word_part){"reason", reason}, 1, text,
               sizeof text);
    int pill_w = widget_pill_width(&scene->pen, ICON_WARNING, text);
    widget_pill(&scene->pen,
                (struct rect){x, bottom - NOTE_H, pill_w < width ? pill_w : width, NOTE_H},
                TONE_WARN, ICON_WARNING, text);
    return NOTE_H + 16;
}

void staff_print_view(const struct scene *scene)
{
    const struct staff_state *staff = &scene->visit->staff;
    struct places places = places_of(scene);
    uint32_t printed = 0;
    for (uint32_t i = 0; scene->catalog != NULL && i < staff->print.row_count; i++)
        printed += print_row_printed(&staff->print.rows[i], scene->catalog, &scene->clock,
                                     staff->print.with_places);
    draw_preview(scene, places.band);
    staff_draw_header(scene, WORD_PRINT_TITLE);
    draw_tabs(scene, places.tabs);
    if (!scene->landscape && staff->print.order.kind != SHEET_POSTER && printed > 0)
        draw_groups(
            scene, (struct rect){32, places.band.y + places.band.h - 112, groups_width(scene), 88});
    struct rect list = places.list;
    list.h -= draw_note(scene, list.x, list.y + list.h, list.w);
    draw_heading(scene, list, printed);
    list.y += HEADING_H;
    list.h -= HEADING_H;
    if (scene->catalog != NULL)
        draw_list(scene, list);
    draw_foot(scene, places.foot);
}
