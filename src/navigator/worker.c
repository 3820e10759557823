#include "navigator/worker.h"

#include "base/check.h"
#include "base/log.h"
#include "navigator/clock.h"
#include "navigator/sync.h"

#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

void worker_init(struct worker *worker, const struct config *config)
{
    *worker = (struct worker){.config = config};
    worker->event_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    CHECK(worker->event_fd >= 0);
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    CHECK(pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0);
    CHECK(pthread_cond_init(&worker->wake, &attributes) == 0);
    CHECK(pthread_mutex_init(&worker->mutex, NULL) == 0);
    pthread_condattr_destroy(&attributes);
}

static void tell(struct worker *worker)
{
    CHECK(eventfd_write(worker->event_fd, 1) == 0);
}

static void log_report(const struct sync_report *report)
{
    if (report->updated)
        log_event("sync",
                  "catalogue %" PRIu64 " is ready: %" PRIu32 " records, %" PRIu32 " bad, %" PRIu32
                  " deltas, %" PRId64 " bytes",
                  report->serial, report->records, report->bad_records, report->deltas,
                  report->downloaded_bytes);
    if (report->outcome.reason[0] != '\0')
        log_event("sync", "%s", report->outcome.reason);
}

static void sync_now(struct worker *worker)
{
    follower_begin(&worker->follower, clock_ms());
    tell(worker);
    pthread_mutex_unlock(&worker->mutex);
    struct sync_report report =
        sync_again(worker->config, worker->sound_serial, time(NULL), &worker->stop);
    worker->sound_serial = report.serial;
    log_report(&report);
    pthread_mutex_lock(&worker->mutex);
    follower_take(&worker->follower, &report, clock_ms(), arc4random());
    tell(worker);
}

static void sleep_until(struct worker *worker, int64_t due_ms)
{
    struct timespec until = {.tv_sec = due_ms / 1000, .tv_nsec = due_ms % 1000 * 1000000};
    if (due_ms == INT64_MAX)
        pthread_cond_wait(&worker->wake, &worker->mutex);
    else
        pthread_cond_timedwait(&worker->wake, &worker->mutex, &until);
}

static void *run(void *argument)
{
    struct worker *worker = argument;
    struct sync_report known = sync_look(worker->config);
    worker->sound_serial = known.serial;
    pthread_mutex_lock(&worker->mutex);
    follower_init(&worker->follower, worker->config, &known);
    tell(worker);
    while (!atomic_load(&worker->stop)) {
        int64_t due_ms = follower_due_ms(&worker->follower);
        if (clock_ms() < due_ms)
            sleep_until(worker, due_ms);
        else
            sync_now(worker);
    }
    pthread_mutex_unlock(&worker->mutex);
    return NULL;
}

void worker_start(struct worker *worker)
{
    CHECK(pthread_create(&worker->thread, NULL, run, worker) == 0);
}

void worker_ask(struct worker *worker)
{
    pthread_mutex_lock(&worker->mutex);
    follower_ask(&worker->follower, clock_ms());
    pthread_cond_signal(&worker->wake);
    pthread_mutex_unlock(&worker->mutex);
}

bool worker_take(struct worker *worker, struct follower_news *ret_news)
{
    eventfd_t count;
    if (eventfd_read(worker->event_fd, &count) != 0)
        return false;
    pthread_mutex_lock(&worker->mutex);
    *ret_news = follower_tell(&worker->follower);
    pthread_mutex_unlock(&worker->mutex);
    return true;
}

void worker_stop(struct worker *worker)
{
    pthread_mutex_lock(&worker->mutex);
    atomic_store(&worker->stop, true);
    pthread_cond_signal(&worker->wake);
    pthread_mutex_unlock(&worker->mutex);
}

void worker_join(struct worker *worker)
{
    CHECK(pthread_join(worker->thread, NULL) == 0);
}

void worker_finish(struct worker *worker)
{
    close(worker->event_fd);
    pthread_cond_destroy(&worker->wake);
    pthread_mutex_destroy(&worker->mutex);
}
