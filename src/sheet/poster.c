#include "base/text.h"
#include "sheet/parts.h"
#include "ui/quilt.h"

#include <stdio.h>
#include <string.h>

enum {
    HERO_H = 585, // a third of the page
    CELL_PX = HERO_H / 5,
    QUILT_W = 6 * CELL_PX,
    MARGIN = 80,
    INNER_W = SHEET_A4_W - 2 * MARGIN,
    PANEL_Y = 972,
    PANEL_PX = 532,
    COLUMN_W = INNER_W - PANEL_PX - 36,
    FOOT_H = 92,
    FOOT_Y = SHEET_A4_H - FOOT_H,
};

struct poster {
    const struct sheet_scene *scene;
    const struct pen *pen;
    struct facts facts;
    struct direction_colors colors;
    rgb ink;
    rgb ink_2;
    uint32_t item; // of the order
};

// In greys no drawing in colours: the quilt goes all across.
static void draw_hero(const struct poster *poster)
{
    static const enum picture figures[DIRECTION_COUNT] = {
        [DIRECTION_TECH] = PICTURE_FIGURE_TECH,   [DIRECTION_SCIENCE] = PICTURE_FIGURE_SCIENCE,
        [DIRECTION_SPORT] = PICTURE_FIGURE_SPORT, [DIRECTION_ART] = PICTURE_FIGURE_ART,
        [DIRECTION_TOUR] = PICTURE_FIGURE_TOUR,   [DIRECTION_SOCIAL] = PICTURE_FIGURE_SOCIAL,
    };
    enum { FIGURE_PX = 524 };
    enum direction direction = poster->facts.program->direction;
    bool figure = direction != DIRECTION_COUNT && !poster->scene->order->mono;
    struct rect hero = {0, 0, SHEET_A4_W, HERO_H};
    pen_fill(poster->pen, hero, poster->colors.background);
    quilt_draw(poster->pen->frame, (struct rect){0, 0, figure ? QUILT_W : hero.w, HERO_H}, CELL_PX,
               poster->facts.program->head.local_id, &poster->colors);
    if (figure)
        pen_picture(poster->pen,
                    (struct rect){QUILT_W + (SHEET_A4_W - QUILT_W - FIGURE_PX) / 2,
                                  HERO_H - FIGURE_PX, FIGURE_PX, FIGURE_PX},
                    figures[direction], CROP_FIT);
}

// «Дом детского творчества · Заречье»
static void organization_text(const struct poster *poster, char *ret_text, size_t capacity)
{
    const struct config *config = poster->scene->config;
    const struct organization *organization = poster->facts.organization;
    bool ours = organization == NULL || poster->facts.ours;
    sheet_pair(organization == NULL ? config->organization : organization->name,
               ours ? config->place : "", ret_text, capacity);
}

// Direction and organization in one line where both fit, else one below the other.
static int draw_heading(const struct poster *poster, int y)
{
    enum { LINE_H = 41, GAP_PX = 40 };
    const struct pen *pen = poster->pen;
    enum direction direction = poster->facts.program->direction;
    char text[FORMAT_BYTES];
    int width = 0;
    if (direction != DIRECTION_COUNT) {
        bool dark = poster->colors.label == SHEET_WHITE; // so is the patch: it can be read on paper
        words_fill(
            poster->scene->words, WORD_SHEET_DIRECTION,
            &(struct word_part){"direction", format_direction(poster->scene->words, direction)}, 1,
            text, sizeof text);
        width = pen_text(pen, MARGIN, y, STYLE_BODY_BOLD, dark ? poster->colors.dark : poster->ink,
                         text) +
                GAP_PX;
    }
    organization_text(poster, text, sizeof text);
    if (width + pen_width(pen, STYLE_BODY, text) <= INNER_W) {
        pen_line(pen, (struct rect){MARGIN, y, INNER_W, LINE_H}, STYLE_BODY, poster->ink,
                 width > 0 ? ALIGN_RIGHT : ALIGN_LEFT, text);
        return y + LINE_H;
    }
    y += width > 0 ? LINE_H : 0;
    return y + pen_paragraph(pen, (struct rect){MARGIN, y, INNER_W, 0}, STYLE_CAPTION,
                             poster->ink_2, ALIGN_LEFT, text, 1);
}

