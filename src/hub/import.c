#include "hub/import.h"

#include "base/check.h"
#include "base/hash.h"
#include "base/text.h"
#include "catalog/record_fields.h"
#include "catalog/record_json.h"
#include "import/cell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TABLE_START = 1024 };

struct entry {
    struct record *record;
};

struct import {
    const char *source;
    int64_t now_s;
    struct arena arena;
    struct entry *entries; // in the order they came
    uint32_t count;
    uint32_t capacity;
    struct notes notes;
    uint32_t *table; // open addressing by id: index + 1; twice the capacity
};

struct import *import_create(const char *source, int64_t now_s)
{
    struct import *import = calloc(1, sizeof *import);
    CHECK(import != NULL);
    import->now_s = now_s;
    import->source = arena_copy_text(&import->arena, source, strlen(source));
    return import;
}

void import_destroy(struct import *import)
{
    if (import == NULL)
        return;
    free(import->entries);
    free(import->table);
    notes_finish(&import->notes);
    arena_finish(&import->arena);
    free(import);
}

// ---- records by id

static uint32_t *find_place(struct import *import, const char *id)
{
    uint32_t mask = import->capacity * 2 - 1;
    uint32_t at = hash_fnv1a32(id, strlen(id)) & mask;
    while (import->table[at] != 0 &&
           strcmp(record_head(import->entries[import->table[at] - 1].record)->id, id) != 0)
        at = (at + 1) & mask;
    return &import->table[at];
}

static void grow(struct import *import)
{
    import->capacity = import->capacity ? import->capacity * 2 : TABLE_START;
    import->entries = reallocarray(import->entries, import->capacity, sizeof *import->entries);
    free(import->table);
    import->table = calloc((size_t)import->capacity * 2, sizeof *import->table);
    CHECK(import->entries != NULL && import->table != NULL);
    for (uint32_t i = 0; i < import->count; i++)
        *find_place(import, record_head(import->entries[i].record)->id) = i + 1;
}

static struct record *find_record(struct import *import, const char *id)
{
    if (import->count == 0)
        return NULL;
    uint32_t place = *find_place(import, id);
    return place ? import->entries[place - 1].record : NULL;
}

static struct record *add_record(struct import *import, const struct record *record)
{
    if (import->count == import->capacity)
        grow(import);
    struct record *copy = arena_take(&import->arena, sizeof *copy);
    *copy = *record;
    *find_place(import, record_head(record)->id) = import->count + 1;
    import->entries[import->count++].record = copy;
    return copy;
}

// Takes from `more` what `record` doesn't know yet.
static void fill(struct record *record, const struct record *more)
{
    unsigned count;
    const struct field *fields = record_fields(record->type, &count);
    for (unsigned i = 0; i < count; i++) {
        const struct field *field = fields + i;
        int64_t number;
        if (field->kind == FIELD_TEXT) {
            if (field_text(field, record)[0] == '\0')
                field_set_text(field, record, field_text(field, more));
        } else if (field->kind == FIELD_DEGREES) {
            if (field_degrees(field, record) == 0)
                field_set_degrees(field, record, field_degrees(field, more));
        } else if (!field_number(field, record, &number) && field_number(field, more, &number)) {
            field_set_number(field, record, number);
        }
    }
}

static struct record *add_or_fill(struct import *import, const struct record *record)
{
    struct record *known = find_record(import, record_head(record)->id);
    if (known == NULL)
        return add_record(import, record);
    fill(known, record);
    return known;
}

// ---- ids: the importer's own where it has one, else a stable hash of what makes the thing

static const char *keep_id(struct import *import, char prefix, const char *text)
{
    char id[RECORD_ID_BYTES];
    int length = snprintf(id, sizeof id, "%c-%s", prefix, text);
    CHECK(length > 0 && length < RECORD_ID_BYTES);
    return arena_copy_text(&import->arena, id, (size_t)length);
}

static uint64_t add_hash(uint64_t hash, const char *part)
{
    char folded[CELL_WORDS_BYTES];
    cell_fold(part, folded);
    return hash_fnv1a64(hash, folded, strlen(folded) + 1);
}

static const char *hash_id(struct import *import, char prefix, uint64_t hash)
{
    char text[17];
    snprintf(text, sizeof text, "%016llx", (unsigned long long)hash);
    return keep_id(import, prefix, text);
}

