#include "screens/staff_queue.h"

#include "base/text.h"
#include "screens/chrome.h"
#include "screens/print_words.h"
#include "screens/staff.h"
#include "screens/staff_parts.h"
#include "wording/format.h"

enum {
    HEADER_H = 128,
    TOP = 168,
    CARD_GAP = 24,
    PAD = 32,
    BAR_H = 16,
    BUTTON_H = 88,
    PRINTERS_W = 640, // the landscape's left column
};

void staff_queue_act(struct turn *turn, const struct tap *tap)
{
    enum print_request_kind kind = PRINT_FORGET;
    if (tap->action == ACTION_JOB_CANCEL)
        kind = PRINT_CANCEL;
    else if (tap->action == ACTION_JOB_AGAIN)
        kind = PRINT_AGAIN;
    else if (tap->action != ACTION_JOB_FORGET) {
        staff_chrome_act(turn, tap);
        return;
    }
    if (print_job_find(turn->printing, tap->value) != NULL)
        turn_print(turn, kind)->id = tap->value;
}

// ---- printers

// How it stands, at the right of the line, or below it where there's no room. Returns the height
// with what stands left.
static int draw_state(const struct pen *pen, struct rect line, int left_w, enum tone tone,
                      const char *state)
{
    enum { GAP_PX = 20, BELOW_PX = 8 };
    int width = widget_pill_width(pen, PICTURE_NONE, state);
    bool beside = left_w + GAP_PX + width <= line.w;
    struct rect pill = {beside ? line.x + line.w - width : line.x, line.y,
                        width < line.w ? width : line.w, 0};
    pill.y += beside ? 0 : line.h + BELOW_PX;
    pill.h = widget_pill_height(pen, pill.w, PICTURE_NONE, state);
    widget_pill(pen, pill, tone, PICTURE_NONE, state);
    int height = pill.y + pill.h - line.y;
    return height > line.h ? height : line.h;
}

struct printer_part {
    const struct scene *scene;
    const struct printer *printer;
    enum sheet_paper paper;
    struct rect box;
};

// Returns the height.
static int draw_printer_words(const void *context, int top)
{
    enum { ICON_PX = 48, ABOVE_PX = 24, KIND_H = 56, TEXT_GAP_PX = 12, BELOW_PX = 28 };
    const struct printer_part *part = context;
    const struct scene *scene = part->scene;
    const struct pen *pen = &scene->pen;
    char title[FORMAT_BYTES];
    char to_do[FORMAT_BYTES];
    char kind[FORMAT_BYTES];
    format_choice(scene->words, WORD_PRINT_PAPERS, part->paper, kind, sizeof kind);
    printer_title(scene->words, part->printer, title, sizeof title);
    printer_to_do(scene->words, part->printer, to_do, sizeof to_do);
    const char *text = to_do[0] != '\0' ? to_do : part->printer->name;
    enum tone tone = printer_tone(part->printer);
    int x = part->box.x + PAD + ICON_PX + 20;
    struct rect line = {x, top + ABOVE_PX, part->box.x + part->box.w - PAD - x, KIND_H};
    int kind_h = layout_words_height(pen, line.w, STYLE_LABEL, kind);
    line.h = kind_h > KIND_H ? kind_h : KIND_H;
    pen_icon(pen, (struct rect){part->box.x + PAD, line.y + 4, ICON_PX, ICON_PX},
             part->paper == PAPER_ROLL ? ICON_RECEIPT : ICON_PRINTER, 44,
             pen_color(pen, COLOR_INFO));
    layout_words(pen, (struct rect){x, line.y + (line.h - kind_h) / 2, line.w, 0}, STYLE_LABEL,
                 COLOR_INK, kind);
    line.y += draw_state(pen, line, pen_width(pen, STYLE_LABEL, kind), tone, title) + TEXT_GAP_PX;
    line.y +=
        pen_paragraph(pen, line, STYLE_BODY,
                      tone == TONE_OK ? pen_color(pen, COLOR_INK_2) : widget_tone_text(pen, tone),
                      ALIGN_LEFT, text, PEN_LINES_MAX);
    return line.y + BELOW_PX - top;
}

static int draw_printer(const struct scene *scene, struct rect box, enum sheet_paper paper)
{
    struct printer_part part = {scene, &scene->printing->printers[paper], paper, box};
    box.h = layout_height(scene, &(struct layout_part){draw_printer_words, &part});
    staff_draw_panel(scene, box);
    draw_printer_words(&part, box.y);
    return box.y + box.h + CARD_GAP;
}

