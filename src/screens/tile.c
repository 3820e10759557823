#include "screens/tile.h"

#include "screens/chrome.h"
#include "wording/format.h"

#include <stdio.h>

static const enum picture tall_tiles[] = {PICTURE_TILE_TECH,  PICTURE_TILE_SCIENCE,
                                          PICTURE_TILE_SPORT, PICTURE_TILE_ART,
                                          PICTURE_TILE_TOUR,  PICTURE_TILE_SOCIAL};
static const enum picture wide_tiles[] = {PICTURE_TILE_TECH_WIDE,  PICTURE_TILE_SCIENCE_WIDE,
                                          PICTURE_TILE_SPORT_WIDE, PICTURE_TILE_ART_WIDE,
                                          PICTURE_TILE_TOUR_WIDE,  PICTURE_TILE_SOCIAL_WIDE};

static void draw_plain(const struct scene *scene, struct rect box, enum direction direction)
{
    enum { EMBLEM_PX = 240 };
    const struct pen *pen = &scene->pen;
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, COLOR_PAPER),
                                  .stroke = pen_color(pen, COLOR_LINE),
                                  .stroke_px = 4});
    pen_picture(pen,
                (struct rect){box.x + (box.w - EMBLEM_PX) / 2, box.y + box.h - EMBLEM_PX - 24,
                              EMBLEM_PX, EMBLEM_PX},
                chrome_plain_emblem(direction), CROP_FIT);
}

static void veil(const struct pen *pen, struct rect box, enum color color, float part)
{
    struct draw *draw = frame_draw(pen->frame, DRAW_SCRIM, box, pen_color(pen, color));
    if (draw != NULL)
        draw->part = part;
}

static void draw_count(const struct pen *pen, struct rect box, const char *count)
{
    enum { SIDE_PX = 24, PILL_H = 48, PADDING_PX = 18 };
    int width = pen_width(pen, STYLE_PILL, count) + 2 * PADDING_PX;
    struct rect pill = {box.x + SIDE_PX, box.y + box.h - PILL_H - SIDE_PX, width, PILL_H};
    pen_block(pen, pill,
              (struct block_look){.fill = pen_color(pen, COLOR_PAPER), .radius = PILL_H / 2});
    pen_line(pen, pill, STYLE_PILL, pen_color(pen, COLOR_INK), ALIGN_CENTER, count);
}

static void draw_chosen(const struct pen *pen, struct rect box)
{
    enum { FRAME_PX = 12, SIGN_PX = 96, SIGN_STROKE_PX = 6 };
    struct rect sign = {box.x + box.w - SIGN_PX - 24, box.y + box.h - SIGN_PX - 24, SIGN_PX,
                        SIGN_PX};
    rgb ink = pen_color(pen, COLOR_INK);
    pen_fill(pen, (struct rect){box.x, box.y, box.w, FRAME_PX}, ink);
    pen_fill(pen, (struct rect){box.x, box.y + box.h - FRAME_PX, box.w, FRAME_PX}, ink);
    pen_fill(pen, (struct rect){box.x, box.y, FRAME_PX, box.h}, ink);
    pen_fill(pen, (struct rect){box.x + box.w - FRAME_PX, box.y, FRAME_PX, box.h}, ink);
    pen_block(pen, sign,
              (struct block_look){.fill = pen_color(pen, COLOR_ACCENT),
                                  .stroke = ink,
                                  .stroke_px = SIGN_STROKE_PX,
                                  .radius = 28});
    pen_icon(pen, sign, ICON_CHECK, 56, pen_color(pen, COLOR_ON_ACCENT));
}

void tile_draw(const struct scene *scene, struct rect box, const struct tile *tile)
{
    enum { HIT_INSET_PX = 8 };
    const struct pen *pen = &scene->pen;
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
    const char *label = scene->words->texts[WORD_TILE_TECH + (unsigned)tile->direction];
    bool counted = tile->count != NULL && tile->count[0] != '\0';
    if (plain)
        draw_plain(scene, box, tile->direction);
    else
        pen_picture(pen, box, (scene->landscape ? wide_tiles : tall_tiles)[tile->direction],
                    CROP_BOTTOM);
    if (tile->flat)
        veil(pen, box, COLOR_PAPER, 0.7f);
    pen_paragraph(pen, (struct rect){box.x + 26, box.y + 22, box.w - 40, 0}, STYLE_LABEL,
                  plain || tile->flat ? pen_color(pen, COLOR_INK)
                                      : pen->theme->directions[tile->direction].label,
                  ALIGN_LEFT, label, 2);
    if (pen_pressed(pen, tile->action, tile->value))
        veil(pen, box, COLOR_SCRIM, 0.12f);
    if (counted)
        draw_count(pen, box, tile->count);
    if (tile->chosen)
        draw_chosen(pen, box);
    char name[FORMAT_BYTES];
    snprintf(name, sizeof name, "%.160s%s%.64s", format_direction(scene->words, tile->direction),
             counted ? " · " : "", counted ? tile->count : "");
    struct target *target = frame_target(pen->frame, rect_inset(box, HIT_INSET_PX), ROLE_TILE,
                                         tile->action, tile->value, name);
    if (target != NULL)
        target->state |= (tile->chosen ? TARGET_SELECTED : 0) | (tile->flat ? TARGET_DISABLED : 0);
}
