// The URL of a PostgreSQL on a command line.
#pragma once

#include <stdbool.h>

// False with one line on standard error.
bool database_url_fine(const char *url);
