#include "catalog/snapshot.h"

#include "base/check.h"
#include "catalog/record_fields.h"

#include <stdlib.h>
#include <string.h>

struct list {
    char *items; // of item_sizes[type]
    size_t count;
    size_t capacity;
};

struct snapshot_builder {
    struct snapshot *snapshot;
    struct list lists[RECORD_TYPE_COUNT];
};

static const size_t item_sizes[RECORD_TYPE_COUNT] = {
    [RECORD_MUNICIPALITY] = sizeof(struct municipality),
    [RECORD_ADDRESS] = sizeof(struct address),
    [RECORD_ORGANIZATION] = sizeof(struct organization),
    [RECORD_PROGRAM] = sizeof(struct program),
    [RECORD_GROUP] = sizeof(struct group),
    [RECORD_GUIDE] = sizeof(struct guide),
};

struct snapshot_builder *snapshot_builder_create(void)
{
    struct snapshot_builder *builder = calloc(1, sizeof *builder);
    CHECK(builder != NULL);
    builder->snapshot = calloc(1, sizeof *builder->snapshot);
    CHECK(builder->snapshot != NULL);
    return builder;
}

void snapshot_builder_destroy(struct snapshot_builder *builder)
{
    if (builder == NULL)
        return;
    for (int type = 0; type < RECORD_TYPE_COUNT; type++)
        free(builder->lists[type].items);
    snapshot_destroy(builder->snapshot);
    free(builder);
}

void snapshot_destroy(struct snapshot *snapshot)
{
    if (snapshot == NULL)
        return;
    arena_finish(&snapshot->arena);
    free(snapshot);
}

static const char *own_text(struct arena *arena, const char *text)
{
    return text[0] == '\0' ? "" : arena_copy_text(arena, text, strlen(text));
}

static void own_texts(struct arena *arena, struct record *record)
{
    unsigned count;
    const struct field *fields = record_fields(record->type, &count);
    for (unsigned i = 0; i < count; i++) {
        if (fields[i].kind != FIELD_TEXT)
            continue;
        const char *owned = own_text(arena, field_text(&fields[i], record));
        CHECK(field_set_text(&fields[i], record, owned));
    }
    if (record->type != RECORD_GROUP)
        return;
    for (uint32_t i = 0; i < record->group.slot_count; i++) {
        struct slot *slot = &record->group.slots[i];
        slot->address_id = own_text(arena, slot->address_id);
    }
}

void snapshot_builder_add(struct snapshot_builder *builder, const struct record *record)
{
    CHECK(record->type < RECORD_TYPE_COUNT);
    struct list *list = &builder->lists[record->type];
    size_t size = item_sizes[record->type];
    if (list->count == list->capacity) {
        list->capacity = list->capacity == 0 ? 64 : list->capacity * 2;
        list->items = realloc(list->items, list->capacity * size);
        CHECK(list->items != NULL);
    }
    struct record copy = *record;
    own_texts(&builder->snapshot->arena, &copy);
    memcpy(list->items + list->count * size, &copy.municipality, size);
    list->count++;
}

static int compare_ids(const void *left, const void *right)
{
    const struct record_head *a = left;
    const struct record_head *b = right;
    return strcmp(a->id, b->id);
}

static int compare_guides(const void *left, const void *right)
{
    const struct guide *a = left;
    const struct guide *b = right;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return strcmp(a->head.id, b->head.id);
}

// Sorts a list and moves it into the arena.
static void *settle(struct snapshot_builder *builder, enum record_type type,
                    int (*compare)(const void *, const void *), uint32_t *ret_count)
{
    struct list *list = &builder->lists[type];
    if (list->count > 1)
        qsort(list->items, list->count, item_sizes[type], compare);
    void *items = arena_take_array(&builder->snapshot->arena, list->count, item_sizes[type]);
    if (list->count > 0)
        memcpy(items, list->items, list->count * item_sizes[type]);
    *ret_count = (uint32_t)list->count;
    return items;
}

static uint32_t find_id(const void *items, size_t size, uint32_t count, const char *id)
{
    const char *base = items;
    uint32_t low = 0;
    uint32_t high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(((const struct record_head *)(base + middle * size))->id, id);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return SNAPSHOT_NONE;
}

