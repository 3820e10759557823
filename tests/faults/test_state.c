// Power goes after every step of state.db's work: an event whose keeping was answered stands, one
// whose dropping was answered is gone, none is there twice, and the highest serial never goes back.
#include "base/text.h"
#include "navigator/store_state.h"
#include "tests/faults/cuts.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { EVENTS_MAX = 600, MARKS_MAX = 2 * EVENTS_MAX, NEVER = INT32_MAX };

struct event {
    char id[OUTBOX_ID_BYTES];
    uint64_t asked; // the step before it may be there; of a dropping the same
    uint64_t kept;  // the step from which it must be there
    uint64_t drop_asked;
    uint64_t dropped;
};

struct story {
    struct event events[EVENTS_MAX];
    unsigned event_count;
    uint64_t serials[MARKS_MAX];      // highest ones that were kept ...
    uint64_t serial_steps[MARKS_MAX]; // ... at these steps
    unsigned serial_count;
    uint64_t highest_asked;
    uint64_t marks[MARKS_MAX]; // steps at which something was promised
    unsigned mark_count;
};

static char folder[64];
static struct story story;
static bool may_fail; // what is answered with false isn't promised

static int set_up(void **state)
{
    (void)state;
    memset(&story, 0, sizeof story);
    may_fail = false;
    cuts_make_folder(folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    disk_unwatch();
    cuts_remove_folder(folder);
    return 0;
}

// ---- what is done, and promised by its answer

static uint64_t promise(void)
{
    assert_true(story.mark_count < MARKS_MAX);
    return story.marks[story.mark_count++] = disk_steps();
}

static struct state_db *open_state(void)
{
    char error[STATE_DB_ERROR_BYTES] = "";
    struct state_db *state_db = state_db_open(folder, error);
    assert_true(may_fail || error[0] == '\0');
    return state_db;
}

static void add_event(struct state_db *state_db)
{
    assert_true(story.event_count < EVENTS_MAX);
    struct event *event = &story.events[story.event_count++];
    struct outbox_event made = {.at_s = 1000, .event.kind = EVENT_QR_SHOWN};
    state_db_new_id(made.id);
    text_copy(made.event.detail, sizeof made.event.detail, "p-1");
    text_copy(event->id, sizeof event->id, made.id);
    event->asked = disk_steps();
    event->drop_asked = event->dropped = NEVER;
    bool kept = state_db_add_event(state_db, &made);
    assert_true(kept || may_fail);
    event->kept = kept ? promise() : NEVER;
}

static struct event *find_event(const char *id)
{
    for (unsigned i = 0; i < story.event_count; i++)
        if (strcmp(story.events[i].id, id) == 0)
            return &story.events[i];
    return NULL;
}

static void drop_oldest(struct state_db *state_db, size_t count)
{
    static struct outbox_event oldest[OUTBOX_BATCH_MAX];
    size_t found = state_db_oldest_events(state_db, 0, count, oldest);
    assert_true(found == count || may_fail);
    count = found;
    if (count == 0)
        return;
    for (size_t i = 0; i < count; i++)
        find_event(oldest[i].id)->drop_asked = disk_steps();
    bool dropped = state_db_drop_events(state_db, oldest[count - 1].order);
    assert_true(dropped || may_fail);
    uint64_t step = dropped ? promise() : NEVER;
    for (size_t i = 0; i < count; i++)
        find_event(oldest[i].id)->dropped = step;
}

static void keep_serial(struct state_db *state_db, uint64_t serial)
{
    struct feed_state feed = {
        .etag = "\"x\"", .highest_serial = serial, .last_contact_s = 1700000000};
    story.highest_asked = serial;
    bool kept = state_db_keep_feed(state_db, &feed);
    assert_true(kept || may_fail);
    if (!kept)
        return;
    story.serials[story.serial_count] = serial;
    story.serial_steps[story.serial_count++] = promise();
}

// ---- what stands

static bool event_stands(const struct event *event, unsigned found, uint64_t step,
                         char ret_why[static DISK_TEXT_BYTES])
{
    bool must = event->kept <= step && event->drop_asked >= step;
    bool may_not = event->asked > step || event->dropped <= step;
    snprintf(ret_why, DISK_TEXT_BYTES, "event %s: found %u times, expected %s", event->id, found,
             must      ? "it"
             : may_not ? "none"
                       : "at most one");
    return must ? found == 1 : may_not ? found == 0 : found <= 1;
}

static bool events_stand(struct state_db *state_db, uint64_t step,
                         char ret_why[static DISK_TEXT_BYTES])
{
    static struct outbox_event batch[OUTBOX_BATCH_MAX];
    static unsigned found[EVENTS_MAX];
    int64_t order = 0;
    memset(found, 0, sizeof found);
    for (size_t count;
         (count = state_db_oldest_events(state_db, order, OUTBOX_BATCH_MAX, batch)) > 0;) {
        for (size_t i = 0; i < count; i++) {
            struct event *event = find_event(batch[i].id);
            if (event == NULL || strcmp(batch[i].event.detail, "p-1") != 0) {
                snprintf(ret_why, DISK_TEXT_BYTES, "found a strange event %s", batch[i].id);
                return false;
            }
            found[event - story.events]++;
        }
        order = batch[count - 1].order;
    }
    for (unsigned i = 0; i < story.event_count; i++)
        if (!event_stands(&story.events[i], found[i], step, ret_why))
            return false;
    return true;
}

static bool serial_stands(struct state_db *state_db, uint64_t step,
                          char ret_why[static DISK_TEXT_BYTES])
{
    uint64_t promised = 0;
    uint64_t found = state_db_feed(state_db).highest_serial;
    for (unsigned i = 0; i < story.serial_count && story.serial_steps[i] <= step; i++)
        promised = story.serials[i];
    snprintf(ret_why, DISK_TEXT_BYTES, "highest serial: found %" PRIu64 ", expected %" PRIu64,
             found, promised);
    return found >= promised && found <= story.highest_asked;
}

static bool look(void *context, const char *where, uint64_t step,
                 char ret_why[static DISK_TEXT_BYTES])
{
    const bool *may_be_repaired = context;
    char error[STATE_DB_ERROR_BYTES] = "";
    struct state_db *state_db = state_db_open(where, error);
    snprintf(ret_why, DISK_TEXT_BYTES, "found storage %s, expected it fine: %s",
             storage_name(state_db_storage(state_db)), error);
    enum storage storage = state_db_storage(state_db);
    bool fine = error[0] == '\0' &&
                (storage == STORAGE_FINE || (*may_be_repaired && storage == STORAGE_REPAIRED)) &&
                state_db_probe(state_db) && events_stand(state_db, step, ret_why) &&
                serial_stands(state_db, step, ret_why);
    state_db_close(state_db);
    return fine;
}

static struct cuts cut(const char *what, uint64_t first, bool may_be_repaired)
{
    struct cuts cuts = {.look = look,
                        .context = &may_be_repaired,
                        .marks = story.marks,
                        .mark_count = story.mark_count};
    cuts_try(&cuts, first, disk_steps());
    print_message("%s: %u boundaries, %u disks, %u different, %u promises; %u bad\n", what,
                  cuts.boundaries, cuts.disks, cuts.looks, story.mark_count, cuts.bad);
    return cuts;
}

static void assert_all_well(const char *what, uint64_t first, bool may_be_repaired)
{
    char why[DISK_TEXT_BYTES];
    struct cuts cuts = cut(what, first, may_be_repaired);
    if (cuts.bad > 0)
        fail_msg("%s", cuts.first_bad);
    if (!disk_matches(why))
        fail_msg("%s", why);
}

static void live_a_little(void)
{
    struct state_db *state_db = open_state();
    for (unsigned i = 0; i < 6; i++)
        add_event(state_db);
    keep_serial(state_db, 5);
    drop_oldest(state_db, 3);
    add_event(state_db);
    state_db_close(state_db);
    state_db = open_state(); // after a checkpoint, that is
    add_event(state_db);
    keep_serial(state_db, 6);
    drop_oldest(state_db, 2);
    state_db_close(state_db);
}

static void test_power_cuts_from_the_first_start_on(void **state)
{
    (void)state;
    disk_watch(folder);
    live_a_little();
    assert_int_equal(story.mark_count, 12);
    assert_all_well("first start", 0, false);
}

static void test_power_cuts_around_a_checkpoint(void **state)
{
    (void)state;
    struct state_db *state_db = open_state();
    disk_watch(folder);
    keep_serial(state_db, 9);
    uint64_t before = 0;
    bool checkpointed = false;
    while (!checkpointed && story.event_count < EVENTS_MAX) {
        before = disk_steps();
        add_event(state_db);
        for (uint64_t step = before + 1; step <= disk_steps(); step++)
            checkpointed |= strstr(disk_step_text(step), " write state.db ") != NULL;
    }
    assert_true(checkpointed);
    add_event(state_db);
    drop_oldest(state_db, OUTBOX_BATCH_MAX);
    add_event(state_db);
    state_db_close(state_db);
    assert_all_well("checkpoint", before > 20 ? before - 20 : 0, false);
}

// The schema of the first programs, which kept no version.
static const char first_schema[] =
    "PRAGMA journal_mode=WAL;"
    "CREATE TABLE feed (one INTEGER PRIMARY KEY CHECK (one = 1), etag TEXT NOT NULL,"
    " highest_serial INTEGER NOT NULL, last_contact_s INTEGER NOT NULL);"
    "CREATE TABLE outbox (ord INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL,"
    " at_s INTEGER NOT NULL, kind INTEGER NOT NULL, detail TEXT NOT NULL);"
    "INSERT INTO feed VALUES (1, '\"x\"', 4, 1700000000);"
    "INSERT INTO outbox (id, at_s, kind, detail) VALUES"
    " ('00000000000000000000000000000001', 1000, 0, 'p-1'),"
    " ('00000000000000000000000000000002', 1000, 0, 'p-1');";

static void test_power_cuts_while_an_old_schema_climbs(void **state)
{
    (void)state;
    sqlite3 *database;
    char path[128];
    snprintf(path, sizeof path, "%s/state.db", folder);
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, first_schema, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
    disk_watch(folder);
    for (unsigned i = 0; i < 2; i++) {
        struct event *event = &story.events[story.event_count++];
        *event = (struct event){.drop_asked = NEVER, .dropped = NEVER};
        snprintf(event->id, sizeof event->id, "%032u", i + 1);
    }
    story.serials[story.serial_count++] = 4;
    story.highest_asked = 4;
    struct state_db *state_db = open_state();
    add_event(state_db);
    keep_serial(state_db, 5);
    state_db_close(state_db);
    assert_all_well("old schema", 0, false);
}

// Whatever was in it is lost; that it opens, takes events and keeps them is not.
static void test_power_cuts_while_a_damaged_file_is_set_aside(void **state)
{
    (void)state;
    char path[128];
    static const char garbage[] = "this is no database, whatever its name says, and it is long "
                                  "enough to be read as one by anybody who wants to try it";
    snprintf(path, sizeof path, "%s/state.db", folder);
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    assert_int_equal(write(fd, garbage, sizeof garbage), sizeof garbage);
    close(fd);
    disk_watch(folder);
    struct state_db *state_db = open_state();
    assert_int_equal(state_db_storage(state_db), STORAGE_REPAIRED);
    add_event(state_db);
    keep_serial(state_db, 5);
    state_db_close(state_db);
    assert_all_well("set aside", 0, true);
}

static void test_a_lost_fsync_would_be_noticed(void **state)
{
    (void)state;
    disk_watch(folder);
    disk_set_lying(true);
    live_a_little();
    struct cuts cuts = cut("lying disk", 0, false);
    print_message("%s\n", cuts.first_bad);
    assert_true(cuts.bad > 0);
}

// ---- failing calls

static void assert_stands_after_power_cut(unsigned nth)
{
    static bool never_repaired = false;
    for (unsigned i = 0; i < 3; i++) {
        char target[64];
        char why[DISK_TEXT_BYTES] = "";
        cuts_make_folder(target);
        disk_crash(disk_steps(), i == 0 ? DISK_LOSS_ALL : DISK_LOSS_SOME, i, target);
        if (!look(&never_repaired, target, disk_steps(), why))
            fail_msg("call %u fails, power goes: %s", nth, why);
        cuts_remove_folder(target);
    }
}

static unsigned fail_each_call(const char *what, int error, bool for_ever)
{
    unsigned hits;
    unsigned nth = 0;
    unsigned promises = 0;
    may_fail = true;
    do {
        char why[DISK_TEXT_BYTES] = "";
        static bool never_repaired = false;
        memset(&story, 0, sizeof story);
        cuts_remove_folder(folder);
        cuts_make_folder(folder);
        disk_watch(folder);
        disk_fail(&(struct disk_fault){
            .calls = DISK_ANY_CALL, .nth = ++nth, .error = error, .for_ever = for_ever});
        live_a_little();
        hits = disk_hits();
        disk_fail(NULL);
        promises += story.mark_count;
        assert_stands_after_power_cut(nth);
        if (!look(&never_repaired, folder, disk_steps(), why))
            fail_msg("call %u fails: %s", nth, why);
    } while (hits > 0);
    print_message("%s: %u calls failed, %u promises kept\n", what, nth - 1, promises);
    return nth - 1;
}

static void test_each_call_fails(void **state)
{
    (void)state;
    assert_true(fail_each_call("EIO once", EIO, false) > 100);
    assert_true(fail_each_call("EIO for ever", EIO, true) > 100);
    assert_true(fail_each_call("ENOSPC once", ENOSPC, false) > 100);
    assert_true(fail_each_call("ENOSPC for ever", ENOSPC, true) > 100);
    assert_true(fail_each_call("EROFS for ever", EROFS, true) > 100);
}

static void test_the_disk_fills_up(void **state)
{
    (void)state;
    static bool never_repaired = false;
    unsigned cut_short = 0;
    may_fail = true;
    for (int64_t room = 0; room < 156000; room += 1300) {
        char why[DISK_TEXT_BYTES] = "";
        memset(&story, 0, sizeof story);
        cuts_remove_folder(folder);
        cuts_make_folder(folder);
        disk_watch(folder);
        disk_set_room(room);
        live_a_little();
        cut_short += disk_hits() > 0;
        disk_set_room(-1);
        if (!look(&never_repaired, folder, disk_steps(), why))
            fail_msg("room for %d bytes: %s", (int)room, why);
    }
    print_message("%u of 120 were too small\n", cut_short);
    assert_true(cut_short > 50 && cut_short < 120);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_power_cuts_from_the_first_start_on),
        TEST(test_power_cuts_around_a_checkpoint),
        TEST(test_power_cuts_while_an_old_schema_climbs),
        TEST(test_power_cuts_while_a_damaged_file_is_set_aside),
        TEST(test_a_lost_fsync_would_be_noticed),
        TEST(test_each_call_fails),
        TEST(test_the_disk_fills_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
