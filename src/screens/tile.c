#include "screens/tile.h"

#include "screens/chrome.h"
#include "wording/format.h"

#include <stdio.h>
#include <string.h>

static const enum picture tall_tiles[] = {PICTURE_TILE_TECH,  PICTURE_TILE_SCIENCE,
                                          PICTURE_TILE_SPORT, PICTURE_TILE_ART,
                                          PICTURE_TILE_TOUR,  PICTURE_TILE_SOCIAL};
static const enum picture wide_tiles[] = {PICTURE_TILE_TECH_WIDE,  PICTURE_TILE_SCIENCE_WIDE,
                                          PICTURE_TILE_SPORT_WIDE, PICTURE_TILE_ART_WIDE,
                                          PICTURE_TILE_TOUR_WIDE,  PICTURE_TILE_SOCIAL_WIDE};

static const enum picture emblems[] = {PICTURE_EMBLEM_TECH,  PICTURE_EMBLEM_SCIENCE,
                                       PICTURE_EMBLEM_SPORT, PICTURE_EMBLEM_ART,
                                       PICTURE_EMBLEM_TOUR,  PICTURE_EMBLEM_SOCIAL};

// Where the emblem stands on a patch's drawing.
struct spot {
    int x;
    int y;
    int side;
};

// What the emblem answers to a finger, drawn over it: the robot shuts its eyes, the ball turns.
static const struct {
    enum picture picture;
    struct spot tall; // of TILE_W x TILE_H
    struct spot wide; // of TILE_WIDE_W x TILE_WIDE_H
} touched[] = {
    {PICTURE_TOUCHED_TECH, {0, 80, 360}, {48, 72, 288}},
    {PICTURE_TOUCHED_SCIENCE, {22, 122, 318}, {67, 110, 250}},
    {PICTURE_TOUCHED_SPORT, {0, 112, 360}, {118, 76, 264}},
    {PICTURE_TOUCHED_ART, {0, 88, 360}, {58, 91, 269}},
    {PICTURE_TOUCHED_TOUR, {0, 104, 360}, {56, 84, 276}},
    {PICTURE_TOUCHED_SOCIAL, {18, 128, 312}, {62, 104, 256}},
};

enum { TILE_W = 360, TILE_H = 440, TILE_WIDE_W = 384, TILE_WIDE_H = 360 };
enum {
    LABEL_X = 26,
    LABEL_LARGE_X = 22,
    LABEL_Y = 22,
    LABEL_END_PX = 14,
    LABEL_LARGE_END_PX = 4,
    LABEL_LINES_MAX = 4
};
enum { EMBLEM_PX = 240, EMBLEM_MIN_PX = 96, EMBLEM_GAP_PX = 20 };

bool tile_lies(const struct scene *scene)
{
    return scene->landscape || pen_large(&scene->pen);
}

struct rect tile_place(const struct scene *scene, struct rect quilt, enum direction direction)
{
    int columns = tile_lies(scene) ? 2 : 3;
    int rows = DIRECTION_COUNT / columns;
    int column = tile_lies(scene) ? (int)direction / rows : (int)direction % columns;
    int row = tile_lies(scene) ? (int)direction % rows : (int)direction / columns;
    int x = quilt.x + quilt.w * column / columns;
    int y = quilt.y + quilt.h * row / rows;
    return (struct rect){x, y, quilt.x + quilt.w * (column + 1) / columns - x,
                         quilt.y + quilt.h * (row + 1) / rows - y};
}

static struct rect label_box(const struct pen *pen, struct rect box, const char *label)
{
    int line = pen_style(pen, STYLE_LABEL)->line_px;
    int x = pen_large(pen) ? LABEL_LARGE_X : LABEL_X;
    int end = pen_large(pen) ? LABEL_LARGE_END_PX : LABEL_END_PX;
    struct rect text = {box.x + x, box.y + LABEL_Y, box.w - x - end, 0};
    text.h = line * (int)pen_lines(pen, text.w, STYLE_LABEL, label, LABEL_LINES_MAX);
    return text;
}

