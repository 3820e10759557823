#include "print/lane.h"

#include "base/check.h"
#include "base/guard.h"
#include "print/stick.h"
#include "wording/format.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static void name_job(const struct lane_place *place, enum sheet_kind kind,
                     char ret_name[static TICKET_NAME_BYTES])
{
    struct tm local;
    char clock[16] = "";
    time_t now_s = time(NULL);
    if (localtime_r(&now_s, &local) != NULL)
        strftime(clock, sizeof clock, "%H:%M:%S", &local);
    char what[FORMAT_BYTES];
    format_choice(place->words, WORD_PRINT_JOB_KINDS, kind, what, sizeof what);
    snprintf(ret_name, TICKET_NAME_BYTES, "%.100s %s", what, clock);
}

static void do_work(const struct lane_place *place, const struct work *work,
                    struct printer_watch *watch, struct work_end *ret_end)
{
    char name[TICKET_NAME_BYTES];
    const char *where = place->where[work->paper];
    *ret_end = (struct work_end){.ticket = work->ticket};
    switch (work->kind) {
    case WORK_LOOK:
        printer_look(where, &work->ticket, watch, &ret_end->look);
        break;
    case WORK_LOOK_STICK:
        ret_end->look.stick = stick_there(place->save_dir);
        break;
    case WORK_CANCEL:
        printer_cancel(where, &work->ticket, watch, &ret_end->look);
        break;
    case WORK_SEND:
        name_job(place, work->order.kind, name);
        ret_end->outcome =
            printer_send(where, &place->compose, &work->order, name, watch, &ret_end->ticket);
        break;
    case WORK_SAVE:
        ret_end->outcome =
            stick_save(place->save_dir, &place->compose, &work->order, watch, ret_end->file);
        break;
    case WORK_KIND_COUNT:
        break;
    }
}

static void *run(void *argument)
{
    struct lane *lane = argument;
    guard_stack();
    pthread_mutex_lock(&lane->mutex);
    while (!lane->quits) {
        if (!lane->has_work) {
            pthread_cond_wait(&lane->wake, &lane->mutex);
            continue;
        }
        pthread_mutex_unlock(&lane->mutex);
        struct work_end end;
        do_work(lane->place, &lane->work, &lane->watch, &end);
        guard_sweep();
        pthread_mutex_lock(&lane->mutex);
        explicit_bzero(&lane->work, sizeof lane->work);
        lane->end = end;
        lane->has_work = false;
        lane->has_end = true;
        lane->watch.tell(lane->watch.context);
    }
    pthread_mutex_unlock(&lane->mutex);
    return NULL;
}

void lane_init(struct lane *lane, const struct lane_place *place, void (*tell)(void *context),
               void *context)
{
    *lane = (struct lane){.place = place, .watch = {.tell = tell, .context = context}};
    CHECK(pthread_mutex_init(&lane->mutex, NULL) == 0);
    CHECK(pthread_cond_init(&lane->wake, NULL) == 0);
}

void lane_start(struct lane *lane)
{
    CHECK(pthread_create(&lane->thread, NULL, run, lane) == 0);
}

void lane_give(struct lane *lane, const struct work *work)
{
    pthread_mutex_lock(&lane->mutex);
    CHECK(!lane->has_work && !lane->has_end);
    atomic_store(&lane->watch.stop, false);
    atomic_store(&lane->watch.pages, 0);
    atomic_store(&lane->watch.moved_ms, 0);
    lane->work = *work;
    lane->has_work = true;
    pthread_cond_signal(&lane->wake);
    pthread_mutex_unlock(&lane->mutex);
}

bool lane_take(struct lane *lane, struct work_end *ret_end)
{
    pthread_mutex_lock(&lane->mutex);
    bool has_end = lane->has_end;
    if (has_end)
        *ret_end = lane->end;
    lane->has_end = false;
    pthread_mutex_unlock(&lane->mutex);
    return has_end;
}

void lane_hurry(struct lane *lane)
{
    atomic_store(&lane->watch.stop, true);
}

void lane_stop(struct lane *lane)
{
    lane_hurry(lane);
    pthread_mutex_lock(&lane->mutex);
    lane->quits = true;
    pthread_cond_signal(&lane->wake);
    pthread_mutex_unlock(&lane->mutex);
}

bool lane_join(struct lane *lane, int64_t limit_ms)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += limit_ms / 1000;
    until.tv_nsec += limit_ms % 1000 * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    return pthread_clockjoin_np(lane->thread, NULL, CLOCK_MONOTONIC, &until) == 0;
}

void lane_finish(struct lane *lane)
{
    pthread_cond_destroy(&lane->wake);
    pthread_mutex_destroy(&lane->mutex);
    explicit_bzero(lane, sizeof *lane);
}
