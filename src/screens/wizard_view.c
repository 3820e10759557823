#include "base/text.h"
#include "screens/chrome.h"
#include "screens/filters_parts.h"
#include "screens/tile.h"
#include "screens/wizard.h"
#include "screens/wizard_parts.h"
#include "wording/format.h"

#include <stdio.h>
#include <string.h>

enum {
    YEAR_MONTHS = 12,
    FOOTER_H = 122,
    GAP = 18,
    EDGE = 12,
    RADIUS = 28,
    BRIEF_W = 190, // «1 234 программы» doesn't fit
};

// ---- one answer

struct answer {
    uint16_t action;
    uint32_t value;
    const char *label; // aloud
    uint32_t count;
    bool on;
};

static bool is_flat(const struct scene *scene, const struct answer *answer)
{
    return scene->catalog != NULL && answer->count == 0 && !answer->on;
}

// «12 программ», or the number alone; "" while nothing can be counted.
static void say_count(const struct scene *scene, uint32_t count, bool brief, char *ret_text,
                      size_t capacity)
{
    ret_text[0] = '\0';
    if (scene->catalog == NULL)
        return;
    if (brief || count == 0)
        words_number(scene->words, count, ret_text, capacity);
    else
        words_count(scene->words, WORD_SEARCH_COUNT, count, ret_text, capacity);
}

static rgb ink_of(const struct scene *scene, const struct answer *answer, enum color otherwise)
{
    return pen_color(&scene->pen, answer->on               ? COLOR_ON_ACCENT
                                  : is_flat(scene, answer) ? COLOR_INK_2
                                                           : otherwise);
}

// Raised; chosen in sun with an ink outline; flat when it leaves nothing. Returns where its face
// stands now.
static struct rect draw_face(const struct scene *scene, struct rect box,
                             const struct answer *answer)
{
    enum { PRESSED_PX = 6 };
    const struct pen *pen = &scene->pen;
    bool flat = is_flat(scene, answer);
    bool pressed = pen_pressed(pen, answer->action, answer->value);
    struct block_look look = {
        .fill = pen_color(pen, answer->on ? COLOR_ACCENT
                               : flat     ? COLOR_SUNKEN
                                          : COLOR_SURFACE),
        .stroke = pen_color(pen, answer->on ? COLOR_INK : COLOR_LINE),
        .edge = pen_color(pen, answer->on ? COLOR_INK : COLOR_EDGE),
        .radius = RADIUS,
        .stroke_px = answer->on ? 4 : 2,
        .edge_px = flat ? 0 : WIDGET_EDGE_PX,
    };
    char count[FORMAT_BYTES];
    char label[FORMAT_BYTES * 2];
    struct rect face = box;
    if (pressed && flat) {
        look.stroke = pen_color(pen, COLOR_WARN);
        look.stroke_px = 5;
    } else if (pressed) {
        face.y += PRESSED_PX;
        look.edge_px -= PRESSED_PX;
    }
    pen_block(pen, face, look);
    say_count(scene, answer->count, false, count, sizeof count);
    snprintf(label, sizeof label, "%.200s%s%.100s", answer->label, count[0] != '\0' ? " · " : "",
             count);
    struct target *target = frame_target(
        pen->frame, (struct rect){box.x, box.y, box.w, box.h + (flat ? 0 : WIDGET_EDGE_PX)},
        ROLE_CHIP, answer->action, answer->value, label);
    if (target != NULL)
        target->state |= (answer->on ? TARGET_SELECTED : 0) | (flat ? TARGET_DISABLED : 0);
    return face;
}

static void draw_count(const struct scene *scene, struct rect line, const struct answer *answer,
                       enum align align)
{
    char count[FORMAT_BYTES];
    say_count(scene, answer->count, line.w < BRIEF_W, count, sizeof count);
    pen_line(&scene->pen, line, STYLE_CAPTION, ink_of(scene, answer, COLOR_INK_2), align, count);
}

// ---- the four questions

static struct rect grid_cell(struct rect area, int columns, int rows, int gap, int at)
{
    int column = at % columns;
    int row = at / columns;
    int x = area.x + (area.w + gap) * column / columns;
    int y = area.y + (area.h + gap) * row / rows;
    return (struct rect){x, y, area.x + (area.w + gap) * (column + 1) / columns - gap - x,
                         area.y + (area.h + gap) * (row + 1) / rows - gap - y};
}

