#include "base/text.h"
#include "screens/freshness.h"
#include "screens/layout.h"
#include "screens/print_words.h"
#include "screens/staff.h"
#include "screens/staff_parts.h"
#include "wording/format.h"

enum {
    GAP = 24,
    PAD = 28,
    SMALL_BUTTON_H = 88,
    SYNC_SHOWN_MS = 2000,
    RING_TURN_MS = 1200,
};

struct card {
    enum picture icon;
    enum word title;
    enum tone tone;
    char state[FORMAT_BYTES]; // the pill
    char figure[FORMAT_BYTES];
    char note[FORMAT_BYTES * 2];
    struct button button;
    enum action action;
    uint32_t value;
};

// ---- what they say

static void find_catalog(const struct scene *scene, struct card *card)
{
    const struct words *words = scene->words;
    struct freshness fresh;
    struct text text;
    int64_t asked_ms = scene->clock.now_ms - scene->visit->staff.sync_asked_ms;
    bool asked = scene->visit->staff.sync_asked_ms != 0 && asked_ms < SYNC_SHOWN_MS;
    bool busy = scene->link->syncing || asked;
    freshness_find(scene, false, &fresh);
    words_count(words, WORD_STAFF_PROGRAMS,
                scene->catalog != NULL ? scene->catalog->program_count : 0, card->figure,
                sizeof card->figure);
    text_init(&text, card->note, sizeof card->note);
    text_add(&text, fresh.text);
    if (scene->daybook->changed > 0) {
        char changed[FORMAT_BYTES];
        words_count(words, WORD_STAFF_CHANGED, scene->daybook->changed, changed, sizeof changed);
        text_add(&text, changed);
    }
    enum word state = busy                    ? WORD_STAFF_SYNCING
                      : !scene->link->online  ? WORD_NO_LINK
                      : fresh.tone == TONE_OK ? WORD_STAFF_FINE
                                              : WORD_STAFF_OLD;
    if (busy)
        frame_wake_at(scene->pen.frame, scene->clock.now_ms + 50);
    text_copy(card->state, sizeof card->state, words->texts[state]);
    card->icon = ICON_REFRESH;
    card->title = WORD_STAFF_CATALOG;
    card->tone = busy ? TONE_INFO : state == WORD_STAFF_FINE ? TONE_OK : TONE_WARN;
    card->button.label = words->texts[busy ? WORD_STAFF_SYNCING_NOW : WORD_STAFF_SYNC];
    card->button.icon = ICON_REFRESH;
    card->button.busy = busy;
    card->button.busy_part = (float)(scene->clock.now_ms % RING_TURN_MS) / (float)RING_TURN_MS;
    card->action = ACTION_STAFF_SYNC;
}

static void find_printer(const struct scene *scene, struct card *card)
{
    static const enum word states[TONE_COUNT] = {
        [TONE_OK] = WORD_STAFF_PRINTER_FINE,
        [TONE_WARN] = WORD_STAFF_PRINTER_SOON,
        [TONE_ERR] = WORD_STAFF_PRINTER_STOPPED,
        [TONE_NEUTRAL] = WORD_STAFF_PRINTER_NONE,
    };
    const struct words *words = scene->words;
    const struct printer *printer = &scene->printing->printers[staff_test_paper(scene->printing)];
    printer_title(words, printer, card->figure, sizeof card->figure);
    printer_to_do(words, printer, card->note, sizeof card->note);
    if (!printer->known)
        text_copy(card->figure, sizeof card->figure, words->texts[WORD_STAFF_NO_PRINTER]);
    if (card->note[0] == '\0')
        text_copy(card->note, sizeof card->note,
                  scene->config->printer_place[0] != '\0' ? scene->config->printer_place
                                                          : printer->name);
    card->icon = ICON_PRINTER;
    card->title = WORD_STAFF_PRINTER;
    card->tone = printer_tone(printer);
    text_copy(card->state, sizeof card->state, words->texts[states[card->tone]]);
    card->button.label = words->texts[printer->known ? WORD_STAFF_TEST : WORD_STAFF_NO_TEST];
    card->button.disabled = !printer->known;
    card->action = ACTION_STAFF_TEST;
}

