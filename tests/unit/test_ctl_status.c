// navigatorctl status: what a technician reads of a terminal's disk and outbox.
#include "base/file.h"
#include "base/options.h"
#include "base/text.h"
#include "ctl/commands.h"
#include "navigator/store_state.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct room {
    char folder[64];
    char output[96];
};

static int set_up(void **state)
{
    struct room *room = calloc(1, sizeof *room);
    text_copy(room->folder, sizeof room->folder, "/tmp/navigator-status-XXXXXX");
    assert_non_null(mkdtemp(room->folder));
    snprintf(room->output, sizeof room->output, "%s/output", room->folder);
    *state = room;
    return 0;
}

static int tear_down(void **state)
{
    struct room *room = *state;
    DIR *dir = opendir(room->folder);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        char path[400];
        snprintf(path, sizeof path, "%s/%s", room->folder, entry->d_name);
        unlink(path);
    }
    closedir(dir);
    rmdir(room->folder);
    free(room);
    return 0;
}

// What the command prints; it has no catalogue here, so it fails all the same.
static char *status(const struct room *room, char *how)
{
    char *argv[] = {"status", "--data-dir", (char *)room->folder, how, NULL};
    char *text = NULL;
    size_t length;
    fflush(stdout);
    int kept = dup(STDOUT_FILENO);
    assert_non_null(freopen(room->output, "w", stdout));
    int code = status_run(how ? 4 : 3, argv);
    fflush(stdout);
    assert_true(dup2(kept, STDOUT_FILENO) >= 0);
    close(kept);
    assert_int_equal(code, EXIT_FAILED);
    assert_true(file_read(room->output, 4096, &text, &length));
    return text;
}

static void expect_of(const struct room *room, char *how, const char *expected)
{
    char *text = status(room, how);
    if (strstr(text, expected) == NULL)
        fail_msg("found %s, expected %s", text, expected);
    free(text);
}

static void expect(const struct room *room, bool json, const char *expected)
{
    expect_of(room, json ? "--json" : NULL, expected);
}

static void test_an_empty_folder(void **state)
{
    expect(*state, true, "\"storage\":\"fine\",\"set_aside\":0}");
    expect_of(*state, "--openmetrics", "\nnavigator_terminal_catalog_serial 0\n");
    expect_of(*state, "--openmetrics", "\nnavigator_terminal_storage{state=\"fine\"} 1\n");
    expect(*state, false, "outbox:    no state.db that can be read\n");
}

static void test_the_outbox_is_counted_while_a_link_works(void **state)
{
    struct room *room = *state;
    char error[STATE_DB_ERROR_BYTES];
    struct state_db *state_db = state_db_open(room->folder, error);
    for (int i = 0; i < 3; i++) {
        struct outbox_event event = {.event.kind = EVENT_QR_SHOWN};
        state_db_new_id(event.id);
        assert_true(state_db_add_event(state_db, &event));
    }
    assert_true(state_db_count_dropped(state_db, 7));
    assert_true(state_db_keep_feed(state_db, &(struct feed_state){.last_contact_s = 1790000000}));
    expect(room, true,
           "\"outbox_events\":3,\"dropped_events\":7,\"last_contact_at\":\"2026-09-21T");
    expect_of(room, "--openmetrics", "\nnavigator_terminal_events_owed 3\n");
    expect_of(room, "--openmetrics", "\nnavigator_terminal_events_dropped 7\n");
    expect(room, false, "outbox:    3 events wait, 7 were dropped\n");
    state_db_close(state_db);
}

static void test_damaged_files_are_told(void **state)
{
    struct room *room = *state;
    char path[96];
    char error[STATE_DB_ERROR_BYTES];
    snprintf(path, sizeof path, "%s/state.db", room->folder);
    FILE *file = fopen(path, "w");
    for (int i = 0; i < 100; i++)
        fputs("nonsense ", file);
    fclose(file);
    expect(room, false, "no state.db that can be read");
    state_db_close(state_db_open(room->folder, error));
    expect(room, true, "\"storage\":\"repaired\",\"set_aside\":1,\"outbox_events\":0");
    expect(room, false, "storage:   repaired, damaged files set aside: 1\n");
}

#define ROOM(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROOM(test_an_empty_folder),
        ROOM(test_the_outbox_is_counted_while_a_link_works),
        ROOM(test_damaged_files_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
