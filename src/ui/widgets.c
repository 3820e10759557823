#include "ui/widgets.h"

#include <stdio.h>
#include <string.h>

enum { PRESS_DOWN_PX = 6, PRESSED_EDGE_PX = 2 };

// Where a raised block stands now: lower, on a thin edge, while a finger is on it.
static struct rect raised(const struct pen *pen, struct rect box, struct block_look look,
                          bool pressed)
{
    if (pressed) {
        int down = look.edge_px > PRESS_DOWN_PX ? PRESS_DOWN_PX : look.edge_px - PRESSED_EDGE_PX;
        box.y += down;
        look.edge_px -= down;
    }
    pen_block(pen, box, look);
    return box;
}

static struct block_look button_look(const struct pen *pen, const struct button *button)
{
    struct block_look look = {.radius = 28, .edge_px = WIDGET_EDGE_PX};
    if (button->disabled) {
        look.fill = pen_color(pen, COLOR_DISABLED_BG);
        look.edge_px = 0;
        look.stroke = pen_color(pen, COLOR_ON_DISABLED); // black on black otherwise
        look.stroke_px = pen->palette == PALETTE_HIGH_CONTRAST ? 2 : 0;
        return look;
    }
    switch (button->kind) {
    case BUTTON_MAIN:
        look.fill = pen_color(pen, COLOR_PRIMARY);
        look.edge = pen_color(pen, COLOR_PRIMARY_EDGE);
        break;
    case BUTTON_ON:
        look.fill = pen_color(pen, COLOR_ACCENT);
        look.edge = pen_color(pen, COLOR_ACCENT_EDGE);
        break;
    case BUTTON_SECOND:
    case BUTTON_DESTRUCTIVE:
    case BUTTON_KIND_COUNT:
        look.fill = pen_color(pen, COLOR_SURFACE);
        look.edge = pen_color(pen, COLOR_EDGE);
        look.stroke = pen_color(pen, COLOR_LINE);
        look.stroke_px = 2;
        break;
    }
    return look;
}

static rgb button_text_color(const struct pen *pen, const struct button *button)
{
    if (button->disabled)
        return pen_color(pen, COLOR_ON_DISABLED);
    switch (button->kind) {
    case BUTTON_MAIN:
        return pen_color(pen, COLOR_ON_PRIMARY);
    case BUTTON_ON:
        return pen_color(pen, COLOR_ON_ACCENT);
    case BUTTON_DESTRUCTIVE:
        return pen_color(pen, COLOR_ERR);
    case BUTTON_SECOND:
    case BUTTON_KIND_COUNT:
        break;
    }
    return pen_color(pen, COLOR_INK);
}

static void draw_disc(const struct pen *pen, struct rect box)
{
    enum { DISC_PX = 72, DISC_FROM_RIGHT_PX = 36 };
    struct rect disc = {box.x + box.w - DISC_FROM_RIGHT_PX - DISC_PX, box.y + (box.h - DISC_PX) / 2,
                        DISC_PX, DISC_PX};
    pen_block(pen, disc,
              (struct block_look){.fill = pen_color(pen, COLOR_ACCENT), .radius = DISC_PX / 2});
    pen_icon(pen, disc, ICON_FORWARD, 40, pen_color(pen, COLOR_ON_ACCENT));
}

enum {
    LABEL_PADDING_PX = 36,
    LABEL_ICON_PX = 44,
    LABEL_GAP_PX = 18,
    LABEL_SIDE_PX = 16,
    LABEL_AIR_PX = 16, // above and below the lines
    LABEL_DISC_PX = 120,
    LABEL_LINES_MAX = 4,
};

static bool label_stands_left(const struct button *button)
{
    return button->disc || button->left;
}

// Room for the words beside what else stands on a face of this width.
static int label_room(const struct button *button, int width)
{
    int icon_px = LABEL_ICON_PX + LABEL_GAP_PX;
    if (button->icon != PICTURE_NONE || button->busy)
        width -= icon_px;
    if (label_stands_left(button))
        return width - LABEL_PADDING_PX - (button->disc ? LABEL_DISC_PX : LABEL_PADDING_PX / 2);
    return width - 2 * LABEL_SIDE_PX - (button->icon_right != PICTURE_NONE ? icon_px : 0);
}

int widget_button_height(const struct pen *pen, int width, int least, const struct button *button)
{
    int line = pen_style(pen, button->style)->line_px;
    unsigned lines =
        pen_lines(pen, label_room(button, width), button->style, button->label, LABEL_LINES_MAX);
    int height = (int)lines * line + 2 * LABEL_AIR_PX;
    return height > least ? height : least;
}

