// One finger: a press, a tap, a drag that scrolls.
//
// A tap counts on release inside the target + 24 px, on the epoch it began on, and once in 250 ms
// at one place unless it is a key (DESIGN.md section 4). A drag never taps.
#include "kiosk/low.h"
#include "kiosk/model.h"
#include "kiosk/screens.h"
#include "screens/filters.h"
#include "screens/layout.h"

#include <stdlib.h>
#include <string.h>

enum {
    SLOP_PX = 24,
    DRAG_FROM_PX = 20,
    DOUBLE_TAP_MS = 250,
    SAME_PLACE_PX = 88, // the size of the smallest target
    ERASE_AFTER_MS = 500,
    ERASE_EVERY_MS = 125,
    ERASE_WORDS_AFTER_MS = 2000,
    ERASE_WORD_EVERY_MS = 400, // slow enough to let go in time
    STAFF_HOLD_MS = 5000,
    KEY_HOLD_MS = 500,
    SWEEP_PX = 160,
};

static bool horizontal(unsigned scroll_action)
{
    return scroll_action == ACTION_SCROLL_CHIPS;
}

static struct scroll *scroll_of(struct kiosk *kiosk)
{
    if (kiosk->gesture.scroll_action == ACTION_NONE)
        return NULL;
    return screen_scroll(&kiosk->visit, kiosk->gesture.scroll_action);
}

static void stop_press(struct gesture *gesture)
{
    gesture->action = ACTION_NONE;
    gesture->value = 0;
    gesture->erase_ms = 0;
    gesture->hold_ms = 0;
    gesture->chooses = false;
}

// When the press of this target will mean more than a tap.
static void start_holding(struct gesture *gesture, int64_t now_ms)
{
    bool key = gesture->action == ACTION_KEY;
    if (gesture->action == ACTION_ERASE || (key && gesture->value == KEY_FUNCTION_BACKSPACE))
        gesture->erase_ms = now_ms + ERASE_AFTER_MS;
    else if (key && gesture->value < KEY_FUNCTION_FIRST)
        gesture->hold_ms = now_ms + KEY_HOLD_MS;
    else if (gesture->action == ACTION_STAFF)
        gesture->hold_ms = now_ms + STAFF_HOLD_MS;
}

// The frame is a function of the state: what stands under the finger is found on a fresh one.
static void touch_down(struct kiosk *kiosk, int x, int y)
{
    if (low_beyond(kiosk, y)) {
        low_hint(kiosk);
        return;
    }
    struct gesture *gesture = &kiosk->gesture;
    kiosk_view(kiosk, &kiosk->scratch);
    const struct target *scroll = frame_scroll_at(&kiosk->scratch, x, y);
    const struct target *target = frame_target_at(&kiosk->scratch, x, y);
    gesture->down = true;
    gesture->scrolling = false;
    gesture->epoch = kiosk->epoch;
    gesture->start_x = x;
    gesture->start_y = y;
    gesture->down_ms = kiosk->clock.now_ms;
    gesture->scroll_action = scroll == NULL ? ACTION_NONE : scroll->action;
    stop_press(gesture);
    struct scroll *list = scroll_of(kiosk);
    gesture->slides = false;
    gesture->sweeps = gesture->scroll_action == ACTION_SWIPE_SHEET ||
                      (gesture->scroll_action == ACTION_SCROLL_SHEET && list->position_px <= 0);
    bool moving = list != NULL && scroll_fast(list);
    if (list != NULL && scroll != NULL) {
        int viewport = horizontal(gesture->scroll_action) ? scroll->box.w : scroll->box.h;
        scroll_set_limit(list, (int)scroll->value - viewport);
        scroll_drag_start(list, horizontal(gesture->scroll_action) ? x : y, kiosk->clock.now_ms);
    }
    // A touch on a moving list stops it and presses nothing.
    if (target != NULL && !moving && kiosk->shown_epoch == kiosk->epoch) {
        gesture->action = target->action;
        gesture->value = target->value;
        gesture->repeats = target->state & TARGET_REPEATS;
        gesture->box = target->box;
        gesture->slides = target->action == ACTION_AGE_TRACK;
        start_holding(gesture, kiosk->clock.now_ms);
    }
    explicit_bzero(kiosk->scratch.text, kiosk->scratch.text_length);
}

// The finger leads the slider: what it says is searched at once.
static bool slide(struct kiosk *kiosk, int x, int y, struct effects *effects)
{
    struct gesture *gesture = &kiosk->gesture;
    if (!gesture->slides || gesture->scrolling)
        return false;
    struct scroll *list = scroll_of(kiosk);
    int moved = abs(x - gesture->start_x);
    if (list != NULL && moved > DRAG_FROM_PX && moved > abs(y - gesture->start_y)) {
        scroll_drag_cancel(list, kiosk->clock.now_ms);
        gesture->scroll_action = ACTION_NONE;
    }
    if (scroll_of(kiosk) != NULL)
        return false;
    kiosk_act(kiosk, ACTION_AGE, filters_step_at(gesture->box, x), effects);
    gesture->epoch = kiosk->epoch; // the slider stays where it is
    return true;
}

