#include "screens/notice.h"

#include "base/text.h"
#include "screens/certificate.h"
#include "screens/chrome.h"
#include "screens/layout.h"
#include "screens/search.h"
#include "ui/quilt.h"
#include "wording/format.h"

#include <stdio.h>
#include <string.h>

struct notice_look {
    enum word title;
    enum word body;
    enum picture picture;
    enum direction mosaic; // around the picture; DIRECTION_COUNT: the plug's plain sky
    struct {
        enum word word;
        enum picture icon;
        enum action action;
    } ways[2]; // main, then second
};

static const struct notice_look looks[] = {
    [NOTICE_NOT_FOUND] = {WORD_NOTICE_NOT_FOUND_TITLE,
                          WORD_NOTICE_NOT_FOUND,
                          PICTURE_STATE_ERROR,
                          DIRECTION_SCIENCE,
                          {{WORD_NOTICE_AGAIN, PICTURE_NONE, ACTION_AGAIN},
                           {WORD_NOTICE_GUIDE, ICON_QUESTION, ACTION_GUIDE}}},
    [NOTICE_SILENT] = {WORD_NOTICE_SILENT_TITLE,
                       WORD_NOTICE_SILENT,
                       PICTURE_STATE_ERROR,
                       DIRECTION_SCIENCE,
                       {{WORD_NOTICE_TRY_AGAIN, PICTURE_NONE, ACTION_AGAIN},
                        {WORD_NOTICE_TO_SEARCH, ICON_SEARCH, ACTION_SEARCH}}},
    [NOTICE_OFFLINE] = {WORD_NOTICE_OFFLINE_TITLE,
                        WORD_NOTICE_OFFLINE,
                        PICTURE_STATE_OFFLINE_WIDE,
                        DIRECTION_COUNT,
                        {{WORD_NOTICE_SEARCH, PICTURE_NONE, ACTION_SEARCH},
                         {WORD_NOTICE_CHECK_LINK, ICON_REFRESH, ACTION_CHECK_LINK}}},
    [NOTICE_LIMITED] = {WORD_NOTICE_LIMITED_TITLE,
                        WORD_NOTICE_LIMITED,
                        PICTURE_STATE_WAIT,
                        DIRECTION_TOUR,
                        {{WORD_NOTICE_TO_SEARCH, PICTURE_NONE, ACTION_SEARCH},
                         {WORD_NOTICE_HOME, ICON_HOME, ACTION_HOME}}},
    [NOTICE_NUMBER_LIMITED] = {WORD_NOTICE_NUMBER_LIMITED_TITLE,
                               WORD_NOTICE_NUMBER_LIMITED,
                               PICTURE_STATE_WAIT,
                               DIRECTION_TOUR,
                               {{WORD_NOTICE_OTHER_NUMBER, PICTURE_NONE, ACTION_AGAIN},
                                {WORD_NOTICE_TO_SEARCH, ICON_SEARCH, ACTION_SEARCH}}},
    [NOTICE_GONE] = {WORD_PROGRAM_GONE_TITLE,
                     WORD_PROGRAM_GONE,
                     PICTURE_STATE_EMPTY,
                     DIRECTION_SOCIAL,
                     {{WORD_NOTICE_TO_SEARCH, PICTURE_NONE, ACTION_SEARCH},
                      {WORD_NOTICE_HOME, ICON_HOME, ACTION_HOME}}},
};

static void draw_picture(const struct scene *scene, struct rect band,
                         const struct notice_look *look)
{
    const struct pen *pen = &scene->pen;
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
    enum { PICTURE_PX = 504, ROBOT_PX = 628, ROBOT_DEEP_PX = 28 };
    if (look->mosaic == DIRECTION_COUNT) {
        if (!plain)
            pen_fill(pen, band, pen->theme->motifs[MOTIF_SKY]);
        // The cable runs across the whole screen.
        int height = band.w * 240 / 506; // the drawing's own proportions
        pen_picture(pen, (struct rect){band.x, band.y + (band.h - height) / 2, band.w, height},
                    look->picture, CROP_FIT);
        return;
    }
    if (!plain)
        quilt_draw(pen->frame, band, 120, scene->words->texts[look->title],
                   &pen->theme->directions[look->mosaic]);
    int side = scene->landscape ? 120 : 240;
    struct rect hole = {band.x + side, band.y + 120, band.w - 2 * side, band.h - 120};
    bool robot = look->picture == PICTURE_STATE_ERROR;
    pen_fill(pen, hole,
             robot && !plain ? pen->theme->motifs[MOTIF_PINK] : pen_color(pen, COLOR_PAPER));
    int size = robot ? ROBOT_PX : PICTURE_PX;
    int most = robot ? hole.h + ROBOT_DEEP_PX : hole.h;
    size = size < most ? size : most;
    // The robot stands on the lower edge.
    int top = robot ? hole.y + hole.h - size : hole.y + (hole.h - size) / 2;
    frame_clip_push(pen->frame, hole);
    pen_picture(pen, (struct rect){hole.x + (hole.w - size) / 2, top, size, size}, look->picture,
                CROP_FIT);
    frame_clip_pop(pen->frame);
}

