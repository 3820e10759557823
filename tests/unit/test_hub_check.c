#include "hub/check.h"
#include "hub/number.h"
#include "tests/support/hub_room.h"

enum { NOW = 1790000000, ONE = 1, OTHER = 2 };

static struct hub_room room;
static struct certificate answer;
static int32_t retry_after_s;

static void put(const char *number, struct date birth)
{
    struct store_certificate item = {.birth_known = birth.year != 0};
    item.certificate = (struct certificate){
        .kind = CERTIFICATE_FUNDED, .nominal = 2000000, .balance = 850000, .reserved = 450000};
    number_hash(&room.hub.key, number, &item.number);
    if (item.birth_known)
        number_hash_birth(&room.hub.key, number, birth, &item.birth);
    assert_true(store_put_certificate(room.hub.store, &item));
}

static int set_up(void **state)
{
    (void)state;
    hub_room_init(&room);
    put("1", (struct date){2016, 2, 29});
    put("2", (struct date){0});
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    hub_room_finish(&room);
    return 0;
}

static enum check_result check(int64_t terminal, const char *number, struct date birth,
                               int64_t clock_s)
{
    struct certificate_query query = {.birth = birth};
    snprintf(query.number, sizeof query.number, "%s", number);
    return check_certificate(&room.hub, terminal, &query, clock_s,
                             date_to_days((struct date){2026, 9, 21}), &answer, &retry_after_s);
}

static const struct date nothing;

static void a_number_alone_tells_no_date(void **state)
{
    (void)state;
    assert_int_equal(check(ONE, "1", nothing, NOW), CHECK_PASSED);
    assert_false(answer.details_open);
    assert_int_equal(answer.valid_until.year, 0);
    assert_int_equal(answer.age_years, -1);
    assert_int_equal(answer.balance, 850000);
}

static void the_birth_date_opens_the_details(void **state)
{
    (void)state;
    assert_int_equal(check(ONE, "1", (struct date){2016, 2, 29}, NOW), CHECK_PASSED);
    assert_true(answer.details_open);
    assert_int_equal(answer.age_years, 10);
    assert_int_equal(date_to_days(answer.valid_until), date_to_days((struct date){2034, 3, 1}));
    assert_int_equal(check(ONE, "1", (struct date){2016, 2, 28}, NOW), CHECK_NOT_FOUND);
    // No birth date is known: nothing can be opened, nothing is refused.
    assert_int_equal(check(ONE, "2", (struct date){2016, 2, 28}, NOW), CHECK_PASSED);
    assert_false(answer.details_open);
}

static void put_entry(enum store_ledger ledger, const char *number, int month, const char *title)
{
    struct store_entry entry = {
        .ledger = ledger, .day = {2026, month, 1}, .title = title, .amount = 100 * month};
    number_hash(&room.hub.key, number, &entry.number);
    assert_true(store_put_entry(room.hub.store, &entry));
}

static void apply_entries(void)
{
    assert_true(store_begin_live(room.hub.store));
    assert_true(store_apply_entries(room.hub.store));
    assert_true(store_commit_live(room.hub.store));
}

static void details_list_charges_and_contracts_newest_first(void **state)
{
    (void)state;
    static const struct date birth = {2016, 2, 29};
    assert_true(store_stage_entries(room.hub.store));
    put_entry(STORE_CHARGES, "1", 3, "old");
    put_entry(STORE_CHARGES, "1", 9, "new");
    put_entry(STORE_CONTRACTS, "1", 1, "chess");
    put_entry(STORE_CHARGES, "2", 5, "of another");
    apply_entries();
    assert_int_equal(check(ONE, "1", nothing, NOW), CHECK_PASSED);
    assert_int_equal(answer.charge_count + answer.contract_count, 0);
    assert_int_equal(check(ONE, "1", birth, NOW), CHECK_PASSED);
    assert_int_equal(answer.charge_count, 2);
    assert_string_equal(answer.charges[0].title, "new");
    assert_int_equal(answer.charges[0].on.month, 9);
    assert_int_equal(answer.charges[0].amount, 900);
    assert_int_equal(answer.contract_count, 1);
    assert_string_equal(answer.contracts[0].title, "chess");
    // Another file takes the place of the charges, and only of them.
    assert_true(store_stage_entries(room.hub.store));
    for (int i = 0; i < CERTIFICATE_CHARGES_MAX + 3; i++)
        put_entry(STORE_CHARGES, "1", 1 + i % 12, "many");
    apply_entries();
    assert_int_equal(check(ONE, "1", birth, NOW), CHECK_PASSED);
    assert_int_equal(answer.charge_count, CERTIFICATE_CHARGES_MAX);
    assert_int_equal(answer.charges[0].on.month, 12);
    assert_int_equal(answer.contract_count, 1);
}

