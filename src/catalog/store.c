#include "catalog/store.h"

#include "catalog/store_sql.h"

#include <dirent.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char finished[] = ".db";
static const char unfinished[] = ".new";

bool store_path(const char *data_dir, uint64_t serial, const char *suffix,
                char ret_path[static STORE_PATH_BYTES])
{
    int length =
        snprintf(ret_path, STORE_PATH_BYTES, "%s/catalog-%" PRIu64 "%s", data_dir, serial, suffix);
    return length > 0 && length < STORE_PATH_BYTES;
}

bool store_uri(const char *data_dir, uint64_t serial, char ret_uri[static STORE_PATH_BYTES])
{
    char path[STORE_PATH_BYTES];
    struct text uri;
    text_init(&uri, ret_uri, STORE_PATH_BYTES);
    text_add(&uri, "file:");
    if (!store_path(data_dir, serial, finished, path))
        return false;
    for (const char *at = path; *at != '\0'; at++) {
        if (strchr("?#%", *at) != NULL)
            text_addf(&uri, "%%%02X", (unsigned char)*at);
        else
            text_add_bytes(&uri, at, 1);
    }
    text_add(&uri, "?immutable=1&mode=ro");
    return !uri.cut;
}

void store_add_columns(struct text *sql, enum record_type type, const char *form)
{
    unsigned count;
    const struct field *fields = record_fields(type, &count);
    for (unsigned i = 0; i < count; i++) {
        text_add(sql, i > 0 ? "," : "");
        for (const char *at = form; *at != '\0'; at++) {
            if (*at == '@')
                text_addf(sql, "\"%s\"", fields[i].name);
            else
                text_add_bytes(sql, at, 1);
        }
    }
}

bool store_number(sqlite3 *database, const char *sql, int64_t *ret_number)
{
    sqlite3_stmt *statement = NULL;
    bool ok = sqlite3_prepare_v2(database, sql, -1, &statement, NULL) == SQLITE_OK &&
              sqlite3_step(statement) == SQLITE_ROW;
    if (ok)
        *ret_number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return ok;
}

bool store_content(sqlite3 *database, struct catalog_content *ret_content)
{
    static const char sql[] = "SELECT content_hash, record_count, skipped_count FROM catalog";
    sqlite3_stmt *statement = NULL;
    bool ok = sqlite3_prepare_v2(database, sql, -1, &statement, NULL) == SQLITE_OK &&
              sqlite3_step(statement) == SQLITE_ROW;
    if (ok) {
        uint32_t skipped_count = (uint32_t)sqlite3_column_int64(statement, 2);
        *ret_content = (struct catalog_content){
            .hash = (uint64_t)sqlite3_column_int64(statement, 0),
            .line_count = (uint32_t)sqlite3_column_int64(statement, 1) + skipped_count,
            .skipped_count = skipped_count,
        };
    }
    sqlite3_finalize(statement);
    return ok;
}

bool store_is_sound(sqlite3 *database)
{
    sqlite3_stmt *statement = NULL;
    bool ok = sqlite3_prepare_v2(database, "PRAGMA main.quick_check(1)", -1, &statement, NULL) ==
                  SQLITE_OK &&
              sqlite3_step(statement) == SQLITE_ROW &&
              strcmp((const char *)sqlite3_column_text(statement, 0), "ok") == 0;
    sqlite3_finalize(statement);
    return ok;
}

sqlite3 *store_open(const char *data_dir, uint64_t serial,
                    char ret_error[static CATALOG_ERROR_BYTES])
{
    char uri[STORE_PATH_BYTES];
    sqlite3 *database = NULL;
    int64_t application = 0;
    int64_t schema = 0;
    if (!store_uri(data_dir, serial, uri)) {
        snprintf(ret_error, CATALOG_ERROR_BYTES, "catalog-%" PRIu64 ".db: path too long", serial);
        return NULL;
    }
    int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(uri, &database, flags, NULL) != SQLITE_OK ||
        sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL) != SQLITE_OK ||
        !store_number(database, "PRAGMA application_id", &application) ||
        !store_number(database, "PRAGMA user_version", &schema)) {
        snprintf(ret_error, CATALOG_ERROR_BYTES, "catalog-%" PRIu64 ".db: %s", serial,
                 sqlite3_errmsg(database));
    } else if (application != STORE_APPLICATION || schema != CATALOG_SCHEMA) {
        snprintf(ret_error, CATALOG_ERROR_BYTES,
                 "catalog-%" PRIu64 ".db: found schema %" PRId64 " of application %" PRIx64
                 ", expected schema %d",
                 serial, schema, (uint64_t)application, CATALOG_SCHEMA);
    } else {
        return database;
    }
    sqlite3_close(database);
    return NULL;
}

bool catalog_read_content(const char *data_dir, uint64_t serial,
                          struct catalog_content *ret_content)
{
    char error[CATALOG_ERROR_BYTES];
    sqlite3 *database = store_open(data_dir, serial, error);
    bool ok = database != NULL && store_content(database, ret_content);
    sqlite3_close(database);
    return ok;
}

// "catalog-17" + suffix, written exactly so.
static bool parse_name(const char *name, const char *suffix, uint64_t *ret_serial)
{
    char expected[64];
    char *end;
    if (strncmp(name, "catalog-", 8) != 0 || name[8] < '0' || name[8] > '9')
        return false;
    uint64_t serial = strtoull(name + 8, &end, 10);
    snprintf(expected, sizeof expected, "catalog-%" PRIu64 "%s", serial, suffix);
    if (strcmp(name, expected) != 0)
        return false;
    *ret_serial = serial;
    return true;
}

// The greatest serial of a finished file that isn't above `at_most`.
static bool find_at_most(const char *data_dir, uint64_t at_most, uint64_t *ret_serial)
{
    DIR *folder = opendir(data_dir);
    bool found = false;
    if (folder == NULL)
        return false;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        uint64_t serial;
        if (parse_name(entry->d_name, finished, &serial) && serial <= at_most &&
            (!found || serial > *ret_serial)) {
            *ret_serial = serial;
            found = true;
        }
    }
    closedir(folder);
    return found;
}

static bool is_readable(const char *data_dir, uint64_t serial)
{
    char error[CATALOG_ERROR_BYTES];
    sqlite3 *database = store_open(data_dir, serial, error);
    bool ok = database != NULL && store_is_sound(database);
    sqlite3_close(database);
    return ok;
}

bool catalog_find_newest(const char *data_dir, uint64_t *ret_serial)
{
    uint64_t serial = 0;
    for (uint64_t at_most = UINT64_MAX; find_at_most(data_dir, at_most, &serial);
         at_most = serial - 1) {
        if (is_readable(data_dir, serial)) {
            *ret_serial = serial;
            return true;
        }
        if (serial == 0)
            break;
    }
    return false;
}

void catalog_prune(const char *data_dir, unsigned keep)
{
    uint64_t oldest = UINT64_MAX;
    uint64_t at_most = UINT64_MAX;
    uint64_t serial = 0;
    for (unsigned kept = 0; kept < keep && find_at_most(data_dir, at_most, &serial); kept++) {
        oldest = serial;
        if (serial == 0)
            break;
        at_most = serial - 1;
    }
    DIR *folder = opendir(data_dir);
    if (folder == NULL)
        return;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if ((parse_name(entry->d_name, finished, &serial) && (keep == 0 || serial < oldest)) ||
            parse_name(entry->d_name, unfinished, &serial))
            unlinkat(dirfd(folder), entry->d_name, 0);
    closedir(folder);
}
