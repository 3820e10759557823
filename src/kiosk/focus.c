#include "kiosk/focus.h"

#include "kiosk/model.h"
#include "kiosk/screens.h"
#include "screens/chrome.h"

#include <stdlib.h>
#include <string.h>

// Of what can be seen of a place that scrolls: how far a key moves it.
static const float scroll_part = 0.6f;

void focus_read(const struct kiosk *kiosk, const struct frame *frame, bool texts,
                struct reading *ret_reading)
{
    struct reading_rules rules = {.texts = texts, .landscape = kiosk->landscape};
    if (!visit_is_staffs(&kiosk->visit))
        rules.dock = kiosk->landscape ? (struct rect){0, 0, CHROME_RAIL_W, kiosk->height}
                                      : (struct rect){0, kiosk->height - CHROME_DOCK_H,
                                                      kiosk->width, CHROME_DOCK_H};
    reading_find(frame, &rules, ret_reading);
}

static void read_now(struct kiosk *kiosk, struct reading *ret_reading)
{
    kiosk_view(kiosk, &kiosk->scratch);
    focus_read(kiosk, &kiosk->scratch, kiosk->visit.voice, ret_reading);
}

static const struct target *scroll_target(const struct frame *frame, unsigned action)
{
    for (uint32_t i = frame->target_count; i-- > 0;)
        if (frame->targets[i].role == ROLE_SCROLL && frame->targets[i].action == action)
            return &frame->targets[i];
    return NULL;
}

static bool on_scroll(const struct thing *thing)
{
    return thing->scroll != ACTION_NONE && thing->action == thing->scroll;
}

// Along which a place scrolls.
static int start_of(struct rect box, bool sideways)
{
    return sideways ? box.x : box.y;
}

static int length_of(struct rect box, bool sideways)
{
    return sideways ? box.w : box.h;
}

static int middle_of(struct rect box, bool sideways)
{
    return start_of(box, sideways) + length_of(box, sideways) / 2;
}

// Moves what scrolls there and looks again. Returns by how much.
static int scroll_by(struct kiosk *kiosk, unsigned action, float px, struct reading *reading)
{
    const struct target *place = scroll_target(&kiosk->scratch, action);
    struct scroll *scroll = screen_scroll(&kiosk->visit, action);
    if (place == NULL || scroll == NULL)
        return 0;
    int before = scroll_offset(scroll);
    scroll_jump(scroll, scroll->position_px + px, kiosk->clock.now_ms);
    scroll_clamp(scroll, (int)place->value - length_of(place->box, reading_sideways(action)));
    read_now(kiosk, reading);
    return scroll_offset(scroll) - before;
}

// The next thing of that place by its position, or reading->count.
static uint32_t next_in_place(const struct reading *reading, const struct thing *from, int by)
{
    bool sideways = reading_sideways(from->scroll);
    int middle = middle_of(from->box, sideways);
    for (uint32_t i = 0; i < reading->count; i++) {
        uint32_t at = by > 0 ? i : reading->count - 1 - i;
        const struct thing *thing = &reading->things[at];
        if (thing->scroll == from->scroll && (middle_of(thing->box, sideways) - middle) * by > 0)
            return at;
    }
    return reading->count;
}

static uint32_t same_in_place(const struct reading *reading, const struct thing *from)
{
    enum { NEAR_PX = 120 };
    for (uint32_t i = 0; i < reading->count; i++) {
        const struct thing *thing = &reading->things[i];
        if (thing->scroll == from->scroll && thing->action == from->action &&
            thing->value == from->value && abs(thing->box.y - from->box.y) < NEAR_PX &&
            abs(thing->box.x - from->box.x) < NEAR_PX)
            return i;
    }
    return reading->count;
}

static bool stands_in(const struct reading *reading, uint32_t at, unsigned scroll)
{
    return at < reading->count && reading->things[at].scroll == scroll;
}

// What is cut by the place's end comes into sight.
static void reveal(struct kiosk *kiosk, struct focus *focus, int by, struct reading *reading)
{
    const struct target *place = scroll_target(&kiosk->scratch, focus->on.scroll);
    if (!focus->on.clipped || place == NULL)
        return;
    bool sideways = reading_sideways(focus->on.scroll);
    int start = start_of(place->box, sideways);
    float length = (float)length_of(place->box, sideways);
    float px = by > 0
                   ? (float)(start_of(focus->on.box, sideways) - start) - (1 - scroll_part) * length
                   : (float)(start_of(focus->on.box, sideways) +
                             length_of(focus->on.box, sideways) - start) -
                         scroll_part * length;
    if (px * (float)by <= 0 || scroll_by(kiosk, focus->on.scroll, px, reading) == 0)
        return;
    uint32_t at = reading_place(reading, &focus->on);
    if (at < reading->count)
        focus->on = reading->things[at];
}

