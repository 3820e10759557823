#include "screens/chrome.h"
#include "screens/facet_words.h"
#include "screens/filters.h"
#include "screens/search.h"
#include "screens/search_choice.h"
#include "screens/search_parts.h"
#include "screens/typing.h"
#include "wording/format.h"

#include <stdio.h>
#include <string.h>

// Where the parts of the screen stand, portrait or landscape.
struct places {
    struct rect field;
    struct rect chips;
    struct rect list;     // the viewport the cards scroll in
    struct rect keyboard; // the sunken panel; empty when hidden
    int key_h;
};

enum { PANEL_H = 606, FIELD_H = 142, CHIPS_H = 100, LIST_TOP_PX = 12 };

static struct places places_of(const struct scene *scene)
{
    bool keyboard = scene->visit->search.keyboard;
    const struct typing *typing = &scene->visit->search.typing;
    if (scene->landscape) {
        int left = CHROME_RAIL_W;
        int right = scene->width - 864;
        int panel_h = 528 + keyboard_more_h(typing, 106);
        return (struct places){
            .field = {left + 44, 38, right - left - 80, FIELD_H},
            .chips = {right, 40, 864, CHIPS_H},
            .list = {right + 40, 160, 864 - 80, scene->height - 160},
            .keyboard = {left, scene->height - panel_h, right - left, panel_h},
            .key_h = 106,
        };
    }
    int panel_h = keyboard ? PANEL_H + keyboard_more_h(typing, 100) : 0;
    int bottom = scene->height - CHROME_DOCK_H - panel_h;
    return (struct places){
        .field = {44, 38, scene->width - 88, FIELD_H},
        .chips = {0, 208, scene->width, CHIPS_H},
        .list = {48, 316, scene->width - 96, bottom - 316},
        .keyboard = {0, bottom, scene->width, panel_h},
        .key_h = 100,
    };
}

static void draw_caret(const struct scene *scene, int x, struct rect box)
{
    int blink_ms = scene->pen.theme->times.caret_blink_ms;
    int64_t turn = scene->clock.now_ms / blink_ms;
    frame_wake_at(scene->pen.frame, (turn + 1) * blink_ms);
    if (turn % 2 == 0)
        pen_fill(&scene->pen, (struct rect){x + 2, box.y + (box.h - 56) / 2, 5, 56},
                 pen_color(&scene->pen, COLOR_FOCUS_OUTER));
}

// The end of a long text stays visible.
static void draw_query(const struct scene *scene, struct rect box)
{
    const struct pen *pen = &scene->pen;
    const char *query = scene->visit->search.query;
    int width = pen_width(pen, STYLE_TITLE, query);
    int x = width > box.w ? box.x + box.w - width : box.x;
    struct pen secret = *pen;
    secret.secret = true;
    frame_clip_push(pen->frame, box);
    pen_text(&secret, x, box.y + (box.h - 46) / 2, STYLE_TITLE, pen_color(pen, COLOR_INK), query);
    frame_clip_pop(pen->frame);
    if (scene->visit->search.keyboard)
        draw_caret(scene, x + width, box);
}

enum { FIELD_LEAST_H = 142, FIELD_TEXT_X = 128, FIELD_SQUARE_PX = 96, FIELD_RIGHT_PX = 52 };

static int field_room(int width)
{
    return width - FIELD_TEXT_X - FIELD_SQUARE_PX - FIELD_RIGHT_PX;
}

int search_field_height(const struct scene *scene, int width)
{
    enum { LINES_MAX = 3, AIR_PX = 20 };
    const struct pen *pen = &scene->pen;
    const char *hint = scene->words->texts[WORD_HOME_FIELD];
    unsigned lines = pen_lines(pen, field_room(width), STYLE_FIELD, hint, LINES_MAX);
    int height = (int)lines * pen_style(pen, STYLE_FIELD)->line_px + AIR_PX;
    return height > FIELD_LEAST_H ? height : FIELD_LEAST_H;
}

// As many lines as the box is high for.
static void draw_hint(const struct scene *scene, struct rect box, const char *hint)
{
    const struct pen *pen = &scene->pen;
    int line = pen_style(pen, STYLE_FIELD)->line_px;
    unsigned most = box.h / line > 1 ? (unsigned)(box.h / line) : 1;
    unsigned lines = pen_lines(pen, box.w, STYLE_FIELD, hint, most);
    box.y += (box.h - (int)lines * line) / 2;
    pen_paragraph(pen, box, STYLE_FIELD, pen_color(pen, COLOR_INK_2), ALIGN_LEFT, hint, lines);
}

