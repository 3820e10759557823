#include "screens/enroll.h"

#include "base/text.h"
#include "screens/family_print.h"
#include "screens/program.h"
#include "screens/selection.h"
#include "wording/format.h"

#include <string.h>

static bool host_allowed(const struct config *config, const char *url)
{
    const char *hosts[LINK_HOSTS_MAX];
    for (uint32_t i = 0; i < config->enroll_host_count; i++)
        hosts[i] = config->enroll_hosts[i];
    return link_allowed(url, hosts, config->enroll_host_count);
}

static uint32_t sheet_items(const struct turn *turn, struct sheet_item *ret_items)
{
    const struct visit *visit = turn->visit;
    if (visit->enroll.whole)
        return selection_items(visit, turn->catalog, ret_items);
    uint32_t program = turn->catalog == NULL
                           ? SNAPSHOT_NONE
                           : snapshot_find_program(turn->catalog, visit->program.id);
    if (program == SNAPSHOT_NONE)
        return 0;
    const char *group_id = visit->program.group_id;
    ret_items[0] = (struct sheet_item){
        program, group_id[0] == '\0' ? SNAPSHOT_NONE
                                     : snapshot_find_group(turn->catalog, program, group_id)};
    return 1;
}

// The code on the screen, on paper.
static void print_code(struct turn *turn)
{
    struct enroll_state *state = &turn->visit->enroll;
    struct sheet_item items[VISIT_SELECTION_MAX];
    uint32_t count = sheet_items(turn, items);
    if (count == 0 || (state->phase != ENROLL_SHORT_LINK && state->phase != ENROLL_PROGRAM_LINK))
        return;
    struct sheet_order *order =
        family_print_start(turn, state->whole ? SHEET_SELECTION : SHEET_RECEIPT, &state->print_id);
    if (order == NULL)
        return;
    order->serial = turn->catalog->serial;
    order->item_count = count;
    memcpy(order->items, items, count * sizeof items[0]);
    if (state->phase == ENROLL_SHORT_LINK) {
        text_copy(order->url, sizeof order->url, state->url);
        text_copy(order->code, sizeof order->code, state->code);
    }
}

// The code is on the screen from now: so is the countdown.
static void show_code(struct turn *turn, enum enroll_phase phase)
{
    struct enroll_state *state = &turn->visit->enroll;
    state->request_id = 0;
    state->phase = phase;
    state->closes_ms = turn->clock.now_ms + 1000LL * turn->assets->theme->times.qr_hold_s;
    memcpy(state->modules, state->qr.dark, sizeof state->modules);
    turn->changed = true;
    const struct visit *visit = turn->visit;
    for (uint32_t i = 0; state->whole && i < visit->selection.count; i++)
        turn_event(turn, EVENT_QR_SHOWN, visit->selection.kept[i].program_id);
    if (!state->whole)
        turn_event(turn, phase == ENROLL_SHORT_LINK ? EVENT_QR_SHOWN : EVENT_FALLBACK_LINK_SHOWN,
                   visit->program.id);
    if (state->prints)
        print_code(turn);
}

// The program's own page, from the catalogue: works without any network.
static void show_program_link(struct turn *turn)
{
    struct enroll_state *state = &turn->visit->enroll;
    uint32_t program = turn->catalog == NULL
                           ? SNAPSHOT_NONE
                           : snapshot_find_program(turn->catalog, turn->visit->program.id);
    const char *url = program == SNAPSHOT_NONE ? "" : turn->catalog->programs[program].record.url;
    state->code[0] = '\0';
    if (host_allowed(turn->assets->config, url) && link_to_ascii(url, state->url) &&
        qr_encode(state->url, &state->qr))
        show_code(turn, ENROLL_PROGRAM_LINK);
    else
        show_code(turn, ENROLL_NO_LINK);
}

