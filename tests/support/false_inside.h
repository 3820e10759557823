// What the two halves of the false navigator share: false_navigator.c has moods, time and http.h,
// false_answers.c what a hub answers.
#pragma once

#include "tests/support/false_navigator.h"

enum {
    CALLS_MAX = 16,
    BODY_BYTES = 64 * 1024,
    IDS_MAX = 1 << 20, // a power of two
};

struct http_call {
    enum http_kind kind;
    const struct http *owner;
    int64_t ends_ms;
    struct http_headers headers;
    struct http_response response;
    char body[BODY_BYTES];
};

struct navigator {
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
};

extern struct navigator *navigator;

static inline uint32_t false_pick(uint32_t count)
{
    navigator->random = navigator->random * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(navigator->random >> 33) % count;
}

void false_say(struct http_call *call, enum http_result result, const char *problem);
void false_retry_after(struct http_call *call);
// As the hub does, and as the mood bends it.
void false_answer(struct http_call *call, const struct http_request *request, enum false_mood mood);
