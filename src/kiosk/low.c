#include "kiosk/low.h"

#include "kiosk/focus.h"
#include "kiosk/model.h"
#include "screens/chrome.h"
#include "screens/reading.h"

#include <stdio.h>
#include <string.h>

enum {
    REMOTE_H = 160, // with the space around it
    REMOTE_LEAST_H = 112,
    REMOTE_PAD_PX = 12,
    STEP_W = 124,
    COUNT_W = 148,
    COUNT_LARGE_W = 220,
    GAP_PX = 16,
    TARGET_PX = 88,
    FLASH_MS = 600,
    MOVES_MAX = 200,
    KEYS_PAD_PX = 12,
};

// What of the frame lies where.
struct plan {
    struct rect window; // looked at
    struct rect remote;
    struct rect below; // unchanged
    int reach_y;
};

bool low_beyond(const struct kiosk *kiosk, int y)
{
    return kiosk->visit.low && y < chrome_reach_y(kiosk->height);
}

static bool in_rail(const struct kiosk *kiosk, struct rect box)
{
    return kiosk->landscape && box.x + box.w <= CHROME_RAIL_W;
}

static bool out_of_reach(const struct kiosk *kiosk, const struct target *target, int reach_y)
{
    return target->role != ROLE_SCROLL && target->action != ACTION_NONE &&
           target->action != ACTION_STAFF && !in_rail(kiosk, target->box) &&
           target->box.y < reach_y;
}

// Keys stay together below the remote, which is lower for them where it must. The foot: no keys.
static int keys_top(const struct frame *frame)
{
    int top = frame->height;
    for (uint32_t i = 0; i < frame->target_count; i++) {
        const struct target *target = &frame->targets[i];
        bool key = target->role == ROLE_KEY || target->action == ACTION_SUGGESTION;
        if (key && target->action != ACTION_NONE && target->box.y < top)
            top = target->box.y;
    }
    return top < frame->height ? top - KEYS_PAD_PX : top;
}

// The first line that cuts neither a target nor a text nor what scrolls.
static int find_split(const struct kiosk *kiosk, const struct frame *frame, int from, int end)
{
    int y = from;
    for (bool cuts = true; cuts && y < end;) {
        cuts = false;
        for (uint32_t i = 0; i < frame->target_count; i++) {
            const struct target *target = &frame->targets[i];
            struct rect box = target->box;
            if (target->action == ACTION_NONE || in_rail(kiosk, box) || box.y >= y ||
                box.y + box.h <= y || box.y + box.h > end)
                continue;
            y = box.y + box.h;
            cuts = true;
        }
        for (uint32_t i = 0; i < frame->draw_count; i++) {
            const struct draw *draw = &frame->draws[i];
            struct rect seen = rect_intersect(draw->box, draw->clip);
            bool text = draw->kind == DRAW_TEXT || draw->kind == DRAW_QR;
            if (!text || in_rail(kiosk, seen) || seen.y >= y || seen.y + seen.h <= y)
                continue;
            y = seen.y + seen.h;
            cuts = true;
        }
    }
    return y < end ? y : end;
}

static bool make_plan(const struct kiosk *kiosk, const struct frame *frame, struct plan *ret_plan)
{
    int left = kiosk->landscape ? CHROME_RAIL_W : 0;
    int end = kiosk->height - (kiosk->landscape ? 0 : CHROME_DOCK_H);
    int reach_y = chrome_reach_y(kiosk->height);
    bool needed = false;
    for (uint32_t i = 0; i < frame->target_count && !needed; i++)
        needed = out_of_reach(kiosk, &frame->targets[i], reach_y);
    if (!needed)
        return false;
    int keys = keys_top(frame);
    bool beside_keys = keys < end && keys >= reach_y + REMOTE_LEAST_H;
    int split = beside_keys ? keys : find_split(kiosk, frame, reach_y + REMOTE_H, end);
    int remote_h = split - reach_y < REMOTE_H ? split - reach_y : REMOTE_H;
    int width = kiosk->width - left;
    *ret_plan = (struct plan){
        .window = {left, 0, width, split - remote_h},
        .remote = {left, split - remote_h, width, remote_h},
        .below = {left, split, width, kiosk->height - split},
        .reach_y = reach_y,
    };
    return true;
}

