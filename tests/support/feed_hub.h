// A hub with a small catalogue whose records a test changes one by one, and its publications.
//
// Everything lies in one folder that may be copied and lost; the store is open only during a call.
// Header only.
#pragma once

#include "base/text.h"
#include "catalog/record_fields.h"
#include "hub/key.h"
#include "hub/publish.h"
#include "tests/support/feed_reader.h"

enum { FEED_HUB_NOW = 1790000000, FEED_HUB_PROGRAMS = 60 };

static inline void feed_hub_put(struct store *store, unsigned number, unsigned version)
{
    char id[16];
    char title[32];
    char description[400];
    struct text text;
    struct record record;
    uint32_t dice = 1 + number * 1000 + version;
    record_clear(RECORD_PROGRAM, &record);
    snprintf(id, sizeof id, "p-%04u", number);
    snprintf(title, sizeof title, "Кружок %u", version);
    text_init(&text, description, sizeof description);
    for (int i = 0; i < 40; i++)
        text_addf(&text, "%08x", dice = hash_xorshift32(dice));
    record.program.head.id = id;
    record.program.title = title;
    record.program.description = description;
    assert_true(store_mark(store));
    assert_int_not_equal(store_put(store, &record, FEED_HUB_NOW + version), STORE_FAILED);
}

// Keys and records, nothing published.
static inline void feed_hub_init(const char *data)
{
    char keys[FOLDER_PATH_BYTES];
    assert_true(folder_path(data, "keys", keys) && folder_make(keys, true) && key_make(data));
    struct store *store = store_open(data, true);
    assert_non_null(store);
    assert_true(store_begin(store));
    for (unsigned i = 0; i < FEED_HUB_PROGRAMS; i++)
        feed_hub_put(store, i, 0);
    assert_true(store_commit(store));
    store_close(store);
}

static inline void feed_hub_change(const char *data, unsigned version)
{
    struct store *store = store_open(data, false);
    assert_non_null(store);
    feed_hub_put(store, version % FEED_HUB_PROGRAMS, version);
    store_close(store);
}

// As `navigator-hub publish` does it.
static inline bool feed_hub_publish(const char *data, struct published *ret_published)
{
    struct store *store = store_open(data, false);
    bool ok = store != NULL && publish(data, store, FEED_HUB_NOW, ret_published);
    store_close(store);
    return ok;
}
