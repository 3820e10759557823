// state.db: what comes out of it is what went in, or nothing, whatever happened to the file.
//
// In /dev/shm: thousands of files are damaged here, and no disk has to be asked to sync them.
#include "base/file.h"
#include "base/text.h"
#include "navigator/set_aside.h"
#include "navigator/store_state.h"

#include <dirent.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { FILE_MAX = 1024 * 1024, EVENTS = 12, FLIP_STEP = 11 };

struct room {
    char folder[64];
    char path[96];
};

static const struct feed_state known = {
    .etag = "\"the-etag-of-serial-5\"", .highest_serial = 5, .last_contact_s = 1790000000};

static void remove_all(const char *folder)
{
    DIR *dir = opendir(folder);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (unlink(path) != 0)
            (void)rmdir(path);
    }
    closedir(dir);
}

static int set_up(void **state)
{
    struct room *room = calloc(1, sizeof *room);
    text_copy(room->folder, sizeof room->folder, "/dev/shm/navigator-state-XXXXXX");
    assert_non_null(mkdtemp(room->folder));
    snprintf(room->path, sizeof room->path, "%s/state.db", room->folder);
    *state = room;
    return 0;
}

static int tear_down(void **state)
{
    struct room *room = *state;
    remove_all(room->folder);
    assert_int_equal(rmdir(room->folder), 0);
    free(room);
    return 0;
}

static struct state_db *open_fine(const struct room *room)
{
    char error[STATE_DB_ERROR_BYTES] = "";
    struct state_db *state_db = state_db_open(room->folder, error);
    assert_string_equal(error, "");
    return state_db;
}

static bool exists(const struct room *room, const char *name)
{
    char path[160];
    snprintf(path, sizeof path, "%s/%s", room->folder, name);
    return access(path, F_OK) == 0;
}

static void put(struct state_db *state_db, enum event_kind kind, const char *detail)
{
    struct outbox_event event = {.at_s = 1790000000, .event.kind = kind};
    text_copy(event.event.detail, sizeof event.event.detail, detail);
    state_db_new_id(event.id);
    assert_true(state_db_add_event(state_db, &event));
}

// "kind:detail " of all that waits, oldest first.
static const char *waiting(struct state_db *state_db)
{
    static char memory[4096];
    static struct outbox_event events[OUTBOX_BATCH_MAX];
    struct text text;
    text_init(&text, memory, sizeof memory);
    size_t count = state_db_oldest_events(state_db, 0, OUTBOX_BATCH_MAX, events);
    for (size_t i = 0; i < count; i++)
        text_addf(&text, "%d:%s ", (int)events[i].event.kind, events[i].event.detail);
    return memory;
}

static void expect_feed(struct state_db *state_db, const struct feed_state *expected)
{
    struct feed_state feed = state_db_feed(state_db);
    assert_string_equal(feed.etag, expected->etag);
    assert_int_equal(feed.highest_serial, expected->highest_serial);
    assert_int_equal(feed.last_contact_s, expected->last_contact_s);
}

// ---- events

static void test_events_wait_in_order_until_acknowledged(void **state)
{
    struct room *room = *state;
    struct state_db *state_db = open_fine(room);
    put(state_db, EVENT_SEARCH_EMPTY, "a");
    put(state_db, EVENT_QR_SHOWN, "b");
    put(state_db, EVENT_QR_SHOWN, "c");
    state_db_close(state_db);
    state_db = open_fine(room);
    assert_string_equal(waiting(state_db), "2:a 0:b 0:c ");
    static struct outbox_event events[OUTBOX_BATCH_MAX];
    assert_int_equal(state_db_oldest_events(state_db, 0, 2, events), 2);
    assert_string_not_equal(events[0].id, events[1].id);
    assert_int_equal(strlen(events[0].id), OUTBOX_ID_BYTES - 1);
    int64_t behind = events[0].order;
    assert_int_equal(state_db_oldest_events(state_db, behind, OUTBOX_BATCH_MAX, events), 2);
    assert_string_equal(events[0].event.detail, "b");
    assert_true(state_db_drop_events(state_db, events[0].order));
    assert_string_equal(waiting(state_db), "0:c ");
    state_db_close(state_db);
}

