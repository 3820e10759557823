// A thread that does one piece of work at a time for the spool, which looks at its end later.
//
// The two share nothing but this letter box: work goes in while the lane is idle, its end comes out
// once; `tell` runs on the lane's thread when there is an end or progress to look at. Verbs in
// order: init, start, (give, take)*, stop, join, finish. Private: keep it in guarded memory.
#pragma once

#include "print/printer.h"
#include "ui/words.h"

#include <pthread.h>

struct lane_place {
    struct compose_place compose;
    const char *where[PAPER_COUNT]; // the printers
    const char *save_dir;
    const struct words *words; // a job's name on the printer's own screen
};

struct lane {
    const struct lane_place *place;
    struct printer_watch watch;
    pthread_t thread;
    pthread_mutex_t mutex; // guards the members below
    pthread_cond_t wake;
    bool has_work;
    bool has_end;
    bool quits;
    struct work work;
    struct work_end end;
};

void lane_init(struct lane *lane, const struct lane_place *place, void (*tell)(void *context),
               void *context);
void lane_start(struct lane *lane);
void lane_give(struct lane *lane, const struct work *work);
bool lane_take(struct lane *lane, struct work_end *ret_end);
void lane_hurry(struct lane *lane); // what it does now is to end
void lane_stop(struct lane *lane);
// false: it hangs in a library for longer than limit_ms; then only the process's end helps.
bool lane_join(struct lane *lane, int64_t limit_ms);
void lane_finish(struct lane *lane);
