// Design pixels to device pixels (DESIGN.md section 4): one factor, edges snapped to whole pixels.
//
// Snapping edges instead of sizes keeps neighbours that touch in the design touching on screen.
#pragma once

#include "ui/geometry.h"

#include <math.h>

struct scale {
    double factor;
    int design_width; // at least 1080x1920 or 1920x1080, larger in one direction
    int design_height;
};

static inline struct scale scale_for(int device_width, int device_height)
{
    bool wide = device_width > device_height;
    double by_width = device_width / (wide ? 1920.0 : 1080.0);
    double by_height = device_height / (wide ? 1080.0 : 1920.0);
    double factor = by_width < by_height ? by_width : by_height;
    // A hair more than the quotient, so that 1920 / (1.5 * 1280 / 1920) isn't 1919.
    return (struct scale){factor, (int)(device_width / factor + 1e-6),
                          (int)(device_height / factor + 1e-6)};
}

static inline int scale_edge(struct scale scale, int design_px)
{
    return (int)floor(design_px * scale.factor + 0.5);
}

static inline struct rect scale_rect(struct scale scale, struct rect rect)
{
    int left = scale_edge(scale, rect.x);
    int top = scale_edge(scale, rect.y);
    return (struct rect){left, top, scale_edge(scale, rect.x + rect.w) - left,
                         scale_edge(scale, rect.y + rect.h) - top};
}

// A line's or edge's thickness: what is drawn at all is at least one pixel.
static inline int scale_thickness(struct scale scale, int design_px)
{
    int px = scale_edge(scale, design_px);
    return design_px > 0 && px < 1 ? 1 : px;
}
