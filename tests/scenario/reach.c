#include "tests/scenario/reach.h"

#include "kiosk/focus.h"
#include "kiosk/model.h"
#include "kiosk/speech_text.h"
#include "screens/action.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { KEYS_MAX = 1500 };

// The machine as it stands, without a world: what it asks for is dropped.
struct copy {
    struct kiosk *kiosk;
    struct frame *frame;
    struct msg clock;
    struct effects effects;
};

static void copy_start(struct copy *copy, const struct stage *stage)
{
    copy->kiosk = malloc(kiosk_size());
    copy->frame = calloc(1, sizeof *copy->frame);
    if (copy->kiosk == NULL || copy->frame == NULL)
        abort();
    memcpy(copy->kiosk, stage->memory, kiosk_size());
    copy->clock = (struct msg){.now_ms = stage->now_ms + 1000,
                               .wall_s = stage->wall_s,
                               .utc_offset_s = STAGE_UTC_OFFSET_S};
}

static void copy_finish(struct copy *copy)
{
    free(copy->kiosk);
    free(copy->frame);
}

static void copy_send(struct copy *copy, struct msg msg)
{
    msg.now_ms = copy->clock.now_ms;
    msg.wall_s = copy->clock.wall_s;
    msg.utc_offset_s = copy->clock.utc_offset_s;
    memset(&copy->effects, 0, sizeof copy->effects);
    kiosk_step(copy->kiosk, &msg, &copy->effects);
    kiosk_view(copy->kiosk, copy->frame);
    msg.kind = MSG_FRAME_SHOWN;
    msg.epoch = copy->frame->epoch;
    kiosk_step(copy->kiosk, &msg, &copy->effects);
    kiosk_view(copy->kiosk, copy->frame);
}

static void copy_key(struct copy *copy, enum msg_key key)
{
    copy_send(copy, (struct msg){.kind = MSG_KEY, .key = key});
}

static bool same_targets(const struct frame *a, const struct frame *b)
{
    if (a->target_count != b->target_count)
        return false;
    for (uint32_t i = 0; i < a->target_count; i++) {
        const struct target *one = &a->targets[i];
        const struct target *other = &b->targets[i];
        if (one->action != other->action || one->value != other->value ||
            one->state != other->state || one->box.y != other->box.y)
            return false;
    }
    return true;
}

// What the focus stands on is pressed once by the key and once by a finger.
static bool select_is_tap(const struct copy *at, struct text *ret_found)
{
    if (at->kiosk->visit.low)
        return true; // no finger presses what stands high
    struct stage stage = {
        .memory = at->kiosk, .now_ms = at->clock.now_ms, .wall_s = at->clock.wall_s};
    const struct rect box = at->kiosk->visit.focus.on.box;
    struct copy key;
    struct copy tap;
    copy_start(&key, &stage);
    copy_start(&tap, &stage);
    copy_key(&key, KEY_SELECT);
    struct msg touch = {.kind = MSG_TOUCH_DOWN, .touch = {box.x + box.w / 2, box.y + box.h / 2}};
    // A card's middle may belong to a button on it: its left upper corner doesn't.
    const struct target *middle = frame_target_at(at->frame, touch.touch.x, touch.touch.y);
    if (middle == NULL || middle->action != at->kiosk->visit.focus.on.action ||
        middle->value != at->kiosk->visit.focus.on.value) {
        touch.touch.x = box.x + 2;
        touch.touch.y = box.y + 2;
    }
    copy_send(&tap, touch);
    touch.kind = MSG_TOUCH_UP;
    copy_send(&tap, touch);
    bool same = strcmp(kiosk_screen_name(key.kiosk), kiosk_screen_name(tap.kiosk)) == 0 &&
                key.effects.count == tap.effects.count && same_targets(key.frame, tap.frame);
    if (!same)
        text_addf(ret_found, "select leads to %s, a tap to %s, for action %u value %" PRIu32,
                  kiosk_screen_name(key.kiosk), kiosk_screen_name(tap.kiosk),
                  at->kiosk->visit.focus.on.action, at->kiosk->visit.focus.on.value);
    copy_finish(&key);
    copy_finish(&tap);
    return same;
}

static bool is_stop(const struct target *target)
{
    return target->role != ROLE_SCROLL && target->action != ACTION_NONE &&
           target->action != ACTION_STAFF && target->action != ACTION_AGE_TRACK &&
           (target->action < ACTION_LOW_STEP || target->action > ACTION_LOW_SECOND); // for fingers
}

// «Ещё ниже» becomes «В начало» when the keys have led to the page's end.
static uint32_t find(const struct frame *frame, const struct thing *on)
{
    for (uint32_t i = 0; i < frame->target_count; i++)
        if (frame->targets[i].action == on->action &&
            (frame->targets[i].value == on->value || on->action == ACTION_MORE))
            return i;
    return frame->target_count;
}

static bool says_something(const struct kiosk *kiosk, const struct frame *frame,
                           const struct thing *thing)
{
    char memory[SPEECH_TEXT_BYTES];
    struct text said;
    text_init(&said, memory, sizeof memory);
    if (thing == NULL)
        speech_opening(kiosk, frame, &said);
    else
        speech_of(kiosk, frame, thing, true, &said);
    return said.length > 0;
}

bool speech_everywhere(const struct stage *stage, struct text *ret_found)
{
    struct reading reading;
    const struct kiosk *kiosk = stage->memory;
    focus_read(kiosk, stage->frame, true, &reading);
    for (uint32_t i = 0; i < reading.count; i++)
        if (!says_something(kiosk, stage->frame, &reading.things[i])) {
            const struct rect box = reading.things[i].box;
            text_addf(ret_found, "nothing is said of what stands at %d,%d %dx%d", box.x, box.y,
                      box.w, box.h);
            return false;
        }
    if (!says_something(kiosk, stage->frame, NULL))
        text_add(ret_found, "nothing is said when this opens");
    return ret_found->length == 0;
}

bool reach_all(const struct stage *stage, struct text *ret_found)
{
    bool reached[FRAME_TARGETS_MAX] = {false};
    const struct frame *frame = stage->frame;
    uint32_t left = 0;
    if (stage->kiosk->visit.attract_ms != 0)
        return true; // any key opens home
    struct copy copy;
    copy_start(&copy, stage);
    for (uint32_t i = 0; i < frame->target_count; i++)
        left += is_stop(&frame->targets[i]);
    bool fine = true;
    for (int key = 0; key < KEYS_MAX && left > 0 && fine; key++) {
        copy_key(&copy, KEY_NEXT);
        uint32_t at = find(frame, &copy.kiosk->visit.focus.on);
        if (at == frame->target_count || reached[at])
            continue;
        fine = select_is_tap(&copy, ret_found);
        for (uint32_t i = 0; i < frame->target_count; i++) // the same thing may stand there twice
            if (!reached[i] && frame->targets[i].action == frame->targets[at].action &&
                frame->targets[i].value == frame->targets[at].value) {
                reached[i] = true;
                left -= is_stop(&frame->targets[i]);
            }
    }
    for (uint32_t i = 0; fine && i < frame->target_count; i++)
        if (is_stop(&frame->targets[i]) && !reached[i]) {
            text_addf(ret_found, "keys don't reach «%s»", stage_label(stage, &frame->targets[i]));
            fine = false;
        }
    copy_finish(&copy);
    return fine;
}
