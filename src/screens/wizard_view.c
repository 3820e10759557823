#include "base/text.h"
#include "screens/chrome.h"
#include "screens/layout.h"
#include "screens/wizard.h"
#include "screens/wizard_parts.h"

#include <stdio.h>
#include <string.h>

enum {
    YEAR_MONTHS = 12,
    FOOTER_H = 122,
    FOOTER_GAP_PX = 24,
    NEXT_BESIDE_PX = 156, // what stands beside the word on «Дальше»
};

static void draw_steps(const struct scene *scene, int x, int y, int width)
{
    enum { CELL_PX = 56, PITCH_PX = 70, TEXT_GAP_PX = 10 };
    static const enum motif motifs[QUESTION_COUNT] = {MOTIF_VERMILION, MOTIF_SUN, MOTIF_COBALT,
                                                      MOTIF_FOREST};
    const struct pen *pen = &scene->pen;
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
    int question = (int)wizard_question(scene->visit);
    for (int i = 0; i < QUESTION_COUNT; i++) {
        rgb color = i > question ? pen_color(pen, COLOR_TRACK)
                    : plain      ? pen_color(pen, COLOR_ACCENT)
                                 : pen->theme->motifs[motifs[i]];
        struct draw *draw = frame_draw(pen->frame, DRAW_MODULE,
                                       (struct rect){x + i * PITCH_PX, y, CELL_PX, CELL_PX}, color);
        if (draw == NULL)
            continue;
        draw->stroke = pen_color(pen, COLOR_PAPER);
        draw->picture = MODULE_QUARTER;
        draw->turns = (uint8_t)i;
    }
    char number[16];
    char step[FORMAT_BYTES];
    snprintf(number, sizeof number, "%d", question + 1);
    words_fill(scene->words, WORD_WIZARD_STEP, &(struct word_part){"n", number}, 1, step,
               sizeof step);
    int text_x = x + QUESTION_COUNT * PITCH_PX + TEXT_GAP_PX;
    pen_line(pen, (struct rect){text_x, y, width - (text_x - x), CELL_PX}, STYLE_BODY,
             pen_color(pen, COLOR_INK_2), ALIGN_LEFT, step);
}

// The children named so far, each to be taken back. Returns where they end.
static int draw_children(const struct scene *scene, struct rect line)
{
    enum { GAP_PX = 14, ROW_H = WIDGET_CHIP_H + 20 };
    const struct search_filters *chosen = &scene->visit->search.choice.filters;
    int x = line.x;
    for (uint32_t i = 0; i < chosen->age_count; i++) {
        char label[FORMAT_BYTES];
        words_count(scene->words, WORD_AGE_ONE, chosen->age_months[i] / YEAR_MONTHS, label,
                    sizeof label);
        struct chip chip = {.label = label, .on = true};
        int width = widget_chip_width(&scene->pen, &chip);
        if (x > line.x && x + width > line.x + line.w) {
            x = line.x;
            line.y += ROW_H;
        }
        widget_chip(&scene->pen, (struct rect){x, line.y, width, WIDGET_CHIP_H}, &chip,
                    ACTION_WIZARD_CHILD, i);
        x += width + GAP_PX;
    }
    return line.y + WIDGET_CHIP_H + WIDGET_EDGE_PX;
}

