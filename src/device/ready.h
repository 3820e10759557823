// What the device finds out for the readiness check (ready/ready.h): the part that needs no
// network and that the machine can't know. A few milliseconds.
#pragma once

#include "config/config.h"
#include "ready/ready.h"

// Worker's thread. programs_missing: bits READY_NO_LINK and READY_NO_PRINT.
void ready_look(const struct config *config, const char *assets_dir, unsigned programs_missing,
                struct ready_facts *ret_facts);
// UI thread: the screen's true pixels, and touch devices that only SDL knows of.
void ready_add_window(struct ready_facts *facts, int width, int height);
