#include "screens/staff_ready_parts.h"

#include "wording/format.h"

enum { PATCH_PX = 216, MIDDLE_W = 860, END_W = 480 };

// A quarter of a circle in each corner, round towards the middle, cut from the quilt's colours.
static void draw_corner(const struct scene *scene, uint32_t corner, struct rect box)
{
    static const enum motif motifs[READY_CORNERS] = {MOTIF_COBALT, MOTIF_SKY, MOTIF_MINT,
                                                     MOTIF_PINK};
    const struct pen *pen = &scene->pen;
    bool touched = (scene->visit->staff.ready.corners & 1u << corner) != 0;
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
    char label[FORMAT_BYTES];
    format_choice(scene->words, WORD_READY_CORNERS, corner, label, sizeof label);
    rgb patch = pen->theme->motifs[motifs[corner]];
    if (plain)
        patch = pen_color(pen, COLOR_ACCENT);
    struct draw *draw =
        frame_draw(pen->frame, DRAW_MODULE, box, touched ? pen_color(pen, COLOR_OK_BG) : patch);
    if (draw != NULL) {
        draw->picture = MODULE_QUARTER;
        draw->turns = (uint8_t)((corner + 2) % 4); // drawn with its middle at the right below
        draw->stroke = pen_color(pen, COLOR_PAPER);
    }
    int in = PATCH_PX / 8; // where the round patch has its weight
    struct rect middle = box;
    middle.x += corner == 0 || corner == 3 ? -in : in;
    middle.y += corner < 2 ? -in : in;
    rgb sign = touched       ? pen_color(pen, COLOR_OK)
               : plain       ? pen_color(pen, COLOR_ON_ACCENT)
               : corner == 0 ? pen_color(pen, COLOR_ON_PRIMARY)
                             : pen_color(pen, COLOR_INK);
    pen_icon(pen, middle, touched ? ICON_CHECK : ICON_TOUCH, 72, sign);
    struct target *target =
        frame_target(pen->frame, box, ROLE_TILE, ACTION_READY_CORNER, corner, label);
    if (target != NULL && touched)
        target->state |= TARGET_SELECTED;
}

void staff_ready_draw_corners(const struct scene *scene)
{
    const struct pen *pen = &scene->pen;
    const struct words *words = scene->words;
    int right = scene->width - PATCH_PX;
    int bottom = scene->height - PATCH_PX;
    int left = READY_CORNERS - __builtin_popcount(scene->visit->staff.ready.corners);
    const struct rect boxes[READY_CORNERS] = {{0, 0, PATCH_PX, PATCH_PX},
                                              {right, 0, PATCH_PX, PATCH_PX},
                                              {right, bottom, PATCH_PX, PATCH_PX},
                                              {0, bottom, PATCH_PX, PATCH_PX}};
    char rest[FORMAT_BYTES];
    words_count(words, WORD_READY_CORNERS_LEFT, left, rest, sizeof rest);
    for (uint32_t corner = 0; corner < READY_CORNERS; corner++)
        draw_corner(scene, corner, boxes[corner]);
    struct rect box = {(scene->width - MIDDLE_W) / 2, scene->height / 2 - 200, MIDDLE_W, 0};
    box.y += pen_paragraph(pen, box, STYLE_H1, pen_color(pen, COLOR_INK), ALIGN_CENTER,
                           words->texts[WORD_READY_CORNERS_TITLE], PEN_LINES_MAX);
    box.y += 16;
    box.y += pen_paragraph(pen, box, STYLE_BODY_L, pen_color(pen, COLOR_INK_2), ALIGN_CENTER, rest,
                           PEN_LINES_MAX);
    struct button button = {.kind = BUTTON_SECOND,
                            .style = STYLE_BUTTON,
                            .icon = ICON_CLOSE,
                            .label = words->texts[WORD_READY_CORNERS_END]};
    struct rect end = {(scene->width - END_W) / 2, box.y + 48, END_W, 0};
    end.h = widget_button_height(pen, end.w, WIDGET_BUTTON_H, &button);
    widget_button(pen, end, &button, ACTION_SHEET_CLOSE, 0);
}
