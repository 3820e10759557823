// Nothing found (11a): the reason in words and the ways out, each with what it would find.
#include "base/text.h"
#include "screens/chrome.h"
#include "screens/facet_words.h"
#include "screens/layout.h"
#include "screens/search_choice.h"
#include "screens/search_parts.h"
#include "ui/quilt.h"
#include "wording/format.h"

#include <stdio.h>
#include <string.h>

enum { YEAR_MONTHS = 12, WAYS_MAX = 5, BUTTON_H = 120, PICTURE_H = 480, PICTURE_LYING_H = 360 };

// Years that a program would have to take, as far as ages are asked: first and last.
struct years {
    int first;
    int last;
};

static struct years years_asked(const struct search_state *state)
{
    struct search_filters all = search_choice_all(state);
    if (all.age_count == 0)
        return (struct years){all.age_from_months / YEAR_MONTHS, all.age_to_months / YEAR_MONTHS};
    struct years years = {all.age_months[0] / YEAR_MONTHS, all.age_months[0] / YEAR_MONTHS};
    for (uint32_t i = 1; i < all.age_count; i++) {
        int year = all.age_months[i] / YEAR_MONTHS;
        years.first = year < years.first ? year : years.first;
        years.last = year > years.last ? year : years.last;
    }
    return years;
}

// «с 10 лет», «до 6 лет»; "" when what is offered lies on both sides.
static void offered_ages(const struct scene *scene, uint32_t offers, char *ret_text,
                         size_t capacity)
{
    struct years asked = years_asked(&scene->visit->search);
    ret_text[0] = '\0';
    if (offers == 0)
        return;
    int first = __builtin_ctz(offers);
    int last = 31 - __builtin_clz(offers);
    if (first > asked.last)
        words_count(scene->words, WORD_AGE_FROM, first, ret_text, capacity);
    else if (last < asked.first)
        words_count(scene->words, WORD_AGE_TO, last, ret_text, capacity);
}

static void say(const struct scene *scene, enum word word, const char *name, const char *value,
                char *ret_text, size_t capacity)
{
    words_fill(scene->words, word, &(struct word_part){name, value}, 1, ret_text, capacity);
}

static void say_age(const struct scene *scene, const struct search_relaxation *way, char *ret_text,
                    size_t capacity)
{
    char ages[FORMAT_BYTES];
    char asked[FORMAT_BYTES];
    struct search_filters all = search_choice_all(&scene->visit->search);
    offered_ages(scene, way->offers, ages, sizeof ages);
    facet_ages(scene->words, &all, asked, sizeof asked);
    words_fill(scene->words, ages[0] != '\0' ? WORD_NONE_AGE : WORD_NONE_AGE_OTHER,
               (struct word_part[]){{"ages", ages}, {"age", asked}}, 2, ret_text, capacity);
}

// The reason that the way with most programs shows.
static void say_reason(const struct scene *scene, const struct search_relaxation *way,
                       char *ret_text, size_t capacity)
{
    const struct words *words = scene->words;
    char offers[FORMAT_BYTES];
    enum word word = WORD_NONE_FILTERS;
    switch (way->facet) {
    case FACET_AGE:
        say_age(scene, way, ret_text, capacity);
        return;
    case FACET_WEEKDAY:
        if (way->offers == 0)
            break;
        facet_weekdays(words, way->offers, offers, sizeof offers);
        say(scene, WORD_NONE_WEEKDAY, "days", offers, ret_text, capacity);
        return;
    case FACET_DAY_PART:
        if (way->offers == 0)
            break;
        facet_choices(words, WORD_FACET_PARTS, way->offers, WORD_FACET_COMMA, offers,
                      sizeof offers);
        say(scene, WORD_NONE_PART, "times", offers, ret_text, capacity);
        return;
    case FACET_PAYMENT:
        if (way->offers == 0)
            break;
        facet_choices(words, WORD_FACET_PAYMENTS, way->offers, WORD_FACET_OR, offers,
                      sizeof offers);
        say(scene, WORD_NONE_PAYMENT, "payment", offers, ret_text, capacity);
        return;
    case FACET_PRICE:
        word = WORD_NONE_PRICE;
        break;
    case FACET_PLACES:
        word = WORD_NONE_PLACES;
        break;
    case FACET_DISTANCE:
        word = WORD_NONE_DISTANCE;
        break;
    case FACET_TEACHER:
        word = WORD_NONE_TEACHER;
        break;
    case FACET_STREET:
    case FACET_ORGANIZATION:
    case FACET_MUNICIPALITY:
        word = WORD_NONE_ELSEWHERE;
        break;
    case FACET_SUMMER:
        word = WORD_NONE_SUMMER;
        break;
    case FACET_OVZ:
        word = WORD_NONE_OVZ;
        break;
    case FACET_DIRECTION:
    case FACET_ACTIVITY:
    case FACET_FORM:
    case FACET_LEVEL:
    case FACET_WORDS:
    case FACET_COUNT:
        break;
    }
    text_copy(ret_text, capacity, words->texts[word]);
}

