#include "screens/staff.h"

#include "base/text.h"
#include "screens/chrome.h"
#include "screens/freshness.h"
#include "screens/print_words.h"
#include "screens/staff_parts.h"

#include <stdio.h>

enum {
    GAP = 24,
    CARD_H = 348,
    TILE_H = 208,
    TILE_EDGE_PX = 10,
    SMALL_BUTTON_H = 88,
    EVENTS = 3,
    RIGHT_W = 848, // the landscape's right column
    SYNC_SHOWN_MS = 2000,
    RING_TURN_MS = 1200,
};

// ---- the header

static void draw_exit(const struct scene *scene)
{
    enum { BUTTON_W = 196, BUTTON_H = 88 };
    const struct pen *pen = &scene->pen;
    const char *label = scene->words->texts[WORD_STAFF_LEAVE];
    struct rect box = {scene->width - CHROME_MARGIN - BUTTON_W, 20, BUTTON_W, BUTTON_H};
    bool pressed = pen_pressed(pen, ACTION_STAFF_LEAVE, 0);
    rgb ink = pen_color(pen, pressed ? COLOR_ON_ACCENT : COLOR_ON_DOCK);
    pen_block(pen, box,
              (struct block_look){
                  .fill = pen_color(pen, pressed ? COLOR_ACCENT : COLOR_DOCK_WELL),
                  .stroke = pen_color(pen, COLOR_ON_DOCK),
                  .stroke_px = pen->palette == PALETTE_HIGH_CONTRAST ? 3 : 0,
                  .radius = 28,
              });
    pen_icon(pen, (struct rect){box.x + 30, box.y, 40, box.h}, ICON_EXIT, 38, ink);
    pen_line(pen, (struct rect){box.x + 82, box.y, box.w - 98, box.h}, STYLE_BODY_BOLD, ink,
             ALIGN_LEFT, label);
    frame_target(pen->frame, box, ROLE_BUTTON, ACTION_STAFF_LEAVE, 0, label);

    char time[32];
    char text[FORMAT_BYTES];
    int64_t left_s = (staff_ends_ms(scene->visit) - scene->clock.now_ms + 999) / 1000;
    frame_wake_at(pen->frame, staff_ends_ms(scene->visit) - (left_s - 1) * 1000);
    snprintf(time, sizeof time, "%d:%02d", (int)(left_s / 60), (int)(left_s % 60));
    words_fill(scene->words, WORD_STAFF_ENDS, &(struct word_part){"time", time}, 1, text,
               sizeof text);
    pen_line(pen, (struct rect){box.x - 324, box.y, 300, box.h}, STYLE_BODY,
             pen_color(pen, COLOR_ON_DOCK), ALIGN_RIGHT, text);
}

void staff_draw_header(const struct scene *scene, enum word title)
{
    const struct pen *pen = &scene->pen;
    bool first = scene->visit->screen == SCREEN_STAFF;
    const char *back = scene->words->texts[WORD_DOCK_BACK];
    struct rect left = {first ? 24 : CHROME_MARGIN, 20, 88, 88};
    pen->frame->mover = MOVER_NONE;
    pen_fill(pen, (struct rect){0, 0, scene->width, STAFF_HEADER_H}, pen_color(pen, COLOR_DOCK));
    if (pen->palette == PALETTE_HIGH_CONTRAST)
        pen_fill(pen, (struct rect){0, STAFF_HEADER_H - 4, scene->width, 4},
                 pen_color(pen, COLOR_LINE));
    if (!first) {
        bool pressed = pen_pressed(pen, ACTION_BACK, 0);
        pen_block(pen, left,
                  (struct block_look){
                      .fill = pen_color(pen, pressed ? COLOR_ACCENT : COLOR_DOCK_WELL),
                      .stroke = pen_color(pen, COLOR_ON_DOCK),
                      .stroke_px = pen->palette == PALETTE_HIGH_CONTRAST ? 3 : 0,
                      .radius = 28,
                  });
        frame_target(pen->frame, left, ROLE_BUTTON, ACTION_BACK, 0, back);
    }
    pen_icon(pen, left, first ? ICON_LOCK : ICON_BACK, 40, pen_color(pen, COLOR_ON_DOCK));
    int x = left.x + left.w + (first ? 4 : 24);
    pen_line(pen, (struct rect){x, 20, scene->width - x - 560, 88}, STYLE_LABEL,
             pen_color(pen, COLOR_ON_DOCK), ALIGN_LEFT, scene->words->texts[title]);
    draw_exit(scene);
    pen->frame->mover = MOVER_PAGE;
}