static int64_t limited_until_ms(const struct scene *scene)
{
    const struct certificate_state *state = &scene->visit->certificate;
    switch (scene->visit->notice) {
    case NOTICE_LIMITED:
        return state->limited_until_ms;
    case NOTICE_NUMBER_LIMITED:
        return state->number_limited_until_ms;
    case NOTICE_NOT_FOUND:
    case NOTICE_SILENT:
    case NOTICE_OFFLINE:
    case NOTICE_GONE:
    case NOTICE_COUNT:
        break;
    }
    return 0;
}

// Counts down by seconds; a wait of hours by minutes.
static void wait_text(const struct scene *scene, int64_t until_ms, char *ret_text)
{
    enum { SECOND_MS = 1000, MINUTE_MS = 60 * SECOND_MS, HOUR_MS = 60 * MINUTE_MS };
    int64_t left_ms = until_ms - scene->clock.now_ms;
    int64_t step_ms = left_ms > HOUR_MS ? MINUTE_MS : SECOND_MS;
    int64_t steps = (left_ms + step_ms - 1) / step_ms;
    format_duration(scene->words, steps * step_ms / SECOND_MS, ret_text, FORMAT_BYTES);
    frame_wake_at(scene->pen.frame, until_ms - (steps - 1) * step_ms);
}

static void body_text(const struct scene *scene, const struct notice_look *look, char *ret_text,
                      size_t capacity)
{
    char date[FORMAT_BYTES] = "";
    char time[FORMAT_BYTES] = "";
    enum word word = look->body;
    if (scene->visit->notice == NOTICE_OFFLINE) {
        if (scene->catalog == NULL)
            word = WORD_NOTICE_OFFLINE_NO_CATALOG;
        else
            format_date(scene->words,
                        (int32_t)((scene->catalog->published_at_s + scene->clock.utc_offset_s) /
                                  SECONDS_A_DAY),
                        false, date, sizeof date);
    }
    int64_t until_ms = limited_until_ms(scene);
    if (until_ms > scene->clock.now_ms)
        wait_text(scene, until_ms, time);
    else if (scene->visit->notice == NOTICE_LIMITED)
        word = WORD_NOTICE_LIMITED_OVER;
    words_fill(scene->words, word, (struct word_part[]){{"date", date}, {"time", time}}, 2,
               ret_text, capacity);
}

// A sign and its line on a panel. Returns the height.
static int draw_note(const struct scene *scene, struct rect box, enum picture icon,
                     enum color color, const char *text)
{
    enum { ICON_BOX_PX = 44, ICON_PX = 40, TEXT_X = 58, TEXT_TOP_PX = 2 };
    const struct pen *pen = &scene->pen;
    int line = pen_style(pen, STYLE_BODY)->line_px + TEXT_TOP_PX;
    pen_icon(pen, (struct rect){box.x, box.y, ICON_BOX_PX, line > ICON_BOX_PX ? line : ICON_BOX_PX},
             icon, ICON_PX, pen_color(pen, color));
    struct rect words = {box.x + TEXT_X, box.y + TEXT_TOP_PX, box.w - TEXT_X, 0};
    return TEXT_TOP_PX + layout_words(pen, words, STYLE_BODY, COLOR_INK, text);
}

// What works without the network.
static int draw_works(const struct scene *scene, struct rect column)
{
    enum { TOP_PX = 26, SIDE_PX = 32, GAP_PX = 7, BOTTOM_PX = 29 };
    const char *works = scene->words->texts[WORD_NOTICE_OFFLINE_WORKS];
    const char *later = scene->words->texts[WORD_NOTICE_OFFLINE_LATER];
    struct frame *frame = scene->pen.frame;
    struct rect box = {column.x + SIDE_PX, column.y + TOP_PX, column.w - 2 * SIDE_PX, 0};
    frame_clip_push(frame, (struct rect){0});
    int first_h = draw_note(scene, box, ICON_CHECK, COLOR_OK, works);
    int second_h = draw_note(scene, box, ICON_CLOCK, COLOR_WARN, later);
    frame_clip_pop(frame);
    column.h = TOP_PX + first_h + GAP_PX + second_h + BOTTOM_PX;
    widget_panel(&scene->pen, column, 28);
    draw_note(scene, box, ICON_CHECK, COLOR_OK, works);
    box.y += first_h + GAP_PX;
    draw_note(scene, box, ICON_CLOCK, COLOR_WARN, later);
    return column.h;
}