void search_draw_field(const struct scene *scene, struct rect box, bool door)
{
    enum { STROKE_PX = 5, EDGE_PX = 12, SQUARE_PX = FIELD_SQUARE_PX, ICON_PX = 56 };
    const struct pen *pen = &scene->pen;
    const char *query = scene->visit->search.query;
    const char *hint = scene->words->texts[WORD_HOME_FIELD];
    uint16_t action = door ? ACTION_SEARCH : ACTION_FIELD;
    int down = pen_pressed(pen, action, 0) || pen_pressed(pen, action, 1) ? EDGE_PX / 2 : 0;
    struct rect hit = {box.x, box.y, box.w, box.h + EDGE_PX};
    box.y += down;
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, COLOR_SURFACE),
                                  .stroke = pen_color(pen, COLOR_INK),
                                  .edge = pen_color(pen, COLOR_INK),
                                  .stroke_px = STROKE_PX,
                                  .edge_px = EDGE_PX - down,
                                  .radius = 36});
    pen_icon(pen, (struct rect){box.x + 44, box.y, ICON_PX, box.h}, ICON_SEARCH, ICON_PX,
             pen_color(pen, COLOR_INK));
    struct rect text = {box.x + FIELD_TEXT_X, box.y, field_room(box.w), box.h};
    bool empty = door || query[0] == '\0';
    if (empty)
        draw_hint(scene, text, hint);
    if (!door && !empty)
        draw_query(scene, text);
    if (!door && empty && scene->visit->search.keyboard)
        draw_caret(scene, text.x - 6, box);
    frame_target(pen->frame, hit, ROLE_FIELD, action, 0, hint);
    struct rect square = {box.x + box.w - SQUARE_PX - 24, box.y + (box.h - SQUARE_PX) / 2,
                          SQUARE_PX, SQUARE_PX};
    if (empty)
        widget_square(pen, square, pen_color(pen, COLOR_ACCENT), ICON_KEYBOARD,
                      pen_color(pen, COLOR_ON_ACCENT), action, 1,
                      scene->words->texts[WORD_SEARCH_KEYBOARD]);
    else
        widget_square(pen, square, pen_color(pen, COLOR_SUNKEN), ICON_CLOSE,
                      pen_color(pen, COLOR_INK), ACTION_CLEAR, 0,
                      scene->words->texts[WORD_SEARCH_CLEAR]);
}

static int draw_chip(const struct scene *scene, struct rect row, int x, const struct chip *chip,
                     uint16_t action, uint32_t value)
{
    struct pen pen = scene->pen;
    // A certificate's rest, and what was said of people and places.
    pen.secret = action == ACTION_CHIP &&
                 (value == FACET_PRICE || (value >= FACET_ORGANIZATION && value < FACET_WORDS));
    int width = widget_chip_width(&pen, chip);
    widget_chip(&pen, (struct rect){x, row.y, width, WIDGET_CHIP_H}, chip, action, value);
    return x + width + 14;
}

static int draw_offers(const struct scene *scene, struct rect row, int x, uint32_t active)
{
    static const struct {
        enum search_facet facet;
        enum word word;
    } offers[] = {{FACET_PLACES, WORD_SEARCH_PLACES},
                  {FACET_PAYMENT, WORD_SEARCH_FREE},
                  {FACET_PAYMENT, WORD_SEARCH_CERTIFICATE}};
    for (uint32_t i = 0; i < OFFER_END - OFFER_PLACES; i++)
        if ((active >> offers[i].facet & 1) == 0)
            x = draw_chip(scene, row, x,
                          &(struct chip){.label = scene->words->texts[offers[i].word]}, ACTION_CHIP,
                          OFFER_PLACES + i);
    return x;
}

static enum picture facet_icon(enum search_facet facet)
{
    if (facet == FACET_TEACHER)
        return ICON_TEACHER;
    return facet == FACET_STREET || facet == FACET_ORGANIZATION || facet == FACET_MUNICIPALITY
               ? ICON_PIN
               : PICTURE_NONE;
}

