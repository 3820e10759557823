// Below the table: what it all costs, where it clashes, how to take it along; and the empty page.
#include "base/text.h"
#include "screens/chrome.h"
#include "screens/family_print.h"
#include "screens/selection_parts.h"
#include "ui/quilt.h"
#include "wording/format.h"

#include <stdio.h>

enum { PAD = 22, LONG_BYTES = FORMAT_BYTES * 4 };

// «1 900 ₽ в месяц + 12 000 ₽ за курс»; "" for nothing.
static void sum_text(const struct words *words, const struct selection_sum *sum, char *ret_text,
                     size_t capacity)
{
    static const enum price_period order[] = {PRICE_PERIOD_MONTH, PRICE_PERIOD_LESSON,
                                              PRICE_PERIOD_COURSE, PRICE_PERIOD_YEAR,
                                              PRICE_PERIOD_UNKNOWN};
    struct text text;
    text_init(&text, ret_text, capacity);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        char amount[FORMAT_BYTES];
        bool monthly = order[i] == PRICE_PERIOD_MONTH;
        struct group group = {.price_month_kopecks = monthly ? 0 : RECORD_UNKNOWN,
                              .price_period = order[i]};
        if (sum->kopecks[order[i]] == 0)
            continue;
        format_payment(words, &group, sum->kopecks[order[i]], amount, sizeof amount);
        text_addf(&text, "%s%s", text.length > 0 ? " + " : "", amount);
    }
}

static void add_sentence(struct text *text, const char *sentence)
{
    text_addf(text, "%s%s", text->length > 0 ? ". " : "", sentence);
}

// How long the rest lasts, where all it pays is monthly.
static void add_months(const struct words *words, const struct selection_plan *plan,
                       struct text *text)
{
    char sentence[FORMAT_BYTES];
    int64_t monthly = plan->paid.kopecks[PRICE_PERIOD_MONTH];
    for (int i = 0; i < PRICE_PERIOD_COUNT; i++)
        if (i != PRICE_PERIOD_MONTH && plan->paid.kopecks[i] != 0)
            return;
    if (monthly == 0 || plan->rest.amount < monthly)
        return;
    words_count(words, WORD_PROGRAM_COVERS_MONTHS, plan->rest.amount / monthly, sentence,
                sizeof sentence);
    add_sentence(text, sentence);
}

static void cost_title(const struct words *words, const struct selection_plan *plan, char *ret_text,
                       size_t capacity)
{
    char sum[FORMAT_BYTES];
    sum_text(words, &plan->parents, sum, sizeof sum);
    enum word word = WORD_SELECTION_ALL_FREE;
    if (sum[0] != '\0')
        word = plan->rest.known ? WORD_SELECTION_YOU_PAY : WORD_SELECTION_TOTAL;
    else if (plan->unknown > 0)
        word = WORD_SELECTION_PRICES_UNKNOWN;
    else if (plan->rest.known)
        word = WORD_SELECTION_NO_EXTRA;
    words_fill(words, word, &(struct word_part){"sum", sum}, 1, ret_text, capacity);
}

static void cost_note(const struct words *words, const struct selection_plan *plan, char *ret_text,
                      size_t capacity)
{
    char sum[FORMAT_BYTES];
    char sentence[FORMAT_BYTES * 2];
    struct text text;
    text_init(&text, ret_text, capacity);
    if (plan->unknown > 0 && plan->unknown < plan->alive) {
        words_count(words, WORD_SELECTION_UNKNOWN_PRICES, plan->unknown, sentence, sizeof sentence);
        add_sentence(&text, sentence);
    }
    sum_text(words, &plan->paid, sum, sizeof sum);
    if (sum[0] != '\0') {
        words_fill(words, WORD_SELECTION_PAID, &(struct word_part){"sum", sum}, 1, sentence,
                   sizeof sentence);
        add_sentence(&text, sentence);
        add_months(words, plan, &text);
    }
    sum_text(words, &plan->may, sum, sizeof sum);
    if (sum[0] != '\0') {
        words_fill(words, WORD_SELECTION_MAY, &(struct word_part){"sum", sum}, 1, sentence,
                   sizeof sentence);
        add_sentence(&text, sentence);
    }
    if (plan->counted > 0) {
        char amount[FORMAT_BYTES];
        format_amount(words, plan->rest.unit, plan->counted, amount, sizeof amount);
        words_fill(words, WORD_SELECTION_PAID, &(struct word_part){"sum", amount}, 1, sentence,
                   sizeof sentence);
        add_sentence(&text, sentence);
    }
    if (plan->by_hours > 0)
        add_sentence(&text, words->texts[WORD_PROGRAM_COVERS_HOURS]);
}

