// One JSON file laid over a configuration: the only place of config/ that knows cJSON.
#pragma once

#include "config/config.h"

// Keys that the file doesn't name, or gives values that don't fit, keep theirs.
bool config_read_file(const char *file, const struct config_observer *observer,
                      struct config *config);
