// The PIN of staff: asked before anything of theirs (mockup 12a), and changed here.
//
// Its digits are never seen, not even masked by themselves: six leaves fill up. They leave the
// visit with the sixth, inside the effect that the device clears.
#pragma once

#include "screens/screen.h"

enum { STAFF_PIN_LIMIT_MS = 10 * 1000 }; // then nobody waits for an answer any more

// Asks for the PIN, on top of what the visitor has begun.
void staff_pin_open(struct turn *turn);
// An answer of the device has come and stands in turn->pin. true: it was the right PIN, and what
// stood there is to be cleared before staff_open.
bool staff_pin_answer(struct turn *turn);
void staff_pin_tick(struct turn *turn);
void staff_pin_view(const struct scene *scene);
void staff_pin_act(struct turn *turn, const struct tap *tap);
void staff_new_pin_open(struct turn *turn);
void staff_new_pin_view(const struct scene *scene);
void staff_new_pin_act(struct turn *turn, const struct tap *tap);