static struct rect moved(struct rect box, int dy)
{
    box.y += dy;
    return box;
}

static bool can_be_seen(const struct draw *draw)
{
    return !rect_empty(rect_intersect(draw->clip, rect_inset(draw->box, -GAP_PX)));
}

// What stands both above and below is drawn in both places, each place in its order.
static void split_draws(const struct kiosk *kiosk, struct frame *frame, const struct plan *plan,
                        int pan)
{
    uint32_t count = frame->draw_count;
    uint32_t above = 0;
    uint32_t below = count;
    for (uint32_t i = 0; i < count; i++) {
        struct draw draw = frame->draws[i];
        struct draw under = draw;
        under.clip = rect_intersect(under.clip, plan->below);
        if (!in_rail(kiosk, draw.box)) {
            draw.box = moved(draw.box, -pan);
            draw.round_clip = moved(draw.round_clip, -pan);
            draw.clip = rect_intersect(moved(draw.clip, -pan), plan->window);
        }
        if (can_be_seen(&draw))
            frame->draws[above++] = draw;
        if (!can_be_seen(&under))
            continue;
        if (below < FRAME_DRAWS_MAX)
            frame->draws[below++] = under;
        else
            frame->dropped++;
    }
    memmove(frame->draws + above, frame->draws + count, (below - count) * sizeof *frame->draws);
    frame->draw_count = above + below - count;
}

static void split_targets(const struct kiosk *kiosk, struct frame *frame, const struct plan *plan,
                          int pan)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < frame->target_count; i++) {
        struct target target = frame->targets[i];
        struct rect below = rect_intersect(target.box, plan->below);
        struct rect above = rect_intersect(moved(target.box, -pan), plan->window);
        struct rect box = below.h >= TARGET_PX || rect_empty(above) ? below : above;
        if (rect_empty(box) && target.role != ROLE_SCROLL && !in_rail(kiosk, target.box)) {
            // Behind the remote: the focus finds it at the window's edge and pans.
            box = (struct rect){target.box.x, plan->window.h - 1, target.box.w, 1};
            target.state |= TARGET_UNSEEN;
        }
        if (!in_rail(kiosk, target.box)) {
            target.clipped |= box.h < target.box.h;
            target.box = box;
        }
        if (!rect_empty(target.box))
            frame->targets[kept++] = target;
    }
    frame->target_count = kept;
}

// ---- the remote

static bool is_remote(const struct thing *thing)
{
    return thing->action >= ACTION_LOW_STEP && thing->action <= ACTION_LOW_SECOND;
}

// Whether the remote's arrows stop there: above the line.
static bool stops(const struct kiosk *kiosk, const struct thing *thing, int line_y)
{
    // Beside the keys, the field has nothing of its own.
    bool typed = kiosk->visit.screen == SCREEN_SEARCH && kiosk->visit.search.keyboard &&
                 (thing->action == ACTION_FIELD || thing->action == ACTION_CLEAR);
    return !typed && thing->part != PART_DOCK && thing->action < READING_CODE &&
           !is_remote(thing) && thing->box.y < line_y;
}

static void count_stops(const struct kiosk *kiosk, const struct frame *frame, int line_y,
                        uint32_t *ret_index, uint32_t *ret_count)
{
    struct reading reading;
    focus_read(kiosk, frame, false, &reading);
    uint32_t at = reading_place(&reading, &kiosk->visit.focus.on);
    *ret_index = *ret_count = 0;
    for (uint32_t i = 0; i < reading.count; i++) {
        bool one = stops(kiosk, &reading.things[i], line_y);
        *ret_index += one && i < at;
        *ret_count += one;
    }
}

// A target of its own within what the focus stands on: a card's bookmark.
static const struct target *second_of(const struct frame *frame, const struct thing *on)
{
    for (uint32_t i = 0; i < frame->target_count; i++) {
        const struct target *target = &frame->targets[i];
        if (target->role != ROLE_SCROLL && target->action != on->action &&
            rect_contains(on->box, target->box.x, target->box.y) &&
            rect_contains(on->box, target->box.x + target->box.w - 1,
                          target->box.y + target->box.h - 1))
            return target;
    }
    return NULL;
}

