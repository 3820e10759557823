// What happened at the terminal, for staff: counts of today and the last events, kinds and times
// only.
//
// Lives in the machine's memory beside the visit, never in it: nothing tells one family from
// another, no text, no ids. Starts anew with the program; a new local day clears the counts.
#pragma once

#include "base/clock.h"
#include "catalog/snapshot.h"
#include "message/print.h"
#include "message/request.h"

#include <stdint.h>

enum { DAYBOOK_EVENTS = 64 };

enum daybook_event_kind {
    DAYBOOK_STARTED,
    DAYBOOK_SYNCED, // a newer catalogue stands; value: programs in it
    DAYBOOK_LINK_LOST,
    DAYBOOK_LINK_BACK, // after it was lost
    DAYBOOK_STORAGE,   // value: enum storage
    DAYBOOK_PRINTER,   // value: enum printer_reason that came first
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
    uint32_t changed; // programs by which the newest catalogue differs from the one before
    bool link_lost;
    struct daybook_event events[DAYBOOK_EVENTS]; // a ring
    uint32_t event_count;                        // ever
};

// The machine's first word after its start; later ones begin a new day when it is there.
void daybook_wake(struct daybook *book, const struct clock *clock);
void daybook_add(struct daybook *book, enum daybook_event_kind kind, int32_t value,
                 const struct clock *clock);
// How many of the last events are kept, and one of them: 0 is the newest.
uint32_t daybook_kept(const struct daybook *book);
const struct daybook_event *daybook_event(const struct daybook *book, uint32_t place);

// What changed, in the words of those who report it. `before` may be NULL: the first catalogue.
void daybook_see_catalog(struct daybook *book, const struct snapshot *before,
                         const struct snapshot *after, const struct clock *clock);
void daybook_see_link(struct daybook *book, const struct link_state *before,
                      const struct link_state *after, const struct clock *clock);
void daybook_see_printing(struct daybook *book, const struct print_state *before,
                          const struct print_state *after, const struct clock *clock);
