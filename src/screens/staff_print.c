#include "screens/staff_print.h"

#include "base/text.h"
#include "screens/print_words.h"
#include "screens/search_choice.h"
#include "screens/staff.h"
#include "screens/staff_add.h"
#include "screens/staff_print_parts.h"
#include "wording/format.h"

#include <string.h>

enum { WATCH_EVERY_MS = 20 * 1000 }; // below PRINT_WATCH_S

// ---- the list

uint32_t print_row_find(const struct staff_print_state *state, const char *program_id)
{
    uint32_t place = 0;
    while (place < state->row_count && strcmp(state->rows[place].id, program_id) != 0)
        place++;
    return place;
}

bool print_row_add(struct staff_print_state *state, const char *program_id)
{
    if (print_row_find(state, program_id) < state->row_count)
        return true;
    if (state->row_count == SHEET_ITEMS_MAX)
        return false;
    struct print_row *row = &state->rows[state->row_count++];
    *row = (struct print_row){.mark = PRINT_BY_PLACES};
    text_copy(row->id, sizeof row->id, program_id);
    return true;
}

void print_row_remove(struct staff_print_state *state, uint32_t place)
{
    CHECK(place < state->row_count);
    state->row_count--;
    memmove(&state->rows[place], &state->rows[place + 1],
            (state->row_count - place) * sizeof state->rows[0]);
}

static bool has_places(const struct group *group, const struct clock *clock)
{
    enum seats seats = group_seats(group, clock_today(clock), clock->wall_s).seats;
    return seats == SEATS_MANY || seats == SEATS_FEW;
}

bool print_row_printed(const struct print_row *row, const struct snapshot *catalog,
                       const struct clock *clock, bool with_places)
{
    uint32_t program = snapshot_find_program(catalog, row->id);
    if (program == SNAPSHOT_NONE || row->mark != PRINT_BY_PLACES)
        return program != SNAPSHOT_NONE && row->mark == PRINT_YES;
    const struct snapshot_group *best = format_best_group(catalog, program, clock);
    return !with_places || (best != NULL && has_places(&best->record, clock));
}

uint32_t print_organization_here(const struct snapshot *catalog, const struct config *config)
{
    const char *here =
        config->organization_id[0] != '\0' ? config->organization_id : config->organization;
    for (uint32_t i = 0; i < catalog->organization_count; i++) {
        const struct organization *organization = &catalog->organizations[i];
        if (strcmp(organization->head.id, here) == 0 ||
            strcmp(organization->head.local_id, here) == 0 || strcmp(organization->name, here) == 0)
            return i;
    }
    return SNAPSHOT_NONE;
}

// All programs of the organization here, the best first as the search has them.
static void fill_list(struct turn *turn)
{
    struct staff_print_state *state = &turn->visit->staff.print;
    struct search_result *found = &turn->visit->search.other;
    uint32_t here = print_organization_here(turn->catalog, turn->assets->config);
    if (here == SNAPSHOT_NONE)
        return;
    struct search_request request = {.query = "",
                                     .filters = search_filters_any(),
                                     .today = clock_today(&turn->clock),
                                     .limit = SHEET_ITEMS_MAX};
    request.filters.organization_id = turn->catalog->organizations[here].head.id;
    search_run(turn->searcher, &request, found);
    for (uint32_t i = 0; i < found->hit_count; i++)
        print_row_add(state, turn->catalog->programs[found->hits[i].program].record.head.id);
}

// ---- the order

static void add_item(struct staff_print_state *state, uint32_t program, uint32_t group)
{
    struct sheet_order *order = &state->order;
    state->cut |= order->item_count == SHEET_ITEMS_MAX;
    if (order->item_count < SHEET_ITEMS_MAX)
        order->items[order->item_count++] = (struct sheet_item){program, group};
}

