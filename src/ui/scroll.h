// A list that moves with the finger, keeps going when it is let go, and gives a little at its ends
// (DESIGN.md section 5: 1:1, inertial, rubber band). Pure: time comes with each call.
//
// Let go, it slows down like a phone's list: velocity falls to 1/e in SCROLL_FRICTION_MS. Beyond
// an end a critically damped spring brings it back. Both are closed formulas, so where the list
// stands depends on the time alone and not on how often it was looked at.
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum {
    SCROLL_RUBBER_PX = 120,   // never further beyond an end
    SCROLL_FRICTION_MS = 325, // 3 px/ms go on for 975 px
    SCROLL_SAMPLES_MAX = 16,  // SCROLL_LOOK_MS of a 125 Hz panel, and some
    SCROLL_LOOK_MS = 100,     // a throw is what the finger did in this time
    SCROLL_REST_MS = 40,      // without news of the finger it rests (as Android has it)
    SCROLL_CARRY_MS = 300,    // a throw within this time after a catch adds to the one caught
    SCROLL_SHOWN_MS = 600,    // where it stands is shown while it moves, and so long after
};

// Where the finger was. Along the list, whichever way that runs on the screen.
struct scroll_sample {
    int64_t ms;
    int y;
};

// Zeroed is at the top and at rest.
struct scroll {
    float position_px;  // >= 0 further down; beyond 0..limit while rubber
    float velocity;     // px per ms
    float limit_px;     // content beyond the viewport
    int64_t moved_ms;   // when position was computed
    int64_t stirred_ms; // when it last moved; 0: never
    bool dragging;      // a finger is on it
    bool gripped;       // and leads it
    int grip_y;         // where the finger took hold
    float grip_px;      // the place it took, as if ends didn't give less than the finger
    float carried;      // velocity when it was caught
    int64_t caught_ms;
    struct scroll_sample samples[SCROLL_SAMPLES_MAX]; // the newest last
    uint32_t sample_count;
};

void scroll_set_limit(struct scroll *scroll, int limit_px);
// A new limit that also holds for a list at rest.
void scroll_clamp(struct scroll *scroll, int limit_px);
// A finger came down: stops the list. It is noted what the finger does, nothing moves yet.
void scroll_drag_start(struct scroll *scroll, int y, int64_t now_ms);
// The finger drags: from here on the list follows.
void scroll_drag_grip(struct scroll *scroll, int y);
void scroll_drag_move(struct scroll *scroll, int y, int64_t now_ms);
// Lets go; a list that was never gripped stays where it is.
void scroll_drag_end(struct scroll *scroll, int64_t now_ms);
// Lets go without a throw: the finger was none, or was meant for something else.
void scroll_drag_cancel(struct scroll *scroll, int64_t now_ms);
// By a tap or a key: it stands there at once.
void scroll_jump(struct scroll *scroll, float position_px, int64_t now_ms);
// Moves on to now_ms. Returns true while it is still moving by itself.
bool scroll_advance(struct scroll *scroll, int64_t now_ms);
bool scroll_moving(const struct scroll *scroll);
// It moves so that a touch can only mean to stop it.
bool scroll_fast(const struct scroll *scroll);
// Until when it is shown where the list stands: in the past, or INT64_MAX while it moves.
int64_t scroll_shown_until_ms(const struct scroll *scroll);
int scroll_offset(const struct scroll *scroll); // whole pixels
