// Each turn of a stage (tests/support/stage.h), painted as the device does it.
//
// Linked with --wrap for kiosk_init, kiosk_step and kiosk_view, so that whatever drives a stage --
// a bench, the scenarios' runner -- drives the production painter too, onto one canvas in memory.
// A kiosk that is initialized anew begins with a new painter, as after a start. One thread.
#pragma once

#include "device/painter.h"
#include "message/msg.h"

#include <stdbool.h>

struct painted {
    enum msg_kind cause; // of the turn
    const char *screen;
    bool landscape;
    bool changed;   // something was painted
    double work_ms; // the thread's processor time: step, view, damage, paint
};

// Called after each frame. NULL at first: nobody listens.
extern void (*painted_listen)(const struct painted *painted);
struct painter_memory painted_memory(void);