// Who helps.
static int draw_person(const struct scene *scene, struct rect column)
{
    enum { LEAST_H = 108, AIR_PX = 24, ICON_X = 36, ICON_PX = 44, TEXT_X = 106, RIGHT_PX = 24 };
    const struct pen *pen = &scene->pen;
    bool hours = scene->config->help_hours[0] != '\0';
    char text[FORMAT_BYTES * 3];
    words_fill(scene->words, hours ? WORD_NOTICE_PERSON_HOURS : WORD_NOTICE_PERSON,
               (struct word_part[]){{"place", format_help_place(scene->words, scene->config)},
                                    {"hours", scene->config->help_hours}},
               2, text, sizeof text);
    struct rect words = {column.x + TEXT_X, 0, column.w - TEXT_X - RIGHT_PX, 0};
    words.h = layout_words_height(pen, words.w, STYLE_BODY, text);
    column.h = words.h + 2 * AIR_PX > LEAST_H ? words.h + 2 * AIR_PX : LEAST_H;
    words.y = column.y + (column.h - words.h) / 2;
    widget_panel(pen, column, 28);
    pen_icon(pen, (struct rect){column.x + ICON_X, column.y, ICON_PX, column.h}, ICON_PERSON,
             ICON_PX, pen_color(pen, COLOR_INFO));
    layout_words(pen, words, STYLE_BODY, COLOR_INK, text);
    return column.h;
}

struct notice_part {
    const struct scene *scene;
    struct rect column;
};

static int draw_words(const void *context, int y)
{
    enum { TEXT_GAP_PX = 18, HELP_GAP_PX = 40, HELP_LARGE_GAP_PX = 24 };
    const struct notice_part *part = context;
    const struct scene *scene = part->scene;
    const struct notice_look *look = &looks[scene->visit->notice];
    struct rect column = part->column;
    char text[FORMAT_BYTES * 3];
    body_text(scene, look, text, sizeof text);
    column.y = y;
    column.y += layout_words(&scene->pen, column, STYLE_DISPLAY_S, COLOR_INK,
                             scene->words->texts[look->title]) +
                TEXT_GAP_PX;
    column.y += layout_words(&scene->pen, column, STYLE_BODY_L, COLOR_INK, text) +
                (pen_large(&scene->pen) ? HELP_LARGE_GAP_PX : HELP_GAP_PX);
    return column.y + (scene->visit->notice == NOTICE_OFFLINE ? draw_works(scene, column)
                                                              : draw_person(scene, column));
}

struct ways {
    struct button buttons[2];
    uint16_t actions[2];
    int heights[2];
    int y;
};

// From the lower edge up.
static void find_ways(const struct scene *scene, struct rect column, int bottom, struct ways *ret)
{
    enum { MAIN_H = 124, SECOND_H = 110, BOTTOM_PX = 46, GAP_PX = 34 };
    const struct notice_look *look = &looks[scene->visit->notice];
    bool over = scene->visit->notice == NOTICE_LIMITED &&
                limited_until_ms(scene) <= scene->clock.now_ms; // the next try is free
    ret->buttons[0] =
        (struct button){.kind = BUTTON_MAIN,
                        .style = STYLE_BUTTON,
                        .label = scene->words->texts[over ? WORD_NOTICE_AGAIN : look->ways[0].word],
                        .icon = look->ways[0].icon};
    ret->buttons[1] = (struct button){.kind = BUTTON_SECOND,
                                      .style = STYLE_BUTTON,
                                      .label = scene->words->texts[look->ways[1].word],
                                      .icon = look->ways[1].icon};
    ret->actions[0] = (uint16_t)(over ? ACTION_AGAIN : look->ways[0].action);
    ret->actions[1] = (uint16_t)look->ways[1].action;
    ret->heights[0] = widget_button_height(&scene->pen, column.w, MAIN_H, &ret->buttons[0]);
    ret->heights[1] = widget_button_height(&scene->pen, column.w, SECOND_H, &ret->buttons[1]);
    ret->y = bottom - BOTTOM_PX - ret->heights[1] - GAP_PX - ret->heights[0];
}

