// What a frame must keep, in whatever language, size and data (DESIGN.md section 4, Done-when of
// the layout): no words lost, none across an edge or over others, targets that a finger meets.
//
// Each fault is told to the caller; a frame without faults tells nothing. Boxes are design pixels.
#pragma once

#include "ui/frame.h"

#include <stdbool.h>

enum fault {
    FAULT_DROPPED,  // draws or targets beyond a limit
    FAULT_CUT,      // own words end with «…»
    FAULT_CLIPPED,  // text beyond its clip or the screen
    FAULT_OUTSIDE,  // text across the edge of the block it stands on
    FAULT_OVERLAP,  // text over text
    FAULT_COVERED,  // a block over part of a text
    FAULT_SMALL,    // a target under its least size
    FAULT_NEAR,     // two targets too near, or one partly over another
    FAULT_STRADDLE, // text that leaves the target it stands in
    FAULT_CONTRAST, // text too near its ground in colour (pixels.h)
    FAULT_COUNT
};
const char *fault_name(enum fault fault);

struct layout {
    const struct frame *frame;
    const struct theme *theme;
    // Text that a region wrote (catalogue, configuration, guide) may be cut; own words may not.
    bool (*is_data)(const char *text, size_t length);
    void (*tell)(void *context, enum fault fault, struct rect where, const char *what);
    void *context;
};

void layout_check(const struct layout *layout);
// Where the letters of a run stand: its line without the leading.
struct rect layout_ink(const struct layout *layout, const struct draw *draw);
// Something opaque drawn later hides all of it.
bool layout_hidden(const struct layout *layout, uint32_t draw);
