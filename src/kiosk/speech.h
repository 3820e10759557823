// «Озвучка»: what is said aloud, and the finger that looks for it (DESIGN.md section 10, Voice;
// EN 301 549 5.1).
//
// While visit.voice: the first touch says what is under the finger, sliding says what it comes to,
// the second touch on the same thing within 5 s is an ordinary one. Keys say what the focus comes
// to. A new screen, a sheet, a toast, a count after typing and the last seconds are said by
// themselves. Every key and touch stops what is being said. Nothing private is said before the
// visitor told of headphones: of numbers, dates, sums and what a child attends only that they are
// on the screen.
// Pure; one EFFECT_SPEAK or EFFECT_HUSH a turn, whose text the device wipes.
#pragma once

#include "kiosk/kiosk.h"

#include <stdbool.h>
#include <stdint.h>

// A touch while voice is on. true: the finger explores, and nothing else may see it.
bool speech_touch(struct kiosk *kiosk, const struct msg *msg);
// After each message, after the focus.
void speech_settle(struct kiosk *kiosk, const struct msg *msg, struct effects *effects);
// When something is to be said by itself, or FRAME_NO_WAKE.
int64_t speech_wake_ms(const struct kiosk *kiosk);
