#include "screens/selection.h"

#include "base/text.h"
#include "screens/enroll.h"
#include "screens/program.h"
#include "screens/search.h"
#include "screens/selection_parts.h"

#include <string.h>

static uint32_t find(const struct visit *visit, const char *program_id)
{
    const struct selection *selection = &visit->selection;
    uint32_t i = 0;
    while (i < selection->count && strcmp(selection->kept[i].program_id, program_id) != 0)
        i++;
    return i;
}

bool selection_holds(const struct visit *visit, const char *program_id)
{
    return find(visit, program_id) < visit->selection.count;
}

const char *selection_group(const struct visit *visit, const char *program_id)
{
    uint32_t at = find(visit, program_id);
    return at == visit->selection.count ? "" : visit->selection.kept[at].group_id;
}

void selection_choose(struct visit *visit, const char *program_id, const char *group_id)
{
    uint32_t at = find(visit, program_id);
    if (at < visit->selection.count)
        text_copy(visit->selection.kept[at].group_id, RECORD_ID_BYTES, group_id);
}

// Says what was done; «Вернуть» brings back the selection as it was before.
static void tell(struct turn *turn, const struct selection *before, enum word word,
                 enum picture icon)
{
    turn_toast(turn, word, icon);
    turn->visit->toast.action = TOAST_UNDO_SELECTION;
    turn->visit->selection_before = *before;
}

static void remove_at(struct turn *turn, uint32_t at)
{
    struct selection *selection = &turn->visit->selection;
    struct selection before = *selection;
    selection->count--;
    memmove(&selection->kept[at], &selection->kept[at + 1],
            (selection->count - at) * sizeof selection->kept[0]);
    tell(turn, &before, WORD_TOAST_REMOVED, ICON_BOOKMARK);
}

// A program's page gives the group chosen there, a card the only one that can be joined.
static void add(struct turn *turn, const char *program_id)
{
    struct selection *selection = &turn->visit->selection;
    struct selection before = *selection;
    const struct program_state *page = &turn->visit->program;
    uint32_t at = selection->count++;
    text_copy(selection->kept[at].program_id, RECORD_ID_BYTES, program_id);
    bool open = turn->visit->screen == SCREEN_PROGRAM && strcmp(page->id, program_id) == 0;
    const struct group *only = open ? NULL : program_only_group(turn, program_id);
    text_copy(selection->kept[at].group_id, RECORD_ID_BYTES,
              open           ? page->group_id
              : only != NULL ? only->head.id
                             : "");
    tell(turn, &before, WORD_TOAST_SAVED, ICON_BOOKMARK_FULL);
}

void selection_toggle(struct turn *turn, const char *program_id)
{
    uint32_t at = find(turn->visit, program_id);
    if (at < turn->visit->selection.count)
        remove_at(turn, at);
    else if (at < VISIT_SELECTION_MAX)
        add(turn, program_id);
    else
        turn_toast(turn, WORD_TOAST_FULL, ICON_INFO);
}

uint32_t selection_first(const struct visit *visit, const struct snapshot *catalog)
{
    uint32_t program = SNAPSHOT_NONE;
    for (uint32_t i = 0; catalog != NULL && i < visit->selection.count && program == SNAPSHOT_NONE;
         i++)
        program = snapshot_find_program(catalog, visit->selection.kept[i].program_id);
    return program;
}

uint32_t selection_items(const struct visit *visit, const struct snapshot *catalog,
                         struct sheet_item ret_items[static VISIT_SELECTION_MAX])
{
    uint32_t count = 0;
    for (uint32_t i = 0; catalog != NULL && i < visit->selection.count; i++) {
        const char *group_id = visit->selection.kept[i].group_id;
        uint32_t program = snapshot_find_program(catalog, visit->selection.kept[i].program_id);
        if (program == SNAPSHOT_NONE)
            continue;
        uint32_t group =
            group_id[0] == '\0' ? SNAPSHOT_NONE : snapshot_find_group(catalog, program, group_id);
        ret_items[count++] = (struct sheet_item){program, group};
    }
    return count;
}

