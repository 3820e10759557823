// A navigator and the network before it, in memory: src/navigator/http.h without libcurl.
//
// Linked instead of http.c, so that the link's production code runs against it as it is, under a
// clock that the test owns. It carries the feed of false_feed.h, answers live calls, and keeps
// events exactly as a hub does: each id once. Each call meets a mood, drawn from the seed by the
// present weather; how often each mood fired is counted. A call that waits takes virtual time: one
// by http_start ends when the clock says so, one by http_run at once, and the time that it took is
// added up for the test to let pass. One navigator, one thread.
#pragma once

#include "certificate/certificate.h"
#include "navigator/http.h"
#include "tests/support/false_feed.h"

#include <stdbool.h>
#include <stdint.h>

enum false_mood {
    FALSE_FINE,
    FALSE_SLOW,        // a few hundred bytes a second
    FALSE_SILENT,      // nothing until the limit of the call
    FALSE_REFUSED,     // no connection
    FALSE_BROKEN,      // 503
    FALSE_LATER,       // 503 with Retry-After
    FALSE_LIMITED,     // 429 with Retry-After
    FALSE_PORTAL,      // 200 with a page of the school's network
    FALSE_CUT,         // half of the body, then nothing
    FALSE_LOST_ANSWER, // done by the navigator, its answer lost on the way
    FALSE_BENT,        // one byte is another
    FALSE_SHORT,       // a body that ends early and says it is whole
    FALSE_LONG,        // more bytes than announced
    FALSE_NO_RANGE,    // the whole file instead of the rest
    FALSE_GONE,        // 404
    FALSE_FORGED,      // a stranger's manifest
    FALSE_ROLLED_BACK, // the manifest of yesterday
    FALSE_EXPIRED,     // the newest manifest, and long past
    FALSE_BETWEEN,     // a publication between manifest and signature
    FALSE_WRONG_BATCH, // 400: events nobody will ever take
    FALSE_MOOD_COUNT
};

struct false_weather {
    enum false_mood mood;
    unsigned percent; // of the calls that meet it; of the others, one of a hundred meets any mood
};

// What the test hears at once, in the middle of a call. `broken` is a promise of the client that
// was broken, seen from this end.
struct false_navigator_watch {
    void (*stored)(void *context, const char *id, const char *kind); // for the first time
    void (*refused)(void *context, const char *id);                  // alone, for good
    void (*sent)(void *context, const char *path, const char *body); // every call's
    void (*broken)(void *context, const char *what);
    void *context;
};

void false_navigator_start(uint64_t seed, uint32_t program_count, int64_t now_s,
                           const struct false_navigator_watch *watch);
void false_navigator_finish(void);
struct false_feed *false_navigator_feed(void);
void false_navigator_weather(const struct false_weather *weather);
// Of all calls from now on; wall_s is the navigator's own, true one.
void false_navigator_clock(int64_t now_ms, int64_t wall_s);
// When the next running call ends; INT64_MAX none.
int64_t false_navigator_next_ms(void);
// The time that http_run took since the last time this was asked.
int64_t false_navigator_blocked_ms(void);
// The link's process died: what it was told by Retry-After is forgotten, its calls are dropped by
// the test.
void false_navigator_forget_client(void);
const uint64_t *false_navigator_fired(void); // by mood
const char *false_mood_name(enum false_mood mood);

struct false_navigator_seen {
    uint64_t calls[HTTP_KIND_COUNT];
    uint64_t unchanged;   // 304
    uint64_t ranges;      // 206
    uint64_t enrollments; // different ones: of one Idempotency-Key each
    uint64_t events;      // different ones
    uint64_t repeated_events;
};
const struct false_navigator_seen *false_navigator_seen(void);
