#include "hub/tally.h"

#include "base/check.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

// The last of each is for what isn't known here.
static const char *const kinds[TALLY_KINDS] = {
    "feed/manifest", "feed/delta", "feed/snapshot", "feed",    "certificates/check",
    "enrollments",   "events",     "page",          "healthz", "metrics",
    "other",
};
static const unsigned statuses[TALLY_STATUSES] = {
    200, 206, 304, 400, 401, 404, 405, 413, 415, 416, 422, 429, 503, 0,
};
static const int64_t bucket_us[TALLY_BUCKETS] = {
    500, 1000, 2500, 10000, 50000, 250000, 1000000, 5000000,
};

static size_t kind_index(const char *kind)
{
    size_t index = 0;
    while (index < TALLY_KINDS - 1 && strcmp(kinds[index], kind) != 0)
        index++;
    return index;
}

static size_t status_index(unsigned status)
{
    size_t index = 0;
    while (index < TALLY_STATUSES - 1 && statuses[index] != status)
        index++;
    return index;
}

void tally_request(struct tally *tally, const char *kind, unsigned status, int64_t took_us)
{
    size_t index = kind_index(kind);
    struct tally_took *took = &tally->took[index];
    pthread_mutex_lock(&tally->mutex);
    tally->requests[index][status_index(status)]++;
    took->count++;
    took->sum_us += (uint64_t)took_us;
    for (size_t i = 0; i < TALLY_BUCKETS; i++)
        took->buckets[i] += took_us <= bucket_us[i];
    pthread_mutex_unlock(&tally->mutex);
}

void tally_terminal(struct tally *tally, int64_t terminal, int64_t clock_s)
{
    size_t index = (uint64_t)terminal % TALLY_TERMINALS;
    pthread_mutex_lock(&tally->mutex);
    tally->terminals[index].terminal = terminal;
    tally->terminals[index].seen_s = clock_s;
    pthread_mutex_unlock(&tally->mutex);
}

// ---- the page

struct page {
    struct text text;
    bool openmetrics;
};

static void head(struct page *page, const char *name, const char *type, const char *help)
{
    bool older_counter = !page->openmetrics && strcmp(type, "counter") == 0;
    const char *ending = older_counter ? "_total" : "";
    text_addf(&page->text, "# HELP %s%s %s\n# TYPE %s%s %s\n", name, ending, help, name, ending,
              type);
}

static void gauge(struct page *page, const char *name, const char *help, int64_t value)
{
    head(page, name, "gauge", help);
    text_addf(&page->text, "%s %" PRId64 "\n", name, value);
}

static void add_requests(struct page *page, const struct tally *tally)
{
    head(page, "navigator_hub_requests", "counter", "Answered requests.");
    for (size_t kind = 0; kind < TALLY_KINDS; kind++)
        for (size_t i = 0; i < TALLY_STATUSES; i++)
            if (tally->requests[kind][i] > 0)
                text_addf(&page->text,
                          "navigator_hub_requests_total{kind=\"%s\",status=\"%u\"} %" PRIu64 "\n",
                          kinds[kind], statuses[i], tally->requests[kind][i]);
}

static void add_durations(struct page *page, const struct tally *tally)
{
    static const char name[] = "navigator_hub_request_duration_seconds";
    head(page, name, "histogram", "Time from a request's last byte to its answer.");
    for (size_t kind = 0; kind < TALLY_KINDS; kind++) {
        const struct tally_took *took = &tally->took[kind];
        for (size_t i = 0; i < TALLY_BUCKETS; i++)
            text_addf(&page->text, "%s_bucket{kind=\"%s\",le=\"%g\"} %" PRIu64 "\n", name,
                      kinds[kind], (double)bucket_us[i] / 1e6, took->buckets[i]);
        text_addf(&page->text, "%s_bucket{kind=\"%s\",le=\"+Inf\"} %" PRIu64 "\n", name,
                  kinds[kind], took->count);
        text_addf(&page->text, "%s_count{kind=\"%s\"} %" PRIu64 "\n", name, kinds[kind],
                  took->count);
        text_addf(&page->text, "%s_sum{kind=\"%s\"} %.6f\n", name, kinds[kind],
                  (double)took->sum_us / 1e6);
    }
}

static void add_outcomes(struct page *page, const struct tally *tally)
{
    static const struct {
        const char *result;
        unsigned status;
    } results[] = {{"passed", 200}, {"unknown", 404}, {"limited", 429}, {"broken", 503}};
    const uint64_t *checks = tally->requests[kind_index("certificates/check")];
    const uint64_t *enrollments = tally->requests[kind_index("enrollments")];
    head(page, "navigator_hub_checks", "counter", "Certificate checks by result.");
    for (size_t i = 0; i < sizeof results / sizeof *results; i++)
        text_addf(&page->text, "navigator_hub_checks_total{result=\"%s\"} %" PRIu64 "\n",
                  results[i].result, checks[status_index(results[i].status)]);
    head(page, "navigator_hub_enrollments", "counter", "Enrollments begun, repeats among them.");
    text_addf(&page->text, "navigator_hub_enrollments_total %" PRIu64 "\n",
              enrollments[status_index(200)]);
}

static int64_t count_recent(const struct tally *tally, int64_t clock_s)
{
    int64_t count = 0;
    for (size_t i = 0; i < TALLY_TERMINALS; i++)
        count +=
            tally->terminals[i].seen_s > 0 && clock_s - tally->terminals[i].seen_s < TALLY_RECENT_S;
    return count;
}

char *tally_page(struct tally *tally, const struct tally_facts *facts, int64_t clock_s,
                 bool openmetrics)
{
    struct page page = {.openmetrics = openmetrics};
    char *memory = malloc(TALLY_TEXT_BYTES);
    CHECK(memory != NULL);
    text_init(&page.text, memory, TALLY_TEXT_BYTES);
    pthread_mutex_lock(&tally->mutex);
    head(&page, "navigator_hub_build_info", "gauge", "Which version runs.");
    text_addf(&page.text, "navigator_hub_build_info{version=\"" NAVIGATOR_VERSION "\"} 1\n");
    gauge(&page, "navigator_hub_database_up", "Whether the database answers: 1 or 0.",
          facts->database);
    gauge(&page, "navigator_hub_serial", "The newest published serial.", (int64_t)facts->serial);
    if (facts->published_s > 0) {
        gauge(&page, "navigator_hub_published_timestamp_seconds", "When it was published.",
              facts->published_s);
        gauge(&page, "navigator_hub_expires_timestamp_seconds", "Until when its signature stands.",
              facts->expires_s);
    }
    gauge(&page, "navigator_hub_terminals", "Terminals that have a token.", facts->terminals);
    gauge(&page, "navigator_hub_terminals_seen", "Terminals that called within an hour.",
          count_recent(tally, clock_s));
    if (facts->disk_free_bytes >= 0)
        gauge(&page, "navigator_hub_disk_free_bytes", "Room on the data folder's disk.",
              facts->disk_free_bytes);
    add_requests(&page, tally);
    add_durations(&page, tally);
    add_outcomes(&page, tally);
    pthread_mutex_unlock(&tally->mutex);
    if (openmetrics)
        text_add(&page.text, "# EOF\n");
    CHECK(!page.text.cut);
    return memory;
}
