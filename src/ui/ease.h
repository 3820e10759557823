// How movements slow down: 1-(1-t)^3 for all of them (DESIGN.md section 5).
#pragma once

#include <math.h>
#include <stdint.h>

enum { EASE_FRAME_MS = 16 }; // what moves is looked at so often

// The way gone, 0..1, of a movement that began at since_ms and takes span_ms.
static inline float ease_out(int64_t since_ms, int64_t now_ms, int span_ms)
{
    int64_t gone_ms = now_ms - since_ms;
    if (gone_ms >= span_ms)
        return 1;
    float left = gone_ms > 0 ? 1 - (float)gone_ms / (float)span_ms : 1;
    return 1 - left * left * left;
}

// What is left of a distance when so much of the way is gone.
static inline int ease_left_px(int distance_px, float gone)
{
    return (int)lroundf((float)distance_px * (1 - gone));
}