static void draw_family(const struct scene *scene, struct rect box)
{
    const struct pen *pen = &scene->pen;
    bool family = scene->visit->search.picker.family;
    struct button button = {
        .kind = BUTTON_SECOND,
        .style = STYLE_BUTTON,
        .label = scene->words->texts[family ? WORD_WIZARD_ALONE : WORD_WIZARD_FAMILY],
        .icon = family ? ICON_CHILD : ICON_GROUP,
        .icon_color = pen_color(pen, COLOR_INFO),
        .left = true};
    widget_button(pen, box, &button, ACTION_WIZARD_FAMILY, 0);
}

static void draw_ages(const struct scene *scene, struct rect area)
{
    enum { COLUMNS = 3, ROWS = 5, AGE_GAP = 26 };
    const struct search_state *state = &scene->visit->search;
    for (int i = 0; i < PICKER_AGES; i++) {
        int years = PICKER_AGE_FIRST + i;
        char number[16];
        char label[FORMAT_BYTES];
        snprintf(number, sizeof number, "%d", years);
        words_count(scene->words, WORD_AGE_ONE, years, label, sizeof label);
        struct answer answer = {.action = ACTION_WIZARD_AGE,
                                .value = (uint32_t)years,
                                .label = label,
                                .count = state->picker.age_counts[i],
                                .on = wizard_age_chosen(state, years)};
        struct rect face = draw_face(scene, grid_cell(area, COLUMNS, ROWS, AGE_GAP, i), &answer);
        int top = face.y + (face.h - 138) / 2;
        pen_line(&scene->pen, (struct rect){face.x, top, face.w, 100}, STYLE_DISPLAY,
                 ink_of(scene, &answer, COLOR_INK), ALIGN_CENTER, number);
        draw_count(scene, (struct rect){face.x + 8, top + 102, face.w - 16, 34}, &answer,
                   ALIGN_CENTER);
    }
    struct rect first = grid_cell(area, COLUMNS, ROWS, AGE_GAP, PICKER_AGES);
    struct rect last = grid_cell(area, COLUMNS, ROWS, AGE_GAP, PICKER_AGES + 1);
    first.w = last.x + last.w - first.x;
    draw_family(scene, first);
}

static struct answer filter_answer(const struct scene *scene, enum search_facet facet,
                                   uint32_t index, const char *label)
{
    struct filter_choice choice = {facet, index};
    struct answer answer = {
        .action = ACTION_FILTER,
        .value = filter_value(facet, index),
        .label = label,
        .on = filter_chosen(scene->catalog, scene->searcher, &scene->visit->search, choice)};
    filter_count(&scene->visit->search, choice, &answer.count);
    return answer;
}

static struct answer any_answer(const struct scene *scene, enum search_facet facet,
                                const char *label)
{
    const struct search_state *state = &scene->visit->search;
    return (struct answer){.action = ACTION_WIZARD_ANY,
                           .label = label,
                           .count = state->picker.any_count,
                           .on = (search_filters_facets(&state->choice.filters) >> facet & 1) == 0};
}

static void draw_days(const struct scene *scene, struct rect area)
{
    enum { COLUMNS = 4, ROWS = 2, DAYS = 7, NAME_H = 66, LINE_H = 34 };
    const struct pen *pen = &scene->pen;
    const int height = NAME_H + 2 * LINE_H + 4;
    for (unsigned i = 0; i < DAYS; i++) {
        char day[FORMAT_BYTES];
        char name[FORMAT_BYTES];
        format_choice(scene->words, WORD_DAYS_SHORT, i, day, sizeof day);
        format_choice(scene->words, WORD_DAYS_FULL, i, name, sizeof name);
        format_capital(day, sizeof day);
        struct answer answer = filter_answer(scene, FACET_WEEKDAY, i + 1, name);
        struct rect face =
            draw_face(scene, grid_cell(area, COLUMNS, ROWS, GAP + EDGE, (int)i), &answer);
        struct rect line = {face.x + 4, face.y + (face.h - height) / 2, face.w - 8, NAME_H};
        rgb ink = ink_of(scene, &answer, COLOR_INK);
        pen_line(pen, line, STYLE_H1, ink, ALIGN_CENTER, day);
        line = (struct rect){line.x, line.y + NAME_H, line.w, LINE_H};
        pen_line(pen, line, STYLE_CAPTION, ink, ALIGN_CENTER, name);
        line.y += LINE_H + 2;
        draw_count(scene, line, &answer, ALIGN_CENTER);
    }
    const char *label = scene->words->texts[WORD_WIZARD_ANY_DAY];
    struct answer any = any_answer(scene, FACET_WEEKDAY, label);
    struct rect face = draw_face(scene, grid_cell(area, COLUMNS, ROWS, GAP + EDGE, DAYS), &any);
    int top = face.y + (face.h - height) / 2;
    pen_paragraph(pen, (struct rect){face.x, top + 6, face.w, 0}, STYLE_LABEL,
                  ink_of(scene, &any, COLOR_INK), ALIGN_CENTER, label, 2);
    draw_count(scene, (struct rect){face.x + 4, top + NAME_H + LINE_H + 2, face.w - 8, LINE_H},
               &any, ALIGN_CENTER);
}

