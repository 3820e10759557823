// What is said of a thing and of a screen that opens: name, value or state, role, hint (DESIGN.md
// section 10, Voice), each piece as it is spoken (wording/spoken.h).
//
// Nothing private is among it before the visitor told of headphones: of a private text that is
// hushed or has a digit only that the data is on the screen, of a pad's key only that it is one.
// Addresses of codes never are; a short code is told letter by letter. Pure; a private text's
// pieces are cleared.
#pragma once

#include "base/text.h"
#include "kiosk/kiosk.h"

#include <stdbool.h>
#include <stdint.h>

// What is said of a thing of this frame; `touched` adds what a second touch does.
void speech_of(const struct kiosk *kiosk, const struct frame *frame, const struct thing *thing,
               bool touched, struct text *ret_text);
// What is said when the present screen, sheet or question opens.
void speech_opening(const struct kiosk *kiosk, const struct frame *frame, struct text *ret_text);

// Pieces of it, each a sentence of its own.
void speech_add_word(const struct kiosk *kiosk, enum word word, struct text *out);
void speech_add_count(const struct kiosk *kiosk, enum word word, int64_t n, struct text *out);
// {time} is what is left until then.
void speech_add_time(const struct kiosk *kiosk, enum word word, int64_t ends_ms, struct text *out);
void speech_add_query(const struct kiosk *kiosk, struct text *out);
void speech_add_found(const struct kiosk *kiosk, struct text *out);
