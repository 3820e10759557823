// Fingers, mouse and keyboard from SDL as messages in design pixels.
//
// One finger: a second one cancels the touch, and so does a finger that vanished with its device
// (SDL 2.26 says nothing then) or has stayed down longer than INPUT_STUCK_MS. The mouse of a
// developer's window acts as a finger. Synthetic events are switched off by hints (window.c).
//
// Where keys were touched is what was typed. So SDL's queue, which is reused and never cleared, and
// its memory of gestures hold an empty event for each touch only; the touch itself waits here, in
// the caller's guarded memory, and is cleared once taken. UI thread.
#pragma once

#include "device/scale.h"
#include "message/msg.h"

#include <SDL.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    INPUT_STUCK_MS = 60 * 1000,
    INPUT_CHECK_MS = 500,    // how often a finger on the glass is checked
    INPUT_WAITING_MAX = 256, // touches; more are dropped, and a finger so lost is noticed
};

enum pointer { POINTER_NONE, POINTER_FINGER, POINTER_MOUSE };

struct input {
    struct scale scale;
    int width; // device pixels, for SDL's fractions
    int height;
    enum pointer pointer;
    SDL_TouchID device;
    SDL_FingerID finger;
    int64_t down_ms;
    Uint32 stand_in; // the type of the empty events; 0: touches come as they are
    SDL_TouchFingerEvent waiting[INPUT_WAITING_MAX]; // in the order of their stand-ins
    uint32_t came;
    uint32_t taken;
};

typedef void input_emit(void *context, struct msg *msg);

void input_init(struct input *input, struct scale scale, int width, int height);
// Keeps touches out of SDL's queue from here on, until the end of SDL.
void input_keep_touches(struct input *input);
void input_event(struct input *input, const SDL_Event *event, int64_t now_ms, input_emit *emit,
                 void *context);
// While a finger is down: cancels it when it is gone or stuck.
void input_check(struct input *input, int64_t now_ms, input_emit *emit, void *context);
