#include "base/check.h"
#include "base/file.h"
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
    struct catalog_content content;
    bool copied; // from a base
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
    text_addf(&sql, "CREATE TABLE \"%s\"(\"number\" INTEGER PRIMARY KEY,\"line_hash\" INTEGER",
              record_type_name(type));
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
    bool ok = run(writer, header) &&
              run(writer, "CREATE TABLE catalog(serial INTEGER, published_at INTEGER,"
                          " expires_at INTEGER, region TEXT, record_count INTEGER,"
                          " content_hash INTEGER, skipped_count INTEGER)") &&
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
    text_addf(&sql, "INSERT INTO \"%s\"(\"number\",\"line_hash\",", record_type_name(type));
    store_add_columns(&sql, type, "@");
    text_add(&sql, ") VALUES(?,?,");
    store_add_columns(&sql, type, "?");
    text_add(&sql, ")");
    CHECK(!sql.cut);
    if (!prepare(writer, memory, &writer->puts[type]))
        return false;
    text_clear(&sql);
    text_addf(&sql, "DELETE FROM \"%s\" WHERE \"id\"=? RETURNING \"number\",\"line_hash\"",
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

// A writer whose .new file isn't there yet.
static struct catalog_writer *begin(const char *data_dir, const struct catalog_info *info,
                                    char ret_error[static CATALOG_ERROR_BYTES],
                                    char ret_path[static STORE_PATH_BYTES])
{
    if (info->serial > INT64_MAX || !store_path(data_dir, info->serial, ".new", ret_path)) {
        snprintf(ret_error, CATALOG_ERROR_BYTES, "catalog-%" PRIu64 ".new: serial or path too long",
                 info->serial);
        return NULL;
    }
    unlink(ret_path);
    struct catalog_writer *writer = calloc(1, sizeof *writer);
    CHECK(writer != NULL);
    writer->info = *info;
    writer->data_dir = strdup(data_dir);
    CHECK(writer->data_dir != NULL);
    return writer;
}

// Nobody reads the file before its rename, so it needs no journal, and one fsync before that.
static bool open_file(struct catalog_writer *writer, const char *path)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    return sqlite3_open_v2(path, &writer->database, flags, NULL) == SQLITE_OK &&
           run(writer, "PRAGMA journal_mode=OFF") && run(writer, "PRAGMA synchronous=OFF") &&
           run(writer, "PRAGMA locking_mode=EXCLUSIVE");
}

struct catalog_writer *catalog_writer_create(const char *data_dir, const struct catalog_info *info,
                                             char ret_error[static CATALOG_ERROR_BYTES])
{
    char path[STORE_PATH_BYTES];
    struct catalog_writer *writer = begin(data_dir, info, ret_error, path);
    if (writer == NULL || (open_file(writer, path) && create_schema(writer) &&
                           prepare_all(writer) && run(writer, "BEGIN")))
        return writer;
    fail(writer, "create", ret_error);
    catalog_writer_cancel(writer);
    return NULL;
}

static bool take_over(struct catalog_writer *writer, uint64_t base_serial,
                      char ret_error[static CATALOG_ERROR_BYTES])
{
    if (!prepare_all(writer) || !store_content(writer->database, &writer->content))
        return fail(writer, "read", ret_error);
    if (writer->content.skipped_count > 0) {
        snprintf(ret_error, CATALOG_ERROR_BYTES,
                 "catalog-%" PRIu64 ".db: found %" PRIu32 " skipped lines, expected none",
                 base_serial, writer->content.skipped_count);
        return false;
    }
    return (run(writer, "BEGIN") && run(writer, "DELETE FROM catalog")) ||
           fail(writer, "begin", ret_error);
}