// Each group that can be joined on its own; without one, the program as a whole.
static void add_groups(struct turn *turn, uint32_t program)
{
    struct staff_print_state *state = &turn->visit->staff.print;
    const struct snapshot_program *of = &turn->catalog->programs[program];
    uint32_t before = state->order.item_count;
    for (uint32_t i = of->group_first; i < of->group_first + of->group_count; i++) {
        const struct group *group = &turn->catalog->groups[i].record;
        enum seats seats = group_seats(group, clock_today(&turn->clock), turn->clock.wall_s).seats;
        if (seats_can_join(seats) && (!state->with_places || has_places(group, &turn->clock)))
            add_item(state, program, i);
    }
    if (state->order.item_count == before)
        add_item(state, program, SNAPSHOT_NONE);
}

static enum sheet_paper paper_of(const struct print_state *printing, enum sheet_kind kind)
{
    bool a4_only = printing->printers[PAPER_A4].known && !printing->printers[PAPER_ROLL].known;
    return kind == SHEET_RECEIPT && !a4_only ? PAPER_ROLL : PAPER_A4;
}

// A printer that never answered may have colours.
static bool prints_greys(const struct print_state *printing, enum sheet_paper paper)
{
    const struct printer *printer = &printing->printers[paper];
    bool silent = (printer->reasons >> REASON_SILENT & 1) != 0;
    return printer->known && !silent && !printer->color;
}

static void fill_order(struct turn *turn)
{
    struct staff_print_state *state = &turn->visit->staff.print;
    struct sheet_order *order = &state->order;
    bool each = state->each_group && order->kind != SHEET_POSTER;
    order->paper = paper_of(turn->printing, order->kind);
    order->mono = prints_greys(turn->printing, order->paper);
    order->serial = turn->catalog->serial;
    order->item_count = 0;
    state->cut = false;
    for (uint32_t i = 0; i < state->row_count; i++) {
        const struct print_row *row = &state->rows[i];
        if (!print_row_printed(row, turn->catalog, &turn->clock, state->with_places))
            continue;
        uint32_t program = snapshot_find_program(turn->catalog, row->id);
        if (each)
            add_groups(turn, program);
        else
            add_item(state, program, SNAPSHOT_NONE);
    }
}

void print_compose(struct turn *turn)
{
    struct staff_print_state *state = &turn->visit->staff.print;
    struct preview *preview = turn->preview;
    turn->changed = true;
    if (turn->catalog == NULL)
        return;
    bool cut = state->cut;
    fill_order(turn);
    if (state->cut && !cut)
        turn_toast(turn, WORD_PRINT_LIMIT, ICON_INFO);
    unsigned pages = sheet_pages(&state->order);
    if (state->page >= pages)
        state->page = pages > 0 ? pages - 1 : 0;
    if (pages == 0)
        return;
    struct sheet_scene scene = {
        .pen = {.frame = &preview->page,
                .theme = turn->assets->theme,
                .metrics = turn->assets->metrics,
                .palette = PALETTE_NORMAL},
        .words = turn->assets->words[0],
        .config = turn->assets->config,
        .catalog = turn->catalog,
        .order = &state->order,
        .clock = turn->clock,
    };
    sheet_make_codes(&scene, state->page, &preview->codes);
    sheet_draw(&scene, state->page, &preview->codes);
}

void staff_print_open(struct turn *turn, enum sheet_kind kind)
{
    struct staff_print_state *state = &turn->visit->staff.print;
    if (state->order.copies == 0) { // its first time in this staff's visit
        state->order.copies = 1;
        state->with_places = true;
        if (turn->catalog != NULL)
            fill_list(turn);
    }
    state->order.kind = kind;
    state->page = 0;
    turn_go(turn, SCREEN_STAFF_PRINT);
    print_compose(turn);
}

