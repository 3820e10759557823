// Which files the feed offers, and which of them stay for a while: the policy, free of disks.
//
// Deltas form a skip list of immutable files, so that a whole fleet shares few of them in any
// cache:
//
//   - a step, from each publication to the next: the newest OFFER_STEPS_MAX are listed;
//   - a stride, over eight serials at once (8 -> 16 -> 24 …): the newest OFFER_STRIDES_MAX.
//
// A terminal that slept n publications follows about n/8 + 8 files, up to some 120 publications;
// beyond that, or where the sum is larger, it takes the snapshot. A delta of more than half the
// snapshot's size isn't offered. Serials may have gaps (a publication that was killed burns its
// own), so a stride begins at the first serial published of eight, whichever that was.
//
// Beside the manifest lies each publication's copy, manifest-<serial>.json, as the memory of what
// was offered. Of earlier publications stay: all files of the last OFFER_KEPT, for downloads under
// way, and the snapshot where the next stride begins. So the folder holds at most OFFER_KEPT + 2
// snapshots and MANIFEST_DELTAS_MAX + 2 * OFFER_KEPT deltas.
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

// Deltas are listed newest first. No room: its kind is full, or it is too large.
bool offer_has_room(const struct manifest *manifest, const struct manifest_file *delta);
void offer_add(struct manifest *manifest, const struct manifest_file *delta);
// A publication of `serial` after `last` ends a stride.
bool offer_ends_stride(uint64_t last, uint64_t serial);

// Serials of the copies that lie in the folder, smallest first.
enum { OFFER_COPIES_MAX = 64 };
struct offer_copies {
    uint64_t serials[OFFER_COPIES_MAX];
    size_t count;
};
// Takes any file name; counts it in when it is a copy's.
void offer_see(struct offer_copies *copies, const char *name);
void offer_copy_name(uint64_t serial, char ret_name[static OFFER_NAME_BYTES]);
// Where the stride around `serial` begins, 0 when nothing of it is there.
uint64_t offer_stride_start(const struct offer_copies *copies, uint64_t serial);
// Of a publication before `serial`: does it belong to the last OFFER_KEPT?
bool offer_is_recent(const struct offer_copies *copies, uint64_t earlier, uint64_t serial);
