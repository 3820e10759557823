// The print helper's mind: which job goes to which printer when, and what the kiosk is told of it.
//
// Pure: no clock, no threads, no printer. Requests and the ends of the lanes' work come in, work
// for idle lanes goes out, `state` is what the kiosk shall know. A job is PRINT_DONE only after the
// printer said that it completed it. A job that was handed over is never sent again unless a person
// wishes so; when its printer is lost, it is PRINT_UNSURE until the printer is back and tells.
//
// A family's job (a slip, or a sheet with a live link) waits a minute at most and its order is
// cleared as soon as it ended. The whole struct is private: keep it in guarded memory.
#pragma once

#include "print/work.h"

enum {
    QUEUE_ANSWER_MS = 1800,       // a printer that hasn't answered by then counts as silent
    QUEUE_LOOK_JOB_MS = 500,      // between two looks while a job is there for the printer
    QUEUE_LOOK_WATCHED_MS = 1000, // while somebody looks at the state
    QUEUE_LOOK_LOST_MS = 5000,    // a job is there, the printer silent and nobody looks
    QUEUE_LOOK_IDLE_MS = 30 * 1000,
    QUEUE_MOVING_MS = 1500,           // a printer that took bytes so lately is there
    QUEUE_SILENT_SEND_MS = 30 * 1000, // neither answers nor takes bytes: the sending is given up
    QUEUE_FAMILY_MS = 60 * 1000,      // so long a family's job may wait
    QUEUE_TRIES_MAX = 5,              // sendings that came to nothing before the printer is blamed
};

struct queue_job {
    struct sheet_order order; // cleared when it can't be needed again
    bool has_order;
    bool family;
    bool saves;   // onto the stick
    bool handed;  // the printer has (something of) it, as `ticket`, and its fate isn't known yet
    bool cancels; // a person wishes it gone
    bool left;    // its kiosk is gone; leaves the list when it has ended
    struct ticket ticket;
    int64_t since_ms; // asked for, or last tried
    uint32_t tries;
};

struct queue_lane {
    bool busy;
    bool stop; // what it does is to end
    bool late; // a look past QUEUE_ANSWER_MS; already judged
    enum work_kind kind;
    uint32_t job; // id; 0 none
    int64_t since_ms;
};

struct queue {
    struct print_state state;
    struct queue_job jobs[PRINT_JOBS_MAX]; // beside state.jobs
    struct queue_lane lanes[LANE_COUNT];
    bool has_printer[PAPER_COUNT];
    bool has_stick;
    int64_t looked_ms[PAPER_COUNT]; // when the last answered look began; -1 none yet
    int64_t next_look_ms[LANE_COUNT];
    int64_t moved_ms[PAPER_COUNT]; // when the printer last took bytes
    int64_t watched_until_ms;
};

void queue_init(struct queue *queue, bool has_a4, bool has_roll, bool has_stick, int64_t now_ms);
void queue_request(struct queue *queue, const struct print_request *request, int64_t now_ms);
// The kiosk is gone, and its jobs with it: what waits is dropped, what is being sent is stopped.
void queue_leave(struct queue *queue, int64_t now_ms);

// What this idle lane shall do now; false: nothing.
bool queue_next(struct queue *queue, enum lane_kind lane, int64_t now_ms, struct work *ret_work);
// How far a sending lane is, and when its printer last took bytes.
void queue_progress(struct queue *queue, enum lane_kind lane, uint32_t pages, int64_t moved_ms);
bool queue_stops(const struct queue *queue, enum lane_kind lane);
void queue_ended(struct queue *queue, enum lane_kind lane, const struct work_end *end,
                 int64_t now_ms);

void queue_tick(struct queue *queue, int64_t now_ms); // judges what is late
int64_t queue_due_ms(const struct queue *queue);      // when queue_tick or queue_next are due
bool queue_idle(const struct queue *queue);           // no job waits or is under way