static const char *local_id(struct import *import, char prefix, const char *local)
{
    enum { LONGEST = RECORD_ID_BYTES - 4 };
    bool plain = strlen(local) <= LONGEST;
    for (const char *at = local; *at; at++)
        plain &= *at > ' ' && *at < 0x7F;
    return plain ? keep_id(import, prefix, local)
                 : hash_id(import, prefix, add_hash(HASH_FNV1A64_START, local));
}

static const char *program_id(struct import *import, const struct import_row *row)
{
    const struct program *program = &row->program.program;
    if (program->head.local_id[0])
        return local_id(import, 'p', program->head.local_id);
    const char *organization = row->organization.organization.name;
    char how[32]; // one name in two bands with different payment is two programs
    snprintf(how, sizeof how, "%u/%d", program->payment, (int)program->direction);
    uint64_t hash = add_hash(HASH_FNV1A64_START, program->title);
    hash = add_hash(hash, organization);
    hash = add_hash(hash, row->municipality.municipality.name);
    hash = add_hash(hash, organization[0] ? "" : row->address.address.text);
    return hash_id(import, 'p', add_hash(hash, how));
}

static const char *group_id(struct import *import, const struct import_row *row)
{
    const struct group *group = &row->group.group;
    if (group->head.local_id[0]) {
        char joined[RECORD_ID_BYTES * 2 + 512];
        snprintf(joined, sizeof joined, "%s.%s", group->program_id + 2, group->head.local_id);
        return local_id(import, 'g', joined);
    }
    char what[64];
    snprintf(what, sizeof what, "%d/%d", group->age_min_months, group->age_max_months);
    uint64_t hash = add_hash(HASH_FNV1A64_START, group->program_id);
    hash = add_hash(hash, group->teacher);
    hash = add_hash(hash, group->address_id);
    hash = add_hash(hash, what);
    for (uint32_t i = 0; i < group->slot_count; i++) {
        const struct slot *slot = &group->slots[i];
        snprintf(what, sizeof what, "%d/%d/%d/%d", slot->weekday, slot->parity, slot->from_min,
                 slot->to_min);
        hash = add_hash(hash, what);
    }
    const char *id = hash_id(import, 'g', hash);
    while (find_record(import, id)) {
        hash = add_hash(hash, "again");
        id = hash_id(import, 'g', hash);
    }
    return id;
}

// ---- one row

static const char *add_shared(struct import *import, struct record *record, char prefix,
                              const char *name, const char *municipality_id)
{
    if (name[0] == '\0')
        return "";
    record->municipality.head.id =
        hash_id(import, prefix, add_hash(add_hash(HASH_FNV1A64_START, name), municipality_id));
    record->municipality.head.source = "csv";
    return record_head(add_or_fill(import, record))->id;
}

// A row that tells no age leaves the program's as it is.
static int32_t wider(int32_t a, int32_t b, bool up)
{
    if (a == RECORD_UNKNOWN || b == RECORD_UNKNOWN)
        return a == RECORD_UNKNOWN ? b : a;
    return (a < b) != up ? a : b;
}

static void add_program(struct import *import, struct import_row *row, struct report *report)
{
    struct program *program = &row->program.program;
    program->head.id = program_id(import, row);
    program->head.source = import->source;
    program->age_min_months = row->group.group.age_min_months;
    program->age_max_months = row->group.group.age_max_months;
    struct record *known = find_record(import, program->head.id);
    if (known == NULL) {
        add_record(import, &row->program);
        return;
    }
    if (strcmp(known->program.title, program->title) != 0)
        report_mended(report, "title", 1u << MEND_DIFFERS, known->program.title);
    int32_t age_min = wider(known->program.age_min_months, program->age_min_months, false);
    int32_t age_max = wider(known->program.age_max_months, program->age_max_months, true);
    known->program.payment |= program->payment;
    known->program.ovz |= program->ovz;
    fill(known, &row->program);
    known->program.age_min_months = age_min;
    known->program.age_max_months = age_max;
}

static void add_slots(struct group *group, const struct group *more)
{
    for (uint32_t i = 0; i < more->slot_count && group->slot_count < RECORD_SLOTS_MAX; i++)
        group->slots[group->slot_count++] = more->slots[i];
}