static void five_failures_in_ten_minutes_close_the_terminal(void **state)
{
    (void)state;
    for (int i = 0; i < CHECK_FAILED_MAX; i++)
        assert_int_equal(check(ONE, "404", nothing, NOW + i * 60), CHECK_NOT_FOUND);
    assert_int_equal(check(ONE, "1", nothing, NOW + 300), CHECK_LIMITED);
    assert_int_equal(retry_after_s, 300);
    assert_int_equal(check(OTHER, "1", nothing, NOW + 300), CHECK_PASSED);
    assert_int_equal(check(ONE, "1", nothing, NOW + 599), CHECK_LIMITED);
    assert_int_equal(retry_after_s, 1);
    assert_int_equal(check(ONE, "1", nothing, NOW + 600), CHECK_PASSED);
}

static void limits_outlive_a_restart(void **state)
{
    (void)state;
    for (int i = 0; i < CHECK_FAILED_MAX; i++)
        check(ONE, "404", nothing, NOW);
    store_close(room.hub.store);
    room.hub.store = store_open(room.data, false);
    assert_int_equal(check(ONE, "1", nothing, NOW + 1), CHECK_LIMITED);
}

static void a_clock_that_goes_back_frees_nobody_and_locks_nobody_for_years(void **state)
{
    (void)state;
    enum { YEARS = 10 * 365 * 86400 };
    for (int i = 0; i < CHECK_FAILED_MAX; i++)
        check(ONE, "404", nothing, (int64_t)NOW + YEARS);
    assert_int_equal(check(ONE, "1", nothing, NOW), CHECK_LIMITED);
    assert_int_equal(retry_after_s, CHECK_FAILED_S);
    assert_int_equal(check(ONE, "1", nothing, NOW + CHECK_FAILED_S), CHECK_PASSED);
}

static void ten_failures_a_day_close_a_number_everywhere(void **state)
{
    (void)state;
    static const struct date wrong = {2015, 1, 1};
    for (int i = 0; i < CHECK_NUMBER_MAX; i++)
        assert_int_equal(check(10 + i, "1", wrong, NOW + i), CHECK_NOT_FOUND);
    assert_int_equal(check(ONE, "1", nothing, NOW + 100), CHECK_LIMITED);
    assert_int_equal(retry_after_s, CHECK_NUMBER_S - 100);
    assert_int_equal(check(ONE, "2", nothing, NOW + 100), CHECK_PASSED);
    assert_int_equal(check(ONE, "1", nothing, NOW + CHECK_NUMBER_S), CHECK_PASSED);
}

static void sixty_successes_an_hour(void **state)
{
    (void)state;
    for (int i = 0; i < CHECK_PASSED_MAX; i++)
        assert_int_equal(check(ONE, "1", nothing, NOW), CHECK_PASSED);
    assert_int_equal(check(ONE, "1", nothing, NOW + 1), CHECK_LIMITED);
    assert_int_equal(retry_after_s, CHECK_PASSED_S - 1);
    assert_int_equal(check(ONE, "1", nothing, NOW + CHECK_PASSED_S), CHECK_PASSED);
}

static void many_certificates_are_taken_over_at_once_and_the_last_row_counts(void **state)
{
    (void)state;
    struct store *other = store_open(room.data, false);
    store_set_patience(other, 0);
    assert_true(store_stage_certificates(room.hub.store));
    put("3", (struct date){2016, 2, 29});
    put("3", (struct date){2017, 3, 30});
    assert_true(store_begin_live(other)); // nobody is locked out meanwhile
    store_rollback_live(other);
    assert_int_equal(check(ONE, "3", nothing, NOW), CHECK_NOT_FOUND);
    assert_true(store_begin_live(room.hub.store));
    assert_true(store_apply_certificates(room.hub.store));
    assert_int_equal(store_begin_live(other), hub_room_is_shared());
    store_rollback_live(other);
    assert_true(store_commit_live(room.hub.store));
    assert_int_equal(check(ONE, "3", (struct date){2016, 2, 29}, NOW), CHECK_NOT_FOUND);
    assert_int_equal(check(ONE, "3", (struct date){2017, 3, 30}, NOW), CHECK_PASSED);
    store_close(other);
}

static void numbers_are_kept_only_as_hashes(void **state)
{
    (void)state;
    static const char number[] = "7700123456";
    put(number, (struct date){2014, 5, 6});
    check(ONE, number, (struct date){2014, 5, 6}, NOW);
    char command[256];
    snprintf(command, sizeof command, "grep -qa -e %s -e 2014-05-06 '%s'/hub.db*", number,
             room.data);
    assert_int_not_equal(system(command), 0);
}

#define IN_ROOM(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ROOM(a_number_alone_tells_no_date),
        IN_ROOM(the_birth_date_opens_the_details),
        IN_ROOM(details_list_charges_and_contracts_newest_first),
        IN_ROOM(five_failures_in_ten_minutes_close_the_terminal),
        IN_ROOM(limits_outlive_a_restart),
        IN_ROOM(a_clock_that_goes_back_frees_nobody_and_locks_nobody_for_years),
        IN_ROOM(ten_failures_a_day_close_a_number_everywhere),
        IN_ROOM(sixty_successes_an_hour),
        IN_ROOM(many_certificates_are_taken_over_at_once_and_the_last_row_counts),
        IN_ROOM(numbers_are_kept_only_as_hashes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
