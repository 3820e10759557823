// What keys alone can do, tried from the state a scenario stands in, on copies of the machine.
#pragma once

#include "tests/support/stage.h"

// Every target of the frame is reached by KEY_NEXT alone, and select does what a tap on it does.
// Otherwise false and what was found.
bool reach_all(const struct stage *stage, struct text *ret_found);
// Everything of the frame that can be read, and what has opened, has something that is said of it.
bool speech_everywhere(const struct stage *stage, struct text *ret_found);
