#include "screens/notice.h"

#include "base/text.h"
#include "screens/certificate.h"
#include "screens/chrome.h"
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
    enum { PICTURE_PX = 504, ROBOT_PX = 628 };
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

// What works without the network, or who helps.
static void draw_help(const struct scene *scene, struct rect panel)
{
    const struct pen *pen = &scene->pen;
    int y = panel.y;
    rgb ink = pen_color(pen, COLOR_INK);
    if (scene->visit->notice == NOTICE_OFFLINE) {
        panel.h = 148;
        widget_panel(pen, panel, 28);
        pen_icon(pen, (struct rect){panel.x + 32, y + 26, 44, 44}, ICON_CHECK, 40,
                 pen_color(pen, COLOR_OK));
        pen_text(pen, panel.x + 90, y + 28, STYLE_BODY, ink,
                 scene->words->texts[WORD_NOTICE_OFFLINE_WORKS]);
        pen_icon(pen, (struct rect){panel.x + 32, y + 76, 44, 44}, ICON_CLOCK, 40,
                 pen_color(pen, COLOR_WARN));
        pen_text(pen, panel.x + 90, y + 78, STYLE_BODY, ink,
                 scene->words->texts[WORD_NOTICE_OFFLINE_LATER]);
        return;
    }
    bool hours = scene->config->help_hours[0] != '\0';
    char text[FORMAT_BYTES * 3];
    words_fill(scene->words, hours ? WORD_NOTICE_PERSON_HOURS : WORD_NOTICE_PERSON,
               (struct word_part[]){{"place", format_help_place(scene->words, scene->config)},
                                    {"hours", scene->config->help_hours}},
               2, text, sizeof text);
    widget_panel(pen, panel, 28);
    pen_icon(pen, (struct rect){panel.x + 36, y, 44, panel.h}, ICON_PERSON, 44,
             pen_color(pen, COLOR_INFO));
    pen_line(pen, (struct rect){panel.x + 106, y, panel.w - 130, panel.h}, STYLE_BODY, ink,
             ALIGN_LEFT, text);
}

void notice_view(const struct scene *scene)
{
    const struct pen *pen = &scene->pen;
    const struct notice_look *look = &looks[scene->visit->notice];
    bool over = scene->visit->notice == NOTICE_LIMITED &&
                limited_until_ms(scene) <= scene->clock.now_ms; // the next try is free
    chrome_draw_topbar(scene);
    struct rect body = chrome_body(scene);
    struct rect band = {0, CHROME_TOPBAR_H, scene->width, 720};
    int y = band.y + band.h + 56;
    if (scene->landscape) {
        band = (struct rect){CHROME_RAIL_W, CHROME_TOPBAR_H,
                             body.x + body.w + CHROME_MARGIN - CHROME_RAIL_W,
                             scene->height - CHROME_TOPBAR_H};
        body = rect_inset(chrome_side(scene), CHROME_MARGIN);
        y = CHROME_TOPBAR_H;
    }
    draw_picture(scene, band, look);
    y += pen_paragraph(pen, (struct rect){body.x, y, body.w, 0}, STYLE_DISPLAY_S,
                       pen_color(pen, COLOR_INK), ALIGN_LEFT, scene->words->texts[look->title], 3);
    char text[FORMAT_BYTES * 3];
    body_text(scene, look, text, sizeof text);
    y += 18;
    y += pen_paragraph(pen, (struct rect){body.x, y, body.w, 0}, STYLE_BODY_L,
                       pen_color(pen, COLOR_INK), ALIGN_LEFT, text, 5);
    draw_help(scene, (struct rect){body.x, y + 40, body.w, 108});
    int bottom = scene->height - (scene->landscape ? 0 : CHROME_DOCK_H);
    struct button main_way = {
        .kind = BUTTON_MAIN,
        .style = STYLE_BUTTON,
        .label = scene->words->texts[over ? WORD_NOTICE_AGAIN : look->ways[0].word],
        .icon = look->ways[0].icon};
    struct button second = {.kind = BUTTON_SECOND,
                            .style = STYLE_BUTTON,
                            .label = scene->words->texts[look->ways[1].word],
                            .icon = look->ways[1].icon};
    widget_button(pen, (struct rect){body.x, bottom - 314, body.w, 124}, &main_way,
                  over ? ACTION_AGAIN : (uint16_t)look->ways[0].action, 0);
    widget_button(pen, (struct rect){body.x, bottom - 156, body.w, 110}, &second,
                  (uint16_t)look->ways[1].action, 0);
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
