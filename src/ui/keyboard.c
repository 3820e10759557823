#include "ui/keyboard.h"

#include "base/utf8.h"

#include <string.h>

enum {
    KEY_GAP_PX = 13,
    KEY_LEAST_W = 60, // 15 mm on a panel of 21.5"
    KEY_TIGHT_GAP_PX = 12,
    KEY_ROW_GAP_PX = 19,
    KEY_EDGE_PX = 6,
    KEYPAD_GAP_PX = 20,
    KEYPAD_NIGHT_GAP_PX = 24
};

static void draw_bubble(const struct pen *pen, struct rect key, const char *label)
{
    enum { BUBBLE_PX = 120, ABOVE_PX = 12 };
    struct rect box = {key.x + (key.w - BUBBLE_PX) / 2, key.y - BUBBLE_PX - ABOVE_PX, BUBBLE_PX,
                       BUBBLE_PX};
    if (box.x < 4)
        box.x = 4;
    if (box.x + box.w > pen->frame->width - 4)
        box.x = pen->frame->width - 4 - box.w;
    frame_layer(pen->frame);
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, COLOR_ACCENT),
                                  .stroke = pen_color(pen, COLOR_INK),
                                  .stroke_px = 3,
                                  .radius = 32});
    pen_line(pen, box, STYLE_KEYPAD, pen_color(pen, COLOR_ON_ACCENT), ALIGN_CENTER, label);
}

static void mark_key(const struct pen *pen, struct rect box, uint16_t action, uint32_t value,
                     const char *label)
{
    struct target *target = frame_target(pen->frame, box, ROLE_KEY, action, value, label);
    if (target != NULL)
        target->state |= TARGET_PRIVATE | TARGET_REPEATS;
}

struct key_look {
    bool function;
    bool lit;      // looks pressed
    bool disabled; // flat, no target
    bool night;
    enum style style;
    enum picture icon;
};

struct key_colors {
    enum color fill;
    enum color edge;
    enum color ink;
};

static struct key_colors key_colors(const struct pen *pen, struct key_look look, bool pressed)
{
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
    if (look.disabled)
        return (struct key_colors){COLOR_DISABLED_BG, COLOR_DISABLED_BG, COLOR_ON_DISABLED};
    if (pressed)
        return (struct key_colors){COLOR_ACCENT, COLOR_ACCENT_EDGE, COLOR_ON_ACCENT};
    if (look.night)
        return (struct key_colors){look.function ? COLOR_DOCK_LOW : COLOR_DOCK_WELL,
                                   plain ? COLOR_KEY_EDGE : COLOR_PRIMARY_EDGE, COLOR_ON_DOCK};
    if (look.function)
        return (struct key_colors){COLOR_KEY_FN, COLOR_KEY_FN_EDGE, COLOR_INK};
    return (struct key_colors){COLOR_KEY, COLOR_KEY_EDGE, COLOR_INK};
}

// Words too wide for their key take as many lines as it has height for.
static void draw_key_label(const struct pen *pen, struct rect face, enum style style, rgb ink,
                           const char *label)
{
    enum { SIDE_PX = 8 };
    int line = pen_style(pen, style)->line_px;
    struct rect text = rect_inset(face, SIDE_PX);
    if (pen_width(pen, style, label) <= text.w || face.h < 2 * line) {
        pen_line(pen, face, style, ink, ALIGN_CENTER, label);
        return;
    }
    unsigned lines = pen_lines(pen, text.w, style, label, (unsigned)(face.h / line));
    text.y = face.y + (face.h - (int)lines * line) / 2;
    pen_paragraph(pen, text, style, ink, ALIGN_CENTER, label, lines);
}

static void draw_key(const struct pen *pen, struct rect box, struct key_look look, uint16_t action,
                     uint32_t value, const char *label)
{
    bool pressed = (look.lit || pen_pressed(pen, action, value)) && !look.disabled;
    struct key_colors colors = key_colors(pen, look, pressed);
    bool outlined = pen->palette == PALETTE_HIGH_CONTRAST && !look.disabled;
    struct rect face = box;
    if (pressed)
        face.y += KEY_EDGE_PX - 2;
    pen_block(pen, face,
              (struct block_look){
                  .fill = pen_color(pen, colors.fill),
                  .stroke = pen_color(pen, COLOR_BORDER),
                  .stroke_px = outlined ? 3 : 0,
                  .edge = pen_color(pen, colors.edge),
                  .edge_px = look.disabled ? 0
                             : pressed     ? 2
                                           : KEY_EDGE_PX,
                  .radius = look.night ? 28 : 20,
              });
    rgb ink = pen_color(pen, colors.ink);
    if (look.icon != PICTURE_NONE)
        pen_icon(pen, face, look.icon, 44, ink);
    else
        draw_key_label(pen, face, look.style, ink, label);
    if (!look.disabled)
        mark_key(pen, (struct rect){box.x, box.y, box.w, box.h + KEY_EDGE_PX}, action, value,
                 label);
}

