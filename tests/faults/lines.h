// A catalogue as lines of the feed, and what they are whatever their order.
#pragma once

#include "base/text.h"
#include "catalog/record_json.h"
#include "catalog/snapshot.h"

struct lines_content {
    uint32_t count;
    uint64_t hash;
};

// Every record in turn, as the feed has them.
void lines_each_record(const struct snapshot *snapshot,
                       void (*visit)(void *context, const struct record *record), void *context);
void lines_add(struct text *lines, enum record_op op, const struct record *record);
struct lines_content lines_content_of(const struct snapshot *snapshot);
struct lines_content lines_content_of_text(const char *lines);
