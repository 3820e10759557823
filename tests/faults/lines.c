#include "tests/faults/lines.h"

#include "base/check.h"
#include "base/hash.h"

#include <string.h>

void lines_add(struct text *lines, enum record_op op, const struct record *record)
{
    static char memory[RECORD_LINE_BYTES];
    struct text line;
    text_init(&line, memory, sizeof memory);
    CHECK(record_to_json(op, record, &line));
    text_add_bytes(lines, memory, line.length);
}

static void add_content(struct lines_content *content, const char *line, size_t length)
{
    content->count++;
    content->hash += hash_fnv1a64(HASH_FNV1A64_START, line, length);
}

struct lines_content lines_content_of_text(const char *lines)
{
    struct lines_content content = {0};
    for (const char *end; (end = strchr(lines, '\n')) != NULL; lines = end + 1)
        add_content(&content, lines, (size_t)(end - lines));
    return content;
}

void lines_each_record(const struct snapshot *snapshot,
                       void (*visit)(void *context, const struct record *record), void *context)
{
    for (uint32_t i = 0; i < snapshot->municipality_count; i++)
        visit(context, &(struct record){.type = RECORD_MUNICIPALITY,
                                        .municipality = snapshot->municipalities[i]});
    for (uint32_t i = 0; i < snapshot->address_count; i++)
        visit(context, &(struct record){.type = RECORD_ADDRESS, .address = snapshot->addresses[i]});
    for (uint32_t i = 0; i < snapshot->organization_count; i++)
        visit(context, &(struct record){.type = RECORD_ORGANIZATION,
                                        .organization = snapshot->organizations[i]});
    for (uint32_t i = 0; i < snapshot->program_count; i++)
        visit(context,
              &(struct record){.type = RECORD_PROGRAM, .program = snapshot->programs[i].record});
    for (uint32_t i = 0; i < snapshot->group_count; i++)
        visit(context, &(struct record){.type = RECORD_GROUP, .group = snapshot->groups[i].record});
    for (uint32_t i = 0; i < snapshot->guide_count; i++)
        visit(context, &(struct record){.type = RECORD_GUIDE, .guide = snapshot->guides[i]});
}

static void add_record(void *context, const struct record *record)
{
    static char memory[RECORD_LINE_BYTES];
    struct text line;
    text_init(&line, memory, sizeof memory);
    CHECK(record_to_json(RECORD_PUT, record, &line));
    add_content(context, memory, line.length - 1);
}

struct lines_content lines_content_of(const struct snapshot *snapshot)
{
    struct lines_content content = {0};
    lines_each_record(snapshot, add_record, &content);
    return content;
}
