// Fingers, mouse and keyboard from SDL as messages in design pixels.
//
// One finger: a second one cancels the touch, and so does a finger that vanished with its device
// (SDL 2.26 says nothing then) or has stayed down longer than INPUT_STUCK_MS. The mouse of a
// developer's window acts as a finger. Synthetic events are switched off by hints (window.c).
#pragma once

#include "device/scale.h"
#include "message/msg.h"

#include <SDL.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    INPUT_STUCK_MS = 60 * 1000,
    INPUT_CHECK_MS = 500, // how often a finger on the glass is checked
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
};

typedef void input_emit(void *context, struct msg *msg);

void input_init(struct input *input, struct scale scale, int width, int height);
void input_event(struct input *input, const SDL_Event *event, int64_t now_ms, input_emit *emit,
                 void *context);
// While a finger is down: cancels it when it is gone or stuck.
void input_check(struct input *input, int64_t now_ms, input_emit *emit, void *context);