// Goes on within the place that scrolls. false: nothing more is there.
static bool move_in_place(struct kiosk *kiosk, int by, struct reading *reading)
{
    struct focus *focus = &kiosk->visit.focus;
    struct thing from = focus->on;
    uint32_t at = on_scroll(&from) ? reading->count : reading_place(reading, &from) + (uint32_t)by;
    if (stands_in(reading, at, from.scroll)) {
        focus->on = reading->things[at];
        reveal(kiosk, focus, by, reading);
        return true;
    }
    const struct target *place = scroll_target(&kiosk->scratch, from.scroll);
    if (place == NULL)
        return false;
    struct rect box = place->box;
    bool sideways = reading_sideways(from.scroll);
    float step = scroll_part * (float)length_of(box, sideways) * (float)by;
    int moved = scroll_by(kiosk, from.scroll, step, reading);
    if (moved == 0)
        return false;
    *(sideways ? &from.box.x : &from.box.y) -= moved;
    at = same_in_place(reading, &from);
    at = at < reading->count ? at + (uint32_t)by : next_in_place(reading, &from, by);
    if (stands_in(reading, at, from.scroll)) {
        focus->on = reading->things[at];
        reveal(kiosk, focus, by, reading);
    } else { // only something to look at
        focus->on = (struct thing){.box = from.box, .action = from.scroll, .scroll = from.scroll};
    }
    return true;
}

// Enters a place that scrolls at its beginning, or back from its end.
static void enter(struct kiosk *kiosk, uint32_t at, int by, struct reading *reading)
{
    struct focus *focus = &kiosk->visit.focus;
    unsigned scroll = reading->things[at].scroll;
    focus->on = reading->things[at];
    if (scroll == ACTION_NONE || scroll_by(kiosk, scroll, -1e6f * (float)by, reading) == 0)
        return;
    for (uint32_t i = 0; i < reading->count; i++) {
        at = by > 0 ? i : reading->count - 1 - i;
        if (stands_in(reading, at, scroll)) {
            focus->on = reading->things[at];
            return;
        }
    }
    focus->on = (struct thing){
        .box = focus->on.box, .action = (uint16_t)scroll, .scroll = (uint16_t)scroll};
}

// From the last thing of a place that scrolls to what follows it.
static uint32_t beyond_place(const struct reading *reading, const struct thing *from, int by)
{
    uint32_t at = reading_place(reading, from);
    unsigned scroll = from->scroll;
    for (uint32_t i = 0; i < reading->count; i++) {
        at = (at + reading->count + (uint32_t)by) % reading->count;
        if (scroll == ACTION_NONE || reading->things[at].scroll != scroll)
            return at;
    }
    return at;
}

void focus_move(struct kiosk *kiosk, int by)
{
    struct focus *focus = &kiosk->visit.focus;
    struct reading reading;
    read_now(kiosk, &reading);
    uint32_t at = reading_place(&reading, &focus->on);
    bool shown = focus->shown;
    focus->shown = true;
    if (at < reading.count && !on_scroll(&focus->on))
        focus->on = reading.things[at];
    if (shown && reading.count > 0 &&
        (focus->on.scroll == ACTION_NONE || !move_in_place(kiosk, by, &reading)))
        enter(kiosk, beyond_place(&reading, &focus->on, by), by, &reading);
    explicit_bzero(kiosk->scratch.text, kiosk->scratch.text_length);
}

void focus_select(struct kiosk *kiosk, struct effects *effects)
{
    struct focus *focus = &kiosk->visit.focus;
    struct thing on;
    kiosk_view(kiosk, &kiosk->scratch);
    bool found = focus_find(kiosk, &kiosk->scratch, &on);
    explicit_bzero(kiosk->scratch.text, kiosk->scratch.text_length);
    bool shown = focus->shown;
    focus->shown = true;
    if (!found || !shown)
        return;
    focus->on = on;
    if (!on_scroll(&on) && on.action < READING_CODE)
        kiosk_act(kiosk, on.action, on.value, effects);
}

