// Which files the feed offers, and which of them stay for a while: the policy, free of disks.
//
// Deltas form a skip list of immutable files, so that a whole fleet shares few of them in any
// cache:
//
//   - a step, from each publication to the next: the newest OFFER_STEPS_MAX are listed;
//   - a stride at every eighth serial, the steps since the eighth before joined (8 -> 16 -> 24 …):
//     the newest OFFER_STRIDES_MAX. It leads from any serial in between, too (delta_join).
//
// So a terminal that slept up to some 120 publications follows about one file for each eight; one
// that slept longer, or for which they sum up to more, takes the snapshot. A delta of more than
// half the snapshot's size isn't offered, nor a stride over a step that isn't.
//
// Beside the manifest lies each publication's copy, manifest-<serial>.json, as the memory of what
// was offered: all files of the last OFFER_KEPT publications stay, for downloads under way. So the
// folder holds at most OFFER_KEPT + 1 snapshots and MANIFEST_DELTAS_MAX + 2 * OFFER_KEPT deltas.
#pragma once

#include "navigator/manifest_json.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    OFFER_STEPS_MAX = 16,
    OFFER_STRIDES_MAX = 15,
    OFFER_STRIDE = 8,
    OFFER_KEPT = 2, // publications before this one
    OFFER_NAME_BYTES = 40,
};

bool offer_is_step(const struct manifest_file *delta);
// Deltas are listed newest first. No room: its kind is full, or it is too large.
bool offer_has_room(const struct manifest *manifest, const struct manifest_file *delta);
void offer_add(struct manifest *manifest, const struct manifest_file *delta);
// The listed steps that a stride to the manifest's serial joins, the first to apply first; answers
// how many: 0 when no stride ends here or one step is all there is.
size_t offer_stride(const struct manifest *manifest,
                    const struct manifest_file *ret_steps[static OFFER_STRIDE]);

// Serials of the copies that lie in the folder, smallest first.
enum { OFFER_COPIES_MAX = 64 };
struct offer_copies {
    uint64_t serials[OFFER_COPIES_MAX];
    size_t count;
};
// Takes any file name; counts it in when it is a copy's.
void offer_see(struct offer_copies *copies, const char *name);
void offer_copy_name(uint64_t serial, char ret_name[static OFFER_NAME_BYTES]);
// Of a publication before `serial`: does it belong to the last OFFER_KEPT?
bool offer_is_recent(const struct offer_copies *copies, uint64_t earlier, uint64_t serial);
