#include "screens/staff_queue.h"

#include "base/text.h"
#include "screens/chrome.h"
#include "screens/print_words.h"
#include "screens/staff.h"
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

static int draw_printer(const struct scene *scene, struct rect box, enum sheet_paper paper)
{
    enum { ICON_PX = 48, TEXT_LINES = 2 };
    const struct pen *pen = &scene->pen;
    const struct printer *printer = &scene->printing->printers[paper];
    char title[FORMAT_BYTES];
    char to_do[FORMAT_BYTES];
    char kind[FORMAT_BYTES];
    format_choice(scene->words, WORD_PRINT_PAPERS, paper, kind, sizeof kind);
    printer_title(scene->words, printer, title, sizeof title);
    printer_to_do(scene->words, printer, to_do, sizeof to_do);
    const char *text = to_do[0] != '\0' ? to_do : printer->name;
    int x = box.x + PAD + ICON_PX + 20;
    int right = box.x + box.w - PAD;
    int width = widget_pill_width(pen, PICTURE_NONE, title);
    bool beside = width <= right - x - 20 - pen_width(pen, STYLE_LABEL, kind);
    int pill_y = beside ? 24 : 84;
    int text_y = beside ? 92 : 152;
    box.h = text_y + (int)pen_lines(pen, right - x, STYLE_BODY, text, TEXT_LINES) * 41 + 28;
    enum tone tone = printer_tone(printer);
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, COLOR_SURFACE),
                                  .stroke = pen_color(pen, COLOR_LINE),
                                  .stroke_px = 2,
                                  .radius = 28});
    pen_icon(pen, (struct rect){box.x + PAD, box.y + 28, ICON_PX, ICON_PX},
             paper == PAPER_ROLL ? ICON_RECEIPT : ICON_PRINTER, 44, pen_color(pen, COLOR_INFO));
    pen_line(pen, (struct rect){x, box.y + 28, right - x, 48}, STYLE_LABEL,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, kind);
    widget_pill(pen,
                (struct rect){beside ? right - width : x, box.y + pill_y, width, WIDGET_PILL_H},
                tone, PICTURE_NONE, title);
    pen_paragraph(pen, (struct rect){x, box.y + text_y, right - x, 0}, STYLE_BODY,
                  tone == TONE_OK ? pen_color(pen, COLOR_INK_2) : widget_tone_text(pen, tone),
                  ALIGN_LEFT, text, TEXT_LINES);
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

static void draw_job_buttons(const struct scene *scene, struct rect row,
                             const struct print_job *job)
{
    const char *const *texts = scene->words->texts;
    bool over = print_job_over(job->state);
    bool again = job->state == PRINT_UNSURE || job->state == PRINT_CANCELED ||
                 (job->state == PRINT_FAILED && job->failure != PRINT_FAILED_CATALOG);
    struct button last = {.kind = over ? BUTTON_SECOND : BUTTON_DESTRUCTIVE,
                          .style = STYLE_BODY_BOLD,
                          .label = texts[over ? WORD_PRINT_JOB_FORGET : WORD_PRINT_JOB_CANCEL]};
    int width = pen_width(&scene->pen, STYLE_BODY_BOLD, last.label) + 72;
    int x = row.x + row.w - width;
    widget_button(&scene->pen, (struct rect){x, row.y, width, BUTTON_H}, &last,
                  over ? ACTION_JOB_FORGET : ACTION_JOB_CANCEL, job->id);
    if (!again)
        return;
    struct button repeat = {.kind = BUTTON_SECOND,
                            .style = STYLE_BODY_BOLD,
                            .icon = ICON_REFRESH,
                            .label = texts[WORD_PRINT_JOB_AGAIN]};
    width = pen_width(&scene->pen, STYLE_BODY_BOLD, repeat.label) + 62 + 72;
    widget_button(&scene->pen, (struct rect){x - 16 - width, row.y, width, BUTTON_H}, &repeat,
                  ACTION_JOB_AGAIN, job->id);
}