static void say_way(const struct scene *scene, const struct search_relaxation *way, char *ret_text,
                    size_t capacity)
{
    static const enum word plain[FACET_COUNT] = {
        [FACET_AGE] = WORD_NONE_ANY_AGE,           [FACET_WEEKDAY] = WORD_NONE_ANY_DAY,
        [FACET_DAY_PART] = WORD_NONE_ANY_TIME,     [FACET_PAYMENT] = WORD_NONE_ANY_PAYMENT,
        [FACET_PRICE] = WORD_NONE_ANY_PRICE,       [FACET_DISTANCE] = WORD_NONE_ANY_PLACE,
        [FACET_PLACES] = WORD_NONE_WITHOUT_PLACES,
    };
    char label[FORMAT_BYTES] = "";
    char number[32];
    if (way->facet == FACET_AGE)
        offered_ages(scene, way->offers, label, sizeof label);
    format_capital(label, sizeof label);
    if (label[0] == '\0' && plain[way->facet] != 0) {
        text_copy(label, sizeof label, scene->words->texts[plain[way->facet]]);
    } else if (label[0] == '\0') {
        char filter[FORMAT_BYTES];
        enum { FILTER_CHARACTERS = 30 };
        facet_label(scene, way->facet, filter, sizeof filter);
        facet_cut(filter, sizeof filter, FILTER_CHARACTERS);
        say(scene, WORD_NONE_WITHOUT, "filter", filter, label, sizeof label);
    }
    words_number(scene->words, way->count, number, sizeof number);
    words_fill(scene->words, WORD_NONE_COUNTED,
               (struct word_part[]){{"label", label}, {"number", number}}, 2, ret_text, capacity);
}

// Ways beyond the words themselves.
static uint32_t find_ways(const struct search_result *result,
                          const struct search_relaxation *ret_ways[WAYS_MAX])
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < result->relaxed_count && count < WAYS_MAX; i++)
        if (result->relaxed[i].facet != FACET_WORDS && result->relaxed[i].count > 0)
            ret_ways[count++] = &result->relaxed[i];
    return count;
}

// Returns where they end.
static int draw_ways(const struct scene *scene, struct rect box,
                     const struct search_relaxation *const *ways, uint32_t count)
{
    enum { GAP_PX = 14, ROW_GAP_PX = 22 };
    int x = box.x;
    int y = box.y;
    int row_h = 0;
    for (uint32_t i = 0; i < count; i++) {
        char label[FORMAT_BYTES * 2];
        struct pen pen = scene->pen;
        pen.secret = true;
        say_way(scene, ways[i], label, sizeof label);
        struct chip chip = {.label = label};
        int width = widget_chip_width(&pen, &chip);
        width = width < box.w ? width : box.w;
        if (x > box.x && x + width > box.x + box.w) {
            x = box.x;
            y += row_h + ROW_GAP_PX;
            row_h = 0;
        }
        int height = widget_chip_height(&pen, width, &chip);
        row_h = height > row_h ? height : row_h;
        widget_chip(&pen, (struct rect){x, y, width, height}, &chip, ACTION_RELAX, ways[i]->facet);
        x += width + GAP_PX;
    }
    return y + row_h + WIDGET_EDGE_PX;
}