static void draw_ways(const struct scene *scene, struct rect column, const struct ways *ways)
{
    enum { GAP_PX = 34 };
    struct rect box = {column.x, ways->y, column.w, ways->heights[0]};
    widget_button(&scene->pen, box, &ways->buttons[0], ways->actions[0], 0);
    box.y += box.h + GAP_PX;
    box.h = ways->heights[1];
    widget_button(&scene->pen, box, &ways->buttons[1], ways->actions[1], 0);
}

// The picture gives way to words that need its room, down to a strip.
static void view_portrait(const struct scene *scene)
{
    enum { BAND_H = 720, BAND_MIN_H = 240, GAP_PX = 56, WAYS_GAP_PX = 24 };
    struct rect body = chrome_body(scene);
    int top = CHROME_TOPBAR_H;
    if (pen_large(&scene->pen))
        top = 0;
    else
        chrome_draw_topbar(scene);
    struct notice_part part = {scene, body};
    struct layout_part words = {draw_words, &part};
    struct ways ways;
    find_ways(scene, body, body.h, &ways);
    int height = layout_height(scene, &words);
    struct rect band = {0, top, scene->width, ways.y - WAYS_GAP_PX - height - GAP_PX - top};
    if (band.h > BAND_H)
        band.h = BAND_H;
    if (band.h < BAND_MIN_H)
        band.h = 0;
    if (band.h > 0)
        draw_picture(scene, band, &looks[scene->visit->notice]);
    int y = band.y + band.h + GAP_PX;
    struct rect view = {body.x - LAYOUT_BLEED_PX, y, body.w + 2 * LAYOUT_BLEED_PX,
                        ways.y - WAYS_GAP_PX - y};
    layout_scrolled(scene, view, ACTION_SCROLL_LIST, &scene->visit->page, &words);
    draw_ways(scene, body, &ways);
}

static void view_landscape(const struct scene *scene)
{
    enum { WAYS_GAP_PX = 24, LARGE_TOP_PX = 48 };
    struct rect body = chrome_body(scene);
    struct rect side = rect_inset(chrome_side(scene), CHROME_MARGIN);
    bool large = pen_large(&scene->pen);
    struct rect band = {CHROME_RAIL_W, CHROME_TOPBAR_H,
                        body.x + body.w + CHROME_MARGIN - CHROME_RAIL_W,
                        scene->height - CHROME_TOPBAR_H};
    chrome_draw_topbar(scene);
    draw_picture(scene, band, &looks[scene->visit->notice]);
    struct notice_part part = {scene, side};
    struct ways ways;
    find_ways(scene, side, scene->height, &ways);
    int y = large ? LARGE_TOP_PX : CHROME_TOPBAR_H;
    struct rect view = {side.x - LAYOUT_BLEED_PX, y, side.w + 2 * LAYOUT_BLEED_PX,
                        ways.y - WAYS_GAP_PX - y};
    layout_scrolled(scene, view, ACTION_SCROLL_LIST, &scene->visit->page,
                    &(struct layout_part){draw_words, &part});
    draw_ways(scene, side, &ways);
}

void notice_view(const struct scene *scene)
{
    if (scene->landscape)
        view_landscape(scene);
    else
        view_portrait(scene);
}

// Back to the keypad it came from: a silent service is asked again, anything else is entered anew.
static void try_again(struct turn *turn)
{
    struct certificate_state *state = &turn->visit->certificate;
    if (turn->visit->notice == NOTICE_NUMBER_LIMITED) { // from wherever: another number
        certificate_clear(turn->visit);
        turn->visit->screen = SCREEN_HOME;
        turn->visit->depth = 0;
        turn_go(turn, SCREEN_NUMBER);
        return;
    }
    turn_back(turn);
    if (turn->visit->notice == NOTICE_SILENT)
        certificate_submit(turn);
    else if (turn->visit->screen == SCREEN_BIRTH)
        explicit_bzero(state->birth, sizeof state->birth);
    else
        certificate_clear(turn->visit);
}

void notice_act(struct turn *turn, const struct tap *tap)
{
    switch (tap->action) {
    case ACTION_AGAIN:
        try_again(turn);
        return;
    case ACTION_SEARCH:
        certificate_clear(turn->visit);
        turn->visit->depth = 0;
        turn->visit->screen = SCREEN_HOME;
        search_open(turn, DIRECTION_COUNT);
        return;
    case ACTION_CHECK_LINK:
        if (turn->link->online) {
            turn_back(turn);
            return;
        }
        turn_ask(turn, LINK_SYNC_NOW);
        turn_toast(turn, WORD_TOAST_STILL_OFFLINE, ICON_CLOUD_OFF);
        return;
    default:
        return;
    }
}