// Lines that the face has height for; two may stand a little tight.
static unsigned label_lines(const struct pen *pen, struct rect face, const struct button *button,
                            int room)
{
    int fitting = (face.h - 2 * LABEL_AIR_PX) / pen_style(pen, button->style)->line_px;
    int most = fitting < 2 ? 2 : fitting < LABEL_LINES_MAX ? fitting : LABEL_LINES_MAX;
    return pen_lines(pen, room, button->style, button->label, (unsigned)most);
}

static void draw_label_left(const struct pen *pen, struct rect box, const struct button *button,
                            rgb color)
{
    int x = box.x + LABEL_PADDING_PX;
    if (button->icon != PICTURE_NONE) {
        pen_icon(pen, (struct rect){x, box.y, LABEL_ICON_PX, box.h}, button->icon, LABEL_ICON_PX,
                 button->icon_color != 0 ? button->icon_color : color);
        x += LABEL_ICON_PX + LABEL_GAP_PX;
    }
    int width = label_room(button, box.w);
    unsigned lines = label_lines(pen, box, button, width);
    int height = (int)lines * pen_style(pen, button->style)->line_px;
    struct rect text = {x, box.y + (box.h - height) / 2, width, height};
    pen_paragraph(pen, text, button->style, color, ALIGN_LEFT, button->label, lines);
}

static void draw_label_centered(const struct pen *pen, struct rect box, const struct button *button,
                                rgb color)
{
    int icon_px = button->icon != PICTURE_NONE || button->busy ? LABEL_ICON_PX + LABEL_GAP_PX : 0;
    int right_px = button->icon_right != PICTURE_NONE ? LABEL_ICON_PX + LABEL_GAP_PX : 0;
    int room = label_room(button, box.w);
    int line = pen_style(pen, button->style)->line_px;
    int width = pen_width(pen, button->style, button->label);
    unsigned lines = width > room && box.h >= 2 * line ? label_lines(pen, box, button, room) : 1;
    if (width > room)
        width = room;
    int x = box.x + (box.w - icon_px - width - right_px) / 2;
    struct rect icon = {x, box.y, LABEL_ICON_PX, box.h};
    if (button->busy)
        widget_ring(
            pen,
            (struct rect){x, box.y + (box.h - LABEL_ICON_PX) / 2, LABEL_ICON_PX, LABEL_ICON_PX}, 8,
            button->busy_part, color, pen_color(pen, COLOR_TRACK));
    else if (button->icon != PICTURE_NONE)
        pen_icon(pen, icon, button->icon, LABEL_ICON_PX,
                 button->icon_color != 0 ? button->icon_color : color);
    struct rect text = {x + icon_px, box.y, width, box.h};
    if (lines > 1) {
        text.y += (box.h - (int)lines * line) / 2;
        pen_paragraph(pen, text, button->style, color,
                      icon_px + right_px > 0 ? ALIGN_LEFT : ALIGN_CENTER, button->label, lines);
    } else {
        pen_line(pen, text, button->style, color, ALIGN_LEFT, button->label);
    }
    if (button->icon_right != PICTURE_NONE)
        pen_icon(pen,
                 (struct rect){x + icon_px + width + LABEL_GAP_PX, box.y, LABEL_ICON_PX, box.h},
                 button->icon_right, LABEL_ICON_PX, color);
}

void widget_button(const struct pen *pen, struct rect box, const struct button *button,
                   uint16_t action, uint32_t value)
{
    struct block_look look = button_look(pen, button);
    bool touched = pen_pressed(pen, action, value);
    bool pressed = touched && !button->disabled;
    if (touched && button->disabled) { // what is missing flashes
        look.stroke = pen_color(pen, COLOR_WARN);
        look.stroke_px = 5;
    }
    struct rect face = raised(pen, box, look, pressed);
    rgb color = button_text_color(pen, button);
    if (label_stands_left(button))
        draw_label_left(pen, face, button, color);
    else
        draw_label_centered(pen, face, button, color);
    if (button->disc)
        draw_disc(pen, face);
    struct rect hit = {box.x, box.y, box.w, box.h + WIDGET_EDGE_PX};
    struct target *target = frame_target(pen->frame, hit, ROLE_BUTTON, action, value,
                                         button->said != NULL ? button->said : button->label);
    if (target != NULL && button->disabled)
        target->state |= TARGET_DISABLED;
    if (target != NULL && button->repeats)
        target->state |= TARGET_REPEATS;
    if (target != NULL && button->kind == BUTTON_ON)
        target->state |= TARGET_SELECTED;
}

enum {
    CHIP_PADDING_PX = 32,
    CHIP_ICON_PX = 32,
    CHIP_GAP_PX = 16,
    CHIP_BADGE_PX = 40,
    CHIP_LINES_MAX = 3
};

