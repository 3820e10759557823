// The voice: the one door to speech-dispatcher (libspeechd).
//
// A thread of its own talks to the server, since its answers may come late: the loop never waits.
// At most one order waits, the latest wins. Without a server it is tried again every few seconds.
// Starting one (config speech.spawn) is off under service units, where the kiosk executes nothing:
// there the server has a unit of its own. Texts are cleared once they are handed over.
#pragma once

#include "config/config.h"
#include "message/effect.h"

#include <stdbool.h>

enum { SPEECH_END_S = 1 };

struct speech_door;

// `wake` is called on the door's thread when speech_take has news. NULL when the configuration
// has speech off. The configuration must outlive it.
struct speech_door *speech_create(const struct config *config, void (*wake)(void));
// Waits for the thread SPEECH_END_S at most. Takes NULL, as all below.
void speech_destroy(struct speech_door *door);

// Says this instead of what is being said.
void speech_say(struct speech_door *door, const struct speech_order *order);
void speech_hush(struct speech_door *door);
// Whether there is a server, once after each change; false: no news.
bool speech_take(struct speech_door *door, bool *ret_speaks);
