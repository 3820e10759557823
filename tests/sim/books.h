// The books of what a terminal owes: each event it was given, each state that was published.
//
// Kept beside the production code, from what goes in (requests of the kiosk, what the outbox said
// yes to) and what comes out (what the hub stored). An event is owed from the moment the outbox has
// it on the disk until the hub stored it, or refused it for good. Nothing is stored that nobody
// gave. Health is the link's own and is only known.
#pragma once

#include "catalog/snapshot.h"
#include "navigator/store_state.h"

#include <stdbool.h>
#include <stdint.h>

enum { BOOKS_ACCOUNTS_MAX = 1 << 14 };

struct books_account {
    uint64_t key;           // of the event's id; 0 free
    char id[9];             // its beginning, for people
    uint64_t promised_step; // of the disk; 0 not (yet, or the power cut took it back)
    bool health;
    bool settled; // the hub stored it or refused it for good
};

struct books {
    struct books_account accounts[BOOKS_ACCOUNTS_MAX];
    uint32_t account_count;
    uint64_t firm_step; // earlier promises can't be taken back
    uint64_t given;     // by the kiosk, since the books began
    uint64_t known;     // of them, those that the outbox gave an id
};

void books_given(struct books *books);
// The outbox has it: on the disk as of this step, or in memory only (0).
void books_kept(struct books *books, const struct outbox_event *event, uint64_t step);
// Power went after this step: later promises were never made. Answers how many.
uint32_t books_power_cut(struct books *books, uint64_t step);
// What was promised so far can't be taken back.
void books_firm(struct books *books, uint64_t step);
// false: nobody gave such an event.
bool books_stored(struct books *books, const char *id, const char *kind);
void books_refused(struct books *books, const char *id);
uint32_t books_owed(const struct books *books);
const char *books_owed_id(const struct books *books); // the beginning of one such id; "" none
// Everything is settled: begins anew. false when the outbox made two events of one.
bool books_settle(struct books *books);

// The sum of manifest_json.h over the records of a loaded catalogue.
uint64_t books_content(const struct snapshot *snapshot);