// Among the variants of a held letter the finger presses what it is on.
static bool choose(struct kiosk *kiosk, int x, int y)
{
    struct gesture *gesture = &kiosk->gesture;
    if (!gesture->chooses)
        return false;
    kiosk_view(kiosk, &kiosk->scratch);
    const struct target *target = frame_target_at(&kiosk->scratch, x, y);
    bool variant = target != NULL && target->action == ACTION_VARIANT;
    gesture->action = variant ? ACTION_VARIANT : ACTION_NONE;
    gesture->value = variant ? target->value : 0;
    gesture->strayed |= !rect_contains(rect_inset(gesture->held_box, -SLOP_PX), x, y);
    explicit_bzero(kiosk->scratch.text, kiosk->scratch.text_length);
    return true;
}

static void touch_move(struct kiosk *kiosk, int x, int y, struct effects *effects)
{
    struct gesture *gesture = &kiosk->gesture;
    if (!gesture->down || choose(kiosk, x, y) || slide(kiosk, x, y, effects))
        return;
    struct scroll *list = scroll_of(kiosk);
    bool sideways = horizontal(gesture->scroll_action);
    int moved = sideways ? abs(x - gesture->start_x) : abs(y - gesture->start_y);
    if (list != NULL && !gesture->scrolling && moved > DRAG_FROM_PX) {
        gesture->scrolling = true;
        stop_press(gesture);
        scroll_drag_grip(list, sideways ? x : y);
    }
    if (list != NULL)
        scroll_drag_move(list, sideways ? x : y, kiosk->clock.now_ms);
    struct rect slop = rect_inset(gesture->box, -SLOP_PX);
    if (gesture->action != ACTION_NONE && !rect_contains(slop, x, y))
        stop_press(gesture);
}

static bool counts(const struct kiosk *kiosk)
{
    const struct gesture *gesture = &kiosk->gesture;
    // A place, not a target: the second tap of two falls on what the first one brought.
    bool again = kiosk->clock.now_ms - gesture->tapped_ms < DOUBLE_TAP_MS &&
                 abs(gesture->start_x - gesture->tapped_x) < SAME_PLACE_PX &&
                 abs(gesture->start_y - gesture->tapped_y) < SAME_PLACE_PX;
    bool erased = gesture->erase_ms != 0 && gesture->erase_ms != gesture->down_ms + ERASE_AFTER_MS;
    return gesture->action != ACTION_NONE && gesture->action != ACTION_STAFF && !erased &&
           gesture->epoch == kiosk->epoch && (gesture->repeats || !again);
}

static void touch_up(struct kiosk *kiosk, int x, int y, struct effects *effects)
{
    struct gesture *gesture = &kiosk->gesture;
    touch_move(kiosk, x, y, effects);
    if (!gesture->down)
        return;
    if (scroll_of(kiosk) != NULL)
        scroll_drag_end(scroll_of(kiosk), kiosk->clock.now_ms);
    bool slid = gesture->slides && gesture->scroll_action == ACTION_NONE;
    bool tap = counts(kiosk) && !slid;
    bool swept = gesture->sweeps && gesture->epoch == kiosk->epoch &&
                 y - gesture->start_y > SWEEP_PX && !slid;
    unsigned action = gesture->action;
    uint32_t value = gesture->value;
    bool gives_up = gesture->chooses && gesture->strayed && action == ACTION_NONE;
    gesture->down = false;
    stop_press(gesture);
    if (gives_up)
        kiosk_act(kiosk, ACTION_VARIANT, 0, effects);
    if (swept) {
        kiosk_act(kiosk, ACTION_SHEET_CLOSE, 0, effects);
        return;
    }
    if (tap && action == ACTION_AGE_TRACK) {
        action = ACTION_AGE;
        value = filters_step_at(gesture->box, x);
    }
    if (!tap)
        return;
    if (!gesture->repeats) {
        gesture->tapped_ms = kiosk->clock.now_ms;
        gesture->tapped_x = gesture->start_x;
        gesture->tapped_y = gesture->start_y;
    }
    kiosk_act(kiosk, action, value, effects);
}

