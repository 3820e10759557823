// The hub's data folder: what lies where (CONTRACT.md, Programs).
//
//   hub.db, keys/number.key, feed/v1/… (a static web root)
//   keys/feed.pub, feed.key    the pair that signs; next.*, last.*: see key.h
#pragma once

#include <stdbool.h>

enum { FOLDER_PATH_BYTES = 1024 };

#define FOLDER_DB              "hub.db"
#define FOLDER_PUBLIC_KEY      "keys/feed.pub"
#define FOLDER_SECRET_KEY      "keys/feed.key"
#define FOLDER_NEXT_PUBLIC_KEY "keys/next.pub"
#define FOLDER_NEXT_SECRET_KEY "keys/next.key"
#define FOLDER_LAST_PUBLIC_KEY "keys/last.pub"
#define FOLDER_LAST_SECRET_KEY "keys/last.key"
#define FOLDER_NUMBER_KEY      "keys/number.key"
#define FOLDER_FEED            "feed/v1"

// data/name; false when it doesn't fit.
bool folder_path(const char *data, const char *name, char ret_path[static FOLDER_PATH_BYTES]);
// path with something behind its name: a neighbour; false when it doesn't fit.
bool folder_beside(const char *path, const char *ending, char ret_path[static FOLDER_PATH_BYTES]);
// Makes the folder with all above it, only for its owner when secret. True when it stands.
bool folder_make(const char *path, bool secret);