static void draw_count(const struct scene *scene, struct rect box, const struct thing *on,
                       uint32_t index, uint32_t count)
{
    const struct pen *pen = &scene->pen;
    char number[16];
    char total[16];
    char of[64];
    if (scene->visit->screen == SCREEN_SEARCH && on != NULL && on->action == ACTION_CARD) {
        index = on->value;
        count = scene->visit->search.result.total;
    }
    if (count == 0)
        return;
    snprintf(number, sizeof number, "%u", index + 1);
    snprintf(total, sizeof total, "%u", count);
    words_fill(scene->words, WORD_LOW_OF, &(struct word_part){"count", total}, 1, of, sizeof of);
    int line = pen_style(pen, STYLE_CAPTION)->line_px;
    int figure = pen_style(pen, STYLE_H2)->line_px;
    if (figure + line > box.h) { // beside keys the remote is low
        char both[sizeof number + sizeof of];
        snprintf(both, sizeof both, "%s %s", number, of);
        pen_line(pen, box, STYLE_PILL, pen_color(pen, COLOR_INK), ALIGN_CENTER, both);
        return;
    }
    int top = box.y + (box.h - figure - line) / 2;
    pen_line(pen, (struct rect){box.x, top, box.w, figure}, STYLE_H2, pen_color(pen, COLOR_INK),
             ALIGN_CENTER, number);
    pen_line(pen, (struct rect){box.x, top + figure, box.w, line}, STYLE_CAPTION,
             pen_color(pen, COLOR_INK_2), ALIGN_CENTER, of);
}

static void draw_remote(const struct scene *scene, const struct plan *plan, const struct thing *on,
                        const struct target *second, uint32_t index, uint32_t count)
{
    const struct pen *pen = &scene->pen;
    struct rect bar = plan->remote;
    bool flash = scene->clock.now_ms < scene->visit->low_flash_until_ms;
    pen_block(pen, bar,
              (struct block_look){.fill = pen_color(pen, COLOR_PAPER),
                                  .stroke = pen_color(pen, flash ? COLOR_FOCUS_OUTER : COLOR_INK),
                                  .stroke_px = flash ? 8 : 4});
    struct rect box = {bar.x + 24, bar.y + REMOTE_PAD_PX, STEP_W,
                       bar.h - 2 * REMOTE_PAD_PX - WIDGET_EDGE_PX};
    widget_square(pen, box, pen_color(pen, COLOR_SURFACE), ICON_CHEVRON_UP,
                  pen_color(pen, COLOR_INK), ACTION_LOW_STEP, 0,
                  scene->words->texts[WORD_LOW_BEFORE]);
    box.x += STEP_W + GAP_PX;
    widget_square(pen, box, pen_color(pen, COLOR_SURFACE), ICON_CHEVRON_DOWN,
                  pen_color(pen, COLOR_INK), ACTION_LOW_STEP, 1,
                  scene->words->texts[WORD_LOW_NEXT]);
    box.x += STEP_W;
    int count_w = pen_large(pen) ? COUNT_LARGE_W : COUNT_W;
    draw_count(scene, (struct rect){box.x, box.y, count_w, box.h}, on, index, count);
    box.x += count_w;
    int room = bar.x + bar.w - 24 - box.x;
    struct button open = {.kind = BUTTON_MAIN,
                          .style = STYLE_BUTTON,
                          .label = scene->words->texts[WORD_LOW_OPEN],
                          .disabled = on == NULL};
    if (second != NULL && !pen_large(pen)) { // large, it is a stop of its own only
        char label[256];
        snprintf(label, sizeof label, "%.255s", pen->frame->text + second->label);
        int half = (room - GAP_PX) / 2;
        struct button also = {.kind = BUTTON_SECOND,
                              .style = STYLE_PILL,
                              .label = label,
                              .icon =
                                  second->action == ACTION_BOOKMARK ? ICON_BOOKMARK : PICTURE_NONE,
                              .left = true};
        widget_button(pen, (struct rect){box.x, box.y, half, box.h}, &also, ACTION_LOW_SECOND, 0);
        box.x += half + GAP_PX;
        room = half;
    }
    widget_button(pen, (struct rect){box.x, box.y, room, box.h}, &open, ACTION_LOW_OPEN, 0);
}