// Returns where it ends.
static int draw_job(const struct scene *scene, struct rect box, const struct print_job *job)
{
    static const enum picture icons[SHEET_KIND_COUNT] = {
        [SHEET_POSTER] = ICON_POSTER,    [SHEET_CARDS] = ICON_CARDS,
        [SHEET_RECEIPT] = ICON_RECEIPT,  [SHEET_SELECTION] = ICON_BOOKMARK,
        [SHEET_SLIP] = ICON_CERTIFICATE, [SHEET_READINESS] = ICON_DOCUMENT,
        [SHEET_TEST] = ICON_PRINTER,
    };
    enum { ICON_PX = 56, NOTE_LINES = 2 };
    const struct pen *pen = &scene->pen;
    char kind[FORMAT_BYTES];
    char state[FORMAT_BYTES];
    char sheets[FORMAT_BYTES];
    char note[FORMAT_BYTES * 2];
    print_job_kind(scene->words, job, kind, sizeof kind);
    enum tone tone = print_job_says(scene->words, job, state, sizeof state);
    job_sheets(scene->words, job, sheets, sizeof sheets);
    job_note(scene, job, note, sizeof note);
    int room = box.w - 2 * PAD;
    int lines = note[0] == '\0' ? 0 : (int)pen_lines(pen, room, STYLE_BODY, note, NOTE_LINES);
    box.h = 24 + 96 + (shows_progress(job) ? BAR_H + 24 : 0) + (lines > 0 ? lines * 41 + 16 : 0) +
            BUTTON_H + 28;
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, COLOR_SURFACE),
                                  .stroke = pen_color(pen, COLOR_LINE),
                                  .stroke_px = 2,
                                  .radius = 28});
    int x = box.x + PAD;
    int y = box.y + 24;
    int width = widget_pill_width(pen, PICTURE_NONE, state);
    int right = box.x + box.w - PAD;
    pen_icon(pen, (struct rect){x, y, ICON_PX, 88}, icons[job->kind], ICON_PX,
             pen_color(pen, COLOR_INK));
    widget_pill(pen, (struct rect){right - width, y, width, WIDGET_PILL_H}, tone, PICTURE_NONE,
                state);
    pen_line(pen, (struct rect){x + 80, y, right - width - 20 - x - 80, 48}, STYLE_TITLE,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, kind);
    pen_line(pen, (struct rect){x + 80, y + 50, room - 80, 41}, STYLE_BODY,
             pen_color(pen, COLOR_INK_2), ALIGN_LEFT, sheets);
    y += 96 + 8;
    if (shows_progress(job)) {
        draw_bar(pen, (struct rect){x, y, room, BAR_H}, job);
        y += BAR_H + 24;
    }
    if (lines > 0)
        pen_paragraph(pen, (struct rect){x, y, room, 0}, STYLE_BODY, widget_tone_text(pen, tone),
                      ALIGN_LEFT, note, NOTE_LINES);
    draw_job_buttons(scene, (struct rect){x, box.y + box.h - BUTTON_H - 28, room, BUTTON_H}, job);
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
    box.y += pen_paragraph(pen, box, STYLE_H2, pen_color(pen, COLOR_INK), ALIGN_LEFT,
                           scene->words->texts[WORD_PRINT_QUEUE_EMPTY], 1);
    box.y += 12;
    return box.y + pen_paragraph(pen, box, STYLE_BODY_L, pen_color(pen, COLOR_INK_2), ALIGN_LEFT,
                                 scene->words->texts[WORD_PRINT_QUEUE_EMPTY_TEXT], 3);
}

void staff_queue_view(const struct scene *scene)
{
    const struct pen *pen = &scene->pen;
    struct rect view = {0, HEADER_H, scene->width, scene->height - HEADER_H};
    struct rect box = {CHROME_MARGIN, TOP, scene->width - 2 * CHROME_MARGIN, 0};
    if (scene->landscape) {
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
    if (!scene->landscape)
        box.y = draw_printers(scene, box) + 8;
    int end = draw_jobs(scene, box);
    if (scroll != NULL)
        scroll->value = (uint32_t)(end - from + top - HEADER_H);
    frame_clip_pop(pen->frame);
    staff_draw_header(scene, WORD_PRINT_QUEUE_TITLE);
}
