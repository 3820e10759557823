// What navigator-link does, without its sockets, threads and clocks: requests in, reports out.
//
// It owns the live calls and the outbox and knows what the kiosk was last told. The link's main
// loop feeds it what came from the kiosk, the sync and the network; the simulation does the same
// with a false network and clock. One thread, the one that owns the http client.
#pragma once

#include "config/config.h"
#include "navigator/follower.h"
#include "navigator/http.h"
#include "navigator/live.h"
#include "navigator/outbox.h"
#include "navigator/store_state.h"

#include <stdbool.h>
#include <stdint.h>

struct service {
    struct http *http; // NULL: no navigator is configured
    struct live live;
    struct outbox outbox;
    struct link_state state;
    uint64_t ready_serial; // finished, and no kiosk heard of it yet; 0 none
    bool connected;        // a kiosk listens
    bool asked_to_sync;    // the caller passes it on (follower_ask) and clears it
    enum storage found;    // at the start: STORAGE_REPAIRED when a catalogue was set aside
    enum storage synced;   // how the last sync found the disk
    live_report *report;
    void *context;
};

// Sets aside catalogues that are damaged: before the first sync, under sync_lock.
// http and state_db outlive it; `report` gets each report for the kiosk and is not called while no
// kiosk listens.
void service_init(struct service *service, const struct config *config, struct http *http,
                  struct state_db *state_db, live_report *report, void *context);
void service_finish(struct service *service);
// A kiosk listens from now on: it hears the state at once.
void service_connected(struct service *service);
// The kiosk is gone: its questions are dropped and cleared.
void service_disconnected(struct service *service);
// now_s: wall clock, for the time of an event.
void service_request(struct service *service, const struct link_request *request, int64_t now_ms,
                     int64_t now_s);
void service_news(struct service *service, const struct follower_news *news);
// Calls that ended and waits that are over.
void service_turn(struct service *service, int64_t now_ms);
// When service_turn has something to do without the network; INT64_MAX never.
int64_t service_next_ms(const struct service *service);
