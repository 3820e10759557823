#include "tests/faults/matrix_cell.h"

#include "base/check.h"
#include "base/text.h"
#include "catalog/store.h"
#include "navigator/clock.h"
#include "tests/faults/cuts.h"
#include "tests/faults/matrix_visitor.h"
#include "tests/support/disk.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    SLACK_MS = 4000, // of a busy machine
    PROMPT_MS = 50,  // the machine itself has no such excuse
    RECOVERY_MS = 2 * 3600 * 1000,
};

static struct cell cell_memory;

// ---- what the store holds

static bool file_holds(const char *path, const char *characters)
{
    char *data = NULL;
    size_t length = 0;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    fseek(file, 0, SEEK_END);
    length = (size_t)ftell(file);
    rewind(file);
    data = malloc(length + 1);
    CHECK(data != NULL && fread(data, 1, length, file) == length);
    fclose(file);
    bool found = memmem(data, length, characters, strlen(characters)) != NULL;
    free(data);
    return found;
}

static unsigned count_parts(struct cell *cell)
{
    unsigned parts = 0;
    DIR *dir = opendir(cell->folder);
    if (dir == NULL) {
        cell_complain(cell, "%s: %s", cell->folder, strerror(errno));
        return 0;
    }
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", cell->folder, entry->d_name);
        parts += strstr(entry->d_name, ".part") != NULL;
        if (entry->d_type == DT_REG && file_holds(path, CELL_NUMBER))
            cell_complain(cell, "%s holds the certificate's number", entry->d_name);
        if (strstr(entry->d_name, ".new") != NULL)
            cell_complain(cell, "%s was left behind", entry->d_name);
    }
    closedir(dir);
    return parts;
}

// The newest catalogue is whole, and whether it is the old or the new state.
static const char *catalogue_here(struct cell *cell)
{
    static const char *const names[] = {"broken", "old", "new"};
    char error[CATALOG_ERROR_BYTES];
    uint64_t serial = 0;
    if (!catalog_find_newest(cell->folder, &serial))
        return "none";
    struct snapshot *snapshot = catalog_load(cell->folder, serial, error);
    if (snapshot == NULL)
        return "broken";
    int state = matrix_feed_state_of(cell->feed, snapshot);
    bool partly = state < 0 && snapshot->program_count + 1 >= cell->feed->programs[1];
    snapshot_destroy(snapshot);
    return partly ? "new but one" : names[state + 1];
}

static void look_at_store(struct cell *cell, char ret_words[static MATRIX_WORD_BYTES])
{
    struct text words;
    struct state_look state = state_db_look(cell->folder);
    unsigned parts = count_parts(cell);
    const char *catalogue = catalogue_here(cell);
    text_init(&words, ret_words, MATRIX_WORD_BYTES);
    if (cell->kind == MATRIX_EVENTS)
        text_add(&words, state.waiting_events > 0 ? "kept" : cell->posted > 0 ? "sent" : "lost");
    else if (cell->kind >= MATRIX_CERTIFICATE)
        text_add(&words, "nothing");
    else
        text_add(&words, catalogue);
    bool made_new = cell->kind == MATRIX_DELTA && cell->sync.updated;
    if (made_new)
        text_add(&words, cell->sync.deltas > 0 ? " by delta" : " by snapshot");
    if (parts > 0)
        text_add(&words, ", part");
    if (cell->kind >= MATRIX_CERTIFICATE && strcmp(catalogue, "old") != 0)
        cell_complain(cell, "the catalogue is %s", catalogue);
    if (cell->stage.catalogs[0].snapshot == NULL)
        cell_complain(cell, "the kiosk holds no catalogue");
}

// ---- the fault

static void begin_fault(struct cell *cell)
{
    const struct matrix_fault *fault = cell->fault;
    if (cell->kind < MATRIX_CERTIFICATE)
        matrix_fault_publish(fault, cell->kind, cell->feed, cell->peer);
    cell->on = true;
    cell->syncs = 0;
    if (cell_kind_before(cell->kind) == MATRIX_KIND_COUNT)
        cell_spoil_connection(cell);
    if (fault->clock_s != 0)
        stage_jump_clock(&cell->stage, fault->clock_s);
    if (fault->disk == MATRIX_DISK_FULL)
        disk_set_room(0);
    disk_set_read_only(fault->disk == MATRIX_DISK_READ_ONLY);
}

