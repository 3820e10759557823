// «Ниже» (DESIGN.md section 4, mockup 02b): everything with the hands in the lowest part of the
// screen, for who sits in a wheelchair or is five.
//
// The screen itself stays as it is. Between what scrolls or stands high and what already lies low
// (keys, main actions, the dock) a remote control is inserted; what stands above it is looked at,
// panned by its height when the focus needs it, and pressed by the remote: ▲ and ▼ move the focus
// (kiosk/focus.h), «Открыть» presses it. A touch above the zone says where the buttons are. A frame
// whose targets all lie low has no remote.
#pragma once

#include "kiosk/kiosk.h"

#include <stdbool.h>

// Rearranges a frame just drawn, before the focus ring.
void low_apply(const struct kiosk *kiosk, const struct scene *scene);
// A touch of the remote, or above the zone; false: neither.
bool low_act(struct kiosk *kiosk, unsigned action, uint32_t value, struct effects *effects);
bool low_beyond(const struct kiosk *kiosk, int y); // out of reach
void low_hint(struct kiosk *kiosk);
