// What must hold after every step of the machine, whatever visitors and the world do.
//
// Checked on the frame that is on the screen; the first broken promise is described and counted,
// and the run ends. Nothing here knows who touched what.
#pragma once

#include "tests/sim/plants.h"
#include "tests/support/stage.h"

#include <stdbool.h>

enum {
    PROMISES_SECRETS_MAX = 8,
    PROMISES_SECRET_BYTES = 32,
    PROMISES_TARGET_MIN_PX = 88, // DESIGN.md section 4
    PROMISES_MOVES_MAX_MS = 300,
    PROMISES_KEY_MIN_PX = 74,
    PROMISES_KEY_LYING_MIN_PX = 56, // in landscape the keyboard shares the width with the list
};

struct promises {
    enum plant plant;
    char broken[512]; // the first one; "" none
    // What the present visitor typed: must be gone when the visit is.
    char secrets[PROMISES_SECRETS_MAX][PROMISES_SECRET_BYTES];
    unsigned secret_count;
    int64_t touched_ms; // last
    bool staff;         // this visit is theirs
    bool moving;        // the frame before
    int64_t moving_ms;  // since when
    const char *moving_screen;
    uint64_t wipes_seen;
    uint64_t done_seen; // sheets that came out before this visit
    uint64_t frames;
    size_t said_length; // of what was said until the frame before
    uint64_t spoken;    // frames, after which something was said
};

void promises_note_secret(struct promises *promises, const char *characters);
// Looks at the frame on the screen after the message `cause`.
void promises_check_frame(struct promises *promises, struct stage *stage, const struct msg *cause);
// The visit is over: the screen must equal a fresh kiosk's home and nothing may be remembered.
void promises_check_fresh(struct promises *promises, struct stage *stage);
