#include "base/text.h"
#include "sheet/parts.h"
#include "ui/quilt.h"

#include <string.h>

enum {
    CARD_W = SHEET_A4_W / 2, // 105 mm
    STRIP_W = 74,            // a printer's margin may take 5 mm of it
    TEXT_X = 102,
    QR_PX = 230,   // 39 mm
    CUT_PX = 38,   // more than 6 mm from the cut
    QUIET_PX = 38, // four modules of the smallest code
    QR_X = CARD_W - CUT_PX - QR_PX,
    COLUMN_W = QR_X - QUIET_PX - TEXT_X,
};

// 74.25 mm is no whole number of pixels.
static int row_y(unsigned row)
{
    return (int)(row * SHEET_A4_H + 2) / 4;
}

// Times that take more than one line stand one a line: none ends with the dot between them.
static void draw_times(const struct sheet_scene *scene, const struct facts *facts, struct rect *box)
{
    static const char between[] = "\u00a0· ";
    char times[sizeof facts->times];
    const struct pen *pen = &scene->pen;
    text_copy(times, sizeof times, facts->times);
    char *dot = times;
    while (pen_width(pen, STYLE_CAPTION, facts->times) > box->w &&
           (dot = strstr(dot, between)) != NULL) {
        *dot = '\n';
        memmove(dot + 1, dot + sizeof between - 1, strlen(dot + sizeof between - 1) + 1);
    }
    box->y += pen_paragraph(pen, *box, STYLE_CAPTION, sheet_ink(scene), ALIGN_LEFT, times, 2);
}

// Where the address doesn't fit, its street does without the village.
static void draw_place(const struct sheet_scene *scene, const struct facts *facts, struct rect box,
                       int lines)
{
    const struct pen *pen = &scene->pen;
    unsigned most = lines < 2 ? (unsigned)lines : 2;
    const char *place = facts->place;
    const char *street = strstr(place, ", ");
    if (lines <= 0)
        return;
    if (street != NULL && pen_lines(pen, box.w, STYLE_PAGE_FINE, place, 3) > most &&
        strchr("0123456789", street[2]) == NULL &&
        pen_lines(pen, box.w, STYLE_PAGE_FINE, street + 2, 3) <= most)
        place = street + 2;
    pen_paragraph(pen, box, STYLE_PAGE_FINE, sheet_ink_2(scene), ALIGN_LEFT, place, most);
}

static void draw_facts(const struct sheet_scene *scene, const struct facts *facts, struct rect box)
{
    const struct pen *pen = &scene->pen;
    int bottom = box.y + box.h;
    box.y += pen_paragraph(pen, box, STYLE_PILL, sheet_ink(scene), ALIGN_LEFT, facts->ages, 1);
    draw_times(scene, facts, &box);
    box.y += 6;
    draw_place(scene, facts, box, (bottom - box.y) / pen_style(pen, STYLE_PAGE_FINE)->line_px);
}

// What to do with the code, and the number that a family quotes: its last line ends with the code.
static int draw_foot(const struct sheet_scene *scene, const struct facts *facts, struct rect box,
                     bool coded)
{
    const struct pen *pen = &scene->pen;
    enum word word = facts->over ? WORD_SHEET_CAMERA_CARD_OVER : WORD_SHEET_CAMERA_CARD;
    const char *text = coded ? scene->words->texts[word] : "";
    rgb ink = sheet_ink_2(scene);
    int fine = pen_style(pen, STYLE_PAGE_FINE)->line_px;
    unsigned lines = pen_lines(pen, box.w, STYLE_PAGE_FINE, text, 3);
    unsigned numbers = pen_lines(pen, box.w, STYLE_PAGE_FINE_BOLD, facts->groups, 2);
    int y = box.y + box.h - (int)(lines + numbers) * fine;
    pen_paragraph(pen, (struct rect){box.x, y, box.w, 0}, STYLE_PAGE_FINE, ink, ALIGN_LEFT, text,
                  3);
    pen_paragraph(pen, (struct rect){box.x, y + (int)lines * fine, box.w, 0}, STYLE_PAGE_FINE_BOLD,
                  ink, ALIGN_LEFT, facts->groups, 2);
    return y;
}

static void draw_card(const struct sheet_scene *scene, const struct sheet_item *item,
                      struct rect card, const struct qr *code)
{
    enum { TITLE_LINES = 2, TITLE_Y = 54, GAP_PX = 12 };
    const struct pen *pen = &scene->pen;
    struct facts facts;
    sheet_facts(scene, item, true, &facts);
    struct direction_colors colors = sheet_colors(scene, facts.program->direction);
    quilt_draw(pen->frame, (struct rect){card.x, card.y, STRIP_W, card.h}, STRIP_W,
               facts.program->head.local_id, &colors);
    int x = card.x + TEXT_X;
    int width = CARD_W - TEXT_X - CUT_PX;
    struct rect title = {x, card.y + TITLE_Y, width, 0};
    title.w = sheet_even_width(pen, facts.program->title, width, STYLE_PAGE_CARD, TITLE_LINES);
    pen_line(pen, (struct rect){x, card.y + 30, width, 25}, STYLE_PAGE_FINE, sheet_ink_2(scene),
             ALIGN_LEFT, format_direction(scene->words, facts.program->direction));
    pen_paragraph(pen, title, STYLE_PAGE_CARD, sheet_ink(scene), ALIGN_LEFT, facts.program->title,
                  TITLE_LINES);
    struct rect square = {card.x + QR_X, card.y + card.h - CUT_PX - QR_PX, QR_PX, QR_PX};
    struct rect column = {x, square.y - 4, COLUMN_W, QR_PX + 4};
    bool coded = code->size > 0;
    column.h = draw_foot(scene, &facts, column, coded) - GAP_PX - column.y;
    if (!coded) {
        char text[FORMAT_BYTES];
        sheet_no_code(scene, &facts, text, sizeof text);
        pen_paragraph(pen, square, STYLE_PAGE_FINE, sheet_ink_2(scene), ALIGN_LEFT, text, 9);
    }
    sheet_code(pen, square, code, false);
    draw_facts(scene, &facts, column);
}

static void draw_cuts(const struct sheet_scene *scene, unsigned rows)
{
    const struct pen *pen = &scene->pen;
    rgb ink = sheet_ink_2(scene);
    for (unsigned row = 1; row <= rows && row < 4; row++)
        sheet_dashes(pen, (struct rect){0, row_y(row) - 1, SHEET_A4_W, 2}, ink);
    sheet_dashes(pen, (struct rect){CARD_W - 1, 0, 2, row_y(rows)}, ink);
}

void sheet_draw_cards(const struct sheet_scene *scene, unsigned page,
                      const struct sheet_codes *codes)
{
    uint32_t first = sheet_first_item(scene->order, page);
    uint32_t count = sheet_item_count(scene->order, page);
    for (uint32_t i = 0; i < count; i++) {
        unsigned row = i / 2;
        struct rect card = {(int)(i % 2) * CARD_W, row_y(row), CARD_W, row_y(row + 1) - row_y(row)};
        draw_card(scene, &scene->order->items[first + i], card, &codes->codes[i]);
    }
    draw_cuts(scene, (count + 1) / 2);
}
