#include "base/check.h"
#include "navigator/store_state_sql.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

// The numbers of enum event_kind stand in the SQL below.
_Static_assert(EVENT_QR_SHOWN == 0 && EVENT_FALLBACK_LINK_SHOWN == 1 && EVENT_SEARCH_EMPTY == 2 &&
                   EVENT_VISIT_ENDED == 3 && EVENT_EVENTS_DROPPED == 4 && EVENT_STORAGE == 5 &&
                   EVENT_KIND_COUNT == 6,
               "kinds kept in state.db");

static bool is_health(enum event_kind kind)
{
    return kind == EVENT_EVENTS_DROPPED || kind == EVENT_STORAGE;
}

// ---- what is gone

static bool count_dropped(struct state_db *state_db, uint64_t count)
{
    sqlite3_stmt *statement = state_prepare(
        state_db,
        "INSERT OR REPLACE INTO tally"
        " SELECT 1, dropped, told, row_sum(dropped, told) FROM"
        " (SELECT coalesce(max(dropped), 0) + ? AS dropped, coalesce(max(told), 0) AS told"
        "  FROM tally WHERE sum = row_sum(dropped, told))");
    sqlite3_bind_int64(statement, 1, (sqlite3_int64)count);
    return state_run(state_db, statement, NULL);
}

bool state_db_count_dropped(struct state_db *state_db, uint64_t count)
{
    return count == 0 ||
           (state_begin(state_db) && state_end(state_db, count_dropped(state_db, count)));
}

uint64_t state_db_dropped(struct state_db *state_db)
{
    int64_t dropped = 0;
    sqlite3_stmt *statement =
        state_prepare(state_db, "SELECT dropped FROM tally WHERE sum = row_sum(dropped, told)");
    if (state_step(state_db, statement))
        dropped = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return (uint64_t)dropped;
}

uint32_t state_db_waiting(struct state_db *state_db)
{
    int64_t waiting = 0;
    sqlite3_stmt *statement = state_prepare(state_db, "SELECT count(*) FROM outbox");
    if (state_step(state_db, statement))
        waiting = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return (uint32_t)waiting;
}

bool state_db_probe(struct state_db *state_db)
{
    return state_begin(state_db) &&
           state_end(state_db,
                     state_run(state_db,
                               state_prepare(state_db, "UPDATE tally SET dropped = dropped"),
                               NULL));
}

// A row that cannot be understood: a flipped bit, or a kind of a later program. What can't be
// deleted now is passed over when events are read, and deleted at another start.
bool state_db_sweep(struct state_db *state_db)
{
#define BENT "kind NOT BETWEEN 0 AND 5 OR sum IS NOT row_sum(id, at_s, kind, detail)"
    static const char sweep[] =
        "BEGIN IMMEDIATE;"
        "INSERT OR REPLACE INTO tally SELECT 1, dropped, told, row_sum(dropped, told) FROM"
        " (SELECT coalesce(max(dropped), 0) + (SELECT count(*) FROM outbox WHERE " BENT ")"
        "  AS dropped, coalesce(max(told), 0) AS told FROM tally"
        "  WHERE sum = row_sum(dropped, told));"
        "DELETE FROM outbox WHERE " BENT ";"
        "COMMIT;";
    int64_t bent = 0;
    (void)state_number(state_db->db, "SELECT count(*) FROM outbox WHERE " BENT, &bent);
    if (bent > 0 && sqlite3_exec(state_db->db, sweep, NULL, NULL, NULL) != SQLITE_OK)
        sqlite3_exec(state_db->db, "ROLLBACK", NULL, NULL, NULL);
    return bent > 0;
}

// ---- events in

static bool insert(struct state_db *state_db, const struct outbox_event *event)
{
    sqlite3_stmt *statement =
        state_prepare(state_db, "INSERT INTO outbox (id, at_s, kind, detail, sum)"
                                " VALUES (?1, ?2, ?3, ?4, row_sum(?1, ?2, ?3, ?4))");
    sqlite3_bind_text(statement, 1, event->id, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 2, event->at_s);
    sqlite3_bind_int(statement, 3, (int)event->event.kind);
    sqlite3_bind_text(statement, 4, event->event.detail, -1, SQLITE_STATIC);
    return state_run(state_db, statement, NULL);
}

// Of health only the newest of a kind is worth keeping.
static bool drop_kind(struct state_db *state_db, enum event_kind kind)
{
    sqlite3_stmt *statement = state_prepare(state_db, "DELETE FROM outbox WHERE kind = ?");
    sqlite3_bind_int(statement, 1, (int)kind);
    return state_run(state_db, statement, NULL);
}