int selection_draw_cost(const struct scene *scene, const struct selection_plan *plan,
                        struct rect box)
{
    const struct pen *pen = &scene->pen;
    char title[LONG_BYTES];
    char note[LONG_BYTES];
    cost_title(scene->words, plan, title, sizeof title);
    cost_note(scene->words, plan, note, sizeof note);
    if (plan->alive == 0)
        return box.y;
    unsigned budget = scene->landscape ? 6 : 3;
    int room = box.w - 2 * PAD;
    unsigned title_lines = pen_lines(pen, room, STYLE_BODY_BOLD, title, budget - 1);
    unsigned note_most = budget - title_lines;
    unsigned note_lines =
        note[0] == '\0' ? 0 : pen_lines(pen, room, STYLE_CAPTION, note, note_most);
    box.h = (int)title_lines * 41 + (int)note_lines * 34 + 20;
    widget_panel(pen, box, 26);
    int y = box.y + 10;
    y += pen_paragraph(pen, (struct rect){box.x + PAD, y, room, 0}, STYLE_BODY_BOLD,
                       pen_color(pen, COLOR_INK), ALIGN_LEFT, title, title_lines);
    if (note_lines > 0)
        pen_paragraph(pen, (struct rect){box.x + PAD, y, room, 0}, STYLE_CAPTION,
                      pen_color(pen, COLOR_INK_2), ALIGN_LEFT, note, note_most);
    return box.y + box.h;
}

static void clash_title(const struct words *words, const struct selection_plan *plan,
                        char *ret_text, size_t capacity)
{
    char day[FORMAT_BYTES];
    char time[FORMAT_BYTES];
    format_choice(words, WORD_SELECTION_DAYS, plan->worst.weekday - 1u, day, sizeof day);
    words_count(words, WORD_SELECTION_MINUTES, plan->worst.gap_min, time, sizeof time);
    words_fill(words,
               plan->worst.kind == CLASH_OVERLAP ? WORD_SELECTION_CLASH : WORD_SELECTION_TRAVEL,
               (struct word_part[]){{"day", day}, {"time", time}}, 2, ret_text, capacity);
}

static void pair_text(const struct words *words, const struct selection_plan *plan, char *ret_text,
                      size_t capacity)
{
    char more[FORMAT_BYTES] = "";
    if (plan->clash_count > 1)
        words_count(words, WORD_SELECTION_MORE_CLASHES, plan->clash_count - 1, more, sizeof more);
    const struct word_part parts[] = {
        {"first", plan->items[plan->worst_pair[0]].program->record.title},
        {"second", plan->items[plan->worst_pair[1]].program->record.title},
        {"more", more}};
    words_fill(words, more[0] == '\0' ? WORD_SELECTION_PAIR : WORD_SELECTION_PAIR_MORE, parts, 3,
               ret_text, capacity);
}

static void way_out_text(const struct words *words, const struct selection_plan *plan,
                         char *ret_text, size_t capacity)
{
    char schedule[FORMAT_BYTES];
    format_schedule(words, &plan->way_out->record, true, schedule, sizeof schedule);
    words_fill(
        words, WORD_SELECTION_TAKE_GROUP,
        (struct word_part[]){{"schedule", schedule},
                             {"title", plan->items[plan->way_out_place].program->record.title}},
        2, ret_text, capacity);
}

