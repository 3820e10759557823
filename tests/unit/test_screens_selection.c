#include "catalog/record_fields.h"
#include "screens/selection_parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { TODAY = 20779, NOW_S = TODAY * 86400, CERTIFICATE = PAYMENT_CERTIFICATE };

static const struct clock now = {.wall_s = NOW_S};

// A region built in one place, a visit that keeps all of it.
struct desk {
    struct snapshot_builder *builder;
    struct snapshot *catalog;
    struct visit *visit;
    struct selection_plan plan;
};

static int open_desk(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);
    desk->builder = snapshot_builder_create();
    desk->visit = calloc(1, sizeof *desk->visit);
    *state = desk;
    return 0;
}

static int close_desk(void **state)
{
    struct desk *desk = *state;
    snapshot_destroy(desk->catalog);
    free(desk->visit);
    free(desk);
    return 0;
}

// Keeps a program with one group, chosen; on `weekday` from 16:00 to 17:30.
static void keep(struct desk *desk, const char *id, uint32_t payment, unsigned weekday,
                 int32_t month_kopecks, int32_t total_kopecks, enum price_period period)
{
    struct record program;
    struct record group;
    record_clear(RECORD_PROGRAM, &program);
    record_clear(RECORD_GROUP, &group);
    program.program.head.id = id;
    program.program.payment = payment;
    group.group.head.id = id;
    group.group.program_id = id;
    group.group.enrollment = TERNARY_YES;
    group.group.price_month_kopecks = month_kopecks;
    group.group.price_total_kopecks = total_kopecks;
    group.group.price_period = period;
    group.group.slots[0] = (struct slot){(uint8_t)weekday, WEEK_EVERY, 960, 1050, ""};
    group.group.slot_count = 1;
    snapshot_builder_add(desk->builder, &program);
    snapshot_builder_add(desk->builder, &group);
    struct selection *selection = &desk->visit->selection;
    snprintf(selection->kept[selection->count].program_id, RECORD_ID_BYTES, "%s", id);
    snprintf(selection->kept[selection->count++].group_id, RECORD_ID_BYTES, "%s", id);
}

static void keep_monthly(struct desk *desk, const char *id, uint32_t payment, unsigned weekday,
                         int32_t kopecks)
{
    keep(desk, id, payment, weekday, kopecks, RECORD_UNKNOWN, PRICE_PERIOD_UNKNOWN);
}

static void check_certificate(struct desk *desk, enum certificate_unit unit, int64_t balance)
{
    desk->visit->certificate.known = true;
    desk->visit->certificate.rest =
        (struct certificate_rest){.known = true, .unit = unit, .amount = balance};
}

static const struct selection_plan *work_out(struct desk *desk)
{
    if (desk->catalog == NULL)
        desk->catalog = snapshot_build(desk->builder, 1, NOW_S, NOW_S, "test");
    selection_plan(desk->visit, desk->catalog, &now, &desk->plan);
    return &desk->plan;
}

static void periods_are_never_added_up(void **state)
{
    struct desk *desk = *state;
    keep_monthly(desk, "a", PAYMENT_PAID, 1, 100000);
    keep_monthly(desk, "b", CERTIFICATE, 2, 50000);
    keep(desk, "c", PAYMENT_PAID, 3, RECORD_UNKNOWN, 700000, PRICE_PERIOD_COURSE);
    keep(desk, "d", PAYMENT_PAID, 4, RECORD_UNKNOWN, 30000, PRICE_PERIOD_LESSON);
    const struct selection_plan *plan = work_out(desk);
    assert_int_equal(plan->parents.kopecks[PRICE_PERIOD_MONTH], 150000);
    assert_int_equal(plan->parents.kopecks[PRICE_PERIOD_COURSE], 700000);
    assert_int_equal(plan->parents.kopecks[PRICE_PERIOD_LESSON], 30000);
    assert_int_equal(plan->may.kopecks[PRICE_PERIOD_MONTH], 50000);
    assert_int_equal(plan->unknown, 0);
    assert_true(plan->hours_known);
    assert_int_equal(plan->clash_count, 0);
}

static void an_unknown_price_is_not_zero(void **state)
{
    struct desk *desk = *state;
    keep_monthly(desk, "a", PAYMENT_PAID, 1, RECORD_UNKNOWN);
    keep_monthly(desk, "b", CERTIFICATE, 2, RECORD_UNKNOWN);
    keep_monthly(desk, "c", PAYMENT_FREE, 3, RECORD_UNKNOWN);
    const struct selection_plan *plan = work_out(desk);
    assert_int_equal(plan->unknown, 2);
    for (int i = 0; i < PRICE_PERIOD_COUNT; i++)
        assert_int_equal(plan->parents.kopecks[i], 0);
}

