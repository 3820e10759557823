#include "screens/family_print.h"

#include "screens/layout.h"
#include "screens/print_words.h"
#include "wording/format.h"

enum {
    BUSY_AFTER_MS = 400,
    RING_TURN_MS = 1200,
    RING_STEP_MS = 50,
    NARROW_W = 330,
    NO_ICON_W = 250
};

static const struct family_print *find(const struct visit *visit, uint32_t id)
{
    for (uint32_t i = 0; i < visit->print_count; i++)
        if (visit->prints[i].id == id)
            return &visit->prints[i];
    return NULL;
}

// Receipts and slips come off the roll where there is one.
static bool paper_for(const struct print_state *printing, enum sheet_kind kind,
                      enum sheet_paper *ret_paper)
{
    enum sheet_paper first = kind == SHEET_SELECTION ? PAPER_A4 : PAPER_ROLL;
    for (int i = 0; i < 2; i++) {
        enum sheet_paper paper = i == 0 ? first : PAPER_A4;
        if (printing->printers[paper].known && printing->printers[paper].ready) {
            *ret_paper = paper;
            return true;
        }
    }
    return false;
}

static bool offered(const struct config *config, const struct print_state *printing,
                    const struct visit *visit, enum sheet_kind kind, enum sheet_paper *ret_paper)
{
    return config->printer_families && visit->print_count < FAMILY_PRINTS_MAX &&
           printing->job_count < PRINT_JOBS_MAX && paper_for(printing, kind, ret_paper);
}

// ---- what becomes of it

struct sheet_order *family_print_start(struct turn *turn, enum sheet_kind kind, uint32_t *id)
{
    struct visit *visit = turn->visit;
    enum sheet_paper paper;
    if (*id != 0 || !offered(turn->assets->config, turn->printing, visit, kind, &paper))
        return NULL;
    struct print_request *request = turn_print(turn, PRINT_START);
    *id = request->id;
    visit->prints[visit->print_count++] =
        (struct family_print){.id = request->id, .kind = kind, .asked_ms = turn->clock.now_ms};
    request->order.kind = kind;
    request->order.paper = paper;
    request->order.copies = 1;
    turn->changed = true;
    return &request->order;
}

static void give_up(struct turn *turn, struct family_print *print)
{
    turn_print(turn, PRINT_CANCEL)->id = print->id;
    print->state = PRINT_FAILED;
    print->over = true;
}

// Helped by nobody here: the printer stopped, or the job's turn doesn't come.
static bool stuck(const struct turn *turn, const struct family_print *print,
                  const struct print_job *job)
{
    bool late = turn->clock.now_ms - print->asked_ms >= FAMILY_PRINT_LIMIT_MS;
    return print->state == PRINT_HELD || (late && print->state != PRINT_PRINTING) ||
           (job != NULL && job->state == PRINT_WAITING &&
            !turn->printing->printers[job->paper].ready);
}

static void follow(struct turn *turn, struct family_print *print)
{
    const struct print_job *job = print_job_find(turn->printing, print->id);
    bool helper =
        turn->printing->printers[PAPER_A4].known || turn->printing->printers[PAPER_ROLL].known;
    if (job != NULL) {
        print->known = true;
        print->state = job->state;
    } else if (print->known || !helper) { // gone without a word
        print->state = PRINT_UNSURE;
        print->over = true;
        return;
    }
    print->over = print_job_over(print->state);
    if (print->over)
        turn_print(turn, PRINT_FORGET)->id = print->id;
    else if (stuck(turn, print, job))
        give_up(turn, print);
}

void family_print_take(struct turn *turn)
{
    struct visit *visit = turn->visit;
    for (uint32_t i = 0; i < visit->print_count; i++) {
        struct family_print *print = &visit->prints[i];
        if (print->over)
            continue;
        follow(turn, print);
        turn->changed |= print->over; // its button goes
    }
}

void family_print_end(struct turn *turn)
{
    struct visit *visit = turn->visit;
    for (uint32_t i = 0; i < visit->print_count; i++) {
        struct family_print *print = &visit->prints[i];
        if (!print->over && (print->kind == SHEET_SLIP || print->state != PRINT_PRINTING))
            give_up(turn, print);
    }
}

// ---- how it looks

bool family_print_shown(const struct scene *scene, enum sheet_kind kind, uint32_t id)
{
    enum sheet_paper paper;
    return id != 0 || offered(scene->config, scene->printing, scene->visit, kind, &paper);
}

static enum word label_of(enum sheet_kind kind)
{
    return kind == SHEET_RECEIPT ? WORD_PRINT_FAMILY : WORD_PRINT_FAMILY_SHEET;
}

static struct button button_of(const struct scene *scene, int width, enum sheet_kind kind,
                               const struct family_print *print)
{
    return (struct button){
        .kind = BUTTON_SECOND,
        .style = width < NARROW_W ? STYLE_PILL : STYLE_BODY_BOLD,
        .icon = width < NO_ICON_W ? PICTURE_NONE : ICON_PRINTER,
        .label = scene->words->texts[print == NULL ? label_of(kind) : WORD_PRINT_FAMILY_BUSY],
    };
}

