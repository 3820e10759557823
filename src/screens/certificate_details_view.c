// What a birth date opens: the classes and the charges of a certificate, newest first.
#include "base/hash.h"
#include "screens/certificate_parts.h"
#include "screens/layout.h"

#include <string.h>

struct list_row {
    const char *title;
    const char *middle;
    const char *right;
};

enum { ROW_TEXT_X = 86, ROW_H = 84, ROW_TITLE_LINES = 2 };

// In one line: the name, when, how much.
static int draw_row_line(const struct result_page *result, int y, const struct list_row *row)
{
    const struct pen *pen = &result->pen;
    // A long name takes two small lines.
    struct rect name = {result->x + ROW_TEXT_X, y, result->width * 3 / 5 - ROW_TEXT_X - 20, ROW_H};
    int small_h = 34 * (int)pen_lines(pen, name.w, STYLE_CAPTION, row->title, ROW_TITLE_LINES);
    if (layout_fits(pen, name.w, STYLE_BODY, row->title))
        pen_line(pen, name, STYLE_BODY, pen_color(pen, COLOR_INK), ALIGN_LEFT, row->title);
    else
        pen_paragraph(pen, (struct rect){name.x, y + (name.h - small_h) / 2, name.w, 0},
                      STYLE_CAPTION, pen_color(pen, COLOR_INK), ALIGN_LEFT, row->title,
                      ROW_TITLE_LINES);
    struct rect rest = {result->x + result->width * 3 / 5, y, result->width * 2 / 5, ROW_H};
    pen_line(pen, rest, STYLE_CAPTION, pen_color(pen, COLOR_INK_2), ALIGN_LEFT, row->middle);
    pen_line(pen, rest, STYLE_BUTTON, pen_color(pen, COLOR_INK), ALIGN_RIGHT, row->right);
    return y + ROW_H;
}

static bool row_line_fits(const struct result_page *result, const struct list_row *row)
{
    enum { GAP_PX = 16 };
    const struct pen *pen = &result->pen;
    int right_w = row->right[0] == '\0' ? 0 : pen_width(pen, STYLE_BUTTON, row->right) + GAP_PX;
    return !pen_large(pen) &&
           layout_fits(pen, result->width * 2 / 5 - right_w, STYLE_CAPTION, row->middle);
}

// One below the other.
static int draw_row_stack(const struct result_page *result, int y, const struct list_row *row)
{
    const struct pen *pen = &result->pen;
    struct rect words = {result->x + ROW_TEXT_X, y + 12, result->width - ROW_TEXT_X, 0};
    words.y += pen_paragraph(pen, words, STYLE_BODY, pen_color(pen, COLOR_INK), ALIGN_LEFT,
                             row->title, ROW_TITLE_LINES);
    words.y += layout_words(pen, words, STYLE_CAPTION, COLOR_INK_2, row->middle);
    words.y += pen_paragraph(pen, words, STYLE_BUTTON, pen_color(pen, COLOR_INK), ALIGN_LEFT,
                             row->right, ROW_TITLE_LINES);
    return words.y + 12;
}

// One bold module, so that a programme is known again by it.
static void draw_tile(const struct pen *pen, struct rect tile, const char *title)
{
    static const enum picture modules[] = {MODULE_PETALS, MODULE_LEAF, MODULE_QUARTER};
    enum { MODULES = sizeof modules / sizeof *modules };
    uint32_t x = hash_fnv1a32(title, strlen(title));
    struct draw *draw = frame_draw(pen->frame, DRAW_MODULE, tile, pen->theme->motifs[MOTIF_CREAM]);
    if (draw == NULL)
        return;
    draw->stroke = pen->theme->directions[x % THEME_DIRECTIONS].background;
    draw->picture = modules[x / THEME_DIRECTIONS % MODULES];
    draw->turns = x >> 16 & 3;
}

static int draw_list_row(const struct result_page *result, int y, const struct list_row *row)
{
    const struct pen *pen = &result->pen;
    struct rect tile = {result->x, y + 12, 60, 60};
    if (pen->palette == PALETTE_NORMAL) {
        frame_round_clip(pen->frame, tile, CORNER_ALL, 18);
        draw_tile(pen, tile, row->title);
        frame_round_clip_end(pen->frame);
    }
    struct result_page quiet = *result;
    quiet.pen.hushed = true;
    y = row_line_fits(result, row) ? draw_row_line(&quiet, y, row) : draw_row_stack(&quiet, y, row);
    pen_fill(pen, (struct rect){result->x, y + 1, result->width, 2}, pen_color(pen, COLOR_LINE));
    return y + 2;
}

// What a child attends is hidden as the amounts are.
static const char *title_of(const struct result_page *result, const char *title)
{
    return result->hidden ? result_text(result, WORD_RESULT_HIDDEN) : title;
}

static int draw_row_heading(const struct result_page *result, int y, enum word word)
{
    return y + layout_words(&result->pen, (struct rect){result->x, y, result->width, 0}, STYLE_H2,
                            COLOR_INK, result_text(result, word));
}

static int draw_contracts(const struct result_page *result, int y)
{
    const struct certificate *answer = result->answer;
    char date[FORMAT_BYTES];
    char since[FORMAT_BYTES];
    y = draw_row_heading(result, y, WORD_RESULT_CONTRACTS);
    for (uint32_t i = 0; i < answer->contract_count; i++) {
        since[0] = '\0';
        if (answer->contracts[i].since.year != 0) {
            format_date(result->scene->words, date_to_days(answer->contracts[i].since), false, date,
                        sizeof date);
            words_fill(result->scene->words, WORD_RESULT_SINCE, &(struct word_part){"date", date},
                       1, since, sizeof since);
        }
        y = draw_list_row(
            result, y, &(struct list_row){title_of(result, answer->contracts[i].title), since, ""});
    }
    return y + 32;
}

static int draw_charges(const struct result_page *result, int y)
{
    const struct certificate *answer = result->answer;
    char date[FORMAT_BYTES];
    char amount[FORMAT_BYTES];
    y = draw_row_heading(result, y, WORD_RESULT_CHARGES);
    if (answer->charge_count == 0)
        y +=
            12 + layout_words(&result->pen, (struct rect){result->x, y + 12, result->width, 0},
                              STYLE_BODY, COLOR_INK_2, result_text(result, WORD_RESULT_NO_CHARGES));
    for (uint32_t i = 0; i < answer->charge_count; i++) {
        format_date(result->scene->words, date_to_days(answer->charges[i].on), false, date,
                    sizeof date);
        result_amount(result, -answer->charges[i].amount, amount);
        y = draw_list_row(
            result, y,
            &(struct list_row){title_of(result, answer->charges[i].title), date, amount});
    }
    return y + 28;
}

int result_draw_details(const void *context, int y)
{
    const struct result_page *result = context;
    if (result->answer->contract_count > 0)
        y = draw_contracts(result, y);
    return result_has_money(result->answer) ? draw_charges(result, y) : y;
}