static bool port_is_closed(const struct cell *cell)
{
    const char *port = strrchr(feed_peer_url(cell->peer), ':') + 1;
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)strtoul(port, NULL, 10)),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool refused =
        connect(fd, (struct sockaddr *)&address, sizeof address) != 0 && errno == ECONNREFUSED;
    close(fd);
    return refused;
}

static bool disk_takes_nothing(const struct cell *cell)
{
    char path[128];
    snprintf(path, sizeof path, "%s/probe", cell->folder);
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    bool taken = fd >= 0 && write(fd, "x", 1) == 1;
    if (fd >= 0) {
        close(fd);
        unlink(path);
    }
    return !taken;
}

static bool fault_fired(const struct cell *cell)
{
    const struct matrix_fault *fault = cell->fault;
    if (fault->deaf)
        return port_is_closed(cell);
    if (fault->tls != MATRIX_TLS_NONE)
        return cell->tls.connections > cell->tls.requests && cell->fired == 0;
    if (fault->disk != MATRIX_DISK_FINE)
        return disk_takes_nothing(cell);
    return cell->fired > 0;
}

static void end_fault(struct cell *cell)
{
    const struct matrix_fault *fault = cell->fault;
    if (!fault_fired(cell))
        cell_complain(cell, "the fault didn't fire: %u answers, %u connections, %u requests",
                      cell->fired, cell->tls.connections, cell->tls.requests);
    if (cell->landed > 0)
        cell_complain(cell, "a redirect was followed");
    cell->on = false;
    cell_mend_connection(cell);
    if (fault->clock_s != 0)
        stage_jump_clock(&cell->stage, -fault->clock_s);
    disk_set_room(-1);
    disk_set_read_only(false);
}

// ---- the request and what comes of it

static bool sync_ended(const struct cell *cell)
{
    return cell->syncs > 0 && !cell->syncing;
}

static bool events_tried(const struct cell *cell)
{
    const struct outbox *outbox = &cell->service.outbox;
    return outbox->call == NULL && (cell->posted > 0 || outbox->schedule.failures > 0);
}

// When it must be over, and when the visitor must see what came of it (0: nobody waits).
static const struct {
    bool (*done)(const struct cell *cell);
    int64_t limit_ms;
    int64_t visitor_ms;
} outcomes[MATRIX_KIND_COUNT] = {
    [MATRIX_MANIFEST] = {sync_ended, 20000, 0},
    [MATRIX_SIGNATURE] = {sync_ended, 20000, 0},
    [MATRIX_SNAPSHOT] = {sync_ended, 35000, 0},
    [MATRIX_DELTA] = {sync_ended, 35000, 0},
    [MATRIX_CERTIFICATE] = {visitor_has_answer, REQUEST_CERTIFICATE_LIMIT_MS,
                            REQUEST_CERTIFICATE_LIMIT_MS},
    [MATRIX_ENROLLMENT] = {visitor_has_code, REQUEST_ENROLLMENT_LIMIT_MS,
                           REQUEST_ENROLLMENT_LIMIT_MS},
    [MATRIX_EVENTS] = {events_tried, OUTBOX_GATHER_MS + 20000, 0},
};

static void ask(struct cell *cell)
{
    cell->syncs = 0;
    cell->seen_ms = 0;
    cell->done = outcomes[cell->kind].visitor_ms > 0 ? outcomes[cell->kind].done : NULL;
    visitor_press(cell);
    int64_t asked_ms = cell->stage.now_ms;
    bool over = cell_run(cell, outcomes[cell->kind].done,
                         SCHEDULE_ASKED_MS + outcomes[cell->kind].limit_ms + SLACK_MS);
    over = over && cell_run(cell, cell_asks_not, SLACK_MS);
    if (!over)
        cell_complain(cell, "it hangs: %s", cell->sync.outcome.reason);
    if (cell->done != NULL &&
        cell->seen_ms - asked_ms > outcomes[cell->kind].visitor_ms + PROMPT_MS)
        cell_complain(cell, "the visitor waited %lld ms", (long long)(cell->seen_ms - asked_ms));
    cell->done = NULL;
}