// The reason and the ways out, in a column.
struct none_page {
    const struct scene *scene;
    int x;
    int width;
    bool page; // the whole screen, not beside the keyboard
};

static int draw_words(const void *context, int y)
{
    enum { TITLE_LINES = 4, TITLE_GAP_PX = 14, TEXT_GAP_PX = 24 };
    const struct none_page *none = context;
    const struct scene *scene = none->scene;
    const struct pen *pen = &scene->pen;
    const struct words *words = scene->words;
    const struct search_result *result = &scene->visit->search.result;
    const struct search_relaxation *ways[WAYS_MAX];
    uint32_t count = find_ways(result, ways);
    char text[FORMAT_BYTES * 2];
    if (scene->visit->search.number)
        text_copy(text, sizeof text, words->texts[WORD_NONE_NUMBER]);
    else if (result->about && !result->about_known)
        text_copy(text, sizeof text, words->texts[WORD_NONE_UNKNOWN]);
    else if (count > 0)
        say_reason(scene, ways[0], text, sizeof text);
    else
        text_copy(text, sizeof text, words->texts[WORD_NONE_TOGETHER]);
    struct text whole = {text, strlen(text), sizeof text, false};
    if (count > 0)
        text_addf(&whole, " %s", words->texts[WORD_NONE_LOOK]);
    struct rect box = {none->x, y, none->width, 0};
    box.y += pen_paragraph(
        pen, box, none->page ? STYLE_DISPLAY_S : STYLE_H2, pen_color(pen, COLOR_INK), ALIGN_LEFT,
        words->texts[scene->visit->search.number ? WORD_NONE_NUMBER_TITLE : WORD_SEARCH_NONE],
        TITLE_LINES);
    box.y += TITLE_GAP_PX;
    struct pen secret = *pen;
    secret.secret = true;
    box.y += pen_paragraph(&secret, box, STYLE_BODY_L, pen_color(pen, COLOR_INK_2), ALIGN_LEFT,
                           text, PEN_LINES_MAX);
    box.y += TEXT_GAP_PX;
    return draw_ways(scene, box, ways, count);
}

// What stands at the foot; without a label there is nothing to offer.
struct way_out {
    char label[FORMAT_BYTES * 2];
    struct button button;
    uint16_t action;
    uint32_t value;
};

// «для 9 лет»
static void say_all_for_age(const struct scene *scene, const struct search_filters *all,
                            char *ret_text, size_t capacity)
{
    char ages[FORMAT_BYTES];
    char years[FORMAT_BYTES];
    char text[FORMAT_BYTES];
    facet_ages(scene->words, all, ages, sizeof ages);
    int32_t last = all->age_count > 0 ? all->age_months[all->age_count - 1] : all->age_to_months;
    words_count(scene->words, WORD_NONE_FOR_AGE, last / YEAR_MONTHS, years, sizeof years);
    snprintf(text, sizeof text, "%.100s\u00a0%.100s", ages, years);
    say(scene, WORD_NONE_ALL_AGE, "age", text, ret_text, capacity);
}

// What the filters alone find; when that is nothing either, or all, the whole catalogue.
static void find_all(const struct scene *scene, int width, struct way_out *ret)
{
    enum { SIDES_PX = 48 };
    const struct search_state *state = &scene->visit->search;
    struct search_filters all = search_choice_all(state);
    uint32_t facets = search_filters_facets(&all);
    char text[FORMAT_BYTES * 2];
    char number[32];
    bool words_go = state->without_words > 0 && state->query[0] != '\0' && facets != 0;
    uint32_t count = words_go ? state->without_words : scene->catalog->program_count;
    if (count == 0)
        return;
    if (words_go && facets == 1u << FACET_AGE)
        say_all_for_age(scene, &all, text, sizeof text);
    else
        text_copy(text, sizeof text,
                  scene->words->texts[words_go ? WORD_NONE_ALL_FILTERS : WORD_NONE_ALL]);
    words_number(scene->words, count, number, sizeof number);
    words_fill(scene->words, WORD_NONE_COUNTED,
               (struct word_part[]){{"label", text}, {"number", number}}, 2, ret->label,
               sizeof ret->label);
    bool wide = pen_width(&scene->pen, STYLE_BUTTON_L, ret->label) > width - SIDES_PX;
    ret->button.style = wide ? STYLE_BUTTON : STYLE_BUTTON_L;
    ret->action = ACTION_RELAX;
    ret->value = words_go ? FACET_WORDS : FACET_COUNT;
}

