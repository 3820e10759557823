// What each frame that changed pixels cost, as a text file for the benches.
//
// `navigator-kiosk --frames-file PATH`; without the option no clock is read. A line a frame:
//
//   BEGUN_US WALL_US PROCESSOR_US
//
// when its turn began (monotonic), and how long it took from there until the display server had
// it, on the wall and of the UI thread's processor time. Written when the kiosk ends. UI thread.
#pragma once

#include <stdint.h>
#include <stdio.h>

struct frames {
    FILE *file; // NULL: not wanted
    int64_t begun_us;
    int64_t processor_us;
};

void frames_open(struct frames *frames, const char *path); // NULL: not wanted; a failure is logged
void frames_close(struct frames *frames);
void frames_begin(struct frames *frames); // a turn begins
void frames_note(struct frames *frames);  // its frame was presented