// The key whose letter stands above it, found while the rows are drawn: the bubble covers others.
struct bubble {
    uint32_t character; // typed last
    uint32_t held;
    struct rect key;
    char label[UTF8_BYTES_MAX + 1]; // "": none
};

static bool bubbles(const struct pen *pen, const struct bubble *bubble, uint16_t action,
                    uint32_t character)
{
    bool pressed = pen_pressed(pen, action, character);
    return bubble->held == 0 && (pressed || character == bubble->character);
}

// One row of single characters between two places.
static void draw_letters(const struct pen *pen, struct rect row, const char *letters, bool disabled,
                         uint16_t action, struct bubble *bubble)
{
    const char *end = letters + strlen(letters);
    int count = (int)utf8_count(letters, strlen(letters));
    bool tight = (row.w + KEY_GAP_PX) / count - KEY_GAP_PX < KEY_LEAST_W;
    int gap = tight ? KEY_TIGHT_GAP_PX : KEY_GAP_PX;
    for (int i = 0; letters < end; i++) {
        char label[UTF8_BYTES_MAX + 1] = "";
        uint32_t character = utf8_next(&letters, end);
        label[utf8_put(label, character)] = '\0';
        int left = row.x + (row.w + gap) * i / count;
        int right = row.x + (row.w + gap) * (i + 1) / count - gap;
        struct rect key = {left, row.y, right - left, row.h};
        bool held = bubble != NULL && character == bubble->held;
        struct key_look look = {.disabled = disabled, .lit = held, .style = STYLE_KEY};
        draw_key(pen, key, look, action, character, label);
        if (bubble == NULL || !(held || bubbles(pen, bubble, action, character)))
            continue;
        bubble->key = key;
        memcpy(bubble->label, label, sizeof label);
    }
}

// Takes out what the row of variants covers.
static void cover(struct frame *frame, struct rect box)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < frame->target_count; i++)
        if (rect_empty(rect_intersect(frame->targets[i].box, box)) ||
            frame->targets[i].role == ROLE_SCROLL || frame->targets[i].action == 0)
            frame->targets[kept++] = frame->targets[i];
    frame->target_count = kept;
}

static void draw_variants(const struct pen *pen, struct rect key, const struct letter_row *row,
                          uint16_t action)
{
    enum { KEY_W = 88, PADDING_PX = 14, ABOVE_PX = 12, MARGIN_PX = 4 };
    int count = (int)row->count;
    struct rect keys = {0, 0, count * (KEY_W + KEY_GAP_PX) - KEY_GAP_PX, key.h};
    struct rect box = {0, 0, keys.w + 2 * PADDING_PX, keys.h + KEY_EDGE_PX + 2 * PADDING_PX};
    int right_max = pen->frame->width - MARGIN_PX;
    box.x = key.x + (key.w - box.w) / 2;
    box.x = box.x + box.w > right_max ? right_max - box.w : box.x;
    box.x = box.x < MARGIN_PX ? MARGIN_PX : box.x;
    box.y = key.y - ABOVE_PX - box.h;
    keys.x = box.x + PADDING_PX;
    keys.y = box.y + PADDING_PX;
    frame_layer(pen->frame);
    cover(pen->frame, box);
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, COLOR_SUNKEN),
                                  .stroke = pen_color(pen, COLOR_INK),
                                  .stroke_px = 3,
                                  .radius = 28});
    frame_target(pen->frame, box, ROLE_KEY, 0, 0, "");
    draw_letters(pen, keys, row->text, false, action, NULL);
}

static void draw_function(const struct pen *pen, struct rect box, uint32_t value, const char *label,
                          enum picture icon, uint16_t action)
{
    struct key_look look = {.function = true, .style = STYLE_BODY_BOLD, .icon = icon};
    draw_key(pen, box, look, action, value, label);
}

