#include "navigator/live.h"

#include "base/check.h"
#include "base/log.h"
#include "navigator/answers_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void live_init(struct live *live, struct http *http, const struct config *config,
               live_report *report, void *context)
{
    *live = (struct live){.http = http, .config = config, .report = report, .context = context};
}

static void free_slot(struct live *live, struct live_slot *slot)
{
    http_drop(live->http, slot->call);
    explicit_bzero(slot, sizeof *slot);
}

void live_cancel_all(struct live *live)
{
    for (unsigned i = 0; i < LIVE_SLOTS; i++)
        free_slot(live, &live->slots[i]);
}

void live_finish(struct live *live)
{
    live_cancel_all(live);
}

void live_cancel(struct live *live, uint32_t id)
{
    for (unsigned i = 0; i < LIVE_SLOTS; i++)
        if (live->slots[i].used && live->slots[i].request.id == id)
            free_slot(live, &live->slots[i]);
}

// ---- answers

static bool enroll_link_allowed(const struct config *config, const char *url)
{
    const char *hosts[LINK_HOSTS_MAX];
    for (uint32_t i = 0; i < config->enroll_host_count; i++)
        hosts[i] = config->enroll_hosts[i];
    bool allowed = link_allowed(url, hosts, config->enroll_host_count);
    if (!allowed)
        log_event("live", "enrollment refused: its link's host is none of enroll_hosts");
    return allowed;
}

static enum answer_status read_answer(const struct live *live, const struct live_slot *slot,
                                      const struct http_response *response,
                                      struct link_report *report)
{
    bool fine = false;
    if (slot->request.kind == LINK_CHECK_CERTIFICATE)
        fine = certificate_from_json(response->body, response->length, &slot->request.certificate,
                                     &report->certificate.certificate);
    else
        fine = enrollment_from_json(response->body, response->length, &report->enrollment) &&
               enroll_link_allowed(live->config, report->enrollment.url);
    if (!fine)
        log_event("live", "answer refused");
    return fine ? ANSWER_OK : ANSWER_UNAVAILABLE;
}

// A page of a proxy or portal in between must not pass for "no such number".
static enum answer_status judge(const struct live *live, const struct live_slot *slot,
                                const struct http_response *response, struct link_report *report)
{
    if (response->result != HTTP_ANSWERED) {
        log_event("live", "no answer: %s", response->problem);
        return ANSWER_UNAVAILABLE;
    }
    if (response->status == 200 || response->status == 201)
        return read_answer(live, slot, response, report);
    if (response->status == 404 && response->headers->json)
        return ANSWER_NOT_FOUND;
    if (response->status == 429)
        return ANSWER_LIMITED;
    log_event("live", "found status %d, expected 200", response->status);
    return ANSWER_UNAVAILABLE;
}

static void answer(struct live *live, struct live_slot *slot, const struct http_response *response)
{
    struct link_report report = {.id = slot->request.id};
    enum answer_status status =
        response != NULL ? judge(live, slot, response, &report) : ANSWER_UNAVAILABLE;
    if (slot->request.kind == LINK_CHECK_CERTIFICATE) {
        report.kind = LINK_CERTIFICATE_ANSWER;
        report.certificate.status = status;
        if (status == ANSWER_LIMITED && response->headers->retry_after_s > 0)
            report.certificate.retry_after_s = response->headers->retry_after_s;
    } else {
        if (status != ANSWER_OK)
            report.enrollment = (struct enrollment_answer){0};
        report.kind = LINK_ENROLLMENT_ANSWER;
        report.enrollment.status = status;
    }
    free_slot(live, slot);
    live->report(live->context, &report);
    explicit_bzero(&report, sizeof report);
}

// ---- questions

static void begin(struct live *live, struct live_slot *slot, int64_t now_ms)
{
    char body[QUESTION_BYTES] = "";
    bool check = slot->request.kind == LINK_CHECK_CERTIFICATE;
    bool fine = check ? certificate_query_to_json(&slot->request.certificate, body)
                      : enrollment_query_to_json(&slot->request.enrollment, body);
    slot->retry_ms = 0;
    if (fine && live->http != NULL) {
        struct http_request request = {.kind = check ? HTTP_CERTIFICATE : HTTP_ENROLLMENT,
                                       .path = check ? "/v1/certificates/check" : "/v1/enrollments",
                                       .body = body,
                                       .idempotency_key = check ? NULL : slot->key,
                                       .limit_ms = (uint32_t)(slot->deadline_ms - now_ms)};
        slot->call = http_start(live->http, &request);
    }
    explicit_bzero(body, sizeof body);
    if (slot->call == NULL)
        answer(live, slot, NULL);
}

