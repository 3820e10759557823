#include "base/check.h"
#include "base/hash.h"
#include "base/text.h"
#include "hub/live_json.h"
#include "tests/support/false_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK_BYTES = 16 * 1024, HOUR_S = 3600 };

void false_say(struct http_call *call, enum http_result result, const char *problem)
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

void false_retry_after(struct http_call *call)
{
    static const int32_t waits_s[] = {1, 30, 120, 600, HOUR_S, 6 * HOUR_S};
    call->headers.retry_after_s = waits_s[false_pick(sizeof waits_s / sizeof *waits_s)];
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
        bytes[false_pick((uint32_t)length)] ^= 1;
    if (mood == FALSE_CUT || mood == FALSE_SHORT)
        length = false_pick((uint32_t)length);
    if (mood == FALSE_LONG)
        length += 32;
    call->response.status = from > 0 ? 206 : 200;
    call->headers.range_from = from > 0 ? from : -1;
    navigator->seen.ranges += from > 0;
    int64_t room = request->file_bytes_max - from;
    size_t kept = (int64_t)length > room ? (size_t)(room < 0 ? 0 : room) : length;
    if (ftruncate(request->file, from) != 0 || !write_bytes(request->file, from, bytes, kept))
        false_say(call, HTTP_DISK, "disk");
    else if (kept < length)
        false_say(call, HTTP_REFUSED, "more bytes than announced");
    else if (mood == FALSE_CUT)
        false_say(call, HTTP_UNREACHABLE, "cut");
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
    struct certificate certificate = {.kind = (enum certificate_kind)false_pick(3),
                                      .status = (enum certificate_status)false_pick(4),
                                      .unit = (enum certificate_unit)false_pick(3),
                                      .period_from = {2026, 1, 1},
                                      .period_to = {2026, 12, 31},
                                      .nominal = false_pick(40) * 50000LL,
                                      .reserved = false_pick(10) * 10000LL,
                                      .age_years = -1};
    certificate.balance = certificate.nominal * false_pick(101) / 100;
    certificate.charged =
        false_pick(5) > 0 ? certificate.nominal - certificate.balance : CERTIFICATE_AMOUNT_UNKNOWN;
    if (query->birth.year != 0) {
        certificate.details_open = true;
        certificate.age_years = 7 + (int32_t)false_pick(10);
        certificate.valid_until = (struct date){2033, 5, 17};
        certificate.charge_count = false_pick(4);
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
    uint32_t fate = false_pick(10);
    if (fate < 2) {
        put_json(call, 404, "{\"status\":404}");
    } else if (fate == 2) {
        put_json(call, 429, "{\"status\":429}");
        false_retry_after(call);
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

// ---- by kind

void false_answer(struct http_call *call, const struct http_request *request, enum false_mood mood)
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
    case HTTP_PORTAL:
    case HTTP_KIND_COUNT:
        break;
    }
}
