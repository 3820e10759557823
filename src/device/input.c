#include "device/input.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

void input_init(struct input *input, struct scale scale, const struct mounting *mounting)
{
    *input = (struct input){.scale = scale, .mounting = *mounting};
}

void input_ask_for_device(struct input *input, input_device_there *there, void *context)
{
    input->device_there = there;
    input->device_context = context;
}

static bool device_there(const struct input *input)
{
    return input->device_there == NULL ||
           input->device_there(input->device_context, input->first.device);
}

// From pixels of the scene.
static void emit_touch(const struct input *input, enum msg_kind kind, float x_px, float y_px,
                       input_emit *emit, void *context)
{
    struct msg msg = {.kind = kind};
    msg.touch.x = (int)floor((double)x_px / input->scale.factor);
    msg.touch.y = (int)floor((double)y_px / input->scale.factor);
    emit(context, &msg);
}

// Where it was is forgotten, too.
static void let_go(struct input *input)
{
    input->pointer = POINTER_NONE;
    input->still_x = input->still_y = 0;
}

void input_drop(struct input *input, input_emit *emit, void *context)
{
    if (input->pointer == POINTER_NONE)
        return;
    let_go(input);
    emit(context, &(struct msg){.kind = MSG_TOUCH_CANCEL});
}

static bool same_contact(const struct contact *contact, const SDL_TouchFingerEvent *event)
{
    return contact->device == event->touchId && contact->finger == event->fingerId;
}

static bool near_edge(const struct input *input, int x, int y)
{
    int right = input->scale.design_width - 1 - x;
    int bottom = input->scale.design_height - 1 - y;
    return x < INPUT_EDGE_PX || y < INPUT_EDGE_PX || right < INPUT_EDGE_PX ||
           bottom < INPUT_EDGE_PX;
}

static void stir(struct input *input, float x_px, float y_px, int64_t now_ms)
{
    int x = (int)((double)x_px / input->scale.factor);
    int y = (int)((double)y_px / input->scale.factor);
    if (abs(x - input->still_x) <= INPUT_STILL_PX && abs(y - input->still_y) <= INPUT_STILL_PX)
        return;
    input->still_ms = now_ms;
    input->still_x = x;
    input->still_y = y;
    input->at_edge = input->at_edge && near_edge(input, x, y);
}

static bool leans(const struct input *input, int64_t now_ms)
{
    return input->pointer == POINTER_FINGER &&
           (input->at_edge || now_ms - input->still_ms >= INPUT_LEAN_MS);
}

// Notes who comes; true when this makes a palm of those that are down.
static bool palm_comes(struct input *input, const SDL_TouchFingerEvent *event, int64_t now_ms)
{
    bool palm = true;
    input->contacts[input->contact_count++ % INPUT_PALM_CONTACTS] =
        (struct contact){true, event->touchId, event->fingerId, now_ms};
    for (int i = 0; i < INPUT_PALM_CONTACTS; i++)
        palm &= input->contacts[i].down && now_ms - input->contacts[i].down_ms <= INPUT_PALM_MS;
    return palm;
}

static void finger_goes(struct input *input, const SDL_TouchFingerEvent *event)
{
    for (int i = 0; i < INPUT_PALM_CONTACTS; i++)
        if (same_contact(&input->contacts[i], event))
            input->contacts[i].down = false;
}

static void finger_comes(struct input *input, const SDL_TouchFingerEvent *event, float x, float y,
                         int64_t now_ms, input_emit *emit, void *context)
{
    if (palm_comes(input, event, now_ms)) {
        input_drop(input, emit, context);
        input->palm_until_ms = now_ms + INPUT_PALM_REST_MS;
    }
    if (leans(input, now_ms))
        input_drop(input, emit, context);
    if (input->pointer != POINTER_NONE || now_ms < input->palm_until_ms)
        return;
    input->pointer = POINTER_FINGER;
    input->first = (struct contact){true, event->touchId, event->fingerId, now_ms};
    input->down_ms = input->still_ms = now_ms;
    input->still_x = (int)((double)x / input->scale.factor);
    input->still_y = (int)((double)y / input->scale.factor);
    input->at_edge = near_edge(input, input->still_x, input->still_y);
    emit_touch(input, MSG_TOUCH_DOWN, x, y, emit, context);
}

static void finger_event(struct input *input, const SDL_TouchFingerEvent *event, int64_t now_ms,
                         input_emit *emit, void *context)
{
    float x = event->x;
    float y = event->y;
    bool ours = input->pointer == POINTER_FINGER && same_contact(&input->first, event);
    mounting_touch(&input->mounting, &x, &y);
    if (event->type == SDL_FINGERDOWN) {
        finger_comes(input, event, x, y, now_ms, emit, context);
    } else if (event->type == SDL_FINGERUP) {
        finger_goes(input, event);
        if (ours && !device_there(input)) {
            input_drop(input, emit, context);
        } else if (ours) {
            let_go(input);
            emit_touch(input, MSG_TOUCH_UP, x, y, emit, context);
        }
    } else if (ours) {
        stir(input, x, y, now_ms);
        emit_touch(input, MSG_TOUCH_MOVE, x, y, emit, context);
    }
}

static void emit_mouse(const struct input *input, enum msg_kind kind, int x_px, int y_px,
                       input_emit *emit, void *context)
{
    float x = (float)x_px + 0.5f;
    float y = (float)y_px + 0.5f;
    mounting_point(&input->mounting, &x, &y);
    emit_touch(input, kind, x, y, emit, context);
}

