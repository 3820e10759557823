// The opening of the commands that take the hub's folder and at most one thing more: --data DIR
// [FILE].
#pragma once

#include <stdbool.h>

// program and summary as in base/options.h; what is NULL or the positional's name in --help. true:
// the command runs, ret_data is the folder and argv[1] what was named. false: *ret_code is its exit
// code, and all is said.
bool data_command_open(const char *program, const char *summary, const char *what, int argc,
                       char **argv, const char **ret_data, int *ret_code);