// The first job under way; NULL none.
static const struct print_job *first_job(const struct print_state *printing, uint32_t *ret_count)
{
    const struct print_job *first = NULL;
    *ret_count = 0;
    for (uint32_t i = 0; i < printing->job_count; i++)
        if (!print_job_over(printing->jobs[i].state)) {
            first = first != NULL ? first : &printing->jobs[i];
            ++*ret_count;
        }
    return first;
}

static void find_queue(const struct scene *scene, struct card *card)
{
    const struct words *words = scene->words;
    uint32_t count;
    const struct print_job *job = first_job(scene->printing, &count);
    char kind[FORMAT_BYTES];
    card->icon = ICON_QUEUE;
    card->title = WORD_STAFF_QUEUE;
    card->tone = TONE_NEUTRAL;
    card->button.label = words->texts[WORD_STAFF_QUEUE_OPEN];
    card->action = ACTION_STAFF_OPEN;
    card->value = SCREEN_STAFF_QUEUE;
    text_copy(card->state, sizeof card->state, words->texts[WORD_STAFF_QUEUE_EMPTY]);
    text_copy(card->note, sizeof card->note, words->texts[WORD_STAFF_QUEUE_NOTE]);
    text_copy(card->figure, sizeof card->figure, words->texts[WORD_PRINT_QUEUE_EMPTY]);
    if (job == NULL)
        return;
    char done[32];
    char all[32];
    words_count(words, WORD_STAFF_JOBS, count, card->figure, sizeof card->figure);
    card->tone = print_job_says(words, job, card->state, sizeof card->state);
    print_job_kind(words, job, kind, sizeof kind);
    words_number(words, job->done, done, sizeof done);
    words_number(words, job->sheets, all, sizeof all);
    words_fill(words, WORD_STAFF_JOB,
               (struct word_part[]){{"kind", kind}, {"done", done}, {"all", all}}, 3, card->note,
               sizeof card->note);
}

static void find_terminal(const struct scene *scene, struct card *card)
{
    const struct words *words = scene->words;
    bool sick = scene->link->storage >= STORAGE_FULL;
    words_count(words, WORD_STAFF_TOUCHES, scene->daybook->touches, card->figure,
                sizeof card->figure);
    words_count(words, WORD_STAFF_CODES, scene->daybook->codes, card->note, sizeof card->note);
    card->icon = ICON_TOUCH;
    card->title = WORD_STAFF_TERMINAL;
    card->tone = sick ? TONE_ERR : TONE_OK;
    text_copy(card->state, sizeof card->state,
              words->texts[sick ? WORD_STAFF_DISK : WORD_STAFF_WORKS]);
    card->button.label = words->texts[WORD_STAFF_JOURNAL];
    card->action = ACTION_STAFF_OPEN;
    card->value = SCREEN_STAFF_JOURNAL;
}

// ---- how they look

// What it is, and how it is: beside it, or below where there's no room. Returns the height.
static int draw_head(const struct scene *scene, struct rect box, const struct card *card)
{
    enum { TITLE_X = 62, STATE_GAP_PX = 8 };
    const struct pen *pen = &scene->pen;
    const char *title = scene->words->texts[card->title];
    int pill = widget_pill_width(pen, PICTURE_NONE, card->state);
    struct rect words = {box.x + TITLE_X, box.y, box.w - TITLE_X, 0};
    bool beside = layout_fits(pen, words.w - pill - GAP, STYLE_BODY, title);
    int title_h = layout_words_height(pen, words.w, STYLE_BODY, title);
    int height = title_h > WIDGET_PILL_H ? title_h : WIDGET_PILL_H;
    pen_icon(pen, (struct rect){box.x, box.y, 44, WIDGET_PILL_H}, card->icon, 44,
             pen_color(pen, COLOR_INFO));
    words.y += (height - title_h) / 2;
    layout_words(pen, words, STYLE_BODY, COLOR_INK, title);
    struct rect state = {box.x + box.w - pill, box.y, pill, WIDGET_PILL_H};
    if (!beside) {
        state.x = box.x;
        state.y += height + STATE_GAP_PX;
        state.w = pill < box.w ? pill : box.w;
    }
    state.h = widget_pill_height(pen, state.w, PICTURE_NONE, card->state);
    widget_pill(pen, state, card->tone, PICTURE_NONE, card->state);
    if (!beside)
        return state.y + state.h - box.y;
    return height > state.h ? height : state.h;
}

