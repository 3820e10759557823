// A child's certificate: number (mockup 06), birth date (06b), and what is on it (07, 07a, 07b).
//
// Everything typed and answered lives in struct certificate_state of the visit and nowhere else.
#pragma once

#include "screens/screen.h"

void certificate_number_view(const struct scene *scene);
void certificate_number_act(struct turn *turn, const struct tap *tap);
void certificate_birth_view(const struct scene *scene);
void certificate_birth_act(struct turn *turn, const struct tap *tap);
void certificate_result_view(const struct scene *scene);
void certificate_result_act(struct turn *turn, const struct tap *tap);
// A digit or '\b' from a hardware keyboard, on either keypad screen.
void certificate_type(struct turn *turn, uint32_t character);
void certificate_submit(struct turn *turn);
void certificate_answer(struct turn *turn, uint32_t request_id,
                        const struct certificate_answer *answer);
// Time went on, or the link was lost: stops waiting for a silent navigator.
void certificate_tick(struct turn *turn, bool link_lost);
// How the region writes its numbers.
struct certificate_format certificate_format_of(const struct config *config);
// What the certificate checked in this visit can still pay (certificate/share.h): the answer's, or
// what is left of it in the search for its rest.
struct certificate_rest certificate_rest(const struct visit *visit);
// What is typed stands masked again.
void certificate_mask_typed(struct visit *visit);
// Forgets number, date and answer.
void certificate_clear(struct visit *visit);
