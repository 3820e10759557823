// The outbox against a hub that loses its answers, calls batches wrong and goes silent, on a disk
// that is full, read-only or failing: each event has effect once, or is counted as dropped.
#include "base/text.h"
#include "navigator/outbox.h"
#include "tests/support/disk.h"
#include "tests/support/http_peer.h"

#include <dirent.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define JSON    "Content-Type: application/json\r\n"
#define PROBLEM "Content-Type: application/problem+json\r\n"

enum { IDS_MAX = 1024, NOW_S = 1790000000 };

// A hub that keeps ids as the true one does, and can be told to misbehave.
struct hub {
    char ids[IDS_MAX][OUTBOX_ID_BYTES];
    unsigned id_count;
    unsigned posts;
    unsigned repeated; // ids that came before
    char dropped[16];  // what the newest events_dropped told, like the next
    char storage[16];
    const char *status;  // for every batch; NULL judges by what is in it
    const char *headers; // with that status
    const char *body;
    const char *poison; // batches with this detail are wrong
    unsigned batch_max; // larger ones are too large; 0 any
    bool loses_answer;  // keeps the batch, then the connection breaks
};

struct scene {
    char folder[64];
    struct hub hub;
    struct http_peer *peer;
    struct http *http;
    struct state_db *state_db;
    struct outbox outbox;
    int64_t now_ms;
};

// ---- the hub

static bool keep_id(struct hub *hub, const char *id)
{
    for (unsigned i = 0; i < hub->id_count; i++)
        if (strncmp(hub->ids[i], id, OUTBOX_ID_BYTES - 1) == 0)
            return false;
    assert_true(hub->id_count < IDS_MAX);
    snprintf(hub->ids[hub->id_count++], OUTBOX_ID_BYTES, "%.*s", OUTBOX_ID_BYTES - 1, id);
    return true;
}

static void read_health(const char *event, const char *kind, char ret_detail[static 16])
{
    const char *end = strchr(event, '}');
    const char *found = strstr(event, kind);
    const char *detail = strstr(event, "\"detail\":\"");
    if (found != NULL && found < end && detail != NULL && detail < end)
        snprintf(ret_detail, 16, "%.*s", (int)strcspn(detail + 10, "\""), detail + 10);
}

static unsigned keep_batch(struct hub *hub, const char *body)
{
    unsigned count = 0;
    for (const char *at = body; (at = strstr(at, "\"id\":\"")) != NULL; count++) {
        at += 6;
        hub->repeated += !keep_id(hub, at);
        read_health(at, "events_dropped", hub->dropped);
        read_health(at, "\"storage\"", hub->storage);
    }
    return count;
}

static unsigned count_events(const char *body)
{
    unsigned count = 0;
    for (const char *at = body; (at = strstr(at, "\"id\":\"")) != NULL; at++)
        count++;
    return count;
}

static void answer(void *context, const struct http_peer_request *request,
                   struct http_peer_answer *ret_answer)
{
    static char body[64];
    struct hub *hub = context;
    unsigned count = count_events(request->body);
    hub->posts++;
    if (hub->status != NULL) {
        *ret_answer = (struct http_peer_answer){
            .status = hub->status, .headers = hub->headers, .body = hub->body};
        ret_answer->body_length = strlen(hub->body);
        return;
    }
    bool too_large = hub->batch_max != 0 && count > hub->batch_max;
    bool wrong = hub->poison != NULL && strstr(request->body, hub->poison) != NULL;
    if (too_large || wrong) {
        *ret_answer = (struct http_peer_answer){.status = too_large ? "413 Content Too Large"
                                                                    : "400 Bad Request",
                                                .headers = PROBLEM,
                                                .body = "{}",
                                                .body_length = 2};
        return;
    }
    snprintf(body, sizeof body, "{\"accepted\":%u}", keep_batch(hub, request->body));
    if (hub->loses_answer)
        return;
    *ret_answer = (struct http_peer_answer){
        .status = "200 OK", .headers = JSON, .body = body, .body_length = strlen(body)};
}

// ---- the scene

static void open_outbox(struct scene *scene)
{
    char error[HTTP_ERROR_BYTES] = "";
    struct http_origin origin = {.url = http_peer_url(scene->peer), .ca_file = "", .token = "t"};
    scene->http = http_create(&origin, error);
    assert_non_null(scene->http);
    scene->state_db = state_db_open(scene->folder, error);
    outbox_init(&scene->outbox, scene->http, scene->state_db);
}

static void close_outbox(struct scene *scene)
{
    outbox_finish(&scene->outbox);
    http_destroy(scene->http);
    state_db_close(scene->state_db);
}

