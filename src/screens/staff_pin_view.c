#include "screens/staff_pin.h"

#include "screens/chrome.h"
#include "screens/layout.h"
#include "ui/keyboard.h"
#include "ui/quilt.h"
#include "wording/format.h"

#include <string.h>

enum {
    CELL_PX = 120,
    QUILT_ROWS = 4,
    PLAIN_TOP = 336, // without a quilt
    PAD_W = 780,
    PAD_H = 668,
    FOOT_PX = 100, // below it
    MARK_PX = 64,
    MARK_GAP = 30,
    BUSY_AFTER_MS = 400,
    RING_TURN_MS = 1200,
};

// One page of a PIN: what is said, and how many leaves are full.
struct page {
    const char *title;
    const char *lead;
    const char *note; // "" none
    bool calm;        // the note is no trouble
    bool closed;      // nothing can be typed: no leaves, no keys
    unsigned filled;
    bool busy;
};

struct words_part {
    const struct scene *scene;
    const struct page *page;
};

// Where all but the keys stands; in landscape the left half.
static struct rect left_of(const struct scene *scene, const struct page *page)
{
    bool beside = scene->landscape && !page->closed;
    return (struct rect){0, 0, beside ? scene->width / 2 : scene->width, scene->height};
}

static void draw_quilt(const struct scene *scene, struct rect box)
{
    const struct pen *pen = &scene->pen;
    enum { SUN_COLUMN = 4, SUN_ROW = 1 };
    const struct direction_colors night = {
        .background = pen_color(pen, COLOR_DOCK),
        .dark = pen_color(pen, COLOR_DOCK),
        .accents = {pen_color(pen, COLOR_DOCK_SEP), pen_color(pen, COLOR_DOCK_WELL),
                    pen_color(pen, COLOR_DOCK_LOW)},
    };
    if (rect_empty(box))
        return;
    quilt_draw(pen->frame, box, CELL_PX, "staff", &night);
    struct rect sun = {box.x + SUN_COLUMN * CELL_PX, box.y + SUN_ROW * CELL_PX, CELL_PX, CELL_PX};
    struct draw *draw = NULL;
    if (sun.y + sun.h <= box.y + box.h)
        draw = frame_draw(pen->frame, DRAW_MODULE, sun, pen_color(pen, COLOR_ACCENT));
    if (draw == NULL)
        return;
    draw->stroke = night.background;
    draw->picture = MODULE_HALF;
}

static void draw_marks(const struct scene *scene, struct rect box, const struct page *page)
{
    const struct pen *pen = &scene->pen;
    int width = PIN_DIGITS * MARK_PX + (PIN_DIGITS - 1) * MARK_GAP;
    int64_t waited_ms = scene->clock.now_ms - scene->visit->staff.pin_asked_ms;
    int x = box.x + (box.w - width) / 2;
    if (page->busy && waited_ms >= BUSY_AFTER_MS) {
        struct rect ring = {box.x + (box.w - MARK_PX) / 2, box.y, MARK_PX, MARK_PX};
        widget_ring(pen, ring, 8, (float)(waited_ms % RING_TURN_MS) / (float)RING_TURN_MS,
                    pen_color(pen, COLOR_ACCENT), pen_color(pen, COLOR_DOCK_WELL));
        frame_wake_at(pen->frame, scene->clock.now_ms + 50);
        return;
    }
    if (page->busy)
        frame_wake_at(pen->frame, scene->visit->staff.pin_asked_ms + BUSY_AFTER_MS);
    for (unsigned i = 0; i < PIN_DIGITS; i++, x += MARK_PX + MARK_GAP) {
        bool full = page->busy || i < page->filled;
        pen_block(pen, (struct rect){x, box.y, MARK_PX, MARK_PX},
                  (struct block_look){.fill = pen_color(pen, full ? COLOR_ACCENT : COLOR_DOCK),
                                      .stroke = pen_color(pen, full ? COLOR_ACCENT : COLOR_ON_DOCK),
                                      .stroke_px = 4,
                                      .radius = MARK_PX / 2,
                                      .corners = CORNER_ALL & ~CORNER_BOTTOM_LEFT});
    }
}

// While a comparison takes its time, only «Отмена» can be touched.
static void leave_cancel(struct frame *frame, uint32_t from)
{
    uint32_t kept = from;
    for (uint32_t i = from; i < frame->target_count; i++)
        if (frame->targets[i].action == ACTION_STAFF_CANCEL)
            frame->targets[kept++] = frame->targets[i];
    frame->target_count = kept;
}

static struct rect pad_box(const struct scene *scene)
{
    if (!scene->landscape)
        return (struct rect){(scene->width - PAD_W) / 2, scene->height - FOOT_PX - PAD_H, PAD_W,
                             PAD_H};
    return (struct rect){scene->width / 2 + (scene->width / 2 - PAD_W) / 2,
                         (scene->height - PAD_H) / 2, PAD_W, PAD_H};
}

