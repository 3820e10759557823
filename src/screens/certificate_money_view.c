#include "base/text.h"
#include "screens/certificate.h"
#include "screens/certificate_parts.h"

#include <math.h>
#include <string.h>

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

enum { FIGURE_H = 82, FIGURE_NOTED_H = 104, NOTE_BYTES = 3 * FORMAT_BYTES };

struct figure {
    enum cube_kind kind;
    enum word word;
    int64_t amount;
    char note[NOTE_BYTES]; // beneath the word, or ""
};

static int draw_figure(const struct result_page *result, struct rect row,
                       const struct figure *figure, bool last)
{
    static const enum motif motifs[] = {MOTIF_LEAF, MOTIF_SUN, MOTIF_CREAM};
    const struct pen *pen = &result->pen;
    bool noted = figure->note[0] != '\0';
    char text[FORMAT_BYTES];
    int height = noted ? FIGURE_NOTED_H : FIGURE_H;
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
    rgb mark = plain                        ? cube_colors(pen, figure->kind).ground
               : figure->kind == CUBE_SPENT ? pen_color(pen, COLOR_TRACK)
                                            : pen->theme->motifs[motifs[figure->kind]];
    pen_block(pen, (struct rect){row.x, row.y + (height - 36) / 2, 36, 36},
              (struct block_look){.fill = mark,
                                  .stroke = pen_color(pen, COLOR_INK),
                                  .stroke_px = plain ? 3 : 0,
                                  .radius = 10});
    result_amount(result, figure->amount, text);
    int amount_w = pen_width(pen, STYLE_BUTTON, text);
    int word_w = row.w - 58 - amount_w - 24;
    pen_line(pen, (struct rect){row.x + 58, row.y + (noted ? 14 : 0), word_w, noted ? 41 : height},
             STYLE_BODY_BOLD, pen_color(pen, COLOR_INK), ALIGN_LEFT,
             result_text(result, figure->word));
    if (noted)
        pen_line(pen, (struct rect){row.x + 58, row.y + 56, word_w, 36}, STYLE_CAPTION,
                 pen_color(pen, COLOR_INK_2), ALIGN_LEFT, figure->note);
    pen_line(pen, (struct rect){row.x + row.w / 2, row.y, row.w / 2, height}, STYLE_BUTTON,
             pen_color(pen, COLOR_INK), ALIGN_RIGHT, text);
    if (!last)
        pen_fill(pen, (struct rect){row.x, row.y + height, row.w, 2}, pen_color(pen, COLOR_LINE));
    return row.y + height + 1;
}

// What the reserve is for: the programs of the contracts, where the details tell them.
static void reserved_note(const struct result_page *result, char *ret_note)
{
    const struct certificate *answer = result->answer;
    char names[NOTE_BYTES] = "";
    struct text text;
    text_init(&text, names, sizeof names);
    for (uint32_t i = 0; i < answer->contract_count; i++)
        text_addf(&text, "%s%s", i > 0 ? ", " : "", answer->contracts[i].title);
    if (answer->reserved <= 0 || result->hidden)
        text_copy(ret_note, NOTE_BYTES, "");
    else if (names[0] == '\0')
        text_copy(ret_note, NOTE_BYTES, result_text(result, WORD_RESULT_RESERVED_NOTE));
    else
        words_fill(result->scene->words, WORD_RESULT_RESERVED_FOR,
                   &(struct word_part){"names", names}, 1, ret_note, NOTE_BYTES);
    explicit_bzero(names, sizeof names);
}

static void charged_note(const struct result_page *result, char *ret_note)
{
    char nominal[FORMAT_BYTES];
    text_copy(ret_note, NOTE_BYTES, "");
    if (result->answer->nominal <= 0 || result->hidden)
        return;
    result_amount(result, result->answer->nominal, nominal);
    words_fill(result->scene->words, WORD_RESULT_OF_NOMINAL, &(struct word_part){"amount", nominal},
               1, ret_note, NOTE_BYTES);
}

// Returns how many of the three are known.
static unsigned find_figures(const struct result_page *result, struct figure ret_figures[3])
{
    const struct certificate *answer = result->answer;
    unsigned count = 0;
    ret_figures[count++] = (struct figure){
        .kind = CUBE_LEFT,
        .word = certificate_rest(result->scene->visit).known ? WORD_RESULT_LEFT : WORD_RESULT_REST,
        .amount = answer->balance};
    if (answer->reserved != CERTIFICATE_AMOUNT_UNKNOWN) {
        struct figure *figure = &ret_figures[count++];
        *figure = (struct figure){
            .kind = CUBE_RESERVED, .word = WORD_RESULT_RESERVED, .amount = answer->reserved};
        reserved_note(result, figure->note);
    }
    if (answer->charged != CERTIFICATE_AMOUNT_UNKNOWN) {
        struct figure *figure = &ret_figures[count++];
        *figure = (struct figure){
            .kind = CUBE_SPENT, .word = WORD_RESULT_CHARGED, .amount = answer->charged};
        charged_note(result, figure->note);
    }
    return count;
}

int result_draw_money(const struct result_page *result, int y)
{
    const struct pen *pen = &result->pen;
    const struct certificate *answer = result->answer;
    const struct words *words = result->scene->words;
    struct certificate_cubes cubes;
    struct figure figures[3];
    bool drawn = !result->hidden && certificate_cubes(answer, &cubes);
    struct rect inner = {result->x + 40, y, result->width - 80, 0};
    unsigned count = find_figures(result, figures);
    char text[FORMAT_BYTES];
    char period[FORMAT_BYTES];
    char label[FORMAT_BYTES * 2];
    format_period(words, answer->period_from, answer->period_to, period, sizeof period);
    bool head = drawn || period[0] != '\0';
    int top = head ? 84 : 12;
    int cubes_h = drawn ? cubes_height(&cubes, inner.w) + 34 : 0;
    int height = top + cubes_h + 16;
    for (unsigned i = 0; i < count; i++)
        height += 1 + (figures[i].note[0] != '\0' ? FIGURE_NOTED_H : FIGURE_H);
    pen_block(pen, (struct rect){result->x, y, result->width, height},
              (struct block_look){.fill = pen_color(pen, COLOR_SURFACE),
                                  .stroke = pen_color(pen, COLOR_LINE),
                                  .stroke_px = 2,
                                  .radius = 36});
    if (drawn) {
        format_amount(words, answer->unit, cubes.cube_amount, text, sizeof text);
        words_fill(words, WORD_RESULT_CUBE, &(struct word_part){"amount", text}, 1, label,
                   sizeof label);
        pen_line(pen, (struct rect){inner.x, y + 34, inner.w / 2, 41}, STYLE_BODY_BOLD,
                 pen_color(pen, COLOR_INK), ALIGN_LEFT, label);
        draw_cubes(result, (struct rect){inner.x, y + 98, inner.w, 0}, &cubes);
    }
    pen_line(pen, (struct rect){inner.x + inner.w / 2, y + 34, inner.w / 2, 41}, STYLE_CAPTION,
             pen_color(pen, COLOR_INK_2), ALIGN_RIGHT, period);
    inner.y = y + top + cubes_h;
    for (unsigned i = 0; i < count; i++)
        inner.y = draw_figure(result, inner, &figures[i], i + 1 == count);
    explicit_bzero(figures, sizeof figures);
    return y + height;
}
