#include "screens/staff_add.h"

#include "base/text.h"
#include "screens/chrome.h"
#include "screens/search.h"
#include "screens/search_parts.h"
#include "screens/staff.h"
#include "screens/staff_print_parts.h"
#include "wording/format.h"

#include <string.h>

enum { CHIPS_H = 100, PANEL_H = 606, FOOTER_GAP_PX = 24 };

// ---- what a touch does

// The organization here is the usual answer.
void staff_add_open(struct turn *turn)
{
    struct search_state *search = &turn->visit->search;
    uint32_t here = turn->catalog == NULL
                        ? SNAPSHOT_NONE
                        : print_organization_here(turn->catalog, turn->assets->config);
    search_begin(turn);
    search->keyboard = here == SNAPSHOT_NONE;
    if (here != SNAPSHOT_NONE)
        text_copy(search->choice.organization_id, sizeof search->choice.organization_id,
                  turn->catalog->organizations[here].head.id);
    turn_go(turn, SCREEN_STAFF_ADD);
    search_refresh(turn);
}

static void toggle_here(struct turn *turn)
{
    char *id = turn->visit->search.choice.organization_id;
    uint32_t here = print_organization_here(turn->catalog, turn->assets->config);
    text_copy(id, RECORD_ID_BYTES,
              id[0] != '\0' || here == SNAPSHOT_NONE ? ""
                                                     : turn->catalog->organizations[here].head.id);
    search_refresh(turn);
}

static const char *hit_id(const struct turn *turn, uint32_t place)
{
    return turn->catalog->programs[turn->visit->search.result.hits[place].program].record.head.id;
}

static void toggle_hit(struct turn *turn, uint32_t place)
{
    struct staff_print_state *state = &turn->visit->staff.print;
    if (place >= turn->visit->search.result.hit_count)
        return;
    uint32_t row = print_row_find(state, hit_id(turn, place));
    if (row < state->row_count)
        print_row_remove(state, row);
    else if (!print_row_add(state, hit_id(turn, place)))
        turn_toast(turn, WORD_PRINT_LIMIT, ICON_INFO);
    print_compose(turn);
}

static void add_all(struct turn *turn)
{
    struct staff_print_state *state = &turn->visit->staff.print;
    const struct search_result *result = &turn->visit->search.result;
    uint32_t before = state->row_count;
    bool fits = result->total <= result->hit_count;
    for (uint32_t i = 0; i < result->hit_count; i++)
        fits &= print_row_add(state, hit_id(turn, i));
    if (!fits || state->row_count == before)
        turn_toast(turn, fits ? WORD_PRINT_ADD_NOTHING : WORD_PRINT_LIMIT, ICON_INFO);
    print_compose(turn);
}

void staff_add_act(struct turn *turn, const struct tap *tap)
{
    struct search_state *search = &turn->visit->search;
    if (turn->catalog == NULL) {
        staff_chrome_act(turn, tap);
        return;
    }
    switch (tap->action) {
    case ACTION_KEY:
    case ACTION_KEY_HELD:
    case ACTION_VARIANT:
    case ACTION_CLEAR:
    case ACTION_FIELD:
    case ACTION_SHOW:
    case ACTION_SUGGESTION:
        search_act(turn, tap);
        return;
    case ACTION_PRINT_HERE:
        toggle_here(turn);
        return;
    case ACTION_PRINT_DIRECTION:
        search->choice.filters.directions ^= 1u << tap->value;
        search_refresh(turn);
        return;
    case ACTION_PRINT_HIT:
        toggle_hit(turn, tap->value);
        return;
    case ACTION_PRINT_ADD_ALL:
        add_all(turn);
        return;
    case ACTION_DONE:
        turn_back(turn);
        return;
    default:
        staff_chrome_act(turn, tap);
        return;
    }
}

// ---- how it looks

static void draw_chips(const struct scene *scene, struct rect row)
{
    enum { GAP_PX = 14, SIDE_PX = 48 };
    const struct pen *pen = &scene->pen;
    const struct search_state *search = &scene->visit->search;
    frame_clip_push(pen->frame, row);
    struct target *scroll = frame_target(pen->frame, row, ROLE_SCROLL, ACTION_SCROLL_CHIPS, 0, "");
    int start = row.x + SIDE_PX - scroll_offset(&search->chip_row);
    int x = start;
    for (int i = -1; i < DIRECTION_COUNT; i++) {
        bool here = i < 0;
        struct chip chip = {
            .label = here ? scene->words->texts[WORD_PRINT_ADD_HERE]
                          : format_direction(scene->words, (enum direction)i),
            .icon = here ? ICON_HOME : PICTURE_NONE,
            .on = here ? search->choice.organization_id[0] != '\0'
                       : search->choice.filters.directions >> i & 1,
        };
        if (here && print_organization_here(scene->catalog, scene->config) == SNAPSHOT_NONE)
            continue;
        int width = widget_chip_width(pen, &chip);
        widget_chip(pen, (struct rect){x, row.y, width, WIDGET_CHIP_H}, &chip,
                    here ? ACTION_PRINT_HERE : ACTION_PRINT_DIRECTION, here ? 0 : (uint32_t)i);
        x += width + GAP_PX;
    }
    if (scroll != NULL)
        scroll->value = (uint32_t)(x - start + SIDE_PX);
    frame_clip_pop(pen->frame);
}

