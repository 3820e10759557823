#include "tests/support/false_navigator.h"

#include "base/check.h"
#include "base/hash.h"
#include "base/text.h"
#include "hub/live_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    CALLS_MAX = 16,
    BODY_BYTES = 64 * 1024,
    IDS_MAX = 1 << 20, // a power of two
    CHUNK_BYTES = 16 * 1024,
    HOUR_S = 3600,
};

// The limits of http.h.
static const int64_t limits_ms[HTTP_KIND_COUNT] = {
    [HTTP_MANIFEST] = 20000,   [HTTP_SIGNATURE] = 20000, [HTTP_FEED_FILE] = 3600000,
    [HTTP_CERTIFICATE] = 8000, [HTTP_ENROLLMENT] = 5000, [HTTP_EVENTS] = 20000,
};

struct http {
    unsigned calls; // not dropped yet
};

struct http_call {
    enum http_kind kind;
    const struct http *owner;
    int64_t ends_ms;
    struct http_headers headers;
    struct http_response response;
    char body[BODY_BYTES];
};

static struct navigator {
    struct false_feed *feed;
    struct false_navigator_watch watch;
    struct false_weather weather;
    uint64_t random;
    int64_t now_ms;
    int64_t wall_s;
    int64_t blocked_ms;
    int64_t not_before_ms[HTTP_KIND_COUNT]; // by Retry-After; 0 none
    const struct false_manifest *shown;     // whose signature is asked for next
    struct false_manifest kept;             // of a manifest that another one replaced since
    uint64_t ids[IDS_MAX];                  // of events, hashed
    uint64_t keys[IDS_MAX];                 // of enrollments
    struct http_call *running[CALLS_MAX];   // begun by http_start, not handed out yet
    uint64_t fired[FALSE_MOOD_COUNT];
    struct false_navigator_seen seen;
} * navigator;

static const char *const names[FALSE_MOOD_COUNT] = {
    "fine",   "slow",   "silent",   "refused", "broken",  "later",       "limited",
    "portal", "cut",    "lost",     "bent",    "short",   "long",        "no-range",
    "gone",   "forged", "rollback", "expired", "between", "wrong-batch",
};

const char *false_mood_name(enum false_mood mood)
{
    return names[mood];
}

static uint32_t pick(uint32_t count)
{
    navigator->random = navigator->random * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(navigator->random >> 33) % count;
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
    if (pick(100) < navigator->weather.percent)
        mood = navigator->weather.mood;
    else if (navigator->weather.percent > 0 && pick(100) == 0)
        mood = (enum false_mood)pick(FALSE_MOOD_COUNT);
    if (mood == FALSE_NO_RANGE && kind == HTTP_FEED_FILE && !ranged)
        mood = FALSE_CUT; // so that there is a rest to ask for
    if (!can_meet(kind, mood, ranged))
        mood = FALSE_FINE;
    navigator->fired[mood]++;
    return mood;
}

// ---- what an answer is made of

static void say(struct http_call *call, enum http_result result, const char *problem)
{
    call->response.result = result;
    call->response.problem = problem;
}

static void put_body(struct http_call *call, const char *body, size_t length)
{
    CHECK(length < sizeof call->body);
    memcpy(call->body, body, length);
    call->body[length] = '\0';
    call->response.length = length;
}

static void put_json(struct http_call *call, int status, const char *json)
{
    call->response.status = status;
    call->headers.json = true;
    put_body(call, json, strlen(json));
}

static void retry_after(struct http_call *call)
{
    static const int32_t waits_s[] = {1, 30, 120, 600, HOUR_S, 6 * HOUR_S};
    call->headers.retry_after_s = waits_s[pick(sizeof waits_s / sizeof *waits_s)];
}

// Retry-After reaches the client when the call ends.
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

// ---- the feed

static void answer_manifest(struct http_call *call, const struct http_request *request,
                            enum false_mood mood)
{
    static const enum false_manifest_kind kinds[FALSE_MOOD_COUNT] = {
        [FALSE_FORGED] = FALSE_MANIFEST_FORGED,
        [FALSE_ROLLED_BACK] = FALSE_MANIFEST_OLDER,
        [FALSE_EXPIRED] = FALSE_MANIFEST_EXPIRED,
    };
    const struct false_manifest *manifest = false_feed_manifest(navigator->feed, kinds[mood]);
    if (manifest->length == 0)
        manifest = false_feed_manifest(navigator->feed, FALSE_MANIFEST_NEWEST);
    navigator->kept = *manifest;
    navigator->shown = &navigator->kept;
    text_copy(call->headers.etag, sizeof call->headers.etag, manifest->etag);
    call->response.status = 200;
    if (request->etag != NULL && strcmp(request->etag, manifest->etag) == 0) {
        call->response.status = 304;
        navigator->seen.unchanged++;
    } else {
        put_body(call, manifest->json, manifest->length);
    }
}

