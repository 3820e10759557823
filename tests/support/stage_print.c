#include "tests/support/stage.h"

#include <stdio.h>

// The letters of a keyboard: they'd drown the rest. (Its ground is a key without an action.)
static bool on_a_key(const struct frame *frame, struct rect box)
{
    for (uint32_t i = 0; i < frame->target_count; i++)
        if (frame->targets[i].role == ROLE_KEY && frame->targets[i].action != ACTION_NONE &&
            rect_contains(frame->targets[i].box, box.x + box.w / 2, box.y + box.h / 2))
            return true;
    return false;
}

static void print_draw(const struct frame *frame, const struct draw *draw, struct text *ret_text)
{
    const struct rect box = draw->box;
    if (draw->kind == DRAW_TEXT && !on_a_key(frame, box))
        text_addf(ret_text, "  text   %4d,%-4d %.*s%s\n", box.x, box.y, (int)draw->text_length,
                  frame->text + draw->text, draw->secret ? "  [secret]" : "");
    else if (draw->kind == DRAW_QR)
        text_addf(ret_text, "  qr     %4d,%-4d %d modules in %dx%d\n", box.x, box.y,
                  draw->modules_a_side, box.w, box.h);
    else if (draw->kind == DRAW_PICTURE && !on_a_key(frame, box))
        text_addf(ret_text, "  image  %4d,%-4d %s\n", box.x, box.y, picture_file(draw->picture));
    else if (draw->kind == DRAW_RING || draw->kind == DRAW_SCRIM)
        text_addf(ret_text, "  %-6s %4d,%-4d %dx%d\n", draw->kind == DRAW_RING ? "ring" : "scrim",
                  box.x, box.y, box.w, box.h);
}

static void print_target(const struct stage *stage, const struct target *target,
                         struct text *ret_text)
{
    char place[48];
    snprintf(place, sizeof place, "%d,%d %dx%d", target->box.x, target->box.y, target->box.w,
             target->box.h);
    text_addf(ret_text, "  %-6s %-19s «%s»%s%s%s\n", role_name(target->role), place,
              stage_label(stage, target), target->state & TARGET_SELECTED ? " selected" : "",
              target->state & TARGET_DISABLED ? " disabled" : "",
              target->state & TARGET_PRIVATE ? " private" : "");
}

void stage_print(const struct stage *stage, struct text *ret_text)
{
    const struct frame *frame = stage->frame;
    text_addf(ret_text, "%s %dx%d%s\n", kiosk_screen_name(stage->kiosk), frame->width,
              frame->height, frame->bright ? " bright" : "");
    for (uint32_t i = 0; i < frame->draw_count; i++)
        print_draw(frame, &frame->draws[i], ret_text);
    uint32_t keys = 0;
    for (uint32_t i = 0; i < frame->target_count; i++) {
        if (frame->targets[i].role == ROLE_KEY)
            keys += frame->targets[i].action != ACTION_NONE;
        else
            print_target(stage, &frame->targets[i], ret_text);
    }
    if (keys > 0)
        text_addf(ret_text, "  %u keys\n", keys);
}
