// One small region in two published states, old and new, a navigator on loopback that serves them,
// and the question whether a data directory holds one of the two whole.
#pragma once

#include "navigator/sync.h"
#include "tests/faults/lines.h"
#include "tests/support/disk.h"
#include "tests/support/feed_peer.h"

enum {
    SCENE_OLD = 5, // serials
    SCENE_NEW = 6,
    SCENE_NOW_S = 1800000000, // the wall clock of all syncs, before everything expires
};

struct scene {
    struct feed_peer *peer;
    char *lines[2]; // of the snapshots, old and new
    char *delta;
    struct lines_content content[2];
};

void scene_init(struct scene *scene, uint32_t program_count);
void scene_finish(struct scene *scene);
void scene_publish_old(struct scene *scene);
void scene_publish_new(struct scene *scene, bool with_delta);
struct sync_report scene_sync(const struct scene *scene, const char *folder);

// A reader finds a whole catalogue, record by record what was published, and its serial and the
// highest one remembered are at least this (0: there may be no catalogue yet).
bool scene_is_whole(const struct scene *scene, const char *folder, uint64_t at_least,
                    uint64_t *ret_serial, char ret_why[static DISK_TEXT_BYTES]);
// A sync brings it to the new state and leaves no half-written catalogue behind.
bool scene_recovers(const struct scene *scene, const char *folder,
                    char ret_why[static DISK_TEXT_BYTES]);
// A fresh folder with the same files.
void scene_copy_folder(const char *from, char ret_folder[static 64]);