void focus_hide(struct kiosk *kiosk)
{
    kiosk->visit.focus.shown = kiosk->visit.low; // there it is how things are chosen
}

void focus_place(struct kiosk *kiosk, uint32_t *ret_index, uint32_t *ret_count)
{
    struct reading reading;
    read_now(kiosk, &reading);
    explicit_bzero(kiosk->scratch.text, kiosk->scratch.text_length);
    *ret_count = reading.count;
    *ret_index = reading_place(&reading, &kiosk->visit.focus.on);
}

bool focus_find(const struct kiosk *kiosk, const struct frame *frame, struct thing *ret_thing)
{
    const struct focus *focus = &kiosk->visit.focus;
    if (on_scroll(&focus->on)) {
        const struct target *place = scroll_target(frame, focus->on.scroll);
        *ret_thing = focus->on;
        if (place != NULL)
            ret_thing->box = place->box;
        return place != NULL;
    }
    struct reading reading;
    focus_read(kiosk, frame, kiosk->visit.voice, &reading);
    uint32_t at = reading_place(&reading, &focus->on);
    if (at < reading.count)
        *ret_thing = reading.things[at];
    return at < reading.count;
}

static enum focus_layer layer_of(const struct visit *visit)
{
    return visit->warning          ? FOCUS_QUESTION
           : visit->languages      ? FOCUS_LANGUAGES
           : visit->help           ? FOCUS_HELP
           : visit->search.filters ? FOCUS_SHEET
                                   : FOCUS_PAGE;
}

void focus_settle(struct kiosk *kiosk)
{
    struct focus *focus = &kiosk->visit.focus;
    enum focus_layer layer = layer_of(&kiosk->visit);
    if (focus->screen != kiosk->visit.screen) {
        *focus =
            (struct focus){.shown = focus->shown, .screen = kiosk->visit.screen, .layer = layer};
    } else if (layer > focus->layer) {
        focus->under[focus->layer] = focus->on;
        focus->on = (struct thing){0};
    } else if (layer < focus->layer) {
        focus->on = focus->under[layer];
    }
    focus->layer = layer;
}

// ---- the ring

enum { RING_PX = 6, TEXT_GAP_PX = 6, RING_RADIUS = 28 };

// Of the block that the thing is drawn as.
static int radius_of(const struct frame *frame, struct rect box)
{
    enum { NEAR_PX = 12 };
    for (uint32_t i = frame->draw_count; i-- > 0;) {
        const struct draw *draw = &frame->draws[i];
        if (draw->kind == DRAW_BLOCK && abs(draw->box.x - box.x) <= NEAR_PX &&
            abs(draw->box.y - box.y) <= NEAR_PX && abs(draw->box.w - box.w) <= NEAR_PX &&
            abs(draw->box.h - box.h) <= NEAR_PX)
            return draw->radius;
    }
    return RING_RADIUS;
}

static void outline(const struct pen *pen, struct rect box, int radius, enum color color)
{
    struct draw *draw = frame_draw(pen->frame, DRAW_OUTLINE, box, pen_color(pen, color));
    if (draw == NULL)
        return;
    draw->radius = (int16_t)radius;
    draw->stroke_px = RING_PX;
}

void focus_draw(const struct kiosk *kiosk, const struct pen *pen)
{
    struct thing on;
    struct frame *frame = pen->frame;
    if (!kiosk->visit.focus.shown || !focus_find(kiosk, frame, &on))
        return;
    bool target = !on_scroll(&on) && on.action < READING_CODE;
    bool patch = on_scroll(&on) || (target && frame->targets[on.first].role == ROLE_TILE);
    int radius = patch ? 0 : radius_of(frame, on.box);
    struct rect box = target ? on.box : rect_inset(on.box, -TEXT_GAP_PX);
    struct rect outer = rect_inset(box, -2 * RING_PX);
    struct rect screen = {0, 0, kiosk->width, kiosk->height};
    struct rect seen = rect_intersect(outer, screen);
    bool fits = seen.w == outer.w && seen.h == outer.h;
    if (patch || !fits || on.part != PART_CONTENT)
        outer = rect_intersect(box, screen);
    else
        radius += 2 * RING_PX;
    outline(pen, outer, radius, COLOR_FOCUS_OUTER);
    outline(pen, rect_inset(outer, RING_PX), radius > RING_PX ? radius - RING_PX : 0,
            COLOR_FOCUS_INNER);
}
