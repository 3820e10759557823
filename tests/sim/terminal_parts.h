// What the parts of a terminal share: terminal.c runs it, lives.c ends and restarts it.
#pragma once

#include "tests/sim/terminal.h"

void terminal_tell_time(const struct terminal *terminal);
// What is done from here on may be cut off; all before it is firm.
void terminal_begin_operation(struct terminal *terminal);
// Where its files stand in this life, and which keys it trusts.
void terminal_configure(struct terminal *terminal);
// The loader reads this serial, which must not be older than `least`.
void terminal_load(struct terminal *terminal, uint64_t serial, uint64_t least);
// The process is gone, and what it had in memory.
void terminal_stop_link(struct terminal *terminal);
// The kiosk notices.
void terminal_lose_link(struct terminal *terminal);
