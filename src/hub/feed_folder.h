// The folder feed/v1, which other programs serve while it changes: each publication is a whole new
// folder that takes the old one's place in one step.
//
// The new folder is built beside it, as feed/v1.new: files that stay are linked, not copied (same
// inode, same time, same ETag), new ones are written; all is synced, then the two change places
// (renameat2 with RENAME_EXCHANGE) and the old one goes. So whoever looks, at whatever moment, and
// whatever kills us, sees one publication with all its files. What a killed one left is removed by
// the next open. The folder belongs to the hub: what else lies in it goes too.
//
// It needs a local file system that can exchange (ext4, xfs, btrfs, tmpfs, …), as the database
// needs a local one anyway. Between open and close nobody else publishes into the same data folder
// (a lock on it, waited for). One thread.
#pragma once

#include "hub/folder.h"

#include <stdbool.h>
#include <stddef.h>

#define FEED_FOLDER_NEW FOLDER_FEED ".new"

struct feed_folder {
    const char *data;
    int lock;
    int now;  // feed/v1, as a directory
    int next; // feed/v1.new
};

// All of these: false with one line on standard error, if not said otherwise. Close in any case.
bool feed_folder_open(struct feed_folder *folder, const char *data);
void feed_folder_close(struct feed_folder *folder); // takes one that didn't open

// Takes the file over into the new folder. False, and silent, when it isn't there.
bool feed_folder_keep(struct feed_folder *folder, const char *name);
// Only when its contents still have this SHA-256.
bool feed_folder_keep_whole(struct feed_folder *folder, const char *name, const char *sha256);
bool feed_folder_write(struct feed_folder *folder, const char *name, const void *bytes,
                       size_t length);
// A file that changes under one name (the manifest) gets a later modification time than its
// predecessor by at least a second: web servers make ETags of it, and mirrors tell files apart by
// it. After feed_folder_write.
bool feed_folder_date(struct feed_folder *folder, const char *name);
bool feed_folder_swap(struct feed_folder *folder);
// Calls visit for each name in feed/v1.
bool feed_folder_each(struct feed_folder *folder, void (*visit)(void *context, const char *name),
                      void *context);
