#include "catalog/clash.h"
#include "catalog/record_fields.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { TODAY = 20779, NOW_S = TODAY * 86400, WEEK_MIN = 7 * 24 * 60, DAY_MIN = 24 * 60 };

static struct group group_with(unsigned count, const struct slot *slots)
{
    struct record record;
    record_clear(RECORD_GROUP, &record);
    struct group group = record.group;
    group.address_id = "here";
    for (unsigned i = 0; i < count; i++) {
        group.slots[i] = slots[i];
        if (slots[i].address_id == NULL)
            group.slots[i].address_id = "";
    }
    group.slot_count = count;
    return group;
}

#define GROUP(...)                                                                                 \
    group_with(sizeof((struct slot[]){__VA_ARGS__}) / sizeof(struct slot),                         \
               (struct slot[]){__VA_ARGS__})

static void expect(const struct group *a, const struct group *b, enum clash_kind kind,
                   unsigned weekday)
{
    struct clash one = group_clash(a, b);
    struct clash other = group_clash(b, a);
    assert_int_equal(one.kind, kind);
    assert_int_equal(one.weekday, weekday);
    assert_memory_equal(&one, &other, sizeof one);
}

static void lessons_share_a_minute(void **state)
{
    (void)state;
    struct group robots = GROUP({2, WEEK_EVERY, 960, 1050}, {4, WEEK_EVERY, 960, 1050});
    struct group film = GROUP({2, WEEK_EVERY, 990, 1080});
    struct group after = GROUP({2, WEEK_EVERY, 1050, 1100});
    struct group friday = GROUP({5, WEEK_EVERY, 960, 1050});
    expect(&robots, &film, CLASH_OVERLAP, 2);
    expect(&robots, &after, CLASH_NONE, 0);
    expect(&robots, &friday, CLASH_NONE, 0);
}

static void odd_and_even_weeks_never_meet(void **state)
{
    (void)state;
    struct group odd = GROUP({2, WEEK_ODD, 960, 1050});
    struct group even = GROUP({2, WEEK_EVEN, 960, 1050});
    struct group every = GROUP({2, WEEK_EVERY, 960, 1050});
    expect(&odd, &even, CLASH_NONE, 0);
    expect(&odd, &odd, CLASH_OVERLAP, 2);
    expect(&odd, &every, CLASH_OVERLAP, 2);
    expect(&even, &every, CLASH_OVERLAP, 2);
}

static void an_unknown_time_is_no_clash(void **state)
{
    (void)state;
    struct group known = GROUP({2, WEEK_EVERY, 960, 1050});
    struct group unknown = GROUP({2, WEEK_EVERY, RECORD_UNKNOWN, RECORD_UNKNOWN});
    struct group endless = GROUP({2, WEEK_EVERY, 1000, RECORD_UNKNOWN});
    struct group before = GROUP({2, WEEK_EVERY, 900, RECORD_UNKNOWN});
    struct group empty = group_with(0, NULL);
    expect(&known, &unknown, CLASH_NONE, 0);
    expect(&unknown, &unknown, CLASH_NONE, 0);
    expect(&known, &endless, CLASH_OVERLAP, 2);
    expect(&known, &before, CLASH_NONE, 0);
    expect(&known, &empty, CLASH_NONE, 0);
}

static void terms_apart_never_meet(void **state)
{
    (void)state;
    struct group autumn = GROUP({2, WEEK_EVERY, 960, 1050});
    struct group spring = autumn;
    autumn.end_day = TODAY + 30;
    expect(&autumn, &spring, CLASH_OVERLAP, 2);
    spring.start_day = TODAY + 30;
    expect(&autumn, &spring, CLASH_OVERLAP, 2);
    spring.start_day = TODAY + 31;
    expect(&autumn, &spring, CLASH_NONE, 0);
}

static void a_way_between_addresses_takes_time(void **state)
{
    (void)state;
    struct group first = GROUP({3, WEEK_EVERY, 960, 1020});
    struct group second = GROUP({3, WEEK_EVERY, 1049, 1100});
    expect(&first, &second, CLASH_NONE, 0);
    second.address_id = "there";
    expect(&first, &second, CLASH_TRAVEL, 3);
    assert_int_equal(group_clash(&first, &second).gap_min, 29);
    second.slots[0].address_id = "here";
    expect(&first, &second, CLASH_NONE, 0);
    second.slots[0].address_id = "";
    second.slots[0].from_min = 1050;
    expect(&first, &second, CLASH_NONE, 0);
    second.slots[0].from_min = 1020;
    expect(&first, &second, CLASH_TRAVEL, 3);
    assert_int_equal(group_clash(&first, &second).gap_min, 0);
    second.address_id = ""; // not told: nothing is said of a way
    expect(&first, &second, CLASH_NONE, 0);
    second.address_id = "there";
    first.slots[0].to_min = RECORD_UNKNOWN;
    expect(&first, &second, CLASH_NONE, 0);
}