void kiosk_touch(struct kiosk *kiosk, const struct msg *msg, struct effects *effects)
{
    if (!kiosk->visit.warning) // only an answer ends the question
        kiosk->visit.touched_ms = kiosk->clock.now_ms;
    if (msg->kind == MSG_TOUCH_DOWN)
        touch_down(kiosk, msg->touch.x, msg->touch.y);
    else if (msg->kind == MSG_TOUCH_MOVE)
        touch_move(kiosk, msg->touch.x, msg->touch.y, effects);
    else if (msg->kind == MSG_TOUCH_UP)
        touch_up(kiosk, msg->touch.x, msg->touch.y, effects);
    else if (kiosk->gesture.down) {
        if (scroll_of(kiosk) != NULL)
            scroll_drag_cancel(scroll_of(kiosk), kiosk->clock.now_ms);
        bool gives_up = kiosk->gesture.chooses;
        kiosk->gesture.down = false;
        stop_press(&kiosk->gesture);
        if (gives_up)
            kiosk_act(kiosk, ACTION_VARIANT, 0, effects);
    }
}

// A list that became shorter doesn't show emptiness below its end.
void kiosk_clamp_scrolls(struct kiosk *kiosk)
{
    kiosk_view(kiosk, &kiosk->scratch);
    for (uint32_t i = 0; i < kiosk->scratch.target_count; i++) {
        const struct target *target = &kiosk->scratch.targets[i];
        if (target->role != ROLE_SCROLL)
            continue;
        struct scroll *scroll = screen_scroll(&kiosk->visit, target->action);
        int viewport = horizontal(target->action) ? target->box.w : target->box.h;
        if (scroll != NULL)
            scroll_clamp(scroll, (int)target->value - viewport);
    }
    explicit_bzero(kiosk->scratch.text, kiosk->scratch.text_length);
}

bool kiosk_scroll_further(struct kiosk *kiosk, uint32_t value)
{
    struct scroll *scroll = screen_scroll(&kiosk->visit, layout_further_place(value));
    if (scroll == NULL)
        return false;
    int px = layout_further_px(value);
    scroll_jump(scroll, px == 0 ? 0 : scroll->position_px + (float)px, kiosk->clock.now_ms);
    return true;
}

// The finger has stayed on a letter: where it has variants these are shown from here on.
static void offer_variants(struct kiosk *kiosk, struct effects *effects)
{
    struct gesture *gesture = &kiosk->gesture;
    uint32_t before = kiosk->epoch;
    gesture->hold_ms = 0;
    kiosk_act(kiosk, ACTION_KEY_HELD, gesture->value, effects);
    if (kiosk->epoch == before)
        return;
    gesture->epoch = kiosk->epoch;
    gesture->chooses = true;
    gesture->strayed = false;
    gesture->held_box = gesture->box;
    gesture->action = ACTION_NONE;
}

// The finger has stayed on the logo or on a letter.
static void hold(struct kiosk *kiosk, struct effects *effects)
{
    struct gesture *gesture = &kiosk->gesture;
    if (gesture->hold_ms == 0 || kiosk->clock.now_ms < gesture->hold_ms)
        return;
    if (gesture->action == ACTION_KEY) {
        if (gesture->epoch == kiosk->epoch)
            offer_variants(kiosk, effects);
        gesture->hold_ms = 0;
        return;
    }
    // Whatever else has changed meanwhile, the logo must still stand there.
    kiosk_view(kiosk, &kiosk->scratch);
    const struct target *target =
        frame_target_at(&kiosk->scratch, gesture->start_x, gesture->start_y);
    bool stands = gesture->down && target != NULL && target->action == ACTION_STAFF;
    explicit_bzero(kiosk->scratch.text, kiosk->scratch.text_length);
    stop_press(gesture);
    if (stands)
        kiosk_act(kiosk, ACTION_STAFF, 0, effects);
}

void kiosk_gesture_tick(struct kiosk *kiosk, struct effects *effects)
{
    struct gesture *gesture = &kiosk->gesture;
    hold(kiosk, effects);
    for (unsigned action = ACTION_SCROLL_LIST; action <= ACTION_SCROLL_SHEET; action++) {
        struct scroll *scroll = screen_scroll(&kiosk->visit, action);
        if (scroll != NULL)
            scroll_advance(scroll, kiosk->clock.now_ms);
    }
    bool repeat = gesture->down && gesture->erase_ms != 0 &&
                  kiosk->clock.now_ms >= gesture->erase_ms && gesture->epoch != 0;
    if (!repeat)
        return;
    unsigned action = gesture->action;
    uint32_t value = gesture->value;
    bool words =
        action == ACTION_KEY && kiosk->clock.now_ms - gesture->down_ms >= ERASE_WORDS_AFTER_MS;
    gesture->erase_ms = kiosk->clock.now_ms + (words ? ERASE_WORD_EVERY_MS : ERASE_EVERY_MS);
    if (words)
        value = KEY_FUNCTION_ERASE_WORD;
    kiosk_act(kiosk, action, value, effects);
    // Erasing changes the list above the keyboard, not the key under the finger.
    gesture->epoch = kiosk->epoch;
}
