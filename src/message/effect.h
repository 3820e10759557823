// All that the kiosk may ask of the world: one enum. The device starts effects after each turn.
#pragma once

#include "base/check.h"
#include "config/pin.h"
#include "config/settings.h"
#include "message/msg.h"
#include "message/print.h"

#include <stdint.h>
#include <string.h>

enum effect_kind {
    EFFECT_LINK_REQUEST,    // to navigator-link; when it can't be sent, MSG_LINK_LOST answers
    EFFECT_RELEASE_CATALOG, // nothing refers to it any more once the next frame is shown
    EFFECT_LOAD_CATALOG,    // serial N is in the store: the loader thread reads it
    EFFECT_KEEP_TRIES,      // over a restart
    EFFECT_PRINT,           // to navigator-print; when it can't be sent, MSG_PRINT_LOST answers
    EFFECT_PIN,             // to compare or to set; MSG_PIN answers
    EFFECT_KEEP_SETTINGS,   // and apply what of them is the device's: volume, brightness
    EFFECT_LOOK_READY,      // MSG_READY answers
    EFFECT_TONE,            // plays one, for somebody who listens
    EFFECT_SPEAK,           // this, instead of what is being said
    EFFECT_HUSH,            // nothing more of what is being said
    EFFECT_LEAVE,           // staff left to service: the program ends with EXIT_SERVICE
    EFFECT_WIPE,            // a visit ended: drop caches of private text, repaint at once
    EFFECT_KIND_COUNT
};

enum pin_question_kind {
    PIN_LOOK, // only how things stand: the PIN may have been set by navigatorctl
    PIN_TRY,
    PIN_SET,
};

// EFFECT_PIN: private like a certificate number.
struct pin_question {
    enum pin_question_kind kind;
    uint32_t id; // the answer carries it back
    char digits[PIN_BYTES];
};

enum { SPEECH_TEXT_BYTES = 2048, SPEECH_LANGUAGE_BYTES = 8 };

// EFFECT_SPEAK: may be private. The device clears it once it is said.
struct speech_order {
    char text[SPEECH_TEXT_BYTES];
    char language[SPEECH_LANGUAGE_BYTES]; // "ru"
    int8_t rate;                          // -100..100, 0 as the synthesizer thinks best
    uint8_t volume_percent;
};

struct effect {
    enum effect_kind kind;
    union {
        struct link_request request;
        struct loaded_catalog catalog;
        uint64_t serial;
        struct tries_left tries;
        struct print_request print;
        struct pin_question pin;
        struct settings settings;
        struct speech_order speech;
        uint32_t volume_percent; // EFFECT_TONE
    };
};

enum { EFFECTS_MAX = 10 };

// What one turn asked for. May carry a certificate number or a PIN: the device clears it after the
// turn.
struct effects {
    struct effect items[EFFECTS_MAX];
    uint32_t count;
};

// A cleared effect of this kind, to be filled in. More than EFFECTS_MAX a turn is a mistake.
static inline struct effect *effects_add(struct effects *effects, enum effect_kind kind)
{
    CHECK(effects->count < EFFECTS_MAX);
    struct effect *effect = &effects->items[effects->count++];
    memset(effect, 0, sizeof *effect);
    effect->kind = kind;
    return effect;
}
