// The stage's print helper: keeps jobs as message/print.h says and moves none by itself.
#include "sheet/sheet.h"
#include "tests/support/stage.h"

#include <string.h>

void stage_tell_printing(struct stage *stage)
{
    stage->print_news = false;
    stage_send(stage, &(struct msg){.kind = MSG_PRINT_STATE, .printing = stage->printing});
}

void stage_print_lost(struct stage *stage)
{
    stage->printing = (struct print_state){0};
    stage->print_news = false;
    stage_send(stage, &(struct msg){.kind = MSG_PRINT_LOST});
}

static void forget(struct print_state *printing, struct print_job *job)
{
    printing->job_count--;
    memmove(job, job + 1, (size_t)(printing->jobs + printing->job_count - job) * sizeof *job);
}

static void begin(struct stage *stage, const struct print_request *request)
{
    struct print_state *printing = &stage->printing;
    stage->sheets_asked++;
    stage->sheet_order = request->order;
    if (printing->job_count == PRINT_JOBS_MAX)
        forget(printing, &printing->jobs[0]);
    printing->jobs[printing->job_count++] = (struct print_job){
        .id = request->id,
        .kind = request->order.kind,
        .paper = request->order.paper,
        .state = PRINT_WAITING,
        .sheets = sheet_pages(&request->order) * request->order.copies,
    };
}

void stage_take_print(struct stage *stage, const struct print_request *request)
{
    struct print_state *printing = &stage->printing;
    if (request->kind == PRINT_WATCH)
        return;
    stage->print_news = true;
    if (request->kind == PRINT_START || request->kind == PRINT_SAVE) {
        begin(stage, request);
        return;
    }
    for (uint32_t i = 0; i < printing->job_count; i++) {
        struct print_job *job = &printing->jobs[i];
        if (job->id != request->id)
            continue;
        if (request->kind == PRINT_CANCEL && job->state < PRINT_DONE)
            job->state = PRINT_CANCELED;
        else if (request->kind == PRINT_AGAIN && job->state >= PRINT_DONE)
            job->state = PRINT_WAITING;
        else if (request->kind == PRINT_FORGET && job->state >= PRINT_DONE)
            forget(printing, job);
        return;
    }
    stage->print_news = false; // a job that it doesn't have
}