static void mouse_event(struct input *input, const SDL_Event *event, int64_t now_ms,
                        input_emit *emit, void *context)
{
    if (event->type == SDL_MOUSEMOTION) {
        if (input->pointer == POINTER_MOUSE)
            emit_mouse(input, MSG_TOUCH_MOVE, event->motion.x, event->motion.y, emit, context);
        return;
    }
    const SDL_MouseButtonEvent *button = &event->button;
    if (button->which == SDL_TOUCH_MOUSEID || button->button != SDL_BUTTON_LEFT)
        return;
    if (event->type == SDL_MOUSEBUTTONDOWN && input->pointer == POINTER_NONE) {
        input->pointer = POINTER_MOUSE;
        input->down_ms = now_ms;
        emit_mouse(input, MSG_TOUCH_DOWN, button->x, button->y, emit, context);
    } else if (event->type == SDL_MOUSEBUTTONUP && input->pointer == POINTER_MOUSE) {
        input->pointer = POINTER_NONE;
        emit_mouse(input, MSG_TOUCH_UP, button->x, button->y, emit, context);
    }
}

static void text_event(const SDL_TextInputEvent *event, input_emit *emit, void *context)
{
    const char *at = event->text;
    const char *end = at + strnlen(at, sizeof event->text);
    while (at < end) {
        struct msg msg = {.kind = MSG_TEXT};
        msg.character = utf8_next(&at, end);
        if (msg.character >= ' ' && msg.character != UTF8_BAD)
            emit(context, &msg);
    }
}

static void key_event(const SDL_KeyboardEvent *event, input_emit *emit, void *context)
{
    static const struct {
        SDL_Keycode code;
        enum msg_key key;
    } keys[] = {
        {SDLK_BACKSPACE, KEY_BACKSPACE},
        {SDLK_RETURN, KEY_ENTER},
        {SDLK_KP_ENTER, KEY_ENTER},
        {SDLK_ESCAPE, KEY_ESCAPE},
        {SDLK_TAB, KEY_NEXT},
        {SDLK_DOWN, KEY_NEXT},
        {SDLK_RIGHT, KEY_NEXT},
        {SDLK_UP, KEY_PREVIOUS},
        {SDLK_LEFT, KEY_PREVIOUS},
        {SDLK_SELECT, KEY_SELECT},
        {SDLK_F1, KEY_HELP},
        {SDLK_HELP, KEY_HELP},
        {SDLK_F2, KEY_VOICE},
    };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (keys[i].code != event->keysym.sym)
            continue;
        struct msg msg = {.kind = MSG_KEY, .key = keys[i].key};
        if (event->keysym.sym == SDLK_TAB && (event->keysym.mod & KMOD_SHIFT))
            msg.key = KEY_PREVIOUS;
        emit(context, &msg);
    }
}

static int stand_in(void *context, SDL_Event *event)
{
    struct input *input = context;
    if (event->type != SDL_FINGERDOWN && event->type != SDL_FINGERUP &&
        event->type != SDL_FINGERMOTION)
        return 1;
    if (input->came - input->taken == INPUT_WAITING_MAX)
        return 0;
    input->waiting[input->came++ % INPUT_WAITING_MAX] = event->tfinger;
    explicit_bzero(event, sizeof *event);
    event->type = input->stand_in;
    return 1;
}

void input_keep_touches(struct input *input)
{
    input->stand_in = SDL_RegisterEvents(1);
    SDL_SetEventFilter(stand_in, input);
}

static void take_waiting(struct input *input, int64_t now_ms, input_emit *emit, void *context)
{
    if (input->taken == input->came)
        return;
    SDL_TouchFingerEvent *touch = &input->waiting[input->taken++ % INPUT_WAITING_MAX];
    finger_event(input, touch, now_ms, emit, context);
    explicit_bzero(touch, sizeof *touch);
}

void input_event(struct input *input, const SDL_Event *event, int64_t now_ms, input_emit *emit,
                 void *context)
{
    if (input->stand_in != 0 && event->type == input->stand_in)
        take_waiting(input, now_ms, emit, context);
    else if (event->type == SDL_FINGERDOWN || event->type == SDL_FINGERUP ||
             event->type == SDL_FINGERMOTION)
        finger_event(input, &event->tfinger, now_ms, emit, context);
    else if (event->type == SDL_MOUSEBUTTONDOWN || event->type == SDL_MOUSEBUTTONUP ||
             event->type == SDL_MOUSEMOTION)
        mouse_event(input, event, now_ms, emit, context);
    else if (event->type == SDL_TEXTINPUT)
        text_event(&event->text, emit, context);
    else if (event->type == SDL_KEYDOWN)
        key_event(&event->key, emit, context);
}

static bool finger_there(const struct input *input)
{
    if (input->pointer != POINTER_FINGER)
        return true;
    int count = SDL_GetNumTouchFingers(input->first.device);
    for (int i = 0; i < count; i++) {
        const SDL_Finger *finger = SDL_GetTouchFinger(input->first.device, i);
        if (finger != NULL && finger->id == input->first.finger)
            return true;
    }
    return false;
}

void input_check(struct input *input, int64_t now_ms, input_emit *emit, void *context)
{
    // SDL forgets a finger when it queues the release: one that waits isn't lost.
    bool waits = input->came != input->taken || SDL_HasEvents(SDL_FINGERDOWN, SDL_FINGERMOTION);
    bool lost = !finger_there(input) && !waits;
    if (input->pointer != POINTER_NONE && (lost || now_ms - input->down_ms >= INPUT_STUCK_MS))
        input_drop(input, emit, context);
}
