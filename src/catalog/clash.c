#include "catalog/clash.h"

#include "catalog/enrollment.h"

#include <string.h>

// The first minute after the lesson.
static int end_of(const struct slot *slot)
{
    return slot->to_min > slot->from_min ? slot->to_min : slot->from_min + 1;
}

static bool same_day(const struct slot *a, const struct slot *b)
{
    bool apart = a->parity != WEEK_EVERY && b->parity != WEEK_EVERY && a->parity != b->parity;
    return a->weekday == b->weekday && !apart && a->from_min >= 0 && b->from_min >= 0;
}

static const char *address_of(const struct group *group, const struct slot *slot)
{
    return slot->address_id[0] != '\0' ? slot->address_id : group->address_id;
}

static bool between_addresses(const char *from, const char *to)
{
    return from[0] != '\0' && to[0] != '\0' && strcmp(from, to) != 0;
}

static struct clash slot_clash(const struct group *a, const struct slot *x, const struct group *b,
                               const struct slot *y)
{
    struct clash clash = {.weekday = x->weekday};
    if (!same_day(x, y))
        return (struct clash){0};
    if (x->from_min < end_of(y) && y->from_min < end_of(x)) {
        clash.kind = CLASH_OVERLAP;
        return clash;
    }
    const struct slot *first = x->from_min < y->from_min ? x : y;
    const struct slot *second = first == x ? y : x;
    int gap_min = second->from_min - first->to_min;
    if (first->to_min <= first->from_min || gap_min >= CLASH_TRAVEL_MIN ||
        !between_addresses(address_of(a, x), address_of(b, y)))
        return (struct clash){0};
    clash.kind = CLASH_TRAVEL;
    clash.gap_min = (int16_t)gap_min;
    return clash;
}

static bool worse(const struct clash *clash, const struct clash *than)
{
    if (clash->kind != than->kind)
        return clash->kind > than->kind;
    if (clash->weekday != than->weekday)
        return clash->weekday < than->weekday;
    return clash->gap_min < than->gap_min;
}

static bool ends_before(const struct group *a, const struct group *b)
{
    return a->end_day != RECORD_DAY_UNKNOWN && b->start_day != RECORD_DAY_UNKNOWN &&
           a->end_day < b->start_day;
}

struct clash group_clash(const struct group *a, const struct group *b)
{
    struct clash worst = {0};
    if (ends_before(a, b) || ends_before(b, a))
        return worst;
    for (uint32_t i = 0; i < a->slot_count; i++)
        for (uint32_t j = 0; j < b->slot_count; j++) {
            struct clash clash = slot_clash(a, &a->slots[i], b, &b->slots[j]);
            if (clash.kind != CLASH_NONE && worse(&clash, &worst))
                worst = clash;
        }
    return worst;
}

// The worst with any other chosen group.
static enum clash_kind kind_among(const struct snapshot_group *group,
                                  const struct snapshot_group *const *chosen, uint32_t count,
                                  uint32_t place)
{
    enum clash_kind worst = CLASH_NONE;
    for (uint32_t i = 0; i < count; i++) {
        if (i == place || chosen[i] == NULL)
            continue;
        struct clash clash = group_clash(&group->record, &chosen[i]->record);
        worst = clash.kind > worst ? clash.kind : worst;
    }
    return worst;
}

const struct snapshot_group *clash_way_out(const struct snapshot *catalog,
                                           const struct snapshot_group *const *chosen,
                                           uint32_t count, uint32_t place, int32_t today,
                                           int64_t now_s)
{
    if (chosen[place] == NULL)
        return NULL;
    const struct snapshot_program *program = &catalog->programs[chosen[place]->program];
    const struct snapshot_group *best = NULL;
    int best_rank = 0;
    for (uint32_t i = 0; i < program->group_count; i++) {
        const struct snapshot_group *group = &catalog->groups[program->group_first + i];
        enum seats seats = group_seats(&group->record, today, now_s).seats;
        enum clash_kind kind = kind_among(group, chosen, count, place);
        if (group == chosen[place] || !seats_can_join(seats) || kind == CLASH_OVERLAP)
            continue;
        int rank = 1 + (kind == CLASH_NONE) + 2 * (seats == SEATS_MANY || seats == SEATS_FEW);
        if (rank > best_rank) {
            best_rank = rank;
            best = group;
        }
    }
    return best;
}