static void draw_pad(const struct scene *scene, bool busy)
{
    struct keypad keypad = {
        .erase_all = scene->words->texts[WORD_STAFF_CANCEL],
        .erase = scene->words->texts[WORD_NUMBER_ERASE],
        .digit_action = ACTION_STAFF_DIGIT,
        .erase_action = ACTION_STAFF_ERASE,
        .erase_all_action = ACTION_STAFF_CANCEL,
        .night = true,
    };
    uint32_t first = scene->pen.frame->target_count;
    keypad_draw(&scene->pen, pad_box(scene), &keypad);
    if (busy)
        leave_cancel(scene->pen.frame, first);
}

static struct rect close_box(const struct scene *scene, const struct button *button)
{
    int height = widget_button_height(&scene->pen, PAD_W, WIDGET_BUTTON_L_H, button);
    return (struct rect){(scene->width - PAD_W) / 2, scene->height - FOOT_PX - height, PAD_W,
                         height};
}

// Title, lead, leaves and note, one below the other. Returns the height.
static int draw_words(const void *context, int top)
{
    enum {
        TITLE_H = 84,
        TITLE_GAP_PX = 16,
        CLOSED_GAP_PX = 24,
        MARKS_ABOVE = 64,
        MARKS_BELOW = 40
    };
    const struct words_part *part = context;
    const struct scene *scene = part->scene;
    const struct page *page = part->page;
    const struct pen *pen = &scene->pen;
    rgb ink = pen_color(pen, COLOR_ON_DOCK);
    rgb trouble = pen->palette == PALETTE_NORMAL ? pen->theme->motifs[MOTIF_PINK]
                                                 : pen_color(pen, COLOR_ACCENT);
    struct rect left = left_of(scene, page);
    struct rect line = {left.x + CHROME_MARGIN, top, left.w - 2 * CHROME_MARGIN, 0};
    int title_h = pen_height(pen, line.w, STYLE_DISPLAY_S, page->title, PEN_LINES_MAX);
    int room = title_h > TITLE_H ? title_h : TITLE_H;
    line.y += (room - title_h) / 2;
    pen_paragraph(pen, line, STYLE_DISPLAY_S, ink, ALIGN_CENTER, page->title, PEN_LINES_MAX);
    line.y = top + room + TITLE_GAP_PX;
    line.y += pen_paragraph(pen, line, STYLE_BODY_L, ink, ALIGN_CENTER, page->lead, PEN_LINES_MAX);
    if (!page->closed)
        draw_marks(scene, (struct rect){line.x, line.y + MARKS_ABOVE, line.w, MARK_PX}, page);
    line.y += page->closed ? CLOSED_GAP_PX : MARKS_ABOVE + MARK_PX + MARKS_BELOW;
    if (page->note[0] != '\0')
        line.y += pen_paragraph(pen, line, STYLE_BODY, page->calm ? ink : trouble, ALIGN_CENTER,
                                page->note, PEN_LINES_MAX);
    return line.y - top;
}

// The quilt gives way to the words row by row; what still finds no room scrolls.
static void draw_above(const struct scene *scene, const struct page *page, int bottom)
{
    enum { QUILT_GAP_PX = 58, TOP_PX = 48 };
    struct rect left = left_of(scene, page);
    struct words_part words = {scene, page};
    struct layout_part part = {draw_words, &words};
    int height = layout_height(scene, &part);
    int rows = scene->pen.palette == PALETTE_NORMAL ? QUILT_ROWS : 0;
    while (rows > 0 && rows * CELL_PX + QUILT_GAP_PX + height > bottom)
        rows--;
    draw_quilt(scene, (struct rect){0, 0, left.w, rows * CELL_PX});
    int top = rows > 0 ? rows * CELL_PX + QUILT_GAP_PX : PLAIN_TOP;
    if (top + height > bottom)
        top = bottom - height > TOP_PX ? bottom - height : TOP_PX;
    int x = left.x + CHROME_MARGIN - LAYOUT_BLEED_PX;
    layout_scrolled(scene, (struct rect){x, top, left.w - 2 * x, bottom - top}, ACTION_SCROLL_LIST,
                    &scene->visit->staff.page, &part);
}