// What narrows the search, then the offers; the row scrolls sideways.
static void draw_chips(const struct scene *scene, struct rect row)
{
    enum { LABEL_CHARACTERS = 30 };
    const struct search_state *state = &scene->visit->search;
    struct frame *frame = scene->pen.frame;
    uint32_t active = search_choice_active(state);
    frame_clip_push(frame, row);
    struct target *scroll = frame_target(frame, row, ROLE_SCROLL, ACTION_SCROLL_CHIPS, 0, "");
    int start = row.x + (scene->landscape ? 40 : 48) - scroll_offset(&state->chip_row);
    struct chip filters = {.label = scene->words->texts[WORD_SEARCH_FILTERS],
                           .icon = ICON_FILTER,
                           .badge = (unsigned)__builtin_popcount(active)};
    int x = draw_chip(scene, row, start, &filters, ACTION_FILTERS, 0);
    for (unsigned i = 0; i < FACET_WORDS; i++) {
        enum search_facet facet = (enum search_facet)i;
        char label[FORMAT_BYTES];
        if (!facet_label(scene, facet, label, sizeof label))
            continue;
        format_capital(label, sizeof label);
        facet_cut(label, sizeof label, LABEL_CHARACTERS);
        struct chip chip = {.label = label, .icon = facet_icon(facet), .on = true};
        x = draw_chip(scene, row, x, &chip, ACTION_CHIP, i);
    }
    x = draw_offers(scene, row, x, active);
    if (scroll != NULL)
        scroll->value = (uint32_t)(x - start + 48);
    frame_clip_pop(frame);
}

// «Показаны результаты для …» or the count. Returns its height.
static int draw_heading(const struct scene *scene, struct rect box)
{
    const struct pen *pen = &scene->pen;
    const struct search_state *state = &scene->visit->search;
    char text[FORMAT_BYTES * 2];
    const char *corrected = state->result.corrected;
    if (corrected[0] == '\0' || strcmp(corrected, state->query) == 0) {
        words_count(scene->words, WORD_SEARCH_COUNT, state->result.total, text, sizeof text);
        pen_line(pen, (struct rect){box.x + 4, box.y, box.w, 48}, STYLE_BODY,
                 pen_color(pen, COLOR_INK_2), ALIGN_LEFT, text);
        return 58;
    }
    struct pen secret = *pen;
    secret.secret = true;
    pen_icon(pen, (struct rect){box.x, box.y, 40, 92}, ICON_INFO, 36, pen_color(pen, COLOR_INFO));
    enum { LINE_PX = 41, SPACE_PX = 9 };
    int x = box.x + 58;
    rgb ink = pen_color(pen, COLOR_INK);
    pen_text(pen, x, box.y + 4, STYLE_BODY, ink, scene->words->texts[WORD_SEARCH_CORRECTED]);
    int width = pen_text(pen, x, box.y + 4 + LINE_PX, STYLE_BODY, ink,
                         scene->words->texts[WORD_SEARCH_CORRECTED_FOR]);
    words_fill(scene->words, WORD_SEARCH_CORRECTED_WORD, &(struct word_part){"word", corrected}, 1,
               text, sizeof text);
    x += width + SPACE_PX;
    pen_line(&secret, (struct rect){x, box.y + 4 + LINE_PX, box.x + box.w / 2 + 40 - x, LINE_PX},
             STYLE_BODY_BOLD, ink, ALIGN_LEFT, text);
    words_fill(scene->words, WORD_SEARCH_EXACT, &(struct word_part){"word", state->query}, 1, text,
               sizeof text);
    struct chip chip = {.label = text, .suggestion = true};
    width = widget_chip_width(pen, &chip);
    int most = box.w - box.w / 2 - 70;
    if (width > most)
        width = most;
    widget_chip(&secret, (struct rect){box.x + box.w - width, box.y + 4, width, 84}, &chip,
                ACTION_EXACT, 0);
    return 104;
}

static void draw_suggestions(const struct scene *scene, struct rect row, bool wrap)
{
    enum { LABEL_CHARACTERS = 36 };
    const struct search_state *state = &scene->visit->search;
    bool popular = search_offers_popular(state);
    int x = row.x;
    int y = row.y;
    struct pen pen = scene->pen;
    pen.secret = !popular;
    struct suggestion suggestion;
    for (uint32_t i = 0; search_suggestion(scene->words, scene->popular, state, i, &suggestion);
         i++) {
        facet_cut(suggestion.text, sizeof suggestion.text, LABEL_CHARACTERS);
        struct chip chip = {.label = suggestion.text,
                            .icon = suggestion.icon,
                            .suggestion = true,
                            .strong = !popular && i == 0};
        int width = widget_chip_width(&pen, &chip);
        if (x > row.x && x + width > row.x + row.w) {
            if (!wrap)
                continue;
            if (y + 2 * 106 > row.y + row.h)
                return;
            x = row.x;
            y += 106;
        }
        if (width > row.w)
            continue;
        widget_chip(&pen, (struct rect){x, y, width, 84}, &chip, ACTION_SUGGESTION, i);
        x += width + 12;
    }
}

