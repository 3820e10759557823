// The focus: what keys alone can reach (DESIGN.md section 10, Focus order).
//
// It walks over the things of the frame in reading order (screens/reading.h) and round. A sheet or
// a question traps it, since what lies under one isn't there; closing returns it. A new screen
// begins at its first thing. A place that scrolls goes on by about 60 % of what can be seen of it
// before the focus leaves it; where nothing new can be pressed there, the focus rests on the place
// itself. A touch hides the ring; the first key shows it where it was. Select is exactly a tap. All
// of it is in struct focus of the visit and ends with it.
#pragma once

#include "kiosk/kiosk.h"

#include <stdbool.h>
#include <stdint.h>

// One thing on (+1) or back (-1).
void focus_move(struct kiosk *kiosk, int by);
// Presses what it stands on, or shows it when the ring was hidden.
void focus_select(struct kiosk *kiosk, struct effects *effects);
void focus_hide(struct kiosk *kiosk);
// Where it stands: 0 <= index < count; count 0: nothing to stand on.
void focus_place(struct kiosk *kiosk, uint32_t *ret_index, uint32_t *ret_count);
// What it stands on in this frame of the kiosk; false when nothing.
bool focus_find(const struct kiosk *kiosk, const struct frame *frame, struct thing *ret_thing);

// The frame in reading order; with plain texts and codes when `texts`.
void focus_read(const struct kiosk *kiosk, const struct frame *frame, bool texts,
                struct reading *ret_reading);

// After each message: a new screen, a sheet that opened or closed.
void focus_settle(struct kiosk *kiosk);
// The ring, on top of a frame just drawn: 6 px white and 6 px cobalt around the thing (within it
// where it is a patch or at the screen's edge).
void focus_draw(const struct kiosk *kiosk, const struct pen *pen);
