#include "hub/store_sql.h"

#include <sqlite3.h>

static bool put_note(struct store *store, const char *source, const struct note *note)
{
    return store_run(store_prepare(
        store,
        "INSERT INTO import_note(source, kind, file, row, name, field, found, right, program)"
        " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
        VALUES(TEXT(source), NUMBER(note->kind), TEXT(note->file), NUMBER(note->row),
               TEXT(note->column), TEXT(note->field), TEXT(note->found), TEXT(note->right),
               TEXT(note->program_id))));
}

bool store_put_notes(struct store *store, const char *source, const struct notes *notes)
{
    bool ok = store_run(
        store_prepare(store, "DELETE FROM import_note WHERE source = ?", VALUES(TEXT(source))));
    for (uint32_t i = 0; ok && i < notes->count; i++)
        ok = put_note(store, source, &notes->items[i]);
    return ok;
}

static const char *text_of(sqlite3_stmt *statement, int column)
{
    return (const char *)sqlite3_column_text(statement, column);
}

bool store_read_notes(struct store *store, struct notes *notes)
{
    sqlite3_stmt *statement =
        store_prepare(store,
                      "SELECT kind, file, row, name, field, found, right, program FROM import_note"
                      " WHERE kind BETWEEN 0 AND ? ORDER BY source, rowid",
                      VALUES(NUMBER(NOTE_KIND_COUNT - 1)));
    while (store_row(statement))
        notes_add(notes, &(struct note){
                             .kind = (enum note_kind)sqlite3_column_int(statement, 0),
                             .file = text_of(statement, 1),
                             .row = (uint32_t)sqlite3_column_int64(statement, 2),
                             .column = text_of(statement, 3),
                             .field = text_of(statement, 4),
                             .found = text_of(statement, 5),
                             .right = text_of(statement, 6),
                             .program_id = text_of(statement, 7),
                         });
    return store_done(statement);
}
