#include "base/check.h"
#include "tests/support/false_inside.h"

#include <stdlib.h>
#include <string.h>

// The limits of http.h.
static const int64_t limits_ms[HTTP_KIND_COUNT] = {
    [HTTP_MANIFEST] = 20000,   [HTTP_SIGNATURE] = 20000, [HTTP_FEED_FILE] = 3600000,
    [HTTP_CERTIFICATE] = 8000, [HTTP_ENROLLMENT] = 5000, [HTTP_EVENTS] = 20000,
};

struct http {
    unsigned calls; // not dropped yet
};

struct navigator *navigator;

static const char *const names[FALSE_MOOD_COUNT] = {
    "fine",   "slow",   "silent",   "refused", "broken",  "later",       "limited",
    "portal", "cut",    "lost",     "bent",    "short",   "long",        "no-range",
    "gone",   "forged", "rollback", "expired", "between", "wrong-batch",
};

const char *false_mood_name(enum false_mood mood)
{
    return names[mood];
}

// ---- moods

static bool feed_kind(enum http_kind kind)
{
    return kind == HTTP_MANIFEST || kind == HTTP_SIGNATURE || kind == HTTP_FEED_FILE;
}

// Some moods mean something for some calls only.
static bool can_meet(enum http_kind kind, enum false_mood mood, bool ranged)
{
    switch (mood) {
    case FALSE_SHORT:
    case FALSE_LONG:
        return kind == HTTP_FEED_FILE;
    case FALSE_NO_RANGE:
        return kind == HTTP_FEED_FILE && ranged;
    case FALSE_FORGED:
    case FALSE_ROLLED_BACK:
    case FALSE_EXPIRED:
        return kind == HTTP_MANIFEST;
    case FALSE_BETWEEN:
        return kind == HTTP_SIGNATURE;
    case FALSE_LOST_ANSWER:
        return !feed_kind(kind);
    case FALSE_WRONG_BATCH:
        return kind == HTTP_EVENTS;
    case FALSE_BENT:
        return feed_kind(kind);
    case FALSE_FINE:
    case FALSE_SLOW:
    case FALSE_SILENT:
    case FALSE_REFUSED:
    case FALSE_BROKEN:
    case FALSE_LATER:
    case FALSE_LIMITED:
    case FALSE_PORTAL:
    case FALSE_CUT:
    case FALSE_GONE:
    case FALSE_MOOD_COUNT:
        break;
    }
    return true;
}

static enum false_mood meet(enum http_kind kind, bool ranged)
{
    enum false_mood mood = FALSE_FINE;
    if (false_pick(100) < navigator->weather.percent)
        mood = navigator->weather.mood;
    else if (navigator->weather.percent > 0 && false_pick(100) == 0)
        mood = (enum false_mood)false_pick(FALSE_MOOD_COUNT);
    if (mood == FALSE_NO_RANGE && kind == HTTP_FEED_FILE && !ranged)
        mood = FALSE_CUT; // so that there is a rest to ask for
    if (!can_meet(kind, mood, ranged))
        mood = FALSE_FINE;
    navigator->fired[mood]++;
    return mood;
}

// ---- Retry-After

// It reaches the client when the call ends.
static void remember_retry_after(const struct http_call *call, int64_t ends_ms)
{
    enum http_kind kind = feed_kind(call->kind) ? HTTP_MANIFEST : call->kind;
    bool told = call->response.result == HTTP_ANSWERED && call->headers.retry_after_s > 0 &&
                (call->response.status == 429 || call->response.status == 503);
    if (told && (kind == HTTP_MANIFEST || kind == HTTP_EVENTS))
        navigator->not_before_ms[kind] = ends_ms + call->headers.retry_after_s * 1000LL;
}

