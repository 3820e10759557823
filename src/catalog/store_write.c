#include "base/check.h"
#include "catalog/store.h"
#include "catalog/store_sql.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct catalog_writer {
    sqlite3 *database;
    struct catalog_info info;
    char *data_dir;
    bool touched; // by a put or a drop
    sqlite3_stmt *puts[RECORD_TYPE_COUNT];
    sqlite3_stmt *drops[RECORD_TYPE_COUNT];
    sqlite3_stmt *put_slot;
    sqlite3_stmt *drop_slots;
};

static bool fail(const struct catalog_writer *writer, const char *what,
                 char ret_error[static CATALOG_ERROR_BYTES])
{
    snprintf(ret_error, CATALOG_ERROR_BYTES, "catalog-%" PRIu64 ".new: %s: %s", writer->info.serial,
             what, sqlite3_errmsg(writer->database));
    return false;
}

static bool run(const struct catalog_writer *writer, const char *sql)
{
    return sqlite3_exec(writer->database, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static const char *column_type(enum field_kind kind)
{
    return kind == FIELD_TEXT ? "TEXT" : kind == FIELD_DEGREES ? "REAL" : "INTEGER";
}

static bool create_table(const struct catalog_writer *writer, enum record_type type)
{
    char memory[STORE_SQL_BYTES];
    struct text sql;
    text_init(&sql, memory, sizeof memory);
    text_addf(&sql, "CREATE TABLE \"%s\"(\"number\" INTEGER PRIMARY KEY", record_type_name(type));
    unsigned count;
    const struct field *fields = record_fields(type, &count);
    for (unsigned i = 0; i < count; i++)
        text_addf(&sql, ",\"%s\" %s%s", fields[i].name, column_type(fields[i].kind),
                  i == 0 ? " NOT NULL UNIQUE" : "");
    text_add(&sql, ")");
    CHECK(!sql.cut);
    return run(writer, memory);
}

static bool create_schema(const struct catalog_writer *writer)
{
    char header[128];
    snprintf(header, sizeof header, "PRAGMA application_id=%d;PRAGMA user_version=%d",
             STORE_APPLICATION, CATALOG_SCHEMA);
    // Nobody reads the file before its rename, so it needs no journal.
    bool ok = run(writer, "PRAGMA journal_mode=OFF") && run(writer, "PRAGMA synchronous=FULL") &&
              run(writer, "PRAGMA locking_mode=EXCLUSIVE") && run(writer, header) &&
              run(writer, "CREATE TABLE catalog(serial INTEGER, published_at INTEGER,"
                          " expires_at INTEGER, region TEXT, record_count INTEGER)") &&
              run(writer, "CREATE TABLE slot(group_number INTEGER, position INTEGER,"
                          " weekday INTEGER, parity INTEGER, from_min INTEGER, to_min INTEGER,"
                          " address_id TEXT, PRIMARY KEY(group_number, position)) WITHOUT ROWID");
    for (int type = 0; type < RECORD_TYPE_COUNT; type++)
        ok = ok && create_table(writer, (enum record_type)type);
    return ok;
}

static bool prepare(const struct catalog_writer *writer, const char *sql, sqlite3_stmt **statement)
{
    return sqlite3_prepare_v3(writer->database, sql, -1, SQLITE_PREPARE_PERSISTENT, statement,
                              NULL) == SQLITE_OK;
}

static bool prepare_type(struct catalog_writer *writer, enum record_type type)
{
    char memory[STORE_SQL_BYTES];
    struct text sql;
    text_init(&sql, memory, sizeof memory);
    text_addf(&sql, "INSERT INTO \"%s\"(", record_type_name(type));
    store_add_columns(&sql, type, "@");
    unsigned count;
    record_fields(type, &count);
    text_add(&sql, ") VALUES(?");
    for (unsigned i = 1; i < count; i++)
        text_add(&sql, ",?");
    text_add(&sql, ") ON CONFLICT(\"id\") DO UPDATE SET ");
    store_add_columns(&sql, type, "@=excluded.@");
    text_add(&sql, " RETURNING \"number\"");
    CHECK(!sql.cut);
    if (!prepare(writer, memory, &writer->puts[type]))
        return false;
    text_clear(&sql);
    text_addf(&sql, "DELETE FROM \"%s\" WHERE \"id\"=? RETURNING \"number\"",
              record_type_name(type));
    return prepare(writer, memory, &writer->drops[type]);
}

static bool prepare_all(struct catalog_writer *writer)
{
    bool ok = prepare(writer, "INSERT INTO slot VALUES(?,?,?,?,?,?,?)", &writer->put_slot) &&
              prepare(writer, "DELETE FROM slot WHERE group_number=?", &writer->drop_slots);
    for (int type = 0; type < RECORD_TYPE_COUNT; type++)
        ok = ok && prepare_type(writer, (enum record_type)type);
    return ok;
}

static void close_database(struct catalog_writer *writer)
{
    for (int type = 0; type < RECORD_TYPE_COUNT; type++) {
        sqlite3_finalize(writer->puts[type]);
        sqlite3_finalize(writer->drops[type]);
    }
    sqlite3_finalize(writer->put_slot);
    sqlite3_finalize(writer->drop_slots);
    sqlite3_close(writer->database);
}

static void forget(struct catalog_writer *writer)
{
    free(writer->data_dir);
    free(writer);
}

struct catalog_writer *catalog_writer_create(const char *data_dir, const struct catalog_info *info,
                                             char ret_error[static CATALOG_ERROR_BYTES])
{
    char path[STORE_PATH_BYTES];
    if (info->serial > INT64_MAX || !store_path(data_dir, info->serial, ".new", path)) {
        snprintf(ret_error, CATALOG_ERROR_BYTES, "catalog-%" PRIu64 ".new: serial or path too long",
                 info->serial);
        return NULL;
    }
    unlink(path);
    struct catalog_writer *writer = calloc(1, sizeof *writer);
    CHECK(writer != NULL);
    writer->info = *info;
    writer->data_dir = strdup(data_dir);
    CHECK(writer->data_dir != NULL);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI;
    if (sqlite3_open_v2(path, &writer->database, flags, NULL) == SQLITE_OK &&
        create_schema(writer) && prepare_all(writer) && run(writer, "BEGIN"))
        return writer;
    fail(writer, "create", ret_error);
    catalog_writer_cancel(writer);
    return NULL;
}

static bool attach(struct catalog_writer *writer, const char *uri)
{
    sqlite3_stmt *statement = NULL;
    bool ok = prepare(writer, "ATTACH ? AS older", &statement) &&
              sqlite3_bind_text(statement, 1, uri, -1, SQLITE_STATIC) == SQLITE_OK &&
              sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_finalize(statement);
    return ok;
}

static bool copy_table(const struct catalog_writer *writer, const char *table)
{
    char sql[160];
    snprintf(sql, sizeof sql, "INSERT INTO main.\"%s\" SELECT * FROM older.\"%s\"", table, table);
    return run(writer, sql);
}

bool catalog_writer_copy_from(struct catalog_writer *writer, uint64_t serial,
                              char ret_error[static CATALOG_ERROR_BYTES])
{
    CHECK(!writer->touched);
    char uri[STORE_PATH_BYTES];
    sqlite3 *older = store_open(writer->data_dir, serial, ret_error);
    if (older == NULL)
        return false;
    sqlite3_close(older);
    // SQLite attaches only outside of a transaction; nothing has been written in it yet.
    bool ok = store_uri(writer->data_dir, serial, uri) && run(writer, "COMMIT") &&
              attach(writer, uri) && run(writer, "BEGIN") && copy_table(writer, "slot");
    for (int type = 0; type < RECORD_TYPE_COUNT; type++)
        ok = ok && copy_table(writer, record_type_name((enum record_type)type));
    return ok || fail(writer, "copy", ret_error);
}

static bool bind_field(sqlite3_stmt *statement, int place, const struct field *field,
                       const struct record *record)
{
    int64_t number;
    if (field->kind == FIELD_TEXT) {
        const char *text = field_text(field, record);
        return text[0] == '\0'
                   ? sqlite3_bind_null(statement, place) == SQLITE_OK
                   : sqlite3_bind_text(statement, place, text, -1, SQLITE_STATIC) == SQLITE_OK;
    }
    if (field->kind == FIELD_DEGREES)
        return sqlite3_bind_double(statement, place, field_degrees(field, record)) == SQLITE_OK;
    if (field_number(field, record, &number))
        return sqlite3_bind_int64(statement, place, number) == SQLITE_OK;
    return sqlite3_bind_null(statement, place) == SQLITE_OK;
}

// Runs a statement that returns at most one number; ret_found tells whether it did.
static bool run_returning(sqlite3_stmt *statement, int64_t *ret_number, bool *ret_found)
{
    int status = sqlite3_step(statement);
    *ret_found = status == SQLITE_ROW;
    if (*ret_found) {
        *ret_number = sqlite3_column_int64(statement, 0);
        status = sqlite3_step(statement);
    }
    return (sqlite3_reset(statement) == SQLITE_OK) && status == SQLITE_DONE;
}

static bool drop_slots(const struct catalog_writer *writer, int64_t group_number)
{
    sqlite3_stmt *statement = writer->drop_slots;
    bool ok = sqlite3_bind_int64(statement, 1, group_number) == SQLITE_OK &&
              sqlite3_step(statement) == SQLITE_DONE;
    return sqlite3_reset(statement) == SQLITE_OK && ok;
}

static bool put_slots(const struct catalog_writer *writer, int64_t group_number,
                      const struct group *group)
{
    sqlite3_stmt *statement = writer->put_slot;
    bool ok = drop_slots(writer, group_number);
    for (uint32_t i = 0; ok && i < group->slot_count; i++) {
        const struct slot *slot = &group->slots[i];
        ok = sqlite3_bind_int64(statement, 1, group_number) == SQLITE_OK &&
             sqlite3_bind_int64(statement, 2, i) == SQLITE_OK &&
             sqlite3_bind_int(statement, 3, slot->weekday) == SQLITE_OK &&
             sqlite3_bind_int(statement, 4, slot->parity) == SQLITE_OK &&
             sqlite3_bind_int(statement, 5, slot->from_min) == SQLITE_OK &&
             sqlite3_bind_int(statement, 6, slot->to_min) == SQLITE_OK &&
             sqlite3_bind_text(statement, 7, slot->address_id, -1, SQLITE_STATIC) == SQLITE_OK &&
             sqlite3_step(statement) == SQLITE_DONE;
        ok = sqlite3_reset(statement) == SQLITE_OK && ok;
    }
    return ok;
}

bool catalog_writer_put(struct catalog_writer *writer, const struct record *record,
                        char ret_error[static CATALOG_ERROR_BYTES])
{
    unsigned count;
    const struct field *fields = record_fields(record->type, &count);
    sqlite3_stmt *statement = writer->puts[record->type];
    int64_t number = 0;
    bool found = false;
    bool ok = true;
    writer->touched = true;
    for (unsigned i = 0; i < count; i++)
        ok = ok && bind_field(statement, (int)i + 1, &fields[i], record);
    ok = ok && run_returning(statement, &number, &found) && found;
    sqlite3_clear_bindings(statement);
    if (ok && record->type == RECORD_GROUP)
        ok = put_slots(writer, number, &record->group);
    return ok || fail(writer, record_type_name(record->type), ret_error);
}

bool catalog_writer_drop(struct catalog_writer *writer, enum record_type type, const char *id,
                         char ret_error[static CATALOG_ERROR_BYTES])
{
    sqlite3_stmt *statement = writer->drops[type];
    int64_t number = 0;
    bool found = false;
    writer->touched = true;
    bool ok = sqlite3_bind_text(statement, 1, id, -1, SQLITE_STATIC) == SQLITE_OK &&
              run_returning(statement, &number, &found);
    sqlite3_clear_bindings(statement);
    if (ok && found && type == RECORD_GROUP)
        ok = drop_slots(writer, number);
    return ok || fail(writer, record_type_name(type), ret_error);
}

static bool count_records(const struct catalog_writer *writer, int64_t *ret_sum,
                          char ret_error[static CATALOG_ERROR_BYTES])
{
    int64_t sum = 0;
    for (int type = 0; type < RECORD_TYPE_COUNT; type++) {
        const char *name = record_type_name((enum record_type)type);
        char sql[96];
        int64_t count;
        snprintf(sql, sizeof sql, "SELECT count(*) FROM main.\"%s\"", name);
        if (!store_number(writer->database, sql, &count))
            return fail(writer, "count", ret_error);
        if (count > SNAPSHOT_PROGRAMS_MAX) {
            snprintf(ret_error, CATALOG_ERROR_BYTES,
                     "catalog-%" PRIu64 ".new: found %" PRId64 " of %s, expected at most %d",
                     writer->info.serial, count, name, SNAPSHOT_PROGRAMS_MAX);
            return false;
        }
        sum += count;
    }
    *ret_sum = sum;
    return true;
}

static bool write_info(const struct catalog_writer *writer, int64_t record_count)
{
    sqlite3_stmt *statement = NULL;
    const struct catalog_info *info = &writer->info;
    bool ok = prepare(writer, "INSERT INTO catalog VALUES(?,?,?,?,?)", &statement) &&
              sqlite3_bind_int64(statement, 1, (int64_t)info->serial) == SQLITE_OK &&
              sqlite3_bind_int64(statement, 2, info->published_at_s) == SQLITE_OK &&
              sqlite3_bind_int64(statement, 3, info->expires_at_s) == SQLITE_OK &&
              sqlite3_bind_text(statement, 4, info->region, -1, SQLITE_STATIC) == SQLITE_OK &&
              sqlite3_bind_int64(statement, 5, record_count) == SQLITE_OK &&
              sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_finalize(statement);
    return ok;
}

static bool complete(const struct catalog_writer *writer,
                     char ret_error[static CATALOG_ERROR_BYTES])
{
    int64_t record_count;
    if (!count_records(writer, &record_count, ret_error))
        return false;
    return (write_info(writer, record_count) && run(writer, "COMMIT") &&
            store_is_sound(writer->database)) ||
           fail(writer, "finish", ret_error);
}

static bool sync_path(const char *path, int flags)
{
    int fd = open(path, flags | O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool ok = fsync(fd) == 0;
    close(fd);
    return ok;
}

bool catalog_writer_finish(struct catalog_writer *writer,
                           char ret_error[static CATALOG_ERROR_BYTES])
{
    char from[STORE_PATH_BYTES];
    char to[STORE_PATH_BYTES];
    CHECK(store_path(writer->data_dir, writer->info.serial, ".new", from));
    if (!complete(writer, ret_error)) {
        catalog_writer_cancel(writer);
        return false;
    }
    close_database(writer);
    bool ok = store_path(writer->data_dir, writer->info.serial, ".db", to) && sync_path(from, 0) &&
              rename(from, to) == 0 && sync_path(writer->data_dir, O_DIRECTORY);
    if (!ok) {
        snprintf(ret_error, CATALOG_ERROR_BYTES, "catalog-%" PRIu64 ".new: rename: %s",
                 writer->info.serial, strerror(errno));
        unlink(from);
    }
    forget(writer);
    return ok;
}

void catalog_writer_cancel(struct catalog_writer *writer)
{
    char path[STORE_PATH_BYTES];
    if (writer == NULL)
        return;
    close_database(writer);
    if (store_path(writer->data_dir, writer->info.serial, ".new", path))
        unlink(path);
    forget(writer);
}