static void new_key(char ret_key[static LIVE_KEY_BYTES])
{
    for (unsigned i = 0; i + 8 < LIVE_KEY_BYTES; i += 8)
        snprintf(ret_key + i, 9, "%08x", arc4random());
}

void live_ask(struct live *live, const struct link_request *request, int64_t now_ms)
{
    CHECK(request->kind == LINK_CHECK_CERTIFICATE || request->kind == LINK_CREATE_ENROLLMENT);
    struct live_slot overflow = {0};
    struct live_slot *slot = &overflow;
    for (unsigned i = 0; i < LIVE_SLOTS && slot == &overflow; i++)
        if (!live->slots[i].used)
            slot = &live->slots[i];
    slot->used = true;
    slot->request = *request;
    slot->deadline_ms =
        now_ms + (request->kind == LINK_CHECK_CERTIFICATE ? REQUEST_CERTIFICATE_LIMIT_MS
                                                          : REQUEST_ENROLLMENT_LIMIT_MS);
    new_key(slot->key);
    if (slot == &overflow || now_ms < live->quiet_until_ms)
        answer(live, slot, NULL);
    else
        begin(live, slot, now_ms);
}

// When an enrollment that failed may be tried again; INT64_MAX: not within its limit, or not at
// all.
static int64_t retry_at_ms(const struct live_slot *slot, const struct http_response *response,
                           int64_t now_ms)
{
    bool answered = response->result == HTTP_ANSWERED;
    bool failed = response->result == HTTP_UNREACHABLE || (answered && response->status >= 500);
    int64_t wait_ms = LIVE_RETRY_MS;
    if (answered && response->headers->retry_after_s > 0)
        wait_ms = 1000LL * response->headers->retry_after_s;
    bool worth = failed && slot->request.kind == LINK_CREATE_ENROLLMENT &&
                 now_ms + wait_ms < slot->deadline_ms;
    return worth ? now_ms + wait_ms : INT64_MAX;
}

static void keep_quiet(struct live *live, const struct http_response *response, int64_t now_ms)
{
    if (response->result != HTTP_ANSWERED || response->status != 503 ||
        response->headers->retry_after_s <= 0)
        return;
    int32_t seconds = response->headers->retry_after_s;
    seconds = seconds < LIVE_QUIET_MAX_S ? seconds : LIVE_QUIET_MAX_S;
    live->quiet_until_ms = now_ms + 1000LL * seconds;
    log_event("live", "the navigator asks for %d s of quiet", seconds);
}

enum live_taken live_take(struct live *live, struct http_call *call, int64_t now_ms)
{
    for (unsigned i = 0; i < LIVE_SLOTS; i++) {
        struct live_slot *slot = &live->slots[i];
        if (!slot->used || slot->call != call)
            continue;
        const struct http_response *response = http_response(call);
        bool reached = response->result == HTTP_ANSWERED;
        int64_t again_ms = retry_at_ms(slot, response, now_ms);
        if (again_ms != INT64_MAX) {
            http_drop(live->http, call);
            slot->call = NULL;
            slot->retry_ms = again_ms;
        } else {
            keep_quiet(live, response, now_ms);
            answer(live, slot, response);
        }
        return reached ? LIVE_REACHED : LIVE_UNREACHED;
    }
    return LIVE_NOT_MINE;
}

void live_tick(struct live *live, int64_t now_ms)
{
    for (unsigned i = 0; i < LIVE_SLOTS; i++) {
        struct live_slot *slot = &live->slots[i];
        if (slot->used && slot->retry_ms != 0 && slot->retry_ms <= now_ms) {
            if (now_ms < slot->deadline_ms)
                begin(live, slot, now_ms);
            else
                answer(live, slot, NULL);
        }
    }
}

int64_t live_next_ms(const struct live *live)
{
    int64_t next_ms = INT64_MAX;
    for (unsigned i = 0; i < LIVE_SLOTS; i++)
        if (live->slots[i].retry_ms != 0 && live->slots[i].retry_ms < next_ms)
            next_ms = live->slots[i].retry_ms;
    return next_ms;
}