static void the_worst_is_told_first(void **state)
{
    (void)state;
    struct group a =
        GROUP({1, WEEK_EVERY, 600, 660}, {5, WEEK_EVERY, 600, 660}, {3, WEEK_EVERY, 600, 660});
    struct group b =
        GROUP({1, WEEK_EVERY, 670, 700}, {3, WEEK_EVERY, 630, 690}, {5, WEEK_EVERY, 630, 690});
    b.address_id = "there";
    expect(&a, &b, CLASH_OVERLAP, 3);
    b.slot_count = 1;
    expect(&a, &b, CLASH_TRAVEL, 1);
}

// ---- against a fortnight painted minute by minute

static uint64_t random_state = 2026;

static unsigned random_below(unsigned limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (unsigned)(random_state % limit);
}

static struct group random_group(void)
{
    struct slot slots[5] = {0};
    unsigned count = random_below(6);
    for (unsigned i = 0; i < count; i++) {
        slots[i].weekday = (uint8_t)(1 + random_below(7));
        slots[i].parity = (uint8_t)random_below(WEEK_PARITY_COUNT);
        slots[i].from_min = random_below(8) == 0 ? RECORD_UNKNOWN : (int16_t)(random_below(1200));
        slots[i].to_min = random_below(8) == 0
                              ? RECORD_UNKNOWN
                              : (int16_t)(slots[i].from_min + 1 + random_below(200));
    }
    return group_with(count, slots);
}

// Which minutes of an odd week and the even one after it the group fills.
static void paint(const struct group *group, bool *ret_minutes)
{
    memset(ret_minutes, 0, 2 * WEEK_MIN);
    for (uint32_t i = 0; i < group->slot_count; i++) {
        const struct slot *slot = &group->slots[i];
        int end = slot->to_min > slot->from_min ? slot->to_min : slot->from_min + 1;
        for (int week = 0; week < 2; week++)
            for (int minute = slot->from_min; slot->from_min >= 0 && minute < end; minute++)
                if (slot->parity == WEEK_EVERY || slot->parity == (week ? WEEK_EVEN : WEEK_ODD))
                    ret_minutes[week * WEEK_MIN + (slot->weekday - 1) * DAY_MIN + minute] = true;
    }
}

// The first day of the week on which both fill a minute, or 0.
static unsigned painted_clash(const struct group *a, const struct group *b)
{
    static bool of_a[2 * WEEK_MIN];
    static bool of_b[2 * WEEK_MIN];
    paint(a, of_a);
    paint(b, of_b);
    unsigned first = 0;
    for (unsigned minute = 0; minute < 2 * WEEK_MIN; minute++) {
        unsigned day = 1 + minute % WEEK_MIN / DAY_MIN;
        if (of_a[minute] && of_b[minute] && (first == 0 || day < first))
            first = day;
    }
    return first;
}

static void agrees_with_the_painted_fortnight(void **state)
{
    (void)state;
    unsigned met = 0;
    enum { ROUNDS = 3000 };
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct group a = random_group();
        struct group b = random_group();
        unsigned day = painted_clash(&a, &b);
        expect(&a, &b, day == 0 ? CLASH_NONE : CLASH_OVERLAP, day);
        met += day != 0;
    }
    assert_in_range(met, ROUNDS / 20, ROUNDS * 19 / 20); // both answers were tried
}

// What clashes goes on to clash when both move by the same minutes, or to the next weekday.
static void shifts_change_nothing(void **state)
{
    (void)state;
    for (unsigned round = 0; round < 3000; round++) {
        struct group pair[2] = {random_group(), random_group()};
        pair[1].address_id = "there";
        struct clash before = group_clash(&pair[0], &pair[1]);
        int by = (int)random_below(240);
        for (unsigned g = 0; g < 2; g++)
            for (uint32_t i = 0; i < pair[g].slot_count; i++) {
                struct slot *slot = &pair[g].slots[i];
                slot->to_min += slot->to_min >= 0 && slot->from_min >= 0 ? (int16_t)by : 0;
                slot->from_min += slot->from_min >= 0 ? (int16_t)by : 0;
            }
        struct clash after = group_clash(&pair[0], &pair[1]);
        assert_memory_equal(&before, &after, sizeof before);
        for (unsigned g = 0; g < 2; g++)
            for (uint32_t i = 0; i < pair[g].slot_count; i++)
                pair[g].slots[i].weekday = (uint8_t)(pair[g].slots[i].weekday % 7 + 1);
        assert_int_equal(group_clash(&pair[0], &pair[1]).kind, before.kind);
    }
}

