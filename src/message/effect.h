// All that the kiosk may ask of the world: one enum. The device starts effects after each turn.
#pragma once

#include "base/check.h"
#include "message/msg.h"

#include <stdint.h>
#include <string.h>

enum effect_kind {
    EFFECT_LINK_REQUEST,    // to navigator-link; when it can't be sent, MSG_LINK_LOST answers
    EFFECT_RELEASE_CATALOG, // nothing refers to it any more once the next frame is shown
    EFFECT_LOAD_CATALOG,    // serial N is in the store: the loader thread reads it
    EFFECT_KEEP_TRIES,      // over a restart
    EFFECT_WIPE,            // a visit ended: drop caches of private text, repaint at once
    EFFECT_KIND_COUNT
};

struct effect {
    enum effect_kind kind;
    union {
        struct link_request request;
        struct loaded_catalog catalog;
        uint64_t serial;
        struct tries_left tries;
    };
};

enum { EFFECTS_MAX = 8 };

// What one turn asked for. May carry a certificate number: the device clears it after the turn.
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
