// A hub of one's own for a test: a temporary folder with database and key.
//
// When HUB_ROOM_DATABASE is a URL, what is live stands in that PostgreSQL, which is emptied first.
//
// Everything lies below a fresh folder in /tmp and is removed by hub_room_finish. One test at a
// time; header only, so that each test of the hub may take what it needs.
#pragma once

#include "base/text.h"
#include "hub/folder.h"
#include "hub/import.h"
#include "hub/store_postgres.h"
#include "hub/web.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct hub_room {
    char data[64];
    struct hub hub;
    struct tally tally;
    char line[4096];
};

static inline bool hub_room_is_shared(void)
{
    return getenv("HUB_ROOM_DATABASE") != NULL;
}

static inline void hub_room_share(struct store *store)
{
    const char *url = getenv("HUB_ROOM_DATABASE");
    store_use_database(store, url);
    store->postgres->any_schema = true;
    assert_true(postgres_script(store, "DROP SCHEMA public CASCADE; CREATE SCHEMA public"));
    assert_true(store_init_database(store));
    assert_true(store_set_setting(store, "database", url));
}

static inline void hub_room_init(struct hub_room *room)
{
    memset(room, 0, sizeof *room);
    text_copy(room->data, sizeof room->data, "/tmp/navigator-hub-test-XXXXXX");
    assert_non_null(mkdtemp(room->data));
    room->hub.data = room->data;
    room->hub.tally = &room->tally;
    room->hub.store = store_open(room->data, true);
    assert_non_null(room->hub.store);
    if (hub_room_is_shared())
        hub_room_share(room->hub.store);
    memset(room->hub.key.bytes, 7, sizeof room->hub.key.bytes);
    text_copy(room->hub.public_url, sizeof room->hub.public_url, "http://127.0.0.1:8055");
}

static inline void hub_room_finish(struct hub_room *room)
{
    char command[128];
    store_close(room->hub.store);
    snprintf(command, sizeof command, "rm -r '%s'", room->data);
    assert_int_equal(system(command), 0);
}

// Imports CSV text as if it were a file of that name.
static inline struct report hub_room_import(struct hub_room *room, const char *name,
                                            const char *csv_text, int64_t now_s)
{
    struct report report = {.file = name};
    struct import *import = import_create(name, now_s);
    struct csv csv;
    uint32_t changed;
    uint32_t gone;
    csv_init(&csv, csv_text, strlen(csv_text));
    assert_true(import_rows(import, &csv, NULL, 0, &report));
    assert_true(store_begin(room->hub.store));
    assert_true(import_write(import, room->hub.store, &changed, &gone));
    assert_true(store_commit(room->hub.store));
    csv_finish(&csv);
    import_destroy(import);
    return report;
}

// The record's line of the feed, "" when there is none. Valid until the next call.
static inline const char *hub_room_line(struct hub_room *room, enum record_type type,
                                        const char *id)
{
    size_t length;
    if (!store_line(room->hub.store, type, id, room->line, sizeof room->line, &length))
        room->line[0] = '\0';
    return room->line;
}
