#include "catalog/enrollment.h"

struct window {
    int32_t from; // or RECORD_DAY_UNKNOWN
    int32_t to;   // INT32_MAX when unknown
};

static struct window make_window(int32_t from, int32_t to)
{
    struct window window = {from, to == RECORD_DAY_UNKNOWN ? INT32_MAX : to};
    bool nonsense = from != RECORD_DAY_UNKNOWN && from > window.to;
    return nonsense ? (struct window){RECORD_DAY_UNKNOWN, INT32_MAX} : window;
}

static bool upcoming(struct window window, int32_t today)
{
    return window.from != RECORD_DAY_UNKNOWN && window.from > today;
}

static enum seats count_places(const struct group *group, int64_t now_s)
{
    int64_t known_at_s =
        group->places_known_at_s > 0 ? group->places_known_at_s : group->head.modified_s;
    bool stale = known_at_s <= 0 || now_s - known_at_s > SEATS_STALE_S;
    if (group->places_free < 0 || stale)
        return SEATS_UNKNOWN;
    if (group->places_free == 0)
        return group->waitlist_length >= 0 ? SEATS_WAITING_LIST : SEATS_NONE;
    return group->places_free <= SEATS_FEW_MAX ? SEATS_FEW : SEATS_MANY;
}

struct seat_state group_seats(const struct group *group, int32_t today, int64_t now_s)
{
    struct window this_year = make_window(group->order_from_day, group->order_to_day);
    struct window next_year = make_window(group->next_order_from_day, group->next_order_to_day);
    bool in_next =
        next_year.from != RECORD_DAY_UNKNOWN && next_year.from <= today && today <= next_year.to;
    bool ended = group->end_day != RECORD_DAY_UNKNOWN && group->end_day < today;

    if (!ended && upcoming(this_year, today) && !in_next)
        return (struct seat_state){.seats = SEATS_NOT_STARTED, .opens_day = this_year.from};
    bool in_this = !ended && today <= this_year.to && group->enrollment != TERNARY_NO;
    if (!in_this && upcoming(next_year, today))
        return (struct seat_state){
            .seats = SEATS_NOT_STARTED, .opens_day = next_year.from, .next_year = true};
    if (ended && !in_next)
        return (struct seat_state){.seats = SEATS_ENDED};
    if (group->enrollment == TERNARY_NO || (!in_this && !in_next))
        return (struct seat_state){.seats = SEATS_CLOSED,
                                   .shut_day = this_year.to < today ? this_year.to : 0};
    if (group->slot_count == 0)
        return (struct seat_state){.seats = SEATS_NO_TIMETABLE};
    if (!in_this)
        return (struct seat_state){.seats = SEATS_UNKNOWN, .next_year = true};

    struct seat_state state = {.seats = count_places(group, now_s)};
    if (state.seats == SEATS_MANY || state.seats == SEATS_FEW)
        state.places = group->places_free;
    return state;
}

bool seats_may_be_free(enum seats seats)
{
    return seats == SEATS_MANY || seats == SEATS_FEW || seats == SEATS_UNKNOWN;
}

bool seats_can_join(enum seats seats)
{
    switch (seats) {
    case SEATS_MANY:
    case SEATS_FEW:
    case SEATS_WAITING_LIST:
    case SEATS_UNKNOWN:
        return true;
    case SEATS_NONE:
    case SEATS_CLOSED:
    case SEATS_NOT_STARTED:
    case SEATS_ENDED:
    case SEATS_NO_TIMETABLE:
    case SEATS_COUNT:
        break;
    }
    return false;
}