// As large as three lines of it fit above the facts; the smallest takes as many as fit.
static void draw_title(const struct poster *poster, int y)
{
    static const enum style styles[] = {STYLE_PAGE_TITLE, STYLE_PAGE_TITLE_S, STYLE_H1};
    enum { GAP_PX = 20, LINES = 3, STYLES = sizeof styles / sizeof *styles };
    const struct pen *pen = poster->pen;
    const char *title = poster->facts.program->title;
    struct rect box = {MARGIN, y, INNER_W, PANEL_Y - GAP_PX - y};
    enum style style = STYLE_H2;
    for (unsigned i = STYLES; i-- > 0;) {
        unsigned room = (unsigned)(box.h / pen_style(pen, styles[i])->line_px);
        if (sheet_fits(pen, title, box.w, styles[i], room < LINES ? room : LINES))
            style = styles[i];
    }
    unsigned lines = (unsigned)(box.h / pen_style(pen, style)->line_px);
    box.w = sheet_even_width(pen, title, box.w, style, lines);
    pen_paragraph(pen, box, style, poster->ink, ALIGN_LEFT, title, lines);
}

static int draw_fact(const struct poster *poster, int y, enum word label, const char *value)
{
    enum { LABEL_H = 36, GAP_PX = 22, LINES = 2 };
    const struct pen *pen = poster->pen;
    char text[FORMAT_BYTES];
    if (value[0] == '\0')
        return y;
    pen_text(pen, MARGIN, y, STYLE_CAPTION, poster->ink_2, poster->scene->words->texts[label]);
    y += LABEL_H;
    text_copy(text, sizeof text, value);
    return y + GAP_PX +
           pen_paragraph(pen, (struct rect){MARGIN, y, COLUMN_W, 0}, STYLE_TITLE, poster->ink,
                         ALIGN_LEFT, text, LINES);
}

static void draw_facts(const struct poster *poster)
{
    const struct facts *facts = &poster->facts;
    const struct pen *pen = poster->pen;
    int y = PANEL_Y - 8;
    y = draw_fact(poster, y, WORD_SHEET_AGE, facts->ages);
    y = draw_fact(poster, y, WORD_SHEET_TIMES, facts->times);
    y = draw_fact(poster, y, WORD_SHEET_PLACE, facts->place);
    y = draw_fact(poster, y, WORD_SHEET_PRICE, facts->price);
    enum { LINES = 4 };
    int lines = (FOOT_Y - 24 - y - 6) / pen_style(pen, STYLE_BODY_L)->line_px;
    if (lines >= 2)
        pen_paragraph(pen, (struct rect){MARGIN, y + 6, COLUMN_W, 0}, STYLE_BODY_L, poster->ink,
                      ALIGN_LEFT, facts->program->description,
                      lines < LINES ? (unsigned)lines : LINES);
}

static void draw_panel(const struct poster *poster, const struct qr *code)
{
    enum { STROKE_PX = 6, PAD_PX = 56 };
    const struct pen *pen = poster->pen;
    struct rect panel = {SHEET_A4_W - MARGIN - PANEL_PX, PANEL_Y, PANEL_PX, PANEL_PX};
    char text[FORMAT_BYTES];
    char url[LINK_BYTES];
    char host[LINK_HOST_BYTES];
    pen_block(
        pen, panel,
        (struct block_look){
            .fill = SHEET_WHITE, .stroke = poster->ink, .stroke_px = STROKE_PX, .radius = 40});
    if (code->size == 0) {
        enum { LINES = 9 };
        struct rect box = rect_inset(panel, PAD_PX);
        sheet_no_code(poster->scene, &poster->facts, text, sizeof text);
        int height = (int)pen_lines(pen, box.w, STYLE_BODY_L, text, LINES) *
                     pen_style(pen, STYLE_BODY_L)->line_px;
        box.y += (box.h - height) / 2;
        pen_paragraph(pen, box, STYLE_BODY_L, poster->ink, ALIGN_CENTER, text, LINES);
        return;
    }
    sheet_code(pen, rect_inset(panel, (PANEL_PX - SHEET_MM(SHEET_QR_MM)) / 2), code, false);
    enum word word = poster->facts.over ? WORD_SHEET_CAMERA_OVER : WORD_SHEET_CAMERA;
    struct rect below = {panel.x, panel.y + panel.h + 16, panel.w, 0};
    below.y += pen_paragraph(pen, below, STYLE_BUTTON, poster->ink, ALIGN_CENTER,
                             poster->scene->words->texts[word], 2);
    below.h = 38;
    if (sheet_link(poster->scene, poster->item, url) && link_host_unicode(url, host))
        pen_line(pen, below, STYLE_CAPTION, poster->ink_2, ALIGN_CENTER, host);
}

