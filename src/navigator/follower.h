// Follows the feed without a thread or a clock: when the next sync is due, and what is known.
//
// Pure values. Who owns a follower calls follower_begin, then sync_once, then follower_take with
// what came of it: the link's worker does so in its thread, the simulation in a row.
#pragma once

#include "config/config.h"
#include "message/request.h"
#include "navigator/schedule.h"
#include "navigator/sync.h"

#include <stdbool.h>
#include <stdint.h>

struct follower_news {
    bool syncing;
    bool online;
    uint64_t serial; // newest finished catalogue; 0 none
    int64_t last_contact_s;
    enum storage storage;  // as the last sync found the disk
    struct http_seen seen; // of the navigator
    uint64_t ready_serial; // a catalogue that was finished since the last follower_tell; 0 none
};

struct follower {
    const struct config *config;
    struct schedule schedule;
    struct follower_news news;
};

// known: sync_look.
void follower_init(struct follower *follower, const struct config *config,
                   const struct sync_report *known);
// Monotonic milliseconds; INT64_MAX when no navigator is configured.
int64_t follower_due_ms(const struct follower *follower);
// A visitor or staff wants a sync now; followed as schedule_asked says.
void follower_ask(struct follower *follower, int64_t now_ms);
void follower_begin(struct follower *follower, int64_t now_ms);
// `random`: any 32 random bits.
void follower_take(struct follower *follower, const struct sync_report *report, int64_t now_ms,
                   uint32_t random);
struct follower_news follower_tell(struct follower *follower);
