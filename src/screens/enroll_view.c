#include "screens/chrome.h"
#include "screens/enroll.h"
#include "screens/enroll_parts.h"
#include "screens/layout.h"
#include "screens/program.h"
#include "screens/selection.h"
#include "ui/quilt.h"
#include "wording/format.h"

#include <stdio.h>

enum { PANEL_PX = 660, BAND_PAD_PX = 30 };

static const struct program *program_of(const struct scene *scene)
{
    uint32_t ordinal = scene->catalog == NULL ? SNAPSHOT_NONE
                       : scene->visit->enroll.whole
                           ? selection_first(scene->visit, scene->catalog)
                           : snapshot_find_program(scene->catalog, scene->visit->program.id);
    return ordinal == SNAPSHOT_NONE ? NULL : &scene->catalog->programs[ordinal].record;
}

static const struct direction_colors *colors_of(const struct scene *scene,
                                                const struct program *program)
{
    bool known = program->direction != DIRECTION_COUNT;
    return &scene->pen.theme->directions[known ? program->direction : DIRECTION_SOCIAL];
}

static bool is_queue(const struct scene *scene, const struct snapshot_group *group)
{
    return group != NULL &&
           group_seats(&group->record, clock_today(&scene->clock), scene->clock.wall_s).seats ==
               SEATS_WAITING_LIST;
}

static void draw_cover(const struct enroll_page *page, struct rect cover)
{
    const struct pen *pen = &page->scene->pen;
    const struct program *program = page->program;
    if (pen->palette == PALETTE_NORMAL) {
        frame_round_clip(pen->frame, cover, CORNER_ALL, 28);
        quilt_draw(pen->frame, cover, 56, program->head.local_id, colors_of(page->scene, program));
        frame_round_clip_end(pen->frame);
    } else if (program->direction != DIRECTION_COUNT) {
        pen_picture(pen, cover, chrome_plain_emblem(program->direction), CROP_FIT);
    }
}

// Days and артикул, in one line where both stand in it. The group's own number stays whole: a
// program's page has no link to a group (DOMAIN.md).
static int draw_group(const struct enroll_page *page, struct rect box)
{
    const struct scene *scene = page->scene;
    const struct pen *pen = &scene->pen;
    char schedule[FORMAT_BYTES];
    char id[FORMAT_BYTES];
    char tail[FORMAT_BYTES + 8];
    words_fill(scene->words, WORD_ENROLL_GROUP,
               &(struct word_part){"id", page->group->record.head.local_id}, 1, id, sizeof id);
    snprintf(tail, sizeof tail, "\u00a0· %s", id);
    format_schedule(scene->words, &page->group->record, false, schedule, sizeof schedule);
    format_capital(schedule, sizeof schedule);
    rgb ink = pen_color(pen, COLOR_INK_2);
    int room = box.w - pen_width(pen, STYLE_BODY, tail);
    if (layout_fits(pen, room, STYLE_BODY, schedule)) {
        int width = pen_text(pen, box.x, box.y, STYLE_BODY, ink, schedule);
        pen_text(pen, box.x + width, box.y, STYLE_BODY, ink, tail);
        return box.y + pen_style(pen, STYLE_BODY)->line_px;
    }
    box.y += pen_paragraph(pen, box, STYLE_BODY, ink, ALIGN_LEFT, schedule, 2);
    return box.y + layout_words(pen, box, STYLE_BODY, COLOR_INK_2, id);
}

// The seats: at the right end, or below where the line is needed for the words.
static int draw_seats(const struct enroll_page *page, int x, int y, bool below, int right)
{
    const struct scene *scene = page->scene;
    char text[FORMAT_BYTES];
    struct seat_state seats =
        group_seats(&page->group->record, clock_today(&scene->clock), scene->clock.wall_s);
    enum tone tone = format_seats(scene->words, &seats, text, sizeof text);
    int width = widget_pill_width(&scene->pen, PICTURE_NONE, text);
    struct rect pill = {below ? x : right - width, y, width, WIDGET_PILL_H};
    widget_pill(&scene->pen, pill, tone, PICTURE_NONE, text);
    return below ? y + WIDGET_PILL_H : width + 24;
}

