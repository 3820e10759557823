// The one UI thread: all that happened becomes messages, then one view, one paint, one present.
//
// A turn drains SDL's events and the worker's news into kiosk_step, starts the effects, builds the
// frame once, paints what changed and tells the machine that it is shown. Then it sleeps until an
// event, news or the frame's wake time: an idle kiosk uses no CPU. What moves has its frames on a
// grid of 60 a second: how long one took, or how late it was, is not added to the next. The
// machine's clock is read only here, once a turn.
#pragma once

#include "device/damage.h"
#include "device/frames.h"
#include "device/input.h"
#include "device/journal.h"
#include "device/painter.h"
#include "device/speech.h"
#include "device/targets.h"
#include "device/window.h"
#include "device/worker.h"
#include "kiosk/kiosk.h"

enum {
    LOOP_EVENTS_MAX = 256,  // a turn; the rest waits for the next one
    LOOP_RELEASES_MAX = 16, // catalogues to give back after the next frame
    LOOP_FRAME_MS = 16,     // what asks to be woken within it waits for the next line of the grid
    LOOP_FRAMES_A_SECOND = 60,
    LOOP_LATE_MS = 100, // from what asked for a frame to its pixels; a touch's, on a slow processor
};

struct loop {
    // set by the caller, who owns them
    struct kiosk *kiosk;
    struct frame *frame;
    struct painter *painter;
    struct window *window;
    struct worker *worker;
    struct scale scale;
    struct mounting mounting;
    struct targets targets;
    struct frames frames;
    struct journal *journal;    // outside of what a crash clears
    struct speech_door *speech; // NULL: never speaks

    struct damage damage;
    struct input input;
    struct effects effects;
    struct msg news; // of the worker, being stepped
    struct loaded_catalog releases[LOOP_RELEASES_MAX];
    uint32_t release_count;
    struct loaded_catalog held; // by the machine; given back when the loop ends
    int64_t now_us;             // monotonic, when the turn began
    int64_t now_ms;             // the same
    int64_t due_us;             // the next frame; INT64_MAX none
    int64_t wall_s;
    int32_t utc_offset_s;
    bool stepped;    // the frame must be built again
    bool unanswered; // a request found no way out: MSG_LINK_LOST is due
    bool ended;
    bool left;     // by staff, to service
    bool closable; // a window's own way to close counts; a whole screen has none (Alt+F4)
    uint32_t shown_epoch;
    uint32_t ahead_done; // of the frame's pictures ahead
    enum light light;
    int first_frame_ms;   // since exec; 0 not yet
    unsigned late_frames; // since then; the supervisor is told the number
    bool search_ready;
};

// Posts an event that wakes the loop; any thread.
void loop_wake(void);
// Builds the first frame, before there is a window: kiosk, frame, painter and worker are set.
void loop_prepare(struct loop *loop);
// Until SIGTERM, SIGINT or the window's end; then the screen is painted over.
void loop_run(struct loop *loop);
