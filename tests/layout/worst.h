// The worst that a region can bring: the same programs by the same ids, with names of 200
// characters or one, in capitals, as one endless word; counts from none to ten thousand; fields
// missing.
//
// Shares everything else with the snapshot it is made of, which must outlive it. Test threads only.
#pragma once

#include "catalog/snapshot.h"

#include <stdbool.h>

struct snapshot *worst_of(const struct snapshot *snapshot);
void worst_free(struct snapshot *worst); // takes NULL
// The text begins like one of a worst region.
bool worst_said(const char *text, size_t length);