static void answer_signature(struct http_call *call, enum false_mood mood)
{
    if (mood == FALSE_BETWEEN) {
        false_feed_publish(navigator->feed, navigator->wall_s, false);
        navigator->kept = *false_feed_manifest(navigator->feed, FALSE_MANIFEST_NEWEST);
    }
    call->response.status = 200;
    put_body(call, navigator->kept.signature, strlen(navigator->kept.signature));
}

// In chunks, as a network brings them.
static bool write_bytes(int file, int64_t at, const unsigned char *bytes, size_t length)
{
    for (size_t done = 0; done < length;) {
        size_t chunk = length - done < CHUNK_BYTES ? length - done : CHUNK_BYTES;
        ssize_t put = pwrite(file, bytes + done, chunk, at + (int64_t)done);
        if (put <= 0)
            return false;
        done += (size_t)put;
    }
    return true;
}

static void answer_file(struct http_call *call, const struct http_request *request,
                        enum false_mood mood)
{
    static unsigned char bytes[FALSE_FEED_FILE_BYTES + 64];
    const char *name = strrchr(request->path, '/') + 1;
    const struct false_file *file = false_feed_file(navigator->feed, name);
    if (file == NULL) {
        call->response.status = 404;
        return;
    }
    int64_t from = mood != FALSE_NO_RANGE && request->file_from < (int64_t)file->length
                       ? request->file_from
                       : 0;
    size_t length = file->length - (size_t)from;
    memcpy(bytes, file->bytes + from, length);
    if (mood == FALSE_BENT)
        bytes[pick((uint32_t)length)] ^= 1;
    if (mood == FALSE_CUT || mood == FALSE_SHORT)
        length = pick((uint32_t)length);
    if (mood == FALSE_LONG)
        length += 32;
    call->response.status = from > 0 ? 206 : 200;
    call->headers.range_from = from > 0 ? from : -1;
    navigator->seen.ranges += from > 0;
    int64_t room = request->file_bytes_max - from;
    size_t kept = (int64_t)length > room ? (size_t)(room < 0 ? 0 : room) : length;
    if (ftruncate(request->file, from) != 0 || !write_bytes(request->file, from, bytes, kept))
        say(call, HTTP_DISK, "disk");
    else if (kept < length)
        say(call, HTTP_REFUSED, "more bytes than announced");
    else if (mood == FALSE_CUT)
        say(call, HTTP_UNREACHABLE, "cut");
}

// ---- live calls

// True when it wasn't there yet.
static bool keep_id(uint64_t *set, const char *id)
{
    uint64_t hash = hash_fnv1a64(HASH_FNV1A64_START, id, strlen(id));
    uint32_t at = (uint32_t)hash & (IDS_MAX - 1);
    for (uint32_t tries = 0; tries < IDS_MAX / 2; tries++, at = (at + 1) & (IDS_MAX - 1)) {
        if (set[at] == hash)
            return false;
        if (set[at] == 0) {
            set[at] = hash;
            return true;
        }
    }
    CHECK(!"more ids than a run may bring");
    return false;
}

static void put_accepted(struct http_call *call, uint32_t count)
{
    char *json = accepted_to_json(count);
    put_json(call, 202, json);
    free(json);
}

static void answer_events(struct http_call *call, const struct http_request *request,
                          enum false_mood mood)
{
    static struct live_event events[LIVE_EVENTS_MAX];
    const struct false_navigator_watch *watch = &navigator->watch;
    uint32_t count = 0;
    if (!events_from_json(request->body, strlen(request->body), events, &count)) {
        watch->broken(watch->context, "a batch of events that the hub cannot read");
        put_json(call, 400, "{}");
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct live_event *event = &events[i];
        if (mood == FALSE_WRONG_BATCH) {
            if (count == 1)
                watch->refused(watch->context, event->id);
        } else if (keep_id(navigator->ids, event->id)) {
            watch->stored(watch->context, event->id, event->kind);
            navigator->seen.events++;
        } else {
            navigator->seen.repeated_events++;
        }
    }
    if (mood == FALSE_WRONG_BATCH)
        put_json(call, 400, "{\"status\":400}");
    else
        put_accepted(call, count);
}

