// The hub as a process of its own: its limits outlive restarts and a lying calendar, and nobody
// waits behind another process that writes its database.
#include "hub/check.h"
#include "hub/number.h"
#include "hub/server.h"
#include "tests/support/hub_room.h"

#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { YEARS_S = 9 * 365 * 86400, PATIENCE_MS = 2000, CROWD = 20 };

// The calendar of this process and those it forks: the hub's own time() is this one.
static int64_t calendar_jump_s;

time_t time(time_t *ret_time)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    now.tv_sec += calendar_jump_s;
    if (ret_time != NULL)
        *ret_time = now.tv_sec;
    return now.tv_sec;
}

static struct hub_room room;
static pid_t server = -1;
static uint16_t port;
static char reply[4096];

static void put_certificate(const char *number)
{
    struct store_certificate item = {.certificate = {.kind = CERTIFICATE_FUNDED}};
    number_hash(&room.hub.key, number, &item.number);
    assert_true(store_put_certificate(room.hub.store, &item));
}

// ---- the process

static void serve(int ready)
{
    static struct hub hub;
    static struct tally tally;
    struct server_address address;
    char url[WEB_URL_BYTES];
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    hub = (struct hub){.data = room.data, .key = room.hub.key, .tally = &tally};
    hub.store = store_open(room.data, false);
    struct server *running = NULL;
    if (hub.store != NULL && server_address_parse("127.0.0.1:0", false, &address))
        running = server_start(&hub, 1, &address, &(struct server_tls){0}, url);
    unsigned number = running != NULL ? (unsigned)strtoul(strrchr(url, ':') + 1, NULL, 10) : 0;
    uint16_t own_port = (uint16_t)number;
    if (write(ready, &own_port, sizeof own_port) != sizeof own_port || running == NULL)
        _exit(1);
    int which;
    sigwait(&signals, &which);
    server_stop(running);
    store_close(hub.store);
    _exit(0);
}

static void start(void)
{
    int ready[2];
    assert_int_equal(pipe(ready), 0);
    server = fork();
    assert_true(server >= 0);
    if (server == 0)
        serve(ready[1]);
    close(ready[1]);
    assert_int_equal(read(ready[0], &port, sizeof port), sizeof port);
    assert_int_not_equal(port, 0);
    close(ready[0]);
}

static void stop(int how)
{
    int status;
    kill(server, how);
    assert_int_equal(waitpid(server, &status, 0), server);
    assert_true(how == SIGKILL || (WIFEXITED(status) && WEXITSTATUS(status) == 0));
    server = -1;
}

static int set_up(void **state)
{
    (void)state;
    struct secret_hash token;
    calendar_jump_s = 0;
    hub_room_init(&room);
    secret_hash(&room.hub.key, "terminal token", "one", "", &token);
    assert_true(store_add_terminal(room.hub.store, "one", &token, 0));
    secret_hash(&room.hub.key, "terminal token", "two", "", &token);
    assert_true(store_add_terminal(room.hub.store, "two", &token, 0));
    put_certificate("11");
    hub_room_import(&room, "a.csv", "program_id,title\n7,Шахматы\n", 1790000000);
    start();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    if (server > 0)
        stop(SIGTERM);
    hub_room_finish(&room);
    return 0;
}

// ---- asking it

static int send_request(const char *method, const char *path, const char *token, const char *body)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    char request[2048];
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    int length = snprintf(request, sizeof request,
                          "%s %s HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n"
                          "Authorization: Bearer %s\r\nContent-Type: application/json\r\n"
                          "Idempotency-Key: key-00001\r\nContent-Length: %zu\r\n\r\n%s",
                          method, path, token, strlen(body), body);
    assert_int_equal(send(fd, request, (size_t)length, MSG_NOSIGNAL), length);
    return fd;
}

static int take_reply(int fd)
{
    size_t length = 0;
    ssize_t got;
    while ((got = recv(fd, reply + length, sizeof reply - 1 - length, 0)) > 0)
        length += (size_t)got;
    reply[length] = '\0';
    close(fd);
    return (int)strtol(reply + strlen("HTTP/1.1 "), NULL, 10);
}

static int post(const char *path, const char *token, const char *body)
{
    return take_reply(send_request("POST", path, token, body));
}

static int check(const char *token, const char *number)
{
    char body[64];
    snprintf(body, sizeof body, "{\"number\":\"%s\"}", number);
    return post("/v1/certificates/check", token, body);
}

static int retry_after_s(void)
{
    const char *header = strstr(reply, "Retry-After: ");
    return header != NULL ? (int)strtol(header + strlen("Retry-After: "), NULL, 10) : -1;
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// ---- limits

static void fail_five_times(void)
{
    for (int i = 0; i < CHECK_FAILED_MAX; i++)
        assert_int_equal(check("one", "404"), 404);
    assert_int_equal(check("one", "11"), 429);
}

static void expect_locked_for_a_window_at_most(void)
{
    assert_int_equal(check("one", "11"), 429);
    assert_in_range(retry_after_s(), CHECK_FAILED_S - 60, CHECK_FAILED_S);
    assert_int_equal(check("two", "11"), 200);
}

static void a_restart_frees_nobody(void **state)
{
    (void)state;
    fail_five_times();
    static const int ends[] = {SIGTERM, SIGKILL, SIGTERM};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        stop(ends[i]);
        start();
        expect_locked_for_a_window_at_most();
    }
}

