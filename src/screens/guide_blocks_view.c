#include "screens/chrome.h"
#include "screens/guide_parts.h"
#include "screens/layout.h"

#include <stdio.h>
#include <string.h>

enum {
    MARK_PX = 96,
    GAP_PX = 26, // between two cards
    CARD_RADIUS = 28,
    CARD_PAD_PX = 40,
    CARD_PAD_Y = 44,
    SQUARE_PX = 96,
    ROW_H = 124,
};

static const enum motif grounds[] = {MOTIF_SUN, MOTIF_MINT, MOTIF_PINK, MOTIF_SKY};
enum { GROUNDS = sizeof grounds / sizeof *grounds };

static rgb ground(const struct guide_page *page, int i)
{
    return guide_is_plain(page) ? pen_color(page->pen, COLOR_ACCENT)
                                : page->pen->theme->motifs[grounds[i % GROUNDS]];
}

static struct block_look white_card(const struct guide_page *page)
{
    return (struct block_look){.fill = pen_color(page->pen, COLOR_SURFACE),
                               .stroke = pen_color(page->pen, COLOR_LINE),
                               .stroke_px = guide_is_plain(page) ? 4 : 2,
                               .radius = CARD_RADIUS};
}

int guide_text_height(const struct guide_page *page, int width, enum style style, const char *text)
{
    return text[0] == '\0' ? 0 : layout_words_height(page->pen, width, style, text);
}