static int set_up(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    text_copy(scene->folder, sizeof scene->folder, "/tmp/navigator-outbox-XXXXXX");
    assert_non_null(mkdtemp(scene->folder));
    scene->peer = http_peer_start(answer, &scene->hub);
    scene->now_ms = 1000;
    open_outbox(scene);
    *state = scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    close_outbox(scene);
    http_peer_stop(scene->peer);
    disk_unwatch();
    DIR *dir = opendir(scene->folder);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        char path[400];
        snprintf(path, sizeof path, "%s/%s", scene->folder, entry->d_name);
        unlink(path);
    }
    closedir(dir);
    rmdir(scene->folder);
    free(scene);
    return 0;
}

static void put(struct scene *scene, const char *detail)
{
    struct link_event event = {.kind = EVENT_QR_SHOWN};
    text_copy(event.detail, sizeof event.detail, detail);
    outbox_put(&scene->outbox, &event, NOW_S, scene->now_ms);
}

static void put_many(struct scene *scene, unsigned count, unsigned poisoned)
{
    for (unsigned i = 0; i < count; i++)
        put(scene, i == poisoned ? "bad" : "p-1");
}

// The next thing the outbox waits for, and its call's end. false when it waits for nothing.
static bool turn(struct scene *scene)
{
    int64_t next_ms = outbox_next_ms(&scene->outbox);
    if (next_ms == INT64_MAX)
        return false;
    if (next_ms > scene->now_ms)
        scene->now_ms = next_ms;
    outbox_tick(&scene->outbox, scene->now_ms);
    while (scene->outbox.call != NULL) {
        struct http_call *ended = http_next_ended(scene->http);
        if (ended != NULL)
            assert_true(outbox_take(&scene->outbox, ended, scene->now_ms));
        else
            http_wait(scene->http, NULL, 0, 1000);
    }
    return true;
}

// Until nothing waits any more; returns how many times it posted.
static unsigned drain(struct scene *scene)
{
    unsigned before = scene->hub.posts;
    for (unsigned i = 0; turn(scene); i++)
        if (i > 1000)
            fail_msg("the outbox never ends");
    return scene->hub.posts - before;
}

static void expect_waiting(struct scene *scene, unsigned count)
{
    assert_int_equal(state_db_look(scene->folder).waiting_events, count);
}

// ---- once in effect

static void test_a_lost_answer_repeats_the_batch_and_nothing_else(void **state)
{
    struct scene *scene = *state;
    put_many(scene, 250, UINT32_MAX);
    scene->hub.loses_answer = true;
    for (int i = 0; i < 3; i++)
        turn(scene);
    assert_int_equal(scene->hub.id_count, OUTBOX_BATCH_MAX);
    expect_waiting(scene, 250);
    scene->hub.loses_answer = false;
    drain(scene);
    assert_int_equal(scene->hub.id_count, 250);
    assert_int_equal(scene->hub.repeated, 3 * OUTBOX_BATCH_MAX);
    expect_waiting(scene, 0);
}

static void test_a_restart_behind_a_lost_answer_posts_the_same_ids(void **state)
{
    struct scene *scene = *state;
    put_many(scene, 30, UINT32_MAX);
    scene->hub.loses_answer = true;
    turn(scene);
    close_outbox(scene);
    scene->hub.loses_answer = false;
    open_outbox(scene);
    put_many(scene, 5, UINT32_MAX); // half of the batch is known
    drain(scene);
    assert_int_equal(scene->hub.id_count, 35);
    assert_int_equal(scene->hub.repeated, 30);
    expect_waiting(scene, 0);
}

// ---- batches called wrong

static void test_one_bad_event_costs_no_good_one(void **state)
{
    struct scene *scene = *state;
    static const unsigned places[] = {0, 1, 49, 50, 63, 98, 99};
    unsigned kept = 0;
    scene->hub.poison = "\"bad\"";
    for (unsigned i = 0; i < sizeof places / sizeof *places; i++) {
        put_many(scene, 100, places[i]);
        unsigned posts = drain(scene);
        assert_in_range(posts, 2, 14);
        kept += 99 + (i > 0); // how many are dropped is told with the next event
        assert_int_equal(scene->hub.id_count, kept);
        assert_int_equal(state_db_dropped(scene->state_db), i + 1);
        expect_waiting(scene, 0);
    }
    assert_string_equal(scene->hub.dropped, "6");
    assert_int_equal(scene->hub.repeated, 0);
}

static void test_many_bad_events_and_a_lone_one(void **state)
{
    struct scene *scene = *state;
    scene->hub.poison = "\"bad\"";
    put(scene, "bad");
    drain(scene);
    for (unsigned i = 0; i < 5; i++)
        put_many(scene, 40, 17);
    drain(scene);
    assert_int_equal(scene->hub.id_count, 5 * 39 + 1);
    assert_string_equal(scene->hub.dropped, "1");
    assert_int_equal(state_db_dropped(scene->state_db), 6);
    expect_waiting(scene, 0);
}

