// «Озвучка» of the visit: switched in the dock, its speed, volume and headphones on the help sheet.
//
// What is said, and when, is kiosk/speech.h's. All of it ends with the visit.
#pragma once

#include "screens/screen.h"

enum {
    VOICE_STEPS = 3,      // up and down from the middle
    VOICE_RATE_STEP = 25, // of 100, as speech-dispatcher counts (-100..100)
    VOICE_VOLUME_STEP = 20,
    VOICE_CONTROL_H = 96,
};

// A certificate's number or answer, a date or a PIN is on this screen: nothing of it is read aloud
// until the visitor says that nobody else can hear.
bool voice_is_private(const struct visit *visit);
// The row on the help sheet: that one wears headphones, where it matters, else speed and volume.
// Returns the height; four beside each other, or two where their words need it.
int voice_draw_controls(const struct scene *scene, struct rect box);
// Four beside each other have room in this width.
bool voice_fits(const struct scene *scene, int width);
// The dock's item and the row's buttons. false when it is none of them.
bool voice_act(struct turn *turn, const struct tap *tap);
