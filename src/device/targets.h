// Where things can be touched now, as a small text file: for a finger that tests drive.
//
// `navigator-kiosk --targets-file PATH` keeps it while it runs; without the option nothing is
// written. Replaced whole whenever the kiosk rests after something changed, in pixels of the
// window:
//
//   screen NAME epoch N frames N touches N
//   ROLE ACTION VALUE X Y W H STATE LABEL        one line a target
//
// `touches` counts the touches answered so far, so a driver knows when the next may come. Labels
// are words of the screen, never what a visitor typed or was told.
#pragma once

#include "device/mounting.h"
#include "device/scale.h"
#include "ui/frame.h"

#include <stdbool.h>

struct targets {
    const char *path; // NULL: not wanted
    unsigned long frames;
    unsigned long touches;
    bool changed; // since it was written
};

void targets_note_frame(struct targets *targets);
void targets_note_touch(struct targets *targets);
// A path that can't be written is logged once and given up.
void targets_write(struct targets *targets, const struct frame *frame, struct scale scale,
                   const struct mounting *mounting, const char *screen_name);
