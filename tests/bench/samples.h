// Measured values and what of them is told. Fixed memory; beyond the limit values are left out.
#pragma once

#include <stddef.h>

enum { SAMPLES_MAX = 60000 };

struct samples {
    double values[SAMPLES_MAX];
    size_t count;
};

void samples_add(struct samples *samples, double value);
// The value that this part (0..1) of all doesn't exceed; 0 when there is none. Sorts.
double samples_at(struct samples *samples, double part);
