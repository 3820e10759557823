// The pure machine: message in, effects and frame out. No clock, no I/O, no malloc, no SDL.
//
// One thread (the device's loop). All state lives in struct kiosk, allocated once by the caller;
// the visitor's part of it is one block (screens/visit.h) that kiosk_wipe clears. The catalogue is
// handed over by MSG_CATALOG_LOADED and given back by EFFECT_RELEASE_CATALOG.
#pragma once

#include "message/effect.h"
#include "message/msg.h"
#include "screens/screen.h"
#include "ui/frame.h"

struct kiosk;

size_t kiosk_size(void);
// Memory of kiosk_size() bytes, which the caller locks and keeps from core dumps, and frees after
// kiosk_finish. Design size: 1080x1920 or 1920x1080 (or larger in one direction).
struct kiosk *kiosk_init(void *memory, const struct kiosk_assets *assets, int width, int height);
// One message: changes the state and appends effects.
void kiosk_step(struct kiosk *kiosk, const struct msg *msg, struct effects *effects);
// Builds the frame of the present state. frame->epoch changes whenever what stands under a finger
// may have changed (screen, sheet, list, catalogue): a tap counts only if it ends on the epoch on
// which it began, and begins only on a frame that was shown.
void kiosk_view(const struct kiosk *kiosk, struct frame *ret_frame);
// Ends the visit and clears its block: also on the way out and in a crash handler
// (async-signal-safe).
void kiosk_wipe(struct kiosk *kiosk);

// For tests and the tour: the name of the visible screen ("home", "search", ...).
const char *kiosk_screen_name(const struct kiosk *kiosk);
