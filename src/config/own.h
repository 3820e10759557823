// Where the kiosk keeps its own few files (settings, the staff's PIN, tries): in `DATA/kiosk` where
// that folder is there, or else in the data folder itself. On a terminal with a user for each
// program the data folder is the link's, and only this one below it is the kiosk's.
#pragma once

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#define OWN_FOLDER "kiosk"

// false with errno when it is too long.
bool own_path(const char *data_dir, const char *name, char ret_path[static PATH_MAX]);
// Atomic, mode 0600. What a technician with all rights writes belongs to whom the folder belongs.
// false with errno.
bool own_write(const char *data_dir, const char *name, const void *data, size_t length);
// A technician with all rights becomes the data folder's owner, so that what is brought belongs to
// the link. Anybody else stays. false with errno.
bool own_become(const char *data_dir);
