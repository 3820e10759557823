#include "screens/daybook.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct clock morning = {.now_ms = 1000, .wall_s = 1795331400, .utc_offset_s = 10800};

static enum daybook_event_kind newest(const struct daybook *book)
{
    return daybook_event(book, 0)->kind;
}

static void a_new_day_clears_the_counts(void **state)
{
    (void)state;
    struct daybook book = {0};
    struct clock clock = morning;
    daybook_wake(&book, &clock);
    assert_int_equal(newest(&book), DAYBOOK_STARTED);
    book.touches = book.visits = book.codes = book.searches = book.sheets = 7;
    clock.wall_s += 3600;
    daybook_wake(&book, &clock);
    assert_int_equal(book.touches, 7);
    clock.wall_s += 14 * 3600; // past midnight of the terminal's own zone
    daybook_wake(&book, &clock);
    assert_int_equal(book.touches + book.visits + book.codes + book.searches + book.sheets, 0);
    assert_int_equal(daybook_kept(&book), 1);
}

static void the_ring_keeps_the_newest(void **state)
{
    (void)state;
    struct daybook book = {0};
    for (int i = 0; i < 3 * DAYBOOK_EVENTS + 5; i++)
        daybook_add(&book, DAYBOOK_SYNCED, i, &morning);
    assert_int_equal(daybook_kept(&book), DAYBOOK_EVENTS);
    for (int i = 0; i < DAYBOOK_EVENTS; i++)
        assert_int_equal(daybook_event(&book, (uint32_t)i)->value, 3 * DAYBOOK_EVENTS + 4 - i);
}

static void a_link_is_told_when_it_changes(void **state)
{
    (void)state;
    struct daybook book = {0};
    struct link_state off = {0};
    struct link_state on = {.online = true};
    daybook_see_link(&book, &off, &on, &morning); // the start is no news
    assert_int_equal(daybook_kept(&book), 0);
    daybook_see_link(&book, &on, &off, &morning);
    assert_int_equal(newest(&book), DAYBOOK_LINK_LOST);
    daybook_see_link(&book, &off, &off, &morning);
    daybook_see_link(&book, &off, &on, &morning);
    assert_int_equal(newest(&book), DAYBOOK_LINK_BACK);
    struct link_state full = {.online = true, .storage = STORAGE_FULL};
    daybook_see_link(&book, &on, &full, &morning);
    assert_int_equal(newest(&book), DAYBOOK_STORAGE);
    assert_int_equal(daybook_event(&book, 0)->value, STORAGE_FULL);
    assert_int_equal(daybook_kept(&book), 3);
}

static void a_printer_is_told_by_its_first_reason(void **state)
{
    (void)state;
    struct daybook book = {0};
    struct print_state before = {0};
    struct print_state after = {.printers = {{.known = true, .ready = true}}};
    daybook_see_printing(&book, &before, &after, &morning);
    assert_int_equal(daybook_kept(&book), 0);
    before = after;
    after.printers[PAPER_A4].ready = false;
    after.printers[PAPER_A4].reasons = 1u << REASON_NO_PAPER | 1u << REASON_LOW_TONER;
    daybook_see_printing(&book, &before, &after, &morning);
    daybook_see_printing(&book, &after, &after, &morning);
    assert_int_equal(daybook_kept(&book), 1);
    assert_int_equal(newest(&book), DAYBOOK_PRINTER);
    assert_int_equal(daybook_event(&book, 0)->value, REASON_NO_PAPER);
    daybook_see_printing(&book, &after, &before, &morning);
    assert_int_equal(newest(&book), DAYBOOK_PRINTER_FINE);
}

static void a_job_counts_once_when_it_is_done(void **state)
{
    (void)state;
    struct daybook book = {0};
    struct print_state before = {.job_count = 1, .jobs = {{.id = 9, .sheets = 4}}};
    struct print_state after = before;
    after.jobs[0].state = PRINT_DONE;
    daybook_see_printing(&book, &before, &after, &morning);
    daybook_see_printing(&book, &after, &after, &morning);
    // A helper that died comes back with what it had done.
    daybook_see_printing(&book, &(struct print_state){0}, &after, &morning);
    assert_int_equal(book.sheets, 4);
    assert_int_equal(daybook_kept(&book), 1);
    after.jobs[0].state = PRINT_UNSURE;
    daybook_see_printing(&book, &before, &after, &morning);
    assert_int_equal(newest(&book), DAYBOOK_PRINT_FAILED);
    assert_int_equal(book.sheets, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_day_clears_the_counts),
        cmocka_unit_test(the_ring_keeps_the_newest),
        cmocka_unit_test(a_link_is_told_when_it_changes),
        cmocka_unit_test(a_printer_is_told_by_its_first_reason),
        cmocka_unit_test(a_job_counts_once_when_it_is_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