// Large where it fits; a printer's trouble may take lines. Returns the height.
static int draw_figure(const struct scene *scene, struct rect box, const char *figure)
{
    enum { FIGURE_H = 76 };
    const struct pen *pen = &scene->pen;
    rgb ink = pen_color(pen, COLOR_INK);
    box.h = FIGURE_H;
    for (unsigned i = 0; i < 2; i++) {
        enum style style = i == 0 ? STYLE_FIGURE : STYLE_H2;
        int line = pen_style(pen, style)->line_px;
        box.h = line > FIGURE_H ? line : FIGURE_H;
        if (!layout_fits(pen, box.w, style, figure))
            continue;
        pen_line(pen, box, style, ink, ALIGN_LEFT, figure);
        return box.h;
    }
    int height = layout_words(pen, box, STYLE_LABEL, COLOR_INK, figure);
    return height > FIGURE_H ? height : FIGURE_H;
}

struct words_part {
    const struct scene *scene;
    const struct card *card;
    int x;
    int width;
};

// All of a card above its button. Returns the height.
static int draw_words(const void *context, int top)
{
    enum { HEAD_GAP_PX = 12, NOTE_GAP_PX = 4, NOTE_H = 40 };
    const struct words_part *part = context;
    const struct pen *pen = &part->scene->pen;
    struct rect box = {part->x, top, part->width, 0};
    box.y += draw_head(part->scene, box, part->card) + HEAD_GAP_PX;
    box.y += draw_figure(part->scene, box, part->card->figure) + NOTE_GAP_PX;
    int height = layout_words_height(pen, box.w, STYLE_CAPTION, part->card->note);
    int room = height > NOTE_H ? height : NOTE_H;
    box.y += (room - height) / 2;
    layout_words(pen, box, STYLE_CAPTION, COLOR_INK_2, part->card->note);
    return box.y - (room - height) / 2 + room - top;
}

enum { BUTTON_GAP_PX = 14, BELOW_PX = 30 };

static int button_height(const struct scene *scene, int width, const struct card *card)
{
    return widget_button_height(&scene->pen, width - 2 * PAD, SMALL_BUTTON_H, &card->button);
}

static int card_height(const struct scene *scene, int width, const struct card *card)
{
    struct words_part words = {scene, card, 0, width - 2 * PAD};
    return PAD + layout_height(scene, &(struct layout_part){draw_words, &words}) + BUTTON_GAP_PX +
           button_height(scene, width, card) + BELOW_PX;
}

static void draw_card(const struct scene *scene, struct rect box, const struct card *card)
{
    struct words_part words = {scene, card, box.x + PAD, box.w - 2 * PAD};
    int height = button_height(scene, box.w, card);
    staff_draw_panel(scene, box);
    draw_words(&words, box.y + PAD);
    widget_button(
        &scene->pen,
        (struct rect){box.x + PAD, box.y + box.h - BELOW_PX - height, words.width, height},
        &card->button, (uint16_t)card->action, card->value);
}

int staff_draw_cards(const struct scene *scene, struct rect box)
{
    enum { CARDS = 4, LARGE_W = 640 };
    static void (*const finders[CARDS])(const struct scene *scene, struct card *card) = {
        find_catalog, find_printer, find_queue, find_terminal};
    struct card cards[CARDS];
    int columns = pen_large(&scene->pen) && box.w < 2 * LARGE_W ? 1 : 2;
    int width = (box.w - (columns - 1) * GAP) / columns;
    for (int i = 0; i < CARDS; i++) {
        cards[i] = (struct card){.button = {.kind = BUTTON_SECOND, .style = STYLE_BODY_BOLD}};
        finders[i](scene, &cards[i]);
    }
    for (int i = 0; i < CARDS; i += columns) {
        int height = 0;
        for (int j = i; j < i + columns; j++) {
            int needs = card_height(scene, width, &cards[j]);
            height = needs > height ? needs : height;
        }
        for (int j = 0; j < columns; j++)
            draw_card(scene, (struct rect){box.x + j * (width + GAP), box.y, width, height},
                      &cards[i + j]);
        box.y += height + GAP;
    }
    return box.y - GAP;
}
