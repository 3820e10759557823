// Simulated terminals that follow a feed through one web server for simulated hours, as fast as it
// answers: each polls the manifest by ETag; when it is new takes the signature and the delta (or
// the snapshot); and once an hour tells an event. At the begin of each hour something is published.
//   crowd PORT TERMINALS HOURS POLLS_AN_HOUR CONNECTIONS TOKEN PUBLISH_COMMAND
// Ends with 1 when any request failed or a terminal didn't have the newest serial after an hour.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    CONNECTIONS_MAX = 64,
    ANSWER_BYTES = 32 * 1024 * 1024, // the largest snapshot with its header
    SLOT_US = 100,                   // of the latencies
    SLOTS = 100000,                  // 10 s; what takes longer counts as that
};

enum kind { MANIFEST_NEW, MANIFEST_SAME, SIGNATURE, DELTA, SNAPSHOT, EVENTS, KIND_COUNT };
static const char *const names[KIND_COUNT] = {
    "manifest, new", "manifest, 304", "signature", "delta", "snapshot", "events",
};

struct terminal {
    unsigned serial; // 0: has nothing yet
    char etag[96];
};

struct worker {
    pthread_t thread;
    int fd; // -1: not connected
    char *answer;
    char *body;
    size_t body_length;
    uint64_t requests[KIND_COUNT];
    uint64_t bytes[KIND_COUNT]; // with headers
    uint64_t failures;
    uint32_t slots[SLOTS];
};

static struct sockaddr_in server = {.sin_family = AF_INET};
static struct terminal *terminals;
static unsigned terminal_count;
static unsigned polls_an_hour;
static unsigned hour;
static unsigned turn; // of polls, within the hour
static const char *token;
static atomic_uint next_terminal;
static struct worker workers[CONNECTIONS_MAX];

static int64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void hang_up(struct worker *worker)
{
    if (worker->fd >= 0)
        close(worker->fd);
    worker->fd = -1;
}