static void draw_more(const struct pen *pen, struct rect box, const struct keyboard *keyboard,
                      uint16_t action)
{
    bool shown = keyboard->more_row != NULL;
    struct key_look look = {.function = true, .lit = shown, .style = STYLE_BODY_BOLD};
    uint32_t before = pen->frame->target_count;
    draw_key(pen, box, look, action, KEY_FUNCTION_MORE, keyboard->more);
    if (shown && pen->frame->target_count > before)
        pen->frame->targets[before].state |= TARGET_SELECTED;
}

enum { SHOW_INSET_PX = 8, SHOW_LINES = 2 };

// As wide as drawn, or as its words need: in large text the space bar gives way.
static int show_width(const struct pen *pen, struct rect row, const struct keyboard *keyboard)
{
    int least = row.w * 24 / 100;
    int most = row.w * (keyboard->more == NULL ? 42 : 34) / 100;
    int needed = pen_width(pen, STYLE_BODY_BOLD, keyboard->show) + 2 * SHOW_INSET_PX;
    if (needed <= least)
        return least;
    needed += SHOW_INSET_PX;
    return needed < most ? needed : most;
}

static void draw_show(const struct pen *pen, struct rect box, const char *label)
{
    int height = pen_height(pen, box.w, STYLE_BODY_BOLD, label, SHOW_LINES);
    box.y += (box.h - height) / 2;
    pen_paragraph(pen, box, STYLE_BODY_BOLD, pen_color(pen, COLOR_ON_PRIMARY), ALIGN_CENTER, label,
                  SHOW_LINES);
}

static void draw_last_row(const struct pen *pen, struct rect row, const struct keyboard *keyboard,
                          uint16_t action)
{
    int corner = row.w * 11 / 100;
    int dash = row.w * 75 / 1000;
    int show = show_width(pen, row, keyboard);
    int more = keyboard->more == NULL ? 0 : row.w * 115 / 1000 + KEY_GAP_PX;
    int space = row.w - corner - dash - show - more - 3 * KEY_GAP_PX;
    struct rect box = {row.x, row.y, corner, row.h};
    draw_function(pen, box, KEY_FUNCTION_LETTERS, keyboard->letters, PICTURE_NONE, action);
    box = (struct rect){box.x + corner + KEY_GAP_PX, row.y, dash, row.h};
    draw_key(pen, box, (struct key_look){.style = STYLE_KEY}, action, '-', "-");
    box = (struct rect){box.x + dash + KEY_GAP_PX, row.y, space, row.h};
    draw_key(pen, box, (struct key_look){.style = STYLE_BODY}, action, ' ', keyboard->space);
    if (keyboard->more != NULL) {
        box = (struct rect){box.x + space + KEY_GAP_PX, row.y, more - KEY_GAP_PX, row.h};
        draw_more(pen, box, keyboard, action);
    }
    box = (struct rect){row.x + row.w - show, row.y, show, row.h};
    bool pressed = pen_pressed(pen, action, KEY_FUNCTION_SHOW);
    struct rect face = {box.x, box.y + (pressed ? KEY_EDGE_PX - 2 : 0), box.w, box.h};
    pen_block(pen, face,
              (struct block_look){.fill = pen_color(pen, COLOR_PRIMARY),
                                  .edge = pen_color(pen, COLOR_PRIMARY_EDGE),
                                  .edge_px = pressed ? 2 : KEY_EDGE_PX,
                                  .radius = 20});
    draw_show(pen, rect_inset(face, SHOW_INSET_PX), keyboard->show);
    mark_key(pen, (struct rect){box.x, box.y, box.w, box.h + KEY_EDGE_PX}, action,
             KEY_FUNCTION_SHOW, keyboard->show);
}

int keyboard_more_h(const struct typing *typing, int key_h)
{
    return typing->more ? key_h + KEY_ROW_GAP_PX : 0;
}