static void test_what_matters_least_goes_first(void **state)
{
    (void)state;
    struct state_db *state_db = state_db_open_memory(4);
    put(state_db, EVENT_FALLBACK_LINK_SHOWN, "f1");
    put(state_db, EVENT_QR_SHOWN, "q1");
    put(state_db, EVENT_SEARCH_EMPTY, "s1");
    put(state_db, EVENT_VISIT_ENDED, "v1");
    assert_string_equal(waiting(state_db), "1:f1 0:q1 2:s1 3:v1 ");
    put(state_db, EVENT_QR_SHOWN, "q2");
    assert_string_equal(waiting(state_db), "1:f1 0:q1 2:s1 0:q2 4:1 ");
    put(state_db, EVENT_FALLBACK_LINK_SHOWN, "f2");
    assert_string_equal(waiting(state_db), "1:f1 0:q1 0:q2 1:f2 4:2 ");
    put(state_db, EVENT_VISIT_ENDED, "v2"); // itself the least
    assert_string_equal(waiting(state_db), "1:f1 0:q1 0:q2 1:f2 4:3 ");
    put(state_db, EVENT_FALLBACK_LINK_SHOWN, "f3");
    assert_string_equal(waiting(state_db), "1:f1 0:q2 1:f2 1:f3 4:4 ");
    put(state_db, EVENT_FALLBACK_LINK_SHOWN, "f4");
    put(state_db, EVENT_FALLBACK_LINK_SHOWN, "f5");
    assert_string_equal(waiting(state_db), "1:f2 1:f3 1:f4 1:f5 4:6 ");
    assert_int_equal(state_db_dropped(state_db), 6);
    state_db_close(state_db);
}

static void test_of_health_only_the_newest_is_kept(void **state)
{
    (void)state;
    struct state_db *state_db = state_db_open_memory(1);
    put(state_db, EVENT_STORAGE, "full");
    put(state_db, EVENT_QR_SHOWN, "q");
    put(state_db, EVENT_STORAGE, "fine");
    assert_string_equal(waiting(state_db), "0:q 5:fine ");
    assert_int_equal(state_db_dropped(state_db), 0);
    state_db_close(state_db);
}

static void test_what_is_given_up_is_counted_and_told_with_the_next(void **state)
{
    struct state_db *state_db = open_fine(*state);
    static struct outbox_event events[OUTBOX_BATCH_MAX];
    put(state_db, EVENT_QR_SHOWN, "bad");
    assert_int_equal(state_db_oldest_events(state_db, 0, 1, events), 1);
    assert_true(state_db_lose_event(state_db, events[0].order));
    assert_true(state_db_lose_event(state_db, events[0].order)); // it is gone: counted once
    assert_true(state_db_count_dropped(state_db, 6));
    assert_int_equal(state_db_dropped(state_db), 7);
    put(state_db, EVENT_QR_SHOWN, "good");
    assert_string_equal(waiting(state_db), "0:good 4:7 ");
    put(state_db, EVENT_QR_SHOWN, "more"); // told once
    assert_string_equal(waiting(state_db), "0:good 4:7 0:more ");
    state_db_close(state_db);
}

