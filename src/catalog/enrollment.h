// Whether a group can be joined, and what to say when not (DOMAIN.md, Codes; DESIGN.md, seat pill).
//
// Pure rules over one group and today's date. Unknown is never 0 and never free.
#pragma once

#include "catalog/record.h"

enum seats {
    SEATS_MANY,         // open, >= SEATS_FEW_MAX + 1 free: «11 мест»
    SEATS_FEW,          // open, 1..3 free: «3 места»
    SEATS_WAITING_LIST, // open, 0 free, has a list: «лист ожидания»
    SEATS_NONE,         // open, 0 free, no list: «мест нет»
    SEATS_UNKNOWN,      // open, number unknown or stale: «места уточните»
    SEATS_CLOSED,       // «запись закрыта»
    SEATS_NOT_STARTED,  // «запись с 25 августа»: from `opens_day`
    SEATS_ENDED,        // «занятия закончились»
    SEATS_NO_TIMETABLE, // «расписание уточните»
    SEATS_COUNT
};

enum { SEATS_FEW_MAX = 3, SEATS_STALE_S = 168 * 3600 };

struct seat_state {
    enum seats seats;
    int32_t places;    // only with SEATS_MANY and SEATS_FEW
    int32_t opens_day; // only with SEATS_NOT_STARTED
    int32_t shut_day;  // with SEATS_CLOSED: the last day of orders, 0 when none is named
    bool next_year;    // the orders meant, open or not begun, are for the next school year
};

// today: local days since 1970-01-01; now_s: unix seconds, decides staleness of places_known_at (of
// `modified` where the portal gave no such time). The first reason that holds is told: not begun,
// ended, closed, no timetable, then places. The portal's own "closed" outweighs an open window, but
// a window still to come outweighs it; an unsaid "enrollment" without windows counts as open.
// Where only the next year's orders are open, places are unknown: the number is this year's.
struct seat_state group_seats(const struct group *group, int32_t today, int64_t now_s);
// A family may start enrollment: places, a waiting list, or places to be asked.
bool seats_can_join(enum seats seats);
// Places, or places to be asked (unknown is never 0): «Есть места».
bool seats_may_be_free(enum seats seats);