static void check_retry_after(enum http_kind kind)
{
    if ((kind == HTTP_MANIFEST || kind == HTTP_EVENTS) &&
        navigator->now_ms + navigator->blocked_ms < navigator->not_before_ms[kind])
        navigator->watch.broken(navigator->watch.context, "Retry-After was not obeyed");
}

// ---- one call

static void answer(struct http_call *call, const struct http_request *request, enum false_mood mood)
{
    switch (mood) {
    case FALSE_SILENT:
        false_say(call, HTTP_UNREACHABLE, "silent");
        return;
    case FALSE_REFUSED:
        false_say(call, HTTP_UNREACHABLE, "refused");
        return;
    case FALSE_LATER:
    case FALSE_BROKEN:
        call->response.status = 503;
        if (mood == FALSE_LATER)
            false_retry_after(call);
        return;
    case FALSE_LIMITED:
        call->response.status = 429;
        false_retry_after(call);
        return;
    case FALSE_PORTAL:
        call->response.status = 200;
        call->headers.html = true;
        false_say(call, HTTP_REFUSED, "text/html instead of the navigator");
        return;
    case FALSE_GONE:
        call->response.status = 404;
        return;
    case FALSE_FINE:
    case FALSE_SLOW:
    case FALSE_CUT:
    case FALSE_LOST_ANSWER:
    case FALSE_BENT:
    case FALSE_SHORT:
    case FALSE_LONG:
    case FALSE_NO_RANGE:
    case FALSE_FORGED:
    case FALSE_ROLLED_BACK:
    case FALSE_EXPIRED:
    case FALSE_BETWEEN:
    case FALSE_WRONG_BATCH:
    case FALSE_MOOD_COUNT:
        break;
    }
    false_answer(call, request, mood);
    if (mood == FALSE_BENT && call->response.length > 0)
        call->body[false_pick((uint32_t)call->response.length)] ^= 1;
    if (mood == FALSE_LOST_ANSWER || (mood == FALSE_CUT && request->kind != HTTP_FEED_FILE))
        false_say(call, HTTP_UNREACHABLE, "cut");
}

static int64_t duration_ms(const struct http_request *request, enum false_mood mood)
{
    int64_t bytes = request->kind == HTTP_FEED_FILE ? request->file_bytes_max : 1000;
    int64_t line_bytes_a_s = mood == FALSE_SLOW ? 200 + false_pick(2000) : 100000;
    if (mood == FALSE_SILENT)
        return INT64_MAX;
    return 20 + false_pick(mood == FALSE_SLOW ? 6000 : 300) + bytes * 1000 / line_bytes_a_s;
}

static struct http_call *begin(const struct http_request *request)
{
    struct http_call *call = calloc(1, sizeof *call);
    CHECK(call != NULL);
    call->kind = request->kind;
    call->headers = (struct http_headers){.retry_after_s = -1, .range_from = -1};
    call->response =
        (struct http_response){.problem = "", .headers = &call->headers, .body = call->body};
    navigator->seen.calls[request->kind]++;
    navigator->watch.sent(navigator->watch.context, request->path,
                          request->body != NULL ? request->body : "");
    check_retry_after(request->kind);
    enum false_mood mood = meet(request->kind, request->file_from > 0);
    answer(call, request, mood);
    int64_t limit_ms = limits_ms[request->kind];
    if (request->limit_ms != 0 && request->limit_ms < limit_ms)
        limit_ms = request->limit_ms;
    int64_t took_ms = duration_ms(request, mood);
    if (took_ms > limit_ms) {
        took_ms = limit_ms;
        false_say(call, HTTP_UNREACHABLE, "too slow");
    }
    call->ends_ms = navigator->now_ms + navigator->blocked_ms + took_ms;
    if (call->response.result == HTTP_UNREACHABLE)
        call->headers.retry_after_s = -1;
    remember_retry_after(call, call->ends_ms);
    return call;
}

// ---- http.h

