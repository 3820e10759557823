// One helper process (navigator-link, navigator-print): a socket and, in the default set-up, a
// child that is started, restarted with growing pauses and ended with us.
//
// With a socket path nothing is ever executed: a child would inherit the service's sandbox; then
// it's connected and reconnected, every HELPER_PAUSE_MIN_MS. A helper that dies is a state, not an
// error. Worker thread only.
#pragma once

#include "message/wire.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum {
    HELPER_PAUSE_MIN_MS = 1000,
    HELPER_PAUSE_MAX_MS = 30 * 1000,
    HELPER_SETTLED_MS = 10 * 1000, // lived so long: the next pause is short again
    HELPER_FAREWELL_MS = 2000,     // from SIGTERM to SIGKILL
    HELPER_ARGUMENTS_MAX = 12,
    HELPER_FD = 3, // the child's end of the socket
};

struct helper {
    const char *socket_path;                     // NULL: start the program
    const char *arguments[HELPER_ARGUMENTS_MAX]; // argv of the program, [0] is its path
    pid_t pid;                                   // 0: none
    bool connected;
    int64_t since_ms;
    int64_t next_try_ms;
    int pause_ms;
    struct wire wire;
};

// Arguments are kept by pointer. `arguments` ends with NULL.
void helper_init(struct helper *helper, const char *socket_path, const char *const *arguments);
// Starts or connects when it's time. Returns whether it's connected now.
bool helper_tick(struct helper *helper, int64_t now_ms);
// The connection broke: ends the child, sets the next try.
void helper_lost(struct helper *helper, int64_t now_ms);
void helper_finish(struct helper *helper); // ends the child in peace, or else by force
