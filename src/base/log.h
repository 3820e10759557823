// The log of a process: kinds of events on standard error, for journald.
//
// One line each: `navigator-link: sync: manifest refused (signature)`. Only the edges of a process
// log (device, navigator, print, hub, ctl), never the machine; never contents: no number, no
// query, no name, no URL with parameters. Thread-safe (one write per line).
#pragma once

// The program's name in front of each line; call once, first in main. Keeps the pointer.
void log_init(const char *program);
void log_event(const char *area, const char *format, ...) __attribute__((format(printf, 2, 3)));