// Returns where it ends.
static int draw_question(const struct scene *scene, struct rect column, int y)
{
    enum { TITLE_Y = 74, LEAD_GAP_PX = 14, CHIPS_GAP_PX = 22 };
    const struct pen *pen = &scene->pen;
    const struct search_state *state = &scene->visit->search;
    enum wizard_question question = wizard_question(scene->visit);
    bool family = question == QUESTION_AGE && state->picker.family;
    uint32_t children = state->choice.filters.age_count;
    char title[FORMAT_BYTES];
    const char *lead = scene->words->texts[WORD_WIZARD_AGE_LEAD + 2 * (unsigned)question];
    text_copy(title, sizeof title, scene->words->texts[WORD_WIZARD_AGE + 2 * (unsigned)question]);
    if (family) {
        format_choice(scene->words, WORD_WIZARD_CHILD, children, title, sizeof title);
        lead = scene->words->texts[WORD_WIZARD_CHILD_LEAD];
    }
    draw_steps(scene, column.x, y, column.w);
    bool wide = !layout_fits(pen, column.w, STYLE_DISPLAY_S, title);
    enum style style = wide ? STYLE_H1 : STYLE_DISPLAY_S;
    int title_h = layout_words_height(pen, column.w, style, title);
    int least = pen_style(pen, STYLE_DISPLAY_S)->line_px;
    int down = title_h < least ? (least - title_h) / 2 : 0;
    column.y = y + TITLE_Y + down;
    layout_words(pen, column, style, COLOR_INK, title);
    column.y += title_h + down;
    if (family && children > 0) {
        column.y += CHIPS_GAP_PX;
        return draw_children(scene, column);
    }
    column.y += LEAD_GAP_PX;
    return column.y + layout_words(pen, column, STYLE_BODY_L, COLOR_INK_2, lead);
}

// Cut short, or on to the next question; behind the last one there is only the result.
struct footer {
    struct button next;
    struct button show;
    char text[FORMAT_BYTES];
    int show_w; // 0: not there
    int next_h;
    int show_h;
    bool stacked;
    int height;
};

static int wider(int a, int b)
{
    return a > b ? a : b;
}

static void find_show(const struct scene *scene, int width, struct footer *ret)
{
    enum { PADDING_PX = 72, SHOW_W_MIN = 240 };
    const struct pen *pen = &scene->pen;
    ret->show = (struct button){
        .kind = BUTTON_SECOND, .style = STYLE_LABEL, .label = ret->text, .left = true};
    char *second = strchr(ret->text, '\n');
    int words_w = pen_width(pen, STYLE_LABEL, second == NULL ? ret->text : second + 1);
    ret->show_w = wider(words_w + PADDING_PX, SHOW_W_MIN);
    int next_w = width - ret->show_w - FOOTER_GAP_PX;
    ret->stacked = next_w < pen_width(pen, STYLE_BUTTON_L, ret->next.label) + NEXT_BESIDE_PX;
    if (ret->stacked && second != NULL)
        *second = ' ';
}

static void find_footer(const struct scene *scene, int width, struct footer *ret)
{
    const struct pen *pen = &scene->pen;
    bool last = wizard_question(scene->visit) == QUESTION_PAYMENT;
    *ret = (struct footer){0};
    words_count(scene->words, last ? WORD_FILTERS_SHOW : WORD_WIZARD_SHOW,
                scene->visit->search.result.total, ret->text, sizeof ret->text);
    ret->next = (struct button){.kind = BUTTON_MAIN,
                                .style = STYLE_BUTTON_L,
                                .label = last ? ret->text : scene->words->texts[WORD_WIZARD_NEXT],
                                .disc = true};
    if (last && scene->catalog == NULL)
        ret->next = (struct button){.kind = BUTTON_MAIN,
                                    .style = STYLE_BODY_BOLD,
                                    .label = scene->words->texts[WORD_HOME_LEAD_LOADING],
                                    .disabled = true};
    if (!last && scene->catalog != NULL)
        find_show(scene, width, ret);
    int beside = ret->show_w > 0 && !ret->stacked ? ret->show_w + FOOTER_GAP_PX : 0;
    ret->next_h = widget_button_height(pen, width - beside, FOOTER_H, &ret->next);
    if (ret->show_w > 0)
        ret->show_h = widget_button_height(pen, ret->stacked ? width : ret->show_w,
                                           ret->stacked ? WIDGET_BUTTON_H : FOOTER_H, &ret->show);
    if (!ret->stacked)
        ret->next_h = ret->show_h = wider(ret->next_h, ret->show_h);
    ret->height = ret->next_h + (ret->stacked ? ret->show_h + FOOTER_GAP_PX : 0);
}

