#include "screens/staff_ready.h"

#include "screens/print_words.h"
#include "screens/staff.h"
#include "screens/staff_ready_parts.h"

#include <string.h>

// ---- what is known

static struct ready_printer printer_facts(const char *configured, const struct printer *printer)
{
    enum printer_reason reason = printer_says(printer);
    return (struct ready_printer){
        .wanted = configured[0] != '\0',
        .ready = fact(printer->known && printer->ready),
        .reason =
            !printer->known || reason == PRINTER_REASON_COUNT ? READY_NO_REASON : (int32_t)reason,
    };
}

static void add_printing(struct ready_facts *facts, const struct ready_sources *sources)
{
    const struct print_state *printing = sources->printing;
    const struct config *config = sources->config;
    int64_t waiting = 0;
    int64_t stuck = 0;
    for (uint32_t i = 0; i < printing->job_count; i++) {
        enum print_job_state state = printing->jobs[i].state;
        waiting += !print_job_over(state);
        stuck += state == PRINT_HELD || state == PRINT_FAILED || state == PRINT_UNSURE;
    }
    facts->jobs = fact(waiting);
    facts->jobs_stuck = fact(stuck);
    facts->printers[0] = printer_facts(config->printer_a4, &printing->printers[PAPER_A4]);
    facts->printers[1] = printer_facts(config->printer_roll, &printing->printers[PAPER_ROLL]);
}

static void add_link(struct ready_facts *facts, const struct ready_sources *sources)
{
    const struct link_state *link = sources->link;
    facts->online = fact(link->online);
    facts->last_contact_s = fact(link->last_contact_s);
    facts->storage = fact(link->storage);
    facts->outbox = fact(link->outbox);
    if (link->clock_known)
        facts->clock_ahead_s = fact(link->clock_ahead_s);
    if (link->tls_expires_s != 0)
        facts->tls_expires_s = fact(link->tls_expires_s);
    if (sources->config->token_file[0] == '\0')
        facts->token = fact(READY_TOKEN_MISSING);
    else if (link->token != TOKEN_UNTRIED)
        facts->token =
            fact(link->token == TOKEN_ACCEPTED ? READY_TOKEN_ACCEPTED : READY_TOKEN_REFUSED);
}

struct ready_facts staff_ready_facts(const struct ready_sources *sources)
{
    struct ready_facts facts = *sources->found;
    const struct snapshot *catalog = sources->catalog;
    const struct fact *missing = &facts.programs_missing;
    facts.navigator_wanted = sources->config->navigator_url[0] != '\0';
    facts.panel_diagonal_mm = sources->config->panel_diagonal_mm;
    if (missing->known && (missing->value & READY_NO_LINK) == 0)
        add_link(&facts, sources);
    facts.programs = fact(catalog != NULL ? catalog->program_count : 0);
    if (catalog != NULL)
        facts.catalog_expires_s = fact(catalog->expires_at_s);
    add_printing(&facts, sources);
    facts.pin = fact(sources->pin->verdict);
    facts.touched = sources->tests->touched;
    facts.heard = sources->tests->heard;
    return facts;
}

// ---- looking

static void look(struct turn *turn)
{
    struct staff_ready_state *state = &turn->visit->staff.ready;
    state->asked_ms = turn->clock.now_ms;
    state->looking = true;
    state->found = false;
    effects_add(turn->effects, EFFECT_LOOK_READY);
    turn_ask(turn, LINK_SYNC_NOW);
    turn->changed = true;
}

void staff_ready_take(struct turn *turn)
{
    turn->visit->staff.ready.found = true;
    turn->changed |= turn->visit->screen == SCREEN_STAFF_READY;
}

void staff_ready_tick(struct turn *turn)
{
    struct staff_ready_state *state = &turn->visit->staff.ready;
    if (turn->visit->screen != SCREEN_STAFF_READY)
        return;
    if (state->asked_ms == 0)
        look(turn);
    int64_t waited_ms = turn->clock.now_ms - state->asked_ms;
    bool over = state->found && !turn->link->syncing && waited_ms >= READY_LOOK_MIN_MS;
    if (!state->looking || (!over && waited_ms < READY_LOOK_MAX_MS))
        return;
    state->looking = false;
    turn->changed = true;
}

// ---- touches

static void touch_corner(struct turn *turn, uint32_t corner)
{
    struct staff_ready_state *state = &turn->visit->staff.ready;
    state->corners |= 1u << corner;
    turn->changed = true;
    if (state->corners != (1u << READY_CORNERS) - 1)
        return;
    staff_ready_close(turn);
    turn_toast(turn, WORD_READY_TOUCH_DONE, ICON_CHECK);
}

void staff_ready_close(struct turn *turn)
{
    struct staff_ready_state *state = &turn->visit->staff.ready;
    if (state->part == READY_PART_CORNERS)
        state->touched = fact(__builtin_popcount(state->corners));
    state->part = READY_PART_LIST;
    turn->changed = true;
}

static void play(struct turn *turn)
{
    effects_add(turn->effects, EFFECT_TONE)->volume_percent = turn->settings->volume_percent;
    turn->visit->staff.ready.part = READY_PART_SOUND;
    turn->changed = true;
}

static void print(struct turn *turn, enum print_request_kind kind)
{
    if (kind != PRINT_START && kind != PRINT_SAVE)
        return;
    struct ready_facts facts = staff_ready_facts(
        &(struct ready_sources){turn->ready, turn->assets->config, turn->catalog, turn->link,
                                turn->printing, turn->pin, &turn->visit->staff.ready});
    struct sheet_order *order = &turn_print(turn, kind)->order;
    *order = (struct sheet_order){.kind = SHEET_READINESS, .paper = PAPER_A4, .copies = 1};
    ready_judge(&facts, turn->assets->words[turn->visit->language], &turn->clock, &order->checks);
    turn_toast(turn, kind == PRINT_SAVE ? WORD_PRINT_SAVING : WORD_PRINT_SENT, ICON_PRINTER);
}

void staff_ready_act(struct turn *turn, const struct tap *tap)
{
    struct staff_ready_state *state = &turn->visit->staff.ready;
    switch (tap->action) {
    case ACTION_READY_AGAIN:
        if (!state->looking)
            look(turn);
        return;
    case ACTION_READY_CORNERS:
        state->part = READY_PART_CORNERS;
        state->corners = 0;
        turn->changed = true;
        return;
    case ACTION_READY_CORNER:
        if (state->part == READY_PART_CORNERS && tap->value < READY_CORNERS)
            touch_corner(turn, tap->value);
        return;
    case ACTION_READY_TONE:
        play(turn);
        return;
    case ACTION_READY_HEARD:
        state->heard = fact(tap->value != 0);
        staff_ready_close(turn);
        return;
    case ACTION_READY_PRINT:
        print(turn, (enum print_request_kind)tap->value);
        return;
    default:
        staff_chrome_act(turn, tap);
    }
}