static void programs_share_one_certificate(void **state)
{
    struct desk *desk = *state;
    keep_monthly(desk, "a", CERTIFICATE, 1, 100000);
    keep_monthly(desk, "b", CERTIFICATE, 2, 100000);
    keep_monthly(desk, "c", CERTIFICATE, 3, 100000);
    check_certificate(desk, CERTIFICATE_RUB, 150000);
    const struct selection_plan *plan = work_out(desk);
    assert_int_equal(plan->items[0].share.kind, SHARE_COVERED);
    assert_int_equal(plan->items[1].share.kind, SHARE_PARTLY);
    assert_int_equal(plan->items[2].share.kind, SHARE_OWN);
    assert_int_equal(plan->paid.kopecks[PRICE_PERIOD_MONTH], 150000);
    assert_int_equal(plan->parents.kopecks[PRICE_PERIOD_MONTH], 150000);
    assert_int_equal(plan->may.kopecks[PRICE_PERIOD_MONTH], 0);
}

static void a_certificate_may_count_programs_or_hours(void **state)
{
    struct desk *desk = *state;
    keep_monthly(desk, "a", CERTIFICATE, 1, 100000);
    keep_monthly(desk, "b", CERTIFICATE, 2, RECORD_UNKNOWN);
    keep_monthly(desk, "c", CERTIFICATE, 3, 80000);
    check_certificate(desk, CERTIFICATE_PROGRAMS, 2);
    const struct selection_plan *plan = work_out(desk);
    assert_int_equal(plan->counted, 2);
    assert_int_equal(plan->unknown, 0);
    assert_int_equal(plan->parents.kopecks[PRICE_PERIOD_MONTH], 80000);
    check_certificate(desk, CERTIFICATE_HOURS, 72);
    plan = work_out(desk);
    assert_int_equal(plan->by_hours, 3);
    assert_int_equal(plan->parents.kopecks[PRICE_PERIOD_MONTH], 0);
}

static void the_first_of_the_worst_is_told(void **state)
{
    struct desk *desk = *state;
    keep_monthly(desk, "a", PAYMENT_FREE, 5, RECORD_UNKNOWN);
    keep_monthly(desk, "b", PAYMENT_FREE, 2, RECORD_UNKNOWN);
    keep_monthly(desk, "c", PAYMENT_FREE, 2, RECORD_UNKNOWN);
    keep_monthly(desk, "d", PAYMENT_FREE, 2, RECORD_UNKNOWN);
    const struct selection_plan *plan = work_out(desk);
    assert_int_equal(plan->clash_count, 3);
    assert_int_equal(plan->worst.kind, CLASH_OVERLAP);
    assert_int_equal(plan->worst.weekday, 2);
    assert_int_equal(plan->worst_pair[0], 1);
    assert_int_equal(plan->worst_pair[1], 2);
    assert_false(plan->items[0].clashes);
    assert_true(plan->items[3].clashes);
    assert_null(plan->way_out);
}

static void what_is_gone_takes_no_part(void **state)
{
    struct desk *desk = *state;
    keep_monthly(desk, "a", PAYMENT_PAID, 2, 100000);
    struct selection *selection = &desk->visit->selection;
    selection->kept[1] = selection->kept[0];
    selection->kept[1].program_id[0] = 'x';
    selection->kept[2] = selection->kept[0];
    selection->kept[2].group_id[0] = 'x'; // only the group is
    selection->count = 3;
    const struct selection_plan *plan = work_out(desk);
    assert_int_equal(plan->count, 3);
    assert_int_equal(plan->alive, 2);
    assert_null(plan->items[1].program);
    assert_null(plan->items[2].chosen);
    assert_non_null(plan->items[2].shown);
    assert_int_equal(plan->clash_count, 0);
    assert_false(plan->hours_known);
    selection_plan(desk->visit, NULL, &now, &desk->plan);
    assert_int_equal(desk->plan.alive, 0);
}

int main(void)
{
#define AT_A_DESK(test) cmocka_unit_test_setup_teardown(test, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        AT_A_DESK(periods_are_never_added_up),
        AT_A_DESK(an_unknown_price_is_not_zero),
        AT_A_DESK(programs_share_one_certificate),
        AT_A_DESK(a_certificate_may_count_programs_or_hours),
        AT_A_DESK(the_first_of_the_worst_is_told),
        AT_A_DESK(what_is_gone_takes_no_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
