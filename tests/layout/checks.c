#include "tests/layout/checks.h"

#include "screens/action.h"

#include <stdio.h>
#include <string.h>

enum {
    TARGET_PX = 88,
    KEY_W_PX = 74,
    KEY_W_SIDE_PX = 60, // beside the results (mockup l02): 15 mm on a panel of 21.5"
    KEY_H_PX = 100,
    GAP_PX = 12,
    TOUCHING_PX = 3, // letters so near don't overlap for the eye
    THIN_PX = 24,    // lines and dots carry no text
};

const char *fault_name(enum fault fault)
{
    static const char *const names[FAULT_COUNT] = {"dropped",  "cut",     "clipped", "outside",
                                                   "overlap",  "covered", "small",   "near",
                                                   "straddle", "contrast"};
    return names[fault];
}

static const char *text_of(const struct layout *layout, const struct draw *draw)
{
    return layout->frame->text + draw->text;
}

static void tell(const struct layout *layout, enum fault fault, struct rect where,
                 const struct draw *draw)
{
    layout->tell(layout->context, fault, where, text_of(layout, draw));
}

static int size_of(const struct layout *layout, const struct draw *draw)
{
    double zoom = draw->zoom == 0 ? 1 : (double)draw->zoom;
    return (int)(layout->theme->styles[draw->text_size][draw->style].size_px * zoom);
}

struct rect layout_ink(const struct layout *layout, const struct draw *draw)
{
    int size = size_of(layout, draw);
    int middle = draw->box.y + draw->box.h / 2;
    return (struct rect){draw->box.x, middle - size * 38 / 100, draw->box.w, size * 76 / 100};
}

static bool holds(struct rect outer, struct rect inner, int slack)
{
    return inner.x >= outer.x - slack && inner.y >= outer.y - slack &&
           inner.x + inner.w <= outer.x + outer.w + slack &&
           inner.y + inner.h <= outer.y + outer.h + slack;
}

static bool meet(struct rect a, struct rect b, int slack)
{
    struct rect both = rect_intersect(a, b);
    return both.w > slack && both.h > slack;
}

static bool opaque(const struct draw *draw)
{
    return (draw->kind == DRAW_BLOCK || draw->kind == DRAW_SCRIM) && draw->box.w > THIN_PX &&
           draw->box.h > THIN_PX;
}

bool layout_hidden(const struct layout *layout, uint32_t at)
{
    const struct frame *frame = layout->frame;
    const struct draw *text = &frame->draws[at];
    struct rect seen = rect_intersect(layout_ink(layout, text), text->clip);
    if (rect_empty(seen))
        return true;
    for (uint32_t i = at + 1; i < frame->draw_count; i++) {
        const struct draw *draw = &frame->draws[i];
        if (opaque(draw) && holds(rect_intersect(draw->box, draw->clip), seen, 0))
            return true;
    }
    return false;
}

// The place whose contents move under a clip like this one.
static const struct target *scroll_of(const struct layout *layout, const struct draw *draw)
{
    const struct frame *frame = layout->frame;
    for (uint32_t i = 0; i < frame->target_count; i++) {
        const struct target *target = &frame->targets[i];
        if (target->role == ROLE_SCROLL && target->action != ACTION_SWIPE_SHEET &&
            meet(target->box, draw->clip, 0) &&
            (draw->clip.h < frame->height || draw->clip.w < frame->width) &&
            holds(target->box, draw->clip, 40))
            return target;
    }
    return NULL;
}

static bool sideways(const struct target *scroll)
{
    return scroll != NULL && scroll->action == ACTION_SCROLL_CHIPS;
}

// The end of a long text stays visible in a field; its beginning doesn't.
static bool in_field(const struct layout *layout, const struct draw *draw)
{
    const struct frame *frame = layout->frame;
    for (uint32_t i = 0; i < frame->target_count; i++)
        if (frame->targets[i].role == ROLE_FIELD && frame->targets[i].layer == draw->layer &&
            holds(frame->targets[i].box, draw->clip, 0))
            return true;
    return false;
}

