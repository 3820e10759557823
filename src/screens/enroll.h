// Enrollment on the family's phone (mockups 05, 05b): one QR code, three steps, a countdown.
//
// The link asks the navigator for a short link; when none comes in time the program's own page
// stands in the code. The countdown replaces the idle rules.
#pragma once

#include "screens/screen.h"

void enroll_open(struct turn *turn); // for the chosen group of the program screen
// One code for the whole selection, printed as soon as it is there when `prints`; where none can be
// had, the page of their own codes.
void enroll_open_selection(struct turn *turn, bool prints);
void enroll_view(const struct scene *scene);
void enroll_act(struct turn *turn, const struct tap *tap);
void enroll_answer(struct turn *turn, uint32_t request_id, const struct enrollment_answer *answer);
// Time went on, or the link was lost: gives up waiting, closes the screen.
void enroll_tick(struct turn *turn, bool link_lost);