int guide_draw_text(const struct guide_page *page, int x, int y, int width, enum style style,
                    enum color color, const char *text)
{
    if (text[0] == '\0')
        return 0;
    return layout_words(page->pen, (struct rect){x, y, width, 0}, style, color, text);
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
    enum { GAP_TO_STEPS_PX = 34, GAP_TO_CARDS_PX = 58 };
    char text[GUIDE_CELL_BYTES];
    guide_words(page, line->cells[0], text);
    page->y +=
        guide_draw_text(page, page->x, page->y, page->lead_width, STYLE_BODY_L, COLOR_INK_2, text);
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

enum { THINGS_MAX = 6, THING_GAP_PX = 18, THING_PAD_PX = 26, THING_ICON_PX = 48 };

// The words stand below the icon, or in a card as wide as the page beside it.
static struct rect thing_words(const struct guide_page *page, struct rect box)
{
    enum { BELOW_PX = 88, ABOVE_PX = 30 };
    int x = box.w == page->width ? THING_ICON_PX + THING_PAD_PX : 0;
    int y = box.w == page->width ? THING_PAD_PX : BELOW_PX;
    return (struct rect){box.x + THING_PAD_PX + x, box.y + y, box.w - 2 * THING_PAD_PX - x,
                         box.h - y - ABOVE_PX};
}

static int thing_height(struct guide_page *page, int width, const struct guide_line *line)
{
    struct rect words = thing_words(page, (struct rect){0, 0, width, 0});
    char title[GUIDE_CELL_BYTES];
    char text[GUIDE_CELL_BYTES];
    guide_words(page, line->cells[1], title);
    guide_words(page, line->cells[2], text);
    int words_h = guide_text_height(page, words.w, STYLE_BODY_BOLD, title) + 8 +
                  guide_text_height(page, words.w, STYLE_CAPTION, text);
    return (words_h > THING_ICON_PX ? words_h : THING_ICON_PX) - words.h;
}

static void draw_thing(struct guide_page *page, struct rect box, const struct guide_line *line)
{
    const struct pen *pen = page->pen;
    struct rect words = thing_words(page, box);
    char title[GUIDE_CELL_BYTES];
    char text[GUIDE_CELL_BYTES];
    guide_words(page, line->cells[1], title);
    guide_words(page, line->cells[2], text);
    pen_block(pen, box, white_card(page));
    pen_icon(pen, (struct rect){box.x + THING_PAD_PX, box.y + 30, THING_ICON_PX, THING_ICON_PX},
             guide_icon(line->cells[0]), THING_ICON_PX, pen_color(pen, COLOR_INFO));
    words.y +=
        guide_draw_text(page, words.x, words.y, words.w, STYLE_BODY_BOLD, COLOR_INK, title) + 8;
    guide_draw_text(page, words.x, words.y, words.w, STYLE_CAPTION, COLOR_INK_2, text);
}

// Two or three in a row; one below the other in large text or where a title would break.
static unsigned thing_columns(struct guide_page *page, const struct guide_line *things,
                              unsigned count)
{
    char title[GUIDE_CELL_BYTES];
    unsigned columns = count == 2 || count == 4 ? 2 : count < 3 ? count : 3;
    int room = (page->width - (int)(columns - 1) * THING_GAP_PX) / (int)columns - 2 * THING_PAD_PX;
    for (unsigned i = 0; i < count; i++) {
        guide_words(page, things[i].cells[1], title);
        if (layout_widest_word(page->pen, STYLE_BODY_BOLD, title) > room)
            return 1;
    }
    return pen_large(page->pen) ? 1 : columns;
}

// Things to take along stand together, each row as high as its highest.
static void draw_things(struct guide_page *page, const struct guide_line *first)
{
    struct guide_line things[THINGS_MAX + 1];
    char title[GUIDE_CELL_BYTES];
    unsigned count = 0;
    things[0] = *first;
    do {
        guide_words(page, things[count].cells[1], title);
        count += title[0] != '\0' && count < THINGS_MAX;
    } while (take_if(page, GUIDE_BRING, &things[count]));
    for (unsigned i = 0, columns; i < count; i += columns) {
        columns = thing_columns(page, things + i, count - i);
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

static struct button card_button(const char *label)
{
    return (struct button){.kind = BUTTON_SECOND,
                           .style = STYLE_BODY_BOLD,
                           .label = label,
                           .icon_right = ICON_CHEVRON_RIGHT};
}

static void draw_card_button(struct guide_page *page, struct rect box,
                             const struct guide_line *line, const char *label)
{
    enum { SIDES_PX = 120 };
    enum guide_topic topic = guide_topic_parse(line->cells[0]);
    struct button button = card_button(label);
    int width = pen_width(page->pen, STYLE_BODY_BOLD, label) + SIDES_PX;
    box.w = width < box.w ? width : box.w;
    widget_button(page->pen, box, &button,
                  topic == GUIDE_TOPIC_COUNT ? ACTION_CHECK_CERTIFICATE : ACTION_GUIDE, topic);
}

static void draw_card(struct guide_page *page, const struct guide_line *line)
{
    enum { BUTTON_GAP = 22 };
    const struct pen *pen = page->pen;
    char title[GUIDE_CELL_BYTES];
    char text[GUIDE_CELL_BYTES];
    char label[GUIDE_CELL_BYTES];
    struct guide_line button;
    int button_h = 0;
    guide_words(page, line->cells[1], title);
    guide_words(page, line->cells[2], text);
    bool has_button = take_if(page, GUIDE_BUTTON, &button);
    if (title[0] == '\0' || (line->kind == GUIDE_CONTACT && text[0] == '\0'))
        return;
    int x = page->x + CARD_PAD_PX + SQUARE_PX + 32;
    int width = page->x + page->width - CARD_PAD_PX - x;
    if (has_button) {
        guide_words(page, button.cells[1], label);
        struct button look = card_button(label);
        button_h = widget_button_height(pen, width, WIDGET_CHIP_H, &look);
    }
    int height = guide_text_height(page, width, STYLE_TITLE, title) + 6 +
                 guide_text_height(page, width, STYLE_BODY, text) +
                 (has_button ? BUTTON_GAP + button_h + WIDGET_EDGE_PX : 0);
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
        draw_card_button(page, (struct rect){x, y + BUTTON_GAP, width, button_h}, &button, label);
    page->y += height + GAP_PX;
}

// ---- rows and notes

static void draw_link(struct guide_page *page, const struct guide_line *line)
{
    enum { AIR_PX = 16, TEXT_GAP_PX = 7 };
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
    int x = page->x + 100;
    int width = page->width - 100 - 92;
    int title_h = guide_text_height(page, width, STYLE_LABEL, title);
    int text_h = guide_text_height(page, width, STYLE_CAPTION, text);
    int words_h = title_h + (text_h > 0 ? TEXT_GAP_PX + text_h : 0);
    struct rect box = {page->x, page->y, page->width, ROW_H - WIDGET_EDGE_PX};
    if (box.h < words_h + 2 * AIR_PX)
        box.h = words_h + 2 * AIR_PX;
    int y = box.y + widget_card(pen, box, ACTION_GUIDE, topic, title);
    static const enum picture icons[GUIDE_TOPIC_COUNT] = {ICON_CERTIFICATE, ICON_RUBLE,
                                                          ICON_QUESTION, ICON_PERSON, ICON_CALL};
    pen_icon(pen, (struct rect){box.x + 32, y, 44, box.h}, icons[topic], 44,
             pen_color(pen, COLOR_INFO));
    int words_y = y + (box.h - words_h) / 2;
    guide_draw_text(page, x, words_y, width, STYLE_LABEL, COLOR_INK, title);
    guide_draw_text(page, x, words_y + title_h + TEXT_GAP_PX, width, STYLE_CAPTION, COLOR_INK_2,
                    text);
    pen_icon(pen, (struct rect){box.x + box.w - 84, y, 48, box.h}, ICON_CHEVRON_RIGHT, 40,
             pen_color(pen, COLOR_INK));
    page->y += box.h + WIDGET_EDGE_PX + 16;
}

void guide_draw_note(struct guide_page *page, const struct guide_line *line)
{
    char text[GUIDE_CELL_BYTES];
    guide_words(page, line->cells[0], text);
    if (text[0] != '\0')
        draw_note_text(page, text);
}

enum { HELP_X = 122, HELP_RIGHT_PX = 24, HELP_TOP_PX = 36, HELP_GAP_PX = 6, HELP_BOTTOM_PX = 33 };

int guide_help_height(struct guide_page *page, int width, const struct guide_line *line)
{
    char title[GUIDE_CELL_BYTES];
    char text[GUIDE_CELL_BYTES];
    guide_words(page, line->cells[0], title);
    guide_words(page, line->cells[1], text);
    width -= HELP_X + HELP_RIGHT_PX;
    return HELP_TOP_PX + guide_text_height(page, width, STYLE_LABEL, title) + HELP_GAP_PX +
           guide_text_height(page, width, STYLE_BODY, text) + HELP_BOTTOM_PX;
}

void guide_draw_help(struct guide_page *page, struct rect box, const struct guide_line *line)
{
    const struct pen *pen = page->pen;
    char title[GUIDE_CELL_BYTES];
    char text[GUIDE_CELL_BYTES];
    guide_words(page, line->cells[0], title);
    guide_words(page, line->cells[1], text);
    struct block_look look = {.fill = pen_color(pen, COLOR_SUNKEN), .radius = CARD_RADIUS};
    if (page->scene->landscape || guide_is_plain(page))
        look = white_card(page);
    pen_block(pen, box, look);
    pen_icon(pen, (struct rect){box.x + 40, box.y, 56, box.h}, ICON_CALL, 52,
             pen_color(pen, COLOR_INFO));
    int x = box.x + HELP_X;
    int y = box.y + HELP_TOP_PX;
    int width = box.w - HELP_X - HELP_RIGHT_PX;
    y += guide_draw_text(page, x, y, width, STYLE_LABEL, COLOR_INK, title) + HELP_GAP_PX;
    guide_draw_text(page, x, y, width, STYLE_BODY, COLOR_INK, text);
}

static void draw_help(struct guide_page *page, const struct guide_line *line)
{
    int height = guide_help_height(page, page->width, line);
    guide_draw_help(page, (struct rect){page->x, page->y, page->width, height}, line);
    page->y += height + GAP_PX;
}

// A button that follows no card has nothing to stand in.
static void draw_nothing(struct guide_page *page, const struct guide_line *line)
{
    (void)page;
    (void)line;
}

static void (*const drawers[GUIDE_KIND_COUNT])(struct guide_page *page,
                                               const struct guide_line *line) = {
    [GUIDE_LEAD] = draw_lead,       [GUIDE_STEP] = draw_step, [GUIDE_HEAD] = draw_heading,
    [GUIDE_BRING] = draw_things,    [GUIDE_CARD] = draw_card, [GUIDE_BUTTON] = draw_nothing,
    [GUIDE_CODE] = guide_draw_code, [GUIDE_LINK] = draw_link, [GUIDE_NOTE] = guide_draw_note,
    [GUIDE_CONTACT] = draw_card,    [GUIDE_HELP] = draw_help,
};

void guide_draw_line(struct guide_page *page, const struct guide_line *line)
{
    drawers[line->kind](page, line);
}
