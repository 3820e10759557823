// How pages, sheets and toasts come in (DESIGN.md section 5): eased out, over in 280 ms; and where
// a list stands that moves.
//
// Works on the built frame: draws that come in together (enum mover) are displaced, targets stand
// at their final places at once, screens know nothing of it. A page comes 48 px from the right, one
// that was left before from the left; what lies edge to edge (patches, grounds) fills the strip
// that is bared beside it. A sheet rises from the dock over its scrim; a toast rises and sinks. A
// page that comes while another is still on its way starts beside it. With reduced motion
// (terminal.reduced_motion, high contrast, voice) all of it is cut.
//
// What closes is cut, and so are a released button and a switch: what lies below can be touched
// from the first frame on, so it is seen whole from the first frame on; and a sheet that holds
// something private is gone when it is shut.
//
// A list shows a thumb at its right edge while it moves and SCROLL_SHOWN_MS longer, and for a
// moment when it is opened: what is hidden isn't visibly cut at every edge. It goes at once: a
// fading one would be painted 36 times over all that it lies on. A row that scrolls sideways has
// none: its last item is cut.
#pragma once

#include "kiosk/kiosk.h"

#include <stdbool.h>

bool motion_reduced(const struct kiosk *kiosk);
// After each message: what was opened begins to come in.
void motion_settle(struct kiosk *kiosk);
// Over a frame just drawn, before «Ниже» rearranges it: where its moving lists stand.
void motion_draw_thumbs(const struct kiosk *kiosk, const struct pen *pen);
// Displaces what is on its way in a frame just drawn, and says when to look again.
void motion_apply(const struct kiosk *kiosk, struct frame *frame);
