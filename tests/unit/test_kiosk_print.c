// The composer's order is what its screen promises: programs with places, groups, copies, limits;
// and the page previewed is the page that is sent.
#include "screens/staff_add.h"
#include "screens/staff_print.h"
#include "tests/support/catalog_fixture.h"
#include "tests/support/small_region.h"
#include "tests/support/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct stage stage;
static struct visit visit;
static struct preview preview;
static struct popular popular;
static struct tries tries;
static struct settings settings;
static struct daybook daybook;
static struct effects effects;
static uint32_t last_id;
static struct turn turn;

static void take_catalog(struct snapshot *snapshot)
{
    searcher_destroy(turn.searcher);
    snapshot_destroy((struct snapshot *)turn.catalog);
    turn.catalog = snapshot;
    turn.searcher = searcher_create(snapshot);
}

static int start(void **state)
{
    (void)state;
    stage_start(&stage, SOURCE_DIR, 1080, 1920);
    memset(&visit, 0, sizeof visit);
    memset(&effects, 0, sizeof effects);
    visit.screen = SCREEN_STAFF;
    visit.staff.known = true;
    stage.printing.printers[PAPER_A4] = (struct printer){.known = true, .ready = true};
    turn = (struct turn){.visit = &visit,
                         .assets = &stage.assets,
                         .popular = &popular,
                         .link = &stage.link,
                         .printing = &stage.printing,
                         .settings = &settings,
                         .daybook = &daybook,
                         .preview = &preview,
                         .clock = {stage.now_ms, stage.wall_s, STAGE_UTC_OFFSET_S},
                         .tries = &tries,
                         .last_request_id = &last_id,
                         .effects = &effects};
    take_catalog(small_region(5));
    return 0;
}

static int finish(void **state)
{
    (void)state;
    searcher_destroy(turn.searcher);
    snapshot_destroy((struct snapshot *)turn.catalog);
    turn = (struct turn){0};
    stage_finish(&stage);
    return 0;
}

static void act(enum action action, uint32_t value)
{
    effects.count = 0;
    staff_print_act(&turn, &(struct tap){action, value});
}

static const struct sheet_order *order(void)
{
    return &visit.staff.print.order;
}

static uint32_t place_of(const char *id)
{
    uint32_t place = 0;
    while (place < visit.staff.print.row_count && strcmp(visit.staff.print.rows[place].id, id) != 0)
        place++;
    return place;
}

static bool ordered(const char *id)
{
    uint32_t program = snapshot_find_program(turn.catalog, id);
    for (uint32_t i = 0; i < order()->item_count; i++)
        if (order()->items[i].program == program)
            return true;
    return false;
}

// p01, p04, p06, p07, p08, p10, p11 are of the organization here; nobody knows p04's places.
static void it_begins_with_what_has_places_here(void **state)
{
    (void)state;
    staff_print_open(&turn, SHEET_CARDS);
    assert_int_equal(visit.screen, SCREEN_STAFF_PRINT);
    assert_int_equal(visit.staff.print.row_count, 7);
    assert_int_equal(order()->item_count, 6);
    assert_false(ordered("p04"));
    assert_int_equal(order()->copies, 1);
    assert_int_equal(order()->serial, 5);
    assert_true(sheet_order_valid(order(), turn.catalog));
    act(ACTION_PRINT_PLACES, 0);
    assert_int_equal(order()->item_count, 7);
}

// kiosk-config/schema.json: the organization's id in the feed, or its name there.
static void the_organization_here_may_be_named(void **state)
{
    (void)state;
    const struct organization *first = &turn.catalog->organizations[0];
    const char *const names[] = {first->head.id, first->head.local_id, first->name};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        text_copy(stage.config.organization_id, sizeof stage.config.organization_id, names[i]);
        memset(&visit.staff.print, 0, sizeof visit.staff.print);
        staff_print_open(&turn, SHEET_CARDS);
        assert_int_equal(visit.staff.print.row_count, 7);
    }
    text_copy(stage.config.organization_id, sizeof stage.config.organization_id, "elsewhere");
    memset(&visit.staff.print, 0, sizeof visit.staff.print);
    staff_print_open(&turn, SHEET_CARDS);
    assert_int_equal(visit.staff.print.row_count, 0);
}

// What the hand said holds, whatever the places say.
static void the_hand_outweighs_the_places(void **state)
{
    (void)state;
    staff_print_open(&turn, SHEET_POSTER);
    act(ACTION_PRINT_ROW, place_of("p04"));
    act(ACTION_PRINT_ROW, place_of("p06"));
    assert_true(ordered("p04"));
    assert_false(ordered("p06"));
    act(ACTION_PRINT_PLACES, 0);
    assert_true(ordered("p04"));
    assert_false(ordered("p06"));
    act(ACTION_PRINT_ROW, place_of("p06"));
    act(ACTION_PRINT_PLACES, 0);
    assert_true(ordered("p06"));
    act(ACTION_PRINT_ROW, 9999); // nothing
    assert_int_equal(order()->item_count, 7);
}

