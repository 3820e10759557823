#include "base/text.h"
#include "screens/certificate.h"
#include "screens/certificate_parts.h"
#include "screens/layout.h"

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

enum { FIGURE_H = 82, FIGURE_X = 58, FIGURE_PAD_PX = 14, NOTE_BYTES = 3 * FORMAT_BYTES };

struct figure {
    enum cube_kind kind;
    enum word word;
    int64_t amount;
    char note[NOTE_BYTES]; // beneath the word, or ""
};

static void draw_mark(const struct result_page *result, int x, int middle, enum cube_kind kind)
{
    enum { MARK_PX = 36 };
    static const enum motif motifs[] = {MOTIF_LEAF, MOTIF_SUN, MOTIF_CREAM};
    const struct pen *pen = &result->pen;
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
    rgb mark = plain                ? cube_colors(pen, kind).ground
               : kind == CUBE_SPENT ? pen_color(pen, COLOR_TRACK)
                                    : pen->theme->motifs[motifs[kind]];
    pen_block(pen, (struct rect){x, middle - MARK_PX / 2, MARK_PX, MARK_PX},
              (struct block_look){.fill = mark,
                                  .stroke = pen_color(pen, COLOR_INK),
                                  .stroke_px = plain ? 3 : 0,
                                  .radius = 10});
}

// The amount stands right of the words, or below where a word needs their line.
static int draw_figure(const struct result_page *result, struct rect row,
                       const struct figure *figure, bool last)
{
    const struct pen *pen = &result->pen;
    const char *word = result_text(result, figure->word);
    bool noted = figure->note[0] != '\0';
    char amount[FORMAT_BYTES];
    result_amount(result, figure->amount, amount);
    struct rect words = {row.x + FIGURE_X, row.y + FIGURE_PAD_PX, row.w - FIGURE_X, 0};
    int beside_w = words.w - pen_width(pen, STYLE_BUTTON, amount) - 24;
    bool beside = layout_fits(pen, beside_w, STYLE_BODY_BOLD, word);
    if (beside)
        words.w = beside_w;
    int line = pen_style(pen, STYLE_BODY_BOLD)->line_px;
    if (beside && !noted)
        words.y = row.y + (FIGURE_H > line ? (FIGURE_H - line) / 2 : 0);
    words.y += layout_words(pen, words, STYLE_BODY_BOLD, COLOR_INK, word);
    if (!beside)
        words.y += layout_words(pen, words, STYLE_BUTTON, COLOR_INK, amount);
    words.y += 2;
    struct pen quiet = *pen;
    quiet.hushed = result->answer->contract_count > 0; // a note then names them
    if (noted)
        words.y += layout_words(&quiet, words, STYLE_CAPTION, COLOR_INK_2, figure->note);
    int height = words.y + FIGURE_PAD_PX - 1 - row.y;
    height = height > FIGURE_H ? height : FIGURE_H;
    draw_mark(result, row.x, row.y + height / 2, figure->kind);
    if (beside)
        pen_line(pen, (struct rect){row.x, row.y, row.w, height}, STYLE_BUTTON,
                 pen_color(pen, COLOR_INK), ALIGN_RIGHT, amount);
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

// What is in the box of money, drawn once unseen for its height.
struct money {
    const struct result_page *result;
    struct certificate_cubes cubes;
    bool drawn; // the cubes
    struct figure figures[3];
    unsigned count;
    struct rect inner;
};

// What a cube is worth, and the period: in one line, or one below the other.
static int draw_money_head(const struct money *money, int y)
{
    const struct result_page *result = money->result;
    const struct pen *pen = &result->pen;
    const struct certificate *answer = result->answer;
    const struct words *words = result->scene->words;
    char amount[FORMAT_BYTES];
    char period[FORMAT_BYTES];
    char label[FORMAT_BYTES * 2] = "";
    format_period(words, answer->period_from, answer->period_to, period, sizeof period);
    if (!money->drawn && period[0] == '\0')
        return y + 12;
    if (money->drawn) {
        format_amount(words, answer->unit, money->cubes.cube_amount, amount, sizeof amount);
        words_fill(words, WORD_RESULT_CUBE, &(struct word_part){"amount", amount}, 1, label,
                   sizeof label);
    }
    struct rect line = {money->inner.x, y + 34, money->inner.w, 0};
    int half = line.w / 2;
    bool row = layout_fits(pen, half, STYLE_BODY_BOLD, label) &&
               layout_fits(pen, half, STYLE_CAPTION, period);
    int height = layout_words(pen, line, STYLE_BODY_BOLD, COLOR_INK, label);
    int least = pen_style(pen, STYLE_BODY_BOLD)->line_px;
    if (row) {
        height = least;
        pen_line(pen, (struct rect){line.x + half, line.y, half, height}, STYLE_CAPTION,
                 pen_color(pen, COLOR_INK_2), ALIGN_RIGHT, period);
    } else {
        line.y += height;
        height += layout_words(pen, line, STYLE_CAPTION, COLOR_INK_2, period);
    }
    return y + 34 + height + 9;
}

static int draw_money_inside(const void *context, int y)
{
    const struct money *money = context;
    struct rect inner = money->inner;
    inner.y = draw_money_head(money, y);
    if (money->drawn) {
        draw_cubes(money->result, (struct rect){inner.x, inner.y + 14, inner.w, 0}, &money->cubes);
        inner.y += cubes_height(&money->cubes, inner.w) + 34;
    }
    for (unsigned i = 0; i < money->count; i++)
        inner.y = draw_figure(money->result, inner, &money->figures[i], i + 1 == money->count);
    return inner.y + 16;
}

int result_draw_money(const struct result_page *result, int y)
{
    const struct pen *pen = &result->pen;
    struct money money = {.result = result, .inner = {result->x + 40, y, result->width - 80, 0}};
    money.drawn = !result->hidden && certificate_cubes(result->answer, &money.cubes);
    money.count = find_figures(result, money.figures);
    struct layout_part inside = {draw_money_inside, &money};
    int height = layout_height(result->scene, &inside);
    pen_block(pen, (struct rect){result->x, y, result->width, height},
              (struct block_look){.fill = pen_color(pen, COLOR_SURFACE),
                                  .stroke = pen_color(pen, COLOR_LINE),
                                  .stroke_px = 2,
                                  .radius = 36});
    draw_money_inside(&money, y);
    explicit_bzero(&money, sizeof money);
    return y + height;
}