static void settle_programs(struct snapshot_builder *builder)
{
    struct snapshot *snapshot = builder->snapshot;
    struct list *list = &builder->lists[RECORD_PROGRAM];
    CHECK(list->count <= SNAPSHOT_PROGRAMS_MAX);
    if (list->count > 1)
        qsort(list->items, list->count, sizeof(struct program), compare_ids);
    snapshot->program_count = (uint32_t)list->count;
    snapshot->programs =
        arena_take_array(&snapshot->arena, list->count, sizeof *snapshot->programs);
    for (uint32_t i = 0; i < snapshot->program_count; i++) {
        struct snapshot_program *program = &snapshot->programs[i];
        program->record = ((const struct program *)(const void *)list->items)[i];
        program->organization =
            find_id(snapshot->organizations, sizeof *snapshot->organizations,
                    snapshot->organization_count, program->record.organization_id);
    }
}

// By id within a program: which files of the feed brought them must not show on the screen.
static void settle_groups(struct snapshot_builder *builder)
{
    struct snapshot *snapshot = builder->snapshot;
    struct list *list = &builder->lists[RECORD_GROUP];
    if (list->count > 1)
        qsort(list->items, list->count, sizeof(struct group), compare_ids);
    const struct group *groups = (const struct group *)(const void *)list->items;
    uint32_t *owners = calloc(list->count + 1, sizeof *owners);
    CHECK(owners != NULL);
    for (size_t i = 0; i < list->count; i++) {
        owners[i] = snapshot_find_program(snapshot, groups[i].program_id);
        if (owners[i] == SNAPSHOT_NONE)
            snapshot->orphan_count++;
        else
            snapshot->programs[owners[i]].group_count++;
    }
    for (uint32_t i = 0; i < snapshot->program_count; i++) {
        snapshot->programs[i].group_first = snapshot->group_count;
        snapshot->group_count += snapshot->programs[i].group_count;
        snapshot->programs[i].group_count = 0;
    }
    snapshot->groups =
        arena_take_array(&snapshot->arena, snapshot->group_count, sizeof *snapshot->groups);
    for (size_t i = 0; i < list->count; i++) {
        if (owners[i] == SNAPSHOT_NONE)
            continue;
        struct snapshot_program *program = &snapshot->programs[owners[i]];
        struct snapshot_group *group =
            &snapshot->groups[program->group_first + program->group_count++];
        group->record = groups[i];
        group->program = owners[i];
        group->address = find_id(snapshot->addresses, sizeof *snapshot->addresses,
                                 snapshot->address_count, groups[i].address_id);
    }
    free(owners);
}

struct snapshot *snapshot_build(struct snapshot_builder *builder, uint64_t serial,
                                int64_t published_at_s, int64_t expires_at_s, const char *region)
{
    struct snapshot *snapshot = builder->snapshot;
    snapshot->serial = serial;
    snapshot->published_at_s = published_at_s;
    snapshot->expires_at_s = expires_at_s;
    snapshot->region = own_text(&snapshot->arena, region);
    snapshot->municipalities =
        settle(builder, RECORD_MUNICIPALITY, compare_ids, &snapshot->municipality_count);
    snapshot->addresses = settle(builder, RECORD_ADDRESS, compare_ids, &snapshot->address_count);
    snapshot->organizations =
        settle(builder, RECORD_ORGANIZATION, compare_ids, &snapshot->organization_count);
    snapshot->guides = settle(builder, RECORD_GUIDE, compare_guides, &snapshot->guide_count);
    settle_programs(builder);
    settle_groups(builder);
    builder->snapshot = NULL;
    snapshot_builder_destroy(builder);
    return snapshot;
}

uint32_t snapshot_find_program(const struct snapshot *snapshot, const char *id)
{
    return find_id(snapshot->programs, sizeof *snapshot->programs, snapshot->program_count, id);
}

uint32_t snapshot_find_organization(const struct snapshot *snapshot, const char *id)
{
    return find_id(snapshot->organizations, sizeof *snapshot->organizations,
                   snapshot->organization_count, id);
}

uint32_t snapshot_find_municipality(const struct snapshot *snapshot, const char *id)
{
    return find_id(snapshot->municipalities, sizeof *snapshot->municipalities,
                   snapshot->municipality_count, id);
}

uint32_t snapshot_find_group(const struct snapshot *snapshot, uint32_t program, const char *id)
{
    CHECK(program < snapshot->program_count);
    const struct snapshot_program *owner = &snapshot->programs[program];
    for (uint32_t i = 0; i < owner->group_count; i++)
        if (strcmp(snapshot->groups[owner->group_first + i].record.head.id, id) == 0)
            return owner->group_first + i;
    return SNAPSHOT_NONE;
}