// ---- the cards

struct card {
    enum picture icon;
    enum word title;
    enum tone tone;
    const char *state; // the pill
    const char *figure;
    const char *note;
    struct button button;
    enum action action;
    uint32_t value;
};

void staff_draw_panel(const struct scene *scene, struct rect box)
{
    pen_block(&scene->pen, box,
              (struct block_look){.fill = pen_color(&scene->pen, COLOR_SURFACE),
                                  .stroke = pen_color(&scene->pen, COLOR_LINE),
                                  .stroke_px = 2,
                                  .radius = 28});
}

// Large where it fits; a printer's trouble may take two lines.
static void draw_figure(const struct scene *scene, struct rect box, const char *figure)
{
    const struct pen *pen = &scene->pen;
    rgb ink = pen_color(pen, COLOR_INK);
    if (pen_width(pen, STYLE_FIGURE, figure) <= box.w)
        pen_line(pen, box, STYLE_FIGURE, ink, ALIGN_LEFT, figure);
    else if (pen_width(pen, STYLE_H2, figure) <= box.w)
        pen_line(pen, box, STYLE_H2, ink, ALIGN_LEFT, figure);
    else
        pen_paragraph(pen, box, STYLE_LABEL, ink, ALIGN_LEFT, figure, 2);
}

static void draw_card(const struct scene *scene, struct rect box, struct card *card)
{
    enum { PAD = 28 };
    const struct pen *pen = &scene->pen;
    int width = box.w - 2 * PAD;
    staff_draw_panel(scene, box);
    pen_icon(pen, (struct rect){box.x + PAD, box.y + 28, 44, WIDGET_PILL_H}, card->icon, 44,
             pen_color(pen, COLOR_INFO));
    pen_line(pen, (struct rect){box.x + PAD + 62, box.y + 28, 170, WIDGET_PILL_H}, STYLE_BODY,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, scene->words->texts[card->title]);
    int pill = widget_pill_width(pen, PICTURE_NONE, card->state);
    widget_pill(pen, (struct rect){box.x + box.w - PAD - pill, box.y + 28, pill, WIDGET_PILL_H},
                card->tone, PICTURE_NONE, card->state);
    draw_figure(scene, (struct rect){box.x + PAD, box.y + 96, width, 76}, card->figure);
    pen_line(pen, (struct rect){box.x + PAD, box.y + 176, width, 40}, STYLE_CAPTION,
             pen_color(pen, COLOR_INK_2), ALIGN_LEFT, card->note);
    card->button.style = STYLE_BODY_BOLD;
    widget_button(pen, (struct rect){box.x + PAD, box.y + 230, width, SMALL_BUTTON_H},
                  &card->button, (uint16_t)card->action, card->value);
}

static void draw_catalog(const struct scene *scene, struct rect box)
{
    const struct words *words = scene->words;
    char figure[FORMAT_BYTES];
    char note[FORMAT_BYTES];
    struct freshness fresh;
    struct text text;
    int64_t asked_ms = scene->clock.now_ms - scene->visit->staff.sync_asked_ms;
    bool asked = scene->visit->staff.sync_asked_ms != 0 && asked_ms < SYNC_SHOWN_MS;
    bool busy = scene->link->syncing || asked;
    freshness_find(scene, false, &fresh);
    words_count(words, WORD_STAFF_PROGRAMS,
                scene->catalog != NULL ? scene->catalog->program_count : 0, figure, sizeof figure);
    text_init(&text, note, sizeof note);
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
    draw_card(scene, box,
              &(struct card){
                  .icon = ICON_REFRESH,
                  .title = WORD_STAFF_CATALOG,
                  .tone = busy                       ? TONE_INFO
                          : state == WORD_STAFF_FINE ? TONE_OK
                                                     : TONE_WARN,
                  .state = words->texts[state],
                  .figure = figure,
                  .note = note,
                  .button = {.kind = BUTTON_SECOND,
                             .label = words->texts[busy ? WORD_STAFF_SYNCING_NOW : WORD_STAFF_SYNC],
                             .icon = ICON_REFRESH,
                             .busy = busy,
                             .busy_part =
                                 (float)(scene->clock.now_ms % RING_TURN_MS) / (float)RING_TURN_MS},
                  .action = ACTION_STAFF_SYNC,
              });
}

