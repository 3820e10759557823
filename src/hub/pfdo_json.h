// What the PFDO portal answers: strict about what a crawl stands on (the envelope, ids, the lists
// themselves), lenient about all else (hub/pfdo_row_json.h). Observed, never promised: a document
// may have more keys than we know.
//
// Each returns NULL, or in a few words what is wrong; then nothing was visited.
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { PFDO_DEPTH_MAX = 16 };

// GET /main-page/muns/{operator}
const char *pfdo_read_places(const char *json, size_t length,
                             void (*visit)(void *context, int64_t id, const char *name),
                             void *context);
// GET /main-page/search/programs: each item with its own JSON, always printed the same way.
const char *pfdo_read_list(const char *json, size_t length,
                           void (*visit)(void *context, int64_t id, const char *item),
                           void *context);
// GET /public/programs/{id}
const char *pfdo_check_detail(const char *json, size_t length, int64_t id);
