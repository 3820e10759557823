// The newest finished catalogue of a data folder, for the commands that read it.
#pragma once

#include "catalog/snapshot.h"

// NULL with one line on standard error.
struct snapshot *open_newest(const char *data_dir);
