#include "print/queue_job.h"

#include "base/check.h"
#include "base/text.h"

#include <string.h>

// ---- work for the lanes

static int64_t look_pause_ms(struct queue *queue, enum lane_kind lane, int64_t now_ms)
{
    enum sheet_paper paper = lane_paper(lane);
    bool job = lane != LANE_STICK &&
               (job_waiting(queue, false, paper) != NULL || job_on_printer(queue, paper) != NULL);
    bool silent =
        lane != LANE_STICK && queue->state.printers[paper].reasons == UINT32_C(1) << REASON_SILENT;
    if (job && !silent)
        return QUEUE_LOOK_JOB_MS;
    if (now_ms < queue->watched_until_ms)
        return QUEUE_LOOK_WATCHED_MS;
    return job ? QUEUE_LOOK_LOST_MS : QUEUE_LOOK_IDLE_MS;
}

static void begin(struct queue *queue, enum lane_kind lane, enum work_kind kind,
                  const struct print_job *job, int64_t now_ms)
{
    queue->lanes[lane] = (struct queue_lane){
        .busy = true, .kind = kind, .job = job != NULL ? job->id : 0, .since_ms = now_ms};
}

static bool next_look(struct queue *queue, enum lane_kind lane, int64_t now_ms,
                      struct work *ret_work)
{
    enum sheet_paper paper = lane_paper(lane);
    bool there = lane == LANE_STICK ? queue->has_stick : queue->has_printer[paper];
    if (!there || now_ms < queue->next_look_ms[lane])
        return false;
    struct print_job *job = lane != LANE_STICK ? job_on_printer(queue, paper) : NULL;
    if (job != NULL && !job_inside(queue, job)->handed)
        job = NULL;
    bool cancels = job != NULL && job_inside(queue, job)->cancels;
    enum work_kind kind = cancels ? WORK_CANCEL : lane == LANE_STICK ? WORK_LOOK_STICK : WORK_LOOK;
    begin(queue, lane, kind, job, now_ms);
    ret_work->kind = queue->lanes[lane].kind;
    ret_work->paper = paper;
    if (job != NULL)
        ret_work->ticket = job_inside(queue, job)->ticket;
    return true;
}

static bool next_order(struct queue *queue, enum lane_kind lane, bool saves, int64_t now_ms,
                       struct work *ret_work)
{
    struct print_job *job = job_waiting(queue, saves, lane_paper(lane));
    if (job == NULL)
        return false;
    begin(queue, lane, saves ? WORK_SAVE : WORK_SEND, job, now_ms);
    job_set_state(queue, job, PRINT_SENDING);
    job->done = 0;
    job_inside(queue, job)->tries++;
    ret_work->kind = queue->lanes[lane].kind;
    ret_work->paper = job->paper;
    ret_work->order = job_inside(queue, job)->order;
    return true;
}

// The printer answered after the job was asked for, and can print.
static bool may_send(struct queue *queue, enum sheet_paper paper)
{
    const struct print_job *job = job_waiting(queue, false, paper);
    return job != NULL && queue->state.printers[paper].ready &&
           queue->looked_ms[paper] >= queue->jobs[job - queue->state.jobs].since_ms &&
           job_on_printer(queue, paper) == NULL;
}

bool queue_next(struct queue *queue, enum lane_kind lane, int64_t now_ms, struct work *ret_work)
{
    *ret_work = (struct work){0};
    CHECK(!queue->lanes[lane].busy);
    switch (lane) {
    case LANE_SEND_A4:
    case LANE_SEND_ROLL:
        return may_send(queue, lane_paper(lane)) &&
               next_order(queue, lane, false, now_ms, ret_work);
    case LANE_LOOK_A4:
    case LANE_LOOK_ROLL:
        return next_look(queue, lane, now_ms, ret_work);
    case LANE_STICK:
        return next_order(queue, lane, true, now_ms, ret_work) ||
               next_look(queue, lane, now_ms, ret_work);
    case LANE_COUNT:
        break;
    }
    return false;
}

