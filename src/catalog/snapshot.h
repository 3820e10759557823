// The catalogue as the screen reads it: immutable, in memory.
//
// A snapshot owns one arena; everything hangs on it, references are resolved to ordinals, and
// nothing changes after snapshot_build. Readers on any thread. It travels inside a message by
// pointer: whoever holds it last destroys it (the machine asks for that by an effect).
// Ordinals mean something in one snapshot only; screens keep ids.
#pragma once

#include "base/arena.h"
#include "catalog/record.h"

#include <stddef.h>
#include <stdint.h>

enum {
    SNAPSHOT_NONE = UINT32_MAX, // "no such ordinal"
    SNAPSHOT_PROGRAMS_MAX = 500000,
};

// A program with its references resolved. Groups of one program stand together, ordered by id.
struct snapshot_program {
    struct program record;
    uint32_t organization; // ordinal or SNAPSHOT_NONE
    uint32_t group_first;
    uint32_t group_count;
};

struct snapshot_group {
    struct group record;
    uint32_t program;
    uint32_t address; // ordinal or SNAPSHOT_NONE
};

struct snapshot {
    struct arena arena;
    uint64_t serial;
    int64_t published_at_s;
    int64_t expires_at_s;
    const char *region;
    struct snapshot_program *programs; // ordered by id
    uint32_t program_count;
    struct snapshot_group *groups; // ordered by program, then feed order
    uint32_t group_count;
    uint32_t orphan_count;              // groups dropped because their program isn't here
    struct organization *organizations; // ordered by id
    uint32_t organization_count;
    struct address *addresses; // ordered by id
    uint32_t address_count;
    struct municipality *municipalities; // ordered by id
    uint32_t municipality_count;
    struct guide *guides; // by order, then id
    uint32_t guide_count;
};

// Collects records, then builds. The builder copies all text; dangling references become
// SNAPSHOT_NONE, groups of unknown programs are dropped and counted. Ids must be unique within
// their type (the store sees to that).
struct snapshot_builder;
struct snapshot_builder *snapshot_builder_create(void);
void snapshot_builder_add(struct snapshot_builder *builder, const struct record *record);
// Consumes the builder. Never NULL.
struct snapshot *snapshot_build(struct snapshot_builder *builder, uint64_t serial,
                                int64_t published_at_s, int64_t expires_at_s, const char *region);
void snapshot_builder_destroy(struct snapshot_builder *builder); // without building; takes NULL
void snapshot_destroy(struct snapshot *snapshot);                // takes NULL

// Ordinals of the records with these ids, or SNAPSHOT_NONE.
uint32_t snapshot_find_program(const struct snapshot *snapshot, const char *id);
uint32_t snapshot_find_organization(const struct snapshot *snapshot, const char *id);
uint32_t snapshot_find_municipality(const struct snapshot *snapshot, const char *id);
// Ordinal of the group with this id within the program, or SNAPSHOT_NONE.
uint32_t snapshot_find_group(const struct snapshot *snapshot, uint32_t program, const char *id);
