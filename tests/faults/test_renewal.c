// A failed fsync has lost what it was to make durable, though reads still find it: what is answered
// with yes afterwards must stand nevertheless when power goes. (First seen by tests/sim/run --hours
// 3000 --seed 11.)
#include "navigator/store_state.h"
#include "tests/faults/cuts.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { SYNCS = 12, TRIES = 4 };

static char folder[64];
static char after[64];

static bool add(struct state_db *state_db, char ret_id[static OUTBOX_ID_BYTES])
{
    struct outbox_event event = {.at_s = 1, .event.kind = EVENT_QR_SHOWN};
    state_db_new_id(event.id);
    memcpy(ret_id, event.id, sizeof event.id);
    return state_db_add_event(state_db, &event);
}

static bool stands(const char *id)
{
    static struct outbox_event events[OUTBOX_BATCH_MAX];
    char error[STATE_DB_ERROR_BYTES] = "";
    struct state_db *state_db = state_db_open(after, error);
    size_t count = state_db_oldest_events(state_db, 0, OUTBOX_BATCH_MAX, events);
    bool found = false;
    for (size_t i = 0; i < count; i++)
        found |= strcmp(events[i].id, id) == 0;
    state_db_close(state_db);
    return found;
}

// The nth fsync and so many after it fail; then the disk is well.
static void fail_and_go_on(unsigned nth, bool for_ever)
{
    char error[STATE_DB_ERROR_BYTES] = "";
    char id[OUTBOX_ID_BYTES];
    cuts_make_folder(folder);
    cuts_make_folder(after);
    disk_watch(folder);
    disk_fail(&(struct disk_fault){1u << DISK_SYNC, nth, EIO, for_ever});
    struct state_db *state_db = state_db_open(folder, error);
    for (int i = 0; i < TRIES; i++)
        add(state_db, id);
    unsigned hits = disk_hits();
    disk_fail(NULL);
    assert_true(add(state_db, id) || add(state_db, id));
    disk_crash(disk_steps(), DISK_LOSS_ALL, 1, after);
    state_db_close(state_db);
    disk_unwatch();
    if (!stands(id))
        fail_msg("what was kept after fsync %u had failed is gone", nth);
    assert_true(hits > 0 || nth > 2);
    cuts_remove_folder(folder);
    cuts_remove_folder(after);
}

static void test_what_is_kept_after_a_failed_fsync_stands(void **state)
{
    (void)state;
    for (unsigned nth = 1; nth <= SYNCS; nth++) {
        fail_and_go_on(nth, false);
        fail_and_go_on(nth, true);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_kept_after_a_failed_fsync_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
