// What the hub keeps: records of the catalogue, and what is live: certificates, terminals, checks,
// enrollments, events. All of it stands in hub.db, one SQLite file, WAL; what is live may stand in
// a PostgreSQL instead, which several processes share.
//
// A store belongs to one thread. Functions return false when the database fails (store_error says
// why in one line) or, where a comment says so, when there is no such thing. Text given to a visit
// function is valid only during the call.
#pragma once

#include "catalog/record.h"
#include "certificate/certificate.h"
#include "hub/secret.h"
#include "import/note.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

// Makes the database when `create`, else expects one. NULL with a line on standard error.
struct store *store_open(const char *data, bool create);
void store_close(struct store *store); // takes NULL
// How long a write waits while another process writes; 5 s until told otherwise. It is the patience
// for one such time, not for each caller: whoever comes when it is used up fails at once. In
// PostgreSQL it is the patience for each statement, told before the first live call.
void store_set_patience(struct store *store, uint32_t patience_ms);
const char *store_error(struct store *store);

// A consistent copy of all of it in an empty file, while others read and write.
bool store_copy(struct store *store, const char *path);

// Of hub.db; and of what is live, wherever it stands.
bool store_begin(struct store *store);
bool store_commit(struct store *store);
void store_rollback(struct store *store);
bool store_begin_live(struct store *store);
bool store_commit_live(struct store *store); // failed, it is rolled back
void store_rollback_live(struct store *store);

// ---- the database of what is live (store_postgres*.c)

enum { STORE_DATABASE_ERROR_BYTES = 160 };
// Whether it is a URL of PostgreSQL, "postgresql://user@host/database". A password in it, or in
// PGPASSWORD, is refused: others see command lines and environments. libpq finds it in the file
// that PGPASSFILE names.
bool store_database_url(const char *url, char ret_error[static STORE_DATABASE_ERROR_BYTES]);
// From here on what is live stands there; connects when first needed. store_open does so by itself
// when the setting "database" names one.
void store_use_database(struct store *store, const char *url);
bool store_uses_database(const struct store *store);
// Makes its tables and fills them with what was live in hub.db, or brings the tables of an earlier
// version up to date.
bool store_init_database(struct store *store);

// ---- settings: "region", "serial", "content", …

enum { STORE_SETTING_BYTES = 512 };
// "" when it was never set.
bool store_setting(struct store *store, const char *name,
                   char ret_value[static STORE_SETTING_BYTES]);
bool store_set_setting(struct store *store, const char *name, const char *value);

// ---- records (store_record.c), kept as their line of the feed

enum store_change { STORE_UNCHANGED, STORE_CHANGED, STORE_FAILED, STORE_CHANGE_COUNT };

// Writes the record; its modified_s becomes now_s unless all else is what was there already. For
// two days a group's places_known_at_s of now_s is no difference.
enum store_change store_put(struct store *store, const struct record *record, int64_t now_s);
bool store_mark(struct store *store);
// A large import locks the database only for a moment: from here on store_put writes beside the
// records and locks nobody out (store_put and store_line see what it wrote), until store_apply
// takes it all over within the caller's transaction. Marks, too.
bool store_stage(struct store *store);
bool store_apply(struct store *store);
// Drops all programs and groups of `source` that store_put didn't write since store_mark, then
// whatever organization, address or municipality nobody names any more. Of a `part`, only groups
// go, and only those of the programs that were written: the others weren't told of.
bool store_sweep(struct store *store, const char *source, bool part, uint32_t *ret_gone);
// All records of the type that store_put didn't write since store_mark.
bool store_drop_untouched(struct store *store, enum record_type type, uint32_t *ret_gone);
// In the order of the feed: by type, then id. The line ends in '\n'. Stops when visit says false.
bool store_each_line(struct store *store,
                     bool (*visit)(void *context, const char *line, size_t length), void *context);
// The line into the caller's memory; false also when there is none.
bool store_line(struct store *store, enum record_type type, const char *id, char *ret_line,
                size_t capacity, size_t *ret_length);

bool store_has(struct store *store, enum record_type type, const char *id);

// ---- notes of imports (store_note.c)

// They take the place of those that the source had.
bool store_put_notes(struct store *store, const char *source, const struct notes *notes);
// Adds all there are, by source.
bool store_read_notes(struct store *store, struct notes *notes);

// ---- certificates (store_certificate.c): numbers and birth dates only as keyed hashes

struct store_certificate {
    struct secret_hash number;
    bool birth_known;
    struct secret_hash birth;
    struct certificate certificate; // details stay closed here
};

