// The peer of the search: SQLite FTS5 over the same catalogue in memory, as a portal would use it.
#pragma once

#include "catalog/snapshot.h"

struct peer;
struct peer *peer_create(const struct snapshot *snapshot);
void peer_destroy(struct peer *peer);
// All words of the question, the last one begun; the 20 best by bm25. Returns how many came.
unsigned peer_ask(struct peer *peer, const char *question);
