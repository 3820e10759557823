// The hub's data folder as one file, and back (hub/folder.h says what lies there).
//
// The file is a plain tar: hub.db, keys/…, feed/v1/… and, last, SHA256SUMS, which names them all in
// their order; so `tar xf` and `sha256sum -c` can check it, too. It holds the secret keys: mode
// 0600. It takes the place of an older one in one step, only when it is whole and durable.
//
// Both: false with one line on standard error, and then nothing is left behind. One thread.
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum {
    BACKUP_FILES_MAX = 1024,
    BACKUP_FILE_BYTES_MAX = 1024 * 1024 * 1024, // of one file in it
    // How far a restored hub's serials begin beyond the backup's, and not below the calendar's
    // seconds: a feed is published less often than once a second, so even of several restores
    // from one backup none uses a serial that terminals may know as something else.
    BACKUP_SERIAL_STEP = 1000000,
};

struct backup_report {
    uint32_t files;
    int64_t size_bytes;
    uint64_t serial; // the last published; restored: that the next publication goes beyond
};

// While other processes serve, import and check certificates; waits for a publication under way.
bool backup_write(const char *data, const char *path, struct backup_report *ret);
// Into a folder that is empty or not there yet; it appears in one step, so the folder around it is
// written to. Root makes all of it belong to whom the empty folder belonged. The feed is the
// backup's until the next publication.
bool backup_restore(const char *path, const char *data, int64_t now_s, struct backup_report *ret);
