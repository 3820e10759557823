// Fingers, mouse and keyboard from SDL as messages in design pixels.
//
// One finger: the first. Others are ignored while it is down and never take its place when it
// lifts (DESIGN.md section 4). But a hand or a sleeve that leans on the glass must not lock others
// out: a contact that came at the very edge, or that hasn't stirred for INPUT_LEAN_MS, gives way to
// a finger that comes later. A palm cancels: INPUT_PALM_CONTACTS that came within INPUT_PALM_MS and
// are all down; what comes within INPUT_PALM_REST_MS after it is of the same hand. How wide a
// contact is SDL 2.26 doesn't tell.
//
// A touch is also cancelled when its finger vanished with its device (SDL 2.26 says nothing then, X
// lifts the finger as if by itself: input_ask_for_device),
// when the window lost the focus, and after INPUT_STUCK_MS. The mouse of a developer's window acts
// as a finger. Synthetic events are switched off by hints (window.c).
//
// Where keys were touched is what was typed. So SDL's queue, which is reused and never cleared, and
// its memory of gestures hold an empty event for each touch only; the touch itself waits here, in
// the caller's guarded memory, and is cleared once taken. UI thread.
#pragma once

#include "device/mounting.h"
#include "device/scale.h"
#include "message/msg.h"

#include <SDL.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    INPUT_STUCK_MS = 60 * 1000,
    INPUT_CHECK_MS = 500, // how often a finger on the glass is checked
    INPUT_EDGE_PX = 12,   // design pixels, 3 mm at 21.5": no target's middle is there
    INPUT_STILL_PX = 24,  // design pixels; a resting finger trembles less
    INPUT_LEAN_MS = 3000, // longer than any press but the staff's and an eraser's
    INPUT_PALM_CONTACTS = 3,
    INPUT_PALM_MS = 60,
    INPUT_PALM_REST_MS = 500,
    INPUT_WAITING_MAX = 256, // touches; more are dropped, and a finger so lost is noticed
};

enum pointer { POINTER_NONE, POINTER_FINGER, POINTER_MOUSE };

typedef bool input_device_there(void *context, SDL_TouchID device);

struct contact {
    bool down;
    SDL_TouchID device;
    SDL_FingerID finger;
    int64_t down_ms;
};

struct input {
    struct scale scale;
    struct mounting mounting;
    enum pointer pointer;
    struct contact first;                         // while the pointer is a finger
    struct contact contacts[INPUT_PALM_CONTACTS]; // the last that came, in a ring
    uint32_t contact_count;
    int64_t down_ms;  // of the pointer
    int64_t still_ms; // since when it hasn't stirred
    int still_x;      // and where, design pixels
    int still_y;
    input_device_there *device_there; // NULL: not asked
    void *device_context;
    bool at_edge; // where it came, and still is
    int64_t palm_until_ms;
    Uint32 stand_in; // the type of the empty events; 0: touches come as they are
    SDL_TouchFingerEvent waiting[INPUT_WAITING_MAX]; // in the order of their stand-ins
    uint32_t came;
    uint32_t taken;
};

typedef void input_emit(void *context, struct msg *msg);

void input_init(struct input *input, struct scale scale, const struct mounting *mounting);
// Asked whenever the finger lifts: from a device that is gone it wasn't lifted.
void input_ask_for_device(struct input *input, input_device_there *there, void *context);
// Keeps touches out of SDL's queue from here on, until the end of SDL.
void input_keep_touches(struct input *input);
void input_event(struct input *input, const SDL_Event *event, int64_t now_ms, input_emit *emit,
                 void *context);
// The window lost the focus: a touch under way means nothing any more.
void input_drop(struct input *input, input_emit *emit, void *context);
// While a finger is down: cancels it when it is gone or stuck.
void input_check(struct input *input, int64_t now_ms, input_emit *emit, void *context);
