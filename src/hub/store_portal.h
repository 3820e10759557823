// What a portal answered, kept in the hub's database between crawls: a crawl that was cut goes on
// where it was, the next one asks only for what changed, and the catalogue is always made of
// everything that is known. Each function commits by itself unless the caller began.
#pragma once

#include "hub/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { STORE_ETAG_BYTES = 128 };

// Makes the tables when they aren't there. Until store_portal_finish, writes survive this process's
// end but not a power cut: what a cut takes is asked for again.
bool store_portal_prepare(struct store *store);
bool store_portal_finish(struct store *store);

bool store_put_portal_place(struct store *store, const char *source, int64_t place,
                            const char *name);
bool store_each_portal_place(struct store *store, const char *source,
                             void (*visit)(void *context, int64_t place, const char *name),
                             void *context);

// A page of a list, by its path.
bool store_put_portal_page(struct store *store, const char *source, const char *path,
                           const char *etag, const char *body);
// "" and NULL where there is none; the body is the caller's (free).
bool store_portal_page(struct store *store, const char *source, const char *path,
                       char ret_etag[static STORE_ETAG_BYTES], char **ret_body);

// A program as a list has it (its JSON). Another item than before makes it due.
bool store_put_portal_item(struct store *store, const char *source, int64_t place, int64_t program,
                           const char *item);
bool store_each_portal_id(struct store *store, const char *source, int64_t place,
                          void (*visit)(void *context, int64_t program), void *context);
bool store_drop_portal_program(struct store *store, const char *source, int64_t program);
// The first program behind `after` whose own page was last asked for before `since_s`, or is due;
// false also when there is none.
bool store_portal_due(struct store *store, const char *source, int64_t since_s, int64_t after,
                      int64_t *ret_program, char ret_etag[static STORE_ETAG_BYTES]);
// The program's own page; a NULL body: the one that is there was confirmed.
bool store_put_portal_detail(struct store *store, const char *source, int64_t program,
                             int64_t now_s, const char *etag, const char *body);

struct portal_program {
    int64_t id;
    const char *place; // its municipality's name
    const char *item;
    const char *detail; // its own page; "" none yet
    int64_t asked_s;    // when that was; 0: the list has something newer since
};
bool store_each_portal_program(struct store *store, const char *source,
                               void (*visit)(void *context, const struct portal_program *program),
                               void *context);
