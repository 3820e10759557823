#include "print/queue_job.h"

#include "sheet/sheet.h"

#include <string.h>

// ---- requests

static bool is_full(const struct queue *queue)
{
    return jobs_under_way(queue) >= PRINT_JOBS_MAX - 1;
}

// The list keeps room for one job more than may be under way: a refused one is told as failed.
static struct print_job *new_job(struct queue *queue, uint32_t id)
{
    if (queue->state.job_count == PRINT_JOBS_MAX) {
        struct print_job *oldest = queue->state.jobs;
        while (!job_has_ended(oldest) || job_inside(queue, oldest)->handed)
            oldest++;
        job_drop(queue, oldest);
    }
    struct print_job *job = &queue->state.jobs[queue->state.job_count++];
    *job = (struct print_job){.id = id};
    memset(job_inside(queue, job), 0, sizeof(struct queue_job));
    return job;
}

static void start(struct queue *queue, const struct print_request *request, int64_t now_ms)
{
    const struct sheet_order *order = &request->order;
    bool saves = request->kind == PRINT_SAVE;
    bool full = is_full(queue);
    struct print_job *job = new_job(queue, request->id);
    struct queue_job *own = job_inside(queue, job);
    job->kind = order->kind;
    job->paper = order->paper;
    job->sheets = sheet_pages(order) * (saves ? 1 : order->copies);
    own->family = order->kind == SHEET_SLIP || order->url[0] != '\0';
    own->saves = saves;
    own->since_ms = now_ms;
    if (full) {
        job_fail(queue, job, PRINT_FAILED_FULL);
    } else if (saves && (!queue->has_stick || own->family)) {
        job_fail(queue, job, PRINT_FAILED_STICK);
    } else if (!saves && !queue->has_printer[order->paper]) {
        job_fail(queue, job, PRINT_FAILED_PRINTER);
    } else {
        own->order = *order;
        own->has_order = true;
        if (!saves)
            look_soon(queue, order->paper, now_ms);
    }
}

static void cancel(struct queue *queue, struct print_job *job, int64_t now_ms)
{
    struct queue_job *own = job_inside(queue, job);
    if (job->state == PRINT_WAITING) {
        job_set_state(queue, job, PRINT_CANCELED);
    } else if (job->state == PRINT_SENDING) {
        own->cancels = true;
        queue->lanes[own->saves ? LANE_STICK : lane_sending(job->paper)].stop = true;
    } else if (own->handed) {
        own->cancels = true;
        look_soon(queue, job->paper, now_ms);
    }
}

static void start_again(struct queue *queue, struct print_job *job, int64_t now_ms)
{
    struct queue_job *own = job_inside(queue, job);
    bool failed = job->state == PRINT_FAILED || job->state == PRINT_UNSURE;
    if (!failed || !own->has_order || (!own->handed && is_full(queue)))
        return;
    own->handed = false;
    own->cancels = false;
    own->tries = 0;
    own->since_ms = now_ms;
    job->failure = PRINT_NO_FAILURE;
    job->done = 0;
    job_set_state(queue, job, PRINT_WAITING);
    if (!own->saves)
        look_soon(queue, job->paper, now_ms);
}

static void watch(struct queue *queue, int64_t now_ms)
{
    if (now_ms >= queue->watched_until_ms)
        for (int lane = LANE_LOOK_A4; lane < LANE_COUNT; lane++)
            queue->next_look_ms[lane] = now_ms;
    queue->watched_until_ms = now_ms + PRINT_WATCH_S * 1000;
}

void queue_request(struct queue *queue, const struct print_request *request, int64_t now_ms)
{
    struct print_job *job = job_find(queue, request->id);
    switch (request->kind) {
    case PRINT_START:
    case PRINT_SAVE:
        if (job == NULL)
            start(queue, request, now_ms);
        break;
    case PRINT_CANCEL:
        if (job != NULL)
            cancel(queue, job, now_ms);
        break;
    case PRINT_AGAIN:
        if (job != NULL)
            start_again(queue, job, now_ms);
        break;
    case PRINT_FORGET:
        if (job != NULL && job_has_ended(job))
            job_drop(queue, job);
        break;
    case PRINT_WATCH:
        watch(queue, now_ms);
        break;
    case PRINT_REQUEST_KIND_COUNT:
        break;
    }
}