// The first numbers that fit, each as it is: half of one would be another group's.
static void keep_whole_numbers(const struct pen *pen, char groups[static FORMAT_BYTES], int room)
{
    char *comma;
    while (pen_width(pen, STYLE_CAPTION, groups) > room && (comma = strrchr(groups, ',')) != NULL)
        snprintf(comma, (size_t)(groups + FORMAT_BYTES - comma), "…");
}

// «Группы 1041-1, 1041-2 · 12.11.2026» at the right end, in `room`: the date stays whole, since
// paper grows old. Returns the width.
static int draw_numbers(const struct poster *poster, int room)
{
    const struct pen *pen = poster->pen;
    char date[32];
    char tail[FORMAT_BYTES];
    char groups[FORMAT_BYTES];
    sheet_date(poster->scene, false, date, sizeof date);
    text_copy(groups, sizeof groups, poster->facts.groups);
    format_capital(groups, sizeof groups);
    snprintf(tail, sizeof tail, "%s%s", groups[0] != '\0' ? "\u00a0· " : "", date);
    struct rect box = {SHEET_A4_W - MARGIN - room, FOOT_Y, room, FOOT_H};
    int width = pen_line(pen, box, STYLE_CAPTION, poster->ink, ALIGN_RIGHT, tail);
    box.w -= width;
    keep_whole_numbers(pen, groups, box.w);
    return width + pen_line(pen, box, STYLE_CAPTION, poster->ink, ALIGN_RIGHT, groups);
}

// Whom to ask, and the numbers of groups: these get what the answer leaves, or nearly half.
static void draw_foot(const struct poster *poster)
{
    enum { SPACE_PX = 10, GAP_PX = 36, LEAST_W = INNER_W * 9 / 20, RULE_PX = 4, HIGH_PX = 4 };
    const struct pen *pen = poster->pen;
    const char *question = poster->scene->words->texts[WORD_SHEET_QUESTIONS];
    bool mono = poster->scene->order->mono;
    char text[FORMAT_BYTES * 3];
    pen_fill(pen, (struct rect){0, FOOT_Y, SHEET_A4_W, mono ? RULE_PX : FOOT_H},
             mono ? poster->ink : pen->theme->motifs[MOTIF_SUN]);
    struct rect inner = {MARGIN, FOOT_Y, INNER_W, FOOT_H};
    int asked = SPACE_PX + pen_line(pen, inner, STYLE_PILL, poster->ink, ALIGN_LEFT, question);
    inner.x += asked;
    inner.w -= asked + GAP_PX;
    sheet_answer(poster->scene, &poster->facts, text, sizeof text);
    int left = inner.w - pen_width(pen, STYLE_CAPTION, text);
    inner.w -= draw_numbers(poster, left > LEAST_W ? left : LEAST_W);
    bool one = pen_width(pen, STYLE_CAPTION, text) <= inner.w;
    enum style style = one ? STYLE_CAPTION : STYLE_DOCK;
    int line = pen_style(pen, style)->line_px;
    int height = (int)pen_lines(pen, inner.w, style, text, 2) * line;
    // Two lines stand higher: the lowest 5 mm of a page may be lost.
    inner.y += height > line ? HIGH_PX : (FOOT_H - height) / 2;
    pen_paragraph(pen, inner, style, poster->ink, ALIGN_LEFT, text, 2);
}

void sheet_draw_poster(const struct sheet_scene *scene, unsigned page,
                       const struct sheet_codes *codes)
{
    struct poster poster = {.scene = scene, .pen = &scene->pen, .item = page};
    sheet_facts(scene, &scene->order->items[page], false, &poster.facts);
    poster.colors = sheet_colors(scene, poster.facts.program->direction);
    poster.ink = sheet_ink(scene);
    poster.ink_2 = sheet_ink_2(scene);
    draw_hero(&poster);
    draw_title(&poster, draw_heading(&poster, HERO_H + 34) + 12);
    draw_facts(&poster);
    draw_panel(&poster, &codes->codes[0]);
    draw_foot(&poster);
}