// That nothing clashes, where the hours tell; else what to do to know.
static int draw_no_clash(const struct scene *scene, const struct selection_plan *plan,
                         struct rect box)
{
    enum { ICON = 48 };
    const struct pen *pen = &scene->pen;
    bool fits = plan->hours_known;
    if (!fits && (plan->unchosen == 0 || plan->alive < 2))
        return box.y;
    const char *text = scene->words->texts[fits ? WORD_SELECTION_FITS : WORD_SELECTION_CHECK];
    rgb ink = pen_color(pen, fits ? COLOR_OK : COLOR_INFO);
    struct rect line = {box.x + PAD + ICON + 16, box.y + 18, box.w - 2 * PAD - ICON - 16, 0};
    box.h = 36 + (int)pen_lines(pen, line.w, STYLE_BODY, text, 3) * 41;
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, fits ? COLOR_OK_BG : COLOR_INFO_BG),
                                  .stroke = ink,
                                  .stroke_px = pen->palette == PALETTE_HIGH_CONTRAST ? 3 : 0,
                                  .radius = 26});
    pen_icon(pen, (struct rect){box.x + PAD, box.y + 14, ICON, ICON},
             fits ? ICON_CHECK : ICON_CALENDAR, 44, ink);
    pen_paragraph(pen, line, STYLE_BODY, ink, ALIGN_LEFT, text, 3);
    return box.y + box.h;
}

int selection_draw_clash(const struct scene *scene, const struct selection_plan *plan,
                         struct rect box)
{
    enum { ICON = 48 };
    const struct pen *pen = &scene->pen;
    if (plan->worst.kind == CLASH_NONE)
        return draw_no_clash(scene, plan, box);
    char title[LONG_BYTES];
    char pair[LONG_BYTES];
    char way[LONG_BYTES];
    clash_title(scene->words, plan, title, sizeof title);
    pair_text(scene->words, plan, pair, sizeof pair);
    bool overlap = plan->worst.kind == CLASH_OVERLAP;
    rgb ink = pen_color(pen, overlap ? COLOR_WARN : COLOR_INFO);
    unsigned most = scene->landscape ? 4 : 1;
    int x = box.x + PAD + ICON + 16;
    int room = box.x + box.w - PAD - x;
    int lines = (int)(pen_lines(pen, room, STYLE_BODY_BOLD, title, 2) +
                      pen_lines(pen, room, STYLE_BODY, pair, most));
    bool button = plan->way_out != NULL;
    int button_h = scene->landscape ? 112 : 88;
    box.h = lines * 41 + 28 + (button ? button_h + 20 : overlap ? 36 : 0);
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, overlap ? COLOR_WARN_BG : COLOR_INFO_BG),
                                  .stroke = ink,
                                  .stroke_px = pen->palette == PALETTE_HIGH_CONTRAST ? 3 : 0,
                                  .radius = 26});
    pen_icon(pen, (struct rect){box.x + PAD, box.y + 14, ICON, ICON},
             overlap ? ICON_WARNING : ICON_WALK, 44, ink);
    int y = box.y + 14;
    y += pen_paragraph(pen, (struct rect){x, y, room, 0}, STYLE_BODY_BOLD, ink, ALIGN_LEFT, title,
                       2);
    y += pen_paragraph(pen, (struct rect){x, y, room, 0}, STYLE_BODY, ink, ALIGN_LEFT, pair, most);
    if (button) {
        way_out_text(scene->words, plan, way, sizeof way);
        struct button take = {.kind = BUTTON_SECOND,
                              .style = scene->landscape ? STYLE_PILL : STYLE_BODY_BOLD,
                              .label = way,
                              .left = scene->landscape};
        widget_button(pen, (struct rect){box.x + PAD, y + 6, box.w - 2 * PAD, button_h}, &take,
                      ACTION_SELECTION_TAKE, 0);
    } else if (overlap) {
        pen_line(pen, (struct rect){x, y, room, 36}, STYLE_CAPTION, ink, ALIGN_LEFT,
                 scene->words->texts[WORD_SELECTION_NO_WAY]);
    }
    return box.y + box.h;
}

