#include "base/text.h"
#include "catalog/record_json.h"
#include "hub/store_sql.h"

#include <sqlite3.h>
#include <string.h>

// "modified, line, source" of a record, what is staged before what is there.
static sqlite3_stmt *select_record(struct store *store, enum record_type type, const char *id)
{
    static const char there[] =
        "SELECT modified, line, source FROM record WHERE type = ?1 AND id = ?2";
    static const char staged[] =
        "SELECT modified, line, source FROM staged WHERE type = ?1 AND id = ?2 UNION ALL"
        " SELECT modified, line, source FROM record WHERE type = ?1 AND id = ?2 LIMIT 1";
    return store_prepare(store, store->staging ? staged : there, VALUES(NUMBER(type), TEXT(id)));
}

// Reads what is there: 1 found, 0 none, -1 failed.
static int find_old(struct store *store, const struct record *record, int64_t *ret_modified_s,
                    char ret_line[static RECORD_LINE_BYTES], char *ret_source, size_t capacity)
{
    sqlite3_stmt *statement = select_record(store, record->type, record_head(record)->id);
    int found = store_row(statement);
    if (found) {
        *ret_modified_s = sqlite3_column_int64(statement, 0);
        store_text(statement, 1, ret_line, RECORD_LINE_BYTES);
        store_text(statement, 2, ret_source, capacity);
    }
    return store_done(statement) ? found : -1;
}

static struct record_head *head_of(struct record *record)
{
    return &record->municipality.head;
}

static bool touch(struct store *store, const struct record *record)
{
    return store_run(store_prepare(store, "INSERT OR IGNORE INTO touched(type, id) VALUES(?, ?)",
                                   VALUES(NUMBER(record->type), TEXT(record_head(record)->id))));
}

// One line per record is written at a time, so these stand once and not on the stack.
static char old_line[RECORD_LINE_BYTES];
static char new_line[RECORD_LINE_BYTES];

// Exports seldom tell when places were counted, so that it is the time of the import. For a part of
// the week in which places count as known (SEATS_STALE_S) this alone makes no new record: or each
// import would change every group, and each delta be as large as all of them.
static void keep_times(struct record *record, int64_t modified_s, int64_t now_s)
{
    enum { COUNTED_KEPT_S = 2 * 24 * 3600 };
    int64_t age_s = now_s - modified_s;
    head_of(record)->modified_s = modified_s;
    if (record->type == RECORD_GROUP && record->group.places_known_at_s == now_s && age_s >= 0 &&
        age_s < COUNTED_KEPT_S)
        record->group.places_known_at_s = modified_s;
}

enum store_change store_put(struct store *store, const struct record *record, int64_t now_s)
{
    int64_t modified_s = now_s;
    char source[RECORD_TITLE_BYTES];
    int found = find_old(store, record, &modified_s, old_line, source, sizeof source);
    if (found < 0 || !touch(store, record))
        return STORE_FAILED;
    struct record copy = *record;
    struct text text;
    keep_times(&copy, modified_s, now_s);
    text_init(&text, new_line, sizeof new_line);
    if (!record_to_json(RECORD_PUT, &copy, &text))
        return STORE_FAILED;
    if (found && strcmp(old_line, new_line) == 0)
        return STORE_UNCHANGED;
    if (found && modified_s != now_s) {
        copy = *record;
        head_of(&copy)->modified_s = now_s;
        text_clear(&text);
        record_to_json(RECORD_PUT, &copy, &text);
    }
    static const char there[] =
        "INSERT OR REPLACE INTO record(type, id, source, modified, line) VALUES(?, ?, ?, ?, ?)";
    static const char staged[] =
        "INSERT OR REPLACE INTO staged(type, id, source, modified, line) VALUES(?, ?, ?, ?, ?)";
    bool written = store_run(
        store_prepare(store, store->staging ? staged : there,
                      VALUES(NUMBER(record->type), TEXT(record_head(record)->id),
                             TEXT(record_head(record)->source), NUMBER(now_s), TEXT(new_line))));
    return written ? STORE_CHANGED : STORE_FAILED;
}

bool store_mark(struct store *store)
{
    return store_run(store_prepare(store,
                                   "CREATE TEMP TABLE IF NOT EXISTS touched(type INTEGER, id TEXT,"
                                   " PRIMARY KEY(type, id)) WITHOUT ROWID",
                                   NO_VALUES)) &&
           store_run(store_prepare(store, "DELETE FROM touched", NO_VALUES));
}

bool store_stage(struct store *store)
{
    store->staging =
        store_mark(store) &&
        store_run(store_prepare(store,
                                "CREATE TEMP TABLE IF NOT EXISTS staged(type INTEGER, id TEXT,"
                                " source TEXT NOT NULL, modified INTEGER NOT NULL,"
                                " line TEXT NOT NULL, PRIMARY KEY(type, id)) WITHOUT ROWID",
                                NO_VALUES)) &&
        store_run(store_prepare(store, "DELETE FROM staged", NO_VALUES));
    return store->staging;
}