// It asked for quiet: until then nothing is asked again, however the schedules are.
static void keep_quiet(struct cell *cell)
{
    unsigned fired = cell->fired;
    if (cell->fault->retry_after_s == 0)
        return;
    cell_run(cell, NULL, (cell->fault->retry_after_s - 1) * 1000);
    if (cell->fired != fired)
        cell_complain(cell, "asked again before Retry-After was over");
    cell->on = false;
    cell_run(cell, NULL, 2000);
}

// ---- the fault is over

static bool shows_new(const struct cell *cell)
{
    return cell->syncs > 0 && cell_is_online(cell) && cell->stage.serial >= MATRIX_NEW;
}

static bool outbox_empty(const struct cell *cell)
{
    const struct outbox *outbox = &cell->service.outbox;
    return cell->posted > 0 && outbox->call == NULL && !outbox->waiting &&
           outbox->retry_ms == INT64_MAX; // the disk takes events again
}

// What was published bent is published anew, as a hub does it.
static void publish_mended(struct cell *cell)
{
    const struct matrix_fault *fault = cell->fault;
    feed_peer_trick(cell->peer, FEED_PEER_HONEST);
    if (fault->bend != MATRIX_BEND_NONE || fault->bomb || fault->older)
        matrix_feed_publish(cell->feed, cell->peer, 1, MATRIX_NEW + 1, cell->kind == MATRIX_DELTA);
}

static void expect(struct cell *cell, const char *what, const char *found, const char *expected)
{
    if (strncmp(found, expected, strlen(expected)) != 0 || strchr(found, ',') != NULL)
        cell_complain(cell, "afterwards %s \"%s\", expected \"%s\": %s", what, found, expected,
                      cell->sync.outcome.reason);
}

static void recover(struct cell *cell)
{
    static const char *const seen[MATRIX_KIND_COUNT] = {[MATRIX_CERTIFICATE] = "shown",
                                                        [MATRIX_ENROLLMENT] = "short link",
                                                        [MATRIX_EVENTS] = "old"};
    char found[MATRIX_WORD_BYTES];
    bool feed = cell->kind < MATRIX_CERTIFICATE;
    cell->syncs = 0;
    if (feed)
        publish_mended(cell);
    bool fine = cell_run(cell, feed ? shows_new : cell_is_online, RECOVERY_MS);
    if (cell->kind == MATRIX_EVENTS)
        fine = fine && cell_run(cell, outbox_empty, RECOVERY_MS);
    if (!fine)
        cell_complain(cell, "it never recovers: %s", cell->sync.outcome.reason);
    if (cell->kind == MATRIX_CERTIFICATE || cell->kind == MATRIX_ENROLLMENT) {
        visitor_walk(cell);
        ask(cell);
    }
    visitor_sees(cell, found);
    expect(cell, "the visitor sees", found, feed ? "new" : seen[cell->kind]);
    look_at_store(cell, found);
    expect(cell, "the store holds", found,
           feed                          ? "new"
           : cell->kind == MATRIX_EVENTS ? "sent"
                                         : "nothing");
}

void matrix_cell_prepare(const char *tree)
{
    stage_start(&cell_memory.stage, tree, 1080, 1920);
}

void matrix_cell_play(const struct matrix_fault *fault, enum matrix_kind kind,
                      const struct matrix_feed *feed,
                      const struct matrix_certificates *certificates,
                      struct matrix_result *ret_result)
{
    struct cell *cell = &cell_memory;
    int64_t begun_ms = clock_ms();
    cell->fault = fault;
    cell->kind = kind;
    cell->feed = feed;
    cell->certificates = certificates;
    cell->result = ret_result;
    cell_start(cell);
    visitor_walk(cell);
    begin_fault(cell);
    ask(cell);
    visitor_sees(cell, ret_result->visitor);
    look_at_store(cell, ret_result->store);
    visitor_go_home(cell);
    keep_quiet(cell);
    end_fault(cell);
    recover(cell);
    disk_unwatch();
    cuts_remove_folder(cell->folder);
    ret_result->took_ms = clock_ms() - begun_ms;
}