static void draw_parts(const struct scene *scene, struct rect area)
{
    enum { COLUMNS = 2, ROWS = 2, ICON_X = 42, ICON_PX = 48, TEXT_X = 122, TEXT_H = 118 };
    const struct pen *pen = &scene->pen;
    for (unsigned i = 0; i < DAY_PART_COUNT; i++) {
        char name[FORMAT_BYTES];
        char hours[FORMAT_BYTES];
        format_choice(scene->words, WORD_WIZARD_PARTS, i, name, sizeof name);
        format_choice(scene->words, WORD_WIZARD_HOURS, i, hours, sizeof hours);
        struct answer answer = filter_answer(scene, FACET_DAY_PART, i, name);
        struct rect face =
            draw_face(scene, grid_cell(area, COLUMNS, ROWS, GAP + EDGE, (int)i), &answer);
        rgb ink = ink_of(scene, &answer, COLOR_INK);
        pen_icon(pen, (struct rect){face.x + ICON_X, face.y, ICON_PX, face.h},
                 answer.on ? ICON_CHECK : ICON_CLOCK, ICON_PX, ink);
        struct rect line = {face.x + TEXT_X, face.y + (face.h - TEXT_H) / 2, face.w - TEXT_X - 16,
                            46};
        pen_line(pen, line, STYLE_BUTTON, ink, ALIGN_LEFT, name);
        line = (struct rect){line.x, line.y + 48, line.w, 34};
        pen_line(pen, line, STYLE_CAPTION, ink, ALIGN_LEFT, hours);
        line.y += 36;
        draw_count(scene, line, &answer, ALIGN_LEFT);
    }
}

static void draw_time(const struct scene *scene, struct rect area)
{
    enum { DAYS_H = 378, HEADING_Y = 440, PARTS_Y = 514, PARTS_H = 352 };
    const struct pen *pen = &scene->pen;
    draw_days(scene, (struct rect){area.x, area.y, area.w, DAYS_H});
    pen_text(pen, area.x + 2, area.y + HEADING_Y, STYLE_TITLE, pen_color(pen, COLOR_INK),
             scene->words->texts[WORD_WIZARD_WHEN]);
    draw_parts(scene, (struct rect){area.x, area.y + PARTS_Y, area.w, PARTS_H});
}

// The quilt from edge to edge; «разное» stands below it, or over the footer beside it.
static void draw_interest(const struct scene *scene, struct rect quilt, struct rect below)
{
    enum { LOGO_PX = 64, SIDE_PX = 38 };
    const struct pen *pen = &scene->pen;
    int columns = scene->landscape ? 2 : 3;
    int rows = DIRECTION_COUNT / columns;
    for (int i = 0; i < DIRECTION_COUNT; i++) {
        // Row by row standing, column by column lying, as on home.
        int at = scene->landscape ? i % rows * columns + i / rows : i;
        char count[FORMAT_BYTES];
        const char *name = format_direction(scene->words, (enum direction)i);
        struct answer answer = filter_answer(scene, FACET_DIRECTION, (uint32_t)i, name);
        say_count(scene, answer.count, false, count, sizeof count);
        tile_draw(scene, grid_cell(quilt, columns, rows, 0, at),
                  &(struct tile){.direction = (enum direction)i,
                                 .count = count,
                                 .chosen = answer.on,
                                 .flat = is_flat(scene, &answer),
                                 .action = answer.action,
                                 .value = answer.value});
    }
    const char *label = scene->words->texts[WORD_WIZARD_MIXED];
    struct answer any = any_answer(scene, FACET_DIRECTION, label);
    struct rect face = draw_face(scene, below, &any);
    pen_picture(pen,
                (struct rect){face.x + SIDE_PX, face.y + (face.h - LOGO_PX) / 2, LOGO_PX, LOGO_PX},
                PICTURE_LOGO, CROP_FIT);
    int x = face.x + SIDE_PX + LOGO_PX + 28;
    int right = face.x + face.w - SIDE_PX;
    x += pen_line(pen, (struct rect){x, face.y, right - x, face.h}, STYLE_TITLE,
                  ink_of(scene, &any, COLOR_INK), ALIGN_LEFT, label);
    draw_count(scene, (struct rect){x, face.y, right - x, face.h}, &any, ALIGN_RIGHT);
}