static void draw_footer(const struct scene *scene, struct rect box, const struct footer *footer)
{
    const struct pen *pen = &scene->pen;
    struct rect show = {box.x, box.y, footer->stacked ? box.w : footer->show_w, footer->show_h};
    struct rect next = {box.x, box.y, box.w, footer->next_h};
    if (footer->stacked) {
        next.y += show.h + FOOTER_GAP_PX;
    } else if (footer->show_w > 0) {
        next.x += show.w + FOOTER_GAP_PX;
        next.w -= show.w + FOOTER_GAP_PX;
    }
    if (footer->show_w > 0)
        widget_button(pen, show, &footer->show, ACTION_SHOW, 0);
    widget_button(pen, next, &footer->next, ACTION_WIZARD_NEXT, 0);
}

struct answers {
    const struct scene *scene;
    struct rect area;
};

static int draw_answers(const void *context, int y)
{
    const struct answers *answers = context;
    struct rect area = answers->area;
    area.y = y;
    return y + wizard_draw_answers(answers->scene, area);
}

// How much of the room they take where their words leave a choice.
static int answers_height(const struct scene *scene, int room)
{
    static const int normal[QUESTION_COUNT] = {1052, 912, 1002, 912};
    int height = normal[wizard_question(scene->visit)];
    return pen_large(&scene->pen) || height > room ? room : height;
}

static void view_portrait(const struct scene *scene)
{
    enum { ANSWERS_Y = 420, QUILT_Y = 404, BOTTOM_PX = 35, GAP_PX = 24 };
    struct rect body = chrome_body(scene);
    int top = layout_draw_top(scene);
    struct footer footer;
    find_footer(scene, body.w, &footer);
    int footer_y = body.h - BOTTOM_PX - footer.height;
    bool quilt = wizard_question(scene->visit) == QUESTION_INTEREST;
    int y = draw_question(scene, body, top) + GAP_PX;
    if (!pen_large(&scene->pen))
        y = wider(y, quilt ? QUILT_Y : ANSWERS_Y);
    int room = footer_y - GAP_PX - y;
    struct answers answers = {scene,
                              {body.x, y, body.w, answers_height(scene, room - WIDGET_EDGE_PX)}};
    struct rect view = {body.x - LAYOUT_BLEED_PX, y, body.w + 2 * LAYOUT_BLEED_PX, room};
    if (quilt) {
        view.x = 0;
        view.w = scene->width;
    }
    layout_scrolled(scene, view, ACTION_SCROLL_LIST, &scene->visit->page,
                    &(struct layout_part){draw_answers, &answers});
    draw_footer(scene, (struct rect){body.x, footer_y, body.w, 0}, &footer);
}

static void view_landscape(const struct scene *scene)
{
    enum { QUESTION_Y = 96, GAP_PX = 40 };
    struct rect body = chrome_body(scene);
    struct rect side = chrome_side(scene);
    struct footer footer;
    find_footer(scene, body.w, &footer);
    int footer_y = body.h - CHROME_MARGIN - footer.height;
    pen_fill(&scene->pen, side, pen_color(&scene->pen, COLOR_SUNKEN));
    int y = draw_question(scene, body, QUESTION_Y);
    if (wizard_question(scene->visit) == QUESTION_INTEREST) {
        struct rect mixed = {body.x, 0, body.w, 0};
        frame_clip_push(scene->pen.frame, mixed);
        int height = wizard_draw_mixed(scene, mixed);
        frame_clip_pop(scene->pen.frame);
        mixed.y = wider(footer_y - GAP_PX - height, y);
        wizard_draw_quilt(scene, side);
        wizard_draw_mixed(scene, mixed);
    } else {
        struct frame_mark mark = frame_ahead(scene->pen.frame);
        wizard_draw_quilt(scene, side);
        frame_ahead_end(scene->pen.frame, mark);
        struct rect view = rect_inset(side, CHROME_MARGIN);
        struct answers answers = {scene, view};
        view.x -= LAYOUT_BLEED_PX;
        view.w += 2 * LAYOUT_BLEED_PX;
        view.h += WIDGET_EDGE_PX;
        layout_scrolled(scene, view, ACTION_SCROLL_LIST, &scene->visit->page,
                        &(struct layout_part){draw_answers, &answers});
    }
    draw_footer(scene, (struct rect){body.x, footer_y, body.w, 0}, &footer);
}

void wizard_view(const struct scene *scene)
{
    if (scene->landscape)
        view_landscape(scene);
    else
        view_portrait(scene);
}