// The key of «Ниже» that presses; what stands above it is panned and looked at, never touched.
static const struct target *remote_of(const struct frame *frame)
{
    for (uint32_t i = 0; i < frame->target_count; i++)
        if (frame->targets[i].action == ACTION_LOW_OPEN)
            return &frame->targets[i];
    return NULL;
}

static void check_clip(const struct layout *layout, const struct draw *draw)
{
    struct rect ink = layout_ink(layout, draw);
    const struct target *scroll = scroll_of(layout, draw);
    bool wide = ink.x < draw->clip.x || ink.x + ink.w > draw->clip.x + draw->clip.w + 1;
    bool high = ink.y < draw->clip.y || ink.y + ink.h > draw->clip.y + draw->clip.h;
    if ((wide && !sideways(scroll) && !in_field(layout, draw)) ||
        (high && (scroll == NULL || sideways(scroll)) && remote_of(layout->frame) == NULL))
        tell(layout, FAULT_CLIPPED, ink, draw);
}

static const struct draw *ground_of(const struct layout *layout, uint32_t at)
{
    const struct frame *frame = layout->frame;
    struct rect ink = rect_intersect(layout_ink(layout, &frame->draws[at]), frame->draws[at].clip);
    rgb marks[] = {layout->theme->colors[PALETTE_NORMAL][COLOR_HIGHLIGHT],
                   layout->theme->colors[PALETTE_HIGH_CONTRAST][COLOR_HIGHLIGHT]};
    for (uint32_t i = at; i > 0; i--) {
        const struct draw *draw = &frame->draws[i - 1];
        bool block = draw->kind == DRAW_BLOCK && opaque(draw) && draw->fill != marks[0] &&
                     (draw->fill != marks[1] || draw->radius > 12);
        if (block && draw->layer == frame->draws[at].layer &&
            rect_contains(rect_intersect(draw->box, draw->clip), ink.x + ink.w / 2,
                          ink.y + ink.h / 2))
            return draw;
    }
    return NULL;
}

static void check_ground(const struct layout *layout, uint32_t at)
{
    const struct draw *draw = &layout->frame->draws[at];
    const struct draw *ground = ground_of(layout, at);
    struct rect ink = rect_intersect(layout_ink(layout, draw), draw->clip);
    if (ground != NULL && !rect_empty(ink) && !holds(ground->box, ink, 1))
        tell(layout, FAULT_OUTSIDE, ink, draw);
}

static bool same_words(const struct layout *layout, const struct draw *a, const struct draw *b)
{
    return a->box.y == b->box.y && (strstr(text_of(layout, a), text_of(layout, b)) != NULL ||
                                    strstr(text_of(layout, b), text_of(layout, a)) != NULL);
}

static void check_others(const struct layout *layout, uint32_t at)
{
    const struct frame *frame = layout->frame;
    const struct draw *text = &frame->draws[at];
    struct rect seen = rect_intersect(layout_ink(layout, text), text->clip);
    for (uint32_t i = at + 1; i < frame->draw_count; i++) {
        const struct draw *draw = &frame->draws[i];
        if (draw->layer != text->layer)
            continue;
        if (draw->kind == DRAW_TEXT && !same_words(layout, text, draw) &&
            meet(seen, rect_intersect(layout_ink(layout, draw), draw->clip), TOUCHING_PX) &&
            !layout_hidden(layout, i))
            tell(layout, FAULT_OVERLAP, layout_ink(layout, draw), text);
        if (draw->kind == DRAW_BLOCK && opaque(draw) && scroll_of(layout, text) == NULL &&
            meet(seen, rect_intersect(draw->box, draw->clip), TOUCHING_PX))
            tell(layout, FAULT_COVERED, draw->box, text);
    }
}

