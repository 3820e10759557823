#include "base/utf8.h"
#include "catalog/store.h"
#include "catalog/store_sql.h"

#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

enum { MINUTES_A_DAY = 1440 };

struct loader {
    sqlite3 *database;
    struct snapshot_builder *builder;
    sqlite3_stmt *slots; // standing on the next row to give out
    bool slots_left;
};

// What a finished file shouldn't hold counts as unknown: the screen must not fall over it.
static const char *read_text(sqlite3_stmt *statement, int column, size_t limit)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    size_t length = (size_t)sqlite3_column_bytes(statement, column);
    bool fine = text != NULL && length < limit && strlen(text) == length;
    return fine && utf8_valid(text, length) ? text : "";
}

static void read_fields(sqlite3_stmt *statement, struct record *record)
{
    unsigned count;
    const struct field *fields = record_fields(record->type, &count);
    for (unsigned i = 0; i < count; i++) {
        const struct field *field = &fields[i];
        int column = (int)i + 1;
        if (sqlite3_column_type(statement, column) == SQLITE_NULL)
            continue;
        if (field->kind == FIELD_TEXT)
            field_set_text(field, record, read_text(statement, column, (size_t)field->limit));
        else if (field->kind == FIELD_DEGREES)
            field_set_degrees(field, record, sqlite3_column_double(statement, column));
        else
            field_set_number(field, record, sqlite3_column_int64(statement, column));
    }
}

static bool within(int number, int low, int high)
{
    return number >= low && number <= high;
}

static void read_slot(struct loader *loader, struct group *group)
{
    int weekday = sqlite3_column_int(loader->slots, 1);
    int parity = sqlite3_column_int(loader->slots, 2);
    int from = sqlite3_column_int(loader->slots, 3);
    int to = sqlite3_column_int(loader->slots, 4);
    if (group->slot_count == RECORD_SLOTS_MAX || !within(weekday, 1, 7) ||
        !within(parity, 0, WEEK_PARITY_COUNT - 1) || !within(from, RECORD_UNKNOWN, MINUTES_A_DAY) ||
        !within(to, RECORD_UNKNOWN, MINUTES_A_DAY))
        return;
    group->slots[group->slot_count++] = (struct slot){
        .weekday = (uint8_t)weekday,
        .parity = (uint8_t)parity,
        .from_min = (int16_t)from,
        .to_min = (int16_t)to,
        .address_id = "",
    };
}

static void next_slot(struct loader *loader)
{
    loader->slots_left = sqlite3_step(loader->slots) == SQLITE_ROW;
}

// Both statements run by group number, so the slots of this group are the next rows.
static void read_slots(struct loader *loader, int64_t number, struct arena *arena,
                       struct group *group)
{
    while (loader->slots_left && sqlite3_column_int64(loader->slots, 0) < number)
        next_slot(loader);
    for (; loader->slots_left && sqlite3_column_int64(loader->slots, 0) == number;
         next_slot(loader)) {
        uint32_t before = group->slot_count;
        read_slot(loader, group);
        const char *address = read_text(loader->slots, 5, RECORD_ID_BYTES);
        if (group->slot_count > before && address[0] != '\0')
            group->slots[before].address_id = arena_copy_text(arena, address, strlen(address));
    }
}

static bool load_type(struct loader *loader, enum record_type type)
{
    char memory[STORE_SQL_BYTES];
    struct text sql;
    text_init(&sql, memory, sizeof memory);
    text_add(&sql, "SELECT \"number\",");
    store_add_columns(&sql, type, "@");
    text_addf(&sql, " FROM \"%s\" ORDER BY \"number\"", record_type_name(type));
    sqlite3_stmt *statement = NULL;
    struct arena arena = {0}; // addresses of slots, until the builder has copied them
    if (sqlite3_prepare_v2(loader->database, memory, -1, &statement, NULL) != SQLITE_OK)
        return false;
    int status;
    uint32_t count = 0;
    while ((status = sqlite3_step(statement)) == SQLITE_ROW) {
        struct record record;
        record_clear(type, &record);
        read_fields(statement, &record);
        if (type == RECORD_GROUP)
            read_slots(loader, sqlite3_column_int64(statement, 0), &arena, &record.group);
        if (record_head(&record)->id[0] != '\0' && count++ < SNAPSHOT_PROGRAMS_MAX)
            snapshot_builder_add(loader->builder, &record);
    }
    arena_finish(&arena);
    sqlite3_finalize(statement);
    return status == SQLITE_DONE;
}

static bool load_records(struct loader *loader)
{
    static const char slots[] = "SELECT group_number, weekday, parity, from_min, to_min, address_id"
                                " FROM slot ORDER BY group_number, position";
    bool ok = sqlite3_prepare_v2(loader->database, slots, -1, &loader->slots, NULL) == SQLITE_OK;
    if (ok)
        next_slot(loader);
    for (int type = 0; type < RECORD_TYPE_COUNT; type++)
        ok = ok && load_type(loader, (enum record_type)type);
    // A failed step leaves its error until the reset.
    ok = sqlite3_reset(loader->slots) == SQLITE_OK && ok;
    sqlite3_finalize(loader->slots);
    return ok;
}

static bool read_info(sqlite3 *database, struct catalog_info *ret_info)
{
    static const char sql[] = "SELECT serial, published_at, expires_at, region FROM catalog";
    sqlite3_stmt *statement = NULL;
    bool ok = sqlite3_prepare_v2(database, sql, -1, &statement, NULL) == SQLITE_OK &&
              sqlite3_step(statement) == SQLITE_ROW;
    if (ok) {
        *ret_info = (struct catalog_info){.serial = (uint64_t)sqlite3_column_int64(statement, 0),
                                          .published_at_s = sqlite3_column_int64(statement, 1),
                                          .expires_at_s = sqlite3_column_int64(statement, 2)};
        text_copy(ret_info->region, sizeof ret_info->region,
                  read_text(statement, 3, sizeof ret_info->region));
    }
    sqlite3_finalize(statement);
    return ok;
}

bool catalog_read_info(const char *data_dir, uint64_t serial, struct catalog_info *ret_info)
{
    char error[CATALOG_ERROR_BYTES];
    sqlite3 *database = store_open(data_dir, serial, error);
    bool ok = database != NULL && read_info(database, ret_info);
    sqlite3_close(database);
    return ok;
}

static struct snapshot *load(struct loader *loader, uint64_t serial)
{
    struct catalog_info info;
    if (!read_info(loader->database, &info) || info.serial != serial || !load_records(loader))
        return NULL;
    struct snapshot *snapshot = snapshot_build(loader->builder, serial, info.published_at_s,
                                               info.expires_at_s, info.region);
    loader->builder = NULL;
    return snapshot;
}

struct snapshot *catalog_load(const char *data_dir, uint64_t serial,
                              char ret_error[static CATALOG_ERROR_BYTES])
{
    struct loader loader = {.database = store_open(data_dir, serial, ret_error)};
    if (loader.database == NULL)
        return NULL;
    loader.builder = snapshot_builder_create();
    struct snapshot *snapshot = load(&loader, serial);
    if (snapshot == NULL)
        snprintf(ret_error, CATALOG_ERROR_BYTES, "catalog-%" PRIu64 ".db: read: %s", serial,
                 sqlite3_errmsg(loader.database));
    snapshot_builder_destroy(loader.builder);
    sqlite3_close(loader.database);
    return snapshot;
}