// p01 has two groups, one with places; p07 two with places. A poster is of a program.
static void each_group_may_have_its_card(void **state)
{
    (void)state;
    staff_print_open(&turn, SHEET_CARDS);
    act(ACTION_PRINT_GROUPS, 0);
    assert_int_equal(order()->item_count, 7);
    act(ACTION_PRINT_PLACES, 0); // a waiting list can be joined
    assert_int_equal(order()->item_count, 9);
    for (uint32_t i = 0; i < order()->item_count; i++)
        assert_int_equal(turn.catalog->groups[order()->items[i].group].program,
                         order()->items[i].program);
    act(ACTION_STAFF_COMPOSE, SHEET_POSTER);
    assert_int_equal(order()->item_count, 7);
    assert_int_equal(order()->items[0].group, SNAPSHOT_NONE);
}

static void receipts_go_where_they_can(void **state)
{
    (void)state;
    staff_print_open(&turn, SHEET_RECEIPT);
    assert_int_equal(order()->paper, PAPER_A4);
    stage.printing.printers[PAPER_ROLL].known = true;
    staff_print_take(&turn);
    assert_int_equal(order()->paper, PAPER_ROLL);
    assert_true(sheet_order_valid(order(), turn.catalog));
    act(ACTION_STAFF_COMPOSE, SHEET_CARDS);
    assert_int_equal(order()->paper, PAPER_A4);
}

static void what_is_seen_is_sent(void **state)
{
    (void)state;
    static struct frame page;
    static struct sheet_codes codes;
    staff_print_open(&turn, SHEET_POSTER);
    act(ACTION_PRINT_COPIES, 1);
    act(ACTION_PRINT_PAGE, 1);
    act(ACTION_PRINT_PAGE, 1);
    act(ACTION_PRINT_PAGE, 0);
    assert_int_equal(visit.staff.print.page, 1);
    struct sheet_order seen = *order();
    struct frame *shown = malloc(sizeof *shown);
    *shown = preview.page;
    act(ACTION_PRINT_GO, PRINT_START);
    assert_int_equal(effects.count, 1);
    assert_int_equal(effects.items[0].kind, EFFECT_PRINT);
    assert_int_equal(effects.items[0].print.kind, PRINT_START);
    assert_int_not_equal(effects.items[0].print.id, 0);
    const struct sheet_order *sent = &effects.items[0].print.order;
    assert_memory_equal(sent, &seen, sizeof seen);
    assert_int_equal(sent->copies, 2);
    struct sheet_scene scene = {.pen = {.frame = &page,
                                        .theme = &stage.theme,
                                        .metrics = &stage.metrics,
                                        .palette = PALETTE_NORMAL},
                                .words = &stage.words[0],
                                .config = &stage.config,
                                .catalog = turn.catalog,
                                .order = sent,
                                .clock = turn.clock};
    sheet_make_codes(&scene, 1, &codes);
    sheet_draw(&scene, 1, &codes);
    assert_int_equal(page.draw_count, shown->draw_count);
    assert_int_equal(page.text_length, shown->text_length);
    assert_memory_equal(page.text, shown->text, page.text_length);
    assert_memory_equal(&codes, &preview.codes, sizeof codes);
    free(shown);
}

// Pages stay within what is there; nothing is sent without programs.
static void an_empty_list_sends_nothing(void **state)
{
    (void)state;
    staff_print_open(&turn, SHEET_POSTER);
    for (int i = 0; i < 20; i++)
        act(ACTION_PRINT_PAGE, 1);
    assert_int_equal(visit.staff.print.page, 5);
    act(ACTION_PRINT_CLEAR, 0);
    assert_int_equal(visit.staff.print.page, 0);
    act(ACTION_PRINT_GO, PRINT_START);
    act(ACTION_PRINT_GO, PRINT_SAVE);
    act(ACTION_PRINT_GO, PRINT_REQUEST_KIND_COUNT);
    assert_int_equal(effects.count, 0);
    assert_int_equal(visit.screen, SCREEN_STAFF_PRINT);
    for (int i = 0; i < 200; i++)
        act(ACTION_PRINT_COPIES, 1);
    assert_int_equal(order()->copies, SHEET_COPIES_MAX);
    for (int i = 0; i < 200; i++)
        act(ACTION_PRINT_COPIES, 0);
    assert_int_equal(order()->copies, 1);
}