static void test_too_large_batches_only_become_smaller(void **state)
{
    struct scene *scene = *state;
    scene->hub.batch_max = 12;
    put_many(scene, 100, UINT32_MAX);
    drain(scene);
    assert_int_equal(scene->hub.id_count, 100);
    assert_int_equal(state_db_dropped(scene->state_db), 0);
}

struct refusal {
    const char *status;
    const char *headers;
    const char *body;
};

static void test_what_is_not_the_events_fault_keeps_them(void **state)
{
    struct scene *scene = *state;
    static const struct refusal refusals[] = {
        {"401 Unauthorized", PROBLEM, "{}"},
        {"403 Forbidden", PROBLEM, "{}"},
        {"404 Not Found", PROBLEM, "{}"},
        {"500 Internal Server Error", PROBLEM, "{}"},
        {"503 Service Unavailable", PROBLEM, "{}"},
        {"400 Bad Request", "Content-Type: text/html\r\n", "<h1>a proxy</h1>"},
        {"413 Content Too Large", "Content-Type: text/plain\r\n", "a proxy"},
        {"200 OK", "Content-Type: text/html\r\n", "<h1>a portal</h1>"},
        {"200 OK", JSON, "{}"},
        {"200 OK", JSON, "{\"accepted\":2}"},
        {"200 OK", JSON, "{\"accepted\":\"3\"}"},
        {"204 No Content", JSON, ""},
        {"302 Found", "Location: /elsewhere\r\n", ""},
    };
    put_many(scene, 3, UINT32_MAX);
    for (unsigned i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        int64_t before_ms = scene->now_ms;
        scene->hub.status = refusals[i].status;
        scene->hub.headers = refusals[i].headers;
        scene->hub.body = refusals[i].body;
        scene->outbox.schedule.failures = 0;
        turn(scene);
        assert_int_equal(scene->hub.posts, i + 1);
        assert_true(outbox_next_ms(&scene->outbox) >= before_ms + SCHEDULE_FIRST_MS * 8 / 10);
        expect_waiting(scene, 3);
    }
    scene->hub.status = NULL;
    drain(scene);
    assert_int_equal(scene->hub.id_count, 3);
    assert_int_equal(scene->hub.repeated, 0);
    assert_int_equal(state_db_dropped(scene->state_db), 0);
}

static void test_retry_after_is_obeyed_and_new_events_do_not_hurry(void **state)
{
    struct scene *scene = *state;
    put(scene, "p-1");
    scene->hub.status = "429 Too Many Requests";
    scene->hub.headers = PROBLEM "Retry-After: 900\r\n";
    scene->hub.body = "{}";
    turn(scene);
    assert_true(outbox_next_ms(&scene->outbox) >= scene->now_ms + 900 * 1000);
    put(scene, "p-2");
    assert_true(outbox_next_ms(&scene->outbox) >= scene->now_ms + 900 * 1000);
    outbox_tick(&scene->outbox, scene->now_ms + 899 * 1000);
    assert_null(scene->outbox.call);
    assert_int_equal(scene->hub.posts, 1);
}

// ---- a disk that takes nothing

static void test_a_full_disk_keeps_a_few_in_memory_and_posts_them(void **state)
{
    struct scene *scene = *state;
    put(scene, "p-1");
    disk_watch(scene->folder);
    disk_set_room(0);
    unsigned hits = disk_hits();
    put_many(scene, OUTBOX_SPARE_EVENTS_MAX + 50, UINT32_MAX);
    assert_true(disk_hits() > hits);
    assert_int_equal(outbox_storage(&scene->outbox), STORAGE_FULL);
    for (int i = 0; i < 8; i++)
        turn(scene);
    // The one on the disk, those in memory, and that some were dropped, and why.
    assert_int_equal(scene->hub.id_count, 1 + OUTBOX_SPARE_EVENTS_MAX + 2);
    assert_int_equal(scene->hub.repeated, 0); // though the disk never took that they are gone
    assert_string_equal(scene->hub.storage, "full");
    assert_string_equal(scene->hub.dropped, "50");
    disk_set_room(-1);
    put(scene, "p-2");
    drain(scene);
    assert_int_equal(outbox_storage(&scene->outbox), STORAGE_FINE);
    assert_int_equal(scene->hub.repeated, 0);
    assert_string_equal(scene->hub.storage, "fine");
    assert_int_equal(state_db_dropped(scene->state_db), 50);
    expect_waiting(scene, 0);
}