static void draw_hits(const struct scene *scene, struct rect list)
{
    const struct pen *pen = &scene->pen;
    const struct search_state *search = &scene->visit->search;
    const struct staff_print_state *state = &scene->visit->staff.print;
    int row_h = print_row_height(pen);
    if (search->result.total == 0) {
        pen_paragraph(pen, (struct rect){list.x, list.y + 32, list.w, 0}, STYLE_BODY_L,
                      pen_color(pen, COLOR_INK_2), ALIGN_LEFT,
                      scene->words->texts[WORD_PRINT_ADD_NONE], PEN_LINES_MAX);
        return;
    }
    frame_clip_push(pen->frame, list);
    struct target *scroll = frame_target(pen->frame, list, ROLE_SCROLL, ACTION_SCROLL_LIST, 0, "");
    if (scroll != NULL)
        scroll->value = search->result.hit_count * (uint32_t)row_h;
    int top = list.y - scroll_offset(&search->list);
    for (uint32_t i = 0; i < search->result.hit_count; i++) {
        struct rect row = {list.x, top + (int)i * row_h, list.w, row_h};
        uint32_t program = search->result.hits[i].program;
        if (rect_empty(rect_intersect(row, list)))
            continue;
        const char *id = scene->catalog->programs[program].record.head.id;
        print_draw_row(scene, row, program, print_row_find(state, id) < state->row_count,
                       ACTION_PRINT_HIT, i);
    }
    frame_clip_pop(pen->frame);
}

struct footer {
    char all_label[FORMAT_BYTES];
    char done_label[FORMAT_BYTES];
    struct button all;
    struct button done;
    bool stacked; // large text in the narrow column of landscape
    int button_w;
    int button_h;
    int height; // of all
};

static void lay_footer_out(const struct scene *scene, int width, struct footer *ret)
{
    char number[32];
    words_number(scene->words, scene->visit->search.result.total, number, sizeof number);
    words_fill(scene->words, WORD_PRINT_ADD_ALL, &(struct word_part){"number", number}, 1,
               ret->all_label, sizeof ret->all_label);
    words_number(scene->words, scene->visit->staff.print.row_count, number, sizeof number);
    words_fill(scene->words, WORD_PRINT_ADD_DONE, &(struct word_part){"number", number}, 1,
               ret->done_label, sizeof ret->done_label);
    ret->all = (struct button){
        .kind = BUTTON_SECOND, .style = STYLE_BUTTON, .icon = ICON_PLUS, .label = ret->all_label};
    ret->done = (struct button){
        .kind = BUTTON_MAIN, .style = STYLE_BUTTON, .icon = ICON_CHECK, .label = ret->done_label};
    ret->stacked = scene->landscape && pen_large(&scene->pen);
    ret->button_w = ret->stacked ? width : (width - FOOTER_GAP_PX) / 2;
    int all_h = widget_button_height(&scene->pen, ret->button_w, WIDGET_BUTTON_H, &ret->all);
    int done_h = widget_button_height(&scene->pen, ret->button_w, WIDGET_BUTTON_H, &ret->done);
    ret->button_h = all_h > done_h ? all_h : done_h;
    ret->height = ret->button_h + (ret->stacked ? ret->button_h + FOOTER_GAP_PX : 0);
}

static void draw_footer(const struct scene *scene, int x, int y, const struct footer *footer)
{
    struct rect box = {x, y, footer->button_w, footer->button_h};
    if (scene->visit->search.result.total > 0)
        widget_button(&scene->pen, box, &footer->all, ACTION_PRINT_ADD_ALL, 0);
    if (footer->stacked)
        box.y += footer->button_h + FOOTER_GAP_PX;
    else
        box.x += footer->button_w + FOOTER_GAP_PX;
    widget_button(&scene->pen, box, &footer->done, ACTION_DONE, 0);
}

void staff_add_view(const struct scene *scene)
{
    bool keyboard = scene->visit->search.keyboard;
    int right = scene->landscape ? scene->width - SEARCH_RESULTS_W : 0; // results' column
    int field_w = scene->landscape ? right - 88 : scene->width - 88;
    int more_h = keyboard_more_h(&scene->visit->search.typing, scene->landscape ? 106 : 100);
    int panel_h = keyboard ? PANEL_H + more_h : 0;
    struct rect panel = {0, scene->height - panel_h, scene->width, panel_h};
    struct rect field = {44, 146, field_w, search_field_height(scene, field_w)};
    int y = field.y + field.h + 24;
    struct rect list = {CHROME_MARGIN, y + CHIPS_H + 8, scene->width - 2 * CHROME_MARGIN, 0};
    struct rect chips = {0, y, scene->width, CHIPS_H};
    struct footer footer;
    staff_draw_header(scene, WORD_PRINT_ADD_TITLE);
    if (scene->catalog == NULL)
        return;
    if (scene->landscape) {
        panel = (struct rect){0, scene->height - 528 - more_h, right, 528 + more_h};
        list = (struct rect){right + 40, 248, SEARCH_RESULTS_W - 80, 0};
        chips = (struct rect){right, 140, SEARCH_RESULTS_W, CHIPS_H};
    }
    int bottom = scene->landscape ? scene->height : panel.y;
    lay_footer_out(scene, list.w, &footer);
    list.h = bottom - footer.height - 2 * FOOTER_GAP_PX - list.y;
    search_draw_field(scene, field, false);
    draw_chips(scene, chips);
    draw_hits(scene, list);
    draw_footer(scene, list.x, list.y + list.h + FOOTER_GAP_PX, &footer);
    if (keyboard || scene->landscape)
        search_draw_keyboard(scene, panel, scene->landscape ? 106 : 100);
}
