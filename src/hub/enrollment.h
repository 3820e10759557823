// Enrollment codes: «K7-42-X9», six characters that look alike in Latin and Cyrillic.
//
// Nobody tries them all: wrong ones are counted by where they come from, in the store, so for all
// of the hub's processes and through restarts. Whoever missed too often waits, with right codes as
// well: a hit is what guessing looks for. Scanned codes never miss, so a shared address hardly
// suffers.
#pragma once

#include "hub/store.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    ENROLLMENT_VALID_S = 30 * 24 * 3600,
    ENROLLMENT_MISSES_MAX = 30, // of one client in one window
    ENROLLMENT_WINDOW_S = 600,
};

void code_make(char ret_code[static STORE_CODE_BYTES]);
// As people type it: either case, either alphabet, with or without dashes. False when it is none.
bool code_clean(const char *typed, char ret_code[static STORE_CODE_BYTES]);
