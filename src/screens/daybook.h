// What happened at the terminal, for staff: counts of today and the last events, kinds and times
// only.
//
// Lives in the machine's memory beside the visit, never in it: nothing tells one family from
// another, no text, no ids. Starts anew with the program; a new local day clears the counts.
#pragma once

#include "base/clock.h"

#include <stdint.h>

enum { DAYBOOK_EVENTS = 64 };

enum daybook_event_kind {
    DAYBOOK_STARTED,
    DAYBOOK_SYNCED, // a newer catalogue stands; value: programs in it
    DAYBOOK_LINK_LOST,
    DAYBOOK_LINK_BACK,
    DAYBOOK_STORAGE, // value: enum storage
    DAYBOOK_PRINTER, // value: enum printer_reason that came first
    DAYBOOK_PRINTER_FINE,
    DAYBOOK_PRINTED, // value: sheets
    DAYBOOK_PRINT_FAILED,
    DAYBOOK_PIN_WRONG,
    DAYBOOK_STAFF_CAME,
    DAYBOOK_SETTINGS,
    DAYBOOK_PIN_CHANGED,
    DAYBOOK_EVENT_KIND_COUNT
};

struct daybook_event {
    enum daybook_event_kind kind;
    int32_t value;
    int64_t wall_s;
};

struct daybook {
    int32_t day; // local, since 1970-01-01
    uint32_t visits;
    uint32_t touches;
    uint32_t codes; // QR codes shown
    uint32_t searches;
    uint32_t sheets;
    struct daybook_event events[DAYBOOK_EVENTS]; // a ring
    uint32_t event_count;                        // ever
};