// Without a short link. A selection has no page of its own: its programs' codes are offered.
static void fall_back(struct turn *turn)
{
    struct enroll_state *state = &turn->visit->enroll;
    if (!state->whole) {
        show_program_link(turn);
        return;
    }
    state->request_id = 0;
    turn_replace(turn, SCREEN_SELECTION_CODES);
}

static void ask(struct turn *turn, const struct enrollment_query *query)
{
    struct enroll_state *state = &turn->visit->enroll;
    state->phase = ENROLL_ASKING;
    state->asked_ms = turn->clock.now_ms;
    struct link_request *request = turn_ask(turn, LINK_CREATE_ENROLLMENT);
    request->enrollment = *query;
    state->request_id = request->id;
}

void enroll_open_selection(struct turn *turn, bool prints)
{
    struct enrollment_query query;
    if (!selection_query(turn, &query))
        return;
    if (!turn->link->online) {
        turn_go(turn, SCREEN_SELECTION_CODES);
        return;
    }
    explicit_bzero(&turn->visit->enroll, sizeof turn->visit->enroll);
    turn->visit->enroll.whole = true;
    turn->visit->enroll.prints = prints;
    turn_go(turn, SCREEN_ENROLL);
    ask(turn, &query);
}

void enroll_open(struct turn *turn)
{
    struct enroll_state *state = &turn->visit->enroll;
    const struct program_state *program = &turn->visit->program;
    explicit_bzero(state, sizeof *state);
    turn_go(turn, SCREEN_ENROLL);
    if (!turn->link->online) {
        show_program_link(turn);
        return;
    }
    struct enrollment_query query = {0};
    bool chosen = program->group_id[0] != '\0';
    query.group_count = chosen;
    query.program_count = !chosen;
    text_copy(chosen ? query.groups[0] : query.programs[0], REQUEST_ID_BYTES,
              chosen ? program->group_id : program->id);
    ask(turn, &query);
}

void enroll_answer(struct turn *turn, uint32_t request_id, const struct enrollment_answer *answer)
{
    struct enroll_state *state = &turn->visit->enroll;
    if (request_id != state->request_id || state->phase != ENROLL_ASKING ||
        turn->visit->screen != SCREEN_ENROLL)
        return;
    bool good = answer->status == ANSWER_OK && host_allowed(turn->assets->config, answer->url) &&
                link_to_ascii(answer->url, state->url) && qr_encode(state->url, &state->qr);
    if (!good) {
        fall_back(turn);
        return;
    }
    text_copy(state->code, sizeof state->code, answer->code);
    show_code(turn, ENROLL_SHORT_LINK);
}

void enroll_tick(struct turn *turn, bool link_lost)
{
    struct enroll_state *state = &turn->visit->enroll;
    if (turn->visit->screen != SCREEN_ENROLL)
        return;
    if (state->phase == ENROLL_ASKING) {
        if (link_lost || turn->clock.now_ms - state->asked_ms >= REQUEST_ENROLLMENT_LIMIT_MS)
            fall_back(turn);
    } else if (turn->clock.now_ms >= state->closes_ms) {
        turn->finish = true;
    }
}

// More time, but never more than a fresh code has: nobody can leave it standing for an hour.
static void extend(struct turn *turn)
{
    struct enroll_state *state = &turn->visit->enroll;
    const struct theme_times *times = &turn->assets->theme->times;
    int64_t most_ms = turn->clock.now_ms + 1000LL * times->qr_hold_s;
    state->closes_ms += 1000LL * times->qr_extend_s;
    if (state->closes_ms > most_ms)
        state->closes_ms = most_ms;
}

void enroll_act(struct turn *turn, const struct tap *tap)
{
    switch (tap->action) {
    case ACTION_MORE_TIME:
        extend(turn);
        return;
    case ACTION_FAMILY_PRINT:
        if (tap->value == 0)
            print_code(turn);
        return;
    case ACTION_DONE:
        turn_back(turn);
        return;
    case ACTION_GROUP: // the other group, which has places
        turn_back(turn);
        program_act(turn, tap);
        enroll_open(turn);
        return;
    default:
        return;
    }
}