static void test_the_file_stays_within_its_bound(void **state)
{
    struct room *room = *state;
    struct state_db *state_db = open_fine(room);
    sqlite3 *db = NULL;
    put(state_db, EVENT_QR_SHOWN, "first");
    state_db_close(state_db);
    // As many more as it takes, past the program's own hands.
    assert_int_equal(sqlite3_open(room->path, &db), SQLITE_OK);
    char sql[512];
    snprintf(sql, sizeof sql,
             "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
             " INSERT INTO outbox SELECT NULL, id, at_s, kind, detail, sum FROM outbox, n",
             OUTBOX_EVENTS_MAX + 5);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    state_db = open_fine(room);
    put(state_db, EVENT_QR_SHOWN, "last");
    struct state_look look = state_db_look(room->folder);
    assert_true(look.readable);
    assert_int_equal(look.waiting_events, OUTBOX_EVENTS_MAX + 1); // and what is told of it
    assert_int_equal(look.dropped_events, 7);
    state_db_close(state_db);
    struct stat info;
    assert_int_equal(stat(room->path, &info), 0);
    assert_in_range(info.st_size, 1, 2 * 1024 * 1024);
}

// ---- older and newer schemas

#define TABLES                                                                                     \
    "CREATE TABLE feed (one INTEGER PRIMARY KEY CHECK (one = 1), etag TEXT NOT NULL,"              \
    " highest_serial INTEGER NOT NULL, last_contact_s INTEGER NOT NULL);"                          \
    "CREATE TABLE outbox (ord INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL,"                \
    " at_s INTEGER NOT NULL, kind INTEGER NOT NULL, detail TEXT NOT NULL);"                        \
    "INSERT INTO feed VALUES (1, '\"the-etag-of-serial-5\"', 5, 1790000000);"                      \
    "INSERT INTO outbox VALUES (7, '00112233445566778899aabbccddeeff', 1789999999, 1, 'p-1');"     \
    "INSERT INTO outbox VALUES (9, 'ffeeddccbbaa99887766554433221100', 1789999999, 2, 'words');"

static const char *const older[] = {
    "PRAGMA journal_mode=WAL;" TABLES, // the first programs, which kept no version
    TABLES "PRAGMA user_version = 1;",
    TABLES "ALTER TABLE feed ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;"
           "ALTER TABLE outbox ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;"
           "UPDATE feed SET sum = 2180102707804660443;"
           "UPDATE outbox SET sum = -5144498294037240668 WHERE ord = 7;"
           "UPDATE outbox SET sum = -8773618079368380780 WHERE ord = 9;"
           "PRAGMA user_version = 2;",
};

static void make(const struct room *room, const char *sql)
{
    sqlite3 *db = NULL;
    remove_all(room->folder);
    assert_int_equal(sqlite3_open(room->path, &db), SQLITE_OK);
    char *problem = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &problem) != SQLITE_OK)
        fail_msg("%s", problem);
    sqlite3_close(db);
}

static void test_older_files_climb(void **state)
{
    struct room *room = *state;
    for (size_t i = 0; i < sizeof older / sizeof *older; i++) {
        make(room, older[i]);
        assert_false(state_db_look(room->folder).readable); // changes nothing
        struct state_db *state_db = open_fine(room);
        assert_int_equal(state_db_storage(state_db), STORAGE_FINE);
        expect_feed(state_db, &known);
        assert_string_equal(waiting(state_db), "1:p-1 2:words ");
        put(state_db, EVENT_QR_SHOWN, "new");
        assert_string_equal(waiting(state_db), "1:p-1 2:words 0:new ");
        assert_int_equal(state_db_dropped(state_db), 0);
        state_db_close(state_db);
        assert_true(state_db_look(room->folder).readable);
        assert_int_equal(set_aside_count(room->folder), 0);
    }
}

static void test_a_newer_file_is_set_aside_and_not_guessed(void **state)
{
    struct room *room = *state;
    make(room, TABLES "PRAGMA user_version = 4;");
    struct state_db *state_db = open_fine(room);
    assert_int_equal(state_db_storage(state_db), STORAGE_REPAIRED);
    expect_feed(state_db, &(struct feed_state){0});
    assert_string_equal(waiting(state_db), "");
    put(state_db, EVENT_QR_SHOWN, "new");
    assert_int_equal(state_db_storage(state_db), STORAGE_REPAIRED);
    state_db_close(state_db);
    assert_true(exists(room, "state.db.damaged-1"));
    state_db = open_fine(room);
    assert_int_equal(state_db_storage(state_db), STORAGE_FINE);
    assert_string_equal(waiting(state_db), "0:new ");
    state_db_close(state_db);
}

