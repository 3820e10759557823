// The opening of the commands that read one FILE into the hub's folder: --data DIR FILE.
#pragma once

#include <stdbool.h>

// program and summary as in base/options.h. true: the command runs, ret_data is the folder and
// argv[1] the file. false: *ret_code is its exit code, and all is said.
bool file_command_open(const char *program, const char *summary, int argc, char **argv,
                       const char **ret_data, int *ret_code);
