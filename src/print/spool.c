#include "print/spool.h"

#include "base/check.h"
#include "base/guard.h"
#include "print/lane.h"
#include "print/ms.h"
#include "print/queue.h"

#include <limits.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { FAREWELL_MS = 1500 }; // the kiosk kills after HELPER_FAREWELL_MS

struct spool {
    struct queue queue;
    struct lane_place place;
    struct lane lanes[LANE_COUNT];
    int event_fd;
};

static void tell(void *context)
{
    const struct spool *spool = context;
    CHECK(eventfd_write(spool->event_fd, 1) == 0);
}

struct spool *spool_create(const struct spool_options *options)
{
    const struct config *config = options->config;
    struct spool *spool = guard_pages(sizeof *spool);
    spool->place = (struct lane_place){
        .compose = {config, options->assets_dir},
        .where = {[PAPER_A4] = config->printer_a4, [PAPER_ROLL] = config->printer_roll},
        .save_dir = config->printer_save_dir,
        .words = options->words,
    };
    spool->event_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    CHECK(spool->event_fd >= 0);
    queue_init(&spool->queue, config->printer_a4[0] != '\0', config->printer_roll[0] != '\0',
               config->printer_save_dir[0] != '\0', ms_now());
    for (int i = 0; i < LANE_COUNT; i++) {
        lane_init(&spool->lanes[i], &spool->place, tell, spool);
        lane_start(&spool->lanes[i]);
    }
    return spool;
}

bool spool_destroy(struct spool *spool)
{
    bool joined = true;
    int64_t until_ms = ms_now() + FAREWELL_MS;
    for (int i = 0; i < LANE_COUNT; i++)
        lane_stop(&spool->lanes[i]);
    for (int i = 0; i < LANE_COUNT && joined; i++) {
        int64_t left_ms = until_ms - ms_now();
        joined = lane_join(&spool->lanes[i], left_ms > 0 ? left_ms : 0);
    }
    if (!joined)
        return false;
    for (int i = 0; i < LANE_COUNT; i++)
        lane_finish(&spool->lanes[i]);
    close(spool->event_fd);
    guard_release(spool, sizeof *spool);
    return true;
}

int spool_fd(const struct spool *spool)
{
    return spool->event_fd;
}

void spool_request(struct spool *spool, const struct print_request *request)
{
    queue_request(&spool->queue, request, ms_now());
}

void spool_leave(struct spool *spool)
{
    queue_leave(&spool->queue, ms_now());
}

// ---- the lanes

static void take(struct spool *spool, enum lane_kind kind)
{
    struct work_end end;
    struct lane *lane = &spool->lanes[kind];
    if (kind != LANE_LOOK_A4 && kind != LANE_LOOK_ROLL && spool->queue.lanes[kind].busy)
        queue_progress(&spool->queue, kind, atomic_load(&lane->watch.pages),
                       atomic_load(&lane->watch.moved_ms));
    if (lane_take(lane, &end))
        queue_ended(&spool->queue, kind, &end, ms_now());
    else if (queue_stops(&spool->queue, kind))
        lane_hurry(lane);
}

static void give(struct spool *spool, enum lane_kind kind)
{
    struct work work;
    if (spool->queue.lanes[kind].busy || !queue_next(&spool->queue, kind, ms_now(), &work))
        return;
    lane_give(&spool->lanes[kind], &work);
    explicit_bzero(&work, sizeof work);
}

int spool_turn(struct spool *spool)
{
    eventfd_t count;
    (void)eventfd_read(spool->event_fd, &count);
    for (int i = 0; i < LANE_COUNT; i++)
        take(spool, (enum lane_kind)i);
    queue_tick(&spool->queue, ms_now());
    for (int i = 0; i < LANE_COUNT; i++)
        give(spool, (enum lane_kind)i);
    int64_t due_ms = queue_due_ms(&spool->queue);
    int64_t pause_ms = due_ms - ms_now();
    if (due_ms == INT64_MAX)
        return -1;
    return pause_ms < 0 ? 0 : pause_ms > INT_MAX ? INT_MAX : (int)pause_ms;
}

const struct print_state *spool_state(const struct spool *spool)
{
    return &spool->queue.state;
}

bool spool_idle(const struct spool *spool)
{
    return queue_idle(&spool->queue);
}
