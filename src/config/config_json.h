// One JSON file laid over a configuration: the only place of config/ that knows cJSON.
#pragma once

#include "config/config.h"

// Keys that the file doesn't name keep their values. On failure one line stands in ret_error.
bool config_read_file(const char *file, struct config *config,
                      char ret_error[static CONFIG_ERROR_BYTES]);