// Cover, name, days and артикул, seats. Returns where it ends.
static int draw_subject(const struct enroll_page *page, int y)
{
    enum { COVER_PX = 112, TEXT_X = 138 };
    const struct scene *scene = page->scene;
    const struct pen *pen = &scene->pen;
    bool large = pen_large(pen);
    struct rect text = {page->x + TEXT_X, y + 12, page->width - TEXT_X, 0};
    bool seats = page->group != NULL && (large || !scene->landscape);
    draw_cover(page, (struct rect){page->x, y, COVER_PX, COVER_PX});
    if (scene->visit->enroll.whole) {
        text.y = selection_draw_subject(scene, text.x, y, text.w);
    } else {
        if (seats && !large)
            text.w -= draw_seats(page, text.x, y + 28, false, page->x + page->width);
        text.y += pen_paragraph(pen, text, STYLE_TITLE, pen_color(pen, COLOR_INK), ALIGN_LEFT,
                                page->program->title, large ? 2 : 1);
        text.y += 2;
        if (page->group != NULL)
            text.y = draw_group(page, text);
        if (seats && large)
            text.y = draw_seats(page, text.x, text.y + 8, true, 0);
    }
    return text.y > y + COVER_PX ? text.y : y + COVER_PX;
}

// Returns where it ends.
static int draw_step(const struct enroll_page *page, int y, int i, const char *title,
                     const char *note)
{
    enum { MARK_PX = 72, TEXT_X = 98 };
    static const enum motif grounds[] = {MOTIF_SUN, MOTIF_MINT, MOTIF_PINK};
    static const enum corner sharp[] = {CORNER_TOP_LEFT, CORNER_TOP_RIGHT, CORNER_BOTTOM_LEFT};
    const struct pen *pen = &page->scene->pen;
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
    char number[12];
    snprintf(number, sizeof number, "%d", i + 1);
    struct rect mark = {page->x, y, MARK_PX, MARK_PX};
    pen_block(pen, mark,
              (struct block_look){.fill = plain ? pen_color(pen, COLOR_ACCENT)
                                                : pen->theme->motifs[grounds[i]],
                                  .radius = MARK_PX / 2,
                                  .corners = CORNER_ALL & ~(unsigned)sharp[i]});
    pen_line(pen, mark, STYLE_H2, pen_color(pen, COLOR_ON_ACCENT), ALIGN_CENTER, number);
    struct rect text = {page->x + TEXT_X, y + 2, page->width - TEXT_X, 0};
    text.y += layout_words(pen, text, STYLE_BUTTON, COLOR_INK, title) + 4;
    text.y += layout_words(pen, text, STYLE_CAPTION, COLOR_INK_2, note);
    return text.y > y + MARK_PX ? text.y : y + MARK_PX;
}

static int draw_steps(const struct enroll_page *page, int y)
{
    enum { GAP_PX = 28 };
    static const enum word words[2][6] = {
        {WORD_ENROLL_STEP1, WORD_ENROLL_STEP1_NOTE, WORD_ENROLL_STEP2, WORD_ENROLL_STEP2_NOTE,
         WORD_ENROLL_STEP3, WORD_ENROLL_STEP3_NOTE},
        {WORD_ENROLL_STEP1, WORD_ENROLL_STEP1_NOTE, WORD_ENROLL_STEP2_QUEUE,
         WORD_ENROLL_STEP2_QUEUE_NOTE, WORD_ENROLL_STEP3_QUEUE, WORD_ENROLL_STEP3_QUEUE_NOTE},
    };
    const char *const *texts = page->scene->words->texts;
    if (page->scene->visit->enroll.phase == ENROLL_NO_LINK)
        return y;
    for (int i = 0; i < 3; i++)
        y = draw_step(page, y + (i > 0 ? GAP_PX : 0), i, texts[words[page->queue][2 * i]],
                      texts[words[page->queue][2 * i + 1]]);
    return y;
}

static int draw_title(const struct enroll_page *page, int y)
{
    const struct scene *scene = page->scene;
    enum word title = scene->visit->enroll.phase == ENROLL_NO_LINK ? WORD_ENROLL_TITLE_CALL
                      : page->queue                                ? WORD_ENROLL_TITLE_QUEUE
                                                                   : WORD_ENROLL_TITLE;
    return y + layout_words(&scene->pen, (struct rect){page->x, y, page->width, 0}, STYLE_H1,
                            COLOR_INK, scene->words->texts[title]);
}

static rgb ground_of(const struct enroll_page *page)
{
    const struct pen *pen = &page->scene->pen;
    return page->queue ? pen->theme->motifs[MOTIF_SUN]
                       : colors_of(page->scene, page->program)->background;
}

enum { BESIDE_X = 600 };

