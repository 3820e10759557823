// When the quilt calls (screens/attract.h): on a fresh home that nobody touched for 90 s.
//
// Outside the hours of the configuration the screen is dark instead, and a touch wakes it for one
// visit.
#pragma once

#include "kiosk/kiosk.h"

#include <stdbool.h>
#include <stdint.h>

// Nothing of a visitor is there: home as it stands for the next one.
bool attract_may_come(const struct visit *visit);
// When it will; FRAME_NO_WAKE when it may not, or is there.
int64_t attract_comes_ms(const struct kiosk *kiosk);
// A touch or a key opens home and means nothing else. True when this message did.
bool attract_leave(struct kiosk *kiosk, const struct msg *msg);
// The screen is dark now. *ret_until_ms: when it may not be any more.
bool attract_dark(const struct kiosk *kiosk, int64_t *ret_until_ms);
// After each other message.
void attract_tick(struct kiosk *kiosk);
