// Enrollment codes: «K7-42-X9», six characters that look alike in Latin and Cyrillic.
#pragma once

#include "hub/store.h"

#include <stdbool.h>
#include <stdint.h>

enum { ENROLLMENT_VALID_S = 30 * 24 * 3600 };

void code_make(char ret_code[static STORE_CODE_BYTES]);
// As people type it: either case, either alphabet, with or without dashes. False when it is none.
bool code_clean(const char *typed, char ret_code[static STORE_CODE_BYTES]);
