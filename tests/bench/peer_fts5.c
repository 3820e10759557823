#include "tests/bench/peer_fts5.h"

#include "base/check.h"
#include "base/text.h"
#include "search/analysis.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { MATCH_BYTES = 1024 };

struct peer {
    sqlite3 *db;
    sqlite3_stmt *match;
};

static void run(sqlite3 *db, const char *sql)
{
    CHECK(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK);
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement;
    CHECK(sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK);
    return statement;
}

static void bind(sqlite3_stmt *statement, int place, const char *text)
{
    CHECK(sqlite3_bind_text(statement, place, text, -1, SQLITE_STATIC) == SQLITE_OK);
}

static void insert(const struct snapshot *snapshot, uint32_t number, sqlite3_stmt *statement)
{
    const struct snapshot_program *program = &snapshot->programs[number];
    bind(statement, 1, program->record.title);
    bind(statement, 2, program->record.activity);
    bind(statement, 3, program->record.description);
    bind(statement, 4,
         program->organization == SNAPSHOT_NONE
             ? ""
             : snapshot->organizations[program->organization].name);
    const struct snapshot_group *group =
        program->group_count > 0 ? &snapshot->groups[program->group_first] : NULL;
    bind(statement, 5, group != NULL ? group->record.teacher : "");
    bind(statement, 6,
         group != NULL && group->address != SNAPSHOT_NONE ? snapshot->addresses[group->address].text
                                                          : "");
    CHECK(sqlite3_step(statement) == SQLITE_DONE);
    sqlite3_reset(statement);
}

struct peer *peer_create(const struct snapshot *snapshot)
{
    struct peer *peer = calloc(1, sizeof *peer);
    CHECK(peer != NULL && sqlite3_open(":memory:", &peer->db) == SQLITE_OK);
    run(peer->db, "CREATE VIRTUAL TABLE programs USING fts5(title, activity, description, "
                  "organization, teacher, address, tokenize = 'unicode61', prefix = '2 3')");
    run(peer->db, "BEGIN");
    sqlite3_stmt *statement = prepare(peer->db, "INSERT INTO programs VALUES (?,?,?,?,?,?)");
    for (uint32_t i = 0; i < snapshot->program_count; i++)
        insert(snapshot, i, statement);
    sqlite3_finalize(statement);
    run(peer->db, "COMMIT");
    run(peer->db, "INSERT INTO programs(programs) VALUES ('optimize')");
    peer->match = prepare(peer->db, "SELECT rowid FROM programs WHERE programs MATCH ?"
                                    " ORDER BY bm25(programs, 8, 4, 1, 2, 2, 2) LIMIT 20");
    return peer;
}

void peer_destroy(struct peer *peer)
{
    sqlite3_finalize(peer->match);
    sqlite3_close(peer->db);
    free(peer);
}

unsigned peer_ask(struct peer *peer, const char *question)
{
    char memory[MATCH_BYTES];
    struct text text;
    text_init(&text, memory, sizeof memory);
    struct word_reader reader = word_reader_make(question, strlen(question));
    struct word word;
    while (word_reader_next(&reader, &word))
        text_addf(&text, "%s\"%s\"", text.length > 0 ? " " : "", word.text);
    if (text.length == 0)
        return 0;
    text_add(&text, "*");
    bind(peer->match, 1, memory);
    unsigned count = 0;
    while (sqlite3_step(peer->match) == SQLITE_ROW)
        count++;
    sqlite3_reset(peer->match);
    return count;
}
