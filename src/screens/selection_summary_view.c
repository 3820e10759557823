// Below the table: what it all costs, where it clashes, how to take it along; and the empty page.
#include "base/text.h"
#include "screens/chrome.h"
#include "screens/family_print.h"
#include "screens/layout.h"
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
    int room = box.w - 2 * PAD;
    int title_h = layout_words_height(pen, room, STYLE_BODY_BOLD, title);
    int note_h = note[0] == '\0' ? 0 : layout_words_height(pen, room, STYLE_CAPTION, note);
    box.h = title_h + note_h + 20;
    widget_panel(pen, box, 26);
    struct rect words = {box.x + PAD, box.y + 10, room, 0};
    words.y += layout_words(pen, words, STYLE_BODY_BOLD, COLOR_INK, title);
    if (note_h > 0)
        layout_words(pen, words, STYLE_CAPTION, COLOR_INK_2, note);
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
    box.h = 36 + layout_words_height(pen, line.w, STYLE_BODY, text);
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, fits ? COLOR_OK_BG : COLOR_INFO_BG),
                                  .stroke = ink,
                                  .stroke_px = pen->palette == PALETTE_HIGH_CONTRAST ? 3 : 0,
                                  .radius = 26});
    pen_icon(pen, (struct rect){box.x + PAD, box.y + 14, ICON, ICON},
             fits ? ICON_CHECK : ICON_CALENDAR, 44, ink);
    pen_paragraph(pen, line, STYLE_BODY, ink, ALIGN_LEFT, text, PEN_LINES_MAX);
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
    int x = box.x + PAD + ICON + 16;
    struct rect words = {x, box.y + 14, box.x + box.w - PAD - x, 0};
    int words_h = layout_words_height(pen, words.w, STYLE_BODY_BOLD, title) +
                  layout_words_height(pen, words.w, STYLE_BODY, pair);
    const char *no_way = scene->words->texts[WORD_SELECTION_NO_WAY];
    bool button = plan->way_out != NULL;
    struct rect key = {box.x + PAD, words.y + words_h + 6, box.w - 2 * PAD, 0};
    struct button take = {.kind = BUTTON_SECOND,
                          .style = scene->landscape ? STYLE_PILL : STYLE_BODY_BOLD,
                          .label = way,
                          .left = scene->landscape || pen_large(pen)};
    if (button) {
        way_out_text(scene->words, plan, way, sizeof way);
        key.h = widget_button_height(pen, key.w, scene->landscape ? 112 : 88, &take);
    }
    box.h = words_h + 28 +
            (button    ? key.h + 20
             : overlap ? layout_words_height(pen, words.w, STYLE_CAPTION, no_way) + 2
                       : 0);
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, overlap ? COLOR_WARN_BG : COLOR_INFO_BG),
                                  .stroke = ink,
                                  .stroke_px = pen->palette == PALETTE_HIGH_CONTRAST ? 3 : 0,
                                  .radius = 26});
    pen_icon(pen, (struct rect){box.x + PAD, box.y + 14, ICON, ICON},
             overlap ? ICON_WARNING : ICON_WALK, 44, ink);
    words.y += pen_paragraph(pen, words, STYLE_BODY_BOLD, ink, ALIGN_LEFT, title, PEN_LINES_MAX);
    words.y += pen_paragraph(pen, words, STYLE_BODY, ink, ALIGN_LEFT, pair, PEN_LINES_MAX);
    if (button)
        widget_button(pen, key, &take, ACTION_SELECTION_TAKE, 0);
    else if (overlap)
        pen_paragraph(pen, (struct rect){words.x, words.y + 1, words.w, 0}, STYLE_CAPTION, ink,
                      ALIGN_LEFT, no_way, PEN_LINES_MAX);
    return box.y + box.h;
}

static void code_text(const struct scene *scene, const struct selection_plan *plan,
                      char ret_text[LONG_BYTES])
{
    words_count(scene->words, WORD_SELECTION_ONE_CODE, plan->alive, ret_text, LONG_BYTES);
}

int selection_draw_take_words(const struct scene *scene, const struct selection_plan *plan,
                              struct rect box)
{
    const struct pen *pen = &scene->pen;
    char text[LONG_BYTES];
    code_text(scene, plan, text);
    box.y +=
        layout_words(pen, box, STYLE_H2, COLOR_INK, scene->words->texts[WORD_SELECTION_TAKE_ALONG]);
    box.y += 8;
    return box.y + layout_words(pen, box, STYLE_BODY, COLOR_INK, text);
}