void keyboard_draw(const struct pen *pen, struct rect box, int key_h,
                   const struct keyboard *keyboard, uint16_t action, uint16_t variant_action)
{
    struct rect row = {box.x, box.y, box.w, key_h};
    struct bubble bubble = {.character = keyboard->bubble, .held = keyboard->held};
    int step = key_h + KEY_ROW_GAP_PX;
    int function_w = box.w * 11 / 100;
    if (keyboard->more_row != NULL) {
        draw_letters(pen, row, keyboard->more_row, false, action, &bubble);
        row.y += step;
    }
    draw_letters(pen, row, keyboard->rows[0], false, action, &bubble);
    row.y += step;
    draw_letters(pen, row, keyboard->rows[1], false, action, &bubble);
    row.y += step;
    struct rect corner = {row.x, row.y, function_w, key_h};
    draw_function(pen, corner, keyboard->corner_value, keyboard->corner, PICTURE_NONE, action);
    struct rect between = {row.x + function_w + KEY_GAP_PX, row.y,
                           row.w - 2 * (function_w + KEY_GAP_PX), key_h};
    draw_letters(pen, between, keyboard->rows[2], false, action, &bubble);
    corner.x = row.x + row.w - function_w;
    draw_function(pen, corner, KEY_FUNCTION_BACKSPACE, keyboard->erase, ICON_BACKSPACE, action);
    row.y += step;
    draw_last_row(pen, row, keyboard, action);
    if (bubble.label[0] == '\0')
        return;
    if (keyboard->variants != NULL)
        draw_variants(pen, bubble.key, keyboard->variants, variant_action);
    else
        draw_bubble(pen, bubble.key, bubble.label);
}

static enum style erase_all_style(const struct pen *pen)
{
    return pen_large(pen) ? STYLE_KEY : STYLE_BUTTON;
}

static void draw_erase_all(const struct pen *pen, struct rect key, const struct keypad *keypad)
{
    struct key_look look = {.function = true,
                            .disabled = keypad->disabled,
                            .night = keypad->night,
                            .style = erase_all_style(pen)};
    draw_key(pen, key, look, keypad->erase_all_action, 0, keypad->erase_all);
}

static void draw_erase(const struct pen *pen, struct rect key, const struct keypad *keypad)
{
    struct key_look look = {.function = true,
                            .disabled = keypad->disabled,
                            .night = keypad->night,
                            .icon = ICON_BACKSPACE};
    draw_key(pen, key, look, keypad->erase_action, 0, keypad->erase);
}

int keypad_height(const struct pen *pen, int width, const struct keypad *keypad)
{
    enum { KEY_H = 116, SIDE_PX = 8, LINES_MAX = 4 };
    enum style style = erase_all_style(pen);
    int key_w = (width - 2 * KEYPAD_GAP_PX) / 3;
    int words_h = (int)pen_lines(pen, key_w - 2 * SIDE_PX, style, keypad->erase_all, LINES_MAX) *
                  pen_style(pen, style)->line_px;
    return 4 * (words_h > KEY_H ? words_h : KEY_H) + 3 * KEYPAD_GAP_PX;
}

void keypad_draw(const struct pen *pen, struct rect box, const struct keypad *keypad)
{
    static const char keys[] = "123456789A0E"; // A erases all, E one
    int gap = keypad->night ? KEYPAD_NIGHT_GAP_PX : KEYPAD_GAP_PX;
    int key_w = (box.w - 2 * gap) / 3;
    int key_h = (box.h - 3 * gap) / 4;
    for (int i = 0; keys[i] != '\0'; i++) {
        struct rect key = {box.x + i % 3 * (key_w + gap), box.y + i / 3 * (key_h + gap), key_w,
                           key_h};
        char label[2] = {keys[i], '\0'};
        struct key_look look = {
            .disabled = keypad->disabled, .night = keypad->night, .style = STYLE_KEYPAD};
        if (keys[i] == 'A')
            draw_erase_all(pen, key, keypad);
        else if (keys[i] == 'E')
            draw_erase(pen, key, keypad);
        else
            draw_key(pen, key, look, keypad->digit_action, (uint32_t)keys[i], label);
    }
}

void letterpad_draw(const struct pen *pen, struct rect box, const char *const rows[3],
                    const struct keypad *keypad)
{
    int key_h = (box.h - 3 * KEYPAD_GAP_PX) / 4;
    struct rect row = {box.x, box.y, box.w, key_h};
    for (int i = 0; i < 3; i++) {
        draw_letters(pen, row, rows[i], keypad->disabled, keypad->digit_action, NULL);
        row.y += key_h + KEYPAD_GAP_PX;
    }
    struct rect half = {row.x, row.y, (row.w - KEYPAD_GAP_PX) / 2, row.h};
    draw_erase_all(pen, half, keypad);
    half.x += half.w + KEYPAD_GAP_PX;
    draw_erase(pen, half, keypad);
}
