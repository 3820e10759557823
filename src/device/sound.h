// The test tone of the readiness check: the kiosk makes no other sound yet.
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { SOUND_TONE_MS = 900, SOUND_LIMIT_MS = 2500 };

// The kernel knows a device that plays.
bool sound_there(void);
// Plays two notes and returns when they are over; nothing where there is no device (whoever listens
// says so). Worker's thread, which waits that long.
void sound_tone(uint32_t volume_percent);