void low_apply(const struct kiosk *kiosk, const struct scene *scene)
{
    struct frame *frame = scene->pen.frame;
    struct plan plan;
    if (!kiosk->visit.low || visit_is_staffs(&kiosk->visit) || !make_plan(kiosk, frame, &plan))
        return;
    struct thing on;
    bool found = focus_find(kiosk, frame, &on) && stops(kiosk, &on, plan.below.y);
    // The end of the page is where the focus needs it.
    int pan = found && on.box.y + on.box.h > plan.window.h ? plan.remote.h : 0;
    const struct target *second = found ? second_of(frame, &on) : NULL;
    struct target also;
    if (second != NULL)
        also = *second;
    uint32_t index = 0;
    uint32_t count = 0;
    count_stops(kiosk, frame, plan.below.y, &index, &count);
    split_draws(kiosk, frame, &plan, pan);
    split_targets(kiosk, frame, &plan, pan);
    frame->clips[0] = (struct rect){0, 0, kiosk->width, kiosk->height};
    draw_remote(scene, &plan, found ? &on : NULL, second != NULL ? &also : NULL, index, count);
    if (kiosk->clock.now_ms < kiosk->visit.low_flash_until_ms)
        frame_wake_at(frame, kiosk->visit.low_flash_until_ms);
}

// Where the remote stands in the frame; 0: there is none.
static int remote_y(struct kiosk *kiosk)
{
    int y = 0;
    kiosk_view(kiosk, &kiosk->scratch);
    for (uint32_t i = 0; i < kiosk->scratch.target_count; i++)
        if (kiosk->scratch.targets[i].action == ACTION_LOW_OPEN)
            y = kiosk->scratch.targets[i].box.y;
    explicit_bzero(kiosk->scratch.text, kiosk->scratch.text_length);
    return y;
}

static void step(struct kiosk *kiosk, int by)
{
    struct thing start = kiosk->visit.focus.on;
    int line_y = remote_y(kiosk);
    for (int i = 0; i < MOVES_MAX; i++) {
        focus_move(kiosk, by);
        if (stops(kiosk, &kiosk->visit.focus.on, line_y))
            return;
    }
    kiosk->visit.focus.on = start;
}

void low_hint(struct kiosk *kiosk)
{
    struct effects none = {0};
    struct turn turn = kiosk_turn(kiosk, &none);
    kiosk->visit.low_flash_until_ms = kiosk->clock.now_ms + FLASH_MS;
    turn_toast(&turn, WORD_LOW_HINT, ICON_LOWER);
}

bool low_act(struct kiosk *kiosk, unsigned action, uint32_t value, struct effects *effects)
{
    if (!kiosk->visit.low)
        return false;
    struct thing on;
    const struct target *second;
    switch (action) {
    case ACTION_LOW_STEP:
        step(kiosk, value == 0 ? -1 : 1);
        kiosk->epoch++;
        return true;
    case ACTION_LOW_OPEN:
        kiosk->visit.focus.shown = true;
        if (!is_remote(&kiosk->visit.focus.on))
            focus_select(kiosk, effects);
        return true;
    case ACTION_LOW_SECOND:
        kiosk_view(kiosk, &kiosk->scratch);
        second = focus_find(kiosk, &kiosk->scratch, &on) ? second_of(&kiosk->scratch, &on) : NULL;
        action = second != NULL ? second->action : ACTION_NONE;
        value = second != NULL ? second->value : 0;
        explicit_bzero(kiosk->scratch.text, kiosk->scratch.text_length);
        if (action != ACTION_NONE)
            kiosk_act(kiosk, action, value, effects);
        return true;
    default:
        return false;
    }
}
