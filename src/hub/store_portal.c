#include "hub/store_portal.h"

#include "hub/store_sql.h"

#include <sqlite3.h>
#include <string.h>

bool store_portal_prepare(struct store *store)
{
    static const char *const tables[] = {
        "CREATE TABLE IF NOT EXISTS portal_place(source TEXT, id INTEGER, name TEXT NOT NULL,"
        " PRIMARY KEY(source, id)) WITHOUT ROWID",
        "CREATE TABLE IF NOT EXISTS portal_page(source TEXT, path TEXT, etag TEXT NOT NULL,"
        " body TEXT NOT NULL, PRIMARY KEY(source, path))",
        "CREATE TABLE IF NOT EXISTS portal_program(source TEXT, id INTEGER, place INTEGER NOT NULL,"
        " item TEXT NOT NULL, asked INTEGER NOT NULL, etag TEXT NOT NULL, detail TEXT NOT NULL,"
        " PRIMARY KEY(source, id))",
        "CREATE INDEX IF NOT EXISTS portal_program_place ON portal_program(source, place)",
        "PRAGMA synchronous = NORMAL",
    };
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof tables / sizeof *tables; i++)
        ok = store_run(store_prepare(store, tables[i], NO_VALUES));
    return ok;
}

bool store_portal_finish(struct store *store)
{
    return store_run(store_prepare(store, "PRAGMA synchronous = FULL", NO_VALUES));
}

static const char *text_of(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return text != NULL ? text : "";
}

bool store_put_portal_place(struct store *store, const char *source, int64_t place,
                            const char *name)
{
    return store_run(store_prepare(
        store, "INSERT OR REPLACE INTO portal_place(source, id, name) VALUES(?, ?, ?)",
        VALUES(TEXT(source), NUMBER(place), TEXT(name))));
}

bool store_each_portal_place(struct store *store, const char *source,
                             void (*visit)(void *context, int64_t place, const char *name),
                             void *context)
{
    sqlite3_stmt *statement =
        store_prepare(store, "SELECT id, name FROM portal_place WHERE source = ? ORDER BY id",
                      VALUES(TEXT(source)));
    while (store_row(statement))
        visit(context, sqlite3_column_int64(statement, 0), text_of(statement, 1));
    return store_done(statement);
}

bool store_put_portal_page(struct store *store, const char *source, const char *path,
                           const char *etag, const char *body)
{
    return store_run(store_prepare(
        store, "INSERT OR REPLACE INTO portal_page(source, path, etag, body) VALUES(?, ?, ?, ?)",
        VALUES(TEXT(source), TEXT(path), TEXT(etag), TEXT(body))));
}

bool store_portal_page(struct store *store, const char *source, const char *path,
                       char ret_etag[static STORE_ETAG_BYTES], char **ret_body)
{
    sqlite3_stmt *statement =
        store_prepare(store, "SELECT etag, body FROM portal_page WHERE source = ? AND path = ?",
                      VALUES(TEXT(source), TEXT(path)));
    ret_etag[0] = '\0';
    *ret_body = NULL;
    if (store_row(statement)) {
        store_text(statement, 0, ret_etag, STORE_ETAG_BYTES);
        *ret_body = strdup(text_of(statement, 1));
    }
    return store_done(statement);
}

bool store_put_portal_item(struct store *store, const char *source, int64_t place, int64_t program,
                           const char *item)
{
    return store_run(store_prepare(
        store,
        "INSERT INTO portal_program(source, id, place, item, asked, etag, detail)"
        " VALUES(?, ?, ?, ?, 0, '', '') ON CONFLICT(source, id) DO UPDATE SET place ="
        " excluded.place, asked = iif(item = excluded.item, asked, 0), item = excluded.item"
        " WHERE place <> excluded.place OR item <> excluded.item",
        VALUES(TEXT(source), NUMBER(program), NUMBER(place), TEXT(item))));
}

bool store_each_portal_id(struct store *store, const char *source, int64_t place,
                          void (*visit)(void *context, int64_t program), void *context)
{
    sqlite3_stmt *statement = store_prepare(
        store, "SELECT id FROM portal_program WHERE source = ? AND place = ? ORDER BY id",
        VALUES(TEXT(source), NUMBER(place)));
    while (store_row(statement))
        visit(context, sqlite3_column_int64(statement, 0));
    return store_done(statement);
}

bool store_drop_portal_program(struct store *store, const char *source, int64_t program)
{
    return store_run(store_prepare(store, "DELETE FROM portal_program WHERE source = ? AND id = ?",
                                   VALUES(TEXT(source), NUMBER(program))));
}

bool store_portal_due(struct store *store, const char *source, int64_t since_s, int64_t after,
                      int64_t *ret_program, char ret_etag[static STORE_ETAG_BYTES])
{
    sqlite3_stmt *statement = store_prepare(
        store,
        "SELECT id, etag FROM portal_program WHERE source = ? AND id > ? AND asked < ?"
        " ORDER BY id LIMIT 1",
        VALUES(TEXT(source), NUMBER(after), NUMBER(since_s)));
    bool found = store_row(statement);
    if (found) {
        *ret_program = sqlite3_column_int64(statement, 0);
        store_text(statement, 1, ret_etag, STORE_ETAG_BYTES);
    }
    return store_done(statement) && found;
}

bool store_put_portal_detail(struct store *store, const char *source, int64_t program,
                             int64_t now_s, const char *etag, const char *body)
{
    static const char confirmed[] =
        "UPDATE portal_program SET asked = ?1 WHERE source = ?2 AND id = ?3";
    static const char fresh[] = "UPDATE portal_program SET asked = ?1, etag = ?4, detail = ?5 "
                                "WHERE source = ?2 AND id = ?3";
    return body == NULL
               ? store_run(store_prepare(store, confirmed,
                                         VALUES(NUMBER(now_s), TEXT(source), NUMBER(program))))
               : store_run(store_prepare(
                     store, fresh,
                     VALUES(NUMBER(now_s), TEXT(source), NUMBER(program), TEXT(etag), TEXT(body))));
}

bool store_each_portal_program(struct store *store, const char *source,
                               void (*visit)(void *context, const struct portal_program *program),
                               void *context)
{
    sqlite3_stmt *statement =
        store_prepare(store,
                      "SELECT p.id, coalesce(q.name, ''), p.item, p.detail, p.asked"
                      " FROM portal_program p"
                      " LEFT JOIN portal_place q ON q.source = p.source AND q.id = p.place"
                      " WHERE p.source = ? ORDER BY p.id",
                      VALUES(TEXT(source)));
    while (store_row(statement))
        visit(context, &(struct portal_program){.id = sqlite3_column_int64(statement, 0),
                                                .place = text_of(statement, 1),
                                                .item = text_of(statement, 2),
                                                .detail = text_of(statement, 3),
                                                .asked_s = sqlite3_column_int64(statement, 4)});
    return store_done(statement);
}