void staff_print_refresh(struct turn *turn)
{
    struct staff_print_state *state = &turn->visit->staff.print;
    if (state->order.copies == 0)
        return;
    for (uint32_t i = state->row_count; i-- > 0;)
        if (snapshot_find_program(turn->catalog, state->rows[i].id) == SNAPSHOT_NONE)
            print_row_remove(state, i);
    print_compose(turn);
}

void staff_print_take(struct turn *turn)
{
    const struct sheet_order *order = &turn->visit->staff.print.order;
    if (turn->visit->screen == SCREEN_STAFF_PRINT &&
        (order->paper != paper_of(turn->printing, order->kind) ||
         order->mono != prints_greys(turn->printing, order->paper)))
        print_compose(turn);
}

void staff_print_tick(struct turn *turn)
{
    struct staff_state *staff = &turn->visit->staff;
    if (!staff->known || !visit_is_staffs(turn->visit) || turn->clock.now_ms < staff->watch_ms)
        return;
    turn_print(turn, PRINT_WATCH);
    staff->watch_ms = turn->clock.now_ms + WATCH_EVERY_MS;
}

// ---- touches

// The hand's word counts until it says the same as the places do.
static void toggle_row(struct turn *turn, uint32_t place)
{
    struct staff_print_state *state = &turn->visit->staff.print;
    if (place >= state->row_count || turn->catalog == NULL)
        return;
    struct print_row *row = &state->rows[place];
    bool printed = print_row_printed(row, turn->catalog, &turn->clock, state->with_places);
    row->mark = PRINT_BY_PLACES;
    if (print_row_printed(row, turn->catalog, &turn->clock, state->with_places) == printed)
        row->mark = printed ? PRINT_NO : PRINT_YES;
}

static void print(struct turn *turn, enum print_request_kind kind)
{
    const struct staff_print_state *state = &turn->visit->staff.print;
    bool saves = kind == PRINT_SAVE;
    if ((!saves && kind != PRINT_START) || turn->catalog == NULL ||
        !sheet_order_valid(&state->order, turn->catalog) || sheet_pages(&state->order) == 0)
        return;
    turn_print(turn, kind)->order = state->order;
    turn->visit->staff.page = (struct scroll){0};
    turn_go(turn, SCREEN_STAFF_QUEUE);
    turn_toast(turn, saves ? WORD_PRINT_SAVING : WORD_PRINT_SENT, ICON_PRINTER);
}

static void step_copies(struct staff_print_state *state, bool more)
{
    uint32_t *copies = &state->order.copies;
    if (more && *copies < SHEET_COPIES_MAX)
        ++*copies;
    else if (!more && *copies > 1)
        --*copies;
}

void staff_print_act(struct turn *turn, const struct tap *tap)
{
    struct staff_state *staff = &turn->visit->staff;
    struct staff_print_state *state = &staff->print;
    switch (tap->action) {
    case ACTION_STAFF_COMPOSE:
        state->order.kind = (enum sheet_kind)tap->value;
        state->page = 0;
        break;
    case ACTION_PRINT_PAGE: // print_compose keeps it within the pages
        state->page = tap->value != 0 ? state->page + 1 : state->page > 0 ? state->page - 1 : 0;
        break;
    case ACTION_PRINT_PLACES:
        state->with_places = !state->with_places;
        break;
    case ACTION_PRINT_GROUPS:
        state->each_group = !state->each_group;
        break;
    case ACTION_PRINT_CLEAR:
        state->row_count = 0;
        staff->rows = (struct scroll){0};
        break;
    case ACTION_PRINT_ROW:
        toggle_row(turn, tap->value);
        break;
    case ACTION_PRINT_COPIES:
        step_copies(state, tap->value != 0);
        break;
    case ACTION_PRINT_ADD:
        staff_add_open(turn);
        return;
    case ACTION_PRINT_GO:
        print(turn, (enum print_request_kind)tap->value);
        return;
    default:
        staff_chrome_act(turn, tap);
        return;
    }
    print_compose(turn);
}
