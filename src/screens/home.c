#include "screens/home.h"

#include "screens/chrome.h"
#include "screens/search.h"
#include "screens/tile.h"
#include "screens/wizard.h"
#include "wording/format.h"

#include <stdio.h>

// Row by row in 3x2, column by column in 2x3: dark and light patches always alternate.
static void draw_quilt(const struct scene *scene, struct rect box)
{
    int columns = scene->landscape ? 2 : 3;
    int rows = DIRECTION_COUNT / columns;
    for (int i = 0; i < DIRECTION_COUNT; i++) {
        int column = scene->landscape ? i / rows : i % columns;
        int row = scene->landscape ? i % rows : i / columns;
        struct rect tile = {box.x + box.w * column / columns, box.y + box.h * row / rows, 0, 0};
        tile.w = box.x + box.w * (column + 1) / columns - tile.x;
        tile.h = box.y + box.h * (row + 1) / rows - tile.y;
        tile_draw(scene, tile,
                  &(struct tile){.direction = (enum direction)i,
                                 .action = ACTION_DIRECTION,
                                 .value = (uint32_t)i});
    }
}

static void draw_lead(const struct scene *scene, int x, int y, int width)
{
    char lead[FORMAT_BYTES];
    const struct snapshot *catalog = scene->catalog;
    if (catalog != NULL && catalog->program_count > 0)
        words_count(scene->words, WORD_HOME_LEAD, catalog->program_count, lead, sizeof lead);
    pen_line(&scene->pen, (struct rect){x, y, width, 46}, STYLE_BODY_L,
             pen_color(&scene->pen, COLOR_INK_2), ALIGN_LEFT,
             catalog == NULL               ? scene->words->texts[WORD_HOME_LEAD_LOADING]
             : catalog->program_count == 0 ? scene->words->texts[WORD_HOME_LEAD_EMPTY]
                                           : lead);
}

static void draw_actions(const struct scene *scene, int x, int y, int width)
{
    const struct pen *pen = &scene->pen;
    rgb blue = pen_color(pen, COLOR_INFO);
    int half = (width - 24) / 2;
    struct button wizard = {.kind = BUTTON_MAIN,
                            .style = STYLE_BUTTON,
                            .label = scene->words->texts[WORD_HOME_WIZARD],
                            .icon = ICON_CALENDAR,
                            .disc = true};
    struct button check = {.kind = BUTTON_SECOND,
                           .style = STYLE_LABEL,
                           .label = scene->words->texts[WORD_HOME_CHECK],
                           .icon = ICON_CERTIFICATE,
                           .icon_color = blue,
                           .left = true};
    struct button guide = check;
    guide.label = scene->words->texts[WORD_HOME_GUIDE];
    guide.icon = ICON_QUESTION;
    widget_button(pen, (struct rect){x, y, width, 116}, &wizard, ACTION_WIZARD, 0);
    widget_button(pen, (struct rect){x, y + 148, half, 116}, &check, ACTION_CHECK_CERTIFICATE, 0);
    widget_button(pen, (struct rect){x + half + 24, y + 148, half, 116}, &guide, ACTION_GUIDE, 0);
}

static void view_portrait(const struct scene *scene)
{
    const struct pen *pen = &scene->pen;
    int extra = scene->height - 1920; // a taller panel gives the quilt more room
    chrome_draw_topbar(scene);
    pen_paragraph(pen, (struct rect){48, 124, 984, 0}, STYLE_DISPLAY, pen_color(pen, COLOR_INK),
                  ALIGN_LEFT, scene->words->texts[WORD_HOME_TITLE], 2);
    draw_lead(scene, 48, 340, 984);
    search_draw_field(scene, (struct rect){44, 418, 992, 142}, true);
    draw_quilt(scene, (struct rect){0, 612, scene->width, 816 + extra});
    draw_actions(scene, 48, 1464 + extra, 984);
}

static void view_landscape(const struct scene *scene)
{
    const struct pen *pen = &scene->pen;
    int x = CHROME_RAIL_W + 64;
    int width = scene->width - 768 - CHROME_RAIL_W - 120;
    // The freshness stands at the right: the place gives way to it.
    enum { GAP_PX = 24 };
    int room = chrome_draw_freshness(scene, x + width, 48, 68) - GAP_PX - x;
    int drawn = pen_line(pen, (struct rect){x, 62, room, 41}, STYLE_BODY_BOLD,
                         pen_color(pen, COLOR_INK), ALIGN_LEFT, scene->config->organization);
    char place[FORMAT_BYTES + 8];
    snprintf(place, sizeof place, "\u00a0· %s", scene->config->place);
    if (scene->config->place[0] != '\0' && drawn + pen_width(pen, STYLE_BODY, place) <= room)
        pen_text(pen, x + drawn, 62, STYLE_BODY, pen_color(pen, COLOR_INK_2), place);
    pen_paragraph(pen, (struct rect){x, 146, width, 0}, STYLE_DISPLAY, pen_color(pen, COLOR_INK),
                  ALIGN_LEFT, scene->words->texts[WORD_HOME_TITLE], 2);
    draw_lead(scene, x, 360, width);
    search_draw_field(scene, (struct rect){x - 4, 446, width + 8, 142}, true);
    draw_actions(scene, x, 654, width);
    draw_quilt(scene, (struct rect){scene->width - 768, 0, 768, scene->height});
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
