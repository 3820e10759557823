// The file `tries` in the data folder: how long each of the last failed checks still counts
// (certificate/tries.h), so that a restart frees none. Five numbers of milliseconds, nothing of
// anybody. Used by the worker's thread alone; a file that can't be read or written is none.
#pragma once

#include "certificate/tries.h"

#include <stdbool.h>

bool tries_read(const char *data_dir, struct tries_left *ret_left);
void tries_write(const char *data_dir, const struct tries_left *left);
