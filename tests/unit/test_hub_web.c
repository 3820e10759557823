#include "hub/enrollment.h"
#include "hub/feed_files.h"
#include "hub/publish.h"
#include "hub/server.h"
#include "hub/store_live.h"
#include "navigator/manifest_json.h"
#include "tests/support/hub_room.h"

#include <unistd.h>

enum { NOW = 1790000000, TODAY = NOW / 86400 };

static struct hub_room room;
static struct web_request request;
static struct web_reply reply;
static char authorization[] = "Bearer the token";

static void forget_reply(void)
{
    free(reply.body);
    if (reply.fd > 0)
        close(reply.fd);
    memset(&reply, 0, sizeof reply);
}

static int set_up(void **state)
{
    (void)state;
    hub_room_init(&room);
    struct secret_hash token;
    secret_hash(&room.hub.key, "terminal token", "the token", "", &token);
    assert_true(store_add_terminal(room.hub.store, "one", &token, NOW));
    hub_room_import(&room, "a.csv",
                    "program_id,title,direction,organization,municipality,address,phone,schedule,"
                    "payment,price_month,places_free,enrollment,url,group_id\n"
                    "7,Шахматы & <шашки>,tekhnicheskoe,ДДТ,Район,Дом 1,+7 486 2-14,"
                    "\"вт, чт 16:00-17:30\",платно,1850,3,да,https://a.example/7,7-1\n",
                    NOW);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    forget_reply();
    hub_room_finish(&room);
    return 0;
}

static int64_t later_s; // of the clock for limits

static unsigned ask(void)
{
    forget_reply();
    request.now_s = NOW;
    request.clock_s = NOW + later_s;
    request.today = TODAY;
    web_handle(&room.hub, &request, &reply);
    return reply.status;
}

static unsigned get(const char *path)
{
    request = (struct web_request){.method = "GET", .path = path, .body = ""};
    return ask();
}

static unsigned get_as(const char *client, const char *path, int64_t clock_s)
{
    later_s = clock_s;
    request = (struct web_request){.method = "GET", .path = path, .client = client, .body = ""};
    unsigned status = ask();
    later_s = 0;
    return status;
}

static unsigned post(const char *path, const char *key, const char *body)
{
    request = (struct web_request){.method = "POST",
                                   .path = path,
                                   .authorization = authorization,
                                   .content_type = "application/json",
                                   .idempotency_key = key,
                                   .body = body,
                                   .body_length = strlen(body)};
    return ask();
}

static void ranges(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        enum range_result result;
        int64_t first;
        int64_t length;
    } cases[] = {
        {NULL, RANGE_WHOLE, 0, 0},          {"bytes=0-9", RANGE_PART, 0, 10},
        {"bytes=90-", RANGE_PART, 90, 10},  {"bytes=90-1000", RANGE_PART, 90, 10},
        {"bytes=-5", RANGE_PART, 95, 5},    {"bytes=-500", RANGE_PART, 0, 100},
        {"bytes=99-99", RANGE_PART, 99, 1}, {"bytes=100-", RANGE_OUTSIDE, 0, 0},
        {"bytes=-0", RANGE_OUTSIDE, 0, 0},  {"bytes=99999999999999999999-", RANGE_OUTSIDE, 0, 0},
        {"bytes=5-4", RANGE_WHOLE, 0, 0},   {"bytes=0-1,5-6", RANGE_WHOLE, 0, 0},
        {"bytes=-", RANGE_WHOLE, 0, 0},     {"bytes=x", RANGE_WHOLE, 0, 0},
        {"lines=0-1", RANGE_WHOLE, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t first = 0;
        int64_t length = 0;
        assert_int_equal(range_parse(cases[i].header, 100, &first, &length), cases[i].result);
        assert_int_equal(first, cases[i].first);
        assert_int_equal(length, cases[i].length);
    }
}

