#include "screens/chrome.h"
#include "screens/guide_parts.h"

#include <stdio.h>

enum {
    MARK_PX = 96,
    GAP_PX = 26, // between two cards
    CARD_RADIUS = 28,
    CARD_PAD_PX = 40,
    CARD_PAD_Y = 44,
    SQUARE_PX = 96,
    TEXT_LINES_MAX = 8,
    MODULE_PX = 10,
    ROW_H = 124,
};

static const enum motif grounds[] = {MOTIF_SUN, MOTIF_MINT, MOTIF_PINK, MOTIF_SKY};
enum { GROUNDS = sizeof grounds / sizeof *grounds };

static bool is_plain(const struct guide_page *page)
{
    return page->pen->palette == PALETTE_HIGH_CONTRAST;
}

static rgb ground(const struct guide_page *page, int i)
{
    return is_plain(page) ? pen_color(page->pen, COLOR_ACCENT)
                          : page->pen->theme->motifs[grounds[i % GROUNDS]];
}

static struct block_look white_card(const struct guide_page *page)
{
    return (struct block_look){.fill = pen_color(page->pen, COLOR_SURFACE),
                               .stroke = pen_color(page->pen, COLOR_LINE),
                               .stroke_px = is_plain(page) ? 4 : 2,
                               .radius = CARD_RADIUS};
}

// Height the text takes in so many pixels of width.
static int text_height(const struct guide_page *page, int width, enum style style, const char *text)
{
    return text[0] == '\0' ? 0
                           : (int)pen_lines(page->pen, width, style, text, TEXT_LINES_MAX) *
                                 pen_style(page->pen, style)->line_px;
}

int guide_draw_text(const struct guide_page *page, int x, int y, int width, enum style style,
                    enum color color, const char *text)
{
    if (text[0] == '\0')
        return 0;
    return pen_paragraph(page->pen, (struct rect){x, y, width, 0}, style,
                         pen_color(page->pen, color), ALIGN_LEFT, text, TEXT_LINES_MAX);
}

// The line behind the present one is of this kind: then it is taken.
static bool take_if(struct guide_page *page, enum guide_kind kind, struct guide_line *ret_line)
{
    const char *at = page->at;
    struct guide_line line;
    if (!guide_next(&at, &line) || line.kind != kind)
        return false;
    page->at = at;
    *ret_line = line;
    return true;
}

static void draw_lead(struct guide_page *page, const struct guide_line *line)
{
    enum { TABS_GAP_PX = 12, GAP_TO_STEPS_PX = 34, GAP_TO_CARDS_PX = 58 };
    char text[GUIDE_CELL_BYTES];
    guide_words(page, line->cells[0], text);
    int width = page->scene->landscape ? page->width : page->width - GUIDE_READER_W - TABS_GAP_PX;
    page->y += guide_draw_text(page, page->x, page->y, width, STYLE_BODY_L, COLOR_INK_2, text);
    const char *at = page->at;
    struct guide_line next;
    bool steps = guide_next(&at, &next) && next.kind == GUIDE_STEP;
    page->y += steps || page->scene->landscape ? GAP_TO_STEPS_PX : GAP_TO_CARDS_PX;
}

static void draw_note_text(struct guide_page *page, const char *text)
{
    const struct pen *pen = page->pen;
    pen_icon(pen, (struct rect){page->x, page->y, 44, 36}, ICON_INFO, 38,
             pen_color(pen, COLOR_INK_2));
    int height = guide_draw_text(page, page->x + 56, page->y, page->width - 56, STYLE_CAPTION,
                                 COLOR_INK_2, text);
    page->y += (height > 36 ? height : 36) + 24;
}

void guide_draw_undecreed(struct guide_page *page)
{
    char year[12];
    char text[GUIDE_CELL_BYTES];
    if (page->undecreed_day == RECORD_DAY_UNKNOWN)
        return;
    snprintf(year, sizeof year, "%d", date_from_days(page->undecreed_day).year);
    words_fill(page->scene->words, WORD_GUIDE_UNDECREED, &(struct word_part){"year", year}, 1, text,
               sizeof text);
    draw_note_text(page, text);
    page->undecreed_day = RECORD_DAY_UNKNOWN; // once is enough
}

