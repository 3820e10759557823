// What the queue's two halves (queue.c, queue_work.c) share: its jobs, one by one.
#pragma once

#include "print/queue.h"

enum lane_kind lane_sending(enum sheet_paper paper);
enum lane_kind lane_looking(enum sheet_paper paper);
enum sheet_paper lane_paper(enum lane_kind lane);

bool job_has_ended(const struct print_job *job);
uint32_t jobs_under_way(const struct queue *queue); // those that a lost printer may bring back, too
struct print_job *job_find(struct queue *queue, uint32_t id); // NULL when it isn't there
struct queue_job *job_inside(struct queue *queue, const struct print_job *job);
// One of this paper that the printer has or is getting; NULL none.
struct print_job *job_on_printer(struct queue *queue, enum sheet_paper paper);
// The oldest that waits: for the stick, or for the printer of this paper.
struct print_job *job_waiting(struct queue *queue, bool saves, enum sheet_paper paper);

// Also clears the order when it can't be needed again.
void job_set_state(struct queue *queue, struct print_job *job, enum print_job_state state);
void job_fail(struct queue *queue, struct print_job *job, enum print_failure failure);
void job_forget_order(struct queue_job *own);
void job_drop(struct queue *queue, struct print_job *job); // later ones move up

void look_soon(struct queue *queue, enum sheet_paper paper, int64_t now_ms);
// The printer doesn't answer. Where it just took bytes of a document that means nothing.
void printer_is_silent(struct queue *queue, enum sheet_paper paper, int64_t now_ms);