// The sheet bears the common code, which only a link can give.
static bool prints(const struct scene *scene)
{
    return scene->link->online && family_print_shown(scene, SHEET_SELECTION, 0);
}

static struct button code_button(const struct scene *scene)
{
    return (struct button){.kind = BUTTON_MAIN,
                           .style = STYLE_BUTTON_L,
                           .label = scene->words->texts[WORD_SELECTION_SHOW_CODE],
                           .disc = true};
}

// The paper above the code, or in landscape beside it.
int selection_draw_take_buttons(const struct scene *scene, const struct selection_plan *plan,
                                struct rect box)
{
    enum { GAP = 24 };
    const struct pen *pen = &scene->pen;
    int least = pen_target_px(pen, WIDGET_BUTTON_L_H);
    struct button code = code_button(scene);
    bool beside = scene->landscape && prints(scene);
    if (plan->alive == 0)
        return box.y;
    if (beside)
        box.w = (box.w - GAP) / 2;
    box.h = widget_button_height(pen, box.w, least, &code);
    if (prints(scene)) {
        int height = family_print_height(scene, box.w, beside ? box.h : least, SHEET_SELECTION, 0);
        struct rect paper = {box.x, box.y, box.w, height};
        family_print_draw(scene, paper, SHEET_SELECTION, 0);
        if (beside)
            box = (struct rect){box.x + box.w + GAP, box.y, box.w, height};
        else
            box.y += height + GAP;
    }
    widget_button(pen, box, &code, ACTION_SELECTION_CODE, 0);
    return box.y + box.h;
}

void selection_draw_take_ground(const struct scene *scene, struct rect box)
{
    const struct pen *pen = &scene->pen;
    if (pen->palette == PALETTE_NORMAL)
        pen_fill(pen, box, pen->theme->motifs[MOTIF_PINK]);
    else
        pen_fill(pen, (struct rect){box.x, box.y, box.w, 4}, pen_color(pen, COLOR_LINE));
}

enum {
    TAKE_TOP_PX = 24,
    TAKE_BOTTOM_PX = 32,
    TAKE_GAP_PX = 16,
    PRINT_W = 330,
    PRINT_LYING_W = 200
};

static struct rect take_inner(const struct scene *scene, struct rect box)
{
    int side = scene->landscape ? TAKE_TOP_PX : CHROME_MARGIN;
    return (struct rect){box.x + side, box.y + TAKE_TOP_PX, box.w - side - CHROME_MARGIN, 0};
}

bool selection_take_fits(const struct scene *scene, const struct selection_plan *plan,
                         struct rect box)
{
    const struct pen *pen = &scene->pen;
    struct rect inner = take_inner(scene, box);
    char text[LONG_BYTES];
    code_text(scene, plan, text);
    int height = layout_words_height(pen, inner.w, STYLE_H2,
                                     scene->words->texts[WORD_SELECTION_TAKE_ALONG]) +
                 8 + layout_words_height(pen, inner.w, STYLE_BODY, text);
    int print_w = scene->landscape ? PRINT_LYING_W : PRINT_W;
    struct button code = code_button(scene);
    if (prints(scene)) {
        inner.w -= print_w + TAKE_GAP_PX;
        code.disc = !scene->landscape;
        code.style = scene->landscape ? STYLE_BODY_BOLD : STYLE_BUTTON_L;
    }
    return TAKE_TOP_PX + height + TAKE_GAP_PX / 2 + WIDGET_BUTTON_L_H + TAKE_BOTTOM_PX <= box.h &&
           widget_button_height(pen, inner.w, 0, &code) <= WIDGET_BUTTON_L_H &&
           family_print_height(scene, print_w, 0, SHEET_SELECTION, 0) <= WIDGET_BUTTON_L_H;
}