int tile_quilt_height(const struct scene *scene, int width)
{
    enum { TILE_MIN_H = 176, FOOT_PX = 24 };
    int least = TILE_MIN_H;
    int columns = tile_lies(scene) ? 2 : 3;
    for (unsigned i = 0; i < DIRECTION_COUNT; i++) {
        struct rect box = {0, 0, width / columns, 0};
        const char *label = scene->words->texts[WORD_TILE_TECH + i];
        int height = LABEL_Y + label_box(&scene->pen, box, label).h + FOOT_PX;
        least = height > least ? height : least;
    }
    return least * DIRECTION_COUNT / columns;
}

// The widest of the label's own lines.
static int label_width(const struct pen *pen, const char *label)
{
    const char *second = strchr(label, '\n');
    if (second == NULL)
        return pen_width(pen, STYLE_LABEL, label);
    int first_px =
        metrics_width(pen->metrics, pen_style(pen, STYLE_LABEL), label, (size_t)(second - label));
    int second_px = pen_width(pen, STYLE_LABEL, second + 1);
    return first_px > second_px ? first_px : second_px;
}

// In the lower right corner, beside the label or below it, whichever leaves more. Empty: no room.
static struct rect emblem_box(const struct pen *pen, struct rect box, struct rect text,
                              const char *label)
{
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
    int off = plain ? EMBLEM_GAP_PX : 0;
    int beside = box.w - LABEL_X - label_width(pen, label) - EMBLEM_GAP_PX - off;
    int below = box.h - LABEL_Y - text.h - EMBLEM_GAP_PX / 2 - off;
    int side = beside > below ? beside : below;
    if (side > EMBLEM_PX)
        side = EMBLEM_PX;
    if (side > box.h - 2 * off)
        side = box.h - 2 * off;
    if (side < EMBLEM_MIN_PX)
        return (struct rect){0};
    return (struct rect){box.x + box.w - side - off, box.y + box.h - side - off, side, side};
}

static void draw_plain(const struct scene *scene, struct rect box, enum direction direction,
                       struct rect emblem)
{
    const struct pen *pen = &scene->pen;
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, COLOR_PAPER),
                                  .stroke = pen_color(pen, COLOR_LINE),
                                  .stroke_px = 4});
    pen_picture(pen, emblem, chrome_plain_emblem(direction), CROP_FIT);
}

// The drawing is as wide as its patch and stands on its lower edge.
static struct rect spot_box(const struct scene *scene, struct rect box, enum direction direction)
{
    bool wide = scene->landscape;
    struct spot spot = wide ? touched[direction].wide : touched[direction].tall;
    int width = wide ? TILE_WIDE_W : TILE_W;
    int above_foot = (wide ? TILE_WIDE_H : TILE_H) - spot.y;
    int side = spot.side * box.w / width;
    return (struct rect){box.x + spot.x * box.w / width, box.y + box.h - above_foot * box.w / width,
                         side, side};
}

static void draw_ground(const struct scene *scene, struct rect box, enum direction direction,
                        const char *label, bool pressed)
{
    const struct pen *pen = &scene->pen;
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
    struct rect middle = {box.x + (box.w - EMBLEM_PX) / 2, box.y + box.h - EMBLEM_PX - 24,
                          EMBLEM_PX, EMBLEM_PX};
    struct rect text = label_box(pen, box, label);
    bool crowded = pen_large(pen) || text.y + text.h > middle.y;
    struct rect emblem = crowded ? emblem_box(pen, box, text, label) : middle;
    if (plain) {
        draw_plain(scene, box, direction, emblem);
    } else if (pen_large(pen)) {
        pen_fill(pen, box, pen->theme->directions[direction].background);
        pen_picture(pen, emblem, emblems[direction], CROP_FIT);
    } else {
        pen_picture(pen, box, (scene->landscape ? wide_tiles : tall_tiles)[direction], CROP_BOTTOM);
        emblem = spot_box(scene, box, direction);
    }
    if (!pressed || plain)
        return;
    frame_clip_push(pen->frame, box);
    pen_picture(pen, emblem, touched[direction].picture, CROP_FIT);
    frame_clip_pop(pen->frame);
}