void selection_draw_take(const struct scene *scene, const struct selection_plan *plan,
                         struct rect box)
{
    enum { PRINT_W = 330, PRINT_NARROW_W = 200, GAP = 16 };
    const struct pen *pen = &scene->pen;
    const char *const *texts = scene->words->texts;
    char text[LONG_BYTES];
    words_count(scene->words, WORD_SELECTION_ONE_CODE, plan->alive, text, sizeof text);
    if (pen->palette == PALETTE_NORMAL)
        pen_fill(pen, box, pen->theme->motifs[MOTIF_PINK]);
    else
        pen_fill(pen, (struct rect){box.x, box.y, box.w, 4}, pen_color(pen, COLOR_LINE));
    int side = scene->landscape ? 24 : CHROME_MARGIN;
    struct rect inner = {box.x + side, box.y + 24, box.w - side - CHROME_MARGIN, 0};
    inner.y += pen_paragraph(pen, inner, STYLE_H2, pen_color(pen, COLOR_INK), ALIGN_LEFT,
                             texts[WORD_SELECTION_TAKE_ALONG], 2);
    inner.y += 8;
    pen_paragraph(pen, inner, STYLE_BODY, pen_color(pen, COLOR_INK), ALIGN_LEFT, text, 5);
    struct button code = {.kind = BUTTON_MAIN,
                          .style = STYLE_BUTTON_L,
                          .label = texts[WORD_SELECTION_SHOW_CODE],
                          .disc = true};
    int top = box.y + box.h - WIDGET_BUTTON_L_H - 32;
    if (plan->alive == 0)
        return;
    // The sheet bears the common code, which only a link can give.
    if (scene->link->online && family_print_shown(scene, SHEET_SELECTION, 0)) {
        int width = scene->landscape ? PRINT_NARROW_W : PRINT_W;
        inner.w -= width + GAP;
        family_print_draw(scene,
                          (struct rect){inner.x + inner.w + GAP, top, width, WIDGET_BUTTON_L_H},
                          SHEET_SELECTION, 0);
        code.disc = !scene->landscape;
        code.style = scene->landscape ? STYLE_BODY_BOLD : STYLE_BUTTON_L;
    }
    widget_button(pen, (struct rect){inner.x, top, inner.w, WIDGET_BUTTON_L_H}, &code,
                  ACTION_SELECTION_CODE, 0);
}

void selection_draw_empty(const struct scene *scene)
{
    enum { PICTURE_PX = 504, FRAME_PX = 120, BUTTON_BOTTOM = 48 };
    const struct pen *pen = &scene->pen;
    const char *const *texts = scene->words->texts;
    bool lying = scene->landscape;
    struct rect text = {CHROME_MARGIN, 990, scene->width - 2 * CHROME_MARGIN, 0};
    struct rect band = {0, 112, scene->width, 840};
    int bottom = scene->height - (lying ? 0 : CHROME_DOCK_H) - BUTTON_BOTTOM - WIDGET_BUTTON_L_H;
    if (lying) {
        struct rect side = chrome_side(scene);
        band = (struct rect){CHROME_RAIL_W, 0, side.x - CHROME_RAIL_W, scene->height};
        text = (struct rect){side.x + CHROME_MARGIN, 200, side.w - 2 * CHROME_MARGIN, 0};
    } else {
        chrome_draw_topbar(scene);
    }
    if (pen->palette == PALETTE_NORMAL)
        quilt_draw(pen->frame, band, FRAME_PX, texts[WORD_SELECTION_TITLE],
                   &pen->theme->directions[DIRECTION_ART]);
    // Its edges are those of the quilt's cells.
    struct rect hole = {band.x + FRAME_PX, band.y + FRAME_PX, (band.w / FRAME_PX - 2) * FRAME_PX,
                        (band.h / FRAME_PX - 2) * FRAME_PX};
    pen_fill(pen, hole, pen_color(pen, COLOR_PAPER));
    pen_picture(pen,
                (struct rect){hole.x + (hole.w - PICTURE_PX) / 2,
                              hole.y + (hole.h - PICTURE_PX) / 2, PICTURE_PX, PICTURE_PX},
                PICTURE_STATE_EMPTY, CROP_FIT);
    text.y += pen_paragraph(pen, text, STYLE_H1, pen_color(pen, COLOR_INK), ALIGN_LEFT,
                            texts[WORD_SELECTION_EMPTY_TITLE], 4);
    text.y += 24;
    pen_paragraph(pen, text, STYLE_BODY_L, pen_color(pen, COLOR_INK_2), ALIGN_LEFT,
                  texts[WORD_SELECTION_EMPTY], 5);
    struct button start = {.kind = BUTTON_MAIN,
                           .style = STYLE_BUTTON_L,
                           .label = texts[WORD_SELECTION_START],
                           .disc = true};
    widget_button(pen, (struct rect){text.x, bottom, text.w, WIDGET_BUTTON_L_H}, &start,
                  ACTION_SEARCH, 0);
}