static void draw_printer(const struct scene *scene, struct rect box)
{
    static const enum word states[TONE_COUNT] = {
        [TONE_OK] = WORD_STAFF_PRINTER_FINE,
        [TONE_WARN] = WORD_STAFF_PRINTER_SOON,
        [TONE_ERR] = WORD_STAFF_PRINTER_STOPPED,
        [TONE_NEUTRAL] = WORD_STAFF_PRINTER_NONE,
    };
    const struct words *words = scene->words;
    const struct printer *printer = &scene->printing->printers[staff_test_paper(scene->printing)];
    char figure[FORMAT_BYTES];
    char note[FORMAT_BYTES];
    printer_title(words, printer, figure, sizeof figure);
    printer_to_do(words, printer, note, sizeof note);
    if (!printer->known)
        text_copy(figure, sizeof figure, words->texts[WORD_STAFF_NO_PRINTER]);
    if (note[0] == '\0')
        text_copy(note, sizeof note,
                  scene->config->printer_place[0] != '\0' ? scene->config->printer_place
                                                          : printer->name);
    enum tone tone = printer_tone(printer);
    draw_card(
        scene, box,
        &(struct card){
            .icon = ICON_PRINTER,
            .title = WORD_STAFF_PRINTER,
            .tone = tone,
            .state = words->texts[states[tone]],
            .figure = figure,
            .note = note,
            .button = {.kind = BUTTON_SECOND,
                       .label = words->texts[printer->known ? WORD_STAFF_TEST : WORD_STAFF_NO_TEST],
                       .disabled = !printer->known},
            .action = ACTION_STAFF_TEST,
        });
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

static void draw_queue(const struct scene *scene, struct rect box)
{
    const struct words *words = scene->words;
    uint32_t count;
    const struct print_job *job = first_job(scene->printing, &count);
    char figure[FORMAT_BYTES];
    char state[FORMAT_BYTES];
    char kind[FORMAT_BYTES];
    char note[FORMAT_BYTES * 2];
    enum tone tone = TONE_NEUTRAL;
    text_copy(state, sizeof state, words->texts[WORD_STAFF_QUEUE_EMPTY]);
    text_copy(note, sizeof note, words->texts[WORD_STAFF_QUEUE_NOTE]);
    words_count(words, WORD_STAFF_JOBS, count, figure, sizeof figure);
    if (job != NULL) {
        char done[32];
        char all[32];
        tone = print_job_says(words, job, state, sizeof state);
        print_job_kind(words, job, kind, sizeof kind);
        words_number(words, job->done, done, sizeof done);
        words_number(words, job->sheets, all, sizeof all);
        words_fill(words, WORD_STAFF_JOB,
                   (struct word_part[]){{"kind", kind}, {"done", done}, {"all", all}}, 3, note,
                   sizeof note);
    }
    draw_card(scene, box,
              &(struct card){
                  .icon = ICON_QUEUE,
                  .title = WORD_STAFF_QUEUE,
                  .tone = tone,
                  .state = state,
                  .figure = job != NULL ? figure : words->texts[WORD_PRINT_QUEUE_EMPTY],
                  .note = note,
                  .button = {.kind = BUTTON_SECOND, .label = words->texts[WORD_STAFF_QUEUE_OPEN]},
                  .action = ACTION_STAFF_OPEN,
                  .value = SCREEN_STAFF_QUEUE,
              });
}

static void draw_terminal(const struct scene *scene, struct rect box)
{
    const struct words *words = scene->words;
    char figure[FORMAT_BYTES];
    char note[FORMAT_BYTES];
    bool sick = scene->link->storage >= STORAGE_FULL;
    words_count(words, WORD_STAFF_TOUCHES, scene->daybook->touches, figure, sizeof figure);
    words_count(words, WORD_STAFF_CODES, scene->daybook->codes, note, sizeof note);
    draw_card(scene, box,
              &(struct card){
                  .icon = ICON_TOUCH,
                  .title = WORD_STAFF_TERMINAL,
                  .tone = sick ? TONE_ERR : TONE_OK,
                  .state = words->texts[sick ? WORD_STAFF_DISK : WORD_STAFF_WORKS],
                  .figure = figure,
                  .note = note,
                  .button = {.kind = BUTTON_SECOND, .label = words->texts[WORD_STAFF_JOURNAL]},
                  .action = ACTION_STAFF_OPEN,
                  .value = SCREEN_STAFF_JOURNAL,
              });
}

// ---- what can be printed

static void draw_kinds(const struct scene *scene, struct rect box)
{
    static const struct {
        enum sheet_kind kind;
        enum picture icon;
        enum motif ground;
        enum motif edge;
    } tiles[] = {
        {SHEET_POSTER, ICON_POSTER, MOTIF_PINK, MOTIF_PINK_DARK},
        {SHEET_CARDS, ICON_CARDS, MOTIF_MINT, MOTIF_MINT_DARK},
        {SHEET_RECEIPT, ICON_RECEIPT, MOTIF_SKY, MOTIF_SKY_DARK},
    };
    const struct pen *pen = &scene->pen;
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
    int width = (box.w - 2 * GAP) / 3;
    for (unsigned i = 0; i < 3; i++) {
        char title[FORMAT_BYTES];
        char text[FORMAT_BYTES];
        format_choice(scene->words, WORD_STAFF_KINDS, 2 * i, title, sizeof title);
        format_choice(scene->words, WORD_STAFF_KINDS, 2 * i + 1, text, sizeof text);
        struct rect tile = {box.x + (int)i * (width + GAP), box.y, width, TILE_H};
        struct rect face = tile;
        bool pressed = pen_pressed(pen, ACTION_STAFF_COMPOSE, tiles[i].kind);
        face.y += pressed ? 6 : 0;
        rgb ink = plain ? pen_color(pen, COLOR_INK) : pen_color(pen, COLOR_ON_ACCENT);
        pen_block(
            pen, face,
            (struct block_look){
                .fill = plain ? pen_color(pen, COLOR_SURFACE) : pen->theme->motifs[tiles[i].ground],
                .stroke = pen_color(pen, COLOR_LINE),
                .stroke_px = plain ? 4 : 0,
                .edge = pen->theme->motifs[tiles[i].edge],
                .edge_px = plain     ? 0
                           : pressed ? TILE_EDGE_PX - 6
                                     : TILE_EDGE_PX,
                .radius = 28,
            });
        pen_icon(pen, (struct rect){face.x + 28, face.y + 26, 72, 72}, tiles[i].icon, 72, ink);
        pen_line(pen, (struct rect){face.x + 28, face.y + 110, width - 40, 42}, STYLE_BUTTON, ink,
                 ALIGN_LEFT, title);
        enum style small =
            pen_width(pen, STYLE_CAPTION, text) > width - 36 ? STYLE_DOCK : STYLE_CAPTION;
        pen_line(pen, (struct rect){face.x + 28, face.y + 152, width - 36, 36}, small, ink,
                 ALIGN_LEFT, text);
        tile.h += TILE_EDGE_PX;
        frame_target(pen->frame, tile, ROLE_TILE, ACTION_STAFF_COMPOSE, tiles[i].kind, title);
    }
}

static int draw_print(const struct scene *scene, struct rect box)
{
    pen_line(&scene->pen, (struct rect){box.x, box.y, box.w, 48}, STYLE_BUTTON,
             pen_color(&scene->pen, COLOR_INK), ALIGN_LEFT, scene->words->texts[WORD_STAFF_PRINT]);
    box.y += 60;
    draw_kinds(scene, box);
    return box.y + TILE_H + TILE_EDGE_PX + GAP;
}

static int draw_events(const struct scene *scene, struct rect box)
{
    enum { PAD = 34 };
    const struct pen *pen = &scene->pen;
    box.h = EVENTS * STAFF_EVENT_H;
    staff_draw_panel(scene, box);
    for (uint32_t i = 0; i < EVENTS && i < daybook_kept(scene->daybook); i++) {
        struct rect line = {box.x + PAD, box.y + (int)i * STAFF_EVENT_H, box.w - 2 * PAD,
                            STAFF_EVENT_H};
        if (i > 0)
            pen_fill(pen, (struct rect){line.x, line.y, line.w, 2}, pen_color(pen, COLOR_LINE));
        staff_draw_event(scene, line, daybook_event(scene->daybook, i));
    }
    return box.y + box.h + GAP;
}

static void draw_ways(const struct scene *scene, struct rect box)
{
    static const struct {
        enum word word;
        enum picture icon;
        enum action action;
        uint32_t value;
    } ways[] = {
        {WORD_STAFF_READY, ICON_CHECK, ACTION_STAFF_OPEN, SCREEN_STAFF_READY},
        {WORD_STAFF_SETTINGS, ICON_SETTINGS, ACTION_STAFF_OPEN, SCREEN_STAFF_SETTINGS},
        {WORD_STAFF_CHANGE_PIN, ICON_LOCK, ACTION_STAFF_OPEN, SCREEN_STAFF_NEW_PIN},
        {WORD_STAFF_SERVICE, ICON_EXIT, ACTION_STAFF_SERVICE, 0},
    };
    int width = (box.w - GAP) / 2;
    for (int i = 0; i < 4; i++) {
        struct rect place = {box.x + i % 2 * (width + GAP),
                             box.y + i / 2 * (WIDGET_BUTTON_H + GAP + 8), width, WIDGET_BUTTON_H};
        struct button button = {.kind = BUTTON_SECOND,
                                .style = STYLE_LABEL,
                                .label = scene->words->texts[ways[i].word],
                                .icon = ways[i].icon};
        widget_button(&scene->pen, place, &button, (uint16_t)ways[i].action, ways[i].value);
    }
}

static void draw_greeting(const struct scene *scene, struct rect box)
{
    int64_t local_s = scene->clock.wall_s + scene->clock.utc_offset_s;
    int hour = (int)(local_s % SECONDS_A_DAY / 3600);
    unsigned part = hour < 5 ? 3 : hour < 12 ? 0 : hour < 17 ? 1 : 2;
    char greeting[FORMAT_BYTES];
    format_choice(scene->words, WORD_STAFF_GREETINGS, part, greeting, sizeof greeting);
    pen_line(&scene->pen, box, STYLE_H1, pen_color(&scene->pen, COLOR_INK), ALIGN_LEFT, greeting);
}

static void draw_leaving(const struct scene *scene)
{
    const struct pen *pen = &scene->pen;
    int width = scene->landscape ? 984 : scene->width - 2 * CHROME_MARGIN;
    struct rect box = {(scene->width - width) / 2, scene->landscape ? 260 : 560, width, 0};
    box.y += pen_paragraph(pen, box, STYLE_DISPLAY_S, pen_color(pen, COLOR_INK), ALIGN_LEFT,
                           scene->words->texts[WORD_STAFF_SERVICE_TITLE], 2) +
             24;
    box.y += pen_paragraph(pen, box, STYLE_BODY_L, pen_color(pen, COLOR_INK_2), ALIGN_LEFT,
                           scene->words->texts[WORD_STAFF_SERVICE_TEXT], 4) +
             64;
    struct button stay = {.kind = BUTTON_MAIN,
                          .style = STYLE_BUTTON_L,
                          .label = scene->words->texts[WORD_STAFF_STAY]};
    struct button leave = {.kind = BUTTON_DESTRUCTIVE,
                           .style = STYLE_BUTTON,
                           .label = scene->words->texts[WORD_STAFF_SERVICE_YES]};
    box.h = WIDGET_BUTTON_L_H;
    widget_button(pen, box, &stay, ACTION_STAFF_STAY, 0);
    box.y += box.h + GAP + 8;
    widget_button(pen, box, &leave, ACTION_STAFF_SERVICE, 1);
}

void staff_home_view(const struct scene *scene)
{
    staff_draw_header(scene, WORD_STAFF_TITLE);
    if (scene->visit->staff.leaving) {
        draw_leaving(scene);
        return;
    }
    struct rect left = {CHROME_MARGIN, STAFF_HEADER_H + 24, scene->width - 2 * CHROME_MARGIN, 80};
    if (scene->landscape)
        left.w -= RIGHT_W + 2 * GAP;
    draw_greeting(scene, left);
    struct rect card = {left.x, left.y + left.h + 12, (left.w - GAP) / 2, CARD_H};
    draw_catalog(scene, card);
    card.x += card.w + GAP;
    draw_printer(scene, card);
    card.x = left.x;
    card.y += card.h + GAP;
    draw_queue(scene, card);
    card.x += card.w + GAP;
    draw_terminal(scene, card);
    struct rect next = {left.x, card.y + card.h + 28, left.w, 0};
    if (scene->landscape)
        next = (struct rect){left.x + left.w + 2 * GAP, left.y + 20, RIGHT_W, 0};
    next.y = draw_print(scene, next) + 4;
    next.y = draw_events(scene, next) + (scene->landscape ? 0 : 8);
    draw_ways(scene, next);
}
