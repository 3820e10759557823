#include "print/queue_job.h"

#include <string.h>

enum lane_kind lane_sending(enum sheet_paper paper)
{
    return paper == PAPER_A4 ? LANE_SEND_A4 : LANE_SEND_ROLL;
}

enum lane_kind lane_looking(enum sheet_paper paper)
{
    return paper == PAPER_A4 ? LANE_LOOK_A4 : LANE_LOOK_ROLL;
}

enum sheet_paper lane_paper(enum lane_kind lane)
{
    return lane == LANE_SEND_ROLL || lane == LANE_LOOK_ROLL ? PAPER_ROLL : PAPER_A4;
}

bool job_has_ended(const struct print_job *job)
{
    switch (job->state) {
    case PRINT_WAITING:
    case PRINT_SENDING:
    case PRINT_PRINTING:
    case PRINT_HELD:
        return false;
    case PRINT_DONE:
    case PRINT_SAVED:
    case PRINT_CANCELED:
    case PRINT_FAILED:
    case PRINT_UNSURE:
    case PRINT_JOB_STATE_COUNT:
        break;
    }
    return true;
}

struct print_job *job_find(struct queue *queue, uint32_t id)
{
    for (uint32_t i = 0; i < queue->state.job_count; i++)
        if (queue->state.jobs[i].id == id)
            return &queue->state.jobs[i];
    return NULL;
}

struct queue_job *job_inside(struct queue *queue, const struct print_job *job)
{
    return &queue->jobs[job - queue->state.jobs];
}

void job_forget_order(struct queue_job *own)
{
    explicit_bzero(&own->order, sizeof own->order);
    own->has_order = false;
}

void job_set_state(struct queue *queue, struct print_job *job, enum print_job_state state)
{
    struct queue_job *own = job_inside(queue, job);
    job->state = state;
    bool again = state == PRINT_FAILED || state == PRINT_UNSURE;
    if (job_has_ended(job) && (own->family || !again))
        job_forget_order(own);
}

void job_fail(struct queue *queue, struct print_job *job, enum print_failure failure)
{
    job->failure = failure;
    job_set_state(queue, job, PRINT_FAILED);
}

void job_drop(struct queue *queue, struct print_job *job)
{
    size_t i = (size_t)(job - queue->state.jobs);
    size_t after = queue->state.job_count - i - 1;
    memmove(&queue->state.jobs[i], &queue->state.jobs[i + 1], after * sizeof *queue->state.jobs);
    memmove(&queue->jobs[i], &queue->jobs[i + 1], after * sizeof *queue->jobs);
    queue->state.job_count--;
    queue->state.jobs[queue->state.job_count] = (struct print_job){0};
    explicit_bzero(&queue->jobs[queue->state.job_count], sizeof *queue->jobs);
}

struct print_job *job_on_printer(struct queue *queue, enum sheet_paper paper)
{
    for (uint32_t i = 0; i < queue->state.job_count; i++) {
        struct print_job *job = &queue->state.jobs[i];
        if (job->paper == paper && !queue->jobs[i].saves &&
            (queue->jobs[i].handed || job->state == PRINT_SENDING))
            return job;
    }
    return NULL;
}

struct print_job *job_waiting(struct queue *queue, bool saves, enum sheet_paper paper)
{
    for (uint32_t i = 0; i < queue->state.job_count; i++) {
        struct print_job *job = &queue->state.jobs[i];
        if (job->state == PRINT_WAITING && queue->jobs[i].saves == saves &&
            (saves || job->paper == paper))
            return job;
    }
    return NULL;
}

void look_soon(struct queue *queue, enum sheet_paper paper, int64_t now_ms)
{
    queue->next_look_ms[lane_looking(paper)] = now_ms;
}

uint32_t jobs_under_way(const struct queue *queue)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < queue->state.job_count; i++)
        count += !job_has_ended(&queue->state.jobs[i]) || queue->jobs[i].handed;
    return count;
}

void printer_is_silent(struct queue *queue, enum sheet_paper paper, int64_t now_ms)
{
    struct queue_lane *sender = &queue->lanes[lane_sending(paper)];
    int64_t moved_ms =
        queue->moved_ms[paper] > sender->since_ms ? queue->moved_ms[paper] : sender->since_ms;
    if (sender->busy && now_ms - moved_ms < QUEUE_MOVING_MS)
        return;
    if (sender->busy && now_ms - moved_ms >= QUEUE_SILENT_SEND_MS)
        sender->stop = true;
    struct printer *printer = &queue->state.printers[paper];
    printer->known = true;
    printer->ready = false;
    printer->reasons = UINT32_C(1) << REASON_SILENT;
    struct print_job *job = job_on_printer(queue, paper);
    if (job != NULL && job_inside(queue, job)->handed)
        job_set_state(queue, job, PRINT_UNSURE);
}