bool selection_query(const struct turn *turn, struct enrollment_query *ret_query)
{
    struct selection_plan plan;
    selection_plan(turn->visit, turn->catalog, &turn->clock, &plan);
    memset(ret_query, 0, sizeof *ret_query);
    for (uint32_t i = 0; i < plan.count; i++) {
        const struct selection_item *item = &plan.items[i];
        if (item->chosen != NULL)
            text_copy(ret_query->groups[ret_query->group_count++], REQUEST_ID_BYTES,
                      item->chosen->record.head.id);
        else if (item->program != NULL)
            text_copy(ret_query->programs[ret_query->program_count++], REQUEST_ID_BYTES,
                      item->program->record.head.id);
    }
    return plan.alive > 0;
}

void selection_open(struct turn *turn)
{
    struct visit *visit = turn->visit;
    if (visit->depth > 0 && visit->history[visit->depth - 1] == SCREEN_SELECTION) {
        turn_back(turn);
        return;
    }
    if (visit->screen != SCREEN_SELECTION)
        visit->columns = (struct scroll){0};
    // The countdown of a code waits for nobody.
    if (visit->screen == SCREEN_SELECTION || visit->screen == SCREEN_ENROLL)
        turn_replace(turn, SCREEN_SELECTION);
    else
        turn_go(turn, SCREEN_SELECTION);
}

void selection_refresh(struct turn *turn)
{
    struct visit *visit = turn->visit;
    if (visit->screen != SCREEN_ENROLL || !visit->enroll.whole ||
        selection_first(visit, turn->catalog) != SNAPSHOT_NONE)
        return;
    visit->touched_ms = turn->clock.now_ms; // the idle rules begin here
    turn_replace(turn, SCREEN_SELECTION);
}

// The group after the chosen one, round and round.
static void choose_next(struct turn *turn, uint32_t place)
{
    struct selection_plan plan;
    selection_plan(turn->visit, turn->catalog, &turn->clock, &plan);
    const struct selection_item *item = &plan.items[place];
    if (item->program == NULL || item->program->group_count == 0)
        return;
    const struct snapshot_group *groups = &turn->catalog->groups[item->program->group_first];
    uint32_t next = item->chosen == NULL
                        ? 0
                        : (uint32_t)(item->chosen - groups + 1) % item->program->group_count;
    text_copy(turn->visit->selection.kept[place].group_id, RECORD_ID_BYTES,
              groups[next].record.head.id);
    turn->changed = true;
}

static void take_way_out(struct turn *turn)
{
    struct selection_plan plan;
    selection_plan(turn->visit, turn->catalog, &turn->clock, &plan);
    if (plan.way_out == NULL)
        return;
    text_copy(turn->visit->selection.kept[plan.way_out_place].group_id, RECORD_ID_BYTES,
              plan.way_out->record.head.id);
    turn->changed = true;
}

static void clear(struct turn *turn)
{
    struct selection before = turn->visit->selection;
    turn->visit->selection = (struct selection){0};
    turn->visit->columns = (struct scroll){0};
    tell(turn, &before, WORD_TOAST_CLEARED, ICON_TRASH);
}

// Without a drag: to the end of the columns, and back.
static void scroll_columns(struct turn *turn)
{
    struct scroll *columns = &turn->visit->columns;
    bool at_end = columns->position_px >= columns->limit_px;
    scroll_jump(columns, at_end ? 0 : columns->limit_px, turn->clock.now_ms);
    turn->changed = true;
}

void selection_act(struct turn *turn, const struct tap *tap)
{
    struct visit *visit = turn->visit;
    bool kept = tap->value < visit->selection.count;
    switch (tap->action) {
    case ACTION_SEARCH:
        search_open(turn, DIRECTION_COUNT);
        return;
    case ACTION_SELECTION_OPEN:
        program_leave_history(visit);
        if (kept)
            program_open(turn, visit->selection.kept[tap->value].program_id);
        return;
    case ACTION_SELECTION_REMOVE:
        if (kept)
            remove_at(turn, tap->value);
        return;
    case ACTION_SELECTION_GROUP:
        if (kept)
            choose_next(turn, tap->value);
        return;
    case ACTION_SELECTION_TAKE:
        take_way_out(turn);
        return;
    case ACTION_SELECTION_MORE:
        scroll_columns(turn);
        return;
    case ACTION_SELECTION_CLEAR:
        clear(turn);
        return;
    case ACTION_SELECTION_CODE:
    case ACTION_FAMILY_PRINT:
        enroll_open_selection(turn, tap->action == ACTION_FAMILY_PRINT);
        return;
    default:
        return;
    }
}
