#include "screens/chrome.h"
#include "screens/freshness.h"

enum { FRESH_DOT_PX = 18, FRESH_GAP_PX = 12, GEAR_GAP_PX = 14 };

static int freshness_width(const struct scene *scene, const struct freshness *fresh)
{
    int gear = scene->link->storage < STORAGE_FULL ? 0 : CHROME_GEAR_PX + GEAR_GAP_PX;
    if (fresh->tone != TONE_OK)
        return widget_pill_width(&scene->pen, fresh->icon, fresh->text) + gear;
    return FRESH_DOT_PX + FRESH_GAP_PX + pen_width(&scene->pen, STYLE_CAPTION, fresh->text) + gear;
}

static void draw_freshness(const struct scene *scene, struct rect line,
                           const struct freshness *fresh)
{
    const struct pen *pen = &scene->pen;
    if (fresh->tone != TONE_OK) {
        struct rect pill = {line.x, line.y + (line.h - WIDGET_PILL_H) / 2, line.w, WIDGET_PILL_H};
        widget_pill(pen, pill, fresh->tone, fresh->icon, fresh->text);
        return;
    }
    struct rect dot = {line.x, line.y + (line.h - FRESH_DOT_PX) / 2, FRESH_DOT_PX, FRESH_DOT_PX};
    pen_block(
        pen, dot,
        (struct block_look){.fill = pen_color(pen, COLOR_STATUS_DOT_OK), .radius = dot.h / 2});
    line.x += FRESH_DOT_PX + FRESH_GAP_PX;
    line.w -= FRESH_DOT_PX + FRESH_GAP_PX;
    pen_line(pen, line, STYLE_CAPTION, pen_color(pen, COLOR_INK_2), ALIGN_LEFT, fresh->text);
}

// A gear stands before it when the disk takes nothing.
static void draw_state(const struct scene *scene, struct rect line, const struct freshness *fresh)
{
    struct rect gear = {line.x, line.y, CHROME_GEAR_PX, line.h};
    bool full = scene->link->storage >= STORAGE_FULL;
    if (full) {
        line.x += CHROME_GEAR_PX + GEAR_GAP_PX;
        line.w -= CHROME_GEAR_PX + GEAR_GAP_PX;
    }
    draw_freshness(scene, line, fresh);
    if (full)
        pen_icon(&scene->pen, gear, ICON_SETTINGS, CHROME_GEAR_PX,
                 pen_color(&scene->pen, COLOR_INK_2));
}

int chrome_draw_freshness(const struct scene *scene, int right_x, int y, int height)
{
    struct freshness fresh;
    freshness_find(scene, scene->visit->screen == SCREEN_HOME && !scene->landscape, &fresh);
    int width = freshness_width(scene, &fresh);
    draw_state(scene, (struct rect){right_x - width, y, width, height}, &fresh);
    return right_x - width;
}

void chrome_draw_large_names(const struct scene *scene, struct rect box)
{
    const struct pen *pen = &scene->pen;
    struct freshness fresh;
    freshness_find(scene, false, &fresh);
    struct rect line = {box.x, box.y, box.w, box.h / 2};
    pen_line(pen, line, STYLE_PILL, pen_color(pen, COLOR_INK), ALIGN_LEFT,
             scene->config->organization);
    line.y += line.h;
    line.w = freshness_width(scene, &fresh);
    draw_state(scene, line, &fresh);
}

static void draw_names(const struct scene *scene, struct rect box)
{
    const struct pen *pen = &scene->pen;
    bool home = scene->visit->screen == SCREEN_HOME;
    int width = box.w - chrome_body(scene).w / 2 + 88;
    int middle = box.y + box.h / 2;
    bool place = scene->config->place[0] != '\0';
    pen_line(pen, (struct rect){box.x, middle - (place ? 36 : 20), width, 40},
             home ? STYLE_BODY_BOLD : STYLE_PILL, pen_color(pen, COLOR_INK), ALIGN_LEFT,
             scene->config->organization);
    if (place)
        pen_line(pen, (struct rect){box.x, middle - 2, width, 36}, STYLE_CAPTION,
                 pen_color(pen, COLOR_INK_2), ALIGN_LEFT, scene->config->place);
    chrome_draw_freshness(scene, box.x + box.w, middle - 34, 68);
}

void chrome_draw_topbar(const struct scene *scene)
{
    enum { GAP_PX = 20, LARGE_TOP_PX = 0 };
    const struct pen *pen = &scene->pen;
    pen->frame->mover = MOVER_NONE;
    bool home = scene->visit->screen == SCREEN_HOME;
    int size = home ? 68 : 60;
    struct rect body = chrome_body(scene);
    struct rect logo = {body.x, 28, size, size};
    pen_picture(pen, logo, PICTURE_LOGO, CROP_FIT);
    if (home)
        frame_target(pen->frame, (struct rect){36, 12, 100, 100}, ROLE_BUTTON, ACTION_STAFF, 0,
                     scene->config->organization);
    struct rect names = {logo.x + size + GAP_PX, logo.y, body.w - size - GAP_PX, size};
    if (pen_large(pen)) {
        names.y = LARGE_TOP_PX;
        names.h = CHROME_TOPBAR_H;
        chrome_draw_large_names(scene, names);
    } else {
        draw_names(scene, names);
    }
    pen->frame->mover = MOVER_PAGE;
}
