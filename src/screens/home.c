#include "screens/home.h"

#include "base/text.h"
#include "screens/chrome.h"
#include "screens/layout.h"
#include "screens/search.h"
#include "screens/tile.h"
#include "screens/wizard.h"
#include "wording/format.h"

#include <stdio.h>
#include <string.h>

static void draw_quilt(const struct scene *scene, struct rect box)
{
    for (int i = 0; i < DIRECTION_COUNT; i++)
        tile_draw(scene, tile_place(scene, box, (enum direction)i),
                  &(struct tile){.direction = (enum direction)i,
                                 .action = ACTION_DIRECTION,
                                 .value = (uint32_t)i});
}

// How many there are; large text leaves it out. Returns the height.
static int draw_lead(const struct scene *scene, int x, int y, int width)
{
    enum { LINES_MAX = 3 };
    char lead[FORMAT_BYTES];
    const struct snapshot *catalog = scene->catalog;
    if (catalog != NULL && catalog->program_count > 0) {
        if (pen_large(&scene->pen))
            return 0;
        words_count(scene->words, WORD_HOME_LEAD, catalog->program_count, lead, sizeof lead);
    } else {
        text_copy(
            lead, sizeof lead,
            scene->words->texts[catalog == NULL ? WORD_HOME_LEAD_LOADING : WORD_HOME_LEAD_EMPTY]);
    }
    return pen_paragraph(&scene->pen, (struct rect){x, y, width, 0}, STYLE_BODY_L,
                         pen_color(&scene->pen, COLOR_INK_2), ALIGN_LEFT, lead, LINES_MAX);
}

// Title and lead. Returns where they end.
static int draw_words(const struct scene *scene, int x, int y, int width, int lead_gap)
{
    enum { LINES_MAX = 4 };
    const struct pen *pen = &scene->pen;
    y += pen_paragraph(pen, (struct rect){x, y, width, 0}, STYLE_DISPLAY, pen_color(pen, COLOR_INK),
                       ALIGN_LEFT, scene->words->texts[WORD_HOME_TITLE], LINES_MAX);
    int lead_h = draw_lead(scene, x, y + lead_gap, width);
    return lead_h == 0 ? y : y + lead_gap + lead_h;
}

enum { ACTION_H = 116, ACTION_GAP_PX = 32, ACTION_GAP_LARGE_PX = 24 };

static const enum word way_words[] = {WORD_HOME_CHECK, WORD_HOME_GUIDE};

struct ways {
    struct button buttons[3]; // the picker, then what is about certificates
    char labels[2][FORMAT_BYTES];
    int heights[3];
    int gap;
    int height; // of all
    bool stacked;
};

// In one line where there is room for it.
static void join_lines(char *text)
{
    for (char *at = strchr(text, '\n'); at != NULL; at = strchr(at, '\n'))
        *at = ' ';
}

static int higher(int a, int b)
{
    return a > b ? a : b;
}

// Two lines each are enough.
static bool fit_beside(const struct scene *scene, int width)
{
    const struct pen *pen = &scene->pen;
    int most = 3 * pen_style(pen, STYLE_LABEL)->line_px;
    for (int i = 0; i < 2; i++) {
        struct button button = {
            .style = STYLE_LABEL, .label = scene->words->texts[way_words[i]], .left = true};
        if (widget_button_height(pen, width, 0, &button) >= most)
            return false;
    }
    return true;
}