static void draw_payments(const struct scene *scene, struct rect area)
{
    enum { ROWS = 4, PAID_ROWS = 3, ICON_X = 52, ICON_PX = 68, TEXT_X = 160, TEXT_H = 140 };
    enum { CHECK_PX = 64, SIDE_PX = 40 };
    static const enum picture icons[ROWS] = {ICON_HEART, ICON_CERTIFICATE, ICON_RUBLE,
                                             PICTURE_LOGO};
    const struct pen *pen = &scene->pen;
    for (unsigned i = 0; i < ROWS; i++) {
        char name[FORMAT_BYTES];
        char note[FORMAT_BYTES];
        format_choice(scene->words, WORD_WIZARD_PAYMENTS, i, name, sizeof name);
        format_choice(scene->words, WORD_WIZARD_PAYMENT_NOTES, i, note, sizeof note);
        struct answer answer = i < PAID_ROWS ? filter_answer(scene, FACET_PAYMENT, i, name)
                                             : any_answer(scene, FACET_PAYMENT, name);
        struct rect face = draw_face(scene, grid_cell(area, 1, ROWS, GAP + EDGE, (int)i), &answer);
        rgb ink = ink_of(scene, &answer, COLOR_INK);
        struct rect icon = {face.x + ICON_X, face.y + (face.h - ICON_PX) / 2, ICON_PX, ICON_PX};
        if (i < PAID_ROWS)
            pen_icon(pen, icon, icons[i], ICON_PX, ink);
        else
            pen_picture(pen, icon, icons[i], CROP_FIT);
        struct rect line = {face.x + TEXT_X, face.y + (face.h - TEXT_H) / 2,
                            face.w - TEXT_X - CHECK_PX - SIDE_PX, 52};
        if (answer.on)
            pen_icon(pen, (struct rect){line.x + line.w, face.y, CHECK_PX, face.h}, ICON_CHECK,
                     CHECK_PX, ink);
        pen_line(pen, line, STYLE_BUTTON_L, ink, ALIGN_LEFT, name);
        line = (struct rect){line.x, line.y + 56, line.w, 41};
        pen_line(pen, line, STYLE_BODY, ink, ALIGN_LEFT, note);
        line = (struct rect){line.x, line.y + 46, line.w, 34};
        draw_count(scene, line, &answer, ALIGN_LEFT);
    }
}

// ---- around them

static void draw_steps(const struct scene *scene, int x, int y)
{
    enum { CELL_PX = 56, PITCH_PX = 70 };
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
    pen_line(pen, (struct rect){x + QUESTION_COUNT * PITCH_PX + 10, y, 300, CELL_PX}, STYLE_BODY,
             pen_color(pen, COLOR_INK_2), ALIGN_LEFT, step);
}

// The children named so far, each to be taken back.
static void draw_children(const struct scene *scene, struct rect line)
{
    const struct search_filters *chosen = &scene->visit->search.choice.filters;
    int x = line.x;
    for (uint32_t i = 0; i < chosen->age_count; i++) {
        char label[FORMAT_BYTES];
        words_count(scene->words, WORD_AGE_ONE, chosen->age_months[i] / YEAR_MONTHS, label,
                    sizeof label);
        struct chip chip = {.label = label, .on = true};
        int width = widget_chip_width(&scene->pen, &chip);
        if (x + width > line.x + line.w)
            return;
        widget_chip(&scene->pen, (struct rect){x, line.y, width, WIDGET_CHIP_H}, &chip,
                    ACTION_WIZARD_CHILD, i);
        x += width + 14;
    }
}

static void draw_question(const struct scene *scene, struct rect column, int y)
{
    enum { LEAD_Y = 172, CHIPS_Y = 180 };
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
    draw_steps(scene, column.x, y);
    bool wide = pen_width(pen, STYLE_DISPLAY_S, title) > column.w;
    pen_line(pen, (struct rect){column.x, y + 74, column.w, 84}, wide ? STYLE_H1 : STYLE_DISPLAY_S,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, title);
    if (family && children > 0)
        draw_children(scene, (struct rect){column.x, y + CHIPS_Y, column.w, 0});
    else
        pen_paragraph(pen, (struct rect){column.x, y + LEAD_Y, column.w, 0}, STYLE_BODY_L,
                      pen_color(pen, COLOR_INK_2), ALIGN_LEFT, lead, 2);
}