static struct certificate some_certificate(const struct certificate_query *query)
{
    struct certificate certificate = {.kind = (enum certificate_kind)pick(3),
                                      .status = (enum certificate_status)pick(4),
                                      .unit = (enum certificate_unit)pick(3),
                                      .period_from = {2026, 1, 1},
                                      .period_to = {2026, 12, 31},
                                      .nominal = pick(40) * 50000LL,
                                      .reserved = pick(10) * 10000LL,
                                      .age_years = -1};
    certificate.balance = certificate.nominal * pick(101) / 100;
    certificate.charged =
        pick(5) > 0 ? certificate.nominal - certificate.balance : CERTIFICATE_AMOUNT_UNKNOWN;
    if (query->birth.year != 0) {
        certificate.details_open = true;
        certificate.age_years = 7 + (int32_t)pick(10);
        certificate.valid_until = (struct date){2033, 5, 17};
        certificate.charge_count = pick(4);
        for (uint32_t i = 0; i < certificate.charge_count; i++)
            certificate.charges[i] =
                (struct certificate_charge){"Шахматы", {2026, 9, 1 + (int)i}, 150000};
    }
    return certificate;
}

static void answer_check(struct http_call *call, const struct http_request *request)
{
    struct certificate_query query;
    if (!check_from_json(request->body, strlen(request->body), &query)) {
        put_json(call, 400, "{\"status\":400}");
        return;
    }
    uint32_t fate = pick(10);
    if (fate < 2) {
        put_json(call, 404, "{\"status\":404}");
    } else if (fate == 2) {
        put_json(call, 429, "{\"status\":429}");
        retry_after(call);
    } else {
        struct certificate certificate = some_certificate(&query);
        char *json = certificate_to_json(&certificate);
        put_json(call, 200, json);
        explicit_bzero(json, strlen(json));
        free(json);
    }
    explicit_bzero(&query, sizeof query);
}

static void answer_enrollment(struct http_call *call, const struct http_request *request)
{
    char code[ENROLLMENT_CODE_BYTES];
    char url[128];
    const char *key = request->idempotency_key;
    if (key == NULL) {
        navigator->watch.broken(navigator->watch.context, "an enrollment without its key");
        return;
    }
    navigator->seen.enrollments += keep_id(navigator->keys, key);
    uint64_t hash = hash_fnv1a64(HASH_FNV1A64_START, key, strlen(key));
    snprintf(code, sizeof code, "K%u-%02u-%02u", (unsigned)(hash % 10), (unsigned)(hash / 10 % 100),
             (unsigned)(hash / 1000 % 100));
    snprintf(url, sizeof url, "http://127.0.0.1:8055/k/%s", code);
    char *json = enrollment_to_json(code, url, navigator->wall_s + 14 * 86400);
    put_json(call, 201, json);
    free(json);
}

// ---- one call

static void answer_by_kind(struct http_call *call, const struct http_request *request,
                           enum false_mood mood)
{
    switch (request->kind) {
    case HTTP_MANIFEST:
        answer_manifest(call, request, mood);
        break;
    case HTTP_SIGNATURE:
        answer_signature(call, mood);
        break;
    case HTTP_FEED_FILE:
        answer_file(call, request, mood);
        break;
    case HTTP_CERTIFICATE:
        answer_check(call, request);
        break;
    case HTTP_ENROLLMENT:
        answer_enrollment(call, request);
        break;
    case HTTP_EVENTS:
        answer_events(call, request, mood);
        break;
    case HTTP_KIND_COUNT:
        break;
    }
}

static void answer(struct http_call *call, const struct http_request *request, enum false_mood mood)
{
    switch (mood) {
    case FALSE_SILENT:
        say(call, HTTP_UNREACHABLE, "silent");
        return;
    case FALSE_REFUSED:
        say(call, HTTP_UNREACHABLE, "refused");
        return;
    case FALSE_LATER:
    case FALSE_BROKEN:
        call->response.status = 503;
        if (mood == FALSE_LATER)
            retry_after(call);
        return;
    case FALSE_LIMITED:
        call->response.status = 429;
        retry_after(call);
        return;
    case FALSE_PORTAL:
        call->response.status = 200;
        call->headers.html = true;
        say(call, HTTP_REFUSED, "text/html instead of the navigator");
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
    answer_by_kind(call, request, mood);
    if (mood == FALSE_BENT && call->response.length > 0)
        call->body[pick((uint32_t)call->response.length)] ^= 1;
    if (mood == FALSE_LOST_ANSWER || (mood == FALSE_CUT && request->kind != HTTP_FEED_FILE))
        say(call, HTTP_UNREACHABLE, "cut");
}

static int64_t duration_ms(const struct http_request *request, enum false_mood mood)
{
    int64_t bytes = request->kind == HTTP_FEED_FILE ? request->file_bytes_max : 1000;
    int64_t line_bytes_a_s = mood == FALSE_SLOW ? 200 + pick(2000) : 100000;
    if (mood == FALSE_SILENT)
        return INT64_MAX;
    return 20 + pick(mood == FALSE_SLOW ? 6000 : 300) + bytes * 1000 / line_bytes_a_s;
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
        say(call, HTTP_UNREACHABLE, "too slow");
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