static int draw_printers(const struct scene *scene, struct rect box)
{
    bool any = false;
    for (int paper = 0; paper < PAPER_COUNT; paper++) {
        if (!scene->printing->printers[paper].known)
            continue;
        any = true;
        box.y = draw_printer(scene, box, (enum sheet_paper)paper);
    }
    return any ? box.y : draw_printer(scene, box, PAPER_A4);
}

// ---- jobs

static bool first_in_line(const struct print_state *printing, const struct print_job *job)
{
    for (const struct print_job *before = printing->jobs; before < job; before++)
        if (before->paper == job->paper && !print_job_over(before->state))
            return false;
    return true;
}

// «Нет бумаги. Положите бумагу в лоток», of what keeps the printer from printing.
static void printer_note(const struct scene *scene, const struct printer *printer,
                         struct text *text)
{
    char reason[FORMAT_BYTES];
    char to_do[FORMAT_BYTES];
    printer_title(scene->words, printer, reason, sizeof reason);
    printer_to_do(scene->words, printer, to_do, sizeof to_do);
    text_addf(text, "%s%s%s", reason, to_do[0] != '\0' ? ". " : "", to_do);
}

// What more is to be said of it; "" nothing.
static void job_note(const struct scene *scene, const struct print_job *job, char *ret_text,
                     size_t capacity)
{
    const struct printer *printer = &scene->printing->printers[job->paper];
    struct text text;
    text_init(&text, ret_text, capacity);
    switch (job->state) {
    case PRINT_WAITING:
    case PRINT_SENDING:
    case PRINT_PRINTING:
    case PRINT_HELD:
        if (!printer->ready || printer_says(printer) < REASON_LOW_PAPER)
            printer_note(scene, printer, &text);
        else if (job->state == PRINT_WAITING && !first_in_line(scene->printing, job))
            text_add(&text, scene->words->texts[WORD_PRINT_JOB_WAITS]);
        break;
    case PRINT_FAILED:
        if (job->failure != PRINT_NO_FAILURE)
            format_choice(scene->words, WORD_PRINT_JOB_FAILURES, job->failure, ret_text, capacity);
        break;
    case PRINT_UNSURE:
        text_add(&text, scene->words->texts[WORD_PRINT_JOB_UNSURE]);
        break;
    case PRINT_SAVED:
        words_fill(scene->words, WORD_PRINT_JOB_SAVED,
                   &(struct word_part){"file", scene->printing->file}, 1, ret_text, capacity);
        break;
    case PRINT_DONE:
    case PRINT_CANCELED:
    case PRINT_JOB_STATE_COUNT:
        break;
    }
}

static bool shows_progress(const struct print_job *job)
{
    return job->state == PRINT_SENDING || job->state == PRINT_PRINTING || job->state == PRINT_HELD;
}

static void job_sheets(const struct words *words, const struct print_job *job, char *ret_text,
                       size_t capacity)
{
    char done[32];
    char of[FORMAT_BYTES];
    words_count(words, WORD_PRINT_JOB_SHEETS, job->sheets, ret_text, capacity);
    if (!shows_progress(job))
        return;
    words_number(words, job->done, done, sizeof done);
    words_count(words, WORD_PRINT_JOB_OF, job->sheets, of, sizeof of);
    words_fill(words, WORD_PRINT_JOB_PROGRESS, (struct word_part[]){{"done", done}, {"of", of}}, 2,
               ret_text, capacity);
}

static void draw_bar(const struct pen *pen, struct rect track, const struct print_job *job)
{
    uint32_t done = job->done < job->sheets ? job->done : job->sheets;
    int filled = job->sheets > 0 ? (int)((int64_t)track.w * done / job->sheets) : 0;
    pen_block(pen, track,
              (struct block_look){.fill = pen_color(pen, COLOR_SUNKEN),
                                  .stroke = pen_color(pen, COLOR_LINE),
                                  .stroke_px = pen->palette == PALETTE_HIGH_CONTRAST ? 2 : 0,
                                  .radius = BAR_H / 2});
    if (filled >= BAR_H)
        pen_block(pen, (struct rect){track.x, track.y, filled, track.h},
                  (struct block_look){.fill = pen_color(pen, COLOR_PRIMARY), .radius = BAR_H / 2});
}

