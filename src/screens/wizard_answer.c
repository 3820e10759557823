#include "screens/filters_parts.h"
#include "screens/layout.h"
#include "screens/wizard_parts.h"

#include <stdio.h>

enum {
    RADIUS = 28,
    BRIEF_W = 190, // «1 234 программы» doesn't fit
};

bool answer_flat(const struct scene *scene, const struct answer *answer)
{
    return scene->catalog != NULL && answer->count == 0 && !answer->on;
}

void answer_count(const struct scene *scene, uint32_t count, bool brief, char *ret_text,
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

rgb answer_ink(const struct scene *scene, const struct answer *answer, enum color otherwise)
{
    return pen_color(&scene->pen, answer->on                   ? COLOR_ON_ACCENT
                                  : answer_flat(scene, answer) ? COLOR_INK_2
                                                               : otherwise);
}

// Raised; chosen in sun with an ink outline; flat when it leaves nothing. Returns where its face
// stands now.
struct rect answer_draw(const struct scene *scene, struct rect box, const struct answer *answer)
{
    enum { PRESSED_PX = 6 };
    const struct pen *pen = &scene->pen;
    bool flat = answer_flat(scene, answer);
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
    answer_count(scene, answer->count, false, count, sizeof count);
    snprintf(label, sizeof label, "%.200s%s%.100s", answer->label, count[0] != '\0' ? " · " : "",
             count);
    struct target *target = frame_target(
        pen->frame, (struct rect){box.x, box.y, box.w, box.h + (flat ? 0 : WIDGET_EDGE_PX)},
        ROLE_CHIP, answer->action, answer->value, label);
    if (target != NULL)
        target->state |= (answer->on ? TARGET_SELECTED : 0) | (flat ? TARGET_DISABLED : 0);
    return face;
}

// ---- the words of an answer, one below the other in the middle of its face

// A count not known yet keeps its place.
static int line_height(const struct pen *pen, int width, enum style style, const char *text)
{
    return text[0] == '\0' ? pen_style(pen, style)->line_px
                           : layout_words_height(pen, width, style, text);
}

int answer_words_height(const struct pen *pen, int width, const struct answer_words *words)
{
    int height = words->tail;
    for (int i = 0; i < ANSWER_LINES; i++)
        if (words->lines[i].text != NULL)
            height += words->lines[i].gap +
                      line_height(pen, width, words->lines[i].style, words->lines[i].text);
    return height;
}

// The last line is the count, quieter than the others.
void answer_draw_words(const struct scene *scene, struct rect face, const struct answer *answer,
                       enum align align, const struct answer_words *words)
{
    const struct pen *pen = &scene->pen;
    int y = face.y + (face.h - answer_words_height(pen, face.w, words)) / 2;
    for (int i = 0; i < ANSWER_LINES; i++) {
        if (words->lines[i].text == NULL)
            continue;
        bool last = i + 1 == ANSWER_LINES;
        y += words->lines[i].gap;
        y += pen_paragraph(pen, (struct rect){face.x, y, face.w, 0}, words->lines[i].style,
                           answer_ink(scene, answer, last ? COLOR_INK_2 : COLOR_INK), align,
                           words->lines[i].text, PEN_LINES_MAX);
    }
}

// The number alone where the words don't fit.
void answer_count_within(const struct scene *scene, uint32_t count, int width, char *ret_text,
                         size_t capacity)
{
    answer_count(scene, count, width < BRIEF_W, ret_text, capacity);
    if (!layout_fits(&scene->pen, width, STYLE_CAPTION, ret_text))
        answer_count(scene, count, true, ret_text, capacity);
}

struct rect answer_cell(struct rect area, int columns, int rows, int gap, int at)
{
    int column = at % columns;
    int row = at / columns;
    int x = area.x + (area.w + gap) * column / columns;
    int y = area.y + (area.h + gap) * row / rows;
    return (struct rect){x, y, area.x + (area.w + gap) * (column + 1) / columns - gap - x,
                         area.y + (area.h + gap) * (row + 1) / rows - gap - y};
}

struct answer answer_of_filter(const struct scene *scene, enum search_facet facet, uint32_t index,
                               const char *label)
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

struct answer answer_of_any(const struct scene *scene, enum search_facet facet, const char *label)
{
    const struct search_state *state = &scene->visit->search;
    return (struct answer){.action = ACTION_WIZARD_ANY,
                           .label = label,
                           .count = state->picker.any_count,
                           .on = (search_filters_facets(&state->choice.filters) >> facet & 1) == 0};
}