static bool queue_beside_fits(const struct enroll_page *page)
{
    return page->queue && !pen_large(&page->scene->pen) &&
           enroll_queue_beside_fits(page, page->x + page->width - BESIDE_X);
}

// 05b: the code beside the place in the list.
static int draw_queue_band(const struct enroll_page *page, int y)
{
    enum { QUEUE_PANEL_PX = 520, QUEUE_BAND_H = 560 };
    const struct scene *scene = page->scene;
    struct rect band = {0, y, scene->width, QUEUE_BAND_H};
    if (scene->pen.palette == PALETTE_NORMAL)
        pen_fill(&scene->pen, band, ground_of(page));
    enroll_draw_code(scene, (struct rect){44, y + 20, QUEUE_PANEL_PX, QUEUE_PANEL_PX});
    enroll_draw_queue_beside(page,
                             (struct rect){BESIDE_X, y + 24, page->x + page->width - BESIDE_X, 0});
    return y + band.h;
}

struct queue_words {
    const struct enroll_page *page;
    int width;
};

static int draw_queue_words_part(const void *context, int y)
{
    const struct queue_words *words = context;
    return enroll_draw_queue_words(words->page, (struct rect){0, y, words->width, 0});
}

static int queue_words_height(const struct enroll_page *page, int width)
{
    struct queue_words words = {page, width};
    return layout_height(page->scene, &(struct layout_part){draw_queue_words_part, &words});
}

// A call has more to say than a code: in large layouts it takes all the width there is.
static int panel_width(const struct enroll_page *page, int room)
{
    bool call = page->scene->visit->enroll.phase == ENROLL_NO_LINK;
    return call && pen_large(&page->scene->pen) ? room : PANEL_PX;
}

// The code between two quilts; in large layouts the place in the list below it.
static int draw_code_band(const struct enroll_page *page, int y)
{
    enum { QUILT_W = 180 };
    const struct scene *scene = page->scene;
    const struct pen *pen = &scene->pen;
    int panel_w = panel_width(page, page->width);
    int panel_h = enroll_panel_height(scene, panel_w, PANEL_PX);
    int words_h = page->queue ? queue_words_height(page, page->width) + BAND_PAD_PX : 0;
    struct rect band = {0, y, scene->width, panel_h + 2 * BAND_PAD_PX + words_h};
    if (pen->palette == PALETTE_NORMAL)
        pen_fill(pen, band, ground_of(page));
    if (pen->palette == PALETTE_NORMAL && !page->queue) {
        const struct direction_colors *colors = colors_of(scene, page->program);
        quilt_draw(pen->frame, (struct rect){0, y, QUILT_W, band.h}, QUILT_W / 2,
                   page->program->head.local_id, colors);
        quilt_draw(pen->frame, (struct rect){scene->width - QUILT_W, y, QUILT_W, band.h},
                   QUILT_W / 2, page->program->title, colors);
    }
    enroll_draw_code(
        scene, (struct rect){(scene->width - panel_w) / 2, y + BAND_PAD_PX, panel_w, panel_h});
    if (page->queue)
        enroll_draw_queue_words(
            page, (struct rect){page->x, y + panel_h + 2 * BAND_PAD_PX, page->width, 0});
    return y + band.h;
}

static int draw_portrait(const void *context, int y)
{
    enum { TITLE_GAP_PX = 20, END_PX = 12 };
    const struct enroll_page *page = context;
    const struct pen *pen = &page->scene->pen;
    bool queue = page->queue;
    y += pen_large(pen) ? LAYOUT_LARGE_TOP : queue ? 0 : 2;
    y = draw_subject(page, draw_title(page, y) + TITLE_GAP_PX) + (queue ? 40 : 36);
    y = queue_beside_fits(page) ? draw_queue_band(page, y) : draw_code_band(page, y);
    y += queue ? 14 : 16;
    y = enroll_draw_below_code(page->scene, (struct rect){page->x, y, page->width, 0},
                               pen_color(pen, COLOR_INK));
    y = draw_steps(page, y + (queue ? 21 : 23));
    return (queue ? enroll_draw_other_group(page, y, 24) : y) + END_PX;
}