static void draw_step(struct guide_page *page, const struct guide_line *line)
{
    static const enum corner sharp[GROUNDS] = {CORNER_TOP_LEFT, CORNER_TOP_RIGHT,
                                               CORNER_BOTTOM_RIGHT, CORNER_BOTTOM_LEFT};
    const struct pen *pen = page->pen;
    char title[GUIDE_CELL_BYTES];
    char text[GUIDE_CELL_BYTES];
    char number[12];
    guide_words(page, line->cells[0], title);
    guide_words(page, line->cells[1], text);
    if (title[0] == '\0')
        return;
    int y = page->y;
    struct rect mark = {page->x, y, MARK_PX, MARK_PX};
    if (page->step > 0)
        pen_fill(
            pen,
            (struct rect){page->x + MARK_PX / 2 - 2, page->mark_bottom, 4, y - page->mark_bottom},
            pen_color(pen, COLOR_LINE));
    pen_block(pen, mark,
              (struct block_look){.fill = ground(page, page->step),
                                  .radius = MARK_PX / 2,
                                  .corners = CORNER_ALL & ~(unsigned)sharp[page->step % GROUNDS]});
    snprintf(number, sizeof number, "%d", ++page->step);
    pen_line(pen, mark, STYLE_H2, pen_color(pen, COLOR_ON_ACCENT), ALIGN_CENTER, number);
    page->mark_bottom = y + MARK_PX;
    int x = page->x + MARK_PX + 30;
    int width = page->x + page->width - x;
    y += 5;
    y += guide_draw_text(page, x, y, width, STYLE_TITLE, COLOR_INK, title) + 6;
    y += guide_draw_text(page, x, y, width, STYLE_BODY, COLOR_INK, text);
    page->y = (y > page->mark_bottom + 3 ? y : page->mark_bottom + 3) + GAP_PX;
    const char *at = page->at;
    struct guide_line next;
    if (!guide_next(&at, &next) || next.kind != GUIDE_STEP)
        guide_draw_undecreed(page);
}

static void draw_heading(struct guide_page *page, const struct guide_line *line)
{
    char text[GUIDE_CELL_BYTES];
    guide_words(page, line->cells[0], text);
    page->y += 18;
    page->y +=
        guide_draw_text(page, page->x, page->y, page->width, STYLE_LABEL, COLOR_INK, text) + 22;
}

enum { THING_GAP_PX = 18, THING_PAD_PX = 26, THING_TEXT_Y = 88 };

static int thing_height(struct guide_page *page, int width, const struct guide_line *line)
{
    char title[GUIDE_CELL_BYTES];
    char text[GUIDE_CELL_BYTES];
    guide_words(page, line->cells[1], title);
    guide_words(page, line->cells[2], text);
    width -= 2 * THING_PAD_PX;
    return THING_TEXT_Y + text_height(page, width, STYLE_BODY_BOLD, title) + 8 +
           text_height(page, width, STYLE_CAPTION, text) + 30;
}

static void draw_thing(struct guide_page *page, struct rect box, const struct guide_line *line)
{
    const struct pen *pen = page->pen;
    char title[GUIDE_CELL_BYTES];
    char text[GUIDE_CELL_BYTES];
    guide_words(page, line->cells[1], title);
    guide_words(page, line->cells[2], text);
    pen_block(pen, box, white_card(page));
    pen_icon(pen, (struct rect){box.x + THING_PAD_PX, box.y + 30, 48, 48},
             guide_icon(line->cells[0]), 48, pen_color(pen, COLOR_INFO));
    int x = box.x + THING_PAD_PX;
    int width = box.w - 2 * THING_PAD_PX;
    int y = box.y + THING_TEXT_Y;
    y += guide_draw_text(page, x, y, width, STYLE_BODY_BOLD, COLOR_INK, title) + 8;
    guide_draw_text(page, x, y, width, STYLE_CAPTION, COLOR_INK_2, text);
}

