#include "hub/fetch.h"

#include "base/check.h"
#include "base/hash.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { WAIT_MAX_MS = 200 };

struct slot {
    enum { SLOT_FREE, SLOT_WAITS, SLOT_RUNS } state;
    struct fetch_task task;
    struct http_call *call; // while it runs
    unsigned tries;
    int64_t due_us; // while it waits
};

struct fetch {
    struct http *http;
    const struct fetch_limits *limits;
    const struct fetch_work *work;
    struct fetch_counts *counts;
    struct slot slots[FETCH_CONNECTIONS_MAX];
    int64_t open_us; // nothing is asked before
    unsigned failures;
    char *problem; // "" while it goes on
};

static int64_t now_us(void)
{
    struct timespec now;
    CHECK(clock_gettime(CLOCK_MONOTONIC, &now) == 0);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void end_crawl(struct fetch *fetch, const char *what, const char *path)
{
    if (fetch->problem[0] == '\0')
        snprintf(fetch->problem, FETCH_PROBLEM_BYTES, "%.120s: %.120s", path, what);
}

// ---- asking

static void start(struct fetch *fetch, struct slot *slot, int64_t now)
{
    struct http_request request = {.kind = HTTP_PORTAL,
                                   .path = slot->task.path,
                                   .etag = slot->task.etag,
                                   .limit_ms = fetch->limits->timeout_ms};
    slot->call = http_start(fetch->http, &request);
    slot->state = SLOT_RUNS;
    fetch->open_us = now + 1000000 / fetch->limits->requests_per_second;
    fetch->counts->requests++;
    fetch->counts->retries += slot->tries++ > 0;
}

// Starts at most one question; false when there is none that is due.
static bool start_one(struct fetch *fetch, int64_t now)
{
    if (now < fetch->open_us || fetch->problem[0] != '\0')
        return false;
    struct slot *slot_free = NULL;
    for (uint32_t i = 0; i < fetch->limits->connections; i++) {
        struct slot *slot = &fetch->slots[i];
        if (slot->state == SLOT_WAITS && slot->due_us <= now) {
            start(fetch, slot, now);
            return true;
        }
        if (slot->state == SLOT_FREE)
            slot_free = slot;
    }
    if (slot_free == NULL)
        return false;
    *slot_free = (struct slot){0};
    if (!fetch->work->next(fetch->work->context, &slot_free->task))
        return false;
    start(fetch, slot_free, now);
    return true;
}

// ---- answers

static int64_t pause_us(const struct fetch *fetch, const struct slot *slot)
{
    int64_t pause_ms = (int64_t)fetch->limits->retry_ms << (slot->tries - 1);
    if (pause_ms > FETCH_PAUSE_MAX_MS)
        pause_ms = FETCH_PAUSE_MAX_MS;
    // So that what failed together isn't asked together again.
    int64_t spread = hash_fnv1a32(slot->task.path, strlen(slot->task.path)) % 256;
    return pause_ms * 1000 + pause_ms * spread;
}

static void fail(struct fetch *fetch, struct slot *slot, const char *problem, int32_t after_s)
{
    int64_t now = now_us();
    slot->state = SLOT_WAITS;
    slot->due_us = now + pause_us(fetch, slot);
    if (after_s > FETCH_RETRY_AFTER_MAX_S)
        end_crawl(fetch, "wants to be left alone for longer than ten minutes", slot->task.path);
    if (after_s > 0 && now + after_s * INT64_C(1000000) > fetch->open_us)
        fetch->open_us = now + after_s * INT64_C(1000000);
    if (++fetch->failures == FETCH_FAILURES_MAX)
        end_crawl(fetch, problem, slot->task.path);
    if (slot->tries < FETCH_TRIES_MAX)
        return;
    slot->state = SLOT_FREE;
    fetch->work->give_up(fetch->work->context, &slot->task, problem);
}

static void take_answer(struct fetch *fetch, struct slot *slot,
                        const struct http_response *response)
{
    struct fetch_answer answer = {.unchanged = response->status == 304,
                                  .etag = response->headers->etag,
                                  .body = response->body,
                                  .length = response->length};
    const char *problem = fetch->work->take(fetch->work->context, &slot->task, &answer);
    if (problem != NULL) {
        fail(fetch, slot, problem, 0);
        return;
    }
    fetch->counts->unchanged += answer.unchanged;
    fetch->failures = 0;
    slot->state = SLOT_FREE;
}

static void judge(struct fetch *fetch, struct slot *slot, const struct http_response *response)
{
    enum { UNAUTHORIZED = 401, FORBIDDEN = 403, TIMEOUT = 408, TOO_MANY = 429, UNAVAILABLE = 503 };
    int status = response->status;
    char problem[64];
    snprintf(problem, sizeof problem, "status %d", status);
    fetch->counts->bytes += response->length + response->headers->bytes;
    if (response->result != HTTP_ANSWERED) {
        fail(fetch, slot, response->problem, 0);
    } else if (status == 200 || status == 304) {
        take_answer(fetch, slot, response);
    } else if (status == TOO_MANY || status == UNAVAILABLE) {
        fail(fetch, slot, problem, response->headers->retry_after_s);
    } else if (status >= 500 || status == TIMEOUT) {
        fail(fetch, slot, problem, 0);
    } else {
        if (status == UNAUTHORIZED || status == FORBIDDEN)
            end_crawl(fetch, problem, slot->task.path);
        slot->state = SLOT_FREE;
        fetch->work->give_up(fetch->work->context, &slot->task, problem);
    }
}

static void take_ended(struct fetch *fetch)
{
    for (struct http_call *call; (call = http_next_ended(fetch->http)) != NULL;) {
        struct slot *slot = fetch->slots;
        while (slot->call != call)
            slot++;
        judge(fetch, slot, http_response(call));
        http_drop(fetch->http, call);
        slot->call = NULL;
    }
}

// ---- the loop

static bool busy(const struct fetch *fetch)
{
    bool runs = false;
    bool waits = false;
    for (uint32_t i = 0; i < fetch->limits->connections; i++) {
        runs |= fetch->slots[i].state == SLOT_RUNS;
        waits |= fetch->slots[i].state == SLOT_WAITS;
    }
    return runs || (waits && fetch->problem[0] == '\0');
}

// Until the next question may be due; answers wake earlier.
static int wait_ms(const struct fetch *fetch, int64_t now)
{
    int64_t due = now + WAIT_MAX_MS * INT64_C(1000);
    if (fetch->open_us > now && fetch->open_us < due)
        due = fetch->open_us;
    for (uint32_t i = 0; i < fetch->limits->connections; i++) {
        const struct slot *slot = &fetch->slots[i];
        if (slot->state == SLOT_WAITS && slot->due_us > now && slot->due_us < due)
            due = slot->due_us;
    }
    return (int)((due - now + 999) / 1000);
}

bool fetch_all(struct http *http, const struct fetch_limits *limits, const struct fetch_work *work,
               struct fetch_counts *counts, char ret_problem[static FETCH_PROBLEM_BYTES])
{
    CHECK(limits->connections > 0 && limits->connections <= FETCH_CONNECTIONS_MAX);
    struct fetch fetch = {
        .http = http, .limits = limits, .work = work, .counts = counts, .problem = ret_problem};
    ret_problem[0] = '\0';
    for (;;) {
        int64_t now = now_us();
        bool started = start_one(&fetch, now);
        if (!started && now >= fetch.open_us && !busy(&fetch))
            break;
        if (!started && fetch.problem[0] != '\0' && !busy(&fetch))
            break;
        http_wait(http, NULL, 0, started ? 0 : wait_ms(&fetch, now));
        take_ended(&fetch);
    }
    return ret_problem[0] == '\0';
}