static enum style chip_style(const struct chip *chip)
{
    return chip->suggestion && !chip->strong ? STYLE_BODY : STYLE_BODY_BOLD;
}

// What stands on a chip besides its label.
static int chip_sides(const struct chip *chip)
{
    int width = 2 * CHIP_PADDING_PX - (chip->suggestion ? 12 : 0);
    if (chip->icon != PICTURE_NONE)
        width += CHIP_ICON_PX + CHIP_GAP_PX;
    if (chip->on)
        width += CHIP_ICON_PX + CHIP_GAP_PX;
    if (chip->badge > 0)
        width += CHIP_BADGE_PX + CHIP_GAP_PX;
    return width;
}

int widget_chip_width(const struct pen *pen, const struct chip *chip)
{
    int width = chip_sides(chip) + pen_width(pen, chip_style(chip), chip->label);
    return width > WIDGET_CHIP_H ? width : WIDGET_CHIP_H; // no target is narrower
}

int widget_chip_height(const struct pen *pen, int width, const struct chip *chip)
{
    enum { AIR_PX = 12 };
    int height =
        pen_height(pen, width - chip_sides(chip), chip_style(chip), chip->label, CHIP_LINES_MAX) +
        2 * AIR_PX;
    return height > WIDGET_CHIP_H ? height : WIDGET_CHIP_H;
}

static void chip_badge(const struct pen *pen, struct rect face, unsigned number)
{
    char text[16];
    snprintf(text, sizeof text, "%u", number);
    struct rect disc = {face.x + face.w - CHIP_PADDING_PX - CHIP_BADGE_PX,
                        face.y + (face.h - CHIP_BADGE_PX) / 2, CHIP_BADGE_PX, CHIP_BADGE_PX};
    pen_block(
        pen, disc,
        (struct block_look){.fill = pen_color(pen, COLOR_PRIMARY), .radius = CHIP_BADGE_PX / 2});
    pen_line(pen, disc, STYLE_PILL, pen_color(pen, COLOR_ON_PRIMARY), ALIGN_CENTER, text);
}

void widget_chip(const struct pen *pen, struct rect box, const struct chip *chip, uint16_t action,
                 uint32_t value)
{
    struct block_look look = {
        .fill = pen_color(pen, chip->on ? COLOR_ACCENT : COLOR_SURFACE),
        .stroke = pen_color(pen, chip->on ? COLOR_INK : COLOR_LINE),
        .edge = pen_color(pen, chip->on ? COLOR_INK : COLOR_EDGE),
        .radius = 26,
        .stroke_px = chip->on ? 3 : 2,
        .edge_px = 6,
    };
    struct rect face = raised(pen, box, look, pen_pressed(pen, action, value));
    rgb ink = pen_color(pen, chip->on ? COLOR_ON_ACCENT : COLOR_INK);
    int padding = chip->suggestion ? CHIP_PADDING_PX - 6 : CHIP_PADDING_PX;
    int x = face.x + padding;
    if (chip->icon != PICTURE_NONE) {
        pen_icon(pen, (struct rect){x, face.y, CHIP_ICON_PX, face.h}, chip->icon, 36, ink);
        x += CHIP_ICON_PX + CHIP_GAP_PX;
    }
    int room = face.w - chip_sides(chip);
    int height = pen_height(pen, room, chip_style(chip), chip->label, CHIP_LINES_MAX);
    struct rect text = {x, face.y, pen_width(pen, chip_style(chip), chip->label), face.h};
    if (text.w > room && height <= face.h) {
        text = (struct rect){x, face.y + (face.h - height) / 2, room, 0};
        pen_paragraph(pen, text, chip_style(chip), ink, ALIGN_LEFT, chip->label, CHIP_LINES_MAX);
    } else {
        pen_line(pen, text, chip_style(chip), ink, ALIGN_LEFT, chip->label);
    }
    if (chip->on)
        pen_icon(
            pen,
            (struct rect){face.x + face.w - padding - CHIP_ICON_PX, face.y, CHIP_ICON_PX, face.h},
            ICON_CLOSE, CHIP_ICON_PX, ink);
    if (chip->badge > 0)
        chip_badge(pen, face, chip->badge);
    struct rect hit = {box.x, box.y, box.w, box.h + look.edge_px};
    struct target *target = frame_target(pen->frame, hit, ROLE_CHIP, action, value, chip->label);
    if (target != NULL && chip->on)
        target->state |= TARGET_SELECTED;
}

static const struct {
    enum color text;
    enum color fill;
} tones[] = {
    [TONE_NEUTRAL] = {COLOR_INK, COLOR_SUNKEN}, [TONE_OK] = {COLOR_OK, COLOR_OK_BG},
    [TONE_WARN] = {COLOR_WARN, COLOR_WARN_BG},  [TONE_ERR] = {COLOR_ERR, COLOR_ERR_BG},
    [TONE_INFO] = {COLOR_INFO, COLOR_INFO_BG},  [TONE_WHITE_WARN] = {COLOR_WARN, COLOR_SURFACE},
};