void search_draw_keyboard(const struct scene *scene, struct rect panel, int key_h)
{
    const struct pen *pen = &scene->pen;
    const struct search_state *state = &scene->visit->search;
    pen_fill(pen, panel, pen_color(pen, COLOR_SUNKEN));
    pen_fill(pen, (struct rect){panel.x, panel.y, panel.w, 2}, pen_color(pen, COLOR_LINE));
    frame_target(pen->frame, panel, ROLE_KEY, ACTION_NONE, 0, "");
    struct rect keys = {panel.x + 20, panel.y + 124, panel.w - 40, 0};
    if (scene->landscape)
        keys.y = panel.y + 20;
    else
        draw_suggestions(scene, (struct rect){panel.x + 20, panel.y + 18, panel.w - 30, 90}, false);
    char show[FORMAT_BYTES];
    char number[32];
    words_number(scene->words, state->result.total, number, sizeof number);
    words_fill(scene->words, WORD_SEARCH_SHOW, &(struct word_part){"number", number}, 1, show,
               sizeof show);
    struct keyboard keyboard = typing_keyboard(scene, state->page, &state->typing, show);
    keyboard_draw(pen, keys, key_h, &keyboard, ACTION_KEY, ACTION_VARIANT);
}

static void draw_cards(const struct scene *scene, struct rect list)
{
    const struct search_state *state = &scene->visit->search;
    struct frame *frame = scene->pen.frame;
    struct rect view = {list.x - 20, list.y, list.w + 40, list.h};
    frame_clip_push(frame, view);
    int top = list.y + LIST_TOP_PX - scroll_offset(&state->list);
    struct target *scroll = frame_target(frame, view, ROLE_SCROLL, ACTION_SCROLL_LIST, 0, "");
    int heading = draw_heading(scene, (struct rect){list.x, top, list.w, 0});
    if (scroll != NULL)
        scroll->value =
            (uint32_t)(LIST_TOP_PX + heading + 12 + state->card_y[state->result.hit_count]);
    for (uint32_t i = 0; i < state->result.hit_count; i++) {
        int y = top + heading + state->card_y[i];
        if (y > list.y + list.h)
            break;
        int height = state->card_y[i + 1] - state->card_y[i] - CARD_GAP;
        if (y + height + WIDGET_EDGE_PX > list.y)
            search_draw_card(scene, (struct rect){list.x, y, list.w, height}, i);
    }
    frame_clip_pop(frame);
}

void search_view(const struct scene *scene)
{
    const struct pen *pen = &scene->pen;
    const struct search_state *state = &scene->visit->search;
    struct places places = places_of(scene);
    if (scene->landscape)
        pen_fill(pen, (struct rect){scene->width - 864, 0, 864, scene->height},
                 pen_color(pen, COLOR_SUNKEN));
    bool none = state->result.total == 0 && scene->catalog != NULL;
    if (none)
        search_draw_none(scene, places.list, !state->keyboard);
    else
        draw_cards(scene, places.list);
    search_draw_field(scene, places.field, false);
    draw_chips(scene, places.chips);
    if (scene->landscape) {
        bool popular = search_offers_popular(state);
        struct suggestion first;
        if (search_suggestion(scene->words, scene->popular, state, 0, &first))
            pen_text(pen, places.field.x + 4, 220, STYLE_BODY, pen_color(pen, COLOR_INK_2),
                     scene->words->texts[popular ? WORD_SEARCH_TRY : WORD_SEARCH_MAYBE]);
        int room = places.keyboard.y - 40 - 272;
        draw_suggestions(scene, (struct rect){places.field.x + 2, 272, places.field.w, room}, true);
    }
    if (!rect_empty(places.keyboard))
        search_draw_keyboard(scene, places.keyboard, places.key_h);
    if (state->filters)
        filters_view(scene);
}
