// What the process may not know by itself: chance and time come from the simulation.
#pragma once

#include "tests/sim/random.h"

#include <stdint.h>

// Before anything else of a run.
void determinism_start(uint64_t seed);
void determinism_time(int64_t now_ms, int64_t wall_s);
