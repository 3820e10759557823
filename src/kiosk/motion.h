// How pages, sheets and toasts come in (DESIGN.md section 5): eased out, over in 280 ms.
//
// Works on the built frame: draws that come in together (enum mover) are displaced, targets stand
// at their final places at once, screens know nothing of it. A page comes 48 px from the right, one
// that was left before from the left; a sheet rises from the dock over its scrim; a toast rises and
// sinks. What closes is cut. A page that comes while another is still on its way starts beside it.
// With reduced motion (terminal.reduced_motion, high contrast) all of it is cut.
#pragma once

#include "kiosk/kiosk.h"

#include <stdbool.h>

enum { MOTION_FRAME_MS = 16 };

bool motion_reduced(const struct kiosk *kiosk);
// After each message: what was opened begins to come in.
void motion_settle(struct kiosk *kiosk);
// Displaces what is on its way in a frame just drawn, and says when to look again.
void motion_apply(const struct kiosk *kiosk, struct frame *frame);