static void find_way_out(const struct scene *scene, int width, struct way_out *ret)
{
    memset(ret, 0, sizeof *ret);
    ret->button =
        (struct button){.kind = BUTTON_MAIN, .style = STYLE_BUTTON_L, .label = ret->label};
    if (!scene->visit->search.number) {
        find_all(scene, width, ret);
        return;
    }
    text_copy(ret->label, sizeof ret->label, scene->words->texts[WORD_SEARCH_CHECK]);
    ret->button.icon = ICON_CERTIFICATE;
    ret->action = ACTION_SUGGESTION;
}

// The magnifier in its mosaic.
static int draw_picture(const struct scene *scene, int top)
{
    const struct pen *pen = &scene->pen;
    const struct direction_colors *colors = &pen->theme->directions[DIRECTION_SOCIAL];
    struct rect all = {0, top, scene->width, PICTURE_H};
    if (scene->landscape)
        all =
            (struct rect){scene->width - SEARCH_RESULTS_W, top, SEARCH_RESULTS_W, PICTURE_LYING_H};
    if (pen->palette == PALETTE_NORMAL)
        quilt_draw(pen->frame, all, 120, "nothing found", colors);
    struct rect hole = {all.x + (all.w - 600) / 2, all.y + 120, 600, all.h - 120};
    pen_fill(pen, hole, pen_color(pen, scene->landscape ? COLOR_SUNKEN : COLOR_PAPER));
    int size = scene->landscape ? 230 : 360;
    struct rect picture = {hole.x + (hole.w - size) / 2, hole.y + (hole.h - size) / 2, size, size};
    if (pen->palette == PALETTE_HIGH_CONTRAST) // the drawing is dark
        pen_block(pen, picture,
                  (struct block_look){.fill = pen_color(pen, COLOR_INK), .radius = 40});
    pen_picture(pen, picture, PICTURE_STATE_EMPTY, CROP_FIT);
    return all.y + all.h;
}

void search_draw_none(const struct scene *scene, struct rect box, bool page)
{
    enum { TOP_PX = 28, PICTURE_Y = 12, PICTURE_GAP_PX = 40, FOOT_GAP_PX = 24 };
    struct way_out way;
    find_way_out(scene, box.w, &way);
    struct rect foot = {box.x, 0, box.w,
                        widget_button_height(&scene->pen, box.w, BUTTON_H, &way.button)};
    foot.y = box.y + box.h - foot.h - WIDGET_EDGE_PX - FOOT_GAP_PX;
    struct none_page none = {scene, box.x, box.w, page};
    struct layout_part words = {draw_words, &none};
    int y = box.y + PICTURE_Y + (scene->landscape ? PICTURE_LYING_H : PICTURE_H) + PICTURE_GAP_PX;
    if (page && y + layout_height(scene, &words) <= foot.y - FOOT_GAP_PX)
        draw_picture(scene, box.y + PICTURE_Y);
    else
        y = box.y + TOP_PX;
    struct rect view = {box.x - LAYOUT_BLEED_PX, y, box.w + 2 * LAYOUT_BLEED_PX,
                        foot.y - FOOT_GAP_PX - y};
    layout_scrolled(scene, view, ACTION_SCROLL_LIST, &scene->visit->search.list, &words);
    if (way.label[0] != '\0')
        widget_button(&scene->pen, foot, &way.button, way.action, way.value);
}