bool store_put_certificate(struct store *store, const struct store_certificate *certificate);
// Like store_stage and store_apply, for many certificates at once.
bool store_stage_certificates(struct store *store);
bool store_apply_certificates(struct store *store);
// false also when there is none; then *ret_failed tells the two apart.
bool store_find_certificate(struct store *store, const struct secret_hash *number,
                            struct store_certificate *ret, bool *ret_failed);

// What a certificate's details list besides: charges (a day, a title, an amount) and contracts (the
// day they began, a title).
enum store_ledger { STORE_CHARGES, STORE_CONTRACTS, STORE_LEDGER_COUNT };
struct store_entry {
    enum store_ledger ledger;
    struct secret_hash number;
    struct date day;
    const char *title;
    int64_t amount; // charges alone
};
// Staged like certificates; taken over, they take the place of all the entries that their
// certificates had in that ledger.
bool store_stage_entries(struct store *store);
bool store_put_entry(struct store *store, const struct store_entry *entry);
bool store_apply_entries(struct store *store);
// Fills the certificate's charges and contracts, newest first, as many as it holds.
bool store_read_entries(struct store *store, const struct secret_hash *number,
                        struct certificate *certificate);

// ---- what limits count (store_check.c)

// One check of a certificate.
struct store_check {
    int64_t terminal;
    struct secret_hash number;
    int64_t at_s;
    bool passed;
};
// A transaction in which what counts for this terminal and this number stands still: no other
// process checks for them until store_commit_live or store_rollback_live.
bool store_begin_check(struct store *store, int64_t terminal, const struct secret_hash *number);
bool store_add_check(struct store *store, const struct store_check *check);
// Checks after since_s, and when the oldest of them was; by terminal, or by number when not NULL.
bool store_count_checks(struct store *store, int64_t terminal, const struct secret_hash *number,
                        bool passed, int64_t since_s, uint32_t *ret_count, int64_t *ret_oldest_s);
// Drops those before since_s; those far "after" now_s (the clock went back) become now.
bool store_trim_checks(struct store *store, int64_t since_s, int64_t now_s);
// The clock of the limits (hub/check.h) as it was kept, or the time of the newest check or wrong
// code when that is later; 0 in a hub that never ran. It never goes back.
bool store_read_clock(struct store *store, int64_t *ret_clock_s);
bool store_keep_clock(struct store *store, int64_t clock_s);

// Wrong codes from one client, a keyed hash.
struct store_guess {
    uint32_t misses; // in the window, with this one
    int64_t since_s; // when the first of them was
};
// A transaction in which one more code is tried, and counted as wrong: store_commit_live leaves it
// so, store_rollback_live takes it back. Until then nobody else tries one for this client. What is
// older than window_s is forgotten.
bool store_begin_guess(struct store *store, const struct secret_hash *client, int64_t clock_s,
                       int64_t window_s, struct store_guess *ret_guess);

// ---- terminals, enrollments, events (store_terminal.c)

bool store_add_terminal(struct store *store, const char *name, const struct secret_hash *token,
                        int64_t now_s);
// false also when there is none; then *ret_failed tells the two apart.
bool store_find_terminal(struct store *store, const struct secret_hash *token,
                         int64_t *ret_terminal, bool *ret_failed);
// Its token is worth nothing from now on; what it sent stays. false also when there is none.
bool store_remove_terminal(struct store *store, const char *name, bool *ret_failed);
bool store_each_terminal(struct store *store,
                         void (*visit)(void *context, const char *name, int64_t added_s),
                         void *context);

enum { STORE_CODE_BYTES = 16, STORE_SELECTION_BYTES = 1024 };

struct store_enrollment {
    char code[STORE_CODE_BYTES];
    int64_t terminal;
    struct secret_hash key;                // of the Idempotency-Key
    char selection[STORE_SELECTION_BYTES]; // lines "g ID" and "p ID"
    int64_t expires_at_s;
};
// false when the code is taken, too.
bool store_add_enrollment(struct store *store, const struct store_enrollment *enrollment);
// false also when there is none; then *ret_failed tells the two apart.
bool store_find_enrollment(struct store *store, const char *code, struct store_enrollment *ret,
                           bool *ret_failed);
bool store_repeated_enrollment(struct store *store, int64_t terminal, const struct secret_hash *key,
                               struct store_enrollment *ret);
bool store_trim_enrollments(struct store *store, int64_t now_s);

struct store_event {
    const char *id;
    const char *kind;
    const char *detail;
    int64_t at_s;
};
// An id that the terminal sent before is kept once.
bool store_add_event(struct store *store, int64_t terminal, const struct store_event *event);
bool store_count_events(struct store *store, uint32_t *ret_count);