// The next kiosk numbers its jobs anew: this one gets a number out of its way.
static void leave_job(struct queue *queue, struct print_job *job)
{
    struct queue_job *own = job_inside(queue, job);
    enum lane_kind lane = own->saves ? LANE_STICK : lane_sending(job->paper);
    own->left = true;
    job->id = UINT32_MAX - (uint32_t)lane;
    queue->lanes[lane].job = job->id;
}

void queue_leave(struct queue *queue, int64_t now_ms)
{
    for (uint32_t i = queue->state.job_count; i-- > 0;) {
        struct print_job *job = &queue->state.jobs[i];
        if (job->state == PRINT_SENDING) {
            cancel(queue, job, now_ms);
            leave_job(queue, job);
        } else {
            job_drop(queue, job);
        }
    }
    queue->watched_until_ms = now_ms;
}

// ---- time

void queue_tick(struct queue *queue, int64_t now_ms)
{
    for (int i = LANE_LOOK_A4; i <= LANE_LOOK_ROLL; i++) {
        struct queue_lane *lane = &queue->lanes[i];
        if (!lane->busy || lane->late || now_ms < lane->since_ms + QUEUE_ANSWER_MS)
            continue;
        lane->late = true;
        printer_is_silent(queue, lane_paper((enum lane_kind)i), now_ms);
    }
    for (uint32_t i = 0; i < queue->state.job_count; i++)
        if (queue->state.jobs[i].state == PRINT_WAITING && queue->jobs[i].family &&
            now_ms >= queue->jobs[i].since_ms + QUEUE_FAMILY_MS)
            job_fail(queue, &queue->state.jobs[i], PRINT_FAILED_PRINTER);
    for (uint32_t i = queue->state.job_count; i-- > 0;)
        if (queue->jobs[i].left && job_has_ended(&queue->state.jobs[i]))
            job_drop(queue, &queue->state.jobs[i]);
}

static int64_t sooner(int64_t one_ms, int64_t other_ms)
{
    return one_ms < other_ms ? one_ms : other_ms;
}

int64_t queue_due_ms(const struct queue *queue)
{
    int64_t due_ms = INT64_MAX;
    for (int i = LANE_LOOK_A4; i < LANE_COUNT; i++) {
        const struct queue_lane *lane = &queue->lanes[i];
        bool there =
            i == LANE_STICK ? queue->has_stick : queue->has_printer[lane_paper((enum lane_kind)i)];
        if (there && !lane->busy)
            due_ms = sooner(due_ms, queue->next_look_ms[i]);
        else if (there && !lane->late && i != LANE_STICK)
            due_ms = sooner(due_ms, lane->since_ms + QUEUE_ANSWER_MS);
    }
    for (uint32_t i = 0; i < queue->state.job_count; i++)
        if (queue->state.jobs[i].state == PRINT_WAITING && queue->jobs[i].family)
            due_ms = sooner(due_ms, queue->jobs[i].since_ms + QUEUE_FAMILY_MS);
    return due_ms;
}

bool queue_idle(const struct queue *queue)
{
    return jobs_under_way(queue) == 0;
}

void queue_init(struct queue *queue, bool has_a4, bool has_roll, bool has_stick, int64_t now_ms)
{
    memset(queue, 0, sizeof *queue);
    queue->has_printer[PAPER_A4] = has_a4;
    queue->has_printer[PAPER_ROLL] = has_roll;
    queue->has_stick = has_stick;
    queue->watched_until_ms = now_ms;
    for (int paper = 0; paper < PAPER_COUNT; paper++) {
        queue->looked_ms[paper] = -1;
        queue->state.printers[paper].known = queue->has_printer[paper];
        queue->state.printers[paper].toner_percent = -1;
    }
    for (int lane = 0; lane < LANE_COUNT; lane++)
        queue->next_look_ms[lane] = now_ms;
}
