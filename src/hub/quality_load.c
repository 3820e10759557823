#include "hub/quality_load.h"

#include "base/check.h"
#include "catalog/record_json.h"

#include <stdio.h>
#include <stdlib.h>

static bool take_line(void *context, const char *line, size_t length)
{
    struct quality_source *source = context;
    enum record_op op;
    char error[RECORD_ERROR_BYTES];
    if (source->count == source->capacity) {
        source->capacity = source->capacity ? source->capacity * 2 : 4096;
        source->records = reallocarray(source->records, source->capacity, sizeof *source->records);
        CHECK(source->records != NULL);
    }
    if (record_from_json(line, length, &source->arena, &op, &source->records[source->count], error))
        source->count++;
    else
        fprintf(stderr, "navigator-hub: a record is left out: %s\n", error);
    return true;
}

bool quality_load(struct store *store, struct quality_source *ret_source)
{
    return store_each_line(store, take_line, ret_source) &&
           store_read_notes(store, &ret_source->notes);
}

void quality_source_finish(struct quality_source *source)
{
    free(source->records);
    arena_finish(&source->arena);
    notes_finish(&source->notes);
}