static void codes(void **state)
{
    (void)state;
    char code[STORE_CODE_BYTES] = "";
    char again[STORE_CODE_BYTES];
    for (int i = 0; i < 1000; i++) {
        code_make(code);
        assert_int_equal(strlen(code), 8);
        assert_true(code_clean(code, again));
        assert_string_equal(code, again);
    }
    assert_true(code_clean("k742x9", code));
    assert_string_equal(code, "K7-42-X9");
    assert_true(code_clean(" к7–42 х9", code)); // Cyrillic letters
    assert_string_equal(code, "K7-42-X9");
    static const char *const bad[] = {"", "K7-42-X", "K7-42-X99", "K7-42-0O", "K7-42-<9", "ФФФФФФ"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(code_clean(bad[i], code));
    assert_string_equal(code, "K7-42-X9");
}

static void addresses(void **state)
{
    (void)state;
    struct server_address address;
    assert_true(server_address_parse("127.0.0.1:8055", false, &address));
    assert_int_equal(address.port, 8055);
    assert_true(server_address_parse("[::1]:0", false, &address));
    assert_true(address.is_ipv6);
    assert_true(server_address_parse("localhost:1", false, &address));
    assert_string_equal(address.host, "127.0.0.1");
    static const char *const bad[] = {"0.0.0.0:80",     "[::]:80",     "192.168.1.2:80",
                                      "127.0.0.1",      "127.0.0.1:",  ":80",
                                      "example.org:80", "127.0.0.1:x", "[::1]",
                                      "127.0.0.1:70000"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(server_address_parse(bad[i], false, &address));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(server_address_parse(bad[i], true, &address), i < 3); // TLS may leave
}

static void what_stands_before_every_handler(void **state)
{
    (void)state;
    assert_int_equal(get("/nothing"), 404);
    assert_string_equal(reply.content_type, "application/problem+json");
    assert_int_equal(get("/v1/events"), 405);
    assert_string_equal(reply.allow, "POST");
    assert_int_equal(get("/healthz"), 200);
    request.method = "DELETE";
    assert_int_equal(ask(), 405);
    assert_int_equal(post("/v1/events", NULL, "{"), 400);
    request.content_type = "text/plain";
    assert_int_equal(ask(), 415);
    request.content_type = "application/json; charset=utf-8";
    request.authorization = "Bearer another";
    assert_int_equal(ask(), 401);
    assert_true(reply.authenticate);
    request.body_too_large = true;
    assert_int_equal(ask(), 413);
}

static void feed_files(void **state)
{
    (void)state;
    struct published published;
    assert_int_equal(get("/feed/v1/manifest.json"), 404);
    assert_true(publish(room.data, room.hub.store, NOW, &published) == false); // no signing key
    assert_int_equal(get("/feed/v1/../../hub.db"), 404);
    assert_int_equal(get("/feed/v1/hub.db"), 404);
    assert_int_equal(get("/feed/v1/keys/manifest.json"), 404);
    char path[256];
    snprintf(path, sizeof path, "/feed/v1/snapshot-%064d.ndjson.gz", 0);
    assert_int_equal(get(path), 404);
    assert_string_equal(reply.etag, "");
}

static void enrollments(void **state)
{
    (void)state;
    static const char body[] = "{\"groups\":[\"g-7.7-1\",\"unknown\"],\"programs\":[\"p-7\"]}";
    assert_int_equal(post("/v1/enrollments", NULL, body), 400);
    assert_int_equal(post("/v1/enrollments", "key-0001", "{\"groups\":[]}"), 400);
    assert_int_equal(post("/v1/enrollments", "key-0001", "{\"groups\":[\"no\"]}"), 404);
    assert_int_equal(post("/v1/enrollments", "key-0001", body), 200);
    char first[256];
    snprintf(first, sizeof first, "%s", reply.body);
    assert_non_null(strstr(first, "\"url\":\"http://127.0.0.1:8055/k/"));
    assert_int_equal(post("/v1/enrollments", "key-0001", body), 200);
    assert_string_equal(reply.body, first);
    assert_int_equal(post("/v1/enrollments", "key-0001", "{\"programs\":[\"p-7\"]}"), 422);
    assert_int_equal(post("/v1/enrollments", "key-0002", body), 200);
    assert_string_not_equal(reply.body, first);
}

// Makes an enrollment and returns its page's path.
static const char *enroll(const char *body)
{
    static char path[32];
    assert_int_equal(post("/v1/enrollments", "key-0003", body), 200);
    const char *code = strstr(reply.body, "/k/");
    snprintf(path, sizeof path, "%.11s", code);
    return path;
}

static void the_page_names_what_was_chosen(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "Шахматы &amp; &lt;шашки&gt;",
        "Техническая",
        "7-1",
        "Вт, Чт 16:00–17:30",
        "3 места",
        "1 850 ₽ в месяц",
        "ДДТ",
        "Дом 1",
        "tel:+7486214",
        "a.example",
        "ещё не зачисление",
        "https://a.example/7",
    };
    assert_int_equal(get(enroll("{\"groups\":[\"g-7.7-1\"]}")), 200);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        if (strstr(reply.body, pieces[i]) == NULL)
            fail_msg("expected %s in the page", pieces[i]);
    assert_true(reply.html);
    assert_null(strstr(reply.body, "<script"));
    assert_null(strstr(reply.body, "src="));
}

static void pages_without_a_selection(void **state)
{
    (void)state;
    assert_int_equal(get("/k"), 200);
    assert_non_null(strstr(reply.body, "<form"));
    assert_int_equal(get("/k/K7-42-X9"), 404);
    assert_non_null(strstr(reply.body, "Такого кода нет"));
    assert_int_equal(get("/k/%3Cscript%3E"), 404);
    request.path = "/k/<b>";
    assert_int_equal(ask(), 404);
    assert_null(strstr(reply.body, "<b>"));
    const char *path = enroll("{\"groups\":[\"g-7.7-1\"]}");
    hub_room_import(&room, "a.csv", "program_id,title\n8,Другая\n", NOW + 1);
    assert_int_equal(get(path), 200);
    assert_non_null(strstr(reply.body, "больше не значатся"));
    request.now_s = NOW;
    forget_reply();
    request.now_s += ENROLLMENT_VALID_S;
    web_handle(&room.hub, &request, &reply);
    assert_int_equal(reply.status, 404);
}

static void guessing_codes_is_slow(void **state)
{
    (void)state;
    char path[32];
    snprintf(path, sizeof path, "%s", enroll("{\"groups\":[\"g-7.7-1\"]}"));
    for (int i = 0; i < ENROLLMENT_MISSES_MAX; i++)
        assert_int_equal(get_as("192.0.2.1", "/k/K7-42-X9", 100 + i), 404);
    assert_int_equal(get_as("192.0.2.1", "/k/K7-42-X9", 200), 429);
    assert_int_equal(reply.retry_after_s, 100 + ENROLLMENT_WINDOW_S - 200);
    assert_non_null(strstr(reply.body, "через 9 минут"));
    assert_null(strstr(reply.body, "<form"));
    assert_int_equal(get_as("192.0.2.1", path, 200), 429);
    assert_int_equal(get_as("192.0.2.2", path, 200), 200);
    assert_int_equal(get_as("192.0.2.1", path, 100 + ENROLLMENT_WINDOW_S), 200);
    for (int i = 0; i < 2 * ENROLLMENT_MISSES_MAX; i++) // asking for the form is no guess
        assert_int_equal(get_as("192.0.2.3", "/k", 300), 200);
    assert_int_equal(get_as("192.0.2.3", path, 300), 200);
}

// Another process on the same data.
static void change_places(struct store **other)
{
    struct store *mine = room.hub.store;
    room.hub.store = *other;
    *other = mine;
}

static int64_t kept_guesses(void)
{
    int64_t count = -1;
    assert_true(live_number(room.hub.store, "SELECT count(*) FROM guess", NO_VALUES, &count));
    return count;
}

static void wrong_codes_count_together_and_outlive_a_restart(void **state)
{
    (void)state;
    struct store *other = store_open(room.data, false);
    for (int i = 0; i < ENROLLMENT_MISSES_MAX; i++) {
        assert_int_equal(get_as("192.0.2.1", "/k/K7-42-X9", 100), 404);
        change_places(&other);
    }
    assert_int_equal(get_as("192.0.2.1", "/k/K7-42-X9", 101), 429);
    change_places(&other);
    assert_int_equal(get_as("192.0.2.1", "/k/K7-42-X9", 101), 429);
    store_close(room.hub.store);
    room.hub.store = store_open(room.data, false);
    assert_int_equal(get_as("192.0.2.1", "/k/K7-42-X9", 102), 429);
    assert_int_equal(get_as("192.0.2.2", "/k/K7-42-X9", 103), 404);
    assert_int_equal(kept_guesses(), 2);
    assert_int_equal(get_as("192.0.2.3", "/k/K7-42-X9", 102 + ENROLLMENT_WINDOW_S), 404);
    assert_int_equal(kept_guesses(), 2); // the oldest isn't needed any more
    int64_t clock_s = 0;
    assert_true(store_read_clock(room.hub.store, &clock_s)); // never before what it counted
    assert_int_equal(clock_s, NOW + 102 + ENROLLMENT_WINDOW_S);
    store_close(other);
}

static void a_store_that_is_away_is_no_wrong_code(void **state)
{
    (void)state;
    if (hub_room_is_shared()) // tests/hub/postgres takes it away
        skip();
    char path[32];
    snprintf(path, sizeof path, "%s", enroll("{\"groups\":[\"g-7.7-1\"]}"));
    struct store *other = store_open(room.data, false);
    store_set_patience(room.hub.store, 0);
    assert_true(store_begin(other));
    assert_int_equal(get(path), 503);
    assert_int_equal(reply.retry_after_s, WEB_RETRY_AFTER_S);
    assert_true(reply.html);
    assert_non_null(strstr(reply.body, "Обновите страницу"));
    assert_int_equal(get("/k"), 200); // the form needs no store
    store_rollback(other);
    store_close(other);
    assert_int_equal(get(path), 200);
    assert_int_equal(kept_guesses(), 0);
}

// A hub.db as the program made it that counted wrong codes in memory.
static void a_database_of_an_earlier_program_counts_them(void **state)
{
    (void)state;
    if (hub_room_is_shared()) // tests/hub/postgres brings one up
        skip();
    assert_true(live_run(room.hub.store, "DROP TABLE guess", NO_VALUES));
    assert_true(store_set_setting(room.hub.store, "limits_clock", "1234"));
    store_close(room.hub.store);
    room.hub.store = store_open(room.data, false);
    int64_t clock_s = 0;
    assert_true(store_read_clock(room.hub.store, &clock_s));
    assert_int_equal(clock_s, 1234);
    assert_int_equal(get("/k/K7-42-X9"), 404);
    assert_int_equal(kept_guesses(), 1);
}

static void events_are_kept_once(void **state)
{
    (void)state;
    static const char good[] =
        "{\"events\":[{\"id\":\"e1\",\"kind\":\"qr_shown\",\"at\":\"2026-09-21T10:00:00Z\","
        "\"detail\":\"p-7\"},{\"id\":\"e1\",\"kind\":\"visit_ended\","
        "\"at\":\"2026-09-21T10:00:01Z\"}]}";
    static const char *const bad[] = {
        "{}",
        "{\"events\":{}}",
        "{\"events\":[{\"id\":\"e1\",\"kind\":\"other\",\"at\":\"2026-09-21T10:00:00Z\"}]}",
        "{\"events\":[{\"id\":\"e1\",\"kind\":\"qr_shown\",\"at\":\"yesterday\"}]}",
        "{\"events\":[{\"kind\":\"qr_shown\",\"at\":\"2026-09-21T10:00:00Z\"}]}",
        "{\"events\":[1]}",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(post("/v1/events", NULL, bad[i]), 400);
    assert_int_equal(post("/v1/events", NULL, good), 200);
    assert_string_equal(reply.body, "{\"accepted\":2}\n");
    assert_int_equal(post("/v1/events", NULL, good), 200);
}

static void expect_line(const char *line)
{
    char whole[160];
    snprintf(whole, sizeof whole, "\n%s\n", line);
    if (strstr(reply.body, whole) == NULL)
        fail_msg("expected «%s» in:\n%s", line, reply.body);
}

static void what_is_counted(void **state)
{
    (void)state;
    request = (struct web_request){.method = "GET", .path = "/metrics", .client = "127.0.0.1"};
    assert_int_equal(ask(), 404); // unless asked for
    room.hub.metrics = true;
    post("/v1/events", NULL, "{\"events\":[]}");
    for (int took_us = 400; took_us < 40000000; took_us *= 10)
        tally_request(&room.tally, "certificates/check", 200, took_us);
    tally_request(&room.tally, "certificates/check", 429, 1);
    tally_request(&room.tally, "no such kind", 599, 1);
    request = (struct web_request){.method = "GET", .path = "/metrics", .client = "127.0.0.1"};
    assert_int_equal(ask(), 200);
    assert_non_null(strstr(reply.content_type, "text/plain"));
    expect_line("# TYPE navigator_hub_checks_total counter");
    expect_line("navigator_hub_checks_total{result=\"passed\"} 5");
    expect_line("navigator_hub_checks_total{result=\"limited\"} 1");
    expect_line("navigator_hub_requests_total{kind=\"other\",status=\"0\"} 1");
    expect_line("navigator_hub_terminals 1");
    expect_line("navigator_hub_terminals_seen 1");
    expect_line("navigator_hub_database_up 1");
    const char *name = "navigator_hub_request_duration_seconds_";
    char line[128];
    static const struct {
        const char *bound;
        int count;
    } buckets[] = {{"0.0005", 2}, {"0.01", 3}, {"1", 5}, {"5", 6}, {"+Inf", 6}};
    for (size_t i = 0; i < sizeof buckets / sizeof *buckets; i++) {
        snprintf(line, sizeof line, "%sbucket{kind=\"certificates/check\",le=\"%s\"} %d", name,
                 buckets[i].bound, buckets[i].count);
        expect_line(line);
    }
    assert_null(strstr(reply.body, "EOF"));
    request.accept = "application/openmetrics-text;version=1.0.0;q=0.8";
    later_s = TALLY_RECENT_S;
    assert_int_equal(ask(), 200);
    later_s = 0;
    expect_line("# TYPE navigator_hub_checks counter");
    expect_line("navigator_hub_terminals_seen 0");
    expect_line("# EOF");
    request.client = "192.0.2.1"; // another machine
    assert_int_equal(ask(), 404);
}

#define IN_ROOM(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranges),
        cmocka_unit_test(codes),
        cmocka_unit_test(addresses),
        IN_ROOM(what_stands_before_every_handler),
        IN_ROOM(feed_files),
        IN_ROOM(enrollments),
        IN_ROOM(the_page_names_what_was_chosen),
        IN_ROOM(pages_without_a_selection),
        IN_ROOM(guessing_codes_is_slow),
        IN_ROOM(wrong_codes_count_together_and_outlive_a_restart),
        IN_ROOM(a_store_that_is_away_is_no_wrong_code),
        IN_ROOM(a_database_of_an_earlier_program_counts_them),
        IN_ROOM(events_are_kept_once),
        IN_ROOM(what_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