// Beside each other at the right; one over the other where they need the width. Returns the height.
static int draw_job_buttons(const struct scene *scene, struct rect row, const struct print_job *job)
{
    enum { SIDES_PX = 72, ICON_PX = 62, GAP_PX = 16 };
    const struct pen *pen = &scene->pen;
    const char *const *texts = scene->words->texts;
    bool over = print_job_over(job->state);
    bool again = job->state == PRINT_UNSURE || job->state == PRINT_CANCELED ||
                 (job->state == PRINT_FAILED && job->failure != PRINT_FAILED_CATALOG);
    struct button last = {.kind = over ? BUTTON_SECOND : BUTTON_DESTRUCTIVE,
                          .style = STYLE_BODY_BOLD,
                          .label = texts[over ? WORD_PRINT_JOB_FORGET : WORD_PRINT_JOB_CANCEL]};
    struct button repeat = {.kind = BUTTON_SECOND,
                            .style = STYLE_BODY_BOLD,
                            .icon = ICON_REFRESH,
                            .label = texts[WORD_PRINT_JOB_AGAIN]};
    int last_w = pen_width(pen, STYLE_BODY_BOLD, last.label) + SIDES_PX;
    int repeat_w = pen_width(pen, STYLE_BODY_BOLD, repeat.label) + ICON_PX + SIDES_PX;
    bool beside = last_w + (again ? GAP_PX + repeat_w : 0) <= row.w;
    struct rect first = {row.x, row.y, row.w, 0};
    struct rect second = first;
    if (beside) {
        second = (struct rect){row.x + row.w - last_w, row.y, last_w, 0};
        first = (struct rect){second.x - GAP_PX - repeat_w, row.y, repeat_w, 0};
    }
    first.h = widget_button_height(pen, first.w, BUTTON_H, &repeat);
    second.h = widget_button_height(pen, second.w, BUTTON_H, &last);
    if (again && !beside)
        second.y += first.h + WIDGET_EDGE_PX + GAP_PX;
    widget_button(pen, second, &last, over ? ACTION_JOB_FORGET : ACTION_JOB_CANCEL, job->id);
    if (again)
        widget_button(pen, first, &repeat, ACTION_JOB_AGAIN, job->id);
    return second.y + second.h - row.y;
}

struct job_part {
    const struct scene *scene;
    const struct print_job *job;
    struct rect box;
};

// What is printed, how it stands, and how much of it. Returns the height.
static int draw_job_head(const struct job_part *part, struct rect inner, enum tone tone,
                         const char *state)
{
    static const enum picture icons[SHEET_KIND_COUNT] = {
        [SHEET_POSTER] = ICON_POSTER,    [SHEET_CARDS] = ICON_CARDS,
        [SHEET_RECEIPT] = ICON_RECEIPT,  [SHEET_SELECTION] = ICON_BOOKMARK,
        [SHEET_SLIP] = ICON_CERTIFICATE, [SHEET_READINESS] = ICON_DOCUMENT,
        [SHEET_TEST] = ICON_PRINTER,
    };
    enum { ICON_PX = 56, KIND_X = 80, KIND_H = 48, SHEETS_GAP_PX = 2 };
    const struct pen *pen = &part->scene->pen;
    char kind[FORMAT_BYTES];
    char sheets[FORMAT_BYTES];
    print_job_kind(part->scene->words, part->job, kind, sizeof kind);
    job_sheets(part->scene->words, part->job, sheets, sizeof sheets);
    struct rect line = {inner.x + KIND_X, inner.y, inner.w - KIND_X, 0};
    int kind_h = layout_words_height(pen, line.w, STYLE_TITLE, kind);
    line.h = kind_h > KIND_H ? kind_h : KIND_H;
    pen_icon(pen, (struct rect){inner.x, inner.y, ICON_PX, 88}, icons[part->job->kind], ICON_PX,
             pen_color(pen, COLOR_INK));
    int left_w = pen_width(pen, STYLE_TITLE, kind);
    bool beside = left_w + widget_pill_width(pen, PICTURE_NONE, state) + 20 <= line.w;
    int height = draw_state(pen, line, left_w, tone, state);
    layout_words(pen, (struct rect){line.x, line.y + (line.h - kind_h) / 2, line.w, 0}, STYLE_TITLE,
                 COLOR_INK, kind);
    line.y += (beside ? line.h : height) + SHEETS_GAP_PX;
    line.y += layout_words(pen, line, STYLE_BODY, COLOR_INK_2, sheets);
    return line.y - inner.y;
}

