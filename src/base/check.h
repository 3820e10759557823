// CHECK: a programmer's mistake stops the program, in Release too.
//
// The world's failures (a silent server, a full disk, hostile bytes) are values and never reach
// here. After an abort the supervisor restarts the process within a second. The message names the
// place and the condition, never data.
#pragma once

#define CHECK(condition) ((condition) ? (void)0 : check_failed(__FILE__, __LINE__, #condition))

_Noreturn void check_failed(const char *file, int line, const char *condition);
