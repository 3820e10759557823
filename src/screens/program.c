#include "screens/program.h"

#include "base/text.h"
#include "screens/enroll.h"
#include "screens/selection.h"
#include "wording/format.h"

#include <stdio.h>
#include <string.h>

const struct snapshot_group *program_chosen_group(const struct snapshot *catalog,
                                                  const struct program_state *state)
{
    if (catalog == NULL || state->group_id[0] == '\0')
        return NULL;
    uint32_t program = snapshot_find_program(catalog, state->id);
    if (program == SNAPSHOT_NONE)
        return NULL;
    uint32_t group = snapshot_find_group(catalog, program, state->group_id);
    return group == SNAPSHOT_NONE ? NULL : &catalog->groups[group];
}

static bool can_join(const struct turn *turn, const struct group *group)
{
    return seats_can_join(group_seats(group, clock_today(&turn->clock), turn->clock.wall_s).seats);
}

const struct group *program_only_group(const struct turn *turn, const char *id)
{
    uint32_t program =
        turn->catalog == NULL ? SNAPSHOT_NONE : snapshot_find_program(turn->catalog, id);
    if (program == SNAPSHOT_NONE)
        return NULL;
    const struct snapshot_program *of = &turn->catalog->programs[program];
    const struct group *only = NULL;
    for (uint32_t i = 0; i < of->group_count; i++) {
        const struct group *group = &turn->catalog->groups[of->group_first + i].record;
        if (!can_join(turn, group))
            continue;
        if (only != NULL)
            return NULL;
        only = group;
    }
    return only;
}

static void encode_cabinet(const struct config *config, struct qr *ret_code)
{
    char url[LINK_BYTES];
    char ascii[LINK_BYTES];
    snprintf(url, sizeof url, "https://%s/", config->cabinet_host);
    if (config->cabinet_host[0] != '\0' && link_to_ascii(url, ascii))
        qr_encode(ascii, ret_code);
}

void program_open(struct turn *turn, const char *id)
{
    struct program_state *state = &turn->visit->program;
    if (turn->catalog == NULL || snapshot_find_program(turn->catalog, id) == SNAPSHOT_NONE) {
        turn_notice(turn, NOTICE_GONE);
        return;
    }
    bool again = strcmp(state->id, id) == 0;
    struct program_state left = *state;
    memset(state, 0, sizeof *state);
    text_copy(state->id, sizeof state->id, id);
    encode_cabinet(turn->assets->config, &state->cabinet);
    const struct group *only = program_only_group(turn, id);
    const char *kept = selection_group(turn->visit, id);
    text_copy(state->group_id, RECORD_ID_BYTES, kept[0] == '\0' && only ? only->head.id : kept);
    if (again && program_chosen_group(turn->catalog, &left) != NULL)
        text_copy(state->group_id, RECORD_ID_BYTES, left.group_id);
    turn_go(turn, SCREEN_PROGRAM);
}

void program_leave_history(struct visit *visit)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < visit->depth; i++)
        if (visit->history[i] != SCREEN_PROGRAM && visit->history[i] != SCREEN_ENROLL)
            visit->history[kept++] = visit->history[i];
    visit->depth = kept;
}

// Nothing leads back to a program that isn't there.
static void leave_gone_program(struct turn *turn)
{
    struct visit *visit = turn->visit;
    program_leave_history(visit);
    bool code = visit->screen == SCREEN_ENROLL && !visit->enroll.whole;
    if (visit->screen != SCREEN_PROGRAM && !code)
        return;
    visit->touched_ms = turn->clock.now_ms; // the idle rules begin with the notice
    visit->notice = NOTICE_GONE;
    turn_replace(turn, SCREEN_NOTICE);
}

void program_refresh(struct turn *turn)
{
    struct program_state *state = &turn->visit->program;
    if (turn->catalog == NULL || state->id[0] == '\0')
        return;
    if (snapshot_find_program(turn->catalog, state->id) == SNAPSHOT_NONE) {
        leave_gone_program(turn);
        return;
    }
    if (program_chosen_group(turn->catalog, state) == NULL)
        state->group_id[0] = '\0';
    turn->changed = true;
}

static void choose_group(struct turn *turn, uint32_t place)
{
    struct program_state *state = &turn->visit->program;
    uint32_t program =
        turn->catalog == NULL ? SNAPSHOT_NONE : snapshot_find_program(turn->catalog, state->id);
    if (program == SNAPSHOT_NONE || place >= turn->catalog->programs[program].group_count)
        return;
    const struct snapshot_program *of = &turn->catalog->programs[program];
    const struct group *group = &turn->catalog->groups[of->group_first + place].record;
    text_copy(state->group_id, sizeof state->group_id, group->head.id);
    selection_choose(turn->visit, state->id, group->head.id);
}

void program_act(struct turn *turn, const struct tap *tap)
{
    struct program_state *state = &turn->visit->program;
    const struct snapshot_group *group;
    switch (tap->action) {
    case ACTION_GROUP:
        choose_group(turn, tap->value);
        return;
    case ACTION_READ_MORE:
        state->whole_text = !state->whole_text;
        turn->changed = true;
        return;
    case ACTION_SAVE:
        selection_toggle(turn, state->id);
        return;
    case ACTION_ENROLL:
        group = program_chosen_group(turn->catalog, state);
        if (group != NULL && can_join(turn, &group->record))
            enroll_open(turn);
        else
            turn_toast(turn, WORD_PROGRAM_CHOOSE_FIRST, ICON_INFO);
        return;
    default:
        return;
    }
}