// An icon that costs a line gives way.
static void find_ways(const struct scene *scene, int width, struct ways *ret)
{
    const struct pen *pen = &scene->pen;
    int half = (width - 24) / 2;
    ret->stacked = pen_large(pen) && (!scene->landscape || !fit_beside(scene, half));
    ret->gap = ret->stacked ? ACTION_GAP_LARGE_PX : ACTION_GAP_PX;
    ret->buttons[0] = (struct button){.kind = BUTTON_MAIN,
                                      .style = STYLE_BUTTON,
                                      .label = scene->words->texts[WORD_HOME_WIZARD],
                                      .icon = ICON_CALENDAR,
                                      .disc = true};
    for (int i = 0; i < 2; i++) {
        text_copy(ret->labels[i], sizeof ret->labels[i], scene->words->texts[way_words[i]]);
        if (ret->stacked)
            join_lines(ret->labels[i]);
        ret->buttons[1 + i] = (struct button){.kind = BUTTON_SECOND,
                                              .style = STYLE_LABEL,
                                              .label = ret->labels[i],
                                              .icon = i == 0 ? ICON_CERTIFICATE : ICON_QUESTION,
                                              .icon_color = pen_color(pen, COLOR_INFO),
                                              .left = true};
    }
    for (int i = 0; i < 3; i++) {
        struct button bare = ret->buttons[i];
        bare.icon = PICTURE_NONE;
        int room = i == 0 || ret->stacked ? width : half;
        ret->heights[i] = widget_button_height(pen, room, ACTION_H, &ret->buttons[i]);
        int bare_h = widget_button_height(pen, room, ACTION_H, &bare);
        if (bare_h == ret->heights[i])
            continue;
        ret->buttons[i] = bare;
        ret->heights[i] = bare_h;
    }
    if (!ret->stacked)
        ret->heights[1] = ret->heights[2] = higher(ret->heights[1], ret->heights[2]);
    ret->height = ret->heights[0] + ret->gap + ret->heights[1] +
                  (ret->stacked ? ret->gap + ret->heights[2] : 0);
}

static void draw_ways(const struct scene *scene, int x, int y, int width, const struct ways *ways)
{
    static const uint16_t actions[] = {ACTION_WIZARD, ACTION_CHECK_CERTIFICATE, ACTION_GUIDE};
    int half = (width - 24) / 2;
    for (int i = 0; i < 3; i++) {
        bool beside = i > 0 && !ways->stacked;
        struct rect box = {x, y, beside ? half : width, ways->heights[i]};
        if (beside && i == 2)
            box.x += half + 24;
        widget_button(&scene->pen, box, &ways->buttons[i], actions[i], 0);
        if (!beside || i == 2)
            y += box.h + ways->gap;
    }
}

// What is drawn, and how high its place is.
struct page {
    const struct scene *scene;
    struct rect place;
};

static int draw_standing(const void *context, int top)
{
    enum { TITLE_Y = 124, LEAD_GAP_PX = 16, FIELD_GAP_PX = 32, QUILT_GAP_PX = 52, GAP_PX = 36 };
    enum { LARGE_GAP_PX = 24, BOTTOM_PX = 48 };
    const struct page *page = context;
    const struct scene *scene = page->scene;
    bool large = pen_large(&scene->pen);
    struct rect body = page->place;
    struct ways ways;
    find_ways(scene, body.w, &ways);
    int y = draw_words(scene, body.x, top + TITLE_Y - body.y, body.w, LEAD_GAP_PX);
    int field_h = search_field_height(scene, body.w + 8);
    y += large ? LARGE_GAP_PX : FIELD_GAP_PX;
    search_draw_field(scene, (struct rect){body.x - 4, y, body.w + 8, field_h}, true);
    y += field_h + (large ? GAP_PX : QUILT_GAP_PX);
    int gap = large ? LARGE_GAP_PX : GAP_PX;
    int bottom = large ? GAP_PX : BOTTOM_PX;
    int quilt_h = tile_quilt_height(scene, scene->width);
    int room = top + body.h - bottom - ways.height - gap - y;
    struct rect quilt = {0, y, scene->width, room > quilt_h ? room : quilt_h};
    draw_quilt(scene, quilt);
    y += quilt.h + gap;
    draw_ways(scene, body.x, y, body.w, &ways);
    return y + ways.height + bottom - top;
}

static void view_portrait(const struct scene *scene)
{
    struct rect body = chrome_body(scene);
    chrome_draw_topbar(scene);
    body.y = CHROME_TOPBAR_H;
    body.h -= CHROME_TOPBAR_H;
    struct page page = {scene, body};
    layout_scrolled(scene, (struct rect){0, body.y, scene->width, body.h}, ACTION_SCROLL_LIST,
                    &scene->visit->page, &(struct layout_part){draw_standing, &page});
}