enum {
    PILL_PADDING_PX = 22,
    PILL_ICON_PX = 30,
    PILL_GAP_PX = 12,
    PILL_AIR_PX = 6, // above and below the lines
    PILL_LINES_MAX = 3,
};

rgb widget_tone_text(const struct pen *pen, enum tone tone)
{
    return pen_color(pen, tones[tone].text);
}

int widget_pill_width(const struct pen *pen, enum picture icon, const char *label)
{
    int icon_px = icon == PICTURE_NONE ? 0 : PILL_ICON_PX + PILL_GAP_PX;
    return 2 * PILL_PADDING_PX + icon_px + pen_width(pen, STYLE_PILL, label);
}

int widget_pill_height(const struct pen *pen, int width, enum picture icon, const char *label)
{
    int icon_px = icon == PICTURE_NONE ? 0 : PILL_ICON_PX + PILL_GAP_PX;
    int room = width - 2 * PILL_PADDING_PX - icon_px + 2;
    int height = pen_height(pen, room, STYLE_PILL, label, PILL_LINES_MAX) + 2 * PILL_AIR_PX;
    return height > WIDGET_PILL_H ? height : WIDGET_PILL_H;
}

void widget_pill(const struct pen *pen, struct rect box, enum tone tone, enum picture icon,
                 const char *label)
{
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, tones[tone].fill),
                                  .stroke = pen_color(pen, tones[tone].text),
                                  .stroke_px = pen->palette == PALETTE_HIGH_CONTRAST ? 3 : 0,
                                  .radius = 28});
    rgb color = widget_tone_text(pen, tone);
    int x = box.x + PILL_PADDING_PX;
    if (icon != PICTURE_NONE) {
        pen_icon(pen, (struct rect){x, box.y, PILL_ICON_PX, box.h}, icon, PILL_ICON_PX, color);
        x += PILL_ICON_PX + PILL_GAP_PX;
    }
    struct rect text = {x, box.y - 1, box.x + box.w - PILL_PADDING_PX - x + 2, box.h};
    int height = pen_height(pen, text.w, STYLE_PILL, label, PILL_LINES_MAX);
    if (height == pen_style(pen, STYLE_PILL)->line_px || height > box.h) {
        pen_line(pen, text, STYLE_PILL, color, ALIGN_LEFT, label);
        return;
    }
    text.y += (box.h - height) / 2 + 1;
    pen_paragraph(pen, text, STYLE_PILL, color, ALIGN_LEFT, label, PILL_LINES_MAX);
}

int widget_card(const struct pen *pen, struct rect box, uint16_t action, uint32_t value,
                const char *label)
{
    struct block_look look = {
        .fill = pen_color(pen, COLOR_SURFACE),
        .stroke = pen_color(pen, COLOR_LINE),
        .edge = pen_color(pen, COLOR_EDGE),
        .radius = 28,
        .stroke_px = 2,
        .edge_px = WIDGET_EDGE_PX,
    };
    struct rect face = raised(pen, box, look, pen_pressed(pen, action, value));
    struct rect hit = {box.x, box.y, box.w, box.h + WIDGET_EDGE_PX};
    if (action != 0)
        frame_target(pen->frame, hit, ROLE_CARD, action, value, label);
    return face.y - box.y;
}

void widget_panel(const struct pen *pen, struct rect box, int radius)
{
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, COLOR_SUNKEN),
                                  .stroke = pen_color(pen, COLOR_LINE),
                                  .stroke_px = pen->palette == PALETTE_HIGH_CONTRAST ? 3 : 0,
                                  .radius = radius});
}

void widget_square(const struct pen *pen, struct rect box, rgb fill, enum picture icon, rgb color,
                   uint16_t action, uint32_t value, const char *label)
{
    bool pressed = pen_pressed(pen, action, value);
    pen_block(pen, box, (struct block_look){.fill = fill, .radius = 26});
    struct rect place = {box.x, box.y + (pressed ? 4 : 0), box.w, box.h};
    pen_icon(pen, place, icon, 44, color);
    frame_target(pen->frame, box, ROLE_BUTTON, action, value, label);
}

void widget_ring(const struct pen *pen, struct rect box, int width_px, float part, rgb color,
                 rgb track)
{
    struct draw *draw = frame_draw(pen->frame, DRAW_RING, box, color);
    if (draw == NULL)
        return;
    draw->stroke = track;
    draw->stroke_px = (int16_t)width_px;
    draw->part = part;
}
