// The facts of a terminal's readiness, gathered without its kiosk: for `navigatorctl doctor`.
//
// The navigator and the printers are asked side by side, each with a limit of its own, so that all
// of it takes at most DOCTOR_LIMIT_MS. Nothing is written but what the navigator is asked with the
// token: an empty batch of events, which keeps nothing.
#pragma once

#include "config/config.h"
#include "ready/ready.h"

enum { DOCTOR_LIMIT_MS = 10000, DOCTOR_NETWORK_MS = 4500 };

void doctor_look(const struct config *config, const char *assets_dir,
                 struct ready_facts *ret_facts);