// The place in the list, where it doesn't stand below the code.
static int draw_queue_panel(const struct enroll_page *page, int y)
{
    enum { PAD_PX = 28 };
    const struct pen *pen = &page->scene->pen;
    struct rect words = {page->x + PAD_PX, y + PAD_PX, page->width - 2 * PAD_PX, 0};
    struct rect panel = {page->x, y, page->width, queue_words_height(page, words.w) + 2 * PAD_PX};
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
    pen_block(pen, panel,
              (struct block_look){.fill = plain ? pen_color(pen, COLOR_PAPER) : ground_of(page),
                                  .stroke = pen_color(pen, COLOR_LINE),
                                  .stroke_px = plain ? 3 : 0,
                                  .radius = 28});
    enroll_draw_queue_words(page, words);
    return y + panel.h;
}

enum { ROW_PANEL_PX = 620, ROW_H = 120, BAND_SIDE_PX = 24 };

static bool queue_row_fits(const struct enroll_page *page)
{
    return page->queue && !pen_large(&page->scene->pen) &&
           enroll_queue_row_fits(page, ROW_PANEL_PX - 8);
}

// What to do with the code, beside it.
static int draw_side(const void *context, int y)
{
    enum { END_PX = 12 };
    const struct enroll_page *page = context;
    bool queue = page->queue;
    bool row = queue_row_fits(page);
    y = draw_subject(page, draw_title(page, y + CHROME_MARGIN) + 24);
    if (queue && !row)
        y = draw_queue_panel(page, y + 24);
    y = draw_steps(page, y + (queue ? 20 : 40));
    if (!row)
        y = enroll_draw_below_code(page->scene, (struct rect){page->x, y + 38, page->width, 0},
                                   pen_color(&page->scene->pen, COLOR_INK));
    return (queue ? enroll_draw_other_group(page, y, 30) : y) + END_PX;
}

// The code's half in landscape; a waiting list adds the place in it.
static void draw_band(const struct enroll_page *page, struct rect band)
{
    const struct scene *scene = page->scene;
    bool row = queue_row_fits(page);
    int width = row ? ROW_PANEL_PX : panel_width(page, band.w - 2 * BAND_SIDE_PX);
    int panel_h = enroll_panel_height(scene, width, row ? ROW_PANEL_PX : PANEL_PX);
    int height = panel_h + (row ? 24 + ROW_H + 60 : 0);
    struct rect panel = {band.x + (band.w - width) / 2, band.y + (band.h - height) / 2, width,
                         panel_h};
    if (scene->pen.palette == PALETTE_NORMAL)
        pen_fill(&scene->pen, band, ground_of(page));
    enroll_draw_code(scene, panel);
    if (!row)
        return;
    int y = panel.y + panel_h + 24;
    enroll_draw_queue_row(page, (struct rect){panel.x + 8, y, width - 8, ROW_H});
    enroll_draw_below_code(
        scene, (struct rect){band.x + BAND_SIDE_PX, y + ROW_H + 19, band.w - 2 * BAND_SIDE_PX, 0},
        enroll_queue_ink(&scene->pen));
}

static int draw_end_part(const void *context, int y)
{
    return enroll_draw_end(context, y);
}

void enroll_view(const struct scene *scene)
{
    const struct program *program = program_of(scene);
    if (program == NULL)
        return;
    const struct snapshot_group *group =
        scene->visit->enroll.whole ? NULL
                                   : program_chosen_group(scene->catalog, &scene->visit->program);
    struct rect body =
        scene->landscape ? rect_inset(chrome_side(scene), CHROME_MARGIN) : chrome_body(scene);
    struct enroll_page page = {scene, program, group, is_queue(scene, group), body.x, body.w};
    int top = pen_large(&scene->pen) ? 0 : CHROME_TOPBAR_H;
    layout_draw_top(scene);
    if (scene->landscape) {
        struct rect left = chrome_body(scene);
        draw_band(&page,
                  (struct rect){CHROME_RAIL_W, top, left.x + left.w + CHROME_MARGIN - CHROME_RAIL_W,
                                scene->height - top});
        top = 0;
    }
    struct layout_part end = {draw_end_part, &page};
    struct layout_part content = {scene->landscape ? draw_side : draw_portrait, &page};
    int bottom = scene->height - (scene->landscape ? CHROME_MARGIN : CHROME_DOCK_H + 34);
    int end_y = bottom - layout_height(scene, &end);
    struct rect view = {body.x - LAYOUT_BLEED_PX, top, body.w + 2 * LAYOUT_BLEED_PX, end_y - top};
    if (!scene->landscape) { // the band reaches from edge to edge
        view.x = 0;
        view.w = scene->width;
    }
    layout_scrolled(scene, view, ACTION_SCROLL_LIST, &scene->visit->page, &content);
    enroll_draw_end(&page, end_y);
}