// ---- damage

struct image {
    char *bytes;
    size_t length;
    struct outbox_event events[EVENTS];
};

static void take_image(const struct room *room, struct image *image)
{
    static struct outbox_event events[OUTBOX_BATCH_MAX];
    struct state_db *state_db = open_fine(room);
    assert_true(state_db_keep_feed(state_db, &known));
    for (int i = 0; i < EVENTS; i++)
        put(state_db, (enum event_kind)(i % 4), "p-a-program-with-a-longer-id");
    assert_int_equal(state_db_oldest_events(state_db, 0, OUTBOX_BATCH_MAX, events), EVENTS);
    memcpy(image->events, events, sizeof image->events);
    state_db_close(state_db);
    assert_true(file_read(room->path, FILE_MAX, &image->bytes, &image->length));
}

static void write_image(const struct room *room, const char *bytes, size_t length)
{
    char path[160];
    FILE *file = fopen(room->path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    fclose(file);
    snprintf(path, sizeof path, "%s-wal", room->path);
    unlink(path);
    snprintf(path, sizeof path, "%s-shm", room->path);
    unlink(path);
}

static bool was_there(const struct image *image, const struct outbox_event *event)
{
    for (int i = 0; i < EVENTS; i++)
        if (strcmp(image->events[i].id, event->id) == 0)
            return image->events[i].at_s == event->at_s &&
                   image->events[i].event.kind == event->event.kind &&
                   strcmp(image->events[i].event.detail, event->event.detail) == 0;
    return event->event.kind == EVENT_EVENTS_DROPPED;
}

// Whatever the file is: it opens, tells the truth or nothing, and takes what is new.
static size_t expect_truth_or_nothing(const struct room *room, const struct image *image,
                                      size_t place)
{
    static struct outbox_event events[OUTBOX_BATCH_MAX];
    struct state_db *state_db = open_fine(room);
    struct feed_state feed = state_db_feed(state_db);
    bool nothing = feed.highest_serial == 0 && feed.etag[0] == '\0' && feed.last_contact_s == 0;
    bool truth = feed.highest_serial == known.highest_serial &&
                 strcmp(feed.etag, known.etag) == 0 && feed.last_contact_s == known.last_contact_s;
    if (!nothing && !truth)
        fail_msg("byte %zu: found serial %llu, etag %s", place,
                 (unsigned long long)feed.highest_serial, feed.etag);
    size_t count = state_db_oldest_events(state_db, 0, OUTBOX_BATCH_MAX, events);
    for (size_t i = 0; i < count; i++)
        if (!was_there(image, &events[i]))
            fail_msg("byte %zu: found an event %s of kind %d", place, events[i].event.detail,
                     (int)events[i].event.kind);
    struct outbox_event fresh = {.at_s = 1790000001, .event.kind = EVENT_QR_SHOWN};
    state_db_new_id(fresh.id);
    // A bent schema may be found only by writing: then the second time it is another file.
    if (!state_db_add_event(state_db, &fresh) && !state_db_add_event(state_db, &fresh))
        fail_msg("byte %zu: takes no event", place);
    if (!state_db_keep_feed(state_db, &known) && !state_db_keep_feed(state_db, &known))
        fail_msg("byte %zu: takes no feed", place);
    expect_feed(state_db, &known);
    state_db_close(state_db);
    return count;
}

static void test_flipped_bits(void **state)
{
    struct room *room = *state;
    struct image image;
    size_t whole = 0;
    size_t flips = 0;
    take_image(room, &image);
    const char *feed_row = memmem(image.bytes, image.length, known.etag, strlen(known.etag));
    assert_non_null(feed_row);
    size_t row = (size_t)(feed_row - image.bytes);
    for (size_t i = 0; i<image.length; i += i + 24> row && i < row + 60 ? 1 : FLIP_STEP) {
        size_t place =
            i + flips % FLIP_STEP < image.length && i + 24 <= row ? i + flips % FLIP_STEP : i;
        char bit = (char)(1 << (flips++ % 8));
        image.bytes[place] ^= bit;
        write_image(room, image.bytes, image.length);
        image.bytes[place] ^= bit;
        whole += expect_truth_or_nothing(room, &image, place) == EVENTS;
    }
    print_message("%zu flips, %zu of them left all events\n", flips, whole);
    assert_true(flips > 1000 && whole > 0 && whole < flips);
    assert_true(set_aside_count(room->folder) <= SET_ASIDE_STATES_KEPT);
    free(image.bytes);
}

static void test_cut_files(void **state)
{
    struct room *room = *state;
    struct image image;
    take_image(room, &image);
    for (size_t length = 0; length < image.length; length += 512) {
        write_image(room, image.bytes, length);
        expect_truth_or_nothing(room, &image, length);
    }
    assert_int_equal(set_aside_count(room->folder), SET_ASIDE_STATES_KEPT);
    free(image.bytes);
}

static void test_no_database_at_all(void **state)
{
    struct room *room = *state;
    struct image image = {0};
    write_image(room,
                "no database, whatever its name says, and long enough to be taken for one "
                "by whoever looks only at the length of what stands in the file",
                130);
    expect_truth_or_nothing(room, &image, 0);
    assert_true(exists(room, "state.db.damaged-1"));
    unlink(room->path);
    assert_int_equal(mkdir(room->path, 0755), 0);
    expect_truth_or_nothing(room, &image, 1);
    assert_true(exists(room, "state.db.damaged-2"));
}

static void test_a_file_that_vanishes_is_begun_anew(void **state)
{
    struct room *room = *state;
    struct state_db *state_db = open_fine(room);
    struct state_db *other = open_fine(room);
    put(state_db, EVENT_QR_SHOWN, "lost");
    assert_true(set_aside(room->folder, "state.db"));
    put(state_db, EVENT_QR_SHOWN, "kept");
    assert_string_equal(waiting(other), "0:kept ");
    assert_string_equal(waiting(state_db), "0:kept ");
    state_db_close(other);
    state_db_close(state_db);
}

// ---- catalogues

static void test_damaged_catalogues_are_set_aside(void **state)
{
    struct room *room = *state;
    static const char *const names[] = {"catalog-7.db", "catalog-9.db", "catalog-8.new"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[160];
        snprintf(path, sizeof path, "%s/%s", room->folder, names[i]);
        FILE *file = fopen(path, "w");
        fputs("nonsense", file);
        fclose(file);
    }
    assert_int_equal(set_aside_damaged_catalogs(room->folder), 2);
    assert_false(exists(room, "catalog-7.db"));
    assert_false(exists(room, "catalog-9.db"));
    assert_true(exists(room, "catalog-8.new"));
    assert_int_equal(set_aside_count(room->folder), SET_ASIDE_CATALOGS_KEPT);
    assert_int_equal(storage_look(room->folder), STORAGE_REPAIRED);
    assert_int_equal(set_aside_damaged_catalogs(room->folder), 0);
}

#define ROOM(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROOM(test_events_wait_in_order_until_acknowledged),
        cmocka_unit_test(test_what_matters_least_goes_first),
        cmocka_unit_test(test_of_health_only_the_newest_is_kept),
        ROOM(test_what_is_given_up_is_counted_and_told_with_the_next),
        ROOM(test_the_file_stays_within_its_bound),
        ROOM(test_older_files_climb),
        ROOM(test_a_newer_file_is_set_aside_and_not_guessed),
        ROOM(test_flipped_bits),
        ROOM(test_cut_files),
        ROOM(test_no_database_at_all),
        ROOM(test_a_file_that_vanishes_is_begun_anew),
        ROOM(test_damaged_catalogues_are_set_aside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
