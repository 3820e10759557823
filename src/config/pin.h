// The staff's PIN: six digits, kept as an Argon2id hash in a file of its own (`staff-pin`, mode
// 0600, in the data folder), with the count of wrong ones beside it (`staff-pin.tries`).
//
// A try is written down before it is compared, so that pulling the plug frees none; PIN_TRIES wrong
// ones lock for PIN_LOCK_S, each further round for twice as long up to PIN_LOCK_MAX_S (DESIGN.md,
// Staff). A lock is kept as the time that is left, so neither a restart nor a changed clock
// shortens it: after a restart it begins anew. One thread (a comparison takes about a tenth of a
// second and 64 MB for that long). A file that others may read is refused.
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum {
    PIN_DIGITS = 6,
    PIN_BYTES = PIN_DIGITS + 1,
    PIN_TRIES = 5,
    PIN_LOCK_S = 5 * 60,
    PIN_LOCK_MAX_S = 60 * 60,
};

enum pin_verdict {
    PIN_RIGHT,
    PIN_WRONG,
    PIN_LOCKED,
    PIN_UNSET,  // nobody gave one yet: `navigatorctl staff-pin`
    PIN_BROKEN, // its file can't be read, is readable by others, or isn't one
    PIN_VERDICT_COUNT
};

struct pin_answer {
    enum pin_verdict verdict;
    uint32_t tries_left; // before the next lock
    int32_t wait_s;      // while locked
};
