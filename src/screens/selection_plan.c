#include "screens/certificate.h"
#include "screens/selection_parts.h"
#include "wording/format.h"

#include <string.h>

static struct selection_item item_of(const struct visit *visit, const struct snapshot *catalog,
                                     const struct clock *clock, uint32_t place)
{
    struct selection_item item = {0};
    const char *id = visit->selection.kept[place].program_id;
    uint32_t program = catalog == NULL ? SNAPSHOT_NONE : snapshot_find_program(catalog, id);
    if (program == SNAPSHOT_NONE)
        return item;
    item.program = &catalog->programs[program];
    uint32_t group = snapshot_find_group(catalog, program, visit->selection.kept[place].group_id);
    if (group != SNAPSHOT_NONE)
        item.chosen = &catalog->groups[group];
    item.shown = item.chosen != NULL ? item.chosen : format_best_group(catalog, program, clock);
    return item;
}

static enum price_period period_of(const struct snapshot_group *group)
{
    if (group == NULL)
        return PRICE_PERIOD_UNKNOWN;
    return group->record.price_month_kopecks >= 0 ? PRICE_PERIOD_MONTH : group->record.price_period;
}

static void add_share(struct selection_plan *plan, struct selection_item *item,
                      struct certificate_rest *rest)
{
    const struct group *group = item->shown == NULL ? NULL : &item->shown->record;
    enum price_period period = period_of(item->shown);
    item->share = format_share(&item->program->record, group, rest);
    const struct share *share = &item->share;
    if (rest->known)
        share_spend(rest, share);
    if (share->kind == SHARE_COUNTED) {
        plan->counted += share->certificate_part;
        plan->by_hours += share->certificate_part == 0;
        return;
    }
    if (share->kind == SHARE_UNKNOWN || share->parents_kopecks < 0) {
        plan->unknown++;
        return;
    }
    plan->parents.kopecks[period] += share->parents_kopecks;
    plan->paid.kopecks[period] += share->certificate_part;
    if (share->kind == SHARE_CERTIFICATE)
        plan->may.kopecks[period] += share->parents_kopecks;
}

static bool hours_known(const struct snapshot_group *group)
{
    for (uint32_t i = 0; group != NULL && i < group->record.slot_count; i++)
        if (group->record.slots[i].from_min < 0 || group->record.slots[i].to_min < 0)
            return false;
    return group != NULL && group->record.slot_count > 0;
}

static void add_clash(struct selection_plan *plan, uint32_t first, uint32_t second)
{
    const struct snapshot_group *a = plan->items[first].chosen;
    const struct snapshot_group *b = plan->items[second].chosen;
    if (a == NULL || b == NULL)
        return;
    struct clash clash = group_clash(&a->record, &b->record);
    if (clash.kind == CLASH_NONE)
        return;
    plan->clash_count++;
    if (clash.kind == CLASH_OVERLAP)
        plan->items[first].clashes = plan->items[second].clashes = true;
    if (clash.kind <= plan->worst.kind)
        return;
    plan->worst = clash;
    plan->worst_pair[0] = first;
    plan->worst_pair[1] = second;
}

// Rather another group of the program that came later.
static void find_way_out(struct selection_plan *plan, const struct snapshot *catalog,
                         const struct clock *clock)
{
    const struct snapshot_group *chosen[VISIT_SELECTION_MAX];
    for (uint32_t i = 0; i < plan->count; i++)
        chosen[i] = plan->items[i].chosen;
    for (int i = 1; i >= 0 && plan->worst.kind == CLASH_OVERLAP && plan->way_out == NULL; i--) {
        plan->way_out_place = plan->worst_pair[i];
        plan->way_out = clash_way_out(catalog, chosen, plan->count, plan->way_out_place,
                                      clock_today(clock), clock->wall_s);
    }
}

void selection_plan(const struct visit *visit, const struct snapshot *catalog,
                    const struct clock *clock, struct selection_plan *ret_plan)
{
    struct selection_plan *plan = ret_plan;
    memset(plan, 0, sizeof *plan);
    plan->count = visit->selection.count;
    plan->rest = certificate_rest(visit);
    struct certificate_rest rest = plan->rest;
    plan->hours_known = true;
    for (uint32_t i = 0; i < plan->count; i++) {
        plan->items[i] = item_of(visit, catalog, clock, i);
        if (plan->items[i].program == NULL)
            continue;
        plan->alive++;
        plan->unchosen += plan->items[i].chosen == NULL && plan->items[i].program->group_count > 1;
        plan->hours_known &= hours_known(plan->items[i].chosen);
        add_share(plan, &plan->items[i], &rest);
    }
    plan->hours_known &= plan->alive > 1;
    for (uint32_t i = 0; i < plan->count; i++)
        for (uint32_t j = i + 1; j < plan->count; j++)
            add_clash(plan, i, j);
    find_way_out(plan, catalog, clock);
}
