// How a process fares, told to its supervisor: systemd's sd_notify(3) protocol.
//
// One datagram on the socket that $NOTIFY_SOCKET names; without one nothing is said and nothing
// costs anything. A program says NOTIFY_READY once, and that it is alive whenever that is due, only
// from the loop that does its work and only while that work is possible: who is silent for twice as
// long is killed and started anew. Never contents: the supervisor's journal keeps it.
#pragma once

#include <stdint.h>

#define NOTIFY_READY  "READY=1"
#define NOTIFY_ENDING "STOPPING=1"

// Reads the environment and clears it, so that nothing started later speaks for this process. Once,
// before the first thread.
void notify_init(void);
// Never waits: a supervisor that doesn't read misses it. Any thread.
void notify(const char *state);
// When it wants to hear that the process lives: half of what it waits for ($WATCHDOG_USEC, when
// $WATCHDOG_PID is this process) after the last time. Monotonic; INT64_MAX when it waits for
// nothing. The loop's thread only, as the two below.
int64_t notify_due_ms(void);
void notify_alive(int64_t now_ms);
// For a loop that polls: says it when it is due. Returns how long poll may wait: wait_ms (-1 for
// ever) or less.
int notify_turn(int64_t now_ms, int wait_ms);
