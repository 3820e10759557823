// How ready a terminal is, judged from facts that others gathered: pure rules, one home.
//
// The kiosk gathers them for the staff's screen, `navigatorctl doctor` for a technician. A fact
// that could not be gathered says so, and its check is VERDICT_UNKNOWN.
#pragma once

#include "ready/check.h"

#include <stdbool.h>
#include <stdint.h>

// What only the machine itself can tell: gathered by the device (or by ctl), without a network.
struct ready_facts {
    uint32_t config_warnings;
    int64_t disk_free_bytes; // of the data folder; -1 unknown
};