// Returns the height.
static int draw_job_words(const void *context, int top)
{
    enum {
        ABOVE_PX = 24,
        HEAD_H = 91,
        HEAD_GAP_PX = 13,
        GAP_PX = 24,
        NOTE_GAP_PX = 8,
        BELOW_PX = 28
    };
    const struct job_part *part = context;
    const struct scene *scene = part->scene;
    const struct pen *pen = &scene->pen;
    char state[FORMAT_BYTES];
    char note[FORMAT_BYTES * 2];
    enum tone tone = print_job_says(scene->words, part->job, state, sizeof state);
    job_note(scene, part->job, note, sizeof note);
    struct rect inner = {part->box.x + PAD, top + ABOVE_PX, part->box.w - 2 * PAD, 0};
    int head_h = draw_job_head(part, inner, tone, state);
    inner.y += (head_h > HEAD_H ? head_h : HEAD_H) + HEAD_GAP_PX;
    if (shows_progress(part->job)) {
        draw_bar(pen, (struct rect){inner.x, inner.y, inner.w, BAR_H}, part->job);
        inner.y += BAR_H + GAP_PX;
    }
    if (note[0] != '\0')
        inner.y += pen_paragraph(pen, inner, STYLE_BODY, widget_tone_text(pen, tone), ALIGN_LEFT,
                                 note, PEN_LINES_MAX) +
                   NOTE_GAP_PX;
    inner.y += note[0] != '\0' ? 0 : -NOTE_GAP_PX;
    inner.y += draw_job_buttons(scene, inner, part->job);
    return inner.y + BELOW_PX - top;
}

// Returns where it ends.
static int draw_job(const struct scene *scene, struct rect box, const struct print_job *job)
{
    struct job_part part = {scene, job, box};
    box.h = layout_height(scene, &(struct layout_part){draw_job_words, &part});
    staff_draw_panel(scene, box);
    draw_job_words(&part, box.y);
    return box.y + box.h + CARD_GAP;
}

// Those under way in their order, then those that ended, the latest first.
static int draw_jobs(const struct scene *scene, struct rect box)
{
    const struct pen *pen = &scene->pen;
    const struct print_state *printing = scene->printing;
    for (uint32_t i = 0; i < printing->job_count; i++)
        if (!print_job_over(printing->jobs[i].state))
            box.y = draw_job(scene, box, &printing->jobs[i]);
    for (uint32_t i = printing->job_count; i-- > 0;)
        if (print_job_over(printing->jobs[i].state))
            box.y = draw_job(scene, box, &printing->jobs[i]);
    if (printing->job_count > 0)
        return box.y;
    box.y += 16;
    box.y +=
        layout_words(pen, box, STYLE_H2, COLOR_INK, scene->words->texts[WORD_PRINT_QUEUE_EMPTY]);
    box.y += 12;
    return box.y + layout_words(pen, box, STYLE_BODY_L, COLOR_INK_2,
                                scene->words->texts[WORD_PRINT_QUEUE_EMPTY_TEXT]);
}

void staff_queue_view(const struct scene *scene)
{
    const struct pen *pen = &scene->pen;
    struct rect view = {0, HEADER_H, scene->width, scene->height - HEADER_H};
    struct rect box = {CHROME_MARGIN, TOP, scene->width - 2 * CHROME_MARGIN, 0};
    bool beside = scene->landscape && !pen_large(pen);
    if (beside) {
        struct rect left = {CHROME_MARGIN, TOP, PRINTERS_W, 0};
        draw_printers(scene, left);
        box.x += PRINTERS_W + CHROME_MARGIN;
        box.w -= PRINTERS_W + CHROME_MARGIN;
        view.x = box.x - 16;
        view.w -= view.x;
    }
    frame_clip_push(pen->frame, view);
    struct target *scroll = frame_target(pen->frame, view, ROLE_SCROLL, ACTION_SCROLL_LIST, 0, "");
    int top = box.y;
    box.y -= scroll_offset(&scene->visit->staff.page);
    int from = box.y;
    if (!beside)
        box.y = draw_printers(scene, box) + 8;
    int end = draw_jobs(scene, box);
    if (scroll != NULL)
        scroll->value = (uint32_t)(end - from + top - HEADER_H);
    frame_clip_pop(pen->frame);
    staff_draw_header(scene, WORD_PRINT_QUEUE_TITLE);
}