// Things to take along stand together: two or three in a row, each row as high as its highest.
static void draw_things(struct guide_page *page, const struct guide_line *first)
{
    enum { THINGS_MAX = 6 };
    struct guide_line things[THINGS_MAX + 1];
    char title[GUIDE_CELL_BYTES];
    unsigned count = 0;
    things[0] = *first;
    do {
        guide_words(page, things[count].cells[1], title);
        count += title[0] != '\0' && count < THINGS_MAX;
    } while (take_if(page, GUIDE_BRING, &things[count]));
    for (unsigned i = 0, columns; i < count; i += columns) {
        unsigned left = count - i;
        columns = left == 2 || left == 4 ? 2 : left < 3 ? left : 3;
        int width = (page->width - (int)(columns - 1) * THING_GAP_PX) / (int)columns;
        int height = 0;
        for (unsigned j = 0; j < columns; j++) {
            int needs = thing_height(page, width, &things[i + j]);
            height = needs > height ? needs : height;
        }
        for (unsigned j = 0; j < columns; j++)
            draw_thing(
                page,
                (struct rect){page->x + (int)j * (width + THING_GAP_PX), page->y, width, height},
                &things[i + j]);
        page->y += height + THING_GAP_PX;
    }
    page->y += GAP_PX;
}

static void draw_card_button(struct guide_page *page, struct rect box,
                             const struct guide_line *line)
{
    char label[GUIDE_CELL_BYTES];
    guide_words(page, line->cells[1], label);
    enum guide_topic topic = guide_topic_parse(line->cells[0]);
    struct button button = {.kind = BUTTON_SECOND,
                            .style = STYLE_BODY_BOLD,
                            .label = label,
                            .icon_right = ICON_CHEVRON_RIGHT};
    enum { SIDES_PX = 120 };
    int width = pen_width(page->pen, STYLE_BODY_BOLD, label) + SIDES_PX;
    box.w = width < box.w ? width : box.w;
    widget_button(page->pen, box, &button,
                  topic == GUIDE_TOPIC_COUNT ? ACTION_CHECK_CERTIFICATE : ACTION_GUIDE, topic);
}

static void draw_card(struct guide_page *page, const struct guide_line *line)
{
    enum { BUTTON_H = 88, BUTTON_GAP = 22 };
    const struct pen *pen = page->pen;
    char title[GUIDE_CELL_BYTES];
    char text[GUIDE_CELL_BYTES];
    struct guide_line button;
    guide_words(page, line->cells[1], title);
    guide_words(page, line->cells[2], text);
    bool has_button = take_if(page, GUIDE_BUTTON, &button);
    if (title[0] == '\0' || (line->kind == GUIDE_CONTACT && text[0] == '\0'))
        return;
    int x = page->x + CARD_PAD_PX + SQUARE_PX + 32;
    int width = page->x + page->width - CARD_PAD_PX - x;
    int height = text_height(page, width, STYLE_TITLE, title) + 6 +
                 text_height(page, width, STYLE_BODY, text) +
                 (has_button ? BUTTON_GAP + BUTTON_H + WIDGET_EDGE_PX : 0);
    height = (height > SQUARE_PX ? height : SQUARE_PX) + 2 * CARD_PAD_Y;
    struct rect box = {page->x, page->y, page->width, height};
    struct rect square = {box.x + CARD_PAD_PX, box.y + CARD_PAD_Y, SQUARE_PX, SQUARE_PX};
    pen_block(pen, box, white_card(page));
    pen_block(pen, square, (struct block_look){.fill = ground(page, page->step++), .radius = 28});
    pen_icon(pen, square, guide_icon(line->cells[0]), 52, pen_color(pen, COLOR_ON_ACCENT));
    int y = box.y + CARD_PAD_Y;
    y += guide_draw_text(page, x, y, width, STYLE_TITLE, COLOR_INK, title) + 6;
    y += guide_draw_text(page, x, y, width, STYLE_BODY, COLOR_INK, text);
    if (has_button)
        draw_card_button(page, (struct rect){x, y + BUTTON_GAP, width, BUTTON_H}, &button);
    page->y += height + GAP_PX;
}

// ---- the code

// The code on its white panel, the host beneath it for people. Returns the panel's width.
static int code_panel_px(const struct guide_page *page)
{
    return (page->scene->visit->guide.code.size + 2 * QR_QUIET_MODULES) * MODULE_PX;
}

