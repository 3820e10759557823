#include "navigator/worker.h"

#include "base/check.h"
#include "base/log.h"
#include "navigator/clock.h"
#include "navigator/schedule.h"
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

static void take_report(struct worker *worker, const struct sync_report *report)
{
    worker->news.syncing = false;
    worker->news.serial = report->serial;
    worker->news.last_contact_s = report->last_contact_s;
    if (report->updated)
        worker->news.ready_serial = report->serial;
    tell(worker);
}

static void log_report(const struct sync_report *report)
{
    if (report->updated)
        log_event("sync", "catalogue %" PRIu64 " is ready: %" PRIu32 " records, %" PRIu32 " bad",
                  report->serial, report->records, report->bad_records);
    if (report->outcome.reason[0] != '\0')
        log_event("sync", "%s", report->outcome.reason);
}

static void sync_now(struct worker *worker, struct schedule *schedule)
{
    schedule_begun(schedule, clock_ms());
    worker->news.syncing = true;
    tell(worker);
    pthread_mutex_unlock(&worker->mutex);
    struct sync_report report = sync_once(worker->config, time(NULL), &worker->stop);
    log_report(&report);
    pthread_mutex_lock(&worker->mutex);
    enum feed_result result = report.outcome.result;
    worker->news.online = result != FEED_UNREACHABLE && result != FEED_REFUSED;
    take_report(worker, &report);
    if (result == FEED_FINE || result == FEED_UNCHANGED)
        schedule_succeeded(schedule, clock_ms(), (int64_t)worker->config->poll_s * 1000,
                           arc4random());
    else
        schedule_failed(schedule, clock_ms(), report.outcome.retry_after_s, arc4random());
}

static void sleep_until(struct worker *worker, int64_t due_ms)
{
    struct timespec until = {.tv_sec = due_ms / 1000, .tv_nsec = due_ms % 1000 * 1000000};
    pthread_cond_timedwait(&worker->wake, &worker->mutex, &until);
}

static void *run(void *argument)
{
    struct worker *worker = argument;
    struct schedule schedule = {0};
    struct sync_report known = sync_look(worker->config);
    pthread_mutex_lock(&worker->mutex);
    take_report(worker, &known);
    while (!atomic_load(&worker->stop)) {
        if (worker->asked)
            schedule_asked(&schedule, clock_ms());
        worker->asked = false;
        if (worker->config->navigator_url[0] == '\0')
            pthread_cond_wait(&worker->wake, &worker->mutex);
        else if (clock_ms() < schedule.due_ms)
            sleep_until(worker, schedule.due_ms);
        else
            sync_now(worker, &schedule);
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
    worker->asked = true;
    pthread_cond_signal(&worker->wake);
    pthread_mutex_unlock(&worker->mutex);
}

bool worker_take(struct worker *worker, struct worker_news *ret_news)
{
    eventfd_t count;
    if (eventfd_read(worker->event_fd, &count) != 0)
        return false;
    pthread_mutex_lock(&worker->mutex);
    *ret_news = worker->news;
    worker->news.ready_serial = 0;
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