void queue_progress(struct queue *queue, enum lane_kind lane, uint32_t pages, int64_t moved_ms)
{
    struct print_job *job = job_find(queue, queue->lanes[lane].job);
    if (lane != LANE_STICK)
        queue->moved_ms[lane_paper(lane)] = moved_ms;
    if (job != NULL && job->state == PRINT_SENDING)
        job->done = pages < job->sheets ? pages : job->sheets;
}

bool queue_stops(const struct queue *queue, enum lane_kind lane)
{
    return queue->lanes[lane].stop;
}

// ---- how it ended

static void try_later(struct queue *queue, struct print_job *job, int64_t now_ms)
{
    struct queue_job *own = job_inside(queue, job);
    if (own->cancels) {
        job_set_state(queue, job, PRINT_CANCELED);
    } else if (own->tries >= QUEUE_TRIES_MAX) {
        job_fail(queue, job, PRINT_FAILED_PRINTER);
    } else {
        job->done = 0;
        job_set_state(queue, job, PRINT_WAITING);
        // A look that begins from now on; a family's minute runs on.
        queue->looked_ms[job->paper] = -1;
        queue->next_look_ms[lane_looking(job->paper)] = now_ms + QUEUE_LOOK_JOB_MS;
    }
}

// The printer has something of the job: it is followed until the printer tells its fate.
static void follow(struct queue *queue, struct print_job *job, const struct ticket *ticket,
                   enum print_job_state state, int64_t now_ms)
{
    struct queue_job *own = job_inside(queue, job);
    own->ticket = *ticket;
    own->handed = ticket->id != 0;
    job->done = 0;
    job_set_state(queue, job, state);
    if (own->family)
        job_forget_order(own);
    look_soon(queue, job->paper, now_ms);
}

// A failure after the printer made a job: that job is to go, then the failure is told.
static void give_up(struct queue *queue, struct print_job *job, const struct ticket *ticket,
                    enum print_failure failure, int64_t now_ms)
{
    if (ticket->id == 0) {
        job_fail(queue, job, failure);
        return;
    }
    job->failure = failure;
    job_inside(queue, job)->cancels = true;
    follow(queue, job, ticket, PRINT_PRINTING, now_ms);
}

static void end_send(struct queue *queue, struct print_job *job, const struct work_end *end,
                     int64_t now_ms)
{
    bool cancels = job_inside(queue, job)->cancels;
    switch (end->outcome) {
    case OUTCOME_DONE:
        follow(queue, job, &end->ticket, PRINT_PRINTING, now_ms);
        break;
    case OUTCOME_STOPPED:
        if (end->ticket.id == 0)
            try_later(queue, job, now_ms);
        else
            follow(queue, job, &end->ticket, cancels ? PRINT_PRINTING : PRINT_UNSURE, now_ms);
        break;
    case OUTCOME_BUSY:
        job_inside(queue, job)->tries--;
        try_later(queue, job, now_ms);
        break;
    case OUTCOME_NOT_BEGUN:
        try_later(queue, job, now_ms);
        break;
    case OUTCOME_REFUSED:
        give_up(queue, job, &end->ticket, PRINT_FAILED_PRINTER, now_ms);
        break;
    case OUTCOME_CUT:
        follow(queue, job, &end->ticket, PRINT_UNSURE, now_ms);
        break;
    case OUTCOME_NO_CATALOG:
    case OUTCOME_BROKEN:
        give_up(queue, job, &end->ticket, PRINT_FAILED_CATALOG, now_ms);
        break;
    case OUTCOME_COUNT:
        break;
    }
}

static void end_save(struct queue *queue, struct print_job *job, const struct work_end *end)
{
    if (end->outcome == OUTCOME_DONE) {
        text_copy(queue->state.file, sizeof queue->state.file, end->file);
        job->done = job->sheets;
        job_set_state(queue, job, PRINT_SAVED);
    } else if (end->outcome == OUTCOME_STOPPED) {
        job_set_state(queue, job, PRINT_CANCELED);
    } else {
        bool catalog = end->outcome == OUTCOME_NO_CATALOG || end->outcome == OUTCOME_BROKEN;
        job_fail(queue, job, catalog ? PRINT_FAILED_CATALOG : PRINT_FAILED_STICK);
    }
}

