// The queue and its lanes together: what navigator-print serves a kiosk with, and `navigatorctl
// print` a technician.
//
// One thread owns it: poll `event_fd` and wake at spool_turn's time. Requests are answered by the
// next spool_turn; nothing here waits for a printer. Made in guarded memory.
#pragma once

#include "config/config.h"
#include "message/print.h"
#include "ui/words.h"

struct spool;

struct spool_options {
    const struct config *config; // kept by pointer, like all of these
    const char *assets_dir;
    const struct words *words; // names of jobs
};

struct spool *spool_create(const struct spool_options *options);
// Sending ends in the middle; a printer that hangs is not waited for longer than a moment: then
// false, the spool stays as it is and the process should end.
bool spool_destroy(struct spool *spool);

int spool_fd(const struct spool *spool); // readable when spool_turn has something to do
void spool_request(struct spool *spool, const struct print_request *request);
void spool_leave(struct spool *spool); // the kiosk is gone
// Takes what the lanes brought and gives them work. Returns when it wants the next turn, in
// milliseconds from now; -1: not before event_fd.
int spool_turn(struct spool *spool);
const struct print_state *spool_state(const struct spool *spool);
bool spool_idle(const struct spool *spool);
