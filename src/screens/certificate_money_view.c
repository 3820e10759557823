#include "base/text.h"
#include "screens/certificate_parts.h"

#include <math.h>
#include <stdio.h>

const char *result_text(const struct result_page *result, enum word word)
{
    return result->scene->words->texts[word];
}

void result_amount(const struct result_page *result, int64_t amount, char *ret_text)
{
    if (result->hidden || amount == CERTIFICATE_AMOUNT_UNKNOWN)
        text_copy(ret_text, FORMAT_BYTES, result_text(result, WORD_RESULT_HIDDEN));
    else
        format_amount(result->scene->words, result->answer->unit, amount, ret_text, FORMAT_BYTES);
}

bool result_has_money(const struct certificate *answer)
{
    return answer->kind != CERTIFICATE_ACCOUNTING && answer->balance != CERTIFICATE_AMOUNT_UNKNOWN;
}

static void period_text(const struct result_page *result, char *ret_text)
{
    const struct certificate *answer = result->answer;
    const struct words *words = result->scene->words;
    ret_text[0] = '\0';
    if (answer->period_from.year == 0 || answer->period_to.year == 0)
        return;
    bool whole_year = answer->period_from.month == 1 && answer->period_from.day == 1 &&
                      answer->period_to.month == 12 && answer->period_to.day == 31 &&
                      answer->period_from.year == answer->period_to.year;
    if (whole_year) {
        char year[16];
        snprintf(year, sizeof year, "%d", answer->period_from.year);
        words_fill(words, WORD_RESULT_YEAR, &(struct word_part){"year", year}, 1, ret_text,
                   FORMAT_BYTES);
        return;
    }
    char from[FORMAT_BYTES];
    char to[FORMAT_BYTES];
    format_date(words, date_to_days(answer->period_from), false, from, sizeof from);
    format_date(words, date_to_days(answer->period_to), false, to, sizeof to);
    words_fill(words, WORD_RESULT_PERIOD, (struct word_part[]){{"from", from}, {"to", to}}, 2,
               ret_text, FORMAT_BYTES);
}

enum cube_kind { CUBE_LEFT, CUBE_RESERVED, CUBE_SPENT };

struct cube_colors {
    rgb ground;
    rgb shape;
};

static struct cube_colors cube_colors(const struct pen *pen, enum cube_kind kind)
{
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
    rgb paper = pen_color(pen, COLOR_PAPER);
    rgb ink = pen_color(pen, COLOR_INK);
    const rgb *motifs = pen->theme->motifs;
    switch (kind) {
    case CUBE_LEFT:
        return plain ? (struct cube_colors){pen_color(pen, COLOR_ACCENT), paper}
                     : (struct cube_colors){motifs[MOTIF_LEAF], motifs[MOTIF_MINT]};
    case CUBE_RESERVED:
        return plain ? (struct cube_colors){ink, paper}
                     : (struct cube_colors){motifs[MOTIF_SUN], motifs[MOTIF_CREAM]};
    case CUBE_SPENT:
        break;
    }
    return plain ? (struct cube_colors){paper, ink}
                 : (struct cube_colors){pen_color(pen, COLOR_TRACK),
                                        pen_color(pen, COLOR_KEY_FN_EDGE)};
}

static void draw_quarter(const struct pen *pen, struct rect box, struct cube_colors colors,
                         unsigned place)
{
    int half = box.w * 11 / 20;
    struct rect quarter = {place & 1 ? box.x : box.x + box.w - half,
                           place & 2 ? box.y : box.y + box.h - half, half, half};
    struct draw *draw = frame_draw(pen->frame, DRAW_MODULE, quarter, colors.shape);
    if (draw == NULL)
        return;
    draw->picture = MODULE_QUARTER;
    draw->stroke = colors.ground;
    draw->turns = (uint8_t[]){0, 1, 3, 2}[place & 3];
}

// One cube, or a vertical slice of it: shapes differ as well as colours.
static void draw_cube(const struct result_page *result, struct rect box, struct rect slice,
                      enum cube_kind kind, unsigned place)
{
    const struct pen *pen = &result->pen;
    struct cube_colors colors = cube_colors(pen, kind);
    frame_clip_push(pen->frame, slice);
    frame_round_clip(pen->frame, box, CORNER_ALL, 18);
    pen_fill(pen, box, colors.ground);
    switch (kind) {
    case CUBE_LEFT:
        draw_quarter(pen, box, colors, place);
        break;
    case CUBE_RESERVED:
        pen_block(pen, rect_inset(box, box.w / 4),
                  (struct block_look){.fill = colors.shape, .radius = box.w / 4});
        break;
    case CUBE_SPENT:
        pen_icon(pen, box, ICON_CLOSE, box.w * 7 / 10, colors.shape);
        break;
    }
    frame_round_clip_end(pen->frame);
    frame_clip_pop(pen->frame);
}