static void add_row(struct import *import, struct import_row *row, struct report *report)
{
    struct municipality *municipality = &row->municipality.municipality;
    const char *municipality_id =
        add_shared(import, &row->municipality, 'm', municipality->name, "");
    row->address.address.municipality_id = municipality_id;
    row->organization.organization.municipality_id = municipality_id;
    struct group *group = &row->group.group;
    group->address_id =
        add_shared(import, &row->address, 'a', row->address.address.text, municipality_id);
    row->program.program.organization_id = add_shared(
        import, &row->organization, 'o', row->organization.organization.name, municipality_id);
    add_program(import, row, report);
    group->program_id = row->program.program.head.id;
    group->head.id = group_id(import, row);
    group->head.source = import->source;
    struct record *known = find_record(import, group->head.id);
    if (known == NULL) {
        add_record(import, &row->group);
        return;
    }
    // One row per lesson: its slot joins the group's.
    add_slots(&known->group, group);
    fill(known, &row->group);
}

// ---- a file

static bool read_header(const char *mapping, const struct report *report, struct csv *csv,
                        struct csv_row *cells, struct columns *ret_columns)
{
    size_t count;
    const char *const *names = import_row_names(&count);
    if (!csv_next(csv, cells)) {
        fprintf(stderr, "navigator-hub: %s: found nothing, expected a header row\n", report->file);
        return false;
    }
    if (!columns_find(names, count, mapping, report->file, cells, ret_columns))
        return false;
    if (ret_columns->cell[0] >= 0)
        return true;
    fprintf(stderr,
            "navigator-hub: %s: found no column «title», expected it in the header or"
            " --columns title=…\n",
            report->file);
    return false;
}

void import_row(struct import *import, const struct columns *columns, const struct csv_row *cells,
                int32_t utc_offset_s, struct report *report)
{
    struct import_row row = {
        .arena = &import->arena, .now_s = import->now_s, .utc_offset_s = utc_offset_s};
    uint32_t first_note = import->notes.count;
    report_row(report, cells->number);
    report->field = NULL;
    if (columns_overflow(columns, cells)) {
        report_too_wide(report);
    } else if (import_row_read(&row, columns, cells, report)) {
        add_row(import, &row, report);
        report_taken(report);
        notes_bind(&import->notes, first_note, row.program.program.head.id);
    }
}

struct notes *import_notes(struct import *import)
{
    return &import->notes;
}

bool import_rows(struct import *import, struct csv *csv, const char *mapping, int32_t utc_offset_s,
                 struct report *report)
{
    static struct csv_row cells;
    struct columns columns;
    if (!read_header(mapping, report, csv, &cells, &columns))
        return false;
    report->notes = &import->notes;
    while (csv_next(csv, &cells))
        import_row(import, &columns, &cells, utc_offset_s, report);
    report->notes = NULL;
    return true;
}

// ---- writing

// What another file told about the same place or organization stays.
static void fill_from_store(struct import *import, struct store *store, struct record *record)
{
    static char line[RECORD_LINE_BYTES];
    char error[RECORD_ERROR_BYTES];
    size_t length;
    enum record_op op;
    struct record old;
    bool shared = record->type == RECORD_ADDRESS || record->type == RECORD_ORGANIZATION;
    if (shared &&
        store_line(store, record->type, record_head(record)->id, line, sizeof line, &length) &&
        record_from_json(line, length, &import->arena, &op, &old, error))
        fill(record, &old);
}

bool import_stage(struct import *import, struct store *store, uint32_t *ret_changed)
{
    uint32_t changed = 0;
    for (uint32_t i = 0; i < import->count; i++) {
        fill_from_store(import, store, import->entries[i].record);
        enum store_change change = store_put(store, import->entries[i].record, import->now_s);
        if (change == STORE_FAILED)
            return false;
        changed += change == STORE_CHANGED;
    }
    *ret_changed = changed;
    return true;
}

bool import_sweep(struct import *import, struct store *store, bool part, uint32_t *ret_gone)
{
    return store_sweep(store, import->source, part, ret_gone) &&
           store_put_notes(store, import->source, &import->notes);
}

bool import_write(struct import *import, struct store *store, uint32_t *ret_changed,
                  uint32_t *ret_gone)
{
    return store_stage(store) && import_stage(import, store, ret_changed) && store_apply(store) &&
           import_sweep(import, store, false, ret_gone);
}
