#include "base/text.h"
#include "base/utf8.h"
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
    struct rect offers;   // in landscape the suggestions, under their heading
    struct rect list;     // the viewport the cards scroll in
    struct rect keyboard; // the sunken panel; empty when hidden
    int key_h;
};

enum {
    PANEL_H = 606,
    LYING_PANEL_H = 528,
    FIELD_Y = 38,
    CHIPS_H = 100,
    LIST_TOP_PX = 12,
    PARTS_GAP_PX = 28,
};

static struct places lying_places(const struct scene *scene)
{
    enum { KEY_H = 106, SIDE_PX = 40, CHIPS_Y = 40, LIST_Y = 160, OFFERS_GAP_PX = 40 };
    int left = CHROME_RAIL_W;
    int right = scene->width - SEARCH_RESULTS_W;
    int panel_h = LYING_PANEL_H + keyboard_more_h(&scene->visit->search.typing, KEY_H);
    struct places places = {
        .field = {left + 44, FIELD_Y, right - left - 80, 0},
        .chips = {right, CHIPS_Y, SEARCH_RESULTS_W, CHIPS_H},
        .list = {right + SIDE_PX, LIST_Y, SEARCH_RESULTS_W - 2 * SIDE_PX, scene->height - LIST_Y},
        .keyboard = {left, scene->height - panel_h, right - left, panel_h},
        .key_h = KEY_H,
    };
    places.field.h = search_field_height(scene, places.field.w);
    int offers_y = places.field.y + places.field.h + OFFERS_GAP_PX;
    places.offers = (struct rect){places.field.x + 2, offers_y, places.field.w,
                                  places.keyboard.y - OFFERS_GAP_PX - offers_y};
    return places;
}

static struct places places_of(const struct scene *scene)
{
    enum { KEY_H = 100, SIDE_PX = 44 };
    if (scene->landscape)
        return lying_places(scene);
    const struct search_state *state = &scene->visit->search;
    int panel_h = state->keyboard ? PANEL_H + keyboard_more_h(&state->typing, KEY_H) : 0;
    int bottom = scene->height - CHROME_DOCK_H - panel_h;
    struct places places = {
        .field = {SIDE_PX, FIELD_Y, scene->width - 2 * SIDE_PX, 0},
        .keyboard = {0, bottom, scene->width, panel_h},
        .key_h = KEY_H,
    };
    places.field.h = search_field_height(scene, places.field.w);
    int y = places.field.y + places.field.h + PARTS_GAP_PX;
    places.chips = (struct rect){0, y, scene->width, CHIPS_H};
    y += CHIPS_H + 8;
    places.list = (struct rect){CHROME_MARGIN, y, scene->width - 2 * CHROME_MARGIN, bottom - y};
    return places;
}