bool store_apply(struct store *store)
{
    store->staging = false;
    return store_run(
        store_prepare(store,
                      "INSERT OR REPLACE INTO record(type, id, source, modified, line)"
                      " SELECT type, id, source, modified, line FROM staged ORDER BY type, id",
                      NO_VALUES));
}

// Deletes the records of a type that no record of another one names in its field.
static bool drop_unnamed(struct store *store, const char *condition, enum record_type type)
{
    char sql[1024];
    struct text text;
    text_init(&text, sql, sizeof sql);
    text_addf(&text, "DELETE FROM record WHERE type = ? AND id NOT IN (%s)", condition);
    return store_run(store_prepare(store, sql, VALUES(NUMBER(type))));
}

bool store_sweep(struct store *store, const char *source, bool part, uint32_t *ret_gone)
{
    static const char whole[] =
        "DELETE FROM record WHERE source = ? AND type IN (3, 4) AND NOT EXISTS"
        " (SELECT 1 FROM touched WHERE touched.type = record.type"
        "  AND touched.id = record.id)";
    static const char of_named_programs[] =
        "DELETE FROM record WHERE source = ? AND type = 4 AND NOT EXISTS"
        " (SELECT 1 FROM touched WHERE touched.type = 4 AND touched.id = record.id) AND EXISTS"
        " (SELECT 1 FROM touched WHERE touched.type = 3"
        "  AND touched.id = json_extract(record.line, '$.program_id'))";
    _Static_assert(RECORD_MUNICIPALITY == 0 && RECORD_ADDRESS == 1 && RECORD_ORGANIZATION == 2 &&
                       RECORD_PROGRAM == 3 && RECORD_GROUP == 4,
                   "types in the SQL below");
    bool ok =
        store_run(store_prepare(store, part ? of_named_programs : whole, VALUES(TEXT(source))));
    *ret_gone = (uint32_t)sqlite3_changes(store->db);
    return ok &&
           drop_unnamed(store,
                        "SELECT json_extract(line, '$.organization_id') FROM record WHERE type = 3"
                        " AND json_extract(line, '$.organization_id') IS NOT NULL",
                        RECORD_ORGANIZATION) &&
           drop_unnamed(store,
                        "SELECT json_extract(line, '$.address_id') FROM record WHERE type = 4"
                        " AND json_extract(line, '$.address_id') IS NOT NULL"
                        " UNION SELECT json_extract(slot.value, '$.address_id') FROM record,"
                        " json_each(record.line, '$.slots') AS slot WHERE record.type = 4"
                        " AND json_extract(slot.value, '$.address_id') IS NOT NULL",
                        RECORD_ADDRESS) &&
           drop_unnamed(store,
                        "SELECT json_extract(line, '$.municipality_id') FROM record"
                        " WHERE type IN (1, 2)"
                        " AND json_extract(line, '$.municipality_id') IS NOT NULL",
                        RECORD_MUNICIPALITY);
}

bool store_drop_untouched(struct store *store, enum record_type type, uint32_t *ret_gone)
{
    bool ok = store_run(store_prepare(store,
                                      "DELETE FROM record WHERE type = ? AND NOT EXISTS"
                                      " (SELECT 1 FROM touched WHERE touched.type = record.type"
                                      "  AND touched.id = record.id)",
                                      VALUES(NUMBER(type))));
    *ret_gone = (uint32_t)sqlite3_changes(store->db);
    return ok;
}

bool store_each_line(struct store *store,
                     bool (*visit)(void *context, const char *line, size_t length), void *context)
{
    sqlite3_stmt *statement =
        store_prepare(store, "SELECT line FROM record ORDER BY type, id", NO_VALUES);
    bool goes_on = true;
    while (goes_on && store_row(statement))
        goes_on = visit(context, (const char *)sqlite3_column_text(statement, 0),
                        (size_t)sqlite3_column_bytes(statement, 0));
    return store_done(statement) && goes_on;
}

bool store_line(struct store *store, enum record_type type, const char *id, char *ret_line,
                size_t capacity, size_t *ret_length)
{
    sqlite3_stmt *statement = select_record(store, type, id);
    bool found = store_row(statement);
    size_t length = found ? (size_t)sqlite3_column_bytes(statement, 1) : 0;
    found = found && length < capacity;
    if (found) {
        memcpy(ret_line, sqlite3_column_text(statement, 1), length + 1);
        *ret_length = length;
    }
    return store_done(statement) && found;
}

bool store_has(struct store *store, enum record_type type, const char *id)
{
    sqlite3_stmt *statement = store_prepare(store, "SELECT 1 FROM record WHERE type = ? AND id = ?",
                                            VALUES(NUMBER(type), TEXT(id)));
    bool found = store_row(statement);
    return store_done(statement) && found;
}