static void draw_page(const struct scene *scene, const struct page *page)
{
    enum { GAP_PX = 24 };
    const struct pen *pen = &scene->pen;
    struct button close = {.kind = BUTTON_SECOND,
                           .style = STYLE_BUTTON,
                           .label = scene->words->texts[WORD_STAFF_CLOSE]};
    struct rect foot = close_box(scene, &close);
    int bottom = scene->height - GAP_PX;
    if (page->closed)
        bottom = foot.y - GAP_PX;
    else if (!scene->landscape)
        bottom = pad_box(scene).y - GAP_PX;
    pen_fill(pen, (struct rect){0, 0, scene->width, scene->height}, pen_color(pen, COLOR_DOCK));
    draw_above(scene, page, bottom);
    if (page->closed)
        widget_button(pen, foot, &close, ACTION_STAFF_CANCEL, 0);
    else
        draw_pad(scene, page->busy);
}

static void tries_text(const struct scene *scene, char *ret_text, size_t capacity)
{
    const struct pin_answer *pin = scene->pin;
    char tries[FORMAT_BYTES];
    char pause[FORMAT_BYTES];
    ret_text[0] = '\0';
    if (pin->verdict != PIN_WRONG || pin->tries_left >= PIN_TRIES)
        return;
    words_count(scene->words, WORD_STAFF_PIN_TRIES, pin->tries_left, tries, sizeof tries);
    format_duration(scene->words, pin->wait_s, pause, sizeof pause);
    words_fill(scene->words, WORD_STAFF_PIN_LEFT,
               (struct word_part[]){{"tries", tries}, {"time", pause}}, 2, ret_text, capacity);
}

static void draw_locked(const struct scene *scene)
{
    char time[FORMAT_BYTES];
    char lead[FORMAT_BYTES * 2];
    int64_t left_s = (scene->pin_locked_until_ms - scene->clock.now_ms + 999) / 1000;
    frame_wake_at(scene->pen.frame, scene->pin_locked_until_ms - (left_s - 1) * 1000);
    format_duration(scene->words, left_s, time, sizeof time);
    words_fill(scene->words, WORD_STAFF_PIN_LOCKED, &(struct word_part){"time", time}, 1, lead,
               sizeof lead);
    draw_page(scene, &(struct page){.title = scene->words->texts[WORD_STAFF_PIN_LOCKED_TITLE],
                                    .lead = lead,
                                    .note = scene->words->texts[WORD_STAFF_PIN_FORGOTTEN],
                                    .calm = true,
                                    .closed = true});
}

void staff_pin_view(const struct scene *scene)
{
    const struct staff_state *staff = &scene->visit->staff;
    char tries[FORMAT_BYTES * 2];
    tries_text(scene, tries, sizeof tries);
    struct page page = {.title = scene->words->texts[WORD_STAFF_TITLE],
                        .lead = scene->words->texts[WORD_STAFF_PIN_LEAD],
                        .note = tries,
                        .filled = (unsigned)strlen(staff->pin),
                        .busy = staff->pin_id != 0};
    if (scene->pin_locked_until_ms > scene->clock.now_ms) {
        draw_locked(scene);
        return;
    }
    if (staff->pin_note == PIN_NOTE_SILENT)
        page.note = scene->words->texts[WORD_STAFF_PIN_SILENT];
    if (scene->pin->verdict == PIN_UNSET || scene->pin->verdict == PIN_BROKEN) {
        bool unset = scene->pin->verdict == PIN_UNSET;
        page.title =
            scene->words->texts[unset ? WORD_STAFF_PIN_UNSET_TITLE : WORD_STAFF_PIN_BROKEN_TITLE];
        page.lead = scene->words->texts[unset ? WORD_STAFF_PIN_UNSET : WORD_STAFF_PIN_BROKEN];
        page.note = "";
        page.closed = true;
    }
    draw_page(scene, &page);
}

void staff_new_pin_view(const struct scene *scene)
{
    static const enum word notes[PIN_NOTE_COUNT] = {
        [PIN_NOTE_SILENT] = WORD_STAFF_PIN_UNKEPT,
        [PIN_NOTE_TRIVIAL] = WORD_STAFF_PIN_TRIVIAL,
        [PIN_NOTE_MISMATCH] = WORD_STAFF_PIN_MISMATCH,
        [PIN_NOTE_UNKEPT] = WORD_STAFF_PIN_UNKEPT,
    };
    const struct staff_state *staff = &scene->visit->staff;
    bool again = staff->first_pin[0] != '\0' || staff->pin_id != 0;
    bool noted = staff->pin_note != PIN_NOTE_NONE && staff->pin_note != PIN_NOTE_WRONG;
    draw_page(
        scene,
        &(struct page){
            .title = scene->words->texts[WORD_STAFF_NEW_PIN],
            .lead = scene->words->texts[again ? WORD_STAFF_NEW_PIN_AGAIN : WORD_STAFF_NEW_PIN_LEAD],
            .note = noted ? scene->words->texts[notes[staff->pin_note]] : "",
            .filled = (unsigned)strlen(staff->pin),
            .busy = staff->pin_id != 0,
        });
}