// Cut short, or on to the next question; behind the last one there is only the result.
static void draw_footer(const struct scene *scene, struct rect box)
{
    enum { PADDING_PX = 72, SHOW_W_MIN = 240 };
    const struct pen *pen = &scene->pen;
    bool last = wizard_question(scene->visit) == QUESTION_PAYMENT;
    uint32_t total = scene->visit->search.result.total;
    char text[FORMAT_BYTES];
    words_count(scene->words, last ? WORD_FILTERS_SHOW : WORD_WIZARD_SHOW, total, text,
                sizeof text);
    struct button next = {.kind = BUTTON_MAIN,
                          .style = STYLE_BUTTON_L,
                          .label = last ? text : scene->words->texts[WORD_WIZARD_NEXT],
                          .disc = true};
    if (last && scene->catalog == NULL)
        next = (struct button){.kind = BUTTON_MAIN,
                               .style = STYLE_BODY_BOLD,
                               .label = scene->words->texts[WORD_HOME_LEAD_LOADING],
                               .disabled = true};
    int x = box.x;
    if (!last && scene->catalog != NULL) {
        struct button show = {
            .kind = BUTTON_SECOND, .style = STYLE_LABEL, .label = text, .left = true};
        const char *counted = strchr(text, '\n');
        int width = pen_width(pen, STYLE_LABEL, counted == NULL ? text : counted + 1) + PADDING_PX;
        if (width < SHOW_W_MIN)
            width = SHOW_W_MIN;
        widget_button(pen, (struct rect){x, box.y, width, box.h}, &show, ACTION_SHOW, 0);
        x += width + 24;
    }
    widget_button(pen, (struct rect){x, box.y, box.x + box.w - x, box.h}, &next, ACTION_WIZARD_NEXT,
                  0);
}

static void draw_answers(const struct scene *scene, struct rect area, struct rect quilt,
                         struct rect below)
{
    switch (wizard_question(scene->visit)) {
    case QUESTION_AGE:
        draw_ages(scene, area);
        return;
    case QUESTION_TIME:
        draw_time(scene, area);
        return;
    case QUESTION_INTEREST:
        draw_interest(scene, quilt, below);
        return;
    case QUESTION_PAYMENT:
        draw_payments(scene, area);
        return;
    case QUESTION_COUNT:
        return;
    }
}

static void view_portrait(const struct scene *scene)
{
    enum { QUESTION_Y = 112, ANSWERS_Y = 420, AGES_H = 1052, PAYMENTS_H = 912, BOTTOM_PX = 35 };
    enum { QUILT_Y = 404, QUILT_H = 816, BELOW_Y = 1276 };
    struct rect body = chrome_body(scene);
    bool ages = wizard_question(scene->visit) == QUESTION_AGE;
    chrome_draw_topbar(scene);
    draw_question(scene, body, QUESTION_Y);
    draw_answers(scene, (struct rect){body.x, ANSWERS_Y, body.w, ages ? AGES_H : PAYMENTS_H},
                 (struct rect){0, QUILT_Y, scene->width, QUILT_H},
                 (struct rect){body.x, BELOW_Y, body.w, FOOTER_H});
    draw_footer(scene, (struct rect){body.x, body.h - BOTTOM_PX - FOOTER_H, body.w, FOOTER_H});
}

static void view_landscape(const struct scene *scene)
{
    enum { QUESTION_Y = 96, GAP_PX = 40 };
    struct rect body = chrome_body(scene);
    struct rect side = chrome_side(scene);
    struct rect footer = {body.x, body.h - CHROME_MARGIN - FOOTER_H, body.w, FOOTER_H};
    pen_fill(&scene->pen, side, pen_color(&scene->pen, COLOR_SUNKEN));
    draw_question(scene, body, QUESTION_Y);
    draw_answers(scene, rect_inset(side, CHROME_MARGIN), side,
                 (struct rect){body.x, footer.y - GAP_PX - FOOTER_H, body.w, FOOTER_H});
    draw_footer(scene, footer);
}

void wizard_view(const struct scene *scene)
{
    if (scene->landscape)
        view_landscape(scene);
    else
        view_portrait(scene);
}