static void draw_code_panel(const struct guide_page *page, int x, int y, const char *host)
{
    enum { HOST_H = 40 };
    const struct pen *pen = page->pen;
    const struct qr *code = &page->scene->visit->guide.code;
    const rgb *normal = pen->theme->colors[PALETTE_NORMAL]; // black on white in every theme
    int side = code_panel_px(page);
    pen_block(pen, (struct rect){x, y, side, side + HOST_H - QR_QUIET_MODULES * MODULE_PX / 4},
              (struct block_look){.fill = normal[COLOR_SURFACE],
                                  .stroke = pen_color(pen, COLOR_INK),
                                  .stroke_px = 6,
                                  .radius = 40});
    struct rect inner = rect_inset((struct rect){x, y, side, side}, QR_QUIET_MODULES * MODULE_PX);
    struct draw *draw = frame_draw(pen->frame, DRAW_QR, inner, 0x000000);
    if (draw != NULL) {
        draw->modules = code->dark;
        draw->modules_a_side = code->size;
        pen->frame->bright = true;
    }
    pen_line(pen, (struct rect){x + 16, y + side - 22, side - 32, HOST_H}, STYLE_PILL,
             normal[COLOR_INK], ALIGN_CENTER, host);
}

enum { PANEL_HOST_H = 30 };

void guide_draw_band(struct guide_page *page, const struct guide_line *line, struct rect band)
{
    enum { FIGURE_PX = 240 };
    const struct pen *pen = page->pen;
    bool coded = page->scene->visit->guide.code.size > 0;
    bool landscape = page->scene->landscape;
    char title[GUIDE_CELL_BYTES];
    char text[GUIDE_CELL_BYTES];
    char url[LINK_BYTES];
    char host[LINK_HOST_BYTES] = "";
    guide_words(page, line->cells[1], title);
    guide_words(page, coded ? line->cells[2] : page->scene->words->texts[WORD_GUIDE_NO_CODE], text);
    pen_block(pen, band,
              (struct block_look){.fill = is_plain(page) ? pen_color(pen, COLOR_PAPER)
                                                         : pen->theme->motifs[MOTIF_MINT],
                                  .stroke = pen_color(pen, COLOR_LINE),
                                  .stroke_px = is_plain(page) ? 4 : 0,
                                  .radius = landscape ? 40 : 0});
    int x = band.x + CHROME_MARGIN;
    int y = band.y + 28;
    int width = band.w - 2 * CHROME_MARGIN;
    if (coded && guide_code_link(page->scene->config, line->cells[0], url) &&
        link_host_unicode(url, host) && !landscape) {
        draw_code_panel(page, x, y, host);
        x += code_panel_px(page) + 40;
        width -= code_panel_px(page) + 40;
    }
    bool figure = !is_plain(page) && !landscape;
    if (figure) {
        frame_clip_push(pen->frame, band);
        pen_picture(pen,
                    (struct rect){band.x + band.w - FIGURE_PX - 24, band.y + band.h - FIGURE_PX + 8,
                                  FIGURE_PX, FIGURE_PX},
                    PICTURE_FIGURE_SCIENCE, CROP_FIT);
        frame_clip_pop(pen->frame);
    }
    y += landscape ? 8 : 20;
    y += guide_draw_text(page, x, y, width, STYLE_H2, COLOR_INK, title) + 10;
    // The figure stands beside the text only where it is alone.
    int room = figure && !coded ? width - FIGURE_PX : width;
    y += guide_draw_text(page, x, y, room, STYLE_BODY, COLOR_INK, text);
    if (coded && landscape)
        draw_code_panel(page, band.x + (band.w - code_panel_px(page)) / 2, y + 24, host);
}

static void draw_code(struct guide_page *page, const struct guide_line *line)
{
    bool coded = page->scene->visit->guide.code.size > 0;
    int height = coded ? code_panel_px(page) + PANEL_HOST_H + 56 : 220;
    page->y += 12;
    guide_draw_band(page, line, (struct rect){0, page->y, page->scene->width, height});
    page->y += height + 32;
}

// ---- rows and notes

