// The catalogue and the imports' notes out of the database, as the quality rules take them.
#pragma once

#include "hub/store.h"
#include "import/note.h"

struct quality_source {
    struct arena arena;
    struct record *records;
    uint32_t count;
    uint32_t capacity;
    struct notes notes;
};

// Into a zeroed one. False when the database fails; finish in any case. A record that can't be read
// is told on standard error and left out.
bool quality_load(struct store *store, struct quality_source *ret_source);
void quality_source_finish(struct quality_source *source);