static void draw_place(const struct scene *scene, int x, int y, int width)
{
    enum { NAMES_Y = 20, NAMES_H = 112, GAP_PX = 24 };
    const struct pen *pen = &scene->pen;
    if (pen_large(pen)) {
        chrome_draw_large_names(scene, (struct rect){x, y + NAMES_Y, width, NAMES_H});
        return;
    }
    // The freshness stands at the right: the place gives way to it.
    int room = chrome_draw_freshness(scene, x + width, y + 48, 68) - GAP_PX - x;
    int drawn = pen_line(pen, (struct rect){x, y + 62, room, 41}, STYLE_BODY_BOLD,
                         pen_color(pen, COLOR_INK), ALIGN_LEFT, scene->config->organization);
    char place[FORMAT_BYTES + 8];
    snprintf(place, sizeof place, "\u00a0· %s", scene->config->place);
    if (scene->config->place[0] != '\0' && drawn + pen_width(pen, STYLE_BODY, place) <= room)
        pen_text(pen, x + drawn, y + 62, STYLE_BODY, pen_color(pen, COLOR_INK_2), place);
}

static int draw_lying(const void *context, int top)
{
    enum { TITLE_Y = 146, LEAD_GAP_PX = 14, FIELD_GAP_PX = 40, GAP_PX = 66, LARGE_GAP_PX = 24 };
    const struct page *page = context;
    const struct scene *scene = page->scene;
    struct rect body = page->place;
    struct ways ways;
    find_ways(scene, body.w, &ways);
    draw_place(scene, body.x, top, body.w);
    int y = draw_words(scene, body.x, top + TITLE_Y, body.w, LEAD_GAP_PX);
    y += pen_large(&scene->pen) ? LARGE_GAP_PX : FIELD_GAP_PX;
    int field_h = search_field_height(scene, body.w + 8);
    search_draw_field(scene, (struct rect){body.x - 4, y, body.w + 8, field_h}, true);
    y += field_h;
    int room = top + body.h - LARGE_GAP_PX - ways.height - y;
    y += room > GAP_PX ? GAP_PX : room > GAP_PX / 2 ? room : GAP_PX / 2;
    draw_ways(scene, body.x, y, body.w, &ways);
    return y + ways.height + LARGE_GAP_PX - top;
}

static void view_landscape(const struct scene *scene)
{
    enum { QUILT_NORMAL_W = 768, QUILT_LARGE_W = 840, LEFT_PX = 64, RIGHT_PX = 56 };
    int quilt_w = pen_large(&scene->pen) ? QUILT_LARGE_W : QUILT_NORMAL_W;
    int x = CHROME_RAIL_W + LEFT_PX;
    struct rect body = {x, 0, scene->width - quilt_w - RIGHT_PX - x, scene->height};
    struct rect view = {x - LAYOUT_BLEED_PX, 0, body.w + 2 * LAYOUT_BLEED_PX, body.h};
    struct page page = {scene, body};
    layout_scrolled(scene, view, ACTION_SCROLL_LIST, &scene->visit->page,
                    &(struct layout_part){draw_lying, &page});
    draw_quilt(scene, (struct rect){scene->width - quilt_w, 0, quilt_w, scene->height});
}

void home_view(const struct scene *scene)
{
    if (scene->landscape)
        view_landscape(scene);
    else
        view_portrait(scene);
}

void home_act(struct turn *turn, const struct tap *tap)
{
    switch (tap->action) {
    case ACTION_SEARCH:
    case ACTION_FIELD:
        search_open(turn, DIRECTION_COUNT);
        return;
    case ACTION_DIRECTION:
        search_open(turn, (enum direction)tap->value);
        return;
    case ACTION_CHECK_CERTIFICATE:
        turn_go(turn, SCREEN_NUMBER);
        return;
    case ACTION_WIZARD:
        wizard_open(turn);
        return;
    default:
        return;
    }
}