// 3000 programs: the list takes what one job may hold, and says so.
static void a_large_region_ends_at_the_limit(void **state)
{
    (void)state;
    take_catalog(catalog_fixture_snapshot(3000, 7));
    staff_print_open(&turn, SHEET_CARDS);
    staff_add_open(&turn);
    if (visit.search.choice.organization_id[0] != '\0')
        staff_add_act(&turn, &(struct tap){ACTION_PRINT_HERE, 0});
    staff_add_act(&turn, &(struct tap){ACTION_PRINT_ADD_ALL, 0});
    assert_int_equal(visit.staff.print.row_count, SHEET_ITEMS_MAX);
    assert_int_equal(visit.toast.word, WORD_PRINT_LIMIT);
    visit.toast = (struct toast){0};
    act(ACTION_PRINT_PLACES, 0);
    act(ACTION_PRINT_GROUPS, 0);
    assert_int_equal(order()->item_count, SHEET_ITEMS_MAX);
    assert_int_equal(visit.toast.word, WORD_PRINT_LIMIT);
    assert_true(sheet_order_valid(order(), turn.catalog));
}

static void programs_are_picked_one_by_one(void **state)
{
    (void)state;
    staff_print_open(&turn, SHEET_CARDS);
    staff_add_open(&turn);
    assert_int_equal(visit.screen, SCREEN_STAFF_ADD);
    assert_int_equal(visit.search.result.total, 7);
    staff_add_act(&turn, &(struct tap){ACTION_PRINT_HERE, 0});
    assert_int_equal(visit.search.result.total, 12);
    staff_add_act(&turn, &(struct tap){ACTION_PRINT_DIRECTION, DIRECTION_TECH});
    assert_int_equal(visit.search.result.total, 3);
    staff_add_act(&turn, &(struct tap){ACTION_PRINT_ADD_ALL, 0});
    assert_int_equal(visit.staff.print.row_count, 9);
    assert_true(ordered("p02"));
    uint32_t hit = 0;
    while (strcmp(turn.catalog->programs[visit.search.result.hits[hit].program].record.head.id,
                  "p02") != 0)
        hit++;
    staff_add_act(&turn, &(struct tap){ACTION_PRINT_HIT, hit});
    assert_false(ordered("p02"));
    assert_int_equal(visit.staff.print.row_count, 8);
    staff_add_act(&turn, &(struct tap){ACTION_PRINT_HIT, 77}); // nothing
    staff_add_act(&turn, &(struct tap){ACTION_DONE, 0});
    assert_int_equal(visit.screen, SCREEN_STAFF_PRINT);
}

// A newer catalogue has other ordinals: the ids find them, what is gone leaves.
static void a_new_catalogue_moves_the_ordinals(void **state)
{
    (void)state;
    staff_print_open(&turn, SHEET_CARDS);
    uint32_t before = visit.staff.print.row_count;
    take_catalog(small_region_changed(6));
    staff_print_refresh(&turn);
    assert_true(visit.staff.print.row_count <= before);
    assert_int_equal(order()->serial, 6);
    for (uint32_t i = 0; i < visit.staff.print.row_count; i++)
        assert_int_not_equal(snapshot_find_program(turn.catalog, visit.staff.print.rows[i].id),
                             SNAPSHOT_NONE);
    assert_true(sheet_order_valid(order(), turn.catalog));
}

static void the_printer_is_watched_while_staff_look(void **state)
{
    (void)state;
    staff_print_tick(&turn);
    assert_int_equal(effects.count, 1);
    assert_int_equal(effects.items[0].print.kind, PRINT_WATCH);
    turn.clock.now_ms += PRINT_WATCH_S * 1000 - 10001;
    staff_print_tick(&turn);
    assert_int_equal(effects.count, 1);
    turn.clock.now_ms += 1;
    staff_print_tick(&turn);
    assert_int_equal(effects.count, 2);
    visit.screen = SCREEN_HOME;
    turn.clock.now_ms += 100000;
    staff_print_tick(&turn);
    assert_int_equal(effects.count, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_begins_with_what_has_places_here, start, finish),
        cmocka_unit_test_setup_teardown(the_organization_here_may_be_named, start, finish),
        cmocka_unit_test_setup_teardown(the_hand_outweighs_the_places, start, finish),
        cmocka_unit_test_setup_teardown(each_group_may_have_its_card, start, finish),
        cmocka_unit_test_setup_teardown(receipts_go_where_they_can, start, finish),
        cmocka_unit_test_setup_teardown(what_is_seen_is_sent, start, finish),
        cmocka_unit_test_setup_teardown(an_empty_list_sends_nothing, start, finish),
        cmocka_unit_test_setup_teardown(a_large_region_ends_at_the_limit, start, finish),
        cmocka_unit_test_setup_teardown(programs_are_picked_one_by_one, start, finish),
        cmocka_unit_test_setup_teardown(a_new_catalogue_moves_the_ordinals, start, finish),
        cmocka_unit_test_setup_teardown(the_printer_is_watched_while_staff_look, start, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