static void draw_caret(const struct scene *scene, int x, struct rect box)
{
    if (typing_caret(scene))
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
    pen_text(&secret, x, box.y + (box.h - pen_style(pen, STYLE_TITLE)->line_px) / 2, STYLE_TITLE,
             pen_color(pen, COLOR_INK), query);
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
    if (!door && empty && scene->visit->search.keyboard &&
        scene->visit->search.before.query[0] != '\0')
        widget_square(pen, square, pen_color(pen, COLOR_ACCENT), ICON_REFRESH,
                      pen_color(pen, COLOR_ON_ACCENT), ACTION_CLEAR, 1,
                      scene->words->texts[WORD_SEARCH_RESTORE]);
    else if (empty)
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

// Cuts what a chip says of data until it fits.
static int fit_chip(const struct pen *pen, struct chip *chip, char *label, size_t capacity,
                    int room_px)
{
    enum { CHARACTERS = 36, STEP = 4 };
    int width;
    unsigned characters = CHARACTERS;
    do {
        facet_cut(label, capacity, characters);
        chip->label = label;
        width = widget_chip_width(pen, chip);
        characters -= STEP;
    } while (width > room_px && characters > STEP);
    return width;
}

// «искать «робатехника»»; of a long query only its beginning.
static int fit_exact(const struct scene *scene, struct chip *chip, char *label, size_t capacity,
                     int room_px)
{
    enum { STEP = 4 };
    char query[SEARCH_QUERY_BYTES];
    text_copy(query, sizeof query, scene->visit->search.query);
    unsigned characters = (unsigned)utf8_count(query, strlen(query));
    int width;
    do {
        words_fill(scene->words, WORD_SEARCH_EXACT, &(struct word_part){"word", query}, 1, label,
                   capacity);
        chip->label = label;
        width = widget_chip_width(&scene->pen, chip);
        characters -= characters > STEP ? STEP : 0;
        facet_cut(query, sizeof query, characters);
    } while (width > room_px && characters > STEP);
    return width;
}

// «Показаны результаты для «робототехника»» in a column of this width. Returns its height.
static int draw_corrected(const struct scene *scene, struct rect box, const char *corrected)
{
    enum { SPACE_PX = 9, LINES = 3 };
    const struct pen *pen = &scene->pen;
    char word[FORMAT_BYTES];
    rgb ink = pen_color(pen, COLOR_INK);
    int line_px = pen_style(pen, STYLE_BODY)->line_px;
    const char *about = scene->words->texts[WORD_SEARCH_CORRECTED_FOR];
    struct pen secret = *pen;
    secret.secret = true;
    int height = pen_paragraph(pen, box, STYLE_BODY, ink, ALIGN_LEFT,
                               scene->words->texts[WORD_SEARCH_CORRECTED], LINES);
    words_fill(scene->words, WORD_SEARCH_CORRECTED_WORD, &(struct word_part){"word", corrected}, 1,
               word, sizeof word);
    int x = box.x + pen_text(pen, box.x, box.y + height, STYLE_BODY, ink, about) + SPACE_PX;
    int right = box.x + box.w;
    if (pen_width(pen, STYLE_BODY_BOLD, word) > right - x && pen_large(pen)) {
        height += line_px;
        x = box.x;
    }
    return height + pen_paragraph(&secret, (struct rect){x, box.y + height, right - x, 0},
                                  STYLE_BODY_BOLD, ink, ALIGN_LEFT, word, LINES);
}

// «Показаны результаты для …», or the count. Returns its height.
static int draw_heading(const struct scene *scene, struct rect box)
{
    enum { TEXT_X = 58, TEXT_Y = 4, CHIP_H = 84, SPACES_PX = 70, CHIP_GAP_PX = 12, END_PX = 18 };
    const struct pen *pen = &scene->pen;
    const struct search_state *state = &scene->visit->search;
    char text[FORMAT_BYTES * 2];
    const char *corrected = state->result.corrected;
    int line_px = pen_style(pen, STYLE_BODY)->line_px;
    if (corrected[0] == '\0' || strcmp(corrected, state->query) == 0) {
        words_count(scene->words, WORD_SEARCH_COUNT, state->result.total, text, sizeof text);
        pen_text(pen, box.x + 4, box.y + 3, STYLE_BODY, pen_color(pen, COLOR_INK_2), text);
        return line_px + 17;
    }
    struct pen secret = *pen;
    secret.secret = true;
    struct chip chip = {.suggestion = true};
    int room = box.w - box.w / 2 - SPACES_PX;
    int width = fit_exact(scene, &chip, text, sizeof text, box.w);
    bool below = pen_large(pen) || width > room;
    pen_icon(pen, (struct rect){box.x, box.y, 40, below ? line_px + 2 * TEXT_Y : 92}, ICON_INFO, 36,
             pen_color(pen, COLOR_INFO));
    struct rect words = {box.x + TEXT_X, box.y + TEXT_Y,
                         below ? box.w - TEXT_X : box.w / 2 + 40 - TEXT_X, 0};
    int height = draw_corrected(scene, words, corrected);
    struct rect place = {box.x + box.w - width, words.y, width, CHIP_H};
    if (below) {
        place.x = words.x + width < box.x + box.w ? words.x : place.x;
        place.y += height + CHIP_GAP_PX;
    }
    widget_chip(&secret, place, &chip, ACTION_EXACT, 0);
    int end = words.y + height > place.y + CHIP_H ? words.y + height : place.y + CHIP_H;
    return end + END_PX - box.y;
}

static void draw_suggestions(const struct scene *scene, struct rect row, bool wrap)
{
    enum { CHIP_H = 84, STEP_Y = 106, GAP_PX = 12 };
    const struct search_state *state = &scene->visit->search;
    bool popular = search_offers_popular(state);
    int x = row.x;
    int y = row.y;
    struct pen pen = scene->pen;
    pen.secret = !popular;
    struct suggestion suggestion;
    for (uint32_t i = 0; search_suggestion(scene->words, scene->popular, state, i, &suggestion);
         i++) {
        struct chip chip = {
            .icon = suggestion.icon, .suggestion = true, .strong = !popular && i == 0};
        int width = fit_chip(&pen, &chip, suggestion.text, sizeof suggestion.text, row.w);
        if (x > row.x && x + width > row.x + row.w) {
            if (!wrap)
                continue;
            if (y + STEP_Y + CHIP_H > row.y + row.h)
                return;
            x = row.x;
            y += STEP_Y;
        }
        widget_chip(&pen, (struct rect){x, y, width, CHIP_H}, &chip, ACTION_SUGGESTION, i);
        x += width + GAP_PX;
    }
}

// In landscape, above the keys: what they are, then the suggestions.
static void draw_offers_here(const struct scene *scene, struct rect box)
{
    enum { TITLE_GAP_PX = 11, TIGHT_PX = 16 };
    const struct pen *pen = &scene->pen;
    struct suggestion first;
    bool popular = search_offers_popular(&scene->visit->search);
    int line_px = pen_style(pen, STYLE_BODY)->line_px;
    if (!search_suggestion(scene->words, scene->popular, &scene->visit->search, 0, &first))
        return;
    if (box.h < line_px + TITLE_GAP_PX + WIDGET_CHIP_H) { // five rows of keys, a high field
        box.y -= TIGHT_PX;
        box.h += 2 * TIGHT_PX;
        if (box.h >= WIDGET_CHIP_H)
            draw_suggestions(scene, box, true);
        return;
    }
    pen_line(pen, (struct rect){box.x + 2, box.y, box.w, line_px}, STYLE_BODY,
             pen_color(pen, COLOR_INK_2), ALIGN_LEFT,
             scene->words->texts[popular ? WORD_SEARCH_TRY : WORD_SEARCH_MAYBE]);
    box.y += line_px + TITLE_GAP_PX;
    box.h -= line_px + TITLE_GAP_PX;
    draw_suggestions(scene, box, true);
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
        pen_fill(pen,
                 (struct rect){scene->width - SEARCH_RESULTS_W, 0, SEARCH_RESULTS_W, scene->height},
                 pen_color(pen, COLOR_SUNKEN));
    bool none = state->result.total == 0 && scene->catalog != NULL;
    if (none)
        search_draw_none(scene, places.list, !state->keyboard);
    else
        draw_cards(scene, places.list);
    search_draw_field(scene, places.field, false);
    draw_chips(scene, places.chips);
    if (scene->landscape)
        draw_offers_here(scene, places.offers);
    if (!rect_empty(places.keyboard))
        search_draw_keyboard(scene, places.keyboard, places.key_h);
    if (state->filters)
        filters_view(scene);
}