static void a_calendar_that_jumps_frees_nobody_and_locks_nobody_for_years(void **state)
{
    (void)state;
    static const int64_t jumps_s[] = {YEARS_S, -YEARS_S, CHECK_FAILED_S + 1, -1, 0};
    calendar_jump_s = YEARS_S;
    stop(SIGTERM);
    start(); // a hub that ran with a wrong calendar
    fail_five_times();
    for (size_t i = 0; i < sizeof jumps_s / sizeof *jumps_s; i++) {
        calendar_jump_s = jumps_s[i];
        stop(i % 2 == 0 ? SIGTERM : SIGKILL);
        start();
        expect_locked_for_a_window_at_most();
    }
}

// ---- somebody else writes

static const char events[] =
    "{\"events\":[{\"id\":\"e1\",\"kind\":\"qr_shown\",\"at\":\"2026-09-21T10:00:00Z\"}]}";

static void nobody_waits_behind_a_long_write(void **state)
{
    (void)state;
    if (hub_room_is_shared()) // nobody locks a whole PostgreSQL
        skip();
    int crowd[CROWD];
    assert_true(store_begin(room.hub.store)); // an import that takes its time
    int64_t begun_ms = now_ms();
    for (int i = 0; i < CROWD; i++)
        crowd[i] =
            i % 3 == 0
                ? send_request("POST", "/v1/events", "one", events)
                : send_request("POST", i % 3 == 1 ? "/v1/certificates/check" : "/v1/enrollments",
                               "one",
                               i % 3 == 1 ? "{\"number\":\"11\"}" : "{\"programs\":[\"p-7\"]}");
    int reader = send_request("GET", "/healthz", "", "");
    for (int i = 0; i < CROWD; i++) {
        assert_int_equal(take_reply(crowd[i]), 503);
        assert_int_equal(retry_after_s(), WEB_RETRY_AFTER_S);
    }
    assert_int_equal(take_reply(reader), 200);
    assert_in_range(now_ms() - begun_ms, SERVER_PATIENCE_MS, PATIENCE_MS);
    store_rollback(room.hub.store);
    assert_int_equal(post("/v1/events", "one", events), 200);
    assert_int_equal(check("one", "11"), 200);
    assert_int_equal(post("/v1/enrollments", "one", "{\"programs\":[\"p-7\"]}"), 200);
}

static void a_short_write_is_waited_for(void **state)
{
    (void)state;
    assert_true(store_begin(room.hub.store));
    int fd = send_request("POST", "/v1/events", "one", events);
    nanosleep(&(struct timespec){.tv_nsec = SERVER_PATIENCE_MS / 10 * 1000000L}, NULL);
    assert_true(store_commit(room.hub.store));
    assert_int_equal(take_reply(fd), 200);
}

// ---- events

static void a_batch_half_known_is_taken_and_a_replayed_one_has_no_effect(void **state)
{
    (void)state;
    static const char more[] =
        "{\"events\":[{\"id\":\"e1\",\"kind\":\"qr_shown\",\"at\":\"2026-09-21T10:00:00Z\"},"
        "{\"id\":\"e2\",\"kind\":\"events_dropped\",\"at\":\"2026-09-21T10:00:00Z\","
        "\"detail\":\"3\"}]}";
    static const char wrong[] =
        "{\"events\":[{\"id\":\"e3\",\"kind\":\"qr_shown\",\"at\":\"2026-09-21T10:00:00Z\"},"
        "{\"id\":\"e4\",\"kind\":\"typed\",\"at\":\"2026-09-21T10:00:00Z\"}]}";
    uint32_t count = 0;
    assert_int_equal(post("/v1/events", "one", events), 200);
    assert_int_equal(post("/v1/events", "one", events), 200);
    assert_non_null(strstr(reply, "{\"accepted\":1}"));
    assert_true(store_count_events(room.hub.store, &count));
    assert_int_equal(count, 1);
    assert_int_equal(post("/v1/events", "one", more), 200);
    assert_non_null(strstr(reply, "{\"accepted\":2}"));
    assert_true(store_count_events(room.hub.store, &count));
    assert_int_equal(count, 2);
    assert_int_equal(post("/v1/events", "two", events), 200); // another terminal's own
    assert_int_equal(post("/v1/events", "one", wrong), 400);
    stop(SIGKILL); // what was acknowledged is there
    start();
    assert_true(store_count_events(room.hub.store, &count));
    assert_int_equal(count, 3);
}

// ---- a database that fails

static void a_token_that_cannot_be_looked_up_is_not_a_wrong_one(void **state)
{
    (void)state;
    if (hub_room_is_shared()) // tests/hub/postgres takes it away
        skip();
    char path[128];
    assert_int_equal(post("/v1/events", "three", events), 401);
    stop(SIGTERM);
    store_close(room.hub.store); // the last: nothing is in the log beside it any more
    room.hub.store = NULL;
    snprintf(path, sizeof path, "%s/hub.db", room.data);
    start();
    assert_int_equal(truncate(path, 4096), 0); // its first page alone
    assert_int_equal(post("/v1/events", "one", events), 503);
    assert_int_equal(retry_after_s(), WEB_RETRY_AFTER_S);
    assert_null(strstr(reply, "WWW-Authenticate"));
}

#define IN_ROOM(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ROOM(a_restart_frees_nobody),
        IN_ROOM(a_calendar_that_jumps_frees_nobody_and_locks_nobody_for_years),
        IN_ROOM(nobody_waits_behind_a_long_write),
        IN_ROOM(a_short_write_is_waited_for),
        IN_ROOM(a_batch_half_known_is_taken_and_a_replayed_one_has_no_effect),
        IN_ROOM(a_token_that_cannot_be_looked_up_is_not_a_wrong_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