static void veil(const struct pen *pen, struct rect box, enum color color, float part)
{
    struct draw *draw = frame_draw(pen->frame, DRAW_SCRIM, box, pen_color(pen, color));
    if (draw != NULL)
        draw->part = part;
}

static struct rect count_box(const struct pen *pen, struct rect box, const char *count)
{
    enum { SIDE_PX = 24, AIR_PX = 16, PADDING_PX = 18 };
    int width = pen_width(pen, STYLE_PILL, count) + 2 * PADDING_PX;
    int height = pen_style(pen, STYLE_PILL)->line_px + AIR_PX;
    return (struct rect){box.x + SIDE_PX, box.y + box.h - height - SIDE_PX, width, height};
}

static void draw_count(const struct pen *pen, struct rect pill, const char *count)
{
    pen_block(pen, pill,
              (struct block_look){.fill = pen_color(pen, COLOR_PAPER), .radius = pill.h / 2});
    pen_line(pen, pill, STYLE_PILL, pen_color(pen, COLOR_INK), ALIGN_CENTER, count);
}

enum { FRAME_PX = 12, SIGN_PX = 96, SIGN_SIDE_PX = 24 };

// In the corner, or above a count that reaches under it.
static struct rect sign_box(struct rect box, struct rect count)
{
    struct rect sign = {box.x + box.w - SIGN_PX - SIGN_SIDE_PX,
                        box.y + box.h - SIGN_PX - SIGN_SIDE_PX, SIGN_PX, SIGN_PX};
    if (!rect_empty(rect_intersect(sign, count)))
        sign.y = count.y - SIGN_PX - FRAME_PX;
    return sign;
}

static void draw_chosen(const struct pen *pen, struct rect box, struct rect sign)
{
    enum { SIGN_STROKE_PX = 6 };
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

// Count and sign; where the label leaves room for one only, that it is chosen matters more.
static void draw_answer(const struct pen *pen, struct rect box, const struct tile *tile,
                        int label_end)
{
    bool counted = tile->count != NULL && tile->count[0] != '\0';
    struct rect count = counted ? count_box(pen, box, tile->count) : (struct rect){0};
    struct rect sign = sign_box(box, count);
    if (tile->chosen && sign.y < label_end) {
        counted = false;
        sign = sign_box(box, (struct rect){0});
    }
    if (counted)
        draw_count(pen, count, tile->count);
    if (tile->chosen)
        draw_chosen(pen, box, sign);
}

void tile_draw(const struct scene *scene, struct rect box, const struct tile *tile)
{
    enum { HIT_INSET_PX = 8 };
    const struct pen *pen = &scene->pen;
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
    const char *label = scene->words->texts[WORD_TILE_TECH + (unsigned)tile->direction];
    bool counted = tile->count != NULL && tile->count[0] != '\0';
    bool pressed = pen_pressed(pen, tile->action, tile->value);
    draw_ground(scene, box, tile->direction, label, pressed && !tile->flat);
    if (tile->flat)
        veil(pen, box, COLOR_PAPER, 0.7f);
    pen_paragraph(pen, label_box(pen, box, label), STYLE_LABEL,
                  plain || tile->flat ? pen_color(pen, COLOR_INK)
                                      : pen->theme->directions[tile->direction].label,
                  ALIGN_LEFT, label, LABEL_LINES_MAX);
    if (pressed)
        veil(pen, box, COLOR_SCRIM, 0.12f);
    struct rect text = label_box(pen, box, label);
    draw_answer(pen, box, tile, text.y + text.h);
    char name[FORMAT_BYTES];
    snprintf(name, sizeof name, "%.160s%s%.64s", format_direction(scene->words, tile->direction),
             counted ? " · " : "", counted ? tile->count : "");
    struct target *target = frame_target(pen->frame, rect_inset(box, HIT_INSET_PX), ROLE_TILE,
                                         tile->action, tile->value, name);
    if (target != NULL)
        target->state |= (tile->chosen ? TARGET_SELECTED : 0) | (tile->flat ? TARGET_DISABLED : 0);
}