static void draw_cubes(const struct result_page *result, struct rect area,
                       const struct certificate_cubes *cubes)
{
    enum { A_ROW = 10, GAP_PX = 9 };
    int size = (area.w - (A_ROW - 1) * GAP_PX) / A_ROW;
    double ends[] = {cubes->left, cubes->left + cubes->reserved, cubes->count};
    for (unsigned i = 0; i < cubes->count; i++) {
        struct rect box = {area.x + (int)(i % A_ROW) * (size + GAP_PX),
                           area.y + (int)(i / A_ROW) * (size + GAP_PX), size, size};
        double from = i;
        for (int kind = CUBE_LEFT; kind <= CUBE_SPENT; kind++) {
            double to = fmin(ends[kind], i + 1.0);
            int left = box.x + (int)lround((from - i) * size);
            int right = box.x + (int)lround((to - i) * size);
            if (to <= from || right <= left)
                continue;
            draw_cube(result, box, (struct rect){left, box.y, right - left, size},
                      (enum cube_kind)kind, i * 7 + i / 3);
            from = to;
        }
    }
}

static int cubes_height(const struct certificate_cubes *cubes, int width)
{
    int size = (width - 9 * 9) / 10;
    return cubes->count > 10 ? 2 * size + 9 : size;
}

static int draw_figure(const struct result_page *result, struct rect row, enum cube_kind kind,
                       enum word word, int64_t amount, bool last)
{
    static const enum motif motifs[] = {MOTIF_LEAF, MOTIF_SUN, MOTIF_CREAM};
    const struct pen *pen = &result->pen;
    char text[FORMAT_BYTES];
    if (amount == CERTIFICATE_AMOUNT_UNKNOWN)
        return row.y;
    rgb mark = kind == CUBE_SPENT ? pen_color(pen, COLOR_TRACK) : pen->theme->motifs[motifs[kind]];
    pen_block(pen, (struct rect){row.x, row.y + 23, 36, 36},
              (struct block_look){.fill = mark, .radius = 10});
    pen_line(pen, (struct rect){row.x + 58, row.y, row.w / 2, 82}, STYLE_BODY_BOLD,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, result_text(result, word));
    result_amount(result, amount, text);
    pen_line(pen, (struct rect){row.x + row.w / 2, row.y, row.w / 2, 82}, STYLE_BUTTON,
             pen_color(pen, COLOR_INK), ALIGN_RIGHT, text);
    if (!last)
        pen_fill(pen, (struct rect){row.x, row.y + 82, row.w, 2}, pen_color(pen, COLOR_LINE));
    return row.y + 83;
}

int result_draw_money(const struct result_page *result, int y)
{
    const struct pen *pen = &result->pen;
    const struct certificate *answer = result->answer;
    struct certificate_cubes cubes;
    bool drawn = !result->hidden && certificate_cubes(answer, &cubes);
    int inner_x = result->x + 40;
    int inner_w = result->width - 80;
    int cubes_h = drawn ? cubes_height(&cubes, inner_w) + 34 : 0;
    int rows = 1 + (answer->reserved != CERTIFICATE_AMOUNT_UNKNOWN) +
               (answer->charged != CERTIFICATE_AMOUNT_UNKNOWN);
    int height = 98 + cubes_h + rows * 83 + 16;
    char text[FORMAT_BYTES];
    char label[FORMAT_BYTES * 2];
    pen_block(pen, (struct rect){result->x, y, result->width, height},
              (struct block_look){.fill = pen_color(pen, COLOR_SURFACE),
                                  .stroke = pen_color(pen, COLOR_LINE),
                                  .stroke_px = 2,
                                  .radius = 36});
    if (drawn) {
        format_amount(result->scene->words, answer->unit, cubes.cube_amount, text, sizeof text);
        words_fill(result->scene->words, WORD_RESULT_CUBE, &(struct word_part){"amount", text}, 1,
                   label, sizeof label);
        pen_line(pen, (struct rect){inner_x, y + 34, inner_w / 2, 41}, STYLE_BODY_BOLD,
                 pen_color(pen, COLOR_INK), ALIGN_LEFT, label);
        draw_cubes(result, (struct rect){inner_x, y + 98, inner_w, 0}, &cubes);
    }
    period_text(result, text);
    pen_line(pen, (struct rect){inner_x + inner_w / 2, y + 34, inner_w / 2, 41}, STYLE_CAPTION,
             pen_color(pen, COLOR_INK_2), ALIGN_RIGHT, text);
    struct rect row = {inner_x, y + (drawn ? 84 + cubes_h : 84), inner_w, 0};
    row.y = draw_figure(result, row, CUBE_LEFT, WORD_RESULT_LEFT, answer->balance, rows == 1);
    row.y = draw_figure(result, row, CUBE_RESERVED, WORD_RESULT_RESERVED, answer->reserved,
                        answer->charged == CERTIFICATE_AMOUNT_UNKNOWN);
    draw_figure(result, row, CUBE_SPENT, WORD_RESULT_CHARGED, answer->charged, true);
    return y + height;
}