void selection_draw_take(const struct scene *scene, const struct selection_plan *plan,
                         struct rect box)
{
    const struct pen *pen = &scene->pen;
    struct rect inner = take_inner(scene, box);
    struct button code = code_button(scene);
    int top = box.y + box.h - WIDGET_BUTTON_L_H - TAKE_BOTTOM_PX;
    selection_draw_take_ground(scene, box);
    selection_draw_take_words(scene, plan, inner);
    if (plan->alive == 0)
        return;
    if (prints(scene)) {
        int width = scene->landscape ? PRINT_LYING_W : PRINT_W;
        inner.w -= width + TAKE_GAP_PX;
        family_print_draw(
            scene, (struct rect){inner.x + inner.w + TAKE_GAP_PX, top, width, WIDGET_BUTTON_L_H},
            SHEET_SELECTION, 0);
        code.disc = !scene->landscape;
        code.style = scene->landscape ? STYLE_BODY_BOLD : STYLE_BUTTON_L;
    }
    widget_button(pen, (struct rect){inner.x, top, inner.w, WIDGET_BUTTON_L_H}, &code,
                  ACTION_SELECTION_CODE, 0);
}

// A frame of quilt around the drawing: its edges are those of the quilt's cells.
static void draw_empty_picture(const struct scene *scene, struct rect band, int frame_px)
{
    enum { PICTURE_PX = 504, AIR_PX = 10 };
    const struct pen *pen = &scene->pen;
    if (pen->palette == PALETTE_NORMAL)
        quilt_draw(pen->frame, band, frame_px, scene->words->texts[WORD_SELECTION_TITLE],
                   &pen->theme->directions[DIRECTION_ART]);
    struct rect hole = {band.x + frame_px, band.y + frame_px, (band.w / frame_px - 2) * frame_px,
                        (band.h / frame_px - 2) * frame_px};
    int size = hole.h - 2 * AIR_PX < PICTURE_PX ? hole.h - 2 * AIR_PX : PICTURE_PX;
    pen_fill(pen, hole, pen_color(pen, COLOR_PAPER));
    pen_picture(
        pen, (struct rect){hole.x + (hole.w - size) / 2, hole.y + (hole.h - size) / 2, size, size},
        PICTURE_STATE_EMPTY, CROP_FIT);
}

struct empty {
    const struct scene *scene;
    struct rect text;
};

static int draw_empty_words(const void *context, int y)
{
    const struct empty *empty = context;
    const struct pen *pen = &empty->scene->pen;
    const char *const *texts = empty->scene->words->texts;
    struct rect text = empty->text;
    text.y = y;
    text.y += layout_words(pen, text, STYLE_H1, COLOR_INK, texts[WORD_SELECTION_EMPTY_TITLE]) + 24;
    return text.y + layout_words(pen, text, STYLE_BODY_L, COLOR_INK_2, texts[WORD_SELECTION_EMPTY]);
}

void selection_draw_empty(const struct scene *scene)
{
    enum { FRAME_PX = 120, BUTTON_BOTTOM = 48 };
    const struct pen *pen = &scene->pen;
    const char *const *texts = scene->words->texts;
    bool lying = scene->landscape;
    bool large = pen_large(pen);
    struct rect text = {CHROME_MARGIN, 990, scene->width - 2 * CHROME_MARGIN, 0};
    struct rect band = {0, 112, scene->width, 840};
    struct button start = {.kind = BUTTON_MAIN,
                           .style = STYLE_BUTTON_L,
                           .label = texts[WORD_SELECTION_START],
                           .disc = true};
    if (large) {
        band = (struct rect){0, 0, scene->width, 5 * FRAME_PX};
        text.y = band.h + 38;
    }
    if (lying) {
        struct rect side = chrome_side(scene);
        band = (struct rect){CHROME_RAIL_W, 0, side.x - CHROME_RAIL_W, scene->height};
        text = (struct rect){side.x + CHROME_MARGIN, large ? CHROME_MARGIN : 200,
                             side.w - 2 * CHROME_MARGIN, 0};
    } else {
        layout_draw_top(scene);
    }
    draw_empty_picture(scene, band, FRAME_PX);
    int button_h = widget_button_height(pen, text.w, pen_target_px(pen, WIDGET_BUTTON_L_H), &start);
    int bottom = scene->height - (lying ? 0 : CHROME_DOCK_H) - BUTTON_BOTTOM - button_h;
    struct empty empty = {scene, text};
    layout_scrolled(scene,
                    (struct rect){text.x - LAYOUT_BLEED_PX, text.y, text.w + 2 * LAYOUT_BLEED_PX,
                                  bottom - 24 - text.y},
                    ACTION_SCROLL_LIST, &scene->visit->page,
                    &(struct layout_part){draw_empty_words, &empty});
    widget_button(pen, (struct rect){text.x, bottom, text.w, button_h}, &start, ACTION_SEARCH, 0);
}