struct catalog_writer *catalog_writer_create_from(const char *data_dir, uint64_t base_serial,
                                                  const struct catalog_info *info,
                                                  char ret_error[static CATALOG_ERROR_BYTES])
{
    char from[STORE_PATH_BYTES];
    char path[STORE_PATH_BYTES];
    struct catalog_writer *writer = begin(data_dir, info, ret_error, path);
    if (writer == NULL)
        return NULL;
    writer->copied = true;
    if (!store_path(data_dir, base_serial, ".db", from) || !file_copy(from, path, 0644))
        snprintf(ret_error, CATALOG_ERROR_BYTES, "catalog-%" PRIu64 ".db: copy: %s", base_serial,
                 strerror(errno));
    else if (!open_file(writer, path))
        fail(writer, "open", ret_error);
    else if (take_over(writer, base_serial, ret_error))
        return writer;
    catalog_writer_cancel(writer);
    return NULL;
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
    bool ok = true;
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

// ret_number becomes that of the row that went; it stays when there was none.
static bool drop_row(struct catalog_writer *writer, enum record_type type, const char *id,
                     int64_t *ret_number)
{
    sqlite3_stmt *statement = writer->drops[type];
    bool ok = sqlite3_bind_text(statement, 1, id, -1, SQLITE_STATIC) == SQLITE_OK;
    int status = ok ? sqlite3_step(statement) : SQLITE_ERROR;
    bool found = status == SQLITE_ROW;
    if (found) {
        *ret_number = sqlite3_column_int64(statement, 0);
        writer->content.hash -= (uint64_t)sqlite3_column_int64(statement, 1);
        writer->content.line_count--;
        status = sqlite3_step(statement);
    }
    ok = sqlite3_reset(statement) == SQLITE_OK && status == SQLITE_DONE;
    sqlite3_clear_bindings(statement);
    return ok && (!found || type != RECORD_GROUP || drop_slots(writer, *ret_number));
}

// number 0: the next one.
static bool put_row(struct catalog_writer *writer, int64_t number, const struct record *record,
                    uint64_t line_hash)
{
    unsigned count;
    const struct field *fields = record_fields(record->type, &count);
    sqlite3_stmt *statement = writer->puts[record->type];
    bool ok = (number == 0 ? sqlite3_bind_null(statement, 1)
                           : sqlite3_bind_int64(statement, 1, number)) == SQLITE_OK &&
              sqlite3_bind_int64(statement, 2, (int64_t)line_hash) == SQLITE_OK;
    for (unsigned i = 0; i < count; i++)
        ok = ok && bind_field(statement, (int)i + 3, &fields[i], record);
    ok = ok && sqlite3_step(statement) == SQLITE_DONE;
    ok = sqlite3_reset(statement) == SQLITE_OK && ok;
    sqlite3_clear_bindings(statement);
    return ok;
}

bool catalog_writer_put(struct catalog_writer *writer, const struct record *record,
                        uint64_t line_hash, char ret_error[static CATALOG_ERROR_BYTES])
{
    int64_t number = 0;
    bool ok = drop_row(writer, record->type, record_head(record)->id, &number) &&
              put_row(writer, number, record, line_hash) &&
              (record->type != RECORD_GROUP ||
               put_slots(writer, sqlite3_last_insert_rowid(writer->database), &record->group));
    writer->content.hash += line_hash;
    writer->content.line_count++;
    return ok || fail(writer, record_type_name(record->type), ret_error);
}

bool catalog_writer_drop(struct catalog_writer *writer, enum record_type type, const char *id,
                         char ret_error[static CATALOG_ERROR_BYTES])
{
    int64_t number = 0;
    return drop_row(writer, type, id, &number) || fail(writer, record_type_name(type), ret_error);
}

void catalog_writer_skip(struct catalog_writer *writer, uint64_t line_hash)
{
    writer->content.hash += line_hash;
    writer->content.line_count++;
    writer->content.skipped_count++;
}

struct catalog_content catalog_writer_content(const struct catalog_writer *writer)
{
    return writer->content;
}

static bool check_counts(const struct catalog_writer *writer,
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
    uint32_t expected = writer->content.line_count - writer->content.skipped_count;
    if (sum != expected) {
        snprintf(ret_error, CATALOG_ERROR_BYTES,
                 "catalog-%" PRIu64 ".new: found %" PRId64 " rows, expected %" PRIu32,
                 writer->info.serial, sum, expected);
        return false;
    }
    return true;
}

static bool write_info(const struct catalog_writer *writer)
{
    sqlite3_stmt *statement = NULL;
    const struct catalog_info *info = &writer->info;
    const struct catalog_content *content = &writer->content;
    bool ok = prepare(writer, "INSERT INTO catalog VALUES(?,?,?,?,?,?,?)", &statement) &&
              sqlite3_bind_int64(statement, 1, (int64_t)info->serial) == SQLITE_OK &&
              sqlite3_bind_int64(statement, 2, info->published_at_s) == SQLITE_OK &&
              sqlite3_bind_int64(statement, 3, info->expires_at_s) == SQLITE_OK &&
              sqlite3_bind_text(statement, 4, info->region, -1, SQLITE_STATIC) == SQLITE_OK &&
              sqlite3_bind_int64(statement, 5, content->line_count - content->skipped_count) ==
                  SQLITE_OK &&
              sqlite3_bind_int64(statement, 6, (int64_t)content->hash) == SQLITE_OK &&
              sqlite3_bind_int64(statement, 7, content->skipped_count) == SQLITE_OK &&
              sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_finalize(statement);
    return ok;
}

static bool complete(const struct catalog_writer *writer,
                     char ret_error[static CATALOG_ERROR_BYTES])
{
    if (!check_counts(writer, ret_error))
        return false;
    // The pages of a base were checked when it was found; reading all of them again would cost as
    // much as all the changes.
    return (write_info(writer) && run(writer, "COMMIT") &&
            (writer->copied || store_is_sound(writer->database))) ||
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
