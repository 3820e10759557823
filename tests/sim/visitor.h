// A family before the terminal: what it touches, from one seed.
//
// It comes, walks about, searches words of the catalogue, types certificate numbers, leaves in the
// middle or ends the visit. Each touch lets the world go on; a power cut may end it all.
#pragma once

#include "tests/sim/random.h"
#include "tests/sim/terminal.h"

struct visitor {
    struct terminal *terminal;
    struct stage *stage; // the terminal's
    struct random random;
    struct {
        uint64_t visits;
        uint64_t taps;
        uint64_t numbers;
        uint64_t staff;   // right PINs
        uint64_t answers; // demanded of a tap, and given
    } count;
};

void visitor_init(struct visitor *visitor, struct terminal *terminal, uint64_t seed);
// One whole visit, and the minutes after it until home is fresh again.
void visitor_come(struct visitor *visitor);
