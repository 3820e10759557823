#include "base/text.h"
#include "screens/layout.h"
#include "screens/print_words.h"
#include "screens/staff_print_parts.h"
#include "wording/format.h"

enum { LABEL_SIDES_PX = 94 };

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

static int copies_width(const struct scene *scene)
{
    enum { NUMBER_W = 176, AIR_PX = 24 };
    char text[FORMAT_BYTES];
    words_count(scene->words, WORD_PRINT_COPIES, scene->visit->staff.print.order.copies, text,
                sizeof text);
    int width = pen_width(&scene->pen, STYLE_CAPTION, text) + AIR_PX;
    return 2 * PRINT_STEP_W + (width > NUMBER_W ? width : NUMBER_W);
}

static int copies_height(const struct scene *scene)
{
    int needs =
        pen_style(&scene->pen, STYLE_H2)->line_px + pen_style(&scene->pen, STYLE_CAPTION)->line_px;
    return needs > PRINT_FOOT_H ? needs : PRINT_FOOT_H;
}

static void draw_copies(const struct scene *scene, struct rect box)
{
    enum { NUMBER_Y = 8, NUMBER_H = 60, FORM_Y = 70, FORM_H = 36 };
    const struct pen *pen = &scene->pen;
    uint32_t copies = scene->visit->staff.print.order.copies;
    char number[16];
    char text[FORMAT_BYTES];
    words_number(scene->words, copies, number, sizeof number);
    words_count(scene->words, WORD_PRINT_COPIES, copies, text, sizeof text);
    int width = copies_width(scene) - 2 * PRINT_STEP_W;
    int number_h = pen_style(pen, STYLE_H2)->line_px;
    int form_h = pen_style(pen, STYLE_CAPTION)->line_px;
    struct rect upper = {box.x + PRINT_STEP_W, box.y + NUMBER_Y, width, NUMBER_H};
    struct rect lower = {upper.x, box.y + FORM_Y, width, FORM_H};
    if (number_h + form_h > PRINT_FOOT_H - NUMBER_Y) {
        upper = (struct rect){upper.x, box.y + (box.h - number_h - form_h) / 2, width, number_h};
        lower = (struct rect){upper.x, upper.y + number_h, width, form_h};
    }
    draw_step(scene, (struct rect){box.x, box.y, PRINT_STEP_W, box.h}, false);
    pen_line(pen, upper, STYLE_H2, pen_color(pen, COLOR_INK), ALIGN_CENTER, number);
    pen_line(pen, lower, STYLE_CAPTION, pen_color(pen, COLOR_INK_2), ALIGN_CENTER, text);
    draw_step(scene, (struct rect){upper.x + width, box.y, PRINT_STEP_W, box.h}, true);
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

// Copies and the actions beside them; the main one below where it needs the width. Returns the
// height.
int print_draw_foot(const void *context, int top)
{
    enum { GAP_PX = 30, SAVE_GAP_PX = 12, SAVE_SIDES_PX = 44 };
    const struct print_foot *part = context;
    const struct scene *scene = part->scene;
    const struct pen *pen = &scene->pen;
    char label[FORMAT_BYTES];
    enum print_request_kind kind;
    struct button go = main_action(scene, &kind, label, sizeof label);
    struct button save = {.kind = BUTTON_SECOND,
                          .style = STYLE_PILL,
                          .label = scene->words->texts[WORD_PRINT_TO_STICK]};
    bool saves = kind == PRINT_START && !go.disabled && scene->printing->stick;
    int save_w = pen_width(pen, STYLE_PILL, save.label) + SAVE_SIDES_PX;
    struct rect row = {part->box.x, top, part->box.w, copies_height(scene)};
    struct rect rest = {row.x + copies_width(scene) + GAP_PX, top, 0, row.h};
    rest.w = row.x + row.w - rest.x;
    struct rect main = rest;
    if (saves) {
        main.w -= save_w + SAVE_GAP_PX;
        go.style = STYLE_BODY_BOLD;
    }
    bool beside = widget_button_height(pen, main.w, 0, &go) <= row.h &&
                  layout_widest_word(pen, go.style, go.label) <= main.w - LABEL_SIDES_PX;
    if (!beside) {
        save_w = save_w < rest.w ? save_w : rest.w;
        int save_h = saves ? widget_button_height(pen, save_w, row.h, &save) : row.h;
        row.h = save_h;
        main = (struct rect){row.x, top + row.h + WIDGET_EDGE_PX + SAVE_GAP_PX, row.w, 0};
        main.h = widget_button_height(pen, main.w, PRINT_FOOT_H, &go);
    }
    draw_copies(scene, row);
    if (saves)
        widget_button(pen, (struct rect){row.x + row.w - save_w, top, save_w, row.h}, &save,
                      ACTION_PRINT_GO, PRINT_SAVE);
    widget_button(pen, main, &go, ACTION_PRINT_GO, go.disabled ? PRINT_REQUEST_KIND_COUNT : kind);
    return main.y + main.h - top;
}

// Why a job would wait. Returns its height.
int print_draw_note(const struct scene *scene, int x, int bottom, int width)
{
    enum { GAP_PX = 16 };
    const struct sheet_order *order = &scene->visit->staff.print.order;
    const struct printer *printer = &scene->printing->printers[order->paper];
    char reason[FORMAT_BYTES];
    char text[FORMAT_BYTES];
    if (!printer->known || printer->ready)
        return 0;
    printer_title(scene->words, printer, reason, sizeof reason);
    words_fill(scene->words, WORD_PRINT_WAITS, &(struct word_part){"reason", reason}, 1, text,
               sizeof text);
    struct rect pill = {x, bottom, widget_pill_width(&scene->pen, ICON_WARNING, text), 0};
    pill.w = pill.w < width ? pill.w : width;
    pill.h = widget_pill_height(&scene->pen, pill.w, ICON_WARNING, text);
    pill.y -= pill.h;
    widget_pill(&scene->pen, pill, TONE_WARN, ICON_WARNING, text);
    return pill.h + GAP_PX;
}
