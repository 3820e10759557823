// The service of navigator-link: one kiosk on one socket, one navigator, one catalogue.
//
// The main thread holds the kiosk's socket, the live calls and the outbox and sleeps in one place;
// the sync runs in its worker thread. When the kiosk goes, its questions are dropped and cleared;
// the sync and the outbox go on.
#pragma once

#include "config/config.h"
#include "message/socket.h"

struct link_options {
    const struct config *config; // outlives the run
    const char *token;           // terminal token; "" none
    struct meeting meeting;      // with the kiosk; the caller leaves it
};

// Runs until SIGTERM or SIGINT, or until a kiosk that can't come back is gone. The caller holds
// sync_lock and blocked the two signals. Exit code.
int link_run(const struct link_options *options);