struct http *http_create(const struct http_origin *origin, char ret_error[static HTTP_ERROR_BYTES])
{
    (void)ret_error;
    CHECK(origin->url[0] != '\0');
    struct http *http = calloc(1, sizeof *http);
    CHECK(http != NULL);
    return http;
}

struct http_seen http_seen(const struct http *http)
{
    (void)http;
    return (struct http_seen){0};
}

void http_destroy(struct http *http)
{
    CHECK(http == NULL || http->calls == 0);
    free(http);
}

struct http_call *http_start(struct http *http, const struct http_request *request)
{
    struct http_call *call = begin(request);
    unsigned at = 0;
    while (at < CALLS_MAX && navigator->running[at] != NULL)
        at++;
    CHECK(at < CALLS_MAX);
    navigator->running[at] = call;
    call->owner = http;
    http->calls++;
    return call;
}

void http_wait(struct http *http, const struct pollfd *fds, unsigned fd_count, int timeout_ms)
{
    (void)http;
    (void)fds;
    (void)fd_count;
    (void)timeout_ms;
}

struct http_call *http_next_ended(struct http *http)
{
    struct http_call **first = NULL;
    for (unsigned i = 0; i < CALLS_MAX; i++) {
        struct http_call *call = navigator->running[i];
        if (call != NULL && call->owner == http && call->ends_ms <= navigator->now_ms &&
            (first == NULL || call->ends_ms < (*first)->ends_ms))
            first = &navigator->running[i];
    }
    struct http_call *ended = first != NULL ? *first : NULL;
    if (first != NULL)
        *first = NULL;
    return ended;
}

const struct http_response *http_response(const struct http_call *call)
{
    return &call->response;
}

void http_drop(struct http *http, struct http_call *call)
{
    if (call == NULL)
        return;
    for (unsigned i = 0; i < CALLS_MAX; i++)
        if (navigator->running[i] == call)
            navigator->running[i] = NULL;
    http->calls--;
    explicit_bzero(call, sizeof *call);
    free(call);
}

struct http_call *http_run(struct http *http, const struct http_request *request,
                           const atomic_bool *stop)
{
    (void)stop;
    struct http_call *call = begin(request);
    navigator->blocked_ms = call->ends_ms - navigator->now_ms;
    http->calls++;
    return call;
}

// ---- the test's own side

void false_navigator_start(uint64_t seed, uint32_t program_count, int64_t now_s,
                           const struct false_navigator_watch *watch)
{
    navigator = calloc(1, sizeof *navigator);
    CHECK(navigator != NULL);
    navigator->random = seed;
    navigator->watch = *watch;
    navigator->feed = false_feed_create(seed, program_count, now_s);
}

void false_navigator_finish(void)
{
    false_feed_destroy(navigator->feed);
    free(navigator);
    navigator = NULL;
}

struct false_feed *false_navigator_feed(void)
{
    return navigator->feed;
}

void false_navigator_weather(const struct false_weather *weather)
{
    navigator->weather = *weather;
}

void false_navigator_clock(int64_t now_ms, int64_t wall_s)
{
    navigator->now_ms = now_ms;
    navigator->wall_s = wall_s;
}

int64_t false_navigator_next_ms(void)
{
    int64_t next_ms = INT64_MAX;
    for (unsigned i = 0; i < CALLS_MAX; i++)
        if (navigator->running[i] != NULL && navigator->running[i]->ends_ms < next_ms)
            next_ms = navigator->running[i]->ends_ms;
    return next_ms;
}

int64_t false_navigator_blocked_ms(void)
{
    int64_t blocked_ms = navigator->blocked_ms;
    navigator->blocked_ms = 0;
    return blocked_ms;
}

void false_navigator_forget_client(void)
{
    memset(navigator->not_before_ms, 0, sizeof navigator->not_before_ms);
}

const uint64_t *false_navigator_fired(void)
{
    return navigator->fired;
}

const struct false_navigator_seen *false_navigator_seen(void)
{
    return &navigator->seen;
}