static void draw_link(struct guide_page *page, const struct guide_line *line)
{
    const struct pen *pen = page->pen;
    char title[GUIDE_CELL_BYTES];
    char text[GUIDE_CELL_BYTES];
    uint32_t count;
    enum guide_topic topic = guide_topic_parse(line->cells[0]);
    const struct guide *pages = guide_pages(page->scene->catalog, page->scene->guide, &count);
    guide_words(page, line->cells[1], title);
    guide_words(page, line->cells[2], text);
    if (guide_find(pages, count, topic) == NULL || title[0] == '\0')
        return;
    struct rect box = {page->x, page->y, page->width, ROW_H - WIDGET_EDGE_PX};
    int y = box.y + widget_card(pen, box, ACTION_GUIDE, topic, title);
    static const enum picture icons[GUIDE_TOPIC_COUNT] = {ICON_CERTIFICATE, ICON_RUBLE,
                                                          ICON_QUESTION, ICON_PERSON, ICON_CALL};
    pen_icon(pen, (struct rect){box.x + 32, y, 44, box.h}, icons[topic], 44,
             pen_color(pen, COLOR_INFO));
    int x = box.x + 100;
    int width = box.w - 100 - 92;
    bool two = text[0] != '\0';
    pen_line(pen, (struct rect){x, y + (two ? 16 : 37), width, 42}, STYLE_LABEL,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, title);
    if (two)
        pen_line(pen, (struct rect){x, y + 62, width, 36}, STYLE_CAPTION,
                 pen_color(pen, COLOR_INK_2), ALIGN_LEFT, text);
    pen_icon(pen, (struct rect){box.x + box.w - 84, y, 48, box.h}, ICON_CHEVRON_RIGHT, 40,
             pen_color(pen, COLOR_INK));
    page->y += ROW_H + 16;
}

static void draw_note(struct guide_page *page, const struct guide_line *line)
{
    char text[GUIDE_CELL_BYTES];
    guide_words(page, line->cells[0], text);
    if (text[0] != '\0')
        draw_note_text(page, text);
}

void guide_draw_help(struct guide_page *page, struct rect box, const struct guide_line *line)
{
    const struct pen *pen = page->pen;
    char title[GUIDE_CELL_BYTES];
    char text[GUIDE_CELL_BYTES];
    guide_words(page, line->cells[0], title);
    guide_words(page, line->cells[1], text);
    struct block_look look = {.fill = pen_color(pen, COLOR_SUNKEN), .radius = CARD_RADIUS};
    if (page->scene->landscape || is_plain(page))
        look = white_card(page);
    pen_block(pen, box, look);
    pen_icon(pen, (struct rect){box.x + 40, box.y, 56, box.h}, ICON_CALL, 52,
             pen_color(pen, COLOR_INFO));
    int x = box.x + 122;
    int width = box.x + box.w - 24 - x;
    pen_line(pen, (struct rect){x, box.y + 34, width, 42}, STYLE_LABEL, pen_color(pen, COLOR_INK),
             ALIGN_LEFT, title);
    pen_line(pen, (struct rect){x, box.y + 80, width, 41}, STYLE_BODY, pen_color(pen, COLOR_INK),
             ALIGN_LEFT, text);
}

static void draw_help(struct guide_page *page, const struct guide_line *line)
{
    guide_draw_help(page, (struct rect){page->x, page->y, page->width, GUIDE_HELP_H}, line);
    page->y += GUIDE_HELP_H + GAP_PX;
}

// A button that follows no card has nothing to stand in.
static void draw_nothing(struct guide_page *page, const struct guide_line *line)
{
    (void)page;
    (void)line;
}

static void (*const drawers[GUIDE_KIND_COUNT])(struct guide_page *page,
                                               const struct guide_line *line) = {
    [GUIDE_LEAD] = draw_lead,    [GUIDE_STEP] = draw_step, [GUIDE_HEAD] = draw_heading,
    [GUIDE_BRING] = draw_things, [GUIDE_CARD] = draw_card, [GUIDE_BUTTON] = draw_nothing,
    [GUIDE_CODE] = draw_code,    [GUIDE_LINK] = draw_link, [GUIDE_NOTE] = draw_note,
    [GUIDE_CONTACT] = draw_card, [GUIDE_HELP] = draw_help,
};

void guide_draw_line(struct guide_page *page, const struct guide_line *line)
{
    drawers[line->kind](page, line);
}