// The order of outbox.h: visits, searches, codes, fallbacks; of a kind the oldest.
static bool make_room(struct state_db *state_db)
{
    uint32_t dropped = 0;
    sqlite3_stmt *statement = state_prepare(
        state_db, "DELETE FROM outbox WHERE ord IN"
                  " (SELECT ord FROM outbox WHERE kind < 4"
                  "  ORDER BY CASE kind WHEN 3 THEN 0 WHEN 2 THEN 1 WHEN 0 THEN 2 ELSE 3 END, ord"
                  "  LIMIT max(0, (SELECT count(*) FROM outbox WHERE kind < 4) - ?))");
    sqlite3_bind_int64(statement, 1, state_db->events_max);
    return state_run(state_db, statement, &dropped) &&
           (dropped == 0 || count_dropped(state_db, dropped));
}

void state_db_new_id(char ret_id[static OUTBOX_ID_BYTES])
{
    unsigned char random[(OUTBOX_ID_BYTES - 1) / 2];
    arc4random_buf(random, sizeof random);
    for (unsigned i = 0; i < sizeof random; i++)
        snprintf(ret_id + 2 * (size_t)i, 3, "%02x", random[i]);
}

// The number is that of all: a newer event may replace an older one that nobody took yet.
static bool tell_dropped(struct state_db *state_db, int64_t at_s)
{
    int64_t dropped;
    struct outbox_event health = {.at_s = at_s, .event.kind = EVENT_EVENTS_DROPPED};
    if (!state_number(state_db->db,
                      "SELECT dropped FROM tally"
                      " WHERE told < dropped AND sum = row_sum(dropped, told)",
                      &dropped))
        return true;
    snprintf(health.event.detail, sizeof health.event.detail, "%lld", (long long)dropped);
    state_db_new_id(health.id);
    return drop_kind(state_db, EVENT_EVENTS_DROPPED) && insert(state_db, &health) &&
           state_run(state_db,
                     state_prepare(state_db, "UPDATE tally SET told = dropped,"
                                             " sum = row_sum(dropped, dropped)"),
                     NULL);
}

bool state_db_add_event(struct state_db *state_db, const struct outbox_event *event)
{
    CHECK(event->event.kind < EVENT_KIND_COUNT);
    if (!state_begin(state_db))
        return false;
    bool kept = (!is_health(event->event.kind) || drop_kind(state_db, event->event.kind)) &&
                insert(state_db, event) && make_room(state_db) &&
                tell_dropped(state_db, event->at_s);
    return state_end(state_db, kept);
}

// ---- events out

size_t state_db_oldest_events(struct state_db *state_db, int64_t behind_order, size_t count,
                              struct outbox_event ret_events[static OUTBOX_BATCH_MAX])
{
    CHECK(count <= OUTBOX_BATCH_MAX);
    size_t taken = 0;
    sqlite3_stmt *statement = state_prepare(
        state_db, "SELECT ord, id, at_s, kind, detail FROM outbox WHERE ord > ?"
                  " AND kind BETWEEN 0 AND 5 AND sum = row_sum(id, at_s, kind, detail)"
                  " ORDER BY ord LIMIT ?");
    sqlite3_bind_int64(statement, 1, behind_order);
    sqlite3_bind_int64(statement, 2, (sqlite3_int64)count);
    while (taken < count && state_step(state_db, statement)) {
        struct outbox_event *event = &ret_events[taken++];
        *event =
            (struct outbox_event){.order = sqlite3_column_int64(statement, 0),
                                  .at_s = sqlite3_column_int64(statement, 2),
                                  .event.kind = (enum event_kind)sqlite3_column_int(statement, 3)};
        state_column_text(statement, 1, event->id, sizeof event->id);
        state_column_text(statement, 4, event->event.detail, sizeof event->event.detail);
    }
    sqlite3_finalize(statement);
    return taken;
}

static sqlite3_stmt *about_order(struct state_db *state_db, const char *sql, int64_t order)
{
    sqlite3_stmt *statement = state_prepare(state_db, sql);
    sqlite3_bind_int64(statement, 1, order);
    return statement;
}

bool state_db_drop_events(struct state_db *state_db, int64_t last_order)
{
    return state_begin(state_db) &&
           state_end(state_db, state_run(state_db,
                                         about_order(state_db, "DELETE FROM outbox WHERE ord <= ?",
                                                     last_order),
                                         NULL));
}

bool state_db_lose_event(struct state_db *state_db, int64_t order)
{
    uint32_t lost = 0;
    return state_begin(state_db) &&
           state_end(state_db,
                     state_run(state_db,
                               about_order(state_db, "DELETE FROM outbox WHERE ord = ?", order),
                               &lost) &&
                         count_dropped(state_db, lost));
}
