// A list that moves with the finger, keeps going when it is let go, and gives a little at its ends
// (DESIGN.md section 5: 1:1, inertial, rubber band). Pure: time comes with each call.
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { SCROLL_RUBBER_PX = 120 };

// Zeroed is at the top and at rest.
struct scroll {
    float position_px; // >= 0 further down; beyond 0..limit while rubber
    float velocity;    // px per ms
    float limit_px;    // content beyond the viewport
    int64_t moved_ms;  // when position was computed
    int drag_y;
    bool dragging;
};

void scroll_set_limit(struct scroll *scroll, int limit_px);
// A new limit that also holds for a list at rest.
void scroll_clamp(struct scroll *scroll, int limit_px);
void scroll_drag_start(struct scroll *scroll, int y, int64_t now_ms);
void scroll_drag_move(struct scroll *scroll, int y, int64_t now_ms);
void scroll_drag_end(struct scroll *scroll, int64_t now_ms);
// Moves on to now_ms. Returns true while it is still moving by itself.
bool scroll_advance(struct scroll *scroll, int64_t now_ms);
bool scroll_moving(const struct scroll *scroll);
int scroll_offset(const struct scroll *scroll); // whole pixels
