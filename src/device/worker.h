// The loader thread: reads catalogues, talks to the helper processes, hears SIGTERM.
//
// It shares nothing with the loop but two bounded queues of values and a few flags. What happens is
// delivered as messages for the machine; `wake` is called on the worker's thread after each.
#pragma once

#include "config/config.h"
#include "message/effect.h"
#include "message/msg.h"

#include <stdbool.h>

enum { WORKER_ORDERS_MAX = 32, WORKER_NEWS_MAX = 32 };

struct worker_options {
    const char *data_dir;
    const struct config *config; // for the readiness check, with the folder of the assets
    const char *assets_dir;
    const char *link_socket; // NULL: start the program
    const char *const *link_arguments;
    const char *print_socket;
    const char *const *print_arguments; // NULL: there is no printer
    const char *backlight_dir;          // BACKLIGHT_DIR; NULL: the light is left alone
    void (*wake)(void);
};

struct worker;

// Blocks SIGTERM and SIGINT for the calling thread and all it starts: the worker reads them.
// Strings and arguments must outlive it.
struct worker *worker_create(const struct worker_options *options);
void worker_destroy(struct worker *worker); // ends the helpers and the thread; takes NULL

// One of the machine's effects that is the worker's (all but EFFECT_WIPE). false when the queue is
// full: the effect was not taken.
bool worker_ask(struct worker *worker, const struct effect *effect);
// How bright the screen is: at the beginning and at the end as staff chose, full while a code is to
// be read from it, off outside its hours.
enum light { LIGHT_CHOSEN, LIGHT_FULL, LIGHT_OFF };
void worker_light(struct worker *worker, enum light light);
// The next message for the machine, without its times; false when there is none.
bool worker_take(struct worker *worker, struct msg *ret_msg);
bool worker_told_to_end(struct worker *worker); // SIGTERM or SIGINT came