static void draw_button(const struct scene *scene, struct rect box, enum sheet_kind kind,
                        const struct family_print *print)
{
    struct button button = button_of(scene, box.w, kind, print);
    if (print != NULL) {
        int64_t waited_ms = scene->clock.now_ms - print->asked_ms;
        button.busy = waited_ms >= BUSY_AFTER_MS;
        button.busy_part = (float)(waited_ms % RING_TURN_MS) / RING_TURN_MS;
        frame_wake_at(scene->pen.frame, button.busy ? scene->clock.now_ms + RING_STEP_MS
                                                    : print->asked_ms + BUSY_AFTER_MS);
    }
    widget_button(&scene->pen, box, &button, ACTION_FAMILY_PRINT, print != NULL);
}

static void outcome(const struct scene *scene, const struct family_print *print, char *ret_text,
                    size_t capacity)
{
    bool done = print->state == PRINT_DONE;
    bool slip = print->kind == SHEET_RECEIPT;
    const char *place = scene->config->printer_place;
    enum word word =
        print->kind == SHEET_SLIP ? WORD_PRINT_FAMILY_TROUBLE_SLIP : WORD_PRINT_FAMILY_TROUBLE;
    if (done && place[0] != '\0')
        word = slip ? WORD_PRINT_FAMILY_DONE_PLACE : WORD_PRINT_FAMILY_DONE_SHEET_PLACE;
    else if (done)
        word = slip ? WORD_PRINT_FAMILY_DONE : WORD_PRINT_FAMILY_DONE_SHEET;
    words_fill(scene->words, word, &(struct word_part){"place", place}, 1, ret_text, capacity);
}

enum { PAD_PX = 20, ICON_PX = 44, ICON_GAP_PX = 14, ICON_LINES = 3 };

// Where the words take more lines beside the icon they have its room.
static bool outcome_has_icon(const struct pen *pen, int width, const char *text)
{
    int room = width - PAD_PX - ICON_PX - ICON_GAP_PX - PAD_PX / 2;
    return pen_lines(pen, room, STYLE_PILL, text, ICON_LINES + 1) <= ICON_LINES;
}

static int outcome_room(const struct pen *pen, int width, const char *text)
{
    int icon_px = outcome_has_icon(pen, width, text) ? ICON_PX + ICON_GAP_PX : 0;
    return width - PAD_PX - icon_px - PAD_PX / 2;
}

// Flat: nothing is left to touch.
static void draw_outcome(const struct scene *scene, struct rect box,
                         const struct family_print *print)
{
    const struct pen *pen = &scene->pen;
    char text[FORMAT_BYTES];
    bool done = print->state == PRINT_DONE;
    rgb ink = pen_color(pen, done ? COLOR_OK : COLOR_WARN);
    outcome(scene, print, text, sizeof text);
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, done ? COLOR_OK_BG : COLOR_WARN_BG),
                                  .stroke = ink,
                                  .stroke_px = pen->palette == PALETTE_HIGH_CONTRAST ? 3 : 0,
                                  .radius = 28});
    int room = outcome_room(pen, box.w, text);
    int x = box.x + box.w - PAD_PX / 2 - room;
    if (outcome_has_icon(pen, box.w, text))
        pen_icon(pen, (struct rect){box.x + PAD_PX, box.y, ICON_PX, box.h},
                 done ? ICON_CHECK : ICON_WARNING, ICON_PX, ink);
    int height = layout_words_height(pen, room, STYLE_PILL, text);
    pen_paragraph(pen, (struct rect){x, box.y + (box.h - height) / 2, room, 0}, STYLE_PILL, ink,
                  ALIGN_LEFT, text, PEN_LINES_MAX);
}

int family_print_height(const struct scene *scene, int width, int least, enum sheet_kind kind,
                        uint32_t id)
{
    enum { AIR_PX = 5 };
    const struct family_print *print = id != 0 ? find(scene->visit, id) : NULL;
    char text[FORMAT_BYTES];
    if (print == NULL || !print->over) {
        struct button button = button_of(scene, width, kind, print);
        button.busy = print != NULL;
        return widget_button_height(&scene->pen, width, least, &button);
    }
    outcome(scene, print, text, sizeof text);
    int room = outcome_room(&scene->pen, width, text);
    int height = layout_words_height(&scene->pen, room, STYLE_PILL, text) + 2 * AIR_PX;
    return height > least ? height : least;
}

void family_print_draw(const struct scene *scene, struct rect box, enum sheet_kind kind,
                       uint32_t id)
{
    const struct family_print *print = id != 0 ? find(scene->visit, id) : NULL;
    if (!family_print_shown(scene, kind, id))
        return;
    if (print != NULL && print->over)
        draw_outcome(scene, box, print);
    else
        draw_button(scene, box, kind, print);
    if (print != NULL && !print->over && print->state != PRINT_PRINTING)
        frame_wake_at(scene->pen.frame, print->asked_ms + FAMILY_PRINT_LIMIT_MS);
}