static void disjoint_weeks_part_even_a_group_and_itself(void **state)
{
    (void)state;
    for (unsigned round = 0; round < 1000; round++) {
        struct group odd = random_group();
        for (uint32_t i = 0; i < odd.slot_count; i++)
            odd.slots[i].parity = WEEK_ODD;
        struct group even = odd;
        for (uint32_t i = 0; i < even.slot_count; i++)
            even.slots[i].parity = WEEK_EVEN;
        expect(&odd, &even, CLASH_NONE, 0);
    }
}

// ---- the way out

static struct record program_record(const char *id)
{
    struct record record;
    record_clear(RECORD_PROGRAM, &record);
    record.program.head.id = id;
    return record;
}

static void add_group(struct snapshot_builder *builder, const char *id, const char *program,
                      unsigned weekday, int32_t places)
{
    struct record record = {.type = RECORD_GROUP};
    record.group = GROUP({(uint8_t)weekday, WEEK_EVERY, 960, 1050});
    record.group.head = (struct record_head){id, id, "test", NOW_S};
    record.group.program_id = program;
    record.group.address_id = "";
    record.group.places_free = places;
    record.group.places_known_at_s = NOW_S;
    record.group.enrollment = TERNARY_YES;
    snapshot_builder_add(builder, &record);
}

static struct snapshot *region_of_groups(void)
{
    struct snapshot_builder *builder = snapshot_builder_create();
    static const char *const ids[] = {"p1", "p2"};
    for (unsigned i = 0; i < 2; i++) {
        struct record record = program_record(ids[i]);
        snapshot_builder_add(builder, &record);
    }
    add_group(builder, "1a", "p1", 2, 5);
    add_group(builder, "2a", "p2", 2, 5);
    add_group(builder, "2b", "p2", 2, 5);              // at the same time
    add_group(builder, "2c", "p2", 3, 0);              // no places
    add_group(builder, "2d", "p2", 4, RECORD_UNKNOWN); // may have some
    add_group(builder, "2e", "p2", 5, 2);
    return snapshot_build(builder, 1, NOW_S, NOW_S, "test");
}

static const struct snapshot_group *group_named(const struct snapshot *catalog, const char *id)
{
    for (uint32_t i = 0; i < catalog->group_count; i++)
        if (strcmp(catalog->groups[i].record.head.id, id) == 0)
            return &catalog->groups[i];
    fail();
    return NULL;
}

static void another_group_is_offered(void **state)
{
    (void)state;
    struct snapshot *catalog = region_of_groups();
    const struct snapshot_group *chosen[] = {group_named(catalog, "1a"), NULL,
                                             group_named(catalog, "2a")};
    assert_ptr_equal(clash_way_out(catalog, chosen, 3, 2, TODAY, NOW_S),
                     group_named(catalog, "2e"));
    assert_null(clash_way_out(catalog, chosen, 3, 0, TODAY, NOW_S)); // p1 has no other
    assert_null(clash_way_out(catalog, chosen, 3, 1, TODAY, NOW_S));
    chosen[1] = group_named(catalog, "2e"); // a third takes Friday: places are to be asked
    assert_ptr_equal(clash_way_out(catalog, chosen, 3, 2, TODAY, NOW_S),
                     group_named(catalog, "2d"));
    snapshot_destroy(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lessons_share_a_minute),
        cmocka_unit_test(odd_and_even_weeks_never_meet),
        cmocka_unit_test(an_unknown_time_is_no_clash),
        cmocka_unit_test(terms_apart_never_meet),
        cmocka_unit_test(a_way_between_addresses_takes_time),
        cmocka_unit_test(the_worst_is_told_first),
        cmocka_unit_test(agrees_with_the_painted_fortnight),
        cmocka_unit_test(shifts_change_nothing),
        cmocka_unit_test(disjoint_weeks_part_even_a_group_and_itself),
        cmocka_unit_test(another_group_is_offered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
