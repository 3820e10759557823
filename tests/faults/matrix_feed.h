// A dozen hand-made programs (small_region.h) in two published states as a feed carries them, and
// which of the two a catalogue holds.
#pragma once

#include "catalog/snapshot.h"
#include "tests/faults/lines.h"
#include "tests/support/feed_peer.h"

enum { MATRIX_OLD = 5, MATRIX_NEW = 6 }; // serials

struct matrix_feed {
    char *lines[2]; // of the snapshots, old and new
    char *delta;
    uint32_t programs[2];
    struct lines_content content[2];
};

void matrix_feed_init(struct matrix_feed *feed);
void matrix_feed_finish(struct matrix_feed *feed);
void matrix_feed_publish(const struct matrix_feed *feed, struct feed_peer *peer, unsigned state,
                         uint64_t serial, bool with_delta);
// 0 old, 1 new, -1 anything else.
int matrix_feed_state_of(const struct matrix_feed *feed, const struct snapshot *snapshot);