// Half in, half out of what can be pressed.
static void check_targets_of(const struct layout *layout, const struct draw *draw)
{
    const struct frame *frame = layout->frame;
    struct rect ink = rect_intersect(layout_ink(layout, draw), draw->clip);
    for (uint32_t i = 0; i < frame->target_count; i++) {
        const struct target *target = &frame->targets[i];
        bool pressed = target->role != ROLE_SCROLL && target->layer == draw->layer &&
                       target->role != ROLE_KEY && !target->clipped;
        if (pressed && rect_contains(target->box, ink.x + ink.w / 2, ink.y + ink.h / 2) &&
            !holds(target->box, ink, 8))
            tell(layout, FAULT_STRADDLE, ink, draw);
    }
}

static void check_texts(const struct layout *layout)
{
    const struct frame *frame = layout->frame;
    for (uint32_t i = 0; i < frame->draw_count; i++) {
        const struct draw *draw = &frame->draws[i];
        if (draw->kind != DRAW_TEXT || draw->zoom != 0 || layout_hidden(layout, i))
            continue;
        if (draw->cut && !layout->is_data(text_of(layout, draw), draw->text_length))
            tell(layout, FAULT_CUT, draw->box, draw);
        check_clip(layout, draw);
        check_ground(layout, i);
        check_others(layout, i);
        check_targets_of(layout, draw);
    }
}

static bool nested(struct rect a, struct rect b)
{
    return holds(a, b, 0) || holds(b, a, 0);
}

static void tell_target(const struct layout *layout, enum fault fault, const struct target *target,
                        const struct target *other)
{
    char what[256];
    snprintf(what, sizeof what, "%.100s%s%.100s", layout->frame->text + target->label,
             other != NULL ? " | " : "", other != NULL ? layout->frame->text + other->label : "");
    layout->tell(layout->context, fault, target->box, what);
}

// Stands in what scrolls now: what it comes near to is different a moment later.
static bool moves(const struct frame *frame, const struct target *target)
{
    for (uint32_t i = 0; i < frame->target_count; i++) {
        const struct target *scroll = &frame->targets[i];
        bool wide = scroll->action == ACTION_SCROLL_CHIPS;
        if (scroll->role == ROLE_SCROLL && scroll->action != ACTION_SWIPE_SHEET &&
            scroll->layer == target->layer && holds(scroll->box, target->box, 0) &&
            (int)scroll->value > (wide ? scroll->box.w : scroll->box.h))
            return true;
    }
    return false;
}

static bool pressable(const struct target *target)
{
    return target->role != ROLE_SCROLL && target->action != ACTION_NONE;
}

static bool beyond(const struct frame *frame, const struct target *target)
{
    const struct target *remote = remote_of(frame);
    return remote != NULL && target->box.y + target->box.h <= remote->box.y;
}

static void check_targets(const struct layout *layout)
{
    const struct frame *frame = layout->frame;
    for (uint32_t i = 0; i < frame->target_count; i++) {
        const struct target *target = &frame->targets[i];
        bool key = target->role == ROLE_KEY;
        if (!pressable(target))
            continue;
        int key_w_px = frame->width > frame->height ? KEY_W_SIDE_PX : KEY_W_PX;
        if (!target->clipped && (target->box.w < (key ? key_w_px : TARGET_PX) ||
                                 target->box.h < (key ? KEY_H_PX : TARGET_PX)))
            tell_target(layout, FAULT_SMALL, target, NULL);
        for (uint32_t j = i + 1; j < frame->target_count; j++) {
            const struct target *other = &frame->targets[j];
            struct rect wide = rect_inset(target->box, -GAP_PX);
            if (pressable(other) && !beyond(frame, target) && !beyond(frame, other) &&
                other->layer == target->layer && !target->clipped && !other->clipped &&
                meet(wide, other->box, 0) && !nested(target->box, other->box) &&
                moves(frame, target) == moves(frame, other))
                tell_target(layout, FAULT_NEAR, target, other);
        }
    }
}

void layout_check(const struct layout *layout)
{
    const struct frame *frame = layout->frame;
    if (frame->dropped != 0)
        layout->tell(layout->context, FAULT_DROPPED, (struct rect){0}, "");
    check_texts(layout);
    check_targets(layout);
}
