// Cuts the power after every step that tests/support/disk.h recorded, with every kind of loss, and
// looks at each different disk that may be left.
#pragma once

#include "tests/support/disk.h"

enum { CUTS_SEEDS = 4 }; // choices tried per step, of sectors and of names

struct cuts {
    // Given by the caller. A look at the disk after a cut: false with a sentence in ret_why.
    bool (*look)(void *context, const char *folder, uint64_t step,
                 char ret_why[static DISK_TEXT_BYTES]);
    void *context;
    const uint64_t *marks; // steps after which more is promised: a disk seen before them may have
    unsigned mark_count;   // been fine and be so no more
    // Counted.
    unsigned boundaries;
    unsigned disks; // that may be left, equal ones too
    unsigned looks; // at different ones
    unsigned bad;
    char first_bad[DISK_TEXT_BYTES * 3]; // step, loss and the sentence
};

// Cuts after `first` .. `last` (0: before anything happened). Steps before `last` are forgotten.
void cuts_try(struct cuts *cuts, uint64_t first, uint64_t last);

// A fresh folder below /tmp; and removes one with all that is in it.
void cuts_make_folder(char ret_folder[static 64]);
void cuts_remove_folder(const char *folder);