static bool dial(struct worker *worker)
{
    struct timeval patience = {10, 0};
    int yes = 1;
    if (worker->fd >= 0)
        return true;
    worker->fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(worker->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(worker->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (connect(worker->fd, (struct sockaddr *)&server, sizeof server) == 0)
        return true;
    hang_up(worker);
    return false;
}

static const char *header(const struct worker *worker, const char *name)
{
    const char *found = strcasestr(worker->answer, name);
    return found != NULL && found < worker->body ? found + strlen(name) : NULL;
}

// The whole answer; 0 when there is none, else its status. *ret_bytes counts what came.
static unsigned receive(struct worker *worker, size_t *ret_bytes)
{
    size_t have = 0;
    size_t wanted = 0;
    while (have < ANSWER_BYTES - 1) {
        ssize_t got = recv(worker->fd, worker->answer + have, ANSWER_BYTES - 1 - have, 0);
        if (got <= 0)
            return 0;
        have += (size_t)got;
        worker->answer[have] = '\0';
        if (wanted == 0 && (worker->body = strstr(worker->answer, "\r\n\r\n")) != NULL) {
            worker->body += 4;
            const char *length = header(worker, "\r\nContent-Length: ");
            worker->body_length = length != NULL ? strtoul(length, NULL, 10) : 0;
            wanted = (size_t)(worker->body - worker->answer) + worker->body_length;
        }
        if (wanted != 0 && have >= wanted)
            break;
    }
    *ret_bytes = have;
    return wanted != 0 && have == wanted ? (unsigned)strtoul(worker->answer + 9, NULL, 10) : 0;
}

static unsigned ask(struct worker *worker, enum kind kind, const char *request)
{
    size_t bytes = 0;
    size_t length = strlen(request);
    int64_t begun_us = now_us();
    unsigned status = 0;
    if (dial(worker) && send(worker->fd, request, length, MSG_NOSIGNAL) == (ssize_t)length)
        status = receive(worker, &bytes);
    int64_t slot = (now_us() - begun_us) / SLOT_US;
    worker->slots[slot < SLOTS ? slot : SLOTS - 1]++;
    if (kind == MANIFEST_NEW && status == 304)
        kind = MANIFEST_SAME;
    worker->requests[kind]++;
    worker->bytes[kind] += bytes;
    if (status != 200 && status != 304 && worker->failures++ == 0 && worker == workers)
        fprintf(stderr, "crowd: %s: status %u\n", names[kind], status);
    if (status == 0 || header(worker, "\r\nConnection: close") != NULL)
        hang_up(worker);
    return status;
}

static unsigned get(struct worker *worker, enum kind kind, const char *name, const char *etag)
{
    char request[512];
    snprintf(request, sizeof request,
             "GET /feed/v1/%s HTTP/1.1\r\nHost: navigator\r\n%s%s%sAccept: */*\r\n\r\n", name,
             etag[0] ? "If-None-Match: " : "", etag, etag[0] ? "\r\n" : "");
    return ask(worker, kind, request);
}

// What stands behind a key of one object of the manifest; NULL when it doesn't.
static const char *value(const char *object, const char *key)
{
    const char *found = strstr(object, key);
    return found != NULL && found < strchr(object, '}') ? found + strlen(key) : NULL;
}

static unsigned number(const char *object, const char *key)
{
    const char *found = value(object, key);
    return found != NULL ? (unsigned)strtoul(found, NULL, 10) : 0;
}

// The file that leads from the terminal's serial to the newest: a delta, else the snapshot.
static enum kind choose(const char *manifest, unsigned from, unsigned to, char ret_name[static 128])
{
    const char *chosen = strstr(manifest, "\"snapshot\":{");
    const char *deltas = strstr(manifest, "\"deltas\":[");
    const char *delta = deltas != NULL ? strchr(deltas, '{') : NULL;
    enum kind kind = SNAPSHOT;
    for (; delta != NULL; delta = strchr(delta + 1, '{'))
        if (number(delta, "\"from_serial\":") == from && number(delta, "\"to_serial\":") == to) {
            chosen = delta;
            kind = DELTA;
        }
    const char *path = chosen != NULL ? value(chosen, "\"path\":\"") : NULL;
    ret_name[0] = '\0';
    if (path != NULL)
        sscanf(path, "%127[^\"]", ret_name);
    return kind;
}

static void follow(struct worker *worker, struct terminal *terminal)
{
    char manifest[65536];
    char name[128];
    char etag[96] = "";
    if (get(worker, MANIFEST_NEW, "manifest.json", terminal->etag) != 200)
        return;
    const char *tag = header(worker, "\r\nETag: ");
    if (tag != NULL)
        sscanf(tag, "%95[^\r]", etag);
    size_t kept = 0; // without blanks
    for (size_t i = 0; i < worker->body_length && kept < sizeof manifest - 1; i++)
        if (strchr(" \t\n", worker->body[i]) == NULL)
            manifest[kept++] = worker->body[i];
    manifest[kept] = '\0';
    const char *serial = strstr(manifest, "\"serial\":");
    unsigned newest = serial != NULL ? (unsigned)strtoul(serial + 9, NULL, 10) : 0;
    enum kind kind = choose(manifest, terminal->serial, newest, name);
    if (get(worker, SIGNATURE, "manifest.json.minisig", "") == 200 &&
        get(worker, kind, name, "") == 200) {
        terminal->serial = newest;
        memcpy(terminal->etag, etag, sizeof etag);
    }
}

static void tell(struct worker *worker, unsigned index)
{
    char body[160];
    char request[640];
    int length = snprintf(body, sizeof body,
                          "{\"events\":[{\"id\":\"h%u-t%u\",\"kind\":\"visit_ended\","
                          "\"at\":\"2026-09-21T10:00:00Z\"}]}",
                          hour, index);
    snprintf(request, sizeof request,
             "POST /v1/events HTTP/1.1\r\nHost: navigator\r\nAuthorization: Bearer %s\r\n"
             "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
             token, length, body);
    ask(worker, EVENTS, request);
}

static void *work(void *context)
{
    struct worker *worker = context;
    unsigned index;
    while ((index = atomic_fetch_add(&next_terminal, 1)) < terminal_count) {
        follow(worker, &terminals[index]);
        if (index % polls_an_hour == turn)
            tell(worker, index);
    }
    return NULL;
}

static bool live_an_hour(unsigned connections, const char *publish)
{
    if (system(publish) != 0)
        return false;
    for (turn = 0; turn < polls_an_hour; turn++) {
        atomic_store(&next_terminal, 0);
        for (unsigned i = 0; i < connections; i++)
            pthread_create(&workers[i].thread, NULL, work, &workers[i]);
        for (unsigned i = 0; i < connections; i++)
            pthread_join(workers[i].thread, NULL);
    }
    unsigned newest = terminals[0].serial;
    unsigned behind = 0;
    for (unsigned i = 0; i < terminal_count; i++)
        behind += terminals[i].serial != newest || newest == 0;
    if (behind > 0)
        fprintf(stderr, "crowd: hour %u: %u terminals lack serial %u\n", hour, behind, newest);
    return behind == 0;
}

static double latency_ms(double part)
{
    uint64_t all = 0;
    uint64_t seen = 0;
    for (int pass = 0; pass < 2; pass++)
        for (int slot = 0; slot < SLOTS; slot++)
            for (int i = 0; i < CONNECTIONS_MAX; i++) {
                all += pass == 0 ? workers[i].slots[slot] : 0;
                seen += pass == 1 ? workers[i].slots[slot] : 0;
                if (pass == 1 && (double)seen >= part * (double)all)
                    return (slot + 1) * SLOT_US / 1000.0;
            }
    return 0;
}

static uint64_t report(int64_t took_us)
{
    uint64_t requests = 0;
    uint64_t failures = 0;
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        uint64_t count = 0;
        uint64_t bytes = 0;
        for (int i = 0; i < CONNECTIONS_MAX; i++) {
            count += workers[i].requests[kind];
            bytes += workers[i].bytes[kind];
        }
        requests += count;
        printf("%-14s %9llu requests %10.1f MB\n", names[kind], (unsigned long long)count,
               (double)bytes / 1e6);
    }
    for (int i = 0; i < CONNECTIONS_MAX; i++)
        failures += workers[i].failures;
    printf("%llu requests in %.0f s (%.0f a second), p50 %.1f ms, p99 %.1f ms, longest %.1f ms, "
           "%llu failures\n",
           (unsigned long long)requests, (double)took_us / 1e6,
           (double)requests * 1e6 / (double)took_us, latency_ms(0.5), latency_ms(0.99),
           latency_ms(1), (unsigned long long)failures);
    return failures;
}

int main(int argc, char **argv)
{
    if (argc != 8)
        return 2;
    server.sin_port = htons((uint16_t)strtoul(argv[1], NULL, 10));
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    terminal_count = (unsigned)strtoul(argv[2], NULL, 10);
    unsigned hours = (unsigned)strtoul(argv[3], NULL, 10);
    polls_an_hour = (unsigned)strtoul(argv[4], NULL, 10);
    unsigned connections = (unsigned)strtoul(argv[5], NULL, 10);
    token = argv[6];
    terminals = calloc(terminal_count, sizeof *terminals);
    for (int i = 0; i < CONNECTIONS_MAX; i++) {
        workers[i].fd = -1;
        workers[i].answer = (unsigned)i < connections ? malloc(ANSWER_BYTES) : NULL;
    }
    bool fine = connections > 0 && connections <= CONNECTIONS_MAX && terminals != NULL;
    int64_t begun_us = now_us();
    for (hour = 0; fine && hour < hours; hour++) {
        fine = live_an_hour(connections, argv[7]);
        fprintf(stderr, "hour %u of %u after %.0f s\n", hour + 1, hours,
                (double)(now_us() - begun_us) / 1e6);
    }
    bool failed = report(now_us() - begun_us) > 0;
    return fine && !failed ? 0 : 1;
}