// The printer dropped the job: for a failure that is known already, as wished, or by itself.
static void end_without(struct queue *queue, struct print_job *job, bool wished)
{
    if (job->failure != PRINT_NO_FAILURE)
        job_fail(queue, job, job->failure);
    else if (wished)
        job_set_state(queue, job, PRINT_CANCELED);
    else
        job_fail(queue, job, PRINT_FAILED_ABORTED);
}

static void be_unsure(struct queue *queue, struct print_job *job)
{
    job->failure = PRINT_NO_FAILURE;
    job_set_state(queue, job, PRINT_UNSURE);
}

// The printer completed what it got of a document that did not go out to its end.
static void end_cut(struct queue *queue, struct print_job *job)
{
    bool wished = job_inside(queue, job)->cancels;
    if (wished || job->failure != PRINT_NO_FAILURE)
        end_without(queue, job, wished);
    else
        be_unsure(queue, job);
}

// What the printer says of a job that it has; a job may be UNSURE and come back from it.
static void settle(struct queue *queue, struct print_job *job, const struct look *look)
{
    struct queue_job *own = job_inside(queue, job);
    bool stopped = !look->printer.ready || look->fate == FATE_STOPPED;
    if (look->done > 0)
        job->done = look->done < job->sheets ? look->done : job->sheets;
    switch (look->fate) {
    case FATE_UNDER_WAY:
    case FATE_STOPPED:
        job_set_state(queue, job, stopped ? PRINT_HELD : PRINT_PRINTING);
        return;
    case FATE_UNKNOWN:
    case FATE_COUNT:
        return;
    case FATE_COMPLETED:
        if (own->ticket.cut) {
            end_cut(queue, job);
            break;
        }
        job->done = job->sheets;
        job->failure = PRINT_NO_FAILURE;
        job_set_state(queue, job, PRINT_DONE);
        break;
    case FATE_CANCELED:
    case FATE_ABORTED:
        end_without(queue, job, look->fate == FATE_CANCELED || own->cancels);
        break;
    case FATE_FAULTY:
    case FATE_GONE:
        if (job->failure != PRINT_NO_FAILURE && look->fate == FATE_GONE)
            end_without(queue, job, false);
        else
            be_unsure(queue, job);
        break;
    }
    own->handed = false;
}

static void end_look(struct queue *queue, const struct queue_lane *lane, enum sheet_paper paper,
                     const struct work_end *end, int64_t now_ms)
{
    const struct look *look = &end->look;
    if (!look->answered) {
        printer_is_silent(queue, paper, now_ms);
        return;
    }
    struct printer *printer = &queue->state.printers[paper];
    char name[PRINTER_NAME_BYTES];
    text_copy(name, sizeof name, printer->name);
    *printer = look->printer;
    if (printer->name[0] == '\0')
        text_copy(printer->name, sizeof printer->name, name);
    queue->looked_ms[paper] = lane->since_ms;
    struct print_job *job = lane->job != 0 ? job_find(queue, lane->job) : NULL;
    struct queue_job *own = job != NULL ? job_inside(queue, job) : NULL;
    if (own != NULL && own->handed && own->ticket.id == end->ticket.id)
        settle(queue, job, look);
}

void queue_ended(struct queue *queue, enum lane_kind lane, const struct work_end *end,
                 int64_t now_ms)
{
    struct queue_lane was = queue->lanes[lane];
    struct print_job *job = was.job != 0 ? job_find(queue, was.job) : NULL;
    CHECK(was.busy);
    queue->lanes[lane] = (struct queue_lane){0};
    switch (was.kind) {
    case WORK_SEND:
        if (job != NULL)
            end_send(queue, job, end, now_ms);
        break;
    case WORK_SAVE:
        if (job != NULL)
            end_save(queue, job, end);
        break;
    case WORK_LOOK:
    case WORK_CANCEL:
        queue->next_look_ms[lane] = was.since_ms + look_pause_ms(queue, lane, was.since_ms);
        end_look(queue, &was, lane_paper(lane), end, now_ms);
        break;
    case WORK_LOOK_STICK:
        queue->next_look_ms[lane] = was.since_ms + look_pause_ms(queue, lane, was.since_ms);
        queue->state.stick = end->look.stick;
        break;
    case WORK_KIND_COUNT:
        break;
    }
}