static void test_what_waited_in_memory_comes_to_disk_when_there_is_room(void **state)
{
    struct scene *scene = *state;
    scene->hub.status = "503 Service Unavailable";
    scene->hub.headers = PROBLEM;
    scene->hub.body = "{}";
    disk_watch(scene->folder);
    disk_set_room(0);
    put_many(scene, 10, UINT32_MAX);
    expect_waiting(scene, 0);
    disk_set_room(-1);
    int64_t until_ms = scene->now_ms + OUTBOX_SPARE_RETRY_MS;
    while (scene->now_ms < until_ms)
        turn(scene);
    expect_waiting(scene, 10 + 1); // and the word about the disk
    assert_int_equal(outbox_storage(&scene->outbox), STORAGE_FINE);
    close_outbox(scene); // durable: they outlive the program
    open_outbox(scene);
    scene->hub.status = NULL;
    drain(scene);
    assert_int_equal(scene->hub.id_count, 10 + 1);
    assert_int_equal(scene->hub.repeated, 0);
}

static void test_a_read_only_disk(void **state)
{
    struct scene *scene = *state;
    put_many(scene, 5, UINT32_MAX);
    disk_watch(scene->folder);
    disk_set_read_only(true);
    put(scene, "p-2");
    assert_true(disk_hits() > 0);
    assert_int_equal(outbox_storage(&scene->outbox), STORAGE_READ_ONLY);
    for (int i = 0; i < 8; i++)
        turn(scene);
    assert_int_equal(scene->hub.id_count, 5 + 1 + 1);
    assert_int_equal(scene->hub.repeated, 0);
    // A start on such a disk, too.
    close_outbox(scene);
    open_outbox(scene);
    assert_int_equal(outbox_storage(&scene->outbox), STORAGE_READ_ONLY);
    put(scene, "p-3");
    for (int i = 0; i < 8; i++)
        turn(scene);
    assert_int_equal(scene->hub.id_count, 5 + 1 + 1 + 2);
    disk_set_read_only(false);
    put(scene, "p-4");
    drain(scene);
    assert_int_equal(outbox_storage(&scene->outbox), STORAGE_FINE);
    expect_waiting(scene, 0);
}

// The terminal starts while nothing can be read. Nobody comes any more, and still what waited is
// sent once the disk is well again.
static void test_a_start_on_a_disk_that_cannot_be_read(void **state)
{
    struct scene *scene = *state;
    struct disk_fault fault = {.calls = DISK_ANY_CALL, .nth = 1, .error = EIO, .for_ever = true};
    put_many(scene, 5, UINT32_MAX);
    close_outbox(scene);
    disk_watch(scene->folder);
    disk_fail(&fault);
    open_outbox(scene);
    for (int i = 0; i < 8; i++)
        turn(scene);
    assert_int_equal(scene->hub.posts, 0);
    disk_fail(NULL);
    drain(scene);
    assert_int_equal(scene->hub.id_count, 5);
    assert_int_equal(scene->hub.repeated, 0);
    expect_waiting(scene, 0);
}

// Each call to the disk fails once, then for ever.
static void test_every_failing_call(void **state)
{
    struct scene *scene = *state;
    unsigned fired = 0;
    for (unsigned pass = 0; pass < 2; pass++) {
        bool hit = true;
        for (unsigned nth = 1; hit; nth++) {
            struct disk_fault fault = {
                .calls = DISK_ANY_CALL, .nth = nth, .error = EIO, .for_ever = pass == 1};
            unsigned before = scene->hub.id_count;
            if (scene->hub.id_count > IDS_MAX / 2)
                before = scene->hub.id_count = 0;
            close_outbox(scene);
            disk_watch(scene->folder);
            disk_fail(&fault);
            open_outbox(scene);
            put_many(scene, 2, UINT32_MAX);
            for (int i = 0; i < 3; i++)
                turn(scene);
            hit = disk_hits() > 0;
            fired += hit;
            disk_fail(NULL);
            disk_unwatch();
            drain(scene);
            assert_true(scene->hub.id_count >= before + 2);
            expect_waiting(scene, 0);
        }
    }
    print_message("%u faults fired\n", fired);
    assert_true(fired > 40);
    assert_int_equal(state_db_dropped(scene->state_db), 0);
}

#define SCENE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCENE(test_a_lost_answer_repeats_the_batch_and_nothing_else),
        SCENE(test_a_restart_behind_a_lost_answer_posts_the_same_ids),
        SCENE(test_one_bad_event_costs_no_good_one),
        SCENE(test_many_bad_events_and_a_lone_one),
        SCENE(test_too_large_batches_only_become_smaller),
        SCENE(test_what_is_not_the_events_fault_keeps_them),
        SCENE(test_retry_after_is_obeyed_and_new_events_do_not_hurry),
        SCENE(test_a_full_disk_keeps_a_few_in_memory_and_posts_them),
        SCENE(test_what_waited_in_memory_comes_to_disk_when_there_is_room),
        SCENE(test_a_read_only_disk),
        SCENE(test_a_start_on_a_disk_that_cannot_be_read),
        SCENE(test_every_failing_call),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
